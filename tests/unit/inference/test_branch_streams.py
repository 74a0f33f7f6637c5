"""A recording that finds no memory: no stream is left in it, and one image needs none."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from dynseg.inference.backends.branch_streams import BranchStreams
from dynseg.inference.backends.cuda_graphs import Replayed


class Stream:
    """Stands for one of a GPU."""

    def __init__(self, *_: object) -> None:
        self.waits: list[Stream] = []

    def record_event(self) -> Stream:
        return self

    def wait_event(self, event: Stream) -> None:
        self.waits.append(event)


class Branch(nn.Module):
    """Fails when there is no memory left."""

    def __init__(self, *, fails: bool = False) -> None:
        super().__init__()
        self.fails = fails
        self.stream: Any = None

    def forward(self, x: Tensor) -> Tensor:
        self.stream = torch.cuda.current_stream()
        if self.fails:
            raise torch.OutOfMemoryError
        return x


class Head(nn.Module):
    """Branches of a segmentation head, in the order in which they run."""

    def __init__(self) -> None:
        super().__init__()
        self.proto = Branch()
        self.cv4, self.cv2, self.cv3 = (
            nn.ModuleList([Branch(), Branch(fails=fails)]) for fails in (False, True, False)
        )

    def forward(self, x: Tensor) -> None:
        for branch in (self.proto, *self.cv4, *self.cv2, *self.cv3):
            branch(x)


def test_who_has_no_memory_for_a_branch_is_back_where_the_recording_began(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = Stream()
    at: list[Any] = [home]
    monkeypatch.setattr(torch.cuda, "Stream", Stream)
    monkeypatch.setattr(torch.cuda, "is_current_stream_capturing", lambda: True)
    monkeypatch.setattr(torch.cuda, "current_stream", lambda: at[-1])
    monkeypatch.setattr(torch.cuda, "set_stream", at.append)
    head = Head()
    BranchStreams(head, "cuda:0")
    with pytest.raises(torch.OutOfMemoryError):
        head(torch.zeros(1))
    assert at[-1] is home
    begun = [branch.stream for branch in (head.proto, *head.cv4, *head.cv2)]
    assert len(set(begun)) == 5
    assert set(begun) <= set(home.waits), "a recording ends when all of it has been joined"
    before = len(home.waits)
    for branch in head.cv2:
        branch.fails = False  # type: ignore[assignment]
    head(torch.zeros(1))
    assert at[-1] is home
    assert len(home.waits) - before == 7


def test_one_image_that_cannot_be_recorded_for_want_of_memory_is_answered_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A smaller batch is the better way; there is none, and the GPU would be given up."""
    monkeypatch.setattr(torch.cuda, "CUDAGraph", object)
    monkeypatch.setattr(torch.cuda, "synchronize", lambda: None)
    monkeypatch.setattr(torch.cuda, "graph", lambda *_, **__: nullcontext())
    asked: list[int] = []

    def network(pixels: Tensor) -> list[Tensor]:
        asked.append(len(pixels))
        if asked.count(len(pixels)) > 1:
            raise torch.OutOfMemoryError
        return [pixels]

    replayed = Replayed(network, "cuda:0")
    with pytest.raises(torch.OutOfMemoryError):
        replayed._record(torch.zeros(2, 8, 8, 3))
    assert replayed._record(torch.zeros(1, 8, 8, 3)) is None
    assert asked == [2, 2, 1, 1]
