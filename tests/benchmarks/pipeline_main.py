"""What a run costs the process that has the model, when the model costs nothing.

    python tests/benchmarks/pipeline_main.py --photos ../shared/data/food-tray/yolo/images \
        --dense ../shared/data/nuclei-fluo/yolo/images [--images 400] [--case one two edges named]

On a machine with a fast GPU and many cores that process is the limit: it alone talks to the GPU and
to the project. The real pipeline runs here over links to real photos, with the processes that
decode and trace, but a network that answers at once with what it was recorded to say. Printed is
one JSON object a case: processor milliseconds an image of this process, all its threads and by
thread, over the last three quarters of the images, and a digest of what stands in the project
afterwards, to be compared between two states of the program. With `--no-hands` threads do all, as
on a computer with two cores; with `--profile` the functions of the main thread follow.
"""

from __future__ import annotations

import argparse
import ast
import cProfile
import hashlib
import json
import os
import pickle
import pstats
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import torch
from numpy.typing import NDArray

from dynseg.annotation import packing
from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Instance
from dynseg.geometry import letterbox
from dynseg.geometry.polygon import area
from dynseg.inference.backends.backend import Shared
from dynseg.inference.backends.device import DeviceReport
from dynseg.inference.backends.torch_backend import TorchBackend
from dynseg.inference.outlines.polygons import Candidates
from dynseg.inference.postprocess import Selection
from dynseg.inference.predictor import Predictor, prepare_process
from dynseg.inference.runs import pools
from dynseg.inference.runs.hands import pool
from dynseg.inference.runs.pipeline import prelabel_project
from dynseg.inference.settings import PredictSettings
from dynseg.model.build import build
from dynseg.model.card import ModelCard
from dynseg.progress import Progress
from dynseg.project.store import Store
from dynseg_resources import starter_model

CASES = {
    "one": PredictSettings(image_size=640, edges="off"),
    "two": PredictSettings(edges="off"),
    "edges": PredictSettings(),
    "named": PredictSettings(),
    "dense": PredictSettings(image_size=640, edges="off"),
}
PHOTOS = 48
"""Different photos; the others are links to them."""
REVIEWED = 16
"""Images whose shapes give names to others in the case `named`."""
WARM = 0.25
"""Share of the images after which time is taken: starting costs the same for a million."""
BATCH, IN_FLIGHT = 16, 3
"""As on a GPU."""


MOST_SHARED = 3
"""Batches of each size whose recorded answers lie in the shared memory; others need room too."""


class Recorder:
    """Notes what a backend says to each input; a `Backend`."""

    name = "recorder"
    batch_size = 1
    in_flight = 1

    def __init__(self, real: Any) -> None:
        self.known: dict[bytes, Candidates] = {}
        self._real = real

    def run(self, images: Sequence[NDArray[np.uint8]], selection: Selection) -> list[Candidates]:
        """See `Backend.run`."""
        answers: list[Candidates] = self._real.run(images, selection)
        self.known.update(zip(map(key, images), answers, strict=True))
        return answers


class Replayed:
    """Says at once what was recorded; a `Backend` like one on a GPU."""

    name = "replayed"
    batch_size = BATCH
    in_flight = IN_FLIGHT

    def __init__(self, known: dict[bytes, Candidates]) -> None:
        self._known = known

    def run(self, images: Sequence[NDArray[np.uint8]], selection: Selection) -> list[Candidates]:
        """See `Backend.run`."""
        return [self._known[key(image)] for image in images]

    @contextmanager
    def pinned(self, shared: Shared) -> Iterator[None]:
        """See `Pinning.pinned`: what was recorded lies where a GPU would write it."""
        recorded, rooms = self._known, list[object]()
        half = [item for item in recorded.items() if item[1].prototypes.dtype == np.float16]
        half.sort(key=lambda item: item[1].prototypes.shape)
        self._known = dict(recorded)
        for shape, items in groupby(half, key=lambda item: item[1].prototypes.shape):
            batch = list(islice(items, MOST_SHARED * BATCH))
            for some in (batch[at : at + BATCH] for at in range(0, len(batch), BATCH)):
                room = shared.room_for((len(some), *shape))
                if room is None:
                    break
                rooms.append(room)
                for place, (name, found) in zip(room, some, strict=True):
                    place[:] = found.prototypes
                    self._known[name] = replace(found, prototypes=place)
        yield
        self._known = recorded


