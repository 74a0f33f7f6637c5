"""`dynseg export`: write a data set."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from dynseg.cli.command import Result, WrongUseError
from dynseg.cli.console import Console
from dynseg.cli.project import add_project_argument, opened
from dynseg.formats import yolo

HOLES = ("keep", "fill", "bridge")
WORST = 5
LOW_IOU = 0.99


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_project_argument(parser)
    parser.add_argument("out", type=Path, metavar="OUT", help="new folder, or an earlier export")
    parser.add_argument("--format", choices=("yolo",), default="yolo")
    parser.add_argument("--link", choices=("copy", "hard", "sym"), default="copy")
    parser.add_argument(
        "--policy",
        action="append",
        default=[],
        metavar="holes=keep|fill|bridge",
        help="what becomes of holes, which the format cannot hold: bridged (default) or filled",
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="labelled images that are not reviewed too; proposals then count as labels",
    )
    parser.add_argument(
        "--verify", action="store_true", help="read it again and compare every shape"
    )


def run(args: argparse.Namespace, console: Console) -> Result:
    """Export from one moment of the project."""
    holes = _holes(args.policy)
    with opened(args.project) as store, console.stoppable("What was there before is unchanged."):
        done = yolo.export(
            store,
            args.out,
            link=args.link,
            holes=holes,
            only_reviewed=not args.all,
            report=console.progress,
            cancel=console.cancel,
        )
        checked = yolo.round_trip(store, args.out) if args.verify else None
    shares = ", ".join(f"{name} {count}" for name, count in sorted(done.by_split.items()))
    console.say(f"{done.path}: {done.images} images ({shares}), {done.instances} instances")
    if done.joined:
        console.say(f"{done.joined} instances of several outlines were joined by bridges")
    if done.filled:
        console.say(f"the holes of {done.filled} instances were filled")
    console.findings(done.repaired, title=f"{len(done.repaired)} repaired or written anew")
    console.findings(done.dropped, title=f"{len(done.dropped)} left out")
    if checked is not None:
        console.say(
            f"read again: {len(checked.shapes)} shapes, overlap at least {checked.min_iou:.4f}, "
            f"{checked.mean_iou:.5f} on average"
        )
        worst = sorted(checked.shapes, key=lambda shape: shape.iou)[:WORST]
        low = [f"{s.rel}: shape {s.number} {s.iou:.4f}" for s in worst if s.iou < LOW_IOU]
        console.findings(low, title="lowest overlaps")
    findings = [("repaired", item) for item in done.repaired]
    findings += [("dropped", item) for item in done.dropped]
    return Result(
        {
            "images": done.images,
            "instances": done.instances,
            "dropped": len(done.dropped),
            "repaired": len(done.repaired),
            "path": done.path.absolute(),
            "format": done.format,
            "joined": done.joined,
            "filled": done.filled,
            "by_split": done.by_split,
            "round_trip": None if checked is None else _round_trip(checked),
            "report": [{"kind": kind, **asdict(item)} for kind, item in findings],
        }
    )


def _round_trip(checked: yolo.RoundTrip) -> dict[str, float]:
    return {
        "shapes": len(checked.shapes),
        "extra": checked.extra,
        "mean_iou": checked.mean_iou,
        "min_iou": checked.min_iou,
    }


def _holes(policies: list[str]) -> yolo.Holes:
    holes: yolo.Holes = "keep"
    for policy in policies:
        key, _, value = policy.partition("=")
        if key != "holes" or value not in HOLES:
            raise WrongUseError(
                f"The policy {policy} is not known.", "Give holes=keep, holes=fill or holes=bridge."
            )
        holes = "fill" if value == "fill" else "bridge" if value == "bridge" else "keep"
    return holes
