"""Pre-labelling a folder into a project, beside ultralytics and beside the limit of the machine."""

from __future__ import annotations

import itertools
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

import msgspec

from dynseg.benchmark import pictures
from dynseg.benchmark.agreement import Agreement, compare
from dynseg.benchmark.peer import Peer
from dynseg.benchmark.quality import Quality, measure
from dynseg.images.decode import decode
from dynseg.inference.predictor import Predictor, load, prepare_process
from dynseg.inference.runs.pipeline import prelabel_project
from dynseg.inference.settings import PredictSettings
from dynseg.machine import core_count
from dynseg.progress import Progress, Report
from dynseg.project.store import Store

P = ParamSpec("P")
T = TypeVar("T")

PICTURES = 12
TIMES = 12
"""Our runs see each picture so often: one pass would be over before the stages overlap."""

TIMES_ON_GPU = {"ours": 400, "dense_ours": 100, "proposed": 40, "dense_proposed": 20}
"""Enough that other processes decode and trace, and that starting them does not count."""

NOTHING = 1.0
"""A threshold that leaves no box: what remains is the network."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is measured with.

    Attributes:
        model: A `.safetensors` file.
        settings: How it runs.
        rounds: Everything is measured so often, in turn; medians count.
        real: Photographs to compare backends on; empty for the generated ones.
    """

    model: Path
    settings: PredictSettings
    rounds: int = 3
    real: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """What came out; all times are milliseconds an image, medians over the rounds.

    Attributes:
        backend, device: What ran our model.
        cores: How many there are.
        times: Wall time by name: `ours` in one look and with outlines as the network draws them,
            `proposed` as the model proposes in the program (its own looks, outlines at edges),
            `ultralytics`, `ultralytics_b8`, `ultralytics_openvino`, and the same with `dense_`
            before it.
        stages: Processor time of one image by stage; `forward` is wall time, all streams busy.
        dense_stages: The same of a dense image.
        objects: Mean objects an image, few and dense.
        sparse, dense: Polygons against masks.
        agreement: The backend against float32 torch; None when it is that.
    """

    backend: str
    device: str
    cores: int
    times: dict[str, float]
    stages: dict[str, float]
    dense_stages: dict[str, float]
    objects: tuple[float, float]
    sparse: Quality
    dense: Quality
    agreement: Agreement | None

    @property
    def limit_ms(self) -> float:
        """What an image takes when all stages share the cores and nothing else happens."""
        return self._limit_ms(self.stages)

    @property
    def dense_limit_ms(self) -> float:
        """The same for a dense image."""
        return self._limit_ms(self.dense_stages)

    def _limit_ms(self, stages: dict[str, float]) -> float:
        others = sum(cost for stage, cost in stages.items() if stage != "forward")
        if self.device != "cpu":
            return max(stages["forward"], others / self.cores)
        return stages["forward"] + others / self.cores


def run(setting: Setting, folder: Path, report: Report) -> Findings:
    """Measure everything.

    Args:
        setting: With what.
        folder: An empty folder to work in; it needs 100 MB.
        report: Told before each part.

    Raises:
        DynsegError: the model cannot be used, or a peer is missing.
    """
    prepare_process()
    told = itertools.count()
    total = 4 + setting.rounds

    def say(what: str) -> None:
        report(Progress(what, next(told), total))

    say("Drawing pictures")
    files = {
        kind: pictures.draw(folder / kind, PICTURES, dense=kind == "dense")
        for kind in ("sparse", "dense")
    }
    say("Loading models")
    predictor = load(setting.model, setting.settings)
    folders = _folders(files, folder, on_gpu=predictor.device.device != "cpu")
    ours = _Ours(predictor, setting.settings, folder)
    own = msgspec.structs.replace(setting.settings, image_size=0, edges="model")
    proposed = _Ours(predictor, own, folder)
    sample = predictor.prepare(decode(files["sparse"][0]).pixels, setting.settings)
    contests = _contests(setting, predictor, folder, files, sample.pixels.shape[:2])
    for name, many in folders.items():
        contests[name] = partial((ours if name.endswith("ours") else proposed).run, many)
    contests["forward"] = lambda: forward_ms(predictor, sample, setting.settings)
    times = _in_turn(contests, setting.rounds, say)
    say("Stages")
    forward = times.pop("forward")
    stages, dense_stages = (
        _stages(predictor, files[kind], setting.settings)
        | {"forward": forward, "save": ours.save(folders[name])}
        for kind, name in (("sparse", "ours"), ("dense", "dense_ours"))
    )
    say("Quality")
    images = {kind: [decode(path).pixels for path in paths[:6]] for kind, paths in files.items()}
    return Findings(
        predictor.backend,
        predictor.device.device,
        core_count(),
        times,
        stages,
        dense_stages,
        (ours.objects[folders["ours"]], ours.objects[folders["dense_ours"]]),
        measure(predictor, images["sparse"], setting.settings),
        measure(predictor, images["dense"], setting.settings),
        _agreement(predictor, setting, files["sparse"]),
    )


