"""`--ray`: the same jobs on a Ray cluster."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dynseg.cli.command import WrongUseError, refuse_useless
from dynseg.cli.console import Console
from dynseg.errors import InputError
from dynseg.inference.settings import PredictSettings
from dynseg.model.registry import ModelRegistry

if TYPE_CHECKING:
    from dynseg.inference.runs.finder import Finder
    from dynseg.inference.runs.summary import PrelabelSummary


def add_ray_argument(parser: argparse.ArgumentParser) -> None:
    """Declare `--ray`."""
    parser.add_argument(
        "--ray",
        metavar="ADDRESS",
        help="on a Ray cluster: auto, HOST:6379 or ray://HOST:10001",
    )


@contextmanager
def model_for(args: argparse.Namespace, registry: ModelRegistry) -> Iterator[Path | Finder]:
    """The model of the command: its file, or what runs it on the cluster of `--ray`."""
    path = registry.resolve(args.model)
    if args.ray is None:
        yield path
        return
    from dynseg.cluster.connection import connected
    from dynseg.cluster.finding import ClusterFinder

    with connected(args.ray) as cluster:
        yield ClusterFinder(cluster, path)


def prelabel_prefix(
    args: argparse.Namespace, prefix: str, settings: PredictSettings, console: Console
) -> PrelabelSummary:
    """Write labels for all images below an address of an object store.

    Raises:
        WrongUseError: `--ray` or `--out` is missing, or an option would have no effect.
        InputError: there are no images.
    """
    refuse_useless(
        f"{prefix} is an object store, all of whose images get new label files",
        {
            "--dry-run": args.dry_run,
            "--scope": bool(args.scope),
            "--recursive": args.recursive,
        },
    )
    if args.ray is None or args.out is None:
        raise WrongUseError(
            f"{prefix} is an object store, whose images are looked at by a cluster.",
            "Add --ray ADDRESS and --out FOLDER.",
        )
    from dynseg.cluster.connection import connected
    from dynseg.cluster.finding import ClusterFinder
    from dynseg.cluster.storage import list_images
    from dynseg.inference.runs.folder import label_images

    registry = ModelRegistry(args.out / "models")  # none of its own: the starter and files
    with (
        console.stoppable(f"The labels written so far are in {args.out}."),
        connected(args.ray) as cluster,
    ):
        names = list(list_images(prefix))
        if not names:
            raise InputError(f"{prefix} holds no images.", "Give another address.")
        return label_images(
            Path(),
            names,
            args.out,
            ClusterFinder(cluster, registry.resolve(args.model), prefix=prefix),
            settings=settings,
            resume=args.resume,
            report=console.progress,
            cancel=console.cancel,
        )
