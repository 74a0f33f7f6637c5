"""Where the engine worker writes what went wrong, for a report."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

MAX_BYTES = 1 << 20
_FORMAT = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"


class _SharedLog(RotatingFileHandler):
    """A log that several workers write; it grows on where Windows does not let one move it."""

    def doRollover(self) -> None:
        """Begin a new file, unless another worker has this one open."""
        with suppress(OSError):
            super().doRollover()


def log_path() -> Path:
    """The log file of engine workers; its folder need not exist."""
    override = os.environ.get("DYNSEG_CONFIG_DIR")
    if override:
        return Path(override) / "logs" / "engine.log"
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", tempfile.gettempdir())) / "dynseg" / "logs"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Logs" / "dynseg"
    else:
        state = os.environ.get("XDG_STATE_HOME")
        base = (Path(state) if state else Path.home() / ".local" / "state") / "dynseg"
    return base / "engine.log"


def start_logging() -> None:
    """Log to standard error, which the window keeps for its reports, and to the log file."""
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    path = log_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handlers.append(_SharedLog(path, maxBytes=MAX_BYTES, backupCount=1, encoding="utf-8"))
    except OSError:  # a home that cannot be written is no reason not to work
        pass
    logging.basicConfig(level=logging.INFO, format=_FORMAT, handlers=handlers)
