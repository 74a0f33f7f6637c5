"""Notices which images were reviewed since the last look. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass, field

from dynseg.annotation.document import Annotation, ImageState, Instance
from dynseg.errors import DynsegError
from dynseg.images.decode import decode
from dynseg.project.readable import readable
from dynseg.project.records import ImageRow
from dynseg.project.view import ProjectView
from dynseg.training.image_size import object_shares, wanted_close_up, wanted_size
from dynseg.training.live.example import SPARE, Example, make_example

SAME_CLOSE_UP = 1.3
"""Close-ups that differ by no more than this factor show much the same."""

_HELD_OUT = ("val", "test")


@dataclass(slots=True)
class Changes:
    """What happened to the reviewed images since the last look.

    Attributes:
        fresh: Newly reviewed or changed ones that are learned from, oldest first.
        guards: The same of those that only ever measure.
        gone: Ids of images that are no longer reviewed, or whose labels meant other classes; what
            is reviewed of these comes again.
        again: Ids of images among these that are only read at another size, not new.
        classes: Names of all classes by index.
        renamed: What classes were called before, case-folded, and what they are called now.
    """

    fresh: list[Example] = field(default_factory=list)
    guards: list[Example] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    again: set[int] = field(default_factory=set)
    classes: tuple[str, ...] = ()
    renamed: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.fresh or self.guards or self.gone)


class ReviewedImages:
    """Follows the reviewed images of a project through a connection that only reads.

    Images of the fixed validation and test splits are never learned from.

    Args:
        view: The project.
    """

    def __init__(self, view: ProjectView) -> None:
        self._view = view
        self._known: dict[int, tuple[int, str]] = {}
        self._read_before: dict[int, int] = {}
        self._version = -1
        self._ids: dict[int, int] = {}
        self.size = 0
        self.close_up = 1.0

    @property
    def labels(self) -> dict[int, int]:
        """Class id of the project to class index of the network, as of the last look."""
        return self._ids

    @property
    def known(self) -> int:
        """Number of reviewed images, as of the last look."""
        return len(self._known)

    @property
    def most_bytes(self) -> int:
        """Memory that the pixels of one example take at most."""
        return 3 * round(SPARE * self.size * self.close_up) ** 2

    def choose_size(self, *, least: int, most: int, close_ups: bool = False) -> bool:
        """Decide how large images have to be for the objects in them.

        A first decision, made from few images, may be wrong: a later one that is much the same
        changes nothing, after another one all images are read again.

        Args:
            least: Longer side of the network's input, pixels, at least.
            most: The same at most.
            close_ups: Parts of the images may be learned from, enlarged.

        Returns:
            Whether it is another size than before.
        """
        rows = self._reviewed()[:200]
        shares = object_shares(readable(self._view, sorted(row.id for row in rows)))
        size = wanted_size(shares.small, least=least, most=most)
        close_up = wanted_close_up(shares, size) if close_ups else 1.0
        ratio = max(close_up, self.close_up) / min(close_up, self.close_up)
        if size == self.size and ratio <= SAME_CLOSE_UP:
            return False
        self.size, self.close_up = size, close_up
        self._known.clear()
        self._version = -1
        return True

    def count(self) -> int:
        """Number of reviewed images to learn from."""
        return sum(row.split not in _HELD_OUT for row in self._reviewed())

    def poll(self, *, most: int = 64, newest: bool = False) -> Changes:
        """Look for changes; cheap when nothing was written.

        Args:
            most: Images to read in one go; the next call goes on.
            newest: Of more, begin with those that were reviewed last.
        """
        version = self._view.data_version()
        if version == self._version:
            return Changes()
        table = self._view.classes()
        ids = {label.id: index for index, label in enumerate(table.labels)}
        changes = Changes(classes=tuple(table.names), renamed=table.renamed)
        if any(ids.get(class_id) != index for class_id, index in self._ids.items()):
            self._known.clear()
            changes.gone += self._read_before
        self._ids = ids
        rows = self._reviewed()
        present = {row.id for row in rows}
        for image_id in [i for i in self._read_before if i not in present]:
            del self._read_before[image_id]
            self._known.pop(image_id, None)
            changes.gone.append(image_id)
        stale = [row for row in rows if self._known.get(row.id) != (row.revision, row.split)]
        for row in stale[-most:] if newest else stale[:most]:
            self._read(row, changes)
        if len(stale) <= most:
            self._version = version
        return changes

    def _reviewed(self) -> list[ImageRow]:
        rows = self._view.images_in_state(ImageState.REVIEWED)
        return [row for row in rows if not row.damage]

    def _read(self, row: ImageRow, changes: Changes) -> None:
        self._known[row.id] = (row.revision, row.split)
        try:
            document: Annotation = self._view.annotation(row.id)
            pixels = decode(self._view.image_path(row.id)).pixels
        except DynsegError:
            changes.gone.append(row.id)  # unreadable: nothing to learn from
            return
        if self._read_before.get(row.id) == row.revision:
            changes.again.add(row.id)
        self._read_before[row.id] = row.revision
        example = make_example(
            document, pixels, self._ids, size=self.size, close_up=self.close_up,
            refused=self._refused(row.id),
        )  # fmt: skip
        if row.split in _HELD_OUT:
            changes.guards.append(example)
            changes.gone.append(row.id)
        else:
            changes.fresh.append(example)

    def _refused(self, image_id: int) -> list[Instance]:
        """What models took for objects there, where parts of the image are looked at closer."""
        if self.close_up == 1:
            return []
        try:
            found = self._view.rejections(image_id).values()
        except DynsegError:
            return []  # a damaged history: its labels are learned from all the same
        return [item.shape for item in found if item.for_good]
