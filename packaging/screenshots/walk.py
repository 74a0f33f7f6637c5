"""The walk of a new user: from a folder of photographs to a model that was trained on them.

One function a step, in order; each leaves the window as the next one finds it. The person is played
by the truth of the generated photographs, all else is real: proposals, live learning, the training.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QPlainTextEdit, QPushButton
from screenshots.stage import Place, Stage

from dynseg.annotation import edits
from dynseg.annotation.document import ImageState, Instance, Origin
from dynseg.geometry.part import Part, ring
from dynseg.sample.generate import HEIGHT, WIDTH, generate
from dynseg.sample.outlines import CLASSES
from dynseg.training.events import EpochEnded, RunFinished
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.changes_dialog import ChangesDialog
from dynseg_annotator.dialogs.export_dialog import ExportDialog
from dynseg_annotator.dialogs.new_project_dialog import NewProjectDialog

PHOTOS, REVIEWED, SEED = 18, 12, 41
"""How many there are, and how many the person does."""
EPOCHS = 4
"""Passes before the picture of the training."""
LARGE = (1280, 800)
"""Size of the window: there is much to see."""
LIVE_IMAGES = 3
"""Reviewed when the picture of live learning is taken."""
IMPROVED = 6
"""How often live learning has handed out better weights by then."""
DOCKS = ("images", "instances", "classes", "assist")
TRAINING = ("images", "instances", "training")
LONG_S = 1200.0
D = TypeVar("D", bound=QDialog)


class Walk:
    """One person with one folder.

    Args:
        stage: The window.
    """

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._place = Path(tempfile.mkdtemp())
        generate(self._place / "made", images=PHOTOS, seed=SEED)
        self.folder = Path(tempfile.gettempdir()) / "photos"  # its path is in a picture
        if self.folder.exists():
            self.folder = self._place / "photos"
        self.folder.mkdir()
        self._truth: dict[str, list[tuple[int, list[Place]]]] = {}
        for number, path in enumerate(sorted((self._place / "made" / "images").iterdir()), 1):
            name = f"IMG_{number:04d}.jpg"
            shutil.copyfile(path, self.folder / name)
            label = self._place / "made" / "labels" / f"{path.stem}.txt"
            self._truth[name] = [_row(line) for line in label.read_text("utf-8").splitlines()]
        self._pictures: dict[str, Image.Image] = {}

    def picture(self, name: str) -> Image.Image:
        """Of a step; everything before it is done first."""
        for step, do in STEPS.items():
            if step not in self._pictures:
                self._pictures[step] = do(self)
            if step == name:
                break
        return self._pictures[name]

    def close(self) -> None:
        """Take the folder away."""
        for folder in (self._place, self.folder):
            shutil.rmtree(folder, ignore_errors=True)

    # -- what the person does

    def open_start_page(self) -> Image.Image:
        """The start page, as on the first day."""
        bench = self.stage.bench
        bench.projects.close()
        bench.context.settings.set("recent_projects", [])
        bench.frame.show_recent()
        bench.window.resize(*LARGE)
        bench.window.show_work(False)
        return self.stage.window_picture(pointer=False)

    def plan(self) -> Image.Image:
        """A new project is being planned."""
        self.stage.bench.parts.start_page.new_project.click()
        dialog = self._dialog(NewProjectDialog)
        fields = dialog.findChildren(QLineEdit)
        QTest.keyClicks(fields[0], str(self.folder))
        names = dialog.findChildren(QPlainTextEdit)[0]
        for name in CLASSES:
            QTest.keyClicks(names, name)
            QTest.keyClick(names, Qt.Key.Key_Return)
        names.moveCursor(QTextCursor.MoveOperation.Start)
        button = _main_button(dialog)
        self.stage.wait(button.isEnabled)
        picture = self.stage.picture_of(dialog)
        self.stage.bench.context.settings.set("predict_on_open", True)
        button.click()
        self.stage.wait(lambda: self.stage.canvas.accepts_gestures)
        return picture

    def see_proposals(self) -> Image.Image:
        """What the starter proposes, and the message about classes."""
        stage = self.stage
        self._arrange(DOCKS)
        stage.wait(lambda: bool(stage.session.annotation and stage.session.annotation.instances))
        stage.window.activateWindow()
        return stage.window_picture(pointer=False)

    def name_and_correct(self) -> Image.Image:
        """Classes by their numbers, then a point of an outline is dragged."""
        stage = self.stage
        for item in self._proposals():
            class_index = self._class_of(item)
            if class_index is not None:
                stage.click(self._inside(item))
                stage.key(str(class_index + 1))
        item = max(self._proposals(), key=lambda i: len(i.parts[0].outer))
        stage.click(self._inside(item))
        points = [(float(x), float(y)) for x, y in item.parts[0].outer]
        x, y = max(points, key=lambda at: at[0] - at[1])
        stage.drag((x, y), (min(x + 22, WIDTH - 2), max(y - 16, 2)))
        picture = stage.window_picture()
        stage.let_go()
        return picture

    def draw(self) -> Image.Image:
        """What no proposal is of is drawn, corner by corner."""
        stage = self.stage
        found = self._proposals()
        missing = [o for _, o in self._truth[self._name()] if not _covered(o, found)]
        outline = max(missing, key=_size)
        stage.key("P")
        corners = [outline[round(n * len(outline) / 12) % len(outline)] for n in range(12)]
        for corner in corners[:8]:
            stage.click(corner)
        stage.point_at(corners[8])
        picture = stage.window_picture()
        stage.let_go()
        return picture

    def watch_it_learn(self) -> Image.Image:
        """Some images are accepted: live learning proposes on the next one."""
        stage = self.stage
        stage.bench.context.settings.set("live_learning", True)
        for _ in range(LIVE_IMAGES):
            self._review()
        store = stage.bench.context.store
        assert store is not None
        stage.bench.context.live.start(str(store.root), device="auto")  # as it would by itself
        self._arrange(TRAINING)
        better: list[object] = []
        stage.bench.context.live.improved.connect(better.append)
        stage.wait(lambda: len(better) >= IMPROVED, LONG_S)
        stage.bench.context.live.improved.disconnect(better.append)
        shown = self._proposals()
        stage.bench.navigation.step(1)
        stage.settle(1)
        stage.bench.navigation.step(-1)
        stage.wait(lambda: self._proposals() not in ([], shown), LONG_S)
        stage.settle(3)
        return stage.window_picture(pointer=False)

    def export(self) -> Image.Image:
        """What an export would hold."""
        stage = self.stage
        stage.bench.context.settings.set("live_learning", False)
        while self._reviewed() < REVIEWED:
            self._review()
        stage.key("Ctrl+Shift+S")
        dialog = self._dialog(ExportDialog)
        stage.wait(_main_button(dialog).isEnabled)
        stage.settle(1)
        picture = stage.picture_of(dialog)
        dialog.close()
        return picture

    def train(self) -> Image.Image:
        """The curves of a run."""
        stage = self.stage
        self._arrange(TRAINING)
        told: list[object] = []
        stage.bench.context.training.event_arrived.connect(told.append)
        stage.bench.parts.training_panel.train.click()
        passes = lambda: sum(isinstance(e, EpochEnded) for e in told)  # noqa: E731
        done = lambda: any(isinstance(e, RunFinished) for e in told)  # noqa: E731
        stage.wait(lambda: passes() >= EPOCHS or done(), LONG_S)
        picture = stage.window_picture(pointer=False)
        stage.wait(done, LONG_S)
        stage.bench.context.training.event_arrived.disconnect(told.append)
        return picture

    def compare(self) -> Image.Image:
        """The result: what the new model does better."""
        stage = self.stage
        stage.wait(lambda: not stage.bench.context.training.is_running, LONG_S)
        return stage.window_picture(pointer=False)

    def see_pictures(self) -> Image.Image:
        """Current and new model, side by side."""
        self.stage.bench.parts.training_panel.result.pictures.click()
        dialog = self._dialog(ChangesDialog)
        picture = self.stage.picture_of(dialog)
        dialog.close()
        return picture

    def promote(self) -> Image.Image:
        """The new model has pre-labelled what was left: what it changed."""
        stage = self.stage
        panel = stage.bench.parts.training_panel
        panel.result.promote.click()
        stage.wait(lambda: stage.bench.batch.is_running, LONG_S)
        stage.wait(lambda: not stage.bench.batch.is_running, LONG_S)
        self._arrange(DOCKS)
        stage.bench.parts.actions["show-changes"].trigger()
        stage.wait(lambda: stage.bench.comparing.shown is not None, LONG_S)
        rows = stage.bench.parts.images.all_rows()
        waiting = [row for row in rows if row.state is not ImageState.REVIEWED]
        stage.bench.navigation.open(max(waiting, key=lambda row: row.instance_count).id)
        for key in ("batch", "promoted"):  # they go by themselves
            stage.bench.context.messages.withdraw(key)
        stage.settle(2)
        return stage.window_picture(pointer=False)

    # -- how

    def _dialog(self, kind: type[D]) -> D:
        found: list[D] = []

        def there() -> bool:
            found[:] = [d for d in self.stage.window.findChildren(kind) if d.isVisible()]
            return bool(found)

        self.stage.wait(there)
        return found[-1]

    def _arrange(self, docks: tuple[str, ...]) -> None:
        stage = self.stage
        for name in ("images", "instances", "classes", "assist", "training", "history"):
            stage.window.dock(name).setVisible(name in docks)
        shown = [stage.window.dock(name) for name in docks if name != "images"]
        heights = [130, 250, 340] if len(shown) > 2 else [110, 640]
        stage.window.resizeDocks(shown, heights, Qt.Orientation.Vertical)
        stage.window.resize(*LARGE)
        stage.settle()
        stage.canvas.camera.fit()
        stage.canvas.setFocus(Qt.FocusReason.MouseFocusReason)

    def _name(self) -> str:
        row = self.stage.bench.parts.images.row_of(self.stage.session.image_id)
        assert row is not None
        return row.rel

    def _proposals(self) -> list[Instance]:
        annotation = self.stage.session.annotation
        return list(annotation.instances) if annotation is not None else []

    def _inside(self, item: Instance) -> Place:
        from dynseg.geometry import polygon

        point = polygon.to_shapely(item.parts).representative_point()
        return point.x, point.y

    def _class_of(self, item: Instance) -> int | None:
        best = max(self._truth[self._name()], key=lambda row: _overlap(item, row[1]))
        return best[0] if _overlap(item, best[1]) > 0.4 else None

    def _reviewed(self) -> int:
        return self.stage.bench.parts.images.counts[ImageState.REVIEWED]

    def _review(self) -> None:
        """Everything as it is in truth, accepted."""
        stage = self.stage
        ids = [label.id for label in stage.bench.context.classes.labels]
        shapes = [
            Instance(ids[index], (Part(ring(np.array(outline))),), origin=Origin.HUMAN)
            for index, outline in self._truth[self._name()]
        ]
        before = self._reviewed()
        stage.session.apply("Set the stage", edits.replace_all(shapes))
        stage.key("Ctrl+Return")
        stage.wait(lambda: self._reviewed() > before and stage.canvas.accepts_gestures)
        stage.settle()


def _main_button(dialog: QDialog) -> QPushButton:
    return layout.main_button(dialog.findChildren(QDialogButtonBox)[0])


def _row(line: str) -> tuple[int, list[Place]]:
    """A line of a label file, in image pixels."""
    index, *numbers = line.split()
    points = np.array(numbers, float).reshape(-1, 2) * (WIDTH, HEIGHT)
    return int(index), [(float(x), float(y)) for x, y in points]


def _overlap(item: Instance, outline: list[Place]) -> float:
    """Intersection over union."""
    import shapely

    from dynseg.geometry import polygon

    one, other = polygon.to_shapely(item.parts), shapely.make_valid(shapely.Polygon(outline))
    return one.intersection(other).area / max(one.union(other).area, 1.0)


def _covered(outline: list[Place], found: list[Instance]) -> bool:
    return any(_overlap(item, outline) > 0.2 for item in found)


def _size(outline: list[Place]) -> float:
    return float(np.ptp(np.array(outline), axis=0).prod())


STEPS: dict[str, Callable[[Walk], Image.Image]] = {
    "walk-start": Walk.open_start_page,
    "walk-new": Walk.plan,
    "walk-proposals": Walk.see_proposals,
    "walk-correct": Walk.name_and_correct,
    "walk-draw": Walk.draw,
    "walk-live": Walk.watch_it_learn,
    "walk-export": Walk.export,
    "training": Walk.train,
    "walk-result": Walk.compare,
    "walk-pictures": Walk.see_pictures,
    "walk-changes": Walk.promote,
}
"""By the name of the picture."""
