"""The ways to label that are compared.

Learning does not see the clock of this machine: it makes as many steps as a quiet machine would
make while the person is busy, `steps_per_s` of them a second.
"""

from __future__ import annotations

import copy
import random
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from tests.benchmarks.effort.annotator import (
    Annotator,
    Bill,
    Box,
    Find,
    More,
    Point,
    Shape,
    Thing,
)
from tests.benchmarks.effort.material import Material, Photo
from torch import nn

from dynseg.annotation.document import Annotation
from dynseg.inference.backends.device import DeviceReport
from dynseg.inference.backends.torch_backend import TorchBackend
from dynseg.inference.likeness.search import find_alike
from dynseg.inference.likeness.surface import Seer
from dynseg.inference.merge import propose
from dynseg.inference.pointing import SURE, Sight, is_same, left, options
from dynseg.inference.predictor import Predictor
from dynseg.inference.refine import point, refine
from dynseg.inference.settings import PredictSettings
from dynseg.inference.tiles import predict_tiled
from dynseg.model.card import ModelCard
from dynseg.model.checkpoint import load
from dynseg.project.layout import ProjectLayout
from dynseg.review import trust as trusting
from dynseg.review.effort import Verdict
from dynseg.review.naming import Namer
from dynseg.review.suggestion import LOOKED_BACK
from dynseg.review.traits import Scene
from dynseg.review.typical import spread, standardised, typical_order
from dynseg.review.uncertainty import uncertainty
from dynseg.training.evaluate import evaluate_network
from dynseg.training.live.batches import BatchSettings, BatchSource, Memory
from dynseg.training.live.course import LOWEST_RATE, Course
from dynseg.training.live.folder import LiveFolder
from dynseg.training.live.gate import Gate, RefusedError
from dynseg.training.live.learner import Learner, LearnerSettings
from dynseg.training.live.process import BATCH_CPU, EARLIEST_STEPS, LEAST_IMAGES
from dynseg_resources import starter_model

ROUND = 10
ROUND_STEPS = 500
"""What a round of retraining gets: about the `quick` preset on two cores."""
ASK_AGAIN = 5
"""The queue is worked out anew after so many images."""


class Arm(ABC):
    """One way to label.

    Args:
        material: What is labelled.
        seed: Of the order of the images and all learning.

    Attributes:
        alike: The person draws a few of many missed objects and asks for more like them.
    """

    def __init__(self, material: Material, *, seed: int) -> None:
        self.material = material
        self.annotator = Annotator(len(material.classes))
        self.left = list(range(len(material.photos)))
        random.Random(seed).shuffle(self.left)
        self.seed = seed
        self.steps = 0
        self.alike = False

    def label(self, images: int) -> Iterator[Bill]:
        """Label so many images; what each of them cost."""
        for _ in range(min(images, len(self.left))):
            at = self.next()
            self.left.remove(at)
            photo = self.material.photos[at]
            proposals = self.propose(photo)
            height, width = photo.pixels.shape[:2]
            bill, verdicts = self.annotator.work(
                photo.truth,
                proposals,
                width=width,
                height=height,
                find=self.tool_on(photo),
                point=self.clicks_on(photo),
                more=self.more_on(photo),
            )
            yield bill
            self.meanwhile(bill.seconds)
            self.reviewed(at, photo, verdicts)

    def next(self) -> int:
        """Number of the image that is labelled next."""
        return self.left[0]

    @abstractmethod
    def propose(self, photo: Photo) -> list[Thing]:
        """What the person finds when the image opens."""

    def tool_on(self, photo: Photo) -> Find | None:
        """What the person takes for an object that was missed; None draws it."""
        del photo
        return None

    def clicks_on(self, photo: Photo) -> Point | None:
        """What clicks on an object that was missed give; None where the person does not click."""
        del photo
        return None

    def more_on(self, photo: Photo) -> More | None:
        """What looks like shapes that are there; None where the person does not ask."""
        if not self.alike:
            return None

        def more(
            examples: Sequence[Shape], there: Sequence[Shape], refused: Sequence[Shape]
        ) -> list[Shape]:
            found = find_alike(photo.pixels, self._seer, examples, there=there, refused=refused)
            confidence = PredictSettings().confidence
            return [item.parts for item in found if item.score >= confidence]

        return more

    @cached_property
    def _seer(self) -> Seer:
        return Seer(starter_model())

    def meanwhile(self, seconds: float) -> None:  # noqa: B027 - most do nothing
        """The person was busy for so long."""

    def reviewed(self, at: int, photo: Photo, verdicts: list[Verdict]) -> None:  # noqa: B027
        """The person is done with an image."""

    def map50(self) -> float | None:
        """Mask mAP50 on the validation part; None without a model of the classes."""
        return None


