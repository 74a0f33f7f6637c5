"""The live learner in its own process: looks, learns, hands out weights, until it is ended."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec
import psutil
import torch
from torch import nn

from dynseg.errors import DynsegError, ModelFileError, TrainingError, is_out_of_memory
from dynseg.images.decode import decode
from dynseg.machine import core_count
from dynseg.model.card import ModelCard
from dynseg.model.checkpoint import load
from dynseg.model.registry import ModelRegistry
from dynseg.project.view import ProjectView
from dynseg.review.effort import outlined_by_person
from dynseg.training.devices import choose_device
from dynseg.training.edges import EdgeTrial, as_drawn, with_edges
from dynseg.training.heap import give_back
from dynseg.training.image_size import MOST_SIZE_CPU, MOST_SIZE_GPU
from dynseg.training.live.batches import BatchSettings, BatchSource, Memory
from dynseg.training.live.course import Course
from dynseg.training.live.folder import LiveFolder
from dynseg.training.live.gate import Gate
from dynseg.training.live.learner import Learner, LearnerSettings
from dynseg.training.live.messages import Event, Learning, Measured, Remark, State, Weights
from dynseg.training.live.orders import Orders
from dynseg.training.live.quality import LiveMeter, quality
from dynseg.training.live.source import Changes, ReviewedImages
from dynseg.training.memory import LEAST_BATCH, fitting_batch

LEAST_IMAGES = 2
POLL_S = 1.0
SAY_S = 1.0
HAND_OUT_S = 8.0
"""Weights are handed out this often while there is something new."""
EARLIEST_STEPS = 200
"""Until then the starter proposes better, with two looks and the names of reviewed shapes that its
proposals resemble. With five images it took 2.0 (food-tray) and 4.0 (generated scenes) gestures an
object; weights of 60 steps took 2.6 and 5.5, of 150 steps 2.2 and 4.9 (estimated as in
`tests/benchmarks/effort`)."""
IDLE_S = 0.25
BATCH_CPU, BATCH_GPU = 8, 16
_RESTARTS = 3


@dataclass(slots=True)
class _Pace:
    """When what was done last."""

    polled_s: float = 0.0
    said_s: float = 0.0
    handed_s: float = 0.0
    handed_steps: int = -1
    improved_s: float = 0.0
    rate: float = 0.0
    problem: str = ""


class LiveProcess:
    """Learns from the reviewed images of a project until it is told to end.

    Args:
        view: The project, read-only, with a connection of its own.
        registry: Its models; the active one is where learning starts.
        orders: What the program that started it wants.
        emit: Takes events.
        device: `auto`, `cpu`, `cuda` or `cuda:N`.
        threads: CPU threads.
        settings: How the network learns.
    """

    def __init__(
        self,
        view: ProjectView,
        registry: ModelRegistry,
        *,
        orders: Orders,
        emit: Callable[[Event], None],
        device: str = "auto",
        threads: int = 0,
        settings: LearnerSettings | None = None,
    ) -> None:
        self._registry = registry
        self._orders = orders
        self._emit = emit
        self._device = choose_device(device)
        self._settings = settings
        self._view = view
        self._images = ReviewedImages(view)
        self._memory = Memory()
        self._folder = LiveFolder(view.layout)
        self._gate = Gate(self._folder, self._memory)
        self._meter = LiveMeter()
        self._edges = EdgeTrial()
        self._course = Course()
        self._pace = _Pace()
        self._learner: Learner | None = None
        self._source: BatchSource | None = None
        self._batch = BATCH_CPU if self._device == "cpu" else BATCH_GPU
        self._restarts = 0
        self._learned: set[int] = set()
        self._least_size = self._sized_for = 0
        self._earliest = 0
        self._reviewed = 0
        torch.set_num_threads(threads or default_threads())
        torch.set_flush_denormal(True)  # weights of unused experts: ten times slower otherwise

    def run(self) -> None:
        """Learn until the order to stop comes.

        Raises:
            TrainingError: learning goes astray again and again.
            ModelFileError: the model to start from cannot be used.
            ProjectError: the project cannot be read any more.
        """
        try:
            while not self._orders.stopped:
                self._turn()
        finally:
            if self._source is not None:
                self._source.close()

    def _turn(self) -> None:
        """One step, or a short wait."""
        now_s = time.monotonic()
        # What is reviewed meanwhile waits: to take it in and to try it is work as well.
        if now_s - self._pace.polled_s >= POLL_S:
            self._pace.polled_s = now_s
            if not self._rests_for_others():
                self._look()
            elif self._reviewed < LEAST_IMAGES:
                self._reviewed = self._images.count()
        state = self._state()
        if state == "learning":
            self._learn()
        else:
            self._orders.wait(IDLE_S)
        self._say(self._state())

    def _rests_for_others(self) -> bool:
        """Whether a person, a training run or the battery wants it to do nothing."""
        return self._orders.paused or self._orders.on_battery

    def _state(self) -> State:
        if self._learner is None and self._reviewed < LEAST_IMAGES:
            return "waiting"
        if self._orders.paused:
            return "paused"
        if self._orders.on_battery:
            return "battery"
        if self._learner is None:
            return "waiting"
        return "resting" if self._course.is_resting else "learning"

    # What is new

    def _look(self) -> None:
        """Take in what was reviewed since the last look."""
        if self._learner is None and not self._begin():
            return
        changes = self._images.poll()
        if not changes and not changes.classes:
            return
        self._take_classes(changes)
        self._take_images(changes)
        if changes.fresh:
            self._look_anew()

    def _begin(self) -> bool:
        """Get ready once there are two images; whether that is so."""
        self._reviewed = self._images.count()
        if self._reviewed < LEAST_IMAGES:
            return False
        self._say("starting", now=True)
        parent, card = load(self._registry.resolve(None))
        self._least_size = card.image_size
        self._earliest = EARLIEST_STEPS if card.class_agnostic else 0
        self._choose_size()
        self._edges = EdgeTrial(card.edge_shift_px)
        self._learner = self._new_learner(parent, card, card.classes)
        self._fit_batch(self._learner)
        self._folder.forget_old(kept=1)  # a window may still use the newest, after a restart
        self._start_pictures()
        return True

    def _new_learner(self, parent: nn.Module, card: ModelCard, classes: Sequence[str]) -> Learner:
        return Learner(
            parent,
            msgspec.structs.replace(card, close_up=self._images.close_up),
            classes,
            size=self._images.size,
            settings=self._settings,
            device=self._device,
        )

    def _choose_size(self) -> bool:
        """Decide how large images are seen, by what is reviewed now; whether that changes it."""
        self._sized_for = max(LEAST_IMAGES, self._images.known)
        most = MOST_SIZE_CPU if self._device == "cpu" else MOST_SIZE_GPU
        return self._images.choose_size(
            least=self._least_size, most=max(most, self._least_size), close_ups=True
        )

    def _look_anew(self) -> None:
        """With twice as many images, see them as large as all of their objects want it.

        The first two may have had nothing in them, or no small objects.
        """
        learner = self._learner
        if learner is None or self._images.known < 2 * self._sized_for or not self._choose_size():
            return
        learner.look_at(self._images.size, self._images.close_up)
        self._fit_batch(learner)
        self._start_pictures()

    def _fit_batch(self, learner: Learner) -> None:
        """Take fewer pictures a step where memory is short; a GPU says so by itself."""
        if self._device == "cpu":
            self._batch = fitting_batch(learner.model, size=learner.size, wanted=self._batch)

    def _start_pictures(self) -> None:
        if self._source is not None:
            self._source.close()
        self._source = BatchSource(
            self._memory, BatchSettings(size=self._images.size, count=self._batch)
        )

    def _take_classes(self, changes: Changes) -> None:
        learner = self._learner
        if learner is None or not changes.classes:
            return
        learner.rename_classes(changes.renamed)
        if list(changes.classes) != learner.classes:
            learner.set_classes(changes.classes)
            self._gate.forget()

    def _take_images(self, changes: Changes) -> None:
        learner = self._learner
        assert learner is not None
        # Images that only measure are gone as well: nothing changes where they never were.
        gone = sum(self._memory.drop(image_id) for image_id in changes.gone)
        for image_id in changes.gone:
            self._gate.drop_guard(image_id)
        for example in changes.guards:
            self._gate.add_guard(example)
        known = len(self._memory.all())
        new = [example for example in changes.fresh if example.image_id not in changes.again]
        proposing = self._gate.in_use
        unseen = [example for example in new if example.image_id not in self._learned]
        # A first look at many images at once says nothing about what was learned; of those that
        # were reviewed during a pause the last ones do.
        first_look = proposing is None and len(unseen) > LEAST_IMAGES
        asked = [] if first_look else unseen[-LEAST_IMAGES:]
        telling = {example.image_id for example in asked}
        for example in changes.fresh:
            told = example.image_id in telling
            if proposing is not None and told:
                worth = quality(proposing, [example], size=learner.size)
                self._meter.add(worth)
                self._emit(Measured(example.image_id, worth, known))
            if told:
                self._try_edges(learner, example.image_id)
            self._memory.put(example)
            self._learned.add(example.image_id)
        if changes.fresh or gone:
            if new or gone:
                self._course.more(len(new))
            if self._source is not None:
                self._source.clear()
        if learner.meet(self._memory.all()):
            self._pace.handed_steps = -1
            self._hand_out()

    def _try_edges(self, learner: Learner, image_id: int) -> None:
        """See on an image, before it is learned from, whether outlines are better along edges."""
        try:
            document = self._view.annotation(image_id)
            drawn = outlined_by_person(self._view, image_id)
            pixels = decode(self._view.image_path(image_id)).pixels
            found = as_drawn(pixels, learner.average.model, learner.card)
        except DynsegError:
            return  # changed or gone since it was read for learning, or too large for the memory
        shapes = document.instances
        by_person = [item.id in drawn for item in shapes]
        self._edges.add(found, [item.parts for item in shapes], pixels, drawn=by_person)

    # Learning

    def _learn(self) -> None:
        learner, source = self._learner, self._source
        if learner is None or source is None or not self._memory.all():
            self._orders.wait(IDLE_S)
            return
        started_s = time.monotonic()
        try:
            loss = learner.step(source.next(), rate_factor=self._course.rate_factor)
        except TrainingError as error:
            self._begin_again(error)
            return
        except (MemoryError, RuntimeError) as error:
            self._use_less_memory(error)
            return
        if loss == loss:
            self._course.stepped(loss)
        took_s = max(1e-6, time.monotonic() - started_s)
        rate = self._batch / took_s
        self._pace.rate = rate if not self._pace.rate else 0.8 * self._pace.rate + 0.2 * rate
        due = time.monotonic() - self._pace.handed_s >= HAND_OUT_S
        if due or self._course.is_resting:
            self._hand_out()

    def _hand_out(self) -> None:
        """Write the averaged weights if they are sound and new."""
        learner = self._learner
        if learner is None or self._pace.handed_steps == learner.steps:
            return
        if learner.steps < self._earliest and not self._course.is_resting:
            return
        self._pace.handed_s, self._pace.handed_steps = time.monotonic(), learner.steps
        give_back()
        images = len(self._memory.all())
        card = msgspec.structs.replace(
            learner.card, notes=f"Live, from {images} images and {learner.steps} steps."
        )
        card = with_edges(card, self._edges)
        try:
            path, card, reached = self._gate.pass_on(learner.average.model, card, learner.size)
        except ModelFileError as error:  # refused, or no file can hold them
            self._remark(error.message)
            return
        except OSError as error:
            self._remark(
                f"The newest weights could not be written ({error.strerror}); those before go on "
                "proposing. Make room on the disk."
            )
            return
        self._pace.problem = ""
        self._pace.improved_s = time.time()
        self._emit(Weights(str(path), card.model_id, images, learner.steps, reached))

    def _begin_again(self, error: TrainingError) -> None:
        """The weights are beyond help: start from the active model, which was never touched."""
        self._restarts += 1
        if self._restarts > _RESTARTS:
            raise error
        self._remark(error.message)
        old = self._learner
        parent, card = load(self._registry.resolve(None))
        assert old is not None
        self._course = Course()  # all is to be learned anew, also where it was nearly done
        self._course.more(len(self._memory.all()))
        self._learner = self._new_learner(parent, card, old.classes)
        self._learner.meet(self._memory.all())

    def _use_less_memory(self, error: MemoryError | RuntimeError) -> None:
        if not is_out_of_memory(error):
            raise error
        if self._batch <= LEAST_BATCH:
            raise TrainingError(
                "There is not enough memory to learn while you label.",
                "Close other programs, or switch live learning off.",
            ) from error
        self._batch //= 2
        gc.collect()
        if self._device != "cpu":
            torch.cuda.empty_cache()
        self._remark(f"Memory is short: learning goes on with {self._batch} pictures a step.")
        self._start_pictures()

    # Telling

    def _say(self, state: State, *, now: bool = False) -> None:
        now_s = time.monotonic()
        if not now and now_s - self._pace.said_s < SAY_S:
            return
        self._pace.said_s = now_s
        learner = self._learner
        images = len(self._memory.all()) if learner is not None else self._reviewed
        self._emit(
            Learning(
                state=state,
                images=images,
                steps=learner.steps if learner is not None else 0,
                loss=self._course.loss,
                quality=self._meter.value,
                improved_s=self._pace.improved_s,
                images_per_s=self._pace.rate if state == "learning" else 0.0,
                memory_bytes=_memory_bytes(self._device),
                image_size=learner.size if learner is not None else 0,
            )
        )

    def _remark(self, text: str) -> None:
        if text != self._pace.problem:  # once, not at every step
            self._pace.problem = text
            self._emit(Remark(text))


def default_threads() -> int:
    """Threads to learn with: the person's own work gets a core where there are several."""
    cores = core_count()
    return max(1, min(8, cores - 1 if cores > 2 else cores))


def _memory_bytes(device: str) -> int:
    if device != "cpu":
        return int(torch.cuda.memory_reserved(device))
    return int(psutil.Process().memory_info().rss)
