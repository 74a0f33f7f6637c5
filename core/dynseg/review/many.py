"""Changing many images as a person asked for it: one run, which is taken back as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple, Protocol, TypeVar

from dynseg.annotation.delta import Delta, diff
from dynseg.annotation.document import ImageState
from dynseg.annotation.edits import Edit
from dynseg.errors import DamagedError, DynsegError, UnknownImageError
from dynseg.progress import CancelledError, CancelToken, Meter, Report, ignore
from dynseg.project.runs import UNDONE
from dynseg.project.store import Store

T = TypeVar("T")

AT_ONCE = 32
"""Images in one write: who draws meanwhile waits no longer than for these."""
BACKUP_REASONS = {"accept": "before proposals are accepted", "mark": "before images are marked"}
"""Why a backup is made, by the kind of the run."""


class Write(Protocol):
    """Calls something on the thread that writes."""

    def __call__(self, work: Callable[[Store], T], /) -> T:
        """Returns what it returned."""


class Changed(NamedTuple):
    """What was done to many images.

    Attributes:
        run_id: Of the run that takes it back; empty when nothing was changed.
        proposals, images: Proposals that became human work, and the images that were changed.
        reviewed: Images that are reviewed now, and were not before.
        kept: Ids of images that were changed meanwhile, or cannot be read, and stay as they are.
        stopped: It was stopped before it had seen all images.
    """

    run_id: str = ""
    proposals: int = 0
    images: int = 0
    reviewed: int = 0
    kept: tuple[int, ...] = ()
    stopped: bool = False


def change_many(
    store: Store,
    image_ids: Sequence[int],
    edit: Edit,
    *,
    kind: str,
    settings: Mapping[str, Any],
    stage: str,
    write: Write | None = None,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> Changed:
    """Make an edit on many images; one run.

    A verified backup is made first. What is changed stays when this is stopped; nothing more is
    changed once the run is taken back.

    Args:
        store: The project.
        image_ids: The images.
        edit: What happens to each; it must not touch human work.
        kind: Of the run: `accept` or `mark`.
        settings: Of the run.
        stage: What the progress is called.
        write: Calls what writes; on this thread when None.
        report: Is told of the progress.
        cancel: Stops it.

    Raises:
        ReadOnlyError: the project is open read-only.
        StoreWriteError: the disk refuses; what was changed before stays.
    """
    on_writer: Write = write or (lambda work: work(store))
    if not image_ids:
        return Changed()
    store.backup(BACKUP_REASONS[kind])
    meter, done = Meter(stage, len(image_ids), report), Changed()
    begin = partial(Store.begin_run, kind=kind, model_id="", settings=dict(settings))
    try:
        for start in range(0, len(image_ids), AT_ONCE):
            if cancel is not None:
                cancel.check()
            part = image_ids[start : start + AT_ONCE]
            done = on_writer(partial(_change, done, part, edit, begin))
            meter.advance(len(part))
    except _TakenBackError:
        return Changed(stopped=True)
    except CancelledError:
        done = done._replace(stopped=True)
    except DynsegError:
        with suppress(DynsegError):  # what is told is why it failed
            _finish(on_writer, done.run_id, "failed")
        raise
    _finish(on_writer, done.run_id, "cancelled" if done.stopped else "finished")
    return done if done.images else done._replace(run_id="")


class _TakenBackError(Exception):
    """Somebody took the run back while it went on."""


def _finish(on_writer: Write, run_id: str, state: str) -> None:
    if run_id:
        on_writer(lambda own: own.finish_run(run_id, state))


def _change(
    before: Changed,
    image_ids: Sequence[int],
    edit: Edit,
    begin: Callable[[Store], str],
    store: Store,
) -> Changed:
    """Change a few images in one transaction; the first change makes the run."""
    kept: list[int] = []
    items: list[tuple[int, int, Delta]] = []
    for image_id in image_ids:
        try:
            document = store.annotation(image_id)
        except (DamagedError, UnknownImageError):
            kept.append(image_id)
            continue
        delta = diff(document, edit(document))
        if not delta.is_empty:
            items.append((image_id, document.revision, delta))
    if not items:
        return before._replace(kept=(*before.kept, *kept))
    with store.all_or_nothing():
        run_id = before.run_id or begin(store)
        refused = set(store.commit_run(run_id, items))
        # Whoever closes the project now, or ends the process, has stopped it here.
        store.finish_run(run_id, "cancelled")
    if len(refused) == len(items) and _is_taken_back(store, run_id):
        raise _TakenBackError
    deltas = [delta for image_id, _, delta in items if image_id not in refused]
    reviewed = sum(delta.state_after is ImageState.REVIEWED for delta in deltas)
    return before._replace(
        run_id=run_id,
        proposals=before.proposals + sum(len(delta.added) for delta in deltas),
        images=before.images + len(deltas),
        reviewed=before.reviewed + reviewed,
        kept=(*before.kept, *kept, *sorted(refused)),
    )


def _is_taken_back(store: Store, run_id: str) -> bool:
    return any(run.id == run_id and run.state == UNDONE for run in store.runs())
