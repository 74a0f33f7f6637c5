"""`dynseg stats`: count images, instances and classes."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path

from dynseg.annotation.document import ImageState
from dynseg.cli.command import Result
from dynseg.cli.console import Console
from dynseg.cli.project import add_project_argument, opened
from dynseg.review.effort import Effort, effort_of_project, rounds, total
from dynseg.review.statistics import Histogram, span, statistics, write_table


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_project_argument(parser)
    parser.add_argument(
        "--effort",
        action="store_true",
        help="also what people had to do with the proposals, from the history",
    )
    parser.add_argument(
        "--csv", type=Path, metavar="FILE", help="write the effort, a line for every 10 images"
    )
    parser.add_argument(
        "--table", type=Path, metavar="FILE", help="write all counts as a table (CSV)"
    )


def run(args: argparse.Namespace, console: Console) -> Result:
    """Count; the project is opened read-only."""
    with opened(args.project, read_only=True) as store, store.snapshot() as view:
        found = statistics(view, report=console.progress, cancel=console.cancel)
        efforts = effort_of_project(view) if args.effort or args.csv else None
    data: dict[str, object] = {
        "images": found.images,
        "instances": found.objects,
        "reviewed": found.by_state[ImageState.REVIEWED.value],
        "by_class": {own.name: own.objects for own in found.classes},
        "by_state": found.by_state,
        "by_split": found.by_split,
        "by_origin": found.by_origin,
        "damaged": found.damaged,
        "by_size": _counts(found.sizes),
        "by_points": _counts(found.points, 3),
        "per_image": _counts(found.per_image),
    }
    if args.table:
        write_table(args.table, found)
    if efforts is not None:
        data["effort"] = total(efforts).figures()
        data["rounds"] = [part.figures() for part in rounds(efforts)]
        if args.csv:
            _write(args.csv, rounds(efforts))
    _show(data, console)
    return Result(data)


def _counts(histogram: Histogram, least: int = 0) -> dict[str, int]:
    names = [span(*ends) for ends in histogram.ranges(least)]
    return dict(zip(names, histogram.counts, strict=True))


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
                console.say(f"  {name:<{width}}  {'-' if number is None else number}")
        else:
            console.say(f"{title}: {value}")
