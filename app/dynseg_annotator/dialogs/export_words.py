"""What an export holds and what it lost, in words; pure, so that every case is tested."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dynseg.formats.exporting import Link
from dynseg.formats.format import Holds
from dynseg.formats.policy import Holes, Parts
from dynseg.worker.answers import ExportAnswer, PreflightAnswer, RoundTripAnswer
from dynseg_annotator.dialogs.import_words import counted
from dynseg_annotator.dialogs.report_dialog import Level, Report, ReportAction

Scope = Literal["reviewed", "shapes"]
LINKS: tuple[tuple[Link, str, str], ...] = (
    ("copy", "Copy", "The data set stands alone; takes the space of the images once more."),
    ("hard", "Hard links", "No extra space; only on the same disk."),
    ("sym", "Symbolic links", "No extra space; breaks when the images move."),
    ("none", "Labels alone", "No images: for programs that have them already."),
)
HOLES: tuple[tuple[Holes, str, str, str], ...] = (
    ("keep", "Keep", "As they are.", "A thin bridge joins each hole to the outline."),
    ("fill", "Fill", "Holes are left out; the shape covers them.", ""),
    ("bridge", "Join by a bridge", "As they are.", "A thin bridge joins each hole to the outline."),
    ("split", "Cut through", "As they are.", "A shape is cut through its holes into pieces."),
)
"""Value, text, what it means where the format holds holes; where it does not, if that differs."""
PARTS: tuple[tuple[Parts, str, str, str], ...] = (
    ("keep", "Keep", "As they are.", "Thin bridges join the parts to one outline."),
    ("split", "One object each", "Every part becomes an object of its own.", ""),
    ("bridge", "Join by bridges", "Thin bridges join the parts to one outline.", ""),
    ("largest", "The largest alone", "The smaller parts are left out.", ""),
)
LOW_IOU = 0.999


@dataclass(frozen=True, slots=True)
class OutFormat:
    """A format that can be written.

    Attributes:
        name: Its name in the registry.
        title: For people.
        prose: What it is and who reads it.
        holds: What of a shape it can say.
        reads: Whether it can be read again and compared.
    """

    name: str
    title: str
    prose: str
    holds: Holds
    reads: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """What the user decided.

    Attributes:
        folder: Where the data set goes.
        format: Name of the format.
        only_reviewed: Reviewed images alone, or all with at least one shape.
        link: How images get there.
        holes, parts: What becomes of what the format cannot hold.
        val_share: Part of the images without a place that validate.
        by_folder: Whether images of one folder stay together.
        verify: Whether to read it again and compare.
    """

    folder: Path
    format: str = "yolo"
    only_reviewed: bool = True
    link: Link = "copy"
    holes: Holes = "keep"
    parts: Parts = "keep"
    val_share: float = 0.2
    by_folder: bool = False
    verify: bool = True


def notices(facts: PreflightAnswer, request: ExportRequest) -> list[tuple[Level, str]]:
    """What to know before exporting: the counts, then what differs, the gravest first."""
    if not facts.images:
        text = (
            "No image is reviewed yet. Accept images with Ctrl+Enter, or export all with shapes."
            if request.only_reviewed
            else "No image has a shape yet."
        )
        return [("error", text)]
    shapes, out = counted(facts.shapes, "shape"), counted(facts.instances, "object")
    size = f", {size_text(facts.size_bytes)}" if request.link == "copy" else ""
    equal = facts.shapes == facts.instances
    found: list[tuple[Level, str]] = [
        (
            "ok" if equal else "info",
            f"{counted(facts.images, 'image')}{size}; {shapes} in, {out} out.",
        )
    ]
    rows: tuple[tuple[int, Level, str], ...] = (
        (facts.unreadable, "warn", f"{counted(facts.unreadable, 'image')} cannot be read: left "
         "out."),
        (facts.lost, "warn", f"{counted(facts.lost, 'object')} left out: listed below."),
        (facts.filled, "warn", f"{counted(facts.filled, 'shape')} with holes: holes are filled."),
        (facts.joined, "info", f"{counted(facts.joined, 'shape')} joined by bridges."),
        (facts.cut, "info", f"{counted(facts.cut, 'shape')} cut through their holes."),
        (facts.divided, "info", f"{counted(facts.divided, 'shape')} divided: "
         f"{counted(facts.further, 'object')} more."),
        (facts.repaired.count, "info", f"{counted(facts.repaired.count, 'thing')} changed on the "
         "way: listed below."),
        (facts.empty, "info", f"{counted(facts.empty, 'image')} without a shape: they say that "
         "nothing is there."),
        (facts.undivided, "info", f"{counted(facts.undivided, 'image')} get a place in train or "
         "val first; the others keep theirs."),
    )  # fmt: skip
    found += [(level, text) for number, level, text in rows if number]
    if len(found) == 1 and equal:
        found.append(("ok", "The format holds everything; nothing is lost."))
    return found


def details(facts: PreflightAnswer) -> str:
    """Every finding of a preflight."""
    parts = [facts.dropped.text("Left out"), facts.repaired.text("Changed")]
    return "\n".join(part for part in parts if part)


def result(answer: ExportAnswer, open_folder: ReportAction) -> Report:
    """What is shown when an export is done."""
    objects, images = counted(answer.instances, "object"), counted(answer.images, "image")
    shares = [f"{name} {count:,}" for name, count in sorted(answer.by_split.items())]
    facts = [answer.path, f"Images: {', '.join(shares)}."]
    facts.append(f"{counted(answer.shapes, 'shape')} in, {objects} out, as {answer.format}.")
    for number, text in (
        (answer.joined, f"{counted(answer.joined, 'shape')} joined by bridges."),
        (answer.filled, f"Holes of {counted(answer.filled, 'shape')} filled."),
        (answer.divided, f"{counted(answer.divided, 'shape')} became several objects."),
    ):
        if number:
            facts.append(text)
    if answer.check is not None:
        facts.append(_overlap(answer.check))
    elif answer.check_problem:
        facts.append(f"It could not be compared: {answer.check_problem}")
    low = answer.check is not None and answer.check.min_iou < LOW_IOU
    lost = bool(answer.dropped.count or answer.check_problem)
    return Report(
        window_title="Export",
        title=f"{images} with {objects} exported",
        level="warn" if lost or low else "ok",
        facts=facts,
        details="\n".join(
            part
            for part in (
                answer.dropped.text("Left out"),
                answer.repaired.text("Repaired or written anew"),
                _each(answer.check),
            )
            if part
        ),
        nothing="Everything is in it; nothing was changed.",
        main=open_folder,
    )


def _overlap(check: RoundTripAnswer) -> str:
    """What reading it again found, in a sentence."""
    if not check.shapes:
        return "Read again: it holds no shape, as the project."
    more = f", and {counted(check.extra, 'object')} too many" if check.extra else ""
    return (
        f"Read again: {counted(check.shapes, 'shape')}, overlap (IoU) with those of the project "
        f"{check.mean_iou:.5f} on average, at least {check.min_iou:.5f}{more}."
    )


def _each(check: RoundTripAnswer | None) -> str:
    """Overlap of every shape, the lowest first."""
    if check is None or not check.lowest:
        return ""
    lines = [f"  {iou:.5f}  {rel}, shape {number}" for rel, number, iou in check.lowest]
    more = check.shapes - len(lines)
    if more > 0:
        lines.append(f"  ... and {more:,} more, none lower")
    return "\n".join(["Overlap (IoU) of each shape, the lowest first", *lines]) + "\n"


def size_text(size_bytes: int) -> str:
    """A size for people: `"12 MB"`."""
    size = float(size_bytes)
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" or size >= 10 else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
