"""Finding label files in the layouts that are in use."""

from __future__ import annotations

from pathlib import Path

import pytest

from dynseg.errors import InputError
from dynseg.formats.incoming.source import Source
from dynseg.formats.yolo.source import read

LINE = "0 0.1 0.1 0.9 0.1 0.5 0.9\n"


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(LINE if name.endswith(".txt") else "", encoding="utf-8")


def keys(source: Source) -> dict[str, str]:
    return {str(label.keys[0]): label.split for label in source.labels}


def test_ultralytics_layout(tmp_path: Path) -> None:
    make(
        tmp_path, "images/train/a.jpg", "labels/train/a.txt", "images/val/a.jpg", "labels/val/a.txt"
    )
    make(tmp_path, "images/val/unlabelled.jpg")
    (tmp_path / "data.yaml").write_text("train: images/train\nval: images/val\nnames: [cat, dog]\n")
    for source in (read(tmp_path), read(tmp_path / "data.yaml")):
        assert source.names == ("cat", "dog")
        assert keys(source) == {"train/a": "train", "val/a": "val"}
        assert [label.image and label.image.name for label in source.labels] == ["a.jpg", "a.jpg"]
        assert source.bare_images == ("images/val/unlabelled.jpg",)
        assert not source.findings


def test_labels_alone_lack_nothing(tmp_path: Path) -> None:
    """An export of labels alone: the images are those of the project."""
    make(tmp_path, "labels/train/a.txt", "labels/val/b.txt")
    text = "train: images/train\nval: images/val\ntest: images/test\nnames: [cat]\n"
    (tmp_path / "data.yaml").write_text(text)
    source = read(tmp_path)
    assert keys(source) == {"train/a": "train", "val/b": "val"}
    assert [str(finding) for finding in source.findings] == [
        "data.yaml: `test` names a folder that is not there"
    ]


@pytest.mark.parametrize("given", ["labels", "labels/train", "train/labels"])
@pytest.mark.parametrize("names", ["data.yaml", "classes.txt"])
def test_a_folder_of_labels_alone_has_the_names_from_beside_it(
    tmp_path: Path, given: str, names: str
) -> None:
    """Who is asked for the labels gives the folder of that name; its classes are called as ever."""
    make(tmp_path, f"{given}/a.txt", "images/elsewhere.jpg")
    text = "train: images\nnames: [cat]\n" if names == "data.yaml" else "cat\n"
    (tmp_path / names).write_text(text)
    source = read(tmp_path / given)
    assert source.names == ("cat",)
    assert not source.bare_images
    assert not source.findings


def test_a_folder_of_another_name_takes_no_names_from_above(tmp_path: Path) -> None:
    make(tmp_path, "texts/a.txt")
    (tmp_path / "data.yaml").write_text("names: [cat]\n")
    assert not read(tmp_path / "texts").names


def test_what_is_above_and_cannot_be_used_keeps_no_labels_out(tmp_path: Path) -> None:
    make(tmp_path, "labels/a.txt")
    (tmp_path / "data.yaml").write_text("- of another program\n")
    assert len(read(tmp_path / "labels").labels) == 1


def test_ultralytics_layout_with_path_and_names_as_mapping(tmp_path: Path) -> None:
    make(tmp_path, "set/images/a.jpg", "set/labels/a.txt")
    (tmp_path / "data.yaml").write_text(
        "path: set\ntrain: images\nval: images\nnames:\n  0: cat\n  2: dog\n"
    )
    source = read(tmp_path)
    assert source.names == ("cat", "dog")
    assert [label.rel for label in source.labels] == ["set/labels/a.txt"]
    assert source.labels[0].split == ""  # in both, so in neither


def test_roboflow_layout_with_keys_that_lead_up(tmp_path: Path) -> None:
    make(tmp_path, "train/images/a.jpg", "train/labels/a.txt", "valid/images/b.jpg")
    make(tmp_path, "valid/labels/b.txt", "test/images/c.jpg", "test/labels/c.txt")
    make(tmp_path, "README.roboflow.txt", "README.dataset.txt")
    (tmp_path / "data.yaml").write_text(
        "train: ../train/images\nval: ../valid/images\ntest: ../test/images\n"
        "nc: 1\nnames: ['cat']\n"
    )
    source = read(tmp_path)
    assert {label.rel: label.split for label in source.labels} == {
        "train/labels/a.txt": "train",
        "valid/labels/b.txt": "val",
        "test/labels/c.txt": "test",
    }
    assert not source.findings


