"""The best way to pair two sides, against all ways there are."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dynseg.review.assignment import Edges, best_total

SIDE = 5

tables = st.dictionaries(
    st.tuples(st.integers(0, SIDE - 1), st.integers(0, SIDE - 1)),
    # Few values, so that many pairs are worth the same; some that no binary fraction hits.
    st.sampled_from([0.5, 0.6, 2 / 3, 0.7, 0.9, 1.0]),
)


def by_trying_all(edges: Edges) -> float:
    return max(
        sum(edges.get(pair, 0.0) for pair in enumerate(order))
        for order in itertools.permutations(range(SIDE))
    )


@example({})
@example({(0, 0): 0.6, (0, 1): 2 / 3, (1, 1): 0.6})
@given(tables)
def test_no_way_to_pair_is_worth_more(edges: Edges) -> None:
    best = best_total(edges)
    assert best == pytest.approx(by_trying_all(edges))
    assert best_total({(b, a): worth for (a, b), worth in edges.items()}) == pytest.approx(best)
    assert best_total(dict(reversed(edges.items()))) == pytest.approx(best)


def test_the_greatest_pair_gives_way_to_two_that_are_worth_more() -> None:
    assert best_total({(0, 0): 0.9, (0, 1): 0.6, (1, 0): 0.6}) == pytest.approx(1.2)
    assert best_total({(0, 0): 0.9, (7, 3): 0.6}) == pytest.approx(1.5)
