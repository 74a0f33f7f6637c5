"""YOLO data sets that were moved: into another folder, an archive, from another computer."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.unit.formats.conftest import MakeProject

from dynseg.formats.incoming.importing import import_labels
from dynseg.formats.incoming.source import Source
from dynseg.formats.yolo.source import read

LINE = "0 0.1 0.1 0.9 0.1 0.5 0.9\n"


def put(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def splits(source: Source) -> dict[str, str]:
    return {label.rel: label.split for label in source.labels}


@pytest.mark.parametrize("zipped", [False, True])
def test_a_description_further_in_names_the_classes(
    make_project: MakeProject, tmp_path: Path, zipped: bool
) -> None:
    store = make_project(["a.png"], classes=("cat", "dog"))
    source = put(
        tmp_path / "s",
        {
            "set/data.yaml": "train: train.txt\nnames: [dog, cat]\n",
            "set/train.txt": "./images/a.png\n",
            "set/labels/a.txt": LINE,
            "notes.md": "",
        },
    )
    if zipped:
        archive = tmp_path / "s.zip"
        with zipfile.ZipFile(archive, "w") as file:
            for path in source.rglob("*.*"):
                file.write(path, path.relative_to(source).as_posix())
        source = archive
    done = import_labels(store, source)
    assert done.by_class == {"dog": 1}
    assert store.images()[0].split == "train"


def test_each_of_several_data_sets_has_its_own_classes(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png", "b.png"], classes=("cat", "dog"))
    source = put(
        tmp_path / "s",
        {
            "one/data.yaml": "train: images\nnames: [dog]\n",
            "one/labels/a.txt": LINE,
            "two/data.yaml": "train: images\nnames: [fox]\n",
            "two/labels/b.txt": LINE,
        },
    )
    done = import_labels(store, source)
    assert done.by_class == {"dog": 1, "fox": 1}
    assert done.added_classes == ("fox",)


def test_a_list_of_names_beside_the_labels_counts(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"], classes=("cat", "dog"))
    files = {"labels/train/classes.txt": "dog\ncat\n", "labels/train/a.txt": LINE}
    done = import_labels(store, put(tmp_path / "s", files))
    assert done.by_class == {"dog": 1}


@pytest.mark.parametrize(
    "entry",
    ["/content/set/images/val", "C:\\set\\images\\val", "../../set/images/val", "./images/val"],
)
def test_a_folder_of_another_computer_is_the_one_that_ends_like_it(
    tmp_path: Path, entry: str
) -> None:
    files = {"labels/train/a.txt": LINE, "labels/val/a.txt": LINE}
    files["data.yaml"] = f"train: images/train\nval: '{entry}'\nnames: [cat]\n"
    source = read(put(tmp_path, files))
    assert splits(source) == {"labels/train/a.txt": "train", "labels/val/a.txt": "val"}
    assert not source.findings


@pytest.mark.parametrize("folder", ["/home/me/set/images/", "D:\\set\\images\\", "data/images/"])
def test_a_list_of_another_computer_divides_the_images_that_end_like_it(
    tmp_path: Path, folder: str
) -> None:
    files = {f"labels/{name}.txt": LINE for name in "abc"}
    files["train.txt"] = f"{folder}a.jpg\r\n{folder}b.jpg\r\n"
    files["val.txt"] = "./images/c.jpg\r\n"
    files["data.yaml"] = "train: train.txt\nval: val.txt\nnames: [cat]\n"
    source = read(put(tmp_path, files))
    assert splits(source) == {
        "labels/a.txt": "train",
        "labels/b.txt": "train",
        "labels/c.txt": "val",
    }
    assert not source.findings


def test_labels_that_a_description_leaves_out_are_taken_in_too(tmp_path: Path) -> None:
    files = {"labels/train/a.txt": LINE, "labels/test/b.txt": LINE, "README.txt": "Beetles"}
    files["data.yaml"] = "train: images/train\nnames: [cat]\n"
    source = read(put(tmp_path, files))
    assert splits(source) == {"labels/train/a.txt": "train", "labels/test/b.txt": "test"}


def test_earlier_labels_and_those_of_a_model_do_not_get_in_the_way(tmp_path: Path) -> None:
    files = {"labels/train/a.txt": LINE, "labels_old/train/a.txt": LINE}
    files |= {f"runs/segment/val/labels/{name}.txt": LINE for name in "ab"}
    files["data.yaml"] = "train: images/train\nnames: [cat]\n"
    source = read(put(tmp_path, files))
    assert splits(source) == {"labels/train/a.txt": "train"}
    assert list(map(str, source.findings)) == [
        "labels_old/train: holds labels that data.yaml does not name; not read (files: 1)",
        "runs/segment/val/labels: holds labels that data.yaml does not name; not read (files: 2)",
    ]
