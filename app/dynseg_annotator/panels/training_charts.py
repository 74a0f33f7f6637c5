"""Curves of a training run: losses above, mask mAP below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import pyqtgraph
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor, QPen, QWheelEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from dynseg_annotator import theme
from dynseg_annotator.language import tr

STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)
"""Lines differ by dashes too, not by colour alone."""

_DASHES = {
    Qt.PenStyle.SolidLine: "━━",
    Qt.PenStyle.DashLine: "╍╍",
    Qt.PenStyle.DotLine: "┅┅",
}


class _Plot(pyqtgraph.PlotWidget):  # type: ignore[misc]  # it has no types
    """Leaves the wheel to the panel that scrolls: nothing here is moved by it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel was turned."""
        event.ignore()


class _Passes(pyqtgraph.AxisItem):  # type: ignore[misc]  # it has no types
    """Whole numbers: there is no half pass."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """What is written at the ticks."""
        del scale, spacing
        return ["" if value % 1 else f"{value:.0f}" for value in values]


class Chart(QWidget):
    """Some lines over epochs, with a legend that also says the latest values.

    Args:
        title: What is drawn.
        top: Fixed upper end of the scale, None to follow the data; the lower end is 0 then.
        parent: The panel.
    """

    def __init__(
        self, title: str, *, top: float | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._points: dict[str, tuple[list[float], list[float]]] = {}
        self._lines: dict[str, pyqtgraph.PlotDataItem] = {}
        self._legend = QLabel()
        self._legend.setTextFormat(Qt.TextFormat.RichText)
        self._legend.setWordWrap(True)
        self._plot = _Plot(self, axisItems={"bottom": _Passes("bottom")})
        self._plot.setFrameShape(QFrame.Shape.NoFrame)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setMinimumHeight(self.fontMetrics().height() * 7)
        self._plot.setAntialiasing(True)
        item = self._plot.getPlotItem()
        item.setMouseEnabled(False, False)
        item.setMenuEnabled(False)
        item.hideButtons()
        item.showGrid(x=False, y=True, alpha=0.15)
        if top is not None:
            item.setYRange(0, top, padding=0.02)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE.hair)
        column.addWidget(self._legend)
        column.addWidget(self._plot, 1)
        theme.notifier().changed.connect(self.follow_theme)
        self.follow_theme()

    def clear(self) -> None:
        """Forget all lines."""
        for line in self._lines.values():
            self._plot.removeItem(line)
        self._points.clear()
        self._lines.clear()
        self._describe()

    def add(self, epoch: int, values: Mapping[str, float | None]) -> None:
        """Add one point to each line; lines appear when their first value does.

        Args:
            epoch: Counted from 1.
            values: By name of the line; None leaves a line as it is.
        """
        for name, value in values.items():
            if value is None:
                continue
            if name not in self._lines:
                self._points[name] = ([], [])
                self._lines[name] = self._plot.plot(
                    [], [], pen=self._pen(len(self._lines)), antialias=True
                )
            epochs, points = self._points[name]
            epochs.append(float(epoch))
            points.append(float(value))
            line = self._lines[name]
            line.setData(
                epochs,
                points,
                symbol="o" if len(epochs) == 1 else None,
                symbolSize=5,
                symbolPen=None,
                symbolBrush=line.opts["pen"].color(),
            )
        self._describe()

    def latest(self) -> dict[str, float]:
        """The last value of each line."""
        return {name: points[-1] for name, (_, points) in self._points.items()}

    def _pen(self, number: int) -> QPen:
        colours = theme.colours().chart
        style = STYLES[number % len(STYLES)]
        pen = QPen(QColor(colours[number % len(colours)]), 1.6, style)
        pen.setCosmetic(True)
        return pen

    def _describe(self) -> None:
        """Legend and the words for screen readers."""
        colours = theme.colours()
        parts = [f"<b>{escape(self._title)}</b>"]
        for number, (name, value) in enumerate(self.latest().items()):
            shade = colours.chart[number % len(colours.chart)]
            dashes = _DASHES[STYLES[number % len(STYLES)]]
            parts.append(
                f'<span style="color:{shade}">{dashes}</span>&nbsp;{escape(name)}&nbsp;{value:.3f}'
            )
        self._legend.setText("&nbsp;&nbsp; ".join(parts))
        said = ", ".join(f"{name} {value:.3f}" for name, value in self.latest().items())
        self._plot.setAccessibleName(self._title)
        self._plot.setAccessibleDescription(said or tr("no value yet"))

    @Slot()
    def follow_theme(self) -> None:
        """Draw in the colours of the theme."""
        colours = theme.colours()
        self._plot.setBackground(QColor(colours.surface))
        for side in ("left", "bottom"):
            axis = self._plot.getPlotItem().getAxis(side)
            axis.setPen(QColor(colours.border_strong))
            axis.setTextPen(QColor(colours.text_muted))
            axis.setStyle(tickFont=self.font(), tickLength=-4)
        for number, line in enumerate(self._lines.values()):
            line.setPen(self._pen(number))
        self._describe()


class TrainingCharts(QWidget):
    """Both charts of a run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.losses = Chart(tr("Loss"))
        self.quality = Chart(tr("Mask mAP"), top=1.0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE.normal)
        column.addWidget(self.losses)
        column.addWidget(self.quality)

    def clear(self) -> None:
        """Begin a new run."""
        self.losses.clear()
        self.quality.clear()

    def add(
        self,
        epoch: int,
        losses: Mapping[str, float],
        *,
        map50: float | None,
        map50_95: float | None,
    ) -> None:
        """Add what one epoch has measured."""
        named = {name.removesuffix("_loss"): value for name, value in losses.items()}
        # Some losses are of other tasks than this one, and stay at nought.
        known = self.losses.latest()
        self.losses.add(epoch, {n: v for n, v in named.items() if v or n in known})
        self.quality.add(epoch, {"mAP50": map50, "mAP50-95": map50_95})
