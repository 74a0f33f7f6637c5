"""What runs a model over many images: this process, or machines elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

from dynseg.errors import DynsegError
from dynseg.inference.backends.device import DeviceReport
from dynseg.inference.drafts import Rules
from dynseg.inference.names import Names
from dynseg.inference.predictor import Predictor, load
from dynseg.inference.runs.stages import Stages
from dynseg.inference.runs.summary import Ran
from dynseg.inference.runs.work import Outcome, Work
from dynseg.inference.settings import CANDIDATE_CONFIDENCE, PredictSettings
from dynseg.model.card import ModelCard
from dynseg.progress import CancelToken, Report, ignore

MANY = 500
"""So many images are worth the seconds in which the fastest backend is found."""


class Finder(Ran, Protocol):
    """A model and the place where it runs."""

    def find(
        self,
        works: Iterable[Work],
        settings: PredictSettings,
        *,
        confidence: float = CANDIDATE_CONFIDENCE,
        cancel: CancelToken | None = None,
        between: Callable[[], None] = lambda: None,
        report: Report = ignore,
        names: Names | None = None,
        rules: Callable[[], Rules | None] = lambda: None,
    ) -> Iterator[tuple[Work, Outcome | DynsegError]]:
        """What is in each image, every image once; the error where one cannot be used.

        Args:
            works: The images, taken when they are needed.
            settings: How the model runs.
            confidence: Lowest score to keep.
            cancel: Asked between images and while waiting.
            between: Called between images and while waiting, on the thread that iterates.
            report: Told about the pieces of large images.
            names: Gives names to what is found, where the one who finds it can see it.
            rules: What makes drafts of proposals, where that is done aside; from other threads.

        Raises:
            CancelledError: it was asked for.
            EngineError: the model cannot run there.
        """


class LocalFinder:
    """A model in this process.

    Attributes:
        stages: The run that was begun last, for who wants to see where it waits.
    """

    def __init__(self, predictor: Predictor) -> None:
        self.stages: Stages | None = None
        self._predictor = predictor

    @property
    def card(self) -> ModelCard:
        """See `Ran`."""
        return self._predictor.card

    @property
    def device(self) -> DeviceReport:
        """See `Ran`."""
        return self._predictor.device

    @property
    def backend(self) -> str:
        """See `Ran`."""
        return self._predictor.backend

    def find(
        self,
        works: Iterable[Work],
        settings: PredictSettings,
        *,
        confidence: float = CANDIDATE_CONFIDENCE,
        cancel: CancelToken | None = None,
        between: Callable[[], None] = lambda: None,
        report: Report = ignore,
        names: Names | None = None,
        rules: Callable[[], Rules | None] = lambda: None,
    ) -> Iterator[tuple[Work, Outcome | DynsegError]]:
        """See `Finder`; images come back in their order."""
        self.stages = Stages(
            self._predictor,
            settings,
            confidence=confidence,
            cancel=cancel,
            between=between,
            report=report,
            names=names,
            rules=rules,
        )
        return self.stages.run(works)


def finder_of(
    model: Path | Predictor | Finder, settings: PredictSettings, report: Report, *, images: int
) -> Finder:
    """A model file or a loaded model, ready to run over many images in this process.

    Args:
        model: Those, or a model that runs elsewhere.
        settings: How the model runs.
        report: Told while a model is loaded.
        images: How many there are.

    Raises:
        ModelFileError: the file cannot be used.
    """
    if isinstance(model, Path | Predictor):
        return LocalFinder(loaded(model, settings, report, images=images))
    return model


def loaded(
    model: Path | Predictor, settings: PredictSettings, report: Report, *, images: int
) -> Predictor:
    """A model as `finder_of` takes it, in this process.

    Raises:
        ModelFileError: the file cannot be used.
    """
    if isinstance(model, Predictor):
        return model
    return load(model, settings, report, measured=images >= MANY)
