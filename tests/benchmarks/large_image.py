"""What an image of 20,000 x 20,000 pixels costs the window: time to see it, memory, frames.

    python tests/benchmarks/large_image.py [--side 20000] [--format jpg|png|tif]

It makes the image, opens the real window on it without a screen in a process of its own, and
prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
Image.MAX_IMAGE_PIXELS = None


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--side", type=int, default=20_000)
    parser.add_argument("--format", default="jpg", choices=("jpg", "png", "tif"))
    parser.add_argument("--folder", type=Path, help="measure this folder; used by itself")
    asked = parser.parse_args()
    if asked.folder is not None:
        print(json.dumps(measured(asked.folder)))
        return
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "photos"
        folder.mkdir()
        make(folder / f"large.{asked.format}", asked.side)
        environment = {**os.environ, "DYNSEG_CONFIG_DIR": made, "DYNSEG_CACHE_DIR": made}
        command = [sys.executable, __file__, "--folder", str(folder)]
        subprocess.run(command, env=environment, check=True)


def make(path: Path, side: int) -> None:
    """A photo-like image: soft shades with grain."""
    rng = np.random.default_rng(0)
    small = Image.fromarray(rng.integers(40, 220, (40, 40, 3), np.uint8))
    tile = np.asarray(small.resize((2000, 2000), Image.Resampling.BICUBIC)).astype(np.int16)
    tile = np.clip(tile + rng.normal(0, 4, tile.shape), 0, 255).astype(np.uint8)
    times = -(-side // 2000)
    image = Image.fromarray(np.tile(tile, (times, times, 1))[:side, :side])
    if path.suffix == ".png":
        image.save(path, compress_level=1)
    else:
        image.save(path)


def measured(folder: Path) -> dict[str, float]:
    """Open it and look around."""
    from PySide6.QtWidgets import QApplication

    from dynseg_annotator.application.frame import Frame, dress
    from dynseg_annotator.application.workbench import Workbench
    from dynseg_annotator.settings import Settings

    app = QApplication([])
    settings = Settings()
    settings.set("predict_on_open", False)
    dress(app, settings)
    frame = Frame(settings)
    frame.window.resize(1600, 1000)
    frame.show()
    bench = Workbench(frame, start_engine=False)
    canvas = bench.parts.canvas
    before = peak_mb()
    start = time.perf_counter()
    frame.open(folder)
    while not canvas.accepts_gestures:
        app.processEvents()
        time.sleep(0.002)
    canvas.repaint()
    result = {"open_s": time.perf_counter() - start, "rss_before_mb": before}
    result["rss_open_mb"] = peak_mb()
    result |= looked_around(canvas, app.processEvents)
    result["rss_peak_mb"] = peak_mb()
    frame.window.may_close = lambda: True
    frame.window.close()
    bench.shut_down()
    return {name: round(value, 2) for name, value in result.items()}


def looked_around(canvas: object, events: Callable[[], object]) -> dict[str, float]:
    """Milliseconds of frames while zooming and panning, and of what is drawn when it is at rest.

    Processor time of the window's thread, which other programs do not disturb.
    """
    clock = time.thread_time
    from dynseg_annotator.canvas import Canvas

    assert isinstance(canvas, Canvas)
    width, height = canvas.camera.image_size
    zooms, rests, pans = [], [], []
    for zoom in (0.1, 0.2, 0.45, 1.0, 2.5, 0.6, 0.26):
        for share in (0.1, 0.5, 0.8):
            start = clock()
            canvas.camera.set_zoom(zoom)
            at = canvas.camera.view.to_view(width * share, height * share)
            canvas.camera.pan_by(canvas.width() / 2 - at[0], canvas.height() / 2 - at[1])
            canvas.repaint()
            zooms.append(clock() - start)
            start = clock()
            canvas.rendering.finish()
            canvas.repaint()
            rests.append(clock() - start)
            events()
            for _ in range(15):
                start = clock()
                canvas.camera.pan_by(-14, 9)
                canvas.repaint()
                pans.append(clock() - start)
    result = {}
    for name, values in (("zoom", zooms), ("rest", rests), ("pan", pans)):
        ordered = sorted(values)
        result[f"{name}_ms"] = statistics.median(values) * 1e3
        result[f"{name}_p99_ms"] = ordered[int(0.99 * (len(ordered) - 1))] * 1e3
    return result


def peak_mb() -> float:
    """Most memory that this process has had so far, as Linux counts it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main()
