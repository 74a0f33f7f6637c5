"""The way through a queue, so that back leads to where one came from."""

from __future__ import annotations


class Trail:
    """Images in the order in which somebody went on from one to the next.

    A queue is ordered anew as work goes on, and what is reviewed sinks to its end: the image above
    the open one is any other than the one that was open before.
    """

    def __init__(self) -> None:
        self._ids: list[int] = []
        self._at = 0

    def went_on(self, before: int, after: int) -> None:
        """Somebody went on from one image to the next; what came after it is another way now."""
        if self._here != before:  # it was opened from a list: the way begins there
            self._ids, self._at = [before], 0
        self._ids[self._at + 1 :] = [after]
        self._at += 1

    def beside(self, image_id: int | None, step: int) -> int | None:
        """The image of the way before (-1) or after (1) this one; None where it has none."""
        place = self._at + step
        if image_id is None or image_id != self._here or not 0 <= place < len(self._ids):
            return None
        return self._ids[place]

    def moved(self, step: int) -> None:
        """The image that `beside` named is open now."""
        self._at += step

    def forget(self) -> None:
        """These are images of another project."""
        self._ids, self._at = [], 0

    def __contains__(self, image_id: int) -> bool:
        """Whether the way led over an image."""
        return image_id in self._ids

    @property
    def _here(self) -> int | None:
        return self._ids[self._at] if self._ids else None
