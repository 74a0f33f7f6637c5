"""`python -m dynseg.inference.backends.measure MODEL`: find the fastest backend and remember it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dynseg.inference.backends.choice import cpu_backend
from dynseg.model.card import read_card
from dynseg.model.sandbox import forbid_network
from dynseg.priority import step_back


def main() -> int:
    """Measure for models of the shape of the one that the command line names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=Path)
    parser.add_argument("--full", action="store_true")
    chosen = parser.parse_args()
    forbid_network()
    step_back()
    cpu_backend(chosen.model, read_card(chosen.model), half=not chosen.full)
    return 0


if __name__ == "__main__":
    sys.exit(main())
