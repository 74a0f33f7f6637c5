"""What a pre-label run would do to a project, image by image, without doing it (B9)."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from dynseg.annotation.classes import ClassLabel, ClassTable, colour_for
from dynseg.annotation.document import Annotation
from dynseg.annotation.rejections import Rejections
from dynseg.errors import DamagedError, DynsegError, ImageError, UnknownImageError
from dynseg.inference.detections import Detection
from dynseg.inference.difference import Difference, difference
from dynseg.inference.drafts import needed_classes
from dynseg.inference.matching import (
    chosen_classes,
    class_mapping,
    filtered,
    missing_classes,
    usable_names,
)
from dynseg.inference.merge import SETTLED, propose
from dynseg.inference.names import Names
from dynseg.inference.naming import RunNames
from dynseg.inference.predictor import Predictor
from dynseg.inference.runs.finder import loaded
from dynseg.inference.runs.pipeline import PER_COMMIT, Between, looking_up
from dynseg.inference.runs.scope import Scope, Works, images_in, require_same, require_size, usable
from dynseg.inference.runs.stages import Stages
from dynseg.inference.runs.summary import PrelabelSummary, Tally, reason, summary
from dynseg.inference.runs.work import Outcome, Work
from dynseg.inference.settings import PredictSettings
from dynseg.inference.tiles import sized
from dynseg.progress import CancelToken, Meter, Report, ignore
from dynseg.project.store import Store


@dataclass(frozen=True, slots=True)
class ImagePreview:
    """What a run would do to one image.

    Attributes:
        image_id: The image.
        rel: Path relative to the images folder.
        run: What the run would add, remove and change: proposals alone.
        people: What the model finds, misses and sees differently than the labels that people
            answer for; empty where there are none and nobody has settled the image.
        settled: Reviewed or skipped, so a run leaves it alone.
        classes: The classes after the run: those that it would add have negative ids.
    """

    image_id: int
    rel: str
    run: Difference
    people: Difference
    settled: bool
    classes: ClassTable


def preview_project(
    store: Store,
    model: Path | Predictor,
    *,
    settings: PredictSettings,
    scope: Scope | str | Sequence[int] = "unlabelled",
    tell: Callable[[ImagePreview], None],
    report: Report = ignore,
    cancel: CancelToken | None = None,
    between: Callable[[], None] = lambda: None,
) -> PrelabelSummary:
    """Compare what a run would propose with what is there.

    No label and no class changes. What the model finds is kept in the project's cache, so the run
    that follows does not look again. Images that are reviewed or skipped are compared as well when
    they are in the scope, although a run leaves them alone.

    Args:
        store: The project, open for writing.
        model: A model file, or a loaded model.
        settings: How the model runs and from which score on it proposes.
        scope: Which images: by state, or by id.
        tell: Told about each image, in the order of the list.
        report: Told after every image.
        cancel: Asked between images.
        between: Called between images on this thread: urgent work is done there.

    Returns:
        What was looked at; `instances` counts the proposals that there would be.

    Raises:
        InputError: the scope has an unknown name.
        ModelFileError: the model cannot be used.
        EngineError: the model cannot run.
        CancelledError: `cancel` was set.
    """
    tally = Tally()
    rows = usable(images_in(store, scope), tally, settled=True)
    predictor = loaded(model, settings, report, images=len(rows))
    started_s = time.monotonic()
    meter = Meter("Comparing", len(rows), report)
    comparison = _Comparison(store, predictor, settings, look_up=looking_up(cancel, between))
    try:
        looks, names = sized(settings, store), comparison.names() if rows else None
        found = Stages(predictor, looks, cancel=cancel, between=between, report=report, names=names)
        for image, outcome in found.run(Works(store, rows, predictor.card, settings)):
            meter.advance()
            if isinstance(outcome, DynsegError):
                tally.failed.append((image.rel, reason(outcome)))
                continue
            try:
                preview, proposals = comparison.of(image, outcome)
            except (DamagedError, UnknownImageError, ImageError) as error:
                tally.failed.append((image.rel, reason(error)))
                continue
            tally.add(fresh=outcome.fresh, instances=proposals)
            tell(preview)
    finally:
        comparison.keep_found()
    return summary(tally, started_s, predictor, None)


class _Comparison:
    """Answers for one image after the other, with the classes that a run would have added."""

    def __init__(
        self,
        store: Store,
        predictor: Predictor,
        settings: PredictSettings,
        *,
        look_up: Between,
    ) -> None:
        self._store = store
        self._card = predictor.card
        self._settings = settings
        chosen = chosen_classes(store, predictor.card.model_id)
        self._chosen = filtered(predictor.card, chosen, settings.classes)
        self._classes = store.classes()
        self._usable = usable_names(predictor.card, self._classes, chosen=self._chosen)
        self._names = RunNames(store, confidence=settings.confidence, look_up=look_up)
        self._fresh: list[tuple[Work, bytes]] = []

    def names(self) -> Names | None:
        """Who gives names, after what is reviewed now."""
        return self._names.among(self._usable)

    def of(self, image: Work, outcome: Outcome) -> tuple[ImagePreview, int]:
        """The preview of one image and the number of its proposals after the run."""
        store, named = self._store, self._names.of(image, outcome, self._usable)
        if named is not None:
            outcome = replace(outcome, found=named)
        before = store.annotation(image.key)
        require_size(image, (before.width, before.height))
        found = outcome.detections
        if outcome.fresh or named is not None:
            self._fresh.append((image, outcome.packed))
            if len(self._fresh) >= PER_COMMIT:
                self.keep_found()
        settled = before.state in SETTLED
        if not settled:
            self._add_classes(found)
        rejected = store.rejections(image.key) if before.revision else None
        after = self._proposed(before, found, rejected)
        answered = [item for item in before.instances if settled or item.is_human_work]
        people = Difference()
        if answered or settled:
            bare = Annotation(before.image_id, before.width, before.height)
            people = difference(answered, self._proposed(bare, found).instances)
        run = difference(before.instances, after.instances)
        proposals = sum(not item.is_human_work for item in after.instances)
        preview = ImagePreview(image.key, image.rel, run, people, settled, self._classes)
        return preview, 0 if settled else proposals

    def keep_found(self) -> None:
        """Put what the model has found into the project's cache."""
        fresh, self._fresh = self._fresh, []
        if not fresh:
            return
        model_id, key = self._card.model_id, self._settings.key(self._card)
        answers = []
        with self._store.all_or_nothing():
            files = self._store.files([work.key for work, _ in fresh])
            for work, packed in fresh:
                with suppress(UnknownImageError, ImageError):
                    require_same(work, files)
                    answers.append((work.key, model_id, key, packed))
            self._store.save_predictions(answers)

    def _proposed(
        self, before: Annotation, found: Sequence[Detection], rejected: Rejections | None = None
    ) -> Annotation:
        return propose(
            before,
            found,
            model_id=self._card.model_id,
            run_id=None,
            confidence=self._settings.confidence,
            mapping=class_mapping(self._card, self._classes, chosen=self._chosen),
            names=self._usable,
            rejected=rejected,
            region=self._settings.region,
        )

    def _add_classes(self, found: Sequence[Detection]) -> None:
        """Classes that a run would add here, under ids that no project has."""
        seen = needed_classes(found, self._settings.confidence, self._usable)
        missing = missing_classes(self._card, self._classes, chosen=self._chosen)
        new = tuple(
            ClassLabel(-1 - index, missing[index], colour_for(len(self._classes)))
            for index in sorted(seen & missing.keys())
        )
        if new:
            self._classes = ClassTable((*self._classes.labels, *new))
