"""Other processes decode, trace and finish: with the same results."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec import structs
from PIL import Image
from tests.unit.inference.conftest import FAST, SIDE, MakeProject, write_scenes
from tests.unit.inference.handed import SCENE, decoded, found_by

from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, ImageState, Origin
from dynseg.errors import ImageError
from dynseg.geometry.polygon import area
from dynseg.images.decode import decode
from dynseg.inference import detections as packing
from dynseg.inference.drafts import Draft, Rules, drafted
from dynseg.inference.letterboxed import checked_pixels, letterboxed
from dynseg.inference.looks import outlined, plan, together
from dynseg.inference.outlines.polygons import trace
from dynseg.inference.predictor import Predictor, RawOutput
from dynseg.inference.runs import pipeline
from dynseg.inference.runs.hands import pool
from dynseg.inference.runs.hands.laying import bytes_for
from dynseg.inference.runs.hands.lent import LentInput
from dynseg.inference.runs.hands.pool import Answered, Hands, Seen
from dynseg.inference.runs.hands.protocol import Finished
from dynseg.inference.runs.hands.steps import portions
from dynseg.inference.runs.pipeline import prelabel_project
from dynseg.inference.runs.stages import Stages
from dynseg.inference.runs.work import Outcome, Work
from dynseg.inference.tiles import predict_tiled
from dynseg.progress import CancelledError
from dynseg.project.store import Store
from dynseg.sample.scene import render

ANEW = structs.replace(FAST, simplify_px=1.5)


def without_runs(store: Store) -> list[Annotation]:
    """All documents, but for the run that each proposal names."""
    found = [store.annotation(row.id) for row in store.images()]
    return [
        replace(
            item, instances=tuple(structs.replace(shape, run_id=None) for shape in item.instances)
        )
        for item in found
    ]


def test_a_run_with_hands_is_the_same_run(
    make_project: MakeProject, starter: Predictor, always: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart, here = make_project(12), make_project(12)
    asked: list[bool] = []
    real = Hands.decode

    def counted(self: Hands, images: Sequence[Seen]) -> object:
        found = real(self, images)
        asked.extend(isinstance(item, list) and isinstance(item[0], LentInput) for item in found)
        return found

    monkeypatch.setattr(Hands, "decode", counted)
    with_hands = prelabel_project(apart, starter, settings=FAST)
    assert asked.count(True) >= 10
    monkeypatch.setattr(pool, "ENOUGH_IMAGES", 1000)
    without = prelabel_project(here, starter, settings=FAST)
    assert len(asked) == 12
    assert with_hands.instances == without.instances > 12
    assert without_runs(apart) == without_runs(here)
    key = (starter.card.model_id, FAST.key(starter.card))
    kept = [[store.predictions(row.id, *key) for row in store.images()] for store in (apart, here)]
    assert kept[0] == kept[1]


def test_classes_and_names_are_the_same_with_hands(
    make_project: MakeProject,
    starter: Predictor,
    always: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The project gets its class on the way; then a few images give names to the others."""
    both, kept = [], []
    for images in (1, 1000):
        monkeypatch.setattr(pool, "ENOUGH_IMAGES", images)
        store = make_project(12, classes=())
        prelabel_project(store, starter, settings=FAST)
        assert store.classes().names == ["object"]
        both.append(without_runs(store))
        review(store, 3)
        prelabel_project(store, starter, settings=ANEW, scope="unreviewed")
        after = without_runs(store)[3:]
        assert len({item.class_id for document in after for item in document.instances}) == 2
        both.append(after)
        key = (starter.card.model_id, ANEW.key(starter.card))
        kept.append([store.predictions(row.id, *key) for row in store.images()])
    assert both[0] == both[2]
    assert both[1] == both[3]
    assert kept[0] == kept[1]


