"""Ranks: what they agree on, how they share images, and that one notices when another is gone."""

from __future__ import annotations

import ipaddress
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import torch
from torch import nn
from torch.distributed import FileStore  # type: ignore[attr-defined]

from dynseg.errors import TrainingError
from dynseg.training.dataset import MosaicsEnd
from dynseg.training.devices import choose_device, choose_devices, in_one_word
from dynseg.training.ranks import ASTRAY, FINE, SHORT, Ranks, SeveralRanks, SharedPass


@pytest.fixture
def two_gpus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)


@pytest.mark.usefixtures("two_gpus")
@pytest.mark.parametrize(
    ("wish", "devices"),
    [
        ("auto", ("cuda:0",)),
        ("cpu", ("cpu",)),
        ("cuda", ("cuda:0",)),
        ("1", ("cuda:1",)),
        ("cuda:1,0", ("cuda:1", "cuda:0")),
        ("0,1", ("cuda:0", "cuda:1")),
        ("cuda:0,cuda:1", ("cuda:0", "cuda:1")),
        ("cuda:all", ("cuda:0", "cuda:1")),
        ("cpu,cpu", ("cpu", "cpu")),
    ],
)
def test_devices_are_named_as_users_of_ultralytics_name_them(
    wish: str, devices: tuple[str, ...]
) -> None:
    assert choose_devices(wish) == devices
    assert choose_devices(in_one_word(devices)) == devices
    assert choose_device(wish) == devices[0]


@pytest.mark.usefixtures("two_gpus")
@pytest.mark.parametrize("wish", ["cuda:0,2", "2", "0,cpu", "0,", "cuda:0,gpu", "all", ""])
def test_a_list_with_a_device_that_is_not_there_is_refused(wish: str) -> None:
    with pytest.raises(TrainingError, match="no device") as refused:
        choose_devices(wish)
    assert refused.value.hint == "Use `cuda:0`, `cuda:1`, `auto` or `cpu`."


@pytest.mark.usefixtures("two_gpus")
def test_a_gpu_learns_once() -> None:
    with pytest.raises(TrainingError, match="twice"):
        choose_devices("0,0")


def test_ranks_share_every_pass_among_them() -> None:
    images: Any = list(range(7))
    shares = [SharedPass(images, 2, index, seed=3) for index in (0, 1)]
    passes = [[list(share) for share in shares] for _ in range(3)]
    for drawn in passes:
        assert [len(share) for share in drawn] == [
            4,
            4,
        ]  # one image comes twice: steps have to match
        assert set(drawn[0]) | set(drawn[1]) == set(images)
    assert passes[0] != passes[1] != passes[2]


def test_mosaics_end_by_the_images_of_all_ranks() -> None:
    drawn = MosaicsEnd([5, 6, 7, 8], given=0, over=lambda shown: shown >= 4, at_once=2)
    assert list(drawn) == [5, 6, ~7, ~8]


def test_who_learns_alone_has_nobody_to_ask() -> None:
    alone, layer = Ranks(), nn.Linear(2, 1)
    assert (alone.index, alone.count) == (0, 1)
    assert (alone.first(0.3), alone.worst(ASTRAY)) == (0.3, ASTRAY)
    alone.add_up(layer.parameters())
    assert layer.weight.grad is None


OTHER = """
import sys, time
import torch
from torch.distributed import FileStore
from dynseg.training.ranks import ASTRAY, FINE, SHORT, SeveralRanks
ranks = SeveralRanks(1, 2, "cpu", FileStore(sys.argv[1], 2))
layer = torch.nn.Linear(2, 1)
ranks.share(layer)
assert ranks.first(0.9) == 0.25
assert (ranks.worst(ASTRAY), ranks.worst(SHORT), ranks.worst(FINE)) == (ASTRAY, SHORT, SHORT)
layer(torch.tensor([[1.0, 2.0]])).sum().backward()
layer.bias.grad = None
ranks.add_up(layer.parameters())
print(layer.weight.grad.tolist(), layer.bias.grad.tolist(), layer.weight.tolist(), flush=True)
time.sleep(60)
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", OTHER, str(tmp_path / "store")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def test_two_ranks_agree_and_one_notices_that_the_other_is_gone(
    other: subprocess.Popen[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dynseg.training.ranks.LOST_S", 0.2)
    ranks = SeveralRanks(0, 2, "cpu", FileStore(str(tmp_path / "store"), 2))
    try:
        layer = nn.Linear(2, 1)
        ranks.share(layer)
        assert ranks.first(0.25) == 0.25
        assert (ranks.worst(FINE), ranks.worst(FINE), ranks.worst(SHORT)) == (ASTRAY, SHORT, SHORT)
        layer(torch.tensor([[10.0, 20.0]])).sum().backward()
        ranks.add_up(layer.parameters())
        assert layer.weight.grad is not None
        assert layer.bias.grad is not None
        assert layer.weight.grad.tolist() == [[11.0, 22.0]]
        assert layer.bias.grad.tolist() == [1.0]
        assert other.stdout is not None
        assert other.stdout.readline() == f"[[11.0, 22.0]] [1.0] {layer.weight.tolist()}\n"

        for connection in psutil.Process(other.pid).net_connections():
            for end in (connection.laddr, connection.raddr):
                assert not end or ipaddress.ip_address(end.ip).is_loopback

        def look() -> None:
            raise MemoryError

        ranks._look = look  # NCCL would wait for ever for one that has ended
        with pytest.raises(MemoryError):
            ranks.worst(FINE)
        ranks._look = lambda: None
        other.kill()
        begun_s = time.monotonic()
        with pytest.raises(TrainingError, match="lost each other"):
            ranks.first(1.0)
        assert time.monotonic() - begun_s < 5
    finally:
        ranks.leave(failed=True)
