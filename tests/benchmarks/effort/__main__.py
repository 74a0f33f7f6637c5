"""How many gestures it takes to label a set: by hand, with the starter, in rounds, live, queued.

`starter` leaves all classes to the person, `named` takes those of reviewed shapes that proposals
resemble, as the program does; so do the others until they have learned.

    python -m tests.benchmarks.effort --data ../shared/data --sets food-tray kudzu-bugs \
        --images 40 --arms hand starter named live queue rounds --out /tmp/effort [--json]

A simulated person (`annotator.py`: what counts as a gesture) labels the training part of each set
from the embedded starter, which saw none of them, one gesture every 1.5 s, and learning goes on
beside it (`arms.py`). An outline is good enough at an overlap of .9, or of `--wanted`: two people
who outline something ten pixels large agree less. Learning is counted in steps: `--steps-per-s`
says how many a quiet machine makes, and this one may be as busy as it likes; `--device cuda:0`
shortens the wait and changes nothing but rounding. A folder in ultralytics' layout can stand for a
set, for instance one of unseen kinds from `dynseg sample`.

`--out` takes curves as PNG, one JSON object an image, so that a stopped run is not lost, and one an
arm that was finished. `--table FILE` prints those of a file, as `results.jsonl` beside this one is.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from tests.benchmarks.effort import arms
from tests.benchmarks.effort.annotator import WANTED, Annotator, Bill
from tests.benchmarks.effort.arms import Arm
from tests.benchmarks.effort.material import Material, read
from tests.benchmarks.effort.plots import draw

HABITS = {
    "boxes": "what was missed is found in a box, not drawn",
    "clicks": "what was missed is clicked, not drawn",
    "alike": "a few of many that were missed find the others",
}
"""What a simulated person does with what the model has missed, beside drawing it."""
LOOKED_AT = (5, 10, 20, 30, 40)
"""The model is measured after so many images."""


def make(name: str, material: Material, chosen: argparse.Namespace, folder: Path) -> Arm:
    """An arm by its name."""
    if name == "hand":
        return arms.ByHand(material, seed=chosen.seed)
    if name == "starter":
        return arms.Starter(material, seed=chosen.seed, device=chosen.device)
    if name == "named":
        return arms.Named(material, seed=chosen.seed, device=chosen.device)
    rates = {"learning_rate": chosen.rate, "class_rate": chosen.class_rate}
    settings = {key: value for key, value in rates.items() if value is not None}
    given: dict[str, Any] = {"seed": chosen.seed, "folder": folder, "settings": settings}
    given["device"] = chosen.device
    if name == "rounds":
        return arms.Rounds(material, **given)
    kind = arms.Queued if name == "queue" else arms.Live
    return kind(material, steps_per_s=chosen.steps_per_s, **given)


def run(name: str, material: Material, chosen: argparse.Namespace) -> dict[str, Any]:
    """Label with one arm."""
    began_s = time.monotonic()
    rows: list[dict[str, Any]] = []
    quality: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as place:
        arm = make(name, material, chosen, Path(place))
        arm.annotator = Annotator(len(material.classes), wanted=chosen.wanted)
        arm.alike = chosen.alike
        if isinstance(arm, arms.Starter):
            arm.boxes, arm.clicks = chosen.boxes, chosen.clicks
        for bill in arm.label(chosen.images):
            rows.append(asdict(bill))
            row = {
                "set": material.name,
                "arm": titled(name, chosen),
                "image": len(rows),
                **rows[-1],
            }
            append(chosen, "images.jsonl", row)
            if len(rows) in LOOKED_AT and chosen.measure:
                reached = arm.map50()
                if reached is not None:
                    quality[len(rows)] = round(reached, 4)
        if isinstance(arm, arms.Rounds | arms.Live):
            arm.close()
    return {
        "set": material.name,
        "arm": titled(name, chosen),
        "device": chosen.device,
        "wanted": chosen.wanted,
        "images": rows,
        "map50": quality,
        "steps": arm.steps,
        "changed_over_at": getattr(arm, "changed_over_at", None),
        "seconds": round(time.monotonic() - began_s, 1),
    }


def titled(name: str, chosen: argparse.Namespace) -> str:
    """An arm, and what is unusual about its person."""
    tools = (", boxes" if chosen.boxes else "") + (", clicks" if chosen.clicks else "")
    tools += ", more like these" if chosen.alike else ""
    return name + tools + (f", IoU {chosen.wanted:g}" if chosen.wanted != WANTED else "")


def append(chosen: argparse.Namespace, name: str, row: dict[str, Any]) -> None:
    """Keep what is known so far."""
    if chosen.out:
        with (chosen.out / name).open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")


def per_object(rows: list[dict[str, Any]]) -> float | None:
    """Gestures over objects."""
    total = Bill()
    for row in rows:
        total += Bill(**row)
    return round(total.gestures / total.objects, 2) if total.objects else None


def table(results: list[dict[str, Any]]) -> str:
    """Gestures per object of each arm, over all images and over parts of them."""
    lines = [
        "| set | arm | all | 1-5 | 6-10 | 11-20 | 21-30 | 31- | untouched | steps | mask mAP50 |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for result in results:
        rows = result["images"]
        parts = [rows, rows[:5], rows[5:10], rows[10:20], rows[20:30], rows[30:]]
        cells = [per_object(part) for part in parts]
        objects = sum(row["objects"] for row in rows)
        untouched = sum(row["untouched"] for row in rows) / max(1, objects)
        quality = ", ".join(f"{images}: {value:.2f}" for images, value in result["map50"].items())
        lines.append(
            f"| {result['set']} | {result['arm']} | "
            + " | ".join("-" if cell is None else f"{cell:.2f}" for cell in cells)
            + f" | {untouched:.0%} | {result['steps']} | {quality} |"
        )
    return "\n".join(lines)


def main() -> None:
    """All sets and arms."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--table", type=Path, metavar="FILE", help="print what a file holds")
    parser.add_argument("--sets", nargs="+", default=["food-tray"])
    parser.add_argument("--images", type=int, default=40)
    parser.add_argument(
        "--arms", nargs="+", default=["hand", "starter", "named", "live", "queue", "rounds"]
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps-per-s", type=float, default=3.0)
    parser.add_argument("--rate", type=float, help="learning rate; the learner's own by default")
    parser.add_argument("--class-rate", type=float, help="of the class layers, over the rest")
    parser.add_argument("--device", default="cpu", metavar="cpu|cuda:0")
    parser.add_argument("--threads", type=int, default=2)
    for flag, text in HABITS.items():
        parser.add_argument(f"--{flag}", action="store_true", help=text)
    parser.add_argument(
        "--wanted", type=float, default=WANTED, metavar="IOU", help="when an outline is good enough"
    )
    parser.add_argument("--measure", action="store_true", help="mask mAP50 on the way")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    if chosen.out:
        chosen.out.mkdir(parents=True, exist_ok=True)
    if chosen.table:
        lines = chosen.table.read_text(encoding="utf-8").splitlines()
        known = [json.loads(line) for line in lines]
        print(table(known))
        if chosen.out:
            draw(known, chosen.out)
        return
    if chosen.data is None:
        parser.error("--data says where the data sets are")
    torch.set_num_threads(chosen.threads)
    torch.set_flush_denormal(True)
    results = []
    for name in chosen.sets:
        material = read(chosen.data, name)
        for arm in chosen.arms:
            results.append(run(arm, material, chosen))
            append(chosen, "results.jsonl", results[-1])
            sys.stderr.write(table(results[-1:]).splitlines()[-1] + "\n")
    if chosen.out:
        draw(results, chosen.out)
    sys.stdout.write((json.dumps(results) if chosen.json else table(results)) + "\n")


if __name__ == "__main__":
    main()
