"""What the executables of a bundle run: a process of the program, the commands, or the window.

`dynseg` and `dynseg-annotator` are one program under two names; the name decides.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from pathlib import Path


def main() -> int:
    """Become what the name and the first argument ask for."""
    multiprocessing.freeze_support()
    _restore_library_path()
    from dynseg import processes

    if processes.run_as(sys.argv[1:]):
        return 0
    if Path(sys.executable).stem == "dynseg":
        from dynseg.cli.main import main as headless

        return headless()
    from dynseg_annotator.__main__ import main as window

    return window()


def _restore_library_path() -> None:
    """Let programs that the window opens (a file manager) load the system's libraries, not ours."""
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", "")
    if before:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)


if __name__ == "__main__":
    sys.exit(main())
