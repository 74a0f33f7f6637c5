"""A run that is taken back while it goes on ends there; one that breaks off goes on as the same."""

from __future__ import annotations

import pytest
from tests.films import draw, film, ids
from tests.unit.inference.conftest import FAST, MakeProject

from dynseg.inference.following.film import follow_film
from dynseg.inference.predictor import Predictor
from dynseg.inference.runs import pipeline
from dynseg.inference.runs.pipeline import prelabel_project
from dynseg.progress import CancelledError, CancelToken, Progress
from dynseg.project.runs import UNDONE
from dynseg.project.store import Store

IMAGES = 12
RUN = "0123456789abcdef0123456789abcdef"


def test_a_run_that_is_taken_back_while_it_goes_on_ends(
    make_project: MakeProject, starter: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would look at all the others for nothing, and say how much it has put where."""
    monkeypatch.setattr(pipeline, "PER_COMMIT", 1)
    store, looked = make_project(IMAGES), 0

    def report(progress: Progress) -> None:
        nonlocal looked
        looked = progress.done
        for run in store.runs():
            if run.images and run.state != UNDONE:
                store.undo_run(run.id)

    with pytest.raises(CancelledError):
        prelabel_project(store, starter, settings=FAST, report=report)
    assert looked < IMAGES
    (run,) = store.runs()
    assert run.state == UNDONE
    assert not any(row.instance_count for row in store.images())
    with pytest.raises(CancelledError):
        prelabel_project(store, starter, settings=FAST, run_id=run.id)
    assert not any(row.instance_count for row in store.images())


def broken_off(store: Store, cancel: CancelToken) -> None:
    """Stop when two images have proposals."""
    if sum(row.instance_count > 0 for row in store.images()) >= 2:
        cancel.cancel()


def test_a_run_has_the_name_that_it_was_given_and_goes_on_under_it(
    make_project: MakeProject, starter: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who asks once more after its process has ended has still one run to take back."""
    monkeypatch.setattr(pipeline, "PER_COMMIT", 1)
    store, cancel = make_project(IMAGES), CancelToken()
    with pytest.raises(CancelledError):
        prelabel_project(
            store, starter, settings=FAST, run_id=RUN, cancel=cancel,
            report=lambda _: broken_off(store, cancel),
        )  # fmt: skip
    assert prelabel_project(store, starter, settings=FAST, run_id=RUN).run_id == RUN
    assert [(run.id, run.images) for run in store.runs()] == [(RUN, IMAGES)]


def test_so_has_one_that_follows_shapes(tmp_path_factory: pytest.TempPathFactory) -> None:
    cancel = CancelToken()
    with film(tmp_path_factory.mktemp("film"), 8) as store:
        draw(store, 0)
        with pytest.raises(CancelledError):
            follow_film(
                store, ids(store), run_id=RUN, cancel=cancel,
                between=lambda: broken_off(store, cancel),
            )  # fmt: skip
        assert follow_film(store, ids(store), run_id=RUN).run_id == RUN
        assert [(run.id, run.images) for run in store.runs()] == [(RUN, 7)]
        store.undo_run(RUN)
        with pytest.raises(CancelledError):
            follow_film(store, ids(store), run_id=RUN)
        assert [row.instance_count > 0 for row in store.images()] == [True, *[False] * 7]
