"""`dynseg relink`: find images that were moved or renamed, so that their labels follow."""

from __future__ import annotations

import argparse
from pathlib import Path

from dynseg.cli.command import Result
from dynseg.cli.console import Console
from dynseg.cli.project import add_project_argument, opened
from dynseg.cli.words import many
from dynseg.project.relink import RelinkPlan


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_project_argument(parser)
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help="where to look, and in the folders below it"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="only list what would be linked again"
    )


def run(args: argparse.Namespace, console: Console) -> Result:
    """Find the files of missing images by their content; a backup is made first."""
    with (
        opened(args.project, read_only=args.dry_run) as store,
        console.stoppable("Nothing was changed."),
    ):
        plan = store.plan_relink(args.folder, report=console.progress, cancel=console.cancel)
        linked = 0
        if not args.dry_run:
            linked = store.relink(plan)
            if linked:
                store.rescan(console.progress)
                store.record_contents(float("inf"), cancel=console.cancel)
    _tell(plan, console, dry_run=args.dry_run)
    return Result(
        {
            "linked": linked,
            "found": [
                {"image": move.old_rel, "file": move.rel, "by_content": move.by_content}
                for move in plan.moves
            ],
            "lost": list(plan.lost),
            "taken": list(plan.taken),
            "images": plan.images_root,
        }
    )


def _tell(plan: RelinkPlan, console: Console, *, dry_run: bool) -> None:
    moves = [f"{move.old_rel} -> {move.rel}{_how(move.by_content)}" for move in plan.moves]
    has, have = ("would have", "would have") if dry_run else ("has", "have")
    title = many(moves, f"image {has} its file", f"images {have} their files")
    console.findings(moves, title=f"{title} again, in {plan.images_root}")
    taken = f"{len(plan.taken)} lie where another image has labels and were left alone"
    console.findings(plan.taken, title=taken)
    console.findings(plan.lost, title=f"{len(plan.lost)} were not found; their labels are kept")
    if not (plan.moves or plan.lost or plan.taken):
        console.say("no image is missing")


def _how(by_content: bool) -> str:
    return "" if by_content else "  (same name and size; its content was not known)"
