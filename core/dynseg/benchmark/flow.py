"""Where pre-labelling waits: which part of a run is busy all the time and which one waits for it.

A GPU with many cores is fed by several stages, and only the slowest counts. While a run goes on,
somebody beside it looks every few milliseconds at what waits before and behind the network and at
what each thread is about. That costs the run next to nothing, and the program itself nothing.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import psutil

from dynseg.benchmark import pictures
from dynseg.benchmark.prelabel import PICTURES, Setting, forward_ms
from dynseg.images.decode import decode
from dynseg.inference.predictor import load, prepare_process
from dynseg.inference.runs.finder import LocalFinder
from dynseg.inference.runs.pipeline import prelabel_project
from dynseg.machine import core_count
from dynseg.progress import Progress, Report
from dynseg.project.store import Store

EVERY_S = 0.002
"""How often somebody looks."""

WARM = 0.25
"""Share of the images that do not count: processes start, and a GPU records its launches."""

IMAGES = {"cpu": 300, "gpu": 6000}
"""Enough for some seconds."""

ENOUGH_OF_FORWARD = 0.5
"""Share of the network's own speed from which on it is what others wait for."""

MOST_PLACES = 6
"""Places in the program that are listed of each kind of thread."""

_HERE = f"{os.sep}dynseg{os.sep}"


@dataclass(frozen=True, slots=True)
class Flow:
    """What a run was about; shares are of the time, means over it.

    Attributes:
        device, backend: What ran the model.
        cores, processors: Cores that the program counts, processors that the system has.
        images_per_s: Images from the file to the project.
        forward_per_s: Images through the network alone.
        idle: Share in which the network had nothing to do.
        starved: Share in which it had nothing to do and nothing that is decoded waited for it.
        means: Images that are being decoded, wait for the network, are in it or wait for it in
            groups, are being traced, wait to be written, in that order.
        hands: Processes that decode and trace.
        hands_busy: Share of them that had something to do.
        own_processors: Processors that this process took, all its threads.
        hand_ms: Processor time of the hands for an image, milliseconds.
        threads: By kind of thread, the share that it spent in each place of the program.
    """

    device: str
    backend: str
    cores: int
    processors: int
    images_per_s: float
    forward_per_s: float
    idle: float
    starved: float
    means: dict[str, float]
    hands: int
    hands_busy: float
    own_processors: float
    hand_ms: float
    threads: dict[str, dict[str, float]]

    @property
    def share_of_forward(self) -> float:
        """What of the network's own speed is reached."""
        return self.images_per_s / self.forward_per_s

    @property
    def limit(self) -> str:
        """What everything else waits for, in words."""
        if self.idle < 0.1:
            # Groups are with it also while this process prepares them and chooses their boxes.
            is_network = self.share_of_forward > ENOUGH_OF_FORWARD
            return "the network" if is_network else "what this process does around the network"
        if self.hands and self.hands_busy > 0.9:
            return "the processes that decode and trace"
        return "this process" if self.hands else "decoding and tracing on threads"


