"""One function a picture of the guide."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache, partial

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from screenshots.beetles import alike
from screenshots.stage import WHOLE, Place, Stage
from screenshots.walk import STEPS, Walk

SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
STEEL = 1
"""Image with a bracket, a washer and a spacer on brushed steel."""
CLOTH = 0
"""Image that no other picture needs."""
GREEN = 2
"""Image with a spacer and a gear on a green mat."""
WOOD = 5
"""Image without labels."""
BRACKET, WASHER, SPACER = (812.0, 395.0), (515.0, 690.0), (760.0, 680.0)
"""Inside of these shapes in the image of steel."""
GEAR = (195.0, 360.0)


def ring_of(stage: Stage, at: Place) -> list[Place]:
    """The outer ring of a shape."""
    return [(float(x), float(y)) for x, y in stage.shape(at).parts[0].outer]


def middle(ring: list[Place]) -> Place:
    """Of a shape."""
    return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)


def edit(stage: Stage) -> Image.Image:
    """A vertex is being dragged."""
    stage.show(STEEL)
    ring = ring_of(stage, BRACKET)
    stage.look_at(*middle(ring), 1.3)
    stage.click(BRACKET)
    x, y = max(ring, key=lambda at: at[0] - at[1])
    stage.drag((x, y), (x + 40, y - 14))
    return stage.window_picture()


def draw_polygon(stage: Stage) -> Image.Image:
    """Corners are being clicked."""
    stage.show(STEEL)
    ring = ring_of(stage, BRACKET)
    stage.remove(BRACKET)
    stage.look_at(*middle(ring), 1.3)
    stage.key("P")
    corners = _thinned(ring, 9)
    for corner in corners[:6]:
        stage.click(corner)
    stage.point_at(corners[6])
    return stage.window_picture()


def draw_freely(stage: Stage) -> Image.Image:
    """An outline is being dragged around a washer."""
    stage.show(STEEL)
    ring = ring_of(stage, WASHER)
    stage.remove(WASHER)
    stage.look_at(*middle(ring), 1.6)
    stage.key("P")
    stage.drag(*_thinned(ring, 30)[:21])
    return stage.window_picture()


def rectangle(stage: Stage) -> Image.Image:
    """A rectangle is being dragged."""
    return _box(stage, "R", SPACER)


def grabcut(stage: Stage) -> Image.Image:
    """A box for GrabCut."""
    return _box(stage, "G", SPACER)


def find_object(stage: Stage) -> Image.Image:
    """What a click would outline, dotted below the pointer."""
    stage.show(STEEL)
    ring = ring_of(stage, BRACKET)
    stage.let_model_look()
    stage.remove(BRACKET)
    stage.look_at(*middle(ring), 1.3)
    stage.key("M")
    stage.point_at(BRACKET)
    return stage.window_picture()


def look_inside(stage: Stage) -> Image.Image:
    """A box to pre-label in."""
    stage.show(WOOD)
    stage.key("Shift+I")
    stage.drag((80, 5), (500, 350))
    return stage.window_picture()


def brush(stage: Stage) -> Image.Image:
    """What a shape lacks is painted."""
    stage.show(STEEL)
    ring = ring_of(stage, BRACKET)
    x, y = max(ring, key=lambda at: at[1])
    stage.spoil(BRACKET, lambda points: [p for p in points if p[1] < y - 75])
    stage.look_at(*middle(ring), 1.3)
    stage.click(BRACKET)
    stage.key("B")
    stage.key("]", 4)
    stage.drag((x - 32, y - 85), (x - 8, y - 28), (x + 10, y - 38), (x + 22, y - 46))
    return stage.window_picture()


def eraser(stage: Stage) -> Image.Image:
    """What a shape has too much is taken away."""
    stage.show(STEEL)
    ring = ring_of(stage, BRACKET)
    inner = min(ring, key=lambda at: abs(at[0] - 768) + abs(at[1] - 421))
    stage.spoil(BRACKET, lambda points: [p for p in points if p != inner])
    stage.look_at(*middle(ring), 1.3)
    stage.click(BRACKET)
    stage.key("E")
    x, y = inner
    stage.drag((x - 55, y + 48), (x - 25, y + 38), (x - 24, y + 62), (x + 1, y + 88))
    return stage.window_picture()


def sweep(stage: Stage) -> Image.Image:
    """Vertices are swept away."""
    stage.show(GREEN)
    ring = ring_of(stage, GEAR)
    stage.look_at(*middle(ring), 3.0)
    stage.click(middle(ring) if _holds(stage, middle(ring)) else GEAR)
    around = _thinned(ring, 16)
    stage.drag(*around[2:7], keys=ALT)
    return stage.window_picture()


def redraw(stage: Stage) -> Image.Image:
    """A part of an outline is drawn anew."""
    stage.show(STEEL)
    ring = ring_of(stage, WASHER)
    x, y = middle(ring)
    stage.spoil(WASHER, lambda points: [p for p in points if p[0] < x + 20 or p[1] > y + 42])
    stage.look_at(x, y, 1.6)
    stage.click((x - 30, y - 30))
    outer = ring_of(stage, (x - 30, y - 30))
    start = min((p for p in outer if p[0] > x), key=lambda at: at[1])
    way = sorted((p for p in ring if p[0] > start[0]), key=lambda at: at[1])[::3]
    stage.drag(start, *(p for p in way if start[1] < p[1] < y + 30), keys=SHIFT)
    return stage.window_picture()


def split(stage: Stage) -> Image.Image:
    """A line is drawn across a shape."""
    stage.show(STEEL)
    ring = ring_of(stage, BRACKET)
    stage.look_at(*middle(ring), 1.3)
    stage.click(BRACKET)
    stage.key("K")
    x, y = max(ring, key=lambda at: at[0] - at[1])
    stage.drag((x - 130, y - 15), (x - 40, y + 90), (x + 10, y + 130))
    return stage.window_picture()


def hole(stage: Stage) -> Image.Image:
    """A hole is drawn into a washer."""
    stage.show(STEEL)
    ring = ring_of(stage, WASHER)
    stage.look_at(*middle(ring), 1.6)
    stage.click(WASHER)
    stage.key("O")
    x, y = middle(ring)[0], 692.0
    turns = [math.radians(40 * n) for n in range(9)]
    corners = [(x + 37 * math.cos(turn), y + 37 * math.sin(turn)) for turn in turns]
    for corner in corners[:7]:
        stage.click(corner)
    stage.point_at(corners[7])
    return stage.window_picture()


def live_wire(stage: Stage) -> Image.Image:
    """An outline follows an edge."""
    stage.show(STEEL)
    ring = ring_of(stage, BRACKET)
    stage.remove(BRACKET)
    stage.look_at(*middle(ring), 1.3)
    stage.key("L")
    stage.settle(1.5)
    corners = _thinned(ring, 12)
    for corner in corners[:4]:
        stage.click(corner)
        stage.settle(0.5)
    for _ in range(3):
        stage.point_at(corners[5])
        stage.settle(0.5)
    return stage.window_picture()


def outline(stage: Stage) -> Image.Image:
    """Simplify, with its preview on the canvas behind the dialog."""
    stage.show(STEEL)
    stage.look_at(*middle(ring_of(stage, WASHER)), 1.6)
    stage.click(WASHER)
    stage.key("S")
    dialog = stage.dialog("Outline")
    picture = stage.window_picture(pointer=False)
    return _over(picture, stage.picture_of(dialog))


def prelabel(stage: Stage) -> Image.Image:
    """What the model proposed."""
    stage.show(WOOD, size=WHOLE, docks=("images", "instances", "classes", "assist"))
    stage.key("I")
    stage.wait(lambda: bool(stage.session.annotation and stage.session.annotation.instances))
    stage.keep()
    return stage.window_picture(pointer=False)


def review(stage: Stage) -> Image.Image:
    """Object after object, the least certain first."""
    _proposals(stage)
    stage.show(WOOD, size=WHOLE, docks=("images", "instances", "classes", "assist"))
    stage.key("F4")
    stage.wait(lambda: stage.bench.parts.images.order.value == "suggested")
    stage.bench.navigation.open(stage.session.image_id)
    stage.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    stage.settle()
    stage.key("Tab")
    stage.settle(1)
    return stage.window_picture(pointer=False)


def classes(stage: Stage) -> Image.Image:
    """The panel of the classes."""
    stage.show(STEEL, size=WHOLE, docks=("classes",))
    dock = stage.window.dock("classes")
    stage.window.resizeDocks([dock], [380], Qt.Orientation.Horizontal)
    stage.settle()
    whole = stage.picture_of(dock)
    height = round(whole.width * 0.62)
    rows, end = whole.crop((0, 0, whole.width, height)), whole.height - round(whole.width * 0.14)
    below = whole.crop((0, end, whole.width, whole.height))
    picture = Image.new("RGB", (whole.width, rows.height + below.height))
    picture.paste(rows, (0, 0))
    picture.paste(below, (0, rows.height))
    return picture


def class_picker(stage: Stage) -> Image.Image:
    """The list that Ctrl+E opens."""
    stage.show(STEEL)
    stage.click(BRACKET)
    stage.key("Ctrl+E")
    return _closed(stage, stage.dialog("Class"))


def keys(stage: Stage) -> Image.Image:
    """The table of keys."""
    stage.show(STEEL)
    stage.key("F1")
    return _closed(stage, stage.dialog("Keyboard"))


def palette(stage: Stage) -> Image.Image:
    """Any action by a few letters."""
    stage.show(STEEL)
    stage.key("Ctrl+K")
    dialog = stage.dialog("Find an action")
    field = dialog.focusWidget()
    if field is not None:
        QTest.keyClicks(field, "shape")
    return _closed(stage, dialog)


def history(stage: Stage) -> Image.Image:
    """The steps of an image."""
    stage.show(CLOTH, size=WHOLE, docks=("images", "instances", "classes", "history"))
    first, second = stage.places(2)
    stage.click(first)
    stage.key("Right", 3)
    stage.key("Ctrl+D")
    stage.key("Delete")
    stage.click(second)
    stage.key("2")
    stage.session.flush()
    stage.settle(1)
    return stage.window_picture()


def _box(stage: Stage, key: str, at: Place) -> Image.Image:
    stage.show(STEEL)
    ring = ring_of(stage, at)
    stage.remove(at)
    stage.look_at(*middle(ring), 1.3)
    stage.key(key)
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    stage.drag((min(xs) - 12, min(ys) - 12), (max(xs) + 12, min(766.0, max(ys) + 12)))
    return stage.window_picture()


def _proposals(stage: Stage) -> None:
    """What pre-labelling left, for a picture that is drawn by itself."""
    stage.show(WOOD)
    document = stage.session.annotation
    if document is not None and not document.instances:
        stage.key("I")
        stage.wait(lambda: bool(stage.session.annotation and stage.session.annotation.instances))
        stage.keep()


def _holds(stage: Stage, at: Place) -> bool:
    try:
        stage.shape(at)
    except StopIteration:
        return False
    return True


def _thinned(ring: list[Place], count: int) -> list[Place]:
    """As many places, evenly along the ring."""
    return [ring[round(n * len(ring) / count) % len(ring)] for n in range(count)]


def _over(picture: Image.Image, dialog: Image.Image) -> Image.Image:
    """A dialog over its window, where desktops put it."""
    place = (picture.width - dialog.width) // 2, picture.height - dialog.height - 45
    picture = picture.convert("RGB")
    frame = Image.new("RGB", (dialog.width + 2, dialog.height + 2), "#808080")
    frame.paste(dialog.convert("RGB"), (1, 1))
    picture.paste(frame, place)
    return picture


def _closed(stage: Stage, dialog: object) -> Image.Image:
    picture = stage.picture_of(dialog)  # type: ignore[arg-type]
    dialog.close()  # type: ignore[attr-defined]
    return picture


def _walked(name: str, stage: Stage) -> Image.Image:
    """A step of the walk, which is in a project of its own: last."""
    return _walk(stage).picture(name)


@cache
def _walk(stage: Stage) -> Walk:
    """Made when a picture of it is wanted."""
    walk = Walk(stage)
    stage.at_end.callback(walk.close)
    return walk


SCENES: dict[str, Callable[[Stage], Image.Image]] = {
    scene.__name__.replace("_", "-"): scene
    for scene in (
        prelabel, review, edit, draw_polygon, draw_freely, rectangle, brush, eraser, sweep, redraw,
        split, hole, live_wire, grabcut, find_object, look_inside, outline, classes, class_picker,
        keys, palette, history, alike,
    )
}  # fmt: skip
"""By the name of the file; the last one leaves the sample."""
SCENES |= {name: partial(_walked, name) for name in STEPS}
