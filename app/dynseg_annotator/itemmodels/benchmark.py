"""How long it takes until the images of a folder stand in the list; needs a QApplication."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

from dynseg.annotation.document import ImageState
from dynseg.images.index import scan
from dynseg.project.records import ImageRow
from dynseg_annotator.itemmodels.images import ImageListModel
from dynseg_annotator.itemmodels.row_list import RowList

VIEW = (280, 800)


def listed_ms(images: int, *, clock: Callable[[], float], rounds: int = 3) -> float:
    """Milliseconds from a folder on the disk to the first paint of its list; the median.

    The folder is read, put into natural order and shown; nothing is read of the files themselves,
    as the window does when it opens a folder.

    Args:
        images: Files in the folder.
        clock: Seconds.
        rounds: How often it is done.
    """
    with tempfile.TemporaryDirectory(prefix="dynseg-bench-") as name:
        folder = Path(name)
        for number in range(images):
            (folder / f"img_{number}.jpg").touch()
        times = [_list_once(folder, clock) for _ in range(rounds)]
    return round(statistics.median(times), 1)


def _list_once(folder: Path, clock: Callable[[], float]) -> float:
    start = clock()
    rows = [
        ImageRow(at, rel, 1920, 1080, ImageState.UNLABELLED, 0, 0, None, "", "", 1, 1)
        for at, rel in enumerate(scan(folder), start=1)
    ]
    model = ImageListModel()
    model.set_rows(rows)
    view = RowList()
    view.setModel(model)
    view.resize(*VIEW)
    view.grab()
    return (clock() - start) * 1e3
