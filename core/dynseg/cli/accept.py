"""`dynseg review --accept`: keeping the proposals of many images without a look at each."""

from __future__ import annotations

import argparse

from dynseg.annotation.classes import ClassLabel
from dynseg.cli import values
from dynseg.cli.command import Result, refuse_useless
from dynseg.cli.console import Console
from dynseg.cli.project import opened
from dynseg.cli.words import many
from dynseg.inference.matching import stands_for_anything
from dynseg.model.registry import ModelRegistry
from dynseg.project.query import ImageQuery
from dynseg.project.store import Store
from dynseg.review.acceptance import Foreseen, accept_many, waiting
from dynseg.review.many import Changed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments that accepting has beside those of the list."""
    parser.add_argument(
        "--accept",
        type=values.share,
        metavar="SCORE",
        help="instead of listing, accept every proposal of at least this score on the images that "
        "wait for a person; one run, `dynseg history PROJECT --undo last` takes it back",
    )
    parser.add_argument(
        "--named",
        metavar="WORDS",
        help="with --accept: only images with this in their name, * and ? stand for letters",
    )
    parser.add_argument(
        "--as-reviewed",
        action="store_true",
        help="with --accept: images that have shapes and no proposal left count as reviewed, and "
        "are learned from",
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="with --accept: say what would be accepted, and change nothing",
    )


def refuse_options(args: argparse.Namespace) -> None:
    """Refuse what only accepting uses where nothing is accepted.

    Raises:
        WrongUseError: one of these options was given.
    """
    refuse_useless(
        "Only with --accept something is decided",
        {
            "--named": args.named is not None,
            "--as-reviewed": args.as_reviewed,
            "--dry-run": args.dry_run,
        },
    )


def accept(args: argparse.Namespace, console: Console) -> Result:
    """Accept, or say what would be accepted; human work stays as it is."""
    refuse_useless(
        "What is accepted does not depend on the list: its order, its length",
        {
            "--order": args.order is not None,
            "--limit": args.limit is not None,
            "--compare": args.compare is not None,
            "--seed": args.seed is not None,
            "--anew": args.anew,
        },
    )
    least, as_reviewed = args.accept, args.as_reviewed
    with opened(args.project, read_only=args.dry_run) as store:
        ids = store.find(ImageQuery(text=args.named or ""))
        label = stands_for_anything(ModelRegistry(store.layout.models).active(), store.classes())
        foreseen = (
            waiting(store)
            .among(ids)
            .foresee(least, as_reviewed=as_reviewed, nameless=label.id if label else None)
        )
        if args.dry_run:
            console.say(_foreseen(foreseen, least))
            _say_nameless(foreseen.nameless, label, console)
            return Result({"dry_run": True, **foreseen._asdict()})
        with console.stoppable("What was accepted stays; `dynseg history --undo last` undoes it."):
            done = accept_many(
                store,
                ids,
                least=least,
                as_reviewed=as_reviewed,
                report=console.progress,
                cancel=console.cancel,
            )
        _say_nameless(foreseen.nameless, label, console)
        return _told(store, done, console, foreseen.nameless)


def _say_nameless(count: int, label: ClassLabel | None, console: Console) -> None:
    """The word of a model that knows no classes is to be learned on purpose."""
    if count and label is not None:
        what = many(count, "of these proposals is", "of these proposals are")
        console.say(
            f"{what} called {label.name}, which is not one of your classes: models learn that name"
        )


def _told(store: Store, done: Changed, console: Console, nameless: int) -> Result:
    console.say(
        f"{many(done.proposals, 'proposal')} accepted on {many(done.images, 'image')}, "
        f"{many(done.reviewed, 'image is', 'images are')} reviewed now"
    )
    if done.run_id:
        console.say(f"`dynseg history PROJECT --undo {done.run_id}` takes it back")
    names = {row.id: row.rel for row in store.images()}
    kept = [names.get(image_id, "?") for image_id in done.kept]
    console.findings(kept, title=f"{len(kept)} left as they are: changed meanwhile, or damaged")
    return Result(
        {
            "dry_run": False,
            "run": done.run_id,
            "proposals": done.proposals,
            "images": done.images,
            "reviewed": done.reviewed,
            "nameless": nameless,
            "kept": kept,
        },
        ok=not done.stopped,
    )


def _foreseen(found: Foreseen, least: float) -> str:
    return (
        f"{many(found.proposals, 'proposal')} would be accepted on {many(found.images, 'image')}, "
        f"{many(found.reviewed, 'image')} would be reviewed; "
        f"{many(found.left, 'proposal')} below {least:g} would be left on "
        f"{many(found.doubtful, 'image')}; "
        f"{many(found.empty, 'image has', 'images have')} no shapes and would stay as "
        f"{'it is' if found.empty == 1 else 'they are'}"
    )
