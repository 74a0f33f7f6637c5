"""How image and shapes are shown: one frozen value and the descriptor that exposes its fields."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Generic, Protocol, TypeVar

from dynseg_annotator.canvas.tone import NEUTRAL, Tone

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ViewOptions:
    """How image and shapes are shown.

    Attributes:
        fill_opacity: Of human work in [0, 1]; proposals get half of it.
        outline_only: No fill at all.
        show_labels: Class names on all shapes that have room; without it on the selected and
            hovered ones only.
        hide_shapes: Only the image.
        tone: Of the image.
        show_minimap: The whole image in a corner while a part of it is in sight.
        pixel_grid: Lines between pixels of the image at high zoom.
    """

    fill_opacity: float = 0.22
    outline_only: bool = False
    show_labels: bool = False
    hide_shapes: bool = False
    tone: Tone = NEUTRAL
    show_minimap: bool = False
    pixel_grid: bool = False


class HasOptions(Protocol):
    """What a class needs to carry `ViewOption` attributes."""

    @property
    def options(self) -> ViewOptions:
        """The options in force."""

    def set_options(self, options: ViewOptions) -> None:
        """Put other options in force."""


class ViewOption(Generic[T]):
    """One field of `ViewOptions` as a plain attribute of the canvas."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, canvas: HasOptions, owner: type) -> T:
        value: Any = getattr(canvas.options, self._name)
        return value  # type: ignore[no-any-return]

    def __set__(self, canvas: HasOptions, value: T) -> None:
        changes: dict[str, Any] = {self._name: value}
        canvas.set_options(replace(canvas.options, **changes))
