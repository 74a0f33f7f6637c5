"""The class of a shape, told from the reviewed shapes that it resembles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dynseg.review.traits import NOISE, Numbers

_PRIOR = 2.0
"""Shapes that say, before there are any, that a class varies in a trait as much as all shapes."""
_SURE = 2.0
"""So many times as much as they differ by chance, traits have to differ to count."""
_LEAST, _LEAST_AT_FIRST, _AT_FIRST = 0.5, 0.25, 5
"""Names that are wrong more often than right are worse than none: somebody may believe them. How
often they would have been right says too little while it is told from a few images: where that was
a quarter to a half with two or three images, 52 to 61 of 100 of the next names were right (draws of
food-tray, nuts, urban-large, coco128-seg and generated scenes)."""


class Namer:
    """Gives a shape the class of the reviewed shape that it resembles most.

    Traits count as much as they tell the classes apart: where the kinds differ in outline and come
    in all colours, colour hardly counts. A nearest neighbour under a diagonal metric from the
    variance within classes and over all (as in DANN, Hastie and Tibshirani, 1996, without its
    local part). Differences as there are between two outlines of one object hardly count: on
    food-tray they decide between .73 and .95 right names after three images.

    Args:
        traits: `(N, D)` of reviewed shapes.
        class_ids: `(N,)` their classes.
        image_ids: `(N,)` their images.
        noise: `(D,)` how far the traits of one object differ from outline to outline.
    """

    def __init__(
        self,
        traits: Numbers,
        class_ids: NDArray[np.int64],
        image_ids: NDArray[np.int64],
        noise: Numbers = NOISE,
    ) -> None:
        self._traits = traits
        self._class_ids = class_ids
        self._image_ids = image_ids
        self._weight = np.sqrt(_weights(traits, class_ids, np.square(_SURE * noise)))
        self._examples = traits * self._weight
        self._squared = np.square(self._examples).sum(1)

    @property
    def examples(self) -> tuple[Numbers, NDArray[np.int64], NDArray[np.int64]]:
        """Traits of the reviewed shapes, their classes, their images: what it is made of."""
        return self._traits, self._class_ids, self._image_ids

    def names(self, traits: Numbers) -> NDArray[np.int64]:
        """`(M,)` class ids.

        Args:
            traits: `(M, D)`.
        """
        if not len(traits):
            return np.empty(0, np.int64)
        nearest: NDArray[np.int64] = self._class_ids[
            self._distances(traits * self._weight).argmin(1)
        ]
        return nearest

    @property
    def is_right(self) -> bool:
        """Whether it would have named enough of the reviewed shapes right, from other images alone.

        While there is one image, from the other shapes in it. False where there is one class:
        nothing is known then about what tells it from others.
        """
        if len(np.unique(self._class_ids)) < 2:
            return False
        distances = self._distances(self._examples)
        images = len(np.unique(self._image_ids))
        alone = np.eye(len(distances)) > 0
        distances[alone if images == 1 else self._image_ids[:, None] == self._image_ids] = np.inf
        right = float((self._class_ids[distances.argmin(1)] == self._class_ids).mean())
        return right >= (_LEAST_AT_FIRST if images < _AT_FIRST else _LEAST)

    def _distances(self, asked: Numbers) -> Numbers:
        """`(M, N)`, but for the square of what is asked: it is the same for all examples."""
        distances: Numbers = self._squared - 2 * asked @ self._examples.T
        return distances


def _weights(traits: Numbers, class_ids: NDArray[np.int64], chance: Numbers) -> Numbers:
    """`(D,)` what a squared difference in each trait counts; `chance` is a variance."""
    total = traits.var(0)
    within = _PRIOR * total
    for class_id in np.unique(class_ids):
        own = traits[class_ids == class_id]
        within += np.square(own - own.mean(0)).sum(0)
    within = within / (len(traits) - len(np.unique(class_ids)) + _PRIOR) + chance
    told = np.clip(1 - within / (total + chance), 0, 1)
    if not told.any():  # one shape of each class: nobody knows yet what tells them apart
        told = np.ones_like(told)
    weights: Numbers = told / within
    return weights
