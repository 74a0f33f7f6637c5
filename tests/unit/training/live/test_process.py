"""The learner from its first look to its last weights, in this process."""

from __future__ import annotations

from collections.abc import Callable
from functools import partialmethod
from pathlib import Path

import pytest
import torch
from msgspec import structs

from dynseg.annotation import class_edits, edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Instance
from dynseg.errors import ModelFileError, TrainingError
from dynseg.geometry.part import Part, ring
from dynseg.inference.backends.torch_backend import TorchBackend
from dynseg.model.card import ModelCard
from dynseg.model.checkpoint import load
from dynseg.model.registry import STARTER, ModelRegistry
from dynseg.project.store import Store
from dynseg.training.image_size import MOST_SIZE_CPU
from dynseg.training.live.course import MOST_STEPS
from dynseg.training.live.messages import Event, Learning, Measured, Remark, Weights
from dynseg.training.live.orders import Orders
from dynseg.training.live.process import LiveProcess
from dynseg.training.live.source import ReviewedImages


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    torch.set_num_threads(1)
    monkeypatch.setattr("dynseg.training.live.process.BATCH_CPU", 2)


class Session:
    """A learner beside a project, and what it says."""

    def __init__(self, store: Store, answer: Callable[[Event], None]) -> None:
        self.orders = Orders()
        self.events: list[Event] = []
        self._answer = answer
        self._store = store

    def run(self) -> None:
        with Store.open(self._store.root, read_only=True) as view:
            registry = ModelRegistry(view.layout.models)
            LiveProcess(
                view, registry, orders=self.orders, emit=self._take, device="cpu", threads=1
            ).run()

    def of(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.events if isinstance(event, kind)]

    def _take(self, event: Event) -> None:
        self.events.append(event)
        self._answer(event)


def set_state(store: Store, image_id: int, state: ImageState) -> None:
    before = store.annotation(image_id)
    delta = diff(before, edits.set_state(state)(before))
    store.commit(image_id, delta, expected_revision=before.revision, text="State")


