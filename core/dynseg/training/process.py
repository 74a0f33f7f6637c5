"""What the training process does from its start to its candidate."""

from __future__ import annotations

import math
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec
import psutil
import torch
from torch import nn

from dynseg.errors import DynsegError, TrainingError
from dynseg.formats.outgoing.staging import MANIFEST, file_digest
from dynseg.machine import core_count
from dynseg.model.card import ModelCard
from dynseg.model.checkpoint import load
from dynseg.model.registry import ModelRegistry
from dynseg.progress import CancelledError
from dynseg.training.budget import Budget, plan_budget, smaller_step, within
from dynseg.training.candidate import probe, with_metrics, write_candidate
from dynseg.training.changes import Pair, draw_changes
from dynseg.training.close_ups import add_close_ups
from dynseg.training.dataset import read_description
from dynseg.training.devices import choose_devices, in_one_word
from dynseg.training.drawn import drawn_rows
from dynseg.training.edges import EdgeTrial, remarks, tried, with_edges
from dynseg.training.evaluate import Metrics, evaluate_network
from dynseg.training.events import Evaluated, Event, RunFinished, RunLog, RunStarted
from dynseg.training.fold_plan import learned_by, snapshot_images
from dynseg.training.half_way import half_way, remark
from dynseg.training.head_start import give_head_start
from dynseg.training.image_size import ObjectShares
from dynseg.training.job import TrainingJob
from dynseg.training.memory import fitting_batch, memory_is_short
from dynseg.training.promotion import TOLERANCE, problem_of
from dynseg.training.resume import load_point, save_point
from dynseg.training.run import CLOSE_UPS, RunFolder, RunPlan, say_stopped
from dynseg.training.start_weights import StartNetwork, as_called_now, fit_classes
from dynseg.training.stopping import stoppable
from dynseg.training.trainer import DynamicSegmentationTrainer, trained

if TYPE_CHECKING:
    from dynseg.training.team import Team  # loaded where it is used: some torch cannot do this


@dataclass(frozen=True, slots=True)
class Measured:
    """A model on the validation images, with and without regard to classes."""

    aware: Metrics
    agnostic: Metrics | None

    def is_worse_than(self, other: Measured) -> bool:
        """Whether it should not take the place of the other."""
        return self.aware.map50_95 < other.aware.map50_95 - TOLERANCE


Candidate = tuple[nn.Module, ModelCard]
"""A network that is not fused, and its card."""


