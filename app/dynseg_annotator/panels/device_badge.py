"""Device and model at the right of the tool bar: always visible, says why."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from dynseg_annotator import theme
from dynseg_annotator.jobs.engine_state import EngineState
from dynseg_annotator.language import engine_text, tr

ICONS = {"cuda": "gpu", "mps": "gpu", "cpu": "cpu"}


class DeviceBadge(QToolButton):
    """A click leads to the model choice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        theme.set_role(self, "badge")
        self._device = ""
        self._reason = ""
        self._model = ""
        self._short = False
        self._state = EngineState.OFF
        self._say()

    def set_model(self, name: str) -> None:
        """Name of the active model, empty for none."""
        self._model = name
        self._say()

    def set_short(self, short: bool) -> None:
        """Say only where the model runs, in a window without room for its name."""
        if short != self._short:
            self._short = short
            self._say()

    @property
    def has_device(self) -> bool:
        """Whether a model has said where it runs."""
        return bool(self._device)

    def set_device(self, device: str, reason: str) -> None:
        """Where the loaded model runs, and why there."""
        self._device, self._reason = device, reason
        self._say()

    def set_state(self, state: EngineState, detail: str = "") -> None:
        """What the engine is doing."""
        self._state = state
        if detail:
            self._reason = detail
        self._say()

    def _say(self) -> None:
        device = device_name(self._device)
        words = {
            EngineState.OFF: tr("engine off"),
            EngineState.STARTING: tr("engine starting …"),
            EngineState.READY: device or tr("engine ready"),
            EngineState.BUSY: device or tr("engine ready"),
            EngineState.DEAD: tr("engine stopped"),
        }[self._state]
        both = f"{words} · {self._model}" if self._model else words
        self.setText(words if self._short else both)
        dead = self._state is EngineState.DEAD
        icon = "warning" if dead else ICONS.get(self._device.partition(":")[0], "cpu")
        theme.set_icon(self, icon, colour="error" if dead else "")
        reason = engine_text(self._reason) or tr("The model runs in a process of its own.")
        self.setToolTip(theme.plain_tip(f"{both}\n{reason}" if self._short else reason))
        self.setAccessibleName(tr("Device and model: {both}", both=both))


def device_name(device: str) -> str:
    """A device as people say it: "CPU", "GPU 0", "GPU 0, 1"."""
    kind, _, number = device.partition(":")
    if kind == "cuda":
        return f"GPU {number.replace(',', ', ') or 0}"
    return {"cpu": "CPU", "mps": "GPU", "": ""}.get(kind, device)
