"""Which image of a project a label file of a source is for.

By the end of the path: a label file `train/a` is for the only image whose path, without suffix,
agrees with it in the most steps from the end. So a source and a project agree whether the project
was made of the folder of the data set, of its images or of one split, and `train/a` and `val/a`
do not get mixed up.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from dynseg.errors import DynsegError
from dynseg.formats.finding import Finding
from dynseg.formats.yolo.source import LabelFile, YoloSource, image_key
from dynseg.images.decode import read_header
from dynseg.project.records import ImageRow
from dynseg.project.view import ProjectView


def match(
    view: ProjectView, found: YoloSource, refused: list[Finding]
) -> list[tuple[LabelFile, ImageRow]]:
    """Find the image that each label file of a source is for.

    Args:
        view: The project.
        found: The source.
        refused: Takes a finding for every label file and image that has no partner.

    Returns:
        Pairs in the order of the label files; no image is in two of them.
    """
    project = view.images()
    by_stem: dict[str, list[tuple[tuple[str, ...], ImageRow]]] = defaultdict(list)
    for row in project:
        parts = _key(image_key(row.rel))
        by_stem[parts[-1]].append((parts, row))
    claims: dict[int, list[tuple[int, LabelFile]]] = defaultdict(list)
    by_id = {row.id: row for row in project}
    for file in found.labels:
        agreed, hits = _best(_key(file.key), by_stem)
        if len(hits) == 1:
            claims[hits[0].id].append((agreed, file))
        elif hits:
            reason = f"could be for any of {len(hits)} images of that name; not used"
            refused.append(Finding(file.rel, None, reason))
        else:
            name = file.image.name if file.image else f"{file.key.name}.*"
            reason = f"its image {name} is not in the project; not used"
            refused.append(Finding(file.rel, None, reason))
    refused.extend(
        Finding(rel, None, "is not in the project and has no labels")
        for rel in found.bare_images
        if not _best(_key(image_key(rel)), by_stem)[1]
    )
    return sorted(_settle(claims, by_id, view.images_root, refused), key=lambda pair: pair[0].rel)


def _key(path: PurePosixPath) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", part) for part in path.parts)


def _best(
    key: tuple[str, ...], by_stem: dict[str, list[tuple[tuple[str, ...], ImageRow]]]
) -> tuple[int, list[ImageRow]]:
    """The images whose path ends most like `key`, and in how many steps they agree."""
    scored = [(_common_end(key, parts), row) for parts, row in by_stem.get(key[-1], [])]
    best = max((score for score, _ in scored), default=0)
    return best, [row for score, row in scored if score == best]


def _common_end(a: Sequence[str], b: Sequence[str]) -> int:
    pairs = zip(reversed(a), reversed(b), strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def _settle(
    claims: dict[int, list[tuple[int, LabelFile]]],
    by_id: dict[int, ImageRow],
    images_root: Path,
    refused: list[Finding],
) -> Iterable[tuple[LabelFile, ImageRow]]:
    """One label file an image: the one whose path agrees most, when there is only one such."""
    for image_id, claimants in claims.items():
        best = max(agreed for agreed, _ in claimants)
        winners = [file for agreed, file in claimants if agreed == best]
        row = by_id[image_id]
        for agreed, file in claimants:
            if agreed < best or len(winners) > 1:
                reason = f"another label file is for {row.rel} as well; not used"
                refused.append(Finding(file.rel, None, reason))
        if len(winners) == 1 and _same_size(winners[0], row, images_root, refused):
            yield winners[0], row


def _same_size(file: LabelFile, row: ImageRow, images_root: Path, refused: list[Finding]) -> bool:
    """Whether the labels were drawn on an image of the size that the project has."""
    if row.damage:
        refused.append(Finding(file.rel, None, f"{row.rel} {row.damage}; not used"))
        return False
    if file.image is None or not file.image.is_file():
        return True
    try:
        if file.image.samefile(images_root / row.rel):
            return True
        header = read_header(file.image)
    except (DynsegError, OSError):
        return True
    if (header.width, header.height) == (row.width, row.height):
        return True
    reason = (
        f"its image is {header.width} x {header.height} pixels, {row.rel} of the project is "
        f"{row.width} x {row.height}; not used"
    )
    refused.append(Finding(file.rel, None, reason))
    return False
