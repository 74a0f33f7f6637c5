"""Starting, finding and stopping training runs, which are processes of their own.

Free of torch. A run survives the program that started it and is found again by its folder.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import psutil

from dynseg import processes
from dynseg.annotation.document import ImageState
from dynseg.errors import TrainingError
from dynseg.formats.finding import Finding, missing_images
from dynseg.model.card import ModelCard, read_card
from dynseg.model.naming import stem
from dynseg.model.registry import ModelRegistry
from dynseg.progress import CancelToken, Report, ignore
from dynseg.project.layout import ProjectLayout
from dynseg.project.readable import readable
from dynseg.project.store import Store
from dynseg.training import heartbeat
from dynseg.training.config import TrainConfig
from dynseg.training.drawn import note_drawn
from dynseg.training.events import RunLog
from dynseg.training.fold_plan import known_to, plan_folds
from dynseg.training.image_size import ObjectShares, object_shares
from dynseg.training.run import ENDED, RunFolder, RunPlan, say_stopped
from dynseg.training.snapshot import make_snapshot

STOP_TIMEOUT_S = 10.0
KILL_TIMEOUT_S = 5.0
LEAVE_TIMEOUT_S = 2.0
"""How long loaders of images may take to see that their run has ended."""
KEPT_SNAPSHOTS = 3
"""Ended runs that keep their copies of the images."""
_LOOK_S = 0.1
_SPARE_BYTES = 1 << 30
_ABANDONED_S = 86_400.0
"""Nobody prepares a run for longer."""
_LEFT_OUT_SHOWN = 5
_LOOKED_AT = 500
"""Reviewed images whose objects say how large the images have to be."""


def prepare(
    store: Store,
    registry: ModelRegistry,
    config: TrainConfig,
    *,
    parent_model: str | Path | None = None,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> RunFolder:
    """Make the folder of a new run: the snapshot and what is to be done.

    Args:
        store: The project.
        registry: Its models.
        config: What the user wishes.
        parent_model: Name or file of the model to start from; the active one when None.
        report: Told while images are copied, and while a run of another computer is waited for.
        cancel: Asked between images.

    Raises:
        TrainingError: another run goes on, or there is too little to learn from.
        ModelFileError: there is no such model.
        StoreWriteError: the disk is full; no run is left behind.
        CancelledError: `cancel` was set; no run is left behind.
    """
    for other in find_runs(store.layout):
        _refuse_beside(other, report, cancel or CancelToken())
    parent = registry.resolve(parent_model)
    _forget_old_data(store.layout)
    store.layout.runs.mkdir(parents=True, exist_ok=True)
    _require_space(store.layout.runs)
    run = RunFolder(_new_folder(store.layout.runs, config.preset))
    try:
        snapshot = make_snapshot(store, run.path / "data", report=report, cancel=cancel)
        _tell_left_out(run, snapshot.dropped)
        shares = _object_shares(store)
        card = read_card(parent)
        folds = plan_folds(store, run, card, config.folds, find_runs(store.layout))
        run.save_plan(
            RunPlan(
                config=config,
                parent=str(parent.absolute()),
                stem=stem(store.root.name, store.classes().names),
                snapshot=snapshot.sha256,
                created_s=time.time(),
                object_share=shares.small,
                large_share=shares.large,
                renamed=store.classes().renamed,
                folds=folds,
                known=[] if folds else known_to(card, run),
            )
        )
        note_drawn(store, run)
        run.bring_parent()
        run.update(state="preparing", started_s=time.time())
    except BaseException:
        shutil.rmtree(run.path, ignore_errors=True)
        raise
    return run


def _refuse_beside(other: RunFolder, report: Report, cancel: CancelToken) -> None:
    if _is_surely_alive(other, report, cancel):
        host = other.elsewhere
        raise TrainingError(
            f"The run {other.name} is still going on on the computer {host}."
            if host
            else f"The run {other.name} is still going on.",
            "Wait for it, or stop it first.",
        )


def _tell_left_out(run: RunFolder, left_out: Sequence[Finding]) -> None:
    """What is missing of the reviewed images: nobody would see that it is not learned from."""
    gone = missing_images(left_out)
    if gone:
        more = f" and {len(gone) - _LEFT_OUT_SHOWN} more" if len(gone) > _LEFT_OUT_SHOWN else ""
        names = ", ".join(gone[:_LEFT_OUT_SHOWN]) + more
        run.emit(RunLog(f"Not learned from, because the file is missing ({len(gone)}): {names}"))
    others = [finding for finding in left_out if not finding.missing]
    for finding in others[:_LEFT_OUT_SHOWN]:
        run.emit(RunLog(f"Not learned from: {finding}"))
    if len(others) > _LEFT_OUT_SHOWN:
        run.emit(RunLog(f"Nor are {len(others) - _LEFT_OUT_SHOWN} more images and shapes."))


def _object_shares(store: Store) -> ObjectShares:
    rows = [row for row in store.images() if row.state is ImageState.REVIEWED]
    return object_shares(readable(store, [row.id for row in rows[:_LOOKED_AT]]))


def start(run: RunFolder, *, cluster: str = "") -> int:
    """Start a run, or go on with one that was stopped or killed.

    Args:
        run: A run that was prepared.
        cluster: Address of a Ray cluster that trains; empty: this machine does. The folder must
            lie where every machine of the cluster sees it under the same path.

    Returns:
        Id of its process, or of the one that follows it in the cluster.

    Raises:
        TrainingError: it goes on already or has finished, or the process cannot be started.
    """
    status = run.status()
    if _is_surely_alive(run, ignore, CancelToken()):
        host = run.elsewhere
        raise TrainingError(
            f"The run {run.name} is going on already, on the computer {host}."
            if host
            else f"The run {run.name} is going on already."
        )
    if status.state == "finished":
        raise TrainingError(
            f"The run {run.name} has finished.", "Start a new one from its model instead."
        )
    run.plan()
    if not run.data_yaml.is_file():
        raise TrainingError(
            f"The copies of the images of the run {run.name} were removed to make room.",
            "Start a new run.",
        )
    run.clear_stop()
    run.update(state="preparing", pid=0, host="", message="", hint="")
    try:
        process = _begin(run, cluster)
        started_s = processes.begun_s(process.pid)
    except (OSError, psutil.Error) as error:
        run.update(state="stopped")
        raise TrainingError(
            f"The training process could not be started ({error}).",
            "See process.log in the run's folder.",
        ) from error
    if not run.status().pid:  # it has claimed the run itself, and may even have failed since
        run.update(
            state="running", pid=process.pid, host=platform.node(), process_started_s=started_s
        )
    _children[process.pid] = process
    return process.pid


def _begin(run: RunFolder, cluster: str) -> subprocess.Popen[bytes]:
    """The process of a run, which outlives this one."""
    command = processes.command("cluster" if cluster else "training")
    apart: dict[str, int | bool] = {"start_new_session": True}
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | processes.WITHOUT_CONSOLE}
    with run.log.open("ab") as log:
        return subprocess.Popen(
            [*command, str(run.path), *([cluster] if cluster else [])],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=run.path,
            **apart,  # type: ignore[call-overload]
        )


_children: dict[int, subprocess.Popen[bytes]] = {}
"""Kept so that ended processes are collected and Python does not warn of them."""


def is_alive(run: RunFolder) -> bool:
    """Whether the run's process is there, on another computer as far as is known by now."""
    if run.elsewhere:
        return heartbeat.goes_on(run)
    for pid, child in list(_children.items()):
        if child.poll() is not None:
            del _children[pid]
    return run.process() is not None


