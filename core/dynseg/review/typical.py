"""Typical and diverse: which few images stand for the most others.

With few labels it pays to label images that many others resemble, each of another kind; asking
about what the model is unsure of loses to chance there (G. Hacohen et al., "Active Learning on a
Budget", ICML 2022). The order is that of greedy facility location (G. Nemhauser et al., "An
analysis of approximations for maximizing submodular set functions", 1978): every image in turn is
the one that adds most to how well the whole folder is represented.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ALIKE = 0.85
"""Cosine of two standardised appearances from which on two images show nearly the same. Real photos
that were shifted, turned and brightened by 1 to 5 % reach 0.87 to 0.97 with themselves, different
ones of the same tray 0.66."""
GAP = 5
"""Images between two that show nearly the same, as long as there are others."""
MOST = 3000
"""Images that are compared with each other; of more, a sample stands for all."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One image of the order.

    Attributes:
        place: Its position in what was ordered.
        stands_for: How many images, itself included, no image before it resembles as much.
    """

    place: int
    stands_for: int


def standardised(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors whose products say how alike two images are, compared with the whole folder.

    Args:
        vectors: `(N, D)` pooled features.

    Returns:
        `(N, D)` of length 1. A dot product of 1 is the same picture, 0 is as unlike as two images
        of this folder are on average.
    """
    if not len(vectors):
        return vectors
    centred = vectors - vectors.mean(0)
    spread = centred.std(0)
    centred /= np.maximum(spread, 1e-3 * max(1e-9, float(spread.mean())))
    length = np.linalg.norm(centred, axis=1, keepdims=True)
    return np.asarray(centred / np.maximum(length, 1e-9), np.float32)


def typical_order(
    vectors: NDArray[np.float32], known: NDArray[np.bool_], *, seed: int = 0
) -> list[Choice]:
    """The images that are not known yet, those that stand for most others first.

    Args:
        vectors: `(N, D)` from `standardised`.
        known: `(N,)` images that are labelled: what they show is represented already.
        seed: Of the sample that is compared when there are more than `MOST`.
    """
    waiting = np.flatnonzero(~known)
    chance = np.random.default_rng(seed)
    if len(waiting) > MOST:
        waiting = chance.permutation(waiting)
    looked_at, rest = waiting[:MOST], waiting[MOST:]
    alike = np.maximum(vectors[looked_at] @ vectors[looked_at].T, 0)
    best = _represented(vectors[looked_at], vectors[known])
    order = [Choice(int(looked_at[at]), count) for at, count in _greedy(alike, best)]
    return order + [Choice(int(place), 1) for place in rest]


def _represented(
    vectors: NDArray[np.float32], labelled: NDArray[np.float32]
) -> NDArray[np.float32]:
    """`(n,)`: how alike the labelled image is that resembles each image most; 0 where none does."""
    best = np.zeros(len(vectors), np.float32)
    for start in range(0, len(labelled), MOST):
        best = np.maximum(best, (vectors @ labelled[start : start + MOST].T).max(1))
    return best


def _greedy(alike: NDArray[np.float32], best: NDArray[np.float32]) -> list[tuple[int, int]]:
    """Places and how many images each stands for; `best` is brought up to date.

    What an image adds only falls while others are chosen, so an old figure is a bound, and few have
    to be worked out again (M. Minoux, "Accelerated greedy algorithms", 1978).
    """
    gains = np.maximum(alike - best, 0).sum(1)
    heap = [(-float(gain), at) for at, gain in enumerate(gains)]
    heapq.heapify(heap)
    order = []
    while heap:
        _, at = heapq.heappop(heap)
        better = alike[at] - best
        gain = float(np.maximum(better, 0).sum())
        if heap and gain < -heap[0][0] - 1e-6:
            heapq.heappush(heap, (-gain, at))
            continue
        order.append((at, max(1, int((better > 0).sum()))))
        np.maximum(best, alike[at], out=best)
    return order


def spread(
    order: Sequence[int], vectors: NDArray[np.float32], *, gap: int = GAP, alike: float = ALIKE
) -> list[int]:
    """The same order, with images that show nearly the same further apart where others are left.

    Of the images that were put off the first `4 * gap` are asked each time, so that a film of
    thousands of frames costs no more a frame; one behind them may come later than it could.

    Args:
        order: Places of images.
        vectors: `(N, D)` from `standardised`.
        gap: Images between two alike ones.
        alike: Product from which on two images are alike.
    """
    result: list[int] = []
    put_off: list[int] = []

    def fits(place: int) -> bool:
        near = result[-gap:]
        return not near or float((vectors[near] @ vectors[place]).max()) < alike

    for place in order:
        while (ready := next((p for p in put_off[: 4 * gap] if fits(p)), None)) is not None:
            put_off.remove(ready)
            result.append(ready)
        if fits(place):
            result.append(place)
        else:
            put_off.append(place)
    while put_off:
        ready = next((p for p in put_off[: 4 * gap] if fits(p)), put_off[0])
        put_off.remove(ready)
        result.append(ready)
    return result
