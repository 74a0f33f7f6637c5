"""What a model without classes finds gets the class of the reviewed shapes that it resembles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import cv2
import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from tests.unit.inference.conftest import FAST

from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Instance
from dynseg.geometry.part import Part, ring
from dynseg.images.decode import decode_coarse
from dynseg.inference import detections as packing
from dynseg.inference import naming
from dynseg.inference.matching import mapping_key
from dynseg.inference.naming import Examples, RunNames
from dynseg.inference.predictor import Predictor
from dynseg.inference.runs.pipeline import predict_image, prelabel_project
from dynseg.inference.runs.preview import ImagePreview, preview_project
from dynseg.inference.screen import Screen
from dynseg.progress import CancelledError, CancelToken
from dynseg.project.records import ImageRow
from dynseg.project.store import Store
from dynseg.project.view import ProjectView
from dynseg.review.traits import Numbers, Scene, Shape
from dynseg.worker.looking import pointed, refined
from dynseg.worker.point_messages import Point, Refine

SIZE = 320, 240
TILED = msgspec.structs.replace(FAST, tiles="on", tile_px=200)
COLOURS = {"ball": (210, 40, 30), "brick": (30, 60, 200)}


def outline(name: str, x: int, y: int) -> tuple[Part, ...]:
    """A red disc or a blue bar."""
    if name == "ball":
        turn = np.linspace(0, 2 * np.pi, 32, endpoint=False)
        return (Part(ring(np.stack([x + 26 * np.cos(turn), y + 26 * np.sin(turn)], 1))),)
    return (Part(ring([(x - 34, y - 15), (x + 34, y - 15), (x + 34, y + 15), (x - 34, y + 15)])),)


def things(number: int) -> list[tuple[str, tuple[Part, ...]]]:
    """What image `number` shows: two of each, each time elsewhere."""
    rng = np.random.default_rng(number)
    order = rng.permutation(["ball", "brick", "ball", "brick"])
    places = [(70, 65), (230, 70), (75, 175), (235, 170)]
    return [
        (str(name), outline(str(name), x + int(rng.integers(-9, 9)), y + int(rng.integers(-9, 9))))
        for name, (x, y) in zip(order, places, strict=True)
    ]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Six images of two kinds of things; nothing is labelled."""
    folder = tmp_path / "images"
    folder.mkdir()
    for number in range(6):
        pixels = np.full((SIZE[1], SIZE[0], 3), 190, np.uint8)
        for name, parts in things(number):
            points = np.round(parts[0].outer).astype(np.int32)
            cv2.fillPoly(pixels, [points], COLOURS[name], cv2.LINE_AA)
        Image.fromarray(pixels).save(folder / f"{number}.png")
    with Store.create(tmp_path / "project", images=folder, classes=["ball", "brick"]) as made:
        yield made


def review(store: Store, *numbers: int) -> None:
    """Somebody labels what there is, and vouches for it."""
    ids = {label.name: label.id for label in store.classes().labels}
    rows = store.images()
    for number in numbers:
        before = store.annotation(rows[number].id)
        items = [Instance(ids[name], parts) for name, parts in things(number)]
        after = replace(before.with_instances(items), state=ImageState.REVIEWED)
        delta = diff(before, after)
        store.commit(before.image_id, delta, expected_revision=before.revision, text="Draw")


def proposed(store: Store, number: int) -> list[tuple[str, str]]:
    """What each proposal over a thing is called, and what the thing is."""
    names = {label.id: label.name for label in store.classes().labels}
    found = []
    for item in store.annotation(store.images()[number].id).instances:
        x, y = item.parts[0].outer.mean(0)
        for name, parts in things(number):
            if np.hypot(*(parts[0].outer.mean(0) - (x, y))) < 12:
                found.append((names[item.class_id], name))
    return found


def test_a_run_names_what_it_finds_after_what_was_reviewed(
    store: Store, starter: Predictor
) -> None:
    review(store, 0, 1)
    prelabel_project(store, starter, settings=FAST)
    found = [pair for number in range(2, 6) for pair in proposed(store, number)]
    assert len(found) >= 12
    assert all(called == truth for called, truth in found)
    assert store.classes().names == ["ball", "brick"], "nothing needed a class for everything"
    before = [store.annotation(row.id) for row in store.images()]
    again = prelabel_project(store, starter, settings=FAST, scope="unreviewed")
    assert [store.annotation(row.id) for row in store.images()] == before
    assert again.run_id is None


