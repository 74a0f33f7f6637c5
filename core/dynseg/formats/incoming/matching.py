"""Which image of a project the labels of a source are for.

By the end of the path: a label file `train/a` is for the only image whose path, without suffix,
agrees with it in the most steps from the end; the folders that the images folder lies in count as
steps, too. So a source and a project agree whether the project was made of the folder of the data
set, of its images or of one split, and `train/a` and `val/a` do not get mixed up.

An export of this program gives some images other names, and says in its manifest which.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from dynseg.errors import DynsegError
from dynseg.formats.finding import Finding
from dynseg.formats.incoming import embedded
from dynseg.formats.incoming.source import ImageLabels, Source, image_key
from dynseg.formats.outgoing.staging import read_manifest
from dynseg.images.decode import read_header
from dynseg.progress import CancelToken
from dynseg.project.folder import MISSING
from dynseg.project.records import ImageRow
from dynseg.project.view import ProjectView

_UPLOADED = re.compile(r"[0-9a-f]{8}-(.+)")
"""What Label Studio calls an image that was given to it, in whatever format it writes."""
_ROBOFLOW = re.compile(r"(.+)_(?:jpe?g|png|bmp|webp|tiff?)\.rf\.[0-9A-Za-z]+")
"""What Roboflow calls an image, with or without its suffix, in whatever format it writes."""
_ROOT_STEPS = 2
"""Folders up to the images folder, and with it, that tell images of one name apart."""
_ByEnd = dict[tuple[str, ...], list[ImageRow]]


def match(
    view: ProjectView,
    found: Source,
    refused: list[Finding],
    told: list[Finding],
    *,
    cancel: CancelToken,
) -> list[tuple[ImageLabels, ImageRow]]:
    """Find the image that the labels of a source are for.

    Args:
        view: The project.
        found: The source.
        refused: Takes a finding for all labels and images that have no partner.
        told: Takes a finding for labels whose image has another name than they say.
        cancel: Asked between images that have to be compared.

    Returns:
        Pairs in the order of the label files; no image is in two of them.

    Raises:
        CancelledError: `cancel` was set.
    """
    project = view.images()
    by_end = _by_end(project, view.images_root)
    claims: dict[int, list[tuple[int, ImageLabels]]] = defaultdict(list)
    by_id = {row.id: row for row in project}
    lost: list[ImageLabels] = []
    exported, by_file = _exported(found.root, project)
    for labels in found.labels:
        agreed, hits = _first_best(labels.keys, by_end)
        hits = _of_that_name(labels, hits)
        own = by_file.get(labels.rel) or next(
            (exported[key.name] for key in labels.keys if key.name in exported), None
        )
        # The image may since have been renamed to what it is called in the export.
        if own is not None and not (own.damage and hits):
            agreed, hits = len(PurePosixPath(own.rel).parts) + _ROOT_STEPS, [own]
        if len(hits) == 1:
            claims[hits[0].id].append((agreed, labels))
        elif hits:
            reason = f"could be for any of {len(hits)} images of that name; not used"
            refused.append(labels.finding(reason))
        else:
            lost.append(labels)
    free = [row for row in project if row.id not in claims and not row.damage]
    shown: set[int] = set()
    for labels, row in embedded.found(lost, free, view.images_root, cancel=cancel):
        shown.add(id(labels))
        claims[row.id].append((0, labels))
        told.append(_renamed(labels, row))
    refused.extend(_without_image(labels) for labels in lost if id(labels) not in shown)
    refused.extend(
        Finding(rel, None, "is not in the project and has no labels")
        for rel in found.bare_images
        if not _best(_key(image_key(rel)), by_end)[1]
    )
    order = {id(labels): place for place, labels in enumerate(found.labels)}
    settled = _settle(claims, by_id, view.images_root, refused)
    return sorted(settled, key=lambda pair: order[id(pair[0])])


def _by_end(project: Sequence[ImageRow], images_root: Path) -> _ByEnd:
    """The images by every end of their paths."""
    by_end: _ByEnd = defaultdict(list)
    above = image_key((images_root / "x").as_posix()).parts[1:-1][-_ROOT_STEPS:]
    for row in project:
        parts = _key(PurePosixPath(*above, image_key(row.rel)))
        for start in range(len(parts)):
            by_end[parts[start:]].append(row)
    return by_end


def _renamed(labels: ImageLabels, row: ImageRow) -> Finding:
    reason = f"its image {_wanted(labels)} is called {row.rel} now, as its copy here shows"
    return labels.finding(reason)


def _without_image(labels: ImageLabels) -> Finding:
    reason = f"its image {_wanted(labels)} is not in the project; not used"
    if not labels.item:  # a file an image: it may also go by its own name
        reason = f"{reason}; if the image was renamed, name this file alike"
    return replace(labels.finding(reason), missing=_wanted(labels))


def _wanted(labels: ImageLabels) -> str:
    return labels.image_name or f"{labels.keys[0].name}.*"


def _exported(
    root: Path, project: Sequence[ImageRow]
) -> tuple[dict[str, ImageRow], dict[str, ImageRow]]:
    """The images that an export was made of, by their names in it and by their label files.

    Names are unique in an export with images. Labels alone lie as the images of the project do, so
    that several may have one name; then only their files tell them apart. Empty for a source that
    is no export of this program.
    """
    manifest = read_manifest(root) or {}
    by_rel = {row.rel: row for row in project}
    entries = manifest.get("images")
    found: dict[str, ImageRow] = {}
    by_file: dict[str, list[ImageRow | None]] = defaultdict(list)
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, dict):
            continue
        name, rel, file = (entry.get(key) for key in ("image", "source", "label"))
        row = by_rel.get(rel) if isinstance(rel, str) else None
        by_file[str(file)].append(row)  # also one that is gone: its labels are in that file
        if isinstance(name, str) and row is not None:
            found[PurePosixPath(name).stem] = row
    alone = {file: rows[0] for file, rows in by_file.items() if len(rows) == 1}
    return found, {file: row for file, row in alone.items() if row is not None}


def _key(path: PurePosixPath) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", part) for part in path.parts)


def _first_best(keys: Sequence[PurePosixPath], by_end: _ByEnd) -> tuple[int, list[ImageRow]]:
    """What `_best` finds for the first key that it finds something for."""
    for key in keys:
        agreed, hits = _best(_key(key), by_end)
        if hits:
            return agreed, hits
    for key in keys:
        for renamed in (_UPLOADED.fullmatch(key.name), _ROBOFLOW.fullmatch(key.name)):
            given = PurePosixPath(*key.parts[:-1], renamed[1]) if renamed else PurePosixPath()
            hits = _best(_key(given), by_end)[1]
            if hits:
                return 0, hits  # labels of an image that is called so are surer
    return 0, []


def _best(key: tuple[str, ...], by_end: _ByEnd) -> tuple[int, list[ImageRow]]:
    """The images whose path ends most like `key`, and in how many steps they agree."""
    for start in range(len(key)):
        hits = by_end.get(key[start:])
        if hits:
            return len(key) - start, hits
    return 0, []


def _of_that_name(labels: ImageLabels, hits: list[ImageRow]) -> list[ImageRow]:
    """Those of several images that have the suffix too, `a.jpg` beside `a.png`."""
    name = unicodedata.normalize("NFC", labels.image_name)
    if len(hits) < 2 or not name:
        return hits
    same = [r for r in hits if unicodedata.normalize("NFC", PurePosixPath(r.rel).name) == name]
    return same or hits


def _settle(
    claims: dict[int, list[tuple[int, ImageLabels]]],
    by_id: dict[int, ImageRow],
    images_root: Path,
    refused: list[Finding],
) -> Iterable[tuple[ImageLabels, ImageRow]]:
    """One set of labels an image: that whose path agrees most, when there is only one such."""
    for image_id, claimants in claims.items():
        best = max(agreed for agreed, _ in claimants)
        winners = [labels for agreed, labels in claimants if agreed == best]
        row = by_id[image_id]
        for agreed, labels in claimants:
            if agreed < best or len(winners) > 1:
                reason = f"another label file is for {row.rel} as well; not used"
                if agreed == best:
                    reason += "; to have the labels of both, import one file after the other"
                refused.append(labels.finding(reason))
        if len(winners) == 1 and _same_size(winners[0], row, images_root, refused):
            yield winners[0], row


def _same_size(
    labels: ImageLabels, row: ImageRow, images_root: Path, refused: list[Finding]
) -> bool:
    """Whether the labels were drawn on an image of the size, or at least form, of the project's."""
    if row.damage:
        finding = labels.finding(f"{row.rel} {row.damage}; not used")
        gone = row.rel if row.damage == MISSING else ""
        refused.append(replace(finding, missing=gone))
        return False
    size = labels.size or _size_of(labels.image, images_root / row.rel)
    if size is None or size == (row.width, row.height):
        return True
    if labels.size is not None and _same_form(size, (row.width, row.height)):
        return True
    what = f"its image is {size[0]} x {size[1]} pixels, {row.rel} of the project is "
    reason = f"{what}{row.width} x {row.height}; not used"
    if size == (row.height, row.width):
        reason += " (turned: it was labelled without its EXIF rotation)"
    refused.append(labels.finding(reason))
    return False


def _size_of(image: Path | None, own: Path) -> tuple[int, int] | None:
    """Size of the source's image in pixels; None when it is the project's or cannot be read."""
    if image is None or not image.is_file():
        return None
    try:
        if image.samefile(own):
            return None
        header = read_header(image)
    except (DynsegError, OSError):
        return None
    return header.width, header.height


def _same_form(size: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether one size is the other one, scaled, to the rounding of a pixel."""
    (width, height), (wide, high) = size, other
    return min(width, height) > 0 and abs(wide * height / width - high) <= 1
