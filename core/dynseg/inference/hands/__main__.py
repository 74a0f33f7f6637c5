"""`python -m dynseg.inference.hands ARENA BEGIN SIZE`: a hand, until nobody asks any more."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

import cv2

from dynseg.errors import ImageError
from dynseg.inference import detections as packing
from dynseg.inference.hands import arena
from dynseg.inference.hands.protocol import (
    Answer,
    Decode,
    Ready,
    Refused,
    Request,
    Trace,
    Traced,
    next_request,
    send,
    take,
)
from dynseg.inference.letterboxed import checked_pixels, letterboxed
from dynseg.inference.polygons import trace


class Hand:
    """Does what it is asked.

    Args:
        memory: All of the shared memory.
        own: The part of it in which candidates are handed over.
    """

    def __init__(self, memory: arena.Bytes, own: arena.Bytes) -> None:
        self._memory = memory
        self._own = own

    def answer(self, request: Request) -> Answer:
        """What comes of a request."""
        return self._decode(request) if isinstance(request, Decode) else self._trace(request)

    def _decode(self, request: Decode) -> Answer:
        path = Path(os.fsdecode(request.path))
        try:
            item = letterboxed(checked_pixels(path, request.size), request.input_px)
        except ImageError as error:
            return Refused(error.reason, error.hint)
        except MemoryError:
            return Refused("needs more memory than there is", "")
        pixels = item.pixels.reshape(-1)
        if pixels.size > request.room:
            return Refused("does not fit into the memory that was meant for it", "")
        self._memory[request.place : request.place + pixels.size] = pixels
        return Ready(item.letterbox)

    def _trace(self, request: Trace) -> Answer:
        candidates = take(request.count, request.prototypes, self._own)
        found = trace(candidates, request.letterbox, simplify_px=request.simplify_px)
        return Traced(packing.encode(found))


def main() -> None:
    """Answer on standard output until standard input ends."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    # Ctrl+C in a terminal goes to everybody there; who asks decides when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cv2.setNumThreads(1)
    path, begin, size = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    memory = arena.attach(path)
    hand = Hand(memory, memory[begin : begin + size])
    with suppress(OSError):  # nobody reads the answer
        while (request := next_request(sys.stdin.buffer)) is not None:
            send(hand.answer(request), out)
    # Who asked may have been killed, and the file would stay until the machine is restarted.
    del hand, memory
    with suppress(OSError):
        path.unlink()


if __name__ == "__main__":
    main()