class Examples:
    """The reviewed shapes, as proposals are compared with them."""

    def __init__(self) -> None:
        self._traits: list[NDArray[np.float64]] = []
        self._labels: list[int] = []
        self._images: list[int] = []

    def put(self, at: int, photo: Photo) -> None:
        """Remember the objects of photo number `at`."""
        self._traits += list(_scene(photo).traits([thing.parts for thing in photo.truth]))
        self._labels += [thing.label for thing in photo.truth]
        self._images += [at] * len(photo.truth)

    def named(self, photo: Photo, things: list[Thing]) -> list[Thing]:
        """The things with classes, while these are worth something."""
        if not self._labels or not things:
            return things
        namer = Namer(np.array(self._traits), np.array(self._labels), np.array(self._images))
        if not namer.is_right:
            return things
        names = namer.names(_scene(photo).traits([thing.parts for thing in things]))
        return [replace(thing, label=int(name)) for thing, name in zip(things, names, strict=True)]


def _scene(photo: Photo) -> Scene:
    height, width = photo.pixels.shape[:2]
    return Scene(photo.pixels, width, height)


class ByHand(Arm):
    """No model at all."""

    def propose(self, photo: Photo) -> list[Thing]:
        """Nothing."""
        del photo
        return []


class Starter(Arm):
    """Proposals of the starter, which never learns.

    Args:
        device: A torch device; on a GPU proposals are worked out in half precision.

    Attributes:
        boxes: The person drags a box around what was missed, for the model to find.
        clicks: The person clicks on it instead.
    """

    def __init__(self, material: Material, *, seed: int, device: str = "cpu") -> None:
        super().__init__(material, seed=seed)
        self.boxes = self.clicks = False
        self._device = device
        model, card = load(starter_model())
        self._seen = predictor_of(model, card, device)

    def propose(self, photo: Photo) -> list[Thing]:
        """Objects without a class."""
        return proposals(self._seen, photo, with_classes=False)

    def tool_on(self, photo: Photo) -> Find | None:
        """A box around it, if the person uses them: the model looks closer."""
        if not self.boxes:
            return None

        def find(box: Box) -> Shape:
            found = refine(photo.pixels, self._seen, PredictSettings(), box=box)
            return found.parts if found is not None else ()

        return find

    def clicks_on(self, photo: Photo) -> Point | None:
        """Clicks on it, if the person uses them: what was seen there, then what closer looks see.

        As in the window: what is known and sure enough comes at once, the others after it.
        """
        if not self.clicks:
            return None
        settings = PredictSettings()
        known = predict_tiled(photo.pixels, self._seen, settings)
        longest = max(photo.pixels.shape[:2])
        sights = [Sight(item, longest) for item in known]

        def click(
            x: float, y: float, there: Sequence[Shape], refused: Sequence[Shape]
        ) -> list[Shape]:
            sorted_out = partial(left, x=x, y=y, there=there, refused=refused)
            known_there = sorted_out(options(sights, x, y))[:1]
            first = [item.detection.parts for item in known_there if item.worth >= SURE]
            looked = point(photo.pixels, self._seen, settings, x=x, y=y, known=known)
            others = [item.detection.parts for item in sorted_out(looked)]
            return first + [parts for parts in others if not any(is_same(parts, s) for s in first)]

        return click


