"""Real data sets in, out and in again: nothing gets lost on the way."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from dynseg.annotation.document import ImageState
from dynseg.formats.incoming.importing import import_labels
from dynseg.formats.outgoing import staging
from dynseg.formats.outgoing.exporting import export
from dynseg.formats.outgoing.round_trip import round_trip
from dynseg.geometry import polygon
from dynseg.project.store import Store

SETS = {
    "nuts": (18, 165),
    "food-tray": (138, 758),
    "feral-cats": (120, 430),
    "coco128-seg": (128, 929),
    "kudzu-bugs": (40, 869),
    "urban-large": (7, 99),
}


@pytest.fixture(params=["nuts", "feral-cats", "coco128-seg"])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def store(name: str, shared_data: Path, tmp_path: Path) -> Iterator[Store]:
    with project(shared_data, name, tmp_path / "project") as store:
        yield store


def project(shared_data: Path, name: str, root: Path) -> Store:
    store = Store.create(root, images=shared_data / name / "yolo" / "images", recursive=True)
    done = import_labels(store, shared_data / name / "yolo", as_reviewed=True)
    assert (done.images, done.instances, done.refused) == (*SETS[name], ())
    return store


def test_counts_in_are_counts_out_and_shapes_come_back(
    name: str, store: Store, tmp_path: Path
) -> None:
    images, instances = SETS[name]
    done = export(store, tmp_path / "out")
    assert (done.images, done.instances, done.dropped) == (images, instances, ())
    assert staging.verify(tmp_path / "out") == []
    checked = round_trip(store, tmp_path / "out")
    assert (len(checked.shapes), checked.extra) == (instances, 0)
    assert checked.min_iou > 0.999
    assert all(row.state is ImageState.REVIEWED and row.split for row in store.images())
    with Store.create(
        tmp_path / "again", images=tmp_path / "out" / "images", recursive=True
    ) as again:
        back = import_labels(again, tmp_path / "out", as_reviewed=True)
        assert (back.images, back.instances, back.refused) == (images, instances, ())
        assert again.classes().names == store.classes().names
        ours = {Path(row.rel).stem: row for row in store.images()}
        overlaps = []
        for row in again.images():
            assert row.split == ours[Path(row.rel).stem].split
            before = store.annotation(ours[Path(row.rel).stem].id)
            after = again.annotation(row.id)
            assert [i.class_id for i in before.instances] == [i.class_id for i in after.instances]
            overlaps += [
                polygon.iou(a.parts, b.parts)
                for a, b in zip(before.instances, after.instances, strict=True)
            ]
    assert min(overlaps) > 0.999
    assert np.mean(overlaps) > 0.99999


def test_import_into_the_exported_project_adds_nothing(
    name: str, store: Store, tmp_path: Path
) -> None:
    export(store, tmp_path / "out")
    again = import_labels(store, tmp_path / "out", as_reviewed=True)
    assert (again.instances, again.run_id) == (0, None)
    assert again.duplicates == SETS[name][1]


def test_roboflow_layout(shared_data: Path, tmp_path: Path) -> None:
    source = tmp_path / "roboflow"
    for split, folder in (("train", "train"), ("val", "valid")):
        for kind in ("images", "labels"):
            own = shared_data / "feral-cats" / "yolo" / kind / split
            shutil.copytree(own, source / folder / kind)
    shutil.copy(shared_data / "feral-cats" / "original" / "data.yaml", source / "data.yaml")
    (source / "README.roboflow.txt").write_text("feral-cat-segmentation", encoding="utf-8")
    with Store.create(tmp_path / "project", images=source, recursive=True) as store:
        done = import_labels(store, source, as_reviewed=True)
        assert (done.images, done.instances) == (120, 430)
        assert [str(finding) for finding in done.refused] == [
            "data.yaml: `test` names a folder that is not there"
        ]
        assert [row.split for row in store.images()].count("val") == 24
        assert store.classes().names == ["cat"]


LOADER = """
import json, logging, sys
from dynseg.model import sandbox
sandbox.prepare_environment()
sandbox.forbid_network()
from ultralytics.cfg import get_cfg
from ultralytics.data.dataset import YOLODataset
from ultralytics.data.utils import check_det_dataset
from ultralytics.utils import LOGGER

said = []
class Ear(logging.Handler):
    def emit(self, record):
        said.append(record.getMessage())
LOGGER.setLevel(logging.WARNING)
LOGGER.addHandler(Ear(logging.WARNING))
data = check_det_dataset(sys.argv[1], autodownload=False)
counts = {}
for split in ("train", "val"):
    dataset = YOLODataset(img_path=data[split], data=data, task="segment", imgsz=320,
                          augment=False, hyp=get_cfg(), prefix="")
    for number in range(0, len(dataset), 10):
        dataset[number]
    counts[split] = [len(dataset), sum(len(label["segments"]) for label in dataset.labels)]
print(json.dumps({"counts": counts, "said": said, "names": list(data["names"].values())}))
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", [*SETS, "awkward"])
def test_ultralytics_loads_every_image_without_a_word(
    name: str, shared_data: Path, tmp_path: Path
) -> None:
    if name == "awkward":
        store = awkward_project(shared_data, tmp_path)
    else:
        store = project(shared_data, name, tmp_path / "project")
    with store:
        done = export(store, tmp_path / "out")
    before = (tmp_path / "out" / "manifest.json").read_bytes()
    ran = subprocess.run(
        [sys.executable, "-c", LOADER, str(tmp_path / "out" / "data.yaml")],
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert ran.returncode == 0, ran.stderr
    answer = json.loads(ran.stdout.splitlines()[-1])
    assert answer["said"] == []
    assert sum(images for images, _ in answer["counts"].values()) == done.images
    assert sum(instances for _, instances in answer["counts"].values()) == done.instances
    assert (tmp_path / "out" / "manifest.json").read_bytes() == before
    assert staging.verify(tmp_path / "out") == []  # it rewrites images that it does not like


def awkward_project(shared_data: Path, tmp_path: Path) -> Store:
    """Images of every odd kind, each with one shape of its own."""
    (tmp_path / "labels").mkdir()
    images = shared_data / "awkward"
    store = Store.create(tmp_path / "project", images=images, recursive=True, classes=["图像"])
    for row in store.images():
        text = "0 0.25 0.25 0.75 0.25 0.5 0.75\n"
        target = tmp_path / "labels" / Path(row.rel).with_suffix(".txt")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    done = import_labels(store, tmp_path / "labels", as_reviewed=True)
    assert done.instances > 25
    return store
