"""What an export holds and what it lost, in words; pure, so that every case is tested."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dynseg.formats.format import Holds
from dynseg.formats.outgoing.counts import Loss
from dynseg.formats.outgoing.exporting import Link
from dynseg.formats.outgoing.policy import Holes, Parts
from dynseg.worker.answers import (
    ExportAnswer,
    Findings,
    PreflightAnswer,
    RoundTripAnswer,
)
from dynseg_annotator.dialogs import counts
from dynseg_annotator.dialogs.import_words import findings_text
from dynseg_annotator.dialogs.report_dialog import Level, Report, ReportAction
from dynseg_annotator.language import engine_text, mark, tr, tr_n

Scope = Literal["reviewed", "shapes", "selected"]
LINKS: tuple[tuple[Link, str, str], ...] = (
    (
        "copy",
        mark("Copy"),
        mark("The data set needs nothing else; the images take their space a second time."),
    ),
    ("hard", mark("Hard links"), mark("No extra space; only on the same disk.")),
    ("sym", mark("Symbolic links"), mark("No extra space; breaks when the images move.")),
    ("none", mark("Labels alone"), mark("No images: for programs that have them already.")),
)
HOLES: tuple[tuple[Holes, str, str, str], ...] = (
    (
        "keep",
        mark("Keep"),
        mark("As they are."),
        mark("A thin bridge joins each hole to the outline."),
    ),
    ("fill", mark("Fill"), mark("Holes are left out; the shape covers them."), ""),
    (
        "bridge",
        mark("Join by a bridge"),
        mark("As they are."),
        mark("A thin bridge joins each hole to the outline."),
    ),
    (
        "split",
        mark("Cut through"),
        mark("As they are."),
        mark("A shape is cut through its holes into pieces."),
    ),
)
"""Value, text, what it means where the format holds holes; where it does not, if that differs."""
PARTS: tuple[tuple[Parts, str, str, str], ...] = (
    (
        "keep",
        mark("Keep"),
        mark("As they are."),
        mark("Thin bridges join the parts to one outline."),
    ),
    ("split", mark("One object each"), mark("Every part becomes an object of its own."), ""),
    ("bridge", mark("Join by bridges"), mark("Thin bridges join the parts to one outline."), ""),
    ("largest", mark("The largest alone"), mark("The smaller parts are left out."), ""),
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
        image_ids: The images that are asked for; None for all.
        link: How images get there.
        holes, parts: What becomes of what the format cannot hold.
        val_share: Part of the images without a place that validate.
        by_folder: Whether images of one folder stay together.
        verify: Whether to read it again and compare.
    """

    folder: Path
    format: str = "yolo"
    only_reviewed: bool = True
    image_ids: tuple[int, ...] | None = None
    link: Link = "copy"
    holes: Holes = "keep"
    parts: Parts = "keep"
    val_share: float = 0.2
    by_folder: bool = False
    verify: bool = True


def notices(facts: PreflightAnswer, request: ExportRequest) -> list[tuple[Level, str]]:
    """What to know before exporting: the counts, then what differs, the gravest first."""
    if not facts.images and facts.dropped.missing_images:
        return [("error", missing_images(facts.dropped))]
    if not facts.images:
        if request.image_ids is not None:
            text = tr("None of the selected images is reviewed or has shapes.")
        elif request.only_reviewed:
            text = tr("No image is reviewed yet. Accept images, or export all with shapes.")
        else:
            text = tr("No image has a shape yet.")
        return [("error", text)]
    equal = facts.shapes == facts.instances
    values = {
        "images": counts.images(facts.images),
        "shapes": counts.shapes(facts.shapes),
        "objects": counts.objects(facts.instances),
    }
    text = (
        tr(
            "{images}, {size}; {shapes} in, {objects} out.",
            size=size_text(facts.size_bytes),
            **values,
        )
        if request.link == "copy"
        else tr("{images}; {shapes} in, {objects} out.", **values)
    )
    found: list[tuple[Level, str]] = [("ok" if equal else "info", text)]
    found += [(level, text) for number, level, text in _rows(facts, request) if number]
    if len(found) == 1 and equal:
        found.append(("ok", tr("The format holds everything; nothing is lost.")))
    return found


