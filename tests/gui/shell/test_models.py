"""Models in the window: the list of them, and published ones by a click (J1, J2)."""

from __future__ import annotations

import errno
import hashlib
import http.server
import os
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot
from tests.gui.shell.test_switching import shown

from dynseg.errors import EngineError
from dynseg.model import fetch
from dynseg.model.card import ModelCard
from dynseg.model.registry import ModelRegistry
from dynseg.progress import CancelToken
from dynseg.sample.generate import generate
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.context import Message
from dynseg_annotator.dialogs.fetch_dialog import FetchDialog
from dynseg_annotator.dialogs.models_dialog import ModelsDialog
from dynseg_annotator.jobs.model_command import ModelCommand
from dynseg_resources import starter_model

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

NAME = "yolo11n-seg.pt"
CONTENT = hashlib.shake_128(b"weights").digest(900_000)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def registry(opened: Workbench) -> ModelRegistry:
    """The project's models: the starter and a copy of it."""
    made = opened.context.registry
    assert made is not None
    made.add(starter_model(), name="round-1")
    return made


@pytest.fixture
def dialog(opened: Workbench, registry: ModelRegistry, qtbot: QtBot) -> ModelsDialog:
    """The list of models, open."""
    opened.parts.actions["manage-models"].trigger()
    found = opened.window.findChild(ModelsDialog)
    assert found is not None
    qtbot.waitUntil(lambda: found.list.topLevelItemCount() == 2)
    return found


def test_rows_keep_their_height_whichever_of_them_has_the_icon(dialog: ModelsDialog) -> None:
    """Going back moved the icon to the first row, and all rows grew by four pixels."""
    heights = []
    for active in ("starter", "round-1"):
        dialog.show_models(
            [replace(row, active=row.key == active) for row in dialog._rows.values()]
        )
        first = dialog.list.model().index(0, 0)
        heights.append(dialog.list.visualRect(first).height())
    assert heights[0] == heights[1]


def names(dialog: ModelsDialog) -> list[str]:
    items = [dialog.list.topLevelItem(i) for i in range(dialog.list.topLevelItemCount())]
    return [item.text(0) for item in items if item is not None]


def press(button: QPushButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, LEFT)


def test_j1_every_model_is_listed_with_what_is_known(dialog: ModelsDialog) -> None:
    assert names(dialog) == ["starter", "round-1"]
    row = dialog.chosen()
    assert row is not None
    assert row.active
    assert row.size_bytes == starter_model().stat().st_size
    assert not dialog.use.isEnabled(), "it is in use already"
    assert not dialog.delete.isEnabled(), "the starter stays"
    assert "objects of any kind" in dialog.facts.text()
    assert "dynamic head (all, 4 experts)" in dialog.facts.text()


def test_j1_a_model_is_renamed_in_its_line(
    dialog: ModelsDialog, registry: ModelRegistry, qtbot: QtBot
) -> None:
    dialog.choose("round-1")
    press(dialog.rename)
    editor = dialog.list.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, "no/name")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "cannot name a model" in dialog.state)
    assert names(dialog) == ["starter", "round-1"]
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_F2)
    editor = dialog.list.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, "best")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(dialog) == ["starter", "best"])
    assert registry.path("best").is_file()


def test_j1_a_deleted_model_stays_in_the_list_until_it_is_restored_or_gone(
    dialog: ModelsDialog, registry: ModelRegistry, qtbot: QtBot
) -> None:
    dialog.choose("round-1")
    press(dialog.delete)
    qtbot.waitUntil(dialog.restore.isVisible)
    assert "Restore undoes it" in dialog.state
    assert not dialog.use.isVisible()
    press(dialog.restore)
    qtbot.waitUntil(dialog.delete.isVisible)
    assert [card.name for card in registry.list()] == ["starter", "round-1"]
    press(dialog.delete)
    qtbot.waitUntil(dialog.discard.isVisible)
    press(dialog.discard)
    qtbot.waitUntil(lambda: names(dialog) == ["starter"])
    assert registry.deleted() == []


