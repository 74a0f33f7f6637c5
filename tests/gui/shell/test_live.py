"""Live learning beside the real window, with the real learner and the real starter."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import psutil
import pytest
from pytestqt.qtbot import QtBot

from dynseg.annotation import edits
from dynseg.annotation.document import ImageState, Instance, Origin
from dynseg.formats.incoming.importing import import_labels
from dynseg.geometry.part import Part, ring
from dynseg.project.store import Store
from dynseg.sample.generate import generate
from dynseg.training.live.messages import Learning, Remark, Weights, encode
from dynseg.training.run import RunFolder
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.panels.effort_charts import EffortCharts
from dynseg_annotator.panels.live_card import (
    OFF,
    WAITING,
    WAITS,
    LiveCard,
    live_cost,
    live_line,
    live_note,
)
from dynseg_annotator.panels.message_bar import MessageBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LONG_MS = 400_000
IMAGES = 4


@pytest.fixture
def bench(application: Workbench, tmp_path: Path, qtbot: QtBot) -> Workbench:
    """The window on a folder in which all images but one are reviewed."""
    generate(tmp_path / "scenes", images=IMAGES, seed=3)
    images = tmp_path / "scenes" / "images"
    labels = sorted((tmp_path / "scenes" / "labels").rglob("*.txt"))
    labels[-1].unlink()
    with Store.create(tmp_path / "project", images=images) as store:
        import_labels(store, tmp_path / "scenes", as_reviewed=True)
    application.frame.open(tmp_path / "project")
    qtbot.waitUntil(lambda: application.context.active_model is not None, timeout=LONG_MS)
    return application


@pytest.mark.slow  # two starts of a process that loads torch
def test_learner_proposes_survives_a_kill_and_ends_with_the_project(
    bench: Workbench, qtbot: QtBot
) -> None:
    context = bench.context
    store = context.store
    assert store is not None
    context.live.start(str(store.root), device="cpu")
    qtbot.waitUntil(lambda: context.live_model is not None, timeout=LONG_MS)
    live, active = context.live_model, context.active_model
    assert live is not None
    assert active is not None
    assert live.card.classes == [label.name for label in store.classes().labels]
    assert bench.models.proposing() == (str(live.path), live.card.model_id)
    card = bench.parts.training_panel.live
    qtbot.waitUntil(lambda: card.text.startswith("Learning from 3 images"), timeout=LONG_MS)

    first = context.live.pid
    psutil.Process(first).kill()
    qtbot.waitUntil(lambda: context.live.pid not in (0, first), timeout=LONG_MS)
    second = context.live.pid
    bench.live.stop()
    qtbot.waitUntil(lambda: not psutil.pid_exists(second), timeout=LONG_MS)
    assert context.live_model is None
    assert bench.models.proposing() == ("", active.model_id)


def test_a_project_that_is_gone_is_not_to_be_made_anew_and_learning_goes_on_after_it_is_back(
    bench: Workbench, qtbot: QtBot
) -> None:
    """Who renamed the folder was told to make a project there, and nothing learned again."""
    context = bench.context
    store = context.store
    assert store is not None
    card, away = bench.parts.training_panel.live, store.root.with_name("renamed")
    store.root.rename(away)
    context.live.broke.emit("There is no project in it.", "Make one: open a folder of images.")
    qtbot.waitUntil(lambda: card.text.startswith("The project is not where it was"))
    bar = bench.window.findChild(MessageBar)
    assert bar is not None
    assert not [message for message in bar.shown_messages if message.key == "live"]
    away.rename(store.root)
    qtbot.waitUntil(lambda: context.session.annotation is not None)
    context.session.apply("Draw shape", edits.add(proposal(20)))
    qtbot.waitUntil(lambda: not card.text.startswith("The project is not where"))


def test_learning_that_ended_with_a_damaged_model_goes_on_from_another(
    bench: Workbench, qtbot: QtBot
) -> None:
    context, card = bench.context, bench.parts.training_panel.live
    active = context.active_model
    assert active is not None
    context.live.broke.emit("x.safetensors is damaged.", "")
    assert card.text == "x.safetensors is damaged."
    context.set_active_model(msgspec.structs.replace(active, model_id="another"))
    assert "damaged" not in card.text


def test_card_says_what_happens_and_what_it_costs(qtbot: QtBot) -> None:
    card = LiveCard()
    qtbot.addWidget(card)
    assert card.text == WAITING
    busy = Learning("learning", 3, 40, quality=0.5, improved_s=95.0, images_per_s=21.4,
                    memory_bytes=900 << 20, image_size=320)  # fmt: skip
    card.show_state(busy, on=True)
    assert card.text.startswith("Learning from 3 images, last improved ")
    line = live_line(busy, on=True, now_s=100.5)
    assert line == "Learning from 3 images, last improved 6 s ago, live quality 0.50."
    assert "21 pictures/s at 320 px" in live_cost(busy)
    assert live_note(busy) == "learning from 3 images, quality 0.50"
    assert live_note(Learning("starting", 3)) == "getting ready to learn"
    assert live_note(Learning("battery", 3, 40)) == "learning waits for the power supply"
    assert live_note(Learning("waiting", 1)) == ""
    assert card.pause.isVisibleTo(card)
    card.show_state(busy, on=True, waits=True)
    assert card.text == WAITS
    assert not card.pause.isVisibleTo(card)
    assert card._cost.isHidden(), "what it takes while it waits is nothing"
    card.show_state(busy, on=False)
    assert card.text == OFF
    switched: list[bool] = []
    card.switched.connect(switched.append)
    card.switch.click()
    assert switched == [True]


def test_what_does_not_go_well_stands_in_the_card_until_it_is_over(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    context, card = bench.context, bench.parts.training_panel.live
    says = encode(Learning("learning", 3, 250)) + encode(
        Remark("Memory is short: learning goes on with 4 pictures a step.")
    )
    later = encode(Weights("gone.safetensors", "m", 3, 300, 0.5))
    # A process that says this, and more when it is told something.
    talks = (
        f"import sys; out = sys.stdout.buffer; out.write({says!r}); "
        f"out.flush(); sys.stdin.readline(); out.write({later!r}); out.flush(); input()"
    )
    monkeypatch.setattr(context.live, "_command", (sys.executable, "-c", talks))
    context.live.start("", device="cpu")
    qtbot.waitUntil(lambda: card.remark != "", timeout=20_000)
    assert card.remark == "Memory is short: learning goes on with 4 pictures a step."
    with qtbot.waitSignal(context.live.improved, timeout=20_000):
        context.live.pause(True)
    assert card.remark == ""
    bench.live.stop()


def test_card_says_that_the_learner_gets_ready_before_it_says_so_itself(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, card = bench.context, bench.parts.training_panel.live
    # A process that lives and has not spoken yet, as for as long as it loads its libraries.
    monkeypatch.setattr(context.live, "_command", (sys.executable, "-c", "input()"))
    assert card.text == WAITING
    context.live.start("", device="cpu")
    bench.live.consider()
    assert card.text == "Getting ready to learn from 3 images."
    bench.live.stop()
    assert card.text == WAITING


def test_panel_says_what_proposals_were_worth(
    application: Workbench, folder: Path, qtbot: QtBot
) -> None:
    with Store.create(folder, images=folder, classes=["bolt"]):
        pass
    application.frame.open(folder)
    context, card = application.context, application.parts.training_panel.live
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=LONG_MS)
    assert card._effort.text() == ""
    session = context.session
    offer = [proposal(10 + 60 * at) for at in range(2)]
    session.apply("Pre-label", edits.replace_all(offer))
    session.apply("Delete", edits.remove([offer[0].id]))
    session.apply("Review", edits.set_state(ImageState.REVIEWED))
    line = "Your last image: 50% of the proposals kept as they were, 2.0 steps an object."
    qtbot.waitUntil(lambda: bool(card._effort.text()), timeout=5000)
    assert card._effort.text() == line
    card.curves.click()
    curves = application.window.findChild(EffortCharts)
    assert curves is not None
    qtbot.waitUntil(lambda: "1 image with 1 object." in curves.summary.text())
    qtbot.waitUntil(lambda: curves.proposals is not None)
    assert curves.proposals is not None
    assert curves.proposals.latest() == {
        "kept as they were": 0.5,
        "overlap with the result": 1.0,
    }
    assert curves.steps is not None
    assert curves.steps.latest() == {"all steps": 2.0}


def proposal(x: float) -> Instance:
    part = Part(ring([(x, 20), (x + 40, 20), (x + 40, 60), (x, 60)]))
    return Instance(0, (part,), origin=Origin.MODEL, score=0.7, model_id="m")


def test_a_training_run_has_the_computer_to_itself(
    opened: Workbench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[bool] = []
    context = opened.context
    monkeypatch.setattr(context.live, "pause", asked.append)
    context.training.watch(RunFolder(tmp_path / "run"))
    assert asked[-1] is True, "a learner that runs already must hear of it"
    context.training.release()
    assert asked[-1] is False
