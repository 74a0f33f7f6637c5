"""The theme: contrast that can be computed, icons, and switching while the program runs."""

from __future__ import annotations

import re
from dataclasses import fields
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIcon, QImage, QPainter, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QPushButton,
    QStyle,
    QStyleOptionFocusRect,
    QStyleOptionFrame,
    QWidget,
)

from dynseg_annotator import theme
from dynseg_annotator.theme.style_sheet import style_sheet

SCHEMES = {"light": theme.LIGHT, "dark": theme.DARK}
APP = Path(__file__).resolve().parents[3] / "app" / "dynseg_annotator"


@pytest.fixture(params=sorted(SCHEMES))
def table(request):
    return SCHEMES[request.param]


@pytest.fixture(autouse=True)
def as_it_was(qapp):
    """The colours of the next tests are those of the system.

    The style itself is set once in the life of a program: a second time, Qt would keep what it
    knows of widgets that are gone and crash at the next change of colours.
    """
    yield
    theme.apply(qapp, "system")


def grounds(table: theme.Colours) -> list[str]:
    return [table.window, table.surface, table.field, table.hover]


@pytest.mark.parametrize(
    "name", ["text", "text_muted", "accent_text", "ok", "warn", "error", "info"]
)
def test_text_meets_aa_on_every_ground(table, name):
    for ground in grounds(table):
        assert theme.contrast(getattr(table, name), ground) >= 4.5, (name, ground)


def test_text_meets_aa_on_coloured_grounds(table):
    pairs = [
        (table.on_accent, table.accent), (table.on_accent, table.accent_hover),
        (table.on_selection, table.selection), (table.accent_text, table.selection),
        (table.text, table.pressed), (table.canvas_text, table.canvas), (table.text, table.canvas),
        (table.text, table.selection),
        *((table.text, getattr(table, f"{level}_ground")) for level in LEVELS),
        *((getattr(table, level), getattr(table, f"{level}_ground")) for level in LEVELS),
    ]  # fmt: skip
    for text, ground in pairs:
        assert theme.contrast(text, ground) >= 4.5, (text, ground)


LEVELS = ("ok", "warn", "error", "info")


def test_focus_and_frames_are_seen(table):
    for ground in grounds(table):
        assert theme.contrast(table.focus, ground) >= 3, ground
        assert theme.contrast(table.neutral, ground) >= 3, ground
    for ground in (table.window, table.surface, table.field):
        assert theme.contrast(table.border_strong, ground) >= 3, ground
    for line in table.chart:
        assert theme.contrast(line, table.surface) >= 3, line


def test_contrast_is_that_of_the_standard():
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_colour_is_written_the_same_way(table):
    for field in fields(table):
        value = getattr(table, field.name)
        for colour in value if isinstance(value, tuple) else (value,):
            assert re.fullmatch(r"#[0-9a-f]{6}", colour), field.name


def test_the_style_sheet_uses_the_table_alone(table, qapp):
    colours = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", style_sheet(table)))
    known = {getattr(table, field.name) for field in fields(table) if field.name != "chart"}
    assert colours <= known
    for path in re.findall(r'url\("([^"]+)"\)', style_sheet(table)):
        assert Path(path).read_text().startswith("<svg")


def test_nothing_but_the_theme_styles_widgets():
    for path in APP.rglob("*.py"):
        if path.parent.name != "theme":
            assert "setStyleSheet" not in path.read_text(encoding="utf-8"), path


def test_switching_while_the_program_runs(qapp, qtbot):
    theme.apply(qapp, "light")
    assert qapp.style().objectName().lower() in ("fusion", "")
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == theme.LIGHT.window
    with qtbot.waitSignal(theme.notifier().changed):
        theme.apply(qapp, "dark")
    assert theme.is_dark()
    assert theme.colours() is theme.DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == theme.DARK.window
    theme.apply(qapp, "light")
    assert not theme.is_dark()


def test_the_font_stays_that_of_the_system(qapp):
    before = qapp.font()
    theme.apply(qapp, "dark")
    assert qapp.font() == before
    assert "font-size" not in qapp.styleSheet()
    assert theme.heading_font().pointSizeF() > before.pointSizeF()


def test_the_system_is_followed(qapp):
    theme.apply(qapp, "system")
    dark = qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark
    assert theme.is_dark() is dark
    assert theme.scheme() == "system"


def test_an_unknown_scheme_is_refused(qapp):
    with pytest.raises(ValueError, match="sepia"):
        theme.apply(qapp, "sepia")


