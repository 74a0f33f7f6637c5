"""Every failure that a caller may expect, in one tree.

DynsegError                     anything below; has a message and a hint
├── InputError                  something the user gave us cannot be used
│   ├── ImageError              one image file: missing, broken, too large, not an image
│   └── ModelFileError          a model file: absent, not one of ours, damaged, of another head
├── ProjectError                the project folder or its database
│   ├── DamagedError            what is stored of one image cannot be read; others are not affected
│   ├── ProjectClosedError      it was closed while somebody worked on it
│   ├── ProjectLockedError      somebody else has it open for writing
│   ├── ProjectTooNewError      written by a newer version of this program
│   ├── ReadOnlyError           opened read-only, or the folder cannot be written
│   ├── StaleRevisionError      the image has changed since the caller read it
│   ├── UnknownImageError       the project has no such image, or not any more
│   └── StoreWriteError         the database could not be written (disk full, I/O error)
│       ├── ProjectAwayError    its drive is not there; nothing on it is lost
│       └── ProjectLostError    its file was moved or deleted while it was open
├── EngineError                 the model could not run
└── TrainingError               a training run cannot start or has failed
"""

from __future__ import annotations

import re
from pathlib import Path


class DynsegError(Exception):
    """An expected failure: says what happened and what the user can do.

    Args:
        message: What happened and what it means for the labels, one sentence.
        hint: What to do next, one sentence; empty when there is nothing to do.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InputError(DynsegError):
    """Something the user gave us cannot be used."""


class ImageError(InputError):
    """An image file that cannot be read.

    Args:
        path: The file.
        reason: Why, as a clause without the file name: ``"is truncated"``.
        hint: What to do next.
    """

    def __init__(self, path: Path | str, reason: str, hint: str = "") -> None:
        super().__init__(f"{Path(path).name}: {reason}", hint)
        self.path = Path(path)
        self.reason = reason


class ModelFileError(InputError):
    """A model file that is not one of ours, is damaged or has another head."""


class ProjectError(DynsegError):
    """The project folder or its database."""


class DamagedError(ProjectError):
    """What is stored of one image cannot be read; the other images are not affected.

    Args:
        rel: Path of the image.
        what: What cannot be read, a clause: ``"at least one of its shapes"``.
    """

    def __init__(self, rel: str, what: str) -> None:
        super().__init__(
            f"{rel}: {what} cannot be read, because the project's database is damaged there.",
            "Other images are not affected. Run: dynseg check PROJECT, or restore a backup.",
        )
        self.reason = f"{what} cannot be read: the project's database is damaged there"


class ProjectClosedError(ProjectError):
    """The project was closed while somebody read from it or was about to write."""

    def __init__(self) -> None:
        super().__init__(
            "The project was closed meanwhile, so nothing was changed.", "Open it again."
        )


class ProjectLockedError(ProjectError):
    """Somebody else has the project open for writing."""


class ProjectTooNewError(ProjectError):
    """The project was written by a newer version of this program."""


class ReadOnlyError(ProjectError):
    """The project is open read-only, or its folder cannot be written."""


class StaleRevisionError(ProjectError):
    """The image has changed since the caller read it; nothing was written."""


class UnknownImageError(ProjectError):
    """The project has no such image, or not any more; nothing was written."""

    reason = "was taken out of the project meanwhile"

    def __init__(self, image_id: int) -> None:
        super().__init__(f"The project has no image with number {image_id}.")


class StoreWriteError(ProjectError):
    """The database could not be written; the edit is still in memory."""


class ProjectAwayError(StoreWriteError):
    """The drive or network folder of an open project is not there; what is on it is not lost."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The drive or network folder of {folder} is not there, so the last change is not "
            "saved.",
            "Connect it again, then retry: what was saved is safe there, and the change is kept "
            "in memory until then.",
        )


class ProjectLostError(StoreWriteError):
    """The database was moved or deleted while it was open; its content is there until then."""


class EngineError(DynsegError):
    """The model could not run; no label was changed."""


class TrainingError(DynsegError):
    """A training run cannot start or has failed; the active model is unchanged."""


_NO_MEMORY = re.compile(
    "out of memory|allocate memory|not enough memory|memory allocation|bad.alloc|alloc_failed",
    re.IGNORECASE,
)


def is_out_of_memory(error: BaseException) -> bool:
    """Whether memory was short. torch, OpenVINO and ONNX Runtime say so in words of their own.

    The word alone does not mean it: after "an illegal memory access" of a GPU nothing is gained by
    asking for less.
    """
    return isinstance(error, MemoryError) or _NO_MEMORY.search(str(error)) is not None
