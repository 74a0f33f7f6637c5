"""Two looks at an image are under way at the same time, also the first ones of a process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from threading import Barrier

import numpy as np
from numpy.typing import NDArray

from dynseg.inference.backends.backend import Backend
from dynseg.inference.backends.device import DeviceReport
from dynseg.inference.outlines.polygons import Candidates
from dynseg.inference.postprocess import Selection
from dynseg.inference.predictor import Predictor
from dynseg.inference.settings import PredictSettings
from dynseg.inference.tiles import predict_tiled
from dynseg.sample.scene import render

PROGRAM = """
from concurrent.futures import ThreadPoolExecutor
import numpy as np
from dynseg.inference.predictor import Predictor
from dynseg.inference.settings import PredictSettings
from dynseg_resources import starter_model

predictor = Predictor.load(starter_model(), device="cpu", backend="openvino")
pixels = np.zeros((64, 96, 3), np.uint8)
with ThreadPoolExecutor(3) as pool:
    sizes = [PredictSettings(image_size=size) for size in (64, 96, 128)]
    print(len(list(pool.map(lambda settings: predictor.predict(pixels, settings), sizes))))
"""


class Together:
    """A backend that begins with one look only when another one is there as well."""

    name, batch_size, in_flight = "together", 1, 2

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._both = Barrier(2, timeout=20)

    def run(self, images: Sequence[NDArray[np.uint8]], selection: Selection) -> list[Candidates]:
        self._both.wait()
        return self._backend.run(images, selection)


def test_both_looks_at_the_whole_image_run_at_once(fast_starter: Predictor) -> None:
    pixels = render(3, 1, width=800, height=600).pixels
    card, path = fast_starter.card, fast_starter.path
    both = Predictor(path, card, Together(fast_starter._backend), DeviceReport("cpu", ""))
    settings = PredictSettings(tiles="model")
    found = predict_tiled(pixels, both, settings)
    assert both.backend == "together"
    assert found
    assert found == predict_tiled(pixels, fast_starter, settings)


def test_threads_that_use_a_model_first_do_not_wait_for_each_other_for_ever() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False, timeout=100
    )
    assert done.stdout.split() == ["3"], done.stderr
