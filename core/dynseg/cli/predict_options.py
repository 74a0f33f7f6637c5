"""How a model is run: the options of every command that runs one, and the settings they make."""

from __future__ import annotations

import argparse

from dynseg.cli.command import WrongUseError
from dynseg.inference.settings import PredictSettings


def add_predict_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--conf", type=_share, default=PredictSettings().confidence)
    parser.add_argument("--iou", type=_share, default=PredictSettings().iou)
    parser.add_argument("--imgsz", type=int, default=0, metavar="N")
    parser.set_defaults(tiles="model")
    parser.add_argument(
        "--tile",
        action="store_const",
        const="on",
        dest="tiles",
        help="large images also in overlapping tiles; else as the model has learned to look",
    )
    parser.add_argument(
        "--tile-auto",
        action="store_const",
        const="auto",
        dest="tiles",
        help="the same where their objects are small",
    )
    parser.add_argument(
        "--no-tile",
        action="store_const",
        const="off",
        dest="tiles",
        help="whole images alone, also with a model that has learned from close-ups",
    )
    parser.add_argument(
        "--tile-size",
        type=int,
        default=0,
        metavar="PX",
        help="side of a tile in image pixels; else by the size of the objects",
    )
    parser.add_argument(
        "--region",
        type=_region,
        metavar="X0,Y0,X1,Y1",
        help="look only into this box of each image, pixels",
    )
    parser.add_argument(
        "--classes",
        type=_names,
        default=(),
        metavar="A,B",
        help="propose these classes of the model alone; older proposals of others go",
    )
    parser.add_argument(
        "--max-det",
        type=int,
        default=PredictSettings().max_detections,
        metavar="N",
        help="most objects kept of one image",
    )
    parser.add_argument("--full-precision", action="store_true", help="float32 everywhere")
    parser.add_argument("--device", default="auto", metavar="auto|cpu|cuda:0")
    parser.add_argument("--backend", default="auto", metavar="auto|openvino|onnx|torch")


def predict_settings(args: argparse.Namespace) -> PredictSettings:
    """What the options say.

    Raises:
        WrongUseError: a number is outside of its range.
    """
    try:
        return PredictSettings(
            confidence=args.conf,
            iou=args.iou,
            image_size=args.imgsz,
            tiles="on" if args.tile_size and args.tiles == "model" else args.tiles,
            tile_px=args.tile_size,
            region=args.region,
            classes=args.classes,
            max_detections=args.max_det,
            half=not args.full_precision,
            device=args.device,
            backend=args.backend,
        )
    except ValueError as error:
        raise WrongUseError(f"{error}.", "`dynseg prelabel --help` lists the ranges.") from error


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _region(text: str) -> tuple[float, float, float, float]:
    numbers = [float(number) for number in text.split(",")]
    if len(numbers) != 4:
        raise argparse.ArgumentTypeError("has to be four numbers with commas between them")
    x0, y0, x1, y1 = numbers
    return x0, y0, x1, y1


def _share(text: str) -> float:
    number = float(text)
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError("has to be between 0 and 1")
    return number
