"""Whether outlines along edges are better is measured, for a run and while learning."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from msgspec import structs
from numpy.typing import NDArray
from PIL import Image

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Origin
from dynseg.curation import split
from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import iou
from dynseg.inference.detections import Detection
from dynseg.inference.outlines.edges import snapped
from dynseg.model.card import read_card
from dynseg.model.registry import ModelRegistry
from dynseg.project.store import Store
from dynseg.training import launch
from dynseg.training.close_ups import add_close_ups
from dynseg.training.config import TrainConfig
from dynseg.training.drawn import MOST_IMAGES, drawn_rows
from dynseg.training.edges import GOOD, LEAST_DRAWN, LEAST_OBJECTS, EdgeTrial, tried, with_edges
from dynseg_resources import starter_model


def disc(radius: float, corners: int = 60) -> tuple[Part, ...]:
    turn = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    points = np.stack([100 + radius * np.cos(turn), 80 + radius * np.sin(turn)], 1)
    return (Part(ring(points)),)


def found(*radii: float) -> list[Detection]:
    return [Detection(0, 0.9, disc(radius, 8), (0.0, 0.0, 200.0, 160.0)) for radius in radii]


@pytest.fixture
def plate() -> NDArray[np.uint8]:
    """A plate with a radius of 50 pixels on a table."""
    pixels = np.full((160, 200, 3), (90, 70, 50), np.uint8)
    cv2.circle(pixels, (100, 80), 50, (230, 230, 225), -1)
    return pixels


def test_edges_help_where_labels_lie_on_them(plate: NDArray[np.uint8]) -> None:
    trial = EdgeTrial()
    assert not trial.objects
    for _ in range(LEAST_OBJECTS):
        trial.add(found(45), [disc(50)], plate)
    told = (trial.objects, trial.drawn_good, trial.snapped_good, trial.helps)
    assert told == (LEAST_OBJECTS, 0, LEAST_OBJECTS, True)


def test_few_objects_decide_nothing(plate: NDArray[np.uint8]) -> None:
    """A trial that was cut short saw two or three, and the model did as chance had it."""
    trial = EdgeTrial()
    card = structs.replace(read_card(starter_model()), follow_edges=False)
    for _ in range(LEAST_OBJECTS - 1):
        trial.add(found(45), [disc(50)], plate)
        assert trial.helps is None
        assert with_edges(card, trial) is card
    trial.add(found(45), [disc(50)], plate)
    assert with_edges(card, trial).follow_edges is True


def test_edges_do_not_help_where_people_draw_beside_them(plate: NDArray[np.uint8]) -> None:
    """Only the food on the plate is labelled, and it has no edge of its own."""
    trial = EdgeTrial()
    for _ in range(LEAST_OBJECTS):
        trial.add(found(47), [disc(45)], plate)
    assert (trial.drawn_good, trial.snapped_good, trial.helps) == (LEAST_OBJECTS, 0, False)


def test_what_is_no_label_tells_nothing(plate: NDArray[np.uint8]) -> None:
    trial = EdgeTrial()
    trial.add(found(10), [disc(50)], plate)
    trial.add([], [disc(50)], plate)
    trial.add(found(50), [], plate)
    assert trial.objects == 0
    card = read_card(starter_model())
    assert with_edges(card, trial) is card


CELLS = [(25 + 30 * column, 25 + 30 * row) for row in range(4) for column in range(5)]


def cells(radius: float, corners: int = 40) -> list[tuple[Part, ...]]:
    turn = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    circle = radius * np.stack([np.cos(turn), np.sin(turn)], 1)
    return [(Part(ring(circle + middle)),) for middle in CELLS]


@pytest.mark.parametrize("beside", [-0.9, 1.0], ids=["inside", "outside"])
def test_where_people_draw_beside_the_edges_of_small_things_is_learned(beside: float) -> None:
    pixels = np.full((160, 200, 3), (20, 20, 25), np.uint8)
    for x, y in CELLS:
        cv2.circle(pixels, (x, y), 9, (200, 220, 210), -1, cv2.LINE_AA)
    drawn = [Detection(0, 0.9, parts, (0.0, 0.0, 200.0, 160.0)) for parts in cells(9.6, 9)]
    trial, truth = EdgeTrial(), cells(9.5 + beside)
    for _ in range(3):
        trial.add(drawn, truth, pixels)
    assert trial.shift_px == pytest.approx(beside, abs=0.35)
    assert trial.helps
    card = with_edges(read_card(starter_model()), trial)
    before, after = (
        np.array([iou(item.parts, wanted) for item, wanted in zip(moved, truth, strict=True)])
        for moved in (snapped(drawn, pixels, shift_px=px) for px in (0.0, card.edge_shift_px))
    )
    assert (before < GOOD).all()
    assert (after >= GOOD).mean() > 0.8


def test_nothing_is_shifted_where_that_brings_no_outline(plate: NDArray[np.uint8]) -> None:
    """A pixel of a plate is nothing that anybody corrects."""
    trial = EdgeTrial()
    for _ in range(LEAST_DRAWN + 3):
        trial.add(found(49), [disc(49)], plate)
    assert trial.shift_px == 0.0


def images_that_validate(tmp_path: Path) -> list[Path]:
    from dynseg.sample.scene import render

    folders = {name: tmp_path / name / "val" for name in ("images", "labels")}
    for folder in folders.values():
        folder.mkdir(parents=True)
    for index in range(3):
        scene = render(7, index, width=320, height=240)
        Image.fromarray(scene.pixels).save(folders["images"] / f"{index}.png")
        rows = [
            "0 " + " ".join(f"{x / 320:.6f} {y / 240:.6f}" for x, y in item.parts[0].outer)
            for item in scene.instances
        ]
        (folders["labels"] / f"{index}.txt").write_text("\n".join(rows))
    (folders["images"] / "3.png").write_bytes(b"no image")
    return sorted(folders["images"].iterdir())


def test_a_network_is_tried_on_the_images_that_validate(tmp_path: Path) -> None:
    data: dict[str, Any] = {"train": [], "val": images_that_validate(tmp_path)}
    trial = tried(starter_model(), data, "cpu")
    assert trial.objects >= 5
    assert trial.snapped_good >= trial.drawn_good
    card = structs.replace(read_card(starter_model()), follow_edges=False)
    assert with_edges(card, trial).follow_edges is trial.helps
    # Nobody is shown proposals on close-ups, of which there are several an image.
    closer = add_close_ups(data, 2.0, tmp_path / "close-ups", size=320)
    assert len(closer["val"]) > len(data["val"])
    assert vars(tried(starter_model(), closer, "cpu")) == vars(trial)


def test_a_proposal_that_was_kept_lets_two_outlines_be_good(plate: NDArray[np.uint8]) -> None:
    """Of a model that followed edges it lies on them, and would speak for them for ever."""
    trial, kept = EdgeTrial(), EdgeTrial()
    for _ in range(LEAST_OBJECTS):
        trial.add(found(48.5), [disc(50)], plate)
        kept.add(found(48.5), [disc(50)], plate, drawn=[False])
    assert trial.helps
    assert (kept.drawn_good, kept.snapped_good) == (LEAST_OBJECTS, LEAST_OBJECTS)
    assert kept.helps is False


def test_only_images_of_which_it_is_known_who_drew_are_looked_at(tmp_path: Path) -> None:
    data = {"path": str(tmp_path), "train": [], "val": images_that_validate(tmp_path)}
    assert tried(starter_model(), data, "cpu", drawn={}).objects == 0
    assert tried(starter_model(), data, "cpu", until_s=0.0).objects == 0
    every = tried(starter_model(), {**data, "val": data["val"][1:2]}, "cpu")
    kept = tried(starter_model(), data, "cpu", drawn={"images/val/1.png": []})
    assert kept.objects == every.objects
    assert kept.drawn_good >= every.drawn_good


def test_of_many_images_the_last_ones_count(plate: NDArray[np.uint8]) -> None:
    trial = EdgeTrial()
    trial.add(found(47), [disc(45)], plate)
    for _ in range(MOST_IMAGES):
        trial.add(found(45), [disc(50)], plate)
    assert (trial.objects, trial.drawn_good, trial.helps) == (MOST_IMAGES, 0, True)


def test_a_run_knows_which_outlines_a_person_drew(reviewed_store: Store) -> None:
    store = reviewed_store
    split.assign(store)
    kept = next(row.id for row in store.images() if row.split == "val")
    before = store.annotation(kept)
    first, *others = before.instances
    offered = [
        structs.replace(item, origin=Origin.MODEL, model_id="m", score=0.9, id=f"p{at}")
        for at, item in enumerate(others)
    ]
    for edit in (edits.replace_all([]), edits.replace_all(offered), edits.accept_all(),
                 edits.add(first), edits.set_state(ImageState.REVIEWED)):  # fmt: skip
        now = store.annotation(kept)
        store.commit(kept, diff(now, edit(now)), expected_revision=now.revision, text="Step")
    config = TrainConfig(epochs=1)
    run = launch.prepare(store, ModelRegistry(store.layout.models), config)
    drawn = drawn_rows(run)
    assert drawn is not None
    rel = store.image(kept).rel
    name = next(name for name in drawn if Path(name).stem == Path(rel).stem)
    assert drawn[name] == [len(others)], "the last row, which was added by hand"


def test_a_network_is_tried_on_the_cpu_where_its_device_fails(tmp_path: Path) -> None:
    """Else the run would fail at its very end, on a GPU whose memory learning has taken."""
    data = {"val": images_that_validate(tmp_path)}
    assert tried(starter_model(), data, "meta").objects >= 5


def test_what_was_learned_before_holds_until_enough_outlines_tell(
    plate: NDArray[np.uint8],
) -> None:
    """Whose proposals lie where people draw them has hardly one of them drawn anew."""
    card = structs.replace(read_card(starter_model()), edge_shift_px=0.5)
    trial = EdgeTrial(card.edge_shift_px)
    for _ in range(LEAST_DRAWN):
        trial.add(found(45), [disc(50.5)], plate, drawn=[False])
    assert trial.helps
    assert with_edges(card, trial).edge_shift_px == 0.5
    for _ in range(LEAST_DRAWN):
        trial.add(found(45), [disc(50)], plate)
    assert with_edges(card, trial).edge_shift_px == 0.0
