"""Every reviewed image is judged by a network that never saw it.

The images are dealt into folds; for each fold a network learns from the others, as live learning
does, from the starter, which knows none of them.
"""

from __future__ import annotations

import random
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import numpy as np
import torch

from dynseg.annotation.document import ImageState
from dynseg.errors import DynsegError, TrainingError, is_out_of_memory
from dynseg.files import GET_RIGHTS, room_or_rights
from dynseg.label_errors.looked import Looked, check_enough
from dynseg.label_errors.opinions import looking, opinions_on
from dynseg.model.checkpoint import load
from dynseg.progress import CancelToken, Meter, Progress, Report, ignore
from dynseg.project.store import Store
from dynseg.project.view import ProjectView
from dynseg.review import disputes
from dynseg.review.disputes import SEEN, Opinion, Verdicts, judge
from dynseg.training.devices import choose_device
from dynseg.training.image_size import MOST_SIZE_CPU
from dynseg.training.live.batches import BatchSettings, BatchSource, Memory
from dynseg.training.live.course import COOL_STEPS, LOWEST_RATE
from dynseg.training.live.example import Example
from dynseg.training.live.learner import Learner, LearnerSettings
from dynseg.training.live.process import default_threads
from dynseg.training.live.quality import panoptic
from dynseg.training.live.source import ReviewedImages
from dynseg.training.memory import fitting_batch
from dynseg_resources import starter_model

FOLDS = 3
STEPS = 300
"""Of each network: enough to have an opinion that is worth a look."""
BATCH = 8
TELL_STEPS = 5
MOST_IMAGES, MOST_BYTES = 600, 1_500_000_000
"""Of more, those that were reviewed last are looked at: their pixels are held in memory."""


def find_disputes(
    view: ProjectView,
    *,
    folds: int = FOLDS,
    steps: int = STEPS,
    device: str = "auto",
    report: Report = ignore,
    cancel: CancelToken | None = None,
    unkept: Callable[[DynsegError], None] | None = None,
    seed: int = 0,
) -> Verdicts:
    """Judge every reviewed image and keep what is disputed in the project.

    No label is touched.

    Args:
        view: The project.
        folds: Networks to train.
        steps: Of each of them.
        device: `auto`, `cpu`, `cuda` or `cuda:N`.
        report: Told after every step.
        cancel: Asked between steps; then nothing is kept.
        unkept: Told when the result cannot be kept, which raises without it.
        seed: Of the folds and of all learning.

    Raises:
        TrainingError: there are too few reviewed images, or the result cannot be kept.
        CancelledError: `cancel` was set.
    """
    check_enough(len(view.images_in_state(ImageState.REVIEWED)))
    device = choose_device(device)
    parent, card = load(starter_model())
    images = ReviewedImages(view)
    examples, classes = _examples(images, least=card.image_size)
    random.Random(seed).shuffle(examples)
    card = msgspec.structs.replace(card, close_up=images.close_up)
    meter = Meter("Looking for label errors", folds * steps + len(examples), report)
    cancel = cancel or CancelToken()
    opinions: list[Opinion] = []
    for fold in range(folds):
        known = [example for at, example in enumerate(examples) if at % folds != fold]
        learner = Learner(
            parent, card, classes, size=images.size, device=device,
            settings=LearnerSettings(seed=seed + fold),
        )  # fmt: skip
        _learn(learner, known, steps, meter, cancel)
        with looking(learner) as predictor:
            for example in examples[fold::folds]:
                opinions += opinions_on(
                    predictor, view, example.image_id, images.labels, cancel.check
                )
                meter.advance()
    worth = [_quality(opinion) for opinion in opinions]
    quality = float(np.mean(worth)) if worth else 0.0
    found = Verdicts(judge(opinions, classes), quality, len(worth))
    _keep(view, found, unkept)
    return found


def _examples(images: ReviewedImages, *, least: int) -> tuple[list[Example], tuple[str, ...]]:
    """What is looked through, at the size that the objects want, and the names of its classes.

    Raises:
        TrainingError: there is too little of it.
    """
    images.choose_size(least=least, most=max(least, MOST_SIZE_CPU), close_ups=True)
    changes = images.poll(most=min(MOST_IMAGES, MOST_BYTES // images.most_bytes), newest=True)
    examples = [*changes.fresh, *changes.guards]
    check_enough(len(examples))
    if not any(example.outlines for example in examples):
        raise TrainingError(
            "None of the reviewed images has a shape, so there is nothing to learn.",
            "Draw shapes, or accept proposals, and mark the images as reviewed.",
        )
    return examples, changes.classes


def _quality(opinion: Opinion) -> float:
    seen = opinion.scores >= SEEN
    return panoptic(opinion.overlaps[seen], opinion.found_labels[seen], opinion.labels)


def _keep(view: ProjectView, found: Verdicts, unkept: Callable[[DynsegError], None] | None) -> None:
    try:
        disputes.save(view.layout, found)
    except OSError as error:
        problem = TrainingError(
            f"What is disputed could not be kept ({error.strerror}); no label was changed.",
            room_or_rights(error, "Make room on the disk.", GET_RIGHTS),
        )
        if unkept is None:
            raise problem from error
        unkept(problem)


def _learn(
    learner: Learner,
    known: Sequence[Example],
    steps: int,
    meter: Meter,
    cancel: CancelToken,
) -> None:
    memory = Memory(seed=learner.settings.seed)
    for example in known:
        memory.put(example)
    learner.meet(memory.all())
    on_cpu = learner.device.type == "cpu"
    batch = fitting_batch(learner.model, size=learner.size, wanted=BATCH) if on_cpu else BATCH
    source = BatchSource(memory, BatchSettings(learner.size, batch, seed=learner.settings.seed))
    cool = min(COOL_STEPS, steps // 2)
    try:
        for step in range(steps):
            cancel.check()
            rate = max(LOWEST_RATE, min(1.0, (steps - step) / max(1, cool)))
            learner.step(source.next(), rate_factor=rate)
            meter.advance()
    except TrainingError as error:
        raise TrainingError(
            "Looking for label errors went astray: what it learned is no longer a number. No label "
            "was changed.",
            "Look again.",
        ) from error
    finally:
        source.close()


def _in_words(error: Exception) -> Looked:
    if is_out_of_memory(error):
        return Looked(
            message="There was not enough memory to look for label errors; no label was changed.",
            hint="Close other programs, and switch live learning off.",
        )
    kind = type(error).__name__
    return Looked(
        message=f"Looking for label errors failed ({kind}: {error}); no label was changed."
    )


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
            found = find_disputes(view, device=device, report=report)
    except DynsegError as error:
        tell(Looked(message=error.message, hint=error.hint))
        return 1
    except Exception as error:  # noqa: BLE001 - the last line of defence of a process
        traceback.print_exc()
        tell(_in_words(error))
        return 1
    tell(Looked(disputes=len(found.disputes)))
    return 0
