"""Label images as segmentation programs write them: every number stays an object of its own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.unit.formats.conftest import MakeProject, box, label, shape
from tests.unit.images.tiff_files import page, write

from dynseg.formats import registry
from dynseg.formats.incoming.importing import import_labels
from dynseg.formats.incoming.json_file import UnusableError
from dynseg.formats.incoming.mask_file import read_mask
from dynseg.formats.outgoing.exporting import export

NUMBERS = np.arange(40 * 30).reshape(30, 40)
"""More than 8 bits hold."""


@pytest.mark.parametrize("kind", ["u2", "i2", "u4", "i4", "u8", "i8", "f4", "f8"])
@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("as_bytes", [False, True])
def test_numbers_of_every_kind_of_tiff(
    tmp_path: Path, kind: str, order: str, as_bytes: bool
) -> None:
    path = write(tmp_path / "a.tif", page(NUMBERS.astype(f"{order}{kind}")), order=order)
    source = path.read_bytes() if as_bytes else path
    assert (read_mask(source, width=40, height=30) == NUMBERS).all()


def test_what_is_no_number_is_background(tmp_path: Path) -> None:
    values = NUMBERS.astype(np.float32)
    values[3, 4], values[5, 6], values[7, 8] = np.nan, np.inf, 3e38
    found = read_mask(write(tmp_path / "a.tif", page(values)), width=40, height=30)
    assert found[3, 4] == found[5, 6] == 0
    assert found[7, 8] == 1 << 53
    assert found[29, 39] == 1199


def test_another_size_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", page(NUMBERS.astype(np.int64)))
    with pytest.raises(UnusableError, match="is a mask of 40 x 30 pixels, not 41 x 30"):
        read_mask(path, width=41, height=30)


def test_a_mask_that_ends_early_is_told(tmp_path: Path) -> None:
    tags, pieces = page(NUMBERS.astype(np.int64))
    path = write(tmp_path / "a.tif", (tags, [pieces[0][:99]]))
    with pytest.raises(UnusableError, match="cannot be read"):
        read_mask(path, width=40, height=30)


@pytest.mark.parametrize("folder", ["masks", "set/inner"])
def test_masks_further_in_keep_their_classes(
    make_project: MakeProject, tmp_path: Path, folder: str
) -> None:
    store = make_project(["a.png", "b.png"], classes=("cat", "dog"))
    for row, own in zip(store.images(), store.classes().labels, strict=True):
        label(store, row.rel, [shape(own.id, box(1, 1, 9, 9))])
    export(store, tmp_path / "s" / folder, form=registry.named("masks"))
    again = make_project(["a.png", "b.png"], classes=(), name="again")
    found = import_labels(again, tmp_path / "s" / folder.split("/")[0])
    assert (found.by_class, found.refused) == ({"cat": 1, "dog": 1}, ())
