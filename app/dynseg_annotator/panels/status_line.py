"""The status bar: one look answers what is saved, what is reviewed and what runs."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from dynseg.progress import Progress
from dynseg_annotator import theme
from dynseg_annotator.language import engine_text, tr, tr_n
from dynseg_annotator.panels.elided_label import ElidedLabel

SHARE_WIDTH_PX = 60


@dataclass(frozen=True, slots=True)
class _Job:
    """How far a job is, and what stops it; None when nothing does."""

    progress: Progress
    stop: Callable[[], None] | None


class StatusLine(QStatusBar):
    """saved 12:03 | reviewed 37 of 140 | zoom 180 % | 512, 318 | hint ... job.

    What changes in length gives way, so that no message pushes the window over the screen's edge.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._saved = self._fact(tr("Whether your work is on the disk"))
        self._reviewed = self._fact(tr("Images that a person vouches for"))
        self._share = QProgressBar(self)
        self._share.setFixedWidth(SHARE_WIDTH_PX)
        self._share.setTextVisible(False)
        self._share.setAccessibleName(tr("Share of the images that is reviewed"))
        self._share.hide()
        self.addWidget(self._share)
        self._zoom = self._fact(tr("Zoom"))
        self._cursor = self._fact(tr("Position in image pixels, x and y"))
        metrics = self._cursor.fontMetrics()
        self._zoom.setMinimumWidth(metrics.horizontalAdvance(tr("zoom 8888 %")) + 12)
        self._cursor.setMinimumWidth(metrics.horizontalAdvance("88888, 88888") + 12)
        self._hint = ElidedLabel("", self)
        self._kept: dict[str, str] = {}
        self.addWidget(self._hint, 1)
        self._training = ElidedLabel("", self)
        self._training.setToolTip(tr("The training run; its panel has the details"))
        self.addPermanentWidget(self._training)
        self._live = ElidedLabel("", self)
        self._live.setToolTip(tr("Live learning; the training panel has the details"))
        theme.set_role(self._live, "muted")
        self.addPermanentWidget(self._live)
        self._job = ElidedLabel("", self)
        self._bar = QProgressBar(self)
        self._bar.setFixedWidth(120)
        self._bar.setTextVisible(False)
        self._stop = QToolButton(self)
        self._stop.setToolTip(tr("Stop this job"))
        self._stop.setAccessibleName(tr("Stop the running job"))
        theme.set_icon(self._stop, "stop")
        self._stop.clicked.connect(self._stop_shown)
        for widget in (self._job, self._bar, self._stop):
            self.addPermanentWidget(widget)
        self._jobs: dict[Hashable, _Job] = {}
        self._show_job()
        self.set_training("")
        self.set_live("")

    def set_unsaved(self, count: int) -> None:
        """Say that edits wait for the disk."""
        if count:
            self._saved.setText(tr_n("saving …", "saving {n} …", count))
            theme.set_role(self._saved, "")

    def set_saved(self, time: datetime | None) -> None:
        """Say when the last edit reached the disk; None before the first."""
        self._saved.setText(tr("saved {time}", time=f"{time:%H:%M}") if time else tr("all saved"))
        theme.set_role(self._saved, "")

    def set_save_failed(self, count: int) -> None:
        """Say that edits are only in memory."""
        self._saved.setText(tr("not saved: {count}", count=count))
        theme.set_role(self._saved, "error")

    def set_read_only(self) -> None:
        """Say that nothing can be changed."""
        self._saved.setText(tr("read-only"))
        theme.set_role(self._saved, "warn")

    def set_reviewed(self, reviewed: int, total: int) -> None:
        """Say how far the project is."""
        self._reviewed.setText(
            tr("reviewed {reviewed} of {total}", reviewed=reviewed, total=total) if total else ""
        )
        self._share.setVisible(total > 0)
        self._share.setRange(0, max(total, 1))
        self._share.setValue(reviewed)

    def set_zoom(self, scale: float | None) -> None:
        """Show screen pixels an image pixel, None without an image."""
        self._zoom.setText("" if scale is None else tr("zoom {scale:.0f} %", scale=scale * 100))

    def set_cursor(self, x: float | None, y: float | None) -> None:
        """Show the position under the cursor, image pixels; None outside."""
        self._cursor.setText("" if x is None or y is None else f"{x:.0f}, {y:.0f}")

    @property
    def hint(self) -> str:
        """What `set_hint` said last."""
        return self._hint.text()

    def set_hint(self, text: str) -> None:
        """What the mouse would do now."""
        self._hint.setText(text)
        self._hint.setToolTip(theme.plain_tip(text))  # whole, where there is no room for it

    def say(self, text: str, *, key: str) -> None:
        """Say something that `withdraw` with this key takes away again."""
        self._kept[key] = text
        self.set_hint(text)

    def withdraw(self, key: str) -> None:
        """Take away what was said with this key, unless something else was said since."""
        said = self._kept.pop(key, "")
        if said and self.hint == said:
            self.set_hint("")

    def set_job(
        self, owner: Hashable, progress: Progress, stop: Callable[[], None] | None = None
    ) -> None:
        """Say how far a job is. Of several the one that began first is shown, and stopped.

        Args:
            owner: Whose job it is; each has one at a time.
            progress: How far it is.
            stop: Stops it; None when nothing does.
        """
        self._jobs[owner] = _Job(progress, stop)
        self._show_job()

    @property
    def has_jobs(self) -> bool:
        """Whether a job is on its way."""
        return bool(self._jobs)

    def running(self, *, besides: Hashable) -> str:
        """What the first job of all other owners does, in words; empty when there is none."""
        others = (job for owner, job in self._jobs.items() if owner is not besides)
        job = next(others, None)
        return job_text(job.progress) if job is not None else ""

    def stop_jobs(self) -> None:
        """Stop all that can be stopped: the window goes."""
        for job in list(self._jobs.values()):
            if job.stop is not None:
                job.stop()

    def clear_job(self, owner: Hashable) -> None:
        """The job of this owner has ended."""
        self._jobs.pop(owner, None)
        self._show_job()

    def _show_job(self) -> None:
        job = next(iter(self._jobs.values()), None)
        for widget in (self._job, self._bar):
            widget.setVisible(job is not None)
        self._stop.setVisible(job is not None and job.stop is not None)
        if job is None:
            return
        text, others = job_text(job.progress), len(self._jobs) - 1
        if others:
            text = tr_n("{job}; {n} more job", "{job}; {n} more jobs", others, job=text)
        self._job.setText(text)
        self._job.setToolTip(theme.plain_tip(text))
        self._bar.setRange(0, job.progress.total or 0)
        self._bar.setValue(job.progress.done)

    def _stop_shown(self) -> None:
        job = next(iter(self._jobs.values()), None)
        if job is not None and job.stop is not None:
            job.stop()

    def set_training(self, text: str) -> None:
        """How far the training run is; empty when there is none."""
        self._training.setText(text)
        self._training.setVisible(bool(text))

    def set_live(self, text: str) -> None:
        """What live learning does; empty when there is nothing to say."""
        self._live.setText(text)
        self._live.setVisible(bool(text))

    def clear_project(self) -> None:
        """Nothing is open."""
        self.set_training("")
        self._share.hide()
        self.set_live("")
        for label in (self._saved, self._reviewed, self._zoom, self._cursor, self._hint):
            label.setText("")

    def _fact(self, tip: str) -> QLabel:
        label = QLabel("", self)
        label.setToolTip(tip)
        label.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self.addWidget(label)
        return label


def job_text(progress: Progress) -> str:
    """Progress in words: "Pre-labelling 84 of 140, 12 images/s, 5 s left"."""
    words = engine_text(progress.stage)
    if progress.total:
        words = tr(
            "{stage} {done} of {total}", stage=words, done=progress.done, total=progress.total
        )
    elif progress.done:
        words += f" {progress.done}"
    facts = [words]
    if progress.per_s:
        rate = f"{progress.per_s:.1f}" if progress.per_s < 10 else f"{progress.per_s:.0f}"
        facts.append(tr("{rate} images/s", rate=rate))
    if progress.eta_s is not None:
        facts.append(tr("{duration} left", duration=duration(progress.eta_s)))
    return tr(", ").join(facts)


def duration(seconds: float) -> str:
    """A time span as people say it: "5 s", "2 min", "1 h 20 min"."""
    whole = max(0, round(seconds))
    if whole < 60:
        return tr("{seconds} s", seconds=whole)
    minutes = round(whole / 60)
    if minutes < 60:
        return tr("{minutes} min", minutes=minutes)
    return tr("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)
