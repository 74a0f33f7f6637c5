"""Labels of an image whose file was replaced by one of another size.

All that the project knows of the image is scaled: the shapes, and every step of its history. So
undo, redo and earlier versions go on to work, in the pixels of the file that is there now. It is no
step itself: the labels go back to the first size in the same way, when the first file is back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import apsw
import msgspec
import numpy as np

from dynseg.annotation.codec import mapped_delta
from dynseg.annotation.delta import Delta
from dynseg.annotation.document import ImageState, Instance
from dynseg.errors import DamagedError
from dynseg.geometry.part import Part, Ring, ring
from dynseg.project import journal
from dynseg.project.connection import fetch_all
from dynseg.project.documents import planned, read_annotation, write_planned
from dynseg.project.records import ImageRow
from dynseg.project.rows import read_image

BACKUP_REASON = "before shapes are scaled"
_OTHER_SIZE = re.compile(r"now has (\d+) x (\d+) pixels, but its shapes were made on \d+ x \d+")


def damage(now: tuple[int, int], made_on: tuple[int, int]) -> str:
    """Why an image with shapes cannot be used: its file has another size; widths, heights."""
    return (
        f"now has {now[0]} x {now[1]} pixels, but its shapes were made on "
        f"{made_on[0]} x {made_on[1]}"
    )


def size_now(damage: str) -> tuple[int, int] | None:
    """Width and height of the file where that is what is wrong with it, else None."""
    found = _OTHER_SIZE.fullmatch(damage)
    return (int(found[1]), int(found[2])) if found else None


def tells_other_file(row: ImageRow) -> bool:
    """Whether labels of an image may not fit the file that is there now."""
    if row.damage:
        return size_now(row.damage) is not None
    has_labels = row.instance_count or row.state is ImageState.REVIEWED
    return bool(row.is_other_file and has_labels)


def keeps_shape(old: tuple[int, int], new: tuple[int, int]) -> bool:
    """Whether one size is the other one made larger or smaller, give or take a rounded pixel."""
    return (
        abs(new[1] - old[1] * new[0] / old[0]) <= 1 or abs(new[0] - old[0] * new[1] / old[1]) <= 1
    )


def made_smaller_or_larger(rows: Iterable[ImageRow]) -> list[int]:
    """The images with shapes whose files were replaced by ones of another size in the same ratio.

    So it is where somebody made all files of a folder smaller.
    """
    return [
        row.id
        for row in rows
        if row.damage
        and (size := size_now(row.damage)) is not None
        and keeps_shape((row.width, row.height), size)
    ]


def scale(connection: apsw.Connection, image_id: int, size: tuple[int, int]) -> None:
    """Scale all shapes of an image, also those of its history; the caller holds a transaction.

    Args:
        connection: The one that writes.
        image_id: The image.
        size: Width and height of the file that is there now, pixels.

    Raises:
        ProjectError: what is saved of the image is damaged.
    """
    image = read_image(connection, image_id)
    most = np.array(size, dtype=np.float64)
    factor = most / (image.width, image.height)

    def scaled_ring(points: Ring) -> Ring:
        return ring(np.minimum(points * factor, most))

    def scaled(item: Instance) -> Instance:
        parts = tuple(
            Part(scaled_ring(part.outer), tuple(map(scaled_ring, part.holes)))
            for part in item.parts
        )
        return msgspec.structs.replace(item, parts=parts)

    before = read_annotation(connection, image_id)
    everything = Delta(
        tuple(enumerate(before.instances)),
        tuple(enumerate(map(scaled, before.instances))),
        before.state,
        before.state,
    )
    resized = image._replace(width=size[0], height=size[1])
    write_planned(connection, [planned(connection, resized, everything)])
    for seq, run_id, revision, digest, data in fetch_all(
        connection,
        "SELECT seq, run_id, revision, hash, delta FROM op WHERE image_id=?",
        (image_id,),
    ):
        try:
            if journal.op_hash(image_id, run_id, revision, data) != digest:
                raise ValueError("a step was damaged")
            made = mapped_delta(data, scaled)
        except ValueError as error:
            raise DamagedError(image.rel, "a step of its history") from error
        connection.execute(
            "UPDATE op SET hash=?, delta=? WHERE seq=?",
            (journal.op_hash(image_id, run_id, revision, made), made, seq),
        )
    connection.execute("DELETE FROM prediction WHERE image_id=?", (image_id,))
    connection.execute("UPDATE image SET damage='' WHERE id=?", (image_id,))
