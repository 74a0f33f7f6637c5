"""ultralytics' trainer, subclassed: our network, our schedule, our files, nothing else written."""

from __future__ import annotations

import contextlib
import gc
import math
import sys
import time
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import psutil
import torch
from torch import nn

from dynseg.errors import TrainingError
from dynseg.machine import core_count, free_memory
from dynseg.model.precision import cpu_has_bf16
from dynseg.progress import CancelledError
from dynseg.training import budget as budgets
from dynseg.training.budget import Ending, smaller_step
from dynseg.training.dataset import SnapshotDataset, end_mosaics
from dynseg.training.events import Advanced, EpochEnded, RunLog, finite_only
from dynseg.training.heap import give_back
from dynseg.training.job import TrainingJob
from dynseg.training.loss import SegmentationLoss
from dynseg.training.memory import LEAST_BATCH, memory_is_short
from dynseg.training.norms import keep_up
from dynseg.training.ranks import ASTRAY, FINE, SHORT, MemoryShortError
from dynseg.training.resume import ResumePoint
from dynseg.training.routers import RouterWatch, router_parameters
from dynseg.training.stopping import stoppable

from ultralytics.models.yolo.segment import SegmentationTrainer  # isort: skip
from ultralytics.utils import SETTINGS  # isort: skip

ADVANCE_INTERVAL_S = 2.0
STOP_INTERVAL_S = 0.5
SAVE_INTERVAL_S = 20.0
VALIDATION_SHARE = 0.1
"""Validation during training takes at most this part of its time."""
BAD_STEPS = 3
"""Steps in a row with a loss that is no finite number, after which the run fails."""
ROUTER_RATE = 0.02
"""Learning rate of routers over that of the rest."""
RANK_SEEDS = 100_003
"""Between the seeds of two ranks: each turns and scales its images in its own way."""
_SHARED_MEMORY_BYTES = 512 << 20

AUGMENTATION: dict[str, float] = {
    "mosaic": 1.0,
    "copy_paste": 0.3,
    "degrees": 10.0,
    "translate": 0.1,
    "scale": 0.5,
    "fliplr": 0.5,
    "flipud": 0.5,
    "hsv_h": 0.015,
    "hsv_s": 0.7,
    "hsv_v": 0.4,
}


@dataclass(slots=True)
class _Course:
    """How far a run is."""

    epoch: int = 0
    samples: int = 0
    in_batch: int = 0
    elapsed_before_s: float = 0.0
    started_s: float = field(default_factory=time.monotonic)
    epoch_started_s: float = field(default_factory=time.monotonic)
    said_s: float = 0.0
    asked_s: float = 0.0
    saved_s: float = field(default_factory=time.monotonic)
    validation_s: float = 0.0
    bad_steps: int = 0
    wish: Literal["", "stop", "finish"] = ""
    ending: Ending | None = None

    @property
    def elapsed_s(self) -> float:
        return self.elapsed_before_s + time.monotonic() - self.started_s


