"""What one move of the confidence slider costs: candidates against what a person drew.

    uv run python tests/benchmarks/slider.py

prints processor milliseconds (median of nine moves) for 300 candidates on an image without shapes,
with 100 and with 2,000.
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np

from dynseg.annotation.document import Annotation, ImageState, Instance
from dynseg.geometry.part import Part, ring
from dynseg.inference.detections import Detection
from dynseg.inference.merge import propose


def blob(rng: np.random.Generator, x: float, y: float, size: float) -> Part:
    angle = np.linspace(0, 2 * np.pi, 25, endpoint=False)
    radius = size / 2 * (1 + 0.1 * rng.standard_normal(25))
    return Part(ring(np.stack([x + radius * np.cos(angle), y + radius * np.sin(angle)], axis=1)))


def scattered(rng: np.random.Generator, count: int) -> list[Detection]:
    result = []
    for _ in range(count):
        x, y = rng.uniform(50, 1850), rng.uniform(50, 1000)
        result.append(
            Detection(
                int(rng.integers(0, 2)),
                float(rng.uniform(0.05, 1)),
                (blob(rng, x, y, 40),),
                (x - 20, y - 20, x + 20, y + 20),
            )
        )
    return result


def move_ms(annotation: Annotation, detections: list[Detection]) -> float:
    """Processor time of one move, median of nine."""
    times = []
    for step in range(9):
        start = time.thread_time()
        propose(
            annotation, detections, model_id="m", run_id=None,
            confidence=0.05 + step * 0.01, mapping={0: 11, 1: 12},
        )  # fmt: skip
        times.append((time.thread_time() - start) * 1e3)
    return round(sorted(times)[len(times) // 2], 2)


def main() -> int:
    """Measure, print one JSON object."""
    rng = np.random.default_rng(0)
    detections = scattered(rng, 300)
    drawn = tuple(Instance(class_id=11, parts=d.parts) for d in scattered(rng, 2000))
    found = {}
    for count in (0, 100, 2000):
        shown = Annotation(1, 1920, 1080, drawn[:count], ImageState.IN_WORK)
        found[f"{count}_shapes_ms"] = move_ms(shown, detections)
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
