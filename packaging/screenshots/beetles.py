"""Many small beetles on a leaf, some of them drawn: what *Find more like these* makes of it."""

from __future__ import annotations

import math
import shutil
import tempfile
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import Qt
from screenshots.stage import SMALL, Stage

from dynseg.annotation import edits
from dynseg.annotation.document import Instance, Origin
from dynseg.geometry.part import Part, ring

WIDTH, HEIGHT = 960, 360
CELL, MARGIN = 90, 45
"""Every beetle has a cell of its own, so that none lies on another."""
EMPTY = 12
"""Cells without one."""
DRAWN = 4
CORNERS = 20
SEED = 11


def alike(stage: Stage) -> Image.Image:
    """Four beetles were drawn by hand; the others are proposals."""
    place = Path(tempfile.mkdtemp())
    try:
        pixels, outlines = _scene()
        folder = place / "beetles"
        folder.mkdir()
        Image.fromarray(pixels).save(folder / "leaf.png")
        return _picture(stage, folder, outlines)
    finally:
        stage.bench.projects.close()
        shutil.rmtree(place, ignore_errors=True)


def _picture(stage: Stage, folder: Path, outlines: list[NDArray[np.float64]]) -> Image.Image:
    bench = stage.bench
    stage.let_go()
    bench.frame.open(folder)
    stage.wait(lambda: len(bench.parts.images.ids()) == 1 and stage.canvas.accepts_gestures)
    bench.classes.add("beetle")
    stage.wait(lambda: len(bench.context.classes) == 1)
    for name in ("images", "instances", "classes", "assist", "training", "history"):
        stage.window.dock(name).setVisible(False)
    stage.window.resize(*SMALL)
    stage.settle()
    stage.canvas.camera.fit()
    class_id = bench.context.classes.labels[0].id
    near = sorted(
        outlines, key=lambda o: abs(o[:, 0].mean() - WIDTH / 2) + abs(o[:, 1].mean() - HEIGHT / 2)
    )
    drawn = [Instance(class_id, (Part(ring(o)),), origin=Origin.HUMAN) for o in near[:DRAWN]]
    stage.session.apply("Draw", edits.add_many(drawn))
    stage.session.selection.set([item.id for item in drawn])
    stage.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    stage.key("Shift+L")
    there = lambda: len(stage.session.annotation.instances) > DRAWN  # type: ignore[union-attr]  # noqa: E731
    stage.wait(there)
    stage.settle(1)
    return stage.window_picture(pointer=False)


def _scene() -> tuple[NDArray[np.uint8], list[NDArray[np.float64]]]:
    """`(HEIGHT, WIDTH, 3)` uint8, and the outline `(CORNERS, 2)` of each beetle, image pixels."""
    chance = np.random.default_rng(SEED)
    pixels = _leaf(chance)
    cells = [
        (MARGIN + CELL * column, MARGIN + CELL * row)
        for row in range(HEIGHT // CELL)
        for column in range(WIDTH // CELL)
    ]
    chance.shuffle(cells)
    outlines = []
    for at in cells[EMPTY:]:
        x, y = at + chance.uniform(-14, 14, 2)
        outlines.append(_beetle(pixels, x, y, chance.uniform(19, 23), chance.uniform(0, math.tau)))
    grain = chance.normal(0, 1, (HEIGHT, WIDTH, 1))
    return np.clip(pixels + grain, 0, 255).astype(np.uint8), outlines


def _leaf(chance: np.random.Generator) -> NDArray[np.uint8]:
    """Green in large soft stains, with veins."""
    coarse = chance.normal(0, 9, (HEIGHT // 60, WIDTH // 60)).astype(np.float32)
    stains = cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    pixels = np.clip(np.array([122, 158, 84]) + stains[:, :, None], 0, 255).astype(np.uint8)
    middle = HEIGHT // 2
    cv2.line(pixels, (0, middle + 40), (WIDTH, middle - 40), (150, 184, 112), 7, cv2.LINE_AA)
    for x in range(-100, WIDTH, 150):
        for end in (0, HEIGHT):
            start = (x, middle + 40 - 80 * x // WIDTH)
            cv2.line(pixels, start, (x + 260, end), (140, 174, 101), 3, cv2.LINE_AA)
    return pixels


def _beetle(
    pixels: NDArray[np.uint8], x: float, y: float, size: float, turn: float
) -> NDArray[np.float64]:
    """Draw one and give the outline of its body."""
    axes = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])

    def put(points: NDArray[np.float64] | list[tuple[float, float]]) -> NDArray[np.int32]:
        return np.round(((np.asarray(points, float) * size) @ axes + (x, y)) * 16).astype(np.int32)

    for side in (-1, 1):
        for along in (-0.5, 0.1, 0.6):
            leg = put([(along, 0), (along + 0.15, side * 0.95), (along - 0.1, side * 1.25)])
            cv2.polylines(pixels, [leg], False, (38, 30, 26), 1, cv2.LINE_AA, shift=4)
    angles = np.linspace(0, math.tau, CORNERS, endpoint=False)
    body = np.stack([1.15 * np.cos(angles), 0.72 * np.sin(angles)], axis=1)
    cv2.fillPoly(pixels, [put(body + np.array([0.06, 0.1]))], (84, 110, 58), cv2.LINE_AA, shift=4)
    cv2.fillPoly(pixels, [put(body)], (224, 138, 40), cv2.LINE_AA, shift=4)
    cv2.fillPoly(
        pixels,
        [put(body * np.array([0.35, 0.9]) + np.array([0.72, 0]))],
        (40, 30, 30),
        cv2.LINE_AA,
        shift=4,
    )
    cv2.polylines(
        pixels, [put([(-1.1, 0), (0.5, 0)])], False, (120, 70, 24), 1, cv2.LINE_AA, shift=4
    )
    outline: NDArray[np.float64] = (body * size) @ axes + (x, y)
    return outline
