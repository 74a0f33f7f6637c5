"""Who is who among shapes that are followed through many images, and how they come into each.

The shapes of one object in many images know of each other by the first half of their ids, so that
from whichever image they are followed, each finds what was put for its object before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

from dynseg.annotation.document import Annotation, ImageState, Instance
from dynseg.inference.following.chain import Chain
from dynseg.inference.following.follow import Followed
from dynseg.inference.following.placing import (
    HALF,
    SAME_SHAPE_IOU,
    follower,
    follower_id,
    is_follower,
    meetings,
    placed,
)
from dynseg.inference.following.views import Shape

SETTLED = (ImageState.REVIEWED, ImageState.SKIPPED)
Found = Mapping[str, Followed]


class Cast:
    """The shapes that are followed, each with the one of its object that a person made last.

    Args:
        first: The image that they are of.
        taken_out: Ids of shapes that a person took out of it.
    """

    def __init__(self, first: Annotation, taken_out: Collection[str] = ()) -> None:
        self._originals: dict[str, Instance] = {}
        self._given_up = {own[:HALF] for own in taken_out}
        self._add(first.instances)

    @property
    def count(self) -> int:
        """How many were followed, from the first image or from a later one on."""
        return len(self._originals)

    @property
    def class_ids(self) -> set[int]:
        """Their classes."""
        return {item.class_id for item in self._originals.values()}

    @property
    def shapes(self) -> dict[str, Shape]:
        """All of them, by name."""
        return {name: item.parts for name, item in self._originals.items()}

    def ids_in(self, image_id: int) -> dict[str, str]:
        """Name -> id of the shape that is put for it in an image."""
        return {name: follower_id(name, image_id) for name in self._originals}

    def laid(
        self, document: Annotation, found: Found, taken_out: Collection[str] = ()
    ) -> Annotation:
        """An image with what was followed into it.

        Human work stays, and so does what a person has copied here. What earlier runs have followed
        here gives way, also where its object is not found any more, or was taken out of the first
        image: their ids tell it. Of an object that was only out of sight there it stays.

        Args:
            document: The image.
            found: What was followed into it.
            taken_out: Ids of shapes that a person took out of it: they do not come again.
        """
        if document.state in SETTLED:
            return document
        ids = self.ids_in(document.image_id)
        own = set(ids.values())
        human = {item.id for item in document.instances if item.is_human_work}
        pairs = [
            (
                follower(self._originals[name], item.parts, item.likeness, ids[name]),
                self._originals[name],
            )
            for name, item in found.items()
            if ids[name] not in human and ids[name] not in taken_out
        ]
        put = {
            item.id
            for item in document.instances
            if item.id not in human and (item.id in own or is_follower(item.id, document.image_id))
        }
        earlier = {each for each in put if each in own or each[:HALF] in self._given_up}
        others = [item for item in document.instances if item.id not in earlier]
        met = meetings([item.parts for item, _ in pairs], [item.parts for item in others])
        added, gone = placed(document.with_instances(others), pairs, met, yielding=put)
        wanted = {item.id: item for item in added}
        left = []
        for item in document.instances:
            if item.id not in earlier and item.id not in gone:
                left.append(item)
            elif wanted.get(item.id) == item:  # nothing changes: it keeps its place
                left.append(wanted.pop(item.id))
        state = document.state
        if wanted and state is ImageState.UNLABELLED:
            state = ImageState.PRELABELLED
        return replace(document, instances=(*left, *wanted.values()), state=state)

    def follow_on(self, document: Annotation, found: Found, chain: Chain) -> bool:
        """Go on from what a person made in the image that was last, if there is something.

        What they vouch for is where the objects are. In a reviewed image what they did not draw
        is not there.

        Args:
            document: The image.
            found: What was followed into it.
            chain: Follows on.

        Returns:
            Whether it has something to go on from.
        """
        is_reviewed = document.state is ImageState.REVIEWED
        human = [item for item in document.instances if item.is_human_work]
        if document.state is ImageState.SKIPPED or not (human or is_reviewed):
            return False
        known = self._known(human, found)
        if is_reviewed:
            chain.keep(known)
        theirs = {item.id for item in known.values()}
        put = {**known, **self._add(item for item in human if item.id not in theirs)}
        self._originals.update(put)
        chain.put({name: item.parts for name, item in put.items()})
        return bool(put)

    def _known(self, human: Sequence[Instance], found: Found) -> dict[str, Instance]:
        """Which of a person's shapes are of objects that are or were followed, by name."""
        known = {name: item for item in human if (name := item.id[:HALF]) in self._originals}
        names = [name for name in found if name not in known]
        left = [item for item in human if item.id[:HALF] not in known]
        taken: set[str] = set()
        met = meetings([found[name].parts for name in names], [item.parts for item in left])
        for at, number, shared in sorted(met, key=itemgetter(2), reverse=True):
            name, item = names[at], left[number]
            same = self._originals[name].class_id == item.class_id or shared >= SAME_SHAPE_IOU
            if same and name not in known and item.id not in taken:
                known[name] = item
                taken.add(item.id)
        return known

    def _add(self, instances: Iterable[Instance]) -> dict[str, Instance]:
        """Take in shapes of objects that were not followed until now."""
        added: dict[str, Instance] = {}
        for item in instances:
            name = item.id[:HALF]
            # Ids that other programs gave may begin alike.
            added[item.id if name in added or name in self._originals else name] = item
        self._originals.update(added)
        return added
