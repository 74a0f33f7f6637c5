"""Inputs of the network in memory that another image will have after it."""

from __future__ import annotations

from dataclasses import dataclass

from dynseg.inference.letterboxed import ModelInput


@dataclass(slots=True, eq=False)
class Lease:
    """A place in the shared memory and how many inputs in it the network has not seen.

    Attributes:
        place: Where it begins, a byte.
        inputs: Left.
    """

    place: int
    inputs: int


@dataclass(frozen=True, slots=True, eq=False)
class LentInput(ModelInput):
    """An input whose pixels lie in the shared memory, until `Hands.give_back`.

    Attributes:
        lease: The place that it shares with other looks at the image.
    """

    lease: Lease
