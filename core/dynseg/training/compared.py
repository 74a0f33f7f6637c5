"""Which pictures of changes a run has drawn. Free of torch."""

from __future__ import annotations

from pathlib import Path

import msgspec

FOLDER = "changes"
LIST = "changes.json"


class Compared(msgspec.Struct, frozen=True):
    """One validation image on which two models differ.

    Attributes:
        file: The picture, in the folder of pictures of the run.
        image: Name of the image in the snapshot.
        before, after: Panoptic quality of the current and of the new model, 0 to 1.
        part: The picture shows a part of the image, enlarged.
        colours: Name and colour (`#rrggbb`) of each class that is outlined in the picture; the name
            is empty for objects of no class.
        agnostic: The figures are of outlines alone, since one of the models knows no classes.
    """

    file: str
    image: str
    before: float
    after: float
    part: bool = False
    colours: tuple[tuple[str, str], ...] = ()
    agnostic: bool = False


def changes_of(run: Path) -> list[tuple[Compared, Path]] | None:
    """What a run has drawn, with the pictures; None when it did not come to that.

    Args:
        run: Its folder.
    """
    folder = run / FOLDER
    try:
        found = msgspec.json.decode((folder / LIST).read_bytes(), type=list[Compared])
    except (OSError, msgspec.MsgspecError):
        return None
    pictures = [(entry, folder / Path(entry.file).name) for entry in found]
    return [(entry, path) for entry, path in pictures if path.is_file()]
