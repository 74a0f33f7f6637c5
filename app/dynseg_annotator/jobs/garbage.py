"""Keeps Python's search for garbage off what a person does.

A full search walks over every object of the program and lets no thread go on meanwhile: 0.1 s for
a project of 100,000 images, and it begins wherever the next object happens to be made, for
instance in a thread that reads rows. Young objects are searched as ever, which takes microseconds.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 20_000
ENOUGH = 20
"""Searches of middle-aged objects after which the whole of the young program is searched."""
NEVER = 1_000_000


class Garbage(QObject):
    """Decides when the whole program is searched: while the user waits for a project anyway.

    What a project consists of is left out of the searches as long as the project is open. Objects
    that go out of use one by one are freed as ever; the search is for those that hold each other.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before = gc.get_threshold()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Search for garbage by this class' rules from now on."""
        young, middle, _ = self._before
        gc.set_threshold(young, middle, NEVER)
        gc.freeze()
        self._timer.start()

    def leave_out(self) -> None:
        """Let no search walk over what is there now: a project was opened."""
        if self._timer.isActive():
            gc.freeze()

    def sweep(self) -> None:
        """Search everything: a project was closed, and the user waits for the next one."""
        if not self._timer.isActive():
            return  # the window closes
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def look(self) -> None:
        """Search what is there since the last project was opened, if enough has piled up."""
        if gc.get_count()[2] >= ENOUGH:
            gc.collect()

    def end(self) -> None:
        """Leave everything to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.set_threshold(*self._before)
