"""Keys, palette, guide, about, and the report of an unexpected error."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import QComboBox, QLineEdit, QMainWindow, QPushButton, QTextBrowser, QWidget

from dynseg_annotator.actions import ACTIONS, Need, build, enable_for, spec
from dynseg_annotator.actions.key_table import key_rows
from dynseg_annotator.actions.other_words import OTHER_WORDS
from dynseg_annotator.dialogs.about_dialog import LIBRARIES, AboutDialog, facts, licence_text
from dynseg_annotator.dialogs.command_palette import CommandPalette, rank
from dynseg_annotator.dialogs.error_dialog import ErrorReportDialog
from dynseg_annotator.dialogs.guide_dialog import PAGES, GuideDialog, page_text
from dynseg_annotator.dialogs.guide_pages import MADE, page_made
from dynseg_annotator.dialogs.guide_text import GuideText
from dynseg_annotator.dialogs.shortcuts_dialog import ShortcutsDialog
from dynseg_annotator.language import LANGUAGES
from dynseg_resources import resource

T = TypeVar("T", bound=QWidget)
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def child(parent: QWidget, kind: type[T]) -> T:
    found = parent.findChild(kind)
    assert found is not None
    return found


def test_the_list_of_keys_has_everything_that_has_a_key(qtbot, settings):
    dialog = ShortcutsDialog(settings)
    qtbot.addWidget(dialog)
    rows = key_rows("labelme")
    assert len(dialog.shown()) == len(rows)
    listed = {row.action_id for row in rows}
    for row in ACTIONS:
        has_key = bool(row.keys_default or row.canvas_keys)
        assert row.shown_as or (row.id in listed) == has_key, row.id


@pytest.mark.parametrize(
    ("typed", "found"), [("train", "Train on reviewed images"), ("ctrl+b", "Pre-label many images")]
)
def test_the_list_of_keys_is_searched_by_name_and_by_key(qtbot, settings, typed, found):
    dialog = ShortcutsDialog(settings)
    qtbot.addWidget(dialog)
    child(dialog, QLineEdit).setText(typed)
    assert found in [text for text, _ in dialog.shown()]
    assert len(dialog.shown()) < 8


def test_a_search_without_a_hit_says_so(qtbot, settings):
    dialog = ShortcutsDialog(settings)
    qtbot.addWidget(dialog)
    child(dialog, QLineEdit).setText("xyzzy")
    assert dialog.shown() == []


def test_the_list_of_keys_follows_and_sets_the_preset(qtbot, settings):
    dialog = ShortcutsDialog(settings)
    qtbot.addWidget(dialog)
    box = child(dialog, QComboBox)
    box.setCurrentIndex(box.findData("cvat"))
    assert settings.get("key_preset") == "cvat"
    assert dict(dialog.shown())["Next image"] == "F"
    settings.set("key_preset", "labelme")
    assert dict(dialog.shown())["Next image"] == "D"
    assert box.currentData() == "labelme"


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
@pytest.mark.parametrize("name", MADE)
def test_the_guide_has_every_key_setting_and_command(qapp, name, language):
    assert page_text(name, language) == page_made(name, language), (
        "write it anew: python -m dynseg_annotator.dialogs.guide_pages"
    )


@pytest.fixture
def bench(qtbot, settings):
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = build(window, settings)
    enable_for(actions, Need.PROJECT)
    palette = CommandPalette(actions, settings, window)
    qtbot.addWidget(palette)
    yield actions, palette
    assert palette.parent() is window


def test_the_palette_shows_every_name_whole(bench):
    _, palette = bench
    palette.show()
    tree = palette._list
    needed = [tree.sizeHintForIndex(tree.indexFromItem(tree.topLevelItem(n))).width()
              for n in range(tree.topLevelItemCount())]  # fmt: skip
    assert max(needed) <= tree.columnWidth(0)


def test_the_palette_runs_what_is_typed(bench, qtbot):
    actions, palette = bench
    palette.show()
    field = child(palette, QLineEdit)
    qtbot.keyClicks(field, "expo")
    with qtbot.waitSignal(actions["export"].triggered):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not palette.isVisible()


def test_a_click_runs_once_on_desktops_where_one_click_activates(bench, qtbot):
    actions, palette = bench
    palette.setStyleSheet("QAbstractItemView { activate-on-singleclick: 1 }")
    palette.show()
    child(palette, QLineEdit).setText("export")
    tree, runs = palette._list, []
    actions["export"].triggered.connect(lambda: runs.append(1))
    row = tree.visualItemRect(tree.topLevelItem(0)).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=row)
    qtbot.wait(50)
    assert len(runs) == 1


def test_every_other_word_is_of_an_action():
    assert OTHER_WORDS.keys() <= {row.id for row in ACTIONS}


@pytest.mark.parametrize(
    ("typed", "action_id"),
    [
        ("segment anything", "click-object"), ("predict", "run-image"), ("csv", "statistics"),
        ("create polygons", "draw-polygon"), ("track", "follow-on"), ("ungroup", "separate"),
        ("intelligent scissors", "live-wire"), ("bring to front", "to-top"),
        ("group", "union"), ("preferences", "settings"), ("gamma", "image-tone"),
        ("delete image", "skip-image"), ("hotkeys", "edit-keys"), ("undo last point", "undo"),
    ],
)  # fmt: skip
def test_the_palette_knows_the_words_of_other_programs(bench, typed, action_id):
    _, palette = bench
    child(palette, QLineEdit).setText(typed)
    assert action_id in palette.shown()[:3]


def test_the_palette_leads_to_settings(bench, qtbot):
    _, palette = bench
    palette.show()
    field = child(palette, QLineEdit)
    field.setText("zzz")
    assert palette._list.topLevelItem(0).isDisabled()
    field.setText("language")
    assert palette._list.topLevelItem(0).text(0) == "Setting: Language"
    with qtbot.waitSignal(palette.setting_wanted) as told:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told.args == ["Look", "language"]
    assert not palette.isVisible()


def test_the_palette_moves_by_arrows_and_goes_round(bench, qtbot):
    actions, palette = bench
    field = child(palette, QLineEdit)
    field.setText("next")
    assert len(palette.shown()) > 2
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    with qtbot.waitSignal(actions[palette.shown()[1]].triggered):
        qtbot.keyClick(field, Qt.Key.Key_Return)


def test_the_palette_lists_what_cannot_be_done_now_last_and_does_not_do_it(bench, qtbot):
    actions, palette = bench
    field = child(palette, QLineEdit)
    field.setText("delete the selected")
    assert palette.shown() == ["delete"]
    with qtbot.assertNotEmitted(actions["delete"].triggered, wait=50):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    field.clear()
    enabled = [actions[action_id].isEnabled() for action_id in palette.shown()]
    assert enabled == sorted(enabled, reverse=True)


def test_the_palette_finds_words_of_the_explanation():
    assert rank(spec("delete"), "delete") == 0
    assert rank(spec("class-delete"), "delete") == 1
    assert rank(spec("next-unreviewed"), "unrev im") == 2
    assert rank(spec("export"), "yolo") == 5
    assert rank(spec("export"), "banana") is None


@pytest.mark.parametrize("name", [name for name, _ in PAGES])
def test_pages_of_the_guide_lead_nowhere_else(name):
    text = page_text(name)
    assert text.startswith("# ")
    for target in (part.split(")")[0] for part in text.split("](")[1:]):
        if target.startswith("pictures/"):
            assert resource(f"guide/{target}").is_file()
        else:
            assert target.removesuffix(".md") in dict(PAGES), target


def test_every_picture_of_the_guide_is_shown_by_a_page():
    used = {part.split(")")[0] for name, _ in PAGES for part in page_text(name).split("](")[1:]}
    pictures = sorted(resource("guide/pictures").iterdir())
    assert {f"pictures/{picture.name}" for picture in pictures} <= used
    assert sum(picture.stat().st_size for picture in pictures) < 6_000_000  # the wheel has 24 MB


@pytest.mark.parametrize("language", ["", "../"])
def test_pictures_of_the_guide_are_shown_and_fit(qtbot, language):
    text = GuideText()
    qtbot.addWidget(text)
    text.resize(500, 400)
    text.show()
    text.show_page(f"![A vertex]({language}pictures/edit.png)\n\nwords\n\n" * 4)
    kind = QTextDocument.ResourceType.ImageResource
    picture = text.loadResource(kind.value, QUrl(f"{language}pictures/edit.png"))
    assert 300 < picture.deviceIndependentSize().width() < 500
    assert text.document().size().height() > 200, "the picture has its room"
    text.resize(380, 400)
    qtbot.waitUntil(lambda: text.horizontalScrollBar().maximum() == 0)
    qtbot.waitUntil(lambda: text.document().idealWidth() <= text.viewport().width())


def test_the_guide_reads_no_picture_from_elsewhere(qtbot, tmp_path):
    text = GuideText()
    qtbot.addWidget(text)
    kind = QTextDocument.ResourceType.ImageResource
    (tmp_path / "x.png").write_bytes(resource("guide/pictures/edit.png").read_bytes())
    assert text.loadResource(kind.value, QUrl.fromLocalFile(str(tmp_path / "x.png"))) is None
    assert text.loadResource(kind.value, QUrl("https://example.org/x.png")) is None


def test_links_of_the_guide_turn_pages(qtbot):
    dialog = GuideDialog()
    qtbot.addWidget(dialog)
    text = child(dialog, QTextBrowser)
    assert "dynseg-annotator" in text.toPlainText()
    dialog.follow(QUrl("training.md"))
    assert text.toPlainText().startswith("Training")
    dialog.follow(QUrl("file:///etc/passwd"))
    assert text.toPlainText().startswith("Training")


def test_about_names_licence_and_libraries(qtbot):
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    assert all(library.distribution in facts() for library in LIBRARIES)
    assert "missing" not in facts()
    assert "AFFERO" in licence_text().upper()
    dialog.switch()
    dialog.switch()
    dialog.copy_versions()
    assert QGuiApplication.clipboard().text() == facts()


def test_an_error_report_is_copied_whole(qtbot):
    dialog = ErrorReportDialog("It broke.", "Go on working.", "Traceback: 1\n2")
    qtbot.addWidget(dialog)
    dialog.show()
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copy report")
    copy.click()
    assert QGuiApplication.clipboard().text() == "It broke.\nGo on working.\n\nTraceback: 1\n2"
    assert copy.text() == "Copied"
    small = dialog.height()
    toggle = next(b for b in dialog.findChildren(QPushButton) if "details" in b.text())
    toggle.click()
    assert dialog.height() > small
    dialog.close()


def test_an_error_report_shows_markup_as_text(qtbot):
    dialog = ErrorReportDialog("<img src='x'> <b>no</b>", "<i>hint</i>", "")
    qtbot.addWidget(dialog)
    assert dialog.report == "<img src='x'> <b>no</b>\n<i>hint</i>"
    toggle = next(b for b in dialog.findChildren(QPushButton) if "details" in b.text())
    assert not toggle.isVisibleTo(dialog)
