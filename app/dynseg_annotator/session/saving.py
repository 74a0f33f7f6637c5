"""Edits on their way from the window to the database: nothing is lost, nothing is said too early.

One `Ledger` per image that has edits which are not committed yet. The window's thread adds edits,
the writer's thread commits them in order; a failed commit stops the queue of that image and keeps
every edit in memory until somebody retries.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from dynseg.annotation import delta
from dynseg.annotation.document import Annotation
from dynseg.annotation.rejections import PROPOSING, Rejections, rejection, taken_out
from dynseg.errors import DynsegError, StaleRevisionError

if TYPE_CHECKING:
    from dynseg.project.class_changes import ClassStep
    from dynseg.project.store import Store

Edit = Callable[[Annotation], Annotation]


@dataclass(slots=True)
class PendingEdit:
    """One step that is shown but not committed.

    Attributes:
        text: What it does, in the user's words.
        gesture: Edits of one gesture are one undo step; empty for a step of its own.
        edits: The pure functions, in order; used again when the image has changed below them.
        before: The image before the step.
        after: The image after it.
    """

    text: str
    gesture: str
    edits: tuple[Edit, ...]
    before: Annotation
    after: Annotation


class Outcome(Enum):
    """How one try to commit ended."""

    NOTHING = "nothing"
    SAVED = "saved"
    STALE = "stale"
    FAILED = "failed"


def rejections(
    store: Store, image_id: int, steps: Callable[[], Sequence[PendingEdit]]
) -> Rejections:
    """What the person has rejected in an image, also in steps that are not committed yet.

    Raises:
        ProjectError: the history is damaged.
    """
    waiting = steps()  # first: a step that is committed meanwhile is then seen twice, not missed
    found = store.rejections(image_id)
    for step in waiting:
        if not step.gesture.startswith(PROPOSING):
            change = delta.diff(step.before, step.after)
            for item in taken_out(change.removed, change.added):
                found[item.id] = rejection(item, step.after.instances)
            for _, item in change.added:
                found.pop(item.id, None)
    return found


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What the writer's thread tells the window about one try.

    Attributes:
        image_id: The image.
        outcome: How it ended.
        revision: Revision now in the database, as far as this window knows.
        time: When.
        error: Why it failed.
    """

    image_id: int
    outcome: Outcome
    revision: int
    time: datetime
    error: DynsegError | None = None


@dataclass(frozen=True, slots=True)
class Stepped:
    """What undo or redo did.

    Attributes:
        annotation: The image now; None when there was nothing to do.
        classes: The change of the classes that was taken back or done again, in all images.
    """

    annotation: Annotation | None
    classes: ClassStep | None = None


