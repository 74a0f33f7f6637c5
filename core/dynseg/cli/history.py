"""`dynseg history`: what was done to an image or by a run, and bringing a version back."""

from __future__ import annotations

import argparse
from datetime import datetime

from dynseg.cli import values
from dynseg.cli.command import Result, WrongUseError, refuse_useless
from dynseg.cli.console import Console
from dynseg.cli.project import add_project_argument, found_image, opened
from dynseg.cli.run_changes import list_runs, show_run, undo_run
from dynseg.project.records import JournalEntry

ALL = -1
"""As SQLite says it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_project_argument(parser)
    parser.add_argument(
        "image", metavar="IMAGE", nargs="?", help="its path below the folder of images"
    )
    parser.add_argument("--runs", action="store_true", help="list the runs of the project")
    parser.add_argument(
        "--run",
        metavar="RUN|last",
        help="what pre-labelling, or `dynseg follow`, added, removed and changed",
    )
    parser.add_argument(
        "--undo",
        metavar="RUN|last",
        help="take back what a run or an import did, on each image that was not changed since",
    )
    parser.add_argument(
        "--restore",
        type=values.count,
        metavar="STEP",
        help="bring back the image as it was after this step, 0 for before the first",
    )
    parser.add_argument(
        "--limit",
        type=values.count,
        default=50,
        metavar="N",
        help="newest steps to list; 0 lists all",
    )


def run(args: argparse.Namespace, console: Console) -> Result:
    """List the steps, the newest first; bring one back when asked to."""
    if args.runs or args.run or args.undo:
        return _of_runs(args, console)
    if args.image is None:
        raise WrongUseError("Of which image?", "Give its path, or --runs, --run or --undo RUN.")
    restored = False
    with opened(args.project, read_only=args.restore is None) as store:
        image = found_image(store, args.image)
        image_id = image.id
        if args.restore is not None:
            restored = store.restore_version(image_id, args.restore) is not None
        entries = store.journal(image_id, args.limit or ALL, include_dropped=True)
    for entry in entries:
        when = datetime.fromtimestamp(entry.time_s).astimezone()
        console.say(f"{entry.seq:>8}  {when:%Y-%m-%d %H:%M:%S}  {entry.text}{_mark(entry)}")
    if args.restore is not None:
        console.say("brought back" if restored else "the image is as it was then")
    steps = [
        {
            "step": entry.seq,
            "text": entry.text,
            "time_s": entry.time_s,
            "undone": entry.undone,
            "dropped": entry.dropped,
            "run": entry.run_id or "",
        }
        for entry in entries
    ]
    return Result({"image": image.rel, "steps": steps, "restored": restored})


def _of_runs(args: argparse.Namespace, console: Console) -> Result:
    refuse_useless(
        "Runs are told or taken back on all images, one thing at a time",
        {
            "IMAGE": args.image is not None,
            "--restore": args.restore is not None,
            "--run": bool(args.run) and (args.runs or bool(args.undo)),
            "--runs": args.runs and bool(args.undo),
        },
    )
    with opened(args.project, read_only=not args.undo) as store:
        if args.undo:
            return undo_run(store, args.undo, console)
        return list_runs(store, console) if args.runs else show_run(store, args.run, console)


def _mark(entry: JournalEntry) -> str:
    if entry.dropped:
        return "  (taken back, then overtaken)"
    return "  (taken back)" if entry.undone else ""
