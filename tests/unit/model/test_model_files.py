"""The network, its file and the registry: equal outputs, and rubbish is refused in words."""

from __future__ import annotations

import copy
import errno
import json
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest
import torch

from dynseg.errors import DynsegError, InputError, ModelFileError
from dynseg.files import write_atomic
from dynseg.model.build import DynamicSegmentationModel, build, parameter_count, upcycle
from dynseg.model.card import ModelCard, card_path, read_card, write_card
from dynseg.model.checkpoint import load, save
from dynseg.model.flops import count_flops
from dynseg.model.head import BRANCHES
from dynseg.model.registry import ModelRegistry
from dynseg_resources import starter_model


def starter_as_plain() -> Any:
    """A plain network with calibrated batch norms: the starter's own weights, experts averaged."""
    model, card = load(starter_model())
    plain = build(msgspec.structs.replace(card, head="plain"))
    state = {}
    for name, tensor in model.state_dict().items():
        if ".router." in name:
            continue
        state[name] = tensor.mean(0) if tensor.ndim == 3 else tensor
    shaped = {n: state[n].reshape(t.shape) for n, t in plain.state_dict().items()}
    plain.load_state_dict(shaped, strict=True)
    return plain.eval()


@pytest.fixture(scope="module")
def images() -> torch.Tensor:
    torch.manual_seed(3)
    smooth = torch.nn.functional.interpolate(torch.rand(3, 3, 8, 8), size=160, mode="bicubic")
    return smooth.clamp(0, 1) * torch.tensor([0.4, 0.8, 1.0]).view(3, 1, 1, 1)


@pytest.mark.parametrize("placement", list(BRANCHES))
def test_upcycled_network_answers_like_the_plain_one(placement: str, images: torch.Tensor) -> None:
    plain = starter_as_plain()
    dynamic = upcycle(plain, placement=placement, experts=4).eval()
    with torch.inference_mode():
        wanted = plain(images)[0][0]
        noise = (copy.deepcopy(plain).fuse(verbose=False)(images)[0][0] - wanted).abs().max()
        assert (dynamic(images)[0][0] - wanted).abs().max() <= max(noise, 1e-4)
        fused = copy.deepcopy(dynamic).fuse(verbose=False)
        assert fused.is_fused()
        assert (fused(images)[0][0] - wanted).abs().max() <= 2 * max(noise, 1e-4)
    assert parameter_count(dynamic) > 1.15 * parameter_count(plain)
    assert count_flops(dynamic, image_size=640) <= 1.002 * count_flops(plain, image_size=640)


def test_stock_ultralytics_refuses_the_yaml_loudly() -> None:
    from ultralytics.nn.tasks import SegmentationModel

    model = build(ModelCard(name="x", classes=["a", "b"]))
    assert isinstance(model, DynamicSegmentationModel)
    with pytest.raises(KeyError, match="SegmentDynamic"):
        SegmentationModel(copy.deepcopy(model.yaml), verbose=False)
    again = DynamicSegmentationModel(model.yaml)
    assert again.yaml["dynamic"] == model.yaml["dynamic"]
    again.load_state_dict(model.state_dict(), strict=True)


def test_file_keeps_every_tensor_and_the_card(tmp_path: Path, images: torch.Tensor) -> None:
    model, card = load(starter_model())
    written = save(model, card, tmp_path / "copy.safetensors")
    again, read = load(tmp_path / "copy.safetensors")
    assert read == written
    assert (read.name, read.model_id, read.params) == ("copy", card.model_id, card.params)
    with torch.inference_mode():
        assert torch.equal(model(images)[0][0], again(images)[0][0])


WRONG_CARDS: dict[str, dict[str, Any]] = {
    "card of another shape": {"experts": 2},
    "card of a newer version": {"format": 99},
    "card of an unknown head": {"head": "quantum"},
    "card without a size": {"image_size": 0},
    "card of an impossible second look": {"outline_size": -640},
    "card of outlines far beside the edges": {"edge_shift_px": 1e3},
}


def spoil(kind: str, path: Path) -> None:
    if kind == "text":
        path.write_text("this is no model")
    elif kind == "truncated":
        path.write_bytes(path.read_bytes()[:-1000])
    elif kind == "flipped":
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "no card":
        card_path(path).unlink()
    elif kind == "card is rubbish":
        card_path(path).write_text("[]")
    else:
        write_card(path, msgspec.structs.replace(read_card(path), **WRONG_CARDS[kind]))


