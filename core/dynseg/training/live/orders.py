"""What the learner is told from outside: stop, pause, and that the battery is in use."""

from __future__ import annotations

import os
import threading
import time
from typing import IO

import psutil

from dynseg.training.live.messages import GoOn, Pause, Stop, decode_command

GRACE_S = 1.5
"""A step that takes longer than this after the order to stop is given up: nothing is lost."""
BATTERY_S = 10.0
"""How often the power supply is looked at."""


class Orders:
    """Flags that another thread sets.

    Args:
        source: Commands, one a line; its end is the order to stop. None reads nothing.
    """

    def __init__(self, source: IO[bytes] | None = None) -> None:
        self._stopped = threading.Event()
        self._paused = False
        self._battery = False
        self._battery_asked_s = -BATTERY_S
        if source is not None:
            thread = threading.Thread(target=self._read, args=(source,), daemon=True)
            thread.name = "orders"
            thread.start()

    @property
    def stopped(self) -> bool:
        """Whether the learner has to end."""
        return self._stopped.is_set()

    @property
    def paused(self) -> bool:
        """Whether a person wants it to wait."""
        return self._paused

    @property
    def on_battery(self) -> bool:
        """Whether the computer runs on its battery."""
        now_s = time.monotonic()
        if now_s - self._battery_asked_s >= BATTERY_S:
            self._battery_asked_s = now_s
            self._battery = _runs_on_battery()
        return self._battery

    def wait(self, seconds: float) -> None:
        """Wait, but not when the order to stop comes."""
        self._stopped.wait(seconds)

    def stop(self) -> None:
        """Order the learner to end."""
        self._stopped.set()

    def pause(self, paused: bool) -> None:
        """Order it to wait, or to go on."""
        self._paused = paused

    def _read(self, source: IO[bytes]) -> None:
        while line := source.readline():
            match decode_command(line):
                case Pause():
                    self._paused = True
                case GoOn():
                    self._paused = False
                case Stop():
                    break
        self.stop()
        timer = threading.Timer(GRACE_S, os._exit, (0,))
        timer.daemon = True
        timer.start()


def _runs_on_battery() -> bool:
    """Whether the system says so; odd ones raise when they are asked."""
    try:
        battery = psutil.sensors_battery()
    except (AttributeError, NotImplementedError, OSError, ValueError, psutil.Error):
        return False
    return battery is not None and battery.power_plugged is False
