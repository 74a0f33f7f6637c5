"""What a person points at, for networks that segment anything. Free of torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prompt:
    """Clicks and a box around one object, image pixels.

    Attributes:
        inside: Points on the object, x and y.
        outside: Points that are not.
        box: `x0, y0, x1, y1` around it, or None.
    """

    inside: Sequence[tuple[float, float]] = ()
    outside: Sequence[tuple[float, float]] = ()
    box: tuple[float, float, float, float] | None = None

    def __bool__(self) -> bool:
        """Whether it says where the object is: what it is not alone does not."""
        return bool(self.inside) or self.box is not None
