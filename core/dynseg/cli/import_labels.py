"""`dynseg import`: take in labels of another program."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from dynseg.cli.command import Result
from dynseg.cli.console import Console
from dynseg.cli.project import add_project_argument, opened
from dynseg.formats import yolo

FORMATS = ("auto", "yolo")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_project_argument(parser)
    parser.add_argument("source", type=Path, metavar="SOURCE", help="its folder or data.yaml")
    parser.add_argument("--format", choices=FORMATS, default="auto")
    parser.add_argument(
        "--as-reviewed",
        action="store_true",
        help="vouch for the labels: their images count as reviewed",
    )


def run(args: argparse.Namespace, console: Console) -> Result:
    """Import as one run, which can be undone as one."""
    with opened(args.project) as store, console.stoppable("Nothing was imported."):
        done = yolo.import_labels(
            store,
            args.source,
            as_reviewed=args.as_reviewed,
            report=console.progress,
            cancel=console.cancel,
        )
    console.say(f"{done.instances} instances added, labels found for {done.images} images")
    if done.added_classes:
        console.say(f"new classes: {', '.join(done.added_classes)}")
    console.findings(done.repaired, title=f"{len(done.repaired)} repaired or dropped as doubles")
    console.findings(done.refused, title=f"{len(done.refused)} could not be used")
    findings = [("repaired", item) for item in done.repaired]
    findings += [("refused", item) for item in done.refused]
    return Result(
        {
            "images": done.images,
            "instances": done.instances,
            "repaired": len(done.repaired),
            "refused": len(done.refused),
            "duplicates": done.duplicates,
            "run": done.run_id,
            "classes_added": done.added_classes,
            "report": [{"kind": kind, **asdict(item)} for kind, item in findings],
        }
    )
