"""Sources that are right and still unlike the usual: nothing of them goes astray."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.unit.formats.conftest import HEIGHT, WIDTH, MakeProject, box, label, shape

from dynseg.curation import likeness
from dynseg.errors import InputError
from dynseg.formats import cvat, isat, label_studio, registry, via, yolo
from dynseg.formats.coco.reader import read as read_coco
from dynseg.formats.format import Format
from dynseg.formats.incoming import archive
from dynseg.formats.incoming.importing import import_labels
from dynseg.formats.incoming.listing import Listing, tidy_name
from dynseg.formats.incoming.reading import Reading
from dynseg.formats.incoming.source import ImageLabels
from dynseg.formats.outgoing.exporting import export
from dynseg.formats.outgoing.round_trip import round_trip
from dynseg.formats.voc import palette
from dynseg.formats.voc.reader import read as read_voc

SQUARE = [[10, 10], [40, 10], [40, 40], [10, 40]]


def loaded(labels: ImageLabels) -> Reading:
    reading = Reading(labels.rel, WIDTH, HEIGHT)
    labels.load(reading)
    return reading


def write_mask(path: Path, mode: str = "P") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.zeros((HEIGHT, WIDTH), np.uint8)
    pixels[5:20, 5:20] = 1
    Image.fromarray(pixels).convert(mode).save(path)


@pytest.mark.parametrize("kind", [np.uint16, np.int32, np.float32])
def test_images_of_more_than_8_bits_are_told_apart(tmp_path: Path, kind: type[np.generic]) -> None:
    """Pillow turns everything from 255 on into white, and all white images would be alike."""
    chance = np.random.default_rng(0)
    hashes = []
    for number in range(2):
        coarse = chance.integers(1000, 30_000, (17, 17)).astype(kind)
        path = tmp_path / f"{number}.tif"
        Image.fromarray(coarse.repeat(8, 0).repeat(8, 1)).save(path)
        hashes.append(likeness.difference_hash(path))
    one, other = (np.unpackbits(np.frombuffer(value, np.uint8)) for value in hashes)
    assert (one != other).sum() > max(likeness.ALIKE_BITS)


def test_class_masks_of_a_split_count_beside_object_masks_of_the_same_name(tmp_path: Path) -> None:
    write_mask(tmp_path / "train" / "SegmentationObject" / "a.png", "L")
    write_mask(tmp_path / "val" / "SegmentationClass" / "a.png", "L")
    found = {labels.rel for labels in read_voc(tmp_path).labels}
    assert found == {"train/SegmentationObject/a.png", "val/SegmentationClass/a.png"}


@pytest.mark.parametrize("name", ["a.bmp", "a.webp", "a.JPG", "a.tif"])
def test_voc_images_of_any_kind_are_found(tmp_path: Path, name: str) -> None:
    write_mask(tmp_path / "SegmentationClass" / "a.png", "L")
    (tmp_path / "JPEGImages").mkdir()
    Image.new("RGB", (WIDTH, HEIGHT)).save(tmp_path / "JPEGImages" / name)
    (labels,) = read_voc(tmp_path).labels
    assert labels.image is not None
    assert labels.image_name.lower() == name.lower()


def test_colours_that_only_look_like_numbers_are_none(tmp_path: Path) -> None:
    (tmp_path / "labelmap.txt").write_text("cat:\u00b2,0,0::\ndog:0,128,0::\n", encoding="utf-8")
    named, _ = palette.class_names((tmp_path,))
    assert named == {1: "cat", 2: "dog", 128 << 8: "dog"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("_background_\nignore\ncat", {1: "ignore", 2: "cat"}),
        ("_background_\ncat\nbackground", {1: "cat", 2: "background"}),
        ("_background_\n#1 nut\nsize: large", {1: "#1 nut", 2: "size: large"}),
        ("__ignore__\n_background_\ncat", {1: "cat"}),
        ("# label:color_rgb:parts\ncat:0,0,9::\nbackground:0,0,0::", {1: "cat", 9: "cat"}),
    ],
)
def test_no_class_name_of_voc_takes_the_place_of_another(
    tmp_path: Path, text: str, named: dict[int, str]
) -> None:
    (tmp_path / "class_names.txt").write_text(text)
    assert palette.class_names((tmp_path,))[0] == named


def test_a_coco_shape_of_no_points_is_a_box(tmp_path: Path) -> None:
    shape = {"id": 1, "image_id": 1, "category_id": 1, "segmentation": [[]]}
    content = {
        "images": [{"id": 1, "file_name": "a.png", "width": WIDTH, "height": HEIGHT}],
        "annotations": [{**shape, "bbox": [2, 3, 10, 20]}],
        "categories": [{"id": 1, "name": "cat"}],
    }
    (labels,) = read_coco(write_json(tmp_path / "a.json", content)).labels
    (taken,) = loaded(labels).shapes
    assert taken.parts[0].outer.max(axis=0).tolist() == [12, 23]


def write_json(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_what_is_no_object_is_told_and_the_others_keep_their_numbers(tmp_path: Path) -> None:
    x, y = ([point[axis] for point in SQUARE] for axis in (0, 1))
    polygon = {"name": "polygon", "all_points_x": x, "all_points_y": y}
    region = {"shape_attributes": polygon, "region_attributes": {}}
    result = {
        "type": "polygonlabels",
        "value": {"points": SQUARE, "polygonlabels": ["nut"]},
    }
    task = {"data": {"image": "a.png"}, "annotations": [{"result": [None, result]}]}
    item = {"category": "nut", "segmentation": SQUARE}
    for reader, content in (
        (isat, {"info": {"name": "a.png"}, "objects": [None, item]}),
        (via, {"a.png": {"filename": "a.png", "regions": [None, region]}}),
        (label_studio, [task]),
    ):
        (labels,) = reader.read(write_json(tmp_path / "labels.json", content)).labels
        reading = loaded(labels)
        assert [shape.place.item.endswith(" 2") for shape in reading.shapes] == [True]
        (refused,) = reading.refused
        assert refused.item.endswith(" 1")
        assert refused.reason == "is not an object"


def test_cvat_shapes_lie_as_their_layers_say(tmp_path: Path) -> None:
    def drawn(name: str, layer: str) -> str:
        return f'<polygon label="{name}" {layer} points="10,10;40,10;40,40;10,40"/>'

    shapes = (
        drawn("top", 'z_order="2"') + drawn("middle", "") + drawn("bottom", 'z_order="-1"')
    ) + drawn("over middle", 'z_order="0"')
    path = tmp_path / "annotations.xml"
    path.write_text(
        f'<annotations><image id="0" name="a.png" width="{WIDTH}" height="{HEIGHT}">{shapes}'
        "</image></annotations>"
    )
    (labels,) = cvat.read(path).labels
    names = [shape.label for shape in loaded(labels).shapes]
    assert names == ["bottom", "middle", "over middle", "top"]


def test_a_finding_about_a_description_names_its_file(tmp_path: Path) -> None:
    for name in ("images/a.jpg", "labels/a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    description = tmp_path / "beetles.yaml"
    description.write_text("path: /elsewhere\ntrain: images\nval: ../..\ntest: gone\nnames: [a]\n")
    findings = yolo.read(description).findings
    assert [finding.path for finding in findings] == ["beetles.yaml"] * 3


def test_links_to_labels_that_are_not_here_are_no_fault_of_the_program(tmp_path: Path) -> None:
    """Data sets under version control hold such links until their files are fetched."""
    try:
        (tmp_path / "a.txt").symlink_to(tmp_path / ".store" / "a.txt")
    except OSError:
        pytest.skip("this system makes no links")
    assert yolo.FORMAT.recognise(Listing(tmp_path)) == 0


def test_masks_come_out_of_an_archive_whatever_their_kind(tmp_path: Path) -> None:
    packed = tmp_path / "set.zip"
    with zipfile.ZipFile(packed, "w") as made:
        for name in ("masks/a/1_cat.tif", "Masks/b/1_cat.bmp", "photos/a.tif", "masks.tif"):
            made.writestr(name, b"x")
    with archive.unpacked(packed) as folder:
        found = {path.name for path in folder.rglob("*") if path.is_file()}
    assert found == {"1_cat.tif", "1_cat.bmp"}


def test_an_export_of_an_image_that_is_gone_cannot_be_compared(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png", "b.png"])
    cat = store.classes().labels[0].id
    label(store, "a.png", [shape(cat, box(2, 2, 30, 30))])
    label(store, "b.png", [shape(cat, box(2, 2, 30, 30))])
    export(store, tmp_path / "out")
    other = make_project(["a.png"], name="other")
    with pytest.raises(InputError, match=r"b\.png, which is not in the project any more"):
        round_trip(other, tmp_path / "out")


@pytest.mark.parametrize("form", registry.writable(), ids=lambda form: form.name)
def test_labels_alone_find_the_images_of_one_name_again(
    form: Format, make_project: MakeProject, tmp_path: Path
) -> None:
    names = ("x.png", "b/x.png", "b/x.jpg")
    store, other = make_project(names), make_project(names, name="other")
    cat = store.classes().labels[0].id
    for place, name in enumerate(names):
        label(store, name, [shape(cat, box(2, 2, 20 + 10 * place, 30))])
    export(store, tmp_path / "out", form=form, link="none")
    compared = round_trip(store, tmp_path / "out", form)
    assert compared.min_iou > 0.9
    assert compared.extra == 0
    done = import_labels(other, tmp_path / "out")
    assert done.instances == 3
    widths = [other.annotation(row.id).instances[0].bounds[2] for row in other.images()]
    assert widths == [store.annotation(r.id).instances[0].bounds[2] for r in store.images()]


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        (".././e/.", "e"), ("../.", "image"), ("..", "image"), ("../a/b.png", "b.png"),
        ("/x/.", "image"), ("C:/x/b.png", "b.png"), ("./b.png", "labels/b.png"),
    ],
)  # fmt: skip
def test_a_name_that_leads_out_keeps_a_name(name: str, tidy: str) -> None:
    folder = "" if name.startswith("..") else "labels"
    assert tidy_name(folder, name).as_posix() == tidy


def test_an_image_name_of_dots_is_a_finding_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"info": {"name": ".././e/."}, "objects": []}')
    assert len(isat.read(tmp_path).labels) == 1