@pytest.mark.parametrize(
    "kind",
    [
        "text",
        "truncated",
        "flipped",
        "empty",
        "no card",
        "card is rubbish",
        *WRONG_CARDS,
    ],
)
def test_spoiled_model_file_is_refused_in_words(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "m.safetensors"
    path.write_bytes(starter_model().read_bytes())
    card_path(path).write_bytes(card_path(starter_model()).read_bytes())
    spoil(kind, path)
    with pytest.raises(ModelFileError) as caught:
        load(path)
    assert caught.value.hint
    assert "Traceback" not in str(caught.value)


def test_network_full_of_zeros_or_nan_is_not_saved(tmp_path: Path) -> None:
    model, card = load(starter_model())
    for value in (0.0, float("nan")):
        ruined = copy.deepcopy(model)
        for tensor in ruined.state_dict().values():
            tensor.fill_(value) if tensor.is_floating_point() else tensor.zero_()
        with pytest.raises(ModelFileError):
            save(ruined, card, tmp_path / "ruined.safetensors")
    assert list(tmp_path.iterdir()) == []


def test_registry_promotes_rolls_back_and_survives_rubbish(tmp_path: Path) -> None:
    registry = ModelRegistry(tmp_path / "models")
    assert registry.active().name == "starter"
    with pytest.raises(InputError):
        registry.rollback()
    first = registry.add(starter_model(), name="round-1")
    second = registry.add(starter_model(), name="round-1")
    assert (first.name, second.name) == ("round-1", "round-1-2")
    assert load(registry.path("round-1"))[1].name == "round-1"
    registry.promote("round-1")
    registry.promote("round-1-2")
    assert registry.active().name == "round-1-2"
    assert registry.rollback().name == "round-1"
    registry.delete("round-1-2")
    assert [card.name for card in registry.deleted()] == ["round-1-2"]
    with pytest.raises(InputError):
        registry.delete("round-1")
    assert [card.name for card in registry.list()] == ["starter", "round-1"]
    (registry.folder / "active.json").write_text(json.dumps({"name": "../../etc/passwd"}))
    assert registry.active().name == "starter"
    with pytest.raises(DynsegError):
        registry.path("../../etc/passwd")


def test_an_active_model_that_is_gone_is_told_where_it_would_be_used(tmp_path: Path) -> None:
    """Proposals of the starter in its place would be of no class, and nobody would know why."""
    registry = ModelRegistry(tmp_path / "models")
    assert registry.resolve(None) == starter_model()
    registry.add(starter_model(), name="one")
    registry.promote("one")
    registry.path("one").unlink()
    with pytest.raises(ModelFileError, match="The active model cannot be used"):
        registry.resolve(None)
    registry.promote("starter")
    assert registry.resolve(None) == starter_model()


def test_going_back_leads_to_another_model(tmp_path: Path) -> None:
    registry = ModelRegistry(tmp_path / "models")
    for name in ("one", "two"):
        registry.add(starter_model(), name=name)
    for name in ("one", "two", "one"):
        registry.promote(name)
    registry.delete("two")
    assert registry.rollback().name == "starter"


def test_a_model_is_called_as_its_file(tmp_path: Path) -> None:
    registry = ModelRegistry(tmp_path / "models")
    registry.add(starter_model(), name="one")
    for kind in ("json", "safetensors"):
        (registry.folder / f"one.{kind}").rename(registry.folder / f"copied.{kind}")
    assert [card.name for card in registry.list()] == ["starter", "copied"]
    assert registry.promote("copied").name == "copied"


@pytest.mark.parametrize("name", ["CON", "nul", "com1.v2", "LPT9"])
def test_names_that_windows_keeps_for_devices_are_refused(tmp_path: Path, name: str) -> None:
    registry = ModelRegistry(tmp_path / "models")
    with pytest.raises(InputError, match="Windows keeps this name"):
        registry.add(starter_model(), name=name)
    assert registry.add(starter_model(), name=f"my-{name}").name == f"my-{name}"


def test_a_model_that_cannot_be_written_is_named_by_the_file_that_a_person_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = ModelRegistry(tmp_path / "models")

    def sealed(_source: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(target))

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfile", sealed)
        with pytest.raises(PermissionError) as failed:
            registry.add(starter_model(), name="round-1")
    assert failed.value.filename == str(registry.folder / "round-1.safetensors")
    with pytest.raises(FileNotFoundError) as gone:
        write_atomic(tmp_path / "nowhere" / "active.json", b"{}")
    assert gone.value.filename == str(tmp_path / "nowhere" / "active.json")


def test_a_disk_that_fills_up_is_left_without_half_a_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_source: Path, target: Path) -> None:
        target.write_bytes(b"half of it")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    registry = ModelRegistry(tmp_path / "models")
    with pytest.raises(OSError, match="No space left"):
        registry.add(starter_model(), name="round-1")
    assert list(registry.folder.iterdir()) == []


@pytest.mark.parametrize("name", ["active", "Active"])
def test_no_model_takes_the_place_of_what_says_which_is_active(tmp_path: Path, name: str) -> None:
    registry = ModelRegistry(tmp_path / "models")
    registry.add(starter_model(), name="one")
    registry.promote("one")
    assert registry.add(starter_model(), name=name).name == f"{name}-2"
    with pytest.raises(InputError, match="taken"):
        registry.rename("one", name)
    assert registry.active().name == "one"


def test_j1_deleted_model_comes_back_whole_or_goes_for_ever(tmp_path: Path) -> None:
    registry = ModelRegistry(tmp_path / "models")
    registry.add(starter_model(), name="round-1")
    before = registry.path("round-1").read_bytes()
    registry.delete("round-1")
    registry.add(starter_model(), name="round-1")
    registry.delete("round-1")
    assert [card.name for card in registry.deleted()] == ["round-1", "round-1-2"]
    registry.add(starter_model(), name="round-1")
    assert registry.restore("round-1").name == "round-1-2"
    assert registry.path("round-1-2").read_bytes() == before
    registry.discard("round-1-2")
    assert registry.deleted() == []
    with pytest.raises(ModelFileError, match="No deleted model"):
        registry.restore("../round-1")


def test_j1_renamed_model_stays_active_and_can_be_gone_back_to(tmp_path: Path) -> None:
    registry = ModelRegistry(tmp_path / "models")
    for name in ("one", "two"):
        registry.add(starter_model(), name=name)
        registry.promote(name)
    assert registry.rename("two", "best").name == "best"
    assert registry.active().name == "best"
    registry.rename("one", "first")
    assert registry.rollback().name == "first"
    assert sorted(path.name for path in registry.folder.glob("*.*")) == [
        "active.json", "best.json", "best.safetensors", "first.json", "first.safetensors",
    ]  # fmt: skip
    for name, wanted in (("starter", "x"), ("best", "first"), ("best", "no/name")):
        with pytest.raises(InputError):
            registry.rename(name, wanted)
