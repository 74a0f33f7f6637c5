"""What the guide says about models for elsewhere is run as it stands there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dynseg.images.decode import decode
from dynseg.model.checkpoint import load
from dynseg.model.convert.graph import GraphShape
from dynseg.model.convert.write import convert
from dynseg_resources import resource, sample_project

SAVE = """
import numpy as np
np.savez("found.npz", names=[f[0] for f in found], scores=[f[1] for f in found],
         masks=[f[2] for f in found])
"""
STOCK = """
found = []
for box, mask in zip(result.boxes, result.masks.data):
    found.append((result.names[int(box.cls)], float(box.conf), mask.numpy() > 0.5))
"""


def programs(page: Path) -> list[str]:
    """The blocks of Python in a page, without their indent."""
    blocks: list[list[str]] = [[]]
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("    ") or (not line and blocks[-1]):
            blocks[-1].append(line[4:])
        elif blocks[-1]:
            blocks.append([])
    texts = ["\n".join(block) for block in blocks]
    return [text for text in texts if text.startswith(("import ", "from "))]


def run(program: str, folder: Path) -> dict[str, np.ndarray]:
    done = subprocess.run(
        [sys.executable, "-c", program + SAVE],
        cwd=folder,
        env={k: v for k, v in os.environ.items() if k != "ULTRALYTICS_SAFE_LOAD"}
        | {"YOLO_OFFLINE": "1"},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    with np.load(folder / "found.npz") as found:
        return {name: found[name] for name in found.files}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A converted model and a photo that is wider than high."""
    made = tmp_path_factory.mktemp("deploy")
    sample = sample_project()
    model, card = load(sample / "models" / "parts.safetensors")
    convert(model, card, "onnx", GraphShape(320, 320), made / "model.onnx")
    photo = decode(sorted((sample / "images").iterdir())[0]).pixels
    Image.fromarray(photo[: photo.shape[0] * 3 // 4]).save(made / "photo.jpg", quality=95)
    return made


def test_both_programs_of_the_guide_find_the_same(folder: Path) -> None:
    stock, alone = programs(resource("guide") / "training.md")
    theirs, ours = run(stock + STOCK, folder), run(alone, folder)
    assert len(ours["names"]) == len(theirs["names"]) > 3
    assert "washer" in theirs["names"]
    for name, score, mask in zip(*(ours[k] for k in ("names", "scores", "masks")), strict=True):
        same = theirs["names"] == name
        overlaps = [(mask & m).sum() / (mask | m).sum() for m in theirs["masks"][same]]
        at = int(np.argmax(overlaps))
        assert overlaps[at] > 0.93, name
        assert abs(theirs["scores"][same][at] - score) < 0.02


def test_the_guide_in_chinese_has_the_same_programs() -> None:
    english, chinese = (
        [[line.split("#")[0].rstrip() for line in text.splitlines()] for text in programs(page)]
        for page in (
            resource("guide") / "training.md",
            resource("guide") / "zh_CN" / "training.md",
        )
    )
    assert english == chinese