def _is_surely_alive(run: RunFolder, report: Report, cancel: CancelToken) -> bool:
    """As `is_alive`; waits up to a minute for a sign of life of a run on another computer."""
    if not run.elsewhere or run.status().state in ENDED:
        return is_alive(run)
    if heartbeat.surely_goes_on(run, cancel, report):
        return True
    mark_stopped(run)  # nobody waits for it again
    return False


def stop(run: RunFolder, *, timeout_s: float = STOP_TIMEOUT_S, finish: bool = False) -> bool:
    """End a run: ask, then terminate, then kill.

    Args:
        run: The run.
        timeout_s: How long to wait after asking.
        finish: Ask it to keep what was learned so far as a candidate. Then it is left to its
            evaluation and never killed.

    Returns:
        Whether the process has ended. One on another computer is only asked.
    """
    try:
        run.request_stop(finish=finish)
    except OSError:
        if finish:
            raise  # else it is terminated: that needs no room on the disk
    if run.elsewhere and is_alive(run):
        return _ends_elsewhere(run, timeout_s)
    process = run.process()
    if process is None:
        mark_stopped(run)
        return True
    # The status is its process's to write: between two writers a resume point would get lost.
    if _has_ended(process, timeout_s):
        return True
    if finish:
        return False
    # Not its children: a run whose loaders are taken away is no stopped one but a failed one.
    children = _children_of(process)
    _each([process], psutil.Process.terminate)
    if not _has_ended(process, KILL_TIMEOUT_S):
        _each([process, *children, *_children_of(process)], psutil.Process.kill)
        _has_ended(process, KILL_TIMEOUT_S)
    _, left = psutil.wait_procs(children, timeout=LEAVE_TIMEOUT_S)
    _each(left, psutil.Process.kill)  # on Windows nobody tells them that it has ended
    mark_stopped(run)
    return not is_alive(run)


