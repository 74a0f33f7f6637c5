"""Labels of others become human instances, once, with every loss reported."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs
from tests.unit.formats.conftest import MakeProject, box, label, shape, write_image

from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Origin
from dynseg.errors import InputError
from dynseg.formats.incoming.importing import import_labels
from dynseg.formats.outgoing.exporting import export
from dynseg.geometry import polygon
from dynseg.progress import CancelledError, CancelToken
from dynseg.project.store import Store

TRIANGLE = "0.1 0.1 0.9 0.1 0.5 0.9"


def put(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def states(store: Store) -> dict[str, tuple[ImageState, int]]:
    return {row.rel: (row.state, row.instance_count) for row in store.images()}


def test_instances_states_and_findings(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png", "b.png", "c.png", "d.png"])
    source = put(
        tmp_path / "source",
        {
            "data.yaml": "names: [cat, bird]\n",
            "labels/a.txt": f"0 {TRIANGLE}\n1 0.5 0.5 0.2 0.2\n0 0.1 0.1\n",
            "labels/b.txt": "",
            "labels/c.txt": "0 0.1 0.1 0.9 0.9 0.9 0.1 0.1 0.9\n",
            "labels/elsewhere.txt": f"0 {TRIANGLE}\n",
        },
    )
    done = import_labels(store, source)
    assert (done.images, done.instances, done.added_classes) == (3, 3, ("bird",))
    assert {(f.path, f.line) for f in done.repaired} == {("labels/a.txt", 2), ("labels/c.txt", 1)}
    assert {(f.path, f.line) for f in done.refused} == {
        ("labels/a.txt", 3),
        ("labels/elsewhere.txt", None),
    }
    assert states(store) == {
        "a.png": (ImageState.IN_WORK, 2),
        "b.png": (ImageState.UNLABELLED, 0),
        "c.png": (ImageState.IN_WORK, 1),
        "d.png": (ImageState.UNLABELLED, 0),
    }
    first = store.annotation(store.images()[0].id).instances[0]
    assert first.origin is Origin.HUMAN
    assert first.run_id == done.run_id
    assert [item.name for item in store.classes().labels] == ["cat", "dog", "bird"]
    assert len(store.annotation(store.images()[2].id).instances[0].parts) == 2


def test_as_reviewed_vouches_for_files_that_were_read_in_full(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png", "b.png", "c.png", "d.png"])
    source = put(
        tmp_path / "source",
        {"a.txt": f"0 {TRIANGLE}\n", "b.txt": "\n", "c.txt": f"0 {TRIANGLE}\n0 nan\n"},
    )
    import_labels(store, source, as_reviewed=True)
    assert states(store) == {
        "a.png": (ImageState.REVIEWED, 1),
        "b.png": (ImageState.REVIEWED, 0),
        "c.png": (ImageState.IN_WORK, 1),
        "d.png": (ImageState.UNLABELLED, 0),
    }


def test_second_import_changes_nothing(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png", "b.png"])
    source = put(tmp_path / "s", {"a.txt": f"0 {TRIANGLE}\n", "b.txt": f"1 {TRIANGLE}\n"})
    import_labels(store, source)
    before = [store.annotation(row.id) for row in store.images()]
    again = import_labels(store, source)
    assert (again.instances, again.duplicates, again.run_id) == (0, 2, None)
    assert [finding.line for finding in again.repaired] == [1, 1]
    assert [store.annotation(row.id) for row in store.images()] == before
    assert len(store.runs()) == 1


def test_import_is_undone_as_one(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png", "b.png"])
    cat = store.classes().labels[0].id
    label(store, "a.png", [shape(cat, box(1, 1, 9, 9))], ImageState.IN_WORK)
    source = put(tmp_path / "s", {"a.txt": f"0 {TRIANGLE}\n", "b.txt": f"1 {TRIANGLE}\n"})
    done = import_labels(store, source)
    assert done.run_id
    assert sorted(store.undo_run(done.run_id).restored) == [row.id for row in store.images()]
    assert states(store) == {
        "a.png": (ImageState.IN_WORK, 1),
        "b.png": (ImageState.UNLABELLED, 0),
    }


def test_reviewed_image_is_not_changed(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png"])
    label(store, "a.png", [])
    done = import_labels(store, put(tmp_path / "s", {"a.txt": f"0 {TRIANGLE}\n"}))
    assert done.instances == 0
    assert "reviewed" in done.refused[0].reason
    assert states(store) == {"a.png": (ImageState.REVIEWED, 0)}


def test_proposals_give_way_to_what_was_imported(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png"])
    cat, dog = (item.id for item in store.classes().labels)
    image_id = store.images()[0].id
    before = store.annotation(image_id)
    proposals = [
        structs.replace(
            shape(cat, box(6, 5, 58, 44)), origin=Origin.MODEL, score=0.9, model_id="m"
        ),
        structs.replace(
            shape(dog, box(0, 40, 5, 48)), origin=Origin.MODEL, score=0.9, model_id="m"
        ),
    ]
    after = replace(before, instances=tuple(proposals), state=ImageState.PRELABELLED)
    store.commit(image_id, diff(before, after), expected_revision=0, text="x")
    rectangle = "0 0.1 0.1 0.9 0.1 0.9 0.9 0.1 0.9\n"
    import_labels(store, put(tmp_path / "s", {"a.txt": rectangle}))
    left = store.annotation(image_id).instances
    assert [(item.class_id, item.origin) for item in left] == [
        (dog, Origin.MODEL),
        (cat, Origin.HUMAN),
    ]


def test_splits_of_the_source_are_kept(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png", "b.png", "c.png"])
    store.set_splits({store.images()[2].id: "train"})
    source = put(
        tmp_path / "s",
        {
            "data.yaml": "train: train/images\nval: valid/images\nnames: [cat]\n",
            "train/labels/a.txt": "",
            "train/images/a.txt.keep": "",
            "valid/images/keep": "",
            "valid/labels/b.txt": "",
            "valid/labels/c.txt": "",
        },
    )
    import_labels(store, source)
    assert [row.split for row in store.images()] == ["train", "val", "train"]


def test_same_names_in_train_and_val_do_not_mix(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["train/images/a.png", "valid/images/a.png"])
    source = put(
        tmp_path / "s",
        {"train/labels/a.txt": f"0 {TRIANGLE}\n", "valid/labels/a.txt": f"1 {TRIANGLE}\n" * 2},
    )
    done = import_labels(store, source)
    assert done.instances == 2
    cat, dog = (item.id for item in store.classes().labels)
    found = [store.annotation(row.id).instances[0].class_id for row in store.images()]
    assert found == [cat, dog]
    only_val = make_project(["a.png"], name="other")
    refused = import_labels(only_val, source).refused
    assert len(refused) == 2
    assert "another label file" in refused[0].reason


def test_ambiguous_stem_is_not_guessed(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["x/a.png", "y/a.png"])
    done = import_labels(store, put(tmp_path / "s", {"a.txt": f"0 {TRIANGLE}\n"}))
    assert done.images == 0
    assert "any of 2 images" in done.refused[0].reason


def test_image_of_another_size_is_not_used(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png"])
    source = put(tmp_path / "s", {"a.txt": f"0 {TRIANGLE}\n"})
    write_image(source / "a.png", size=(48, 64))
    write_image(source / "b.png")
    done = import_labels(store, source)
    assert done.instances == 0
    reasons = {finding.path: finding.reason for finding in done.refused}
    assert "48 x 64" in reasons["a.txt"]
    assert "not in the project" in reasons["b.png"]


def test_project_without_classes_takes_all_in_order(
    make_project: MakeProject, tmp_path: Path
) -> None:
    named = make_project(["a.png"], (), "named")
    files = {"a.txt": f"2 {TRIANGLE}\n"}
    import_labels(
        named, put(tmp_path / "s", {**files, "data.yaml": "names: [cat, dog, bird, fish]\n"})
    )
    assert named.classes().names == ["cat", "dog", "bird", "fish"]
    bare = make_project(["a.png"], (), "bare")
    import_labels(bare, put(tmp_path / "t", files))
    assert bare.classes().names == ["class_0", "class_1", "class_2"]
    two = make_project(["a.png"], ("cat", "dog"), "two")
    with pytest.raises(InputError, match="does not name its classes"):
        import_labels(two, tmp_path / "t")
    assert two.classes().names == ["cat", "dog"]


def test_gap_in_the_names_is_refused_by_line(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png"])
    source = put(
        tmp_path / "s",
        {"data.yaml": "names: {0: cat, 2: dog}\n", "a.txt": f"1 {TRIANGLE}\n2 {TRIANGLE}\n"},
    )
    done = import_labels(store, source, as_reviewed=True)
    assert done.instances == 1
    assert [(f.path, f.line) for f in done.refused] == [("a.txt", 1)]
    assert store.images()[0].state is ImageState.IN_WORK


def test_cancel_leaves_the_project_as_it_was(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png"])
    source = put(tmp_path / "s", {"data.yaml": "names: [new]\n", "a.txt": f"0 {TRIANGLE}\n"})
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        import_labels(store, source, cancel=token)
    assert states(store) == {"a.png": (ImageState.UNLABELLED, 0)}
    assert store.classes().names == ["cat", "dog"]


def test_holes_and_parts_survive_the_way_out_and_in(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"])
    cat = store.classes().labels[0].id
    holed = shape(cat, box(0, 0, 30, 40), box(10, 10, 20, 20))
    pair = structs.replace(
        holed, id="pair", parts=(*holed.parts, *shape(cat, box(40, 0, 60, 9)).parts)
    )
    label(store, "a.png", [pair])
    export(store, tmp_path / "out")
    other = make_project(["a.png"], name="other")
    import_labels(other, tmp_path / "out", as_reviewed=True)
    (back,) = other.annotation(other.images()[0].id).instances
    assert [len(part.holes) for part in back.parts] == [1, 0]
    assert polygon.iou(back.parts, pair.parts) == pytest.approx(1)
    assert import_labels(store, tmp_path / "out").duplicates == 1


def test_the_split_that_an_import_brought_goes_with_it(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png", "b.png", "c.png", "d.png"])
    rows = {row.rel: row.id for row in store.images()}
    store.set_splits({rows["c.png"]: "train"})
    files = {f"{place}/labels/{name}.txt": f"0 {TRIANGLE}\n" for place, name in
             (("train", "a"), ("valid", "b"), ("valid", "c"), ("valid", "d"))}  # fmt: skip
    done = import_labels(store, put(tmp_path / "s", files))
    assert done.run_id
    label(store, "d.png", [shape(store.classes().labels[0].id, box(1, 1, 9, 9))])
    store.divide([rows["b.png"]], "test")
    store.undo_run(done.run_id)
    assert [row.split for row in store.images()] == ["", "test", "train", "val"]


def test_a_project_of_one_split_takes_the_labels_of_that(
    make_project: MakeProject, tmp_path: Path
) -> None:
    write_image(tmp_path / "set/images/val/a.png")
    source = put(
        tmp_path / "s",
        {"labels/train/a.txt": f"0 {TRIANGLE}\n", "labels/val/a.txt": f"1 {TRIANGLE}\n"},
    )
    with Store.create(
        tmp_path / "p", images=tmp_path / "set/images/val", classes=["cat", "dog"]
    ) as store:
        done = import_labels(store, source)
        assert done.by_class == {"dog": 1}
        assert [finding.path for finding in done.refused] == ["labels/train/a.txt"]
