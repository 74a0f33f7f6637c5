"""The application's one style sheet, made from the table of colours."""

from __future__ import annotations

from dataclasses import fields
from string import Template

from dynseg_annotator.theme.colours import Colours
from dynseg_annotator.theme.indicators import indicator

_SHEET = """
QToolTip {
    color: $text; background: $surface; border: 1px solid $border_strong; padding: 4px 6px;
}
QMainWindow::separator { background: $border; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $accent; }
QDialog, QWizard, QMessageBox { background: $window; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

/* menus */
QMenuBar { background: $window; border: none; padding: 2px 4px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; color: $text; }
QMenuBar::item:selected { background: $hover; }
QMenuBar::item:pressed { background: $pressed; }
QMenu { background: $surface; border: 1px solid $border_strong; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 8px; border-radius: 4px; color: $text; }
QMenu::item:selected { background: $selection; color: $on_selection; }
QMenu::item:disabled { color: $text_disabled; }
QMenu::item:disabled:selected { background: transparent; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $border; margin: 4px 6px; }
QMenu::indicator { width: 14px; height: 14px; left: 6px; }
QMenu::indicator:checked { image: url("$check_text"); }

/* tool bars and flat buttons */
QToolBar { background: $window; border: none; border-bottom: 1px solid $border;
    padding: 3px 6px; spacing: 2px; }
QToolBar::separator:horizontal { background: $border; width: 1px; margin: 5px 5px; }
QToolBar::separator:vertical { background: $border; height: 1px; margin: 5px 5px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 5px;
    padding: 4px; color: $text; }
QToolButton#qt_toolbar_ext_button { padding: 0; border: none; qproperty-icon: url("$right_muted"); }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $pressed; }
QToolButton:checked { background: $selection; color: $on_selection; }
QToolButton:focus { border-color: $focus; }
QToolButton:disabled { color: $text_disabled; background: transparent; }
QToolButton::menu-indicator { image: none; }
QToolButton[popupMode="1"] { padding-right: 16px; }
QToolButton[popupMode="2"] { padding-right: 16px; }
QToolButton[popupMode="2"]::menu-indicator, QToolButton[popupMode="1"]::menu-arrow {
    image: url("$down_muted"); width: 10px; height: 10px;
    subcontrol-origin: padding; subcontrol-position: right center; right: 3px; }
QToolButton[popupMode="1"]::menu-button { border: none; width: 14px; }

/* buttons; each marks the focus itself, and the style would draw a second frame inside */
QPushButton, QToolButton { outline: none; }
QPushButton { background: $field; color: $text; border: 1px solid $border_strong;
    border-radius: 5px; padding: 5px 12px; min-width: 56px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:checked { background: $selection; color: $on_selection; }
QPushButton:focus { border: 2px solid $focus; padding: 4px 11px; }
QPushButton:disabled { color: $text_disabled; background: $window; border-color: $border; }
QPushButton:default { border-color: $accent; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent;
    font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $hover; color: $text_muted;
    border-color: $border; }
QPushButton[role="flat"] { background: transparent; border-color: transparent; min-width: 0;
    padding: 5px 8px; color: $accent_text; }
QPushButton[role="flat"]:hover { background: $hover; }
QPushButton[role="flat"]:focus { border: 2px solid $focus; padding: 4px 7px; }
QPushButton[role="flat"]:disabled { color: $text_disabled; }
QPushButton[role="choice"] { background: $surface; border-color: $border_strong;
    border-radius: 8px; }
QPushButton[role="choice"]:hover { background: $hover; }
QPushButton[role="choice"]:pressed { background: $pressed; }
QPushButton[role="choice"]:focus { border: 2px solid $focus; }
QPushButton[role="danger"] { color: $error; border-color: $error; }
QPushButton[role="danger"]:hover { background: $error_ground; }

/* fields */
QLineEdit, QPlainTextEdit, QTextEdit, QTextBrowser, QAbstractSpinBox, QComboBox {
    background: $field; color: $text; border: 1px solid $border_strong; border-radius: 5px;
    selection-background-color: $accent; selection-color: $on_accent;
    placeholder-text-color: $text_muted; }
QLineEdit, QAbstractSpinBox { padding: 4px 6px; }
QComboBox { padding: 4px 24px 4px 8px; combobox-popup: 0; }
QPlainTextEdit, QTextEdit, QTextBrowser { padding: 2px; border-color: $border; }
QLineEdit:focus, QAbstractSpinBox:focus { border: 2px solid $focus; padding: 3px 5px; }
QComboBox:focus { border: 2px solid $focus; padding: 3px 23px 3px 7px; }
QPlainTextEdit:focus, QTextEdit:focus, QTextBrowser:focus { border: 2px solid $focus;
    padding: 1px; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
    color: $text_disabled; background: $window; border-color: $border; }
QAbstractSpinBox { padding-right: 20px; qproperty-alignment: AlignRight; }
QAbstractSpinBox:focus { padding-right: 19px; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit,
QComboBox QLineEdit:focus { border: none; background: transparent; padding: 0; }
QComboBox::drop-down { border: none; width: 22px; subcontrol-origin: border;
    subcontrol-position: center right; }
QComboBox::down-arrow { image: url("$down_muted"); width: 12px; height: 12px; }
QComboBox::down-arrow:disabled { image: url("$down_disabled"); }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border_strong;
    padding: 3px; outline: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 20px;
    background: transparent; subcontrol-origin: border; }
QAbstractSpinBox::up-button { subcontrol-position: top right; margin: 2px 2px 0 0;
    border-top-right-radius: 3px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin: 0 2px 2px 0;
    border-bottom-right-radius: 3px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-arrow { image: url("$up_muted"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$down_muted"); width: 10px; height: 10px; }
QAbstractSpinBox::up-arrow:off, QAbstractSpinBox::up-arrow:disabled {
    image: url("$up_disabled"); }
QAbstractSpinBox::down-arrow:off, QAbstractSpinBox::down-arrow:disabled {
    image: url("$down_disabled"); }

/* ticks */
QCheckBox, QRadioButton { spacing: 7px; color: $text; background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: $text_disabled; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator,
QGroupBox::indicator { width: 14px; height: 14px; border: 1px solid $border_strong;
    background: $field; border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { background: $hover; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked,
QGroupBox::indicator:checked { background: $accent; border-color: $accent;
    image: url("$check_accent"); }
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {
    background: $accent; border-color: $accent; image: url("$minus_accent"); }
QRadioButton::indicator:checked { background: $accent; border-color: $accent;
    image: url("$dot_accent"); }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $focus;
    width: 12px; height: 12px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $border;
    background: $window; }
QCheckBox::indicator:checked:disabled, QRadioButton::indicator:checked:disabled {
    background: $text_disabled; border-color: $text_disabled; }
QCheckBox:focus, QRadioButton:focus { outline: none; }

/* lists and tables */
QAbstractItemView { background: $surface; color: $text; border: none; outline: 0;
    alternate-background-color: $window; selection-background-color: $selection;
    selection-color: $on_selection; }
QAbstractItemView QLineEdit { padding: 0 3px; border-radius: 3px; }
QAbstractItemView QLineEdit:focus { padding: 0 3px; border-width: 1px; }
QListView::item, QTreeView::item, QTableView::item { padding: 3px 4px;
    border: 1px solid transparent; }
QListView::item:hover, QTreeView::item:hover, QTableView::item:hover { background: $hover; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {
    background: $selection; color: $on_selection; }
QListView::item:focus, QTreeView::item:focus, QTableView::item:focus {
    border: 1px solid $focus; }
QDockWidget QAbstractItemView { border: 1px solid transparent; }
QDockWidget QAbstractItemView:focus { border: 1px solid $focus; }
QHeaderView { background: $window; }
QHeaderView::section { background: $window; color: $text_muted; border: none;
    border-bottom: 1px solid $border; padding: 4px 6px; }
QTableView { gridline-color: $border; }
QTableCornerButton::section { background: $window; border: none; }
QTreeView::branch { background: transparent; }
QTreeView::branch:has-children:closed { image: url("$right_muted"); }
QTreeView::branch:has-children:open { image: url("$down_muted"); }

/* docks, tabs, groups */
QDockWidget { color: $text; titlebar-close-icon: url("$cross_muted");
    titlebar-normal-icon: url("$float_muted"); }
QDockWidget::title { background: $window; padding: 6px 8px; border-bottom: 1px solid $border;
    text-align: left; }
QDockWidget::close-button, QDockWidget::float-button { border: none; background: transparent;
    padding: 0; icon-size: 12px; border-radius: 4px; }
QDockWidget::close-button:hover, QDockWidget::float-button:hover { background: $hover; }
QTabWidget::pane { border: none; border-top: 1px solid $border; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $text_muted; padding: 6px 10px; border: none;
    border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; background: $hover; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:bottom { border-bottom: none; border-top: 2px solid transparent; }
QTabBar::tab:bottom:selected { border-bottom: none; border-top: 2px solid $accent; }
QTabBar::tab:focus { color: $accent_text; }
QTabBar::tab:disabled { color: $text_disabled; }
QGroupBox { border: 1px solid $border; border-radius: 6px; margin-top: 1.2em;
    padding: 8px 8px 8px 8px; }
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; left: 8px;
    padding: 0 4px; color: $text_muted; }
QFrame[frameShape="4"], QFrame[frameShape="5"] { color: $border; background: $border;
    border: none; max-height: 1px; }
QFrame[frameShape="5"] { max-height: 16777215; max-width: 1px; }
QScrollArea { background: transparent; border: none; }

/* scroll bars, sliders, progress */
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $scroll; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $neutral; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: transparent; border: none; width: 0; height: 0; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QSlider { background: transparent; min-height: 20px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $border; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider::sub-page:horizontal:disabled { background: $text_disabled; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -5px 0; border-radius: 7px;
    background: $surface; border: 1px solid $border_strong; }
QSlider::handle:horizontal:hover { background: $hover; }
QSlider::handle:horizontal:focus { border: 2px solid $focus; width: 10px; height: 10px;
    margin: -5px 0; }
QProgressBar { background: $border; border: none; border-radius: 3px; min-height: 6px;
    max-height: 6px; text-align: center; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

/* status bar and labels */
QStatusBar { background: $window; border-top: 1px solid $border; color: $text_muted; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $text_muted; padding: 0 6px; }
QLabel { background: transparent; }
QLabel[role="muted"] { color: $text_muted; }
QLabel[role="ok"] { color: $ok; }
QLabel[role="warn"] { color: $warn; }
QLabel[role="error"] { color: $error; }
QLabel[role="info"] { color: $info; }
QLabel[role="badge"], QToolButton[role="badge"] { background: $field; color: $text;
    border: 1px solid $border; border-radius: 5px; padding: 3px 8px; }
QWidget[role="surface"] { background: $surface; }
QFrame[role="card"] { background: $surface; border: 1px solid $border; border-radius: 6px; }
QFrame[role="callout"] { background: $surface; border: 2px solid $accent; border-radius: 8px; }
QFrame[role="ok-bar"] { background: $ok_ground; border: 1px solid $ok; border-radius: 5px; }
QFrame[role="warn-bar"] { background: $warn_ground; border: 1px solid $warn;
    border-radius: 5px; }
QFrame[role="error-bar"] { background: $error_ground; border: 1px solid $error;
    border-radius: 5px; }
QFrame[role="info-bar"] { background: $info_ground; border: 1px solid $info;
    border-radius: 5px; }
"""


def style_sheet(table: Colours) -> str:
    """The style sheet in the colours of `table`."""
    values: dict[str, str] = {
        field.name: getattr(table, field.name) for field in fields(table) if field.name != "chart"
    }
    values.update(
        check_text=indicator("check", table.text),
        check_accent=indicator("check", table.on_accent),
        minus_accent=indicator("minus", table.on_accent),
        dot_accent=indicator("dot", table.on_accent),
        up_muted=indicator("chevron-up", table.text_muted),
        up_disabled=indicator("chevron-up", table.text_disabled),
        down_muted=indicator("chevron-down", table.text_muted),
        down_disabled=indicator("chevron-down", table.text_disabled),
        right_muted=indicator("chevron-right", table.text_muted),
        cross_muted=indicator("cross", table.text_muted),
        float_muted=indicator("float", table.text_muted),
    )
    return Template(_SHEET).substitute(values)
