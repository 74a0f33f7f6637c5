"""Numbers of a training run as people read them."""

from __future__ import annotations

import math

from dynseg.training.config import PRESETS
from dynseg.training.verdict import finds_less
from dynseg_annotator.language import mark, tr, tr_n

PRESET_NAMES = {"quick": mark("Quick"), "standard": mark("Standard"), "thorough": mark("Thorough")}
"""What a user reads in the list of presets, in order."""

FEW_IMAGES = 5
"""On fewer validation images a difference is chance as likely as not."""

_PURPOSES = {
    "quick": mark("See at once what your corrections bring."),
    "standard": mark("A good model for the next hundred images."),
    "thorough": mark("For when the labelling is done."),
}


def preset_prose(preset: str, minutes: int = 0) -> str:
    """What a user reads below the chosen preset, and minutes instead of the preset's."""
    if minutes:
        return tr(
            "Takes about {limit} in all, measuring included. {purpose}",
            limit=duration(minutes * 60), purpose=tr(_PURPOSES[preset]),
        )  # fmt: skip
    limit = duration(PRESETS[preset].time_limit_min * 60)
    return tr("Trains for at most {limit}. {purpose}", limit=limit, purpose=tr(_PURPOSES[preset]))


def duration(seconds: float | None) -> str:
    """A time for people: `"2 min"`; empty when unknown."""
    if seconds is None or not math.isfinite(seconds) or seconds < 0:
        return ""
    if seconds < 60:
        return tr("{seconds} s", seconds=max(1, round(seconds)))
    if seconds < 3600:
        return tr("{minutes} min", minutes=round(seconds / 60))
    hours, minutes = divmod(round(seconds / 60), 60)
    return (
        tr("{hours} h {minutes:02d} min", hours=hours, minutes=minutes)
        if minutes
        else tr("{hours} h", hours=hours)
    )


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


def verdict(
    before: float | None,
    after: float | None,
    agnostic: tuple[float | None, float | None] = (None, None),
) -> tuple[str, str]:
    """Level and headline of a comparison.

    Args:
        before: Mask mAP50-95 of the current model on the validation images, None when unknown.
        after: The same of the new model.
        agnostic: Mask mAP50 with all classes taken as one, before and after.

    Returns:
        `"ok"`, `"warn"` or `"info"`, and one sentence.
    """
    known = change(before, after)
    found, finds = agnostic
    if after is not None and finds_less(before, found, finds):
        return "warn", tr(
            "The new model has not learned enough yet: whatever the class, it finds less than the "
            "current one (mask mAP50 {now:.2f}, {then:.2f} before). Train longer, or review more "
            "images.",
            now=finds,
            then=found,
        )
    if known == "-":
        return "info", tr("The new model is ready; it could not be compared with the current one.")
    if known.startswith("+"):
        return "ok", tr("The new model is better: {change} mask mAP50-95.", change=known)
    if known.startswith("-"):
        return "warn", tr("The new model is not better: {change} mask mAP50-95.", change=known)
    return "info", tr("The new model is as good as the current one.")


def measured_on(
    images: int, seconds: float | None, *, apart: bool = True, folds: int = 0, reviewed: int = 0
) -> str:
    """What the figures of a comparison are, and when they say little.

    Args:
        images: Images that both models were measured on; 0 when unknown.
        seconds: How long the run took.
        apart: Whether the new model did not learn from them.
        folds: How often it was measured before it learned from images, see `events.Evaluated`.
        reviewed: Images that it has learned from, where that is so.
    """
    took = duration(seconds)
    text = _which(images, folds, reviewed)
    text = tr("{measured}, after {time}.", measured=text, time=took) if took else f"{text}."
    if folds:
        text += " " + tr("By now the new one has learned from every reviewed image.")
    if 0 < images < FEW_IMAGES:
        text += " " + tr("So few say little: look at the pictures, or review more images.")
    if not apart:
        text += " " + tr(
            "The new model learned from these very images, which flatters it: none is kept for "
            "validation. Of the images that you review from now on, a share will be."
        )
    return text


def _which(images: int, folds: int, reviewed: int) -> str:
    if folds and images == reviewed:
        return tr_n(
            "Mask mAP50 on all {n} reviewed images, by both models as they were before they "
            "learned from them",
            "Mask mAP50 on all {n} reviewed images, by both models as they were before they "
            "learned from them",
            images,
        )
    if folds:
        return tr_n(
            "Mask mAP50 on {n} of the {all} reviewed images, by both models as they were before "
            "they learned from it",
            "Mask mAP50 on {n} of the {all} reviewed images, by both models as they were before "
            "they learned from them",
            images,
            all=reviewed,
        )
    if images:
        return tr_n(
            "Mask mAP50 on the same {n} validation image",
            "Mask mAP50 on the same {n} validation images",
            images,
        )
    return tr("Mask mAP50 on the same validation images")
