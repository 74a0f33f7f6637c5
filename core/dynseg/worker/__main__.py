"""`python -m dynseg.worker`: answer jobs until the window goes away."""

from __future__ import annotations

import logging
import os
import sys

from dynseg.worker.server import Server


def main() -> int:
    """Keep standard output for the protocol, send everything else to standard error."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(levelname)s %(message)s")
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    # Libraries print; a stray line among the answers would be taken for one.
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    Server(sys.stdin.buffer, out).serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
