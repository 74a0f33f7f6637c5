"""`dynseg sample`: make a folder of labelled sample images."""

from __future__ import annotations

import argparse
from pathlib import Path

from dynseg.cli import values
from dynseg.cli.command import Result
from dynseg.cli.console import Console
from dynseg.cli.words import many


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("out", type=Path, metavar="OUT", help="new folder")
    parser.add_argument(
        "--images", type=values.whole(1), default=24, metavar="N", help="how many are drawn"
    )
    parser.add_argument(
        "--seed", type=int, default=0, metavar="N", help="the same one draws the same images"
    )


def run(args: argparse.Namespace, console: Console) -> Result:
    """Draw the images; the same seed draws the same ones."""
    from dynseg.sample.generate import generate  # draws with OpenCV, which takes a while to load

    with console.stoppable(f"The images drawn so far are in {args.out}."):
        done = generate(
            args.out,
            images=args.images,
            seed=args.seed,
            report=console.progress,
            cancel=console.cancel,
        )
    console.say(f"{args.out}: {many(done.images, 'image')}, {many(done.instances, 'shape')}")
    return Result({"images": done.images, "instances": done.instances, "path": args.out.absolute()})
