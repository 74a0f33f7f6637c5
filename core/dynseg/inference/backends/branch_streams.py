"""The branches of a head beside each other on a GPU, where its launches are recorded.

One image of a small network leaves most of a GPU idle, and boxes, classes, mask coefficients and
prototypes of three levels wait for each other for no reason. Each branch on a stream of its own
becomes a path of its own in the recorded graph.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn


class BranchStreams:
    """Sends each branch of a segmentation head to a stream of its own while launches are recorded.

    Nothing changes where they are not: then every stream costs more than it brings.

    Args:
        head: A segmentation head of ultralytics; hooks are added to it.
        device: The GPU that it is on.
    """

    def __init__(self, head: Any, device: str) -> None:
        self._device = device
        self._forked: torch.cuda.Event | None = None
        self._home: Any = None
        self._open: list[torch.cuda.Event] = []
        head.register_forward_pre_hook(self._fork)
        # A recording that is left half done has to end where it began, or the GPU stays in it.
        head.register_forward_hook(self._join, always_call=True)
        # What is put together from several branches waits for the last of them.
        for branches in (head.cv2, head.cv3, head.cv4, [head.proto]):
            for index, branch in enumerate(branches):
                self._send(branch, joins=index == len(branches) - 1)

    def _fork(self, *_: object) -> None:
        recording = torch.cuda.is_current_stream_capturing()
        self._forked = torch.cuda.current_stream().record_event() if recording else None

    def _join(self, *_: object) -> None:
        """Whoever goes on waits for the branches that are on their way."""
        for event in self._open:
            torch.cuda.current_stream().wait_event(event)
        self._open.clear()

    def _send(self, branch: nn.Module, *, joins: bool) -> None:
        stream = torch.cuda.Stream(self._device)  # type: ignore[no-untyped-call]

        def begin(*_: object) -> None:
            if self._forked is not None:
                self._home = torch.cuda.current_stream()
                stream.wait_event(self._forked)
                torch.cuda.set_stream(stream)

        def end(*_: object) -> None:
            if self._forked is not None:
                self._open.append(stream.record_event())
                torch.cuda.set_stream(self._home)
                if joins:
                    self._join()

        branch.register_forward_pre_hook(begin)
        branch.register_forward_hook(end, always_call=True)
