"""Colours, icons and spacing; the only place that styles widgets.

`apply(app, scheme)` sets palette and style sheet. Widgets ask for a look by role
(`set_role(button, "primary")`), never by a style sheet of their own; what paints itself asks
`colours()` at each paint and listens to `notifier().changed`.
"""

from __future__ import annotations

from dynseg_annotator.theme.apply import apply, colours, is_dark, notifier, scheme
from dynseg_annotator.theme.colours import DARK, LIGHT, Colours, contrast
from dynseg_annotator.theme.icons import (
    application_icon,
    icon,
    icon_names,
    no_icon,
    pixmap,
    set_icon,
)
from dynseg_annotator.theme.roles import SPACE, heading_font, mono_font, set_role
from dynseg_annotator.theme.tips import plain_tip

__all__ = [
    "DARK",
    "LIGHT",
    "SPACE",
    "Colours",
    "application_icon",
    "apply",
    "colours",
    "contrast",
    "heading_font",
    "icon",
    "icon_names",
    "is_dark",
    "mono_font",
    "no_icon",
    "notifier",
    "pixmap",
    "plain_tip",
    "scheme",
    "set_icon",
    "set_role",
]