def test_where_there_is_none_to_go_back_to_the_list_says_so(
    opened: Workbench, dialog: ModelsDialog, qtbot: QtBot
) -> None:
    """The list lay over the bar that said it."""
    dialog.go_back.click()
    qtbot.waitUntil(lambda: "No model was active before this one." in dialog.state)


def test_j3_a_format_is_chosen_in_a_menu(dialog: ModelsDialog, qtbot: QtBot) -> None:
    asked: list[tuple[str, str]] = []
    dialog.export_asked.disconnect()
    dialog.export_asked.connect(lambda *what: asked.append(what))
    dialog.choose("round-1")
    press(dialog.export)
    menu = dialog.findChild(QMenu)
    assert menu is not None
    entry = next(action for action in menu.actions() if action.text().startswith("ONNX"))
    assert isinstance(entry, QAction)
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(entry).center())
    qtbot.waitUntil(lambda: asked == [("round-1", "onnx")])


def test_a_command_tells_what_it_printed_or_what_went_wrong(qtbot: QtBot) -> None:
    program = (
        "import sys; print('noise'); a = sys.argv[1:];"
        "print('{\"a\": \"' + ' '.join(a) + '\"}') if 'x' in a else"
        " sys.exit(print('dynseg: No model.', 'hint: Train one.', sep='\\n', file=sys.stderr) or 1)"
    )
    command = ModelCommand(command=[sys.executable, "-c", program])
    with qtbot.waitSignal(command.done, timeout=15000) as heard:
        command.start("/p", "compare", "x")
    assert heard.args == [{"a": "models /p compare x --json"}]
    with qtbot.waitSignal(command.failed, timeout=15000) as heard:
        command.start("/p", "convert", "y")
    assert heard.args is not None
    error = heard.args[0]
    assert isinstance(error, EngineError)
    assert (error.message, error.hint) == ("No model.", "Train one.")
    command.deleteLater()


