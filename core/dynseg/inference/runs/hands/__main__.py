"""`python -m dynseg.inference.runs.hands ARENA BEGIN SIZE`: a hand, until nobody asks any more."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from dynseg.errors import ImageError
from dynseg.inference import detections as packing
from dynseg.inference.detections import Detection
from dynseg.inference.drafts import PackedDraft, drafted
from dynseg.inference.finishing import finish
from dynseg.inference.letterboxed import checked_pixels
from dynseg.inference.names import Names
from dynseg.inference.outlines.polygons import trace
from dynseg.inference.runs.hands import arena
from dynseg.inference.runs.hands.laying import take
from dynseg.inference.runs.hands.protocol import (
    NO_ROOM,
    Answer,
    Decode,
    Finish,
    Finished,
    Ready,
    Refused,
    Request,
    Span,
    Trace,
    Traced,
    next_requests,
    send,
    unexpected,
    unpacked_names,
)
from dynseg.processes import take_input, take_output

log = logging.getLogger(__name__)


class Hand:
    """Does what it is asked.

    Args:
        memory: All of the shared memory.
        own: The part of it in which candidates are handed over.
        at: `(1,)` where it says which request it is at: should it end, only that one is to blame.
    """

    def __init__(self, memory: arena.Bytes, own: arena.Bytes, at: NDArray[np.int64]) -> None:
        self._memory = memory
        self._own = own
        self._at = at
        self._drawn: list[list[Detection]] = []
        self._names: dict[Span, Names] = {}

    def answers(self, requests: Sequence[Request]) -> list[Answer]:
        """What comes of requests, one after the other."""
        found = []
        for place, request in enumerate(requests):
            self._at[0] = place
            found.append(self._answer(request))
        return found

    def _answer(self, request: Request) -> Answer:
        try:
            match request:
                case Decode():
                    return self._decode(request)
                case Trace():
                    return self._trace(request)
                case Finish():
                    return self._finish(request)
        except ImageError as error:
            return Refused(error.reason, error.hint)
        except MemoryError:
            return Refused("needs more memory than there is", "")
        except Exception as error:
            # One image must not take the process with it: whoever asks hears what it was.
            log.exception("a request could not be answered")
            return unexpected(error)

    def _decode(self, request: Decode) -> Answer:
        inputs = request.plan.inputs(_pixels(request))
        if sum(item.pixels.size for item in inputs) > request.room:
            return NO_ROOM
        place = request.place
        for item in inputs:
            self._memory[place : place + item.pixels.size] = item.pixels.reshape(-1)
            place += item.pixels.size
        return Ready([item.letterbox for item in inputs])

    def _trace(self, request: Trace) -> Answer:
        self._draw(request, request.simplify_px)
        return Traced()

    def _finish(self, request: Finish) -> Answer:
        self._draw(request, request.plan.simplify_px)
        found = finish(
            request.plan,
            self._drawn,
            partial(_pixels, request),
            size=request.size,
            least_score=request.least_score,
            names=self._names_at(request.names),
        )
        draft = None
        if request.rules is not None:
            draft = PackedDraft.of(drafted(request.key, found, request.rules))
        return Finished(packing.encode(found), draft)

    def _draw(self, request: Trace | Finish, simplify_px: float) -> None:
        """Trace some looks at an image, behind those that are traced already."""
        del self._drawn[request.before :]
        for laid in request.laid:
            candidates = take(laid, self._own, self._memory)
            self._drawn.append(trace(candidates, laid.letterbox, simplify_px=simplify_px))

    def _names_at(self, span: Span | None) -> Names | None:
        if span is None:
            return None
        if span not in self._names:
            data = self._memory[span.place : span.place + span.size].tobytes()
            self._names[span] = unpacked_names(data)
        return self._names[span]


def _pixels(request: Decode | Finish) -> NDArray[np.uint8]:
    return checked_pixels(Path(os.fsdecode(request.path)), request.size)


def main() -> None:
    """Answer on standard output until standard input ends."""
    requests, out = take_input(), take_output()
    # Ctrl+C in a terminal goes to everybody there; who asks decides when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cv2.setNumThreads(1)
    path, begin, size = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    try:
        memory = arena.attach(path)
    except FileNotFoundError:
        return  # whoever asked has ended already
    hand = Hand(memory, *arena.parted(memory[begin : begin + size]))
    with suppress(OSError):  # nobody reads the answers
        while (asked := next_requests(requests)) is not None:
            send(hand.answers(asked), out)
    # Who asked may have been killed, and a file with a name would stay.
    del hand, memory
    with suppress(OSError):
        path.unlink()


if __name__ == "__main__":
    main()
