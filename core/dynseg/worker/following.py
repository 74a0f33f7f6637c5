"""Where shapes of one image are in the next, and how they lie over what is there."""

from __future__ import annotations

from collections.abc import Callable

from dynseg.annotation.document import Instance
from dynseg.formats.incoming.doubles import ShapeIndex
from dynseg.inference.following.follow import follow
from dynseg.inference.following.placing import meetings
from dynseg.inference.screen import Screen
from dynseg.project.store import Store
from dynseg.worker.follow_messages import Follow, Followed
from dynseg.worker.wire import WireParts, from_wire, to_wire


def followed(
    request: Follow, store: Store, screen: Screen, *, look_up: Callable[[], None]
) -> Followed:
    """The answer to a request.

    Args:
        request: What is asked.
        store: The project.
        screen: Keeps the image in which they are looked for.
        look_up: Called between shapes; what it raises ends the work.

    Raises:
        ImageError: one of the images cannot be read.
        ProjectError: there is no such image.
    """
    shapes, there = _instances(request.shapes), _instances(request.there)
    missing = ShapeIndex(there).missing(shapes)
    before = Screen().pixels(store, request.before_id)
    pixels = screen.pixels(store, request.image_id)
    found = follow(before, pixels, [shapes[at].parts for at in missing], look_up=look_up)
    gone = [(at, item) for at, item in zip(missing, found, strict=True) if item is not None]
    return Followed(
        job=request.job,
        image_id=request.image_id,
        before_id=request.before_id,
        shapes=[(at, item.likeness, to_wire(item.parts)) for at, item in gone],
        already=sorted(set(range(len(shapes))).difference(missing)),
        meetings=meetings([item.parts for _, item in gone], [item.parts for item in there]),
    )


def _instances(shapes: list[tuple[int, WireParts]]) -> list[Instance]:
    return [Instance(class_id, from_wire(parts)) for class_id, parts in shapes]
