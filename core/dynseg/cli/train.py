"""`dynseg train`: fine-tune a model on the reviewed images."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable
from pathlib import Path

from dynseg.cli import train_live, values
from dynseg.cli.command import Result, WrongUseError, refuse_useless
from dynseg.cli.console import Console, duration
from dynseg.cli.on_cluster import add_ray_argument
from dynseg.cli.project import add_project_argument, opened, require_project
from dynseg.cli.words import many
from dynseg.errors import TrainingError
from dynseg.model.registry import ModelRegistry
from dynseg.project.layout import ProjectLayout
from dynseg.training import launch, promotion
from dynseg.training.config import PRESETS, Preset, TrainConfig
from dynseg.training.events import (
    Advanced,
    EpochEnded,
    Evaluated,
    Event,
    FoldStarted,
    RunFailed,
    RunFinished,
    RunLog,
    RunStarted,
    RunStopped,
)
from dynseg.training.fold_plan import FEW, FOLDS
from dynseg.training.run import ENDED, RunFolder
from dynseg.training.verdict import finds_less

POLL_S = 0.2
LAST = "last"
USUAL_PRESET: Preset = "quick"
KEPT_OPTIONS = {
    "preset": "preset", "from": "parent", "epochs": "epochs", "imgsz": "imgsz", "batch": "batch",
    "time": "time", "seed": "seed", "folds": "folds",
}  # fmt: skip
"""Options of a new run that one which goes on has already, and their places in the arguments."""

UNUSED_LIVE = {name: place for name, place in KEPT_OPTIONS.items() if name != "time"}
UNUSED_LIVE["ray"] = "ray"
"""Options of a run that live learning has no use for, and their places in the arguments."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_project_argument(parser)
    parser.add_argument(
        "--preset",
        choices=tuple(PRESETS),
        help="how long it learns, and how large it sees the images at least "
        f"(default {USUAL_PRESET})",
    )
    parser.add_argument(
        "--from",
        dest="parent",
        metavar="NAME|PATH",
        help="the model that learns on; else the active model",
    )
    parser.add_argument(
        "--epochs", type=values.some, default=0, metavar="N", help="else by the preset"
    )
    parser.add_argument(
        "--imgsz",
        type=values.training_pixels,
        default=0,
        metavar="PX",
        help="longer side of what the network sees; else by the size of the objects",
    )
    parser.add_argument(
        "--batch",
        type=values.some,
        default=0,
        metavar="N",
        help="images of one step; else by the preset",
    )
    values.add_device_argument(parser, several=True)
    add_ray_argument(parser)
    parser.add_argument(
        "--time",
        type=values.minutes,
        default=0.0,
        metavar="MIN",
        help="how long the run takes instead of the preset's time, its measurements included",
    )
    parser.add_argument(
        "--seed", type=int, default=0, metavar="N", help="seed of the random choices of a run"
    )
    parser.add_argument(
        "--folds",
        type=values.folds,
        metavar="auto|0|N",
        help="how often some of the images measure before all of them train; 0: those kept for "
        f"validation measure, and never train; auto: {FOLDS} where fewer than {FEW} are kept",
    )
    _add_ways(parser)


def _add_ways(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--resume",
        metavar="RUN",
        help=f"go on with a run that was stopped, or follow one that goes on; {LAST} is the "
        "newest one",
    )
    parser.add_argument(
        "--live",
        action="store_true",
        help="watch the project and learn from each image that is reviewed, until Ctrl-C or --time",
    )
    parser.add_argument(
        "--promote", action="store_true", help="make the result the active model when it is better"
    )


