"""A process that works on a project until it is killed; it tells a file what was acknowledged.

Run with `python -m tests.e2e.under_fire`: for every line of its input, which names a kind of work,
a seed, a project, a file and a folder, it forks a process that does the work, prints its id, waits
for its end and prints a line. Forking saves the second that a new process needs to load.
"""

from __future__ import annotations

import os
import random
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Instance, Origin
from dynseg.formats import registry
from dynseg.formats.incoming.importing import import_labels
from dynseg.formats.outgoing.exporting import export
from dynseg.formats.outgoing.policy import Policy
from dynseg.geometry.part import Part, ring
from dynseg.project import backups
from dynseg.project.store import Store

MOST_SHAPES = 12
Tell = Callable[[str], None]


def shape(rng: random.Random, origin: Origin = Origin.HUMAN) -> Instance:
    points = [(rng.uniform(0, 90), rng.uniform(0, 70)) for _ in range(60)]
    return Instance(0, (Part(ring(points)),), origin, score=0.5)


def edit(store: Store, rng: random.Random) -> int:
    """Draw, move, remove, take back or pre-label; returns the image."""
    image_id = rng.choice([row.id for row in store.images()])
    before = store.annotation(image_id)
    what = rng.random()
    if what < 0.1:
        store.undo(image_id)
    elif what < 0.15:
        store.redo(image_id)
    elif what < 0.2:
        run = store.begin_run("prelabel", "net", {})
        after = before.with_instances([*before.instances, shape(rng, Origin.MODEL)])
        store.commit_run(run, [(image_id, before.revision, diff(before, after))])
    else:
        change = edits.add(shape(rng))
        if len(before.instances) > MOST_SHAPES:
            change = edits.remove([rng.choice(before.instances).id])
        elif before.instances and what < 0.6:
            change = edits.translate([rng.choice(before.instances).id], 1, 1)
        delta = diff(before, change(before))
        store.commit(image_id, delta, expected_revision=before.revision, text="Edit")
    return image_id


def say(store: Store, image_id: int, tell: Tell) -> None:
    """Tell the document of an image: revision and ids of its shapes."""
    now = store.annotation(image_id)
    tell(" ".join((str(image_id), str(now.revision), *(item.id for item in now.instances))))


def edits_(root: Path, folder: Path, rng: random.Random, tell: Tell) -> None:
    with Store.open(root) as store:
        while True:
            say(store, edit(store, rng), tell)


def exports(root: Path, folder: Path, rng: random.Random, tell: Tell) -> None:
    with Store.open(root, read_only=True) as store:
        while True:
            form = rng.choice(registry.writable())
            export(store, folder, form=form, policy=Policy(holes=rng.choice(["fill", "keep"])))
            tell(form.name)


def imports(root: Path, folder: Path, rng: random.Random, tell: Tell) -> None:
    with Store.open(root) as store:
        while True:
            standing = [run.id for run in store.runs() if run.state == "finished"]
            if standing:
                store.undo_run(standing[0])
                tell(f"out {standing[0]}")
            else:
                tell(f"in {import_labels(store, folder).run_id}")


def backups_(root: Path, folder: Path, rng: random.Random, tell: Tell) -> None:
    while True:
        with Store.open(root) as store:
            for _ in range(rng.randrange(4)):
                say(store, edit(store, rng), tell)
            layout = store.layout
            tell(f"saved {store.backup('often').name}")
            for _ in range(rng.randrange(4)):
                say(store, edit(store, rng), tell)
        if rng.random() < 0.4:
            before = backups.listed(layout)
            chosen = rng.choice(before)
            tell(f"restoring {chosen.name}")
            backups.restore(layout, chosen)
            for made in set(backups.listed(layout)).difference(before):
                tell(f"replaced {made.name}")
            tell(f"restored {chosen.name}")


def migrations(root: Path, folder: Path, rng: random.Random, tell: Tell) -> None:
    for old in sorted(folder.iterdir()):
        Store.open(old).close()
        tell(old.name)
    while True:  # all are done
        time.sleep(1)


def creations(root: Path, folder: Path, rng: random.Random, tell: Tell) -> None:
    number = 0
    while True:
        Store.create(folder / str(number), images=root, classes=["leaf"]).close()
        tell(str(number))
        number += 1


KINDS: dict[str, Callable[[Path, Path, random.Random, Tell], None]] = {
    "edits": edits_,
    "exports": exports,
    "imports": imports,
    "backups": backups_,
    "migrations": migrations,
    "creations": creations,
}


def main() -> None:
    """Serve until the input ends."""
    print("ready", flush=True)
    for line in sys.stdin:
        kind, seed, root, told, folder = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            work_until_killed(kind, int(seed), Path(root), Path(told), Path(folder))
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def work_until_killed(kind: str, seed: int, root: Path, told: Path, folder: Path) -> None:
    """The forked process; what it tells reaches the file at once, or not at all."""
    descriptor = os.open(told, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    try:
        KINDS[kind](root, folder, random.Random(seed), lambda text: _write(descriptor, f"{text}\n"))
    except BaseException:  # noqa: BLE001 - whatever it is, it has to be seen
        traceback.print_exc()
    finally:
        os._exit(1)


def _write(descriptor: int, text: str) -> None:
    os.write(descriptor, text.encode())


if __name__ == "__main__":
    main()
