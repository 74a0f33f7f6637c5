"""A training run on a machine of a Ray cluster, with its folder on storage that all of them see."""

from __future__ import annotations

import subprocess
from pathlib import Path

from dynseg.cluster.connection import Cluster, load_ray
from dynseg.errors import TrainingError
from dynseg.processes import command
from dynseg.training.run import RunFolder

TRIES = 4
"""A run whose machine dies goes on elsewhere from its last checkpoint this often."""


class ClusterRun:
    """A run that goes on in the cluster; its folder tells how, as for one on this machine.

    Args:
        run: A run that was prepared, below a path that every machine of the cluster sees.
        cluster: Connected.

    Raises:
        TrainingError: the folder is no run, or is damaged.
        OSError: the model that it starts from is gone, or the disk is full.
    """

    def __init__(self, run: RunFolder, cluster: Cluster) -> None:
        run.bring_parent()
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
        if not self.wait(0):
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

    def wait(self, timeout_s: float) -> bool:
        """Whether it ends within a time."""
        done, _ = self._ray.wait([self._task], timeout=timeout_s)
        return bool(done)

    def cancel(self) -> None:
        """End it wherever it stands; it can be resumed from its last checkpoint."""
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
    with run.log.open("ab") as log:
        # Its input is the leash: it ends when this process is gone, however that came about.
        process = subprocess.Popen(
            [*command("training"), folder, "--leashed"],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
        )
        try:
            return process.wait()
        finally:
            process.kill()


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
