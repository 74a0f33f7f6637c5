"""`dynseg follow`: bring the shapes of one image into the images after it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from dynseg.cli import values
from dynseg.cli.command import Result
from dynseg.cli.console import Console, duration
from dynseg.cli.project import add_project_argument, found_image, opened
from dynseg.cli.words import many
from dynseg.errors import InputError
from dynseg.project.records import ImageRow

if TYPE_CHECKING:
    from dynseg.inference.following.film import FollowSummary

USUAL = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_project_argument(parser)
    parser.add_argument(
        "--from",
        dest="first",
        metavar="IMAGE",
        required=True,
        help="the image whose shapes are followed: its path below the folder of images",
    )
    parser.add_argument(
        "--images",
        type=values.count,
        default=USUAL,
        metavar="N",
        help="into how many images after it, in the order of their names; 0 takes all",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be put where, and change nothing"
    )


def run(args: argparse.Namespace, console: Console) -> Result:
    """Follow; human work stays as it is."""
    from dynseg.inference.following.film import follow_film

    kept = "The images that were finished are saved; run the same again to go on."
    with opened(args.project, read_only=args.dry_run) as store:
        first, rows = found_image(store, args.first), store.images()
        at = next(place for place, row in enumerate(rows) if row.id == first.id)
        following = rows[at + 1 : at + 1 + args.images if args.images else None]
        if not following:
            raise InputError(
                f"No image comes after {first.rel}; nothing was changed.",
                "Images come in the order of their names.",
            )
        with console.stoppable("Nothing was changed." if args.dry_run else kept):
            done = follow_film(
                store,
                [first.id, *(row.id for row in following)],
                dry=args.dry_run,
                report=console.progress,
                cancel=console.cancel,
            )
    return _told(done, first, args.dry_run, console)


def _told(done: FollowSummary, first: ImageRow, is_dry: bool, console: Console) -> Result:
    would = "would be " if is_dry else ""
    console.say(
        f"{many(done.shapes, 'proposal')} {would}put on {many(done.changed, 'image')} in "
        f"{duration(done.seconds)}, {done.images_per_s:.3g} images/s"
    )
    console.say(
        f"{done.to_the_end} of {many(done.objects, 'object')} of {first.rel} followed to the end"
    )
    if done.stopped_at:
        why = "has another size" if done.other_size else "shows none of them"
        console.say(f"it ended at {done.stopped_at}, which {why}")
    if done.skipped:
        console.say(f"{many(done.skipped, 'image was', 'images were')} left as they are")
    failed = [f"{rel}: {reason}" for rel, reason in done.failed]
    console.findings(failed, title=f"{many(failed, 'image')} failed")
    if done.run_id:
        console.say(f"`dynseg history PROJECT --undo {done.run_id}` takes it back")
    return Result(
        {
            "dry_run": is_dry,
            "run": done.run_id,
            "images": done.images,
            "changed": done.changed,
            "shapes": done.shapes,
            "objects": done.objects,
            "to_the_end": done.to_the_end,
            "keys": done.keys,
            "skipped": done.skipped,
            "failed": [{"image": rel, "reason": reason} for rel, reason in done.failed],
            "stopped_at": done.stopped_at,
            "seconds": done.seconds,
            "images_per_s": done.images_per_s,
        }
    )
