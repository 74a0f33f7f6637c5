"""What jobs about files answer: the `result` of their `Finished`, typed for both ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import structs

from dynseg.formats.finding import Finding, missing_images
from dynseg.formats.outgoing.counts import Counts, Loss

if TYPE_CHECKING:
    from dynseg.formats.incoming.importing import ImportReport

MAX_LINES = 2_000
"""Findings of one kind that an answer carries; nobody reads more, and their number is in it."""

SOME_NAMES = 3
"""Names that a sentence has room for."""


class Findings(msgspec.Struct, frozen=True):
    """What is to be said about places in files.

    Attributes:
        count: How many findings there are.
        lines: The first of them, `labels/a.txt:3: has fewer than 3 different points`.
        missing: How many of them say that an image is not there, and nothing else.
        missing_images: How many images these are.
        missing_names: The first of these.
    """

    count: int = 0
    lines: list[str] = []
    missing: int = 0
    missing_images: int = 0
    missing_names: list[str] = []

    def text(self, title: str) -> str:
        """A paragraph for a report; empty when there is nothing."""
        if not self.count:
            return ""
        more = self.count - len(self.lines)
        lines = [f"{title} ({self.count:,})", *(f"  {line}" for line in self.lines)]
        return "\n".join([*lines, f"  ... and {more:,} more"] if more else lines) + "\n"


class Problem(msgspec.Struct, frozen=True):
    """Why something cannot be done as it was asked for."""

    message: str
    hint: str = ""


class ImportAnswer(msgspec.Struct, frozen=True):
    """What an import does, or would do.

    Attributes:
        format: Name of the format that was read.
        recognised: Formats that the source may be, with how many files each, most first; empty
            when the format was named.
        classes: Names of the classes of the source and how many shapes have each.
        marks: Those of them that are no classes in that format.
        numbered: Whether the source only numbers its classes.
        images: Images of the project that labels were found for.
        instances: Shapes that are added.
        by_class: The same by the name of the class in the project.
        added_classes: Classes that the project lacks and gets.
        duplicates: Shapes that the project has already.
        ignored: Shapes whose class is left out.
        superseded: Proposals of the project, touched by nobody, that give way.
        repaired, refused: What is said about places in the files.
        run_id: The run that takes it back; empty when nothing was changed.
        problem: Why it cannot be done with these choices; then the counts are 0.
    """

    format: str
    recognised: list[tuple[str, int]] = []
    classes: list[tuple[str, int]] = []
    marks: list[str] = []
    numbered: bool = False
    images: int = 0
    instances: int = 0
    by_class: dict[str, int] = {}
    added_classes: list[str] = []
    duplicates: int = 0
    ignored: int = 0
    superseded: int = 0
    repaired: Findings = Findings()
    refused: Findings = Findings()
    run_id: str = ""
    problem: Problem | None = None


class PreflightAnswer(Counts, frozen=True):
    """What an export would hold.

    Attributes:
        dropped: What would be left out.
        repaired: What would be changed.
    """

    dropped: Findings = Findings()
    repaired: Findings = Findings()


class LossesAnswer(msgspec.Struct, frozen=True):
    """What each format would lose, by its name."""

    formats: dict[str, Loss] = {}


class RoundTripAnswer(msgspec.Struct, frozen=True):
    """How well an export, read again, holds the shapes that it was made of.

    Attributes:
        shapes: How many were compared.
        extra: Objects of the export that no shape accounts for.
        mean_iou, min_iou: Their overlap.
        lowest: Image, number of the shape and overlap, the lowest first.
        broken: How many shapes the export has less of than format and policy should leave.
        worst: Those of them by image, number and overlap with what should be left, lowest first.
    """

    shapes: int
    extra: int
    mean_iou: float
    min_iou: float
    lowest: list[tuple[str, int, float]] = []
    broken: int = 0
    worst: list[tuple[str, int, float]] = []


class ExportAnswer(msgspec.Struct, frozen=True):
    """What an export has written; fields as in `dynseg.formats.outgoing.exporting.ExportSummary`.

    Attributes:
        check: What reading it again found; None when that was not asked for, or failed.
        check_problem: Why it could not be compared; empty when it was.
    """

    path: str
    format: str
    images: int
    instances: int
    shapes: int
    joined: int
    filled: int
    divided: int
    by_split: dict[str, int]
    dropped: Findings
    repaired: Findings
    check: RoundTripAnswer | None = None
    check_problem: str = ""


class FramesAnswer(msgspec.Struct, frozen=True):
    """What came of a video; fields as in `dynseg.images.frames.FrameSummary`."""

    folder: str
    seen: int
    written: int
    kept: int
    alike: int
    note: str = ""


class CheckLine(msgspec.Struct, frozen=True):
    """One finding of a check; fields as in `dynseg.curation.checks.CheckFinding`."""

    kind: str
    text: str
    rel: str = ""
    image_id: int | None = None
    instance_id: str | None = None
    fixable: bool = False


class CheckAnswer(msgspec.Struct, frozen=True):
    """What a check found.

    Attributes:
        lines: The first findings.
        count: How many there are.
        fixable: How many of them can be repaired at once.
        fixed: How many were repaired now.
        remarks: How many of them are no fault of the labels (`dynseg.curation.checks.REMARKS`).
    """

    lines: list[CheckLine]
    count: int
    fixable: int
    fixed: int = 0
    remarks: int = 0


def listed(found: Sequence[Finding]) -> Findings:
    """Findings as an answer carries them."""
    gone = missing_images(found)
    return Findings(
        len(found),
        [str(finding) for finding in found[:MAX_LINES]],
        sum(bool(finding.missing) for finding in found),
        len(gone),
        gone[:SOME_NAMES],
    )


def with_report(answer: ImportAnswer, done: ImportReport) -> ImportAnswer:
    """An answer, and what the import did or would do."""
    return structs.replace(
        answer,
        instances=done.instances,
        by_class=done.by_class,
        added_classes=list(done.added_classes),
        duplicates=done.duplicates,
        ignored=done.ignored,
        superseded=done.superseded,
        repaired=listed(done.repaired),
        refused=listed(done.refused),
        run_id=done.run_id or "",
    )


def to_result(answer: msgspec.Struct) -> dict[str, Any]:
    """An answer as the `result` of `Finished`."""
    return dict(msgspec.to_builtins(answer))


Answer = TypeVar("Answer", bound=msgspec.Struct)


def from_result(result: dict[str, Any], kind: type[Answer]) -> Answer:
    """The answer in the `result` of `Finished`.

    Raises:
        msgspec.ValidationError: it is none of this kind.
    """
    return msgspec.convert(result, kind)
