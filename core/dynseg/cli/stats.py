"""`dynseg stats`: count images, instances and classes."""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from dynseg.annotation.document import ImageState
from dynseg.cli.command import Result
from dynseg.cli.console import Console
from dynseg.cli.project import add_project_argument, opened
from dynseg.review.effort import Effort, effort_of_project, rounds, total


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_project_argument(parser)
    parser.add_argument(
        "--effort",
        action="store_true",
        help="also tell what people had to do with the proposals, from the history",
    )
    parser.add_argument(
        "--csv", type=Path, metavar="FILE", help="write the effort, a line for every 10 images"
    )


def run(args: argparse.Namespace, console: Console) -> Result:
    """Count; the project is opened read-only."""
    with opened(args.project, read_only=True) as store, store.snapshot() as view:
        rows = view.images()
        classes = view.classes()
        count: Counter[int] = Counter()
        origins: Counter[str] = Counter()
        for annotation in view.annotations([row.id for row in rows if row.instance_count]):
            for instance in annotation.instances:
                count[instance.class_id] += 1
                origins[instance.origin.value] += 1
        efforts = effort_of_project(view) if args.effort or args.csv else None
    by_state = {state.value: 0 for state in ImageState}
    by_state.update(Counter(row.state.value for row in rows))
    by_class = {label.name: count[label.id] for label in classes.labels}
    by_split = dict(Counter(row.split or "none" for row in rows))
    data: dict[str, object] = {
        "images": len(rows),
        "instances": sum(count.values()),
        "reviewed": by_state[ImageState.REVIEWED.value],
        "by_class": by_class,
        "by_state": by_state,
        "by_split": by_split,
        "by_origin": dict(origins),
        "damaged": sum(bool(row.damage) for row in rows),
    }
    if efforts is not None:
        data["effort"] = total(efforts).figures()
        data["rounds"] = [part.figures() for part in rounds(efforts)]
        if args.csv:
            _write(args.csv, rounds(efforts))
    _show(data, console)
    return Result(data)


def _write(path: Path, parts: Sequence[Effort]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(Effort().figures()))
        table.writeheader()
        table.writerows(part.figures() for part in parts)


def _show(data: dict[str, object], console: Console) -> None:
    for key, value in data.items():
        title = key.replace("_", " ")
        if isinstance(value, list):
            continue  # a curve, for JSON and CSV
        if isinstance(value, dict):
            console.say(f"{title}:")
            names = [
                str(name).replace("_", " ") if key == "effort" else str(name) for name in value
            ]
            width = max(map(len, names), default=0)
            for name, number in zip(names, value.values(), strict=True):
                console.say(f"  {name:<{width}}  {number}")
        else:
            console.say(f"{title}: {value}")
