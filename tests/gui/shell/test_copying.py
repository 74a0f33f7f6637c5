"""Copies of shapes: whose work they are, and what is said about them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.gui.shell.class_work import put, shape

from dynseg.annotation import edits
from dynseg.annotation.document import ImageState, Instance, Origin
from dynseg.project.store import Store
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.panels.message_bar import MessageBar

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
