"""What an import does, in words; pure, so that every case is tested."""

from __future__ import annotations

from dynseg.formats.merging import How
from dynseg.worker.answers import ImportAnswer
from dynseg_annotator.dialogs.report_dialog import Level, Report, ReportAction


def lines(answer: ImportAnswer, how: How) -> list[tuple[Level, str]]:
    """What to know before importing, with its level; the gravest first, the counts on top."""
    if answer.problem is not None:
        found: list[tuple[Level, str]] = [("error", answer.problem.message)]
        if answer.classes:
            return [*found, ("info", "Say below what each class becomes.")]
        return [*found, ("info", answer.problem.hint)]
    shapes, images = counted(answer.instances, "shape"), counted(answer.images, "image")
    if answer.instances:
        found = [("ok", f"{shapes} come in; labels were found for {images} of the project.")]
    elif answer.images:
        found = [("warn", f"No shape comes in; labels were found for {images} of the project.")]
    else:
        found = [("error", "None of these labels is for an image of the project.")]
    for count, level, text in _further(answer):
        if count:
            found.append((level, text))
    if answer.numbered:
        text = "The source numbers its classes without names: look at what they become below."
        found.append(("warn", text))
    if answer.added_classes:
        found.append(("info", f"New classes: {_some(answer.added_classes)}."))
    if how == "reviewed" and answer.refused.count:
        text = "An image of which a shape cannot be used does not become reviewed."
        found.append(("info", text))
    return found


def _further(answer: ImportAnswer) -> tuple[tuple[int, Level, str], ...]:
    refused, repaired = answer.refused.count, answer.repaired.count
    mended = repaired - answer.duplicates
    return (
        (refused, "warn", f"{counted(refused, 'shape or file', 'shapes or files')} cannot be used: "
         "listed below with the place."),
        (mended, "info", f"{counted(mended, 'shape')} repaired or dropped as doubles: listed "
         "below."),
        (answer.duplicates, "info", f"{counted(answer.duplicates, 'shape')} in the project "
         "already: not added again."),
        (answer.ignored, "info", f"{counted(answer.ignored, 'shape')} left out with their class."),
    )  # fmt: skip


def report_text(answer: ImportAnswer) -> str:
    """Every finding, what cannot be used first."""
    parts = [answer.refused.text("Cannot be used"), answer.repaired.text("Repaired or dropped")]
    return "\n".join(part for part in parts if part)


def result(answer: ImportAnswer, source: str, take_back: ReportAction | None) -> Report:
    """What is shown when an import is done."""
    shapes, images = counted(answer.instances, "shape"), counted(answer.images, "image")
    facts = [f"From {source}, read as {answer.format}."]
    if answer.by_class:
        each = [f"{name} {count:,}" for name, count in answer.by_class.items()]
        facts.append(f"By class: {_some(each)}.")
    facts += [text for count, _, text in _further(answer) if count]
    if take_back is not None:
        facts.append("It is one step: taking it back leaves what was changed since.")
    return Report(
        window_title="Import labels",
        title=f"{shapes} added; labels were found for {images}",
        level="warn" if answer.refused.count else "ok",
        facts=facts,
        details=report_text(answer),
        nothing="Nothing was repaired and nothing had to be left out.",
        others=[] if take_back is None else [take_back],
    )


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: `"1 shape"`, `"1,200 shapes"`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def _some(names: list[str], most: int = 12) -> str:
    """Names in a row, not more than anybody reads."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{', '.join(names[:most])}{more}"
