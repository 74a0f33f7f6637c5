"""The plug-in of the guide's page for developers, installed as pip would leave it, and used."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import dynseg_resources
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, ImageState, Instance
from dynseg.doctor import extensions
from dynseg.extension import plugins
from dynseg.formats import registry
from dynseg.formats.outgoing.exporting import export
from dynseg.geometry.isolines import parts_from_field
from dynseg.geometry.part import Part, ring
from dynseg.images import assist
from dynseg.model import plugged
from dynseg.model.card import read_card
from dynseg.project.store import Store


def forget() -> None:
    registry._loaded.cache_clear()
    assist.assists.cache_clear()
    plugged.heads.cache_clear()


def install(folder: Path, source: str, groups: dict[str, dict[str, str]]) -> None:
    """A module and its dist-info."""
    (folder / "dynseg_demo.py").write_text(source, encoding="utf-8")
    info = folder / "dynseg_demo-1.0.dist-info"
    info.mkdir()
    text = "Metadata-Version: 2.1\nName: dynseg-demo\nVersion: 1.0\n"
    (info / "METADATA").write_text(text, encoding="utf-8")
    lines = []
    for group, points in groups.items():
        lines += [f"[{group}]", *(f"{name} = {value}" for name, value in points.items())]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def guide() -> tuple[str, dict[str, dict[str, str]]]:
    """The module and the entry points that the page shows."""
    page = (dynseg_resources.resource("guide") / "developer.md").read_text(encoding="utf-8")
    (toml,) = re.findall(r"```toml\n(.*?)```", page, re.S)
    (source,) = re.findall(r"```python\n(.*?)```", page, re.S)
    return source, tomllib.loads(toml)["project"]["entry-points"]


@pytest.fixture
def installed(
    guide: tuple[str, dict[str, dict[str, str]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Path]:
    folder = tmp_path / "site"
    folder.mkdir()
    install(folder, *guide)
    monkeypatch.syspath_prepend(folder)
    forget()
    yield folder
    forget()
    sys.modules.pop("dynseg_demo", None)


def test_its_format_is_exported(installed: Path, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    Image.new("RGB", (64, 48), (1, 2, 3)).save(photos / "a.png")
    with Store.create(photos, images=photos, classes=["nut"]) as store:
        (row,) = store.images()
        before = store.annotation(row.id)
        part = Part(ring([(10, 5), (30, 5), (30, 25), (10, 25)]))
        shape = Instance(store.classes().labels[0].id, (part,))
        after = Annotation(
            row.id, 64, 48, (shape,), state=ImageState.REVIEWED, revision=before.revision
        )
        run = store.begin_run("import", "", {})
        assert not store.commit_run(run, [(row.id, before.revision, diff(before, after))])
        store.finish_run(run, "finished")
        done = export(store, tmp_path / "out", form=registry.named("boxes"))
    assert done.instances == 1
    (written,) = (tmp_path / "out").rglob("*.box")
    assert written.read_text(encoding="utf-8") == "nut 10.0 5.0 30.0 25.0\n"


def test_its_assist_finds(installed: Path) -> None:
    found = {one.name: one for one in assist.assists()}
    assert list(found) == ["colour", "bright"]
    pixels = np.zeros((60, 80, 3), np.uint8)
    pixels[20:40, 30:60] = 255
    (part,) = parts_from_field(found["bright"].find(pixels, (25, 15, 65, 45)))
    x, y = part.outer.T
    assert (abs(x.min() - 30) < 1, abs(x.max() - 60) < 1, abs(y.min() - 20) < 1) == (True,) * 3


def test_its_head_is_built_by_its_card(installed: Path) -> None:
    pytest.importorskip("torch")
    from msgspec.structs import replace

    from dynseg.model.build import build

    card = read_card(dynseg_resources.starter_model())
    model = build(replace(card, head="wide", experts=1, placement=""))
    assert model.names == dict(enumerate(card.classes))


def test_the_doctor_lists_it(installed: Path) -> None:
    (found,) = extensions.check()
    assert (found.level, found.text) == ("ok", "boxes, wide, bright")


def test_one_that_is_broken_is_named_and_hides_no_other(
    guide: tuple[str, dict[str, dict[str, str]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, groups = guide
    groups["dynseg.assists"] |= {"gone": "dynseg_demo:GONE", "odd": "dynseg_demo:wide"}
    groups["dynseg.heads"] |= {"plain": "dynseg_demo:wide"}
    install(tmp_path, source, groups)
    monkeypatch.syspath_prepend(tmp_path)
    forget()
    try:
        assert [one.name for one in assist.assists()] == ["colour", "bright"]
        assert "plain" not in plugged.heads()
        problems = [finding.text for finding in extensions.check() if finding.level == "problem"]
        assert len(problems) == 3
        assert any("GONE" in text for text in problems)
        assert any("no Assist" in text for text in problems)
        assert any("plain, which is taken" in text for text in problems)
    finally:
        forget()
        sys.modules.pop("dynseg_demo", None)


def test_there_is_none_without_a_package() -> None:
    assert list(plugins("dynseg.assists")) == []
