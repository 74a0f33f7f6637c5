"""What the threads of a run do with its images: decode them, ask the network, trace its answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import lru_cache, partial
from math import prod
from queue import SimpleQueue

import numpy as np
from numpy.typing import NDArray

from dynseg.errors import DynsegError, ImageError
from dynseg.inference.detections import Detection
from dynseg.inference.drafts import Draft, Rules
from dynseg.inference.finishing import finish
from dynseg.inference.letterboxed import ModelInput, checked_pixels
from dynseg.inference.looks import OutsideError, Plan, looks_often, plan
from dynseg.inference.names import Names
from dynseg.inference.predictor import Predictor, RawOutput
from dynseg.inference.runs.budget import PixelBudget, Room
from dynseg.inference.runs.hands.pool import Answered, Hands, Seen
from dynseg.inference.runs.hands.protocol import Finished
from dynseg.inference.runs.work import Outcome, Work, header_size
from dynseg.inference.settings import CANDIDATE_CONFIDENCE, PredictSettings
from dynseg.inference.tiles import predict_tiled
from dynseg.progress import CancelledError, CancelToken, Progress

MOST_PLANS = 100
"""Sizes of images whose looks are remembered; with tiles there are many in each."""

MOST_INPUT_PIXELS = 12_000_000
"""An image whose looks have more pixels of the model than this together is taken by itself."""


@dataclass(slots=True, eq=False)
class Job:
    """An image between the stages.

    Attributes:
        work: The image.
        size: Its width and height, pixels.
        plan: The looks at it.
        inputs: What the network sees, look by look; emptied as it is handed over.
        refused: Why it cannot be decoded.
        pixels: `(H, W, 3)` uint8, where they are needed once more and there was room for them.
        answers: Look by look where the network's answer will be, when it was asked.
        is_asked: All looks are on their way.
        outcome: Where what was found will be, when the network has answered.
    """

    work: Work
    size: tuple[int, int]
    plan: Plan
    inputs: list[ModelInput] = field(default_factory=list)
    refused: DynsegError | None = None
    pixels: NDArray[np.uint8] | None = None
    answers: dict[int, tuple[Future[list[RawOutput]], int]] = field(default_factory=dict)
    is_asked: bool = False
    outcome: tuple[Future[list[Outcome | DynsegError]], int] | None = None

    @property
    def is_answered(self) -> bool:
        """The network has nothing to say about it any more."""
        return self.is_asked and all(future.done() for future, _ in self.answers.values())

    @property
    def is_alone(self) -> bool:
        """It is taken by itself: how often it is looked at is not known, or too often."""
        return self.plan.is_open or self.plan.input_pixels > MOST_INPUT_PIXELS


class Crew:
    """What threads do with the images of a run.

    Args:
        predictor: The model.
        settings: How it runs.
        confidence: Lowest score to keep.
        cancel: Ends all work.
        names: Gives names to what is found.
        rules: Asked for each image: what makes a draft of its proposals.

    Attributes:
        hands: Processes that do most of it, where there are some.
        has_ended: Nobody waits for any of it any more.
        told: What is reported of images that are taken by themselves.
    """

    def __init__(
        self,
        predictor: Predictor,
        settings: PredictSettings,
        *,
        confidence: float,
        cancel: CancelToken,
        names: Names | None,
        rules: Callable[[], Rules | None],
    ) -> None:
        self.hands: Hands | None = None
        self.has_ended = False
        self.told: SimpleQueue[Progress] = SimpleQueue()
        self._predictor = predictor
        self._settings = settings
        self._confidence = confidence
        self._cancel = cancel
        self._names = names
        self._rules = rules
        # Looks are held against each other by what they are hardly sure of, too.
        is_often = looks_often(settings, predictor.card)
        self._asked = min(confidence, CANDIDATE_CONFIDENCE) if is_often else confidence
        self._budget, self._room = PixelBudget(), Room()
        # Most images of a folder have one of a few sizes.
        self._plan = lru_cache(MOST_PLANS)(partial(plan, settings=settings, card=predictor.card))

    def _check(self) -> None:
        """Ends work when nobody waits for it any more."""
        self._cancel.check()
        if self.has_ended:
            raise CancelledError

    def prepared(self, works: list[Work]) -> list[Job | DynsegError]:
        """Images with what the network sees of them, or why they cannot be used."""
        found = [self._planned(work) for work in works]
        jobs = [job for job in found if isinstance(job, Job) and not job.is_alone]
        if jobs:
            try:
                # One after the other, so the largest counts.
                with self._budget.taken(max(prod(job.size) for job in jobs)):
                    self._decode(jobs)
            except MemoryError:
                for job in jobs:
                    job.refused = _no_memory(job.work)
        return [(isinstance(job, Job) and job.refused) or job for job in found]

    def _planned(self, work: Work) -> Job | DynsegError:
        if self._cancel.cancelled or self.has_ended:
            return ImageError(work.path, "was not needed any more")
        try:
            size = work.size or header_size(work.path)
            return Job(work, size, self._plan(*size))
        except MemoryError:
            return _no_memory(work)
        except (ImageError, OutsideError) as error:
            return error

    def _decode(self, jobs: Sequence[Job]) -> None:
        if self.hands is not None:
            images = [Seen(job.work.path, job.size, job.plan) for job in jobs]
            for job, inputs in zip(jobs, self.hands.decode(images), strict=True):
                if isinstance(inputs, ImageError):
                    job.refused = inputs
                else:
                    job.inputs = inputs
            return
        for job in jobs:
            try:
                pixels = checked_pixels(job.work.path, job.size)
            except ImageError as error:
                job.refused = error
                continue
            job.inputs = job.plan.inputs(pixels)
            if self._needs_pixels(job) and self._room.take(prod(job.size)):
                job.pixels = pixels

    def forward(self, inputs: list[ModelInput]) -> list[RawOutput]:
        """What the network says."""
        answers = self._predictor.forward(inputs, self._settings, confidence=self._asked)
        if self.hands is not None:
            for item in inputs:
                self.hands.give_back(item)
        return answers

    def traced(self, jobs: Sequence[Job]) -> list[Outcome | DynsegError]:
        """What is in images, by the network's answers to all looks at them."""
        answers = [
            [future.result()[place] for _, (future, place) in sorted(job.answers.items())]
            for job in jobs
        ]
        for job in jobs:
            job.answers.clear()  # their memory is for others, however long an image waits behind
        done = self._finished(jobs, answers)
        return [
            self._traced_here(job, said) if outcome is None else outcome
            for job, said, outcome in zip(jobs, answers, done, strict=True)
        ]

    def _finished(
        self, jobs: Sequence[Job], answers: Sequence[list[RawOutput]]
    ) -> list[Outcome | DynsegError | None]:
        """What a hand has found in images; None for what has to be done here."""
        found: list[Outcome | DynsegError | None] = [None] * len(jobs)
        asked = [
            place for place, said in enumerate(answers) if any(len(r.candidates) for r in said)
        ]
        if self.hands is None or not asked:
            return found
        images = [
            Answered(job.work.key, Seen(job.work.path, job.size, job.plan), answers[place])
            for place, job in ((place, jobs[place]) for place in asked)
        ]
        # The hand decodes images once more, one after the other.
        most = max(prod(jobs[place].size) * self._needs_pixels(jobs[place]) for place in asked)
        with self._budget.taken(most):
            done = self.hands.finish(images, least_score=self._confidence, rules=self._rules())
        for place, said in zip(asked, done, strict=True):
            if isinstance(said, Finished):
                draft = None if said.draft is None else said.draft.unpacked()
                found[place] = self._outcome(jobs[place], said.found, draft)
            else:
                found[place] = said
        return found

    def _traced_here(self, job: Job, answers: Sequence[RawOutput]) -> Outcome | DynsegError:
        try:
            found = finish(
                job.plan,
                [self._predictor.polygons(raw, self._settings) for raw in answers],
                lambda: self._pixels(job),
                size=job.size,
                least_score=self._confidence,
                names=self._names,
                look_up=self._check,
            )
        except MemoryError:
            return _no_memory(job.work)
        except ImageError as error:
            return error
        finally:
            if job.pixels is not None:
                job.pixels = None
                self._room.give(prod(job.size))
        return self._outcome(job, found)

    def _outcome(
        self, job: Job, found: list[Detection] | bytes, draft: Draft | None = None
    ) -> Outcome:
        return Outcome(found, *job.size, fresh=True, draft=draft, names=self._names)

    def _needs_pixels(self, job: Job) -> bool:
        """Whether an image is looked at once more behind the network."""
        return job.plan.edges or (self._names is not None and self._names.namer is not None)

    def _pixels(self, job: Job) -> NDArray[np.uint8]:
        if job.pixels is not None:
            return job.pixels
        with self._budget.taken(prod(job.size)):
            return checked_pixels(job.work.path, job.size)

    def by_itself(self, job: Job) -> list[Outcome | DynsegError]:
        """An image in all of its looks, one after the other."""
        try:
            with self._budget.taken(prod(job.size)):
                pixels = checked_pixels(job.work.path, job.size)
                found = predict_tiled(
                    pixels,
                    self._predictor,
                    self._settings,
                    least_score=self._confidence,
                    report=self.told.put,
                    look_up=self._check,
                )
        except MemoryError:
            return [_no_memory(job.work)]
        except ImageError as error:
            return [error]
        if self._names is not None:
            found = self._names.given(found, lambda: pixels, job.size)
        return [self._outcome(job, found)]


def _no_memory(work: Work) -> ImageError:
    return ImageError(work.path, "needs more memory than there is")
