"""What each request does. torch is loaded by the first job that needs a model, after `Ready`."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

import dynseg
from dynseg.errors import (
    DynsegError,
    EngineError,
    InputError,
    ModelFileError,
    ProjectError,
    is_out_of_memory,
)
from dynseg.files import from_system
from dynseg.inference.settings import PredictSettings
from dynseg.model.card import card_path
from dynseg.model.registry import ModelRegistry
from dynseg.progress import CancelledError, CancelToken, Progress
from dynseg.project.layout import ProjectLayout
from dynseg.project.store import Store
from dynseg.worker.follow_messages import Follow, FollowOn
from dynseg.worker.inbox import Job
from dynseg.worker.log import log_path
from dynseg.worker.measurement import Measurement
from dynseg.worker.point_messages import GetReady, Point, Refine, Refined
from dynseg.worker.protocol import (
    Alike,
    Cancelled,
    Check,
    Click,
    Compare,
    Count,
    CountLosses,
    Describe,
    Event,
    Export,
    Failed,
    FindAlike,
    Finished,
    Frames,
    Hello,
    Import,
    LoadModel,
    ModelLoaded,
    Predict,
    Predicted,
    Prelabel,
    Progressed,
    Request,
    Shutdown,
)
from dynseg.worker.wire import to_wire
from dynseg_resources import starter_model

if TYPE_CHECKING:
    from dynseg.inference.backends.device import DeviceReport
    from dynseg.inference.difference import Difference
    from dynseg.inference.naming import Examples
    from dynseg.inference.predictor import Predictor
    from dynseg.inference.runs.finder import Finder
    from dynseg.inference.screen import Screen
    from dynseg.worker.alike import AlikeJobs
    from dynseg.worker.clicking import ClickJobs
    from dynseg.worker.exchange import ExchangeJobs

log = logging.getLogger(__name__)

PROGRESS_EVERY_S = 0.1
"""The window cannot show more, and a line an image would drown it."""
_KINDS: tuple[tuple[type[DynsegError], str], ...] = (
    (ModelFileError, "model"),
    (InputError, "input"),
    (ProjectError, "project"),
    (EngineError, "engine"),
)
_MEMORY = "There is not enough memory to run the model; your labels are safe."
_MEMORY_HINT = "Close other programs, or use a smaller model or image size."
_FILE_MEMORY = "There is not enough memory for these files; labels are as they were."
_FILE_MEMORY_HINT = "Close other programs, or take fewer or smaller files at once."
_ABOUT_FILES = (Check, Count, CountLosses, Export, Frames, Import)
_NO_FOLDER = Path("no-such-folder")


class JobRunner:
    """Runs jobs on the thread that calls `run`; a batch lets urgent ones in between.

    Args:
        tell: Writes an event.
        between: Serves urgent requests; called between the images of a batch.
        give_way: Serves all requests; called between images that nobody waits for.
    """

    def __init__(
        self,
        tell: Callable[[Event], None],
        between: Callable[[], None],
        give_way: Callable[[], None] = lambda: None,
    ) -> None:
        self._tell = tell
        self._between = between
        self._give_way = give_way
        self._predictor: Predictor | None = None
        self._predictor_of: tuple[Path, tuple[float, ...], str, str, bool] | None = None
        self._told: DeviceReport | None = None
        self._measurement = Measurement()
        self._screen: Screen | None = None
        self._examples: tuple[str, Examples] | None = None
        self._exchange: ExchangeJobs | None = None
        self._clicking: ClickJobs | None = None
        self._alike: AlikeJobs | None = None
        self._works: dict[type, Callable[[Any, CancelToken], dict[str, Any]]] = {
            Hello: lambda _request, _token: {"version": dynseg.__version__, "pid": os.getpid()},
            LoadModel: lambda request, _token: self._load_model(request),
            Predict: lambda request, token: self._predict(request, token),
            GetReady: lambda request, token: self._get_ready(request, token),
            Refine: lambda request, _token: self._look(request),
            Point: lambda request, _token: self._look(request),
            Click: lambda request, _token: self._click(request),
            FindAlike: lambda request, token: self._find_alike(request, token),
            Follow: lambda request, token: self._follow(request, token),
            FollowOn: lambda request, token: self._follow_on(request, token),
            Prelabel: lambda request, token: self._prelabel(request, token),
            Compare: lambda request, token: self._compare(request, token),
            Describe: lambda request, token: self._describe(request, token),
            Check: lambda request, token: self._files().check(request, token),
            Count: lambda request, token: self._files().count(request, token),
            CountLosses: lambda request, token: self._files().count_losses(request, token),
            Export: lambda request, token: self._files().export(request, token),
            Frames: lambda request, token: self._files().frames(request, token),
            Import: lambda request, token: self._files().import_labels(request, token),
            Shutdown: lambda _request, _token: {},
        }

    def run(self, job: Job) -> None:
        """Do one job and end it in exactly one event."""
        self.disturb()
        self._tell(self._ended(job))

    def rest(self) -> None:
        """Nobody asks for anything: time to find out what runs the model fastest here."""
        if self._predictor is not None and not self._predictor.is_measured:
            self._measurement.begin(self._predictor.path, half=self._predictor.half)

    def disturb(self) -> None:
        """Somebody asks for something: `rest` is over."""
        self._measurement.stop()

    def _ended(self, job: Job) -> Event:
        """Do one job; returns its last event."""
        number = job.request.job
        try:
            job.token.check()
            return Finished(job=number, result=self._work(job.request, job.token))
        except CancelledError:
            return Cancelled(job=number)
        except DynsegError as error:
            log.warning("job %s failed: %s", number, error)
            return Failed(job=number, kind=_kind(error), message=error.message, hint=error.hint)
        except MemoryError:
            log.warning("job %s needs more memory than there is", number)
            message, hint = _MEMORY, _MEMORY_HINT
            if isinstance(job.request, _ABOUT_FILES):
                message, hint = _FILE_MEMORY, _FILE_MEMORY_HINT
            return Failed(job=number, kind="memory", message=message, hint=hint)
        except OSError as error:
            log.exception("job %s was refused something", number)
            told = from_system(error)
            return Failed(job=number, kind="engine", message=told.message, hint=told.hint)
        except Exception as error:
            log.exception("job %s failed", number)
            return Failed(
                job=number,
                kind="internal",
                message=f"The engine met a fault of its own ({type(error).__name__}: {error}).",
                hint=f"Your labels are safe. Please report it with the log: {log_path()}",
            )

    def _work(self, request: Request, token: CancelToken) -> dict[str, Any]:
        work = self._works.get(type(request))
        if work is None:
            raise EngineError("The engine was asked something that it does not know.")
        return work(request, token)

    def _files(self) -> ExchangeJobs:
        """Imports and exports; made late, since reading formats loads much that models need not."""
        if self._exchange is None:
            from dynseg.worker.exchange import ExchangeJobs

            self._exchange = ExchangeJobs(self._reporter)
        return self._exchange

    def _load_model(self, request: LoadModel) -> dict[str, Any]:
        # Outside of a project there are the starter and files, no models by name.
        folder = ProjectLayout(Path(request.project)).models if request.project else _NO_FOLDER
        self._told = None
        settings = PredictSettings(device=request.device)
        self._model(request.job, ModelRegistry(folder), request.path, settings)
        import dynseg.inference.runs.pipeline  # noqa: F401  # the next request wants it

        return {}

    def _predict(self, request: Predict, token: CancelToken) -> dict[str, Any]:
        with Store.join(Path(request.project), request.token) as store:
            registry = ModelRegistry(store.layout.models)
            predictor = self._model(request.job, registry, request.model, request.settings)
            from dynseg.inference.runs.pipeline import predict_image

            count = predict_image(
                store,
                request.image_id,
                predictor,
                request.settings,
                screen=self._shown(),
                examples=self._examples_of(request.token),
                report=self._reporter(request.job),
                look_up=token.check,
            )
        self._tell_device(request.job, predictor)
        self._tell(
            Predicted(
                job=request.job,
                image_id=request.image_id,
                model_id=predictor.card.model_id,
                settings_key=request.settings.key(predictor.card),
                count=count,
            )
        )
        return {"count": count}

    def _get_ready(self, request: GetReady, token: CancelToken) -> dict[str, Any]:
        registry = ModelRegistry(ProjectLayout(Path(request.project)).models)
        predictor = self._model(request.job, registry, request.model, request.settings)
        from dynseg.inference.refine import prepare_looks

        for _ in prepare_looks(predictor, request.settings):
            self._between()
            token.check()
        self._tell_device(request.job, predictor)
        return {}

    def _look(self, request: Refine | Point) -> dict[str, Any]:
        """Look at one object of the image on the screen, and tell what is there."""
        from dynseg.worker.looking import pointed, refined

        with Store.join(Path(request.project), request.token) as store:
            registry = ModelRegistry(store.layout.models)
            predictor = self._model(request.job, registry, request.model, request.settings)
            known = store, predictor, self._shown(), self._examples_of(request.token)
            answer = (
                refined(request, *known)
                if isinstance(request, Refine)
                else pointed(request, *known)
            )
        self._tell_device(request.job, predictor)
        self._tell(answer)
        return {"found": len(answer.parts if isinstance(answer, Refined) else answer.outlines)}

    def _click(self, request: Click) -> dict[str, Any]:
        with _told_out_of_memory(), Store.join(Path(request.project), request.token) as store:
            if self._clicking is None:
                from dynseg.worker.clicking import ClickJobs

                self._clicking = ClickJobs()
            pixels = self._shown().pixels(store, request.image_id)
            found = self._clicking.segment(request, pixels, self._reporter(request.job))
        self._tell(
            Refined(
                job=request.job,
                image_id=request.image_id,
                model_id=Path(request.weights).stem,
                parts=to_wire(found.parts),
                score=found.score,
            )
        )
        return {"found": bool(found.parts)}

    def _find_alike(self, request: FindAlike, token: CancelToken) -> dict[str, Any]:
        with _told_out_of_memory(), Store.join(Path(request.project), request.token) as store:
            if self._alike is None:
                from dynseg.worker.alike import AlikeJobs

                self._alike = AlikeJobs()
            pixels = self._shown().pixels(store, request.image_id)
            report = self._reporter(request.job)
            found = self._alike.find(request, pixels, report=report, look_up=token.check)
        shapes = [(class_id, item.score, to_wire(item.parts)) for class_id, item in found]
        self._tell(Alike(job=request.job, image_id=request.image_id, shapes=shapes))
        return {"found": len(shapes)}

    def _follow(self, request: Follow, token: CancelToken) -> dict[str, Any]:
        from dynseg.worker.following import followed

        with _told_out_of_memory(), Store.join(Path(request.project), request.token) as store:
            answer = followed(request, store, self._shown(), look_up=token.check)
        self._tell(answer)
        return {"found": len(answer.shapes)}

    def _follow_on(self, request: FollowOn, token: CancelToken) -> dict[str, Any]:
        from dynseg.inference.following.film import follow_film

        with _told_out_of_memory(), Store.join(Path(request.project), request.token) as store:
            done = follow_film(
                store,
                request.image_ids,
                report=self._reporter(request.job),
                cancel=token,
                run_id=request.run_id,
                between=self._between,
            )
        return dict(msgspec.to_builtins(done))

    def _shown(self) -> Screen:
        """Keeps the image on the screen; made late, since not every job looks at one."""
        if self._screen is None:
            from dynseg.inference.screen import Screen

            self._screen = Screen()
        return self._screen

    def _examples_of(self, token: str) -> Examples:
        """The reviewed shapes of a project, kept while who gave out the token has it open."""
        if self._examples is None or self._examples[0] != token:
            from dynseg.inference.naming import Examples

            self._examples = token, Examples()
        return self._examples[1]

    def _prelabel(self, request: Prelabel, token: CancelToken) -> dict[str, Any]:
        with Store.join(Path(request.project), request.token) as store:
            from dynseg.inference.runs.pipeline import prelabel_project

            with self._finder(request, ModelRegistry(store.layout.models)) as finder:
                summary = prelabel_project(
                    store,
                    finder,
                    settings=request.settings,
                    scope=request.scope if request.image_ids is None else request.image_ids,
                    report=self._reporter(request.job),
                    cancel=token,
                    run_id=request.run_id,
                    between=self._between,
                )
        return dict(msgspec.to_builtins(summary))

    @contextmanager
    def _finder(self, request: Prelabel, registry: ModelRegistry) -> Iterator[Predictor | Finder]:
        """What finds the objects of a batch: the model here, or the same one on a cluster."""
        if not request.cluster:
            predictor = self._model(request.job, registry, request.model, request.settings)
            yield predictor
            self._tell_device(request.job, predictor)
            return
        from dynseg.cluster.connection import connected
        from dynseg.cluster.finding import ClusterFinder

        with connected(request.cluster) as cluster:
            yield ClusterFinder(cluster, registry.resolve(request.model or None))

    def _compare(self, request: Compare, token: CancelToken) -> dict[str, Any]:
        with Store.join(Path(request.project), request.token) as store:
            changes: list[list[int]] = []

            def tell(image_id: int, found: Difference) -> None:
                if not found.is_empty:
                    changes.append([image_id, *found.counts.values()])

            if request.run_id:
                from dynseg.inference.difference import run_differences

                for image_id, found in run_differences(store, request.run_id):
                    token.check()
                    tell(image_id, found)
                return {"changes": changes}
            registry = ModelRegistry(store.layout.models)
            predictor = self._model(request.job, registry, request.model, request.settings)
            from dynseg.inference.runs.preview import preview_project

            preview_project(
                store,
                predictor,
                settings=request.settings,
                scope=request.scope if request.image_ids is None else request.image_ids,
                tell=lambda image: tell(image.image_id, image.run),
                report=self._reporter(request.job),
                cancel=token,
                between=self._between,
            )
        return {"changes": changes}

    def _describe(self, request: Describe, token: CancelToken) -> dict[str, Any]:
        with _told_out_of_memory(), Store.join(Path(request.project), request.token) as store:
            from dynseg.inference.describe import describe_project

            described = describe_project(
                store,
                starter_model(),
                report=self._reporter(request.job),
                cancel=token,
                between=self._give_way,
            )
        return {"images": described.count}

    def _model(
        self, job: int, registry: ModelRegistry, name: str, settings: PredictSettings
    ) -> Predictor:
        """The model that was asked for, kept in memory until another one is."""
        path = registry.resolve(name or None)
        written = tuple(file.stat().st_mtime for file in (path, card_path(path)) if file.is_file())
        wanted = (path, written, settings.device, settings.backend, settings.half)
        if (
            self._predictor is None
            or self._predictor_of != wanted
            or self._predictor.take_measured()
        ):
            self._predictor = None  # the old one's memory may be what the new one needs
            with _told_out_of_memory():
                from dynseg.inference.predictor import load, prepare_process

                prepare_process()
                self._predictor = load(path, settings, self._reporter(job), measured=False)
            self._predictor_of = wanted
            self._told = None
        self._tell_device(job, self._predictor)
        return self._predictor

    def _tell_device(self, job: int, predictor: Predictor) -> None:
        """Say which model runs where, unless that was said and is still true."""
        if predictor.device is self._told:
            return
        self._told = predictor.device
        self._tell(
            ModelLoaded(
                job=job,
                card=msgspec.to_builtins(predictor.card),
                device=predictor.device.device,
                reason=predictor.device.reason,
                gpus=predictor.device.gpus,
            )
        )

    def _reporter(self, job: int) -> Callable[[Progress], None]:
        last_s = 0.0

        def report(progress: Progress) -> None:
            nonlocal last_s
            now_s = time.monotonic()
            if now_s - last_s >= PROGRESS_EVERY_S or progress.done == progress.total:
                last_s = now_s
                self._tell(
                    Progressed(
                        job=job,
                        stage=progress.stage,
                        done=progress.done,
                        total=progress.total,
                        per_s=progress.per_s,
                        eta_s=progress.eta_s,
                    )
                )

        return report


def _kind(error: DynsegError) -> str:
    """The word for a kind of failure in the protocol."""
    # By name: its module loads torch, and what can raise it has loaded it.
    if type(error).__name__ == "NotEnoughMemoryError":
        return "memory"
    return next((name for cls, name in _KINDS if isinstance(error, cls)), "engine")


@contextmanager
def _told_out_of_memory() -> Iterator[None]:
    """Torch says that memory is short by a RuntimeError."""
    try:
        yield
    except RuntimeError as error:
        if not is_out_of_memory(error):
            raise
        raise MemoryError from error
