"""Pre-label the images of a project, as one run that can be taken back as one."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from dynseg.annotation.classes import ClassTable
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation
from dynseg.errors import DamagedError, DynsegError, ImageError, ProjectError, UnknownImageError
from dynseg.inference import detections as packing
from dynseg.inference.detections import Detection
from dynseg.inference.drafts import Draft, Rules, drafted
from dynseg.inference.matching import (
    chosen_classes,
    class_mapping,
    filtered,
    missing_classes,
    usable_names,
)
from dynseg.inference.merge import SETTLED, with_draft
from dynseg.inference.names import Names
from dynseg.inference.naming import OPENING_S, Examples, RunNames
from dynseg.inference.predictor import Predictor
from dynseg.inference.runs import scope as scope_of
from dynseg.inference.runs.finder import Finder, finder_of
from dynseg.inference.runs.scope import Scope
from dynseg.inference.runs.summary import PrelabelSummary, Tally, reason, summary
from dynseg.inference.runs.work import Outcome, Work
from dynseg.inference.screen import Screen
from dynseg.inference.settings import PredictSettings
from dynseg.inference.tiles import predict_tiled, sized
from dynseg.model.card import ModelCard
from dynseg.progress import CancelledError, CancelToken, Meter, Report, ignore
from dynseg.project.runs import PRELABEL, UNDONE
from dynseg.project.store import Store

Between = Callable[[], None]

_Answer = tuple[int, str, str, bytes]
"""Image id, model id, settings key, packed detections."""

PER_COMMIT = 128
"""Images that are worth a transaction."""

SHAPES_PER_COMMIT = 1200
"""Shapes that are worth a transaction, however few images have them."""

MOST_WAITING = 512
"""Images that wait while others are written; with more the disk is too slow for the network."""

TRIES = 3
"""An image that its person is changing right now is looked at again this often."""

COMMIT_EVERY_S = 1.0
"""What was found is on the disk at most this much later: a crash costs a second of work."""


def predict_image(
    store: Store,
    image_id: int,
    predictor: Predictor,
    settings: PredictSettings,
    *,
    screen: Screen | None = None,
    examples: Examples | None = None,
    report: Report = ignore,
    look_up: Between = lambda: None,
) -> int:
    """Find the candidates of one image and keep them in the project's cache.

    Args:
        store: The project.
        image_id: The image.
        predictor: The model.
        settings: How it runs.
        screen: Keeps the pixels for what the person may ask next.
        examples: Reviewed shapes, for the names of what a model without classes finds.
        report: Told after every tile of a large image.
        look_up: Called between tiles; what it raises ends the work.

    Returns:
        How many.

    Raises:
        ImageError: the image cannot be read.
        EngineError: the model cannot run.
    """
    card = predictor.card
    known = scope_of.cached(store, image_id, card, settings)
    found, pixels = known, None
    if found is None:
        pixels = (screen or Screen()).pixels(store, image_id)
        found = predict_tiled(
            pixels, predictor, sized(settings, store), report=report, look_up=look_up
        )
    found = named(store, image_id, found, card, examples or Examples(), pixels)
    if found is not known:
        data = packing.encode(found)
        store.save_predictions([(image_id, card.model_id, settings.key(card), data)])
    return len(found)


def named(
    store: Store,
    image_id: int,
    found: list[Detection],
    card: ModelCard,
    examples: Examples,
    pixels: NDArray[np.uint8] | None,
) -> list[Detection]:
    """What a model found in an image; of one without classes with the names of what it resembles.

    Args:
        store: The project.
        image_id: The image.
        found: What the model found there, surest first.
        card: The model's.
        examples: Reviewed shapes; takes in those that are new.
        pixels: `(H, W, 3)` uint8 RGB of the image, where somebody has them.

    Returns:
        The very same list when no name changes.
    """
    if not card.class_agnostic or not found:
        return found
    names = usable_names(card, store.classes(), chosen=chosen_classes(store, card.model_id))
    if names:
        examples.look(store, most_s=OPENING_S)
    row = store.image(image_id)
    path, size = store.image_path(image_id), (row.width, row.height)
    return examples.named(found, path, size, names, pixels=pixels)


def prelabel_project(
    store: Store,
    model: Path | Predictor | Finder,
    *,
    settings: PredictSettings,
    scope: Scope | str | Sequence[int] = "unlabelled",
    report: Report = ignore,
    cancel: CancelToken | None = None,
    run_id: str | None = None,
    between: Between = lambda: None,
) -> PrelabelSummary:
    """Put a model's proposals into a project, as one run that can be taken back as one.

    Human work stays as it is; a second run with the same model changes nothing; what an
    interrupted run had found is not looked for again.

    Args:
        store: The project, open for writing.
        model: A model file, a loaded model, or a model that runs elsewhere.
        settings: How the model runs and from which score on it proposes.
        scope: Which images: by state, or by id.
        report: Told after every image.
        cancel: Asked between images.
        run_id: A run to go on with, or the id of one that is to begin.
        between: Called between images on this thread, so that urgent work is not kept waiting.

    Raises:
        InputError: the scope has an unknown name.
        ModelFileError: the model cannot be used.
        EngineError: the model cannot run; images that were finished keep their proposals.
        CancelledError: `cancel` was set, and what was done stays; or the run was taken back.
        StoreWriteError: the disk is full or failed.
    """
    tally = Tally()
    usable = scope_of.usable(scope_of.images_in(store, scope), tally)
    finder = finder_of(model, settings, report, images=len(usable))
    started_s = time.monotonic()
    documents = scope_of.Documents(store, [row.id for row in usable])
    look_up = looking_up(cancel, between)
    proposals = _Proposals(store, documents, finder.card, settings, tally, run_id, look_up=look_up)
    meter = Meter("Pre-labelling", len(usable), report)
    works = scope_of.Works(store, usable, finder.card, settings)
    state = "failed"
    try:
        looks, names = sized(settings, store), proposals.names() if usable else None
        now = proposals.rules_now
        for work, outcome in finder.find(
            works, looks, cancel=cancel, between=between, report=report, names=names, rules=now
        ):
            proposals.add(work, outcome)
            meter.advance()
        proposals.flush()
        state = "finished"
    except CancelledError:
        proposals.flush()
        state = "cancelled"
        raise
    finally:
        proposals.close(state)
    return summary(tally, started_s, finder, proposals.run_id)


def looking_up(cancel: CancelToken | None, between: Between) -> Between:
    """What long work calls now and then: it serves what is urgent, and ends when it is asked to."""

    def look_up() -> None:
        if cancel is not None:
            cancel.check()
        between()

    return look_up


class _Merged(NamedTuple):
    """What a model found in an image and what its annotation becomes, before it is written."""

    work: Work
    outcome: Outcome
    rules: Rules
    before: Annotation
    after: Annotation

    @property
    def is_new(self) -> bool:
        """Whether there is something to write."""
        return self.after is not self.before


class _Proposals:
    """Merges what was found, image by image, and writes it in transactions of a few images.

    The network waits for the thread that does this when it is away for long: so every image is
    merged as it comes, and a thread of its own writes, which mostly waits for the disk. What comes
    meanwhile goes with its next transaction.

    Attributes:
        run_id: The run, made when there is something to write.
        rules: What makes drafts of proposals, by the classes of the project as they are now.
    """

    rules: Rules

    def __init__(
        self,
        store: Store,
        documents: scope_of.Documents,
        card: ModelCard,
        settings: PredictSettings,
        tally: Tally,
        run_id: str | None,
        *,
        look_up: Between,
    ) -> None:
        self._wanted_id = run_id
        self._store = store
        self.run_id = run_id if run_id is not None and store.runs(run_id) else None
        self._end_if_taken_back()
        self._documents = documents
        self._card = card
        self._settings = settings
        self._tally = tally
        self._chosen = filtered(card, chosen_classes(store, card.model_id), settings.classes)
        self._names = RunNames(store, confidence=settings.confidence, look_up=look_up)
        self._waiting: list[_Merged] = []
        self._answers: list[_Answer] = []
        self._shapes = 0
        self._written_s = time.monotonic()
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="write")
        self._written: Future[list[_Merged]] | None = None
        self._read_classes()

    def rules_now(self) -> Rules:
        """The rules, for other threads."""
        return self.rules

    def names(self) -> Names | None:
        """Who gives names in this run, after what was reviewed before it."""
        return self._names.among(self.rules.names)

    def add(self, work: Work, outcome: Outcome | DynsegError) -> None:
        """Propose what was found in one image, or note why it could not be used."""
        if isinstance(outcome, DynsegError):
            self._tally.failed.append((work.rel, reason(outcome)))
            return
        named = self._names.of(work, outcome, self.rules.names)
        if named is not None:
            outcome = replace(outcome, found=named, draft=None)
        if outcome.fresh or named is not None:
            key = self._settings.key(self._card)
            self._answers.append((work.key, self._card.model_id, key, outcome.packed))
        merged = self._merged([(work, outcome)])
        self._waiting += merged
        self._shapes += sum(len(item.after.instances) for item in merged if item.is_new)
        late = time.monotonic() - self._written_s > COMMIT_EVERY_S
        if late or len(self._waiting) >= PER_COMMIT or self._shapes >= SHAPES_PER_COMMIT:
            is_written = self._written is None or self._written.done()
            if is_written or len(self._waiting) >= MOST_WAITING:
                self._begin_to_write()

    def flush(self) -> None:
        """Write what was found; images changed meanwhile keep what their person made of them."""
        self._begin_to_write()
        self._settle()

    def _begin_to_write(self) -> None:
        """Have written what was found so far, when what is being written is on the disk."""
        self._settle()
        waiting, self._waiting = self._waiting, []
        answers, self._answers = self._answers, []
        self._read_classes()
        old = [item for item in waiting if item.rules != self.rules]
        if old:
            waiting = [item for item in waiting if item.rules == self.rules]
            waiting += self._merged([(item.work, item.outcome) for item in old])
        self._shapes, self._written_s = 0, time.monotonic()
        if waiting or answers:
            self._written = self._writer.submit(self._commit, waiting, answers)

    def _settle(self) -> None:
        """Wait for what is being written; what was refused is made anew from what is there now."""
        written, self._written = self._written, None
        refused = [] if written is None else written.result()
        for _ in range(TRIES - 1):
            if not refused:
                return
            self._end_if_taken_back()
            self._read_classes()
            waiting = self._merged([(item.work, item.outcome) for item in refused])
            refused = self._commit(waiting, [])
        self._tally.skipped += len(refused)

    def _end_if_taken_back(self) -> None:
        """Somebody has taken the run back while it went on: nothing more of it is wanted."""
        run_id = self.run_id
        if run_id is not None and any(r.state == UNDONE for r in self._store.runs(run_id)):
            self._waiting, self._answers = [], []
            raise CancelledError

    def close(self, state: str) -> None:
        """Write what is left, if the project still takes it, and how the run ended."""
        with self._writer, suppress(ProjectError):
            self.flush()
            if self.run_id is not None:
                self._store.finish_run(self.run_id, state)

    def _merged(self, found: Sequence[tuple[Work, Outcome]]) -> list[_Merged]:
        """Proposals in the documents; images that have no sound one for them are told, and left."""
        merged = []
        for work, outcome in found:
            try:
                before = self._documents.take(work.key)
                scope_of.require_size(work, (before.width, before.height))
                after = self._proposed(before, outcome)
            except (DamagedError, UnknownImageError, ImageError) as error:
                self._tally.failed.append((work.rel, reason(error)))
            else:
                merged.append(_Merged(work, outcome, self.rules, before, after))
        return merged

    def _commit(self, merged: Sequence[_Merged], answers: Sequence[_Answer]) -> list[_Merged]:
        """Write what was found and proposed in one transaction; what was refused comes back."""
        changes = {item.work.key: diff(item.before, item.after) for item in merged if item.is_new}
        refused: set[int] = set()
        if answers or changes:
            with self._store.all_or_nothing():  # to wait for the disk once is enough
                merged, answers = self._in_place(merged, answers)
                self._store.save_predictions(answers)
                wanted = [item for item in merged if item.is_new]
                # Nobody changes them now; a class that is gone would come back with its shapes.
                rules = self._rules_by(self._store.classes())
                refused.update(item.work.key for item in wanted if item.rules != rules)
                rows = [
                    (key, item.before.revision, changes[key])
                    for item in wanted
                    if (key := item.work.key) not in refused
                ]
                if rows:
                    refused.update(self._store.commit_run(self._begun(), rows))
        for item in merged:
            if item.work.key not in refused:
                self._count(item.after, item.outcome)
        return [item for item in merged if item.work.key in refused]

    def _in_place(
        self, merged: Sequence[_Merged], answers: Sequence[_Answer]
    ) -> tuple[Sequence[_Merged], Sequence[_Answer]]:
        """Without what was found for images that are gone, or have another file meanwhile.

        Answers of images that were told already must not come back as what is known of them.
        """
        files = self._store.files([item.work.key for item in merged])
        kept = []
        for item in merged:
            try:
                scope_of.require_same(item.work, files)
            except (UnknownImageError, ImageError) as error:
                self._tally.failed.append((item.work.rel, reason(error)))
            else:
                kept.append(item)
        keys = {item.work.key for item in kept}
        return kept, [answer for answer in answers if answer[0] in keys]

    def _proposed(self, before: Annotation, outcome: Outcome) -> Annotation:
        """The document with the proposals; the very same when they are there already."""
        if before.state in SETTLED:
            return before
        draft = self._draft(before.image_id, outcome)
        # Most images of a first run have no history to look into.
        rejected = self._store.rejections(before.image_id) if before.revision else None
        lay = partial(with_draft, before, draft, rejected=rejected, region=self._settings.region)
        after = lay(run_id=self.run_id)
        # A run that changes nothing is not worth an entry in the history.
        if after is not before and self.run_id is None:
            after = lay(run_id=self._begun())
        return after

    def _draft(self, image_id: int, outcome: Outcome) -> Draft:
        """What to propose; the project gets the classes that this needs."""
        draft = outcome.draft
        if draft is None or not draft.fits(self.rules):
            draft = drafted(image_id, outcome.detections, self.rules)
        if draft.mapping.keys() & self._missing.keys():
            self._read_classes()  # somebody may have added them meanwhile
            while new := draft.mapping.keys() & self._missing.keys():
                self._store.add_class(self._missing[min(new)], run_id=self._begun())
                self._read_classes()
            draft = drafted(image_id, outcome.detections, self.rules)
        return draft

    def _begun(self) -> str:
        if self.run_id is None:
            self._store.backup("before a run")
            settings = msgspec.to_builtins(self._settings)
            self.run_id = self._store.begin_run(
                PRELABEL, self._card.model_id, settings, run_id=self._wanted_id
            )
        return self.run_id

    def _count(self, after: Annotation, outcome: Outcome) -> None:
        if after.state in SETTLED:
            self._tally.skipped += 1
            return
        proposals = sum(not item.is_human_work for item in after.instances)
        self._tally.add(fresh=outcome.fresh, instances=proposals)

    def _read_classes(self) -> None:
        """Make the rules: what was merged by others is looked at again before it is written."""
        table = self._store.classes()
        self._missing = missing_classes(self._card, table, chosen=self._chosen)
        self.rules = self._rules_by(table)

    def _rules_by(self, table: ClassTable) -> Rules:
        return Rules(
            self._card.model_id,
            self._settings.confidence,
            class_mapping(self._card, table, chosen=self._chosen),
            frozenset(usable_names(self._card, table, chosen=self._chosen)),
        )
