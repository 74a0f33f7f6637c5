"""Names for what was found in one image, by what it looks like there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dynseg.inference.detections import Detection
from dynseg.review.naming import Namer
from dynseg.review.traits import Scene

MOST_NAMED = 500
"""Shapes of one image that get a name, the surest; looking at one takes half a millisecond."""


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """Gives names in many images.

    Attributes:
        namer: Tells them; None where names would be wrong too often: then there are none.
        confidence: What is less sure keeps the name that it has.
    """

    namer: Namer | None
    confidence: float = 0.0

    def given(
        self,
        found: list[Detection],
        pixels: Callable[[], NDArray[np.uint8]],
        size: tuple[int, int],
    ) -> list[Detection]:
        """The same detections with the classes of what they resemble.

        Args:
            found: What a model found in an image, surest first.
            pixels: Gives `(H, W, 3)` uint8 RGB of the image, of any size; asked where there is
                something to name.
            size: Width and height of the image, pixels.

        Returns:
            The very same list when no name changes.

        Raises:
            ImageError: the image cannot be read.
        """
        names: dict[int, int | None] = {}
        if self.namer is not None:
            names = {
                at: item.named for at, item in enumerate(found) if item.score < self.confidence
            }
            asked = [
                at for at, item in enumerate(found[:MOST_NAMED]) if item.parts and at not in names
            ]
            if asked:
                traits = Scene(pixels(), *size).traits([found[at].parts for at in asked])
                names.update(zip(asked, self.namer.names(traits).tolist(), strict=True))
        if all(item.named == names.get(at) for at, item in enumerate(found)):
            return found
        return [replace(item, named=names.get(at)) for at, item in enumerate(found)]