def run(setting: Setting, folder: Path, report: Report, *, images: int = 0) -> Flow:
    """Pre-label a folder of JPEGs and look at what waits for what.

    Args:
        setting: With what; its photographs are taken instead of drawn ones, again and again.
        folder: An empty folder to work in.
        report: Told before each part.
        images: How many; 0 for what takes some seconds.

    Raises:
        DynsegError: the model cannot be used.
    """
    prepare_process()
    report(Progress("Drawing pictures", 0, 3))
    files = list(setting.real) or pictures.draw(folder / "few", PICTURES, dense=False)
    report(Progress("Loading models", 1, 3))
    predictor = load(setting.model, setting.settings)
    sample = predictor.prepare(decode(files[0]).pixels, setting.settings)
    forward_ms(predictor, sample, setting.settings)
    alone_ms = forward_ms(predictor, sample, setting.settings)
    report(Progress("Pre-labelling", 2, 3))
    kind = "cpu" if predictor.device.device == "cpu" else "gpu"
    count = images or IMAGES[kind]
    many = pictures.repeated(files, folder / "many", -(-count // len(files)))
    finder = LocalFinder(predictor)
    watch = _Watch(finder, count)
    root = Path(tempfile.mkdtemp(prefix="project", dir=folder))
    with Store.create(root, images=many, classes=tuple(predictor.card.classes)) as store, watch:
        ids = [row.id for row in store.images()][:count]
        prelabel_project(store, finder, settings=setting.settings, scope=ids, report=watch.told)
    return Flow(
        device=predictor.device.device,
        backend=predictor.backend,
        cores=core_count(),
        processors=os.cpu_count() or 1,
        forward_per_s=1000 / alone_ms,
        **watch.found(),
    )


@dataclass(slots=True)
class _Seen:
    """What was counted while the watch looked."""

    looks: int = 0
    idle: int = 0
    starved: int = 0
    busy: float = 0.0
    hands: int = 0
    images: Counter[str] = field(default_factory=Counter)
    places: dict[str, Counter[str]] = field(default_factory=dict)


class _Watch:
    """Looks at a run from a thread of its own, between two of its images.

    Args:
        finder: What runs.
        images: How many images the run has.
    """

    def __init__(self, finder: LocalFinder, images: int) -> None:
        self._finder = finder
        self._first, self._last = round(WARM * images), images
        self._seen = _Seen()
        self._marks: list[tuple[float, float, float]] = []
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._look, name="watch")

    def __enter__(self) -> _Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        self._thread.join()

    def told(self, progress: Progress) -> None:
        """For `report`: time counts from one image on, and up to the last."""
        if progress.done in (self._first, self._last):
            self._marks.append((time.perf_counter(), time.process_time(), _children_s()))

    def found(self) -> dict[str, Any]:
        """The fields of `Flow` that are measured here."""
        (began, own, children), (ended, own_end, children_end) = self._marks[0], self._marks[-1]
        seen, count = self._seen, self._last - self._first
        looks = max(1, seen.looks)
        return {
            "images_per_s": count / (ended - began),
            "idle": seen.idle / looks,
            "starved": seen.starved / looks,
            "means": {name: number / looks for name, number in seen.images.items()},
            "hands": seen.hands,
            "hands_busy": seen.busy / looks,
            "own_processors": (own_end - own) / (ended - began),
            "hand_ms": 1000 * (children_end - children) / count,
            "threads": {
                kind: {place: number / looks for place, number in places.most_common(MOST_PLACES)}
                for kind, places in sorted(seen.places.items())
            },
        }

    def _look(self) -> None:
        while not self._ends.wait(EVERY_S):
            stages = self._finder.stages
            if stages is None or len(self._marks) != 1:
                continue
            under_way, seen = stages.under_way(), self._seen
            seen.looks += 1
            seen.idle += not under_way.groups
            seen.starved += not under_way.groups and not under_way.waiting
            seen.hands = max(seen.hands, under_way.hands)
            seen.busy += under_way.busy / max(1, under_way.hands)
            for name in ("decoding", "waiting", "groups", "tracing", "done"):
                seen.images[name] += getattr(under_way, name)
            frames = sys._current_frames()  # noqa: SLF001  # the only way to look from beside
            for thread in threading.enumerate():
                frame = frames.get(thread.ident or 0)
                if thread is not self._thread and frame is not None:
                    kind = thread.name.partition("_")[0].removesuffix("Thread").lower()
                    seen.places.setdefault(kind, Counter())[_place(frame)] += 1


def _place(frame: FrameType) -> str:
    """Where a thread is in this program, and what it called there."""
    innermost = frame.f_code.co_name
    for caller in _callers(frame):
        if _HERE in caller.f_code.co_filename:
            own = f"{Path(caller.f_code.co_filename).stem}.{caller.f_code.co_name}"
            return own if caller is frame else f"{own} > {innermost}"
    return "waits for work" if innermost == "_worker" else innermost


def _callers(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def _children_s() -> float:
    """Processor seconds of the processes that this one has started and that have not ended."""
    spent = 0.0
    for child in psutil.Process().children(recursive=True):
        try:
            took = child.cpu_times()
        except psutil.NoSuchProcess:
            continue
        spent += took.user + took.system
    return spent


Say = Callable[[str], None]


def show(flow: Flow, say: Say) -> None:
    """Tell a person."""
    say(
        f"{flow.backend} on {flow.device}, {flow.cores} cores ({flow.processors} processors): "
        f"{flow.images_per_s:.0f} images/s, {flow.share_of_forward:.0%} of the network alone "
        f"({flow.forward_per_s:.0f}); limited by {flow.limit}"
    )
    say(
        f"network without work {flow.idle:.0%} of the time, {flow.starved:.0%} because nothing "
        f"was decoded; {flow.hands} other processes, {flow.hands_busy:.0%} of them busy, "
        f"{flow.hand_ms:.1f} ms an image; this one takes {flow.own_processors:.2f} processors, "
        f"{1000 * flow.own_processors / flow.images_per_s:.2f} ms an image"
    )
    say("images on their way: " + ", ".join(f"{n} {m:.1f}" for n, m in flow.means.items()))
    for kind, places in flow.threads.items():
        say(f"{kind}: " + ", ".join(f"{place} {share:.2f}" for place, share in places.items()))
