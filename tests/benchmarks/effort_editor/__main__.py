"""How many gestures a correction takes: our tools beside dragging vertices.

Run it: `python -m tests.benchmarks.effort_editor [--sets food-tray nuts] [--most 40] [--json]`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from pathlib import Path
from typing import Any

from tests.benchmarks.effort_editor.material import REACHED, cases
from tests.benchmarks.effort_editor.planner import Work, correct

from dynseg.inference.predictor import Predictor
from dynseg_resources import starter_model

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
SETS = ("food-tray", "nuts", "feral-cats", "nuclei-fluo")
AIM = 3.0


def row(name: str, ours: list[Work], plain: list[Work]) -> dict[str, Any]:
    """Sums and means of one set; counts of those that gave up are too low, never too high."""
    gestures, drags = sum(w.gestures for w in ours), sum(w.gestures for w in plain)
    return {
        "set": name,
        "objects": len(ours),
        "gestures": round(gestures / len(ours), 2),
        "changes_of_tool": round(sum(w.changes for w in ours) / len(ours), 2),
        "drags": round(drags / len(plain), 2),
        "times_fewer": round(drags / max(gestures, 1), 2),
        "times_fewer_with_changes": round(
            drags / max(gestures + sum(w.changes for w in ours), 1), 2
        ),
        "median_of_objects": round(
            statistics.median(
                p.gestures / max(w.gestures, 1) for w, p in zip(ours, plain, strict=True)
            ), 2,
        ),
        "way": round(sum(w.length_px for w in ours) / len(ours)),
        "way_of_drags": round(sum(w.length_px for w in plain) / len(plain)),
        "not_reached": sum(not w.reached for w in ours),
        "drags_not_reached": sum(not w.reached for w in plain),
    }  # fmt: skip


def main() -> int:
    """Print a table, or one JSON object; 1 when the aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--sets", nargs="+", default=list(SETS))
    parser.add_argument("--most", type=int, default=40, help="objects of each set")
    parser.add_argument("--model", type=Path, default=starter_model())
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    predictor = Predictor.load(chosen.model, device="cpu")
    rows, all_ours, all_plain = [], [], []
    for name in chosen.sets:
        if not (chosen.data / name).is_dir():
            sys.stderr.write(f"{name}: not in {chosen.data}, left out\n")
            continue
        ours, plain = [], []
        for seed, case in enumerate(cases(chosen.data, name, predictor, most=chosen.most)):
            ours.append(correct(case, with_tools=True, seed=seed))
            plain.append(correct(case, with_tools=False, seed=seed))
        if ours:
            rows.append(row(name, ours, plain))
            all_ours += ours
            all_plain += plain
    if not rows:
        sys.stderr.write("No set is there: nothing was measured.\n")
        return 1
    rows.append(row("all", all_ours, all_plain))
    if chosen.json:
        sys.stdout.write(json.dumps({"reached": REACHED, "aim": AIM, "rows": rows}) + "\n")
    else:
        for each in [dict(zip(rows[0], rows[0], strict=True)), *rows]:
            sys.stdout.write("  ".join(f"{value!s:>11.24}" for value in each.values()) + "\n")
    return 0 if rows[-1]["times_fewer"] >= AIM else 1


if __name__ == "__main__":
    sys.exit(main())
