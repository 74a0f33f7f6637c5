"""`--ray`: the same jobs on a Ray cluster."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from dynseg.cli.command import WrongUseError
from dynseg.cli.console import Console
from dynseg.errors import InputError
from dynseg.inference.settings import PredictSettings
from dynseg.model.registry import ModelRegistry
from dynseg.training import launch
from dynseg.training.run import RunFolder

if TYPE_CHECKING:
    from dynseg.inference.finder import Finder
    from dynseg.inference.summary import PrelabelSummary


def add_ray_argument(parser: argparse.ArgumentParser) -> None:
    """Declare `--ray`."""
    parser.add_argument(
        "--ray",
        metavar="ADDRESS",
        help="on a Ray cluster: auto, HOST:6379 or ray://HOST:10001",
    )


class Training(Protocol):
    """A training run that goes on somewhere."""

    def is_alive(self) -> bool:
        """Whether there is still somebody to wait for."""

    def stop(self) -> object:
        """End it; it can be resumed."""


@dataclass(frozen=True, slots=True)
class _Here:
    """A run in a process of this machine."""

    folder: RunFolder

    def is_alive(self) -> bool:
        return launch.is_alive(self.folder)

    def stop(self) -> object:
        return launch.stop(self.folder)


@contextmanager
def started(args: argparse.Namespace, folder: RunFolder) -> Iterator[Training]:
    """A run that has been started, here or on the cluster of `--ray`."""
    if args.ray is None:
        launch.start(folder)
        yield _Here(folder)
        return
    from dynseg.cluster.connection import connected
    from dynseg.cluster.training import ClusterRun

    with connected(args.ray) as cluster:
        yield ClusterRun(folder, cluster)


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
        WrongUseError: `--ray` or `--out` is missing.
        InputError: there are no images.
    """
    if args.ray is None or args.out is None:
        raise WrongUseError(
            f"{prefix} is an object store, whose images are looked at by a cluster.",
            "Add --ray ADDRESS and --out FOLDER.",
        )
    from dynseg.cluster.connection import connected
    from dynseg.cluster.finding import ClusterFinder
    from dynseg.cluster.storage import list_images
    from dynseg.inference.folder import label_images

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
            report=console.progress,
            cancel=console.cancel,
        )
