"""Shapes of one image, followed through the images after it: one run, taken back as a whole."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation
from dynseg.errors import DamagedError, DynsegError, ImageError, InputError, UnknownImageError
from dynseg.inference.following.chain import Chain
from dynseg.inference.following.laying import SETTLED, Cast
from dynseg.inference.letterboxed import checked_pixels
from dynseg.progress import CancelledError, CancelToken, Meter, Report, ignore
from dynseg.project.records import ImageRow
from dynseg.project.runs import FOLLOW, UNDONE
from dynseg.project.store import Store

TRIES = 3
"""An image that its person is changing right now is looked at again this often."""

Pixels = NDArray[np.uint8]


@dataclass(slots=True)
class FollowSummary:
    """What a run did.

    Attributes:
        images: Images that shapes were followed into, also those that had them already.
        changed: Of these, images that are not as they were.
        shapes: Proposals that were put there.
        objects: Shapes that were followed, from the first image or from one on the way.
        to_the_end: Of these, those that were found in the last image that could be used, too.
        keys: Images on the way whose shapes a person made: from there on these were followed.
        skipped: Images that stay as they are: reviewed, skipped, or changed again and again
            meanwhile.
        failed: Images that could not be used: path relative to the images folder, reason.
        stopped_at: The image from which on no object was seen any more, or that has another size
            than those before; empty where some were followed to the last one.
        other_size: Whether it was for that.
        seconds, images_per_s: Duration and rate.
        run_id: The run in the project; None when nothing had to be changed.
    """

    images: int = 0
    changed: int = 0
    shapes: int = 0
    objects: int = 0
    to_the_end: int = 0
    keys: int = 0
    skipped: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    stopped_at: str = ""
    other_size: bool = False
    seconds: float = 0.0
    images_per_s: float = 0.0
    run_id: str | None = None


class _Frame(NamedTuple):
    row: ImageRow
    pixels: Pixels | None
    """None where it cannot be read."""
    reason: str


def follow_film(
    store: Store,
    image_ids: Sequence[int],
    *,
    dry: bool = False,
    report: Report = ignore,
    cancel: CancelToken | None = None,
    run_id: str | None = None,
    between: Callable[[], None] = lambda: None,
) -> FollowSummary:
    """Follow the shapes of an image through others, as one run that can be taken back as one.

    Human work stays as it is. Where there is some on the way, it says where its objects are: they
    are followed on from there. What was followed before and nobody touched gives way to what is
    followed now, so that a second run changes nothing.

    Args:
        store: The project, open for writing.
        image_ids: The image whose shapes are followed, then the others in their order.
        dry: Whether to write nothing.
        report: Told after every image.
        cancel: Asked between shapes.
        run_id: A run to go on with, or the id of one that is to begin.
        between: Called between images on this thread, so that urgent work is not kept waiting.

    Raises:
        InputError: the first image has no shapes, or a class of them is deleted meanwhile.
        ImageError: it cannot be read.
        CancelledError: `cancel` was set, and images that were finished keep their proposals; or
            the run was taken back.
        StoreWriteError: the disk is full or failed.
    """
    return _Run(store, dry=dry, cancel=cancel or CancelToken(), run_id=run_id).through(
        [store.image(image_id) for image_id in image_ids], report, between
    )


class _Run:
    """A run on its way."""

    def __init__(self, store: Store, *, dry: bool, cancel: CancelToken, run_id: str | None) -> None:
        self._store = store
        self._dry = dry
        self._cancel = cancel
        self._wanted_id = run_id
        self.done = FollowSummary()
        if run_id is not None and store.runs(run_id):
            self.done.run_id = run_id
            self._end_if_taken_back()

    def through(
        self, rows: Sequence[ImageRow], report: Report, between: Callable[[], None]
    ) -> FollowSummary:
        """All of it."""
        first = self._store.annotation(rows[0].id)
        if not first.instances:
            raise InputError(
                f"{rows[0].rel} has no shapes to follow; nothing was changed.",
                "Draw its objects first, or begin at an image that has shapes.",
            )
        started_s, state = time.monotonic(), "failed"
        meter = Meter("Following shapes", len(rows) - 1, report)
        try:
            frames = self._frames(rows)
            start = next(frames)
            if start.pixels is None:
                path = self._store.image_path(rows[0].id)
                raise ImageError(path, start.reason, "Replace the file, or begin at another image.")
            cast = Cast(first, self._store.taken_out(first.image_id))
            chain = Chain(start.pixels, cast.shapes)
            for frame in frames:
                self._cancel.check()
                if not self._goes_on(frame, chain, cast):
                    break
                meter.advance()
                between()
            state = "finished"
        except CancelledError:
            state = "cancelled"
            raise
        finally:
            if self.done.run_id is not None:
                with suppress(DynsegError):  # what is told is why it failed
                    self._store.finish_run(self.done.run_id, state)
        return self._summed(chain, cast, time.monotonic() - started_s)

    def _summed(self, chain: Chain, cast: Cast, seconds: float) -> FollowSummary:
        done = self.done
        done.objects = cast.count
        done.to_the_end = chain.in_sight
        done.seconds = seconds
        done.images_per_s = done.images / seconds if seconds > 0 else 0.0
        return done

    def _frames(self, rows: Sequence[ImageRow]) -> Iterator[_Frame]:
        """Each image; while one is looked at the next one is decoded, and no more than that."""
        with ThreadPoolExecutor(1, thread_name_prefix="decode") as decoder:
            coming = decoder.submit(self._decoded, rows[0])
            for following in (*rows[1:], None):
                frame = coming.result()
                if following is not None:
                    coming = decoder.submit(self._decoded, following)
                yield frame

    def _decoded(self, row: ImageRow) -> _Frame:
        if row.damage or row.is_other_file:
            return _Frame(row, None, row.damage or "is not the file that was labelled")
        try:
            path = self._store.image_path(row.id)
            return _Frame(row, checked_pixels(path, (row.width, row.height)), "")
        except ImageError as error:
            return _Frame(row, None, error.reason)

    def _goes_on(self, frame: _Frame, chain: Chain, cast: Cast) -> bool:
        """Follow into one image; whether it pays to go on behind it."""
        if frame.pixels is None:  # the objects have gone on by the next one, and may be found there
            self.done.failed.append((frame.row.rel, frame.reason))
            return True
        if not chain.fits(frame.pixels):
            self.done.stopped_at, self.done.other_size = frame.row.rel, True
            return False
        found = chain.follow(frame.pixels, look_up=self._cancel.check)
        try:
            for _ in range(TRIES):
                before = self._store.annotation(frame.row.id)
                # It costs a look into the history.
                out = self._store.taken_out(frame.row.id) if before.revision else ()
                self._check_classes(cast)
                if self._written(before, cast.laid(before, found, out)):
                    break
            else:
                self.done.skipped += 1
        except (DamagedError, UnknownImageError) as error:
            self.done.failed.append((frame.row.rel, error.reason))
        else:
            self.done.keys += cast.follow_on(before, found, chain)
        if chain.in_sight:
            self.done.stopped_at = ""
        elif not self.done.stopped_at:
            self.done.stopped_at = frame.row.rel
        return not chain.is_over

    def _written(self, before: Annotation, after: Annotation) -> bool:
        """Save what was followed; False where somebody has changed the image meanwhile."""
        if before.state in SETTLED:
            self.done.skipped += 1
            return True
        delta = diff(before, after)
        if not delta.is_empty:
            if not self._dry and self._store.commit_run(
                self._begun(), [(before.image_id, before.revision, delta)]
            ):
                self._end_if_taken_back()
                return False
            self.done.changed += 1
            self.done.shapes += len(delta.added)
        self.done.images += 1
        return True

    def _check_classes(self, cast: Cast) -> None:
        """A class that is gone would come back with its shapes."""
        if cast.class_ids - {label.id for label in self._store.classes().labels}:
            raise InputError(
                "A class of the shapes was deleted or merged while they were followed, so it ended "
                "there; what was put until then stays.",
                "Follow the shapes again from their image.",
            )

    def _end_if_taken_back(self) -> None:
        """Somebody has taken the run back while it went on: nothing more of it is wanted."""
        run_id = self.done.run_id
        if run_id is not None and any(r.state == UNDONE for r in self._store.runs(run_id)):
            raise CancelledError

    def _begun(self) -> str:
        if self.done.run_id is None:
            self._store.backup("before a run")
            self.done.run_id = self._store.begin_run(FOLLOW, "", {}, run_id=self._wanted_id)
        return self.done.run_id
