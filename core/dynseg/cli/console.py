"""What a command says: results on stdout, progress and errors on stderr."""

from __future__ import annotations

import contextlib
import json
import math
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TextIO

from dynseg.progress import CancelToken, Progress

REFRESH_S = 0.1
LOGGED_S = 60.0
SHOWN_FINDINGS = 20


@dataclass(slots=True)
class Console:
    """Where a command writes.

    Attributes:
        as_json: The result goes out as one JSON object, and nothing else on stdout.
        cancel: Set by Ctrl-C.
        kept: What stays when the command is stopped now, one sentence.
        stdout, stderr: The streams.
        logged_s: A log gets a line of progress so often, in seconds.
    """

    as_json: bool = False
    cancel: CancelToken = field(default_factory=CancelToken)
    kept: str = "Nothing was changed."
    stdout: TextIO = field(default_factory=lambda: sys.stdout)
    stderr: TextIO = field(default_factory=lambda: sys.stderr)
    waits_for_unit: bool = False
    logged_s: float = LOGGED_S
    _shown_s: float = -math.inf
    _line_open: bool = False

    def say(self, text: str = "") -> None:
        """A line for a person; left out with `--json`."""
        self.clear_progress()
        if not self.as_json:
            print(text, file=self.stdout)

    def findings(self, items: Iterable[object], *, title: str) -> None:
        """The first of a list of findings, one a line, and how many more there are."""
        shown = list(items)
        if not shown:
            return
        self.say(f"{title}:")
        for item in shown[:SHOWN_FINDINGS]:
            self.say(f"  {item}")
        if len(shown) > SHOWN_FINDINGS:
            self.say(f"  ... and {len(shown) - SHOWN_FINDINGS} more; --json lists all")

    def result(self, data: dict[str, Any]) -> None:
        """The last line of stdout with `--json`."""
        self.clear_progress()
        if self.as_json:
            print(json.dumps(_finite(data), ensure_ascii=True), file=self.stdout)
        self.stdout.flush()

    def error(self, message: str, hint: str = "") -> None:
        """One line of what went wrong, one of what to do."""
        self.clear_progress()
        print(f"dynseg: {one_line(message)}", file=self.stderr)
        if hint:
            print(f"hint: {one_line(hint)}", file=self.stderr)

    def notice(self, text: str) -> None:
        """What the user should know although all goes on."""
        self.clear_progress()
        print(f"dynseg: {one_line(text)}", file=self.stderr)

    def progress(self, now: Progress) -> None:
        """Show where the work stands."""
        self.status(describe(now), final=now.done == now.total)

    def status(self, text: str, *, final: bool = False) -> None:
        """On a terminal a line that the next one replaces; `final` ones are never skipped there.

        What is no terminal gets a line a minute: short work leaves none in a log.
        """
        moment_s = time.monotonic()
        if not self.stderr.isatty():
            if self._shown_s == -math.inf:
                self._shown_s = moment_s
            elif moment_s - self._shown_s >= self.logged_s:
                self._shown_s = moment_s
                print(text, file=self.stderr, flush=True)
            return
        if moment_s - self._shown_s < REFRESH_S and not final:
            return
        self._shown_s = moment_s
        width = max(20, shutil.get_terminal_size().columns - 1)
        self.stderr.write(f"\r\x1b[K{text[:width]}")
        self.stderr.flush()
        self._line_open = True

    def clear_progress(self) -> None:
        """Take the progress line away before other text."""
        if self._line_open:
            self.stderr.write("\r\x1b[K")
            self.stderr.flush()
            self._line_open = False

    @contextlib.contextmanager
    def stoppable(self, kept: str) -> Iterator[None]:
        """Work that looks at `cancel`: Ctrl-C lets it end its unit first."""
        self.kept, self.waits_for_unit = kept, True
        try:
            yield
        finally:
            self.waits_for_unit = False


def one_line(text: str) -> str:
    """`text` without line ends and control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def describe(now: Progress) -> str:
    """Progress in words: `Pre-labelling 120 of 500, 84 images/s, 2 min left`."""
    text = (
        f"{now.stage} {now.done}" if now.total is None else f"{now.stage} {now.done} of {now.total}"
    )
    if now.per_s:
        text += f", {now.per_s:.3g} images/s"
    if now.eta_s is not None and now.done != now.total:
        text += f", {duration(now.eta_s)} left"
    return text


def duration(seconds: float) -> str:
    """A time span for a person."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


def _finite(value: Any) -> Any:
    """`value` in what strict JSON can hold: no NaN, no infinity, no path objects."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    return value
