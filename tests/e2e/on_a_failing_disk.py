"""A process whose calls to the system fail, one a round, in each piece of work on a project.

Run with `LD_PRELOAD` set to the library of `failing_calls.c` and two arguments: a folder to work
in, and how many of the calls of each work fail (0 for all). Prints a line for every failure that
was not said or left something wrong, and a last one with the counts.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.test_kills import documents_of, new_project, opened
from tests.e2e.under_fire import shape

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.errors import DynsegError
from dynseg.formats import registry
from dynseg.formats.incoming.importing import import_labels
from dynseg.formats.outgoing import staging
from dynseg.formats.outgoing.exporting import export
from dynseg.project import backups
from dynseg.project.layout import ProjectLayout
from dynseg.project.store import Store

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS)
library = ctypes.CDLL(None)
library.failing_last.restype = ctypes.c_char_p


@dataclass
class Call:
    """The call that fails, and what became of it."""

    at: int
    count: int = 0
    name: str = ""


@contextmanager
def failing(folder: Path, at: int) -> Iterator[Call]:
    """Let call number `at` about files in `folder` fail; 0 for none."""
    call = Call(at)
    library.failing_arm(str(folder).encode(), ctypes.c_long(at), ERRORS[at % len(ERRORS)])
    try:
        yield call
    finally:
        call.count = library.failing_disarm()
        call.name = (library.failing_last() or b"").decode()


def draw(store: Store) -> None:
    import random

    before = store.annotation(1)
    delta = diff(before, edits.add(shape(random.Random(0)))(before))
    store.commit(1, delta, expected_revision=before.revision, text="Draw")


def session(folder: Path) -> None:
    with Store.open(folder / "project") as store:
        draw(store)
        store.undo(1)
        store.add_class("stem")


def back_up(folder: Path) -> None:
    with Store.open(folder / "project") as store:
        store.backup("now")


def restore(folder: Path) -> None:
    layout = ProjectLayout(folder / "project")
    backups.restore(layout, backups.listed(layout)[0])


def take_in(folder: Path) -> None:
    with Store.open(folder / "target") as store:
        import_labels(store, folder / "source")


def export_as(name: str) -> Callable[[Path], None]:
    def work(folder: Path) -> None:
        with Store.open(folder / "project", read_only=True) as store:
            done = export(store, folder / "out", form=registry.named(name))
        if done.dropped:  # an image that cannot be read is left out, and said
            raise DynsegError(str(done.dropped[0]))

    return work


def create(folder: Path) -> None:
    Store.create(folder / "new", images=folder / "photos", classes=["leaf"]).close()


WORKS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "session": ("project", session),
    "backup": ("project", back_up),
    "restore": ("project", restore),
    "import": ("target", take_in),
    "create": ("new", create),
    **{f"export {form.name}": ("", export_as(form.name)) for form in registry.writable()},
}
"""Where calls fail, and the work that is done."""

SQLITES_OWN_SYNCS = (
    # After the commit, when the log is moved into the database: it stays and is moved again.
    "fsync /.dynseg/project.db",
    "fsync /.dynseg/project.db-wal",
    # The folder, when a log or journal is new; the program syncs it where it matters.
    "fsync /.dynseg",
    "fsync /.dynseg/backups",
)


def may_be_silent(call: str) -> bool:
    """Whether a failure may go unsaid, provided that the work is done nevertheless."""
    kind, path = call.split(" ", 1)
    return kind != "fsync" or f"{kind} {path[max(0, path.find('/.dynseg')) :]}" in SQLITES_OWN_SYNCS


def is_done(name: str, folder: Path) -> bool:
    """Whether the work has its effect after a restart."""
    if name.startswith("export"):
        manifest = staging.read_manifest(folder / "out")
        return manifest is not None and manifest["format"] == name.split()[1]
    with opened(folder / WORKS[name][0]) as store:
        shapes = [row.instance_count for row in store.images()]
        if name == "session":
            return "stem" in store.classes().names
        if name == "backup":
            return len(backups.listed(store.layout)) == 2
        return shapes == {"restore": [1, 1, 1], "import": [1, 1, 1], "create": [0, 0, 0]}[name]


def prepare(folder: Path) -> None:
    new_project(folder)
    Store.create(folder / "target", images=folder / "photos").close()
    with Store.open(folder / "project") as store:
        export(store, folder / "source", form=registry.named("labelme"))
        store.backup("first")
        draw(store)


def wrong(folder: Path) -> list[str]:
    """What is wrong with a place after a failure and a restart."""
    found: list[str] = []
    for name in ("project", "target", "new"):
        if not ProjectLayout(folder / name).database.exists():
            if name != "new":
                found.append(f"{name} is gone")
            continue
        with opened(folder / name) as store:
            counts = {row.instance_count for row in store.images()}
            if name == "target" and len(counts) > 1:
                found.append("half an import")
            if name == "project" and not {1, 2, 3} >= counts:
                found.append(f"labels are lost: {documents_of(store)}")
    staging.collect_leftovers(folder)
    found += staging.verify(folder / "out")
    strays = [path.name for path in folder.iterdir() if path.name.startswith(".")]
    layout = ProjectLayout(folder / "project")
    strays += [path.name for path in layout.folder.rglob(".staging*")]
    return [*found, *(f"stray {name}" for name in strays)]


def main() -> None:
    """Try all."""
    staging.is_abandoned = lambda name: True  # as after a restart
    root, most = Path(os.path.realpath(sys.argv[1])), int(sys.argv[2])
    template, place = root / "template", root / "place"
    prepare(template)
    points = said = 0
    for name, (where, work) in WORKS.items():
        at, step = 0, 1
        while True:
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(template, place)
            message = ""
            try:
                with failing(place / where, at) as call:
                    work(place)
            except DynsegError as error:
                message = str(error)
            except BaseException as error:  # noqa: BLE001 - that is what is looked for
                print(f"{name}, {call.name}: bare {type(error).__name__} {error}", flush=True)
            if at == 0:
                step = max(1, call.count // most) if most else 1
            elif not call.name:
                break
            else:
                points += 1
                said += bool(message)
                if not message and not (may_be_silent(call.name) and is_done(name, place)):
                    print(f"{name}, {call.name}: nothing was said", flush=True)
                for line in wrong(place):
                    print(f"{name}, {call.name}: {line}", flush=True)
            at += step
    print(f"{points} points, {said} said")


if __name__ == "__main__":
    main()