def _ends_elsewhere(run: RunFolder, timeout_s: float) -> bool:
    """Whether a run on another computer, which was asked to end, does so in time."""
    until_s = time.monotonic() + timeout_s
    while is_alive(run) and time.monotonic() < until_s:
        time.sleep(_LOOK_S)
    return not is_alive(run)


def _each(members: Iterable[psutil.Process], end: Callable[[psutil.Process], None]) -> None:
    for member in members:
        with suppress(psutil.Error):
            end(member)


def _children_of(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:  # it has ended by itself at last
        return []


def find_runs(layout: ProjectLayout) -> list[RunFolder]:
    """All runs of a project, newest first."""
    folders = [path.parent for path in layout.runs.glob("*/config.json")]
    return [RunFolder(path) for path in sorted(folders, key=lambda path: path.name, reverse=True)]


def rename_model(layout: ProjectLayout, name: str, wanted: str) -> ModelCard:
    """Rename a model of a project, also in what the run that made it remembers.

    Raises:
        InputError: the new name is taken or cannot be used, or it is the starter.
        ModelFileError: there is no such model.
    """
    card = ModelRegistry(layout.models).rename(name, wanted)
    for run in find_runs(layout):
        if run.status().model == name:
            run.update(model=wanted)
    return card


def current_state(run: RunFolder) -> str:
    """The state of a run; "stopped" for one whose process is gone without a word."""
    state = run.status().state
    if state in ENDED or is_alive(run):
        return state
    return "preparing" if not run.status().pid else "stopped"


def _forget_old_data(layout: ProjectLayout) -> None:
    """Remove the image copies of old runs that nobody can resume; what they said stays.

    What a preparation that was killed has left, without a plan, goes as a whole.
    """
    for folder in layout.runs.glob("*/"):
        unplanned = not (folder / "config.json").exists()
        if unplanned and time.time() - folder.stat().st_mtime > _ABANDONED_S:
            shutil.rmtree(folder, ignore_errors=True)
    ended = [run for run in find_runs(layout) if run.status().state in ("finished", "failed")]
    for run in ended[KEPT_SNAPSHOTS:]:
        run.forget_data()


def mark_stopped(run: RunFolder) -> None:
    """Say of a run whose process is gone that it can be resumed, unless it said how it ended."""
    if run.status().state not in ENDED:
        say_stopped(run)


def _has_ended(process: psutil.Process, timeout_s: float) -> bool:
    child = _children.get(process.pid)
    try:
        if child is not None:
            child.wait(timeout_s)
            _children.pop(process.pid, None)
        else:
            process.wait(timeout_s)
    except (subprocess.TimeoutExpired, psutil.TimeoutExpired):
        return False
    except psutil.Error:
        pass
    return True


def _new_folder(runs: Path, preset: str) -> Path:
    stamp = f"{datetime.now():%Y%m%d-%H%M%S}"
    name, number = f"{stamp}-{preset}", 1
    while True:
        try:
            (runs / name).mkdir()
        except FileExistsError:
            number += 1
            name = f"{stamp}-{preset}-{number}"
        else:
            return runs / name


def _require_space(folder: Path) -> None:
    if shutil.disk_usage(folder).free < _SPARE_BYTES:
        raise TrainingError(
            "Less than 1 GB is free on the project's disk; training was not started.",
            "Free some space, or delete old runs: the folders in .dynseg/runs of the project.",
        )
