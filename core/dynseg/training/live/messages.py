"""What a live learner and the program that started it say to each other. Free of torch.

One JSON object a line: commands on standard input, events on standard output. The end of standard
input means that the program is gone, and the learner ends as well.
"""

from __future__ import annotations

from typing import Literal

import msgspec

State = Literal["waiting", "starting", "learning", "resting", "paused", "battery"]


class Pause(msgspec.Struct, frozen=True, tag="pause", tag_field="type"):
    """Stop learning but stay warm."""


class GoOn(msgspec.Struct, frozen=True, tag="go_on", tag_field="type"):
    """Learn again after a pause."""


class Stop(msgspec.Struct, frozen=True, tag="stop", tag_field="type"):
    """End the process."""


Command = Pause | GoOn | Stop


class Learning(msgspec.Struct, frozen=True, tag="learning", tag_field="type"):
    """Where the learner stands; sent about once a second.

    Attributes:
        state: `waiting` for a second reviewed image, `starting`, `learning`, `resting` because
            there is nothing new to learn, `paused` by a person, or `battery`.
        images: Reviewed images that it learns from.
        steps: Steps so far.
        loss: Mean loss of the last steps; None before the first.
        quality: How good its proposals were for the last images before it had learned from them,
            0 to 1; None as long as there was none.
        improved_s: When weights that are not worse were last handed out, seconds since the epoch;
            0 before that.
        images_per_s: Pictures a second that it learns from.
        memory_bytes: Memory of the process.
        image_size: Longer side of the network's input, pixels.
    """

    state: State
    images: int = 0
    steps: int = 0
    loss: float | None = None
    quality: float | None = None
    improved_s: float = 0.0
    images_per_s: float = 0.0
    memory_bytes: int = 0
    image_size: int = 0


class Weights(msgspec.Struct, frozen=True, tag="weights", tag_field="type"):
    """New weights are on the disk, checked.

    Attributes:
        path: The model file; it stays there until a few newer ones are written.
        model_id: Its id.
        images: Reviewed images that it has learned from.
        steps: Steps so far.
        quality: How well it does on images that it is held against, 0 to 1.
    """

    path: str
    model_id: str
    images: int
    steps: int
    quality: float


class Measured(msgspec.Struct, frozen=True, tag="measured", tag_field="type"):
    """What its proposals for a newly reviewed image were worth before it learned from it.

    Attributes:
        image_id: The image.
        quality: 0 to 1; see `dynseg.training.live.quality`.
        images: Reviewed images that it had learned from then.
    """

    image_id: int
    quality: float
    images: int


class Remark(msgspec.Struct, frozen=True, tag="remark", tag_field="type"):
    """What does not go as it should while it goes on, a sentence; over when `Weights` come."""

    text: str


class Broken(msgspec.Struct, frozen=True, tag="broken", tag_field="type"):
    """The learner has ended because it could not go on; no label and no model was touched."""

    message: str
    hint: str = ""


Event = Learning | Weights | Measured | Remark | Broken

_encoder = msgspec.json.Encoder()
_commands: msgspec.json.Decoder[Command] = msgspec.json.Decoder(Command)
_events: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


def encode(message: Command | Event) -> bytes:
    """`message` as one line, with its end."""
    return _encoder.encode(message) + b"\n"


def decode_command(line: bytes) -> Command | None:
    """The command in `line`, None when it is none."""
    try:
        return _commands.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def decode_event(line: bytes) -> Event | None:
    """The event in `line`, None when it is none."""
    try:
        return _events.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
