"""The search as a process: `python -m dynseg.label_errors PROJECT`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dynseg.priority import LOWER, step_back
from dynseg.training.isolation import isolate


def main() -> int:
    """Look through a project; what happens goes to standard output, a `Looked` a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--threads", type=int, default=0)
    arguments = parser.parse_args()
    step_back(LOWER)
    isolate()
    from dynseg.label_errors.search import look  # loads torch

    return look(arguments.project, device=arguments.device, threads=arguments.threads)


if __name__ == "__main__":
    sys.exit(main())
