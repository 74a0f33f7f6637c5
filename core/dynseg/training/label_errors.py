"""Looks for errors of labels: every reviewed image is judged by a network that never saw it.

The images are dealt into folds; for each fold a network learns from the others, as live learning
does, from the starter, which knows none of them.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from dynseg.annotation.document import Annotation
from dynseg.errors import DynsegError, TrainingError
from dynseg.model.checkpoint import load
from dynseg.progress import CancelToken, Meter, Progress, Report, ignore
from dynseg.project.store import Store
from dynseg.project.view import ProjectView
from dynseg.review.disputes import Opinion, Verdicts, judge, save
from dynseg.training.image_size import MOST_SIZE_CPU
from dynseg.training.live.augment import outline_masks
from dynseg.training.live.batches import BatchSettings, BatchSource, Memory
from dynseg.training.live.course import COOL_STEPS, LOWEST_RATE
from dynseg.training.live.example import Example
from dynseg.training.live.learner import Learner, LearnerSettings
from dynseg.training.live.process import default_threads
from dynseg.training.live.quality import detections, overlaps, quality
from dynseg.training.live.source import ReviewedImages
from dynseg.training.looked import Looked
from dynseg.training.process import choose_device
from dynseg_resources import starter_model

FOLDS = 3
STEPS = 300
"""Of each network: enough to have an opinion that is worth a look."""
BATCH = 8
TELL_STEPS = 5
LEAST_IMAGES = 6
MOST_IMAGES = 600
"""Of more, those that were reviewed last are looked at: pixels are held in memory."""


def find_disputes(
    view: ProjectView,
    *,
    folds: int = FOLDS,
    steps: int = STEPS,
    device: str = "cpu",
    report: Report = ignore,
    cancel: CancelToken | None = None,
    seed: int = 0,
) -> Verdicts:
    """Judge every reviewed image and keep what is disputed in the project.

    No label is touched.

    Args:
        view: The project.
        folds: Networks to train.
        steps: Of each of them.
        device: A torch device.
        report: Told after every step.
        cancel: Asked between steps; then nothing is kept.
        seed: Of the folds and of all learning.

    Raises:
        TrainingError: there are too few reviewed images, or the result cannot be kept.
        CancelledError: `cancel` was set.
    """
    images = ReviewedImages(view)
    parent, card = load(starter_model())
    images.choose_size(least=card.image_size, most=max(card.image_size, MOST_SIZE_CPU))
    changes = images.poll(most=MOST_IMAGES)
    examples = [*changes.fresh, *changes.guards]
    if len(examples) < LEAST_IMAGES:
        raise TrainingError(
            f"Label errors are looked for from {LEAST_IMAGES} reviewed images on; there are "
            f"{len(examples)}.",
            "Review more images.",
        )
    random.Random(seed).shuffle(examples)
    meter = Meter("Looking for label errors", folds * steps, report)
    opinions: list[Opinion] = []
    worth: list[float] = []
    for fold in range(folds):
        held_out = examples[fold::folds]
        known = [example for at, example in enumerate(examples) if at % folds != fold]
        learner = Learner(
            parent, card, changes.classes, size=images.size, device=device,
            settings=LearnerSettings(seed=seed + fold),
        )  # fmt: skip
        _learn(learner, known, steps, meter, cancel)
        model = learner.average.model
        opinions += [_opinion(model, view, example, images) for example in held_out]
        worth += [quality(model, [example], size=images.size) for example in held_out]
    found = Verdicts(judge(opinions, changes.classes), float(np.mean(worth)), len(worth))
    _keep(view, found)
    return found


def _keep(view: ProjectView, found: Verdicts) -> None:
    try:
        save(view.layout, found)
    except OSError as error:
        raise TrainingError(
            f"What is disputed could not be kept ({error.strerror}); no label was changed.",
            "Make room on the disk.",
        ) from error


def _learn(
    learner: Learner,
    known: Sequence[Example],
    steps: int,
    meter: Meter,
    cancel: CancelToken | None,
) -> None:
    memory = Memory(seed=learner.settings.seed)
    for example in known:
        memory.put(example)
    learner.meet(memory.all())
    source = BatchSource(memory, BatchSettings(learner.size, BATCH, seed=learner.settings.seed))
    cool = min(COOL_STEPS, steps // 2)
    try:
        for step in range(steps):
            if cancel is not None:
                cancel.check()
            rate = max(LOWEST_RATE, min(1.0, (steps - step) / max(1, cool)))
            learner.step(source.next(), rate_factor=rate)
            meter.advance()
    finally:
        source.close()


def _opinion(
    model: nn.Module, view: ProjectView, example: Example, images: ReviewedImages
) -> Opinion:
    document = view.annotation(example.image_id)
    items = [item for item in document.instances if item.class_id in images.labels]
    found, labels, scores = detections(model, example, images.size)
    wanted = outline_masks(example, images.size)
    return Opinion(
        image_id=example.image_id,
        revision=example.revision,
        instance_ids=[item.id for item in items],
        boxes=[item.bounds for item in items],
        labels=np.array([images.labels[item.class_id] for item in items], np.int64),
        found_boxes=_boxes(found, document),
        found_labels=labels,
        scores=scores,
        overlaps=overlaps(found, wanted),
    )


def _boxes(
    masks: NDArray[np.bool_], document: Annotation
) -> list[tuple[float, float, float, float]]:
    """Where masks of the letterboxed square lie, image pixels."""
    side = masks.shape[-1]
    per_cell = max(document.width, document.height) / side
    left = (side - document.width / per_cell) / 2
    top = (side - document.height / per_cell) / 2
    boxes = []
    for mask in masks:
        rows, columns = np.nonzero(mask)
        if not len(rows):
            boxes.append((0.0, 0.0, 0.0, 0.0))
            continue
        boxes.append(
            (
                max(0.0, (int(columns.min()) - left) * per_cell),
                max(0.0, (int(rows.min()) - top) * per_cell),
                min(float(document.width), (int(columns.max()) + 1 - left) * per_cell),
                min(float(document.height), (int(rows.max()) + 1 - top) * per_cell),
            )
        )
    return boxes


def look(root: Path, *, device: str, threads: int) -> int:
    """Look through a project; what happens goes to standard output, a `Looked` a line.

    Returns:
        The exit status.
    """
    out = sys.stdout.buffer

    def tell(state: Looked) -> None:
        out.write(msgspec.json.encode(state) + b"\n")
        out.flush()

    def report(progress: Progress) -> None:
        if progress.done % TELL_STEPS == 0:
            tell(Looked(progress.done, progress.total or 0))

    torch.set_num_threads(threads or default_threads())
    torch.set_flush_denormal(True)
    try:
        with Store.open(root, read_only=True) as view:
            found = find_disputes(view, device=choose_device(device), report=report)
    except DynsegError as error:
        tell(Looked(message=error.message, hint=error.hint))
        return 1
    tell(Looked(disputes=len(found.disputes)))
    return 0
