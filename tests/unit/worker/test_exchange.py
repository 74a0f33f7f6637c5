"""What the file worker keeps between a preview and the import that follows it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from dynseg.annotation.class_edits import ClassChange
from dynseg.annotation.document import ImageState
from dynseg.formats.incoming.importing import Choice, prepare
from dynseg.progress import CancelToken, ignore
from dynseg.project.store import Store
from dynseg.worker.answers import ImportAnswer, PreflightAnswer, from_result
from dynseg.worker.exchange import ExchangeJobs
from dynseg.worker.protocol import Count, Export, Import
from dynseg_annotator.dialogs.export_words import ExportRequest, notices
from dynseg_annotator.dialogs.import_words import lines, result

TRIANGLE = "0 0.1 0.1 0.5 0.1 0.5 0.5\n"


@pytest.fixture
def store(tmp_path: Path) -> Any:
    images = tmp_path / "images"
    images.mkdir()
    for name in ("a.png", "b.png"):
        Image.new("RGB", (100, 80)).save(images / name)
    with Store.create(tmp_path / "project", images=images, classes=["nut"]) as store:
        yield store


def source(tmp_path: Path) -> Path:
    folder = tmp_path / "labels"
    folder.mkdir()
    (folder / "classes.txt").write_text("nut\n")
    (folder / "a.txt").write_text(TRIANGLE)
    return folder


def imported(
    jobs: ExchangeJobs, store: Store, source: Path, reading: int, *, dry_run: bool = True
) -> dict[str, Any]:
    request = Import(
        job=1,
        project=str(store.root),
        token=store.lock_token,
        source=str(source),
        dry_run=dry_run,
        reading=reading,
    )
    return jobs.import_labels(request, CancelToken())


def test_a_source_that_was_mended_is_read_anew_when_it_is_looked_at_again(
    store: Store, tmp_path: Path
) -> None:
    jobs, folder = ExchangeJobs(lambda _: ignore), source(tmp_path)
    assert imported(jobs, store, folder, 1)["instances"] == 1
    (folder / "b.txt").write_text(TRIANGLE)
    assert imported(jobs, store, folder, 1)["instances"] == 1, "what was shown is what comes in"
    assert imported(jobs, store, folder, 2)["instances"] == 2
    assert imported(jobs, store, folder, 2, dry_run=False)["instances"] == 2


def test_a_preview_says_how_many_proposals_give_way(store: Store, tmp_path: Path) -> None:
    proposals = tmp_path / "proposals"
    proposals.mkdir()
    for name, rows in (("a", TRIANGLE), ("b", f"{TRIANGLE}0 0.6 0.6 0.9 0.6 0.9 0.9\n")):
        (proposals / f"{name}.txt").write_text(rows)
    import_labels = prepare(store, proposals).commit(store, Choice("proposals"))
    assert (import_labels.instances, import_labels.superseded) == (3, 0)
    jobs, folder = ExchangeJobs(lambda _: ignore), source(tmp_path)
    answer = from_result(imported(jobs, store, folder, 1), ImportAnswer)
    assert (answer.instances, answer.superseded) == (1, 1)
    assert ("info", "1 proposal that nobody has touched gives way.") in lines(answer, "work")
    done = from_result(imported(jobs, store, folder, 1, dry_run=False), ImportAnswer)
    assert done.superseded == 1
    assert (
        "1 proposal that nobody had touched gave way."
        in result(done, "/x", None, format_title="YOLO-seg").text
    )
    assert [row.instance_count for row in store.images()] == [1, 2]


def test_an_export_says_what_it_should_have_kept(store: Store, tmp_path: Path) -> None:
    prepare(store, source(tmp_path)).commit(store, Choice("reviewed"))
    # Readers keep one space alone, so that the class has another name there.
    label = store.classes().labels[0]
    request = Export(
        job=1, project=str(store.root), token=store.lock_token, out=str(tmp_path / "out"),
        link="none", holes="keep", parts="keep", only_reviewed=True, format="yolo",
        val_share=0.0, by_folder=False, verify=True,
    )  # fmt: skip
    jobs = ExchangeJobs(lambda _: ignore)
    assert jobs.export(request, CancelToken())["check"]["broken"] == 0
    other = replace(store.classes(), labels=(replace(label, name="n  ut"),))
    store.change_classes(lambda _: ClassChange("Rename", other))
    check = jobs.export(request, CancelToken())["check"]
    assert (check["broken"], check["worst"]) == (1, [("a.png", 1, 0.0)])


def test_an_image_of_another_size_by_now_gets_nothing(store: Store, tmp_path: Path) -> None:
    jobs, folder = ExchangeJobs(lambda _: ignore), source(tmp_path)
    assert imported(jobs, store, folder, 1)["instances"] == 1
    row = store.images()[0]
    Image.new("RGB", (200, 160)).save(store.image_path(row.id))
    assert store.look_again(row.id).width == 200
    done = imported(jobs, store, folder, 1, dry_run=False)
    assert done["instances"] == 0
    assert "another size since the labels were read" in done["refused"]["lines"][0]
    assert store.annotation(row.id).state is ImageState.UNLABELLED


def test_labels_of_images_that_are_missing_are_not_said_to_be_useless(
    store: Store, tmp_path: Path
) -> None:
    folder = source(tmp_path)
    for name in ("b", "c", "d"):
        (folder / f"{name}.txt").write_text(TRIANGLE)
    (folder / "a.txt").write_text(f"{TRIANGLE}0 0.1 0.1\n")
    (store.images_root / "b.png").unlink()
    store.rescan()
    answer = from_result(imported(ExchangeJobs(lambda _: ignore), store, folder, 1), ImportAnswer)
    said = [text for _, text in lines(answer, "work")]
    assert (
        "3 images that have labels here are missing in the project, the first: c.*, d.*, b.png."
        in said
    )
    assert "1 shape or file cannot be used: listed below with the place." in said


def counted(store: Store) -> PreflightAnswer:
    request = Count(
        job=1, project=str(store.root), token=store.lock_token, format="yolo", holes="keep",
        parts="keep", only_reviewed=True,
    )  # fmt: skip
    return from_result(
        ExchangeJobs(lambda _: ignore).count(request, CancelToken()), PreflightAnswer
    )


def test_what_goes_out_says_which_images_are_missing(store: Store, tmp_path: Path) -> None:
    folder = source(tmp_path)
    (folder / "b.txt").write_text(TRIANGLE)
    prepare(store, folder).commit(store, Choice("reviewed"))
    wish = ExportRequest(folder=tmp_path / "out")
    (store.images_root / "b.png").unlink()
    store.rescan()
    text = "The file of 1 image is missing: b.png. Left out until it is back."
    assert ("warn", text) in notices(counted(store), wish)
    (store.images_root / "a.png").unlink()
    store.rescan()
    (only,) = notices(counted(store), wish)
    assert only == (
        "error",
        "The files of 2 images are missing, the first: a.png, b.png. Left out until they are back.",
    )


def test_that_copies_have_fewer_bits_is_said_before_they_are_made(
    store: Store, tmp_path: Path
) -> None:
    prepare(store, source(tmp_path)).commit(store, Choice("reviewed"))
    wish, text = ExportRequest(folder=tmp_path / "out"), "more than 8 bits: their copies get 8"
    assert not any(text in said for _, said in notices(counted(store), wish))
    deep = np.full((80, 100), 4000, np.uint16)
    Image.fromarray(deep).save(store.images_root / "a.png")
    facts = counted(store)
    assert any(text in said for _, said in notices(facts, wish))
    assert not any(text in said for _, said in notices(facts, replace(wish, link="none")))
