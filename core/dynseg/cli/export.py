"""`dynseg export`: write a data set."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec

from dynseg.annotation.document import ImageState
from dynseg.cli.command import Result, WrongUseError
from dynseg.cli.console import Console
from dynseg.cli.project import add_project_argument, opened
from dynseg.cli.words import many
from dynseg.errors import DynsegError
from dynseg.formats import registry
from dynseg.formats.finding import Finding, missing_images
from dynseg.formats.format import Format
from dynseg.formats.outgoing import preflight
from dynseg.formats.outgoing.exporting import LINKS, ExportSummary, export
from dynseg.formats.outgoing.policy import HOLES, PARTS, Policy
from dynseg.formats.outgoing.preflight import Preflight
from dynseg.formats.outgoing.round_trip import RoundTrip, round_trip
from dynseg.project.query import ImageQuery
from dynseg.project.view import ProjectView

FILE_SUFFIXES = frozenset({".zip", ".tar", ".tgz", ".gz", ".json", ".xml", ".yaml", ".yml", ".txt"})
CHOICES = {"holes": HOLES, "parts": PARTS}
WORST = 5
LOW_IOU = 0.99


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_project_argument(parser)
    parser.add_argument("out", type=Path, metavar="OUT", help="new folder, or an earlier export")
    names = [form.name for form in registry.writable()]
    parser.add_argument("--format", choices=names, default="yolo", help="for which program")
    parser.add_argument("--link", choices=LINKS, default="copy", help="how images get there")
    parser.add_argument(
        "--policy",
        action="append",
        default=[],
        metavar="WHAT=HOW",
        help="what becomes of what the format cannot hold: "
        + ", ".join(f"{what}={'|'.join(how)}" for what, how in CHOICES.items())
        + "; keep bridges what the format cannot hold",
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="labelled images that are not reviewed too; proposals then count as labels",
    )
    parser.add_argument(
        "--named",
        metavar="WORDS",
        help="only images with this in their name, * and ? stand for letters",
    )
    parser.add_argument(
        "--verify",
        action="store_true",
        help="read it again and compare every shape; exit status 1 if what should be there is not",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be in it and what would be lost"
    )


def _require_a_folders_name(out: Path) -> None:
    """Who names an archive or a file expects one; a folder of that name opens in no program."""
    if out.suffix.lower() in FILE_SUFFIXES and not out.is_dir():
        raise WrongUseError(
            f"An export is a folder, and {out.name} is the name of a file; nothing was exported.",
            f"Give {out.with_suffix('')}, and pack that folder where one file is wanted.",
        )


def run(args: argparse.Namespace, console: Console) -> Result:
    """Export from one moment of the project."""
    policy = parsed_policy(args.policy)
    form = registry.named(args.format)
    _require_a_folders_name(args.out)
    if args.dry_run:
        return _counted(args, form, policy, console)
    with (
        opened(args.project, can_only_read=True) as store,
        console.stoppable("What was there before is unchanged."),
    ):
        done = export(
            store,
            args.out,
            form=form,
            link=args.link,
            policy=policy,
            only_reviewed=not args.all,
            among=_named(store, args.named),
            report=console.progress,
            cancel=console.cancel,
        )
        checked = round_trip(store, args.out, form) if args.verify else None
        unreviewed = 0 if args.all else _unreviewed(store, args.named)
    _say(done, checked, console)
    _say_unreviewed(unreviewed, console, "stay out")
    return Result(
        {
            "images": done.images,
            "instances": done.instances,
            "dropped": len(done.dropped),
            "repaired": len(done.repaired),
            "path": done.path.absolute(),
            "format": done.format,
            "shapes": done.shapes,
            "joined": done.joined,
            "filled": done.filled,
            "divided": done.divided,
            "policy": asdict(policy),
            "by_split": done.by_split,
            "unreviewed": unreviewed,
            "round_trip": None if checked is None else _round_trip(checked),
            "report": _report(done.repaired, done.dropped),
        },
        problem=None if checked is None else _unlike(checked),
    )


def _unlike(checked: RoundTrip) -> DynsegError | None:
    """What is wrong with an export that does not hold what was put into it."""
    if not (checked.broken or checked.extra):
        return None
    return DynsegError(
        f"Read again, the export lacks something of {many(checked.broken, 'shape')} and has "
        f"{many(checked.extra, 'object')} that no shape accounts for.",
        "It was written all the same; try another format or policy, and report this.",
    )


def _say(done: ExportSummary, checked: RoundTrip | None, console: Console) -> None:
    shares = ", ".join(f"{name} {count}" for name, count in sorted(done.by_split.items()))
    images, shapes = many(done.images, "image"), many(done.instances, "shape")
    console.say(f"{done.path}: {images} ({shares}), {shapes}")
    if done.format == "yolo" and not done.by_split.get("val"):
        console.say("no image is in val, so a training will be measured on what it learned from")
    if done.joined:
        console.say(f"{many(done.joined, 'shape')} of several outlines joined by bridges")
    if done.filled:
        console.say(f"the holes of {many(done.filled, 'shape')} were filled")
    if done.divided:
        console.say(f"{many(done.divided, 'shape')} became several")
    console.findings(done.repaired, title=f"{len(done.repaired)} repaired or written anew")
    console.findings(done.dropped, title=f"{len(done.dropped)} left out")
    if checked is not None:
        console.say(
            f"read again: {many(checked.shapes, 'shape')}, overlap at least {checked.min_iou:.4f}, "
            f"{checked.mean_iou:.5f} on average"
        )
        worst = sorted(checked.shapes, key=lambda shape: shape.iou)[:WORST]
        low = [f"{s.rel}: shape {s.number} {s.iou:.4f}" for s in worst if s.iou < LOW_IOU]
        console.findings(low, title="lowest overlaps")
        broken = [f"{s.rel}: shape {s.number} {s.kept:.4f}" for s in checked.broken]
        console.findings(broken, title="overlaps with what should be in it")


def _named(view: ProjectView, words: str | None) -> list[int] | None:
    """Ids of the images that are asked for by name; None for all."""
    return None if words is None else view.find(ImageQuery(text=words))


def _unreviewed(view: ProjectView, words: str | None) -> int:
    """How many labelled images that are asked for nobody has reviewed yet."""
    ids = _named(view, words)
    among = None if ids is None else frozenset(ids)
    return sum(
        row.instance_count > 0
        and row.state not in (ImageState.REVIEWED, ImageState.SKIPPED)
        and (among is None or row.id in among)
        for row in view.images()
    )


def _say_unreviewed(count: int, console: Console, fate: str) -> None:
    if count:
        what = many(count, "labelled image is not", "labelled images are not")
        console.say(f"{what} reviewed and {fate}; --all takes them in")


def _counted(args: argparse.Namespace, form: Format, policy: Policy, console: Console) -> Result:
    """Say what the export would hold; nothing is written."""
    with opened(args.project, read_only=True) as store, store.snapshot() as view:
        facts = preflight.count(
            view,
            form,
            policy,
            only_reviewed=not args.all,
            among=_named(store, args.named),
            report=console.progress,
            cancel=console.cancel,
        )
        unreviewed = 0 if args.all else _unreviewed(view, args.named)
    console.say(
        f"{many(facts.images, 'image')} with {many(facts.shapes, 'shape')}: "
        f"{many(facts.instances, 'object')}"
    )
    for number, what, fate in _changes(facts):
        if number:
            console.say(f"{many(number, *what)} {fate}")
    if facts.wide:
        console.say("Images have more than 8 bits: their copies would get 8.")
    if facts.unmeasured:
        console.say(
            "No image validates: a training would be measured on what it learned from. "
            "`dynseg split PROJECT IMAGE … --put val` changes that."
        )
    console.findings(facts.repaired, title=f"{len(facts.repaired)} would be changed")
    console.findings(facts.dropped, title=f"{len(facts.dropped)} would be left out")
    _say_unreviewed(unreviewed, console, "would stay out")
    counts = {
        k: v for k, v in msgspec.structs.asdict(facts).items() if k not in ("dropped", "repaired")
    }
    return Result(
        {
            **counts,
            "unreviewed": unreviewed,
            "dropped": len(facts.dropped),
            "repaired": len(facts.repaired),
            "path": args.out.absolute(),
            "format": form.name,
            "policy": asdict(policy),
            "dry_run": True,
            "report": _report(facts.repaired, facts.dropped),
        }
    )


def _changes(facts: Preflight) -> tuple[tuple[int, tuple[str, ...], str], ...]:
    """How many of what, and what would become of them."""
    gone = len(missing_images(facts.dropped))
    of_shapes = ("of the shapes is a proposal", "of the shapes are proposals")
    shape, further = ("shape",), many(facts.further, "object")
    return (
        (facts.proposals, of_shapes, "that nobody has looked at"),
        (facts.joined, shape, "of several outlines would be joined by bridges"),
        (facts.filled, shape, "with holes that would be filled"),
        (facts.cut, shape, "with holes that would be cut open"),
        (facts.divided, shape, f"would be divided, which gives {further} more"),
        (facts.lost, ("object",), "would be left out"),
        (gone, ("image",), "would be left out, because its file is missing"),
        (facts.unreadable - gone, ("image",), "would be left out"),
    )


def _report(repaired: tuple[Finding, ...], dropped: tuple[Finding, ...]) -> list[dict[str, Any]]:
    findings = [("repaired", item) for item in repaired] + [("dropped", item) for item in dropped]
    return [{"kind": kind, **asdict(item)} for kind, item in findings]


def _round_trip(checked: RoundTrip) -> dict[str, float]:
    return {
        "shapes": len(checked.shapes),
        "extra": checked.extra,
        "broken": len(checked.broken),
        "mean_iou": checked.mean_iou,
        "min_iou": checked.min_iou,
    }


def parsed_policy(given: list[str]) -> Policy:
    """The policy of `what=how` texts, several in one with commas.

    Raises:
        WrongUseError: one of them is unknown.
    """
    chosen: dict[str, Any] = {}
    for text in (part for item in given for part in item.split(",")):
        what, _, how = text.strip().partition("=")
        if how not in CHOICES.get(what, ()):
            known = " or ".join(f"{what}={'|'.join(how)}" for what, how in CHOICES.items())
            raise WrongUseError(f"The policy {text} is not known.", f"Give {known}.")
        chosen[what] = how
    return Policy(**chosen)
