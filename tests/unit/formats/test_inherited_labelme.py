"""A folder of labelme that somebody left half done: what is wrong in it is said."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tests.unit.formats.conftest import MakeProject

from dynseg.annotation.class_spelling import look_alike, spelling
from dynseg.formats.incoming.importing import Choice, prepare
from dynseg.progress import CancelledError, CancelToken

SQUARE = [[10, 10], [40, 10], [40, 40], [10, 40]]


def shape(label: str, **more: Any) -> dict[str, Any]:
    return {"label": label, "points": SQUARE, "shape_type": "polygon", **more}


def write(folder: Path, stem: str, *shapes: dict[str, Any], **more: Any) -> Path:
    folder.mkdir(exist_ok=True)
    said = {"version": "5", "imagePath": f"{stem}.png", "shapes": list(shapes), **more}
    (folder / f"{stem}.json").write_text(json.dumps(said))
    return folder


@pytest.mark.parametrize("content", [b"", b"  \n", bytes(2000), b"\xef\xbb\xbf", b"lost"])
def test_a_file_without_content_is_not_passed_over_in_silence(
    content: bytes, make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png", "b.png"])
    folder = write(tmp_path / "s", "a", shape("nut"))
    (folder / "b.json").write_bytes(content)
    (folder / "settings.json").write_text('{"other": [1]}')
    done = prepare(store, folder).preview(store)
    assert [(f.path, f.reason) for f in done.refused] == [
        ("b.json", "is empty or no JSON; not used")
    ]


def test_what_is_not_taken_over_is_said(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png", "b.png"])
    off: dict[str, Any] = {"flags": {"hard": False}, "description": "", "attributes": {}}
    folder = write(tmp_path / "s", "a", shape("nut", **off), flags={"bad": False})
    write(
        folder,
        "b",
        shape("nut", description="by Ana"),
        shape("bolt", flags={"hard": True}),
        shape("rod", **off),
        flags={"bad": True, "dark": False},
    )
    done = prepare(store, folder).preview(store)
    assert done.instances == 4
    assert [(f.path, f.reason) for f in done.repaired] == [
        (
            "b.json",
            "has the flags bad and has flags or descriptions at 2 of its shapes; "
            "they are not taken over",
        )
    ]


def test_a_name_becomes_another_new_one(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png"], ())
    other = shape("Hex_nut", points=[[1, 1], [9, 1], [9, 9]])
    folder = write(tmp_path / "s", "a", shape("hex nut"), other)
    plan = prepare(store, folder)
    done = plan.commit(store, Choice(classes={"Hex_nut": "hex nut"}))
    assert done.by_class == {"hex nut": 2}
    assert store.classes().names == ["hex nut"]


def test_names_that_may_be_one() -> None:
    names = [
        "tahu goreng",
        "Tahu_Goreng",
        "tahu gorengg",
        "tahu-goreng",
        "bowl",
        "bowls",
        "🚗",
        "🚲",
    ]
    assert look_alike(names) == [
        ("tahu goreng", "Tahu_Goreng"),
        ("tahu goreng", "tahu gorengg"),
        ("tahu goreng", "tahu-goreng"),
        ("Tahu_Goreng", "tahu gorengg"),
        ("Tahu_Goreng", "tahu-goreng"),
        ("tahu gorengg", "tahu-goreng"),
    ]
    assert look_alike(["screw M3", "screw M4", "nucleus+", "nucleus-", "nucleus"]) == []
    assert look_alike(["rotitawar", "roti tawar"]) == [("rotitawar", "roti tawar")]
    assert spelling("CD4+") != spelling("CD4-")


def test_labels_of_a_renamed_image_say_how_they_find_it(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["new.png"])
    folder = write(tmp_path / "s", "old", shape("nut"))
    (found,) = prepare(store, folder).preview(store).refused
    assert "name this file alike" in found.reason
    (folder / "old.json").rename(folder / "new.json")
    assert prepare(store, folder).preview(store).instances == 1


def test_a_wrong_size_does_not_shrink_the_shapes(make_project: MakeProject, tmp_path: Path) -> None:
    """labelme itself takes its points for pixels of the image that is there."""
    store = make_project(["a.png", "b.png"])
    corners = [[[x, 4], [x + 9, 4], [x + 9, 40]] for x in (2, 20, 40, 50)]
    size = {"imageWidth": 128, "imageHeight": 96}
    folder = write(tmp_path / "s", "a", *(shape("nut", points=p) for p in corners), **size)
    far = [[[2 * x, 2 * y] for x, y in points] for points in corners]
    write(folder, "b", *(shape("nut", points=p) for p in far), **size)
    done = prepare(store, folder).commit(store)
    assert [(f.path, f.reason.split(";")[0]) for f in done.repaired] == [
        ("a.json", "says 128 x 96 pixels, but its shapes lie as on 64 x 48"),
        ("b.json", "was labelled at 128 x 96 pixels"),
    ]
    for row in store.images():
        found = [i.parts[0].outer for i in store.annotation(row.id).instances]
        np.testing.assert_allclose(found, corners, atol=1e-6)


def picture(seed: int) -> Image.Image:
    """A picture with large shades, as photographs have them."""
    small = np.random.default_rng(seed).integers(0, 255, (6, 8, 3), dtype=np.uint8)
    return Image.fromarray(small).resize((64, 48), Image.Resampling.BICUBIC)


def embedded(image: Image.Image) -> str:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return base64.b64encode(buffer.getvalue()).decode()


def test_a_renamed_image_is_known_by_the_copy_in_its_file(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["new.png", "other.png", "twin.png", "twin too.png", "dark.png"])
    for name, seed in (("new", 1), ("other", 2), ("twin", 3), ("twin too", 3)):
        picture(seed).save(store.images_root / f"{name}.png")
    Image.new("RGB", (30, 20)).save(store.images_root / "dark.png")
    store.rescan()
    folder = write(tmp_path / "s", "old", shape("nut"), imageData=embedded(picture(1)))
    write(folder, "older", shape("nut"), imageData=embedded(picture(2)))
    write(folder, "gone", shape("nut"), imageData=embedded(picture(4)))
    write(folder, "either", shape("nut"), imageData=embedded(picture(3)))
    write(folder, "broken", shape("nut"), imageData="%%%")
    write(folder, "rubbish", shape("nut"), imageData=base64.b64encode(b"no image").decode())
    done = prepare(store, folder).commit(store)
    assert (done.images, done.instances) == (2, 2)
    rows = {row.rel: row.instance_count for row in store.images()}
    assert rows == {"new.png": 1, "other.png": 1, "twin.png": 0, "twin too.png": 0, "dark.png": 0}
    assert [(f.path, f.reason.rpartition(" now")[0][-9:]) for f in done.repaired] == [
        ("old.json", "d new.png"),
        ("older.json", "other.png"),
    ]
    assert {f.path for f in done.refused} == {
        "gone.json", "either.json", "broken.json", "rubbish.json"
    }  # fmt: skip


def test_comparing_pictures_can_be_stopped(
    make_project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, token, looked = make_project(["new.png", "other.png"]), CancelToken(), []

    def small(path: Path) -> None:
        looked.append(path)
        token.cancel()

    monkeypatch.setattr("dynseg.formats.incoming.embedded._small", small)
    folder = write(tmp_path / "s", "old", shape("nut"), imageData=embedded(picture(1)))
    write(folder, "older", shape("nut"), imageData=embedded(picture(2)))
    with pytest.raises(CancelledError):
        prepare(store, folder, cancel=token)
    assert len(looked) == 1
