"""A training run on a machine of a Ray cluster, with its folder on storage that all of them see."""

from __future__ import annotations

import subprocess
from pathlib import Path

from dynseg.cluster.connection import Cluster, load_ray
from dynseg.errors import TrainingError
from dynseg.processes import command
from dynseg.training import launch
from dynseg.training.run import RunFolder

TRIES = 4
"""A run whose machine dies goes on elsewhere from its last checkpoint this often."""


class ClusterRun:
    """A run that goes on in the cluster; its folder tells how, as for one on this machine.

    Args:
        run: A run that was prepared, below a path that every machine of the cluster sees.
        cluster: Connected.

    Raises:
        TrainingError: it has finished already.
    """

    def __init__(self, run: RunFolder, cluster: Cluster) -> None:
        if run.status().state == "finished":
            raise TrainingError(
                f"The run {run.name} has finished.", "Start a new one from its model instead."
            )
        run.plan()
        run.clear_stop()
        run.update(state="preparing", pid=0, message="", hint="")
        self._run = run
        self._ray = load_ray()
        task = self._ray.remote(train).options(
            num_cpus=cluster.cores, num_gpus=cluster.gpus, max_retries=TRIES - 1
        )
        self._task = task.remote(str(run.path.absolute()))

    def is_alive(self) -> bool:
        """Whether the cluster still has it, waiting or running.

        Raises:
            TrainingError: the cluster has given it up.
        """
        done, _ = self._ray.wait([self._task], timeout=0)
        if not done:
            return True
        try:
            self._ray.get(self._task)
        except self._ray.exceptions.RayError as error:
            raise TrainingError(
                f"The cluster gave the run {self._run.name} up ({_first_line(error)}); "
                "the active model is unchanged.",
                "Resume it when the cluster is well again.",
            ) from error
        return False

    def stop(self) -> None:
        """Ask it to end; it can be resumed."""
        self._run.request_stop()
        self._ray.wait([self._task], timeout=launch.STOP_TIMEOUT_S)
        self._ray.cancel(self._task, force=True, recursive=True)


def train(folder: str) -> int:
    """Run the training process of a run on this machine until it ends; what Ray calls.

    Returns:
        The exit status of the process; what happened stands in the run's folder.

    Raises:
        TrainingError: this machine does not see the folder.
    """
    run = RunFolder(Path(folder))
    if not run.path.is_dir():
        raise TrainingError(
            f"{folder} is not there on this machine of the cluster.",
            "Keep the project on storage that every machine mounts at the same path.",
        )
    # A first try may have lost its caller and not itself: two must not write into one folder.
    if run.process() is not None:
        launch.stop(run, timeout_s=0)
        run.clear_stop()
    with run.log.open("ab") as log:
        process = subprocess.Popen(
            [*command("training"), folder], stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        try:
            return process.wait()
        finally:
            process.kill()


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
