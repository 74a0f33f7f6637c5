"""Jobs about files: labels in, data sets out. None of them needs a model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from msgspec.structs import replace

from dynseg.curation import checks, split
from dynseg.errors import InputError
from dynseg.formats import registry
from dynseg.formats.incoming import archive
from dynseg.formats.incoming.importing import Choice, ImportPlan, prepare
from dynseg.formats.incoming.merging import How
from dynseg.formats.outgoing import preflight
from dynseg.formats.outgoing.counts import Counts
from dynseg.formats.outgoing.exporting import Link, export
from dynseg.formats.outgoing.policy import Holes, Parts, Policy
from dynseg.formats.outgoing.round_trip import RoundTrip, round_trip
from dynseg.images.frame_process import extract_apart
from dynseg.images.frames import FrameChoice
from dynseg.progress import CancelToken, Progress, Report
from dynseg.project.store import Store
from dynseg.project.view import ProjectView
from dynseg.worker.answers import (
    MAX_LINES,
    CheckAnswer,
    CheckLine,
    ExportAnswer,
    FramesAnswer,
    ImportAnswer,
    LossesAnswer,
    PreflightAnswer,
    Problem,
    RoundTripAnswer,
    listed,
    to_result,
    with_report,
)
from dynseg.worker.protocol import Check, Count, CountLosses, Export, Frames, Import

Recognised = list[tuple[str, int]]


class ExchangeJobs:
    """Does imports and exports; keeps the labels that it read last until they are imported.

    Args:
        reporter: Makes the report of a job by its number.
    """

    def __init__(self, reporter: Callable[[int], Report]) -> None:
        self._reporter = reporter
        self._read: tuple[tuple[str, str, str, int], ImportPlan, Recognised] | None = None

    def import_labels(self, request: Import, token: CancelToken) -> dict[str, Any]:
        """Say what an import would do, or do it."""
        choice = Choice(cast(How, request.how), request.classes)
        with Store.join(Path(request.project), request.token) as store:
            plan, recognised = self._plan(request, store, token)
            token.check()
            answer = _answer(plan, recognised, store)
            try:
                if request.dry_run:
                    done = plan.preview(store, choice)
                else:
                    done = plan.commit(store, choice)
                    self._read = None
            except InputError as error:
                if not request.dry_run:
                    raise
                return to_result(_with_problem(answer, error))
        return to_result(with_report(answer, done))

    def _plan(
        self, request: Import, view: ProjectView, token: CancelToken
    ) -> tuple[ImportPlan, Recognised]:
        """The labels of a source; those that a person was shown are the ones that come in."""
        key = (request.project, request.source, request.format, request.reading)
        if self._read is None or self._read[0] != key:
            self._read = None  # the memory of the old ones may be what the new ones need
            plan, recognised = self._fresh(request, view, token)
            self._read = (key, plan, recognised)
        return self._read[1], self._read[2]

    def _fresh(
        self, request: Import, view: ProjectView, token: CancelToken
    ) -> tuple[ImportPlan, Recognised]:
        report = self._reporter(request.job)
        recognised: Recognised = []
        name = request.format
        with archive.unpacked(Path(request.source)) as folder:
            if name == registry.AUTO:
                recognised = [(form.name, count) for form, count in registry.detect(folder)]
                # Several: the likeliest, since what is read is shown before it is taken in.
                name = recognised[0][0] if recognised else registry.choose(name, folder).name
            plan = prepare(view, folder, format_name=name, report=report, cancel=token)
        return plan, recognised

    def frames(self, request: Frames, token: CancelToken) -> dict[str, Any]:
        """Add frames of a video to the project."""
        report = self._reporter(request.job)
        source = Path(request.source)
        with Store.join(Path(request.project), request.token) as store:
            choice = FrameChoice(request.every, request.different, store.known_frames(source))
            folder = store.frame_folder(source)
            done = extract_apart(source, folder, choice, report=report, cancel=token)
            store.add_frames(done.folder, source)
        return to_result(
            FramesAnswer(
                str(done.folder), done.seen, done.written, done.kept, done.alike, done.note
            )
        )

    def check(self, request: Check, token: CancelToken) -> dict[str, Any]:
        """Look for what is doubtful, and repair what needs no judgement when asked to."""
        report = self._reporter(request.job)
        with _opened(request) as store:

            def found() -> list[checks.CheckFinding]:
                return checks.check(
                    store, read_images=request.read_images, report=report, cancel=token
                )

            findings, fixed = found(), 0
            if request.fix:
                fixed = checks.fix(store, findings)
                findings = found()
            damage = store.check()
        lines = [CheckLine("damaged database", text) for text in damage]
        lines += [
            CheckLine(f.kind.value, f.text, f.rel, f.image_id, f.instance_id, f.fixable)
            for f in findings
        ]
        fixable = sum(line.fixable for line in lines)
        remarks = sum(f.kind in checks.REMARKS for f in findings)
        return to_result(CheckAnswer(lines[:MAX_LINES], len(lines), fixable, fixed, remarks))

    def count(self, request: Count, token: CancelToken) -> dict[str, Any]:
        """Say what an export would hold."""
        with (
            _opened(request) as store,
            store.snapshot() as view,
        ):
            facts = preflight.count(
                view,
                registry.named(request.format),
                _policy(request),
                only_reviewed=request.only_reviewed,
                among=request.image_ids,
                report=self._reporter(request.job),
                cancel=token,
            )
        counts = {name: getattr(facts, name) for name in Counts.__struct_fields__}
        return to_result(
            PreflightAnswer(
                **counts, dropped=listed(facts.dropped), repaired=listed(facts.repaired)
            )
        )

    def count_losses(self, request: CountLosses, token: CancelToken) -> dict[str, Any]:
        """Say what every format would lose."""
        with _opened(request) as store, store.snapshot() as view:
            found = preflight.losses(
                view,
                registry.writable(),
                _policy(request),
                only_reviewed=request.only_reviewed,
                among=request.image_ids,
                cancel=token,
            )
        return to_result(LossesAnswer(found))

    def export(self, request: Export, token: CancelToken) -> dict[str, Any]:
        """Write a data set, and read it again when that is asked for."""
        form = registry.named(request.format)
        with _opened(request) as store:
            if request.val_share:
                split.keep_rule(store, split.SplitRule(request.val_share, request.by_folder))
            summary = export(
                store,
                Path(request.out),
                form=form,
                link=cast(Link, request.link),
                policy=_policy(request),
                only_reviewed=request.only_reviewed,
                among=request.image_ids,
                report=self._reporter(request.job),
                cancel=token,
            )
            check, problem = None, ""
            if request.verify:
                self._reporter(request.job)(Progress("Reading the data set again", 0))
                try:
                    check = _checked(round_trip(store, summary.path, form))
                except InputError as error:
                    problem = str(error)
        answer = ExportAnswer(
            path=str(summary.path),
            format=summary.format,
            images=summary.images,
            instances=summary.instances,
            shapes=summary.shapes,
            joined=summary.joined,
            filled=summary.filled,
            divided=summary.divided,
            by_split=summary.by_split,
            dropped=listed(summary.dropped),
            repaired=listed(summary.repaired),
            check=check,
            check_problem=problem,
        )
        return to_result(answer)


def _opened(request: Check | Count | CountLosses | Export) -> Store:
    """The project; read-only where the window has it so."""
    root = Path(request.project)
    return Store.join(root, request.token) if request.token else Store.open(root, read_only=True)


def _policy(request: Count | CountLosses | Export) -> Policy:
    return Policy(cast(Holes, request.holes), cast(Parts, request.parts))


def _checked(found: RoundTrip) -> RoundTripAnswer:
    lowest = sorted(found.shapes, key=lambda shape: shape.iou)[:MAX_LINES]
    worst = sorted(found.broken, key=lambda shape: shape.kept)[:MAX_LINES]
    return RoundTripAnswer(
        shapes=len(found.shapes),
        extra=found.extra,
        mean_iou=found.mean_iou,
        min_iou=found.min_iou,
        lowest=[(shape.rel, shape.number, shape.iou) for shape in lowest],
        broken=len(found.broken),
        worst=[(shape.rel, shape.number, shape.kept) for shape in worst],
    )


def _answer(plan: ImportPlan, recognised: Recognised, view: ProjectView) -> ImportAnswer:
    classes = [(found.name, found.shapes) for found in plan.classes(view)]
    return ImportAnswer(
        format=plan.format,
        recognised=recognised,
        classes=classes,
        marks=list(plan.marks(view)),
        numbered=plan.is_numbered,
        images=len(plan.read),
    )


def _with_problem(answer: ImportAnswer, error: InputError) -> ImportAnswer:
    return replace(answer, problem=Problem(error.message, error.hint))
