"""The window in another language, changed while a project is open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from dynseg.annotation.document import ImageState
from dynseg.progress import Progress
from dynseg_annotator import language
from dynseg_annotator.actions import sequence
from dynseg_annotator.actions.table import ACTIONS
from dynseg_annotator.application.frame import dress
from dynseg_annotator.application.start import Starter
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.dialogs.settings_dialog import SettingsDialog
from dynseg_annotator.settings import Settings, setting


@pytest.fixture
def starter(qtbot: QtBot, qapp: QApplication) -> Iterator[Starter]:
    """The program as `run` starts it, without an engine."""
    settings = Settings()
    dress(qapp, settings)
    made = Starter(settings, start_engine=False)
    yield made
    made.frame.window.may_close = lambda: True
    made.frame.window.close()
    made.shut_down()
    made.frame.window.deleteLater()
    made.deleteLater()
    language.install("en")


def opened(qtbot: QtBot, starter: Starter) -> Workbench:
    qtbot.waitUntil(
        lambda: starter.workbench is not None and starter.workbench.context.session.image_id != 0
        and starter.workbench.parts.canvas.accepts_gestures,
        timeout=20_000,
    )  # fmt: skip
    assert starter.workbench is not None
    return starter.workbench


def test_a_language_that_is_chosen_holds_at_once(
    qtbot: QtBot, starter: Starter, folder: Path
) -> None:
    starter.frame.open(folder)
    starter.show()
    bench = opened(qtbot, starter)
    bench.parts.actions["next-image"].trigger()
    qtbot.waitUntil(lambda: bench.parts.canvas.accepts_gestures)
    image = bench.context.session.image_id
    first = starter.frame.window

    starter.frame.settings.set("language", "zh_CN")
    qtbot.waitUntil(lambda: starter.frame.window is not first)
    again = opened(qtbot, starter)

    assert language.current() == "zh_CN"
    assert again.context.session.image_id == image
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert "取消" in box.button(QDialogButtonBox.StandardButton.Cancel).text()  # Qt's own
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [starter.frame.window]

    starter.frame.settings.set("language", "en")
    qtbot.waitUntil(lambda: language.current() == "en")
    assert opened(qtbot, starter).context.session.image_id == image
    assert starter.frame.actions["save"].text() == "&Save"


def test_the_settings_stay_open_on_their_page(qtbot: QtBot, starter: Starter, folder: Path) -> None:
    """They went with the old window: whoever picked the wrong language had to find them in it."""
    starter.frame.open(folder)
    starter.show()
    bench = opened(qtbot, starter)
    first = starter.frame.window
    bench.menus.show_settings(setting("language").section)
    starter.frame.settings.set("language", "zh_CN")
    qtbot.waitUntil(lambda: starter.frame.window is not first)
    again = opened(qtbot, starter)
    (dialog,) = starter.frame.window.findChildren(SettingsDialog)
    assert dialog.isVisible()
    assert dialog.windowTitle() == "设置"
    assert again.menus.settings_page == setting("language").section
    dialog.close()
    assert again.menus.settings_page == ""


def test_a_run_is_not_stopped_for_a_language(qtbot: QtBot, starter: Starter, folder: Path) -> None:
    starter.frame.open(folder)
    starter.show()
    bench = opened(qtbot, starter)
    window = starter.frame.window
    bench.window.status_line.set_job("a run", Progress("Pre-labelling", 1, 9))
    with qtbot.waitSignal(bench.context.messages.shown) as said:
        starter.frame.settings.set("language", "zh_CN")
    assert "next start" in said.args[0].text
    assert starter.frame.window is window
    assert language.current() == "en"
    bench.window.status_line.clear_job("a run")


def test_keys_are_called_as_they_are_labelled(qapp: QApplication) -> None:
    native = QKeySequence.SequenceFormat.NativeText
    for code in ("zh_CN", "en"):
        language.install(code)
        assert QKeySequence("Ctrl+Enter").toString(native) == "Ctrl+Enter"
        assert QKeySequence("Backspace").toString(native) == "Backspace"


def test_an_image_is_accepted_by_key_in_any_language(
    qtbot: QtBot, starter: Starter, folder: Path
) -> None:
    """In Chinese both keys of that name were read as one, which then did nothing."""
    starter.frame.open(folder)
    starter.show()
    opened(qtbot, starter)
    first = starter.frame.window
    starter.frame.settings.set("language", "zh_CN")
    qtbot.waitUntil(lambda: starter.frame.window is not first)
    bench = opened(qtbot, starter)
    image = bench.context.session.image_id
    assert image is not None
    QTest.keyClick(bench.parts.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    store = bench.context.store
    assert store is not None
    qtbot.waitUntil(lambda: store.annotation(image).state is ImageState.REVIEWED)
    for row in ACTIONS:
        keys = [sequence(key).toString() for key in row.keys_default]
        assert len(set(keys)) == len(keys), row.id