def run(args: argparse.Namespace, console: Console) -> Result:
    """Prepare a run, start its process and follow it to the end."""
    if args.live:
        if args.resume or args.promote:
            raise WrongUseError(
                "--live goes with neither --resume nor --promote.",
                "Live weights are never promoted; train without --live for that.",
            )
        refuse_useless(
            "Live learning begins with the active model, here, and chooses the rest itself",
            {f"--{name}": bool(getattr(args, place)) for name, place in UNUSED_LIVE.items()},
        )
        if values.are_several(args.device):
            raise WrongUseError(
                f"Live learning takes one device, not {args.device}.", "Use --device cuda:0."
            )
        return train_live.run(args, console)
    refuse_useless(
        "A run that goes on keeps what it was begun with",
        {
            f"--{name}": bool(args.resume) and bool(getattr(args, kept))
            for name, kept in KEPT_OPTIONS.items()
        }
        | {"--device": bool(args.resume) and args.device != values.ANY_DEVICE},
    )
    layout = ProjectLayout(require_project(args.project))
    registry = ModelRegistry(layout.models)
    folder = _find(layout, args.resume) if args.resume else _prepare(args, registry, console)
    kept = f"Go on with `dynseg train {args.project} --resume {folder.name}`."
    goes_on = not (args.ray or folder.elsewhere) and launch.is_alive(folder)
    lines = _told(folder, goes_on=goes_on) if args.resume else 0
    _say_whom_to_wait_for([folder], console)
    if not goes_on:
        launch.start(folder, cluster=args.ray or "")
    with console.stoppable(kept):
        also = " goes on already and is followed; Ctrl-C stops it"
        console.say(f"run {folder.name}{also if goes_on else ''}")
        finished = _follow(folder, lines, console)
    promoted = False
    if args.promote:
        promoted = _promote(registry, folder, console)
    model = folder.status().model
    data = {
        "run": folder.name,
        "model": model,
        "map50": finished.map50,
        "map50_95": finished.map50_95,
        "map50_before": finished.map50_before,
        "map50_95_before": finished.map50_95_before,
        "seconds": finished.seconds,
        "path": finished.model_path,
        "problem": finished.problem,
        "promoted": promoted,
    }
    _summary(args.project, model, finished, console, promoted=promoted)
    return Result(data)


def _prepare(args: argparse.Namespace, registry: ModelRegistry, console: Console) -> RunFolder:
    """A new run with its snapshot; the project is closed again before training starts."""
    config = TrainConfig(
        preset=args.preset or USUAL_PRESET,
        epochs=args.epochs,
        image_size=args.imgsz,
        batch=args.batch,
        seed=args.seed,
        time_limit_min=args.time,
        device=args.device,
        folds="auto" if args.folds is None else args.folds,
    )
    with opened(args.project) as store, console.stoppable("No run was started."):
        _say_whom_to_wait_for(launch.find_runs(store.layout), console)
        return launch.prepare(
            store,
            registry,
            config,
            parent_model=args.parent,
            report=console.progress,
            cancel=console.cancel,
        )


def _say_whom_to_wait_for(runs: Iterable[RunFolder], console: Console) -> None:
    """That a run of another computer goes on shows in a minute; silence looks like a failure."""
    for run in runs:
        if run.elsewhere and run.status().state not in ENDED:
            console.say(
                f"waiting for a sign of life of the run {run.name} on {run.elsewhere}, up to a "
                "minute"
            )


def _find(layout: ProjectLayout, name: str) -> RunFolder:
    runs = launch.find_runs(layout)
    known = ", ".join(run.name for run in runs[:5]) or "none"
    for run in runs:
        if run.name == name or (name == LAST and launch.current_state(run) != "finished"):
            return run
    raise WrongUseError(f"There is no run {name} to go on with.", f"The newest runs: {known}.")


def _told(folder: RunFolder, *, goes_on: bool) -> int:
    """How many events are of an earlier process; the end of one that goes on is still to come."""
    events = folder.events()
    ends = goes_on and bool(events) and isinstance(events[-1], RunFinished | RunFailed | RunStopped)
    return len(events) - ends


