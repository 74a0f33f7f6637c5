"""Whether the image files are still those that were labelled, and where moved ones are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from dynseg.errors import DynsegError
from dynseg.progress import CancelToken, Meter, Report
from dynseg.project import folder, resizing
from dynseg.project.layout import ProjectLayout, called
from dynseg.project.records import ImageRow
from dynseg.project.relink import RelinkPlan
from dynseg.project.store import Store
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.projects.current import (
    MISSING_KEY,
    ProjectController,
)
from dynseg_annotator.application.projects.outline_guard import OutlineGuard
from dynseg_annotator.application.view.navigation import NavigationController
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.itemmodels.images import FILE_FACTS
from dynseg_annotator.language import sentences, tr, tr_n
from dynseg_annotator.session.opening import PROGRAM

RECORD_MS = 20_000
"""Files of labelled images are read as a whole, a few every so often."""
RECORD_S = 0.5
KEY = "find-moved"
SCALE_KEY = "scale"


class OriginalsController(QObject):
    """Looks at the file of each image that is opened, and finds missing ones again."""

    def __init__(
        self,
        parts: Parts,
        projects: ProjectController,
        navigation: NavigationController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._projects = projects
        self._outline = OutlineGuard(parts, self)
        self._navigation = navigation
        self._bar = parts.other_file_bar
        self._timer = QTimer(self)
        self._timer.setInterval(RECORD_MS)
        self._timer.timeout.connect(self.record)
        self._recording = False
        self._line = parts.window.status_line
        self._finding: CancelToken | None = None
        self._scaling: CancelToken | None = None
        parts.actions["find-moved"].triggered.connect(lambda: self.ask())
        self._bar.accepted.connect(self.accept)
        self._bar.scaling_requested.connect(self.scale)
        self._bar.place_requested.connect(self._show_place)
        context = self._context
        context.project_opened.connect(self._timer.start)
        context.project_closed.connect(self._end)
        context.labels_written.connect(lambda _: self._show_bar())
        context.session.opened.connect(lambda _: self._show_bar())
        context.session.closed.connect(self._bar.hide)
        navigation.shown.connect(self._look)
        projects.files_changed.connect(self._decode_again)

    def record(self) -> None:
        """Read the files of some labelled images that nobody has read as a whole."""
        store = self._context.store
        if store is None or store.read_only or self._recording:
            return
        self._recording = True

        def done(recorded: int) -> None:
            self._recording = False
            if recorded and self._context.store is store:
                self.record()

        self._context.background.run(
            lambda: store.record_contents(RECORD_S), done=done, failed=self._not_recorded
        )

    def accept(self) -> None:
        """The labels of the open image are right for the file that is there now."""
        store, image_id = self._context.store, self._context.session.image_id
        writer = self._context.writer
        if store is None or writer is None or image_id is None:
            return

        def done(row: ImageRow) -> None:
            if self._context.store is store:
                self._parts.images.update_rows([row], only=FILE_FACTS)
                self._show_bar()

        self._context.background.run(
            lambda: writer.submit(lambda own: own.accept_file(image_id)).result(),
            done=done,
            failed=self._context.messages.show_error,
        )

    def scale(self) -> None:
        """Scale the shapes of the open image to the size of the file that is there now."""
        image_id = self._context.session.image_id
        if image_id is not None and self._outline.may_go_on(
            tr("A shape is being drawn, so the shapes were not scaled.")
        ):
            self._scale([image_id], self._offer_others)

    def _scale(self, image_ids: list[int], told: Callable[[list[int]], None]) -> None:
        """Scale the shapes of some images; then `told` hears which others are alike."""
        store, writer = self._context.store, self._context.writer
        if store is None or writer is None:
            return

        def scaled(image_id: int) -> ImageRow:
            first = image_id == image_ids[0]
            return writer.submit(lambda own: own.scale_to_file(image_id, backs_up=first)).result()

        cancel = self._scaling = CancelToken()

        def work(report: Report) -> tuple[list[ImageRow], list[int]]:
            meter, rows = Meter(tr("Scaling shapes"), len(image_ids), report), []
            for image_id in image_ids:
                if cancel.cancelled:
                    break
                rows.append(scaled(image_id))
                meter.advance()
            return rows, resizing.made_smaller_or_larger(store.images())

        def done(found: tuple[list[ImageRow], list[int]]) -> None:
            self._line.clear_job(SCALE_KEY)
            if self._context.store is store:
                self._parts.images.update_rows(found[0], only=FILE_FACTS)
                self._context.session.reload()
                self._show_bar()
                told(found[1])

        def failed(error: DynsegError) -> None:
            self._line.clear_job(SCALE_KEY)
            self._context.messages.show_error(error)
            self._context.rows_outdated.emit()  # those before it are scaled

        self._context.background.run_reporting(
            work,
            done=done,
            failed=failed,
            progressed=lambda p: self._line.set_job(SCALE_KEY, p, cancel.cancel),
        )

    def _offer_others(self, others: list[int]) -> None:
        """Other files have another size too: somebody may have made all of them smaller."""
        if not others:
            return
        self._context.messages.show(
            Level.WARN,
            tr_n(
                "{n} other image has a file of another size in the same ratio.",
                "{n:,} other images have files of another size in the same ratio.",
                len(others),
            ),
            tr("If all of them were made smaller or larger, their shapes can be scaled too."),
            MessageAction(tr("Scale them too"), lambda: self._scale(others, lambda _: None)),
            key=SCALE_KEY,
        )

    def ask(self) -> None:
        """Let the user choose where to look for missing images."""
        store = self._context.store
        if store is None or not self._may_change(store):
            return
        if not self._outline.may_go_on(tr("A shape is being drawn, so no image is linked again.")):
            return
        dialog = QFileDialog(self._parts.window, tr("Where the moved images are"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda path: self.find(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def find(self, place: Path) -> None:
        """Look for missing images in a folder, and give them their files again."""
        store = self._context.store
        if store is None or not self._may_change(store):
            return

        def end() -> None:
            self._finding = None
            self._projects.pauses_looks = False
            self._line.clear_job(KEY)

        def done(plan: RelinkPlan) -> None:
            end()
            if self._context.store is not store:
                return
            if plan.moves:
                self._link(store, plan, place)
            else:
                self._say_none(plan, place)

        def failed(error: DynsegError) -> None:
            end()
            self._context.messages.show_error(error, key=KEY)

        def stopped() -> None:
            end()
            if self._context.store is store:
                text = tr("Stopped; no image was linked again and every label is kept.")
                self._context.messages.show(Level.INFO, text, key=KEY)

        cancel = self._finding = CancelToken()
        self._projects.pauses_looks = True  # what lies at the new place is no new image
        self._context.background.run_reporting(
            lambda report: store.plan_relink(place, report=report, cancel=cancel),
            done=done,
            failed=failed,
            progressed=lambda p: self._line.set_job(KEY, p, cancel.cancel),
            cancelled=stopped,
        )

    def _link(self, store: Store, plan: RelinkPlan, place: Path) -> None:
        """Close the project, write down where the files are, and open it again."""
        layout, messages = store.layout, self._context.messages
        if self._parts.canvas.is_drawing or self._runs:  # that was begun during the search
            messages.show(
                Level.WARN,
                tr_n(
                    "{n:,} moved image was found. It was not linked again, because a shape is "
                    "being drawn or a run is going on.",
                    "{n:,} moved images were found. They were not linked again, because a shape is "
                    "being drawn or a run is going on.",
                    len(plan.moves),
                ),
                tr("Finish that first, then look again."),
                MessageAction(tr("Look again"), lambda: self.find(place)),
                key=KEY,
            )
            return

        def done(linked: int) -> None:
            text = tr_n(
                "{n:,} image has its file again, with its labels.",
                "{n:,} images have their files again, with their labels.",
                linked,
            )
            messages.show(Level.OK, text, _rest(plan), key=KEY)

        self._projects.while_closed(
            tr("Linking images again"), lambda: _linked(layout, plan), done, key=KEY
        )

    def _say_none(self, plan: RelinkPlan, place: Path) -> None:
        messages = self._context.messages
        if not plan.lost and not plan.taken:
            messages.show(Level.OK, tr("No image is missing."), key=KEY)
            return
        text = tr("None of the missing images is in {folder}.", folder=called(place))
        messages.show(Level.WARN, text, _rest(plan), key=KEY)

    @property
    def _runs(self) -> bool:
        """Whether something would have to stop if the project was closed for a moment."""
        return self._context.batch_running or self._context.training.is_running

    def _may_change(self, store: Store) -> bool:
        """Whether images may be linked again now; says why when not."""
        messages = self._context.messages
        if store.read_only:
            messages.refuse_read_only(
                tr("The project is open read-only, so no image can be linked again.")
            )
        elif self._finding is not None:
            messages.say_running()
        elif self._runs:
            messages.show(
                Level.WARN,
                tr("A run is going on, so no image is linked again."),
                tr("Stop it first, then try again."),
                key=KEY,
            )
        else:
            return True
        return False

    def _look(self, image_id: int) -> None:
        """See whether the file of the image that is shown now is the one that it was."""
        store = self._context.store
        if store is None:
            return

        def done(row: ImageRow) -> None:
            held = self._parts.images.row_of(image_id)
            if self._context.store is not store or held is None:
                return
            self._parts.images.update_rows([row], only=FILE_FACTS)
            if held.mtime_ns != row.mtime_ns:
                self._context.loader.forget(image_id)
            if self._context.session.image_id == image_id:
                self._show_bar()
                self._tell_missing(row)
                if held.mtime_ns != row.mtime_ns:
                    self._navigation.show_again()

        self._context.background.run(
            lambda: store.look_again(image_id), done=done, failed=lambda _: None
        )

    def _decode_again(self) -> None:
        """What is held of the images may show the files that were there before."""
        self._context.loader.forget()
        self._navigation.show_again()

    def _show_bar(self) -> None:
        store, image_id = self._context.store, self._context.session.image_id
        row = None if image_id is None else self._parts.images.row_of(image_id)
        if store is None or row is None:
            self._bar.hide()
            return
        size, made_on = resizing.size_now(row.damage), (row.width, row.height)
        if size is not None:
            self._bar.show_other_size(
                row.rel,
                row.instance_count,
                now=size,
                made_on=made_on,
                keeps_shape=resizing.keeps_shape(made_on, size),
                may_scale=not store.read_only,
            )
        elif resizing.tells_other_file(row):
            self._bar.show_for(row.rel, row.instance_count, may_accept=not store.read_only)
        else:
            self._bar.hide()

    def _tell_missing(self, row: ImageRow) -> None:
        messages, store = self._context.messages, self._context.store
        if row.damage != folder.MISSING or store is None or store.read_only:
            messages.withdraw(MISSING_KEY)
            return
        if self._projects.tells_missing:
            return
        messages.show(
            Level.WARN,
            tr("{name} is not where it was; its labels are kept.", name=row.rel),
            tr("Put it back, or choose where moved images are: they are known by their content."),
            MessageAction(tr("Find it…"), self.ask),
            key=MISSING_KEY,
        )

    def _show_place(self) -> None:
        store, image_id = self._context.store, self._context.session.image_id
        if store is not None and image_id is not None:
            place = store.image_path(image_id).parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))

    def _not_recorded(self, _: DynsegError) -> None:
        """Nobody waits for it: the next time comes."""
        self._recording = False

    def _end(self) -> None:
        """The project is closed: nobody waits until a whole disk is read."""
        for job in (self._finding, self._scaling):
            if job is not None:
                job.cancel()
        self._timer.stop()
        self._bar.hide()


def _linked(layout: ProjectLayout, plan: RelinkPlan) -> int:
    with Store.open(layout.root, program=PROGRAM, backs_up=False) as store:
        linked = store.relink(plan)
        store.rescan()
        return linked


def _rest(plan: RelinkPlan) -> str:
    """What was not found, and how to go back."""
    parts = []
    by_name = sum(not move.by_content for move in plan.moves)
    if by_name:
        parts.append(
            tr_n(
                "{n:,} was known by name and size alone.",
                "{n:,} were known by name and size alone.",
                by_name,
            )
        )
    if plan.lost:
        parts.append(
            tr_n(
                "{n:,} is still missing; its labels are kept.",
                "{n:,} are still missing; their labels are kept.",
                len(plan.lost),
            )
        )
    if plan.taken:
        parts.append(
            tr_n(
                "{n:,} lies where another image has labels, and was left alone.",
                "{n:,} lie where other images have labels, and were left alone.",
                len(plan.taken),
            )
        )
    if plan.moves:
        parts.append(tr("The newest backup takes it back."))
    return sentences(*parts)
