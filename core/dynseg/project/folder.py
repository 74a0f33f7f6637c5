"""The images folder and the project's list of it: registering, and looking again."""

from __future__ import annotations

import heapq
import os
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from dynseg.annotation.document import ImageState
from dynseg.errors import ImageError, InputError, ProjectError
from dynseg.images.decode import read_header
from dynseg.images.index import natural_key, scan
from dynseg.progress import CancelToken, Meter, Report, ignore
from dynseg.project import resizing
from dynseg.project.connection import fetch_all, fetch_value
from dynseg.project.digest import fields_hash
from dynseg.project.originals import COLUMNS, Original, digest, replaced_content
from dynseg.project.records import RescanSummary
from dynseg.project.rows import ImageRecord, read_image, write_images

MISSING = "the file is missing"
IMAGES_ROOT = "images_root"
RECURSIVE = "recursive"
FRAMES = "frame_folders"
"""Setting: folders inside the images folder, one a line, that count in any case: of frames, say."""


def files_of(folder: Path, *, recursive: bool, frames: str) -> list[str]:
    """The image files of a project, in natural order.

    Args:
        folder: The images folder.
        recursive: Whether folders inside it count.
        frames: The value of `FRAMES`.

    Raises:
        InputError: the folder cannot be listed, or a name in it is no text.
    """
    found = written_names(scan(folder, recursive=recursive))
    if recursive or not frames:
        return found
    for name in frames.splitlines():
        if (folder / name).is_dir():
            found += written_names([f"{name}/{rel}" for rel in scan(folder / name)])
    return sorted(sorted(found), key=natural_key)


def written_names(rels: list[str]) -> list[str]:
    """The same names, which a project can write down.

    Raises:
        InputError: one is no text, as after unpacking an archive of a system with other letters.
    """
    try:
        "".join(rels).encode()
    except UnicodeEncodeError:
        shown = [rel.encode(errors="backslashreplace").decode() for rel in rels]
        odd = [name for name, rel in zip(shown, rels, strict=True) if name != rel]
        raise InputError(
            f"File names that are no text: {len(odd)}, the first is {odd[0]}. Nothing was changed.",
            "Rename these files, then try again.",
        ) from None
    return rels


class Found(NamedTuple):
    """What the header of an image file says."""

    rel: str
    width: int
    height: int
    damage: str
    size_bytes: int
    mtime_ns: int


def look_at(folder: Path, rel: str) -> Found:
    """Read the header of one file; a damaged one is described, not refused."""
    path = folder / rel
    try:
        header = read_header(path)
    except ImageError as error:
        try:
            status = path.stat()
        except OSError:
            return Found(rel, 0, 0, MISSING, 0, 0)
        return Found(rel, 0, 0, error.reason, status.st_size, status.st_mtime_ns)
    return Found(rel, header.width, header.height, "", header.size_bytes, header.mtime_ns)