class Named(Starter):
    """The starter, and names from the reviewed shapes that its proposals resemble."""

    def __init__(self, material: Material, *, seed: int, device: str = "cpu") -> None:
        super().__init__(material, seed=seed, device=device)
        self.examples = Examples()

    def propose(self, photo: Photo) -> list[Thing]:
        """Objects with the class of what they resemble."""
        return self.examples.named(photo, super().propose(photo))

    def reviewed(self, at: int, photo: Photo, verdicts: list[Verdict]) -> None:
        """There is more to compare with."""
        del verdicts
        self.examples.put(at, photo)


class _Learning(Starter):
    """Whatever learns: from the starter on, in the parts of the live learner."""

    def __init__(
        self,
        material: Material,
        *,
        seed: int,
        folder: Path,
        settings: dict[str, Any],
        device: str = "cpu",
    ) -> None:
        super().__init__(material, seed=seed, device=device)
        self.memory = Memory(seed=seed)
        self.examples = Examples()
        self._settings = LearnerSettings(seed=seed, **settings)
        self._gate = Gate(LiveFolder(ProjectLayout(folder)), self.memory)
        self._knows_classes = False
        self._in_use: tuple[nn.Module, ModelCard] | None = None
        self._source = BatchSource(self.memory, BatchSettings(material.size, BATCH_CPU, seed=seed))
        self._begin()

    def _begin(self) -> None:
        parent, card = load(starter_model())
        card = msgspec.structs.replace(card, close_up=self.material.close_up)
        self.learner = Learner(
            parent, card, self.material.classes, size=self.material.size, settings=self._settings,
            device=self._device,
        )  # fmt: skip
        self.course = Course()

    def propose(self, photo: Photo) -> list[Thing]:
        """Objects with their classes: of what they resemble until something was learned."""
        found = proposals(self._seen, photo, with_classes=self._knows_classes)
        return found if self._knows_classes else self.examples.named(photo, found)

    def learn(self, steps: int) -> None:
        """Make steps while there is something to learn."""
        for _ in range(steps):
            if self.course.is_resting:
                return
            loss = self.learner.step(self._source.next(), rate_factor=self.course.rate_factor)
            self.course.stepped(loss)
            self.steps += 1

    def hand_out(self) -> None:
        """The newest weights propose, if they pass the gate."""
        learner = self.learner
        if learner.steps < EARLIEST_STEPS and not self.course.is_resting:
            return
        try:
            self._gate.pass_on(learner.average.model, learner.card, learner.size)
        except RefusedError:
            return
        model = copy.deepcopy(learner.average.model)
        card = msgspec.structs.replace(learner.card, image_size=learner.size)
        self._in_use = (model, card)
        self._seen = predictor_of(model, card, self._device)
        self._knows_classes = True

    def map50(self) -> float | None:
        """Of the weights that propose."""
        if self._in_use is None:
            return None
        found = evaluate_network(
            *self._in_use, self.material.data, image_size=self.material.size, device=self._device
        )
        return found.map50

    def close(self) -> None:
        """End the thread that makes pictures."""
        self._source.close()


class Rounds(_Learning):
    """Label ten, train from the starter with all of them, go on with what came out."""

    def reviewed(self, at: int, photo: Photo, verdicts: list[Verdict]) -> None:
        """Train when a round is full; the person waits for nothing meanwhile."""
        del verdicts
        self.examples.put(at, photo)
        self.memory.put(photo.example)
        if len(self.memory.all()) % ROUND == 0:
            self._begin()
            self._gate.forget()
            self.learner.meet(self.memory.all())
            self._source.clear()
            for left in range(ROUND_STEPS, 0, -1):
                rate = max(LOWEST_RATE, min(1.0, 2 * left / ROUND_STEPS))
                self.learner.step(self._source.next(), rate_factor=rate)
                self.steps += 1
            self.hand_out()


