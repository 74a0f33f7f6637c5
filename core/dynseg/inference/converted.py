"""Models in the formats of OpenVINO and ONNX, made once for each and kept in the user's cache."""

from __future__ import annotations

import hashlib
import os
import shutil
import uuid
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from dynseg.files import cache_folder, move, sync_file
from dynseg.model.card import ModelCard
from dynseg.model.convert.openvino import load_openvino, to_raw_openvino

KEPT = 12
"""Converted models that stay in the cache; those not used for longest are removed."""

_FILE = "network.xml"

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
    staging = target.with_name(f".staging-{uuid.uuid4().hex}")
    staging.mkdir(parents=True)
    try:
        openvino.save_model(model, str(staging / _FILE), compress_to_fp16=False)
        for file in staging.iterdir():
            sync_file(file)
        _move(staging, target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    _prune(target.parent)
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
    staging = target.with_name(f".staging-{uuid.uuid4().hex}")
    try:
        write_raw_onnx(load(path)[0], staging)
        sync_file(staging)
        move(staging, target)
    finally:
        staging.unlink(missing_ok=True)
    for old in sorted(target.parent.glob("*.onnx"), key=lambda file: -file.stat().st_mtime)[KEPT:]:
        old.unlink(missing_ok=True)
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


def _prune(folder: Path) -> None:
    kept = [entry for entry in folder.iterdir() if not entry.name.startswith(".")]
    kept.sort(key=lambda entry: entry.stat().st_mtime, reverse=True)
    for entry in kept[KEPT:]:
        _discard(entry)


def _discard(entry: Path) -> None:
    """Remove a converted model as a whole, or not at all: Windows keeps what a process has open."""
    rubbish = entry.with_name(f".staging-{uuid.uuid4().hex}")
    with suppress(OSError):
        move(entry, rubbish)
        shutil.rmtree(rubbish, ignore_errors=True)
