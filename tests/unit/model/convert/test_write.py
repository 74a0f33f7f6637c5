"""Every format answers as the original does, on photographs that its routers tell apart."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image

from dynseg.cli.main import FINE, main
from dynseg.errors import EngineError, ModelFileError
from dynseg.model.convert.graph import GraphShape, exportable, trace
from dynseg.model.convert.photos import sample_photos
from dynseg.model.convert.tensorrt import load_tensorrt
from dynseg.model.convert.write import FORMATS, SEEN, _put, compare, convert

SIDE = 128


def test_photos_have_routers_disagree(routed: Any) -> None:
    """What makes the comparison worth something: no two images get the same kernels."""
    model, _ = routed
    seen: list[torch.Tensor] = []
    router = next(m for m in model.modules() if type(m).__name__ == "Router")
    hook = router.register_forward_hook(lambda _m, _i, alpha: seen.append(alpha.clone()))
    with torch.inference_mode():
        model(sample_photos(SIDE, SIDE))
    hook.remove()
    assert float(seen[0].std(0).max()) > 0.01


@pytest.mark.parametrize("kind", list(FORMATS))
@pytest.mark.parametrize("any_batch", [False, True])
def test_it_answers_as_the_original(
    kind: str, routed: Any, tmp_path: Path, *, any_batch: bool
) -> None:
    if kind == "tensorrt" and not has_tensorrt():
        pytest.skip("TensorRT or a GPU is missing")
    model, card = routed
    target = tmp_path / f"x{FORMATS[kind].suffix}"
    parity = convert(model, card, kind, GraphShape(SIDE, SIDE, any_batch=any_batch), target)
    print(kind, any_batch, parity)
    assert parity.images == 16
    assert parity.box_px <= 1e-3
    assert parity.score <= 1e-4
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


@pytest.mark.parametrize("what", ["nothing", "box beside no number", "coefficients", "prototypes"])
def test_whatever_an_answer_has_wrong_is_seen(what: str, routed: Any) -> None:
    model, _ = routed
    shape = GraphShape(SIDE, SIDE)
    network: Any = exportable(model, shape)

    def answers(images: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        found, prototypes = (tensor.clone() for tensor in network(images))
        if what == "box beside no number":
            unseen = found[:, 4] < SEEN / 2
            found[:, 0] = (found[:, 0] + 1).where(~unseen, torch.nan)
        elif what == "coefficients":
            found[:, 5:] += 0.1
        elif what == "prototypes":
            prototypes += 0.1
        return found, prototypes

    assert compare(model, answers, shape).is_fine == (what == "nothing")


def has_tensorrt() -> bool:
    """Whether an engine can be built here."""
    try:
        load_tensorrt()
    except EngineError:
        return False
    return True


@pytest.mark.skipif(has_tensorrt(), reason="TensorRT is here")
def test_j3_tensorrt_is_refused_in_words_where_it_is_not(routed: Any, tmp_path: Path) -> None:
    model, card = routed
    with pytest.raises(EngineError, match="TensorRT") as caught:
        convert(model, card, "tensorrt", GraphShape(SIDE, SIDE), tmp_path / "x.engine")
    assert "write onnx" in caught.value.hint.casefold()
    assert list(tmp_path.iterdir()) == []


def test_a_file_with_one_kernel_for_all_is_not_handed_out(
    routed: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch traced without mixed outputs, as other exporters do it."""
    model, card = routed

    def naive(network: Any, shape: GraphShape) -> Any:
        return trace(network, GraphShape(shape.height, shape.width))

    monkeypatch.setattr("dynseg.model.convert.write.trace", naive)
    shape = GraphShape(SIDE, SIDE, any_batch=True)
    with pytest.raises(ModelFileError, match="not written"):
        convert(model, card, "torchscript", shape, tmp_path / "x.torchscript")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_which_a_file_is_open_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows refuses to rename it; removed file by file, the half of it would be left."""
    target, staging = tmp_path / "model", tmp_path / ".staging-1"
    for folder, text in ((target, b"old"), (staging, b"new")):
        folder.mkdir()
        (folder / "a.bin").write_bytes(text)
        (folder / "b.bin").write_bytes(text)
    replace = Path.replace

    def refuse(path: Path, name: Path) -> Path:
        if path == target:
            raise PermissionError(13, "in use", str(path))
        return replace(path, name)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError):
        _put(staging, target)
    assert [path.read_bytes() for path in sorted(target.iterdir())] == [b"old", b"old"]
    monkeypatch.undo()
    _put(staging, target)
    assert [path.read_bytes() for path in sorted(target.iterdir())] == [b"new", b"new"]
    assert list(tmp_path.iterdir()) == [target]


KILLED = """
import os, sys
from pathlib import Path
from dynseg.formats.outgoing.staging import staging_place
from dynseg.model.convert import write
target, last = Path(sys.argv[1]), int(sys.argv[2])
staging = staging_place(target.parent, "_openvino_model")
staging.mkdir()
(staging / "a.bin").write_bytes(b"new")
moves = []
def move(source, name, whole=write.move):
    if len(moves) == last:
        os._exit(9)
    moves.append(name)
    whole(source, name)
