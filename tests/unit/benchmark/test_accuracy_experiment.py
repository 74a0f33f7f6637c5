"""The accuracy experiment counts what it should and compares like with like."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
import torch
from tests.benchmarks.accuracy.compare import (
    Arm,
    Case,
    Outcome,
    cases,
    fixed_budget,
    outcomes_in,
    share,
    start_network,
    table,
)

from dynseg.training.config import TrainConfig
from dynseg_resources import starter_model

CASE = Case("nuts", "starter", "plain", 20, 320, 0.0, 100, 0)


def outcome(arm: str, seed: int, figure: float, pictures: str = "") -> Outcome:
    case = replace(CASE, arm=arm, seed=seed)
    return Outcome(case, 100, pictures or f"{seed:08x}", 1.0, figure, figure / 2)


def test_budget_counts_steps_and_no_time() -> None:
    budget = fixed_budget(TrainConfig(image_size=320), images=20, parent_size=640, steps=100)
    assert budget.samples == 20 * budget.repeats * budget.epochs
    assert budget.samples / budget.batch == pytest.approx(100, abs=3)
    assert budget.share_done(0, 1e9) == 0


def test_table_compares_seed_by_seed() -> None:
    rows = [outcome("plain", seed, 0.5 + seed / 10) for seed in (0, 1)]
    rows += [outcome("all/4", seed, 0.52 + seed / 10) for seed in (0, 1)]
    lines = table(rows).splitlines()
    assert "| all/4 | 2 | 0.570 ± 0.071 | 0.285 ± 0.035 | +0.010 ± 0.000 |" in lines[2]
    assert lines[3].endswith("|  |")


def test_table_refuses_arms_that_saw_other_pictures() -> None:
    with pytest.raises(ValueError, match="was not shown"):
        table([outcome("plain", 0, 0.5, "aa"), outcome("all/4", 0, 0.5, "bb")])


def test_row_that_a_crash_cut_off_is_run_again(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    whole = json.dumps(asdict(outcome("plain", 0, 0.5)))
    path.write_text(f"{whole}\n{whole[:40]}")
    assert outcomes_in(path) == [outcome("plain", 0, 0.5)]


def test_row_of_an_older_file_is_from_a_cpu(tmp_path: Path) -> None:
    row = asdict(outcome("plain", 0, 0.5))
    del row["device"]
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(row))
    assert [found.device for found in outcomes_in(path)] == ["cpu"]


def test_processes_share_all_cases_between_them() -> None:
    wishes = {
        "sets": ["nuts", "nuclei"], "arms": ["plain", "all/4"], "seeds": [0, 1, 2],
        "start": "a/starter.safetensors", "images": 20, "size": 320, "rate": 0.0, "steps": 9,
        "batch": 0,
    }  # fmt: skip
    every = cases(argparse.Namespace(**wishes, only=share("1/1")))
    parts = [cases(argparse.Namespace(**wishes, only=share(f"{i}/5"))) for i in range(1, 6)]
    assert len(every) == 12
    assert sorted(map(len, parts)) == [2, 2, 2, 3, 3]
    assert {case for part in parts for case in part} == set(every)
    for wrong in ("0/3", "4/3", "3", "a/b"):
        with pytest.raises(argparse.ArgumentTypeError):
            share(wrong)


def test_arms_begin_with_the_same_answers() -> None:
    arm = Arm.parse("mask/2/router=10/spread=0.5")
    assert (arm.placement, arm.experts, arm.router, arm.spread) == ("mask", 2, 10.0, 0.5)
    plain, dynamic = (start_network(str(starter_model()), a)[0] for a in (Arm("plain"), arm))
    torch.manual_seed(0)
    picture = torch.rand(1, 3, 64, 64)
    with torch.inference_mode():
        wanted, found = plain.eval()(picture)[0][0], dynamic.eval()(picture)[0][0]
    assert (wanted - found).abs().max() <= 1e-4 * wanted.abs().max()