class OnGpu(Replayed):
    """Lets a network work and says what was recorded; a `Backend`."""

    def __init__(self, known: dict[bytes, Candidates], scale: str) -> None:
        super().__init__(known)
        card = ModelCard(name="random", scale=scale, classes=["object"])
        network: Any = build(card).eval()
        network.fuse(verbose=False)
        self._network = TorchBackend(network.to(memory_format=torch.channels_last), "cuda:0")
        self.name = f"{self._network.name}, {scale}"
        self.batch_size, self.in_flight = self._network.batch_size, self._network.in_flight

    def run(self, images: Sequence[NDArray[np.uint8]], selection: Selection) -> list[Candidates]:
        """See `Backend.run`."""
        self._network.run(images, selection)
        return super().run(images, selection)

    @contextmanager
    def pinned(self, shared: Shared) -> Iterator[None]:
        """See `Pinning.pinned`."""
        with super().pinned(shared), self._network.pinned(shared):
            yield

    def forward_ms(self) -> float:
        """Milliseconds an image of the network alone, with inputs of the commonest size."""
        sizes = [tuple(ast.literal_eval(k[: k.index(b")") + 1].decode())) for k in self._known]
        group = [np.zeros(max(set(sizes), key=sizes.count), np.uint8)] * self.batch_size
        nothing = Selection(1.0, 0.5, 1)
        with ThreadPoolExecutor(self.in_flight) as threads:
            for count in (4 * self.in_flight, 60 * self.in_flight):  # the first ones record
                began_s = time.perf_counter()
                list(threads.map(lambda _: self._network.run(group, nothing), range(count)))
        return 1000 * (time.perf_counter() - began_s) / (count * self.batch_size)


def in_half(found: Candidates, *, wide: bool) -> Candidates:
    """What a GPU says that computes in half precision."""
    half = found.prototypes.astype(np.float16)
    return replace(found, prototypes=half.astype(np.float32) if wide else half)


def key(image: NDArray[np.uint8]) -> bytes:
    """Tells a few dozen inputs apart by some of their pixels."""
    return repr(image.shape).encode() + image[::61, ::53].tobytes()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=Path, required=True, help="folder, looked into deeply")
    parser.add_argument("--dense", type=Path, help="folder of photos with hundreds of objects")
    parser.add_argument("--images", type=int, default=400, help=f"links to {PHOTOS} photos")
    parser.add_argument("--case", nargs="*", choices=CASES, default=list(CASES))
    parser.add_argument("--hands", type=int, default=4)
    parser.add_argument("--gpu", metavar="nsmlx", help="let a network of this size work meanwhile")
    parser.add_argument("--no-hands", action="store_true")
    parser.add_argument("--wide", action="store_true", help="what is half precise as float32")
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    prepare_process()
    for module in (pool, pools):
        vars(module)["core_count"] = lambda **_: asked.hands
    vars(pool)["ENOUGH_IMAGES"] = sys.maxsize if asked.no_hands else 1
    starter = Predictor.load(starter_model(), device="cpu", backend="torch")
    for case in asked.case:
        folder = asked.dense if case == "dense" else asked.photos
        if folder is not None:
            with tempfile.TemporaryDirectory() as made:
                print(json.dumps(measured(case, folder, Path(made), starter, asked)), flush=True)


def measured(
    case: str, photos: Path, made: Path, starter: Predictor, asked: argparse.Namespace
) -> dict[str, Any]:
    """Run one case in an empty folder."""
    paths = sorted(p for p in photos.rglob("*") if p.suffix.lower() in (".jpg", ".png"))[:PHOTOS]
    few, many = made / "few", made / "many"
    few.mkdir()
    for index, path in enumerate(paths):
        shutil.copy(path, few / f"{index:05}{path.suffix}")
    copies = sorted(few.iterdir())
    many.mkdir()
    for index in range(asked.images):
        copy = copies[index % len(copies)]
        os.link(copy, many / f"{index:05}{copy.suffix}")
    known = recorded(case, few, made, starter)
    device = DeviceReport("cpu" if asked.no_hands else "cuda:0", "replayed")
    if not asked.no_hands:
        known = {name: in_half(found, wide=asked.wide) for name, found in known.items()}
    network = OnGpu(known, asked.gpu) if asked.gpu else Replayed(known)
    model = Predictor(starter.path, starter.card, network, device)
    classes = ("small", "large") if case == "named" else ("object",)
    with Store.create(made / "project", images=many, classes=classes) as store:
        if case == "named":
            review(store, model, CASES[case])
        profile = cProfile.Profile(time.thread_time)
        if asked.profile:
            profile.enable()
        watch = Watch(len(store.images()) - (REVIEWED if case == "named" else 0))
        done = prelabel_project(store, model, settings=CASES[case], report=watch)
        profile.disable()
        if asked.profile:
            pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(45)
        return {
            "case": case,
            "images": done.images,
            "objects_per_image": round(done.instances / done.images, 1),
            **watch.found(),
            "failed": len(done.failed),
            **(
                {"forward_ms": round(network.forward_ms(), 3)} if isinstance(network, OnGpu) else {}
            ),
            "digest": digest(store, starter.card, CASES[case]),
        }


