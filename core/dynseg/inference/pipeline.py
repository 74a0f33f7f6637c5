"""Pre-label many images: decode, run, trace and store overlap; memory stays bounded."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from dynseg.annotation.delta import Delta, diff
from dynseg.annotation.document import ImageState
from dynseg.errors import DynsegError, InputError
from dynseg.images.decode import decode
from dynseg.inference import detections as packing
from dynseg.inference.detections import Detection
from dynseg.inference.merge import class_mapping, missing_classes, propose
from dynseg.inference.predictor import Predictor
from dynseg.inference.settings import PredictSettings
from dynseg.inference.stages import Outcome, Work, detected
from dynseg.inference.summary import PrelabelSummary, Tally, reason, summary
from dynseg.progress import CancelledError, CancelToken, Meter, Report, ignore
from dynseg.project.records import ImageRow
from dynseg.project.store import Store

Scope = Literal["unlabelled", "unreviewed", "all"]
Between = Callable[[], None]

PER_COMMIT = 32
COMMIT_EVERY_S = 1.0
"""What was found is on the disk at most this much later: a crash costs a second of work."""
_STATES: dict[str, frozenset[ImageState]] = {
    "unlabelled": frozenset({ImageState.UNLABELLED}),
    "unreviewed": frozenset(ImageState) - {ImageState.REVIEWED, ImageState.SKIPPED},
    "all": frozenset(ImageState),
}


def mapping_key(model_id: str) -> str:
    """Project setting that keeps what a person chose for the classes of a model."""
    return f"class_mapping.{model_id}"


def chosen_classes(store: Store, model_id: str) -> dict[str, int | None]:
    """What a person chose for names of a model's classes; empty for the defaults."""
    text = store.setting(mapping_key(model_id))
    try:
        return msgspec.json.decode(text.encode(), type=dict[str, int | None]) if text else {}
    except msgspec.DecodeError:
        return {}


def predict_image(
    store: Store, image_id: int, predictor: Predictor, settings: PredictSettings
) -> int:
    """Find the candidates of one image and keep them in the project's cache.

    Returns:
        How many.

    Raises:
        ImageError: the image cannot be read.
        EngineError: the model cannot run.
    """
    cached = _cached(store, image_id, predictor, settings)
    if cached is not None:
        return len(cached)
    found = predictor.predict(decode(store.image_path(image_id)).pixels, settings)
    data = packing.encode(found)
    store.save_predictions([(image_id, predictor.card.model_id, settings.key(), data)])
    return len(found)


