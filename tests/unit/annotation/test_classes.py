"""F3: colours of classes can be told apart by everybody."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from dynseg.annotation.classes import (
    FURTHER,
    PALETTE,
    ClassLabel,
    ClassTable,
    colour_for,
    free_colour,
)

# Machado, Oliveira, Fernandes 2009, severity 1, on linear RGB.
SEEN = {
    "all cones": np.eye(3),
    "no red cones": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
    "no green cones": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
    "no blue cones": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
         [0.004733, 0.691367, 0.303900]]
    ),
}  # fmt: skip
# OKLab, B. Ottosson 2020: https://bottosson.github.io/posts/oklab/
TO_CONES = np.array(
    [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
     [0.0883024619, 0.2817188376, 0.6299787005]]
)  # fmt: skip
TO_LAB = np.array(
    [[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
     [0.0259040371, 0.7827717662, -0.8086757660]]
)  # fmt: skip


def lab(colour: str, seen: np.ndarray) -> np.ndarray:
    srgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    seen_colour: np.ndarray = TO_LAB @ np.cbrt(TO_CONES @ np.clip(seen @ linear, 0, 1))
    return seen_colour


def test_f3_no_two_colours_of_the_palette_look_alike_with_any_kind_of_colour_vision() -> None:
    for name, seen in SEEN.items():
        labs = [lab(colour, seen) for colour in PALETTE]
        nearest = min(np.linalg.norm(a - b) for a, b in combinations(labs, 2))
        assert nearest > 0.075, name  # 0.02 is just noticeable side by side


def test_f3_a_new_class_gets_a_colour_that_none_or_the_fewest_have() -> None:
    labels = [ClassLabel(i, str(i), PALETTE[i]) for i in (0, 1, 3)]
    assert free_colour(ClassTable(tuple(labels))) == PALETTE[2]
    full = [ClassLabel(i, str(i), colour) for i, colour in enumerate(PALETTE + FURTHER)]
    assert free_colour(ClassTable(tuple(full))) == PALETTE[0]


def test_120_classes_look_different() -> None:
    table = ClassTable()
    for number in range(120):
        label = ClassLabel(number, str(number), free_colour(table))
        table = ClassTable((*table.labels, label))
    colours = [label.colour for label in table.labels]
    assert colours[: len(PALETTE)] == list(PALETTE)
    assert colours == [colour_for(number) for number in range(120)]
    labs = [lab(colour, SEEN["all cones"]) for colour in colours]
    assert min(np.linalg.norm(a - b) for a, b in combinations(labs, 2)) > 0.05
