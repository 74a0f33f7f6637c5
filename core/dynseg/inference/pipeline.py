"""Pre-label many images: decode, run, trace and store overlap; memory stays bounded."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import msgspec

from dynseg.annotation.delta import Delta, diff
from dynseg.annotation.document import ImageState
from dynseg.errors import DynsegError, ImageError, InputError
from dynseg.files import write_atomic
from dynseg.images.decode import decode
from dynseg.images.index import scan
from dynseg.inference import detections as packing
from dynseg.inference.detections import Detection
from dynseg.inference.merge import class_mapping, missing_classes, propose
from dynseg.inference.predictor import ModelInput, Predictor
from dynseg.inference.settings import PredictSettings
from dynseg.progress import CancelledError, CancelToken, Meter, Report, ignore
from dynseg.project.records import ImageRow
from dynseg.project.store import Store

Scope = Literal["unlabelled", "unreviewed", "all"]
Between = Callable[[], None]

AHEAD = 6
"""Decoded images that wait for the network: enough that it never waits, few enough for memory."""
PER_COMMIT = 32
COMMIT_EVERY_S = 1.0
"""What was found is on the disk at most this much later: a crash costs a second of work."""
_STATES: dict[str, frozenset[ImageState]] = {
    "unlabelled": frozenset({ImageState.UNLABELLED}),
    "unreviewed": frozenset(ImageState) - {ImageState.REVIEWED, ImageState.SKIPPED},
    "all": frozenset(ImageState),
}


@dataclass(frozen=True, slots=True)
class PrelabelSummary:
    """What a run did.

    Attributes:
        images: Images that the model has looked at, now or in an earlier attempt.
        instances: Proposals on them.
        failed: Images that could not be used: path relative to the images folder, reason.
        skipped: Images that were left alone: reviewed, skipped, or changed meanwhile.
        seconds: Duration without loading the model.
        images_per_s: Rate over the whole run.
        device, backend: Where and with what it ran.
        model: Name of the model.
        run_id: The run, None for a bare folder.
    """

    images: int
    instances: int
    failed: list[tuple[str, str]]
    skipped: int
    seconds: float
    images_per_s: float
    device: str
    backend: str
    model: str
    run_id: str | None = None


@dataclass(slots=True)
class _Tally:
    images: int = 0
    instances: int = 0
    skipped: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Work:
    """One image on its way: a row of the project or a file of a folder."""

    key: int
    rel: str
    path: Path
    cached: list[Detection] | None = None


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
    rows = _in_scope(store, scope)
    tally = _Tally()
    usable = _usable(rows, tally)
    card = predictor.card
    run = run_id or store.begin_run("prelabel", card.model_id, msgspec.to_builtins(settings))
    started_s = time.monotonic()
    writer = _ProposalWriter(store, predictor, settings, run, tally)
    meter = Meter("Pre-labelling", len(usable), report)
    cancel = cancel or CancelToken()
    state = "failed"
    try:
        for work, outcome in _detected(
            _work(store, usable, predictor, settings), predictor, settings, cancel
        ):
            if isinstance(outcome, DynsegError):
                tally.failed.append((work.rel, _reason(outcome)))
            else:
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
    return _summary(tally, started_s, predictor, run)


def prelabel_folder(
    folder: Path,
    out: Path,
    model: Path | Predictor,
    *,
    settings: PredictSettings,
    recursive: bool = False,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> PrelabelSummary:
    """Write YOLO-seg labels for a folder of images that is no project.

    Each `out/<name>.txt` is written whole or not at all; files that are there are replaced. Images
    of one stem get their suffix into the name: `a.jpg` and `a.png` become `a_jpg.txt`, `a_png.txt`.

    Args:
        folder: Images.
        out: Folder for the labels, created; `classes.txt` names the classes.
        model: A model file, or a loaded model.
        settings: How the model runs and from which score on it labels.
        recursive: Also folders inside.
        report: Told after every image.
        cancel: Asked between images.

    Raises:
        InputError: there are no images.
        ModelFileError: the model cannot be used.
        CancelledError: `cancel` was set; labels that are written stay.
        OSError: the disk is full or `out` cannot be written.
    """
    names = scan(folder, recursive=recursive)
    if not names:
        raise InputError(f"{folder} holds no images.", "Give another folder.")
    predictor = (
        model if isinstance(model, Predictor) else Predictor.load(model, device=settings.device)
    )
    out.mkdir(parents=True, exist_ok=True)
    write_atomic(out / "classes.txt", "".join(f"{n}\n" for n in predictor.card.classes).encode())
    stems = _label_stems(names)
    works = (_Work(index, rel, folder / rel) for index, rel in enumerate(names))
    tally, started_s = _Tally(), time.monotonic()
    meter = Meter("Pre-labelling", len(names), report)
    for work, outcome in _detected(works, predictor, settings, cancel or CancelToken()):
        if isinstance(outcome, DynsegError):
            tally.failed.append((work.rel, _reason(outcome)))
        else:
            found, width, height = outcome.detections, outcome.width, outcome.height
            kept = [item for item in found if item.score >= settings.confidence]
            target = out / f"{stems[work.rel]}.txt"
            target.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(target, _yolo_rows(kept, width, height).encode())
            tally.images += 1
            tally.instances += len(kept)
        meter.advance()
    return _summary(tally, started_s, predictor, None)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What was found in one image of a size in pixels; `fresh` when the model ran for it."""

    detections: list[Detection]
    width: int
    height: int
    fresh: bool


