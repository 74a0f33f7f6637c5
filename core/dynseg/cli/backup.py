"""`dynseg backup`: make a verified copy of the database, or list those there are."""

from __future__ import annotations

import argparse

from dynseg.cli.command import Result
from dynseg.cli.console import Console
from dynseg.cli.project import add_project_argument, opened, require_project
from dynseg.cli.words import many
from dynseg.project import backups
from dynseg.project.layout import ProjectLayout


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_project_argument(parser)
    parser.add_argument("--list", action="store_true", help="list the backups, make none")


def run(args: argparse.Namespace, console: Console) -> Result:
    """Make a backup, or list them; listing needs no sound database."""
    if not args.list:
        with opened(args.project, backs_up=False) as store:
            made = store.backup("by hand")
        console.say(f"backup made: {made.name}")
        damaged = backups.is_damaged(made)
        if damaged:
            console.say(backups.DAMAGED_NOTICE)
        return Result({"backup": str(made), "size_bytes": made.stat().st_size, "damaged": damaged})
    found = [
        {
            "name": fact.path.name,
            "made": fact.made.isoformat(timespec="seconds"),
            "reason": fact.reason,
            "size_bytes": fact.size_bytes,
            "damaged": fact.damaged,
            **(fact.contents._asdict() if fact.contents is not None else {}),
        }
        for fact in backups.facts(ProjectLayout(require_project(args.project)))
    ]
    for item in found:
        held = ""
        if "images" in item:
            held = f"{many(item['images'], 'image')}, {many(item['shapes'], 'shape')}"
        console.say(f"{item['name']}  {item['size_bytes']:,} bytes  {held}".rstrip())
    if not found:
        console.say("there is no backup yet")
    return Result({"backups": found})
