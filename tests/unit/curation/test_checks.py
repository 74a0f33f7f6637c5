"""What is doubtful in a project, and the repairs that need no judgement."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec import structs
from PIL import Image
from tests.unit.formats.conftest import MakeProject, box, label, shape, write_image

from dynseg.annotation.document import ImageState, Origin
from dynseg.curation import checks
from dynseg.curation.checks import Kind
from dynseg.geometry import polygon
from dynseg.geometry.part import ring
from dynseg.progress import CancelledError, CancelToken


def test_every_kind_is_found_and_the_repairable_ones_are_repaired(
    make_project: MakeProject,
) -> None:
    store = make_project(["a.png", "b.png", "c.jpg"], ("cat", "Cat"))
    cat, _other = (item.id for item in store.classes().labels)
    bow = ring(np.array([[2, 2], [30, 30], [30, 2], [2, 20]], dtype=np.float64))
    human = shape(cat, box(40, 30, 60, 40))
    proposal = structs.replace(shape(cat, box(40, 30, 60, 40.2)), origin=Origin.MODEL, score=0.5)
    shapes = [
        shape(cat, bow),
        proposal,
        human,
        shape(cat, box(40, 30, 60, 38.5)),
        shape(cat, box(5, 40, 6, 41)),
        shape(cat, box(50, 2, 70, 9)),
    ]
    label(store, "a.png", shapes)
    jpeg = store.images_root / "c.jpg"
    jpeg.write_bytes(jpeg.read_bytes()[:-500])
    (store.images_root / "b.png").write_bytes((store.images_root / "a.png").read_bytes())
    store.rescan()
    rows = {row.rel: row.id for row in store.images()}
    store.set_splits({rows["a.png"]: "train", rows["b.png"]: "val"})
    findings = checks.check(store)
    by_kind = {kind: [f for f in findings if f.kind is kind] for kind in Kind}
    assert {kind: len(found) for kind, found in by_kind.items()} == {
        Kind.DAMAGED: 1,
        Kind.LEAK: 1,
        Kind.CROSSING: 1,
        Kind.OFF_IMAGE: 1,
        Kind.TINY: 1,
        Kind.DUPLICATE: 1,
        Kind.OVERLAP: 1,
        Kind.EMPTY_CLASS: 1,
        Kind.ALIKE: 1,
        Kind.NEAR: 1,
    }
    assert by_kind[Kind.DUPLICATE][0].instance_id == proposal.id
    assert "a.png: shape 3 (cat) is shape 2 once more" in map(str, findings)
    assert checks.fix(store, findings) == 4
    after = store.annotation(rows["a.png"])
    assert after.state is ImageState.REVIEWED
    assert human in after.instances
    assert len(after.instances) == 4
    assert all(polygon.problem(part) is None for item in after.instances for part in item.parts)
    assert max(item.bounds[2] for item in after.instances) == 64
    left = {finding.kind for finding in checks.check(store)}
    assert left == {Kind.DAMAGED, Kind.LEAK, Kind.OVERLAP, *checks.REMARKS}
    undone = store.undo(rows["a.png"])
    assert undone is not None
    assert [item.id for item in undone.instances] == [item.id for item in shapes]


def test_clean_project(make_project: MakeProject) -> None:
    store = make_project(["a.png"], ["cat"])
    label(store, "a.png", [shape(store.classes().labels[0].id, box(1, 1, 20, 20))])
    assert checks.check(store) == []
    assert checks.fix(store, []) == 0


def test_image_of_another_size(make_project: MakeProject) -> None:
    store = make_project(["a.png"], [])
    write_image(store.images_root / "a.png", size=(48, 64))
    assert [f.kind for f in checks.check(store, read_images=False)] == []
    (finding,) = checks.check(store)
    assert finding.kind is Kind.DAMAGED
    assert "48 x 64" in finding.text


def test_change_in_between_is_respected(make_project: MakeProject) -> None:
    store = make_project(["a.png"], ["cat"])
    cat = store.classes().labels[0].id
    tiny, good = shape(cat, box(1, 1, 2, 2)), shape(cat, box(5, 5, 20, 20))
    label(store, "a.png", [tiny])
    findings = checks.check(store)
    label(store, "a.png", [good])
    assert checks.fix(store, findings) == 1
    assert store.annotation(store.images()[0].id).instances == (good,)
    assert checks.fix(store, findings) == 0


def test_cancel(make_project: MakeProject) -> None:
    store = make_project(["a.png"])
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        checks.check(store, cancel=token)


def test_classes_that_may_be_one_are_told(make_project: MakeProject) -> None:
    store = make_project(["a.png"], ("hex nut", "Hex_Nut", "bolt"))
    nut, other, bolt = (item.id for item in store.classes().labels)
    shapes = [shape(c, box(9 * c, 1, 9 * c + 8, 9)) for c in (nut, other, bolt)]
    label(store, "a.png", shapes)
    (finding,) = checks.check(store)
    assert (finding.kind, finding.fixable) == (Kind.ALIKE, False)
    assert "hex nut and Hex_Nut" in finding.text


def test_images_that_show_nearly_the_same_are_listed_by_group(make_project: MakeProject) -> None:
    names = [f"{letter}{number}.png" for letter in "abcd" for number in range(8)]
    store = make_project(names, [])
    rng = np.random.default_rng(0)
    for letter, frames in zip("abcd", (8, 2, 1, 1), strict=True):
        scene = rng.integers(0, 200, (12, 16, 3)).repeat(4, 0).repeat(4, 1)
        for number in range(8):
            if number >= frames:  # another scene each
                scene = rng.integers(0, 200, (12, 16, 3)).repeat(4, 0).repeat(4, 1)
            seen = scene + rng.integers(0, 9, scene.shape)
            Image.fromarray(seen.astype(np.uint8)).save(store.images_root / f"{letter}{number}.png")
    store.rescan()
    rows = {row.rel: row.id for row in store.images()}
    store.set_splits(dict.fromkeys(rows.values(), "train"))
    store.set_splits({rows["b1.png"]: "val"})
    assert checks.check(store, read_images=False) == []
    apart, together = checks.check(store)
    assert {apart.kind, together.kind} == {Kind.NEAR} <= checks.REMARKS
    assert str(apart) == ("b0.png: shows nearly the same as b1.png, and they are in train + val")
    assert str(together) == (
        "a0.png: shows nearly the same as a1.png, a2.png, a3.png, a4.png, a5.png (+2)"
    )
    assert together.image_id == rows["a0.png"]


def test_a_shape_that_goes_makes_no_double_of_another(make_project: MakeProject) -> None:
    store = make_project(["a.png", "b.png"], ("cat",))
    cat = store.classes().labels[0].id
    label(store, "a.png", [shape(cat, box(2, 2, 22, 22)) for _ in range(4)])
    label(store, "b.png", [shape(cat, box(x, 2, 40 + x, 42)) for x in (0.0, 0.8, 1.6, 2.4)])
    found = [f for f in checks.check(store, read_images=False) if f.kind is Kind.DUPLICATE]
    assert [str(finding)[:15] for finding in found] == [
        "a.png: shape 2 ",
        "a.png: shape 3 ",
        "a.png: shape 4 ",
        "b.png: shape 2 ",
        "b.png: shape 4 ",
    ]
    assert checks.fix(store, found) == 5
    a, b = (store.annotation(row.id).instances for row in store.images())
    assert [item.bounds for item in a] == [(2, 2, 22, 22)]
    assert [item.bounds[0] for item in b] == [0.0, 1.6]
