"""Mask images in: a folder of them for each image, or one image whose pixels number the objects.

Known layouts: `masks/<image>/<object>.png` with any folders around, as this program writes it;
`<image>/masks/<object>.png` beside `<image>/images/`, as the Data Science Bowl of 2018 has it; and
`masks/<image>.png`. The class comes from `classes.txt` and a name like `0001_c02_cat.png`, or from
what follows the number in a name like `3_cat.png`; of an image that numbers its objects, from
`objects.csv`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import partial
from pathlib import Path, PurePosixPath

from dynseg.formats.incoming import mask_file, object_map
from dynseg.formats.incoming.class_names import MAX_CLASSES, printable
from dynseg.formats.incoming.json_file import UnusableError
from dynseg.formats.incoming.listing import Listing
from dynseg.formats.incoming.reading import Label, Place, Reading
from dynseg.formats.incoming.source import SPLIT_WORDS, ImageLabels, Source, image_key, split_of
from dynseg.formats.incoming.text_file import text_of
from dynseg.formats.outgoing import object_table
from dynseg.formats.outgoing.object_table import TableRow
from dynseg.images.index import SUFFIXES, natural_key

FOLDER, IMAGES = "masks", "images"
CLASS_FILE = "classes.txt"
_OURS = re.compile(r"\d+_c(\d{1,5})(?:_.*)?")
_NUMBERED = re.compile(r"\d+[_-](.*[^\d_-].*)")
_MAX_LIST_BYTES = 1 << 20
_SUFFIXES = (".png", ".bmp", ".tif", ".tiff")


def recognise(listing: Listing) -> int:
    """How many images lie in folders called `masks`."""
    return len(_masks(listing))


def _masks(listing: Listing) -> list[Path]:
    return [path for suffix in _SUFFIXES for path in listing.of(suffix) if _is_below(listing, path)]


def _is_below(listing: Listing, path: Path) -> bool:
    """Whether a file lies in a folder called `masks`, or in one that was given and is called so."""
    steps = [step.lower() for step in PurePosixPath(listing.rel(path)).parts[:-1]]
    return FOLDER in steps or (listing.root.name.lower() == FOLDER and IMAGES not in steps)


def read(source: Path) -> Source:
    """Find the masks below a folder.

    Raises:
        InputError: there is no such folder.
    """
    listing = Listing(source)
    below: dict[Path, list[Path]] = defaultdict(list)
    for path in _masks(listing):
        below[path.parent].append(path)
    names = _ClassNames(listing.root)
    labels: list[ImageLabels] = []
    for folder, paths in below.items():
        if _is_of_one_image(folder, paths):
            labels.append(_folder(listing, folder, paths, names.of(folder)))
        else:
            names.of(folder)
            labels += _maps(listing, paths)
    labels.sort(key=lambda item: natural_key(item.rel))
    return Source(listing.root, tuple(labels), names.declared())


def _is_of_one_image(folder: Path, paths: list[Path]) -> bool:
    """Whether the masks of a folder are the objects of one image."""
    if folder.name.lower() != FOLDER:
        return True
    image = _only_image(folder.parent)
    return image is not None and image.stem not in {path.stem for path in paths}


class _ClassNames:
    """The lists of class names of a source: of the next folder on the way up that has one.

    Args:
        root: The source; the folder that it lies in counts, too.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[Path, tuple[str, ...]] = {}

    def of(self, folder: Path) -> tuple[str, ...]:
        """The names for the masks of a folder; empty where nothing says them."""
        if folder not in self._known:
            own = _class_names(folder)
            is_last = folder == self._root.parent
            self._known[folder] = own if own or is_last else self.of(folder.parent)
        return self._known[folder]

    def declared(self) -> tuple[str, ...]:
        """All names that were asked for, each once."""
        return tuple(dict.fromkeys(name for names in self._known.values() for name in names))


