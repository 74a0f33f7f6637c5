"""Where a project keeps what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePath

FOLDER_NAME = ".dynseg"
DATABASE_NAME = "project.db"


@dataclass(frozen=True, slots=True)
class ProjectLayout:
    """Paths of a project.

    Attributes:
        root: The folder that the user knows as the project; it holds `.dynseg`.
    """

    root: Path

    @property
    def folder(self) -> Path:
        """Everything of ours is in here."""
        return self.root / FOLDER_NAME

    @property
    def database(self) -> Path:
        """The SQLite file with every label."""
        return self.folder / DATABASE_NAME

    @property
    def models(self) -> Path:
        """Models that were imported or trained."""
        return self.folder / "models"

    @property
    def runs(self) -> Path:
        """One folder for each training run."""
        return self.folder / "runs"

    @property
    def thumbnails(self) -> Path:
        """Small pictures that can be made again at any time."""
        return self.folder / "thumbnails"

    @property
    def backups(self) -> Path:
        """Verified copies of the database."""
        return self.folder / "backups"

    @property
    def lock(self) -> Path:
        """Names who has the project open for writing."""
        return self.folder / "lock"


def find_project(path: Path) -> Path | None:
    """The root of the project that `path` belongs to, or None.

    Args:
        path: The project folder, its `.dynseg` folder, the database, the folder of images that
            holds `.dynseg`, or an image in it.
    """
    path = path.absolute()
    candidates = [path]
    if path.name == FOLDER_NAME:
        candidates.append(path.parent)
    elif path.parent.name == FOLDER_NAME:
        candidates.append(path.parent.parent)
    elif path.is_file():
        candidates.append(path.parent)
    for root in candidates:
        if ProjectLayout(root).database.is_file():
            return root
    return None


def called(folder: PurePath) -> str:
    """What a folder is called, fit for a file name: the root of a disk or a share has no name."""
    drive = folder.drive.replace("\\", "/").rstrip("/:")
    return folder.name or drive.rpartition("/")[2] or "images"
