"""What is asked and answered about a click on an object."""

from __future__ import annotations

import msgspec

from dynseg.inference.settings import PredictSettings
from dynseg.worker.wire import WireParts


class Point(msgspec.Struct, frozen=True, tag="point", tag_field="type"):
    """Say what a click on the image may mean.

    Attributes:
        project: Root of the project.
        token: The holder's lock token, `Store.lock_token`.
        x, y: Of the click, image pixels.
        model: File or name in the registry; empty is the active model, else the starter.
    """

    job: int
    project: str
    token: str
    image_id: int
    x: float
    y: float
    model: str = ""
    settings: PredictSettings = PredictSettings()


class Outlined(msgspec.Struct, frozen=True):
    """One outline below a click.

    Attributes:
        parts: In image pixels.
        class_index: Position in the model's classes.
        score: Confidence of the model in [0, 1].
        worth: See `dynseg.inference.pointing.Option`.
        named: Class of the project whose reviewed shapes it resembles; None where nobody compared.
    """

    parts: WireParts
    class_index: int
    score: float
    worth: float
    named: int | None = None


class Pointed(msgspec.Struct, frozen=True, tag="pointed", tag_field="type"):
    """What a click may mean.

    Attributes:
        outlines: The likeliest first; empty when the model sees nothing there.
    """

    job: int
    image_id: int
    model_id: str
    outlines: list[Outlined] = []