def review(store: Store, model: Predictor, settings: PredictSettings) -> None:
    """Somebody vouches for a few images, with one class for what is small and one for the rest."""
    ids = [row.id for row in store.images()[:REVIEWED]]
    prelabel_project(store, model, settings=settings, scope=ids)
    small, large = (label.id for label in store.classes().labels[:2])
    for image_id in ids:
        before = store.annotation(image_id)
        items = []
        for number, item in enumerate(before.instances):
            share = sum(map(area, item.parts)) / (before.width * before.height)
            own_id = f"{image_id:016x}{number:016x}"
            items.append(Instance(small if share < 0.02 else large, item.parts, id=own_id))
        after = replace(before.with_instances(items), state=ImageState.REVIEWED)
        delta = diff(before, after)
        store.commit(image_id, delta, expected_revision=before.revision, text="Review")


def recorded(case: str, few: Path, made: Path, starter: Predictor) -> dict[bytes, Candidates]:
    """What the network says to all inputs of a case, kept for the next time."""
    kept = Path(tempfile.gettempdir()) / f"dynseg-recorded-{recording(case, few, starter)}.pickle"
    if not kept.exists():
        recorder = Recorder(starter._backend)
        model = Predictor(starter.path, starter.card, recorder, DeviceReport("cpu", "recorded"))
        with Store.create(made / "recording", images=few, classes=("object",)) as store:
            settings = msgspec.structs.replace(CASES[case], edges="off")
            prelabel_project(store, model, settings=settings)
        kept.write_bytes(pickle.dumps(recorder.known))
    known: dict[bytes, Candidates] = pickle.loads(kept.read_bytes())
    return known


def recording(case: str, few: Path, starter: Predictor) -> str:
    """Names a recording: the photos, the model and how it looks at them."""
    said = hashlib.sha256(starter.card.model_id.encode() + str(CASES[case].image_size).encode())
    said.update(Path(letterbox.__file__).read_bytes())
    for path in sorted(few.iterdir()):
        said.update(path.read_bytes())
    return said.hexdigest()[:16]


class Watch:
    """Notes the processor time of every thread while images are reported."""

    def __init__(self, images: int) -> None:
        self._images = images
        self._first = round(WARM * images)
        self._begun: dict[str, float] = {}
        self._ended: dict[str, float] = {}

    def __call__(self, progress: Progress) -> None:
        if progress.done == self._first:
            self._begun = spent()
        elif progress.done == self._images:
            self._ended = spent()

    def found(self) -> dict[str, float]:
        """Milliseconds an image, together and by kind of thread, and images a second."""
        count = self._images - self._first
        took = {name: s - self._begun.get(name, 0) for name, s in sorted(self._ended.items())}
        rate = round(count / took.pop("wall"), 1)
        return {
            **{f"{name}_ms": round(1000 * s / count, 3) for name, s in took.items() if s > 0.002},
            "images_per_s": rate,
        }


def spent() -> dict[str, float]:
    """Processor seconds of all threads, by kind of thread, and the time."""
    found = {"process": time.process_time(), "wall": time.perf_counter()}
    for thread in threading.enumerate():
        if thread.ident is not None:
            clock = time.pthread_getcpuclockid(thread.ident)
            name = thread.name.partition("_")[0].removesuffix("Thread").lower()
            found[name] = found.get(name, 0.0) + time.clock_gettime(clock)
    return found


def digest(store: Store, card: ModelCard, settings: PredictSettings) -> str:
    """Hash of all documents, but for the run that proposals name, and of all that was found."""
    said = hashlib.sha256()
    for row in store.images():
        document = store.annotation(row.id)
        said.update(repr((row.rel, row.state, document.state, document.revision)).encode())
        for item in document.instances:
            entry = packing.entry_of(msgspec.structs.replace(item, run_id=None))
            said.update(repr(entry).encode() + packing.points_of(item))
        said.update(store.predictions(row.id, card.model_id, settings.key(card)) or b"nothing")
    return said.hexdigest()[:16]


if __name__ == "__main__":
    main()
