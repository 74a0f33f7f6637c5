"""`dynseg train PROJECT --live`: learn from a project while somebody labels it."""

from __future__ import annotations

import argparse
import subprocess
import threading
import time
from pathlib import Path

from dynseg.cli.command import Result
from dynseg.cli.console import Console, duration
from dynseg.cli.project import require_project
from dynseg.cli.words import many
from dynseg.errors import TrainingError
from dynseg.processes import command
from dynseg.training.live.messages import (
    Broken,
    Event,
    Learning,
    Measured,
    Remark,
    Stop,
    Weights,
    decode_event,
    encode,
)

STOP_S = 5.0
POLL_S = 0.2


class _Watched:
    """A live learner and what it has told.

    Args:
        root: Of the project.
        device: Where it learns.
        console: Where its words go.
    """

    def __init__(self, root: Path, device: str, console: Console) -> None:
        self.state: Learning | None = None
        self.weights: Weights | None = None
        self.broken: Broken | None = None
        self._console = console
        self._process = subprocess.Popen(
            [*command("training"), "--live", str(root), "--device", device],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def end(self) -> None:
        """Let it stop; its newest checked weights stay on the disk."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(encode(Stop()))
            self._process.stdin.close()
        except OSError:
            pass  # it is gone already
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join(STOP_S)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            event = decode_event(line)
            if event is not None:
                self._take(event)

    def _take(self, event: Event) -> None:
        match event:
            case Learning():
                if self.state is None or self.state.state != event.state:
                    self._console.say(_in_words(event))
                self.state = event
                self._console.status(_in_words(event))
            case Weights():
                self.weights = event
                self._console.say(
                    f"new weights after {many(event.steps, 'step')} from "
                    f"{many(event.images, 'image')}: "
                    f"quality {event.quality:.2f}, {event.path}"
                )
            case Measured():
                self._console.say(f"a newly reviewed image: quality {event.quality:.2f} before")
            case Remark():
                self._console.say(event.text)
            case Broken():
                self.broken = event


def run(args: argparse.Namespace, console: Console) -> Result:
    """Watch until Ctrl-C, or until `--time` is over.

    Raises:
        TrainingError: the learner has ended by itself.
    """
    root = require_project(args.project)
    kept = "Weights that passed the checks stay in .dynseg/live; the active model is unchanged."
    end_s = time.monotonic() + 60 * args.time if args.time else float("inf")
    started_s = time.monotonic()
    learner = _Watched(root, args.device, console)
    with console.stoppable(kept):
        try:
            while learner.runs and not console.cancel.cancelled and time.monotonic() < end_s:
                time.sleep(POLL_S)
            died = not learner.runs and not console.cancel.cancelled
        finally:
            learner.end()
    if learner.broken is not None:
        raise TrainingError(learner.broken.message, learner.broken.hint)
    if died:
        raise TrainingError(
            "The learning process ended without a word; no label and no model was changed.",
            "Memory may have been short: close other programs, then call again.",
        )
    seconds = time.monotonic() - started_s
    state, weights = learner.state, learner.weights
    none = "No weights were good enough to be kept; the active model is unchanged."
    console.say(f"watched for {duration(seconds)}. {kept if weights else none}")
    return Result(
        {
            "images": state.images if state else 0,
            "steps": state.steps if state else 0,
            "quality": state.quality if state else None,
            "path": weights.path if weights else None,
            "model": weights.model_id if weights else None,
            "seconds": round(seconds, 1),
        }
    )


def _in_words(state: Learning) -> str:
    images = many(state.images, "image")
    start = {
        "waiting": f"waits for a second reviewed image, {state.images} so far",
        "starting": f"gets ready to learn from {images}",
        "learning": f"learns from {images} at {state.image_size} pixels",
        "resting": f"has learned from {images} and rests",
        "paused": "is paused",
        "battery": "waits for the power supply",
    }[state.state]
    facts = [start]
    if state.steps:
        facts.append(many(state.steps, "step"))
    if state.quality is not None:
        facts.append(f"live quality {state.quality:.2f}")
    return ", ".join(facts)
