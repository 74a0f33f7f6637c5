"""Version, licence, and whose work this program stands on."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from PySide6.QtCore import Qt, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QStackedWidget, QWidget

from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.language import mark, tr

DISTRIBUTION = "dynseg-annotator"

LICENCE_SUMMARY = mark(
    "Free software under the GNU Affero General Public License, version 3 or later. "
    "You may use, study, share and change it; who gets the program, or uses it over a network, "
    "gets the source too. It comes without any warranty."
)


@dataclass(frozen=True, slots=True)
class Library:
    """A library that the program stands on."""

    distribution: str
    licence: str


LIBRARIES = (
    Library("PySide6-Essentials", "LGPL-3.0"),
    Library("torch", "BSD-3-Clause"),
    Library("ultralytics", "AGPL-3.0"),
    Library("numpy", "BSD-3-Clause"),
    Library("opencv-python", "Apache-2.0"),
    Library("pillow", "MIT-CMU"),
    Library("shapely", "BSD-3-Clause"),
    Library("pyqtgraph", "MIT"),
    Library("safetensors", "Apache-2.0"),
    Library("apsw", mark("any use")),
    Library("msgspec", "BSD-3-Clause"),
)


def version_of(distribution: str) -> str:
    """Installed version of a distribution, read without importing it; empty when there is none."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""


def licence_text() -> str:
    """The full licence that came with the program; empty when it did not.

    An installed program has it in its metadata, a source checkout at its root.
    """
    try:
        installed = metadata.distribution(DISTRIBUTION).files or ()
    except metadata.PackageNotFoundError:
        installed = ()
    places = [
        Path(str(path.locate()))
        for path in installed
        if path.name == "LICENSE" and ".dist-info" in str(path)
    ]
    places.append(Path(__file__).resolve().parents[3] / "LICENSE")
    for path in places:
        if path.is_file() and "AFFERO" in (text := path.read_text(encoding="utf-8")):
            return text
    return ""


def facts() -> str:
    """Versions of the program and of what it stands on, one a line, for a report."""
    lines = [
        f"dynseg-annotator {version_of(DISTRIBUTION) or 'missing'}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
    ]
    lines += [
        f"{library.distribution} {version_of(library.distribution) or 'missing'}"
        for library in LIBRARIES
    ]
    return "\n".join(lines)


class AboutDialog(QDialog):
    """What this program is.

    Args:
        parent: The window.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About"))
        self._views = QStackedWidget()
        self._views.addWidget(self._summary())
        self._licence = QPlainTextEdit()
        self._licence.setReadOnly(True)
        self._licence.setFont(theme.mono_font())
        self._licence.setAccessibleName(tr("Licence"))
        self._views.addWidget(self._licence)
        column = layout.page(self)
        column.addWidget(self._views, 1)
        box = layout.buttons(self, reject=tr("Close"))
        layout.extra_button(box, tr("Copy versions"), "copy").clicked.connect(self.copy_versions)
        self._switch = layout.extra_button(box, tr("Show licence"))
        self._switch.clicked.connect(self.switch)
        self._switch.setVisible(bool(licence_text()))
        column.addWidget(box)
        layout.give_size(self, width=84, lines=34)

    def _summary(self) -> QWidget:
        content = QWidget()
        column = layout.page(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(layout.heading("dynseg-annotator", factor=1.5))
        column.addWidget(
            layout.prose(tr("Version {version}", version=version_of(DISTRIBUTION) or tr("unknown")))
        )
        column.addWidget(
            layout.prose(
                tr(
                    "Label images for instance segmentation with a model that learns from you, on "
                    "your own machine. Nothing leaves it without a click that says so."
                ),
                muted=False,
            )
        )
        column.addWidget(layout.prose(tr(LICENCE_SUMMARY), muted=False))
        column.addWidget(
            layout.prose(
                tr(
                    "The segmentation head uses dynamic convolution after ParameterNet "
                    "(Han et al., CVPR 2024, arXiv 2306.14525) on a YOLO11-seg network."
                )
            )
        )
        table = "".join(
            f"<tr><td>{library.distribution}&nbsp;&nbsp;</td>"
            f"<td>{version_of(library.distribution) or '-'}&nbsp;&nbsp;</td>"
            f"<td>{tr(library.licence)}</td></tr>"
            for library in LIBRARIES
        )
        libraries = QLabel(f"<table>{table}</table>")
        libraries.setTextFormat(Qt.TextFormat.RichText)
        libraries.setAccessibleName(tr("Libraries"))
        theme.set_role(libraries, "muted")
        column.addWidget(libraries)
        column.addStretch(1)
        return layout.scrolled(content)

    @Slot()
    def copy_versions(self) -> None:
        """Put the versions on the clipboard, for a report."""
        QGuiApplication.clipboard().setText(facts())

    @Slot()
    def switch(self) -> None:
        """Turn between the summary and the full licence."""
        to_licence = self._views.currentIndex() == 0
        if to_licence and not self._licence.toPlainText():
            self._licence.setPlainText(licence_text())
        self._views.setCurrentIndex(1 if to_licence else 0)
        self._switch.setText(tr("Back") if to_licence else tr("Show licence"))
