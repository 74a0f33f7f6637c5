"""A model on every machine of a cluster, fed with images and asked for what is in them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from typing import Any, TypeVar

from dynseg.cluster.actor import ModelActor, SentModel
from dynseg.cluster.connection import Cluster, load_ray
from dynseg.cluster.storage import join
from dynseg.errors import DynsegError, EngineError, ImageError
from dynseg.inference import detections as packing
from dynseg.inference.backends.device import DeviceReport
from dynseg.inference.drafts import Rules
from dynseg.inference.names import Names
from dynseg.inference.runs.stages import LOOK_UP_S
from dynseg.inference.runs.work import Outcome, Work
from dynseg.inference.settings import CANDIDATE_CONFIDENCE, PredictSettings
from dynseg.machine import CORES_VARIABLE
from dynseg.model.card import ModelCard, read_card
from dynseg.progress import CancelToken, Progress, Report, ignore

PER_BLOCK = 64
"""Images that an actor takes at once: what is lost and done again when its machine dies."""

WAVE = 1_000_000
"""Images that are handed to the cluster at once: this process remembers 0.75 kB of each."""

CALLS_PER_ACTOR = 4
"""With few images, blocks are made smaller so that each actor gets so many of them."""

READ_AHEAD = 64
"""Answers that wait here while earlier ones are written."""

Row = TypeVar("Row")


class ClusterFinder:
    """A model that runs on a Ray cluster; a `Finder`.

    Ray Data moves the blocks, waits where an actor is behind, and gives the blocks of a machine
    that died to another one. Every image is answered once, however often it was looked at.

    Args:
        cluster: Connected.
        model: A model file on this machine.
        prefix: Address of an object store that the paths of images are relative to; else images
            are files that every machine sees under the same path.

    Raises:
        ModelFileError: the file cannot be used.
    """

    def __init__(self, cluster: Cluster, model: Path, *, prefix: str = "") -> None:
        self._cluster = cluster
        self._card = read_card(model)
        self._prefix = prefix
        self._model = load_ray().put(SentModel.read(model))
        self._device = DeviceReport("ray", cluster.words)
        self._backend = "ray"

    @property
    def card(self) -> ModelCard:
        """See `Ran`."""
        return self._card

    @property
    def device(self) -> DeviceReport:
        """See `Ran`."""
        return self._device

    @property
    def backend(self) -> str:
        """See `Ran`; known after the first answer."""
        return self._backend

    def find(
        self,
        works: Iterable[Work],
        settings: PredictSettings,
        *,
        confidence: float = CANDIDATE_CONFIDENCE,
        cancel: CancelToken | None = None,
        between: Callable[[], None] = lambda: None,
        report: Report = ignore,
        names: Names | None = None,  # noqa: ARG002 - the machines know no project
        rules: Callable[[], Rules | None] = lambda: None,  # noqa: ARG002
    ) -> Iterator[tuple[Work, Outcome | DynsegError]]:
        """See `Finder`; images come back in the order in which they are ready.

        Neither named nor drafted: that is left to the one who writes.
        """

        def checked() -> None:
            (cancel or CancelToken()).check()
            between()

        waiting: dict[int, Work] = {}
        for work in works:
            if work.cached is not None:
                yield work, Outcome(work.cached, 0, 0, fresh=False)
                continue
            waiting[work.key] = work
            if len(waiting) == WAVE:
                yield from self._answers(waiting, settings, confidence, checked, report)
        if waiting:
            yield from self._answers(waiting, settings, confidence, checked, report)

    def _answers(
        self,
        waiting: dict[int, Work],
        settings: PredictSettings,
        confidence: float,
        checked: Callable[[], None],
        report: Report,
    ) -> Iterator[tuple[Work, Outcome | DynsegError]]:
        """What is in the images that wait; none waits afterwards."""
        report(Progress(f"Waiting for {self._cluster.words}", 0, len(waiting)))
        try:
            for row in served(self._dataset(waiting, settings, confidence).iter_rows(), checked):
                # A block that was done again after its machine had answered is not news.
                known = waiting.pop(int(row["key"]), None)
                if known is not None:
                    self._backend = f"ray, {row['backend']} on {row['device']}"
                    yield known, _outcome(known, row)
        except _ray_errors() as error:
            raise _in_words(error) from error
        for work in waiting.values():
            yield work, ImageError(work.path, "was lost by the cluster", "Run the same again.")
        waiting.clear()

    def _dataset(
        self, waiting: dict[int, Work], settings: PredictSettings, confidence: float
    ) -> Any:
        """The answers, found when they are asked for."""
        data = load_ray().data
        context = data.DataContext.get_current()
        context.enable_progress_bars = False
        actors = self._cluster.actors
        blocks = max(actors, len(waiting) // PER_BLOCK, min(len(waiting), actors * CALLS_PER_ACTOR))
        rows = [self._row(work) for work in waiting.values()]
        return data.from_items(rows, override_num_blocks=min(blocks, len(rows))).map_batches(
            ModelActor,
            batch_size=None,  # a block a call
            compute=data.ActorPoolStrategy(size=actors),
            num_cpus=self._cluster.cores,
            num_gpus=self._cluster.gpus,
            fn_constructor_args=(self._model, settings, confidence),
            runtime_env={"env_vars": {CORES_VARIABLE: str(self._cluster.cores)}},
        )

    def _row(self, work: Work) -> dict[str, Any]:
        width, height = work.size or (0, 0)
        source = join(self._prefix, work.rel) if self._prefix else str(work.path.absolute())
        return {"key": work.key, "source": source, "width": width, "height": height}


def served(rows: Iterable[Row], checked: Callable[[], None]) -> Iterator[Row]:
    """The rows as they come; before each, and while none comes, `checked` is called.

    A cluster may take minutes for the first one. What waits for it then is a thread that ends by
    itself: nothing else ends a wait for Ray.

    Args:
        rows: What is waited for; what it raises is raised here.
        checked: What it raises ends the iteration.
    """
    ready: Queue[tuple[Row] | BaseException | None] = Queue(READ_AHEAD)
    left = threading.Event()

    def read() -> None:
        try:
            for row in rows:
                ready.put((row,))
                if left.is_set():
                    return
            ready.put(None)
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            ready.put(error)

    threading.Thread(target=read, name="cluster", daemon=True).start()
    try:
        while True:
            checked()
            try:
                found = ready.get(timeout=LOOK_UP_S)
            except Empty:
                continue
            if found is None:
                return
            if isinstance(found, BaseException):
                raise found
            yield found[0]
    finally:
        left.set()
        with suppress(Empty):  # who waits for room here sees that nobody is left
            while True:
                ready.get_nowait()


def _outcome(work: Work, row: dict[str, Any]) -> Outcome | DynsegError:
    if row["problem"]:
        return ImageError(work.path, row["problem"])
    try:
        found = packing.decode(row["found"])
    except ValueError:
        return ImageError(work.path, "was answered with damaged data", "Run the same again.")
    return Outcome(found, int(row["width"]), int(row["height"]), fresh=True)


def _ray_errors() -> tuple[type[Exception], ...]:
    exceptions = load_ray().exceptions
    return (exceptions.RayError, exceptions.RayTaskError, ConnectionError)


def _in_words(error: Exception) -> EngineError:
    cause = getattr(error, "cause", None) or error
    first = (str(cause).strip().splitlines() or [type(cause).__name__])[0][:200]
    return EngineError(
        f"The cluster could not go on ({first}); images that were finished keep their proposals.",
        "Run the same again: it goes on where this one ended.",
    )
