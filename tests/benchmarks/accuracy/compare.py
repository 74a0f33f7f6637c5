"""What fine-tuning reaches with plain and dynamic heads: the same steps, the same pictures.

    python -m tests.benchmarks.accuracy.compare --data ../shared/data --out accuracy.jsonl \
        --sets food-tray nuts --arms plain mask/4 all/4 --steps 120 --seeds 0 1 2

An arm is a placement and its number of experts, with options behind it for what one may doubt
(`all/4/router=1/expert=4/spread=0.5/temperature=3`; rates are multiples of the usual one). All arms
of a seed see the same images in the same order with the same augmentation: `pictures` in a row is a
checksum of everything that was shown, and the table refuses rows in which it differs. The budget is
a number of steps, so a busy machine changes nothing but the time it takes. Rows are appended to a
file of JSON lines; what stands there is not run again, so a stopped experiment goes on where it
was. `--table` prints what the files hold: mean, standard deviation over seeds, and the difference
to the plain head, seed by seed.

Several processes can share the work, each with every n-th case and a file of its own; all files
that are named count as done, and the first is written:

    ... --device cuda:0 --workers 4 --only 1/3 --out a.jsonl
    ... --device cuda:0 --workers 4 --only 2/3 --out b.jsonl
    ... --device cuda:0 --workers 4 --only 3/3 --out c.jsonl
    python -m tests.benchmarks.accuracy.compare --out a.jsonl b.jsonl c.jsonl --table

The number of loader processes decides what is shown: each has a chance of its own. It is one on a
CPU and up to eight on a GPU; arms that are to be compared need the same.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import statistics
import sys
import tempfile
import time
import zlib
from collections.abc import Iterable
from dataclasses import asdict, astuple, dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import torch
from tests.benchmarks.accuracy.living import Centred, StandardisedRouter
from torch import nn
from torch.nn.utils import parametrize

from dynseg.model.build import HEADS, build, upcycle
from dynseg.model.card import ModelCard
from dynseg.model.checkpoint import load
from dynseg.model.dynamic_conv import DynamicConv2d
from dynseg.training.budget import Budget, plan_budget
from dynseg.training.config import TrainConfig
from dynseg.training.dataset import read_description
from dynseg.training.evaluate import evaluate_network
from dynseg.training.head_start import give_head_start
from dynseg.training.job import TrainingJob
from dynseg.training.start_weights import fit_classes
from dynseg.training.trainer import DynamicSegmentationTrainer

PLAIN, KEPT = "plain", "kept"
SCRATCH = "scratch"


@dataclass(frozen=True, slots=True)
class Arm:
    """One way to build and train the head.

    Attributes:
        text: As it was typed; names the arm in rows and tables.
        placement: `plain`, `kept` (the head of the start), a key of `dynseg.model.head.BRANCHES`.
        experts: Experts of each dynamic convolution; 1 for the plain head.
        router: Learning rate of routers over that of the trainer.
        expert: Learning rate of experts over that of other kernels.
        spread: Standard deviation of the zero-sum noise between experts over that of the kernel.
        temperature: What the routers' logits are divided by.
        centred: Not 0: the mean of the experts and their deviations from it are learned apart.
        standard: Not 0: routers see how far an image is from what is usual.
    """

    text: str
    placement: str = PLAIN
    experts: int = 1
    router: float = 1.0
    expert: float = 1.0
    spread: float = 0.0
    temperature: float = 1.0
    centred: float = 0.0
    standard: float = 0.0

    @classmethod
    def parse(cls, text: str) -> Arm:
        """Read `plain`, `kept` or `placement/experts[/option=value ...]`."""
        placement, *rest = text.split("/")
        if placement in (PLAIN, KEPT):
            return cls(text, placement)
        options = {name: float(value) for name, value in (word.split("=") for word in rest[1:])}
        return cls(text, placement, int(rest[0]), **options)


@dataclass(frozen=True, slots=True)
class Case:
    """What is run.

    Attributes:
        set: Name of a data set.
        start: File name of the starting model without its ending, or `scratch`.
        arm: `Arm.text`.
        images: Images that train; 0 is all.
        size: Longer side of the images that the network sees, pixels.
        rate: Highest learning rate; 0 is the usual one.
        steps: Steps asked for; a run ends with the pass that is nearest.
        seed: Chooses the images, their order and their augmentation.
        batch: Images in one step; 0 is the usual number.
    """

    set: str
    start: str
    arm: str
    images: int
    size: int
    rate: float
    steps: int
    seed: int
    batch: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it; mask mAP on the whole val part."""

    case: Case
    steps: int
    pictures: str
    seconds: float
    map50: float
    map50_95: float
    device: str = "cpu"


