"""The loop on real photos: half of the labels in, quick training, the rest pre-labelled."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.e2e.loop import dynseg, split_training_half

EVALUATE = """
import json, sys
from pathlib import Path
from dynseg.training.evaluate import evaluate
result = evaluate(Path(sys.argv[1]), Path(sys.argv[2]), image_size=320)
print(json.dumps({"map50": result.map50, "map50_95": result.map50_95}))
"""

READ_WITH_ULTRALYTICS = """
import json, logging, sys
from dynseg.model.sandbox import prepare_environment
prepare_environment()
from ultralytics.data.dataset import YOLODataset
from ultralytics.data.utils import check_det_dataset
from ultralytics.utils import LOGGER

class Count(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.texts = []
    def emit(self, record):
        self.texts.append(record.getMessage())

counter = Count()
LOGGER.addHandler(counter)
data = check_det_dataset(sys.argv[1], autodownload=False)
images = instances = 0
for split in ("train", "val"):
    dataset = YOLODataset(data[split], data=data, task="segment", augment=False)
    images += len(dataset.labels)
    instances += sum(len(label["segments"]) for label in dataset.labels)
print(json.dumps({"images": images, "instances": instances, "warnings": counter.texts}))
"""


def run_python(program: str, *arguments: str | Path) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


@pytest.mark.slow
@pytest.mark.timeout(1500)
@pytest.mark.parametrize(("name", "least_map50"), [("food-tray", 0.65), ("nuts", 0.0)])
def test_loop_through_the_command_line(
    shared_data: Path, tmp_path: Path, name: str, least_map50: float
) -> None:
    dataset = shared_data / name / "yolo"
    photos, half = split_training_half(dataset, tmp_path)
    project, out = tmp_path / "project", tmp_path / "export"

    dynseg("init", project, "--images", photos, "--data", dataset / "data.yaml")
    imported = dynseg("import", project, half, "--as-reviewed")
    assert imported["images"] == len(list((half / "images" / "train").iterdir()))
    trained = dynseg("train", project, "--preset", "quick")
    dynseg("models", project, "promote", trained["model"])
    labelled = dynseg("prelabel", project, "--scope", "unreviewed")
    assert labelled["failed"] in (0, [])
    assert labelled["instances"] > 0
    exported = dynseg("export", project, out)
    read = run_python(READ_WITH_ULTRALYTICS, out / "data.yaml")
    assert read["warnings"] == []
    assert (read["images"], read["instances"]) == (exported["images"], exported["instances"])

    listed = dynseg("models", project, "list")["models"]
    promoted = project / ".dynseg" / "models" / f"{trained['model']}.safetensors"
    assert any(model["name"] == trained["model"] for model in listed)
    after = run_python(EVALUATE, promoted, dataset / "data.yaml")
    print(f"\n{name}: {imported} {trained} untouched val: {after}")
    assert float(str(after["map50"])) >= least_map50