def prelabel_project(
    store: Store,
    model: Path | Predictor,
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
        model: A model file, or a loaded model.
        settings: How the model runs and from which score on it proposes.
        scope: Which images: by state, or by id.
        report: Told after every image.
        cancel: Asked between images.
        run_id: A run to go on with.
        between: Called between images on this thread, so that urgent work is not kept waiting.

    Raises:
        InputError: no image is in the scope, or the scope has an unknown name.
        ModelFileError: the model cannot be used.
        CancelledError: `cancel` was set; images that were finished keep their proposals.
        StoreWriteError: the disk is full or failed.
    """
    predictor = (
        model if isinstance(model, Predictor) else Predictor.load(model, device=settings.device)
    )
    tally = Tally()
    usable = _usable(_in_scope(store, scope), tally)
    card = predictor.card
    run = run_id or store.begin_run("prelabel", card.model_id, msgspec.to_builtins(settings))
    started_s = time.monotonic()
    writer = _ProposalWriter(store, predictor, settings, run, tally)
    meter = Meter("Pre-labelling", len(usable), report)
    state = "failed"
    try:
        works = _work(store, usable, predictor, settings)
        for work, outcome in detected(works, predictor, settings, cancel or CancelToken()):
            writer.add(work, outcome)
            meter.advance()
            between()
        state = "finished"
    except CancelledError:
        state = "cancelled"
        raise
    finally:
        writer.flush()
        store.finish_run(run, state)
    return summary(tally, started_s, predictor, run)


class _ProposalWriter:
    """Collects what was found and writes it in transactions of a few images."""

    def __init__(
        self,
        store: Store,
        predictor: Predictor,
        settings: PredictSettings,
        run_id: str,
        tally: Tally,
    ) -> None:
        self._store = store
        self._card = predictor.card
        self._settings = settings
        self._run_id = run_id
        self._tally = tally
        self._chosen = chosen_classes(store, predictor.card.model_id)
        self._pending: list[tuple[int, int, Delta]] = []
        self._fresh: list[tuple[int, str, str, bytes]] = []
        self._written_s = time.monotonic()

    def add(self, work: Work, outcome: Outcome | DynsegError) -> None:
        """Propose what was found in one image, or note why it could not be used."""
        if isinstance(outcome, DynsegError):
            self._tally.failed.append((work.rel, reason(outcome)))
            return
        if outcome.fresh:
            data = packing.encode(outcome.detections)
            self._fresh.append((work.key, self._card.model_id, self._settings.key(), data))
        self._add_classes(outcome.detections)
        before = self._store.annotation(work.key)
        after = propose(
            before,
            outcome.detections,
            model_id=self._card.model_id,
            run_id=self._run_id,
            confidence=self._settings.confidence,
            mapping=class_mapping(self._card, self._store.classes(), chosen=self._chosen),
        )
        if before.state in (ImageState.REVIEWED, ImageState.SKIPPED):
            self._tally.skipped += 1
        else:
            self._tally.images += 1
            self._tally.instances += sum(not i.is_human_work for i in after.instances)
        if after is not before:
            self._pending.append((work.key, before.revision, diff(before, after)))
        late = time.monotonic() - self._written_s > COMMIT_EVERY_S
        if late or max(len(self._pending), len(self._fresh)) >= PER_COMMIT:
            self.flush()

    def flush(self) -> None:
        """Write what is pending; images changed meanwhile keep what their person made of them."""
        if self._fresh:
            self._store.save_predictions(self._fresh)
        if self._pending:
            refused = self._store.commit_run(self._run_id, self._pending)
            self._tally.skipped += len(refused)
            self._tally.images -= len(refused)
        self._fresh, self._pending = [], []
        self._written_s = time.monotonic()

    def _add_classes(self, found: Sequence[Detection]) -> None:
        """Add the classes that are about to be proposed and that the project lacks."""
        seen = {d.class_index for d in found if d.score >= self._settings.confidence}
        missing = missing_classes(self._card, self._store.classes(), chosen=self._chosen)
        for index in sorted(seen & missing.keys()):
            self._store.add_class(missing[index])


def _in_scope(store: Store, scope: Scope | str | Sequence[int]) -> list[ImageRow]:
    rows = store.images()
    if not isinstance(scope, str):
        wanted = set(scope)
        chosen = [row for row in rows if row.id in wanted]
    elif scope in _STATES:
        chosen = [row for row in rows if row.state in _STATES[scope]]
    else:
        raise InputError(f"{scope!r} is no choice of images.", f"Use one of {', '.join(_STATES)}.")
    return chosen


def _usable(rows: Iterable[ImageRow], tally: Tally) -> list[ImageRow]:
    """The images worth a look; reviewed and damaged ones are counted and left out."""
    usable = []
    for row in rows:
        if row.damage:
            tally.failed.append((row.rel, row.damage))
        elif row.state in (ImageState.REVIEWED, ImageState.SKIPPED):
            tally.skipped += 1
        else:
            usable.append(row)
    return usable


def _cached(
    store: Store, image_id: int, predictor: Predictor, settings: PredictSettings
) -> list[Detection] | None:
    data = store.predictions(image_id, predictor.card.model_id, settings.key())
    try:
        return None if data is None else packing.decode(data)
    except ValueError:
        return None  # damaged cache: the model looks again


def _work(
    store: Store, rows: Iterable[ImageRow], predictor: Predictor, settings: PredictSettings
) -> Iterator[Work]:
    for row in rows:
        cached = _cached(store, row.id, predictor, settings)
        yield Work(row.id, row.rel, store.image_path(row.id), cached)
