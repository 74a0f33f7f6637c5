"""A process of its own for files that nobody vouches for. Free of torch.

It has no network, little memory and little time, and it may crash: the caller gets a model that was
rebuilt and probed, or one sentence.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path

import msgspec
import psutil

from dynseg import processes
from dynseg.errors import ModelFileError
from dynseg.model.card import ModelCard
from dynseg.model.naming import file_name
from dynseg.model.registry import ModelRegistry
from dynseg.progress import CancelledError, CancelToken

MEMORY_BYTES = 4 << 30
TIMEOUT_S = 180.0
"""A busy machine needs a minute to load torch; what is hostile has ended long before."""
READING_CPU_S = 4
"""Seconds of computing in which the description of a network must be read; 0.1 are usual."""
_LOOK_EVERY_S = 0.05
_ENVIRONMENT = {
    # One thread, and none that spins beside the work of others.
    "OMP_NUM_THREADS": "1",
    "OMP_WAIT_POLICY": "PASSIVE",
    # A GPU's driver takes more addresses than the process may have, as soon as anybody asks for it.
    "CUDA_VISIBLE_DEVICES": "-1",
}


class Answer(msgspec.Struct, frozen=True):
    """What the process says: an empty message means that the model was written."""

    message: str = ""
    hint: str = ""


def import_checkpoint(
    source: Path,
    registry: ModelRegistry,
    *,
    name: str | None = None,
    placement: str | None = None,
    experts: int = 4,
    cancel: CancelToken | None = None,
) -> ModelCard:
    """Put an Ultralytics `.pt` file into a project, without running anything that stands in it.

    Args:
        source: The file; left as it is.
        registry: The project's models.
        name: Name in the project; that of the file when None, made unique.
        placement: Make a plain network dynamic: mask, mask+class or all; None leaves it as it is.
        experts: Experts of each dynamic convolution then.
        cancel: Asked while waiting.

    Raises:
        ModelFileError: it holds code, is damaged, is another kind of model, or needs too much.
        CancelledError: `cancel` was set.
        OSError: the process cannot be started, or the project cannot be written.
    """
    if not source.is_file():
        raise ModelFileError(f"The file {source} is not there.", "Check the path.")
    with tempfile.TemporaryDirectory(prefix="dynseg-import-") as folder:
        target = Path(folder) / "model.safetensors"
        request = [str(source.absolute()), str(target), "--experts", str(experts)]
        if placement is not None:
            request += ["--upcycle", placement]
        answer = _run(request, source, cancel)
        if answer.message:
            raise ModelFileError(answer.message, answer.hint)
        return registry.add(target, name=name or file_name(source))


def _run(request: list[str], source: Path, cancel: CancelToken | None) -> Answer:
    process = subprocess.Popen(
        [*processes.command("model"), *request],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=processes.WITHOUT_CONSOLE,
        env={**os.environ, **_ENVIRONMENT},
    )
    try:
        _watch(process, cancel)
        out, _ = process.communicate()
    except BaseException:
        process.kill()
        process.communicate()
        raise
    try:
        return msgspec.json.decode(out.strip().splitlines()[-1], type=Answer)
    except (IndexError, msgspec.DecodeError):
        return Answer(
            f"{source.name} could not be read within the limits of time and memory.",
            "It is damaged, or no checkpoint of a YOLO11 segmentation model.",
        )


def _watch(process: subprocess.Popen[bytes], cancel: CancelToken | None) -> None:
    """Wait for the end, or bring it about; not every system limits memory by itself."""
    end_s = time.monotonic() + TIMEOUT_S
    while process.poll() is None:
        if cancel is not None and cancel.cancelled:
            process.kill()
            process.communicate()
            raise CancelledError
        if time.monotonic() > end_s or _memory_bytes(process.pid) > MEMORY_BYTES:
            process.kill()
            return
        time.sleep(_LOOK_EVERY_S)


def _memory_bytes(pid: int) -> int:
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0
