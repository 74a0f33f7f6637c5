"""When Python searches for garbage: never over a whole project while somebody works."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.jobs.garbage import ENOUGH, Garbage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
FULL = 2


@pytest.fixture
def searches() -> Iterator[list[int]]:
    """The generation of each search that begins."""
    found: list[int] = []

    def heard(phase: str, info: dict[str, Any]) -> None:
        if phase == "start":
            found.append(info["generation"])

    gc.callbacks.append(heard)
    yield found
    gc.callbacks.remove(heard)


def many_rows() -> None:
    """What a thread makes that reads the rows of a large project."""
    rows = [[n] for n in range(300_000)]
    assert rows


def read_beside() -> None:
    reader = threading.Thread(target=many_rows)
    reader.start()
    reader.join()


def test_a_thread_that_reads_a_project_begins_no_search_of_everything(
    opened: Workbench, searches: list[int]
) -> None:
    read_beside()
    assert searches
    assert FULL not in searches


def test_what_a_project_consists_of_is_searched_when_it_is_closed(
    opened: Workbench, folder: Path, qtbot: QtBot, searches: list[int]
) -> None:
    left_out = gc.get_freeze_count()
    assert left_out > 100_000
    opened.projects.close()
    assert FULL in searches
    assert gc.get_freeze_count() > 0


def test_garbage_that_piles_up_meanwhile_is_found(opened: Workbench, searches: list[int]) -> None:
    opened.garbage.look()
    assert FULL not in searches, "there is not enough yet"
    while gc.get_count()[2] < ENOUGH:
        many_rows()
    opened.garbage.look()
    assert FULL in searches
    assert gc.get_count()[2] == 0


def test_a_window_that_goes_leaves_the_searches_as_they_were(qapp: object) -> None:
    before = gc.get_threshold()
    garbage = Garbage()
    garbage.begin()
    assert gc.get_threshold() != before
    garbage.end()
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0
    garbage.sweep()
    assert gc.get_freeze_count() == 0, "nothing is left out once the window has gone"