@dataclass(frozen=True, slots=True)
class Machine:
    """Where it is run; no part of a case.

    Attributes:
        device: A torch device.
        threads: CPU threads.
        workers: Processes that load images; None leaves it to the trainer.
    """

    device: str = "cpu"
    threads: int = 2
    workers: int | None = None


class FixedStepsTrainer(DynamicSegmentationTrainer):
    """The trainer of `dynseg train`, which also notes what it was shown.

    Args:
        job: What to do.
        arm: Rates of routers and experts.
        workers: Processes that load images; None is the usual number.
    """

    def __init__(self, job: TrainingJob, arm: Arm, workers: int | None = None) -> None:
        self.arm = arm
        self.steps_done = 0
        self.pictures = 0
        super().__init__(job)
        if workers is not None and self.args.workers:  # none where they would lack shared memory
            self.args.workers = workers

    def build_optimizer(self, model: nn.Module, **settings: Any) -> torch.optim.Optimizer:
        """The usual one, with the arm's own rates."""
        optimizer = super().build_optimizer(model, **settings)
        experts = {
            id(parameter)
            for module in dynamic_convolutions(model)
            for name, parameter in module.named_parameters()
            if name == "weight" or name.startswith("parametrizations")
        }
        apart: dict[float, list[nn.Parameter]] = {}
        for group in optimizer.param_groups:
            if group["param_group"] == "router":
                group["lr"] *= self.arm.router
            chosen = [p for p in group["params"] if id(p) in experts]
            group["params"] = [p for p in group["params"] if id(p) not in experts]
            apart.setdefault(group["weight_decay"], []).extend(chosen)
        for decay, parameters in apart.items():
            if parameters:
                rate = settings["lr"] * self.arm.expert
                optimizer.add_param_group(
                    {
                        "params": parameters,
                        "lr": rate,
                        "weight_decay": decay,
                        "param_group": "expert",
                    }
                )
        return optimizer

    def preprocess_batch(self, batch: dict[str, Any]) -> dict[str, Any]:
        """Add the images to the checksum of all that was shown."""
        self.pictures = zlib.crc32(batch["img"].numpy().data, self.pictures)
        return super().preprocess_batch(batch)

    def optimizer_step(self) -> None:
        """Count it."""
        super().optimizer_step()
        self.steps_done += 1


def dynamic_convolutions(model: nn.Module) -> list[DynamicConv2d]:
    """All of them."""
    return [module for module in model.modules() if isinstance(module, DynamicConv2d)]


def start_network(start: str, arm: Arm) -> tuple[nn.Module, ModelCard]:
    """A start with the wished head.

    A dynamic start becomes plain by taking the mean of its experts, which is what it answers while
    its routers are even; a plain one becomes dynamic by upcycling.
    """
    model: nn.Module
    if start == SCRATCH:
        card = ModelCard(name=SCRATCH, head="plain", experts=1, classes=["object"])
        card = msgspec.structs.replace(card, class_agnostic=True)
        model = build(card)
    else:
        model, card = load(Path(start))
        if arm.placement == KEPT:
            return model, card
        if card.head != "plain":
            model, card = made_plain(model, card)
    if arm.placement == PLAIN:
        return model, card
    plain: Any = model
    dynamic = upcycle(
        plain, placement=arm.placement, experts=arm.experts, temperature=arm.temperature
    )
    if arm.spread:
        respread(dynamic, arm.spread)
    return dynamic, msgspec.structs.replace(
        card,
        head="dynamic",
        placement=arm.placement,
        experts=arm.experts,
        temperature=arm.temperature,
    )


