"""What `dynseg train --preset quick` makes of a few photos, beside stock ultralytics.

    python -m tests.benchmarks.quick_against_stock --data ../shared/data --set food-tray --images 30

Both begin with the weights of the embedded starter and get the same photos. Ours is the command
that a user types, from a project with reviewed images, kept within `quick`'s five minutes. Stock is
`YOLO(...).train(...)` with its own settings, for the seconds that ours took by the clock, start of
the process included in both; it gets the starter with a plain head (the mean of its experts, the
same function while the routers are even), and spends nothing on validation. Each is measured by
stock `YOLO.val` on the photos of the val part, at the size it was trained for.

By the clock: run it while nothing else runs.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml
from tests.benchmarks.accuracy.compare import made_plain
from tests.e2e.loop import dynseg, link_or_copy

from dynseg.model.checkpoint import load
from dynseg.model.convert.checkpoint import write_checkpoint
from dynseg_resources import starter_model

SIZE = 320
"""Longer side of the images that both are trained with, pixels: that of `quick`."""

STOCK = """
import sys, time
from ultralytics import YOLO
start, data, size, seconds, folder, began = sys.argv[1:]
model = YOLO(start)
left_h = (float(seconds) - (time.time() - float(began))) / 3600
model.train(data=data, imgsz=int(size), time=left_h, device="cpu", val=False, plots=False,
            project=folder, name="stock", exist_ok=True, verbose=False)
"""

VALIDATE = """
import json, sys
from ultralytics import YOLO
model, data, size = sys.argv[1:]
found = YOLO(model).val(data=data, imgsz=int(size), device="cpu", plots=False, verbose=False).seg
print(json.dumps({"map50": float(found.map50), "map50_95": float(found.map)}))
"""


def chosen_photos(dataset: Path, work: Path, *, images: int, draw: int) -> Path:
    """A data set of so many photos of the training part, drawn at random; its `data.yaml`."""
    photos = sorted((dataset / "images" / "train").iterdir())
    for photo in random.Random(draw).sample(photos, min(images, len(photos))):
        link_or_copy(photo, work / "images" / "train" / photo.name)
        label = dataset / "labels" / "train" / f"{photo.stem}.txt"
        link_or_copy(label, work / "labels" / "train" / label.name)
    names = yaml.safe_load((dataset / "data.yaml").read_text(encoding="utf-8"))["names"]
    described = work / "data.yaml"
    text = yaml.safe_dump({"train": "images/train", "val": "images/train", "names": names})
    described.write_text(text, encoding="utf-8")
    return described


def run_python(program: str, *arguments: str | float | Path) -> str:
    """The last line that a program prints."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    env = {**os.environ, "YOLO_OFFLINE": "1"}
    env.pop("ULTRALYTICS_SAFE_LOAD", None)  # as in somebody else's program: without our switches
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    return (done.stdout.strip().splitlines() or [""])[-1]


def ours(described: Path, work: Path) -> tuple[Path, float]:
    """Train as a user does; the model as a `.pt` file, and seconds by the clock."""
    project = work / "project"
    photos = described.parent / "images" / "train"
    dynseg("init", project, "--images", photos, "--data", described)
    dynseg("import", project, described.parent, "--as-reviewed")
    began_s = time.monotonic()
    trained = dynseg("train", project, "--preset", "quick", "--imgsz", str(SIZE))
    seconds = time.monotonic() - began_s
    model, card = load(project / ".dynseg" / "models" / f"{trained['model']}.safetensors")
    path = work / "ours.pt"
    write_checkpoint(model, card, path)
    return path, seconds


def stock(described: Path, work: Path, seconds: float) -> tuple[Path, float]:
    """Train with ultralytics' own trainer for so long; its last weights, and seconds."""
    start = work / "starter-plain.pt"
    write_checkpoint(*made_plain(*load(starter_model())), start)
    began_s = time.monotonic()
    run_python(STOCK, start, described, SIZE, seconds, work, time.time())
    return work / "stock" / "weights" / "last.pt", time.monotonic() - began_s


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--set", default="food-tray")
    parser.add_argument("--images", type=int, default=30)
    parser.add_argument("--draw", type=int, default=0)
    chosen = parser.parse_args()
    dataset = (chosen.data / chosen.set / "yolo").resolve()
    row: dict[str, Any] = {"set": chosen.set, "images": chosen.images, "draw": chosen.draw}
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        described = chosen_photos(dataset, work / "few", images=chosen.images, draw=chosen.draw)
        weights, seconds = ours(described, work)
        others, others_s = stock(described, work, seconds)
        for name, path, took_s in (("ours", weights, seconds), ("stock", others, others_s)):
            found = json.loads(run_python(VALIDATE, path, dataset / "data.yaml", SIZE))
            row[name] = {"seconds": round(took_s, 1), **found}
    print(json.dumps(row))


if __name__ == "__main__":
    main()
