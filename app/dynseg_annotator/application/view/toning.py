"""Brightness, contrast and gamma of the shown image: sliders, settings and canvas together."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.view.own_values import OwnValues
from dynseg_annotator.canvas.tone import Tone
from dynseg_annotator.dialogs.layout import stand_in_corner
from dynseg_annotator.dialogs.tone_dialog import ToneDialog
from dynseg_annotator.language import tr
from dynseg_annotator.panels.canvas_note import CanvasNote

KEYS = ("tone_brightness", "tone_contrast", "tone_gamma")


class ToneController(QObject):
    """Keeps one tone for all images of a project, also over a restart."""

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._settings = parts.context.settings
        self._dialog: ToneDialog | None = None
        self.note = CanvasNote(parts.canvas)
        self.note.clicked.connect(self.reset)
        parts.actions["image-tone"].triggered.connect(lambda _=False: self.show_dialog())
        parts.actions["reset-tone"].triggered.connect(lambda _=False: self.reset())
        self._settings.changed.connect(self._setting_changed)
        OwnValues(parts.context, KEYS, "tones", self)
        self._follow()

    def show_dialog(self) -> None:
        """Open the sliders, or bring them to the front."""
        if self._dialog is None:
            dialog = self._dialog = ToneDialog(self._parts.window)
            dialog.changed.connect(self._set)
            dialog.reset_requested.connect(self.reset)
        self._follow()
        if not self._dialog.isVisible():
            stand_in_corner(self._dialog, self._parts.canvas)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()

    def reset(self) -> None:
        """Show images as their files have them."""
        for key in KEYS:
            self._settings.reset(key)

    def _set(self, *values: float) -> None:
        for key, value in zip(KEYS, values, strict=True):
            self._settings.set(key, value)

    @Slot(str, object)
    def _setting_changed(self, key: str, _value: object) -> None:
        if key in KEYS:
            self._follow()

    def _follow(self) -> None:
        """Canvas and sliders show what the settings say."""
        tone = Tone(*(self._settings.get(key) for key in KEYS))
        if tone != self._parts.canvas.tone:
            self._parts.canvas.tone = tone
        self.note.say(tone.text, tr("Images are shown like this; click to show them as they are"))
        if self._dialog is not None:
            self._dialog.show_values(tone.brightness, tone.contrast, tone.gamma)
