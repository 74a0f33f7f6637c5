"""Gestures per object over images labelled, as pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

SMOOTHED = 5
"""Images that one point of a curve looks back on."""
NAMES = {
    "hand": "by hand",
    "starter": "starter, no names",
    "named": "starter, names by likeness",
    "rounds": "rounds of 10, retrained between",
    "live": "live learning, random order",
    "queue": "live learning, suggested order",
    "named, boxes": "starter, names by likeness, boxes around what it missed",
}


def draw(results: list[dict[str, Any]], folder: Path) -> None:
    """One PNG a set."""
    mpl.use("Agg")
    for name in dict.fromkeys(result["set"] for result in results):
        figure = Figure(figsize=(8, 5.2), layout="constrained")
        axes = figure.add_subplot()
        for result in results:
            if result["set"] == name:
                label = NAMES.get(result["arm"], result["arm"])
                axes.plot(*_curve(result["images"]), label=label, linewidth=2)
        axes.set(xlabel="images labelled", ylabel="gestures per object", title=name)
        axes.set_ylim(bottom=0)
        axes.grid(alpha=0.3)
        figure.legend(loc="outside lower center", ncols=2)
        figure.savefig(folder / f"effort-{name}.png", dpi=120)


def _curve(rows: list[dict[str, Any]]) -> tuple[np.ndarray, np.ndarray]:
    gestures = np.cumsum([0, *(row["gestures"] for row in rows)])
    objects = np.cumsum([0, *(row["objects"] for row in rows)])
    end = np.arange(1, len(rows) + 1)
    start = np.maximum(0, end - SMOOTHED)
    return end, (gestures[end] - gestures[start]) / np.maximum(1, objects[end] - objects[start])
