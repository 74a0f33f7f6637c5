"""Hashes that differ little, found without comparing each with each."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from dynseg.curation.near_hashes import components
from dynseg.progress import CancelledError, CancelToken

Hashes = NDArray[np.uint64]


def changed(rng: np.random.Generator, hashes: Hashes, most: int) -> Hashes:
    """Each with up to `most` of its 256 bits turned over."""
    bits = np.unpackbits(hashes.view(np.uint8), axis=1)
    for row in bits:
        row[rng.choice(256, int(rng.integers(0, most + 1)), replace=False)] ^= 1
    return np.packbits(bits, axis=1).view(np.uint64)


def by_comparing_all(hashes: Hashes, limit: int, compared: NDArray[np.bool_]) -> list[int]:
    first = list(range(len(hashes)))
    near = np.bitwise_count(hashes[:, None] ^ hashes[None]).sum(axis=2) <= limit
    near &= compared[:, None] | compared[None]
    for one, other in np.argwhere(near):
        low, high = sorted((first[one], first[other]))
        first = [low if value == high else value for value in first]
    return first


@pytest.mark.parametrize("limit", [20, 8, 0])
@pytest.mark.parametrize("share", [1.0, 0.2, 0.0])
@pytest.mark.parametrize("seed", range(4))
def test_the_groups_are_those_of_comparing_all_with_all(
    limit: int, share: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    films = rng.integers(0, 2**63, (12, 4), dtype=np.uint64)
    near_black = changed(rng, np.zeros((120, 4), dtype=np.uint64), 24)
    frames = changed(rng, films[rng.integers(0, 12, 120)], limit // 2 + 8)
    hashes = np.concatenate([near_black, frames, np.repeat(films[:2], 4, axis=0)])
    hashes = hashes[rng.permutation(len(hashes))]
    compared = rng.random(len(hashes)) < share
    found = components(hashes, limit, compared, CancelToken())
    assert found.tolist() == by_comparing_all(hashes, limit, compared)


def test_forty_thousand_frames_of_one_camera_are_no_matter_of_hours() -> None:
    rng = np.random.default_rng(0)
    scene = rng.integers(0, 2**63, (1, 4), dtype=np.uint64)
    frames = changed(rng, np.repeat(scene, 40_000, axis=0), 10)
    others = rng.integers(0, 2**63, (40_000, 4), dtype=np.uint64)
    hashes = np.concatenate([frames, others])
    found = components(hashes, 20, np.ones(len(hashes), dtype=np.bool_), CancelToken())
    assert set(found[:40_000].tolist()) == {0}
    assert found[40_000:].tolist() == list(range(40_000, 80_000))


def test_it_can_be_stopped() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        components(np.arange(8, dtype=np.uint64).reshape(2, 4), 20, np.ones(2, bool), cancel)


def test_nothing_to_compare() -> None:
    none = np.zeros((0, 4), dtype=np.uint64)
    assert components(none, 20, np.zeros(0, dtype=np.bool_), CancelToken()).tolist() == []
