"""How a model is run: the options of every command that runs one, and the settings they make."""

from __future__ import annotations

import argparse

from dynseg.cli import values
from dynseg.cli.command import WrongUseError, refuse_useless
from dynseg.inference.settings import EDGES, PredictSettings


def add_predict_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    usual = PredictSettings()
    parser.add_argument(
        "--conf",
        type=values.share,
        default=usual.confidence,
        metavar="SHARE",
        help="lowest score of a proposal, 0 to 1",
    )
    parser.add_argument(
        "--iou",
        type=values.share,
        default=usual.iou,
        metavar="SHARE",
        help="boxes of one class that overlap more than this are one object",
    )
    parser.add_argument(
        "--imgsz",
        type=values.pixels,
        default=0,
        metavar="PX",
        help="longer side of what the network sees; else as the model was trained",
    )
    _add_tile_arguments(parser)
    _add_choice_arguments(parser)
    parser.add_argument(
        "--edges",
        choices=EDGES,
        default="model",
        help="move outlines to the edges in the image; else as the model's card says",
    )
    parser.add_argument("--full-precision", action="store_true", help="float32 everywhere")
    values.add_device_argument(parser)
    values.add_backend_argument(parser)


def _add_tile_arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(tiles="model")
    tiles = parser.add_mutually_exclusive_group()
    tiles.add_argument(
        "--tile",
        action="store_const",
        const="on",
        dest="tiles",
        help="large images also in overlapping tiles; else as the model has learned to look",
    )
    tiles.add_argument(
        "--tile-auto",
        action="store_const",
        const="auto",
        dest="tiles",
        help="the same where their objects are small",
    )
    tiles.add_argument(
        "--no-tile",
        action="store_const",
        const="off",
        dest="tiles",
        help="one look at the whole image, also with a model that looks closer or twice by itself",
    )
    parser.add_argument(
        "--tile-size",
        type=values.whole(32, 16_384, zero="by the size of the objects"),
        default=0,
        metavar="PX",
        help="side of a tile in image pixels; else by the size of the objects",
    )


def _add_choice_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--region",
        type=values.region,
        metavar="X0,Y0,X1,Y1",
        help="look only into this box of each image, pixels",
    )
    parser.add_argument(
        "--classes",
        type=values.names,
        default=(),
        metavar="A,B",
        help="propose only these classes of the model; older proposals of others are removed",
    )
    parser.add_argument(
        "--max-det",
        type=values.whole(1, 30_000),
        default=PredictSettings().max_detections,
        metavar="N",
        help="most objects kept of one image",
    )


def predict_settings(args: argparse.Namespace) -> PredictSettings:
    """What the options say.

    Raises:
        WrongUseError: a number is outside of its range, or an option would have no effect.
    """
    refuse_useless(
        "--no-tile looks at the whole image once",
        {"--tile-size": bool(args.tile_size) and args.tiles == "off"},
    )
    try:
        return PredictSettings(
            confidence=args.conf,
            iou=args.iou,
            image_size=args.imgsz,
            tiles="on" if args.tile_size and args.tiles == "model" else args.tiles,
            tile_px=args.tile_size,
            region=args.region,
            edges=args.edges,
            classes=args.classes,
            max_detections=args.max_det,
            half=not args.full_precision,
            device=args.device,
            backend=args.backend,
        )
    except ValueError as error:
        raise WrongUseError(
            f"{error}.", "`dynseg prelabel --help` says what the options mean."
        ) from error