class TrainingProcess:
    """One run, in its own process.

    Args:
        run: Its folder, prepared by `dynseg.training.launch`.
        terminated: Whether the operating system asked this process to end.
    """

    trainer: type[DynamicSegmentationTrainer] = DynamicSegmentationTrainer

    def __init__(self, run: RunFolder, *, terminated: Callable[[], bool]) -> None:
        self._run = run
        self._terminated = terminated
        self._started_s = time.monotonic()
        self._plan: RunPlan = run.plan()
        self._ends_s = math.inf
        self._devices = choose_devices(self._plan.config.device)
        self._device = self._devices[0]
        self._team: Team | None = None
        self._photos = (0, 0)
        self._apart = True
        self._problem = ""
        self._threads = self._plan.config.threads or core_count()
        torch.set_num_threads(self._threads)

    def execute(self) -> None:
        """Train, measure, write the candidate; or stop where somebody wanted it.

        Raises:
            TrainingError: the data is not what was prepared, or training went astray.
            ModelFileError: the parent or the candidate cannot be used.
            OSError: the disk is full.
        """
        try:
            if len(self._devices) > 1:  # the others load what they need meanwhile
                from dynseg.training.team import Team

                self._team = Team(self._run, self._devices)
            self._execute()
        except CancelledError:
            say_stopped(self._run)
        finally:  # made anew when the run goes on; on a full disk they would be in the way
            if self._team is not None:
                self._team.end()
            shutil.rmtree(self._run.path / CLOSE_UPS, ignore_errors=True)

    def _execute(self) -> None:
        run, plan = self._run, self._plan
        data = self._data()
        self._photos = (len(data["train"]), len(data["val"]))
        self._apart = set(data["train"]).isdisjoint(data["val"])
        parent, card = self._loaded(run.parent)
        with self._stoppable() as look_up:
            data, budget = self._budgeted(data, card, look_up)
            began_s = time.monotonic()
            before = self._before(parent, card, data, budget)
        measured_s = time.monotonic() - began_s
        start = fit_classes(parent, card, list(data["names"].values()), seed=plan.config.seed)
        if start.known:
            run.emit(RunLog(f"Known already: {', '.join(start.known)}"))
        with self._stoppable():
            give_head_start(start, data, size=budget.image_size)
        trainer = self._train(start, data, self._fitting(budget, start.model, measured_s))
        # Where it goes on if it is stopped from here on is kept: then it is measured once more.
        with self._stoppable():
            new = self._candidate(trainer.ema.ema.float(), start.card, budget)
            after = self._measure(*new, data, budget, agnostic=before.agnostic is not None)
            if after.is_worse_than(before) and time.monotonic() + measured_s < self._ends_s:
                began = fit_classes(parent, card, start.card.classes, seed=plan.config.seed)
                new, after = self._half_way(began, (new, after), data, budget)
            self._say("after", after)
            self._draw_changes((parent, card), new, data, budget)
            card = self._at_edges(new[1], data)
        self._finish(trainer, card, before, after)

    def _data(self) -> dict[str, Any]:
        """The snapshot; validation images that the parent knows train, as long as others are left.

        Raises:
            TrainingError: it is not what was prepared.
        """
        run, plan = self._run, self._plan
        if file_digest(run.path / "data" / MANIFEST) != plan.snapshot:
            raise TrainingError("The copies of the images were changed.", "Start a new run.")
        data = read_description(run.data_yaml)
        known = {run.data_yaml.resolve().parent / name for name in plan.known}
        fresh = [path for path in data["val"] if path not in known]
        if fresh:
            return {**data, "train": [*data["train"], *sorted(known)], "val": fresh}
        return {**data, "train": [*data["train"], *data["val"]]} if known else data

    def _loaded(self, path: Path) -> tuple[nn.Module, ModelCard]:
        """A model, its classes called as they are now."""
        model, card = load(path)
        return model, as_called_now(card, self._plan.renamed)

    def _stoppable(self) -> AbstractContextManager[Callable[[], None]]:
        return stoppable(lambda: self._stop_requested() == "stop")

    def _budgeted(
        self, data: dict[str, Any], card: ModelCard, look_up: Callable[[], None]
    ) -> tuple[dict[str, Any], Budget]:
        """The data, with close-ups where objects are tiny, and how long to learn from it."""
        run, plan = self._run, self._plan

        shares = ObjectShares(plan.object_share, plan.large_share)

        def planned() -> Budget:
            return plan_budget(
                plan.config, images=len(data["train"]), parent_size=card.image_size,
                shares=shares, on_gpu=self._device != "cpu",
            )  # fmt: skip

        budget = planned()
        if plan.object_share and budget.image_size > card.image_size:
            self._tell(RunLog(f"The network sees images at {budget.image_size} pixels."))
        if budget.close_up == 1:
            return data, budget
        data = add_close_ups(
            data, budget.close_up, run.path / CLOSE_UPS,
            size=budget.image_size, seed=plan.config.seed, look_up=look_up,
        )  # fmt: skip
        self._tell(
            RunLog(
                f"Objects are tiny: it also sees {len(data['train']) - self._photos[0]} parts of "
                f"the images, {budget.close_up:.1f} times larger."
            )
        )
        return data, planned()

    def _fitting(self, budget: Budget, model: nn.Module, measured_s: float) -> Budget:
        """The budget within the time that was given for all and the memory that is there.

        A GPU without memory says so by itself.
        """
        limit_s = 60 * self._plan.config.time_limit_min
        if limit_s:
            spent_s = time.time() - psutil.Process().create_time()
            self._ends_s = time.monotonic() + limit_s - spent_s
            budget = within(budget, limit_s, spent_s=spent_s, measured_s=measured_s)
        if self._device != "cpu":
            return budget
        batch = fitting_batch(model, size=budget.image_size, wanted=budget.batch)
        if batch == budget.batch:
            return budget
        self._run.emit(memory_is_short(batch, budget.batch))
        return smaller_step(budget, batch)

    def _at_edges(self, card: ModelCard, data: dict[str, Any]) -> ModelCard:
        """The card with whether the outlines are better along edges; a run without is as good."""
        if not self._apart:  # it has learned these outlines
            return card
        try:
            trial = self._tried(data)
        except (RuntimeError, DynsegError) as error:
            self._run.emit(RunLog(f"Outlines along edges could not be tried ({error})."))
            return card
        for text in remarks(trial):
            self._run.emit(RunLog(text))
        return with_edges(card, trial)

    def _tried(self, data: dict[str, Any]) -> EdgeTrial:
        """Outlines at edges, on images that whoever drew them has not learned from."""
        return tried(
            self._run.candidate, data, self._device, drawn=drawn_rows(self._run),
            until_s=self._ends_s,
        )  # fmt: skip

    def _draw_changes(
        self,
        parent: tuple[nn.Module, ModelCard],
        new: Candidate,
        data: dict[str, Any],
        budget: Budget,
    ) -> None:
        """Pictures for whoever decides; a run without them is as good."""
        try:
            draw_changes(
                self._pairs(parent, new, data, budget), self._run.path,
                image_size=budget.image_size, device=self._device,
                until_s=(time.monotonic() + self._ends_s) / 2,  # the other half tries edges
            )  # fmt: skip
        except (OSError, RuntimeError, DynsegError) as error:
            self._run.emit(RunLog(f"The changes could not be drawn ({error})."))

    def _pairs(
        self, parent: Candidate, new: Candidate, data: dict[str, Any], _budget: Budget
    ) -> Iterator[Pair]:
        """What the pictures compare."""
        yield Pair(parent, new, data)

    def _before(
        self, parent: nn.Module, card: ModelCard, data: dict[str, Any], budget: Budget
    ) -> Measured:
        several = len(data["names"]) > 1  # a single class is measured as it is
        agnostic = card.class_agnostic and several
        measured = self._measure(parent, card, data, budget, agnostic=agnostic)
        self._say("before", measured)
        return measured

    def _train(
        self, start: StartNetwork, data: dict[str, Any], budget: Budget
    ) -> DynamicSegmentationTrainer:
        run, config = self._run, self._plan.config
        point = load_point(run)
        if point is None and run.status().checkpoint:
            run.emit(RunLog("The resume point is damaged; training begins anew."))
        run.update(epochs=budget.epochs)
        self._tell(
            RunStarted(
                epochs=budget.epochs,
                images=self._photos[0],
                val_images=self._photos[1],
                device=in_one_word(self._devices),
                resumed=point.epoch if point else 0,
            )
        )
        # What is measured on the way only draws a curve: whole images, or as many parts of them.
        shown = data["val"][-self._photos[1] :]
        job = TrainingJob(
            model=start.model,
            data={**data, "val": shown},
            budget=budget,
            folder=run.path / "work",
            device=self._device,
            threads=self._threads,
            seed=config.seed,
            freeze=config.freeze,
            emit=self._tell,
            stop_requested=self._stop_requested,
            save=lambda state: save_point(run, state),
            resume=point,
        )
        trainer = self._taught(job, start.card)
        if self._team is not None:
            self._team.end(failed=False)
        return trainer

    def _taught(self, job: TrainingJob, card: ModelCard) -> DynamicSegmentationTrainer:
        """What has done a job, on all devices.

        Args:
            job: It.
            card: The shape of its network.

        Raises:
            CancelledError: somebody wants the run to stop.
        """
        if self._team is not None:
            with self._stoppable() as look_up:
                job = self._team.join(job, card, look_up)
        trainer = trained(job, self.trainer)
        if trainer.was_stopped:
            raise CancelledError
        torch.set_num_threads(self._threads)
        return trainer

    def _half_way(
        self,
        start: StartNetwork,
        learned: tuple[Candidate, Measured],
        data: dict[str, Any],
        budget: Budget,
    ) -> tuple[Candidate, Measured]:
        """The mean of what it began with and of what was learned, if that is better."""
        (model, card), after = learned
        mean = half_way(model, start.model)
        found = self._measure(mean, card, data, budget, agnostic=after.agnostic is not None)
        if found.aware.map50_95 <= after.aware.map50_95:
            return learned
        self._run.emit(RunLog(remark(after.aware.map50_95)))
        return self._candidate(mean, start.card, budget), found

    def _candidate(self, model: nn.Module, card: ModelCard, budget: Budget) -> Candidate:
        run = self._run
        card = msgspec.structs.replace(
            card,
            name=run.name,
            image_size=budget.image_size,
            close_up=budget.close_up,
            snapshot=self._plan.snapshot,
            learned=self._learned(card),
            device=in_one_word(self._devices),
            created=time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime()),
            notes=self._notes(),
        )
        return write_candidate(model, card, run.candidate)

    def _learned(self, card: ModelCard) -> list[str]:
        """What the candidate has learned from, see `ModelCard.learned`."""
        root = self._run.data_yaml.resolve().parent
        images = snapshot_images(root)
        trained = (path.relative_to(root).as_posix() for path in self._data()["train"])
        return learned_by(card, (images[name] for name in trained), all_teach=False)

    def _notes(self) -> str:
        images, preset = self._photos[0], self._plan.config.preset
        if self._apart:
            return f"Trained on {images} images, {preset} preset."
        return f"Trained on {images} images and measured on the same, {preset} preset."

    def _finish(
        self,
        trainer: DynamicSegmentationTrainer,
        card: ModelCard,
        before: Measured,
        after: Measured,
    ) -> None:
        run = self._run
        with_metrics(run.candidate, card, _card_metrics(before, after, self._photos[1]))
        registry = ModelRegistry(run.models)
        added = registry.add(run.candidate, name=registry.next_name(self._plan.stem))
        path = registry.path(added.name)
        probe(path)
        problem = self._problem or problem_of(
            (before.aware.map50, before.aware.map50_95),
            (after.aware.map50, after.aware.map50_95),
            has_objects=bool(after.aware.per_class),
        )
        run.update(
            state="finished",
            epoch=trainer.epoch + 1,
            model=added.name,
            model_sha256=file_digest(path),
            problem=problem,
            checkpoint="",
            checkpoint_sha256="",
        )
        run.remove_points()
        run.emit(
            RunFinished(
                model_path=str(path),
                map50=after.aware.map50,
                map50_95=after.aware.map50_95,
                map50_before=before.aware.map50,
                map50_95_before=before.aware.map50_95,
                seconds=time.monotonic() - self._started_s,
                problem=problem,
            )
        )

    def _measure(
        self,
        model: nn.Module,
        card: ModelCard,
        data: dict[str, Any],
        budget: Budget,
        *,
        agnostic: bool,
    ) -> Measured:
        def measure(*, ignore_classes: bool) -> Metrics:
            return evaluate_network(
                model,
                card,
                data,
                image_size=budget.image_size,
                agnostic=ignore_classes,
                device=self._device,
            )

        aware = measure(ignore_classes=False)
        return Measured(aware, measure(ignore_classes=True) if agnostic else None)

    def _say(self, name: Literal["before", "after"], measured: Measured) -> None:
        aware, agnostic = measured.aware, measured.agnostic
        self._tell(
            Evaluated(
                name=name,
                map50=aware.map50,
                map50_95=aware.map50_95,
                per_class=aware.per_class,
                agnostic_map50=agnostic.map50 if agnostic else None,
                images=self._photos[1],
                apart=self._apart,
            )
        )

    def _tell(self, event: Event) -> None:
        self._run.emit(event)

    def _stop_requested(self) -> Literal["", "stop", "finish"]:
        return "stop" if self._terminated() else self._run.stop_requested()


def _card_metrics(before: Measured, after: Measured, val_images: int) -> dict[str, float]:
    metrics = {
        "map50": after.aware.map50,
        "map50_95": after.aware.map50_95,
        "map50_before": before.aware.map50,
        "map50_95_before": before.aware.map50_95,
        "val_images": float(val_images),
    }
    if before.agnostic and after.agnostic:
        metrics["agnostic_map50"] = after.agnostic.map50
        metrics["agnostic_map50_before"] = before.agnostic.map50
    return metrics
