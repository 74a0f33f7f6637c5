"""Hostile files do nothing but give a clear error."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.unit.model.checkpoints.hostile import CODE, PROGRAMS, archive, hash_bomb, model_of

from dynseg.errors import ModelFileError
from dynseg.model.child import import_checkpoint
from dynseg.model.inert import InertFile
from dynseg.model.recognise import recognise
from dynseg.model.registry import ModelRegistry


def refused(path: Path) -> ModelFileError:
    with pytest.raises(ModelFileError) as caught, InertFile(path) as file:
        recognise(file.content(), path)
    assert caught.value.hint
    assert len(str(caught.value)) < 400
    return caught.value


@pytest.mark.parametrize("name", list(CODE))
@pytest.mark.parametrize("place", ["alone", "model"])
def test_code_is_not_run(name: str, place: str, tmp_path: Path) -> None:
    mark, path = tmp_path / "MARK", tmp_path / "x.pt"
    program = CODE[name](mark)
    archive(path, model_of(program) if place == "model" else program)
    before = set(sys.modules)
    refused(path)
    assert not mark.exists()
    assert "antigravity" not in set(sys.modules) - before


@pytest.mark.parametrize("name", list(PROGRAMS))
def test_bombs_and_lies_are_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.pt"
    archive(path, PROGRAMS[name](), {"data/0": bytes(16)})
    refused(path)


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>404</html>", b"\x80\x02}q\x00.", b"PK\x03\x04" + bytes(100), bytes(1000)],
)
def test_what_is_no_archive_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.pt"
    path.write_bytes(content)
    refused(path)


def test_archives_that_are_no_checkpoints_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.pt"
    program = b"\x80\x02}."
    archive(path, program, {"code/__torch__.py": b"def f(): pass"})
    assert "TorchScript" in refused(path).message
    archive(path, program, {"byteorder": b"big"})
    refused(path)
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a/data.pkl", program)
        file.writestr("b/data.pkl", program)
    refused(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a/data.pkl", program + bytes(20_000_000))
    assert path.stat().st_size < 100_000
    refused(path)


@pytest.mark.parametrize("cut", [10, 1000, 200_000])
def test_cut_and_flipped_files_are_refused(cut: int, save: Any, tmp_path: Path) -> None:
    path = save()
    data = bytearray(path.read_bytes())
    path.write_bytes(data[:-cut])
    refused(path)
    data[-cut] ^= 0xFF
    data[30:60] = bytes(30)
    path.write_bytes(data)
    refused(path)


def test_a_file_that_computes_for_ever_is_given_up(tmp_path: Path) -> None:
    """The one attack that no look at the operations can see; a limit on computing ends it."""
    path = tmp_path / "x.pt"
    archive(path, hash_bomb())
    registry = ModelRegistry(tmp_path / "models")
    with pytest.raises(ModelFileError, match="limits of time"):
        import_checkpoint(path, registry)
    assert not registry.folder.exists()


@pytest.mark.slow
def test_every_hostile_file_ends_within_limits(tmp_path: Path) -> None:
    """5 s and 4 GB each, in the process that reads them; printed with -s."""
    program = (
        "import resource, sys, time; from dynseg.model.__main__ import main; "
        "t = time.process_time(); main([sys.argv[1], sys.argv[2]]); print(time.process_time() - t, "
        "resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 'torch' in sys.modules)"
    )
    mark, path = tmp_path / "MARK", tmp_path / "x.pt"
    programs = [model_of(make(mark)) for make in CODE.values()] + [p() for p in PROGRAMS.values()]
    worst = [0.0, 0.0]
    for content in programs:
        archive(path, content, {"data/0": bytes(16)})
        done = subprocess.run(
            [sys.executable, "-c", program, str(path), str(tmp_path / "out.safetensors")],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        answer, figures = done.stdout.splitlines()
        assert '"message":""' not in answer
        seconds, megabytes, torch_loaded = figures.split()
        assert torch_loaded == "False"
        worst = [max(worst[0], float(seconds)), max(worst[1], float(megabytes))]
    print(f"{len(programs)} files, worst {worst[0]:.2f} s of computing, {worst[1]:.0f} MB")
    assert worst[0] < 5
    assert worst[1] < 4096
    assert not mark.exists()
