"""Reading a project: what the store, a second read-only window and a snapshot have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, repeat
from operator import itemgetter
from pathlib import Path, PurePosixPath

from dynseg.annotation.classes import ClassTable
from dynseg.annotation.codec import STATES
from dynseg.annotation.delta import Delta
from dynseg.annotation.document import Annotation, ImageState
from dynseg.annotation.rejections import Rejections
from dynseg.errors import DamagedError, ProjectError, UnknownImageError
from dynseg.project import class_rows, health, history, runs
from dynseg.project.connection import (
    ConnectionSource,
    Row,
    fetch_all,
    fetch_one,
    moment,
    storage_errors,
)
from dynseg.project.digest import row_hash
from dynseg.project.documents import document, is_drawn_on, proposals_in, read_annotation
from dynseg.project.layout import ProjectLayout
from dynseg.project.originals import IS_OTHER_FILE
from dynseg.project.query import ImageQuery, statement
from dynseg.project.records import ImageRow, JournalEntry, RunRow
from dynseg.project.rows import IMAGE_COLUMNS, verified
from dynseg.project.sheets import RANK_BITS, SHEET_COLUMNS, place_range

_ROW_COLUMNS = (
    "id, rel, width, height, state, revision, instance_count, min_score, split, damage, "
    f"size_bytes, mtime_ns, {IS_OTHER_FILE}"
)
_CHUNK = 64
"""Documents read at once: few enough that they are decoded while a processor has them at hand."""


class ProjectView:
    """What can be read of a project. Safe to use from several threads.

    Attributes:
        layout: Where the project keeps what.
        images_root: The folder that image paths are relative to.
    """

    def __init__(
        self, layout: ProjectLayout, images_root: Path, connections: ConnectionSource
    ) -> None:
        self.layout = layout
        self.images_root = images_root
        self._connections = connections
        self._rejections: tuple[object, Rejections] = None, {}

    @property
    def root(self) -> Path:
        """The folder that the user knows as the project."""
        return self.layout.root

    def classes(self) -> ClassTable:
        """The classes in the user's order.

        Raises:
            ProjectError: a class is damaged.
        """
        with self._connections.borrow() as connection, storage_errors():
            return class_rows.read(connection)

    def images(self) -> list[ImageRow]:
        """All images, in natural order of their names."""
        with self._connections.borrow() as connection, storage_errors():
            rows = fetch_all(connection, f"SELECT {_ROW_COLUMNS}, position FROM image")
        rows.sort(key=itemgetter(-1))  # nearly sorted already: cheaper than an index
        return _image_rows(rows)

    def find(self, query: ImageQuery) -> list[int]:
        """Ids of the images that fit, in the order asked for."""
        with self._connections.borrow() as connection, storage_errors():
            return [row[0] for row in fetch_all(connection, *statement(query))]

    def images_in_state(self, state: ImageState, *, latest: int | None = None) -> list[ImageRow]:
        """Images in one state, those that got into it or were changed last at the end.

        Args:
            state: The state.
            latest: At most so many, those at the end; None for all of them.
        """
        changed = "(SELECT max(seq) FROM op WHERE image_id=image.id)"
        own, values = "state=?", [state.value]
        if latest is not None:  # by id alone: whole rows take twice as long to sort
            own = f"id IN (SELECT id FROM image WHERE {own} "
            own += f"ORDER BY {changed} DESC, position DESC LIMIT {latest})"
        sql = f"SELECT {_ROW_COLUMNS}, position FROM image WHERE {own} ORDER BY {changed}, position"
        with self._connections.borrow() as connection, storage_errors():
            return _image_rows(fetch_all(connection, sql, values))

    def data_version(self) -> int:
        """Changes whenever another connection has written; for a view with one connection.

        A view that lends several connections, as that of an open store, has no use for it.
        """
        with self._connections.borrow() as connection, storage_errors():
            return int(connection.pragma("data_version") or 0)

    def image(self, image_id: int) -> ImageRow:
        """One image.

        Raises:
            ProjectError: there is no such image.
        """
        with self._connections.borrow() as connection, storage_errors():
            row = fetch_one(
                connection, f"SELECT {_ROW_COLUMNS}, position FROM image WHERE id=?", (image_id,)
            )
        if row is None:
            raise UnknownImageError(image_id)
        return _image_rows([row])[0]

    def image_path(self, image_id: int) -> Path:
        """Where the file of an image is.

        Raises:
            ProjectError: there is no such image, or its path leaves the images folder.
        """
        return file_inside(self.images_root, self.image(image_id).rel)

    def annotation(self, image_id: int) -> Annotation:
        """The document of an image.

        Raises:
            ProjectError: there is no such image, or what is stored is damaged.
        """
        with self._connections.borrow() as connection, moment(connection):
            return read_annotation(connection, image_id)

    def annotations(self, image_ids: Iterable[int]) -> Iterator[Annotation]:
        """The documents of many images, in the order asked for, without holding them all.

        Raises:
            ProjectError: as `annotation`, when the iteration comes to that image.
        """
        waiting = iter(image_ids)
        while chunk := list(islice(waiting, _CHUNK)):
            yield from self._annotations_of(chunk)

    def _annotations_of(self, image_ids: list[int]) -> list[Annotation]:
        low, high = min(image_ids), max(image_ids)
        if high - low > 4 * _CHUNK:  # far apart: reading what lies between would cost more
            with self._connections.borrow() as connection, moment(connection):
                return [read_annotation(connection, image_id) for image_id in image_ids]
        with self._connections.borrow() as connection, moment(connection):
            images = fetch_all(
                connection,
                f"SELECT {IMAGE_COLUMNS}, hash FROM image WHERE id BETWEEN ? AND ?",
                (low, high),
            )
            sheets: dict[int, list[Row]] = {}
            for row in fetch_all(
                connection,
                f"SELECT {SHEET_COLUMNS} FROM sheet WHERE place>=? AND place<? ORDER BY place",
                (place_range(low)[0], place_range(high)[1]),
            ):
                sheets.setdefault(row[0] >> RANK_BITS, []).append(row)
        by_id = {row[0]: row for row in images}
        return [_document(by_id.get(i), i, sheets.get(i, ())) for i in image_ids]

    def journal(
        self, image_id: int, limit: int = 200, *, include_dropped: bool = False
    ) -> list[JournalEntry]:
        """The history of an image, the newest step first."""
        with self._connections.borrow() as connection, storage_errors():
            rows = fetch_all(
                connection,
                "SELECT seq, text, gesture, undone, dropped, run_id, time_s, revision FROM op "
                "WHERE image_id=? AND dropped<=? ORDER BY seq DESC LIMIT ?",
                (image_id, int(include_dropped), limit),
            )
        return [JournalEntry._make((*r[:3], bool(r[3]), bool(r[4]), *r[5:])) for r in rows]

    def deltas(self, image_id: int, since: int = 0) -> list[tuple[int, Delta]]:
        """The steps that led to the document of an image and what each changed, the oldest first.

        Args:
            image_id: The image.
            since: Number of the first step that is wanted.

        Raises:
            ProjectError: there is no such image, or its history is damaged.
        """
        with self._connections.borrow() as connection, moment(connection):
            present = read_annotation(connection, image_id)
            steps = [(seq, delta) for seq, delta, _ in history.past(connection, present, since - 1)]
        return steps[::-1]

    def annotation_at(self, image_id: int, seq: int) -> Annotation:
        """The document as it was right after a step of its history.

        Args:
            image_id: The image.
            seq: Number of the step; 0 for the document before the first one.

        Raises:
            ProjectError: the history has no such step, or is damaged there.
        """
        with self._connections.borrow() as connection, moment(connection):
            return history.document_at(connection, image_id, seq)

    def rejections(self, image_id: int) -> Rejections:
        """Shapes of models that a person took out of an image and did not bring back, by id.

        Raises:
            ProjectError: the history is damaged.
        """
        with self._connections.borrow() as connection, moment(connection):
            key = image_id, history.rejections_key(connection, image_id)
            known, found = self._rejections  # a slider asks for the same ones thirty times a second
            if known != key:
                found = history.rejections(connection, image_id)
                self._rejections = key, found
        return dict(found)

    def runs(self, run_id: str | None = None) -> list[RunRow]:
        """All batch runs, the newest first; or the one of this id, if it was begun."""
        with self._connections.borrow() as connection, storage_errors():
            return runs.listed(connection, run_id)

    def run_steps(self, run_id: str, *, untouched: bool = False) -> dict[int, list[int]]:
        """Steps of a run that still stand, by image in the order of the list, oldest first.

        Args:
            run_id: The run.
            untouched: Only those of images in which no step without a run was taken since.
        """
        with self._connections.borrow() as connection, storage_errors():
            return runs.steps(connection, run_id, untouched=untouched)

    def predictions(self, image_id: int, model_id: str, settings_key: str) -> bytes | None:
        """What a model proposed for an image, or None; damaged proposals count as none."""
        with self._connections.borrow() as connection, storage_errors():
            row = fetch_one(
                connection,
                "SELECT hash, value FROM prediction "
                "WHERE image_id=? AND model_id=? AND settings_key=?",
                (image_id, model_id, settings_key),
            )
        return row[1] if row and row_hash(row[1]) == row[0] else None

    def predictions_of(
        self, image_ids: Sequence[int], model_id: str, settings_key: str
    ) -> dict[int, bytes]:
        """`predictions` of a few hundred images at most, by image; those without are not in it."""
        places = ",".join("?" * len(image_ids))
        with self._connections.borrow() as connection, storage_errors():
            rows = fetch_all(
                connection,
                "SELECT image_id, hash, value FROM prediction "
                f"WHERE model_id=? AND settings_key=? AND image_id IN ({places})",
                (model_id, settings_key, *image_ids),
            )
        return {row[0]: row[2] for row in rows if row_hash(row[2]) == row[1]}

    def newest_predictions(self, image_id: int) -> list[tuple[str, bytes]]:
        """Model id and bytes of the newest cached prediction of each model, the newest first.

        What a model found in a part of the image alone is no opinion on the image.
        """
        with self._connections.borrow() as connection, storage_errors():
            rows = fetch_all(
                connection,
                "SELECT model_id, hash, value FROM prediction "
                "WHERE image_id=? AND settings_key NOT LIKE '% region=%' ORDER BY rowid DESC",
                (image_id,),
            )
        newest: dict[str, bytes] = {}
        for model_id, digest, value in rows:
            if model_id not in newest and row_hash(value) == digest:
                newest[model_id] = value
        return list(newest.items())

    def proposals(self) -> dict[int, list[tuple[int, float | None]]]:
        """Class id and score of the proposals that nobody has touched, by image id."""
        with self._connections.borrow() as connection, storage_errors():
            rows = fetch_all(
                connection,
                "SELECT place, head FROM sheet WHERE place >> ? IN (SELECT id FROM image "
                "WHERE min_score IS NOT NULL OR state <> 'reviewed')",  # most are, in the end
                (RANK_BITS,),
            )
        found: dict[int, list[tuple[int, float | None]]] = {}
        for place, head in rows:
            here = proposals_in(head)
            if here:
                found.setdefault(place >> RANK_BITS, []).extend(here)
        return found

    def drawn_on(self) -> set[int]:
        """Ids of images in work whose shapes came not all with a run, as imported ones do."""
        with self._connections.borrow() as connection, storage_errors():
            rows = fetch_all(
                connection,
                "SELECT place, head FROM sheet WHERE place >> ? IN (SELECT id FROM image "
                "WHERE state = 'in_work')",
                (RANK_BITS,),
            )
        return {place >> RANK_BITS for place, head in rows if is_drawn_on(head)}

    def setting(self, key: str) -> str | None:
        """A setting of the project, or None."""
        with self._connections.borrow() as connection, storage_errors():
            row = fetch_one(connection, "SELECT value FROM setting WHERE key=?", (key,))
        return row[0] if row else None

    def check(self) -> list[str]:
        """Everything that is wrong with the database, one line each; empty when nothing is."""
        with self._connections.borrow() as connection, moment(connection):
            return health.findings(connection)


def _image_rows(rows: list[Row]) -> list[ImageRow]:
    """Rows of `_ROW_COLUMNS`, column by column: a list of 100,000 images must not take long."""
    if not rows:
        return []
    columns = list(zip(*rows, strict=True))[: len(ImageRow._fields)]
    try:
        columns[4] = tuple(map(STATES.__getitem__, columns[4]))
    except KeyError as error:
        rel = next(row[1] for row in rows if row[4] not in STATES)
        raise DamagedError(rel, "the state of the image") from error
    return list(map(tuple.__new__, repeat(ImageRow), zip(*columns, strict=True)))


def _document(row: Row | None, image_id: int, sheets: Sequence[Row]) -> Annotation:
    if row is None:
        raise UnknownImageError(image_id)
    return document(verified(row), sheets)


def file_inside(folder: Path, rel: str) -> Path:
    """Where the file of that name in the images folder is.

    Raises:
        ProjectError: its path leaves the folder.
    """
    relative = PurePosixPath(rel)
    if relative.is_absolute() or ".." in relative.parts or Path(rel).drive:
        raise ProjectError(
            f"{rel} lies outside the images folder and is not opened.",
            "Only files inside the images folder belong to a project.",
        )
    return folder / relative
