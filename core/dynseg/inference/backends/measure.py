"""`python -m dynseg.inference.backends.measure MODEL`: find the fastest backend and remember it.

It ends with its standard input: who started it may be ended at any time, and wants no more then.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
from pathlib import Path
from typing import BinaryIO

from dynseg.inference.backends.choice import cpu_backend
from dynseg.model.card import read_card
from dynseg.model.sandbox import forbid_network
from dynseg.priority import step_back
from dynseg.processes import take_input


def main() -> int:
    """Measure for models of the shape of the one that the command line names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=Path)
    parser.add_argument("--full", action="store_true")
    chosen = parser.parse_args()
    threading.Thread(target=_end_with, args=(take_input(),), daemon=True).start()
    forbid_network()
    step_back()
    cpu_backend(chosen.model, read_card(chosen.model), half=not chosen.full)
    return 0


def _end_with(parent: BinaryIO) -> None:
    parent.read()
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
