"""`dynseg bench`: how fast this machine is, beside other programs and beside its own limit."""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from dynseg import processes
from dynseg.cli import values
from dynseg.cli.command import Result, WrongUseError
from dynseg.cli.console import Console
from dynseg.errors import EngineError
from dynseg.images import index
from dynseg.inference.settings import PredictSettings
from dynseg.model.registry import ModelRegistry

if TYPE_CHECKING:
    from dynseg.benchmark.prelabel import Findings, Setting

WHATS = ("prelabel", "flow", "model", "store", "canvas")
"""Runs as a program of its own: the engine knows nothing of the window."""
IMAGE_SIZE = 640
LEAST_IMAGES = 4
"""For `flow`: the first quarter does not count."""
MOST_REAL = 100
"""Photographs that backends are compared on."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "what", choices=WHATS,
        help="pre-labelling, what it waits for, the dynamic head beside the plain one, the project "
        "file, the canvas",
    )  # fmt: skip
    parser.add_argument("--model", type=Path, metavar="PATH", help="else the starter")
    parser.add_argument(
        "--imgsz",
        type=values.pixels,
        default=IMAGE_SIZE,
        metavar="PX",
        help="longer side of what the network sees",
    )
    values.add_device_argument(parser)
    values.add_backend_argument(parser)
    parser.add_argument(
        "--labelme", type=Path, metavar="PYTHON",
        help="canvas: measure labelme 6.3.1 too, in this Python, which has it",
    )  # fmt: skip
    parser.add_argument("--scales", default="nsm", metavar="nsmlx", help="sizes of networks")
    parser.add_argument(
        "--experts",
        type=values.experts,
        default=4,
        metavar="M",
        help="kernels of a dynamic convolution",
    )
    parser.add_argument(
        "--rounds",
        type=values.whole(1),
        default=3,
        metavar="N",
        help="measure everything so many times, in turn",
    )
    parser.add_argument(
        "--images",
        type=values.whole(LEAST_IMAGES),
        default=0,
        metavar="N",
        help="flow: how many are pre-labelled; else as many as take some seconds",
    )
    parser.add_argument(
        "--photos", type=Path, action="append", default=[], metavar="FOLDER",
        help="photographs to compare backends on, or flow: to pre-label; may be given again",
    )  # fmt: skip


def run(args: argparse.Namespace, console: Console) -> Result:
    """Measure, in a folder that is removed afterwards."""
    if not args.scales or not set(args.scales) <= set("nsmlx"):
        raise WrongUseError("--scales takes letters of n, s, m, l and x.", "Leave it out for nsm.")
    if args.what == "prelabel":
        return _prelabel(args, console)
    if args.what == "flow":
        return _flow(args, console)
    if args.what == "model":
        return _model(args, console)
    figures = _store(console) if args.what == "store" else _canvas(args.labelme)
    for name, value in figures.items():
        console.say(f"{name}: {value:.4g}")
    return Result(figures)


def _model(args: argparse.Namespace, console: Console) -> Result:
    """Networks of three sizes, each placement of the dynamic convolutions, in turn."""
    from dynseg.model.sandbox import prepare_environment

    prepare_environment()
    from dynseg.benchmark.costs import measure_costs
    from dynseg.training.devices import choose_device

    device = choose_device(args.device)
    rows = []
    console.say("against the plain head: parameters, FLOPs, time of one image, images/s in a batch")
    for row in measure_costs(
        scales=tuple(args.scales),
        experts=args.experts,
        image_size=math.ceil((args.imgsz or IMAGE_SIZE) / 32) * 32,
        rounds=args.rounds,
        device=device,
        backend=args.backend,
    ):
        rows.append(asdict(row))
        console.say(
            f"{row.scale} {row.placement}: {row.params_x:.3f}, {row.flops_x:.4f}, "
            f"{row.latency_x:.2f}, {row.throughput_x:.2f} "
            f"(plain {row.plain_ms:.0f} ms, {row.backend})"
        )
    return Result({"device": device, "rows": rows})


def _store(console: Console) -> dict[str, float]:
    """A project of 10,000 images with 8 shapes each, on the disk of temporary files."""
    from dynseg.project.bench import measure

    with tempfile.TemporaryDirectory(prefix="dynseg-bench-") as folder:
        return asdict(measure(Path(folder), report=console.progress))


def _canvas(labelme: Path | None) -> dict[str, float]:
    peer = ["--labelme", str(labelme)] if labelme is not None else []
    done = subprocess.run(
        [*processes.command("canvas-bench"), *peer],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise EngineError(
            "The canvas could not be measured here.", "`dynseg doctor` says what Qt lacks."
        )
    return msgspec.json.decode(done.stdout, type=dict[str, float])


def _prelabel(args: argparse.Namespace, console: Console) -> Result:
    from dynseg.benchmark import prelabel

    setting = _setting(args)
    with tempfile.TemporaryDirectory(prefix="dynseg-bench-") as folder:
        found = prelabel.run(setting, Path(folder), console.progress)
    data = _data(found)
    _show(found, data, console)
    return Result(data)


def _flow(args: argparse.Namespace, console: Console) -> Result:
    from dynseg.benchmark import flow

    with tempfile.TemporaryDirectory(prefix="dynseg-bench-") as folder:
        found = flow.run(_setting(args), Path(folder), console.progress, images=args.images)
    flow.show(found, console.say)
    return Result({**asdict(found), "share_of_forward": found.share_of_forward})


def _setting(args: argparse.Namespace) -> Setting:
    from dynseg.benchmark.prelabel import Setting

    photos = [folder / rel for folder in args.photos for rel in index.scan(folder, recursive=True)]
    return Setting(
        ModelRegistry(Path("no-such-folder")).resolve(str(args.model) if args.model else None),
        # Outlines as the network draws them: those that it is compared with draw them so.
        PredictSettings(
            image_size=args.imgsz, device=args.device, backend=args.backend, edges="off"
        ),
        rounds=args.rounds,
        real=tuple(photos[:: max(1, len(photos) // MOST_REAL)][:MOST_REAL]),
    )


def _data(found: Findings) -> dict[str, Any]:
    times = found.times
    data: dict[str, Any] = {
        "backend": found.backend,
        "device": found.device,
        "cores": found.cores,
        **{f"{name}_ms": value for name, value in times.items()},
        "forward_ms": found.stages["forward"],
        "stages_ms": found.stages,
        "limit_ms": found.limit_ms,
        "share_of_limit": found.limit_ms / times["ours"],
        "dense_stages_ms": found.dense_stages,
        "dense_share_of_limit": found.dense_limit_ms / times["dense_ours"],
        "share_of_forward": found.stages["forward"] / times["ours"],
        "dense_over_sparse": times["dense_ours"] / times["ours"],
        "objects": found.objects[0],
        "dense_objects": found.objects[1],
        "polygon_iou": found.sparse.iou,
        "points": found.sparse.points,
        "dense_polygon_iou": found.dense.iou,
        "dense_points": found.dense.points,
        "ultralytics_polygon_iou": found.sparse.peer_iou,
        "ultralytics_points": found.sparse.peer_points,
        "dense_ultralytics_polygon_iou": found.dense.peer_iou,
        "dense_ultralytics_points": found.dense.peer_points,
    }
    if found.agreement is not None:
        data["matched"] = found.agreement.matched
        data["mask_iou"] = found.agreement.mask_iou
        data["agreement_objects"] = found.agreement.objects
    return data


def _show(found: Findings, data: dict[str, Any], console: Console) -> None:
    console.say(f"{found.backend} on {found.device}, {found.cores} cores; ms an image, medians")
    for prefix, objects in (("", found.objects[0]), ("dense_", found.objects[1])):
        ours = found.times[f"{prefix}ours"]
        console.say(f"{objects:.0f} objects an image: ours {ours:.1f}")
        console.say(
            f"  as the model proposes in the program (its own looks, outlines at edges): "
            f"{found.times[f'{prefix}proposed']:.1f}"
        )
        for name, took in found.times.items():
            if name.startswith(f"{prefix}ultralytics"):
                console.say(f"  {name}: {took:.1f}, {took / ours:.1f} times ours")
    for name, stages in (("stages", found.stages), ("dense stages", found.dense_stages)):
        listed = ", ".join(f"{stage} {cost:.2f}" for stage, cost in stages.items())
        console.say(f"{name}: {listed}")
    console.say(
        f"limit {found.limit_ms:.1f}: {data['share_of_limit']:.0%} reached, "
        f"dense {found.dense_limit_ms:.1f}: {data['dense_share_of_limit']:.0%}; "
        f"{data['share_of_forward']:.0%} of the network alone; "
        f"dense over sparse {data['dense_over_sparse']:.2f}"
    )
    for name, quality in (("few objects", found.sparse), ("dense", found.dense)):
        console.say(
            f"polygons, {name}: IoU {quality.iou:.3f} with {quality.points:.0f} points; "
            f"masks.xyn {quality.peer_iou:.3f} with {quality.peer_points:.0f}"
        )
    if found.agreement is not None:
        console.say(
            f"against float32 torch: {found.agreement.matched:.1%} of "
            f"{found.agreement.objects} objects matched, IoU {found.agreement.mask_iou:.4f}"
        )
