"""`dynseg export --verify`: a script hears whether the export holds what it should."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Instance
from dynseg.cli.main import main
from dynseg.geometry.part import Part, ring
from dynseg.project.store import Store

HOLED = Part(
    ring([(4, 4), (40, 4), (40, 40), (4, 40)]), (ring([(10, 10), (20, 10), (20, 20), (10, 20)]),)
)


def project(folder: Path, name: str) -> str:
    """A reviewed image with one shape of a class of that name."""
    Image.new("RGB", (64, 48)).save(folder / "a.png")
    with Store.create(folder / "project", images=folder, classes=[name]) as store:
        before = store.annotation(store.images()[0].id)
        own = Instance(store.classes().labels[0].id, (HOLED,))
        delta = diff(before, replace(before, instances=(own,), state=ImageState.REVIEWED))
        store.commit(before.image_id, delta, expected_revision=before.revision, text="Draw")
    return str(folder / "project")


@pytest.mark.parametrize("policy", ["holes=keep", "holes=fill"])
def test_what_a_format_cannot_hold_is_no_failure(tmp_path: Path, policy: str) -> None:
    own = project(tmp_path, "nut")
    assert main(["export", own, str(tmp_path / "out"), "--verify", "--policy", policy]) == 0


def test_a_class_that_does_not_come_back_is_a_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = project(tmp_path, "n  n")  # readers keep one space alone
    assert main(["export", own, str(tmp_path / "out")]) == 0
    assert main(["export", own, str(tmp_path / "out"), "--verify", "--json"]) == 1
    said = capsys.readouterr()
    answer = json.loads(said.out.splitlines()[-1])
    assert (answer["round_trip"]["broken"], answer["round_trip"]["extra"]) == (1, 1)
    assert "lacks something of 1 shape and has 1 object that" in said.err
    assert answer["error"]
    assert (tmp_path / "out" / "data.yaml").is_file()