def test_a_command_that_cannot_be_started_says_so_once_it_is_waited_for(qtbot: QtBot) -> None:
    command = ModelCommand(command=[""])  # known at once, as Windows knows it
    with qtbot.waitSignal(command.failed, timeout=15000):
        command.start("/p", "compare", "x")
        assert command.is_running, "whoever shows that it is busy does so now"
    assert not command.is_running
    command.deleteLater()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A server that sends half of the file, and the rest once the event is set."""
    rest = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            start = int(self.headers.get("Range", "bytes=0-")[6:-1])
            self.send_response(206 if start else 200)
            self.end_headers()
            half = max(start, len(CONTENT) // 2)
            self.wfile.write(CONTENT[start:half])
            self.wfile.flush()
            if rest.wait(10):
                self.wfile.write(CONTENT[half:])

        def log_message(self, *_: object) -> None:
            pass

    release = fetch.Release(len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    monkeypatch.setitem(fetch.RELEASES, NAME, release)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        monkeypatch.setattr(fetch, "SOURCE", f"http://127.0.0.1:{running.server_port}")
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield rest
        rest.set()
        running.shutdown()
        thread.join()


def fetch_dialog(opened: Workbench) -> FetchDialog:
    opened.parts.actions["fetch-model"].trigger()
    found = opened.window.findChild(FetchDialog)
    assert found is not None
    return found


def test_j2_a_published_model_comes_by_a_click_stops_and_goes_on(
    opened: Workbench, server: threading.Event, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:  # fmt: skip
    monkeypatch.setenv("DYNSEG_CACHE_DIR", str(tmp_path / "cache"))
    taken: list[tuple[Path, bool]] = []

    def taken_in(path: Path, registry: ModelRegistry, _cancel: object, *, upcycles: bool) -> object:
        taken.append((path, upcycles))
        return registry.add(starter_model(), name="yolo11n-seg")

    monkeypatch.setattr("dynseg_annotator.application.models.intake.take_in", taken_in)
    dialog = fetch_dialog(opened)
    assert dialog.name() == NAME
    texts = " ".join(label.text() for label in dialog.findChildren(type(dialog._address)))
    assert "AGPL-3.0" in texts
    assert f"{fetch.SOURCE}" in texts.replace("https://github.com", fetch.SOURCE)
    assert str(fetch.downloads_folder() / NAME) in texts
    assert not fetch.downloads_folder().exists(), "nothing is fetched before the click"
    press(dialog.go)
    assert dialog.go.text() == "Stop"
    part = fetch.downloads_folder() / f"{NAME}.part"
    qtbot.waitUntil(lambda: "MB are here" in dialog.state and dialog.bar.value() > 0)
    press(dialog.go)
    server.set()
    qtbot.waitUntil(lambda: part.is_file() and not opened.model_intake.is_running)
    qtbot.waitUntil(lambda: dialog.go.text() == "Go on")
    assert "goes on from there" in dialog.state
    QTest.keyClick(dialog.dynamic, Qt.Key.Key_Space)
    press(dialog.go)
    qtbot.waitUntil(lambda: bool(taken), timeout=8000)
    assert taken == [(fetch.downloads_folder() / NAME, True)]
    assert taken[0][0].read_bytes() == CONTENT
    qtbot.waitUntil(lambda: opened.window.findChild(ModelsDialog) is not None)
    listed = opened.window.findChild(ModelsDialog)
    assert listed is not None
    qtbot.waitUntil(lambda: "yolo11n-seg" in names(listed))
    qtbot.waitUntil(lambda: "is in the project" in listed.state)


def test_j2_without_a_network_it_says_where_to_put_the_file(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DYNSEG_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(fetch, "SOURCE", "http://127.0.0.1:9")  # nobody listens there
    dialog = fetch_dialog(opened)
    press(dialog.go)
    qtbot.waitUntil(lambda: "could not be fetched" in dialog.state, timeout=8000)
    assert str(fetch.downloads_folder() / NAME) in dialog.state
    assert dialog.go.text() == "Get it"
    dialog.close()


def test_what_comes_of_a_change_leaves_the_stop_of_a_command_in_sight(
    opened: Workbench, dialog: ModelsDialog, registry: ModelRegistry, qtbot: QtBot, tmp_path: Path
) -> None:
    library = opened.model_library
    library.command._command = [sys.executable, "-c", "import time; time.sleep(60)"]
    library.export("round-1", "onnx", tmp_path / "a.onnx")
    running = library.command._process
    assert running is not None
    library.rename("round-1", "night")
    qtbot.waitUntil(lambda: "is called night now" in dialog.state)
    assert dialog.stop.isVisible()
    assert opened.window.status_line.has_jobs, "in sight with the list closed, too"
    assert not opened.closing.may_be_remade()
    dialog.choose("night")
    assert not dialog.export.isEnabled(), "one command at a time"
    library.compare("night")
    assert library.command._process is running
    assert library._running == "convert", "its answer is read as that of a conversion"
    press(dialog.stop)
    assert not library.command.is_running
    assert not opened.window.status_line.has_jobs


def test_what_came_of_a_command_is_told_when_the_list_is_closed(
    opened: Workbench, dialog: ModelsDialog, registry: ModelRegistry, qtbot: QtBot
) -> None:
    rows = [
        {"name": name, "map50": 0.5, "map50_95": 0.25, "images": 3, "learned": 0}
        for name in ("starter", "round-1")
    ]
    code = f"import json; print(json.dumps({{'models': {rows}, 'agnostic': False}}))"
    opened.model_library.command._command = [sys.executable, "-c", code]
    opened.model_library.compare("round-1")
    dialog.close()
    qtbot.waitUntil(
        lambda: any("round-1: mAP50 0.500" in message.text for message in shown(opened)),
        timeout=15_000,
    )
    assert not opened.window.status_line.has_jobs


def test_a_promoted_model_that_is_gone_is_told_when_the_starter_stands_in(
    opened: Workbench, registry: ModelRegistry, qtbot: QtBot
) -> None:
    registry.promote("round-1")
    registry.path("round-1").unlink()
    told: list[Message] = []
    opened.context.messages.shown.connect(told.append)
    opened.models.refresh()
    qtbot.waitUntil(lambda: any("round-1" in message.text for message in told))
    active = opened.context.active_model
    assert active is not None
    assert active.name == "starter"


def test_a_model_that_is_taken_in_is_seen_can_be_stopped_and_is_one_at_a_time(
    opened: Workbench, registry: ModelRegistry, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(
        _path: Path, _registry: ModelRegistry, cancel: CancelToken, *, upcycles: bool
    ) -> object:
        del upcycles
        while True:
            cancel.check()
            time.sleep(0.01)

    monkeypatch.setattr("dynseg_annotator.application.models.intake.take_in", endless)
    told: list[Message] = []
    opened.context.messages.shown.connect(told.append)
    line = opened.window.status_line
    opened.model_intake.add(starter_model())
    qtbot.waitUntil(line._stop.isVisible)
    assert line._job.text().startswith("Checking ")
    opened.model_intake.add(Path("/other.pt"))
    assert "going on already" in told[-1].text
    line._stop.click()
    assert not line.has_jobs


def test_a_model_that_was_promoted_says_nothing_in_the_next_project(
    opened: Workbench,
    registry: ModelRegistry,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go_on = threading.Event()
    promoted = registry.promote

    def slow(name: str) -> ModelCard:
        go_on.wait(20)
        return promoted(name)

    monkeypatch.setattr("dynseg.training.promotion.check_candidate", lambda _: None)
    monkeypatch.setattr(registry, "promote", slow)
    opened.models.promote("round-1")
    assert any("Checking round-1" in message.text for message in shown(opened))
    generate(tmp_path / "other", images=1, seed=1)
    opened.frame.open(tmp_path / "other")
    qtbot.waitUntil(
        lambda: opened.context.store is not None and opened.context.store.root.name == "other"
    )
    assert not any("round-1" in message.text for message in shown(opened))
    go_on.set()
    qtbot.waitUntil(lambda: registry.active().name == "round-1")
    ended: list[None] = []
    opened.context.background.run(lambda: None, done=ended.append)
    qtbot.waitUntil(lambda: bool(ended))
    qtbot.wait(50)
    assert not any("round-1" in message.text for message in shown(opened))


def test_of_two_models_that_are_chosen_the_later_one_pre_labels(
    opened: Workbench, registry: ModelRegistry, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long the checks of the first one take."""
    registry.add(starter_model(), name="round-2")
    go_on, over = threading.Event(), threading.Event()

    def slow(path: Path) -> None:
        if path.stem == "round-1":
            go_on.wait(20)
            over.set()

    monkeypatch.setattr("dynseg.training.promotion.check_candidate", slow)
    opened.models.promote("round-1")
    opened.models.promote("round-2")
    qtbot.waitUntil(lambda: registry.active().name == "round-2")
    go_on.set()
    assert over.wait(20)
    ended: list[None] = []
    opened.context.background.run(lambda: None, done=ended.append)
    qtbot.waitUntil(lambda: bool(ended))
    qtbot.wait(50)
    assert registry.active().name == "round-2"
    assert not any("round-1 pre-labels" in message.text for message in shown(opened))


def test_a_model_for_which_there_is_no_room_says_what_helps(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **_named: object) -> ModelCard:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/project/models/m.safetensors")

    monkeypatch.setattr("dynseg_annotator.application.models.intake.take_in", full)
    opened.model_intake.add(starter_model())
    qtbot.waitUntil(lambda: not opened.model_intake.is_running)
    (message,) = [message for message in shown(opened) if message.key == "models"]
    assert message.text == "/project/models/m.safetensors: No space left on device."
    assert "free space" in message.hint
