"""What the engine is doing, as far as a user cares; apart, so that the frame loads no protocol."""

from __future__ import annotations

from enum import StrEnum


class EngineState(StrEnum):
    """Shown by the badge."""

    OFF = "off"
    STARTING = "starting"
    READY = "ready"
    BUSY = "busy"
    DEAD = "dead"
