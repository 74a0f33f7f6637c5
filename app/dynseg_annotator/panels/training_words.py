"""Numbers of a training run as people read them."""

from __future__ import annotations

import math

from dynseg.training.config import PRESETS

PRESET_NAMES = {"quick": "Quick", "standard": "Standard", "thorough": "Thorough"}
"""What a user reads in the list of presets, in order."""


_PURPOSES = {
    "quick": "See at once what your corrections bring.",
    "standard": "A good model for the next hundred images.",
    "thorough": "For when the labelling is done.",
}


def preset_prose(preset: str) -> str:
    """What a user reads below the chosen preset."""
    limit = duration(PRESETS[preset].time_limit_min * 60)
    return f"Trains for at most {limit}. {_PURPOSES[preset]}"


def duration(seconds: float | None) -> str:
    """A time for people: `"2 min"`; empty when unknown."""
    if seconds is None or not math.isfinite(seconds) or seconds < 0:
        return ""
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    if seconds < 3600:
        return f"{round(seconds / 60)} min"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02d} min" if minutes else f"{hours} h"


def memory(size_bytes: int | None) -> str:
    """A size of memory for people: `"2.1 GB"`; empty when unknown."""
    if not size_bytes:
        return ""
    if size_bytes < 1e9:
        return f"{size_bytes / 1e6:.0f} MB"
    return f"{size_bytes / 1e9:.1f} GB"


def score(value: float | None) -> str:
    """A mAP: `"0.412"`; a dash when it was not measured."""
    if value is None or not math.isfinite(value):
        return "-"
    return f"{value:.3f}"


def change(before: float | None, after: float | None) -> str:
    """What became of a mAP, with a sign: `"+0.056"`; a dash when it cannot be said."""
    if before is None or after is None or not (math.isfinite(before) and math.isfinite(after)):
        return "-"
    difference = after - before
    return "0.000" if abs(difference) < 0.0005 else f"{difference:+.3f}"


def verdict(before: float | None, after: float | None) -> tuple[str, str]:
    """Level and headline of a comparison.

    Args:
        before: Mask mAP50-95 of the current model on the validation images, None when unknown.
        after: The same of the new model.

    Returns:
        `"ok"`, `"warn"` or `"info"`, and one sentence.
    """
    known = change(before, after)
    if known == "-":
        return "info", "The new model is ready; it could not be compared with the current one."
    if known.startswith("+"):
        return "ok", f"The new model is better: {known} mask mAP50-95."
    if known.startswith("-"):
        return "warn", f"The new model is not better: {known} mask mAP50-95."
    return "info", "The new model is as good as the current one."
