"""The document of the open image: edits are shown at once, saved in order, never lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from msgspec import structs
from pytestqt.qtbot import QtBot

from dynseg.annotation import delta, edits
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.annotation.rejections import PROPOSING
from dynseg.geometry.part import Part, ring
from dynseg.project.store import Store
from dynseg.project.writer import Writer
from dynseg_annotator.session.document import DocumentSession


def square(x: float = 20, side: float = 40, class_id: int = 1) -> Instance:
    corners = [(x, 20), (x + side, 20), (x + side, 20 + side), (x, 20 + side)]
    return Instance(class_id=class_id, parts=(Part(ring(corners)),))


def saved(qtbot: QtBot, session: DocumentSession) -> None:
    qtbot.waitUntil(lambda: session.unsaved == 0, timeout=5000)


def stored(store: Store, session: DocumentSession) -> Annotation:
    assert session.image_id is not None
    return store.annotation(session.image_id)


def test_edit_is_shown_at_once_and_saved_after_the_commit(
    qtbot: QtBot, store: Store, session: DocumentSession
) -> None:
    heard: list[int] = []
    session.saved.connect(lambda revision, _time: heard.append(revision))
    shape = square()
    assert session.apply("Draw shape", edits.add(shape))
    assert session.annotation is not None
    assert [i.id for i in session.annotation.instances] == [shape.id]
    assert session.unsaved == 1 or heard == []
    qtbot.waitUntil(lambda: bool(heard), timeout=5000)
    assert stored(store, session).instances == (shape,)
    assert heard == [stored(store, session).revision]
    assert session.annotation.state is ImageState.IN_WORK


def test_many_fast_edits_are_saved_in_order(
    qtbot: QtBot, store: Store, session: DocumentSession
) -> None:
    shapes = [square(x) for x in range(0, 200, 10)]
    for shape in shapes:
        session.apply("Draw shape", edits.add(shape))
    saved(qtbot, session)
    assert [i.id for i in stored(store, session).instances] == [s.id for s in shapes]
    assert session.annotation == stored(store, session)


def test_what_is_unsaved_fits_the_revision_at_every_moment(
    qtbot: QtBot, session: DocumentSession
) -> None:
    """Whoever counts on `revision + unsaved` (the next revision) is never told too little."""
    made = 0

    def look() -> None:
        assert session.annotation is not None
        assert session.annotation.revision + session.unsaved == made

    session.saved.connect(lambda *_: look())
    for x in range(0, 240, 4):
        session.apply("Draw shape", edits.add(square(x)))
        made += 1
        look()
        if x % 5 == 0:
            qtbot.wait(1)
    saved(qtbot, session)
    look()


def test_edit_that_changes_nothing_leaves_no_step(session: DocumentSession) -> None:
    assert not session.apply("Nothing", lambda annotation: annotation)
    assert not session.can_undo


def test_refused_edit_says_why_and_changes_nothing(qtbot: QtBot, session: DocumentSession) -> None:
    with qtbot.waitSignal(session.refused) as refusal:
        assert not session.apply("Delete", edits.remove(["gone"]))
    assert refusal.args[0]
    assert session.annotation is not None
    assert session.annotation.instances == ()


def test_undo_and_redo_reach_back_before_a_restart(
    qtbot: QtBot, store: Store, writer: Writer, session: DocumentSession
) -> None:
    shape = square()
    session.apply("Draw shape", edits.add(shape))
    session.apply("Move", edits.translate([shape.id], 5, 0))
    saved(qtbot, session)
    later = DocumentSession()
    later.attach(store, writer)
    later.open(store.images()[0].id)
    assert later.history.undo_text == "Move"
    for left in (1, 0):
        with qtbot.waitSignal(later.saved):
            later.undo()
        assert later.annotation is not None
        assert len(later.annotation.instances) == left or left == 1
    assert later.annotation is not None
    assert not later.annotation.instances
    assert (later.can_undo, later.history.redo_text) == (False, "Draw shape")
    with qtbot.waitSignal(later.saved):
        later.redo()
    assert later.annotation.instances == (shape,)
    later.detach()


def test_edits_made_while_an_undo_is_on_its_way_come_after_it(
    qtbot: QtBot, store: Store, session: DocumentSession
) -> None:
    first, second = square(), square(100)
    session.apply("Draw shape", edits.add(first))
    session.undo()
    session.apply("Draw shape", edits.add(second))
    session.undo()
    session.redo()
    qtbot.waitUntil(
        lambda: [i.id for i in stored(store, session).instances] == [second.id], timeout=5000
    )
    qtbot.waitUntil(
        lambda: (
            session.annotation is not None
            and [i.id for i in session.annotation.instances] == [second.id]
        ),
        timeout=5000,
    )


def test_an_edit_behind_an_undo_is_saved_by_closing_at_once(
    store: Store, session: DocumentSession
) -> None:
    first, second = square(), square(100)
    session.apply("Draw shape", edits.add(first))
    session.undo()
    session.apply("Draw shape", edits.add(second))
    assert session.flush() == 0, "no event loop has run since the undo"
    assert [i.id for i in stored(store, session).instances] == [second.id]


def test_an_edit_behind_an_undo_is_made_though_another_image_opens_at_once(
    store: Store, session: DocumentSession
) -> None:
    here, there = (row.id for row in store.images()[:2])
    first, second = square(), square(100)
    session.apply("Draw shape", edits.add(first))
    session.undo()
    session.apply("Draw shape", edits.add(second))
    session.open(there)
    assert session.flush() == 0
    assert [i.id for i in store.annotation(here).instances] == [second.id]
    assert store.annotation(there).instances == ()


def test_a_step_that_is_still_being_committed_can_be_taken_back_after_a_look_elsewhere(
    qtbot: QtBot, store: Store, writer: Writer, session: DocumentSession
) -> None:
    here, there = (row.id for row in store.images()[:2])
    go_on = threading.Event()
    writer.submit(lambda _: go_on.wait(5))  # a slow disk
    session.apply("Draw shape", edits.add(square()))
    session.open(there)
    session.open(here)
    go_on.set()
    saved(qtbot, session)
    assert session.history.undo_text == "Draw shape"


def test_one_gesture_is_one_step_and_few_commits(
    qtbot: QtBot, store: Store, session: DocumentSession
) -> None:
    shape = square()
    session.apply("Draw shape", edits.add(shape))
    for _ in range(50):
        session.apply("Move", edits.translate([shape.id], 1, 0), "drag 7")
    saved(qtbot, session)
    with qtbot.waitSignal(session.saved):
        session.undo()
    assert session.annotation is not None
    assert session.annotation.instances == (shape,)
    assert stored(store, session).instances == (shape,)


def test_edits_of_an_image_left_behind_are_still_saved(
    qtbot: QtBot, store: Store, session: DocumentSession
) -> None:
    first, second = (row.id for row in store.images()[:2])
    shape = square()
    session.apply("Draw shape", edits.add(shape))
    session.open(second)
    session.open(first)
    assert session.annotation is not None
    assert session.annotation.instances == (shape,)
    saved(qtbot, session)
    assert store.annotation(first).instances == (shape,)


@pytest.fixture
def full_disk(store: Store) -> Callable[[bool], None]:
    """Let the database refuse to grow, as a full disk does, and let it grow again."""

    def switch(full: bool) -> None:
        connection = store._writer
        assert connection is not None
        pages = connection.pragma("page_count")
        connection.pragma("max_page_count", pages if full else 1 << 30)

    return switch


def test_failed_save_keeps_every_edit_until_it_can_be_written(
    qtbot: QtBot, store: Store, session: DocumentSession, full_disk: Callable[[bool], None]
) -> None:
    full_disk(True)
    points = [(10 + i % 90, 10 + (i * 37) % 90) for i in range(4000)]
    shapes = [
        structs.replace(
            square(), id=f"big{n}", parts=(Part(ring([(x + n, y) for x, y in points])),)
        )
        for n in range(3)
    ]
    with qtbot.waitSignal(session.save_failed) as failure:
        for shape in shapes:
            session.apply("Draw shape", edits.add(shape))
    assert failure.args[0]
    other = store.images()[1].id
    session.open(other)
    session.open(store.images()[0].id)
    assert session.annotation is not None
    assert len(session.annotation.instances) == 3, "edits must outlive an image switch"
    assert session.flush(5) == 3
    full_disk(False)
    session.retry()
    saved(qtbot, session)
    assert len(stored(store, session).instances) == 3


def test_undo_works_while_nothing_can_be_saved(
    qtbot: QtBot, session: DocumentSession, full_disk: Callable[[bool], None]
) -> None:
    full_disk(True)
    points = [(10 + i % 90, 10 + (i * 37) % 90) for i in range(9000)]
    big = structs.replace(square(), parts=(Part(ring(points)),))
    with qtbot.waitSignal(session.save_failed):
        session.apply("Draw shape", edits.add(big))
    session.undo()
    assert session.annotation is not None
    assert session.annotation.instances == ()
    assert session.unsaved == 0
    full_disk(False)


def test_edit_made_on_an_outdated_image_is_put_on_top_of_what_a_job_wrote(
    qtbot: QtBot, store: Store, session: DocumentSession
) -> None:
    image_id = store.images()[0].id
    proposal = structs.replace(square(150), origin=Origin.MODEL, score=0.9, model_id="m")
    with Store.join(store.root, store.lock_token) as worker:
        before = worker.annotation(image_id)
        after = replace(before, instances=(proposal,), state=ImageState.PRELABELLED)
        run = worker.begin_run("prelabel", "m", {})
        refused = worker.commit_run(run, [(image_id, before.revision, delta.diff(before, after))])
        assert not refused
    shape = square()
    with qtbot.waitSignal(session.rebased):
        session.apply("Draw shape", edits.add(shape))
    saved(qtbot, session)
    now = stored(store, session)
    assert {i.id for i in now.instances} == {proposal.id, shape.id}
    assert session.annotation == now


def test_reload_shows_what_a_job_wrote(store: Store, session: DocumentSession) -> None:
    image_id = store.images()[0].id
    before = store.annotation(image_id)
    after = replace(before, instances=(square(),), state=ImageState.IN_WORK)
    store.commit(
        image_id, delta.diff(before, after), expected_revision=before.revision, text="elsewhere"
    )
    assert session.reload()
    assert session.annotation == store.annotation(image_id)
    assert not session.reload()


def test_selection_forgets_what_is_gone(session: DocumentSession) -> None:
    shape = square()
    session.apply("Draw shape", edits.add(shape))
    session.selection.set([shape.id])
    session.apply("Delete", edits.remove([shape.id]))
    assert session.selection.ids == ()


def test_read_only_project_refuses_edits(qtbot: QtBot, store: Store) -> None:
    with Store.open(store.root, read_only=True) as reader:
        writer = Writer(reader)
        session = DocumentSession()
        session.attach(reader, writer)
        session.open(store.images()[0].id)
        with qtbot.waitSignal(session.refused):
            assert not session.apply("Draw shape", edits.add(square()))
        session.detach()
        writer.close()


def test_rejection_counts_before_it_is_committed(
    store: Store, writer: Writer, session: DocumentSession
) -> None:
    shape = structs.replace(square(), origin=Origin.MODEL, score=0.9, model_id="m")
    image_id = session.image_id
    assert image_id is not None
    session.apply("Pre-label", edits.add(shape), f"{PROPOSING}opening")
    session.flush()
    gate = threading.Event()
    writer.submit(lambda _: gate.wait(5))
    session.apply("Reject", edits.remove([shape.id]))
    assert store.rejections(image_id) == {}
    waiting = session.rejections(image_id)
    assert list(waiting) == [shape.id]
    gate.set()
    session.flush()
    assert store.rejections(image_id) == session.rejections(image_id) == waiting
