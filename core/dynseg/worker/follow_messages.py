"""What is asked and answered about shapes that follow into the next image, or into many."""

from __future__ import annotations

import msgspec

from dynseg.worker.wire import WireParts


class Follow(msgspec.Struct, frozen=True, tag="follow", tag_field="type"):
    """Say where shapes of one image are in another one.

    Attributes:
        project: Root of the project.
        token: The holder's lock token, `Store.lock_token`.
        image_id: The image in which they are looked for.
        before_id: The image that they are of.
        shapes: Their classes and outlines, pixels of `before_id`.
        there: Class and outline of what is in the image already.
    """

    job: int
    project: str
    token: str
    image_id: int
    before_id: int
    shapes: list[tuple[int, WireParts]]
    there: list[tuple[int, WireParts]] = []


class FollowOn(msgspec.Struct, frozen=True, tag="follow_on", tag_field="type"):
    """Bring the shapes of one image into others, as one run.

    Attributes:
        project: Root of the project.
        token: The holder's lock token, `Store.lock_token`.
        image_ids: The image of the shapes, then the others in their order.
        run_id: A run to go on with, or the id of one that is to begin; None for a new one.
    """

    job: int
    project: str
    token: str
    image_ids: list[int]
    run_id: str | None = None


class Followed(msgspec.Struct, frozen=True, tag="followed", tag_field="type"):
    """Where shapes have gone.

    Attributes:
        shapes: Of each that was found its place among those asked about, how much it looks as
            before, at most 1, and its outline in image pixels.
        already: Places of those that are in the image as they were, to rounding: nobody looked.
        meetings: Which of `shapes` overlaps which of what is there, by `SAME_IOU` at least: their
            places and intersection over union.
    """

    job: int
    image_id: int
    before_id: int
    shapes: list[tuple[int, float, WireParts]]
    already: list[int] = []
    meetings: list[tuple[int, int, float]] = []