@dataclass(slots=True)
class Ledger:
    """Uncommitted edits of one image."""

    image_id: int
    revision: int
    pending: deque[PendingEdit] = field(default_factory=deque)
    error: DynsegError | None = None
    """Why the queue stands still; None while it runs."""
    waiting: bool = False
    """Whether an undo or redo is on its way; edits made meanwhile wait in `deferred`."""
    deferred: deque[Callable[[], object]] = field(default_factory=deque)
    unacknowledged: int = 0
    """Steps whose commit the window has not heard of; used on the window's thread alone."""
    _in_flight: int = 0
    """The oldest steps, so many, are being committed: they stay as they are."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_idle(self) -> bool:
        """Whether everything is committed, the window knows it, and nothing is on its way."""
        return not (
            self.pending or self.unacknowledged or self.waiting or self.deferred or self.error
        )

    @property
    def newest(self) -> Annotation | None:
        """The image with every uncommitted edit, None when there is none."""
        with self._lock:
            return self.pending[-1].after if self.pending else None

    @property
    def newest_text(self) -> str:
        """Name of the newest uncommitted step, empty when there is none."""
        with self._lock:
            return self.pending[-1].text if self.pending else ""

    def add(self, step: PendingEdit) -> None:
        """Queue a step; it joins the last one when both belong to one gesture."""
        with self._lock:
            last = self.pending[-1] if self.pending else None
            free = len(self.pending) > self._in_flight
            if last is not None and free and step.gesture and step.gesture == last.gesture:
                last.after = step.after
                last.edits = (*last.edits, *step.edits)
                last.text = step.text
                return
            self.pending.append(step)
            self.unacknowledged += 1

    def steps(self) -> list[PendingEdit]:
        """The steps that are not committed yet, the oldest first."""
        with self._lock:
            return list(self.pending)

    def drop_last(self) -> Annotation | None:
        """Take back the newest uncommitted step and return the image before it."""
        with self._lock:
            if len(self.pending) <= self._in_flight:
                return None
            self.unacknowledged -= 1
            before = self.pending.pop().before
            if not self.pending:
                self.error = None  # nothing is left that could not be saved
            return before

    def commit_next(self, store: Store) -> SaveResult:
        """Commit the oldest step; runs on the writer's thread.

        An expected failure is in the result; for any other exception the caller calls `stop`.
        """
        with self._lock:
            if self.error is not None or not self.pending:
                return self._result(Outcome.NOTHING)
            step = self.pending[0]
            self._in_flight = 1
        try:
            revision = self._commit(store, step, self.revision)
        except DynsegError as error:
            return self.stop(error)
        (saved,) = self.take_off(revision)
        return saved

    def commit_all(self, store: Store) -> int:
        """Commit every step to a copy of the project; runs on the writer's thread.

        All of them stay here, as they are, until `take_off` or `keep_all`: whether there is a copy
        is known only when the last image of it is written.

        Returns:
            The revision that the image has then.

        Raises:
            DynsegError: a step could not be committed.
        """
        with self._lock:
            steps, revision = list(self.pending), self.revision
            self._in_flight = len(steps)
        for step in steps:
            revision = self._commit(store, step, revision)
        return revision

    def keep_all(self) -> None:
        """Nothing came of `commit_all`."""
        with self._lock:
            self._in_flight = 0

    def take_off(self, revision: int) -> list[SaveResult]:
        """The steps in flight are committed, and the image has this revision."""
        with self._lock:
            count, self._in_flight = self._in_flight, 0
            self.revision = revision
            self.error = None
            for _ in range(count):
                self.pending.popleft()
        return [self._result(Outcome.SAVED) for _ in range(count)]

    def _commit(self, store: Store, step: PendingEdit, revision: int) -> int:
        """The revision of the image after a step that begins at `revision`."""
        change = delta.diff(step.before, step.after)
        if change.is_empty:
            return revision
        return store.commit(
            self.image_id,
            change,
            expected_revision=revision,
            text=step.text,
            gesture=step.gesture,
        )

    def rebase(self, base: Annotation) -> tuple[Annotation, int]:
        """Apply the uncommitted steps again to an image that has changed below them.

        Args:
            base: The image as the database has it now.

        Returns:
            The image with the steps, and how many steps no longer made sense and were dropped.
        """
        dropped = 0
        with self._lock:
            kept: deque[PendingEdit] = deque()
            for step in self.pending:
                try:
                    after = base
                    for edit in step.edits:
                        after = edit(after)
                except (DynsegError, KeyError, IndexError, ValueError):
                    dropped += 1
                    continue
                kept.append(PendingEdit(step.text, step.gesture, step.edits, base, after))
                base = after
            self.pending = kept
            self.unacknowledged = len(kept)
            self.revision = kept[0].before.revision if kept else base.revision
            self.error = None
        return base, dropped

    def stop(self, error: DynsegError) -> SaveResult:
        """Let the queue stand still because of an error; every step stays in memory."""
        with self._lock:
            self._in_flight = 0
            self.error = error
        stale = isinstance(error, StaleRevisionError)
        return self._result(Outcome.STALE if stale else Outcome.FAILED, error)

    def _result(self, outcome: Outcome, error: DynsegError | None = None) -> SaveResult:
        now = datetime.now().astimezone()
        return SaveResult(self.image_id, outcome, self.revision, now, error)
