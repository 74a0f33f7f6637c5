"""Finding and opening the project that a command works on."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath

from dynseg.cli.console import one_line
from dynseg.errors import InputError, ProjectLockedError, ReadOnlyError
from dynseg.project.layout import find_project
from dynseg.project.records import ImageRow
from dynseg.project.store import Store


def add_project_argument(parser: argparse.ArgumentParser) -> None:
    """The first argument of most commands."""
    parser.add_argument("project", type=Path, metavar="PROJECT", help="folder of the project")


def require_project(path: Path) -> Path:
    """The root of the project at `path`.

    Raises:
        InputError: there is none.
    """
    root = find_project(path)
    if root is not None:
        return root
    if not path.exists():
        raise InputError(f"{path} does not exist.", "Check the path for a typing error.")
    raise InputError(
        f"{path} is not a project.",
        f"Make one with `dynseg init {path} --images FOLDER`.",
    )


def found_image(store: Store, text: str) -> ImageRow:
    """The image that somebody means: by its path in the project, or by where its file is.

    Raises:
        InputError: the project has none.
    """
    known = {row.rel: row for row in store.images()}
    rel = PurePath(text).as_posix()  # on Windows one types other separators
    if rel in known:
        return known[rel]
    with contextlib.suppress(ValueError, OSError):
        below = Path(text).resolve().relative_to(store.images_root.resolve()).as_posix()
        if below in known:
            return known[below]
    raise InputError(
        f"The project has no image {text}; nothing was changed.",
        "Give its path below the folder of images, as `dynseg review` prints it.",
    )


@contextlib.contextmanager
def opened(
    path: Path, *, read_only: bool = False, backs_up: bool = True, can_only_read: bool = False
) -> Iterator[Store]:
    """The store of the project at `path`, closed at the end.

    What it has to say, as that the backup which was due has damaged rows, goes to stderr.

    Args:
        path: The folder of the project.
        read_only: Write nothing.
        backs_up: Make the backups that are due.
        can_only_read: What is to be done does not need to write: where somebody else has the
            project, or it cannot be written, what is saved is read.
    """
    root = require_project(path)
    try:
        store = Store.open(root, read_only=read_only, backs_up=backs_up)
    except (ProjectLockedError, ReadOnlyError) as error:
        if not can_only_read:
            raise
        print(f"dynseg: {one_line(error.message)} What is saved by now is taken.", file=sys.stderr)
        store = Store.open(root, read_only=True)
    try:
        for notice in store.notices:
            print(f"dynseg: {one_line(notice)}", file=sys.stderr)
        yield store
    finally:
        store.close()
