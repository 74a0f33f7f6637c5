"""What every command that lets a model look at many images answers in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dynseg.cli.console import Console
from dynseg.cli.words import many
from dynseg.errors import InputError

if TYPE_CHECKING:
    from dynseg.inference.runs.summary import PrelabelSummary
    from dynseg.project.view import ProjectView


def facts(done: PrelabelSummary) -> dict[str, Any]:
    """The keys of the JSON object that do not depend on what was done with the answers."""
    return {
        "images": done.images,
        "instances": done.instances,
        "failed": len(done.failed),
        "failures": [{"image": rel, "reason": reason} for rel, reason in done.failed],
        "skipped": done.skipped,
        "seconds": done.seconds,
        "images_per_s": done.images_per_s,
        "device": done.device,
        "device_reason": done.device_reason,
        "backend": done.backend,
        "model": done.model,
    }


def say_failed(done: PrelabelSummary, console: Console) -> None:
    """List the images that could not be used, with the reason of each."""
    failed = [f"{rel}: {reason}" for rel, reason in done.failed]
    console.findings(failed, title=f"{many(failed, 'image')} failed")


def all_failed(done: PrelabelSummary, view: ProjectView | None = None) -> InputError | None:
    """A run that could use none of its images has failed, although it came to its end.

    Args:
        done: What the run says.
        view: The project, if it was one. Where it has others than the images that failed, and
            their files are there, the run found what waits for ever: damaged ones.
    """
    if done.images or done.skipped or not done.failed:
        return None
    if view is not None:
        failed = {rel for rel, _ in done.failed}
        others = (row for row in view.images() if row.rel not in failed and not row.damage)
        if any(view.image_path(row.id).is_file() for row in others):
            return None
    return InputError(
        f"None of {many(done.failed, 'image')} can be used; no label was changed.",
        "Replace the files, or `dynseg relink` them where they were moved.",
    )
