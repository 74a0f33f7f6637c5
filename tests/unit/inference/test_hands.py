"""Other processes decode and trace: with the same results, whatever becomes of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pytest
from msgspec import structs
from PIL import Image
from tests.unit.inference.conftest import FAST, MakeProject, write_scenes

from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, ImageState, Origin
from dynseg.errors import ImageError
from dynseg.geometry.letterbox import Letterbox
from dynseg.geometry.polygon import area
from dynseg.images.decode import decode
from dynseg.inference import detections as packing
from dynseg.inference import pipeline
from dynseg.inference.drafts import Draft, Rules, drafted
from dynseg.inference.hands import arena, pool
from dynseg.inference.hands.pool import Hands, LentInput, hands_for
from dynseg.inference.hands.protocol import Finished, Request, bytes_for, send
from dynseg.inference.letterboxed import ModelInput, checked_pixels, letterboxed
from dynseg.inference.looks import Plan, outlined, plan, together
from dynseg.inference.pipeline import prelabel_project
from dynseg.inference.polygons import Candidates, trace
from dynseg.inference.predictor import Predictor, RawOutput
from dynseg.inference.stages import Stages
from dynseg.inference.tiles import predict_tiled
from dynseg.inference.work import Outcome, Work
from dynseg.model.card import ModelCard
from dynseg.processes import command
from dynseg.progress import CancelledError, CancelToken, Progress
from dynseg.project.store import Store
from dynseg.sample.scene import render

SIDE = 160
SCENE = (320, 240)
ANEW = structs.replace(FAST, simplify_px=1.5)
PLAN = plan(*SCENE, FAST, ModelCard(name="any", classes=["object"]))


@pytest.fixture
def hands() -> Iterator[Hands]:
    with Hands(2, input_px=SIDE, input_pixels=SIDE**2, inputs=3) as made:
        yield made


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs take hands, however few images and cores there are."""
    monkeypatch.setattr(pool, "core_count", lambda: 4)
    monkeypatch.setattr(pool, "ENOUGH_IMAGES", 1)


def decoded(hands: Hands, path: Path, size: tuple[int, int] = SCENE) -> ModelInput:
    """The one look at a scene."""
    (item,) = hands.decode(path, size, PLAN)
    return item


def found_by(
    hands: Hands,
    path: Path,
    *answers: RawOutput,
    size: tuple[int, int] = SCENE,
    looks: Plan = PLAN,
    rules: Rules | None = None,
) -> Finished | None:
    """What hands make of the network's answers to an image."""
    return hands.finish(7, path, size, looks, answers, least_score=0.0, rules=rules)


def for_a_run(images: int) -> Hands | None:
    return hands_for(images, input_px=SIDE, input_pixels=SIDE**2, inputs=3, on_gpu=True)


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

    def counted(self: Hands, path: Path, size: tuple[int, int], plan: Plan) -> object:
        items = real(self, path, size, plan)
        asked.append(isinstance(items[0], LentInput))
        return items

    monkeypatch.setattr(Hands, "decode", counted)
    with_hands = prelabel_project(apart, starter, settings=FAST)
    assert asked.count(True) >= 10
    monkeypatch.setattr(pool, "ENOUGH_IMAGES", 1000)
    without = prelabel_project(here, starter, settings=FAST)
    assert len(asked) == 12
    assert with_hands.instances == without.instances > 12
    assert without_runs(apart) == without_runs(here)
    key = (starter.card.model_id, FAST.key())
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
        key = (starter.card.model_id, ANEW.key())
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

    def late(self: Hands, key: int, path: Path, *arguments: Any, **options: Any) -> object:
        if path == gone:
            path.unlink()
        return real(self, key, path, *arguments, **options)

    monkeypatch.setattr(Hands, "finish", late)
    plain = structs.replace(ANEW, edges="off")
    done = prelabel_project(store, starter, settings=plain, scope="unreviewed")
    assert [name for name, _ in done.failed] == [gone.name]
    assert without_runs(store)[6] == before
    assert store.predictions(store.images()[6].id, starter.card.model_id, plain.key()) is None


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
            portions = pool._portions(answers, hands._own)
            assert portions is not None
            assert (len(portions) == 1) == bool(most)
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
        held.append(stages._budget._held)
        return real(self, *arguments, **options)

    monkeypatch.setattr(Hands, "finish", counted)
    stages = Stages(starter, CLOSELY)
    assert len(list(stages.run(pictures(tmp_path, 3)))) == 3
    assert len(held) == 3
    assert min(held) >= 480 * 360
    assert stages._budget._held == 0


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