def _rows(facts: PreflightAnswer, request: ExportRequest) -> tuple[tuple[int, Level, str], ...]:
    """What differs: how many, how grave, in words."""
    gone = facts.dropped
    damaged = facts.unreadable - gone.missing_images
    return (
        (facts.proposals, "warn", tr_n(
            "{n:,} of the shapes is a proposal that nobody has looked at: it goes out as a label.",
            "{n:,} of the shapes are proposals that nobody has looked at: they go out as labels.",
            facts.proposals)),
        (gone.missing_images, "warn", missing_images(gone)),
        (damaged, "warn", tr_n(
            "{n:,} image cannot be read: left out.",
            "{n:,} images cannot be read: left out.", damaged)),
        (facts.wide and request.link != "none", "info", tr(
            "Images have more than 8 bits: their copies get 8, as you see them here.")),
        (facts.lost, "warn", tr_n(
            "{n:,} object left out: listed below.",
            "{n:,} objects left out: listed below.", facts.lost)),
        (facts.filled, "warn", tr_n(
            "{n:,} shape with holes: holes are filled.",
            "{n:,} shapes with holes: holes are filled.", facts.filled)),
        (facts.joined, "info", _joined(facts.joined)),
        (facts.cut, "info", tr_n(
            "{n:,} shape cut through its holes.",
            "{n:,} shapes cut through their holes.", facts.cut)),
        (facts.divided, "info", tr_n(
            "{n:,} shape divided: {objects} more.", "{n:,} shapes divided: {objects} more.",
            facts.divided, objects=counts.objects(facts.further))),
        (facts.unmeasured and request.format == "yolo", "warn", tr(
            "No image is in val: a training will be measured on what it learned from. Select some "
            "images in the list and choose Image, Selected images, Validation.")),
        (facts.repaired.count, "info", tr_n(
            "{n:,} thing changed on the way: listed below.",
            "{n:,} things changed on the way: listed below.", facts.repaired.count)),
        (facts.empty, "info", tr_n(
            "{n:,} image without a shape: it says that nothing is there.",
            "{n:,} images without a shape: they say that nothing is there.", facts.empty)),
        (facts.undivided * (facts.undivided >= facts.images), "info", tr_n(
            "{n:,} image gets a place in train or val first.",
            "{n:,} images get a place in train or val first.", facts.undivided)),
        (facts.undivided * (facts.undivided < facts.images), "info", tr_n(
            "{n:,} image gets a place in train or val first; the others keep theirs.",
            "{n:,} images get a place in train or val first; the others keep theirs.",
            facts.undivided)),
    )  # fmt: skip


def missing_images(found: Findings) -> str:
    """How many images are not where they were, and which."""
    return tr_n(
        "The file of {n:,} image is missing: {names}. Left out until it is back.",
        "The files of {n:,} images are missing, the first: {names}. Left out until they are back.",
        found.missing_images,
        names=tr(", ").join(found.missing_names),
    )


def loss(facts: Loss) -> str:
    """What a format would lose, behind its name in the list of formats."""
    if not facts.lost and not facts.changed:
        return tr("holds everything")
    parts = []
    if facts.lost:
        parts.append(tr_n("{n:,} object left out", "{n:,} objects left out", facts.lost))
    if facts.changed:
        parts.append(tr_n("{n:,} shape changed", "{n:,} shapes changed", facts.changed))
    return tr(", ").join(parts)


def _joined(n: int) -> str:
    return tr_n("{n:,} shape joined by bridges.", "{n:,} shapes joined by bridges.", n)


def details(facts: PreflightAnswer) -> str:
    """Every finding of a preflight."""
    parts = [
        findings_text(facts.dropped, tr("Left out")),
        findings_text(facts.repaired, tr("Changed")),
    ]
    return "\n".join(part for part in parts if part)