def _class_names(folder: Path) -> tuple[str, ...]:
    path = folder / CLASS_FILE
    if path.is_file() and not path.is_symlink() and path.stat().st_size <= _MAX_LIST_BYTES:
        lines = text_of(path.read_bytes()).split("\n")
        return tuple(name for line in lines[:MAX_CLASSES] if (name := printable(line)))
    return ()


def _only_image(folder: Path) -> Path | None:
    """The image in `images` of a folder that holds one image and its masks."""
    images = folder / IMAGES
    if not images.is_dir() or images.is_symlink():
        return None
    found = [path for path in images.iterdir() if path.suffix.lower() in SUFFIXES]
    return found[0] if len(found) == 1 and found[0].is_file() else None


def _folder(
    listing: Listing, folder: Path, paths: list[Path], names: tuple[str, ...]
) -> ImageLabels:
    """The labels of an image that has a mask for every object."""
    rel = listing.rel(folder) if folder != listing.root else "."
    image = _only_image(folder.parent) if folder.name.lower() == FOLDER else None
    key = _without_kind(rel) if image is None else PurePosixPath(image.stem)
    return ImageLabels(
        rel,
        (key,),
        partial(_load_folder, sorted(paths, key=lambda path: natural_key(path.name)), names),
        image=image,
        image_name=image.name if image else "",
        split=split_of(f"{rel}/x"),
    )


def _maps(listing: Listing, paths: list[Path]) -> list[ImageLabels]:
    """The labels of images that have one mask each, with their classes where a table has them."""
    known: dict[Path, dict[str, list[TableRow]]] = {}
    for home in {path.parent.parent for path in paths}:
        known[home] = defaultdict(list)
        for row in object_table.read(home):
            known[home][row.mask].append(row)
    return [_map(listing, path, known[path.parent.parent].get(path.name, [])) for path in paths]


def _map(listing: Listing, path: Path, rows: list[TableRow]) -> ImageLabels:
    """The labels of an image in one mask."""
    rel = listing.rel(path)
    key = _without_kind(PurePosixPath(rel).with_suffix("").as_posix())
    load = partial(_load_map, path, {row.number: row.label for row in rows})
    split = SPLIT_WORDS.get(rows[0].split, "") if rows else split_of(rel)
    return ImageLabels(rel, (key,), load, split=split)


def _without_kind(rel: str) -> PurePosixPath:
    steps = [step for step in PurePosixPath(rel).parts if step.lower() != FOLDER]
    return image_key(f"{PurePosixPath(*steps).as_posix()}.png") if steps else PurePosixPath("?")


def _load_folder(paths: list[Path], names: tuple[str, ...], reading: Reading) -> None:
    for path in paths:
        place = Place(item=path.name)
        try:
            label = _label(path.stem, names)
            mask = mask_file.read_mask(path, width=reading.width, height=reading.height)
        except UnusableError as error:
            reading.refuse(place, str(error))
            continue
        reading.mask(label, mask, place)


def _label(stem: str, names: tuple[str, ...]) -> Label:
    ours = _OURS.fullmatch(stem)
    if ours and names:
        index = int(ours[1])
        if index >= len(names):
            raise UnusableError(f"has class {index}, but there are only {len(names)} classes")
        return names[index]
    numbered = _NUMBERED.fullmatch(stem)
    return printable(numbered[1]) or None if numbered else None


def _load_map(path: Path, classes: dict[int, str], reading: Reading) -> None:
    try:
        numbers = mask_file.read_mask(path, width=reading.width, height=reading.height)
        found = list(object_map.objects(numbers))
    except UnusableError as error:
        reading.refuse(Place(), f"{error}; not used")
        return
    alone = len(found) == 1 and not classes
    note = "is all that the mask has: the objects are not told apart" if alone else ""
    for number, mask, corner in found:
        place = Place(item=f"object {number}")
        reading.mask(classes.get(number), mask, place, offset=corner, note=note)
