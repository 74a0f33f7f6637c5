"""Images that were moved or renamed: found again by their content, so that their labels follow."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import apsw

from dynseg.errors import ProjectError
from dynseg.images.index import scan
from dynseg.progress import CancelToken, Meter, Report, ignore
from dynseg.project import folder as images_folder
from dynseg.project.connection import fetch_all
from dynseg.project.originals import Original, digest, keep_first
from dynseg.project.rows import read_image

BACKUP_REASON = "before images are linked again"


@dataclass(frozen=True, slots=True)
class Move:
    """Where the file of an image lies now.

    Attributes:
        image_id: The image.
        old_rel: Its path as the project knows it, relative to the images folder of then.
        rel: Its path now, relative to `RelinkPlan.images_root`.
        by_content: Whether it is the same file, byte by byte; else name, size in bytes and size
            in pixels agree, and nobody had read the first file as a whole.
    """

    image_id: int
    old_rel: str
    rel: str
    by_content: bool


@dataclass(frozen=True, slots=True)
class RelinkPlan:
    """What linking again would do.

    Attributes:
        images_root: The images folder afterwards.
        moves: Images that were found.
        lost: Images whose files are neither where they were nor in the folder; labels stay.
        taken: Images that were found under the path of another image, which has labels of its
            own: they are left alone.
    """

    images_root: Path
    moves: tuple[Move, ...]
    lost: tuple[str, ...]
    taken: tuple[str, ...]


def plan(
    known: Sequence[Original],
    images_root: Path,
    folder: Path,
    *,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> RelinkPlan:
    """Look for the files of missing images in a folder and those below it; nothing is written.

    Args:
        known: What the project knows of its files.
        images_root: The images folder of the project as it is now.
        folder: Where to look.
        report: Told about every file that is read.
        cancel: Asked between files.

    Raises:
        InputError: the folder cannot be listed.
        ProjectError: images are found outside the images folder while others still lie in it.
        CancelledError: `cancel` was set.
    """
    folder = Path(os.path.abspath(folder))
    there = {item.rel for item in known if (images_root / item.rel).is_file()}
    missing = [item for item in known if item.rel not in there]
    # A file that an image with labels has is not the moved file of another one.
    held = {images_root / item.rel for item in known if item.rel in there and item.revision}
    files = _files(folder, held, {item.size_bytes for item in missing}, report, cancel)
    found = _matches(missing, files)
    lost = tuple(item.rel for item in missing if item.id not in found)
    if not found:
        return RelinkPlan(images_root, (), lost, ())
    root = _new_root(images_root, folder, missing, found, stay=len(there))
    by_rel = {item.rel: item for item in known}
    moves, taken = [], []
    for item in missing:
        if item.id not in found:
            continue
        path, by_content = found[item.id]
        rel = path.relative_to(root).as_posix()
        other = by_rel.get(rel)
        if other is not None and other.id not in found and other.revision:
            taken.append(item.rel)
        else:
            moves.append(Move(item.id, item.rel, rel, by_content))
    return RelinkPlan(root, tuple(moves), lost, tuple(taken))


def apply(connection: apsw.Connection, root: Path, done: RelinkPlan) -> int:
    """Make a plan true; the caller holds a transaction and has made a backup.

    Args:
        connection: Of the project.
        root: The project folder.
        done: From `plan`.

    Returns:
        How many images have their files again.
    """
    images = {move.image_id: read_image(connection, move.image_id) for move in done.moves}
    for image_id in images:  # names may be swapped: none is given while another image has it
        connection.execute("UPDATE image SET rel=? WHERE id=?", (f"\0{image_id}", image_id))
    for move in done.moves:
        _remove_unlabelled(connection, move.rel)
        image = images[move.image_id]._replace(rel=move.rel)
        connection.execute(
            "UPDATE image SET rel=?, hash=? WHERE id=?", (image.rel, image.hash(), image.id)
        )
        images_folder.update_file(connection, images_folder.look_at(done.images_root, move.rel))
        if move.by_content:
            keep_first(connection, image.id)
    connection.execute(
        "INSERT OR REPLACE INTO setting(key, value) VALUES(?,?)",
        (images_folder.IMAGES_ROOT, images_folder.stored_path(root, done.images_root)),
    )
    _list_folders(connection, done.moves)
    return len(done.moves)


@dataclass(frozen=True, slots=True)
class _File:
    """A file that may be that of a missing image."""

    path: Path
    size_bytes: int
    content: bytes


def _files(
    folder: Path, held: set[Path], sizes: set[int], report: Report, cancel: CancelToken | None
) -> list[_File]:
    """The files of a folder that have one of these sizes in bytes, read as a whole."""
    paths = [folder / rel for rel in scan(folder, recursive=True)]
    fit = [(path, _size_of(path)) for path in paths if path not in held]
    fit = [(path, size_bytes) for path, size_bytes in fit if size_bytes in sizes]
    meter = Meter("Comparing files", len(fit), report)
    files = []
    for path, size_bytes in fit:
        if cancel is not None:
            cancel.check()
        content = digest(path)
        if content is not None:
            files.append(_File(path, size_bytes, content))
        meter.advance()
    return files


def _matches(missing: Sequence[Original], files: Sequence[_File]) -> dict[int, tuple[Path, bool]]:
    """Where the file of each missing image lies, by image id, and whether its content says so."""
    by_content: dict[bytes, list[Path]] = defaultdict(list)
    by_name: dict[tuple[str, int], list[Path]] = defaultdict(list)
    for file in files:
        by_content[file.content].append(file.path)
        by_name[file.path.name, file.size_bytes].append(file.path)
    found: dict[int, tuple[Path, bool]] = {}
    used: set[Path] = set()
    for item in sorted(missing, key=lambda one: one.made_on is None):  # what is certain first
        if item.made_on is not None:
            fits = [path for path in by_content[item.made_on] if path not in used]
        else:
            named = by_name[PurePosixPath(item.rel).name, item.size_bytes]
            fits = [path for path in named if path not in used and _is_like(item, path)]
            fits = fits if len(fits) == 1 else []
        if fits:
            path = max(fits, key=lambda one: (_shared_end(one, item.rel), -len(str(one))))
            found[item.id] = path, item.made_on is not None
            used.add(path)
    return found


def _is_like(item: Original, path: Path) -> bool:
    """Whether a file has the size in pixels of an image; name and size in bytes agree already."""
    found = images_folder.look_at(path.parent, path.name)
    return (found.width, found.height) == (item.width, item.height)


def _shared_end(path: Path, rel: str) -> int:
    """How many last pieces two paths have in common: of equal files the one with the old name."""
    count = 0
    for one, other in zip(path.parts[::-1], PurePosixPath(rel).parts[::-1], strict=False):
        if one != other:
            break
        count += 1
    return count


def _new_root(
    images_root: Path,
    folder: Path,
    missing: Sequence[Original],
    found: dict[int, tuple[Path, bool]],
    *,
    stay: int,
) -> Path:
    """The images folder afterwards: the present one while it holds what was found."""
    paths = {item.id: found[item.id][0] for item in missing if item.id in found}
    if all(path.is_relative_to(images_root) for path in paths.values()):
        return images_root
    if stay:
        raise ProjectError(
            f"{len(paths)} of the missing images lie in {folder}, but {stay} others are still in "
            f"{images_root}; a project has one folder of images, so nothing was changed.",
            f"Move the found files into {images_root}, then look for them there.",
        )
    tops = set()
    for item in missing:
        path = paths.get(item.id)
        if path is not None:
            pieces = len(PurePosixPath(item.rel).parts)
            whole = path.as_posix().endswith("/" + item.rel)
            tops.add(path.parents[pieces - 1] if whole else path.parent)
    return Path(os.path.commonpath(tops))


def _remove_unlabelled(connection: apsw.Connection, rel: str) -> None:
    """Take out the image that was listed under the new path: no one has labelled it."""
    for image_id, revision in fetch_all(
        connection, "SELECT id, revision FROM image WHERE rel=?", (rel,)
    ):
        if revision:
            raise ProjectError(
                f"{rel} has labels of its own by now, so nothing was changed.",
                "Look for the moved images again.",
            )
        for table in ("op", "tally", "prediction"):
            connection.execute(f"DELETE FROM {table} WHERE image_id=?", (image_id,))
        connection.execute("DELETE FROM image WHERE id=?", (image_id,))


def _list_folders(connection: apsw.Connection, moves: Sequence[Move]) -> None:
    """Folders inside the images folder that the project does not look into get on its list."""
    settings: dict[str, str] = dict(fetch_all(connection, "SELECT key, value FROM setting"))
    if settings.get(images_folder.RECURSIVE) == "1":
        return
    held = (settings.get(images_folder.FRAMES) or "").splitlines()
    parents = {str(PurePosixPath(move.rel).parent) for move in moves} - {".", *held}
    if parents:
        connection.execute(
            "INSERT OR REPLACE INTO setting(key, value) VALUES(?,?)",
            (images_folder.FRAMES, "\n".join([*held, *sorted(parents)])),
        )


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
