"""Names of folders."""

from __future__ import annotations

from pathlib import PurePath, PurePosixPath, PureWindowsPath

import pytest

from dynseg.project.layout import called


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        (PurePosixPath("/home/me/photos"), "photos"),
        (PurePosixPath("/"), "images"),
        (PureWindowsPath("E:\\"), "E"),
        (PureWindowsPath("E:\\DCIM"), "DCIM"),
        (PureWindowsPath("\\\\nas\\photos\\"), "photos"),
        (PureWindowsPath("\\\\nas\\photos\\2024"), "2024"),
    ],
)
def test_also_a_disk_and_a_share_are_called_something(folder: PurePath, name: str) -> None:
    assert called(folder) == name