def test_without_data_yaml_folders_name_the_splits(tmp_path: Path) -> None:
    make(tmp_path, "train/images/a.jpg", "train/labels/a.txt", "valid/labels/b.txt")
    make(tmp_path, "classes.txt")
    (tmp_path / "classes.txt").write_text("cat\ndog\n\n")
    source = read(tmp_path)
    assert source.names == ("cat", "dog")
    assert keys(source) == {"train/a": "train", "valid/b": "val"}


def test_text_files_beside_images(tmp_path: Path) -> None:
    make(tmp_path, "a.jpg", "a.txt", "b.jpg", "notes.txt", "requirements.md")
    source = read(tmp_path)
    assert keys(source) == {"a": ""}
    assert source.bare_images == ("b.jpg",)


def test_list_of_images(tmp_path: Path) -> None:
    make(tmp_path, "images/a.jpg", "labels/a.txt", "images/b.jpg", "labels/b.txt")
    (tmp_path / "train.txt").write_text("./images/a.jpg\r\n\n/etc/passwd\n../../x.jpg\n")
    (tmp_path / "val.txt").write_text(f"{tmp_path}/images/b.jpg\n")
    (tmp_path / "data.yaml").write_text("train: train.txt\nval: val.txt\nnames: [cat]\n")
    source = read(tmp_path)
    assert {label.rel: label.split for label in source.labels} == {
        "labels/a.txt": "train",
        "labels/b.txt": "val",
    }
    assert [(finding.path, finding.line) for finding in source.findings] == [
        ("train.txt", 3),
        ("train.txt", 4),
    ]


@pytest.mark.parametrize(
    "entry", ["../../../etc", "/etc", "..", "images/../../..", "\\\\..\\\\..", "a\\0b"]
)
def test_keys_that_lead_out_are_reported_and_not_followed(tmp_path: Path, entry: str) -> None:
    root = tmp_path / "set"
    make(root, "images/a.jpg", "labels/a.txt")
    make(tmp_path, "images/secret.txt", "secret.txt")
    (root / "data.yaml").write_text(f'train: "{entry}"\nval: images\nnames: [cat]\n')
    source = read(root)
    assert [label.rel for label in source.labels] == ["labels/a.txt"]
    assert "leads out" in source.findings[0].reason


@pytest.mark.parametrize("path", ["/content/datasets/x", "../..", "nowhere"])
def test_path_of_another_machine_falls_back_to_the_own_folder(tmp_path: Path, path: str) -> None:
    make(tmp_path, "images/a.jpg", "labels/a.txt")
    (tmp_path / "data.yaml").write_text(f"path: {path}\ntrain: images\nval: images\nnames: [cat]\n")
    source = read(tmp_path)
    assert len(source.labels) == 1
    assert "its own folder" in source.findings[0].reason


def test_linked_label_file_that_leads_out_is_not_read(tmp_path: Path) -> None:
    root = tmp_path / "set"
    make(root, "images/a.jpg", "labels/b.txt")
    make(tmp_path, "secret.txt")
    (root / "labels/a.txt").symlink_to(tmp_path / "secret.txt")
    (root / "data.yaml").write_text("train: images\nval: images\nnames: [cat]\n")
    source = read(root)
    assert [label.rel for label in source.labels] == ["labels/b.txt"]
    assert "link" in source.findings[0].reason


@pytest.mark.parametrize(
    "text",
    [
        "names: !!python/object/apply:os.system ['touch planted']",
        "a: &a [x]\nnames: [*a, *a]",
        "- just\n- a list",
        "{",
        "names: [" * 2000,
        "\x00",
        "#" * ((1 << 20) + 1),
    ],
    ids=["object", "alias", "list", "broken", "deep", "zero", "large"],
)
def test_yaml_that_cannot_be_used_is_refused(tmp_path: Path, text: str) -> None:
    make(tmp_path, "images/a.jpg", "labels/a.txt")
    (tmp_path / "data.yaml").write_text(text)
    with pytest.raises(InputError):
        read(tmp_path)
    assert not (tmp_path / "planted").exists()


def test_names_are_one_printable_line(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    (tmp_path / "data.yaml").write_text(
        'names: ["a\\nb", "", null, 7, "\\u202Egnp.exe", true]\n', encoding="utf-8"
    )
    names = read(tmp_path).names
    assert names == ("a b", "class_1", "class_2", "7", "gnp.exe", "True")


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        read(tmp_path / "none")
    with pytest.raises(InputError, match="no YOLO label files"):
        read(tmp_path)
