"""`dynseg split`: which images train, validate and test."""

from __future__ import annotations

import argparse
from collections import Counter

from dynseg.cli import values
from dynseg.cli.command import Result
from dynseg.cli.console import Console
from dynseg.cli.project import add_project_argument, found_image, opened
from dynseg.cli.words import many
from dynseg.errors import InputError
from dynseg.project.store import Store

PLACES = ("train", "val", "test")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_project_argument(parser)
    parser.add_argument(
        "images", nargs="*", metavar="IMAGE", help="for --put: paths below the folder of images"
    )
    parser.add_argument(
        "--put",
        choices=PLACES,
        help="give these images this place; without it, reviewed images that have none are shared "
        "out, near copies together",
    )
    parser.add_argument(
        "--val-share",
        type=values.share,
        metavar="X",
        help="part that validates, from now on (0.2 where the project says nothing)",
    )
    parser.add_argument(
        "--group-by",
        choices=("folder", "image"),
        help="whether images of one folder stay together, from now on",
    )
    parser.add_argument(
        "--test-share",
        type=values.share,
        default=0.0,
        metavar="X",
        help="part that is kept for a last test: neither learned from nor measured on (0)",
    )
    parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")


def run(args: argparse.Namespace, console: Console) -> Result:
    """Images that have a place keep it, unless they are named."""
    if bool(args.images) != (args.put is not None):
        raise InputError(
            "--put needs images, and images need --put; nothing was changed.",
            "For instance: dynseg split PROJECT a.jpg b.jpg --put val",
        )
    with (
        opened(args.project, read_only=args.dry_run) as store,
        console.stoppable("Nothing was changed."),
    ):
        act = _put if args.put else _shared_out
        assigned, places, run_id = act(args, store, console)
    would = "would get" if args.dry_run else "got"
    console.say(f"{many(assigned, 'image')} {would} a place")
    counts = ", ".join(f"{places[place]} {place}" for place in PLACES)
    console.say(f"{counts}; {places['']} without a place")
    if run_id:
        console.say(f"`dynseg history PROJECT --undo {run_id}` takes it back")
    return Result(
        {
            "dry_run": args.dry_run,
            "assigned": assigned,
            **{place: places[place] for place in PLACES},
            "without": places[""],
            "run": run_id or None,
        }
    )


def _put(args: argparse.Namespace, store: Store, console: Console) -> tuple[int, Counter[str], str]:
    """Give named images their place: how many, images in each place after it, and the run."""
    del console
    named = {row.id: row for row in (found_image(store, text) for text in args.images)}
    moved = [image_id for image_id, row in named.items() if row.split != args.put]
    places: Counter[str] = Counter(row.split for row in store.images())
    places.subtract(named[image_id].split for image_id in moved)
    places[args.put] += len(moved)
    return len(moved), places, "" if args.dry_run else store.divide(moved, args.put)


def _shared_out(
    args: argparse.Namespace, store: Store, console: Console
) -> tuple[int, Counter[str], str]:
    """Give reviewed images without a place one, by the rule of the project, which is kept."""
    from dynseg.curation import split

    rule = split.rule_of(store)
    wanted = split.SplitRule(
        rule.val_share if args.val_share is None else args.val_share,
        rule.by_folder if args.group_by is None else args.group_by == "folder",
    )
    if not 0 < wanted.val_share < 1 - args.test_share:
        raise InputError(
            "With these shares nothing is left to learn from, or nothing validates; nothing was "
            "changed.",
            "Give a --val-share above 0, and a --test-share so that both are below 1 together.",
        )
    done = split.assign(
        store,
        val_share=wanted.val_share,
        test_share=args.test_share,
        group_of=wanted.group_of,
        dry=args.dry_run,
        report=console.progress,
        cancel=console.cancel,
    )
    if wanted != rule and not args.dry_run:
        split.keep_rule(store, wanted)
    places: Counter[str] = Counter({"train": done.train, "val": done.val, "test": done.test})
    places[""] = len(store.images()) - places.total()
    return done.assigned, places, ""
