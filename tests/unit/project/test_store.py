from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import apsw
import pytest
from PIL import Image

from dynseg.annotation import edits
from dynseg.annotation.class_edits import ClassChange
from dynseg.annotation.classes import ClassLabel, ClassTable
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.errors import (
    InputError,
    ProjectError,
    ProjectLockedError,
    ProjectTooNewError,
    ReadOnlyError,
    StaleRevisionError,
    StoreWriteError,
)
from dynseg.geometry.part import Part, ring
from dynseg.progress import Progress
from dynseg.project.documents import StoredAnnotation
from dynseg.project.layout import ProjectLayout, find_project
from dynseg.project.store import Store

SQUARE = Part(ring([(10, 10), (30, 10), (30, 30), (10, 30)]))


def drawn(name: str = "h", class_id: int = 0) -> Instance:
    return Instance(class_id, (SQUARE,), id=name)


def proposal(name: str = "m", score: float = 0.5) -> Instance:
    return Instance(0, (SQUARE,), Origin.MODEL, score=score, model_id="net", id=name)


def do(store: Store, image_id: int, edit: edits.Edit, gesture: str = "") -> Annotation:
    """Commit an edit the way the window does; returns the new document."""
    before = store.annotation(image_id)
    delta = diff(before, edit(before))
    revision = store.commit(
        image_id, delta, expected_revision=before.revision, text="Edit", gesture=gesture
    )
    after = store.annotation(image_id)
    assert after.revision == revision == before.revision + 1
    return after


def test_create_lists_the_folder_with_damaged_files(store: Store, photos: Path) -> None:
    rows = store.images()
    assert [row.rel for row in rows] == ["broken.jpg", "img1.png", "img2.jpg", "img10.png"]
    by_name = {row.rel: row for row in rows}
    assert by_name["broken.jpg"].damage
    row = by_name["img2.jpg"]
    assert (row.width, row.height, row.state, row.revision) == (320, 240, ImageState.UNLABELLED, 0)
    assert (row.instance_count, row.min_score, row.split, row.damage) == (0, None, "", "")
    assert row.size_bytes == (photos / "img2.jpg").stat().st_size
    assert store.image(row.id) == row
    assert store.image_path(row.id) == photos / "img2.jpg"
    assert store.annotation(row.id) == Annotation(row.id, 320, 240)


def test_create_refuses_what_cannot_be(store: Store, photos: Path, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="already"):
        Store.create(store.root, images=photos)
    with pytest.raises(InputError, match="not a folder"):
        Store.create(tmp_path / "other", images=tmp_path / "nothing")
    with pytest.raises(ProjectError, match="two classes"):
        Store.create(tmp_path / "other", images=photos, classes=["a", "a"])
    assert find_project(tmp_path / "other") is None
    (tmp_path / "file").write_text("")
    with pytest.raises(ReadOnlyError):
        Store.create(tmp_path / "file", images=photos)
    with pytest.raises(ProjectError, match="no project"):
        Store.open(tmp_path / "other")


def test_a_project_is_found_from_everything_in_it(store: Store, photos: Path) -> None:
    for path in (store.root, store.layout.folder, store.layout.database):
        assert find_project(path) == store.root
    assert find_project(photos) is None
    with Store.create(photos, images=photos):
        assert find_project(photos / "img1.png") == photos


def test_edits_survive_reopening(store: Store, reopened: Callable[[Store], Store]) -> None:
    image_id = store.images()[1].id
    do(store, image_id, edits.add(drawn("a", 1)))
    after = do(store, image_id, edits.move_vertex("a", 0, 0, 0, 11.25, 12.5))
    store.save_setting("layout", "wide")
    with reopened(store) as again:
        assert again.annotation(image_id) == after
        assert after.state is ImageState.IN_WORK
        assert again.images()[1].instance_count == 1
        assert [item.class_id for item in again.annotation(image_id).instances] == [1]
        assert again.setting("layout") == "wide"
        assert again.setting("none") is None


def test_a_stale_revision_is_refused_and_nothing_is_written(store: Store) -> None:
    image_id = store.images()[1].id
    before = store.annotation(image_id)
    after = do(store, image_id, edits.add(drawn()))
    delta = diff(before, edits.add(drawn("late"))(before))
    with pytest.raises(StaleRevisionError, match="img1"):
        store.commit(image_id, delta, expected_revision=0, text="Edit")
    assert store.annotation(image_id) == after
    assert len(store.journal(image_id)) == 1


