"""Looking at the image files of a project: new, missing, moved and replaced ones."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from dynseg.errors import InputError
from dynseg.progress import CancelToken, Report, ignore
from dynseg.project import folder, originals, relink, resizing
from dynseg.project.class_writing import ClassWriter
from dynseg.project.connection import fetch_all, moment, storage_errors
from dynseg.project.records import ImageRow, RescanSummary
from dynseg.project.relink import RelinkPlan

_AT_ONCE = 16


class FileWriter(ClassWriter):
    """A project that keeps track of its image files; it never writes one."""

    def rescan(self, report: Report = ignore) -> RescanSummary:
        """Look at the images folder again: new, missing and changed files; labels stay.

        Raises:
            InputError: the images folder cannot be read; nothing was changed.
        """
        recursive = self.setting(folder.RECURSIVE) == "1"
        frames = self.setting(folder.FRAMES) or ""
        rels = folder.files_of(self.images_root, recursive=recursive, frames=frames)
        with self._connections.borrow() as connection, moment(connection):
            known = folder.known_files(connection)
        comparison = folder.compare(self.images_root, rels, known, report=report)
        with self._writing() as connection:
            return folder.update(connection, comparison)

    def files(self, image_ids: Sequence[int]) -> dict[int, tuple[str, tuple[int, int]]]:
        """Paths and sizes of a few hundred images at most, by id; without those that are gone."""
        places = ",".join("?" * len(image_ids))
        sql = f"SELECT id, rel, width, height FROM image WHERE id IN ({places})"
        with self._connections.borrow() as connection, storage_errors():
            return {row[0]: (row[1], row[2:]) for row in fetch_all(connection, sql, image_ids)}

    def look_again(self, image_id: int) -> ImageRow:
        """The row of one image, after a look at its file: is it there, and still the same one?"""
        row = self.image(image_id)
        if self.read_only:
            return row
        with self._connections.borrow() as connection, moment(connection):
            known = folder.known_files(connection, image_id)[row.rel]
        comparison = folder.look_again(self.images_root, known)
        if comparison is None:
            return row
        with self._writing() as connection:
            folder.update_files(connection, comparison)
        return self.image(image_id)

    def record_contents(self, limit_s: float = 0.5, *, cancel: CancelToken | None = None) -> int:
        """Write down what the files of labelled images contain, for a while.

        By it a file is known again after it was moved, and a replaced one is noticed. Files that
        are not as they were when they were looked at last are left out; `rescan` tells of them.

        Args:
            limit_s: How long to go on, seconds.
            cancel: Ends it earlier.

        Returns:
            How many images were recorded; 0 when none is left.
        """
        end = time.monotonic() + limit_s
        with self._connections.borrow() as connection, moment(connection):
            waiting = originals.unrecorded(connection)
        recorded = 0
        for start in range(0, len(waiting), _AT_ONCE):
            found = originals.read(self.images_root, waiting[start : start + _AT_ONCE])
            if found:
                with self._writing() as connection:
                    originals.record(connection, found)
            recorded += len(found)
            if time.monotonic() > end or (cancel is not None and cancel.cancelled):
                break
        return recorded

    def accept_file(self, image_id: int) -> ImageRow:
        """The labels of an image are right for the file that lies there now."""
        with self._writing() as connection:
            originals.accept(connection, image_id)
        return self.image(image_id)

    def scale_to_file(self, image_id: int) -> ImageRow:
        """Scale the labels of an image, and its history, to the size of the file that is there.

        Raises:
            InputError: the file is missing or damaged; nothing was changed.
            ProjectError: what is saved of the image is damaged; nothing was changed.
        """
        row = self.look_again(image_id)
        size = resizing.size_now(row.damage)
        if size is None:
            if row.damage:
                raise InputError(
                    f"{row.rel} {row.damage}, so its shapes were not scaled.",
                    "Replace the file, then open the image again.",
                )
            return row
        with self._writing() as connection:
            resizing.scale(connection, image_id, size)
            originals.accept(connection, image_id)
        return self.image(image_id)

    def plan_relink(
        self, place: Path, *, report: Report = ignore, cancel: CancelToken | None = None
    ) -> RelinkPlan:
        """Look for the files of missing images in a folder; see `relink.plan`."""
        with self._connections.borrow() as connection, moment(connection):
            known = originals.originals(connection)
        return relink.plan(known, self.images_root, place, report=report, cancel=cancel)

    def relink(self, plan: RelinkPlan) -> int:
        """Give images the files that were found, in one step; returns how many.

        The labels stay as they are. What else lies in the folder is told by `rescan`.
        """
        with self._writing() as connection:
            count = relink.apply(connection, self.root, plan)
        self.images_root = plan.images_root
        return count
