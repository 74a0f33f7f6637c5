"""Packages are built once, and used from a folder whose name most programs forget about."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "packaging" / "build.py"
ODD_NAME = "Fotos für Zoë 样本 (1)"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def odd_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder with spaces, brackets and letters outside ASCII in its name."""
    folder = tmp_path_factory.mktemp("packages") / ODD_NAME
    folder.mkdir()
    return folder


@pytest.fixture
def run(odd_folder: Path) -> Run:
    """Runs a program from `/`, with no Python on the PATH and a home of its own."""

    def call(*command: object, timeout_s: float = 600) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": str(odd_folder / "no programs"),
            "HOME": str(odd_folder),
            "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "offscreen",
            "DYNSEG_CONFIG_DIR": str(odd_folder / "settings"),
        }
        done = subprocess.run(
            [str(word) for word in command],
            cwd="/",
            env=environment,
            capture_output=True,
            text=True,
            timeout=timeout_s,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        return done

    return call


def build(*arguments: str) -> None:
    """Call the build script as a person would."""
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not on the PATH")
    done = subprocess.run(
        [sys.executable, str(BUILD), *arguments],
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
