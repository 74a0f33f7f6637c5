"""What a run changed or would change (B9): bar, list, marks on the canvas, with the real engine."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot
from tests.gui.shell.proposing import propose, square

from dynseg.annotation.document import ImageState, Instance
from dynseg.geometry.part import Part, ring
from dynseg.inference.detections import Detection, encode
from dynseg.inference.matching import mapping_key
from dynseg.inference.settings import PredictSettings
from dynseg.sample.generate import generate
from dynseg_annotator.application.models import comparing
from dynseg_annotator.application.models.comparing import Comparison
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.canvas.marks import Mark, MarkKind
from dynseg_annotator.itemmodels.classes import ClassColumn

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

ENGINE_MS = 90_000
IMAGES = 3


@pytest.fixture
def bench(application: Workbench, tmp_path: Path, qtbot: QtBot) -> Workbench:
    """The window on a folder of scenes with a model that finds something in each."""
    generate(tmp_path / "scenes", images=IMAGES, seed=3)
    folder = tmp_path / "parts"
    folder.mkdir()
    for image in (tmp_path / "scenes" / "images").iterdir():
        os.link(image, folder / image.name)
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=8000)
    qtbot.waitUntil(lambda: application.context.active_model is not None, timeout=8000)
    return application


def shapes(window: Workbench) -> tuple[Instance, ...]:
    annotation = window.context.session.annotation
    assert annotation is not None
    return annotation.instances


def test_b9_tried_out_run_shown_and_taken_back(bench: Workbench, qtbot: QtBot) -> None:
    parts, bar = bench.parts, bench.parts.comparison_bar
    parts.actions["show-changes"].trigger()
    assert not bar.isVisibleTo(bench.window)  # nothing has run yet
    parts.assist_panel.try_batch.click()
    qtbot.waitUntil(lambda: bar.isVisibleTo(bench.window), timeout=ENGINE_MS)
    assert "nothing is changed yet: " in bar.text.text()
    assert f"on {IMAGES} images" in bar.text.text()
    assert shapes(bench) == ()
    qtbot.waitUntil(lambda: bool(parts.canvas.marks), timeout=8000)
    expected = len(parts.canvas.marks)
    assert {mark.kind for mark in parts.canvas.marks} == {MarkKind.ADDED}
    assert f"Here: {expected} added" in bar.here.text()

    bar.decide.click()  # run it
    assert not bar.isVisibleTo(bench.window)
    qtbot.waitUntil(lambda: len(shapes(bench)) == expected, timeout=ENGINE_MS)
    qtbot.waitUntil(lambda: not bench.batch.is_running, timeout=ENGINE_MS)
    assert parts.canvas.marks == ()

    parts.actions["show-changes"].trigger()
    qtbot.waitUntil(lambda: bool(parts.canvas.marks), timeout=ENGINE_MS)
    assert bar.text.text().startswith("The run of ")
    assert len(parts.canvas.marks) == expected
    bar.decide.click()  # take it back
    qtbot.waitUntil(lambda: parts.images.counts[ImageState.UNLABELLED] == IMAGES, timeout=ENGINE_MS)
    assert not bar.isVisibleTo(bench.window)
    qtbot.waitUntil(lambda: shapes(bench) == (), timeout=8000)


def test_a_run_begun_beside_it_ends_what_was_tried_out_and_lists_follow(
    bench: Workbench, qtbot: QtBot
) -> None:
    parts, bar = bench.parts, bench.parts.comparison_bar
    parts.assist_panel.try_batch.click()
    qtbot.waitUntil(lambda: bar.isVisibleTo(bench.window), timeout=ENGINE_MS)
    parts.assist_panel.run_batch.click()
    assert not bar.isVisibleTo(bench.window), "it says that nothing is changed yet"
    qtbot.waitUntil(lambda: not bench.batch.is_running, timeout=ENGINE_MS)
    qtbot.waitUntil(lambda: parts.images.counts[ImageState.PRELABELLED] == IMAGES, timeout=8000)
    store = bench.context.store
    assert store is not None
    (label,) = store.classes().labels
    count, _ = store.class_uses()[label.id]
    assert count > 0
    qtbot.waitUntil(lambda: parts_total(bench) == f"{count}", timeout=8000)


def test_what_is_written_while_the_lists_are_read_is_shown_too(
    opened: Workbench, qtbot: QtBot
) -> None:
    opened.classes.add("bolt")
    qtbot.waitUntil(lambda: len(opened.context.classes) == 1)
    written: list[int] = []
    opened.context.labels_written.connect(written.extend)
    first = propose(opened, 1, 0.9, told=False)
    opened.rows.read()
    second = propose(opened, 2, 0.9, 0.8, told=False)
    opened.rows.read()  # the first one may have read before this was written
    qtbot.waitUntil(lambda: set(written) == {first, second}, timeout=8000)
    qtbot.waitUntil(lambda: parts_total(opened) == "3", timeout=8000)


def test_b9_the_marks_know_the_classes_that_were_chosen_for_the_model(
    opened: Workbench, qtbot: QtBot
) -> None:
    """The count and the marks are of one run: a class that a person chose counts in both."""
    opened.classes.add("bolt")
    qtbot.waitUntil(lambda: len(opened.context.classes) == 1)
    opened.classes.add("nut")
    qtbot.waitUntil(lambda: len(opened.context.classes) == 2)
    qtbot.waitUntil(lambda: opened.context.active_model is not None, timeout=8000)
    store, card = opened.context.store, opened.context.active_model
    assert store is not None
    assert card is not None
    bolt, nut = (label.id for label in store.classes().labels)
    store.save_setting(mapping_key(card.model_id), json.dumps({card.classes[0]: nut}))
    settings = PredictSettings()
    corners = (20.0, 20.0, 50.0, 50.0)
    found = Detection(0, 0.9, square(20, 20), corners, bolt)
    image_id = store.images()[0].id
    store.save_predictions([(image_id, card.model_id, settings.key(card), encode([found]))])
    shown = Comparison(scope="all", settings=settings)
    annotation = store.annotation(image_id)
    (added,) = comparing._difference(store, shown, annotation, card).added
    assert added.class_id == nut


def parts_total(window: Workbench) -> str:
    return str(window.parts.classes.index(0, ClassColumn.TOTAL).data())


def test_b9_the_list_shows_changed_images_alone(bench: Workbench, qtbot: QtBot) -> None:
    store, parts, bar = bench.context.store, bench.parts, bench.parts.comparison_bar
    assert store is not None
    first = store.images()[0].id
    bench.batch.run("unlabelled", [first])
    qtbot.waitUntil(lambda: not bench.batch.is_running, timeout=ENGINE_MS)
    parts.actions["show-changes"].trigger()
    qtbot.waitUntil(lambda: bar.isVisibleTo(bench.window), timeout=ENGINE_MS)
    bar.only_changed.click()
    assert parts.images.ids() == [first]
    bar.leave.click()
    assert len(parts.images.ids()) == IMAGES
    assert parts.canvas.marks == ()


def test_kinds_of_marks_differ_without_their_colours(opened: Workbench, qtbot: QtBot) -> None:
    canvas = opened.parts.canvas
    outline = (Part(ring([(40, 40), (200, 40), (200, 180), (40, 180)])),)

    def grey(kind: MarkKind) -> bytes:
        canvas.set_marks((Mark(kind, outline),))
        picture = canvas.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        dark = picture.convertToFormat(QImage.Format.Format_Mono)
        return bytes(dark.constBits())

    same = "#808080"
    colours = canvas._host.colours
    from dataclasses import replace

    canvas.set_colours(replace(colours, added=same, removed=same, changed=same))
    pictures = {kind: grey(kind) for kind in MarkKind}
    canvas.set_marks(())
    assert len(set(pictures.values())) == len(MarkKind)
