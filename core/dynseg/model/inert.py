"""Reading a torch checkpoint without running anything that stands in it. Free of torch.

A `.pt` file is a zip with a pickle in it, and a pickle is a program. Here its operations are looked
at before any of them is run; every class that it names becomes an inert stub, which remembers what
it was given and does nothing; a tensor becomes a note of where its numbers lie. Nothing that the
file names is imported, constructed or called, and names of Python's own library are refused.

This keeps code from running; time and memory are limited by the process that reads
(`dynseg.model.child`).
"""

from __future__ import annotations

import io
import math
import pickle
import pickletools
import sys
import zipfile
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from dynseg.errors import ModelFileError

MAX_FILE_BYTES = 2 << 30
MAX_PICKLE_BYTES = 32 << 20
MAX_OPERATIONS = 1_000_000
MAX_DEPTH = 64
"""Modules within modules; a YOLO11 network has eight."""

STORAGE_TYPES = {
    "FloatStorage": "float32",
    "HalfStorage": "float16",
    "BFloat16Storage": "bfloat16",
    "DoubleStorage": "float64",
    "LongStorage": "int64",
    "IntStorage": "int32",
    "ShortStorage": "int16",
    "CharStorage": "int8",
    "ByteStorage": "uint8",
    "BoolStorage": "bool",
}
ITEM_BYTES = {
    "float32": 4, "float16": 2, "bfloat16": 2, "float64": 8, "int64": 8,
    "int32": 4, "int16": 2, "int8": 1, "uint8": 1, "bool": 1,
}  # fmt: skip
_OPERATIONS = frozenset({
    "PROTO", "STOP", "MARK", "FRAME", "POP", "NONE", "NEWTRUE", "NEWFALSE",
    "EMPTY_TUPLE", "TUPLE", "TUPLE1", "TUPLE2", "TUPLE3", "EMPTY_LIST", "APPEND", "APPENDS",
    "EMPTY_DICT", "SETITEM", "SETITEMS", "EMPTY_SET", "ADDITEMS",
    "BININT", "BININT1", "BININT2", "LONG1", "BINFLOAT",
    "BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8", "SHORT_BINBYTES", "BINBYTES",
    "SHORT_BINSTRING", "BINPUT", "LONG_BINPUT", "BINGET", "LONG_BINGET", "MEMOIZE",
    "GLOBAL", "STACK_GLOBAL", "REDUCE", "NEWOBJ", "BUILD", "BINPERSID",
})  # fmt: skip
_INERT_STDLIB = frozenset({
    "builtins.getattr", "__builtin__.getattr", "builtins.slice", "_codecs.encode",
    "pathlib.PosixPath", "pathlib.WindowsPath", "pathlib._local.PosixPath",
    "pathlib._local.WindowsPath", "datetime.datetime", "datetime.timedelta",
    "types.SimpleNamespace",
})  # fmt: skip
"""Names of Python's library that ordinary checkpoints hold; they become stubs like all others."""
_CALLABLE = (
    *_INERT_STDLIB,
    "ultralytics.utils.IterableSimpleNamespace",
    "ultralytics.yolo.utils.IterableSimpleNamespace",
    "numpy.dtype",
    "numpy.core.multiarray.scalar",
    "numpy._core.multiarray.scalar",
    "torch.Size",
    "torch.device",
    "torch.serialization._get_layout",
)
"""Names that may be called in a pickle, to no effect; other classes may only be restored."""
_COPY_AGAIN = "Train it again, or ask for the file in another way."


class _StubType(type):
    """Classes that cannot be called, unless they are on the list."""

    def __call__(cls, *arguments: Any, **_: Any) -> Any:
        if cls.qualified not in _CALLABLE:  # type: ignore[attr-defined]
            _refuse(f"it calls {cls.qualified}")  # type: ignore[attr-defined]
        return cls.__new__(cls, *arguments)  # type: ignore[arg-type]


