"""Pairing two sides so that what the pairs are worth together is the most there can be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Edges = dict[tuple[int, int], float]
"""What the pair of one of the left side and one of the right is worth, more than 0."""


def best_total(edges: Edges) -> float:
    """The most that pairs can be worth together, each member in one pair at most.

    The total is a property of the edges: unlike the pairs themselves, or those of a greedy choice,
    it knows no order and no side where several are worth the same.
    """
    return sum(_best_of_group(group) for group in _groups(edges))


def _groups(edges: Edges) -> Iterator[Edges]:
    """The edges in groups that share no member: most groups of a real image are one pair."""
    by_left: dict[int, list[int]] = defaultdict(list)
    by_right: dict[int, list[int]] = defaultdict(list)
    for left, right in edges:
        by_left[left].append(right)
        by_right[right].append(left)
    seen: set[int] = set()
    for start in by_left:
        if start in seen:
            continue
        seen.add(start)
        waiting, group = [start], {}
        while waiting:
            left = waiting.pop()
            for right in by_left[left]:
                group[left, right] = edges[left, right]
                fresh = [other for other in by_right.pop(right, ()) if other not in seen]
                seen.update(fresh)
                waiting += fresh
        yield group


def _best_of_group(group: Edges) -> float:
    if len(group) == 1:
        return next(iter(group.values()))
    rows = {left: at for at, left in enumerate(dict.fromkeys(left for left, _ in group))}
    columns = {right: at for at, right in enumerate(dict.fromkeys(right for _, right in group))}
    worth = np.zeros((len(rows), len(columns)))
    for (left, right), value in group.items():
        worth[rows[left], columns[right]] = value
    return _best_of_table(worth if len(rows) <= len(columns) else worth.T)


def _best_of_table(worth: NDArray[np.float64]) -> float:
    """The assignment problem by shortest augmenting paths (H. W. Kuhn 1955, J. Munkres 1957).

    Args:
        worth: (R, C) with R <= C, not negative; 0 is no pair.
    """
    rows, columns = worth.shape
    row_price, column_price = np.zeros(rows), np.zeros(columns)
    row_of = np.full(columns, -1)
    for row in range(rows):
        cost = np.full(columns, np.inf)  # of the cheapest path from `row` to each column
        before = np.full(columns, -1)
        done = np.zeros(columns, bool)
        column, length = -1, 0.0
        while column < 0 or row_of[column] >= 0:
            at = row if column < 0 else row_of[column]
            step = length - worth[at] - row_price[at] - column_price
            better = ~done & (step < cost)
            cost[better], before[better] = step[better], column
            column = int(np.argmin(np.where(done, np.inf, cost)))
            length, done[column] = cost[column], True
        passed = done & (row_of >= 0)
        row_price[row] += length
        row_price[row_of[passed]] += length - cost[passed]
        column_price[passed] -= length - cost[passed]
        while column >= 0:  # along the path, every column goes to the row before it
            previous = before[column]
            row_of[column] = row if previous < 0 else row_of[previous]
            column = previous
    taken = np.flatnonzero(row_of >= 0)
    return float(worth[row_of[taken], taken].sum())
