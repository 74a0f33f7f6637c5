"""`python -m dynseg.model FILE.pt OUT.safetensors`: what `dynseg.model.child` starts."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
import psutil

from dynseg.errors import DynsegError
from dynseg.model.child import MEMORY_BYTES, READING_CPU_S, Answer
from dynseg.model.inert import InertFile
from dynseg.model.recognise import recognise
from dynseg.model.sandbox import forbid_network

FINE, FAILED = 0, 1


def main(argv: Sequence[str] | None = None) -> int:
    """Rebuild one checkpoint; the last line of standard output says how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--upcycle", metavar="PLACEMENT")
    parser.add_argument("--experts", type=int, default=4)
    arguments = parser.parse_args(argv)
    forbid_network()
    answer = Answer()
    try:
        _take_over(arguments)
    except DynsegError as error:
        answer = Answer(error.message, error.hint)
    except MemoryError:
        answer = Answer(f"{arguments.source.name} asks for more memory than a network needs.")
    except Exception as error:  # noqa: BLE001 - the last line of defence of a process
        answer = Answer(f"{arguments.source.name} cannot be used ({error}).")
    sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")  # names in any script
    sys.stdout.flush()
    return FAILED if answer.message else FINE


def _take_over(arguments: argparse.Namespace) -> None:
    """Read under tight limits first; torch is loaded for what has passed."""
    _limit(seconds=READING_CPU_S)
    with InertFile(arguments.source) as file:
        found = recognise(file.content(), arguments.source)
        _limit(seconds=None)
        from dynseg.model.rebuild import rebuild

        _limit(seconds=None)
        rebuild(
            file,
            found,
            arguments.target,
            placement=arguments.upcycle,
            experts=arguments.experts,
        )


def _limit(*, seconds: int | None) -> None:
    """Allow `MEMORY_BYTES` more addresses than there are now, and so much computing."""
    if sys.platform == "win32":
        return  # the starting process looks at its memory and its time
    import resource

    own = psutil.Process()
    used_s = sum(own.cpu_times()[:2])
    soft = resource.RLIM_INFINITY if seconds is None else int(used_s) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))
    addresses = own.memory_info().vms + MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (addresses, resource.RLIM_INFINITY))


if __name__ == "__main__":
    sys.exit(main())
