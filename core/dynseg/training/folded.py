"""A run that is measured by folds, see `training.fold_plan`.

Each fold learns for a part of the time and leaves behind what it said about the images that it has
not seen, so that a run which is killed loses one of them at most. Then the candidate goes on from
them with all images.
"""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from torch import nn

from dynseg.files import write_atomic
from dynseg.model.card import ModelCard, card_path
from dynseg.model.checkpoint import load, save
from dynseg.training.budget import Budget, part_of
from dynseg.training.changes import Pair
from dynseg.training.close_ups import add_close_ups
from dynseg.training.devices import in_one_word
from dynseg.training.drawn import drawn_rows
from dynseg.training.edges import EdgeTrial, tried
from dynseg.training.evaluate import (
    UNKNOWN,
    Answers,
    Metrics,
    answers,
    class_targets,
    evaluate_network,
    pooled,
)
from dynseg.training.events import (
    Advanced,
    EpochEnded,
    Evaluated,
    Event,
    FoldStarted,
    RunLog,
    RunStarted,
)
from dynseg.training.fold_plan import fold_of, learned_by, said_by, snapshot_images, start_of
from dynseg.training.half_way import half_way, is_taken, mean_of, remark
from dynseg.training.head_start import give_head_start
from dynseg.training.job import TrainingJob
from dynseg.training.process import Candidate, Measured, TrainingProcess
from dynseg.training.promotion import TOLERANCE
from dynseg.training.run import CLOSE_UPS, FoldPlan, RunFolder
from dynseg.training.start_weights import StartNetwork, fit_classes
from dynseg.training.trainer import DynamicSegmentationTrainer

SHARE = 0.6
"""Part of the learning until the folds have measured."""
AFTERWARDS = 4
"""Measurements of so many times the images of the folds follow the learning: of all images, the
pictures of what changed, the trial of outlines at edges."""
RATE = 0.5
"""Highest learning rate after that, over the one before."""

_BEFORE, _AFTER, _MEAN = "before", "after", "mean"
"""Who answers: what a fold began with, what it has become, the mean of both."""
_WHATEVER_CLASS = "-agnostic"


class _Unmeasured(DynamicSegmentationTrainer):
    """Measures nothing on the way: there are no images that it does not learn from."""

    def validate(self) -> tuple[dict[str, float], float | None]:
        """Nothing."""
        return {}, None


@dataclass(frozen=True, slots=True)
class _Fold:
    """What was said about the images that a fold has not seen.

    Attributes:
        said: By whom.
        seconds: The fold has learned for so long.
        passes: Over its images, meanwhile.
    """

    said: dict[str, Answers]
    seconds: float
    passes: int


def process_of(run: RunFolder, *, terminated: Callable[[], bool]) -> TrainingProcess:
    """The run as it was planned.

    Raises:
        TrainingError: the folder is no run, or is damaged.
    """
    plan = run.plan().folds
    if plan is None:
        return TrainingProcess(run, terminated=terminated)
    return FoldedTraining(run, plan, terminated=terminated)


