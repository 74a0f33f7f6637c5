"""Converted models in the user's cache: whole or not there, also where a process has one open."""

from __future__ import annotations

import os
from pathlib import Path

import psutil
import pytest

from dynseg.inference.backends import converted
from dynseg.inference.backends.openvino_backend import OpenVinoBackend
from dynseg.model.card import read_card
from dynseg_resources import starter_model


def test_half_of_a_converted_model_is_in_nobodys_way(tmp_path: Path) -> None:
    """As left by a removal that Windows stopped at the file that was in use."""
    target, staging = tmp_path / "model", tmp_path / ".staging-1"
    for folder, name in ((target, "network.bin"), (staging, "network.xml")):
        folder.mkdir()
        (folder / name).write_bytes(b"x")
    converted._move(staging, target)
    assert [path.name for path in target.iterdir()] == ["network.xml"]
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_a_converted_model_in_use_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, _target: Path) -> Path:
        raise PermissionError(13, "in use", str(path))

    entry = tmp_path / "model"
    entry.mkdir()
    (entry / "network.xml").write_bytes(b"x")
    (entry / "network.bin").write_bytes(b"x")
    monkeypatch.setattr(Path, "replace", refuse)
    converted._discard(entry)
    assert len(list(entry.iterdir())) == 2
    monkeypatch.undo()
    converted._discard(entry)
    assert not list(tmp_path.iterdir())


def test_what_a_killed_conversion_left_goes_with_the_next_one(tmp_path: Path) -> None:
    """It stayed in the cache for ever, a quarter of a GB each for a large model."""
    old, new = tmp_path / ".staging-1", tmp_path / ".staging-2"
    for folder in (old, new, tmp_path / "model"):
        folder.mkdir()
        (folder / "network.bin").write_bytes(b"x")
    graph = tmp_path / ".staging-3"
    graph.write_bytes(b"x")
    for entry in (old, graph):
        os.utime(entry, (0, 0))
    converted._tidy(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"model", ".staging-2"}


def test_models_not_used_for_longest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converted, "KEPT", 2)
    for used, name in enumerate(("a.onnx", "b.onnx", "c.onnx")):
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (used, used))
    converted._tidy(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"b.onnx", "c.onnx"}


@pytest.mark.skipif(not hasattr(psutil.Process, "memory_maps"), reason="maps cannot be listed")
def test_a_network_that_runs_holds_none_of_its_files() -> None:
    """Windows would remove and replace nothing of it, and a mapped file cut short is a crash."""
    graph = converted.converted(starter_model(), read_card(starter_model()))
    backend = OpenVinoBackend.read(graph)
    mapped = [Path(found.path) for found in psutil.Process().memory_maps()]
    assert backend.name
    assert graph.with_suffix(".bin") not in mapped
