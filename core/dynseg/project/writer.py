"""One thread that writes, so that nobody who draws waits for the disk."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from dynseg.project.store import Store

T = TypeVar("T")


class Writer:
    """Runs writes one after the other, in the order they were submitted.

    A future has its result only after the commit is on the disk, so what it says may be shown as
    saved. Errors arrive as the future's exception.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="dynseg-writer")

    def submit(self, write: Callable[[Store], T]) -> Future[T]:
        """Queue `write`, which gets the store.

        Raises:
            RuntimeError: the writer is closed.
        """
        return self._executor.submit(write, self._store)

    def close(self, wait: bool = True) -> None:
        """Take no more work; with `wait`, return when everything queued is written.

        Without it, what is queued is still written, and the thread ends by itself.
        """
        self._executor.shutdown(wait=wait)
