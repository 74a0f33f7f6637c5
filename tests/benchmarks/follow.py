"""How well shapes follow into the next frame of a film, against copying them in place.

    python -m tests.benchmarks.follow --data ../shared/data
    python -m tests.benchmarks.follow --data ../shared/data --speed

Films of known movement are made from photographs (`follow_scenes`), half of them with objects that
go their own ways. An object counts when most of it is to be seen in both frames. `copied` and
`followed` give the mean overlap (IoU) with the truth and the shares of .75 and .9 or more, what was
left out as 0; `lost` is what was left out, `wrong` what was put with an overlap under .5, and
`ghosts` what was put although its object is hidden or has left. With `--frames 5` each frame starts
from what the one before it was given, so that faults add up.

Tried on 128 pairs of frames (1,800 objects), mean overlap at steps of 2, 8, 25 and 60 pixels, all
placed whatever they look like: in place .86, .63, .34, .14; every point with the flow at it .97,
.94, .81, .59; a similarity from the flow inside the shape, forward and backward .97, .94, .84,
.62; that and flow again in a close-up, affine .98, .96, .86, .65; that and a search for what the
flow has lost .98, .96, .91, .82; instead of the close-up's flow a fit of the colours, which is
what is used, .98, .96, .90, .81 in a fraction of the time (forward flow is enough for it).
Outlines that then go to the edges in the image are worse at every step (.89, .89, .84, .76): what
a person drew and the object carries along knows better. Of the likenesses tried, the correlation
inside of the object tells right from wrong best (area under the curve .965; with its surroundings
.941); without the quarter of cells that agree least, for what is half hidden, more that is wrong
looks right. What is found beside where the flow leads is right as often at a likeness of .93 as
what lies on its way at .8, so there are two limits. Several places of a search that are fitted,
not the best one alone, find 304 instead of 285 of 378 objects at 60 pixels.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from tests.benchmarks.effort_editor.material import truths_of
from tests.benchmarks.follow_scenes import GONE, SEEN, Scene
from tests.benchmarks.outlines import images_of

from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import iou
from dynseg.images.decode import decode
from dynseg.inference.following.follow import follow

Shape = tuple[Part, ...]
SETS = ("food-tray", "nuts", "nuclei-fluo", "coco128-seg")
STEPS = (2, 8, 25, 60)
WRONG = 0.5


@dataclass(slots=True)
class Tally:
    """Overlaps over all films of a kind.

    Attributes:
        copied, followed: Of each object with the truth; 0 where nothing was put.
        lost: Objects for which nothing was put.
        ghosts: Shapes that were put although nothing is there, of so many `gone`.
        cpu_s: Processor time of following.
    """

    copied: list[float] = field(default_factory=list)
    followed: list[float] = field(default_factory=list)
    lost: int = 0
    ghosts: int = 0
    gone: int = 0
    cpu_s: float = 0.0

    def row(self) -> dict[str, object]:
        """What the table shows."""
        count = len(self.followed)
        wrong = sum(overlap < WRONG for overlap in self.followed) - self.lost
        return {
            "objects": count, "copied": _figures(self.copied), "followed": _figures(self.followed),
            "lost": round(self.lost / count, 3),
            "wrong": round(wrong / count, 3), "ghosts": f"{self.ghosts} of {self.gone}",
            "cpu_ms": round(1000 * self.cpu_s / count, 1),
        }  # fmt: skip


def _figures(overlaps: list[float]) -> list[float]:
    """Mean overlap, share of .75 and of .9 or more."""
    known = np.array(overlaps)
    figures = (np.mean(known), np.mean(known >= 0.75), np.mean(known >= 0.9))
    return [round(float(value), 3) for value in figures]


def measure(scene: Scene, frames: int, tally: Tally) -> None:
    """One film: from its first frame to its last, frame by frame."""
    first = before = scene.frame(0)
    wanted = [at for at, seen in enumerate(first.seen) if seen >= SEEN and first.truths[at]]
    where: dict[int, Shape] = {at: first.truths[at] for at in wanted}
    last = first
    for number in range(1, frames):
        last = scene.frame(number)
        began_s = time.process_time()
        found = follow(before.pixels, last.pixels, list(where.values()))
        tally.cpu_s += time.process_time() - began_s
        where = {at: item.parts for at, item in zip(where, found, strict=True) if item is not None}
        before = last
    for at in wanted:
        truth = last.truths[at]
        if last.seen[at] < GONE or not truth:
            tally.gone += 1
            tally.ghosts += at in where
        elif last.seen[at] >= SEEN:
            tally.copied.append(iou(first.truths[at], truth))
            tally.followed.append(iou(where[at], truth) if at in where else 0.0)
            tally.lost += at not in where


def films(
    data: Path, name: str, step: float, images: int, seed: int, *, dims: float = 0.0
) -> Iterator[Scene]:
    """Films of a set: every second with a camera that moves, every third over another photo."""
    photos: list[tuple[NDArray[np.uint8], list[Shape]]] = []
    for path in images_of(data, name, seed):
        image = decode(path)
        truths = truths_of(path, image)
        if truths and len(photos) < images:
            photos.append((image.pixels, truths))
    rng = random.Random(f"{seed} {step}")
    for at, (pixels, truths) in enumerate(photos):
        other = photos[(at + 3) % len(photos)][0] if at % 3 == 2 else None
        together = at % 2 == 0
        scene = Scene(pixels, truths, step, rng, other=other, together=together, most=60, dims=dims)
        if scene.shapes:
            yield scene


def speed(data: Path) -> Iterator[dict[str, object]]:
    """Seconds for 10, 100 and 1,000 shapes of a photo of 12 megapixels, decoded."""
    size = (4000, 3000)
    photo = np.asarray(decode(images_of(data, "nuts", 0)[0]).pixels)
    rng = np.random.default_rng(0)
    large = cv2.resize(photo, size, interpolation=cv2.INTER_CUBIC)
    before = np.clip(large + rng.normal(0, 6, large.shape), 0, 255).astype(np.uint8)
    move = np.array([[1, 0.01, 25], [-0.01, 1, 12]])
    after = np.asarray(cv2.warpAffine(before, move, size, borderMode=cv2.BORDER_REFLECT), np.uint8)
    way = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    circle = np.stack([np.cos(way), np.sin(way)], axis=1)
    for count, radius in ((10, 200), (100, 80), (1000, 30)):
        middles = rng.uniform(250, (3750, 2750), (count, 2))
        shapes = [(Part(ring(middle + radius * circle)),) for middle in middles]
        began_s, began_cpu_s = time.perf_counter(), time.process_time()
        found = follow(before, after, shapes)
        yield {
            "shapes": count, "s": round(time.perf_counter() - began_s, 2),
            "cpu_s": round(time.process_time() - began_cpu_s, 2),
            "found": sum(item is not None for item in found),
        }  # fmt: skip


def main() -> None:
    """All sets and steps."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", nargs="+", default=SETS)
    parser.add_argument("--steps", nargs="+", type=float, default=STEPS, help="pixels at 640")
    parser.add_argument("--images", type=int, default=8, help="photos of a set")
    parser.add_argument("--frames", type=int, default=2, help="of a film")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--speed", action="store_true", help="measure time on a large photo alone")
    chosen = parser.parse_args()
    rows: Iterator[dict[str, object]]
    if chosen.speed:
        rows = speed(chosen.data)
    else:
        rows = (
            {"set": name, "step": step, **tally_of(chosen, name, step).row()}
            for name in chosen.sets
            for step in chosen.steps
        )
    for row in rows:
        sys.stdout.write(json.dumps(row) + "\n")
        sys.stdout.flush()


def tally_of(chosen: argparse.Namespace, name: str, step: float) -> Tally:
    """All films of a set with one step."""
    tally = Tally()
    for scene in films(chosen.data, name, step, chosen.images, chosen.seed):
        measure(scene, chosen.frames, tally)
    return tally


if __name__ == "__main__":
    main()