def test_a_delta_that_does_not_start_from_what_is_saved_is_refused(store: Store) -> None:
    image_id = store.images()[1].id
    after = do(store, image_id, edits.add(drawn()))
    lie = after.with_instances([drawn(class_id=1)])
    delta = diff(lie, edits.remove(["h"])(lie))
    with pytest.raises(ProjectError, match="does not start"):
        store.commit(image_id, delta, expected_revision=1, text="Edit")
    delta = diff(after, edits.add(drawn("x", 7))(after))
    with pytest.raises(ProjectError, match="no class with number 7"):
        store.commit(image_id, delta, expected_revision=1, text="Edit")
    with pytest.raises(ProjectError, match="no image"):
        store.commit(99, delta, expected_revision=1, text="Edit")
    assert store.annotation(image_id) == after
    assert store.check() == []


def test_undo_and_redo_also_after_reopening(
    store: Store, reopened: Callable[[Store], Store]
) -> None:
    image_id = store.images()[1].id
    steps = (
        edits.add(drawn("a")),
        edits.add(drawn("b", 1)),
        edits.add(drawn("c")),
        edits.reorder("c", 0),
        edits.remove(["a", "c"]),
        edits.set_state(ImageState.REVIEWED),
    )
    documents = [store.annotation(image_id), *(do(store, image_id, edit) for edit in steps)]
    with reopened(store) as again:
        for document in documents[-2::-1]:
            undone = again.undo(image_id)
            assert undone is not None
            assert (undone.instances, undone.state) == (document.instances, document.state)
        assert again.undo(image_id) is None
        again.close()
        with Store.open(again.root) as third:
            for document in documents[1:]:
                redone = third.redo(image_id)
                assert redone is not None
                assert (redone.instances, redone.state) == (document.instances, document.state)
            assert third.redo(image_id) is None
            assert third.annotation(image_id).revision == 18
            assert third.check() == []


def test_a_new_edit_drops_what_redo_would_bring_but_keeps_it_as_history(store: Store) -> None:
    image_id = store.images()[1].id
    do(store, image_id, edits.add(drawn("a")))
    do(store, image_id, edits.add(drawn("b")))
    store.undo(image_id)
    do(store, image_id, edits.add(drawn("c")))
    assert store.redo(image_id) is None
    assert len(store.journal(image_id)) == 2
    history = store.journal(image_id, include_dropped=True)
    assert [entry.dropped for entry in history] == [False, True, False]
    assert store.annotation_at(2, history[1].seq).instances[-1].id == "b"


def test_one_gesture_is_one_step(store: Store) -> None:
    image_id = store.images()[1].id
    start = do(store, image_id, edits.add(drawn()))
    for x in (11, 12, 13):
        do(store, image_id, edits.translate(["h"], 1, 0), gesture="nudge")
        assert store.annotation(image_id).instances[0].bounds[0] == x
    do(store, image_id, edits.translate(["h"], 5, 0), gesture="another")
    assert [entry.gesture for entry in store.journal(image_id)] == ["another", "nudge", ""]
    store.undo(image_id)
    undone = store.undo(image_id)
    assert undone is not None
    assert undone.instances == start.instances
    redone = store.redo(image_id)
    assert redone is not None
    assert redone.instances[0].bounds[0] == 13
    assert store.check() == []


def test_counters(store: Store) -> None:
    image_id = store.images()[1].id
    do(store, image_id, edits.replace_all([proposal("a", 0.5), proposal("b", 0.25), drawn("c")]))
    assert store.image(image_id)[6:8] == (3, 0.25)
    do(store, image_id, edits.accept(["b"]))
    assert store.image(image_id)[6:8] == (3, 0.5)
    do(store, image_id, edits.accept_all())
    assert store.image(image_id)[6:8] == (3, None)


def test_ranks_never_run_out(store: Store) -> None:
    image_id = store.images()[1].id
    names = [f"n{i}" for i in range(40)]
    for name in names:  # always the bottom: halves the same gap every time
        do(store, image_id, edits.add(drawn(name)))
        do(store, image_id, edits.reorder(name, 0))
    for _ in range(40):
        do(store, image_id, edits.reorder(names[0], 1))
        do(store, image_id, edits.reorder(names[0], 99))
    assert sorted(i.id for i in store.annotation(image_id).instances) == sorted(names)
    assert store.check() == []


def test_classes(store: Store) -> None:
    assert store.classes().names == ["leaf", "stem"]
    added = store.add_class("flower")
    assert (added.id, added.name) == (2, "flower")
    with pytest.raises(ProjectError, match="two classes"):
        store.add_class("leaf")
    with pytest.raises(ProjectError, match="needs a name"):
        store.add_class(" ")
    leaf, stem, flower = store.classes().labels
    swapped = ClassTable(
        (ClassLabel(stem.id, "leaf", "#000000"), ClassLabel(leaf.id, "stem", leaf.colour), flower)
    )
    store.change_classes(lambda _: ClassChange("Set", swapped))
    assert store.classes() == swapped
    do(store, store.images()[1].id, edits.add(drawn(class_id=0)))
    with pytest.raises(ProjectError, match="1 shapes"):
        store.change_classes(lambda _: ClassChange("Set", ClassTable(swapped.labels[:1])))
    assert store.classes() == swapped


