"""ultralytics with the same weights on the same images, as its users call it."""

from __future__ import annotations

import time
import warnings
from pathlib import Path
from typing import Any

from dynseg.inference.settings import PredictSettings
from dynseg.model.checkpoint import load


class Peer:
    """`YOLO(...).predict(save_txt=True)` on a folder.

    Args:
        model: A `.safetensors` model; its network runs in ultralytics' own predictor.
        out: Folder for the labels and for an export.
        settings: Threshold, overlap, detections and size.
        device: As torch names it.
    """

    def __init__(self, model: Path, out: Path, settings: PredictSettings, device: str) -> None:
        self._out = out
        self._settings = settings
        self._device = device
        network, card = load(model)
        from ultralytics import YOLO

        self._yolo: Any = YOLO(f"yolo11{card.scale}-seg.yaml", task="segment")
        network.task = "segment"  # type: ignore[assignment]
        self._yolo.model = network
        self._size: int | list[int] = settings.image_size or card.image_size
        # What it was trained with: the export asks.
        network.args = {"imgsz": self._size, "batch": 1, "data": None}  # type: ignore[assignment]

    def exported(self, height: int, width: int) -> Peer:
        """The same with its own OpenVINO export, of just the input size that the images need."""
        from ultralytics import YOLO

        self._yolo.model.pt_path = str(self._out / "peer.pt")
        with warnings.catch_warnings():
            # Its writer traces by means that torch calls outdated: nothing for who measures here.
            warnings.simplefilter("ignore")
            written = self._yolo.export(format="openvino", imgsz=[height, width], verbose=False)
        peer = object.__new__(Peer)
        peer._out, peer._settings, peer._device = self._out, self._settings, self._device
        peer._yolo = YOLO(str(written), task="segment")
        peer._size = [height, width]
        return peer

    def run(self, files: list[Path], batch: int) -> float:
        """Milliseconds an image, from files to label files."""
        started_s = time.perf_counter()
        answers = self._yolo.predict(
            [str(file) for file in files],
            stream=True,
            batch=batch,
            imgsz=self._size,
            conf=self._settings.confidence,
            iou=self._settings.iou,
            max_det=self._settings.max_detections,
            device=self._device,
            save_txt=True,
            verbose=False,
            project=str(self._out),
            name="labels",
            exist_ok=True,
        )
        for _ in answers:
            pass
        return 1000 * (time.perf_counter() - started_s) / len(files)