def test_hands_out_weights_learns_and_takes_in_a_new_image(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = reviewed_store
    monkeypatch.setattr("dynseg.training.live.process.HAND_OUT_S", 0.5)
    monkeypatch.setattr("dynseg.training.live.process.POLL_S", 0.0)
    monkeypatch.setattr("dynseg.training.live.process.EARLIEST_STEPS", 2)
    last = store.images()[-1].id
    set_state(store, last, ImageState.IN_WORK)
    loaded: list[list[str]] = []

    def answer(event: Event) -> None:
        if isinstance(event, Weights):
            loaded.append(load(Path(event.path))[1].classes)
            if len(loaded) == 1:
                set_state(store, last, ImageState.REVIEWED)
        if (session.of(Measured) and len(loaded) >= 2) or len(session.of(Remark)) > 3:
            session.orders.stop()

    session = Session(store, answer)
    session.run()
    names = [label.name for label in store.classes().labels]
    assert loaded[0] == names
    first, *_, newest = [event for event in session.events if isinstance(event, Weights)]
    assert first.steps >= 2, "before, the starter proposes better"
    assert first.images == 5
    assert newest.steps > first.steps
    measured = session.of(Measured)
    assert [event.image_id for event in measured if isinstance(event, Measured)] == [last]
    states = [event.state for event in session.events if isinstance(event, Learning)]
    assert states[0] == "starting"
    assert "learning" in states
    registry = ModelRegistry(store.layout.models)
    assert registry.active().name == STARTER  # nothing is promoted behind anybody's back


def test_learns_on_where_memory_is_too_short_to_try_outlines_along_edges(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dynseg.training.live.process.POLL_S", 0.0)
    monkeypatch.setattr("dynseg.training.live.process.SAY_S", 0.0)
    for row in reviewed_store.images()[2:]:
        set_state(reviewed_store, row.id, ImageState.IN_WORK)
    tried: list[object] = []

    def fail(self: TorchBackend, *_: object) -> None:
        tried.append(self)
        raise RuntimeError("DefaultCPUAllocator: can't allocate memory")

    monkeypatch.setattr(TorchBackend, "run", fail)

    def answer(event: Event) -> None:
        if isinstance(event, Learning) and event.steps:
            session.orders.stop()

    session = Session(reviewed_store, answer)
    session.run()
    assert len(tried) == 2


def test_objects_of_later_images_decide_anew_how_large_images_are_seen(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = reviewed_store
    monkeypatch.setattr("dynseg.training.live.process.POLL_S", 0.0)
    monkeypatch.setattr("dynseg.training.live.process.HAND_OUT_S", 0.2)
    monkeypatch.setattr("dynseg.training.live.process.EARLIEST_STEPS", 2)
    empty, others = store.images()[:2], store.images()[2:]
    for row in empty:
        document = store.annotation(row.id)
        delta = diff(document, document.with_instances([]))
        store.commit(row.id, delta, expected_revision=document.revision, text="Delete")
    for row in others:
        document = store.annotation(row.id)
        shrunk = edits.set_state(ImageState.IN_WORK)(document)
        small = [scaled(item, 0.1) for item in document.instances]
        delta = diff(document, shrunk.with_instances(small))
        store.commit(row.id, delta, expected_revision=document.revision, text="Shrink")
    cards: list[ModelCard] = []

    def answer(event: Event) -> None:
        if isinstance(event, Weights):
            cards.append(load(Path(event.path))[1])
            if len(cards) == 1:
                for row in others:
                    set_state(store, row.id, ImageState.REVIEWED)
            if cards[-1].close_up > 1:
                session.orders.stop()

    session = Session(store, answer)
    session.run()
    assert cards[0].close_up == 1
    assert (cards[-1].close_up > 1, cards[-1].image_size) == (True, MOST_SIZE_CPU)
    measured = [event.image_id for event in session.events if isinstance(event, Measured)]
    assert measured == [row.id for row in others[-2:]], "many at once, then again at another size"


def scaled(item: Instance, factor: float) -> Instance:
    """The shape, smaller, where its first vertex is."""
    corner = item.parts[0].outer[0]
    parts = tuple(Part(ring(corner + (part.outer - corner) * factor)) for part in item.parts)
    return structs.replace(item, parts=parts)


def test_learns_on_when_a_class_is_deleted_meanwhile(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Images that are not read again yet would have labels of classes that are not there."""
    store = reviewed_store
    monkeypatch.setattr(ReviewedImages, "poll", partialmethod(ReviewedImages.poll, most=2))
    monkeypatch.setattr("dynseg.training.live.process.POLL_S", 0.0)
    monkeypatch.setattr("dynseg.training.live.process.SAY_S", 0.0)
    until: list[int] = []

    def answer(event: Event) -> None:
        if not isinstance(event, Learning) or event.steps < 1:
            return
        if not until:
            first, *_, heir = store.classes().labels
            store.change_classes(class_edits.merge(first.id, into=heir.id))
            until.append(event.steps + 5)
        elif event.steps >= until[0]:
            session.orders.stop()

    session = Session(store, answer)
    session.run()
    assert until


def test_waits_for_a_second_image_and_rests_while_paused(reviewed_store: Store) -> None:
    store = reviewed_store
    for row in store.images()[1:]:
        set_state(store, row.id, ImageState.IN_WORK)

    def answer(event: Event) -> None:
        session.orders.stop()

    session = Session(store, answer)
    session.run()
    assert [e.state for e in session.events if isinstance(e, Learning)] == ["waiting"]
    assert not session.of(Weights)


def test_an_image_that_comes_again_says_nothing(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has been learned from: its proposals would seem better than those of a new one."""
    store = reviewed_store
    monkeypatch.setattr("dynseg.training.live.process.POLL_S", 0.0)
    monkeypatch.setattr("dynseg.training.live.process.SAY_S", 0.0)
    monkeypatch.setattr("dynseg.training.live.process.EARLIEST_STEPS", 1)
    monkeypatch.setattr("dynseg.training.live.process.HAND_OUT_S", 0.0)
    first, *_, last = (row.id for row in store.images())
    set_state(store, last, ImageState.IN_WORK)
    handed: list[Event] = []

    def answer(event: Event) -> None:
        if isinstance(event, Weights):
            handed.append(event)
            if len(handed) == 1:
                set_state(store, first, ImageState.IN_WORK)
            elif len(handed) == 2:
                set_state(store, first, ImageState.REVIEWED)
            elif len(handed) == 3:
                set_state(store, last, ImageState.REVIEWED)
        if isinstance(event, Measured) and event.image_id == last:
            session.orders.stop()

    session = Session(store, answer)
    session.run()
    measured = [event.image_id for event in session.events if isinstance(event, Measured)]
    assert measured == [last]


@pytest.mark.parametrize("kind", ["paused", "battery"])
def test_looks_at_no_image_while_it_has_to_wait(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """What is reviewed then is measured and tried when it goes on."""
    store = reviewed_store
    for name in ("POLL_S", "SAY_S"):
        monkeypatch.setattr(f"dynseg.training.live.process.{name}", 0.0)
    monkeypatch.setattr("dynseg.training.live.process.EARLIEST_STEPS", 1)
    monkeypatch.setattr("dynseg.training.live.process.HAND_OUT_S", 0.0)
    last = store.images()[-1].id
    set_state(store, last, ImageState.IN_WORK)
    waited: list[str] = []

    def answer(event: Event) -> None:
        if session.of(Measured):
            session.orders.stop()
        elif isinstance(event, Weights) and not waited:
            hold(session.orders, kind, True)
            set_state(store, last, ImageState.REVIEWED)
            waited.append("")
        elif isinstance(event, Learning) and event.state == kind:
            waited.append(kind)
            hold(session.orders, kind, len(waited) < 4)

    session = Session(store, answer)
    session.run()
    states = [event for event in session.events if isinstance(event, Learning | Measured)]
    first = next(at for at, event in enumerate(states) if isinstance(event, Measured))
    assert sum(isinstance(e, Learning) and e.state == kind for e in states[:first]) == 3


def hold(orders: Orders, kind: str, held: bool) -> None:
    """Let the learner wait, or go on."""
    if kind == "paused":
        orders.pause(held)
    else:
        orders._battery, orders._battery_asked_s = held, float("inf")


def test_gets_ready_only_when_it_may_work(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dynseg.training.live.process.SAY_S", 0.0)
    monkeypatch.setattr("dynseg.training.live.process.POLL_S", 0.0)

    def answer(event: Event) -> None:
        if isinstance(event, Learning) and len(session.events) == 2:
            session.orders.pause(False)
        if isinstance(event, Learning) and event.state == "starting":
            session.orders.stop()

    session = Session(reviewed_store, answer)
    session.orders.pause(True)
    session.run()
    said = [(event.state, event.images) for event in session.events if isinstance(event, Learning)]
    assert said[:3] == [("paused", 6), ("paused", 6), ("starting", 6)]


def test_loss_that_is_no_number_begins_again_from_the_active_model(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dynseg.training.live.learner import Learner

    step = Learner.step
    ruined: list[bool] = []

    def ruin_once(self: Learner, batch: dict[str, object], *, rate_factor: float = 1.0) -> float:
        if not ruined:
            ruined.append(True)
            with torch.no_grad():
                next(self.model.parameters()).fill_(float("nan"))
        return step(self, batch, rate_factor=rate_factor)

    monkeypatch.setattr(Learner, "step", ruin_once)

    def answer(event: Event) -> None:
        if isinstance(event, Learning) and event.loss is not None:
            session.orders.stop()

    session = Session(reviewed_store, answer)
    session.run()
    remarks = [event.text for event in session.events if isinstance(event, Remark)]
    assert remarks == ["Live learning went astray: its loss is no longer a number."]


def test_what_begins_again_has_all_of_its_steps_before_it(reviewed_store: Store) -> None:
    with Store.open(reviewed_store.root, read_only=True) as view:
        process = LiveProcess(
            view, ModelRegistry(view.layout.models), orders=Orders(), emit=lambda _: None,
            device="cpu", threads=1,
        )  # fmt: skip
        process._look()
        for _ in range(MOST_STEPS):
            process._course.stepped(1.0)
        assert process._course.is_resting
        process._begin_again(TrainingError("astray"))
        assert process._source is not None
        process._source.close()
    assert not process._course.is_resting


def test_weights_that_no_file_can_hold_are_passed_by(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In half precision a large weight is no number; the next version may be fine."""

    def refuse(*_: object) -> None:
        raise ModelFileError("The model was not saved: a weight is no number.")

    monkeypatch.setattr("dynseg.training.live.gate.save", refuse)
    monkeypatch.setattr("dynseg.training.live.process.EARLIEST_STEPS", 0)
    monkeypatch.setattr("dynseg.training.live.process.SAY_S", 0.0)

    def answer(event: Event) -> None:
        if isinstance(event, Learning) and event.steps >= 1:
            session.orders.stop()

    session = Session(reviewed_store, answer)
    session.run()
    remarks = [event.text for event in session.events if isinstance(event, Remark)]
    assert remarks == ["The model was not saved: a weight is no number."]


def test_a_full_disk_is_said_once_and_learning_goes_on(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dynseg.training.live.gate.save", full)
    monkeypatch.setattr("dynseg.training.live.process.HAND_OUT_S", 0.1)
    monkeypatch.setattr("dynseg.training.live.process.EARLIEST_STEPS", 0)
    monkeypatch.setattr("dynseg.training.live.process.SAY_S", 0.0)

    def answer(event: Event) -> None:
        if isinstance(event, Learning) and event.steps >= 2:
            session.orders.stop()

    session = Session(reviewed_store, answer)
    session.run()
    remarks = [event.text for event in session.events if isinstance(event, Remark)]
    assert len(remarks) == 1
    assert "could not be written (No space left on device)" in remarks[0]
    assert remarks[0].endswith("Make room on the disk.")
    assert not session.of(Weights)
