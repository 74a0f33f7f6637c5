"""Where a training run goes on: on this computer, or on the cluster of the settings."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from dynseg_annotator.language import tr
from dynseg_annotator.settings import Settings


class PlaceChooser(QCheckBox):
    """Offers the cluster, once the settings name one; takes no room before.

    Args:
        settings: Know the address of the cluster.
        parent: The panel.
    """

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(tr("Train on the cluster"), parent)
        self._settings = settings
        self._idle = True
        self.setChecked(True)
        settings.changed.connect(self._setting_changed)
        self._refresh()

    def cluster(self) -> str:
        """Address of the cluster that shall train; empty: this computer does."""
        return self._known() if self.isChecked() else ""

    def set_idle(self, idle: bool) -> None:
        """Say whether a run can be asked for; there is nothing to choose while one goes on."""
        self._idle = idle
        self._refresh()

    def _known(self) -> str:
        return str(self._settings.get("cluster")).strip()

    @Slot(str, object)
    def _setting_changed(self, key: str, _value: object) -> None:
        if key == "cluster":
            self._refresh()

    def _refresh(self) -> None:
        address = self._known()
        self.setVisible(self._idle and bool(address))
        self.setToolTip(
            tr(
                "{address}, from Settings, Model. The project must lie on storage that every "
                "machine of the cluster mounts at the same path. Unchecked: this computer trains.",
                address=address,
            )
        )