def _folders(files: dict[str, list[Path]], folder: Path, *, on_gpu: bool) -> dict[str, Path]:
    """The images of each of our contests."""
    return {
        name: pictures.repeated(
            files["dense" if name.startswith("dense") else "sparse"],
            folder / name,
            times if on_gpu else TIMES,
        )
        for name, times in TIMES_ON_GPU.items()
    }


def _in_turn(
    contests: Mapping[str, Callable[[], float]], rounds: int, say: Callable[[str], None]
) -> dict[str, float]:
    """The median of every contest, each run once a round, so that a busy machine hits all."""
    for contest in contests.values():  # compiles, and fills caches
        contest()
    took: dict[str, list[float]] = {name: [] for name in contests}
    for number in range(rounds):
        say(f"Round {number + 1}")
        for name, contest in contests.items():
            took[name].append(contest())
    return {name: statistics.median(values) for name, values in took.items()}


class _Ours:
    """A folder becomes a project and its images get saved polygons."""

    def __init__(self, predictor: Predictor, settings: PredictSettings, folder: Path) -> None:
        self._predictor = predictor
        self._settings = settings
        self._folder = folder
        self.objects: dict[Path, float] = {}

    def run(self, images: Path) -> float:
        """Milliseconds an image of a new project."""
        with self._project(images) as store:
            done = prelabel_project(store, self._predictor, settings=self._settings)
        self.objects[images] = done.instances / done.images
        return 1000 * done.seconds / done.images

    def save(self, images: Path) -> float:
        """Processor time an image of what remains when the model's answers are known."""
        with self._project(images) as store:
            done = prelabel_project(store, self._predictor, settings=self._settings)
            store.undo_run(str(done.run_id))
            cost, again = _processor_ms(
                prelabel_project,
                store,
                self._predictor,
                settings=self._settings,
                scope="unreviewed",
            )
        return cost / again.images

    def _project(self, images: Path) -> Store:
        root = Path(tempfile.mkdtemp(prefix="project", dir=self._folder))
        return Store.create(root, images=images, classes=tuple(self._predictor.card.classes))


def _contests(
    setting: Setting,
    predictor: Predictor,
    folder: Path,
    files: dict[str, list[Path]],
    input_size: tuple[int, ...],
) -> dict[str, Callable[[], float]]:
    device = predictor.device.device
    peer = Peer(setting.model, folder, setting.settings, device)
    contests: dict[str, Callable[[], float]] = {
        "ultralytics": lambda: peer.run(files["sparse"], 1),
        "ultralytics_b8": lambda: peer.run(files["sparse"], 8),
        "dense_ultralytics": lambda: peer.run(files["dense"], 8),
    }
    if device == "cpu":
        exported = Peer(setting.model, folder, setting.settings, device).exported(*input_size)
        contests["ultralytics_openvino"] = lambda: exported.run(files["sparse"], 1)
        contests["dense_ultralytics_openvino"] = lambda: exported.run(files["dense"], 1)
    return contests


def forward_ms(predictor: Predictor, sample: object, settings: PredictSettings) -> float:
    """Milliseconds an image of the network alone, as many under way as it likes."""
    count = 12 * predictor.in_flight
    group = [sample] * predictor.batch_size

    def once(_: int) -> None:
        predictor.forward(group, settings, confidence=NOTHING)  # type: ignore[arg-type]

    started_s = time.perf_counter()
    with ThreadPoolExecutor(predictor.in_flight) as pool:
        list(pool.map(once, range(count)))
    return 1000 * (time.perf_counter() - started_s) / (count * predictor.batch_size)


def _stages(
    predictor: Predictor, files: Iterable[Path], settings: PredictSettings
) -> dict[str, float]:
    """Processor time of one image of each stage around the network, milliseconds, medians."""
    costs: dict[str, list[float]] = {"decode": [], "letterbox": [], "boxes": [], "polygons": []}
    for path in (*files, *files):
        spent, decoded = _processor_ms(decode, path)
        costs["decode"].append(spent)
        spent, item = _processor_ms(predictor.prepare, decoded.pixels, settings)
        costs["letterbox"].append(spent)
        bare, _ = _processor_ms(predictor.forward, [item], settings, confidence=NOTHING)
        spent, raw = _processor_ms(predictor.forward, [item], settings)
        costs["boxes"].append(spent - bare)
        spent, _ = _processor_ms(predictor.polygons, raw[0], settings)
        costs["polygons"].append(spent)
    return {stage: max(0.0, statistics.median(values)) for stage, values in costs.items()}


def _processor_ms(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> tuple[float, T]:
    before_s = time.process_time()
    result = work(*args, **kwargs)
    return 1000 * (time.process_time() - before_s), result


def _agreement(predictor: Predictor, setting: Setting, generated: list[Path]) -> Agreement | None:
    if predictor.backend == "torch":
        return None
    settings = msgspec.structs.replace(setting.settings, device="cpu", backend="torch")
    reference = load(setting.model, settings)
    images = (decode(path).pixels for path in setting.real or generated)
    return compare(predictor, reference, images, setting.settings)
