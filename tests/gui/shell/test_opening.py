"""What a user may point at, and what becomes of it."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest

from dynseg.annotation.document import ImageState
from dynseg.errors import ImageError, InputError, ProjectLockedError, ReadOnlyError
from dynseg.progress import Progress
from dynseg.project.store import Store
from dynseg.sample import generate
from dynseg_annotator.dialogs.new_project_dialog import look_at
from dynseg_annotator.session import opening
from dynseg_annotator.session.opening import copy_sample, open_path, open_sample


def test_images_in_a_folder_of_that_name_are_found(folder: Path, tmp_path: Path) -> None:
    outer = tmp_path / "set"
    outer.mkdir()
    folder.rename(outer / "images")
    opened = open_path(outer)
    assert opened.created
    assert len(opened.rows) == 6
    assert opened.rows[0].rel == "img_0.jpg"
    opened.store.close()
    again = open_path(outer / "images" / "img_2.jpg")
    assert not again.created, "the project around an image is found"
    assert next(r.rel for r in again.rows if r.id == again.image_id) == "img_2.jpg"
    again.store.close()


def test_the_project_folder_itself_opens_the_project(folder: Path) -> None:
    open_path(folder).store.close()
    opened = open_path(folder / ".dynseg")
    assert not opened.created
    opened.store.close()


def test_a_damaged_project_further_up_is_told_and_keeps_no_folder_closed(folder: Path) -> None:
    inner = folder / "new job"
    inner.mkdir()
    shutil.copy(folder / "img_1.jpg", inner)
    (folder / ".dynseg").mkdir()
    (folder / ".dynseg" / "project.db").write_bytes(b"no database" * 100)
    opened = open_path(inner)
    assert opened.created
    assert str(folder) in opened.notice
    opened.store.close()


@pytest.mark.parametrize("beside", [False, True], ids=["frames", "photos beside"])
def test_a_folder_whose_images_are_all_of_a_project_further_down_opens_that_one(
    folder: Path, tmp_path: Path, beside: bool
) -> None:
    """Who opened the folder of a video again the next day found a project without labels."""
    parent, root = folder.parent / "parent", folder.parent / "parent" / "work"
    parent.mkdir()
    photos = parent / "photos" if beside else root
    folder.rename(photos)
    Store.create(root, images=photos, classes=["bolt"]).close()
    again = open_path(parent)
    assert (again.store.root, again.classes.names) == (root, ["bolt"])
    assert not again.created
    again.store.close()
    assert not (parent / ".dynseg").exists()
    (parent / "others").mkdir()
    shutil.copy(next(photos.glob("*.jpg")), parent / "others")
    wider = open_path(parent)
    assert wider.created, "it has images that are not of that project"
    wider.store.close()


def test_missing_path_and_folder_without_images(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        open_path(tmp_path / "nowhere")
    with pytest.raises(InputError):
        open_path(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_which_another_window_makes_a_project_is_opened_to_be_looked_at(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two windows that were started together: the second showed an error and no image."""
    makes, go = threading.Event(), threading.Event()
    made: list[Store] = []

    def report(_: Progress) -> None:
        makes.set()
        go.wait(20)

    other = threading.Thread(
        target=lambda: made.append(Store.create(folder, images=folder, report=report))
    )
    other.start()
    assert makes.wait(20)
    monkeypatch.setattr(opening, "MAKING_S", 0.2)
    with pytest.raises(ProjectLockedError):
        open_path(folder)
    monkeypatch.setattr(opening, "MAKING_S", 20.0)
    threading.Timer(0.3, go.set).start()
    opened = open_path(folder)
    other.join()
    with made[0], opened.store as store:
        assert store.read_only
        assert len(opened.rows) == 6
        assert not opened.created
        assert "has the project open" in opened.notice


def test_labels_of_a_sealed_folder_are_kept_elsewhere(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "labels" / folder.name
    opened = open_path(folder, project=place)
    assert opened.store.images_root == folder
    opened.store.close()
    assert not (folder / ".dynseg").exists()
    again = open_path(place)
    assert not again.created
    assert len(again.rows) == 6
    again.store.close()


def test_damaged_image_is_registered(folder: Path) -> None:
    opened = open_path(folder)
    assert len(opened.rows) == 6
    opened.store.close()


def test_sample_is_copied_once_and_its_labels_are_reviewed_work(tmp_path: Path) -> None:
    source = tmp_path / "source"
    generate(source, images=4, seed=1)
    (source / "labels" / sorted(os.listdir(source / "labels"))[-1]).unlink()
    target = tmp_path / "data" / "sample"
    target.parent.mkdir()
    opened = open_sample(source, target)
    states = [row.state for row in opened.rows]
    assert states.count(ImageState.REVIEWED) == 3
    assert opened.image_id == opened.rows[-1].id, "work begins where no labels are"
    opened.store.close()
    (target / "mine.txt").write_text("kept")
    again = open_sample(source, target)
    assert not again.created
    assert (target / "mine.txt").exists()
    again.store.close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_sample_that_cannot_be_copied_leaves_nothing(tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / "images").mkdir(parents=True)
    sealed = tmp_path / "sealed"
    sealed.mkdir(mode=0o500)
    with pytest.raises(ReadOnlyError):
        copy_sample(source, sealed / "sample")
    shutil.rmtree(source)


def test_a_path_with_dots_is_the_folder_that_it_leads_to(folder: Path) -> None:
    (folder / "night").mkdir()
    crooked = folder / "night" / ".." / "img_3.jpg"
    opened = open_path(crooked)
    assert opened.store.root == folder
    assert next(r.rel for r in opened.rows if r.id == opened.image_id) == "img_3.jpg"
    opened.store.close()
    again = open_path(folder / "night" / "..")
    assert again.store.root == folder
    again.store.close()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("cells.CZI", "Files that end in .czi cannot be read here (1): export it as OME-TIFF from"),
        ("notes.txt", "Choose a folder with .jpg, .png, .tif, .heic, .bmp, .webp … files."),
    ],
)
def test_a_folder_without_images_says_which_ones_it_wants(
    tmp_path: Path, name: str, hint: str
) -> None:
    """It named .avif and .jpe, and neither .jpg nor .png."""
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(InputError) as refused:
        open_path(tmp_path)
    assert refused.value.hint.startswith(hint)


def test_files_of_a_microscope_are_told_beside_images_and_alone(folder: Path) -> None:
    (folder / "cells.czi").write_bytes(b"x")
    with pytest.raises(ImageError, match=r"cells\.czi: is a Zeiss microscope file"):
        open_path(folder / "cells.czi")
    opened = open_path(folder)
    opened.store.close()
    assert opened.created
    assert opened.notice.startswith("Files that end in .czi cannot be read here (1)")
    again = open_path(folder)
    again.store.close()
    assert again.notice == "", "said once"
    facts = look_at(folder)
    assert facts.unread == opened.notice
