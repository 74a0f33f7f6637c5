"""Models in the formats of OpenVINO and ONNX, made once for each and kept in the user's cache."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
import uuid
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from dynseg.files import cache_folder, move, sync_file
from dynseg.model.card import ModelCard
from dynseg.model.convert.openvino import load_openvino, to_raw_openvino

KEPT = 12
"""Converted models that stay in the cache; those not used for longest are removed."""

ABANDONED_S = 3600.0
"""Whose last file was begun so long ago nobody writes any more: a conversion takes seconds."""

_FILE = "network.xml"
_STAGING = ".staging-"

_FORM = 2
"""Raise it when the same model is converted in another way than before."""


def converted(path: Path, card: ModelCard) -> Path:
    """The OpenVINO form of a model file, made on first use: an `.xml` file with a `.bin` beside it.

    Args:
        path: The weights file.
        card: Its card.

    Raises:
        EngineError: OpenVINO is not installed.
        ModelFileError: the model file cannot be used.
        OSError: the cache folder cannot be written.
    """
    target = _place(path, card)
    if (target / _FILE).is_file():
        os.utime(target)
        return target / _FILE
    openvino = load_openvino()
    from dynseg.model.checkpoint import load

    model = to_raw_openvino(load(path)[0])
    staging = _staging(target)
    staging.mkdir(parents=True)
    try:
        openvino.save_model(model, str(staging / _FILE), compress_to_fp16=False)
        for file in staging.iterdir():
            sync_file(file)
        _move(staging, target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    _tidy(target.parent)
    return target / _FILE


def converted_onnx(path: Path, card: ModelCard) -> Path:
    """The ONNX form of a model file, made on first use.

    Raises:
        ModelFileError: the model file cannot be used.
        OSError: the cache folder cannot be written.
    """
    target = _onnx_place(path, card)
    if target.is_file():
        os.utime(target)
        return target
    from dynseg.model.checkpoint import load
    from dynseg.model.convert.graph import write_raw_onnx

    target.parent.mkdir(parents=True, exist_ok=True)
    staging = _staging(target)
    try:
        write_raw_onnx(load(path)[0], staging)
        sync_file(staging)
        move(staging, target)
    finally:
        staging.unlink(missing_ok=True)
    _tidy(target.parent)
    return target


def forget(path: Path, card: ModelCard) -> None:
    """Remove what was kept for a model: it turned out to be damaged."""
    _discard(_place(path, card))
    with suppress(OSError):
        _onnx_place(path, card).unlink()


def _place(path: Path, card: ModelCard) -> Path:
    """Folder of a converted model: by hash of the card's model and of the file itself."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    try:
        openvino = version("openvino")
    except PackageNotFoundError:
        openvino = "none"
    return cache_folder() / "openvino" / f"{card.model_id[:24]}-{digest[:24]}-{openvino}-{_FORM}"


def _staging(target: Path) -> Path:
    """A name beside the target, for what is not there yet or no more."""
    return target.with_name(f"{_STAGING}{uuid.uuid4().hex}")


def _onnx_place(path: Path, card: ModelCard) -> Path:
    """File of a model converted to ONNX."""
    place = _place(path, card)
    return place.parent.with_name("onnx") / f"{place.name}.onnx"


def _move(staging: Path, target: Path) -> None:
    """Put a finished folder in its place, unless another process was faster."""
    if target.is_dir() and not (target / _FILE).is_file():
        _discard(target)  # half of one, which somebody else has left
    try:
        move(staging, target)
    except OSError:
        if not (target / _FILE).is_file():
            raise


def _tidy(folder: Path) -> None:
    """Keep the newest models, and nothing that a process left which was killed as it wrote."""
    found = []
    for entry in folder.iterdir():
        with suppress(FileNotFoundError):  # another process tidies as well
            found.append((entry.stat().st_mtime, entry))
    newest_first = sorted(found, reverse=True)
    models = [entry for _, entry in newest_first if not entry.name.startswith(_STAGING)]
    old = time.time() - ABANDONED_S
    left = [entry for used, entry in found if entry.name.startswith(_STAGING) and used < old]
    for entry in (*models[KEPT:], *left):
        _discard(entry)


def _discard(entry: Path) -> None:
    """Remove a converted model as a whole, or not at all: Windows keeps what a process has open."""
    rubbish = _staging(entry)
    with suppress(OSError):
        move(entry, rubbish)
        if rubbish.is_dir():
            shutil.rmtree(rubbish, ignore_errors=True)
        else:
            rubbish.unlink()
