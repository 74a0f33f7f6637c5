"""How many objects of an image a few of them find, and how many of the finds are right.

    python -m tests.benchmarks.alike --data ../shared/data --sets kudzu-bugs nuclei-fluo nuts

On photos with many objects, in random order, some objects are taken as examples by chance; *Find
more like these* looks for the rest as the window does, at its usual confidence of .25. A find is
right when it overlaps an object that is no example by half or more (IoU); `good` is the share of
those that overlap it by .75. `again` counts what is found when a person has kept what was right and
refused what was not, and has asked once more. A folder of `dynseg sample` can stand for a set.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.effort_editor.material import truths_of
from tests.benchmarks.outlines import images_of

from dynseg.geometry.part import Part
from dynseg.images.decode import DecodedImage, decode
from dynseg.inference.likeness.search import find_alike
from dynseg.inference.likeness.surface import Seer
from dynseg.inference.overlap import outlines, overlapping_pairs
from dynseg_resources import starter_model

Shape = tuple[Part, ...]
CONFIDENCE, MATCH, GOOD = 0.25, 0.5, 0.75
LEFT = 5
"""An image has at least so many objects more than there are examples."""


@dataclass(slots=True)
class Tally:
    """Counts over all photos."""

    images: int = 0
    wanted: int = 0
    found: int = 0
    right: int = 0
    good: int = 0
    right_again: int = 0
    found_again: int = 0
    seconds: float = 0.0

    def row(self) -> dict[str, object]:
        """What the table shows."""
        return {
            "images": self.images, "objects": self.wanted, "found": self.found,
            "recall": round(self.right / max(self.wanted, 1), 3),
            "precision": round(self.right / max(self.found, 1), 3),
            "good": round(self.good / max(self.right, 1), 3),
            "recall_again": round((self.right + self.right_again) / max(self.wanted, 1), 3),
            "precision_again": round(self.right_again / max(self.found_again, 1), 3),
            "s_an_image": round(self.seconds / max(self.images, 1), 2),
        }  # fmt: skip


def matches(found: Sequence[Shape], wanted: Sequence[Shape], iou: float) -> dict[int, int]:
    """Which object each find is, no object twice."""
    first, second = overlapping_pairs(outlines(found), outlines(wanted), iou=iou)
    taken: dict[int, int] = {}
    for one, other in sorted(zip(first.tolist(), second.tolist(), strict=True)):
        if one not in taken and other not in taken.values():
            taken[one] = other
    return taken


def sure(
    image: DecodedImage, seer: Seer, examples: Sequence[Shape], refused: Sequence[Shape]
) -> list[Shape]:
    """What the window would show."""
    found = find_alike(image.pixels, seer, examples, refused=refused)
    return [item.parts for item in found if item.score >= CONFIDENCE]


def measure(
    image: DecodedImage, truths: Sequence[Shape], chosen: set[int], seer: Seer, tally: Tally
) -> None:
    """One photo."""
    examples = [truths[at] for at in sorted(chosen)]
    rest = [shape for at, shape in enumerate(truths) if at not in chosen]
    began_s = time.perf_counter()
    found = sure(image, seer, examples, ())
    tally.seconds += time.perf_counter() - began_s
    right = matches(found, rest, MATCH)
    tally.images += 1
    tally.wanted += len(rest)
    tally.found += len(found)
    tally.right += len(right)
    tally.good += len(matches(found, rest, GOOD))
    kept = [rest[at] for at in right.values()]
    refused = [shape for at, shape in enumerate(found) if at not in right]
    left = [shape for at, shape in enumerate(rest) if at not in right.values()]
    more = sure(image, seer, [*examples, *kept], refused)
    tally.found_again += len(more)
    tally.right_again += len(matches(more, left, MATCH))


def main() -> None:
    """All sets."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", nargs="+", default=["kudzu-bugs", "nuclei-fluo", "nuts"])
    parser.add_argument("--examples", nargs="+", type=int, default=[1, 2, 4, 8])
    parser.add_argument("--images", type=int, default=12, help="photos of a set")
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    seer = Seer(starter_model())
    for name in chosen.sets:
        paths = images_of(chosen.data, name, chosen.seed)
        images = [decode(path) for path in paths]
        photos = [
            (image, truths_of(path, image)) for path, image in zip(paths, images, strict=True)
        ]
        for count in chosen.examples:
            rng, tally = random.Random(chosen.seed), Tally()
            for image, truths in photos:
                if len(truths) >= count + LEFT and tally.images < chosen.images:
                    picked = set(rng.sample(range(len(truths)), count))
                    measure(image, truths, picked, seer, tally)
            row = {"set": Path(name).name, "examples": count, **tally.row()}
            sys.stdout.write(json.dumps(row) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