def _follow(folder: RunFolder, lines: int, console: Console) -> RunFinished:
    """Tell what the run says from a line of its events on, until it ends.

    Raises:
        TrainingError: it failed, or its process is gone.
        CancelledError: the user stopped it; it can be resumed.
    """
    epoch = ""
    while True:
        alive = launch.is_alive(folder)
        events = folder.events(lines)
        lines += len(events)
        for event in events:
            if isinstance(event, RunFinished):
                return event
            if isinstance(event, RunFailed):
                raise TrainingError(event.message, event.hint)
            if isinstance(event, RunStopped):
                raise TrainingError(f"The run was stopped after epoch {event.epoch}.", console.kept)
            epoch = _tell(event, epoch, console)
        if console.cancel.cancelled:
            console.status("Stopping ...", final=True)
            launch.stop(folder)
            console.cancel.check()
        if not alive and not events:
            raise TrainingError(
                "The training process ended without a word; the active model is unchanged.",
                f"{console.kept} Its last words are in {folder.log}.",
            )
        time.sleep(POLL_S)


def _tell(event: Event, epoch: str, console: Console) -> str:
    """Say one event; the epoch that goes on, in words."""
    if isinstance(event, RunStarted):
        measures = many(event.val_images, "validates", "validate")
        if event.folds:
            measures = f"{event.val_images} of them after they have measured"
        console.say(
            f"{many(event.images, 'image trains', 'images train')}, {measures}, on {event.device}"
            + (f", after {many(event.resumed, 'epoch')}" if event.resumed else "")
        )
    elif isinstance(event, FoldStarted):
        which = f" ({event.fold} of {event.folds})" if event.folds > 1 else ""
        console.say(f"first without {many(event.images, 'image')}, which then measure{which}")
    elif isinstance(event, Evaluated):
        console.say(f"{event.name}: mAP50 {event.map50:.3f}, mAP50-95 {event.map50_95:.3f}")
        if event.name == "after" and event.folds:
            console.say(_by_folds(event))
        if event.name == "after" and not event.apart:
            console.say(
                "measured on the images that it learned from, which flatters it: no reviewed image "
                "is kept for validation; of those that are reviewed from now on a share is"
            )
    elif isinstance(event, RunLog):
        console.say(event.text)
    elif isinstance(event, EpochEnded):
        epoch = f", epoch {event.epoch} of {event.epochs}"
        score = "" if event.map50 is None else f", mAP50 {event.map50:.3f}"
        losses = " ".join(f"{name} {value:.3f}" for name, value in event.losses.items())
        console.say(f"epoch {event.epoch}/{event.epochs}: {losses}{score}")
    elif isinstance(event, Advanced):
        console.status(f"Training{epoch}, {event.share:.0%}, {duration(event.eta_s)} left")
    return epoch


def _by_folds(event: Evaluated) -> str:
    every = event.images == event.reviewed
    on = f"all {event.images}" if every else f"{event.images} of the {event.reviewed}"
    return (
        f"measured on {on} reviewed images, by both models as they were before they learned from "
        "them; by now the new one has learned from all"
    )


def _promote(registry: ModelRegistry, folder: RunFolder, console: Console) -> bool:
    measured = {event.name: event for event in folder.events() if isinstance(event, Evaluated)}
    before, after = measured.get("before"), measured.get("after")
    found, finds = (None if m is None else m.agnostic_map50 for m in (before, after))
    if finds_less(None if before is None else before.map50_95, found, finds):
        console.say(
            "not promoted: it has not learned enough yet, whatever the class it finds less than "
            f"its parent (mAP50 {finds:.3f} after {found:.3f}); train longer, or review more images"
        )
        return False
    try:
        promotion.promote(registry, folder)
    except TrainingError as error:
        console.say(f"not promoted: {error.message}")
        return False
    return True


def _summary(
    project: Path, model: str, finished: RunFinished, console: Console, *, promoted: bool
) -> None:
    console.say(
        f"mAP50 {finished.map50_before:.3f} -> {finished.map50:.3f}, "
        f"mAP50-95 {finished.map50_95_before:.3f} -> {finished.map50_95:.3f}, "
        f"in {duration(finished.seconds)}"
    )
    if promoted:
        console.say(f"{model} is the active model now")
    elif finished.problem:
        console.say(f"{model} must not be promoted: {finished.problem}")
    else:
        console.say(f"make it the active model with `dynseg models {project} promote {model}`")