class DynamicSegmentationTrainer(SegmentationTrainer):
    """Trains one network on one snapshot.

    ultralytics' own checkpoints, plots, metrics files, downloads and checks are all switched off.
    Learning rate, mosaics and the end follow `Budget.share_done`.

    Args:
        job: What to do.
    """

    stop: bool
    """Whether the loop ends after this batch, as ultralytics reads it."""

    def __init__(self, job: TrainingJob) -> None:
        self.job = job
        self.course = _Course()
        self.router_watch: RouterWatch | None = None
        if job.resume is not None:
            self.course.epoch = job.resume.epoch
            self.course.samples = job.resume.samples
            self.course.elapsed_before_s = job.resume.elapsed_s
        super().__init__(overrides=_arguments(job))
        # On the CPU it insists on loading images between the steps.
        self.args.workers = _workers(self.device)
        for event, action in (
            ("on_pretrain_routine_end", _resume),
            ("on_train_start", _start_clock),
            ("on_train_epoch_start", _begin_epoch),
            ("on_train_batch_end", _after_batch),
            ("on_fit_epoch_end", _after_epoch),
        ):
            self.add_callback(event, action)

    @property
    def share_done(self) -> float:
        """Part of the run that is over."""
        return self._share_after(self.course.samples)

    def _share_after(self, samples: int) -> float:
        """Part of the run that is over when so many images were shown by now."""
        course = self.course
        share = self.job.budget.share_done(samples, course.elapsed_s)
        if course.ending is None:
            return share
        return max(share, course.ending.share_done(samples, course.elapsed_s))

    @property
    def eta_s(self) -> float:
        """Seconds left in the training loop."""
        done, elapsed_s = self.share_done, self.course.elapsed_s
        left_s = self.job.budget.time_s - elapsed_s
        if self.course.ending is not None:
            left_s = min(left_s, budgets.END_S)
        return max(0.0, min(left_s, elapsed_s * (1 - done) / done if done else left_s))

    @property
    def was_stopped(self) -> bool:
        """Whether somebody wanted it to end without a candidate."""
        return self.course.wish == "stop"

    def get_dataset(self) -> dict[str, Any]:
        """The snapshot; no file of it is asked what to download or run."""
        return self.job.data

    def setup_model(self) -> None:
        """The job's network; there is no checkpoint of ultralytics."""
        self.model = self.job.model

    def build_dataset(
        self, img_path: Any, mode: str = "train", batch: int | None = None
    ) -> SnapshotDataset:
        """Images of the snapshot."""
        training = mode == "train"
        size = self.job.budget.image_size
        held = len(img_path) * self.job.ranks.count
        return SnapshotDataset(
            img_path,
            repeats=self.job.budget.repeats if training else 1,
            imgsz=size,
            batch_size=batch,
            augment=training,
            hyp=self.args,
            rect=not training,
            cache="ram" if training and _fits_in_memory(held, size) else None,
            stride=32,
            pad=0.0 if training else 0.5,
            prefix="",
            task="segment",
            data=self.data,
        )

    def get_dataloader(
        self, dataset_path: Any, batch_size: int = 16, rank: int = 0, mode: str = "train"
    ) -> Any:
        """Batches; validation needs no processes of its own."""
        workers = self.args.workers
        if mode == "val":
            self.args.workers = 0
        try:
            loader: Any = super().get_dataloader(dataset_path, batch_size, rank, mode)
        finally:
            self.args.workers = workers
        if mode == "train":
            job = self.job
            end_mosaics(loader, self.course.samples, self._mosaics_over, job.ranks, job.run_seed)
        return loader

    def _build_train_pipeline(self) -> None:
        if self.optimizer is not None and self.job.ranks.count > 1:
            # Memory was short, here alone perhaps: ultralytics would go on with a smaller step.
            self.job.ranks.worst(SHORT)
            raise MemoryShortError
        super()._build_train_pipeline()

    def _mosaics_over(self, samples: int) -> bool:
        return self._share_after(samples) >= budgets.PLAIN_IMAGES

    def _setup_train(self) -> None:
        super()._setup_train()
        torch.set_num_threads(self.job.threads)
        torch.set_flush_denormal(True)  # weights of unused experts: ten times slower otherwise
        if self.device.type == "cpu":
            # The step then runs under torch.autocast("cpu"), which ultralytics offers on GPUs only.
            self.amp = cpu_has_bf16()
            self.model = self.model.to(memory_format=torch.channels_last)
        keep_up(self.model)
        self.model.criterion = SegmentationLoss(self.model)
        self.router_watch = RouterWatch(self.model)

    def build_optimizer(self, model: nn.Module, **settings: Any) -> torch.optim.Optimizer:
        """AdamW; routers learn slower than kernels, or they settle for one expert within ten steps.

        Args:
            model: The network.
            settings: ultralytics' own.
        """
        optimizer: torch.optim.Optimizer = super().build_optimizer(model, **settings)
        routers = router_parameters(model)
        slow = []
        for group in optimizer.param_groups:
            slow += [parameter for parameter in group["params"] if id(parameter) in routers]
            group["params"] = [p for p in group["params"] if id(p) not in routers]
        if slow:
            rate = ROUTER_RATE * settings["lr"]
            optimizer.add_param_group(
                {"params": slow, "lr": rate, "weight_decay": 0.0, "param_group": "router"}
            )
        return optimizer

    def preprocess_batch(self, batch: dict[str, Any]) -> dict[str, Any]:
        """Images in the memory layout that convolutions like."""
        ready: dict[str, Any] = super().preprocess_batch(batch)
        self.course.in_batch = len(ready["img"])
        ready["img"] = ready["img"].contiguous(memory_format=torch.channels_last)
        return ready

    def optimizer_step(self) -> None:
        """One step at the rate that the course asks for.

        Raises:
            TrainingError: the loss has not been a finite number for several steps.
            MemoryShortError: the memory of another rank was short.
        """
        ranks = self.job.ranks
        state = ranks.worst(FINE if torch.isfinite(self.loss).item() else ASTRAY)
        if state == SHORT:
            raise MemoryShortError
        if state == ASTRAY:
            self.course.bad_steps += 1
            self.optimizer.zero_grad()
            if self.course.bad_steps >= BAD_STEPS:
                raise TrainingError(
                    "The training went astray: its loss is no longer a number. The active model "
                    "is unchanged.",
                    "Start again, from another model where it happens again: the starter for "
                    "instance.",
                )
            return
        self.course.bad_steps = 0
        ranks.add_up(self.model.parameters())
        factor = budgets.rate_factor(ranks.first(self.share_done))
        for group in self.optimizer.param_groups:
            group["lr"] = group["initial_lr"] * factor
        super().optimizer_step()

    def validate(self) -> tuple[dict[str, float], float | None]:
        """Look at the validation images, as long as that takes little of the time."""
        course = self.course
        if self.job.ranks.index:
            return {}, None
        started_s = time.monotonic()
        allowed_s = VALIDATION_SHARE * (started_s - course.started_s)
        if self.stop or course.ending or self.share_done >= 1 or course.validation_s > allowed_s:
            return {}, None
        try:
            with stoppable(lambda: self.job.stop_requested() == "stop"):
                metrics, fitness = super().validate()
        except CancelledError:
            course.wish = "stop"
            self.stop = True
            return {}, None
        course.validation_s += time.monotonic() - started_s
        return metrics, fitness

    def save_metrics(self, metrics: dict[str, float]) -> None:
        """Nothing: events say it."""

    def _handle_nan_recovery(self, epoch: int) -> bool:  # noqa: ARG002 - ultralytics' signature
        return False  # `optimizer_step` has skipped such steps or failed

    def save_model(self) -> bool:
        """Keep where a resumed run goes on, not more often than it pays."""
        course = self.course
        course.epoch = self.epoch + 1
        due = time.monotonic() - course.saved_s >= SAVE_INTERVAL_S
        # Also before it is measured, which may be stopped too.
        if due or self.stop:
            self.job.save(
                ResumePoint(
                    epoch=course.epoch,
                    samples=course.samples,
                    elapsed_s=course.elapsed_s,
                    model=self.model.state_dict(),
                    average=self.ema.ema.state_dict(),
                    updates=self.ema.updates,
                    optimizer=self.optimizer.state_dict(),
                )
            )
            course.saved_s = time.monotonic()
        return True

    def final_eval(self) -> None:
        """Nothing: the candidate is measured beside its parent."""


