"""`dynseg rescale`: labels follow image files that were replaced by ones of another size."""

from __future__ import annotations

import argparse

from dynseg.cli.command import Result
from dynseg.cli.console import Console
from dynseg.cli.project import add_project_argument, found_image, opened
from dynseg.cli.words import many
from dynseg.errors import InputError
from dynseg.project import resizing
from dynseg.project.records import ImageRow
from dynseg.project.store import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_project_argument(parser)
    parser.add_argument(
        "images",
        nargs="*",
        metavar="IMAGE",
        help="its path below the folder of images; else all whose files keep their ratio",
    )
    parser.add_argument("--dry-run", action="store_true", help="only list what would be scaled")


def run(args: argparse.Namespace, console: Console) -> Result:
    """Scale shapes and history to the files that are there now; a backup is made first."""
    with opened(args.project) as store, console.stoppable("Images that were scaled stay so."):
        store.rescan(console.progress)
        rows = store.images()
        chosen = _named(store, args.images) if args.images else _alike(rows)
        sizes = {row.id: resizing.size_now(row.damage) for row in chosen}
        scaled = 0 if args.dry_run else _scale(store, chosen, console)
    left = [row for row in rows if row.id not in sizes and resizing.size_now(row.damage)]
    _tell(chosen, left, console, dry_run=args.dry_run)
    found = [
        {"image": row.rel, "from": [row.width, row.height], "to": list(sizes[row.id] or ())}
        for row in chosen
    ]
    return Result({"scaled": scaled, "found": found, "left": [row.rel for row in left]})


def _alike(rows: list[ImageRow]) -> list[ImageRow]:
    wanted = set(resizing.made_smaller_or_larger(rows))
    return [row for row in rows if row.id in wanted]


def _named(store: Store, names: list[str]) -> list[ImageRow]:
    """The rows of the named images whose files have another size.

    Raises:
        InputError: the project has no such image, or its file is not there or damaged.
    """
    named = {row.id: row for row in (found_image(store, name) for name in names)}
    for row in named.values():
        if row.damage and resizing.size_now(row.damage) is None:
            raise InputError(
                f"{row.rel} {row.damage}, so nothing was scaled.",
                "Replace the file, then try again.",
            )
    return [row for row in named.values() if row.damage]


def _scale(store: Store, rows: list[ImageRow], console: Console) -> int:
    """Scale them one by one; the first one makes the backup."""
    for done, row in enumerate(rows):
        console.cancel.check()
        store.scale_to_file(row.id, backs_up=done == 0)
    return len(rows)


def _tell(chosen: list[ImageRow], left: list[ImageRow], console: Console, *, dry_run: bool) -> None:
    lines = [f"{row.rel} {row.damage}" for row in chosen]
    verb = "would be scaled with their history" if dry_run else "were scaled with their history"
    console.findings(lines, title=f"the shapes of {many(chosen, 'image')} {verb}")
    others = [f"{row.rel} {row.damage}" for row in left]
    title = f"{many(left, 'image has', 'images have')} another ratio now"
    title += "; name those whose shapes may be stretched"
    console.findings(others, title=title)
    if not (chosen or left):
        console.say("every file has the size that its shapes were made on")
