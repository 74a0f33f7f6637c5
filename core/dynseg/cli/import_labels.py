"""`dynseg import`: take in labels of another program."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from dynseg.cli.command import Result
from dynseg.cli.console import Console
from dynseg.cli.project import add_project_argument, opened
from dynseg.formats import registry
from dynseg.formats.importing import ImportReport, prepare


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_project_argument(parser)
    parser.add_argument("source", type=Path, metavar="SOURCE", help="a file, folder or zip archive")
    names = [registry.AUTO, *(form.name for form in registry.readable())]
    parser.add_argument("--format", choices=names, default=registry.AUTO)
    parser.add_argument(
        "--as-reviewed",
        action="store_true",
        help="vouch for the labels: their images count as reviewed",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be taken in; change nothing"
    )


def run(args: argparse.Namespace, console: Console) -> Result:
    """Import as one run, which can be undone as one."""
    with (
        opened(args.project, read_only=args.dry_run) as store,
        console.stoppable("Nothing was imported."),
    ):
        plan = prepare(
            store,
            args.source,
            format_name=args.format,
            report=console.progress,
            cancel=console.cancel,
        )
        console.cancel.check()
        settle = plan.preview if args.dry_run else plan.commit
        done = settle(as_reviewed=args.as_reviewed)
    _say(done, console, dry=args.dry_run)
    findings = [("accepted", item) for item in done.accepted]
    findings += [("repaired", item) for item in done.repaired]
    findings += [("refused", item) for item in done.refused]
    return Result(
        {
            "images": done.images,
            "instances": done.instances,
            "repaired": len(done.repaired),
            "refused": len(done.refused),
            "format": done.format,
            "duplicates": done.duplicates,
            "run": done.run_id,
            "classes_added": done.added_classes,
            "by_class": done.by_class,
            "dry_run": args.dry_run,
            "report": [{"kind": kind, **asdict(item)} for kind, item in findings],
        }
    )


def _say(done: ImportReport, console: Console, *, dry: bool) -> None:
    added = "would be added" if dry else "added"
    console.say(
        f"{done.format}: {done.instances} instances {added}, labels found for {done.images} images"
    )
    if done.added_classes:
        console.say(f"new classes: {', '.join(done.added_classes)}")
    console.findings(done.repaired, title=f"{len(done.repaired)} repaired or dropped as doubles")
    console.findings(done.refused, title=f"{len(done.refused)} could not be used")
