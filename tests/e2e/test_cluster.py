"""The jobs of the engine on a Ray cluster of two machines, which are processes of this one (L7).

Needs the extra: `uv run --extra cluster pytest -n 0 -m slow tests/e2e/test_cluster.py`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.e2e.loop import dynseg, link_or_copy
from tests.e2e.ray_nodes import joined, machines
from tests.e2e.test_worker import Worker

from dynseg.annotation.document import Instance
from dynseg.cluster import finding
from dynseg.cluster.connection import connected
from dynseg.cluster.finding import ClusterFinder
from dynseg.inference.runs.pipeline import prelabel_project
from dynseg.inference.settings import PredictSettings
from dynseg.processes import NETWORK
from dynseg.project.store import Store
from dynseg.sample.generate import generate
from dynseg.worker.protocol import Finished, Prelabel
from dynseg_resources import starter_model

pytest.importorskip("ray", reason="the extra cluster is missing")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1800),
    # Warnings of Ray and of what it brings are not ours, and shutting it down leaves sockets.
    pytest.mark.filterwarnings("ignore"),
]

MANY = 2000
SCENES = 24
FAST = PredictSettings(image_size=160, device="cpu", backend="openvino")


@pytest.fixture
def cluster() -> Iterator[Any]:
    """Two nodes of one core."""
    with machines(1, 1) as made:
        yield made


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Photographs of generated scenes."""
    folder = tmp_path_factory.mktemp("scenes")
    generate(folder, images=SCENES, seed=4)
    return folder / "images"


@pytest.fixture
def worker() -> Iterator[Worker]:
    """An engine worker as the window starts it for a cluster."""
    made = Worker(NETWORK)
    yield made
    made.close()


def many(scenes: Path, folder: Path, count: int) -> Path:
    """A folder of `count` images, which are links to the scenes."""
    sources = sorted(scenes.rglob("*.jpg"))
    for number in range(count):
        link_or_copy(sources[number % len(sources)], folder / f"{number:05}.jpg")
    return folder


def polygons(item: Instance) -> list[Any]:
    """All rings of a shape as numbers."""
    return [ring.tolist() for part in item.parts for ring in part.rings]


def shapes(store: Store) -> dict[str, list[Any]]:
    """Class, score and polygons of all proposals by image."""
    found = {}
    for row in store.images():
        # Shapes of one score stand in the order of their ids, which differ from image to image.
        found[row.rel] = sorted(
            (item.class_id, item.score or 0.0, [r.tolist() for p in item.parts for r in p.rings])
            for item in store.annotation(row.id).instances
        )
    return found


def test_l7_a_project_gets_the_same_polygons_from_a_cluster(
    cluster: Any, scenes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "WAVE", SCENES // 2 + 1)  # two of them
    images = many(scenes, tmp_path / "images", SCENES)
    model = starter_model()
    with Store.create(tmp_path / "here", images=images, classes=["part"]) as here:
        prelabel_project(here, model, settings=FAST)
        expected = shapes(here)
    with Store.create(tmp_path / "there", images=images, classes=["part"]) as there:
        with connected(cluster.address) as found:
            assert (found.nodes, found.actors, found.cores) == (2, 2, 1)
            done = prelabel_project(there, ClusterFinder(found, model), settings=FAST)
        assert done.images == SCENES
        assert done.backend.startswith("ray, openvino")
        assert shapes(there) == expected
        assert any(expected.values())


def test_l7_a_machine_that_dies_half_way_loses_and_doubles_nothing(
    cluster: Any, scenes: Path, tmp_path: Path
) -> None:
    images = many(scenes, tmp_path / "images", MANY)
    doomed = joined(cluster, 1)
    with Store.create(tmp_path / "project", images=images, classes=["part"]) as store:
        with connected(cluster.address) as found:
            assert found.actors == 3
            finder = ClusterFinder(found, starter_model())
            seen = itertools.count(1)

            def kill_half_way() -> None:
                if next(seen) == MANY // 4:
                    cluster.remove_node(doomed, allow_graceful=False)

            done = prelabel_project(store, finder, settings=FAST, between=kill_half_way)
        assert (done.images, done.failed, done.skipped) == (MANY, [], 0)
        by_image = shapes(store)
        # Links to one photograph have the same polygons, so each image is a witness of the others.
        for start in range(SCENES):
            names = [f"{number:05}.jpg" for number in range(start, MANY, SCENES)]
            assert all(by_image[name] == by_image[names[0]] for name in names)
        assert sum(map(len, by_image.values())) == done.instances > 0


def test_l7_a_batch_of_the_window_runs_on_the_cluster(
    cluster: Any, worker: Worker, scenes: Path, tmp_path: Path
) -> None:
    images = many(scenes, tmp_path / "images", SCENES)
    with Store.create(tmp_path / "project", images=images, classes=["part"]) as store:
        asked = Prelabel(
            job=1, project=str(store.root), token=store.lock_token, settings=FAST,
            cluster=cluster.address,
        )  # fmt: skip
        worker.send(asked)
        done = worker.until(1)[-1]
        assert isinstance(done, Finished), done
        assert done.result["images"] == SCENES
        assert done.result["backend"].startswith("ray, openvino")
        assert any(shapes(store).values())


def test_l7_an_object_store_is_labelled_and_damaged_images_are_named(
    cluster: Any, scenes: Path, tmp_path: Path
) -> None:
    images = many(scenes, tmp_path / "bucket" / "shelf", 6)
    (images / "broken.jpg").write_bytes(b"no image")
    done = dynseg(
        "prelabel", f"file://{tmp_path / 'bucket'}", "--ray", cluster.address,
        "--out", tmp_path / "labels", "--imgsz", "160", "--backend", "openvino",
    )  # fmt: skip
    assert (done["images"], done["failed"]) == (6, 1)
    assert done["failures"][0]["image"] == "shelf/broken.jpg"
    assert len(list((tmp_path / "labels" / "shelf").glob("*.txt"))) == 6


def test_l7_no_cluster_at_the_address_is_said(tmp_path: Path, scenes: Path) -> None:
    dynseg("prelabel", scenes, "--ray", "127.0.0.1:1", "--out", tmp_path / "labels", expect=1)
