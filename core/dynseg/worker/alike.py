"""Jobs of finding what looks like shapes that a person points out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from dynseg.inference.detections import Detection
from dynseg.inference.likeness.search import Shape, find_kinds
from dynseg.inference.likeness.surface import Seer
from dynseg.progress import Progress, Report
from dynseg.worker.protocol import FindAlike
from dynseg.worker.wire import WireParts, from_wire
from dynseg_resources import starter_model


class AlikeJobs:
    """Keeps what says how places look: the beginning of the starter."""

    def __init__(self) -> None:
        self._seer: Seer | None = None

    def find(
        self,
        request: FindAlike,
        pixels: NDArray[np.uint8],
        *,
        report: Report,
        look_up: Callable[[], None],
    ) -> list[tuple[int, Detection]]:
        """What looks like the examples of a request, with the class of those, surest first.

        Args:
            request: At least one example.
            pixels: `(H, W, 3)` uint8 RGB of the image.
            report: Told before what takes a second.
            look_up: Called again and again; what it raises ends the work.

        Raises:
            ProtocolError: something asked about is no polygon.
        """
        report(Progress("Looking for more like these", 0, 1))
        if self._seer is None:
            self._seer = Seer(starter_model())
        there = [from_wire(parts) for parts in request.there]
        return find_kinds(
            pixels,
            self._seer,
            _by_kind(request.examples),
            there=there,
            refused=_by_kind(request.refused),
            simplify_px=request.simplify_px,
            look_up=look_up,
        )


def _by_kind(shapes: Sequence[tuple[int, WireParts]]) -> dict[int, list[Shape]]:
    """Outlines by their class."""
    kinds: dict[int, list[Shape]] = {}
    for class_id, parts in shapes:
        kinds.setdefault(class_id, []).append(from_wire(parts))
    return kinds
