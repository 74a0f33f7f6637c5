"""A learner on generated scenes, with the real starter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dynseg.model.checkpoint import load
from dynseg.project.store import Store
from dynseg.training.live.batches import Memory
from dynseg.training.live.learner import Learner
from dynseg.training.live.source import Changes, ReviewedImages
from dynseg_resources import starter_model

SIZE = 224


@pytest.fixture
def watched(reviewed_store: Store) -> Iterator[ReviewedImages]:
    """The reviewed images through a connection that only reads."""
    with Store.open(reviewed_store.root, read_only=True) as view:
        images = ReviewedImages(view)
        images.size = SIZE
        yield images


@pytest.fixture
def changes(watched: ReviewedImages) -> Changes:
    """What the first look finds."""
    return watched.poll()


@pytest.fixture
def memory(changes: Changes) -> Memory:
    made = Memory()
    for example in changes.fresh:
        made.put(example)
    return made


@pytest.fixture
def learner(changes: Changes) -> Learner:
    parent, card = load(starter_model())
    return Learner(parent, card, changes.classes, size=SIZE)