def test_more_images_than_places_are_decoded_here(hands: Hands, tmp_path: Path) -> None:
    paths = write_scenes(tmp_path, 5)
    items = [decoded(hands, path) for path in paths]
    assert [isinstance(item, LentInput) for item in items] == [True] * 3 + [False] * 2
    hands.give_back(items[0])
    hands.give_back(items[4])
    assert isinstance(decoded(hands, paths[0]), LentInput)


def test_candidates_that_do_not_fit_are_not_taken(hands: Hands, tmp_path: Path) -> None:
    # Twice as many prototypes as usual.
    rng = np.random.default_rng(0)
    count = 4
    candidates = Candidates(
        boxes=np.tile(np.array([[10, 10, 150, 110]], np.float32), (count, 1)),
        scores=np.linspace(1, 0.1, count, dtype=np.float32),
        classes=np.arange(count, dtype=np.int64),
        coefficients=rng.normal(size=(count, 64)).astype(np.float32),
        prototypes=rng.normal(size=(60, 80, 64)).astype(np.float32),
    )
    box = Letterbox.fit(320, 240, size=SIDE)
    assert found_by(hands, tmp_path, RawOutput(candidates, box)) is None


def test_hands_that_end_are_done_without(hands: Hands, tmp_path: Path, starter: Predictor) -> None:
    (path,) = write_scenes(tmp_path, 1)
    wanted = checked_pixels(path, None)
    (raw,) = starter.forward([letterboxed(wanted, SIDE)], FAST)
    for process in (hand.process for hand in list(hands._all)):
        process.kill()
        process.wait()
        item = decoded(hands, path)
        assert np.array_equal(item.pixels, letterboxed(wanted, SIDE).pixels)
        hands.give_back(item)
        done = found_by(hands, path, raw)
        here = packing.encode(trace(raw.candidates, raw.letterbox, simplify_px=1.0))
        assert done is None or done.found == here
    assert done is None
    assert not isinstance(decoded(hands, path), LentInput)


@pytest.mark.parametrize("count", [2, 3])
def test_an_image_that_ends_two_hands_is_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    """Nor is it read here: it would end the run."""
    paths = write_scenes(tmp_path, 2)
    with Hands(count, input_px=SIDE, input_pixels=SIDE**2, inputs=3) as hands:

        def fatal(request: Request, stream: BinaryIO) -> None:
            send(request, stream)
            for hand in hands._all:
                if hand.requests is stream:
                    hand.process.kill()
                    hand.process.wait()

        with monkeypatch.context() as patch:
            patch.setattr(pool, "send", fatal)
            with pytest.raises(ImageError, match="ended the processes that read it"):
                decoded(hands, paths[0])
        assert hands._turns.count == count - 2
        assert isinstance(decoded(hands, paths[1]), LentInput) == (count > 2)


def test_hands_that_had_ended_before_are_no_fault_of_an_image(tmp_path: Path) -> None:
    (path,) = write_scenes(tmp_path, 1)
    with Hands(4, input_px=SIDE, input_pixels=SIDE**2, inputs=3) as hands:
        for hand in hands._all[1:]:
            hand.process.kill()
            hand.process.wait()
        assert isinstance(decoded(hands, path), LentInput)
        assert hands._turns.count == 1


def test_an_image_in_between_that_is_broken_stops_nobody(
    tmp_path: Path, starter: Predictor, always: None
) -> None:
    paths = write_scenes(tmp_path, 6)
    paths[2].write_bytes(paths[2].read_bytes()[:2000])
    works = [Work(index, path.name, path) for index, path in enumerate(paths)]
    found = list(Stages(starter, FAST).run(works))
    assert [work.key for work, _ in found] == list(range(6))
    failed = [index for index, (_, outcome) in enumerate(found) if not isinstance(outcome, Outcome)]
    assert failed == [2]
    assert "truncated" in str(found[2][1])