class Live(_Learning):
    """Learns while the person labels.

    Args:
        steps_per_s: Of a quiet machine.
    """

    def __init__(
        self,
        material: Material,
        *,
        seed: int,
        folder: Path,
        settings: dict[str, Any],
        steps_per_s: float,
        device: str = "cpu",
    ) -> None:
        super().__init__(material, seed=seed, folder=folder, settings=settings, device=device)
        self._steps_per_s = steps_per_s
        self._owed = 0.0

    def meanwhile(self, seconds: float) -> None:
        """As many steps as fit; what they brought proposes on the next image."""
        if len(self.memory.all()) < LEAST_IMAGES:
            return
        self._owed += seconds * self._steps_per_s
        before = self.steps
        self.learn(int(self._owed))
        self._owed -= int(self._owed)
        if self.steps > before:
            self.hand_out()

    def reviewed(self, at: int, photo: Photo, verdicts: list[Verdict]) -> None:
        """It is taken in at once, and new classes are solved for."""
        del verdicts
        self.examples.put(at, photo)
        self.memory.put(photo.example)
        known = len(self.memory.all())
        if known < LEAST_IMAGES:
            return
        self.course.more(known if known == LEAST_IMAGES else 1)
        self._source.clear()
        if self.learner.meet(self.memory.all()):
            self.hand_out()


class Queued(Live):
    """Live, and the queue says what comes next."""

    def __init__(self, material: Material, **more: Any) -> None:
        super().__init__(material, **more)
        self._vectors = standardised(material.appearance)
        self._known = np.zeros(len(material.photos), np.bool_)
        self._verdicts: deque[list[Verdict]] = deque(maxlen=LOOKED_BACK)
        self._order: list[int] = []
        self.changed_over_at: int | None = None

    def next(self) -> int:
        """What the queue has first."""
        done = int(self._known.sum())
        if not self._order or done % ASK_AGAIN == 0:
            self._order = self._worked_out(done)
        return self._order.pop(0)

    def reviewed(self, at: int, photo: Photo, verdicts: list[Verdict]) -> None:
        """One more is known."""
        super().reviewed(at, photo, verdicts)
        self._known[at] = True
        self._verdicts.append(verdicts)

    def _worked_out(self, done: int) -> list[int]:
        trust = trusting.measure([v for each in self._verdicts for v in each])
        if not trust.is_earned:
            choices = typical_order(self._vectors, self._known)
            return spread([choice.place for choice in choices], self._vectors)
        if self.changed_over_at is None:
            self.changed_over_at = done
        doubts = {at: self._doubt(self.material.photos[at]) for at in self.left}
        ranked = sorted(self.left, key=lambda at: -doubts[at])
        return spread(ranked, self._vectors)

    def _doubt(self, photo: Photo) -> float:
        value = uncertainty(
            thing.score for thing in proposals(self._seen, photo, with_classes=True)
        )
        return -1.0 if value is None else value


def predictor_of(model: nn.Module, card: ModelCard, device: str = "cpu") -> Predictor:
    """What proposes with a network, which is copied."""
    fused: Any = copy.deepcopy(model).float()
    fused.fuse(verbose=False)
    fused.eval().requires_grad_(False)
    return Predictor(Path(), card, TorchBackend(fused, device), DeviceReport(device, ""))


def proposals(predictor: Predictor, photo: Photo, *, with_classes: bool) -> list[Thing]:
    """What the program proposes: an object that is seen as two classes comes once."""
    height, width = photo.pixels.shape[:2]
    settings = PredictSettings()
    found = propose(
        Annotation(0, width, height),
        predict_tiled(photo.pixels, predictor, settings),
        model_id=predictor.card.model_id,
        run_id=None,
        confidence=settings.confidence,
        mapping={index: index for index in range(len(predictor.card.classes))},
    ).instances
    return [
        Thing(item.parts, item.class_id if with_classes else -1, item.score or 0.0)
        for item in found
    ]
