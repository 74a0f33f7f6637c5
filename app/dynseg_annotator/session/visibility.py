"""Which instances and classes are hidden or locked. A view state: never part of the labels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from dynseg.annotation.document import Annotation, Instance

K = TypeVar("K", int, str)


class Visibility(QObject):
    """Eyes and locks of the lists.

    Those of single instances are forgotten when another image opens; those of classes stay.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hidden_ids: frozenset[str] = frozenset()
        self.locked_ids: frozenset[str] = frozenset()
        self.hidden_classes: frozenset[int] = frozenset()
        self.locked_classes: frozenset[int] = frozenset()

    def hides(self, instance: Instance) -> bool:
        """Whether this instance is not drawn."""
        return instance.id in self.hidden_ids or instance.class_id in self.hidden_classes

    def locks(self, instance: Instance) -> bool:
        """Whether this instance cannot be picked or changed on the canvas."""
        return instance.id in self.locked_ids or instance.class_id in self.locked_classes

    def hidden_in(self, annotation: Annotation) -> list[str]:
        """Ids of the instances of an image that are not drawn."""
        return [i.id for i in annotation.instances if self.hides(i)]

    def locked_in(self, annotation: Annotation) -> list[str]:
        """Ids of the instances of an image that cannot be picked on the canvas."""
        return [i.id for i in annotation.instances if self.locks(i)]

    def set_hidden(self, ids: Iterable[str], hidden: bool) -> None:
        """Hide or show single instances."""
        self.hidden_ids = _with(self.hidden_ids, ids, hidden)
        self.changed.emit()

    def set_locked(self, ids: Iterable[str], locked: bool) -> None:
        """Lock or unlock single instances."""
        self.locked_ids = _with(self.locked_ids, ids, locked)
        self.changed.emit()

    def set_class_hidden(self, class_id: int, hidden: bool) -> None:
        """Hide or show every instance of a class."""
        self.hidden_classes = _with(self.hidden_classes, [class_id], hidden)
        self.changed.emit()

    def set_class_locked(self, class_id: int, locked: bool) -> None:
        """Lock or unlock every instance of a class."""
        self.locked_classes = _with(self.locked_classes, [class_id], locked)
        self.changed.emit()

    def show_only(self, class_id: int | None, classes: Iterable[int]) -> None:
        """Hide all of these classes but one; show all when they are hidden already."""
        others = frozenset(classes) - {class_id}
        self.hidden_classes = frozenset() if self.hidden_classes == others else others
        self.changed.emit()

    def forget_classes(self) -> None:
        """Another project opens: its classes are other ones."""
        if self.hidden_classes or self.locked_classes:
            self.hidden_classes = self.locked_classes = frozenset()
            self.changed.emit()

    def forget_instances(self) -> None:
        """Show and unlock single instances again."""
        if self.hidden_ids or self.locked_ids:
            self.hidden_ids = self.locked_ids = frozenset()
            self.changed.emit()


def _with(items: frozenset[K], keys: Iterable[K], member: bool) -> frozenset[K]:
    keys = frozenset(keys)
    return items | keys if member else items - keys