def test_an_image_that_is_gone_before_it_is_named_is_no_thing_without_a_name(
    make_project: MakeProject, starter: Predictor, always: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_project(8, classes=())
    prelabel_project(store, starter, settings=FAST)
    review(store, 4)
    gone = store.image_path(store.images()[6].id)
    before = without_runs(store)[6]
    real = Hands.finish

    def late(self: Hands, images: Sequence[Answered], **options: Any) -> object:
        if any(item.image.path == gone for item in images):
            gone.unlink()
        return real(self, images, **options)

    monkeypatch.setattr(Hands, "finish", late)
    plain = structs.replace(ANEW, edges="off")
    done = prelabel_project(store, starter, settings=plain, scope="unreviewed")
    assert [name for name, _ in done.failed] == [gone.name]
    assert without_runs(store)[6] == before
    assert (
        store.predictions(store.images()[6].id, starter.card.model_id, plain.key(starter.card))
        is None
    )


def test_hands_draft_what_this_process_only_lays_into_the_documents(
    make_project: MakeProject, starter: Predictor, always: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    here: list[int] = []

    def counted(image_id: int, *arguments: Any) -> Draft:
        here.append(image_id)
        return drafted(image_id, *arguments)

    monkeypatch.setattr(pipeline, "drafted", counted)
    prelabel_project(make_project(8), starter, settings=FAST)
    assert here == []
    store, lock = make_project(8), threading.Lock()
    real = Hands.finish

    def renamed(self: Hands, *arguments: Any, **options: Any) -> object:
        done = real(self, *arguments, **options)
        with lock:  # somebody changes the classes while images are under way
            if len(store.classes()) == 1:
                store.add_class("object")
        return done

    monkeypatch.setattr(Hands, "finish", renamed)
    monkeypatch.setattr(pipeline, "PER_COMMIT", 2)
    prelabel_project(store, starter, settings=FAST)
    ids = {label.name: label.id for label in store.classes().labels}
    found = {item.class_id for document in without_runs(store) for item in document.instances}
    assert found == {ids["object"]}
    assert here, "what was drafted for the old classes was drafted again"


def review(store: Store, count: int) -> None:
    """Somebody vouches for some images, with one class for what is large and one for the rest."""
    ids = [store.add_class(name).id for name in ("large", "little")]
    for row in store.images()[:count]:
        before = store.annotation(row.id)
        items = [
            structs.replace(item, class_id=ids[area(item.parts[0]) < 700], origin=Origin.HUMAN)
            for item in before.instances
        ]
        after = replace(before.with_instances(items), state=ImageState.REVIEWED)
        change = diff(before, after)
        store.commit(row.id, change, expected_revision=before.revision, text="Review")


def test_a_hand_decodes_and_traces_as_this_process_does(
    hands: Hands, tmp_path: Path, starter: Predictor
) -> None:
    (path,) = write_scenes(tmp_path, 1)
    wanted = letterboxed(checked_pixels(path, None), SIDE)
    found = decoded(hands, path)
    assert isinstance(found, LentInput)
    assert found.letterbox == wanted.letterbox
    assert np.array_equal(found.pixels, wanted.pixels)
    (raw,) = starter.forward([found], FAST)
    hands.give_back(found)
    here = trace(raw.candidates, raw.letterbox, simplify_px=1.0)
    assert len(here) > 2
    done = found_by(hands, path, raw)
    assert done is not None
    assert done.found == packing.encode(here)
    assert done.draft is None
    rules = Rules("a model", 0.25, {0: 3})
    done, wanted_draft = found_by(hands, path, raw, rules=rules), drafted(7, here, rules)
    assert done is not None
    assert done.draft is not None
    draft = done.draft.unpacked()
    assert 0 < len(draft.proposals) < len(here)
    assert list(draft.proposals) == list(wanted_draft.proposals)
    assert (draft.mapping, draft.names) == (wanted_draft.mapping, wanted_draft.names)


def test_what_a_gpu_says_in_half_precision_is_handed_over_as_it_is(
    hands: Hands, tmp_path: Path, starter: Predictor
) -> None:
    (path,) = write_scenes(tmp_path, 1)
    (raw,) = starter.forward([letterboxed(checked_pixels(path, None), SIDE)], FAST)
    half = replace(raw.candidates, prototypes=raw.candidates.prototypes.astype(np.float16))
    wide = replace(half, prototypes=half.prototypes.astype(np.float32))
    assert bytes_for(half) < 0.6 * bytes_for(wide)
    wanted = trace(wide, raw.letterbox, simplify_px=1.0)
    assert trace(half, raw.letterbox, simplify_px=1.0) == wanted
    for item in (half, wide):
        done = found_by(hands, path, RawOutput(item, raw.letterbox))
        assert done == Finished(packing.encode(wanted), None)


def test_looks_that_do_not_fit_together_are_handed_over_one_by_one(
    tmp_path: Path, starter: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    (work,) = pictures(tmp_path, 1)
    pixels = decode(work.path).pixels
    settings = structs.replace(FAST, tiles="on", tile_px=200)
    looks = plan(480, 360, settings, starter.card)
    answers = starter.forward(looks.inputs(pixels), FAST)
    assert len(answers) > 4
    found = []
    for most in (pool._OWN_PIXELS, 0):
        monkeypatch.setattr(pool, "_OWN_PIXELS", most)
        with Hands(1, input_px=SIDE, input_pixels=looks.input_pixels, inputs=1) as hands:
            found.append(found_by(hands, work.path, *answers, size=(480, 360), looks=looks))
            again = found_by(hands, work.path, *answers, size=(480, 360), looks=looks)
            assert again == found[-1], "nothing is left of an image before"
            parts = portions(answers, hands._own, hands.memory)
            assert parts is not None
            assert (len(parts) == 1) == bool(most)
    here = together(looks, [starter.polygons(raw, settings) for raw in answers])
    assert found[0] == found[1] == Finished(packing.encode(here), None)


CLOSELY = structs.replace(FAST, image_size=0, edges="on")
"""As the starter is used: two looks at an image, outlines at edges."""


def pictures(folder: Path, count: int) -> list[Work]:
    """Scenes that are larger than the starter's first look at them."""
    works = []
    for index in range(count):
        path = folder / f"{index}.png"
        Image.fromarray(render(5, index, width=480, height=360).pixels).save(path)
        works.append(Work(index, path.name, path))
    return works


def found_in(work: Work, outcome: object) -> Outcome:
    assert isinstance(outcome, Outcome), (work, outcome)
    return outcome


@pytest.mark.parametrize("close_up", [1.0, 2.5])
def test_several_looks_and_edges_are_the_same_with_hands(
    tmp_path: Path,
    starter: Predictor,
    always: None,
    monkeypatch: pytest.MonkeyPatch,
    close_up: float,
) -> None:
    card = structs.replace(starter.card, close_up=close_up)
    model = Predictor(starter.path, card, starter._backend, starter.device)
    works = pictures(tmp_path, 2)
    finished: list[bool] = []
    real = Hands.finish

    def counted(self: Hands, *arguments: Any, **options: Any) -> object:
        finished.append(self._turns.count > 0)
        return real(self, *arguments, **options)

    monkeypatch.setattr(Hands, "finish", counted)
    apart = [found_in(*item) for item in Stages(model, CLOSELY, confidence=0.1).run(works)]
    assert finished == [True] * 2
    monkeypatch.setattr(pool, "ENOUGH_IMAGES", 1000)
    here = [found_in(*item) for item in Stages(model, CLOSELY, confidence=0.1).run(works)]
    for work, one, other in zip(works, apart, here, strict=True):
        alone = predict_tiled(decode(work.path).pixels, model, CLOSELY, least_score=0.1)
        assert alone
        assert one.detections == other.detections == alone
        assert one.packed == packing.encode(alone)


def test_images_that_hands_decode_once_more_are_small_together(
    tmp_path: Path, starter: Predictor, always: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[int] = []
    real = Hands.finish

    def counted(self: Hands, *arguments: Any, **options: Any) -> object:
        held.append(stages._crew._budget._held)
        return real(self, *arguments, **options)

    monkeypatch.setattr(Hands, "finish", counted)
    stages = Stages(starter, CLOSELY)
    assert len(list(stages.run(pictures(tmp_path, 3)))) == 3
    assert len(held) == 3
    assert min(held) >= 480 * 360
    assert stages._crew._budget._held == 0


def test_hands_that_end_in_the_last_step_are_done_without(
    hands: Hands, tmp_path: Path, starter: Predictor
) -> None:
    (work,) = pictures(tmp_path, 1)
    pixels = decode(work.path).pixels
    looks = plan(480, 360, structs.replace(FAST, edges="on"), starter.card)
    answers = starter.forward(looks.inputs(pixels), FAST)
    drawn = starter.predict(pixels, FAST)
    wanted = outlined(looks, drawn, pixels)
    assert wanted != drawn
    done = found_by(hands, work.path, *answers, size=(480, 360), looks=looks)
    assert done == Finished(packing.encode(wanted), None)
    with pytest.raises(ImageError, match="is 480 x 360 pixels now"):
        found_by(hands, work.path, *answers, size=(9, 9), looks=looks)
    for hand in hands._all:
        hand.process.kill()
        hand.process.wait()
    assert found_by(hands, work.path, *answers, size=(480, 360), looks=looks) is None


def test_who_asks_hands_that_were_stopped_is_cancelled(hands: Hands, tmp_path: Path) -> None:
    (path,) = write_scenes(tmp_path, 1)
    hands.stop()
    for _ in range(3):
        with pytest.raises(CancelledError):
            decoded(hands, path)


def test_what_cannot_be_read_is_said_in_the_same_words(hands: Hands, tmp_path: Path) -> None:
    (path,) = write_scenes(tmp_path, 1)
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no image")
    for file, size in ((broken, SCENE), (tmp_path / "gone.png", SCENE), (path, (5, 5))):
        with pytest.raises(ImageError) as here:
            checked_pixels(file, size)
        with pytest.raises(ImageError) as apart:
            decoded(hands, file, size)
        assert (str(apart.value), apart.value.hint) == (str(here.value), here.value.hint)
    assert isinstance(decoded(hands, path), LentInput)


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text elsewhere")
def test_a_file_name_may_be_no_text(hands: Hands, tmp_path: Path) -> None:
    (path,) = write_scenes(tmp_path, 1)
    odd = path.rename(Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.jpg")))
    assert isinstance(decoded(hands, odd), LentInput)
    assert hands._turns.count == len(hands._all)
