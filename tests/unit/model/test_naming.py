"""Models that nobody has named yet: readable, unlike any other, safe as file names."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dynseg.model.naming import MAX_STEM, stem
from dynseg.model.registry import ModelRegistry
from dynseg_resources import starter_model


@pytest.mark.parametrize(
    ("project", "classes", "expected"),
    [
        ("nuclei-fluo", ["nucleus"], "nuclei-fluo"),
        ("Nüsse & Bolzen 2026", [], "Nusse-Bolzen-2026"),
        ("葛藤虫", ["kudzu bug", "leaf", "stem", "pod"], "kudzu-bug-leaf-stem"),
        ("葛藤虫", ["虫"], "model"),
        ("2026-11", ["nut"], "nut"),
        ("../..", [], "model"),
        ("con.2026", ["nut"], "model-con.2026"),
        (".hidden", [], "hidden"),
        ("x" * 200, [], "x" * MAX_STEM),
    ],
)
def test_a_model_is_called_after_its_project_or_its_classes(
    project: str, classes: list[str], expected: str, tmp_path: Path
) -> None:
    assert stem(project, classes) == expected
    assert ModelRegistry(tmp_path).next_name(expected) == f"{expected}-1"


def test_numbers_count_on_and_are_not_used_again(tmp_path: Path) -> None:
    registry = ModelRegistry(tmp_path / "models")
    for number in (1, 2, 3):
        name = registry.next_name("nuts")
        assert name == f"nuts-{number}"
        registry.add(starter_model(), name=name)
    registry.delete("nuts-3")
    assert registry.next_name("nuts") == "nuts-4", "a deleted one can come back"
    registry.rename("nuts-2", "best")
    registry.add(starter_model(), name="nuts-seven")
    assert registry.next_name("nuts") == "nuts-4"
    assert registry.next_name("best") == "best-1"


@pytest.mark.parametrize(
    ("called", "expected"),
    [("best (1)", "best-1"), ("Käfer", "K-fer"), ("虫", "model"), ("nul", "model-nul")],
)
def test_a_file_is_taken_in_whatever_somebody_has_called_it(
    called: str, expected: str, tmp_path: Path
) -> None:
    """A browser counts what it has fetched twice; the window has no place for another name."""
    source = tmp_path / f"{called}.safetensors"
    for suffix in (".safetensors", ".json"):
        shutil.copy(starter_model().with_suffix(suffix), source.with_suffix(suffix))
    registry = ModelRegistry(tmp_path / "models")
    assert registry.add(source).name == expected
