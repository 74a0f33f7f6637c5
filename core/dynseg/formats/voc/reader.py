"""Pascal VOC masks in: objects by number, their class from the class mask underneath."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np

from dynseg.formats.incoming import mask_file, object_map
from dynseg.formats.incoming.json_file import UnusableError
from dynseg.formats.incoming.listing import Listing
from dynseg.formats.incoming.object_map import Numbers
from dynseg.formats.incoming.reading import Place, Reading
from dynseg.formats.incoming.source import SPLIT_WORDS, ImageLabels, Source, image_key
from dynseg.formats.incoming.text_file import text_of
from dynseg.formats.voc import palette
from dynseg.images.index import SUFFIXES
from dynseg.project.records import Split

_OBJECTS, _CLASSES = "SegmentationObject", "SegmentationClass"
_USUAL = (".jpg", ".png", ".jpeg")
_IMAGES = (*_USUAL, *(suffix.upper() for suffix in _USUAL), *sorted(SUFFIXES.difference(_USUAL)))
"""Suffixes of images, the usual ones first; an export of this program also has others."""
_MAX_LIST_BYTES = 64 << 20


def recognise(listing: Listing) -> int:
    """How many masks lie in folders that are called as VOC has it."""
    pngs = listing.of(".png")
    count = sum(_lies_in(path, _OBJECTS) for path in pngs)
    return count or sum(_lies_in(path, _CLASSES) for path in pngs)


def _lies_in(path: Path, folder: str) -> bool:
    """Whether a mask is in the folder of a kind, also as labelme's converter calls it."""
    return path.parent.name in (folder, f"{folder}PNG")


def read(source: Path) -> Source:
    """Find the masks below a folder.

    Raises:
        InputError: there is no such folder.
    """
    listing = Listing(source)
    pngs = listing.of(".png")
    masks = [path for path in pngs if _lies_in(path, _OBJECTS)]
    known = {(path.parent.parent, path.name) for path in masks}
    masks += [
        path
        for path in pngs
        if _lies_in(path, _CLASSES) and (path.parent.parent, path.name) not in known
    ]
    findings = listing.problems
    names: dict[str, None] = {}
    labels: list[ImageLabels] = []
    classes: dict[Path, dict[int, str]] = {}
    splits: dict[Path, dict[str, Split]] = {}
    for path in masks:
        home = path.parent.parent
        if home not in classes:
            classes[home], declared = palette.class_names((home, listing.root))
            names.update(dict.fromkeys(declared))
            splits[home] = _splits(home)
        image = _image_of(home, path.stem)
        labels.append(
            ImageLabels(
                listing.rel(path),
                (image_key(f"{listing.rel(path.parent.parent)}/{path.name}"),),
                partial(_load, path, _class_mask(path), classes[home]),
                image=image,
                image_name=image.name if image else "",
                split=splits[home].get(path.stem, ""),
            )
        )
    return Source(listing.root, tuple(labels), tuple(names), findings=tuple(findings))


def _class_mask(path: Path) -> Path:
    """The mask of classes that belongs to a mask of objects, or the mask itself."""
    folder = path.parent.name.replace(_OBJECTS, _CLASSES)
    return path.parent.parent / folder / path.name


def _image_of(home: Path, stem: str) -> Path | None:
    places = (home / "JPEGImages" / f"{stem}{suffix}" for suffix in _IMAGES)
    return next((p for p in places if p.is_file() and not p.is_symlink()), None)


def _splits(home: Path) -> dict[str, Split]:
    """Stem of an image to its split; `trainval` says nothing."""
    found: dict[str, Split] = {}
    for name in ("train", "val", "test"):
        path = home / "ImageSets" / "Segmentation" / f"{name}.txt"
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= _MAX_LIST_BYTES:
            for line in text_of(path.read_bytes()).splitlines():
                found.setdefault(line.strip(), SPLIT_WORDS[name])
    return found


def _load(path: Path, class_path: Path, names: dict[int, str], reading: Reading) -> None:
    whole = Place()
    try:
        numbers = _cleaned(mask_file.read_mask(path, width=reading.width, height=reading.height))
        kinds = _kinds(path, class_path, reading)
        only_classes = kinds is None and _lies_in(path, _CLASSES)
        found = list(object_map.objects(numbers))
    except UnusableError as error:
        reading.refuse(whole, f"{error}; not used")
        return
    for number, mask, corner in found:
        place = Place(item=f"object {number}")
        if only_classes:
            kind: int | None = number
        else:
            kind = None if kinds is None else _most(kinds, mask, corner)
        if kind is not None and kind not in names:
            reading.refuse(
                place, f"has class {kind}, which is not named" if kind else "has no class"
            )
            continue
        note = "is all of its class: the objects are not told apart" if only_classes else ""
        label = None if kind is None else names[kind]
        reading.mask(label, mask, place, offset=corner, note=note)


def _kinds(path: Path, class_path: Path, reading: Reading) -> Numbers | None:
    """The class mask beside an object mask; None when there is none."""
    if path == class_path or not class_path.is_file() or class_path.is_symlink():
        return None
    return _cleaned(mask_file.read_mask(class_path, width=reading.width, height=reading.height))


def _cleaned(numbers: Numbers) -> Numbers:
    """`numbers` with void, the border that belongs to nobody, as background."""
    void = palette.VOID if numbers.max(initial=0) <= palette.VOID else palette.VOID_COLOUR
    return np.where(numbers == void, 0, numbers)


def _most(
    kinds: Numbers, mask: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], corner: tuple[int, int]
) -> int:
    """The class that most pixels of an object have; 0 when none has one."""
    left, top = corner
    own = kinds[top : top + mask.shape[0], left : left + mask.shape[1]][mask]
    values, counts = np.unique(own[own > 0], return_counts=True)
    return int(values[counts.argmax()]) if len(values) else 0