def test_a_cancelled_run_leaves_no_process_and_no_file(
    make_project: MakeProject, starter: Predictor, always: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Hands] = []
    real = pool.Hands

    def kept(count: int, **options: Any) -> Hands:
        made.append(real(count, **options))
        return made[-1]

    monkeypatch.setattr(pool, "Hands", kept)
    cancel = CancelToken()

    def report(progress: Progress) -> None:
        if progress.done == 3:
            processes.extend(hand.process for hand in made[0]._all)
            cancel.cancel()

    processes: list[subprocess.Popen[bytes]] = []
    with pytest.raises(CancelledError):
        prelabel_project(make_project(12), starter, settings=FAST, report=report, cancel=cancel)
    assert processes
    assert all(process.returncode is not None for process in processes)
    assert not made[0]._path.exists()


PROGRAM = """
import sys, time
from pathlib import Path
from dynseg.inference.hands.pool import Hands
from dynseg.inference.looks import plan
from dynseg.inference.settings import PredictSettings
from dynseg.model.card import ModelCard
card = ModelCard(name="any", classes=["object"])
hands = Hands(2, input_px=160, input_pixels=160 * 160, inputs=3)
look = plan(320, 240, PredictSettings(image_size=160), card)
hands.decode(Path(sys.argv[1]), (320, 240), look)
print(hands._path, *(hand.process.pid for hand in hands._all), flush=True)
time.sleep(60)
"""


def test_nothing_is_left_of_hands_whose_owner_was_killed(tmp_path: Path) -> None:
    (image,) = write_scenes(tmp_path, 1)
    owner = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(image)], stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout is not None
    path, *ids = owner.stdout.readline().split()
    assert Path(path).exists()
    owner.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    owner.wait()
    owner.stdout.close()
    limit_s = time.monotonic() + 20
    while Path(path).exists() or any(map(is_alive, ids)):
        assert time.monotonic() < limit_s
        time.sleep(0.05)


def is_alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except OSError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_who_asked_has_let_go_of_the_memory_when_its_file_is_removed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Windows removes no file that is mapped."""
    hands = Hands(2, input_px=SIDE, input_pixels=SIDE**2, inputs=3)
    mapped = weakref.ref(hands._memory.base)
    held: list[bool] = []
    real = Path.unlink

    def seen(path: Path, *, missing_ok: bool = False) -> None:
        held.append(mapped() is not None)
        real(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", seen)
    hands.close()
    assert held == [False]


def test_a_hand_that_was_left_in_the_middle_of_a_request_is_waited_for_by_nobody(
    tmp_path: Path, starter: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = write_scenes(tmp_path, 1)
    (raw,) = starter.forward([letterboxed(checked_pixels(path, None), SIDE)], FAST)

    def full(*_: object) -> None:
        raise MemoryError

    with Hands(1, input_px=SIDE, input_pixels=SIDE**2, inputs=3) as hands:
        with monkeypatch.context() as patch:
            patch.setattr(pool, "put", full)
            with pytest.raises(MemoryError):
                found_by(hands, path, raw)
        assert hands._turns.count == 0
        assert found_by(hands, path, raw) is None


def test_large_inputs_take_fewer_hands_and_no_more_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(count: int, **_: object) -> None:
        asked.append(count)

    monkeypatch.setattr(pool, "Hands", counted)
    monkeypatch.setattr(pool, "core_count", lambda: 16)
    for side in (640, 1280, 2048, 4096, 8192):
        asked.append(0)
        hands_for(500, input_px=side, input_pixels=side**2, inputs=3, on_gpu=True)
        assert asked[-1] * pool._own_bytes(side, side**2) <= pool.MOST_BYTES
    assert asked == [0, 16, 0, 16, 0, 11, 0, 2, 0]


def test_a_hand_that_begins_when_all_is_over_says_nothing(tmp_path: Path) -> None:
    gone = [*command("hands"), str(tmp_path / "gone"), "0", "64"]
    done = subprocess.run(gone, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_without_room_threads_do_it(
    always: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(size: int) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(arena, "create", full)
    assert for_a_run(500) is None
    assert "threads do it" in caplog.text


def test_few_images_or_cores_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "core_count", lambda: 16)
    assert for_a_run(pool.ENOUGH_IMAGES - 1) is None
    monkeypatch.setattr(pool, "core_count", lambda: pool.ENOUGH_CORES - 1)
    assert for_a_run(100_000) is None


def test_memory_is_written_when_it_is_made() -> None:
    path, memory = arena.create(3_000_000)
    try:
        assert len(memory) == 3_000_000
        other = arena.attach(path)
        memory[2_999_999] = 7
        assert other[2_999_999] == 7
        assert path.stat().st_size == 3_000_000
    finally:
        path.unlink()
