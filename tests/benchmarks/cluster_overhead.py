"""What a Ray cluster costs: images a second of two nodes on this machine against one pipeline.

    uv run --extra cluster python tests/benchmarks/cluster_overhead.py [--images 2000] [--imgsz 640]

Both look at the same images (links to generated photographs) with the same backend on the same
cores; each node has half of them. The rate is that of the last three quarters of the images, when
every model is loaded; the start is told apart. Processor time an image says the same on a busy
machine. Memory is the largest resident size of the process that merges and of one with a model.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from dynseg.cluster.connection import connected
from dynseg.cluster.finding import ClusterFinder
from dynseg.inference.predictor import load, prepare_process
from dynseg.inference.runs.finder import Finder, LocalFinder
from dynseg.inference.runs.work import Work
from dynseg.inference.settings import PredictSettings
from dynseg.sample.generate import generate
from dynseg_resources import starter_model

SCENES = 24
WARM = 0.25
"""Share of the images after which the rate is taken."""
END = 0.9
"""Share until which processor time is taken: at the end the processes with the models are gone."""


@dataclass
class Peak:
    """Largest sizes seen, in MB.

    Attributes:
        merging: Of this process.
        model: Of the largest process that holds a model.
    """

    merging: float = 0.0
    model: float = 0.0
    history: list[float] = field(default_factory=list)

    def look(self) -> None:
        """Take one sample."""
        own = psutil.Process()
        self.merging = max(self.merging, own.memory_info().rss / 1e6)
        self.history.append(self.merging)
        for process in psutil.process_iter(["cmdline", "memory_info"]):
            words = " ".join(process.info["cmdline"] or [])
            if words.startswith("ray::") and process.info["memory_info"]:
                self.model = max(self.model, process.info["memory_info"].rss / 1e6)


@contextmanager
def watched() -> Iterator[Peak]:
    """Samples twice a second as long as the block lasts."""
    peak, done = Peak(), threading.Event()

    def watch() -> None:
        while not done.wait(0.5):
            peak.look()

    thread = threading.Thread(target=watch, name="memory")
    thread.start()
    yield peak
    done.set()
    thread.join()


def works(folder: Path, count: int) -> list[Work]:
    """`count` images, which are links to a few."""
    scenes = folder / "scenes"
    generate(scenes, images=SCENES, seed=4)
    sources = sorted((scenes / "images").rglob("*.jpg"))
    linked = folder / "images"
    linked.mkdir()
    found = []
    for number in range(count):
        path = linked / f"{number:06}.jpg"
        path.symlink_to(sources[number % len(sources)])
        found.append(Work(number, path.name, path))
    return found


def cpu_s() -> float:
    """Processor time that this process and everything of Ray on this machine have used."""
    total = 0.0
    for process in psutil.process_iter(["pid", "cmdline", "cpu_times"]):
        words = " ".join(process.info["cmdline"] or [])
        ours = process.info["pid"] == os.getpid() or words.startswith("ray::") or "/ray/" in words
        if ours and process.info["cpu_times"] is not None:
            total += process.info["cpu_times"].user + process.info["cpu_times"].system
    return total


def rate(finder: Finder, jobs: list[Work], settings: PredictSettings) -> dict[str, float]:
    """Seconds to the first answer; images a second and processor time an image once all is warm."""
    began = time.perf_counter()
    warm_at = int(len(jobs) * WARM)
    at: list[float] = []
    end_at = int(len(jobs) * END)
    used = own = 0.0
    for _ in finder.find(jobs, settings):
        at.append(time.perf_counter() - began)
        if len(at) == warm_at:
            used, own = cpu_s(), time.process_time()
        if len(at) == end_at:
            used, own = cpu_s() - used, time.process_time() - own
    warm = len(at) - warm_at
    return {
        "first_s": round(at[0], 1),
        "all_s": round(at[-1], 1),
        "images_per_s": round(warm / (at[-1] - at[warm_at - 1]), 1),
        "cpu_ms_per_image": round(used / (end_at - warm_at) * 1e3, 1),
        "own_cpu_ms_per_image": round(own / (end_at - warm_at) * 1e3, 2),
    }


@contextmanager
def two_nodes() -> Iterator[str]:
    """A cluster of two nodes, each with half of the cores of this machine; yields its address."""
    from ray.cluster_utils import Cluster

    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ |= {"RAY_worker_niceness": "0"}  # else Ray puts its work behind everything else
    half = max(1, (os.cpu_count() or 2) // 2)
    nodes: Any = Cluster(
        initialize_head=True, head_node_args={"num_cpus": half, "include_dashboard": False}
    )
    nodes.add_node(num_cpus=half)
    yield str(nodes.address)
    nodes.shutdown()


def main() -> int:
    """Measure both, print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--images", type=int, default=2000)
    parser.add_argument("--imgsz", type=int, default=640)
    chosen = parser.parse_args()
    prepare_process()
    settings = PredictSettings(image_size=chosen.imgsz, device="cpu", backend="openvino")
    with tempfile.TemporaryDirectory() as folder:
        jobs = works(Path(folder), chosen.images)
        found: dict[str, Any] = {"images": chosen.images, "image_size": chosen.imgsz}
        with watched() as peak:
            found["alone"] = rate(LocalFinder(load(starter_model(), settings)), jobs, settings)
        found["alone"]["merging_mb"] = round(peak.merging)
        with two_nodes() as address, connected(address) as cluster, watched() as peak:
            found["cluster"] = rate(ClusterFinder(cluster, starter_model()), jobs, settings)
        found["cluster"] |= {"merging_mb": round(peak.merging), "model_mb": round(peak.model)}
        found["cluster"]["merging_growth_mb"] = round(
            peak.history[-1] - peak.history[len(peak.history) // 2]
        )
    alone, there = found["alone"], found["cluster"]
    found["overhead"] = round(alone["images_per_s"] / there["images_per_s"] - 1, 3)
    found["overhead_cpu"] = round(there["cpu_ms_per_image"] / alone["cpu_ms_per_image"] - 1, 3)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
