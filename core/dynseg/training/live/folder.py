"""Where live learning puts its weights. Free of torch.

Every version is a file of its own, so that a reader finds weights and card that belong together;
a few older ones stay for those who are still reading. A window and a command may both learn from a
project: the number of the process stands in the name.
"""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from pathlib import Path

from dynseg.model.card import card_path
from dynseg.project.layout import ProjectLayout

KEPT = 6
STALE_S = 60.0
"""What was begun longer ago is nobody's any more."""
_NAME = re.compile(r"live-(\d{6})(?:-\d+)?\.safetensors")


class LiveFolder:
    """The folder of a project's live weights.

    Args:
        layout: Of the project.
    """

    def __init__(self, layout: ProjectLayout) -> None:
        self.path = layout.folder / "live"

    def versions(self) -> list[Path]:
        """All weights files with a card, oldest first."""
        found = [p for p in self.path.glob("live-*.safetensors") if _NAME.fullmatch(p.name)]
        return sorted(path for path in found if card_path(path).is_file())

    def newest(self) -> Path | None:
        """The newest weights, None when there are none."""
        versions = self.versions()
        return versions[-1] if versions else None

    def next(self) -> Path:
        """Where the next version goes.

        Raises:
            OSError: the folder cannot be made.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        numbers = [
            int(match.group(1))
            for path in self.path.glob("live-*.safetensors")
            if (match := _NAME.fullmatch(path.name))
        ]
        number = max(numbers, default=0) + 1
        return self.path / f"live-{number:06d}-{os.getpid()}.safetensors"

    def forget_old(self, *, kept: int = KEPT) -> None:
        """Remove old versions, and what a killed process left half written."""
        for path in self.versions()[:-kept] if kept else self.versions():
            with suppress(OSError):
                path.unlink(missing_ok=True)
                card_path(path).unlink(missing_ok=True)
        for path in self.path.glob(".staging-*"):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > STALE_S:
                    path.unlink()
