"""The health of one project; it is only read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dynseg.doctor.finding import Finding
from dynseg.doctor.places import is_writable, own_again
from dynseg.errors import DynsegError, ProjectTooNewError
from dynseg.model.card import read_card
from dynseg.model.registry import ModelRegistry
from dynseg.project.layout import ProjectLayout, find_project
from dynseg.project.store import Store

SHOWN = 3


def check(folder: Path) -> Iterator[Finding]:
    """Database, folder, images, active model."""
    root = find_project(folder)
    if root is None:
        mend = f'dynseg init "{folder}" --images "{folder}"'
        yield Finding("project", "problem", f"{folder} is no project", mend)
        return
    layout = ProjectLayout(root)
    if is_writable(layout.folder):
        yield Finding("project folder", "ok", f"{layout.folder} can be written")
    else:
        mend = f"{own_again(layout.folder)}   or copy the project to a disk of your own"
        text = f"{layout.folder} cannot be written: the project opens read-only"
        yield Finding("project folder", "problem", text, mend)
    yield from _database(root)
    yield from _model(layout, root)


def _database(root: Path) -> Iterator[Finding]:
    mend = f'dynseg restore "{root}" newest'
    try:
        with Store.open(root, read_only=True) as store:
            damage = store.check()
            rows = store.images()
    except ProjectTooNewError as error:
        # A backup from before would cost all that the newer version has done.
        yield Finding("database", "problem", error.message, error.hint)
        return
    except (DynsegError, OSError) as error:
        yield Finding("database", "problem", str(error), mend)
        return
    if damage:
        more = f" and {len(damage) - SHOWN} more" if len(damage) > SHOWN else ""
        text = f"damaged: {' '.join(damage[:SHOWN])}{more}"
        yield Finding("database", "problem", text, mend)
    else:
        yield Finding("database", "ok", f"{len(rows)} images, every row as it was written")
    unusable = [row.rel for row in rows if row.damage]
    if unusable:
        text = f"{len(unusable)} cannot be read: {', '.join(unusable[:SHOWN])}"
        yield Finding("images", "note", text, "Replace the files, then press F5 in the window.")


def _model(layout: ProjectLayout, root: Path) -> Iterator[Finding]:
    try:
        card = read_card(ModelRegistry(layout.models).resolve(None))
    except (DynsegError, OSError) as error:
        mend = f'dynseg models "{root}" promote starter'
        yield Finding("active model", "problem", getattr(error, "message", str(error)), mend)
        return
    yield Finding("active model", "ok", card.name)
