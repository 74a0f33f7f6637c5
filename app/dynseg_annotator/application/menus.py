"""Dialogs behind the menus; each one is imported when it is first wanted."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from dynseg_annotator.application.parts import Parts


class MenuController(QObject):
    """Opens settings, keys, palette, guide and about."""

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._open: dict[str, QDialog] = {}
        actions = parts.actions
        for action_id, slot in (
            ("settings", self.show_settings),
            ("edit-keys", self.show_key_editor),
            ("shortcuts", self.show_shortcuts),
            ("command-palette", self.show_palette),
            ("guide", self.show_guide),
            ("about", self.show_about),
            ("doctor", self.show_doctor),
        ):
            if action_id in actions:
                actions[action_id].triggered.connect(lambda _=False, slot=slot: slot())

    @property
    def settings_page(self) -> str:
        """The page of the settings that is open; empty where they are closed."""
        return str(getattr(self._open.get("settings"), "section", ""))

    def show_settings(self, page: str = "", focus: str = "") -> None:
        """Look, keys, model and training.

        Args:
            page: Turn to this one.
            focus: Give the keyboard to the setting of this key.
        """
        from dynseg_annotator.dialogs.settings_dialog import SettingsDialog

        context = self._parts.context
        dialog = SettingsDialog(context.settings, self._parts.window, gpus=context.gpus)
        dialog.show_section(page)
        self._show("settings", dialog)
        editor = dialog.findChild(QWidget, focus) if focus else None
        if editor is not None:
            editor.setFocus()

    def show_shortcuts(self) -> None:
        """All keys, with search; the same key closes them."""
        from dynseg_annotator.dialogs.shortcuts_dialog import ShortcutsDialog

        shown = self._open.get("shortcuts")
        if shown is not None:
            shown.close()
            return
        dialog = ShortcutsDialog(self._parts.context.settings, self._parts.window)
        dialog.edit_requested.connect(self.show_key_editor)
        self._show("shortcuts", dialog)

    def show_key_editor(self) -> None:
        """Another key for any action."""
        from dynseg_annotator.dialogs.key_editor import KeyEditor

        self._show("edit-keys", KeyEditor(self._parts.context.settings, self._parts.window))

    def show_palette(self) -> None:
        """Everything the program can do, by a few letters."""
        from dynseg_annotator.dialogs.command_palette import CommandPalette

        actions: dict[str, QAction] = dict(self._parts.actions)
        dialog = CommandPalette(actions, self._parts.context.settings, self._parts.window)
        dialog.setting_wanted.connect(self.show_settings)
        self._show("palette", dialog)

    def show_guide(self) -> None:
        """Short texts on first steps, keys and training."""
        from dynseg_annotator.dialogs.guide_dialog import GuideDialog

        self._show("guide", GuideDialog(self._parts.window))

    def show_about(self) -> None:
        """Version, licence and libraries."""
        from dynseg_annotator.dialogs.about_dialog import AboutDialog

        self._show("about", AboutDialog(self._parts.window))

    def show_doctor(self) -> None:
        """What works on this machine, found out by a process of its own."""
        from dynseg_annotator.dialogs.doctor_dialog import DoctorDialog
        from dynseg_annotator.jobs.doctor import DoctorRun

        store = self._parts.context.store
        dialog = DoctorDialog(self._parts.window)
        run = DoctorRun(str(store.root) if store is not None else "", dialog)
        run.finished.connect(dialog.show_findings)
        run.failed.connect(dialog.show_failure)
        dialog.finished.connect(run.stop)
        run.start()
        self._show("doctor", dialog)

    def close(self) -> None:
        """Close what is open: the window goes, and an examination of the machine with it."""
        for dialog in list(self._open.values()):
            dialog.close()

    def _show(self, name: str, dialog: QDialog) -> None:
        """Show one dialog of each kind, beside the work and not in its way."""
        old = self._open.pop(name, None)
        if old is not None:
            old.close()
        self._open[name] = dialog
        dialog.finished.connect(lambda _: self._forget(name, dialog))
        dialog.show()

    def _forget(self, name: str, dialog: QDialog) -> None:
        if self._open.get(name) is dialog:
            del self._open[name]
        dialog.deleteLater()
