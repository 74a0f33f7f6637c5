"""`dynseg frames`: frames of a video, or pages of a TIFF, as images of a folder or a project."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from dynseg.cli import values
from dynseg.cli.command import Result
from dynseg.cli.console import Console
from dynseg.cli.project import opened
from dynseg.images.frame_process import extract_apart
from dynseg.images.frames import FrameChoice, FrameSummary
from dynseg.project.layout import find_project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("source", type=Path, metavar="VIDEO", help="a video, or a TIFF with pages")
    parser.add_argument(
        "out", type=Path, metavar="OUT", help="a folder; or a project, which gets the images"
    )
    parser.add_argument(
        "--every", type=values.whole(1), default=1, metavar="N", help="each N-th frame"
    )
    parser.add_argument(
        "--different",
        action="store_true",
        help="only frames that show something else than the one before",
    )


def run(args: argparse.Namespace, console: Console) -> Result:
    """Write the frames; the video is only read."""
    choice = FrameChoice(args.every, args.different)
    root = find_project(args.out)
    added = 0
    with console.stoppable("No frame was added."):
        if root is None:
            done = _extracted(args.source, args.out, choice, console)
        else:
            with opened(root) as store:
                folder = store.frame_folder(args.source)
                choice = replace(choice, known=store.known_frames(args.source))
                done = _extracted(args.source, folder, choice, console)
                added = store.add_frames(done.folder, args.source).added
    console.say(f"{done.folder}: {done.written} frames of {done.seen}")
    if done.kept:
        console.say(f"{done.kept} were there already")
    if done.alike:
        console.say(f"{done.alike} show the same as the one before and are left out")
    if done.note:
        console.say(done.note)
    return Result(
        {
            "path": done.folder.absolute(),
            "frames": done.written,
            "seen": done.seen,
            "kept": done.kept,
            "alike": done.alike,
            "note": done.note,
            "added": added,
        }
    )


def _extracted(source: Path, folder: Path, choice: FrameChoice, console: Console) -> FrameSummary:
    return extract_apart(source, folder, choice, report=console.progress, cancel=console.cancel)
