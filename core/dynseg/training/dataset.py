"""Images and labels of a snapshot as ultralytics' data set, without its side effects."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sized
from copy import copy
from pathlib import Path
from typing import Any, Protocol

import yaml

from dynseg.errors import InputError
from dynseg.images.index import SUFFIXES
from dynseg.model.sandbox import prepare_environment
from dynseg.training.ranks import Ranks, SharedPass

prepare_environment()

import ultralytics.data.utils  # noqa: E402
from ultralytics.data.dataset import YOLODataset  # noqa: E402

# It loads matplotlib to find a font that nothing here draws with.
ultralytics.data.utils.check_font = lambda _: None

_MAX_YAML_BYTES = 1 << 20


class SnapshotDataset(YOLODataset):
    """A data set that lists its images itself and trusts no cache file.

    A `labels.cache` is a pickle: reading one that came with a data set would run its code.
    Mosaics end in the middle of a pass, with the first index that is negative (`MosaicsEnd`).

    Args:
        img_path: Image files.
        repeats: How often each of them comes in one pass.
    """

    def __init__(self, img_path: list[Path], *args: Any, repeats: int = 1, **kwargs: Any) -> None:
        self._listed = [str(path) for path in img_path for _ in range(repeats)]
        self._settings = kwargs["hyp"]
        super().__init__(img_path, *args, **kwargs)

    def __getitem__(self, index: int) -> dict[str, Any]:
        if index < 0 and self._settings is not None:
            self.close_mosaic(copy(self._settings))
            self._settings = None
        item: dict[str, Any] = super().__getitem__(~index if index < 0 else index)
        return item

    def get_img_files(self, img_path: Any) -> list[str]:  # noqa: ARG002 - ultralytics' signature
        """The files, in the order given."""
        return list(self._listed)

    def _load_or_scan_cache(self, cache_path: Path, cache_hash: str) -> tuple[dict[str, Any], bool]:  # noqa: ARG002
        with tempfile.TemporaryDirectory() as folder:
            return self.cache_labels(Path(folder) / cache_path.name), False


class _Indices(Iterable[int], Sized, Protocol):
    """What draws the images of a pass."""


class MosaicsEnd:
    """Draws images, and says with each of them whether it may still become part of a mosaic.

    It rides on the index, which is `~index` from then on: processes that load images are batches
    ahead of the training, by how much depends on the moment, and the same seed has to show the
    same pictures.

    Args:
        indices: What draws the images of a pass.
        given: Images that were given out before, by the part of the run that is resumed.
        over: Whether mosaics are over after so many.
        at_once: Processes that each draw images of their own meanwhile, this one included.
    """

    def __init__(
        self, indices: _Indices, given: int, over: Callable[[int], bool], at_once: int = 1
    ) -> None:
        self._indices = indices
        self._given = given
        self._over = over
        self._at_once = at_once

    def __iter__(self) -> Iterator[int]:
        for index in self._indices:
            yield ~index if self._over(self._given) else index
            self._given += self._at_once

    def __len__(self) -> int:
        return len(self._indices)


def end_mosaics(
    loader: Any, given: int, over: Callable[[int], bool], ranks: Ranks, seed: int
) -> None:
    """Let a loader of ultralytics draw its images through `MosaicsEnd`, before the first of them.

    Those of 8.4.145 draw a whole pass as they are made: they begin anew.

    Args:
        loader: It.
        given: Images that were given out before.
        over: Whether mosaics are over after so many.
        ranks: Who share the images of a pass.
        seed: The same for all of them.
    """
    batches = loader.batch_sampler.sampler
    indices = batches.sampler
    if ranks.count > 1:
        indices = SharedPass(loader.dataset, ranks.count, ranks.index, seed=seed)
    batches.sampler = MosaicsEnd(indices, given, over, ranks.count)
    loader.reset()


def read_description(data_yaml: Path) -> dict[str, Any]:
    """What of a `data.yaml` is needed here: class names and lists of image files.

    Nothing else in the file has any effect: ultralytics runs code and downloads files when asked
    to by such a file.

    Returns:
        `names` (dict), `nc`, `channels`, `path`, and `train` and `val` as lists of paths.

    Raises:
        InputError: it cannot be read, or names no images.
    """
    try:
        if data_yaml.stat().st_size > _MAX_YAML_BYTES:
            raise InputError(f"{data_yaml.name} is too large for a description of a data set.")
        content = yaml.safe_load(data_yaml.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"{data_yaml} cannot be read ({error}).", "Export it again.") from error
    names = content.get("names") if isinstance(content, dict) else None
    if isinstance(names, list):
        names = dict(enumerate(names))
    if not isinstance(names, dict) or sorted(names) != list(range(len(names))) or not names:
        raise InputError(f"{data_yaml} names no classes.", "Export it again.")
    root = data_yaml.resolve().parent
    return {
        "path": str(root),
        "names": {index: str(names[index]) for index in range(len(names))},
        "nc": len(names),
        "channels": 3,
        "train": _images(root, content.get("train")),
        "val": _images(root, content.get("val")),
    }


def _images(root: Path, entry: Any) -> list[Path]:
    if not isinstance(entry, str):
        return []
    folder = (root / entry).resolve()
    if not folder.is_relative_to(root) or not folder.is_dir():
        raise InputError(
            f"data.yaml asks for {entry!r}, which is no folder beside it.", "Export it again."
        )
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
