"""`dynseg history PROJECT --runs` and `--run`: the runs of a project and what they did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from dynseg.cli.command import Result
from dynseg.cli.console import Console
from dynseg.cli.dry_run import line
from dynseg.cli.words import many
from dynseg.errors import InputError
from dynseg.inference.difference import run_differences
from dynseg.project.records import RunRow
from dynseg.project.runs import FOLLOW, PRELABEL, UNDOABLE
from dynseg.project.store import Store

NEWEST = "last"
PROPOSING = (PRELABEL, FOLLOW)
"""Kinds of runs whose proposals are told of."""


def list_runs(store: Store, console: Console) -> Result:
    """Say which runs there were, the newest first."""
    rows = [_facts(row) for row in store.runs()]
    for row in store.runs():
        console.say(f"{row.id}  {_when(row)}  {row.kind}, {row.state}")
    if not rows:
        console.say("no run has written into this project")
    return Result({"runs": rows})


def show_run(store: Store, wanted: str, console: Console) -> Result:
    """Say what one run added, removed and changed, image by image.

    Raises:
        InputError: there is no such run.
    """
    run = _found(store, wanted)
    names = {row.id: row.rel for row in store.images()}
    total: Counter[str] = Counter(added=0, removed=0, changed=0)
    images = []
    for image_id, found in run_differences(store, run.id):
        counts = found.counts
        total.update(counts)
        if any(counts.values()):
            images.append({"image": names.get(image_id, "?"), **counts})
            console.say(line(names.get(image_id, "?"), counts))
    text = (
        f"The run of {_when(run)} added {many(total['added'], 'proposal')}, removed "
        f"{total['removed']} and changed {total['changed']} on {many(images, 'image')}."
    )
    if run.state == "undone":
        text = f"The run of {_when(run)} was taken back: nothing of it is left."
    console.say(text)
    return Result({**_facts(run), "images": len(images), **total, "changes": images})


def undo_run(store: Store, wanted: str, console: Console) -> Result:
    """Take back a run or an import wherever nobody went on from it, and say where somebody did.

    Raises:
        InputError: there is no such run, or it was taken back before.
    """
    run = _found(store, wanted, kinds=UNDOABLE)
    if run.state == "undone":
        raise InputError(
            f"The {run.kind} of {_when(run)} was taken back before.",
            "`dynseg history PROJECT --runs` lists the others.",
        )
    store.backup("before a run is taken back")
    done = store.undo_run(run.id)
    names = {row.id: row.rel for row in store.images()}
    kept = [names.get(image_id, "?") for image_id in done.kept]
    console.say(f"the {run.kind} of {_when(run)} was taken back on {many(done.restored, 'image')}")
    console.findings(kept, title=f"{len(kept)} left as they are, since they were changed later")
    return Result({**_facts(run), "state": "undone", "restored": len(done.restored), "kept": kept})


def _found(store: Store, wanted: str, kinds: Sequence[str] = PROPOSING) -> RunRow:
    for row in store.runs():
        if row.kind in kinds and wanted in (NEWEST, row.id):
            return row
    raise InputError(
        f"The project has no run {wanted!r}.",
        "`dynseg history PROJECT --runs` lists them.",
    )


def _facts(row: RunRow) -> dict[str, object]:
    return {"run": row.id, "kind": row.kind, "state": row.state, "started_s": row.started_s}


def _when(row: RunRow) -> str:
    return f"{datetime.fromtimestamp(row.started_s).astimezone():%Y-%m-%d %H:%M}"