def trained(
    job: TrainingJob, kind: type[DynamicSegmentationTrainer] = DynamicSegmentationTrainer
) -> DynamicSegmentationTrainer:
    """Train; where the memory of a rank is short, all begin anew with half of the step.

    A process that learns alone goes on with smaller steps by itself, as ultralytics does it.

    Raises:
        TrainingError: training went astray, or another rank is gone.
        MemoryError: there is too little for the smallest step.
    """
    while True:
        trainer = kind(job)
        with contextlib.suppress(MemoryShortError):
            trainer.train()
            return trainer
        del trainer
        gc.collect()
        budget, count = job.budget, job.ranks.count
        if budget.batch <= LEAST_BATCH:
            raise MemoryError
        job = replace(job, budget=smaller_step(budget, budget.batch // 2))
        job.emit(memory_is_short(job.budget.batch * count, budget.batch * count))


def _arguments(job: TrainingJob) -> dict[str, Any]:
    budget = job.budget
    SETTINGS["runs_dir"] = str(job.folder)
    bf16 = job.device != "cpu" and torch.cuda.is_bf16_supported(including_emulation=False)
    return {
        "task": "segment",
        "mode": "train",
        "model": "yolo11n-seg.yaml",  # never built: see setup_model
        "data": "data.yaml",
        "epochs": budget.epochs,
        "imgsz": budget.image_size,
        "batch": budget.batch,
        "nbs": budget.batch,
        "device": job.device.removeprefix("cuda:") if job.device != "cuda" else "0",
        "project": str(job.folder),
        "name": "ultralytics",
        "exist_ok": True,
        "optimizer": "AdamW",
        "lr0": budget.learning_rate,
        "warmup_epochs": 0,
        "patience": 0,
        "close_mosaic": 0,
        "plots": False,
        "val": True,
        "save": True,
        "amp": "bf16" if bf16 else False,
        "deterministic": False,
        "verbose": False,
        "seed": job.run_seed + RANK_SEEDS * job.ranks.index,
        "freeze": job.freeze or None,
        **AUGMENTATION,
    }


def _workers(device: torch.device) -> int:
    """Processes that load images: where they can be forked and share enough memory."""
    if sys.platform != "linux" or getattr(sys, "frozen", False):
        return 0
    with contextlib.suppress(OSError):
        if psutil.disk_usage("/dev/shm").free < _SHARED_MEMORY_BYTES:
            return 0
    return 1 if device.type == "cpu" else min(8, core_count())


def _fits_in_memory(images: int, size: int) -> bool:
    return images * size * size * 3 < free_memory() // 4


def _resume(trainer: DynamicSegmentationTrainer) -> None:
    point = trainer.job.resume
    if point is None:
        return
    trainer.model.load_state_dict(point.model)
    trainer.ema.ema.load_state_dict(point.average)
    trainer.ema.updates = point.updates
    trainer.optimizer.load_state_dict(point.optimizer)
    trainer.start_epoch = point.epoch
    # A pass that was broken off counts as one, but its images were not all shown.
    left = trainer.job.budget.samples - point.samples
    trainer.epochs = point.epoch + max(1, math.ceil(left / len(trainer.train_loader.dataset)))
    trainer.scheduler.last_epoch = point.epoch - 1


def _start_clock(trainer: DynamicSegmentationTrainer) -> None:
    now_s = time.monotonic()
    trainer.course.started_s = trainer.course.saved_s = now_s


def _begin_epoch(trainer: DynamicSegmentationTrainer) -> None:
    trainer.course.epoch_started_s = time.monotonic()


def _after_batch(trainer: DynamicSegmentationTrainer) -> None:
    course, now_s = trainer.course, time.monotonic()
    ranks = trainer.job.ranks
    course.samples += course.in_batch * ranks.count
    if trainer.share_done >= 1:
        trainer.stop = True
    if now_s - course.asked_s >= STOP_INTERVAL_S:
        course.asked_s = now_s
        course.wish = trainer.job.stop_requested()
        trainer.stop = trainer.stop or course.wish == "stop"
        if course.wish == "finish" and course.ending is None:
            course.ending = Ending.begin(trainer.share_done, course.samples, course.elapsed_s)
    trainer.stop = bool(ranks.first(trainer.stop))
    if now_s - course.said_s >= ADVANCE_INTERVAL_S:
        course.said_s = now_s
        trainer.job.emit(Advanced(trainer.share_done, trainer.eta_s))


def _after_epoch(trainer: DynamicSegmentationTrainer) -> None:
    metrics = trainer.metrics or {}
    watch = trainer.router_watch
    entropy = watch.lowest_entropy() if watch is not None else None
    if watch is not None:
        for name in watch.newly_collapsed():
            text = f"The router of {name} sends every image to one expert."
            trainer.job.emit(RunLog(text))
    give_back()
    trainer.job.emit(
        EpochEnded(
            epoch=trainer.epoch + 1,
            epochs=trainer.epochs,
            losses=finite_only(trainer.tloss or {}),
            map50=metrics.get("metrics/mAP50(M)"),
            map50_95=metrics.get("metrics/mAP50-95(M)"),
            seconds=time.monotonic() - trainer.course.epoch_started_s,
            eta_s=trainer.eta_s,
            memory_bytes=_memory_bytes(trainer.device),
            learning_rate=float(trainer.optimizer.param_groups[0]["lr"]),
            router_entropy=entropy,
        )
    )
    # What the first rank measured may have been stopped.
    trainer.stop = bool(trainer.job.ranks.first(trainer.stop))


def _memory_bytes(device: torch.device) -> int:
    if device.type == "cuda":
        return int(torch.cuda.max_memory_allocated(device))
    return int(psutil.Process().memory_info().rss)
