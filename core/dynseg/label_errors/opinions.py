"""What a network that has learned says about images that it never saw, against their labels."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from dynseg.annotation.document import Annotation
from dynseg.errors import DynsegError
from dynseg.images.decode import decode
from dynseg.inference.backends.device import DeviceReport
from dynseg.inference.backends.torch_backend import TorchBackend, read_network
from dynseg.inference.detections import Detection
from dynseg.inference.overlap import ious, outlines, overlapping_pairs
from dynseg.inference.predictor import Predictor
from dynseg.inference.settings import PredictSettings
from dynseg.inference.tiles import predict_tiled
from dynseg.model.checkpoint import save
from dynseg.project.view import ProjectView
from dynseg.review.disputes import NEAR, Opinion
from dynseg.training.live.learner import Learner


@contextmanager
def looking(learner: Learner) -> Iterator[Predictor]:
    """What has been learned, as the program looks with it: polygons, in tiles where it should."""
    device = str(learner.device)
    with tempfile.TemporaryDirectory(prefix="dynseg-label-errors-") as folder:
        path = Path(folder) / "learned.safetensors"
        save(learner.average.model, learner.card, path)
        backend = TorchBackend(read_network(path), device)
        yield Predictor(path, learner.card, backend, DeviceReport(device, ""))


def opinions_on(
    predictor: Predictor,
    view: ProjectView,
    image_id: int,
    labels: dict[int, int],
    look_up: Callable[[], None],
) -> list[Opinion]:
    """What a model says about an image that it never saw; nothing where that cannot be read."""
    try:
        document = view.annotation(image_id)
        pixels = decode(view.image_path(image_id)).pixels
    except DynsegError:
        return []  # changed or gone since it was read for learning
    found = predict_tiled(pixels, predictor, PredictSettings(), look_up=look_up)
    return [opinion_of(document, found, labels)]


def opinion_of(document: Annotation, found: Sequence[Detection], labels: dict[int, int]) -> Opinion:
    """What was found in an image, against its shapes.

    Args:
        document: The reviewed document.
        found: What a model found, of any score, polygons in image pixels.
        labels: Class id of the project to class index of the model; other shapes do not count.
    """
    items = [item for item in document.instances if item.class_id in labels]
    seen, drawn = outlines([f.parts for f in found]), outlines([item.parts for item in items])
    first, second = overlapping_pairs(seen, drawn, iou=NEAR)
    overlaps = np.zeros((len(found), len(items)))
    if len(first):
        overlaps[first, second] = ious(seen.only(first.tolist()), drawn.only(second.tolist()))
    return Opinion(
        image_id=document.image_id,
        revision=document.revision,
        instance_ids=[item.id for item in items],
        boxes=[item.bounds for item in items],
        labels=np.array([labels[item.class_id] for item in items], np.int64),
        found_boxes=[item.box for item in found],
        found_labels=np.array([item.class_index for item in found], np.int64),
        scores=np.array([item.score for item in found], np.float64),
        overlaps=overlaps,
    )
