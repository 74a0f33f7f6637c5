"""What a user can choose: one table for dialog, file and help."""

from __future__ import annotations

from dynseg_annotator.settings.store import Settings, config_folder
from dynseg_annotator.settings.table import SECTIONS, SETTINGS, Kind, Setting, setting

__all__ = ["SECTIONS", "SETTINGS", "Kind", "Setting", "Settings", "config_folder", "setting"]
