"""What the file worker keeps between a preview and the import that follows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from dynseg.annotation.document import ImageState
from dynseg.progress import CancelToken, ignore
from dynseg.project.store import Store
from dynseg.worker.exchange import ExchangeJobs
from dynseg.worker.protocol import Import

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
