"""`dynseg prelabel`: let a model propose polygons."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dynseg.cli.command import Result, WrongUseError, refuse_useless
from dynseg.cli.console import Console, duration
from dynseg.cli.dry_run import dry_run
from dynseg.cli.on_cluster import add_ray_argument, model_for, prelabel_prefix
from dynseg.cli.predict_options import add_predict_arguments, predict_settings
from dynseg.cli.project import opened
from dynseg.cli.run_facts import all_failed, facts, say_failed
from dynseg.cli.words import many
from dynseg.errors import InputError
from dynseg.images import foreign, index
from dynseg.inference.matching import stands_for_anything
from dynseg.inference.settings import PredictSettings
from dynseg.model.card import read_card
from dynseg.model.registry import ModelRegistry
from dynseg.project.layout import find_project
from dynseg.project.records import RunRow
from dynseg.review.marking import proposals_on

if TYPE_CHECKING:
    from dynseg.inference.runs.summary import PrelabelSummary
    from dynseg.project.store import Store

SCOPES = ("unlabelled", "unreviewed", "all")
USUAL_SCOPE = SCOPES[0]
NOTHING_TO_DO = {
    USUAL_SCOPE: "every image has labels or proposals; --scope unreviewed looks at proposals again",
    "unreviewed": "every image is settled: reviewed, or skipped",
}
"""Why a run looked at no image of a project, by its scope."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "target", type=_target, metavar="PROJECT|FOLDER", help="or s3://BUCKET/PREFIX with --ray"
    )
    parser.add_argument(
        "--model", metavar="NAME|PATH", help="else the active model; the starter for a bare folder"
    )
    parser.add_argument(
        "--scope",
        choices=SCOPES,
        help=f"which images of a project: those without a shape, all that nobody has settled, or "
        f"all; what people made stays in each case (default {USUAL_SCOPE})",
    )
    add_predict_arguments(parser)
    add_ray_argument(parser)
    parser.add_argument(
        "--resume",
        action="store_true",
        help="go on with the last run; of a bare folder: only images without a label",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what the run would change, and change nothing"
    )
    parser.add_argument("--recursive", action="store_true", help="subfolders of a bare folder too")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="labels of a bare folder")


def _target(text: str) -> Path | str:
    """A path, or the address of an object store, which a path would spoil."""
    return text if "://" in text else Path(text)


def run(args: argparse.Namespace, console: Console) -> Result:
    """Pre-label a project, or a bare folder into label files."""
    settings = predict_settings(args)
    if isinstance(args.target, str):
        return _result(prelabel_prefix(args, args.target, settings, console), args, console)
    if args.target.is_file():
        raise InputError(
            f"{args.target} is no folder.", "Give a project or a folder of images, not one of them."
        )
    root = find_project(args.target)
    if root is None:
        return _folder(args, settings, console)
    refuse_useless(
        f"{args.target} is a project, whose proposals go into it and whose images are known",
        {"--out": args.out is not None, "--recursive": args.recursive},
    )
    args.scope = args.scope or USUAL_SCOPE
    if args.dry_run:
        return dry_run(args, root, settings, console)
    from dynseg.inference.runs.pipeline import prelabel_project

    kept = "The images that were finished are saved; run the same again to go on."
    with (
        opened(root) as store,
        console.stoppable(kept),
        model_for(args, ModelRegistry(store.layout.models)) as model,
    ):
        done = prelabel_project(
            store,
            model,
            settings=settings,
            scope=args.scope,
            report=console.progress,
            cancel=console.cancel,
            run_id=_unfinished(store.runs()) if args.resume else None,
        )
        said = _result(done, args, console, store)
        if done.images:
            _say_nameless(args, store, console)
        return said


def _say_nameless(args: argparse.Namespace, store: Store, console: Console) -> None:
    """Where there are classes, what a model calls that knows none is not one of them."""
    card = read_card(ModelRegistry(store.layout.models).resolve(args.model))
    label = stands_for_anything(card, store.classes())
    count = proposals_on(store, store.proposals())[label.id] if label is not None else 0
    if label is not None and count:
        console.say(
            f"{many(count, 'proposal is', 'proposals are')} called {label.name}, because this "
            "model knows no classes: give them yours in the window before you accept or export them"
        )


def _unfinished(runs: Sequence[RunRow]) -> str | None:
    """The newest pre-label run that did not come to its end; one that was taken back is over."""
    over = ("finished", "undone")
    return next((r.id for r in runs if r.kind == "prelabel" and r.state not in over), None)


def _folder(args: argparse.Namespace, settings: PredictSettings, console: Console) -> Result:
    folder: Path = args.target
    refuse_useless(
        f"{folder} is no project, and its images have no state", {"--scope": bool(args.scope)}
    )
    if not folder.is_dir():
        raise InputError(f"{folder} does not exist.", "Give a project or a folder of images.")
    if not index.scan(folder, recursive=args.recursive):
        raise InputError(
            f"{folder} holds no images and is no project.",
            foreign.in_folder(folder, recursive=True)
            or "Give another folder, or add --recursive for images in subfolders.",
        )
    if args.dry_run:
        raise WrongUseError(
            f"{folder} is not a project, so there is nothing to compare with.",
            "Leave out --dry-run, or make a project with `dynseg init`.",
        )
    if args.out is None:
        raise WrongUseError(
            f"{folder} is not a project, so the labels need a place.",
            "Add --out FOLDER, or make a project with `dynseg init`.",
        )
    from dynseg.inference.runs.folder import prelabel_folder

    registry = ModelRegistry(folder / "models")  # none of its own: the starter and files
    with (
        console.stoppable(f"The labels written so far are in {args.out}."),
        model_for(args, registry) as model,
    ):
        done = prelabel_folder(
            folder,
            args.out,
            model,
            settings=settings,
            recursive=args.recursive,
            resume=args.resume,
            report=console.progress,
            cancel=console.cancel,
        )
    return _result(done, args, console)


def _result(
    done: PrelabelSummary, args: argparse.Namespace, console: Console, view: Store | None = None
) -> Result:
    if args.device.startswith("cuda") and done.device == "cpu":
        console.notice(
            f"{args.device} cannot be used ({done.device_reason}); the processor did it."
        )
    if done.images:
        console.say(
            f"{many(done.instances, 'proposal')} on {many(done.images, 'image')} in "
            f"{duration(done.seconds)}, "
            f"{done.images_per_s:.3g} images/s on {done.device} ({done.backend}, {done.model})"
        )
    elif not (done.failed or done.skipped):
        console.say(NOTHING_TO_DO.get(args.scope, "no image waits for proposals"))
    if done.skipped:
        console.say(f"{many(done.skipped, 'image was', 'images were')} left as they are")
    say_failed(done, console)
    return Result({**facts(done), "run": done.run_id}, problem=all_failed(done, view))