class _ProposalWriter:
    """Collects what was found and writes it in transactions of a few images."""

    def __init__(
        self,
        store: Store,
        predictor: Predictor,
        settings: PredictSettings,
        run_id: str,
        tally: _Tally,
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

    def add(self, work: _Work, outcome: _Outcome) -> None:
        """Propose what was found in one image."""
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


def _usable(rows: Iterable[ImageRow], tally: _Tally) -> list[ImageRow]:
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
) -> Iterator[_Work]:
    for row in rows:
        cached = _cached(store, row.id, predictor, settings)
        yield _Work(row.id, row.rel, store.image_path(row.id), cached)


def _detected(
    works: Iterable[_Work], predictor: Predictor, settings: PredictSettings, cancel: CancelToken
) -> Iterator[tuple[_Work, _Outcome | DynsegError]]:
    """Decode ahead on threads, run the network here, trace polygons on threads behind it.

    Results come in the order of the work. At most `AHEAD` images wait on each side.
    """
    source = iter(works)
    decoding: deque[tuple[_Work, Future[tuple[ModelInput, int, int]] | None]] = deque()
    tracing: deque[tuple[_Work, Future[_Outcome] | DynsegError]] = deque()
    with ThreadPoolExecutor(2, thread_name_prefix="prelabel") as pool:

        def decode_next() -> None:
            work = next(source, None)
            if work is not None:
                task = (
                    None
                    if work.cached is not None
                    else pool.submit(_prepared, work, predictor, settings)
                )
                decoding.append((work, task))

        try:
            for _ in range(AHEAD):
                decode_next()
            while decoding or tracing:
                cancel.check()
                if decoding and len(tracing) < AHEAD:
                    work, task = decoding.popleft()
                    decode_next()
                    tracing.append((work, _run(work, task, predictor, settings, pool)))
                if tracing and (len(tracing) >= AHEAD or not decoding or _done(tracing[0][1])):
                    work, result = tracing.popleft()
                    yield work, result if isinstance(result, DynsegError) else result.result()
        finally:
            for _, waiting in decoding:
                if waiting is not None:
                    waiting.cancel()


def _done(result: Future[_Outcome] | DynsegError) -> bool:
    return isinstance(result, DynsegError) or result.done()


def _run(
    work: _Work,
    task: Future[tuple[ModelInput, int, int]] | None,
    predictor: Predictor,
    settings: PredictSettings,
    pool: ThreadPoolExecutor,
) -> Future[_Outcome] | DynsegError:
    """Run the network on one decoded image and hand its masks to a thread."""
    if task is None:
        ready: Future[_Outcome] = Future()
        ready.set_result(_Outcome(work.cached or [], 0, 0, fresh=False))
        return ready
    try:
        item, width, height = task.result()
        raw = predictor.forward(item, settings)
    except DynsegError as error:
        return error

    def finish() -> _Outcome:
        return _Outcome(predictor.polygons(raw, settings), width, height, fresh=True)

    return pool.submit(finish)


def _prepared(
    work: _Work, predictor: Predictor, settings: PredictSettings
) -> tuple[ModelInput, int, int]:
    pixels = decode(work.path).pixels
    return predictor.prepare(pixels, settings), pixels.shape[1], pixels.shape[0]


def _reason(error: DynsegError) -> str:
    return error.reason if isinstance(error, ImageError) else error.message


def _label_stems(names: Sequence[str]) -> dict[str, str]:
    """Name of each label file without suffix, unique, relative to the output folder."""
    stems: dict[str, list[str]] = {}
    for rel in names:
        stems.setdefault(rel.rpartition(".")[0].casefold(), []).append(rel)
    result = {}
    for group in stems.values():
        for rel in group:
            stem, _, suffix = rel.rpartition(".")
            result[rel] = stem if len(group) == 1 else f"{stem}_{suffix}"
    return result


def _yolo_rows(found: Sequence[Detection], width: int, height: int) -> str:
    """YOLO-seg rows: the format holds one ring, so each gives the outline of its largest part."""
    rows = []
    for item in found:
        points = item.parts[0].outer / (width, height)
        numbers = " ".join(f"{value:.6f}" for value in points.ravel())
        rows.append(f"{item.class_index} {numbers}\n")
    return "".join(rows)


def _summary(
    tally: _Tally, started_s: float, predictor: Predictor, run_id: str | None
) -> PrelabelSummary:
    seconds = time.monotonic() - started_s
    return PrelabelSummary(
        images=tally.images,
        instances=tally.instances,
        failed=tally.failed,
        skipped=tally.skipped,
        seconds=seconds,
        images_per_s=tally.images / seconds if seconds > 0 else 0.0,
        device=predictor.device.device,
        backend=predictor.backend,
        model=predictor.card.name,
        run_id=run_id,
    )
