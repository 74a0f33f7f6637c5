"""The main job through the command line, as a person at a terminal would do it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml


def dynseg(*arguments: str | Path, timeout_s: float = 900, expect: int = 0) -> dict[str, Any]:
    """Run `dynseg ... --json` and return the object of its last line."""
    command = [sys.executable, "-m", "dynseg.cli.main", *map(str, arguments), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=timeout_s, check=False)
    assert done.returncode == expect, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    assert "Traceback" not in done.stderr, done.stderr
    lines = done.stdout.strip().splitlines()
    return dict(json.loads(lines[-1])) if lines else {}


def link_or_copy(source: Path, target: Path) -> None:
    """Give `target` the bytes of `source` without using space where that is possible."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def split_training_half(dataset: Path, work: Path) -> tuple[Path, Path]:
    """Put all training images into one folder and the labels of every second one into another.

    Args:
        dataset: A data set in Ultralytics' layout with a `data.yaml`.
        work: Where to write.

    Returns:
        The folder of all training images; a data set that labels half of them.
    """
    images = sorted((dataset / "images" / "train").iterdir())
    everything, half = work / "photos", work / "half"
    for number, image in enumerate(images):
        link_or_copy(image, everything / image.name)
        if number % 2 == 0:
            link_or_copy(image, half / "images" / "train" / image.name)
            label = dataset / "labels" / "train" / f"{image.stem}.txt"
            link_or_copy(label, half / "labels" / "train" / label.name)
    names = yaml.safe_load((dataset / "data.yaml").read_text(encoding="utf-8"))["names"]
    text = yaml.safe_dump({"train": "images/train", "val": "images/train", "names": names})
    (half / "data.yaml").write_text(text, encoding="utf-8")
    return everything, half
