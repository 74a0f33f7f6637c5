"""What each request does. torch is loaded by the first job that needs a model, after `Ready`."""

from __future__ import annotations

import logging
import os
import threading
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
)
from dynseg.model.registry import ModelRegistry
from dynseg.progress import CancelledError, CancelToken, Progress
from dynseg.project.store import Store
from dynseg.worker.protocol import (
    Cancelled,
    Event,
    Export,
    Failed,
    Finished,
    Hello,
    LoadModel,
    ModelLoaded,
    Predict,
    Predicted,
    Prelabel,
    Progressed,
    Request,
    Shutdown,
)

if TYPE_CHECKING:
    from dynseg.inference.predictor import Predictor

log = logging.getLogger(__name__)

PROGRESS_EVERY_S = 0.1
"""The window cannot show more, and a line an image would drown it."""
_KINDS: tuple[tuple[type[DynsegError], str], ...] = (
    (ModelFileError, "model"),
    (InputError, "input"),
    (ProjectError, "project"),
    (EngineError, "engine"),
)


class JobRunner:
    """Runs requests on the thread that calls `run`; a batch lets urgent ones in between.

    Args:
        tell: Writes an event.
        between: Serves urgent requests; called between the images of a batch.
    """

    def __init__(self, tell: Callable[[Event], None], between: Callable[[], None]) -> None:
        self._tell = tell
        self._between = between
        self._cancels: dict[int, CancelToken] = {}
        self._guard = threading.Lock()
        self._store: Store | None = None
        self._store_of: tuple[str, str] | None = None
        self._predictor: Predictor | None = None
        self._predictor_of: tuple[Path, float, str] | None = None

    def cancel(self, job: int, *, waiting: bool = False) -> None:
        """Stop a job that runs, or say that one that waited is not done."""
        if waiting:
            self._tell(Cancelled(job=job))
            return
        with self._guard:
            token = self._cancels.get(job)
        if token is not None:
            token.cancel()

    def cancel_all(self) -> None:
        """Stop everything that runs."""
        with self._guard:
            tokens = list(self._cancels.values())
        for token in tokens:
            token.cancel()

    def close(self) -> None:
        """Let go of the project."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def run(self, request: Request) -> None:
        """Do one job and end it in exactly one event."""
        token = CancelToken()
        with self._guard:
            self._cancels[request.job] = token
        try:
            result = self._work(request, token)
            self._tell(Finished(job=request.job, result=result))
        except CancelledError:
            self._tell(Cancelled(job=request.job))
        except DynsegError as error:
            kind = next((name for cls, name in _KINDS if isinstance(error, cls)), "engine")
            self._tell(Failed(job=request.job, kind=kind, message=error.message, hint=error.hint))
        except MemoryError:
            self._tell(_out_of_memory(request.job))
        except Exception as error:
            log.exception("job %s failed", request.job)
            message = f"The engine met a fault of its own ({type(error).__name__}: {error})."
            hint = "Labels are as they were. Please report it with the details."
            self._tell(Failed(job=request.job, kind="internal", message=message, hint=hint))
        finally:
            with self._guard:
                self._cancels.pop(request.job, None)

    def _work(self, request: Request, token: CancelToken) -> dict[str, Any]:
        match request:
            case Hello():
                return {"version": dynseg.__version__, "pid": os.getpid()}
            case LoadModel():
                self._load_model(request)
                return {}
            case Predict():
                return self._predict(request)
            case Prelabel():
                return self._prelabel(request, token)
            case Export():
                return self._export(request, token)
            case Shutdown():
                return {}
            case _:
                raise EngineError("The engine was asked something that it does not know.")

    def _load_model(self, request: LoadModel) -> None:
        folder = Path(request.project) / ".dynseg" / "models" if request.project else Path("models")
        self._model(request.job, ModelRegistry(folder), request.path, request.device)

    def _predict(self, request: Predict) -> dict[str, Any]:
        store = self._joined(request.project, request.token)
        registry = ModelRegistry(store.layout.models)
        predictor = self._model(request.job, registry, request.model, request.settings.device)
        from dynseg.inference.pipeline import predict_image

        count = predict_image(store, request.image_id, predictor, request.settings)
        self._tell(
            Predicted(
                job=request.job,
                image_id=request.image_id,
                model_id=predictor.card.model_id,
                settings_key=request.settings.key(),
                count=count,
            )
        )
        return {"count": count}

    def _prelabel(self, request: Prelabel, token: CancelToken) -> dict[str, Any]:
        store = self._joined(request.project, request.token)
        registry = ModelRegistry(store.layout.models)
        predictor = self._model(request.job, registry, request.model, request.settings.device)
        from dynseg.inference.pipeline import prelabel_project

        summary = prelabel_project(
            store,
            predictor,
            settings=request.settings,
            scope=request.scope if request.image_ids is None else request.image_ids,
            report=self._reporter(request.job),
            cancel=token,
            run_id=request.run_id,
            between=self._between,
        )
        return dict(msgspec.to_builtins(summary))

    def _export(self, request: Export, token: CancelToken) -> dict[str, Any]:
        from dynseg.formats import yolo

        store = self._joined(request.project, request.token)
        summary = yolo.export(
            store,
            Path(request.out),
            link=request.link,  # type: ignore[arg-type]
            holes=request.holes,  # type: ignore[arg-type]
            only_reviewed=request.only_reviewed,
            report=self._reporter(request.job),
            cancel=token,
        )
        return {
            "path": str(summary.path),
            "images": summary.images,
            "instances": summary.instances,
            "dropped": [str(finding) for finding in summary.dropped],
            "repaired": [str(finding) for finding in summary.repaired],
            "joined": summary.joined,
            "filled": summary.filled,
            "format": summary.format,
        }

    def _joined(self, project: str, token: str) -> Store:
        """The project, open beside the window that holds it."""
        if self._store is None or self._store_of != (project, token):
            self.close()
            self._store = Store.join(Path(project), token)
            self._store_of = (project, token)
        return self._store

    def _model(self, job: int, registry: ModelRegistry, name: str, device: str) -> Predictor:
        """The model that was asked for, kept in memory until another one is."""
        path = registry.resolve(name or None)
        wanted = (path, path.stat().st_mtime, device)
        if self._predictor is None or self._predictor_of != wanted:
            with _told_out_of_memory():
                from dynseg.inference.predictor import Predictor, prepare_process

                prepare_process()
                self._predictor = None  # the old one's memory may be what the new one needs
                self._predictor = Predictor.load(path, device=device)
            self._predictor_of = wanted
        predictor = self._predictor
        self._tell(
            ModelLoaded(
                job=job,
                card=msgspec.to_builtins(predictor.card),
                device=predictor.device.device,
                reason=predictor.device.reason,
            )
        )
        return predictor

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


@contextmanager
def _told_out_of_memory() -> Iterator[None]:
    """Torch says that memory is short by a RuntimeError."""
    try:
        yield
    except RuntimeError as error:
        if "memory" not in str(error):
            raise
        raise MemoryError from error


def _out_of_memory(job: int) -> Failed:
    return Failed(
        job=job,
        kind="memory",
        message="There is not enough memory to run the model; labels are as they were.",
        hint="Close other programs, or use a smaller model or image size.",
    )
