"""`dynseg init`: make a project of a folder of images."""

from __future__ import annotations

import argparse
from pathlib import Path

from dynseg.annotation.class_text import MAX_NAME, spoken
from dynseg.cli.command import Result, WrongUseError
from dynseg.cli.console import Console
from dynseg.cli.words import many
from dynseg.errors import InputError
from dynseg.formats.incoming.class_names import clean_name
from dynseg.formats.yolo.description import class_names, load_yaml
from dynseg.images import foreign, index
from dynseg.project.layout import find_project
from dynseg.project.store import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("project", type=Path, metavar="PROJECT", help="folder of the project")
    parser.add_argument(
        "--images",
        type=Path,
        required=True,
        metavar="FOLDER",
        help="the images; they stay where they are",
    )
    classes = parser.add_mutually_exclusive_group()
    classes.add_argument("--classes", metavar="A,B,C", help="names of the classes")
    classes.add_argument("--data", type=Path, metavar="YAML", help="take the names of a data.yaml")
    parser.add_argument("--recursive", action="store_true", help="images in subfolders too")


def run(args: argparse.Namespace, console: Console) -> Result:
    """Make the project; images are looked at, never changed."""
    images: Path = args.images
    names = _class_names(args)
    _require_images(images, recursive=args.recursive)
    if find_project(args.project) is not None:
        raise InputError(
            f"{args.project} is a project already; nothing was changed.",
            "Use it as it is, or choose another folder.",
        )
    with console.stoppable("No project was made."):
        store = Store.create(
            args.project,
            images=images,
            recursive=args.recursive,
            classes=names,
            report=console.progress,
            cancel=console.cancel,
        )
    try:
        rows = store.images()
        damaged = [f"{row.rel}: {row.damage}" for row in rows if row.damage]
    finally:
        store.close()
    console.say(f"{args.project}: {many(rows, 'image')}, {many(names, 'class', 'classes')}")
    below = 0 if args.recursive else len(index.scan(images, recursive=True)) - len(rows)
    if below > 0:
        console.say(f"{below} more in subfolders were left out; --recursive takes them, too")
    unread = foreign.in_folder(images, recursive=args.recursive)
    if unread:
        console.say(unread)
    console.findings(damaged, title=f"{many(damaged, 'image')} cannot be used")
    return Result(
        {
            "path": args.project.absolute(),
            "images": len(rows),
            "classes": names,
            "damaged": damaged,
            "left_out": max(0, below),
        }
    )


def _class_names(args: argparse.Namespace) -> list[str]:
    if args.data is not None:
        found = class_names(load_yaml(args.data))
        if not found:
            raise InputError(f"{args.data} names no classes.", "Give them with --classes a,b,c.")
        names = [found.get(i, f"class_{i}") for i in range(max(found) + 1)]
    else:
        given = [name for name in (args.classes or "").split(",") if name.strip()]
        names = [clean_name(name, i) for i, name in enumerate(given)]
    first: dict[str, str] = {}
    for name in names:
        if spoken(name) in first:
            raise WrongUseError(
                f"Two classes have the same name: {first[spoken(name)]}, {name}.",
                "Give every class its own name; case and width of gaps do not count.",
            )
        first[spoken(name)] = name
        if len(name) > MAX_NAME:
            raise WrongUseError(
                f"The class {name[:40]}... has a name of {len(name):,} letters.",
                f"Give it one of {MAX_NAME} letters at most.",
            )
    return names


def _require_images(folder: Path, *, recursive: bool) -> None:
    if not folder.is_dir():
        raise InputError(f"{folder} is not a folder.", "Give the folder that holds the images.")
    if index.scan(folder, recursive=recursive):
        return
    hint = f"Give the folder that holds the images: {', '.join(sorted(index.SUFFIXES))}."
    if not recursive and index.scan(folder, recursive=True):
        hint = "There are images in its subfolders: add --recursive."
    elif unread := foreign.in_folder(folder, recursive=True):
        hint = unread
    raise InputError(f"{folder} holds no images.", hint)
