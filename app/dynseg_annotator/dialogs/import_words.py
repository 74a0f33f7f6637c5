"""What an import does, in words; pure, so that every case is tested."""

from __future__ import annotations

from dynseg.annotation.class_spelling import look_alike
from dynseg.formats.incoming.merging import How
from dynseg.worker.answers import Findings, ImportAnswer
from dynseg_annotator.dialogs import counts
from dynseg_annotator.dialogs.report_dialog import Level, Report, ReportAction
from dynseg_annotator.language import engine_text, tr, tr_n


def lines(answer: ImportAnswer, how: How) -> list[tuple[Level, str]]:
    """What to know before importing, with its level; the gravest first, the counts on top."""
    if answer.problem is not None:
        found: list[tuple[Level, str]] = [("error", engine_text(answer.problem.message))]
        if answer.classes:
            return [*found, ("info", tr("Say below what each class becomes."))]
        return [*found, ("info", engine_text(answer.problem.hint))]
    shapes, images = counts.shapes(answer.instances), counts.images(answer.images)
    if answer.instances:
        found = [
            (
                "ok",
                tr(
                    "{shapes} come in; labels were found for {images} of the project.",
                    shapes=shapes,
                    images=images,
                ),
            )
        ]
    elif answer.images:
        found = [
            (
                "warn",
                tr(
                    "No shape comes in; labels were found for {images} of the project.",
                    images=images,
                ),
            )
        ]
    else:
        found = [("error", tr("None of these labels is for an image of the project."))]
    for count, level, text in _further(answer):
        if count:
            found.append((level, text))
    if answer.numbered:
        text = tr("The source numbers its classes without names: look at what they become below.")
        found.append(("warn", text))
    found += _new_classes(answer.added_classes)
    if how == "reviewed" and answer.refused.count:
        text = tr("An image with a shape that cannot be used does not count as reviewed.")
        found.append(("info", text))
    return found


def _further(answer: ImportAnswer) -> tuple[tuple[int, Level, str], ...]:
    gone = answer.refused
    refused, repaired = gone.count - gone.missing, answer.repaired.count
    mended = repaired - answer.duplicates
    return (
        (gone.missing_images, "warn", tr_n(
            "{n:,} image that has labels here is missing in the project: {names}.",
            "{n:,} images that have labels here are missing in the project, the first: {names}.",
            gone.missing_images, names=tr(", ").join(gone.missing_names))),
        (refused, "warn", tr_n(
            "{n:,} shape or file cannot be used: listed below with the place.",
            "{n:,} shapes or files cannot be used: listed below with the place.", refused)),
        (mended, "info", tr_n(
            "{n:,} thing repaired, scaled, doubled or not taken over: listed below.",
            "{n:,} things repaired, scaled, doubled or not taken over: listed below.", mended)),
        (answer.duplicates, "info", tr_n(
            "{n:,} shape in the project already: not added again.",
            "{n:,} shapes in the project already: not added again.", answer.duplicates)),
        (answer.superseded, "info", _superseded(answer)),
        (answer.ignored, "info", tr_n(
            "{n:,} shape left out with their class.",
            "{n:,} shapes left out with their class.", answer.ignored)),
    )  # fmt: skip


def _superseded(answer: ImportAnswer) -> str:
    """How many proposals go, in an import to come or in one that is done."""
    n = answer.superseded
    if answer.run_id:
        return tr_n(
            "{n:,} proposal that nobody had touched gave way.",
            "{n:,} proposals that nobody had touched gave way.",
            n,
        )
    return tr_n(
        "{n:,} proposal that nobody has touched gives way.",
        "{n:,} proposals that nobody has touched give way.",
        n,
    )


def report_text(answer: ImportAnswer) -> str:
    """Every finding, what cannot be used first."""
    parts = [
        findings_text(answer.refused, tr("Cannot be used")),
        findings_text(answer.repaired, tr("Repaired or dropped")),
    ]
    return "\n".join(part for part in parts if part)


def result(
    answer: ImportAnswer,
    source: str,
    take_back: ReportAction | None,
    *,
    format_title: str,
    review_key: str = "",
) -> Report:
    """What is shown when an import is done.

    Args:
        answer: What the worker said.
        source: What was read.
        take_back: The button that takes it back, None when nothing came in.
        format_title: What the format is called.
        review_key: The key that reviews many images at once, where these wait for that.
    """
    shapes, images = counts.shapes(answer.instances), counts.images(answer.images)
    facts = [tr("From {source}, read as {format}.", source=source, format=format_title)]
    if answer.by_class:
        each = [f"{name} {count:,}" for name, count in answer.by_class.items()]
        facts.append(tr("By class: {some}.", some=_some(each)))
    facts += [text for count, _, text in _further(answer) if count]
    if take_back is not None and review_key:
        facts.append(
            tr(
                "Models learn from them once their images are reviewed: one by one, or many at "
                "once ({key}).",
                key=review_key,
            )
        )
    if take_back is not None:
        facts.append(tr("It is one step: taking it back leaves what was changed since."))
    return Report(
        window_title=tr("Import labels"),
        title=tr("{shapes} added; labels were found for {images}", shapes=shapes, images=images),
        level="warn" if answer.refused.count else "ok",
        facts=facts,
        details=report_text(answer),
        nothing=tr("Nothing was repaired and nothing had to be left out."),
        others=[] if take_back is None else [take_back],
    )


def findings_text(findings: Findings, title: str) -> str:
    """A paragraph for a report, in the user's language; empty when there is nothing."""
    if not findings.count:
        return ""
    lines = [f"{title} ({findings.count:,})"]
    lines += [f"  {engine_text(line)}" for line in findings.lines]
    more = findings.count - len(findings.lines)
    if more > 0:
        lines.append(tr("  ... and {more:,} more", more=more))
    return "\n".join(lines) + "\n"


def _new_classes(names: list[str]) -> list[tuple[Level, str]]:
    """The classes that the project gets, and those among them that may be one."""
    found: list[tuple[Level, str]] = []
    if names:
        found.append(("info", tr("New classes: {some}.", some=_some(names))))
    alike = [f"{a} / {b}" for a, b in look_alike(names)]
    if alike:
        text = tr("Meant as one? {some}. Choose below what they become.", some=_some(alike))
        found.append(("warn", text))
    return found


def _some(names: list[str], most: int = 12) -> str:
    """Names in a row, not more than anybody reads."""
    some = ", ".join(names[:most])
    more = len(names) - most
    return tr("{names} and {more} more", names=some, more=more) if more > 0 else some
