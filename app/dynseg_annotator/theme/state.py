"""What the theme is now. Only the modules of this package write here."""

from __future__ import annotations

from PySide6.QtGui import QIcon, QPixmap

from dynseg_annotator.theme.colours import LIGHT, Colours

colours: Colours = LIGHT
scheme: str = "system"
pixmaps: dict[tuple[str, int, str, float], QPixmap] = {}
icons: dict[tuple[str, str], QIcon] = {}
shapes: dict[tuple[str, int], QPixmap] = {}
