"""What is asked and answered about one object: a box around it, its outline, a click on it."""

from __future__ import annotations

import msgspec

from dynseg.inference.settings import PredictSettings
from dynseg.worker.wire import WireParts


class GetReady(msgspec.Struct, frozen=True, tag="get_ready", tag_field="type"):
    """Load a model, and prepare its network for looks at single objects, so that none waits.

    Attributes:
        project: Root of the project.
        model: File or name in the registry; empty is the active model, else the starter.
    """

    job: int
    project: str
    model: str = ""
    settings: PredictSettings = PredictSettings()


class Refine(msgspec.Struct, frozen=True, tag="refine", tag_field="type"):
    """Look at one object again, close up.

    Attributes:
        project: Root of the project.
        token: The holder's lock token, `Store.lock_token`.
        box: `x0, y0, x1, y1` in image pixels: what a person drew, or the bounds of `parts`.
        parts: The polygon to refine; empty to find what the box holds.
        model: File or name in the registry; empty is the active model, else the starter.
    """

    job: int
    project: str
    token: str
    image_id: int
    box: tuple[float, float, float, float]
    parts: WireParts = []
    model: str = ""
    settings: PredictSettings = PredictSettings()


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


class Refined(msgspec.Struct, frozen=True, tag="refined", tag_field="type"):
    """What the model sees at the place that it was asked about.

    Attributes:
        parts: The object, image pixels; empty when nothing there matches.
        class_index: Position in the model's classes, -1 when nothing was found.
        score: Confidence of the model in [0, 1].
        named: Class of the project whose reviewed shapes it resembles; None where nobody compared.
    """

    job: int
    image_id: int
    model_id: str
    parts: WireParts = []
    class_index: int = -1
    score: float = 0.0
    named: int | None = None