class FoldedTraining(TrainingProcess):
    """One run of a project with few images, in its own process."""

    trainer = _Unmeasured

    def __init__(self, run: RunFolder, plan: FoldPlan, *, terminated: Callable[[], bool]) -> None:
        super().__init__(run, terminated=terminated)
        self._parts = plan
        self._root = run.data_yaml.resolve().parent
        self._images = snapshot_images(run.data_yaml.parent)
        self._measured = [number for number, part in enumerate(plan.parts, 1) if part]
        self._fitted: Budget | None = None
        self._stage: tuple[int, float] | None = None
        self._spent_s = self._measured_s = 0.0
        self._passes = 0
        self._logged: set[str] = set()

    def _execute(self) -> None:
        run, config = self._run, self._plan.config
        data = self._data()
        names = list(data["names"].values())
        photos = sorted(self._root / name for name in self._images)
        self._photos = (len(photos), self._parts.images)
        everything = {**data, "train": photos, "val": []}
        parent, card = self._loaded(run.parent)
        with self._stoppable() as look_up:
            budget = self._budgeted(everything, card, look_up)[1]
        self._say_started(part_of(budget, 1 - SHARE))
        folds = self._all_folds(data, card)
        before, after = self._pooled(folds, _BEFORE, names), self._pooled(folds, _AFTER, names)
        mean = self._pooled(folds, _MEAN, names)
        takes_mean = is_taken(*(one.aware.map50_95 for one in (before, after, mean)))
        self._say("before", before)
        start = fit_classes(parent, card, names, seed=config.seed)
        if start.known:
            run.emit(RunLog(f"Known already: {', '.join(start.known)}"))
        if takes_mean:
            run.emit(RunLog(remark(after.aware.map50_95)))
            after = mean
        with self._stoppable() as look_up:
            start = replace(start, model=self._goes_on(names, half_way_back=takes_mean))
            everything, budget = self._budgeted(everything, card, look_up)
        budget = self._rest(budget, start.model)
        trainer = self._train(start, {**everything, "val": photos}, budget)
        with self._stoppable():
            new = self._candidate(trainer.ema.ema.float(), start.card, budget)
            self._problem = self._unlearned(new, {**data, "val": photos}, budget, after)
            self._say("after", after)
            self._draw_changes((parent, card), new, data, budget)
            card = self._at_edges(new[1], data)
        self._finish(trainer, card, before, after)

    # The folds

    def _all_folds(self, data: dict[str, Any], card: ModelCard) -> list[_Fold]:
        """What all folds have said; those that did so before a break are not asked again."""
        found: list[_Fold] = []
        for number in list(self._measured):
            fold = _read(said_by(self._run, number))
            if fold is None and found and self._stop_requested() == "finish":
                self._measured.remove(number)
                continue
            self._stage = (len(found), time.monotonic())
            if fold is None:
                fold = self._fold(number, data, agnostic=card.class_agnostic)
            self._spent_s += fold.seconds
            self._passes += fold.passes
            found.append(fold)
        self._stage = None
        self._photos = (self._photos[0], sum(len(self._held(n)) for n in self._measured))
        self._keep_others()
        return found

    def _fold(self, number: int, data: dict[str, Any], *, agnostic: bool) -> _Fold:
        """Learn from the images of the other folds; measure on its own.

        Raises:
            CancelledError: somebody wants the run to stop; the folds before this one are kept.
        """
        run, config = self._run, self._plan.config
        names, held = list(data["names"].values()), self._held(number)
        rest = [path for path in sorted(self._root / n for n in self._images) if path not in held]
        run.emit(FoldStarted(number, len(self._parts.parts), len(held)))
        with self._stoppable() as look_up:
            parent, card = self._loaded(self._start(number))
            part = {**data, "train": rest, "val": held}
            part, budget = self._budgeted(part, card, look_up)
            began_s = time.monotonic()
            said = self._ask(_BEFORE, (parent, card), part, budget, agnostic=agnostic)
            self._measured_s = (time.monotonic() - began_s) * len(self._measured)
            start = fit_classes(parent, card, names, seed=config.seed)
            give_head_start(start, part, size=budget.image_size)
        budget = self._limited(budget, start.model, 2 * self._measured_s)
        began_s = time.monotonic()
        learned, passes = self._learn(start, part, part_of(budget, SHARE / len(self._measured)))
        seconds = time.monotonic() - began_s
        with self._stoppable():
            new = learned, start.card
            said |= self._ask(_AFTER, new, part, budget, agnostic=agnostic)
            if start.known:
                mean = half_way(learned, fit_classes(parent, card, names).model)
                said |= self._ask(_MEAN, (mean, start.card), part, budget, agnostic=agnostic)
        own = msgspec.structs.replace(
            start.card,
            image_size=budget.image_size,
            close_up=budget.close_up,
            learned=learned_by(card, map(self._digest, rest), all_teach=True),
        )
        fold_of(run, number).parent.mkdir(exist_ok=True)
        save(learned, own, fold_of(run, number))
        fold = _Fold(said, seconds, passes)
        write_atomic(said_by(self._run, number), _written(fold))
        return fold

    def _goes_on(self, names: list[str], *, half_way_back: bool) -> nn.Module:
        """What the candidate begins with: the mean of the folds, ready to learn."""
        learned = []
        for number in self._measured:
            network = load(fold_of(self._run, number))[0]
            if half_way_back:
                began, card = self._loaded(self._start(number))
                network = half_way(network, fit_classes(began, card, names).model)
            learned.append(network)
        return mean_of(learned).train()

    def _learn(
        self, start: StartNetwork, data: dict[str, Any], budget: Budget
    ) -> tuple[nn.Module, int]:
        """The network when it has learned, and the passes over the images that it took."""
        job = TrainingJob(
            model=start.model,
            data=data,
            budget=budget,
            folder=self._run.path / "work",
            device=self._device,
            threads=self._threads,
            seed=self._plan.config.seed,
            freeze=self._plan.config.freeze,
            emit=self._tell,
            stop_requested=self._stop_requested,
            save=lambda _: None,
        )
        trainer = self._taught(job, start.card)
        return trainer.ema.ema.float(), trainer.epoch + 1

    def _ask(
        self, name: str, who: Candidate, data: dict[str, Any], budget: Budget, *, agnostic: bool
    ) -> dict[str, Answers]:
        """What a network says about the images of a fold, by who it is."""
        names = list(data["names"].values())
        found = {}
        if set(class_targets(who[1], names)) != {UNKNOWN}:
            found[name] = self._answers(who, data, budget, agnostic=False)
        if agnostic and len(names) > 1:  # a single class is measured as it is
            found[name + _WHATEVER_CLASS] = self._answers(who, data, budget, agnostic=True)
        return found

    def _answers(
        self, who: Candidate, data: dict[str, Any], budget: Budget, *, agnostic: bool
    ) -> Answers:
        return answers(
            *who, data, image_size=budget.image_size, agnostic=agnostic, device=self._device
        )

    def _pooled(self, folds: list[_Fold], name: str, names: list[str]) -> Measured:
        """The figures of all folds together; those of a network that knows no class are 0."""
        images = self._photos[1]
        aware = [fold.said[name] for fold in folds if name in fold.said]
        whatever = [
            f.said[name + _WHATEVER_CLASS] for f in folds if name + _WHATEVER_CLASS in f.said
        ]
        figures = Metrics(0.0, 0.0, dict.fromkeys(names, 0.0), images)
        return Measured(
            replace(pooled(aware, names), images=images) if aware else figures,
            replace(pooled(whatever, ["object"]), images=images) if whatever else None,
        )

    # How long

    def _limited(self, budget: Budget, model: nn.Module, measured_s: float) -> Budget:
        """A budget within the time for all folds and the candidate, and within the memory."""
        if self._fitted is None:
            self._fitted = self._fitting(budget, model, measured_s)
        fitted = self._fitted
        return replace(
            budget, batch=fitted.batch, learning_rate=fitted.learning_rate, time_s=fitted.time_s
        )

    def _rest(self, budget: Budget, model: nn.Module) -> Budget:
        """What the folds have left to the candidate."""
        budget = self._limited(budget, model, 0.0)
        left_s = budget.time_s - self._spent_s
        until_s = self._ends_s - time.monotonic() - AFTERWARDS * self._measured_s
        left_s = max(min(left_s, until_s), (1 - SHARE) * budget.time_s / 2)
        budget = part_of(budget, 1 - SHARE)
        return replace(budget, time_s=left_s, learning_rate=RATE * budget.learning_rate)

    # What is said

    def _say_started(self, budget: Budget) -> None:
        self._run.emit(
            RunStarted(
                epochs=budget.epochs,
                images=self._photos[0],
                val_images=self._photos[1],
                device=in_one_word(self._devices),
                resumed=self._run.status().epoch + self._passes_before(),
                folds=len(self._measured),
            )
        )

    def _passes_before(self) -> int:
        """Passes of the folds that are there after a break."""
        folds = (_read(said_by(self._run, number)) for number in self._measured)
        return sum(fold.passes for fold in folds if fold is not None)

    def _tell(self, event: Event) -> None:
        """Fold and candidate are one run for whoever looks: one beginning, one way to the end."""
        match event:
            case RunStarted():
                return
            case Evaluated():
                event = msgspec.structs.replace(
                    event, folds=len(self._measured), reviewed=self._photos[0]
                )
            case Advanced():
                event = self._advanced(event)
            case EpochEnded():
                event = msgspec.structs.replace(
                    event, epoch=self._passes + event.epoch, epochs=self._passes + event.epochs
                )
            case RunLog():  # size and parts of images are the same for all
                if self._stage is not None or event.text in self._logged:
                    return
                self._logged.add(event.text)
        self._run.emit(event)

    def _advanced(self, event: Advanced) -> Advanced:
        if self._stage is None:
            return Advanced(SHARE + (1 - SHARE) * event.share, event.eta_s)
        done, began_s = self._stage
        share = SHARE * (done + event.share) / len(self._measured)
        elapsed_s = self._spent_s + time.monotonic() - began_s
        limit_s = self._fitted.time_s if self._fitted is not None else 0.0
        left_s = elapsed_s * (1 - share) / share if share else limit_s
        return Advanced(share, max(0.0, min(left_s, limit_s - elapsed_s)))

    # What becomes of the candidate

    def _unlearned(
        self, new: Candidate, data: dict[str, Any], budget: Budget, after: Measured
    ) -> str:
        """Why a candidate must not be used that does badly even where it has learned."""
        seen = evaluate_network(
            *new, data, image_size=budget.image_size, device=self._device
        ).map50_95
        if seen >= after.aware.map50_95 - TOLERANCE:
            return ""
        return (
            "The new model has become worse since it was measured, even on images that it has "
            f"learned from (mAP50-95 {seen:.3f} after {after.aware.map50_95:.3f})."
        )

    def _learned(self, card: ModelCard) -> list[str]:
        return learned_by(card, self._images.values(), all_teach=True)

    def _notes(self) -> str:
        images, measured = self._photos
        return (
            f"Trained on {images} images, {self._plan.config.preset} preset; measured on "
            f"{measured} of them before it learned from them."
        )

    def _pairs(
        self, _parent: Candidate, _new: Candidate, data: dict[str, Any], budget: Budget
    ) -> Iterator[Pair]:
        """Each fold and what it began with, on the images that neither has seen."""
        for number in self._measured:
            before = self._loaded(self._start(number))
            yield Pair(before, load(fold_of(self._run, number)), self._shown(number, data, budget))

    def _shown(self, number: int, data: dict[str, Any], budget: Budget) -> dict[str, Any]:
        part = {**data, "train": [], "val": self._held(number)}
        if budget.close_up == 1:
            return part
        folder = self._run.path / CLOSE_UPS / str(number)
        return add_close_ups(part, budget.close_up, folder, size=budget.image_size)

    def _tried(self, data: dict[str, Any]) -> EdgeTrial:
        trial: EdgeTrial | None = None
        for number in self._measured:
            trial = tried(
                fold_of(self._run, number), {**data, "val": self._held(number)}, self._device,
                drawn=drawn_rows(self._run), until_s=self._ends_s, trial=trial,
            )  # fmt: skip
        return trial or EdgeTrial()

    # Files

    def _held(self, number: int) -> list[Path]:
        """Images that a fold has not seen."""
        return [self._root / name for name in self._parts.parts[number - 1]]

    def _digest(self, path: Path) -> str:
        return self._images[path.relative_to(self._root).as_posix()]

    def _start(self, number: int) -> Path:
        return start_of(self._run, number) if self._parts.own_starts else self._run.parent

    def _keep_others(self) -> None:
        """A fold whose images are all gone has nothing to measure now, and may have again."""
        for number, part in enumerate(self._parts.parts, 1):
            if not part and self._parts.own_starts:
                for of in (card_path, Path):
                    copied = of(start_of(self._run, number)).read_bytes()
                    write_atomic(of(fold_of(self._run, number)), copied)


def _written(fold: _Fold) -> bytes:
    arrays = {
        f"{name}.{part.name}": np.asarray(getattr(said, part.name))
        for name, said in fold.said.items()
        for part in fields(Answers)
    }
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, seconds=fold.seconds, passes=fold.passes, **arrays)
    return file.getvalue()


def _read(path: Path) -> _Fold | None:
    """What a fold has said; None when it has not come to that."""
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = dict(file)
    except (OSError, ValueError, zipfile.BadZipFile):
        return None
    seconds, passes = float(arrays.pop("seconds")), int(arrays.pop("passes"))
    said: dict[str, dict[str, Any]] = {}
    for key, array in arrays.items():
        name, _, part = key.partition(".")
        said.setdefault(name, {})[part] = array if array.ndim else int(array)
    return _Fold({name: Answers(**parts) for name, parts in said.items()}, seconds, passes)
