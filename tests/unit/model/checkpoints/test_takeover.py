"""A checkpoint of Ultralytics comes in bit for bit, plain or dynamic, whatever its class."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import msgspec
import pytest
import torch
from tests.unit.model.checkpoints.conftest import as_checkpoint
from torch import nn

from dynseg.errors import ModelFileError
from dynseg.model.build import build, upcycle
from dynseg.model.card import ModelCard
from dynseg.model.checkpoint import load
from dynseg.model.inert import InertFile
from dynseg.model.rebuild import rebuild
from dynseg.model.recognise import recognise


def taken_over(path: Path, **wishes: Any) -> tuple[Any, ModelCard]:
    with InertFile(path) as file:
        found = recognise(file.content(), path)
        target = path.with_name("taken.safetensors")
        rebuild(file, found, target, **{"placement": None, "experts": 4, **wishes})
    return load(target)


def refusal(path: Path) -> str:
    with pytest.raises(ModelFileError) as caught:
        taken_over(path)
    assert caught.value.hint
    return str(caught.value)


@pytest.fixture(scope="module")
def images() -> torch.Tensor:
    torch.manual_seed(4)
    return torch.rand(2, 3, 160, 128)


def test_it_comes_in_bit_for_bit(save: Any, trained: Any, images: torch.Tensor) -> None:
    model, card = taken_over(save())
    assert (card.family, card.scale, card.head) == ("yolo11", "n", "plain")
    assert card.classes == ["nut", "bolt", "washer"]
    assert card.image_size == 320
    wanted = trained.state_dict()
    assert all(torch.equal(t, wanted[n].float()) for n, t in model.state_dict().items())
    with torch.inference_mode():
        original = copy.deepcopy(trained).float().eval()
        assert torch.equal(model(images)[0][0], original(images)[0][0])
        assert torch.equal(model(images)[0][1], original(images)[0][1])


def test_it_is_made_dynamic_on_request(save: Any, trained: Any, images: torch.Tensor) -> None:
    model, card = taken_over(save(), placement="mask+class", experts=2)
    assert (card.head, card.placement, card.experts) == ("dynamic", "mask+class", 2)
    with torch.inference_mode():
        original = copy.deepcopy(trained).float().eval()
        difference = (model(images)[0][0] - original(images)[0][0]).abs().max()
    assert difference < 1e-3


def test_a_dynamic_checkpoint_keeps_experts_and_routers(tmp_path: Path, trained: Any) -> None:
    plain = copy.deepcopy(trained).float()
    model = upcycle(plain, placement="mask", experts=2, router_width=0.5, temperature=2.0)
    path = tmp_path / "dynamic.pt"
    torch.save(as_checkpoint(model), path)
    again, card = taken_over(path)
    assert (card.placement, card.experts) == ("mask", 2)
    assert (card.router_width, card.temperature) == (0.5, 2.0)
    wanted = model.state_dict()
    assert all(torch.equal(t, wanted[n]) for n, t in again.state_dict().items())


def test_classes_that_are_not_here_are_no_hindrance(save: Any, tmp_path: Path) -> None:
    path = save()
    foreign = tmp_path / "foreign.pt"
    names = b"ultralytics.nn.tasks\nSegmentationModel", b"some.body_elses.tasks\nTheirNetworkClass"
    import zipfile

    with zipfile.ZipFile(path) as old, zipfile.ZipFile(foreign, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry).replace(*names))
    _, card = taken_over(foreign)
    assert card.classes == ["nut", "bolt", "washer"]


def test_code_in_the_yaml_is_never_looked_at(save: Any, tmp_path: Path) -> None:
    mark = tmp_path / "MARK"

    def plant(model: Any) -> None:
        model.yaml["activation"] = f"(open({str(mark)!r}, 'w'), torch.nn.SiLU())[1]"
        model.yaml["backbone"][0][2] = f"open({str(mark)!r}, 'w')"

    taken_over(save(plant))
    assert not mark.exists()


def test_nan_and_zeros_are_refused(save: Any) -> None:
    def spoil(model: Any) -> None:
        model.model[5].conv.weight.data[0, 0] = float("nan")

    def empty(model: Any) -> None:
        for tensor in model.state_dict().values():
            tensor.zero_()

    assert "finite" in refusal(save(spoil))
    assert "zero" in refusal(save(empty))


def test_other_shapes_are_refused(save: Any) -> None:
    def widen(model: Any) -> None:
        model.model[4].cv1.conv = nn.Conv2d(32, 65, 1, bias=False).half()

    def shorten(model: Any) -> None:
        del model.model[6].cv2.bn

    def lengthen(model: Any) -> None:
        model.model[6].extra = nn.Linear(3, 3).half()

    for change in (widen, shorten, lengthen):
        assert "does not fit" in refusal(save(change))
    assert "folded" in refusal(save(lambda model: model.float().fuse(verbose=False)))


@pytest.mark.parametrize(
    ("yaml", "word"), [("yolo11n.yaml", "detection"), ("yolo26n-seg.yaml", "YOLO26")]
)
def test_other_models_are_named(yaml: str, word: str, tmp_path: Path) -> None:
    from ultralytics.nn.tasks import DetectionModel, SegmentationModel

    kind = SegmentationModel if "seg" in yaml else DetectionModel
    path = tmp_path / "other.pt"
    torch.save(as_checkpoint(kind(yaml, nc=2, verbose=False)), path)
    assert word in refusal(path)


def test_names_are_made_fit_for_people(save: Any) -> None:
    def rename(model: Any) -> None:
        model.names = {0: "  nut\n\x1b[31m ", 1: "NUT [31m", 2: 7}

    _, card = taken_over(save(rename))
    assert card.classes == ["nut [31m", "NUT [31m (1)", "class 2"]


def test_yolo12_has_the_same_head() -> None:
    card = ModelCard(name="x", head="plain", family="yolo12", classes=["a"])
    plain = build(card).eval()
    model = upcycle(plain, placement="all", experts=2).eval()
    image = torch.rand(1, 3, 64, 64)
    with torch.inference_mode():
        assert (model(image)[0][0] - plain(image)[0][0]).abs().max() < 1e-3
    assert build(msgspec.structs.replace(card, head="dynamic")).yaml["dynamic"]["experts"] == 4


def test_a_head_that_cannot_become_dynamic_is_refused() -> None:
    from ultralytics.nn.tasks import SegmentationModel

    newer = SegmentationModel("yolo26n-seg.yaml", nc=2, verbose=False)
    with pytest.raises(ModelFileError, match="Segment26"):
        upcycle(newer, placement="all", experts=2)
