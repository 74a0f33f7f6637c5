"""What the search for label errors says of itself, one JSON object a line. Free of torch."""

from __future__ import annotations

import msgspec

from dynseg.errors import TrainingError

LEAST_IMAGES = 6


class Looked(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where the search stands, or how it ended.

    Attributes:
        done, total: Steps.
        disputes: How many it found; None before the end.
        message, hint: Why it failed; empty when it did not.
    """

    done: int = 0
    total: int = 0
    disputes: int | None = None
    message: str = ""
    hint: str = ""


def check_enough(reviewed: int) -> None:
    """Refuse to look for errors in too few images.

    Raises:
        TrainingError: there are too few.
    """
    if reviewed < LEAST_IMAGES:
        raise TrainingError(
            f"Label errors are looked for from {LEAST_IMAGES} reviewed images on; there are "
            f"{reviewed}.",
            "Review more images.",
        )


def decode(line: bytes) -> Looked | None:
    """The state in a line, None when it is none."""
    try:
        return _decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


_decoder: msgspec.json.Decoder[Looked] = msgspec.json.Decoder(Looked)
