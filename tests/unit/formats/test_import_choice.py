"""What a person decides about an import (H2, A3): what shapes become, and what classes become."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest
from tests.unit.formats.conftest import MakeProject, box, label, shape

from dynseg.annotation import class_edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Instance, Origin
from dynseg.errors import InputError
from dynseg.formats import registry
from dynseg.formats.incoming import listing
from dynseg.formats.incoming.class_names import clean_name
from dynseg.formats.incoming.importing import (
    Choice,
    ImportReport,
    SourceClass,
    import_labels,
    prepare,
)
from dynseg.formats.incoming.listing import Listing
from dynseg.formats.outgoing.exporting import export
from dynseg.geometry.part import Part, ring
from dynseg.project import backups
from dynseg.project.store import Store

SQUARE = "0.25 0.25 0.75 0.25 0.75 0.75 0.25 0.75"
JOINED = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
"""A word of Persian, with a joiner that cannot be seen."""
FLAT = JOINED.replace("\u200c", "")
AGAIN = {"labelmap": "masks"}
"""The format that reads what another one wrote."""
CORNER = "0 0 0.2 0 0.2 0.2 0 0.2"


def source(folder: Path, text: str, names: str = "cat\nbird\n") -> Path:
    folder.mkdir(exist_ok=True)
    if names:
        (folder / "classes.txt").write_text(names)
    (folder / "a.txt").write_text(text)
    return folder


def take_in(store: Store, folder: Path, choice: Choice) -> ImportReport:
    return prepare(store, folder).commit(store, choice)


def test_a_preview_writes_nothing_and_says_what_the_import_then_does(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"])
    plan = prepare(store, source(tmp_path / "s", f"0 {SQUARE}\n1 {CORNER}\n0 0.1\n"))
    before = store.data_version(), store.classes()
    seen = plan.preview(store)
    assert (store.data_version(), store.classes()) == before
    assert not backups.listed(store.layout)
    done = plan.commit(store)
    assert done.run_id
    assert (seen.instances, seen.by_class, seen.refused, seen.added_classes) == (
        done.instances, done.by_class, done.refused, done.added_classes,
    )  # fmt: skip
    assert done.by_class == {"cat": 1, "bird": 1}
    assert plan.classes(store) == (SourceClass("cat", 1), SourceClass("bird", 1))
    assert [path.name.split("-", 3)[3] for path in backups.listed(store.layout)] == [
        "before-an-import.db"
    ], "the state before is kept"


def test_proposals_stay_beside_what_a_person_made(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"])
    cat = store.classes().labels[0].id
    label(store, "a.png", [shape(cat, box(16, 12, 48, 36))], ImageState.IN_WORK)
    done = take_in(store, source(tmp_path / "s", f"1 {SQUARE}\n0 {CORNER}\n"), Choice("proposals"))
    annotation = store.annotation(store.images()[0].id)
    assert [item.origin for item in annotation.instances] == [Origin.HUMAN, Origin.MODEL]
    assert annotation.state is ImageState.IN_WORK
    assert done.duplicates == 1
    assert "work of a person" in done.repaired[0].reason


def test_proposals_on_an_untouched_image_wait_to_be_looked_at(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"])
    folder = source(tmp_path / "s", f"0 {SQUARE}\n")
    run_id = take_in(store, folder, Choice("proposals")).run_id
    row = store.images()[0]
    assert row.state is ImageState.PRELABELLED
    again = take_in(store, folder, Choice("proposals"))
    assert (again.instances, again.duplicates) == (0, 1), "a second import changes nothing"
    assert run_id is not None
    store.undo_run(run_id)
    assert store.annotation(row.id).instances == ()
    assert store.images()[0].state is ImageState.UNLABELLED


def test_an_import_beside_hundreds_of_proposals_takes_a_moment(
    make_project: MakeProject, tmp_path: Path
) -> None:
    """6,000 plants on an image with 1,000 proposals were compared for minutes, pair by pair."""
    store = make_project({"a.png": (800, 800)})
    places = [(x / 32, y / 32) for x in range(20) for y in range(20)]
    squares = [f"{x} {y} {x + 0.02} {y} {x + 0.02} {y + 0.02} {x} {y + 0.02}" for x, y in places]
    rows = "".join(f"0 {square}\n" for square in squares)
    take_in(store, source(tmp_path / "s", rows), Choice("proposals"))
    began = time.process_time()
    done = take_in(store, source(tmp_path / "s", rows.replace("0 ", "1 ", 1)), Choice("work"))
    assert time.process_time() - began < 4
    assert done.instances == len(places)
    instances = store.annotation(store.images()[0].id).instances
    assert [item.is_human_work for item in instances] == [True] * len(places)


def test_the_project_of_a_colleague_says_how_its_labels_come_in(make_project: MakeProject) -> None:
    store, other = make_project(["a.png"]), make_project(["a.png"], name="colleague")
    for place in (other.root, other.layout.folder):
        with pytest.raises(InputError, match="is a project") as said:
            prepare(store, place)
        assert "Export it first" in said.value.hint


def test_classes_made_by_an_import_go_with_it_and_come_back_with_their_shapes(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"])
    folder = source(tmp_path / "s", f"0 {SQUARE}\n1 {CORNER}\n", "wren\nowl\n")
    run_id = take_in(store, folder, Choice("work")).run_id
    assert run_id is not None
    assert store.classes().names == ["cat", "dog", "wren", "owl"]
    store.undo_run(run_id)
    assert store.classes().names == ["cat", "dog"]
    image_id = store.images()[0].id
    assert store.redo(image_id) is not None
    assert sorted(store.classes().names) == ["cat", "dog", "owl", "wren"]
    assert store.check() == []


def test_a_class_of_an_import_stays_where_it_is_used_or_was_renamed(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png", "b.png"])
    folder = source(tmp_path / "s", f"0 {SQUARE}\n1 {CORNER}\n2 {SQUARE}\n", "wren\nowl\njay\n")
    run_id = take_in(store, folder, Choice("work")).run_id
    assert run_id is not None
    owl, jay = store.classes().by_name("owl"), store.classes().by_name("jay")
    assert owl is not None
    assert jay is not None
    store.change_classes(class_edits.rename(jay.id, "magpie"))
    other = store.annotation(store.images()[1].id)
    drawn = Instance(owl.id, (Part(ring([(1, 1), (9, 1), (5, 8)])),))
    delta = diff(other, other.with_instances([drawn]))
    store.commit(other.image_id, delta, expected_revision=other.revision, text="Draw")
    store.undo_run(run_id)
    assert store.classes().names == ["cat", "dog", "owl", "magpie"]


def test_classes_are_mapped_made_under_another_name_and_left_out(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"])
    dog = store.classes().labels[1].id
    text = f"0 {SQUARE}\n1 {CORNER}\n2 0.8 0.8 0.9 0.8 0.9 0.9\n"
    folder = source(tmp_path / "s", text, "chat\nbird\nnoise\n")
    chosen: dict[str, int | str | None] = {"chat": dog, "bird": "sparrow", "noise": None}
    done = take_in(store, folder, Choice("reviewed", chosen))
    assert done.by_class == {"dog": 1, "sparrow": 1}
    assert done.added_classes == ("sparrow",)
    assert done.ignored == 1
    assert store.classes().names == ["cat", "dog", "sparrow"]
    annotation = store.annotation(store.images()[0].id)
    assert annotation.state is ImageState.REVIEWED, "what was left out by choice is no gap"
    assert len(annotation.instances) == 2


def test_numbers_without_names_are_refused_or_said(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"])
    plan = prepare(store, source(tmp_path / "s", f"7 {SQUARE}\n", names=""))
    assert plan.is_numbered
    with pytest.raises(InputError, match="does not name its classes"):
        plan.preview(store)
    assert plan.preview(store, Choice(classes={"class_7": "bird"})).by_class == {"bird": 1}


def test_a_choice_of_a_class_that_is_gone_is_none(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"])
    folder = source(tmp_path / "s", f"0 {SQUARE}\n")
    assert take_in(store, folder, Choice(classes={"cat": 999})).by_class == {"cat": 1}


def test_an_empty_project_takes_the_order_of_the_source(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"], classes=())
    folder = source(tmp_path / "s", f"2 {SQUARE}\n", "x\ny\nz\n")
    take_in(store, folder, Choice(classes={"y": None, "z": "zed"}))
    assert store.classes().names == ["x", "zed"]


def test_imported_proposals_give_way_to_reviewed_labels(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"])
    row = store.images()[0]
    cat = store.classes().labels[0].id
    proposal = Instance(cat, (Part(box(1, 1, 9, 9)),), Origin.MODEL, score=0.5, model_id="m")
    label(store, "a.png", [proposal], ImageState.PRELABELLED)
    take_in(store, source(tmp_path / "s", f"0 {SQUARE}\n"), Choice("reviewed"))
    assert [item.origin for item in store.annotation(row.id).instances] == [Origin.HUMAN]


def test_few_files_of_each_suffix_tell_what_a_folder_holds(tmp_path: Path) -> None:
    content = json.dumps({"version": "5.5.0", "shapes": [], "imagePath": "a.jpg"})
    for number in range(registry.LOOKED_AT + 20):
        (tmp_path / f"{number:03}.json").write_text(content)
        (tmp_path / f"{number:03}.jpg").touch()
    assert [form.name for form in registry.recognised(tmp_path)] == ["labelme"]
    few = Listing(tmp_path, most=registry.LOOKED_AT)
    assert len(few.of(".json")) == len(few.of(".jpg")) == registry.LOOKED_AT
    assert len(few.files) == 2 * registry.LOOKED_AT


def test_a_quick_look_stays_near_the_folder(tmp_path: Path) -> None:
    """Whoever opens a folder that holds half a disk does not wait for all of it."""
    for number in range(listing.MAX_FOLDERS + 20):
        (tmp_path / f"a{number:03}" / "below").mkdir(parents=True)
        (tmp_path / f"a{number:03}" / "below" / "x.csv").touch()
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "z.txt").write_text("0 0.1 0.1 0.2 0.1 0.2 0.2\n")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "z.jpg").touch()
    assert Listing(tmp_path, most=50).of(".csv") == []
    assert [path.name for path in Listing(tmp_path, most=50).files] == ["z.jpg"]
    for number in range(30, listing.MAX_FOLDERS + 20):
        shutil.rmtree(tmp_path / f"a{number:03}")
    assert [form.name for form in registry.recognised(tmp_path)] == ["yolo"]


@pytest.mark.parametrize(
    ("there", "said"), [("Nut", "nut"), ("nut", "NUT"), ("wing nut", "Wing  nut"), (JOINED, FLAT)]
)
def test_a_name_that_only_looks_or_is_cased_otherwise_is_no_other_class(
    make_project: MakeProject, tmp_path: Path, there: str, said: str
) -> None:
    store = make_project(["a.png"], classes=[there])
    folder = tmp_path / "labels"
    folder.mkdir()
    (folder / "classes.txt").write_text(f"{said}\n", encoding="utf-8")
    (folder / "a.txt").write_text("0 0.1 0.1 0.5 0.1 0.5 0.5\n")
    plan = prepare(store, folder)
    done = plan.preview(store)
    assert (done.by_class, done.added_classes) == ({there: 1}, ())
    wanted = plan.preview(store, Choice(classes={clean_name(said, 0): "another"}))
    assert wanted.added_classes == ("another",)


@pytest.mark.parametrize("name", ["yolo", "coco", "labelme", "masks", "voc", "labelmap"])
def test_names_that_need_joiners_come_back_as_they_were(
    make_project: MakeProject, tmp_path: Path, name: str
) -> None:
    classes = [JOINED, "\U0001f469\u200d\U0001f33e"]
    store = make_project(["a.png"], classes=classes)
    label(store, "a.png", [shape(store.classes().labels[1].id, box(4, 4, 20, 20))])
    export(store, tmp_path / "out", form=registry.named(name))
    other = make_project(["a.png"], classes=(), name="other")
    done = import_labels(other, tmp_path / "out", format_name=AGAIN.get(name, name))
    assert done.by_class == {classes[1]: 1}