class Stub(metaclass=_StubType):
    """Something of a class that is not here and is not wanted.

    Attributes:
        qualified: Module and name of the class, as the file says.
        state: What the file would have restored it from.
    """

    qualified = "?"
    state: Any

    def __new__(cls, *_: Any) -> Stub:
        """Nothing of what is given is used."""
        stub = object.__new__(cls)
        stub.__dict__["state"] = None
        return stub

    def __setstate__(self, state: Any) -> None:
        self.__dict__["state"] = state

    @property
    def fields(self) -> dict[str, Any]:
        """Attributes by name, as far as the file gave any."""
        if isinstance(self.state, dict):
            return {key: value for key, value in self.state.items() if isinstance(key, str)}
        return {}


@dataclass(frozen=True, slots=True)
class _Storage:
    key: str
    dtype: str
    count: int


@dataclass(frozen=True, slots=True)
class TensorNote:
    """Where the numbers of a tensor lie.

    Attributes:
        key: Name of the record in the file.
        dtype: As torch calls it.
        count: Numbers in the record.
        offset: First number of the tensor.
        shape, stride: In numbers; the last of them lies inside the record.
    """

    key: str
    dtype: str
    count: int
    offset: int
    shape: tuple[int, ...]
    stride: tuple[int, ...]


class InertFile:
    """A checkpoint that is open; use it as a context manager.

    Args:
        path: A `.pt` file.

    Raises:
        ModelFileError: it is no checkpoint, or one that this program does not read.
        OSError: it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
            raise ModelFileError(
                f"{path.name} is no checkpoint of PyTorch 1.6 or newer, or is damaged ({error}).",
                "Copy it again; a file of an older PyTorch must be saved again by a newer one.",
            ) from error

    def __enter__(self) -> InertFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def content(self) -> Any:
        """What was pickled, with stubs for objects and notes for tensors.

        Raises:
            ModelFileError: it holds something that a checkpoint of a network does not.
        """
        try:
            self._root, program = self._program()
            _look_through(program)
            return _InertUnpickler(io.BytesIO(program)).load()
        except ModelFileError as error:
            raise ModelFileError(f"{self.path.name}: {error.message}", error.hint) from error
        except OSError:
            raise
        except Exception as error:  # a broken pickle fails in any way it likes
            raise ModelFileError(
                f"{self.path.name} is damaged ({type(error).__name__}).",
                "Copy it again, or choose another model; nothing was changed.",
            ) from error

    def numbers(self, note: TensorNote) -> bytes:
        """The record that a tensor lies in.

        Raises:
            ModelFileError: it is missing, compressed, or not as long as the pickle says.
        """
        name = f"{self._root}/data/{note.key}"
        try:
            entry = self._zip.getinfo(name)
            right = entry.file_size == note.count * ITEM_BYTES[note.dtype]
            if right and entry.compress_type == zipfile.ZIP_STORED:
                return self._zip.read(entry)
        except (KeyError, zipfile.BadZipFile, EOFError, ValueError) as error:
            raise self._damaged(name) from error
        raise self._damaged(name)

    def _program(self) -> tuple[str, bytes]:
        entries = self._zip.infolist()
        if sum(entry.file_size for entry in entries) > MAX_FILE_BYTES:
            _refuse("it is larger than any YOLO11 network")
        names = [entry.filename for entry in entries]
        if any("/code/" in name or name.endswith("constants.pkl") for name in names):
            _refuse("it is a TorchScript program, not a checkpoint")
        pickles = [
            e for e in entries if e.filename.count("/") == 1 and e.filename[-8:] == "data.pkl"
        ]
        if len(pickles) != 1 or len(set(names)) != len(names):
            _refuse("it is not laid out as a checkpoint")
        entry = pickles[0]
        root = entry.filename.split("/")[0]
        if entry.file_size > MAX_PICKLE_BYTES or entry.compress_type != zipfile.ZIP_STORED:
            _refuse("its description of the network is too large")
        if f"{root}/byteorder" in names and self._zip.read(f"{root}/byteorder") != b"little":
            _refuse("its numbers are in an order of bytes that is not read here")
        return root, self._zip.read(entry)

    def _damaged(self, record: str) -> ModelFileError:
        return ModelFileError(
            f"{self.path.name} is damaged: {record} is missing or of the wrong size.",
            "Copy it again, or choose another model; nothing was changed.",
        )


def weights(module: Stub) -> dict[str, TensorNote]:
    """The `state_dict` of a pickled module: parameters and persistent buffers by name.

    Raises:
        ModelFileError: it holds what a network does not, or never ends.
    """
    return dict(_weights(module, "", 0))


def _weights(module: Stub, prefix: str, depth: int) -> Iterator[tuple[str, TensorNote]]:
    if depth > MAX_DEPTH:
        _refuse("its modules lie in each other without end")
    fields = module.fields
    passing = fields.get("_non_persistent_buffers_set")
    passing = passing if isinstance(passing, set) else set()
    tensors = dict(_named(fields.get("_parameters")))
    tensors |= {k: v for k, v in _named(fields.get("_buffers")).items() if k not in passing}
    for name, tensor in tensors.items():
        if isinstance(tensor, TensorNote):
            yield prefix + name, tensor
        elif tensor is not None:
            _refuse(f"{prefix}{name} is no tensor")
    for name, child in _named(fields.get("_modules")).items():
        if isinstance(child, Stub):
            yield from _weights(child, f"{prefix}{name}.", depth + 1)


def _named(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        return {}
    return value


def _look_through(program: bytes) -> None:
    """Refuse operations that no checkpoint needs, before any of them is run.

    A sparse memo is refused too: one number of a few bytes makes Python's unpickler allocate
    gigabytes.
    """
    for count, (operation, argument, _) in enumerate(pickletools.genops(program), start=1):
        if count > MAX_OPERATIONS:
            _refuse("its description of the network never ends")
        if operation.name not in _OPERATIONS:
            _refuse(f"it holds the operation {operation.name}")
        if operation.name.endswith("PUT") and int(argument or 0) > count:
            _refuse("it asks for memory that it does not use")


class _InertUnpickler(pickle.Unpickler):
    """Python's unpickler, with nothing but stubs to work with."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self._stubs: dict[str, type] = {}

    def find_class(self, module: str, name: str) -> Any:
        """A stub, or one of the few things that are really built."""
        qualified = f"{module}.{name}"
        real = _REAL.get(qualified)
        if real is not None:
            return real
        if module == "torch" and name in STORAGE_TYPES:
            return STORAGE_TYPES[name]
        own = module.partition(".")[0]
        if qualified not in _INERT_STDLIB and own in sys.stdlib_module_names | {"__builtin__"}:
            _refuse(f"it asks for {qualified[:80]}")
        if qualified not in self._stubs:
            self._stubs[qualified] = _StubType("Stub", (Stub,), {"qualified": qualified})
        return self._stubs[qualified]

    def persistent_load(self, pid: Any) -> _Storage:
        """A note of a record of numbers."""
        kind, dtype, key, _, count = pid
        fits = isinstance(key, str) and key.isascii() and key.isdigit() and len(key) < 9
        if kind != "storage" or dtype not in ITEM_BYTES or not fits or not _is_count(count):
            _refuse("it refers to something outside of the file")
        return _Storage(key, dtype, count)


