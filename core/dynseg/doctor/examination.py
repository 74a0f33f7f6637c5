"""All checks in order; one that fails does not hide the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from dynseg.doctor import device, extensions, places, project, software, window
from dynseg.doctor.finding import Finding


def examine(folder: Path | None = None) -> Iterator[Finding]:
    """Look at everything; each finding as soon as it is known.

    Args:
        folder: A project to look at, too.
    """
    checks: list[tuple[str, Callable[[], Iterator[Finding]]]] = [
        ("packages", software.check),
        ("device", device.check),
        ("window", window.check),
        ("disk", partial(places.disk, folder)),
        ("program", places.resources),
        ("settings folder", places.settings),
        ("plug-ins", extensions.check),
    ]
    if folder is not None:
        checks.append(("project", partial(project.check, folder)))
    for name, check in checks:
        try:
            yield from check()
        except Exception as error:  # noqa: BLE001 - a broken installation may raise anything
            kind = type(error).__name__
            yield Finding(name, "problem", f"could not be looked at ({kind}: {error})")
