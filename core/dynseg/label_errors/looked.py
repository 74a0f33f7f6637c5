"""What the search for label errors says of itself, one JSON object a line. Free of torch."""

from __future__ import annotations

import msgspec


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


def decode(line: bytes) -> Looked | None:
    """The state in a line, None when it is none."""
    try:
        return _decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


_decoder: msgspec.json.Decoder[Looked] = msgspec.json.Decoder(Looked)
