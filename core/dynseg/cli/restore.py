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
        "backup",
        metavar="BACKUP",
        help=f"name from `dynseg backup PROJECT --list`, or {NEWEST} (without damage)",
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
    """The backup of that name; one with damaged rows has to be asked for by its own."""
    found = backups.listed(layout)
    sound = (path for path in found if not backups.is_damaged(path))
    named = (path for path in found if path.name == name)
    chosen = next(sound if name == NEWEST else named, None)
    if chosen is None:
        kind = "backup without damage" if name == NEWEST else f"backup {name}"
        raise InputError(
            f"The project has no {kind}." if found else "The project has no backup.",
            f"List what there is with `dynseg backup {layout.root} --list`.",
        )
    return chosen
