"""What the process of a live learner does from its first line to its last."""

from __future__ import annotations

import os
import threading
import traceback
from pathlib import Path

from dynseg.errors import DynsegError
from dynseg.model.registry import ModelRegistry
from dynseg.processes import take_input, take_output
from dynseg.project.store import Store
from dynseg.training.live.messages import Broken, Event, encode
from dynseg.training.live.orders import Orders


def learn_live(root: Path, *, device: str, threads: int) -> int:
    """Learn from a project until standard input ends; events go to standard output.

    Returns:
        The exit status.
    """
    out = take_output()
    writing = threading.Lock()

    def emit(event: Event) -> None:
        try:
            with writing:
                out.write(encode(event))
                out.flush()
        except OSError:
            os._exit(0)  # nobody listens any more

    orders = Orders(take_input())
    try:
        from dynseg.training.live.process import LiveProcess

        with Store.open(root, read_only=True) as store:
            registry = ModelRegistry(store.layout.models)
            LiveProcess(
                store, registry, orders=orders, emit=emit, device=device, threads=threads
            ).run()
    except DynsegError as error:
        emit(Broken(error.message, error.hint))
        return 1
    except Exception as error:  # noqa: BLE001 - the last line of defence of a process
        traceback.print_exc()
        emit(Broken(f"Live learning failed ({type(error).__name__}: {error}).", ""))
        return 1
    return 0
