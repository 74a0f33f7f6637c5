"""A graph built from a model file is the one that tracing its network gives, number by number."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file

from dynseg.errors import ModelFileError
from dynseg.images.decode import decode
from dynseg.model.build import build
from dynseg.model.card import ModelCard, read_card, write_card
from dynseg.model.checkpoint import load, save
from dynseg.model.convert.direct import can_be_built, openvino_graph
from dynseg.model.convert.graph import RAW_OUTPUTS
from dynseg.model.convert.openvino import openvino_core, to_raw_openvino
from dynseg.model.tensors import tensor_hash
from dynseg_resources import sample_project, starter_model

PROGRAM = """
import sys
from pathlib import Path
from dynseg.model.card import read_card
from dynseg.model.convert.direct import openvino_graph
from dynseg_resources import starter_model
openvino_graph(starter_model(), read_card(starter_model()))
print("torch" in sys.modules)
"""
CARDS = (
    ModelCard(name="plain", head="plain", experts=1, classes=["a", "b"]),
    ModelCard(name="mask", placement="mask", experts=3, router_width=0.5, classes=["a"]),
    ModelCard(name="class", placement="mask+class", temperature=4.0, classes=["a", "b", "c"]),
    ModelCard(name="deeper", scale="l", head="plain", experts=1, classes=["a"]),
)


def written(card: ModelCard, folder: Path) -> Path:
    """A network of that shape in which no layer is without effect, not even a batch norm."""
    torch.manual_seed(3)
    model: Any = build(card)
    for name, tensor in model.state_dict().items():
        if name.endswith(("running_var", "bn.weight")):
            tensor.uniform_(0.7, 1.4)
        elif name.endswith(("running_mean", "bias")):
            tensor.normal_(std=0.2)
        elif "router.fc2" in name:
            tensor.normal_(std=0.7)
    path = folder / f"{card.name}.safetensors"
    save(model, card, path)
    return path


def photo(index: int, *, width: int, height: int) -> NDArray[np.uint8]:
    """`(1, height, width, 3)` uint8 RGB of the sample."""
    file = sorted((Path(sample_project()) / "images").glob("*.jpg"))[index]
    return np.asarray(cv2.resize(decode(file).pixels, (width, height))[None], np.uint8)


def answers(graph: Any) -> list[NDArray[np.float32]]:
    """What it says about two photos of different sizes."""
    network = openvino_core().compile_model(graph, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    photos = photo(0, width=160, height=96), photo(3, width=64, height=128)
    return [network(pixels)[name] for pixels in photos for name in RAW_OUTPUTS]


@pytest.mark.parametrize("card", [None, *CARDS], ids=lambda card: card.name if card else "starter")
def test_it_answers_as_the_traced_network(card: ModelCard | None, tmp_path: Path) -> None:
    path = starter_model() if card is None else written(card, tmp_path)
    assert can_be_built(read_card(path))
    built = answers(openvino_graph(path, read_card(path)))
    traced = answers(to_raw_openvino(load(path)[0]))
    for found, wanted in zip(built, traced, strict=True):
        assert found.shape == wanted.shape
        assert np.ptp(wanted) > 0.1
        np.testing.assert_allclose(found, wanted, rtol=1e-4, atol=1e-4)


def test_the_starter_has_the_very_same_numbers() -> None:
    """So that the first proposals are those of before, to the last bit."""
    path = starter_model()
    built, traced = (
        {
            (item.data.shape, item.data.tobytes())
            for item in graph.get_ops()
            if item.get_type_name() == "Constant" and item.data.size > 4
        }
        for graph in (openvino_graph(path, read_card(path)), to_raw_openvino(load(path)[0]))
    )
    assert len(traced) > 200
    assert traced <= built


def test_it_loads_no_torch() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=100, check=False
    )
    assert done.stdout.split() == ["False"], done.stderr


@pytest.mark.parametrize("change", ["missing", "more", "shape", "norm", "classes"])
def test_tensors_of_another_network_are_refused(change: str, tmp_path: Path) -> None:
    path = tmp_path / "other.safetensors"
    state = load_file(starter_model())
    if change == "missing":
        del state["model.10.m.0.ffn.1.conv.weight"]
    elif change == "more":
        state["model.10.m.0.ffn.2.conv.weight"] = torch.ones(3)
    elif change == "shape":
        state["model.10.m.0.ffn.1.conv.weight"] = torch.ones(5, 7, 1, 1)
    elif change == "norm":
        state["model.2.cv1.bn.bias"] = torch.ones(1)
    save_file(state, path)
    identity = tensor_hash({name: tensor.numpy() for name, tensor in state.items()})
    classes = ["leaf", "stem"] if change == "classes" else read_card(starter_model()).classes
    write_card(path, ModelCard(name="other", model_id=identity, classes=classes))
    with pytest.raises(ModelFileError, match="does not fit the network"):
        openvino_graph(path, read_card(path))


def test_a_file_that_was_changed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "changed.safetensors"
    data = bytearray(starter_model().read_bytes())
    data[-5] ^= 1
    path.write_bytes(data)
    write_card(path, read_card(starter_model()))
    with pytest.raises(ModelFileError, match="its hash differs"):
        openvino_graph(path, read_card(path))


def test_other_networks_are_traced() -> None:
    assert not can_be_built(ModelCard(name="x", family="yolo12", classes=["a"]))
    assert not can_be_built(ModelCard(name="x", head="of-a-plug-in", classes=["a"]))
