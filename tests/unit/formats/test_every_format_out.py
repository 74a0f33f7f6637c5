"""Every format that is written: counts, bytes, policies, and what comes back of each shape."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from msgspec import structs
from PIL import Image
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from tests.unit.formats.conftest import MakeProject, box, label, shape

from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Instance, Origin
from dynseg.errors import InputError
from dynseg.formats import registry
from dynseg.formats.format import Format, Holds
from dynseg.formats.incoming.importing import import_labels, prepare
from dynseg.formats.outgoing import preflight, staging
from dynseg.formats.outgoing.counts import Loss
from dynseg.formats.outgoing.exporting import export
from dynseg.formats.outgoing.policy import HOLES, PARTS, Holes, Parts, Policy, fit, without_holes
from dynseg.formats.outgoing.round_trip import round_trip
from dynseg.geometry import polygon
from dynseg.geometry.part import Part
from dynseg.progress import CancelledError, CancelToken, Progress
from dynseg.project.store import Store

FORMATS = registry.writable()
OUTLINES = [form for form in FORMATS if not form.holds.pixels]


def by_name(form: Format) -> str:
    return form.name


def rich(make_project: MakeProject, name: str = "project") -> Store:
    """Images with holes, parts, overlaps, nothing at all, and names that are hard to keep apart."""
    store = make_project(["a.png", "a.jpg", "empty.png", "sub/図.png"], ("cat", "狗 dog"), name)
    cat, dog = (item.id for item in store.classes().labels)
    holed = shape(cat, box(2, 2, 30, 30), box(8, 8, 20, 20), box(22, 4, 28, 10))
    pair = Instance(dog, (Part(box(34, 2, 44, 12)), Part(box(34, 20, 60, 40))))
    label(store, "a.png", [holed, pair, shape(cat, box(10, 10, 18, 18))])
    label(store, "a.jpg", [shape(dog, box(1.25, 3.5, 20.75, 40.125))])
    label(store, "empty.png", [])
    label(store, "sub/図.png", [shape(cat, box(5, 5, 25, 25)), shape(cat, box(15, 15, 35, 35))])
    return store


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_what_every_format_would_lose_is_what_each_counts_alone(make_project: MakeProject) -> None:
    store = rich(make_project)
    cat = store.classes().labels[0].id
    hidden = [shape(cat, box(6, 6, 9, 9)), shape(cat, box(1, 1, 40, 40))]
    label(store, "empty.png", hidden)
    found = preflight.losses(store, FORMATS, Policy())
    for form in FORMATS:
        alone = preflight.count(store, form, Policy())
        changed = alone.joined + alone.filled + alone.cut + alone.divided + len(alone.repaired)
        assert found[form.name] == Loss(alone.lost, changed), form.name
    assert found["coco"].lost == 0
    assert found["voc"].lost == 0, "a shape that lies wholly under another is drawn above it"
    assert found["yolo"].changed > found["coco"].changed, "holes and parts need bridges"


def test_a_count_is_stopped_also_while_it_looks_into_files(make_project: MakeProject) -> None:
    """Two hundred headers on a slow network folder take a while."""
    store, cancel = rich(make_project), CancelToken()

    def report(progress: Progress) -> None:
        if progress.done == progress.total:
            cancel.cancel()

    with pytest.raises(CancelledError):
        preflight.count(store, FORMATS[0], Policy(), report=report, cancel=cancel)


@pytest.mark.parametrize("form", FORMATS, ids=by_name)
def test_out_and_in_again_keeps_every_shape(
    form: Format, make_project: MakeProject, tmp_path: Path
) -> None:
    store = rich(make_project)
    done = export(store, tmp_path / "out", form=form)
    assert (done.images, done.shapes, done.instances, done.dropped) == (4, 6, 6, ())
    assert staging.verify(tmp_path / "out") == []
    checked = round_trip(store, tmp_path / "out", form)
    assert (len(checked.shapes), checked.extra, checked.broken) == (6, 0, ())
    if form.holds.overlap:
        assert checked.min_iou > 0.999
    else:  # two of the squares lie above others
        assert sorted(match.iou > 0.999 for match in checked.shapes) == [False, *[True] * 5]
    again = make_project(["a.png", "a.jpg", "empty.png", "sub/図.png"], (), "again")
    stems = {entry["source"]: Path(entry["image"]).stem for entry in manifest(tmp_path)["images"]}
    assert len({stem.casefold() for stem in stems.values()}) == 4
    for row in again.images():
        (again.images_root / row.rel).rename(
            again.images_root / f"{stems[row.rel]}{Path(row.rel).suffix}"
        )
    again.rescan()
    back = import_labels(again, tmp_path / "out", as_reviewed=True)
    reader = "masks" if form.name == "labelmap" else form.name
    assert (back.format, back.instances, back.refused) == (reader, 6, ())
    assert set(again.classes().names) == {"cat", "狗 dog"}
    assert {row.split for row in again.images() if row.instance_count} <= {"train", "val"}


@pytest.mark.parametrize("form", FORMATS, ids=by_name)
def test_an_export_in_an_archive_keeps_its_classes(
    form: Format, make_project: MakeProject, tmp_path: Path
) -> None:
    """A label image has its classes in a table, which was not taken out of the archive."""
    store = rich(make_project)
    export(store, tmp_path / "out", form=form)
    shutil.make_archive(str(tmp_path / "out"), "zip", tmp_path / "out")
    reader = "masks" if form.name == "labelmap" else form.name
    plain, zipped = (
        prepare(store, tmp_path / name, format_name=reader) for name in ("out", "out.zip")
    )
    assert zipped.classes(store) == plain.classes(store)
    assert len(zipped.read) == len(plain.read)


@pytest.mark.parametrize("form", FORMATS, ids=by_name)
def test_an_export_that_lacks_what_it_should_have_is_told_so(
    form: Format, make_project: MakeProject, tmp_path: Path
) -> None:
    store = rich(make_project)
    export(store, tmp_path / "out", form=form)
    row = next(row for row in store.images() if row.rel == "a.png")
    before = store.annotation(row.id)
    moved = structs.replace(before.instances[0], parts=(Part(box(2, 2, 9, 9)),))
    store.commit(
        row.id,
        diff(before, before.with_instances([moved, *before.instances[1:]])),
        expected_revision=before.revision,
        text="Move",
    )
    broken = round_trip(store, tmp_path / "out", form).broken
    assert [(found.rel, found.number) for found in broken] == [("a.png", 1)]


def manifest(folder: Path) -> dict[str, list[dict[str, str]]]:
    found = staging.read_manifest(folder / "out")
    assert found is not None
    return found


@pytest.mark.parametrize("form", FORMATS, ids=by_name)
def test_the_same_labels_give_the_same_bytes(
    form: Format, make_project: MakeProject, tmp_path: Path
) -> None:
    store = rich(make_project)
    for name in ("one", "two"):
        export(store, tmp_path / name, form=form)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    for link in ("hard", "sym"):
        export(store, tmp_path / "two", form=form, link=link)
        assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_shapes_that_nobody_looked_at_are_counted(make_project: MakeProject) -> None:
    store = make_project(["a.png", "b.png"])
    cat = store.classes().labels[0].id
    seen = structs.replace(shape(cat, box(1, 1, 9, 9)), origin=Origin.MODEL, accepted=True)
    fresh = [
        structs.replace(shape(cat, box(at, 1, at + 8, 9)), origin=Origin.MODEL) for at in (12, 24)
    ]
    label(store, "a.png", [seen, *fresh], ImageState.IN_WORK)
    label(store, "b.png", [shape(cat, box(1, 1, 9, 9))])
    for only_reviewed, expected in ((False, (4, 2)), (True, (1, 0))):
        facts = preflight.count(
            store, registry.named("coco"), Policy(), only_reviewed=only_reviewed
        )
        assert (facts.shapes, facts.proposals) == expected


def test_that_nothing_validates_is_known_before(make_project: MakeProject) -> None:
    store = make_project(["a.png", "b.png"])
    cat = store.classes().labels[0].id
    for rel in ("a.png", "b.png"):
        label(store, rel, [shape(cat, box(1, 1, 9, 9))])

    def unmeasured() -> bool:
        return preflight.count(store, registry.named("yolo"), Policy()).unmeasured

    one, other = (row.id for row in store.images())
    assert not unmeasured(), "both get a place first"
    store.set_splits({one: "train", other: "test"})
    assert unmeasured()
    store.set_splits({other: "val"})
    assert not unmeasured()


@pytest.mark.parametrize("form", FORMATS, ids=by_name)
@pytest.mark.parametrize("holes", HOLES)
@pytest.mark.parametrize("parts", PARTS)
def test_counts_in_are_counts_out_whatever_the_policy(
    form: Format, holes: Holes, parts: Parts, make_project: MakeProject, tmp_path: Path
) -> None:
    store = rich(make_project)
    policy = Policy(holes, parts)
    with store.snapshot() as view:
        facts = preflight.count(view, form, policy)
    done = export(store, tmp_path / "out", form=form, policy=policy)
    assert facts.shapes + facts.further == facts.instances + facts.lost
    assert (facts.images, facts.shapes, facts.instances) == (
        done.images,
        done.shapes,
        done.instances,
    )
    assert (facts.joined, facts.filled, facts.divided) == (done.joined, done.filled, done.divided)
    assert facts.dropped == done.dropped
    checked = round_trip(store, tmp_path / "out", form)
    assert (checked.extra, checked.broken) == (0, ()), "what the policy takes away is no fault"
    holed, pair = [match.iou for match in checked.shapes if match.rel == "a.png"][:2]
    if form.holds.overlap:
        assert (holed > 0.999) == (holes != "fill")
    assert (pair > 0.999) == (parts != "largest")


def test_formats_that_hold_pixels_say_what_lies_under_others(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"])
    cat = store.classes().labels[0].id
    shapes = [
        shape(cat, box(4, 4, 8, 8)),
        shape(cat, box(20, 4, 30, 8)),
        shape(cat, box(2, 2, 10, 10)),
        shape(cat, box(25, 4, 40, 8)),
        shape(cat, box(50.6, 4, 51.4, 8)),
    ]
    label(store, "a.png", shapes)
    voc = registry.named("voc")
    done = export(store, tmp_path / "out", form=voc)
    assert done.instances == 4
    assert [finding.reason for finding in done.dropped] == [
        "shape 5 covers no centre of a pixel; left out",
    ]
    assert sorted(finding.reason for finding in done.repaired) == [
        "shape 1 lies under others, wholly or nearly; drawn above them",
        "shape 2 lies under others with 20 of its 40 pixels; cut",
        "shape 3 lies under others with 16 of its 64 pixels; cut",
    ]
    ious = [m.iou for m in round_trip(store, tmp_path / "out", voc).shapes]
    assert ious == [1, 0.5, 0.75, 1, 0]
    many = [shape(cat, box(i % 60, i // 60 * 2, i % 60 + 1, i // 60 * 2 + 1)) for i in range(260)]
    other = make_project(["b.png"], name="many")
    label(other, "b.png", [structs.replace(item, class_id=cat) for item in many])
    full = export(other, tmp_path / "full", form=voc)
    assert (full.instances, len(full.dropped)) == (254, 6)
    assert "beyond the 254" in full.dropped[0].reason


def test_what_sticks_out_a_little_goes_up_but_a_tray_stays_below_its_plates(
    make_project: MakeProject,
) -> None:
    store = make_project(["a.png"])
    cat = store.classes().labels[0].id
    food, plate = box(10, 10, 20, 20.9), box(2, 2, 30, 20)
    tray, plates = box(32, 10, 62, 30), (box(32, 10, 47, 30), box(47, 10, 61, 30))
    shapes = [shape(cat, ring) for ring in (food, plate, tray, *plates)]
    label(store, "a.png", shapes)
    facts = preflight.count(store, registry.named("voc"), Policy())
    assert (facts.instances, facts.lost) == (5, 0)
    assert sorted(finding.reason for finding in facts.repaired) == [
        "shape 1 lies under others, wholly or nearly; drawn above them",
        "shape 2 lies under others with 100 of its 504 pixels; cut",
        "shape 3 lies under others with 580 of its 600 pixels; cut",
    ]


def test_a_shape_that_no_order_shows_is_lost_alone(make_project: MakeProject) -> None:
    """Two halves over a whole, and a twin of the whole in another class below all."""
    store = make_project(["a.png"])
    cat, dog = (item.id for item in store.classes().labels)
    whole, halves = box(10, 10, 30, 30), (box(10, 10, 20, 30), box(20, 10, 30, 30))
    label(store, "a.png", [shape(dog, whole), shape(cat, whole), *(shape(cat, h) for h in halves)])
    facts = preflight.count(store, registry.named("voc"), Policy())
    assert facts.instances == 2
    assert [finding.reason for finding in facts.dropped] == [
        f"shape {number} lies wholly under others; left out" for number in (1, 2)
    ]


class TestPolicy:
    """The pure step from a shape to objects."""

    HOLED = Part(box(0, 0, 20, 10), (box(2, 2, 4, 4), box(10, 3, 14, 8)))
    PAIR: Sequence[Part] = (Part(box(0, 0, 20, 10)), Part(box(30, 0, 35, 5)))

    def test_cutting_keeps_the_area_and_has_no_holes(self) -> None:
        pieces = without_holes(self.HOLED)
        assert not any(piece.holes for piece in pieces)
        assert polygon.iou(pieces, [self.HOLED]) == pytest.approx(1)
        assert sum(map(polygon.area, pieces)) == pytest.approx(polygon.area(self.HOLED))

    def test_split_holes_are_pieces_of_one_object_where_the_format_holds_parts(self) -> None:
        policy = Policy(holes="split")
        assert len(fit([self.HOLED], policy, Holds(parts=True)).objects) == 1
        assert len(fit([self.HOLED], policy, Holds()).objects) > 1

    def test_what_a_format_holds_is_kept(self) -> None:
        everything = Holds(holes=True, parts=True)
        for policy in (Policy(), Policy("bridge"), Policy("split")):
            assert fit([self.HOLED], policy, everything).objects == ((self.HOLED,),)
        assert fit(self.PAIR, Policy(), everything).objects == (tuple(self.PAIR),)
        assert len(fit(self.PAIR, Policy(parts="bridge"), everything).objects[0]) == 1

    def test_largest_says_how_many_are_dropped(self) -> None:
        fitted = fit(self.PAIR, Policy(parts="largest"), Holds())
        assert (fitted.objects, fitted.dropped_parts) == (((self.PAIR[0],),), 1)


def scores(path: Path, most: int) -> list[float]:
    """AP of a COCO file against itself, by pycocotools, all areas."""
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO(str(path))
        found = [{**a, "score": 1.0} for a in truth.dataset["annotations"]]
        evaluation = COCOeval(truth, truth.loadRes(found), "segm")
        evaluation.params.maxDets = [1, 10, most]
        evaluation.evaluate()
        evaluation.accumulate()
    precision = evaluation.eval["precision"][:, :, :, 0, 2]
    return [float(value) for value in precision[precision > -1]]


@pytest.mark.parametrize("name", ["nuts", "kudzu-bugs"])
def test_coco_evaluates_to_one_against_itself(name: str, shared_data: Path, tmp_path: Path) -> None:
    images = shared_data / name / "yolo" / "images"
    with Store.create(tmp_path / "p", images=images, recursive=True) as store:
        import_labels(store, shared_data / name / "yolo", as_reviewed=True)
        form = registry.named("coco")
        done = export(store, tmp_path / "out", form=form)
        assert round_trip(store, tmp_path / "out", form).min_iou > 0.999
    total = 0
    for path in sorted((tmp_path / "out" / "annotations").glob("*.json")):
        total += len(json.loads(path.read_bytes())["annotations"])
        found = scores(path, most=1000)
        assert found
        assert min(found) == pytest.approx(1.0)
    assert total == done.instances


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # theirs
def test_coco_is_what_pycocotools_draws(make_project: MakeProject, tmp_path: Path) -> None:
    store = rich(make_project)
    export(store, tmp_path / "out", form=registry.named("coco"))
    (path,) = (tmp_path / "out" / "annotations").glob("*train.json")
    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO(str(path))
    rows = {Path(e["image"]).name: e for e in manifest(tmp_path)["images"]}
    seen = 0
    for image in coco.loadImgs(coco.getImgIds()):
        entry = rows[image["file_name"]]
        row = next(r for r in store.images() if r.rel == entry["source"])
        for annotation, own in zip(
            coco.loadAnns(coco.getAnnIds(imgIds=image["id"])),
            store.annotation(row.id).instances,
            strict=True,
        ):
            drawn = int(coco.annToMask(annotation).sum())
            assert drawn == pytest.approx(sum(map(polygon.area, own.parts)), rel=0.1)
            assert annotation["area"] == pytest.approx(sum(map(polygon.area, own.parts)))
            seen += 1
    assert seen


def test_labelme_files_are_what_its_format_says(make_project: MakeProject, tmp_path: Path) -> None:
    store = rich(make_project)
    export(store, tmp_path / "out", form=registry.named("labelme"))
    files = sorted((tmp_path / "out").rglob("*.json"))
    documents = [json.loads(p.read_bytes()) for p in files if p.name != staging.MANIFEST]
    assert len(documents) == 4
    for path, document in zip(
        [p for p in files if p.name != staging.MANIFEST], documents, strict=True
    ):
        with Image.open(path.parent / document["imagePath"]) as image:
            assert image.size == (document["imageWidth"], document["imageHeight"])
        assert {"version", "flags", "shapes", "imagePath", "imageData"} <= document.keys()
    groups = [s["group_id"] for d in documents for s in d["shapes"] if s["group_id"] is not None]
    assert len(groups) == 2
    assert len(set(groups)) == 1


def test_labelme_labels_alone_can_be_copied_beside_the_images(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = rich(make_project)
    form = registry.named("labelme")
    export(store, tmp_path / "out", form=form, link="none", only_reviewed=False)
    names = {p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.*")}
    assert names >= {"a.json", staging.MANIFEST, "labels.txt"}
    assert not any(name.endswith((".png", ".jpg")) for name in names)
    other = make_project(["a.png", "a.jpg", "empty.png", "sub/図.png"], name="other")
    shutil.copytree(tmp_path / "out", other.images_root, dirs_exist_ok=True)
    done = import_labels(other, other.images_root)
    assert done.instances == 6
    for row, own in zip(other.images(), store.images(), strict=True):
        counts = [len(s.annotation(r.id).instances) for s, r in ((other, row), (store, own))]
        assert counts[0] == counts[1], row.rel


def test_voc_masks_are_palette_images(make_project: MakeProject, tmp_path: Path) -> None:
    store = rich(make_project)
    export(store, tmp_path / "out", form=registry.named("voc"))
    path = next((tmp_path / "out" / "SegmentationObject").glob("a_*.png"))
    with Image.open(path) as objects, Image.open(str(path).replace("Object", "Class")) as classes:
        assert objects.mode == classes.mode == "P"
        assert (objects.getpalette() or [])[:9] == [0, 0, 0, 128, 0, 0, 0, 128, 0]
        assert set(np.unique(np.asarray(classes))) <= {0, 1, 2}


def test_formats_are_known_by_name() -> None:
    names = ["yolo", "coco", "labelme", "voc", "masks", "labelmap"]
    assert [form.name for form in FORMATS] == names
    with pytest.raises(InputError, match="no format x"):
        registry.named("x")


@pytest.mark.parametrize("form", [f for f in FORMATS if f.read is not None], ids=by_name)
def test_an_export_finds_its_images_again_whatever_they_are_called_in_it(
    form: Format, make_project: MakeProject, tmp_path: Path
) -> None:
    """Names that not every file system holds, and those that two images share, are others there."""
    store = rich(make_project)
    label(store, "empty.png", [shape(store.classes().labels[0].id, box(1, 1, 12, 12))])
    export(store, tmp_path / "out", form=form)
    found = prepare(store, tmp_path / "out")
    truth = {row.rel: len(store.annotation(row.id).instances) for row in store.images()}
    assert {item.row.rel for item in found.read} == set(truth)
    for item in found.read:
        assert abs(len(item.shapes) - truth[item.row.rel]) <= 1, "a shape in two parts may be two"


@pytest.mark.parametrize(
    "images",
    [{}, "a.png", [7, {"image": 3, "source": []}, {"image": "", "source": "a.png"}, {}], None],
)
def test_a_manifest_of_rubbish_is_no_help_and_does_no_harm(
    images: object, make_project: MakeProject, tmp_path: Path
) -> None:
    store = rich(make_project)
    export(store, tmp_path / "out")
    path = tmp_path / "out" / staging.MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**manifest, "images": images}), encoding="utf-8")
    assert [item.row.rel for item in prepare(store, tmp_path / "out").read] == ["empty.png"]
