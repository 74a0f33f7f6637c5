"""The folder of a training run: the truth about it, for whoever looks. Free of torch.

config.json     what was asked for; never changes
data/           the snapshot: copies of the reviewed images, labels, data.yaml, manifest
drawn.json      which outlines of the validation images a person drew
status.json     the state now; replaced atomically
events.jsonl    what happened; only ever grows
stop            there when somebody wants it to end
heartbeat       changes while its process lives, see `training.heartbeat`
checkpoint-*.pt where a resumed run goes on; the one that status.json names
parent.safetensors, parent.json   what it starts from: the original may be gone when it goes on
candidate.safetensors, candidate.json
folds/          what was measured before the candidate learned from all, see `training.fold_plan`
"""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec
import psutil

from dynseg import processes
from dynseg.errors import TrainingError
from dynseg.files import remove, when_free, write_atomic
from dynseg.training.config import TrainConfig
from dynseg.training.events import Event, RunFailed, RunStopped, encode, read

State = Literal["preparing", "running", "finished", "failed", "stopped"]
ENDED: tuple[State, ...] = ("finished", "failed", "stopped")

FINISH, ABANDON = b"finish\n", b"stop\n"


CLOSE_UPS = "close-ups"
"""Folder of a run for parts of its images, made anew whenever it goes on."""


FOLDS = "folds"
"""Folder of a run for what the candidate goes on from once it was measured."""


class FoldPlan(msgspec.Struct, frozen=True, kw_only=True):
    """Which images each fold has not seen, see `training.fold_plan`.

    Attributes:
        parts: Images by fold, as the manifest of the snapshot calls them.
        own_starts: Whether each goes on from a fold of the current model, which has not seen them
            either; else from the current model, which has not.
    """

    parts: list[list[str]]
    own_starts: bool = False

    @property
    def images(self) -> int:
        """Images that are measured on."""
        return sum(map(len, self.parts))


class RunPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What a run was asked to do.

    Attributes:
        parent: Weights file that it starts from.
        stem: What the candidate is called, without its number.
        snapshot: SHA-256 of the snapshot's manifest.
        object_share: Of the smaller objects of the reviewed images, from `object_shares`.
        large_share: Of the larger ones; 1 in a plan that does not know it.
        created_s: Seconds since the epoch.
        folds: How models are measured where few images could validate.
        known: Validation images that the parent has learned from, or what it came from, as the
            manifest calls them: they tell nothing of it, and train.
        renamed: Names that mean no class of the project any more, case-folded, and the name of the
            class that took over.
    """

    config: TrainConfig
    parent: str
    snapshot: str
    created_s: float
    stem: str = "model"
    renamed: dict[str, str] = {}
    object_share: float = 0.0
    large_share: float = 1.0
    folds: FoldPlan | None = None
    known: list[str] = []


class RunStatus(msgspec.Struct, frozen=True, kw_only=True):
    """Where a run stands.

    Attributes:
        pid: Its process, 0 before there was one.
        host: Computer of that process; empty for this one.
        process_started_s: Start of that process, see `processes.begun_s`; ids are used again.
        started_s: First start of the run, seconds since the epoch.
        epoch, epochs: Passes done and planned.
        message, hint: Why it failed.
        checkpoint: Name of the file that a resumed run goes on from; empty when there is none.
        checkpoint_sha256: Hash of that file.
        model: Name of the candidate in the registry.
        model_sha256: Hash of the candidate's weights file.
        problem: Why the candidate must not be promoted; empty when it may.
    """

    state: State = "preparing"
    pid: int = 0
    host: str = ""
    process_started_s: float = 0.0
    started_s: float = 0.0
    epoch: int = 0
    epochs: int = 0
    message: str = ""
    hint: str = ""
    checkpoint: str = ""
    checkpoint_sha256: str = ""
    model: str = ""
    model_sha256: str = ""
    problem: str = ""


class RunFolder:
    """A run, seen from outside or inside its process.

    Args:
        path: Its folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RunFolder) and other.path == self.path

    def __hash__(self) -> int:
        return hash(self.path)

    @property
    def name(self) -> str:
        """Its name."""
        return self.path.name

    @property
    def data_yaml(self) -> Path:
        """Description of the snapshot."""
        return self.path / "data" / "data.yaml"

    @property
    def candidate(self) -> Path:
        """Weights of the candidate, once there is one."""
        return self.path / "candidate.safetensors"

    @property
    def parent(self) -> Path:
        """Weights that it starts from: the copy that it brought along, else the original.

        Raises:
            TrainingError: the folder is no run, or is damaged.
        """
        copy = self.path / "parent.safetensors"
        return copy if copy.is_file() else Path(self.plan().parent)

    @property
    def models(self) -> Path:
        """Folder of the registry that gets the candidate: of the project that it lies in now."""
        return self.path.parent.parent / "models"

    def bring_parent(self) -> None:
        """Copy the model that it starts from into the folder.

        It may be renamed, deleted, or stand elsewhere after an update, before the run goes on.

        Raises:
            TrainingError: the folder is no run, or is damaged.
            OSError: the model is gone, or the disk is full.
        """
        original, copy = self.parent, self.path / "parent.safetensors"
        if original != copy:
            # The weights last: their being there says that both are.
            write_atomic(copy.with_suffix(".json"), original.with_suffix(".json").read_bytes())
            write_atomic(copy, original.read_bytes())

    def forget_data(self) -> None:
        """Remove everything that only a run which goes on needs; what it said stays."""
        for name in ("data", "work", CLOSE_UPS):
            shutil.rmtree(self.path / name, ignore_errors=True)
        # What the folds have learned stays: those of the next model go on from there.
        for path in (*self.path.glob("parent.*"), *(self.path / FOLDS).glob("start-*")):
            remove(path)
        self.remove_points()

    @property
    def log(self) -> Path:
        """What the process printed; for reports."""
        return self.path / "process.log"

    def plan(self) -> RunPlan:
        """What it was asked to do.

        Raises:
            TrainingError: the folder is no run, or is damaged.
        """
        try:
            return msgspec.json.decode((self.path / "config.json").read_bytes(), type=RunPlan)
        except (OSError, msgspec.DecodeError) as error:
            raise TrainingError(
                f"{self.path} is no training run that can be read.", "Start a new run."
            ) from error

    def save_plan(self, plan: RunPlan) -> None:
        """Write what it is asked to do."""
        write_atomic(self.path / "config.json", _pretty(plan))

    def status(self) -> RunStatus:
        """Where it stands; "preparing" when nothing has been written yet."""
        try:
            data = when_free((self.path / "status.json").read_bytes)
            return msgspec.json.decode(data, type=RunStatus)
        except (OSError, msgspec.DecodeError):
            return RunStatus()

    def update(self, **changes: Any) -> RunStatus:
        """Replace parts of the status."""
        status = msgspec.structs.replace(self.status(), **changes)
        write_atomic(self.path / "status.json", _pretty(status))
        return status

    def events(self, since_line: int = 0) -> Sequence[Event]:
        """What happened from a line on; the next call passes on the number of lines seen."""
        return read(self.path / "events.jsonl", since_line=since_line)

    def emit(self, event: Event) -> None:
        """Append an event; readers never see half of it."""
        with (self.path / "events.jsonl").open("ab") as file:
            file.write(encode(event))

    def fail(self, message: str, hint: str) -> None:
        """Say that it has ended without a candidate, and why."""
        self.update(state="failed", message=message, hint=hint)
        self.emit(RunFailed(message, hint))

    def request_stop(self, *, finish: bool = False) -> None:
        """Ask the process to end.

        Args:
            finish: Keep what was learned so far as a candidate; else the run can be resumed.
        """
        write_atomic(self.path / "stop", FINISH if finish else ABANDON)

    def clear_stop(self) -> None:
        """Forget that somebody wanted it to end."""
        remove(self.path / "stop")

    def stop_requested(self) -> Literal["", "stop", "finish"]:
        """Whether and how somebody wants it to end."""
        try:
            return "finish" if (self.path / "stop").read_bytes() == FINISH else "stop"
        except OSError:
            return ""

    def remove_points(self, *, keep: str = "") -> None:
        """Remove resume points that nothing needs any more."""
        for path in self.path.glob("checkpoint-*.pt"):
            if path.name != keep:
                remove(path)

    def claim(self) -> None:
        """Say that this process is the run's, or stands for the one that is elsewhere."""
        pid = os.getpid()
        self.update(
            state="running",
            pid=pid,
            host=platform.node(),
            process_started_s=processes.begun_s(pid),
            message="",
            hint="",
        )

    @property
    def elsewhere(self) -> str:
        """The other computer on which its process is, or was; empty for this one."""
        host = self.status().host
        return "" if host == platform.node() else host

    def process(self) -> psutil.Process | None:
        """The run's process, if it is alive on this computer."""
        status = self.status()
        if not status.pid or self.elsewhere:
            return None
        try:
            if not processes.is_same(status.pid, status.process_started_s):
                return None
            process = psutil.Process(status.pid)
            return None if process.status() == psutil.STATUS_ZOMBIE else process
        except psutil.Error:
            return None


def say_stopped(run: RunFolder) -> None:
    """Say that somebody ended it; it can be resumed."""
    run.emit(RunStopped(run.update(state="stopped").epoch))


def can_go_on(run: RunFolder) -> bool:
    """Whether an ended run has kept where it was, and its copies of the images."""
    status = run.status()
    kept = bool(status.checkpoint) and (run.path / status.checkpoint).is_file()
    kept = kept or any((run.path / FOLDS).glob("*.npz"))
    return status.state != "finished" and kept and run.data_yaml.is_file()


def _pretty(value: msgspec.Struct) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"