def result(answer: ExportAnswer, open_folder: ReportAction, *, format_title: str) -> Report:
    """What is shown when an export is done.

    Args:
        answer: What the worker said.
        open_folder: The button that shows the data set.
        format_title: What the format is called.
    """
    objects, images = counts.objects(answer.instances), counts.images(answer.images)
    shares = [f"{name} {count:,}" for name, count in sorted(answer.by_split.items())]
    facts = [answer.path, tr("Images: {shares}.", shares=", ".join(shares))]
    facts.append(
        tr(
            "{shapes} in, {objects} out, as {format}.",
            shapes=counts.shapes(answer.shapes),
            objects=objects,
            format=format_title,
        )
    )
    unmeasured = answer.format == "yolo" and not answer.by_split.get("val")
    for number, text in (
        (unmeasured, tr(
            "No image is in val: a training will be measured on what it learned from.")),
        (answer.joined, _joined(answer.joined)),
        (answer.filled, tr_n(
            "Holes of {n:,} shape filled.", "Holes of {n:,} shapes filled.", answer.filled)),
        (answer.divided, tr_n(
            "{n:,} shape became several objects.", "{n:,} shapes became several objects.",
            answer.divided)),
    ):  # fmt: skip
        if number:
            facts.append(text)
    if answer.check is not None:
        facts.append(_overlap(answer.check))
        if answer.check.broken:
            facts.append(_broken(answer.check.broken))
    elif answer.check_problem:
        facts.append(
            tr("It could not be compared: {problem}", problem=engine_text(answer.check_problem))
        )
    check = answer.check
    low = check is not None and (check.min_iou < LOW_IOU or bool(check.broken or check.extra))
    lost = bool(answer.dropped.count or answer.check_problem)
    return Report(
        window_title=tr("Export"),
        title=tr("{images} with {objects} exported", images=images, objects=objects),
        level="warn" if lost or low else "ok",
        facts=facts,
        details=_each_finding(answer),
        nothing=tr("Everything is in it; nothing was changed."),
        main=open_folder,
    )


def _each_finding(answer: ExportAnswer) -> str:
    """Everything there is to say about single shapes, the gravest first."""
    parts = (
        _worst(answer.check),
        findings_text(answer.dropped, tr("Left out")),
        findings_text(answer.repaired, tr("Repaired or written anew")),
        _each(answer.check),
    )
    return "\n".join(part for part in parts if part)


def _overlap(check: RoundTripAnswer) -> str:
    """What reading it again found, in a sentence."""
    if not check.shapes:
        return tr("Read again: it holds no shape, as the project.")
    values = {
        "shapes": counts.shapes(check.shapes),
        "mean": f"{check.mean_iou:.5f}",
        "least": f"{check.min_iou:.5f}",
    }
    if not check.extra:
        return tr(
            "Read again: {shapes}, overlap (IoU) with those of the project {mean} on average, at "
            "least {least}.",
            **values,
        )
    return tr(
        "Read again: {shapes}, overlap (IoU) with those of the project {mean} on average, at least "
        "{least}, and {objects} too many.",
        objects=counts.objects(check.extra),
        **values,
    )


def _broken(n: int) -> str:
    """Shapes that an export should have kept more of."""
    return tr_n(
        "{n:,} shape came out other than format and choices should give: listed below. Choose "
        "another format, and report this.",
        "{n:,} shapes came out other than format and choices should give: listed below. Choose "
        "another format, and report this.",
        n,
    )


def _worst(check: RoundTripAnswer | None) -> str:
    """Overlap of the shapes that an export should have kept more of."""
    if check is None or not check.worst:
        return ""
    title = tr("Overlap (IoU) with what should be in it, the lowest first")
    return _overlaps(title, check.worst, check.broken)


def _each(check: RoundTripAnswer | None) -> str:
    """Overlap of every shape, the lowest first."""
    if check is None or not check.lowest:
        return ""
    title = tr("Overlap (IoU) of each shape, the lowest first")
    return _overlaps(title, check.lowest, check.shapes)


def _overlaps(title: str, found: list[tuple[str, int, float]], count: int) -> str:
    lines = [
        tr("  {iou:.5f}  {rel}, shape {number}", iou=iou, rel=rel, number=number)
        for rel, number, iou in found
    ]
    more = count - len(lines)
    if more > 0:
        lines.append(tr("  ... and {more:,} more, none lower", more=more))
    return "\n".join([title, *lines]) + "\n"


def size_text(size_bytes: int) -> str:
    """A size for people: `"12 MB"`."""
    if size_bytes < 1000:
        return tr("{n} bytes", n=size_bytes)
    size = float(size_bytes)
    for unit in ("kB", "MB", "GB"):
        size /= 1000
        if size < 1000:
            return f"{size:.0f} {unit}" if size >= 10 else f"{size:.1f} {unit}"
    return f"{size / 1000:.1f} TB"