def made_plain(model: nn.Module, card: ModelCard) -> tuple[nn.Module, ModelCard]:
    """The plain network whose kernels are the means of the experts."""
    card = msgspec.structs.replace(card, head="plain", experts=1)
    plain = HEADS["plain"](card)
    shapes = plain.state_dict()
    state = {
        name: (value.mean(0).view(shapes[name].shape) if value.ndim == 3 else value)
        for name, value in model.state_dict().items()
        if name in shapes
    }
    plain.load_state_dict(state, strict=True)
    return plain.eval(), card


@torch.no_grad()
def respread(model: nn.Module, spread: float) -> None:
    """Set the experts of an upcycled network further apart; their mean stays."""
    for module in dynamic_convolutions(model):
        mean = module.weight.mean(0)
        noise = torch.randn_like(module.weight) * (spread * mean.std())
        module.weight.copy_(mean + noise - noise.mean(0))


def fixed_budget(config: TrainConfig, *, images: int, parent_size: int, steps: int) -> Budget:
    """The usual budget, but as many whole passes as come nearest to the steps, and all the time."""
    usual = plan_budget(config, images=images, parent_size=parent_size)
    per_pass = -(-images * usual.repeats // usual.batch)
    epochs = max(1, round(steps / per_pass))
    samples = epochs * images * usual.repeats
    return replace(usual, epochs=epochs, samples=samples, time_s=math.inf)


def fine_tune(
    case: Case, data: dict[str, Any], start: tuple[nn.Module, ModelCard], machine: Machine
) -> tuple[FixedStepsTrainer, ModelCard]:
    """Train as `dynseg train` does, for some steps; the trainer holds the averaged weights."""
    config = TrainConfig(
        image_size=case.size,
        learning_rate=case.rate,
        seed=case.seed,
        device=machine.device,
        batch=case.batch,
    )
    fitted = fit_classes(*start, list(data["names"].values()), seed=case.seed)
    give_head_start(fitted, data, size=case.size)
    budget = fixed_budget(
        config, images=len(data["train"]), parent_size=start[1].image_size, steps=case.steps
    )
    arm = Arm.parse(case.arm)
    for convolution in dynamic_convolutions(fitted.model):
        if arm.centred:
            parametrize.register_parametrization(convolution, "weight", Centred())
        if arm.standard:
            convolution.router = StandardisedRouter(convolution.router)
    with tempfile.TemporaryDirectory() as folder:
        job = TrainingJob(
            model=fitted.model,
            data={**data, "val": data["val"][:1]},
            budget=budget,
            folder=Path(folder),
            device=machine.device,
            threads=machine.threads,
            seed=case.seed,
            freeze=0,
            emit=lambda _: None,
            stop_requested=lambda: "",
            save=lambda _: None,
        )
        trainer = FixedStepsTrainer(job, arm, machine.workers)
        trainer.train()
    for module in dynamic_convolutions(trainer.ema.ema) if arm.centred else []:
        parametrize.remove_parametrizations(module, "weight")
    return trainer, fitted.card


def run(case: Case, start: str, root: Path, machine: Machine) -> Outcome:
    """One draw of images, one training, one measurement."""
    data = dict(read_description(root / case.set / "yolo" / "data.yaml"))
    images = sorted(data["train"])
    random.Random(case.seed).shuffle(images)
    data["train"] = images[: case.images or None]
    torch.manual_seed(case.seed)
    began_s = time.monotonic()
    network = start_network(start, Arm.parse(case.arm))
    trainer, card = fine_tune(case, data, network, machine)
    seconds = time.monotonic() - began_s
    model = trainer.ema.ema.float().eval()
    found = evaluate_network(
        model, card, data, image_size=case.size, batch=8, device=machine.device
    )
    return Outcome(
        case=case,
        steps=trainer.steps_done,
        pictures=f"{trainer.pictures:08x}",
        seconds=round(seconds, 1),
        map50=round(found.map50, 4),
        map50_95=round(found.map50_95, 4),
        device=machine.device,
    )


def outcomes_in(path: Path) -> list[Outcome]:
    """All whole rows of a file; a row that a crash cut off does not count."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        try:
            row = json.loads(line)
        except ValueError:
            continue
        found.append(Outcome(**{**row, "case": Case(**row["case"])}))
    return found


def table(outcomes: Iterable[Outcome]) -> str:
    """A Markdown table: for each set and arm mean and spread, and the difference to plain.

    Raises:
        ValueError: two arms of one seed were not shown the same pictures.
    """
    arms: dict[Case, dict[int, Outcome]] = {}
    shown: dict[Case, str] = {}
    for row in outcomes:
        arms.setdefault(replace(row.case, seed=0), {})[row.case.seed] = row
        if shown.setdefault(replace(row.case, arm=""), row.pictures) != row.pictures:
            raise ValueError(f"{row.case} was not shown what the other arms were.")
    lines = [
        "| set | start | images | steps | arm | seeds | mAP50 | mAP50-95 | mAP50-95 to plain |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for case, rows in sorted(arms.items(), key=lambda item: astuple(item[0])):
        plain = arms.get(replace(case, arm=PLAIN), {})
        gains = [rows[s].map50_95 - plain[s].map50_95 for s in sorted(rows.keys() & plain.keys())]
        lines.append(
            f"| {case.set} | {case.start} | {case.images or 'all'} | {case.steps} | {case.arm} "
            f"| {len(rows)} | {spread_text([row.map50 for row in rows.values()])} "
            f"| {spread_text([row.map50_95 for row in rows.values()])} "
            f"| {spread_text(gains, signed=True) if gains and case.arm != PLAIN else ''} |"
        )
    return "\n".join(lines)


def spread_text(values: list[float], *, signed: bool = False) -> str:
    """Mean and standard deviation; of one value none is known."""
    spread = f" ± {statistics.stdev(values):.3f}" if len(values) > 1 else ""
    return f"{statistics.mean(values):{'+' if signed else ''}.3f}{spread}"


def main() -> None:
    """Run what is not in the file yet, then print its table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="folder of data sets")
    parser.add_argument(
        "--out", type=Path, nargs="+", required=True, help="files of JSON lines; the first grows"
    )
    parser.add_argument("--sets", nargs="+", default=["food-tray"])
    parser.add_argument("--start", default=SCRATCH, help="a model file, or scratch")
    parser.add_argument("--arms", nargs="+", default=[PLAIN, "mask/4", "all/4"])
    parser.add_argument("--images", type=int, default=20, help="0 takes all")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--steps", type=int, default=120)
    parser.add_argument("--rate", type=float, default=0.0, help="learning rate; 0 is the usual one")
    parser.add_argument("--size", type=int, default=320)
    parser.add_argument("--batch", type=int, default=0, help="0 is the usual number")
    parser.add_argument("--device", default="cpu", metavar="cpu|cuda:0")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--workers", type=int, help="processes that load images")
    parser.add_argument("--only", type=share, default=(1, 1), metavar="I/N", help="every N-th case")
    parser.add_argument("--table", action="store_true", help="only print what the files hold")
    arguments = parser.parse_args()
    done = [outcome for path in arguments.out for outcome in outcomes_in(path)]
    machine = Machine(arguments.device, arguments.threads, arguments.workers)
    for case in () if arguments.table else cases(arguments):
        if not any(outcome.case == case for outcome in done):
            done.append(run(case, arguments.start, arguments.data, machine))
            with arguments.out[0].open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(done[-1])) + "\n")
    sys.stdout.write(table(done) + "\n")


def share(text: str) -> tuple[int, int]:
    """Read `I/N`, the I-th of N processes that share the work."""
    number, _, count = text.partition("/")
    if not number.isdecimal() or not count.isdecimal() or not 1 <= int(number) <= int(count):
        raise argparse.ArgumentTypeError("is no share such as 1/3")
    return int(number), int(count)


def cases(arguments: argparse.Namespace) -> list[Case]:
    """Arms stand innermost, so that a stopped experiment compares like with like."""
    number, count = arguments.only
    every = [
        Case(
            set=name,
            start=Path(arguments.start).stem,
            arm=arm,
            images=arguments.images,
            size=arguments.size,
            rate=arguments.rate,
            steps=arguments.steps,
            seed=seed,
            batch=arguments.batch,
        )
        for seed in arguments.seeds
        for name in arguments.sets
        for arm in arguments.arms
    ]
    return every[number - 1 :: count]


if __name__ == "__main__":
    main()
