"""A model file into a project. Runs off the window."""

from __future__ import annotations

from pathlib import Path

from dynseg.model.card import ModelCard
from dynseg.model.registry import ModelRegistry
from dynseg.progress import CancelToken

PLACEMENT, EXPERTS = "all", 4
"""What a dynamic head looks like when somebody wishes for one."""


def take_in(
    path: Path,
    registry: ModelRegistry,
    cancel: CancelToken | None = None,
    *,
    upcycles: bool = False,
) -> ModelCard:
    """Put a model file of this program or a checkpoint of Ultralytics into a project, checked.

    Args:
        path: The file; left as it is.
        registry: The project's models; nothing is added to them unless the check is passed.
        cancel: Asked while waiting.
        upcycles: Whether the network of a checkpoint is made dynamic.

    Raises:
        ModelFileError: it is damaged, holds code, or is another kind of model.
        CancelledError: `cancel` was set.
        OSError: the process that looks at it cannot be started.
    """
    if path.suffix.lower() == ".pt":
        from dynseg.model.child import import_checkpoint

        placement = PLACEMENT if upcycles else None
        return import_checkpoint(
            path, registry, placement=placement, experts=EXPERTS, cancel=cancel
        )
    from dynseg.training.promotion import check_candidate

    check_candidate(path)
    if cancel is not None:
        cancel.check()
    return registry.add(path)
