"""Files that are moved or replaced while a run goes over them: it ends, and tells of each."""

from __future__ import annotations

import pytest
from PIL import Image
from tests.unit.inference.conftest import FAST, MakeProject
from tests.unit.inference.test_pipeline import change, drawn

from dynseg.annotation import edits
from dynseg.annotation.document import ImageState
from dynseg.inference.predictor import Predictor
from dynseg.inference.runs import pipeline, scope
from dynseg.inference.runs.pipeline import prelabel_project
from dynseg.inference.runs.preview import ImagePreview, preview_project
from dynseg.progress import Progress


@pytest.mark.parametrize("late", [False, True])
def test_images_that_are_linked_again_meanwhile_are_left_and_told(
    make_project: MakeProject,
    starter: Predictor,
    late: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One gives its file to the image that was moved there, the other has another one now."""
    store = make_project(4)
    monkeypatch.setattr(pipeline, "COMMIT_EVERY_S", 1e9 if late else 0.0)
    ids = [row.id for row in store.images()]
    for image_id in (ids[1], ids[2]):
        change(store, image_id, edits.add(drawn(store)))
    store.record_contents(60)
    photos = store.images_root
    (photos / "scene1.png").rename(photos / "zmoved.png")
    store.rescan()
    assert len(store.images()) == 5
    seen: list[Progress] = []

    def report(progress: Progress) -> None:
        seen.append(progress)
        if progress.done == (4 if late else 1):
            (photos / "scene2.png").rename(photos / "other.png")
            assert store.relink(store.plan_relink(photos)) == 2

    done = prelabel_project(store, starter, settings=FAST, scope="unreviewed", report=report)
    assert seen[-1].done == 4
    told = dict(done.failed)
    assert told["zmoved.png"] == "was taken out of the project meanwhile"
    assert {row.rel for row in store.images()} == {
        "scene0.png", "zmoved.png", "other.png", "scene3.png",
    }  # fmt: skip
    assert [len(store.annotation(i).instances) for i in (ids[1], ids[2])] == [1, 1]
    assert "scene2.png" in told
    if late:  # else it may not have been there to be read
        assert told["scene2.png"] == "was linked to other.png meanwhile: pre-label it again"
    for image_id in (ids[0], ids[3]):
        assert store.annotation(image_id).state is ImageState.PRELABELLED


def test_what_was_found_in_a_file_of_another_size_is_not_laid_onto_scaled_labels(
    make_project: MakeProject, starter: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_project(2)
    monkeypatch.setattr(pipeline, "COMMIT_EVERY_S", 0.0)
    first, second = (row.id for row in store.images())
    change(store, second, edits.add(drawn(store)))

    def report(progress: Progress) -> None:
        if progress.done == 1:
            path = store.image_path(second)
            with Image.open(path) as image:
                image.resize((640, 480)).save(path)
            store.scale_to_file(second)

    done = prelabel_project(store, starter, settings=FAST, scope="unreviewed", report=report)
    assert done.images == 1
    assert [rel for rel, _ in done.failed] == ["scene1.png"]
    known = [scope.cached(store, i, starter.card, FAST) for i in (first, second)]
    assert known[0]
    assert known[1] is None  # the next run looks at the new file
    assert store.annotation(second).width == 640
    assert len(store.annotation(second).instances) == 1
    assert len(store.annotation(first).instances) > 1


@pytest.mark.parametrize("new_name", ["amoved.png", "zmoved.png"])
def test_a_preview_goes_on_without_an_image_that_was_taken_out(
    make_project: MakeProject, starter: Predictor, new_name: str
) -> None:
    """Before it was its turn, or with its answer among those that are still to be saved."""
    store = make_project(3)
    ids = [row.id for row in store.images()]
    change(store, ids[1], edits.add(drawn(store)))
    store.record_contents(60)
    photos = store.images_root
    (photos / "scene1.png").rename(photos / new_name)
    store.rescan()
    seen: list[ImagePreview] = []

    def tell(preview: ImagePreview) -> None:
        if not seen:
            assert store.relink(store.plan_relink(photos)) == 1
        seen.append(preview)

    done = preview_project(store, starter, settings=FAST, scope="unlabelled", tell=tell)
    taken_out = {new_name: "was taken out of the project meanwhile"}
    was_first = seen[0].rel == new_name
    assert dict(done.failed) == ({} if was_first else taken_out)
    assert was_first == (new_name == "amoved.png")
    for image_id in (ids[0], ids[2]):
        assert scope.cached(store, image_id, starter.card, FAST)


def test_a_preview_keeps_nothing_of_a_file_that_was_replaced(
    make_project: MakeProject, starter: Predictor
) -> None:
    """While its answer waited to be saved with others."""
    store = make_project(2)
    first, second = (row.id for row in store.images())
    change(store, first, edits.add(drawn(store)))
    seen: list[ImagePreview] = []

    def tell(preview: ImagePreview) -> None:
        seen.append(preview)
        if len(seen) == 2:
            path = store.image_path(first)
            with Image.open(path) as image:
                image.resize((640, 480)).save(path)
            store.scale_to_file(first)

    preview_project(store, starter, settings=FAST, scope="unreviewed", tell=tell)
    assert len(seen) == 2
    known = [scope.cached(store, i, starter.card, FAST) for i in (first, second)]
    assert known[0] is None
    assert known[1]