write.move = move
write.shutil.rmtree = lambda *_, **__: os._exit(9)
write._put(staging, target)
"""


@pytest.mark.parametrize("last", [0, 1, 2], ids=["before", "between", "after"])
def test_what_a_killed_process_left_is_put_right_by_the_next(
    last: int, routed: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between its two renames it has left no folder of that name, and a hidden one for ever."""

    def full(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setitem(FORMATS, "full", replace(FORMATS["openvino"], write=full))
    model, card = routed
    target = tmp_path / "x_openvino_model"
    target.mkdir()
    (target / "a.bin").write_bytes(b"old")
    (tmp_path / ".previous-other").mkdir()  # somebody else's
    killed = subprocess.run([sys.executable, "-c", KILLED, str(target), str(last)], check=False)
    assert killed.returncode == 9
    assert target.exists() == (last != 1)
    with pytest.raises(OSError, match="full"):
        convert(model, card, "full", GraphShape(SIDE, SIDE), target)
    assert (target / "a.bin").read_bytes() == (b"new" if last == 2 else b"old")
    assert {path.name for path in tmp_path.iterdir()} == {target.name, ".previous-other"}


STOCK = """
import os, sys
os.environ["YOLO_OFFLINE"] = "1"
from ultralytics import YOLO
result = YOLO(sys.argv[1], task="segment").predict(sys.argv[2], imgsz=320, conf=0.25, verbose=False)
print(len(result[0]), result[0].masks is not None, result[0].names)
"""


def test_stock_ultralytics_predicts_with_it(tmp_path: Path) -> None:
    """With ONNX as well, as the guide says: see `test_guide_says`."""
    from dynseg.model.checkpoint import load
    from dynseg_resources import sample_project

    sample = sample_project()
    model, card = load(sample / "models" / "parts.safetensors")
    target = tmp_path / "x.pt"
    convert(model, card, "pt", GraphShape(320, 320), target)
    photo = sorted((sample / "images").iterdir())[0]
    done = subprocess.run(
        [sys.executable, "-c", STOCK, str(target), str(photo)],
        cwd=tmp_path,
        # As somebody else's program would: without the switches of ours.
        env={k: v for k, v in os.environ.items() if k != "ULTRALYTICS_SAFE_LOAD"},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()[-1]
    count, masks, *_ = said.split()
    assert int(count) > 3
    assert masks == "True"
    assert "spacer" in said


def test_the_command_says_how_near(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "images").mkdir()
    Image.new("RGB", (32, 32)).save(tmp_path / "images" / "one.png")
    project = str(tmp_path / "project")
    assert main(["init", project, "--images", str(tmp_path / "images"), "--classes", "a"]) == FINE
    out = tmp_path / "mine"
    write = ["models", project, "convert", "starter", "--format", "torchscript", "--out", str(out)]
    assert main([*write, "--imgsz", "96", "--json"]) == FINE
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert found["path"] == f"{out}.torchscript"
    assert found["parity"]["images"] == 16
    assert Path(found["path"]).stat().st_size > 1_000_000