def look_at_all(
    folder: Path,
    rels: Sequence[str],
    *,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> list[Found]:
    """Read the headers of many files.

    Raises:
        CancelledError: `cancel` was set.
    """
    meter = Meter("Reading image headers", len(rels), report)
    found = []
    for rel in rels:
        if cancel is not None:
            cancel.check()
        found.append(look_at(folder, rel))
        meter.advance()
    return found


def register(connection: apsw.Connection, found: Iterable[Found]) -> None:
    """Add images to the list, behind the others; the caller holds a transaction.

    Those that somebody else has added since the folder was looked at are left as they are.
    """
    last_id = fetch_value(
        connection, "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name='image'), 0)"
    )
    last_position = fetch_value(connection, "SELECT coalesce(max(position), -1) FROM image")
    rows = []
    for number, item in enumerate(found, start=1):
        columns: tuple[Any, ...] = (
            last_id + number, item.rel, item.width, item.height, ImageState.UNLABELLED.value,
            0, 0, None, "",
        )  # fmt: skip
        rows.append(
            (
                *columns, fields_hash(columns), last_position + number, item.damage,
                item.size_bytes, item.mtime_ns,
            )
        )  # fmt: skip
    connection.executemany(
        "INSERT INTO image(id, rel, width, height, state, revision, instance_count, min_score, "
        "split, hash, position, damage, size_bytes, mtime_ns) "
        "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(rel) DO NOTHING",
        rows,
    )


class Known(NamedTuple):
    """What the project knows of an image's file, and why it could not be used."""

    file: Original
    damage: str


class Comparison(NamedTuple):
    """What differs between the folder and the project's list."""

    order: list[str]
    """All files of the folder, in natural order."""
    added: list[Found]
    missing: list[str]
    changed: list[Changed]


class Changed(NamedTuple):
    """A file that is not as the project knows it."""

    found: Found
    content: bytes | None
    """What `image.content` becomes, see `originals`."""
    is_other: bool
    """Whether it says something else than before; false when only the time of change differs."""


def compare(
    folder: Path,
    rels: list[str],
    known: Mapping[str, Known],
    *,
    report: Report = ignore,
) -> Comparison:
    """Compare the folder with the project's list.

    Args:
        folder: The images folder.
        rels: What is in the folder now, in natural order.
        known: What the project knows, by path.
        report: Told about every file.
    """
    rels = _as_known(folder, rels, known)
    meter = Meter("Comparing the images folder", len(rels), report)
    added, changed = [], []
    root = str(folder)  # putting paths together would take longer than looking at the files
    for rel in rels:
        meter.advance()
        if rel not in known:
            added.append(look_at(folder, rel))
            continue
        try:
            status = os.stat(f"{root}/{rel}")
        except OSError:
            continue
        file, damage = known[rel]
        is_same = (status.st_size, status.st_mtime_ns) == (file.size_bytes, file.mtime_ns)
        if not is_same or damage == MISSING or _reads_otherwise(folder, rel, damage):
            changed.append(_changed(folder, file, damage))
    present = set(rels)
    missing = [rel for rel, (_, damage) in known.items() if rel not in present]
    missing = [rel for rel in missing if known[rel].damage != MISSING]
    return Comparison(rels, added, missing, changed)


def _reads_otherwise(folder: Path, rel: str, damage: str) -> bool:
    """Whether a file that could not be used can be now, or for another reason not.

    Nothing of the file tells that: its rights were given back, or the program has learned to read
    it.
    """
    if not damage or resizing.size_now(damage) is not None:
        return False
    return look_at(folder, rel).damage != damage


def _as_known(folder: Path, rels: list[str], known: Mapping[str, Known]) -> list[str]:
    """The names, as the project knows them where the disk takes another one for the same.

    Windows and macOS do not tell upper from lower case, macOS not the ways to write an accent: an
    image whose file was renamed so would be missing, and a new one without its labels be there.
    """
    lost = {_folded(rel): rel for rel in known.keys() - set(rels)}

    def own(rel: str) -> str:
        other = lost.get(_folded(rel)) if rel not in known else None
        return other if other is not None and _is_same(folder / rel, folder / other) else rel

    return [own(rel) for rel in rels] if lost else rels


def _folded(rel: str) -> str:
    return unicodedata.normalize("NFC", rel).casefold()


def _is_same(path: Path, other: Path) -> bool:
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False


def known_files(connection: apsw.Connection, image_id: int | None = None) -> dict[str, Known]:
    """What the project knows of its files, or of that of one image, by path."""
    sql = f"SELECT {COLUMNS}, damage FROM image"
    if image_id is not None:
        sql += f" WHERE id={image_id:d}"
    # Row by row: to fetch a hundred thousand at once keeps every other thread waiting.
    rows = connection.execute(sql)
    return {row[1]: Known(Original._make(row[:-1]), row[-1]) for row in rows}


def look_again(root: Path, known: Known) -> Comparison | None:
    """`compare` for one file; None when it is as the project knows it."""
    path = root / known.file.rel
    if not path.is_file():
        gone = known.damage != MISSING
        return Comparison([], [], [known.file.rel], []) if gone else None
    found = compare(root, [known.file.rel], {known.file.rel: known})
    return found if found.changed else None


def _changed(root: Path, file: Original, damage: str) -> Changed:
    found = look_at(root, file.rel)
    # Only a file that labels were made on has to be read as a whole.
    now = digest(root / file.rel) if file.revision else None
    content = replaced_content(file, found.size_bytes, now)
    is_other = now is None or now != file.made_on or damage == MISSING
    return Changed(found, content, is_other)


def update(connection: apsw.Connection, comparison: Comparison) -> RescanSummary:
    """Bring the project's list up to date; labels stay. The caller holds a transaction."""
    register(connection, comparison.added)
    update_files(connection, comparison)
    known = fetch_all(connection, "SELECT id, rel, position FROM image")
    gone = {rel for _, rel, _ in known}.difference(comparison.order)
    # Files that are missing keep their place among the others.
    names = heapq.merge(comparison.order, sorted(gone, key=natural_key), key=natural_key)
    order = {rel: position for position, rel in enumerate(names if gone else comparison.order)}
    moved = [(order[rel], image_id) for image_id, rel, position in known if order[rel] != position]
    connection.executemany("UPDATE image SET position=? WHERE id=?", moved)
    return RescanSummary(
        added=len(comparison.added),
        missing=len(comparison.missing),
        changed=sum(changed.is_other for changed in comparison.changed),
    )


def update_files(connection: apsw.Connection, comparison: Comparison) -> None:
    """Write down which files are missing and which are altered; the caller holds a transaction."""
    connection.executemany(
        "UPDATE image SET damage=? WHERE rel=?", [(MISSING, rel) for rel in comparison.missing]
    )
    for changed in comparison.changed:
        update_file(connection, changed.found)
        connection.execute(
            "UPDATE image SET content=? WHERE rel=?", (changed.content, changed.found.rel)
        )


def update_file(connection: apsw.Connection, found: Found) -> None:
    """Write down what the file of an image is now; the caller holds a transaction."""
    image_id = fetch_value(connection, "SELECT id FROM image WHERE rel=?", (found.rel,))
    image = read_image(connection, image_id)
    damage = found.damage
    size = (image.width, image.height)
    if not damage and size != (found.width, found.height):
        if image.instance_count and size != (0, 0):
            # The shapes were drawn on the other size: keep both, and say so.
            damage = resizing.damage((found.width, found.height), size)
        else:
            damage = _resize_empty(connection, image, (found.width, found.height))
    connection.execute(
        "UPDATE image SET damage=?, size_bytes=?, mtime_ns=? WHERE id=?",
        (damage, found.size_bytes, found.mtime_ns, image_id),
    )


def _resize_empty(connection: apsw.Connection, image: ImageRecord, size: tuple[int, int]) -> str:
    """Give an image without shapes another size, and its history with it: undo may bring some back.

    Returns:
        What is wrong with it, empty when nothing is.
    """
    if not image.revision or not image.width:
        write_images(connection, [image._replace(width=size[0], height=size[1])])
        return ""
    try:
        with connection:  # a savepoint: a history is scaled as a whole or not at all
            resizing.scale(connection, image.id, size)
    except ProjectError:
        return resizing.damage(size, (image.width, image.height))
    return ""


def stored_path(root: Path, images: Path) -> str:
    """How the images folder is written down: relative to the project where both move together."""
    root, images = root.absolute(), images.absolute()
    near = images.is_relative_to(root) or root.is_relative_to(images)
    if near or (images.parent == root.parent and root.parent != Path(root.anchor)):
        return Path(os.path.relpath(images, root)).as_posix()
    return images.as_posix()


def resolved_path(root: Path, stored: str) -> Path:
    """The images folder that `stored_path` wrote down."""
    return Path(os.path.normpath(root.absolute() / stored))