def test_without_reviewed_shapes_everything_is_called_the_same(
    store: Store, starter: Predictor
) -> None:
    prelabel_project(store, starter, settings=FAST)
    assert {called for called, _ in proposed(store, 3)} == {"object"}
    review(store, 0, 1)
    done = prelabel_project(store, starter, settings=FAST, scope="unreviewed")
    assert done.cached == 4, "only names are new: nobody has to look again"
    assert all(called == truth for called, truth in proposed(store, 3))


def test_one_image_is_named_anew_from_what_was_found_before(
    store: Store, starter: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    image_id, examples = store.images()[4].id, Examples()
    count = predict_image(store, image_id, starter, FAST, examples=examples)
    review(store, 0, 1)
    monkeypatch.setattr(Predictor, "predict", None)
    assert predict_image(store, image_id, starter, FAST, examples=examples) == count
    data = store.predictions(image_id, starter.card.model_id, FAST.key(starter.card))
    assert data is not None
    named = {item.named for item in packing.decode(data)}
    assert named == {label.id for label in store.classes().labels}


def test_a_preview_says_what_the_run_will_do(store: Store, starter: Predictor) -> None:
    review(store, 0, 1)
    shown: list[ImagePreview] = []
    preview_project(store, starter, settings=FAST, tell=shown.append)
    prelabel_project(store, starter, settings=FAST)
    for preview in shown:
        after = store.annotation(preview.image_id).instances
        assert [i.class_id for i in preview.run.added] == [i.class_id for i in after]


def test_what_a_person_chose_for_the_model_counts_more(store: Store, starter: Predictor) -> None:
    review(store, 0, 1)
    ball = store.classes().labels[0].id
    store.save_setting(mapping_key(starter.card.model_id), f'{{"object": {ball}}}')
    prelabel_project(store, starter, settings=FAST)
    assert {called for called, _ in proposed(store, 3)} == {"ball"}


def test_examples_follow_what_is_reviewed(store: Store, starter: Predictor) -> None:
    review(store, 0, 1)
    prelabel_project(store, starter, settings=FAST, scope=[store.images()[2].id])
    assert all(called == truth for called, truth in proposed(store, 2))
    ids = {label.name: label.id for label in store.classes().labels}
    for number in (0, 1):  # somebody finds out that it was the other way round
        before = store.annotation(store.images()[number].id)
        turned = [
            replace_class(item, ids["brick"] if item.class_id == ids["ball"] else ids["ball"])
            for item in before.instances
        ]
        delta = diff(before, before.with_instances(turned))
        store.commit(before.image_id, delta, expected_revision=before.revision, text="Class")
    prelabel_project(store, starter, settings=FAST, scope=[store.images()[3].id])
    found = proposed(store, 3)
    assert found
    assert all(called != truth for called, truth in found)


def replace_class(item: Instance, class_id: int) -> Instance:
    return item.__class__(class_id, item.parts, id=item.id)


def test_an_image_that_is_gone_gives_no_names_and_hurts_nobody(
    store: Store, starter: Predictor
) -> None:
    review(store, 0, 1)
    for number in (0, 1):
        store.image_path(store.images()[number].id).unlink()
    prelabel_project(store, starter, settings=FAST)
    assert {called for called, _ in proposed(store, 3)} == {"object"}


def test_names_stay_while_an_image_cannot_be_read(store: Store, starter: Predictor) -> None:
    review(store, 0, 1)
    prelabel_project(store, starter, settings=FAST)
    before = [store.annotation(row.id) for row in store.images()]
    image_id = store.images()[3].id
    store.image_path(image_id).unlink()
    assert prelabel_project(store, starter, settings=FAST, scope="unreviewed").run_id is None
    predict_image(store, image_id, starter, FAST)
    data = store.predictions(image_id, starter.card.model_id, FAST.key(starter.card))
    assert data is not None
    assert any(item.named is not None for item in packing.decode(data))
    assert [store.annotation(row.id) for row in store.images()] == before
    assert store.classes().names == ["ball", "brick"]


@pytest.mark.parametrize("one", [False, True])
def test_names_cost_no_second_look_into_the_file(
    store: Store, starter: Predictor, monkeypatch: pytest.MonkeyPatch, one: bool
) -> None:
    review(store, 0, 1)
    opened: list[str] = []

    def decode(path: Path, side_px: int) -> NDArray[np.uint8]:
        opened.append(path.name)
        return decode_coarse(path, side_px)

    monkeypatch.setattr("dynseg.inference.naming.decode_coarse", decode)
    image_id = store.images()[3].id
    settings = FAST if one else TILED
    if one:
        predict_image(store, image_id, starter, settings)
    prelabel_project(store, starter, settings=settings, scope=[image_id])
    found = proposed(store, 3)
    assert found
    assert all(called == truth for called, truth in found)
    again = ["3.png", "1.png", "0.png"] if one else []  # what is in the cache has no pixels
    assert sorted(opened) == sorted(["1.png", "0.png", *again])


def test_of_very_many_shapes_the_latest_count(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dynseg.inference.naming.MOST_SHAPES", 8)
    names = {label.id for label in store.classes().labels}
    at_once, bit_by_bit = Examples(), Examples()
    for number in (2, 0, 3, 1):
        review(store, number)
        bit_by_bit.look(store)
    at_once.look(store)
    wanted = [store.images()[number].id for number in (3, 1)]
    for examples in (at_once, bit_by_bit):
        namer = examples.namer_for(names)
        assert namer is not None
        assert list(dict.fromkeys(namer._image_ids.tolist())) == wanted


def test_a_new_class_without_examples_names_nothing_anew(store: Store) -> None:
    review(store, 0, 1)
    names = RunNames(store, confidence=0.25, look_up=lambda: None)
    ball, brick = (label.id for label in store.classes().labels)
    first = names.among({ball, brick})
    assert first is not None
    assert names.among({ball, brick, 99}) is first
    assert names.among({ball, 99}) is not first
    assert names.among(set()) is None


@pytest.mark.parametrize("preview", [False, True])
def test_reading_what_was_reviewed_can_be_stopped(
    store: Store, starter: Predictor, monkeypatch: pytest.MonkeyPatch, preview: bool
) -> None:
    review(store, 0, 1, 2)
    token, real, reads = CancelToken(), naming._read, []

    def read(view: ProjectView, row: ImageRow) -> naming._Reviewed:
        reads.append(row.id)
        token.cancel()
        return real(view, row)

    monkeypatch.setattr(naming, "_read", read)
    work = partial(preview_project, tell=lambda _: None) if preview else prelabel_project
    with pytest.raises(CancelledError):
        work(store, starter, settings=FAST, cancel=token)
    assert len(reads) == 1


def test_of_a_crowded_image_no_more_shapes_are_looked_at_than_count(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody waits: thousands of shapes take seconds."""
    monkeypatch.setattr("dynseg.inference.naming.MOST_SHAPES", 3)
    looked: list[int] = []
    real = Scene.traits

    def counted(self: Scene, shapes: Sequence[Shape]) -> Numbers:
        looked.append(len(shapes))
        return real(self, shapes)

    monkeypatch.setattr(Scene, "traits", counted)
    review(store, 0)
    Examples().look(store)
    assert looked == [2], "every second one of four"


def test_close_looks_name_what_they_find_too(store: Store, starter: Predictor) -> None:
    review(store, 0, 1)
    image_id, examples, screen = store.images()[3].id, Examples(), Screen()
    ids = {label.name: label.id for label in store.classes().labels}
    root, token = str(store.root), store.lock_token
    for name, parts in things(3):
        x, y = parts[0].outer.mean(0).tolist()
        click = Point(1, root, token, image_id, x, y, settings=FAST)
        outlines = pointed(click, store, starter, screen, examples).outlines
        assert outlines[0].named == ids[name]
        box = Refine(2, root, token, image_id, Instance(0, parts).bounds, settings=FAST)
        assert refined(box, store, starter, screen, examples).named == ids[name]
