"""Converted models in the user's cache: whole or not there, also where a process has one open."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from dynseg.inference import converted
from dynseg.inference.openvino_backend import OpenVinoBackend
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


@pytest.mark.skipif(not hasattr(psutil.Process, "memory_maps"), reason="maps cannot be listed")
def test_a_network_that_runs_holds_none_of_its_files() -> None:
    """Windows would remove and replace nothing of it, and a mapped file cut short is a crash."""
    graph = converted.converted(starter_model(), read_card(starter_model()))
    backend = OpenVinoBackend(graph)
    mapped = [Path(found.path) for found in psutil.Process().memory_maps()]
    assert backend.name
    assert graph.with_suffix(".bin") not in mapped
