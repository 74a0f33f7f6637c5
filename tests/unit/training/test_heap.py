"""Memory that was freed does not stay with a process that trains for hours."""

from __future__ import annotations

import sys

import psutil
import pytest

from dynseg.training import heap

GLIBC = sys.platform.startswith("linux") and heap._trim() is not None


@pytest.mark.skipif(not GLIBC, reason="the C library is not glibc")
def test_holes_in_the_heap_go_back_to_the_system() -> None:
    blocks = [bytearray(b"x" * 60_000) for _ in range(3000)]
    last = blocks.pop()  # what lies above the holes keeps the heap from shrinking by itself
    del blocks
    before = psutil.Process().memory_info().rss
    assert heap.give_back()
    assert psutil.Process().memory_info().rss < before - 100_000_000
    assert len(last) == 60_000


def test_another_system_has_nothing_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    heap._trim.cache_clear()
    monkeypatch.setattr(sys, "platform", "win32")
    try:
        assert heap.give_back() is False
    finally:
        heap._trim.cache_clear()
