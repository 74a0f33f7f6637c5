"""Real data sets, exported, are what the programs that read them expect, with nothing rejected."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from dynseg.formats import registry
from dynseg.formats.format import Format
from dynseg.formats.incoming.importing import import_labels
from dynseg.formats.outgoing import staging
from dynseg.formats.outgoing.exporting import export
from dynseg.formats.outgoing.round_trip import round_trip
from dynseg.project.store import Store

SETS = (
    "nuts", "food-tray", "feral-cats", "coco128-seg", "kudzu-bugs", "urban-large", "nuclei-fluo",
)  # fmt: skip
FORMATS = registry.writable()
LABELME = "DYNSEG_LABELME_PYTHON"
"""Names a Python that has labelme; it is no dependency, and brings another Qt."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture(scope="module", params=SETS)
def store(
    request: pytest.FixtureRequest, shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    folder = shared_data / request.param / "yolo"
    root = tmp_path_factory.mktemp(request.param)
    with Store.create(root, images=folder / "images", recursive=True) as store:
        done = import_labels(store, folder, as_reviewed=True)
        assert done.instances > 0
        yield store


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_shapes_come_back_and_bytes_are_the_same(
    form: Format, store: Store, tmp_path: Path
) -> None:
    done = export(store, tmp_path / "one", form=form)
    checked = round_trip(store, tmp_path / "one", form)
    export(store, tmp_path / "two", form=form, link="sym")
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    assert checked.extra == 0
    kept = [match.iou for match in checked.shapes]
    whole = sum(iou >= 0.999 for iou in kept)
    print(
        f"{store.root.name} {form.name}: {done.images} images, {len(kept)} shapes, "
        f"{whole} of IoU >= 0.999, {len(done.dropped)} left out, {len(done.repaired)} cut or mended"
    )
    if form.holds.overlap:
        assert whole == len(kept)
    else:  # what lies under others is cut, and said
        assert len(kept) - whole <= len(done.dropped) + len(done.repaired)


def test_coco_evaluates_to_one_against_itself(store: Store, tmp_path: Path) -> None:
    done = export(store, tmp_path / "out", form=registry.named("coco"))
    total = 0
    for path in sorted((tmp_path / "out" / "annotations").glob("*.json")):
        with contextlib.redirect_stdout(io.StringIO()):
            truth = COCO(str(path))
            found = truth.loadRes([{**a, "score": 1.0} for a in truth.dataset["annotations"]])
            evaluation = COCOeval(truth, found, "segm")
            evaluation.params.maxDets = [1, 10, 1000]
            evaluation.evaluate()
            evaluation.accumulate()
        precision = evaluation.eval["precision"][:, :, :, 0, 2]
        total += len(truth.dataset["annotations"])
        assert precision[precision > -1].min() == pytest.approx(1.0)
    assert total == done.instances


TRAINER = """
import json, sys
from pathlib import Path
from dynseg.model import sandbox
sandbox.prepare_environment()
sandbox.forbid_network()
import numpy as np
from ultralytics import YOLO

data, out = sys.argv[1:]
YOLO("yolo11n-seg.yaml").train(
    data=data, epochs=1, imgsz=32, batch=16, workers=0, device="cpu", plots=False, val=False,
    project=out, name="run", verbose=False,
)
told = []
for cache in sorted(Path(data).parent.rglob("*.cache")):
    found = np.load(cache, allow_pickle=True).item()
    with_labels, missing, empty, corrupt, images = found["results"]
    told.append({"images": images, "with_labels": with_labels, "missing": missing, "empty": empty,
                 "corrupt": corrupt, "said": found["msgs"]})
print(json.dumps(told))
"""


def test_ultralytics_trains_and_rejects_no_image(store: Store, tmp_path: Path) -> None:
    done = export(store, tmp_path / "out")
    ran = subprocess.run(
        [sys.executable, "-c", TRAINER, str(tmp_path / "out" / "data.yaml"), str(tmp_path / "run")],
        capture_output=True,
        text=True,
        check=False,
        timeout=800,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    told = json.loads(ran.stdout.splitlines()[-1])
    print(store.root.name, told)
    assert [(part["corrupt"], part["missing"], part["said"]) for part in told] == [
        (0, 0, []) for _ in done.by_split
    ]
    assert sum(part["images"] for part in told) == done.images
    assert list((tmp_path / "run").rglob("last.pt"))
    for path in (tmp_path / "out").rglob("*.cache"):
        path.unlink()
    assert staging.verify(tmp_path / "out") == []


READER = """
import json, sys
from pathlib import Path
from labelme._label_file import LabelFile, LabelFileError
counts = {}
for path in sorted(Path(sys.argv[1]).rglob("*.json")):
    if path.name != "manifest.json":
        found = LabelFile(str(path))
        assert found.imageData
        counts[path.name] = len(found.shapes)
print(json.dumps(counts))
"""


def test_labelme_opens_every_file(store: Store, tmp_path: Path) -> None:
    python = os.environ.get(LABELME)
    if not python:
        pytest.skip(f"{LABELME} names no Python that has labelme")
    done = export(store, tmp_path / "out", form=registry.named("labelme"))
    ran = subprocess.run(
        [python, "-c", READER, str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    counts = json.loads(ran.stdout.splitlines()[-1])
    assert len(counts) == done.images
    assert sum(counts.values()) >= done.instances  # parts are shapes of one group there
