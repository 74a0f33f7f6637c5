"""Waiting for a cluster; the cluster itself is in `tests/e2e/test_cluster.py`."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from dynseg.cluster.finding import READ_AHEAD, served
from dynseg.progress import CancelledError, CancelToken


def test_rows_keep_their_order_and_errors_come_after_them() -> None:
    def rows() -> Iterator[int]:
        yield from range(3 * READ_AHEAD)
        raise ConnectionError("gone")

    seen: list[int] = []
    with pytest.raises(ConnectionError, match="gone"):
        seen.extend(served(rows(), lambda: None))
    assert seen == list(range(3 * READ_AHEAD))
    assert list(served(iter(range(200)), lambda: None)) == list(range(200))


def test_whoever_is_in_a_hurry_is_served_before_the_first_answer() -> None:
    """A cluster that has to start its machines first takes minutes."""
    served_first, token = threading.Event(), CancelToken()

    def rows() -> Iterator[int]:
        assert served_first.wait(30)
        yield 1

    calls: list[None] = []

    def checked() -> None:
        calls.append(None)
        token.check()
        if len(calls) == 3:
            served_first.set()

    assert list(served(rows(), checked)) == [1]


def test_a_run_that_is_stopped_while_it_waits_ends_at_once() -> None:
    token, forever = CancelToken(), threading.Event()

    def rows() -> Iterator[int]:
        yield 1
        forever.wait(60)
        yield 2

    found = served(rows(), token.check)
    assert next(found) == 1
    threading.Timer(0.1, token.cancel).start()
    began_s = time.monotonic()
    with pytest.raises(CancelledError):
        next(found)
    assert time.monotonic() - began_s < 20
    forever.set()


def test_what_nobody_waits_for_any_more_is_not_read_on() -> None:
    read: list[int] = []
    ended = threading.Event()

    def rows() -> Iterator[int]:
        try:
            for number in range(100 * READ_AHEAD):
                read.append(number)
                yield number
        finally:
            ended.set()

    found = served(rows(), lambda: None)
    assert next(found) == 0
    found.close()  # type: ignore[attr-defined]
    assert ended.wait(30)
    assert len(read) <= 2 * READ_AHEAD + 2
