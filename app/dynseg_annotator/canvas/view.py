"""Where the image stands in the view: pure arithmetic, no Qt.

Frames: image pixels (continuous, see `dynseg.geometry.part`) and view pixels (device-independent
pixels of the widget, origin top left).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

MIN_SCALE = 0.005
MAX_SCALE = 64.0
FIT_MARGIN_PX = 12.0


@dataclass(frozen=True, slots=True)
class ViewTransform:
    """view = image * scale + (dx, dy).

    Attributes:
        scale: View pixels per image pixel.
        dx, dy: View position of the image's top left corner.
    """

    scale: float = 1.0
    dx: float = 0.0
    dy: float = 0.0

    def to_view(self, x: float, y: float) -> tuple[float, float]:
        """View position of an image point."""
        return x * self.scale + self.dx, y * self.scale + self.dy

    def to_image(self, x: float, y: float) -> tuple[float, float]:
        """Image point under a view position."""
        return (x - self.dx) / self.scale, (y - self.dy) / self.scale

    def points_to_view(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """`(N, 2)` image points as view positions."""
        return points * self.scale + (self.dx, self.dy)

    def panned(self, dx: float, dy: float) -> ViewTransform:
        """Moved by view pixels."""
        return replace(self, dx=self.dx + dx, dy=self.dy + dy)

    def zoomed_at(self, factor: float, x: float, y: float) -> ViewTransform:
        """Zoomed so that the image point under view position `(x, y)` stays there."""
        return self.scaled_at(self.scale * factor, x, y)

    def scaled_at(self, scale: float, x: float, y: float) -> ViewTransform:
        """The same with exactly this scale, within the limits."""
        scale = min(max(scale, MIN_SCALE), MAX_SCALE)
        ratio = scale / self.scale
        return ViewTransform(scale, x - (x - self.dx) * ratio, y - (y - self.dy) * ratio)

    def clamped(self, image: tuple[float, float], view: tuple[float, float]) -> ViewTransform:
        """Moved as little as needed for the image to stay in sight.

        An image that fits wholly is centred; otherwise the middle of the view stays over the
        image, so that every corner can be brought to the middle. Zooming in at a point of the
        image never breaks that, so the point under the pointer stays put.

        Args:
            image: Width and height of the image, image pixels.
            view: Width and height of the view, view pixels.
        """
        wide, high = image[0] * self.scale, image[1] * self.scale
        if wide <= view[0] and high <= view[1]:
            return replace(self, dx=(view[0] - wide) / 2, dy=(view[1] - high) / 2)
        middle_x, middle_y = view[0] / 2, view[1] / 2
        return replace(
            self,
            dx=min(max(self.dx, middle_x - wide), middle_x),
            dy=min(max(self.dy, middle_y - high), middle_y),
        )

    @classmethod
    def showing(
        cls,
        box: tuple[float, float, float, float],
        view: tuple[float, float],
        *,
        margin_px: float = FIT_MARGIN_PX,
        max_scale: float = MAX_SCALE,
    ) -> ViewTransform:
        """The largest view that shows all of an image rectangle, centred.

        Args:
            box: `x0, y0, x1, y1`, image pixels.
            view: Width and height of the view, view pixels.
            margin_px: Free space on every side, view pixels.
            max_scale: Small rectangles are not enlarged beyond this.
        """
        wide, high = max(box[2] - box[0], 1e-6), max(box[3] - box[1], 1e-6)
        free_x, free_y = max(view[0] - 2 * margin_px, 1.0), max(view[1] - 2 * margin_px, 1.0)
        scale = min(max(min(free_x / wide, free_y / high), MIN_SCALE), max_scale)
        return cls(
            scale,
            view[0] / 2 - (box[0] + box[2]) / 2 * scale,
            view[1] / 2 - (box[1] + box[3]) / 2 * scale,
        )


def view_for(
    image: tuple[float, float], view: tuple[float, float], *, kept: ViewTransform | None = None
) -> ViewTransform:
    """How an image is first looked at.

    Args:
        image: Width and height of the image, image pixels.
        view: Width and height of the view, view pixels.
        kept: Stay here, as far as the image reaches; None to show all of the image, small ones
            not enlarged beyond 800 %.
    """
    if kept is not None:
        return kept.clamped(image, view)
    return ViewTransform.showing((0.0, 0.0, *image), view, max_scale=8.0)
