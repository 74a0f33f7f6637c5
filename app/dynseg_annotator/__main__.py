"""`dynseg-annotator [FOLDER|PROJECT|IMAGE] [--demo]`: start the window."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, then show the window until it is closed."""
    parser = argparse.ArgumentParser(
        prog="dynseg-annotator",
        description="Label images with the help of a model that learns from your corrections.",
    )
    parser.add_argument(
        "path", nargs="?", type=Path, help="a folder of images, a project, or one image"
    )
    parser.add_argument("--demo", action="store_true", help="open the embedded sample project")
    chosen, for_qt = parser.parse_known_args(arguments)
    if chosen.path is not None and not chosen.path.exists():
        parser.error(f"{chosen.path} does not exist")
    # Qt is loaded only now, so that --help and a wrong path answer at once.
    from dynseg_annotator.application.start import run

    return run(for_qt, path=chosen.path, demo=chosen.demo)


if __name__ == "__main__":
    sys.exit(main())
