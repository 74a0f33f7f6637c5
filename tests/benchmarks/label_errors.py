"""How many planted errors of labels stand among the first disputes.

    python -m tests.benchmarks.label_errors --data ../shared/data --set kudzu-bugs --images 24

In every photo with three objects or more one label is taken away and one drawn where nothing is, as
large as the other; then the labels are looked through as the program does it. A person reads the
list from its top, so what counts is how many of the first entries are planted errors.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
from pathlib import Path

import torch

from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, Instance
from dynseg.formats.incoming.importing import import_labels
from dynseg.geometry.part import Part, ring
from dynseg.label_errors.search import find_disputes
from dynseg.project.store import Store
from dynseg.review.disputes import Dispute, Kind

FIRST = (20, 40, 80)
"""Entries of the list that are read."""
TRIES = 100
NEAR_PX = 8.0

Box = tuple[float, float, float, float]


def plant(store: Store, chance: random.Random) -> tuple[dict[int, Box], set[str]]:
    """Spoil the labels; where one is missing by image, and the ids of those that are wrong."""
    missing: dict[int, Box] = {}
    wrong: set[str] = set()
    for row in store.images():
        document = store.annotation(row.id)
        if len(document.instances) < 3:
            continue
        victim = chance.choice(document.instances)
        left = [item for item in document.instances if item is not victim]
        false = _nothing(document, victim, chance)
        missing[row.id] = victim.bounds
        wrong.add(false.id)
        after = document.with_instances([*left, false])
        store.commit(
            row.id, diff(document, after), expected_revision=document.revision, text="Spoil"
        )
    return missing, wrong


def _nothing(document: Annotation, like: Instance, chance: random.Random) -> Instance:
    """A box as large as a shape, away from all shapes if there is room."""
    width, height = like.bounds[2] - like.bounds[0], like.bounds[3] - like.bounds[1]
    x = y = 0.0
    for _ in range(TRIES):
        x = chance.uniform(0, document.width - width)
        y = chance.uniform(0, document.height - height)
        if not any(
            x < b[2] and x + width > b[0] and y < b[3] and y + height > b[1]
            for b in (item.bounds for item in document.instances)
        ):
            break
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    return Instance(like.class_id, (Part(ring(corners)),))


def is_planted(dispute: Dispute, missing: dict[int, Box], wrong: set[str]) -> bool:
    """Whether a dispute is about an error that was planted."""
    if dispute.kind is not Kind.MISSING or dispute.image_id not in missing:
        return dispute.instance_id in wrong
    gone, seen = missing[dispute.image_id], dispute.box
    return all(
        abs(gone[at] + gone[at + 2] - seen[at] - seen[at + 2]) / 2
        < max(NEAR_PX, gone[at + 2] - gone[at])
        for at in (0, 1)
    )


def main() -> None:
    """One search."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of data sets")
    parser.add_argument("--set", default="kudzu-bugs")
    parser.add_argument("--images", type=int, default=24)
    parser.add_argument("--folds", type=int, default=2)
    parser.add_argument("--steps", type=int, default=150)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--device", default="cpu", metavar="cpu|cuda:0")
    parser.add_argument("--threads", type=int, default=2)
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    source = chosen.data / chosen.set / "yolo"
    with tempfile.TemporaryDirectory() as place:
        photos = Path(place) / "photos"
        photos.mkdir()
        for path in sorted((source / "images" / "train").iterdir())[: chosen.images]:
            shutil.copy(path, photos)
        with Store.create(Path(place) / "project", images=photos) as store:
            import_labels(store, source, as_reviewed=True)
            missing, wrong = plant(store, random.Random(chosen.seed))
            found = find_disputes(
                store, folds=chosen.folds, steps=chosen.steps, device=chosen.device
            )
    planted = [is_planted(dispute, missing, wrong) for dispute in found.disputes]
    row = {
        "set": chosen.set, "images": chosen.images, "folds": chosen.folds, "steps": chosen.steps,
        "planted": len(missing) + len(wrong), "disputes": len(planted),
        "right": {str(count): sum(planted[:count]) for count in FIRST},
        "quality": round(found.quality, 3),
    }  # fmt: skip
    sys.stdout.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