def dominant(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> str:
    image = icon.pixmap(24, 24, mode).toImage()
    seen = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(seen, key=lambda colour: colour.alpha()).name()


def test_icons_follow_the_theme(qapp, qtbot):
    theme.apply(qapp, "light")
    window, button = QMainWindow(), QPushButton()
    qtbot.addWidget(window)
    qtbot.addWidget(button)
    action = QAction(window)
    for owner in (action, button):
        theme.set_icon(owner, "accept")
        assert dominant(owner.icon()) == theme.LIGHT.text_muted
    theme.set_icon(button, "error", colour="error")
    theme.apply(qapp, "dark")
    assert dominant(action.icon()) == theme.DARK.text_muted
    assert dominant(action.icon(), QIcon.Mode.Disabled) == theme.DARK.text_disabled
    assert dominant(button.icon()) == theme.DARK.error
    theme.set_icon(button, "")
    assert button.icon().isNull()


@pytest.mark.parametrize("name", theme.icon_names())
def test_every_icon_is_drawn_in_one_colour_and_inside_its_frame(qapp, name):
    text = (files("dynseg_resources") / "icons" / f"{name}.svg").read_text()
    assert 'viewBox="0 0 24 24"' in text
    assert 'stroke-width="1.75"' in text
    assert not re.search(r"#[0-9a-f]{3,6}", text)
    image = theme.pixmap(name, 48, "#ff0000").toImage()
    image = image.convertToFormat(QImage.Format.Format_Alpha8)
    alpha = np.frombuffer(image.constBits(), np.uint8).reshape(48, image.bytesPerLine())[:, :48]
    rim = np.concatenate([alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1]])
    assert rim.max() < 90, "touches the frame"
    assert 30 < (alpha > 128).sum() < 1500


def test_icons_are_sharp_on_a_dense_screen(qapp):
    dense = theme.pixmap("save", 20, "#000000", ratio=2.0)
    assert dense.width() == 40
    assert dense.deviceIndependentSize().width() == 20


def test_an_unknown_icon_is_a_mistake_of_the_program(qapp):
    with pytest.raises(KeyError):
        theme.icon("no-such-icon")


def test_a_role_changes_the_look_and_is_taken_back(qapp, qtbot):
    theme.apply(qapp, "light")
    button = QPushButton("Train")
    qtbot.addWidget(button)
    button.resize(120, 32)
    plain = button.grab().toImage()
    theme.set_role(button, "primary")
    assert button.grab().toImage().pixelColor(60, 3).name() == theme.LIGHT.accent
    theme.set_role(button, "")
    assert button.grab().toImage() == plain


@pytest.mark.qt_log_ignore("raise", "grabbing the keyboard", "propagateSizeHints")
@pytest.mark.parametrize("scheme", sorted(SCHEMES))
@pytest.mark.parametrize("rows", [3, 5])
def test_a_list_of_choices_shows_its_last_row(qapp, qtbot, scheme, rows):
    theme.apply(qapp, scheme)
    window = QWidget()
    qtbot.addWidget(window)
    box = QComboBox(window)
    box.addItems([f"choice {number}" for number in range(rows)])
    window.resize(400, 300)
    window.show()
    box.showPopup()
    view = box.view()
    last = view.visualRect(box.model().index(rows - 1, 0))
    qtbot.waitUntil(lambda: view.viewport().rect().contains(last))
    assert view.verticalScrollBar().maximum() == 0
    box.hidePopup()


def test_a_name_that_is_edited_in_its_row_is_seen_whole(qtbot, qapp):
    theme.apply(qapp, "light")
    rows = QListWidget()
    qtbot.addWidget(rows)
    rows.addItem("nucleus")
    rows.item(0).setFlags(rows.item(0).flags() | Qt.ItemFlag.ItemIsEditable)
    rows.show()
    rows.editItem(rows.item(0))
    editor = rows.findChild(QLineEdit)
    assert editor is not None
    option = QStyleOptionFrame()
    editor.initStyleOption(option)
    inside = editor.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, editor)
    assert inside.height() >= editor.fontMetrics().height() - 2  # a frame of one pixel


def test_the_style_draws_no_second_frame_into_a_button_with_the_keyboard(qtbot, qapp):
    theme.apply(qapp, "light")
    button = QPushButton("Train")
    theme.set_role(button, "choice")
    qtbot.addWidget(button)
    option = QStyleOptionFocusRect()
    option.rect = button.rect()
    drawn = QImage(button.size(), QImage.Format.Format_ARGB32)
    drawn.fill(0)
    with QPainter(drawn) as painter:
        frame = QStyle.PrimitiveElement.PE_FrameFocusRect
        button.style().drawPrimitive(frame, option, painter, button)
    assert not any(np.frombuffer(drawn.constBits(), np.uint8))


def test_buttons_that_qt_makes_look_like_the_others():
    """A red cross stood in *Cancel* of a question and of the file dialog, and of no other.

    Without a screen Qt draws no icons there anyway, so that only the rule can be looked at.
    """
    assert "dialogbuttonbox-buttons-have-icons: 0" in style_sheet(theme.LIGHT)