def test_undo_brings_a_deleted_class_back(store: Store) -> None:
    image_id = store.images()[1].id
    do(store, image_id, edits.add(drawn(class_id=1)))
    do(store, image_id, edits.remove(["h"]))
    store.change_classes(lambda old: ClassChange("Set", ClassTable(old.labels[:1])))
    assert store.add_class("stem").id == 2
    store.undo(image_id)
    labels = {label.id: label.name for label in store.classes().labels}
    assert labels == {0: "leaf", 2: "stem", 1: "stem (2)"}
    assert store.check() == []


def test_splits_and_predictions(store: Store) -> None:
    ids = [row.id for row in store.images()]
    store.set_splits({ids[0]: "train", ids[1]: "val"})
    assert [row.split for row in store.images()] == ["train", "val", "", ""]
    assert store.annotation(ids[1]).revision == 0
    assert store.predictions(ids[0], "net", "640") is None
    store.save_predictions([(ids[0], "net", "640", b"one"), (ids[1], "net", "640", b"two")])
    store.save_predictions([(ids[0], "net", "640", b"three")])
    assert store.predictions(ids[0], "net", "640") == b"three"
    assert store.predictions(ids[1], "net", "640") == b"two"


def test_many_annotations_in_any_order(store: Store) -> None:
    ids = [row.id for row in store.images()]
    do(store, ids[2], edits.add(drawn("x")))
    do(store, ids[1], edits.add(drawn("y")))
    order = [ids[2], ids[0], ids[1], ids[2]]
    assert list(store.annotations(order)) == [store.annotation(i) for i in order]
    with pytest.raises(ProjectError, match="no image"):
        list(store.annotations([ids[0], 99]))


def test_two_threads_may_look_at_one_document_for_the_first_time(store: Store) -> None:
    """Whatever line the one has come to when the other one decodes the shapes, both see them."""
    do(store, 2, edits.add(drawn("a")))
    code = vars(StoredAnnotation)["instances"].fget.__code__
    lines = {line for _, _, line in code.co_lines() if line is not None}
    for wanted in sorted(lines - {code.co_firstlineno}):
        document = store.annotation(2)

        def trace(frame: FrameType, event: str, _: object) -> Any:
            if frame.f_code is code and event == "line" and frame.f_lineno == wanted:  # noqa: B023
                document.instances  # noqa: B018, B023 - the other thread
            return trace

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            seen = document.instances
        finally:
            sys.settrace(before)
        assert len(seen) == len(document.instances) == 1, wanted


def test_a_snapshot_stays_as_it_was(store: Store) -> None:
    image_id = store.images()[1].id
    with store.snapshot() as view:
        do(store, image_id, edits.add(drawn()))
        assert view.annotation(image_id).instances == ()
        assert view.images()[1].revision == 0
        assert view.classes() == store.classes()
    assert store.annotation(image_id).instances


def test_the_holder_is_named_and_its_worker_may_write(store: Store) -> None:
    with pytest.raises(ProjectLockedError, match="dynseg \\(process"):
        Store.open(store.root)
    image_id = store.images()[1].id
    with Store.join(store.root, store.lock_token) as worker:
        after = do(worker, image_id, edits.add(drawn()))
        assert worker.lock_token == ""
    assert store.annotation(image_id) == after
    with Store.open(store.root, read_only=True) as second:
        assert second.annotation(image_id) == after
        assert second.read_only
        with pytest.raises(ReadOnlyError):
            second.undo(image_id)
        do(store, image_id, edits.remove(["h"]))
        assert second.annotation(image_id).instances == ()
        with second.snapshot() as view:
            assert view.images() == second.images()
    root, token = store.root, store.lock_token
    with pytest.raises(ProjectLockedError):
        Store.join(root, "wrong")
    store.close()
    with pytest.raises(ProjectLockedError, match="no longer"):
        Store.join(root, token)


def test_a_newer_project_is_refused_and_left_alone(store: Store) -> None:
    store.close()
    database = store.layout.database
    connection = apsw.Connection(str(database))
    connection.pragma("journal_mode", "DELETE")
    connection.pragma("user_version", 99)
    connection.close()
    content = database.read_bytes()
    for read_only in (False, True):
        with pytest.raises(ProjectTooNewError, match="format 99"):
            Store.open(store.root, read_only=read_only)
    assert database.read_bytes() == content
    assert {path.name for path in store.layout.folder.iterdir()} == {"lock", "project.db"}


