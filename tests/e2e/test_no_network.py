"""Nothing that this program does by itself asks the network: the interpreter's audit sees it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

WITNESS = """
import os, sys

def witness(event, arguments):
    if event == "socket.connect" or event == "socket.sendto":
        address = arguments[1]
        if isinstance(address, str) or address[0] in ("127.0.0.1", "::1"):
            return
    elif event not in ("socket.getaddrinfo", "socket.gethostbyname"):
        return
    elif arguments[0] in (None, "", "localhost", "127.0.0.1", "::1"):
        return
    with open(os.environ["WITNESS"], "a") as file:
        file.write(f"{event} {arguments[1:]} {arguments[0]!r} in {sys.argv}\\n")

sys.addaudithook(witness)
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A Python process that is watched, and so is all that it starts."""
    (folder / "sitecustomize.py").write_text(WITNESS)
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder),
        "WITNESS": str(folder / "seen.txt"),
        "DYNSEG_CACHE_DIR": str(folder / "cache"),
    }
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


@pytest.mark.slow
def test_i9_the_witness_sees_a_connection(tmp_path: Path) -> None:
    ask = "import socket\ntry:\n socket.create_connection(('192.0.2.1', 9), 0.1)\nexcept OSError: 0"
    run(tmp_path, "-c", ask)
    assert "192.0.2.1" in (tmp_path / "seen.txt").read_text()


@pytest.mark.slow
def test_i9_no_socket_connects_from_the_first_image_to_the_exported_model(tmp_path: Path) -> None:
    project, sample = tmp_path / "project", tmp_path / "sample"
    images, data = sample / "images", sample / "data.yaml"
    steps = (
        ("sample", str(sample), "--images", "4", "--seed", "1"),
        ("init", str(project), "--images", str(images), "--data", str(data)),
        ("import", str(project), str(sample), "--as-reviewed"),
        ("prelabel", str(project), "--scope", "all"),
        ("train", str(project), "--epochs", "1", "--imgsz", "64"),
        ("models", str(project), "convert", "starter", "--imgsz", "64", "--out", f"{tmp_path}/x"),
        ("doctor",),
    )  # fmt: skip
    for step in steps:
        done = run(tmp_path, "-m", "dynseg.cli", *step)
        assert done.returncode == 0 or step == ("doctor",), f"{step}: {done.stderr}"
    seen = tmp_path / "seen.txt"
    assert not seen.exists(), seen.read_text()
