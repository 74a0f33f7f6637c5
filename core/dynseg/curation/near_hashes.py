"""Which of many hashes differ in few bits, without comparing each with each.

Hashes that differ in at most k bits agree in one of any k + 1 parts of them, so that only those
which share a part are compared (M. Norouzi, A. Punjani and D. J. Fleet, "Fast search in Hamming
space with multi-index hashing", CVPR 2012).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from dynseg.progress import CancelToken

MANY = 64
"""More hashes than this that share a part are walked through; fewer are compared pair by pair."""

Hashes = NDArray[np.uint64]
Indices = NDArray[np.int64]
Flags = NDArray[np.bool_]


def components(hashes: Hashes, limit: int, compared: Flags, cancel: CancelToken) -> Indices:
    """Groups of hashes that differ little, or differ little from something in the group.

    Args:
        hashes: `(N, W)` uint64.
        limit: Hashes that differ in no more bits belong together.
        compared: `(N,)` bool; two hashes are compared where one of them at least has True.
        cancel: Asked between steps.

    Returns:
        `(N,)` int64: for each hash the index of the first of its group.

    Raises:
        CancelledError: `cancel` was set.
    """
    kinds, kind_of = np.unique(hashes, axis=0, return_inverse=True)
    kind_of = kind_of.reshape(-1)
    active = np.zeros(len(kinds), dtype=np.bool_)
    active[kind_of[compared]] = True
    search = _Search(kinds, limit, active)
    if limit and len(kinds) > 1:
        bits = np.unpackbits(kinds.view(np.uint8), axis=1)
        for part in range(limit + 1):
            search.look_at(bits[:, part :: limit + 1], cancel)
    roots = search.roots()
    # Equal hashes of which none is compared belong together only where something joins them.
    joined = active | (np.bincount(roots, minlength=len(kinds)) > 1)[roots]
    every = np.arange(len(hashes))
    first = np.full(len(kinds), len(hashes), dtype=np.int64)
    np.minimum.at(first, roots[kind_of], every)
    return np.where(joined[kind_of], first[roots[kind_of]], every)


class _Search:
    """Hashes of which each differs from the others, and which of them were found together."""

    def __init__(self, hashes: Hashes, limit: int, active: Flags) -> None:
        self._hashes = hashes
        self._limit = limit
        self._active = active
        self._parent = list(range(len(hashes)))

    def roots(self) -> Indices:
        """`(N,)` int64: one hash of the group of each."""
        parent = np.array(self._parent, dtype=np.int64)
        while not np.array_equal(above := parent[parent], parent):
            parent = above
        return parent

    def look_at(self, part: NDArray[np.uint8], cancel: CancelToken) -> None:
        """Compare the hashes that agree in `part`, `(N, B)` bits, and are not together yet."""
        roots = self.roots()
        keys = part.astype(np.int64) @ (1 << np.arange(part.shape[1]))
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        starts = np.flatnonzero(np.diff(keys, prepend=keys[0] - 1))
        sizes = np.diff(starts, append=len(keys))
        for at in np.flatnonzero(sizes > MANY):
            cancel.check()
            self._walk(order[starts[at] : starts[at] + sizes[at]], roots, cancel)
        left = np.repeat(sizes, sizes) - (np.arange(len(keys)) - np.repeat(starts, sizes))
        left[np.repeat(sizes > MANY, sizes)] = 0
        for distance in range(1, MANY):
            cancel.check()
            places = np.flatnonzero(left > distance)
            if not len(places):
                break
            ones, others = order[places], order[places + distance]
            apart = roots[ones] != roots[others]
            self._compare(ones[apart], others[apart])

    def _compare(self, ones: Indices, others: Indices) -> None:
        """Join those of the pairs that differ little."""
        some = self._active[ones] | self._active[others]
        ones, others = ones[some], others[some]
        near = _differing(self._hashes[ones], self._hashes[others]) <= self._limit
        self._join(ones[near].tolist(), others[near].tolist())

    def _walk(self, members: Indices, roots: Indices, cancel: CancelToken) -> None:
        """From one to what is near it and on from there; each is found once."""
        rest = members
        while len(rest) and (roots[rest] != roots[rest[0]]).any():
            open_ones, rest = [int(rest[0])], rest[1:]
            while open_ones and len(rest):
                cancel.check()
                one = open_ones.pop()
                near = _differing(self._hashes[rest], self._hashes[one]) <= self._limit
                near &= self._active[rest] | self._active[one]
                found = rest[near]
                self._join([one] * len(found), found.tolist())
                near |= roots[rest] == roots[one]
                open_ones.extend(rest[near].tolist())
                rest = rest[~near]

    def _join(self, ones: Iterable[int], others: Iterable[int]) -> None:
        parent = self._parent
        for pair in zip(ones, others, strict=True):
            low, high = sorted(map(self._root, pair))
            parent[high] = low

    def _root(self, at: int) -> int:
        parent = self._parent
        while parent[at] != at:
            parent[at] = at = parent[parent[at]]
        return at


def _differing(some: Hashes, others: Hashes) -> Indices:
    """`(N,)` int64: in how many bits each of `some` differs from the other."""
    counts: Indices = np.bitwise_count(some ^ others).sum(axis=1, dtype=np.int64)
    return counts
