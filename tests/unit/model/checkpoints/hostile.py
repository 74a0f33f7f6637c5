"""Files that mean harm, by name: code, allocation bombs, lies about sizes, broken archives."""

from __future__ import annotations

import io
import pickle
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch


def archive(path: Path, program: bytes, records: dict[str, bytes] | None = None) -> None:
    """A file laid out as torch lays it out."""
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("x/data.pkl", program)
        file.writestr("x/version", "3\n")
        for name, data in (records or {}).items():
            file.writestr(f"x/{name}", data)


class Calls:
    """Pickles as a call of a function."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        self.call = (function, arguments)

    def __reduce__(self) -> Any:
        return self.call


def named(name: str, *arguments: Any) -> bytes:
    """A pickle that calls something by name."""
    module, _, function = name.rpartition(".")
    program = b"\x80\x02c" + f"{module}\n{function}\n".encode()
    return program + pickle.dumps(arguments, 2)[2:-1] + b"R."


def model_of(program: bytes) -> bytes:
    """The pickle as the `model` of a checkpoint."""
    return b"\x80\x02}X\x05\x00\x00\x00model" + program[2:-1] + b"s."


def tensor(
    numbers: int, offset: int, shape: tuple[int, ...], stride: tuple[int, ...], key: Any = "0"
) -> bytes:
    """A module with one parameter that lies about its numbers."""
    out = io.BytesIO()

    class Writer(pickle._Pickler):  # the one with hooks
        def persistent_id(self, obj: Any) -> Any:
            if isinstance(obj, str) and obj == "STORAGE":
                return ("storage", torch.FloatStorage, key, "cpu", numbers)
            return None

    view = Calls(torch._utils._rebuild_tensor_v2, "STORAGE", offset, shape, stride, False, {})
    Writer(out, 2).dump({"model": _Module(view)})
    return out.getvalue()


class _Module:
    def __init__(self, parameter: Any) -> None:
        self._parameters = {"weight": parameter}
        self._modules: dict[str, Any] = {}


def endless() -> bytes:
    module = _Module(None)
    module._modules["again"] = module
    return pickle.dumps({"model": module}, 2)


CODE: dict[str, Callable[[Path], bytes]] = {
    "os.system": lambda mark: named("os.system", f"touch {mark}"),
    "posix.system": lambda mark: named("posix.system", f"touch {mark}"),
    "eval": lambda mark: named("builtins.eval", f"open({str(mark)!r}, 'w')"),
    "exec": lambda mark: named("builtins.exec", f"open({str(mark)!r}, 'w')"),
    "old eval": lambda mark: named("__builtin__.eval", f"open({str(mark)!r}, 'w')"),
    "open": lambda mark: named("io.open", str(mark), "w"),
    "touch": lambda mark: pickle.dumps(Calls(Path.touch, mark), 4),
    "subprocess": lambda mark: named("subprocess.Popen", ["touch", str(mark)]),
    "import": lambda _: named("importlib.import_module", "antigravity"),
    "runpy": lambda mark: named("runpy.run_path", str(mark)),
    "torch.load": lambda mark: named("torch.load", str(mark)),
    "torch.hub": lambda _: named("torch.hub.load", "a/b", "c"),
    "numpy.load": lambda mark: named("numpy.load", str(mark)),
    "numpy exec": lambda mark: named("numpy.testing._private.utils.runstring", f"open({mark})", {}),
    "a package that is not there": lambda _: named("zz_surely_not_installed.Thing", 1),
    "a module with huge arguments": lambda _: named("torch.nn.Linear", 40_000, 40_000),
    "ultralytics' own downloads": lambda _: named("ultralytics.utils.downloads.download", "x"),
}
PROGRAMS: dict[str, Callable[[], bytes]] = {
    "INST": lambda: b"(S'x'\nios\nsystem\n.",
    "OBJ": lambda: b"\x80\x02(cos\nsystem\nX\x01\x00\x00\x00xo.",
    "EXT1": lambda: b"\x80\x02\x82\x01.",
    "a memo of gigabytes": lambda: b"\x80\x02]r\xff\xff\xff\x7f.",
    "a string of gigabytes": lambda: b"\x80\x04\x8d" + struct.pack("<Q", 1 << 40) + b"x.",
    "bytes of gigabytes": lambda: b"\x80\x04\x8e" + struct.pack("<Q", 1 << 40) + b"x.",
    "a number of gigabytes": lambda: b"\x80\x02\x8b" + struct.pack("<i", (1 << 31) - 1) + b"1.",
    "an operation that is none": lambda: b"\x80\x02\xff.",
    "nothing": lambda: b"",
    "no end": lambda: b"\x80\x02]",
    "an empty stack": lambda: b"\x80\x02.",
    "lists in lists": lambda: b"\x80\x02" + b"]" * 200_000 + b"a" * 199_999 + b".",
    "modules in themselves": endless,
    "a tensor behind its numbers": lambda: tensor(4, 2, (4,), (1,)),
    "a tensor before its numbers": lambda: tensor(4, -1, (2,), (1,)),
    "a tensor of terabytes": lambda: tensor(4, 0, (1 << 20, 1 << 20), (0, 0)),
    "a tensor with a negative stride": lambda: tensor(4, 3, (4,), (-1,)),
    "a tensor of another file": lambda: tensor(4, 0, (4,), (1,), key="../../../etc/passwd"),
    "a record that is not there": lambda: tensor(4, 0, (4,), (1,), key="7"),
    "a state dict alone": lambda: pickle.dumps({"model.0.conv.weight": 1}, 2),
    "a list": lambda: pickle.dumps([1, 2, 3], 2),
}


def hash_bomb() -> bytes:
    """Forty tuples of two, each holding the last one twice: its hash takes for ever."""
    twice = b"".join(b"q%ch%c\x86" % (slot, slot) for slot in range(40))
    return b"\x80\x02})" + twice + b"K\x01s."
