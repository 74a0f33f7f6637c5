"""Copies of shapes: whose work they are, and what is said about them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from msgspec import structs
from pytestqt.qtbot import QtBot
from tests.gui.shell.class_work import put, shape

from dynseg.annotation import edits
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.geometry.part import Part, ring
from dynseg.project.store import Store
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.panels.message_bar import MessageBar
from dynseg_annotator.session.clipboard import Clipboard, copies_beside

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def by_class(window: Workbench) -> dict[int, Instance]:
    annotation = window.context.session.annotation
    assert annotation is not None
    return {item.class_id: item for item in annotation.instances}


@pytest.mark.parametrize("how", ["copy-previous", "paste"])
def test_a_copy_of_a_proposal_is_a_proposal_until_somebody_looks_at_it(
    two: tuple[Workbench, int, int], qtbot: QtBot, how: str
) -> None:
    opened, bolt, nut = two
    actions = opened.parts.actions
    put(qtbot, opened, shape("seen", bolt), shape("unseen", nut, 120, proposed=True))
    actions["select-all"].trigger()
    actions["copy"].trigger()
    actions["next-image"].trigger()
    actions[how].trigger()
    made = by_class(opened)
    assert made[bolt].origin is Origin.HUMAN
    assert made[nut].origin is Origin.MODEL
    assert not made[nut].is_human_work
    assert made[nut].score is None, "no model saw it in this image"
    assert "1 copied shape is a proposal" in opened.window.status_line._hint.text()
    annotation = opened.context.session.annotation
    assert annotation is not None
    assert annotation.state is ImageState.IN_WORK
    opened.context.session.selection.set([made[nut].id])
    actions["accept-object"].trigger()
    assert by_class(opened)[nut].is_human_work


def test_a_copy_of_an_accepted_proposal_is_the_work_of_a_person(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    opened, bolt, _ = two
    put(qtbot, opened, shape("kept", bolt, proposed=True))
    assert opened.context.session.apply("Accept", edits.accept(["kept"]))
    opened.parts.actions["next-image"].trigger()
    opened.parts.actions["copy-previous"].trigger()
    assert by_class(opened)[bolt].origin is Origin.HUMAN


def test_what_was_refused_is_not_said_any_more_once_it_is_done(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    opened, bolt, _ = two
    put(qtbot, opened, shape("one", bolt), shape("other", bolt, 40))
    bar = opened.window.findChild(MessageBar)
    assert bar is not None
    opened.context.session.selection.set(["one"])
    opened.parts.actions["union"].trigger()
    assert any(message.text == "Select two shapes or more." for message in bar.shown_messages)
    opened.context.session.selection.set(["one", "other"])
    opened.parts.actions["union"].trigger()
    assert len(opened.context.session.annotation.instances) == 1  # type: ignore[union-attr]
    assert not bar.shown_messages


def test_the_shape_that_was_selected_first_stays_wherever_it_lies(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    """The lowest of them did: its class was kept, and the others were taken away from it."""
    opened, bolt, nut = two
    put(qtbot, opened, shape("low", bolt), shape("high", nut, 40))
    session = opened.context.session
    session.selection.set(["high", "low"])
    opened.parts.actions["subtract"].trigger()
    annotation = session.annotation
    assert annotation is not None
    assert annotation.instance("low").parts == shape("low", bolt).parts
    assert annotation.instance("high").parts != shape("high", nut, 40).parts
    opened.parts.actions["union"].trigger()
    assert by_class(opened).keys() == {nut}


def test_nothing_is_pasted_into_another_project(
    two: tuple[Workbench, int, int], folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """What has the number of the bolt there may be anything."""
    opened, bolt, _ = two
    put(qtbot, opened, shape("one", bolt))
    opened.parts.actions["select-all"].trigger()
    opened.parts.actions["copy"].trigger()
    with Store.create(tmp_path / "other", images=folder, classes=["screw", "nail"]) as other:
        root = other.root
    opened.frame.open(root)
    qtbot.waitUntil(lambda: opened.context.classes.names == ["screw", "nail"], timeout=8000)
    qtbot.waitUntil(lambda: opened.context.session.annotation is not None, timeout=8000)
    opened.parts.actions["paste"].trigger()
    assert not by_class(opened)


def box(x0: float, y0: float, x1: float, y1: float) -> Instance:
    return Instance(0, (Part(ring([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])),))


@pytest.mark.parametrize(
    "originals",
    [
        [box(90, 70, 100, 80)],  # in the corner: moved on it would be a line at the border
        [box(0, 0, 10, 10), box(90, 70, 100, 80)],  # together they have no room to move
        [box(95, 0, 100, 80)],  # as high as the image
    ],
)
def test_copies_at_the_border_keep_their_form_and_hide_behind_nothing(
    originals: list[Instance],
) -> None:
    image = Annotation(1, 100, 80, tuple(originals))
    for _ in range(4):
        made = copies_beside(originals, image)
        after = image
        for item in made:
            after = edits.add(item)(after)
        for copy, original in zip(made, originals, strict=True):
            assert after.instance(copy.id).parts == copy.parts, "nothing of it was cut off"
            width = original.bounds[2] - original.bounds[0]
            assert copy.bounds[2] - copy.bounds[0] == pytest.approx(width)
        corners = [item.bounds[:2] for item in after.instances]
        assert len(set(corners)) == len(corners)
        image = after


def test_two_thousand_shapes_are_copied_beside_themselves_at_once() -> None:
    """Together they fill the image, so that each finds a place of its own among all others."""
    items = [
        box(x, y, x + 6, y + 6) for x in range(0, 320, 8) for y in range(0, 234, 9)
    ]  # 1040: as a crowded image has them
    image = Annotation(1, 320, 240, tuple(items))
    start = time.thread_time()
    first = copies_beside(items, image)
    full = edits.add_many(first)(image)
    second = copies_beside(full.instances, full)
    assert time.thread_time() - start < 10.0, "it was minutes"
    corners = {item.bounds[:2] for item in (*full.instances, *second)}
    assert len(corners) == 4 * len(items), "nothing hides behind its like"


def test_pasting_where_there_is_no_room_left_comes_to_an_end() -> None:
    full = Annotation(1, 100, 80, (box(0, 0, 100, 80),))
    clipboard = Clipboard()
    clipboard.copy(1, full.instances)
    assert len(clipboard.paste(full)) == 1


def test_what_lies_beside_a_smaller_image_is_left_out_and_that_is_said(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    opened, bolt, _ = two
    editing = opened.editing
    annotation = opened.context.session.annotation
    assert annotation is not None
    far = structs.replace(box(5000, 20, 5040, 60), class_id=bolt)
    editing._clipboard.copy(-1, [far, shape("near", bolt)])
    opened.parts.actions["paste"].trigger()
    here = opened.context.session.annotation
    assert here is not None
    assert [item.bounds for item in here.instances] == [(20, 20, 60, 60)]
    assert "1 shape lies outside" in opened.window.status_line._hint.text()


def test_many_shapes_that_are_moved_and_then_fewer_of_them_are_two_steps(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    opened, bolt, _ = two
    session, nudge = opened.context.session, opened.parts.actions["nudge-right"]
    ids = [f"{n} {'x' * 24}" for n in range(9)]  # as long as ids are
    put(qtbot, opened, *(shape(i, bolt, 10 + 12 * n) for n, i in enumerate(ids)))
    session.selection.set(ids)
    nudge.trigger()
    moved = session.annotation
    assert moved is not None
    session.selection.set(ids[:-1])
    nudge.trigger()
    session.undo()
    qtbot.waitUntil(lambda: session.can_redo, timeout=8000)
    assert session.annotation is not None
    assert session.annotation.instances == moved.instances
