"""Which class of the model becomes which class of the project: map, make new, ignore."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from dynseg.annotation.class_text import spoken
from dynseg.annotation.classes import ClassTable
from dynseg.inference.matching import class_mapping, missing_classes
from dynseg.model.card import ModelCard
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.class_choice import ClassChoice, Default
from dynseg_annotator.language import tr


class ModelClassesDialog(layout.FittedDialog):
    """One line for each class of the model.

    Args:
        card: The model.
        table: Classes of the project.
        chosen: What was chosen before, by name; None ignores a class. Names that are not in it
            follow their name.
        parent: The window.
    """

    chosen_changed = Signal(dict)
    """Names with a choice of their own: class id, or None to ignore."""

    def __init__(
        self,
        card: ModelCard,
        table: ClassTable,
        chosen: Mapping[str, int | None],
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=56)
        self.setWindowTitle(tr("Classes of the model"))
        self._classes = ClassChoice(table, _defaults(card, table).__getitem__)
        self._classes.set_names([(name, None) for name in card.classes], chosen)
        self.body.addWidget(
            layout.prose(
                tr(
                    "What {model} finds gets these classes in the project. A class that is not "
                    "there yet is added when the first shape needs it.",
                    model=card.name,
                )
            )
        )
        self.body.addWidget(self._classes)
        self.body.addStretch(1)
        self.finish(layout.buttons(self, tr("Use these classes")))

    def box(self, name: str) -> QComboBox:
        """The choice of one class of the model."""
        return self._classes.box(name)

    def chosen(self) -> dict[str, int | None]:
        """Classes of the model with a choice of their own."""
        choices = self._classes.chosen().items()
        return {name: choice for name, choice in choices if not isinstance(choice, str)}

    def accept(self) -> None:
        """Hand the choices out."""
        self.chosen_changed.emit(self.chosen())
        super().accept()


def _defaults(card: ModelCard, table: ClassTable) -> dict[str, Default]:
    """What becomes of each class of the model without a choice, as runs have it."""
    mapping, missing = class_mapping(card, table), missing_classes(card, table)
    labels = {label.id: label for label in table.labels}
    found = {}
    for index, name in enumerate(card.classes):
        class_id = mapping[index]
        label = None if class_id is None else labels.get(class_id)
        if label is not None:
            same = spoken(label.name) == spoken(name)
            text = tr("{name} (by name)", name=label.name) if same else label.name
            found[name] = Default(text, label)
        elif index in missing:
            found[name] = Default(tr("New class {name}, when needed", name=name))
        else:
            found[name] = Default(tr("Left out: {name} was deleted here", name=name))
    return found