def test_a_database_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    layout = ProjectLayout(tmp_path)
    layout.folder.mkdir()
    layout.database.write_bytes(b"no database" * 1000)
    with pytest.raises(ProjectError, match="damaged"):
        Store.open(tmp_path)
    layout.database.unlink()
    connection = apsw.Connection(str(layout.database))
    connection.execute("CREATE TABLE other(x)")
    connection.close()
    with pytest.raises(ProjectError, match="not the database of a project"):
        Store.open(tmp_path)


def test_a_full_disk_is_said_and_loses_nothing(store: Store) -> None:
    image_id = store.images()[1].id
    before = do(store, image_id, edits.add(drawn()))
    assert store._writer is not None
    pages = int(str(store._writer.pragma("page_count")))
    store._writer.pragma("max_page_count", pages)
    edit = edits.replace_all([drawn(f"n{i}") for i in range(200)])
    with pytest.raises(StoreWriteError, match="disk is full"):
        do(store, image_id, edit)
    assert store.annotation(image_id) == before
    assert store.check() == []
    store._writer.pragma("max_page_count", pages + 1000)
    assert len(do(store, image_id, edit).instances) == 200


def test_rescan(store: Store, photos: Path) -> None:
    rows = {row.rel: row for row in store.images()}
    labelled = do(store, rows["img1.png"].id, edits.add(drawn()))
    (photos / "img10.png").unlink()
    Image.new("RGB", (50, 40)).save(photos / "img3.png")
    Image.new("RGB", (90, 40)).save(photos / "img1.png")
    Image.new("RGB", (70, 60)).save(photos / "broken.jpg")
    summary = store.rescan()
    assert (summary.added, summary.missing, summary.changed) == (1, 1, 2)
    after = {row.rel: row for row in store.images()}
    assert list(after) == ["broken.jpg", "img1.png", "img2.jpg", "img3.png", "img10.png"]
    assert after["img10.png"].damage == "the file is missing"
    assert (after["broken.jpg"].width, after["broken.jpg"].damage) == (70, "")
    assert "90 x 40" in after["img1.png"].damage
    assert store.annotation(rows["img1.png"].id) == labelled
    Image.new("RGB", (64, 48)).save(photos / "img10.png")
    summary = store.rescan()
    assert (summary.added, summary.missing, summary.changed) == (0, 0, 1)
    assert store.image(rows["img10.png"].id).damage == ""
    assert store.check() == []


def test_two_who_look_at_the_folder_at_once_add_each_image_once(store: Store, photos: Path) -> None:
    """The window sees a folder change into which its worker has just put frames."""
    for name in ("new1.png", "new2.png"):
        Image.new("RGB", (50, 40)).save(photos / name)
    with Store.join(store.root, store.lock_token) as worker:

        def meanwhile(progress: Progress) -> None:
            if progress.done == 1:
                worker.rescan()

        store.rescan(meanwhile)
    names = [row.rel for row in store.images()]
    assert sorted(set(names)) == sorted(names)
    assert {"new1.png", "new2.png"} < set(names)
    assert store.check() == []


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text elsewhere")
def test_file_names_that_are_no_text_are_named(store: Store, photos: Path, tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(photos) + b"/caf\xe9.png"))
    Image.new("RGB", (50, 40)).save(photos / "plain.png")
    (photos / "plain.png").rename(odd)
    before = store.images()
    with pytest.raises(InputError, match=r"caf\\udce9\.png"):
        store.rescan()
    assert store.images() == before
    with pytest.raises(InputError, match=r"no text: 1,"):
        Store.create(tmp_path / "another", images=photos)
    assert not (tmp_path / "another" / ".dynseg" / "project.db").exists()


def test_a_path_that_leaves_the_folder_is_not_opened(store: Store) -> None:
    image_id = store.images()[1].id
    assert store._writer is not None
    for rel in ("../secret.png", "/etc/passwd"):
        store._writer.execute("UPDATE image SET rel=? WHERE id=?", (rel, image_id))
        with pytest.raises(ProjectError, match="outside"):
            store.image_path(image_id)


def test_a_project_moves_with_its_images(tmp_path: Path, photos: Path) -> None:
    (tmp_path / "a").mkdir()
    photos = photos.rename(tmp_path / "a" / "photos")
    Store.create(tmp_path / "a" / "project", images=photos).close()
    (tmp_path / "a").rename(tmp_path / "b")
    with Store.open(tmp_path / "b" / "project") as store:
        assert store.images_root == tmp_path / "b" / "photos"
        assert store.image_path(store.images()[1].id).is_file()


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(ProjectError, match="closed"):
        store.images()
    with pytest.raises(ProjectError, match="closed"):
        store.save_setting("a", "b")
