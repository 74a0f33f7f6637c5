"""The only way for a trained model to become the active one. Free of torch.

The network itself is looked at in a process of its own: by the run at its end, or by
`check_candidate` for a model that no run has made.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import msgspec

from dynseg import processes
from dynseg.errors import ModelFileError, TrainingError
from dynseg.formats.outgoing.staging import file_digest
from dynseg.model.card import ModelCard, read_card
from dynseg.model.registry import ModelRegistry
from dynseg.training.run import RunFolder

TOLERANCE = 0.005
"""Loss of mAP50-95 that still counts as "not worse": the validation images are a sample."""
CHECK_TIMEOUT_S = 300.0


class CheckAnswer(msgspec.Struct, frozen=True):
    """What a check says: an empty message means that the model may be used."""

    message: str = ""
    hint: str = ""


def problem_of(
    before: tuple[float, float], after: tuple[float, float], *, has_objects: bool = True
) -> str:
    """Why a candidate should not become active, as a sentence; empty when it may.

    Args:
        before: mAP50 and mAP50-95 of the parent on the run's validation images.
        after: The same of the candidate.
        has_objects: Whether there is a shape on these images.
    """
    if not has_objects:
        return "No validation image has a shape, so nobody knows how good the new model is."
    if after[0] <= 0:
        return "The new model finds nothing on the validation images."
    if after[1] < before[1] - TOLERANCE:
        return (
            "The new model is worse than the one it started from "
            f"(mAP50-95 {after[1]:.3f} after {before[1]:.3f} on the same images)."
        )
    return ""


def promote(registry: ModelRegistry, run: RunFolder, *, force: bool = False) -> ModelCard:
    """Make the candidate of a finished run the active model.

    Args:
        registry: The project's models.
        run: A finished run.
        force: Also when it measured worse than its parent; a damaged one is refused all the same.

    Raises:
        TrainingError: the run has no candidate, or it is worse.
        ModelFileError: the file is not the one that the run wrote and checked.
    """
    status = run.status()
    if status.state != "finished" or not status.model:
        raise TrainingError(
            f"The run {run.name} has no finished model.", "Wait for its end, or resume it."
        )
    path = registry.path(status.model)
    if file_digest(path) != status.model_sha256:
        raise ModelFileError(
            f"{path.name} is not the file that the run wrote and checked; the active model is "
            "unchanged.",
            "Train again.",
        )
    read_card(path)
    if status.problem and not force:
        raise TrainingError(
            f"{status.problem} The active model is unchanged.",
            "Review more images and train again, or force it if you know better.",
        )
    return registry.promote(status.model)


def check_candidate(path: Path) -> None:
    """Look at a model file in a process of its own: hash, keys, finite, not all zero, answers.

    Raises:
        ModelFileError: it must not be used.
    """
    try:
        done = subprocess.run(
            [*processes.command("training"), "--check", str(path.absolute())],
            stdin=subprocess.DEVNULL,
            creationflags=processes.WITHOUT_CONSOLE,
            capture_output=True,
            timeout=CHECK_TIMEOUT_S,
            check=False,
        )
        answer = msgspec.json.decode(done.stdout.strip().splitlines()[-1], type=CheckAnswer)
    except (OSError, subprocess.TimeoutExpired, IndexError, msgspec.DecodeError) as error:
        raise ModelFileError(
            f"{path.name} could not be checked; the active model is unchanged.",
            "Run `dynseg doctor`, then try again.",
        ) from error
    if answer.message:
        raise ModelFileError(answer.message, answer.hint)
