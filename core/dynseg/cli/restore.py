"""`dynseg restore`: put a backup in the place of the database."""

from __future__ import annotations

import argparse
from pathlib import Path

from dynseg.cli.command import Result
from dynseg.cli.console import Console
from dynseg.cli.project import add_project_argument, require_project
from dynseg.errors import InputError
from dynseg.project import backups
from dynseg.project.layout import ProjectLayout
from dynseg.project.lock import ProjectLock

NEWEST = "newest"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_project_argument(parser)
    parser.add_argument(
        "backup", metavar="BACKUP", help=f"name from `dynseg backup PROJECT --list`, or {NEWEST}"
    )


def run(args: argparse.Namespace, console: Console) -> Result:
    """Restore; the database that is replaced is kept beside the backups."""
    layout = ProjectLayout(require_project(args.project))
    backup = _chosen(layout, args.backup)
    lock = ProjectLock.acquire(layout.lock, program="dynseg restore")
    try:
        replaced = backups.restore(layout, backup)
    finally:
        lock.release()
    console.say(f"restored: {backup.name}")
    if replaced is not None:
        console.say(f"what was there is kept as {replaced}")
    return Result(
        {"restored": str(backup), "replaced": str(replaced) if replaced is not None else ""}
    )


def _chosen(layout: ProjectLayout, name: str) -> Path:
    """The backup of that name."""
    found = backups.listed(layout)
    chosen = next((path for path in found if name in (NEWEST, path.name)), None)
    if chosen is None:
        raise InputError(
            f"The project has no backup {name}." if found else "The project has no backup.",
            f"List what there is with `dynseg backup {layout.root} --list`.",
        )
    return chosen
