"""A window that edits without pause and says which edits are on the disk; killed by its test.

python window_under_fire.py FOLDER FIRST_NUMBER
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from dynseg.annotation import edits
from dynseg.annotation.document import Instance
from dynseg.geometry.part import Part, ring
from dynseg_annotator.application.frame import Frame, dress
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.settings import Settings


def square(number: int) -> Instance:
    """An instance that its number identifies."""
    x, y = 1 + number % 200, 1 + number % 100
    part = Part(ring([[x, y], [x + 9, y], [x + 9, y + 9], [x, y + 9]]))
    return Instance(class_id=0, parts=(part,), id=f"{number:032x}")


def main() -> None:
    folder, number = Path(sys.argv[1]), int(sys.argv[2])
    app = QApplication([])
    settings = Settings()
    settings.set("predict_on_open", False)  # proposals would mix with the edits that are counted
    dress(app, settings)
    frame = Frame(settings)
    frame.show()
    bench = Workbench(frame, start_engine=False)
    session = bench.context.session
    asked: list[tuple[int, int]] = []

    def edit() -> None:
        nonlocal number
        annotation = session.annotation
        if annotation is None or session.unsaved > 50:
            return
        before = annotation.revision + session.unsaved
        if session.apply("Add", edits.add(square(number))):
            asked.append((before + 1, number))
            number += 1

    def saved(revision: int, _time: object) -> None:
        while asked and asked[0][0] <= revision:
            print(f"ACK {asked.pop(0)[1]}", flush=True)

    session.saved.connect(saved)
    timer = QTimer()
    timer.timeout.connect(edit)
    bench.projects.opened.connect(lambda _image: (print("READY", flush=True), timer.start(1)))
    bench.projects.open(folder)
    app.exec()


if __name__ == "__main__":
    main()