def _tensor(storage: Any, offset: Any, shape: Any, stride: Any, *_: Any) -> TensorNote:
    """What torch would build a view from; it must lie inside its record."""
    if not isinstance(storage, _Storage) or not _is_count(offset):
        _refuse("a tensor has no numbers")
    if not isinstance(shape, tuple) or not isinstance(stride, tuple):
        _refuse("a tensor has no shape")
    if len(shape) != len(stride) or len(shape) > 8:
        _refuse("a tensor has no shape")
    if not all(map(_is_count, (*shape, *stride))):
        _refuse("a tensor has no shape")
    last = offset + sum((size - 1) * step for size, step in zip(shape, stride, strict=True))
    if math.prod(shape) > max(storage.count, 1) or (0 not in shape and last >= storage.count):
        _refuse("a tensor lies outside of its numbers")
    return TensorNote(storage.key, storage.dtype, storage.count, offset, shape, stride)


def _parameter(tensor: Any, *_: Any) -> Any:
    return tensor


_REAL: dict[str, Any] = {
    "collections.OrderedDict": OrderedDict,
    "builtins.set": set,
    "__builtin__.set": set,
    "torch._utils._rebuild_tensor_v2": _tensor,
    "torch._utils._rebuild_parameter": _parameter,
}


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 40


def _refuse(reason: str) -> NoReturn:
    raise ModelFileError(f"this file is not read, since {reason}.", _COPY_AGAIN)
