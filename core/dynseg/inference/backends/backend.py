"""What runs a network: one protocol, so that everything above knows no framework."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from dynseg.inference.outlines.polygons import Candidates
from dynseg.inference.postprocess import Selection


class Backend(Protocol):
    """A network in memory, ready to run."""

    @property
    def name(self) -> str:
        """For people and summaries: `torch`, `openvino bf16`."""
        raise NotImplementedError

    @property
    def batch_size(self) -> int:
        """Images of one size that are best run together."""
        raise NotImplementedError

    @property
    def in_flight(self) -> int:
        """Calls of `run` that are worth having under way at the same time."""
        raise NotImplementedError

    def run(self, images: Sequence[NDArray[np.uint8]], selection: Selection) -> list[Candidates]:
        """Run the network; may be called from several threads at once.

        Args:
            images: Of one size, `(h, w, 3)` uint8 RGB, letterboxed; sides are multiples of 32.
            selection: Which boxes are kept.

        Returns:
            What was found in each image, boxes in model pixels.

        Raises:
            RuntimeError: it cannot run, for want of memory or another reason.
        """
        raise NotImplementedError


class Shared(Protocol):
    """Memory that other processes see, in which images for `Backend.run` lie."""

    @property
    def memory(self) -> NDArray[np.uint8]:
        """All of it."""
        raise NotImplementedError

    def room_for(self, shape: tuple[int, ...]) -> NDArray[np.float16] | None:
        """Room in it for prototypes, `(B, h, w, M)`, until nobody has them; None for none."""
        raise NotImplementedError


@runtime_checkable
class Pinning(Protocol):
    """A backend whose device reads and writes the memory of this process."""

    def pinned(self, shared: Shared) -> AbstractContextManager[None]:
        """Keep memory where it is: a GPU then fetches images from it while everybody computes.

        Its answers go there too, so that nobody copies them for those who trace.

        Args:
            shared: The memory; it may not go away meanwhile.
        """
        raise NotImplementedError
