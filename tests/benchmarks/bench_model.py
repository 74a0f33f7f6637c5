"""What dynamic heads cost beside the plain one; a JSON object a row.

python tests/benchmarks/bench_model.py --scales nsm --experts 4 --rounds 15
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from dynseg.model.sandbox import prepare_environment

prepare_environment()

from dynseg.model.bench import measure_costs  # noqa: E402


def main() -> None:
    """Measure and print as it goes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scales", default="nsm", help="letters of n, s, m, l, x")
    parser.add_argument("--experts", type=int, default=4)
    parser.add_argument("--imgsz", type=int, default=640)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--device", default="cpu")
    arguments = parser.parse_args()
    for row in measure_costs(
        scales=tuple(arguments.scales),
        experts=arguments.experts,
        image_size=arguments.imgsz,
        rounds=arguments.rounds,
        device=arguments.device,
    ):
        sys.stdout.write(json.dumps(asdict(row)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
