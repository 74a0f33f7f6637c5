"""The one table of colours, light and dark. Text meets WCAG AA on every ground it stands on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """All colours of one scheme, `#rrggbb`.

    Attributes:
        window: Ground of the window, tool bar, menus and docks.
        surface: Ground of lists, cards and dialogs' pages.
        field: Ground of what can be typed into or pressed.
        hover: Ground under the cursor.
        pressed: Ground while pressed.
        border: Lines between parts.
        border_strong: Lines around what can be typed into or pressed, 3:1 against `surface`.
        scroll: Handles of scroll bars.
        text: Text to read.
        text_muted: Secondary text, still AA.
        text_disabled: Text of what cannot be used now (WCAG asks no contrast of it).
        accent: Ground of the one main button, of a running bar.
        accent_hover: The same under the cursor.
        on_accent: Text on `accent`.
        accent_text: Accent as text: links, the active tool's icon.
        focus: The ring around what has the keyboard, 3:1 against every ground.
        selection: Ground of what is selected.
        on_selection: Text on `selection`.
        ok: Text and icon of what is fine; the reviewed state.
        warn: Text and icon of what needs a look; the in-work state.
        error: Text and icon of what failed.
        info: Text and icon of news; the pre-labelled state.
        neutral: Icon of what has no state yet; the unlabelled and skipped states.
        ok_ground: Ground behind a message of that level, likewise the next three.
        warn_ground: Ground behind a warning.
        error_ground: Ground behind an error.
        info_ground: Ground behind news.
        canvas: Ground around the image.
        canvas_text: Text on the canvas' ground.
        chart: Line colours of charts, distinct for colour-blind eyes.
    """

    window: str
    surface: str
    field: str
    hover: str
    pressed: str
    border: str
    border_strong: str
    scroll: str
    text: str
    text_muted: str
    text_disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_text: str
    focus: str
    selection: str
    on_selection: str
    ok: str
    warn: str
    error: str
    info: str
    neutral: str
    ok_ground: str
    warn_ground: str
    error_ground: str
    info_ground: str
    canvas: str
    canvas_text: str
    chart: tuple[str, ...]


LIGHT = Colours(
    window="#f4f5f7",
    surface="#ffffff",
    field="#ffffff",
    hover="#e9ebef",
    pressed="#dde0e6",
    border="#d9dce2",
    border_strong="#878d99",
    scroll="#b4b9c3",
    text="#1c1e22",
    text_muted="#555b66",
    text_disabled="#9aa0ab",
    accent="#2460d8",
    accent_hover="#1b50bb",
    on_accent="#ffffff",
    accent_text="#1d56c9",
    focus="#2460d8",
    selection="#dce7fc",
    on_selection="#14264d",
    ok="#12703f",
    warn="#855300",
    error="#b8231f",
    info="#1d56c9",
    neutral="#6a707b",
    ok_ground="#e4f4ea",
    warn_ground="#fdf1da",
    error_ground="#fde9e8",
    info_ground="#e6eefc",
    canvas="#dfe1e6",
    canvas_text="#4a4f59",
    chart=("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00"),
)

DARK = Colours(
    window="#1d1e21",
    surface="#232529",
    field="#2b2d32",
    hover="#33363c",
    pressed="#3c4047",
    border="#36393f",
    border_strong="#7b818c",
    scroll="#4d5159",
    text="#e4e6ea",
    text_muted="#a6abb5",
    text_disabled="#6c717b",
    accent="#2f6bdf",
    accent_hover="#2861d2",
    on_accent="#ffffff",
    accent_text="#83b1ff",
    focus="#6ea3ff",
    selection="#273f6b",
    on_selection="#f0f4fc",
    ok="#5cc98e",
    warn="#e7b252",
    error="#ff8f86",
    info="#83b1ff",
    neutral="#8f959f",
    ok_ground="#1e3328",
    warn_ground="#3a2f18",
    error_ground="#432524",
    info_ground="#212f4b",
    canvas="#141517",
    canvas_text="#a6abb5",
    chart=("#56b4e9", "#e69f00", "#2fc49a", "#cc79a7", "#f0e442"),
)


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
