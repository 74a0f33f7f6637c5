"""The slider for outlines: what it would do is worked out beside the window, the newest wish."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from pytestqt.qtbot import QtBot
from tests.gui.shell.class_work import add_class, put, shape

from dynseg.annotation import edits
from dynseg_annotator.application.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
LONG_MS = 10_000


def test_a_slider_that_moves_never_waits_for_the_shapes(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bolt = add_class(qtbot, opened, "bolt")
    put(qtbot, opened, *(shape(f"s{n}", bolt, x=10 + 50 * n) for n in range(4)))
    opened.context.session.selection.set([f"s{n}" for n in range(4)])
    go_on, amounts = threading.Event(), list[float]()
    outline = edits.outline

    def slow(ids: Any, what: Any, amount_px: float) -> Any:
        edit = outline(ids, what, amount_px)

        def wait(annotation: Any) -> Any:
            assert threading.current_thread() is not threading.main_thread()
            assert go_on.wait(10)
            amounts.append(amount_px)
            return edit(annotation)

        return wait

    monkeypatch.setattr(edits, "outline", slow)
    opened.shaping.show_outline_dialog()
    dialog = opened.shaping._dialog
    assert dialog is not None
    dialog.choice.setCurrentIndex(2)
    for place in range(0, 200, 5):
        dialog.slider.setValue(place)
    last = dialog.amount_px
    go_on.set()
    qtbot.waitUntil(lambda: bool(amounts) and amounts[-1] == last, timeout=LONG_MS)
    assert len(amounts) == 2, "the first wish and the newest one"
    qtbot.waitUntil(lambda: opened.parts.canvas.scene.preview is not None, timeout=LONG_MS)
    assert f"{last:.1f} px: 16 points" in dialog._says.text()
    monkeypatch.undo()
    dialog.reject()
    assert opened.parts.canvas.scene.preview is None


def test_the_window_of_the_slider_leaves_the_shape_in_sight(
    opened: Workbench, qtbot: QtBot
) -> None:
    """It stood in the middle, on what it previews."""
    bolt = add_class(qtbot, opened, "bolt")
    opened.window.resize(1280, 720)
    places = {"left": (10, 0), "right": (260, 0), "low": (260, 150)}
    put(qtbot, opened, *(shape(name, bolt, x=x) for name, (x, _) in places.items()))
    assert opened.context.session.apply("Move", edits.translate(["low"], 0, 150))
    canvas = opened.parts.canvas
    for name, (x, down) in places.items():
        opened.context.session.selection.set([name])
        opened.shaping.show_outline_dialog()
        dialog = opened.shaping._dialog
        assert dialog is not None
        left, top = canvas.camera.view.to_view(x, 20 + down)
        where = QRect(canvas.mapToGlobal(QPoint(round(left), round(top))), QSize(60, 60))
        assert not dialog.geometry().intersects(where)
        assert canvas.rect().contains(canvas.mapFromGlobal(dialog.geometry().center()))
        dialog.reject()
