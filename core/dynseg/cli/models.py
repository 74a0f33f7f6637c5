"""`dynseg models`: the models of a project and which of them is active."""

from __future__ import annotations

import argparse
import contextlib
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from dynseg.cli import values
from dynseg.cli.command import JSON_HELP, Result, WrongUseError
from dynseg.cli.console import Console
from dynseg.cli.project import opened, require_project
from dynseg.cli.words import many
from dynseg.errors import ModelFileError
from dynseg.files import write_atomic
from dynseg.model import fetch
from dynseg.model.card import ModelCard, read_card
from dynseg.model.child import import_checkpoint
from dynseg.model.registry import ModelRegistry
from dynseg.project.layout import ProjectLayout
from dynseg.training import launch, promotion

ACTIONS = (
    "list", "show", "import", "promote", "rollback", "compare", "convert", "rename", "delete",
    "restore",
)  # fmt: skip
FORMATS = ("pt", "onnx", "openvino", "torchscript", "tensorrt")
PLACEMENTS = ("mask", "mask+class", "all")
_FLOPS = "flops.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("project", type=_project, metavar="PROJECT", help="folder of the project")
    actions = parser.add_subparsers(
        dest="action", metavar="ACTION", required=True, help="what to do, one of:"
    )
    _action(actions, "list", "all models, the starter first")
    show = _action(actions, "show", "everything that is known about a model")
    _named(show)
    take = _action(actions, "import", "take a model file or an Ultralytics .pt into the project")
    take.add_argument("file", metavar="FILE", help="a file, or yolo11n-seg.pt to yolo11x-seg.pt")
    take.add_argument("--name", metavar="NAME", help="what it is called; else as its file")
    take.add_argument("--download", action="store_true", help="fetch published weights")
    take.add_argument("--upcycle", choices=PLACEMENTS, help="make a plain .pt dynamic")
    take.add_argument(
        "--experts",
        type=values.experts,
        default=4,
        metavar="M",
        help="kernels of a dynamic convolution",
    )
    promote = _action(actions, "promote", "make a model the active one, after checks")
    _named(promote)
    promote.add_argument("--force", action="store_true", help="also when it is worse")
    _action(actions, "rollback", "make the model active that was so before")
    rename = _action(actions, "rename", "give a model another name")
    _named(rename)
    rename.add_argument("wanted", metavar="NEW", help="its new name")
    delete = _action(actions, "delete", "put a model away; it can be restored")
    _named(delete)
    delete.add_argument("--for-ever", action="store_true", help="remove a deleted one for good")
    restore = _action(actions, "restore", "bring a deleted model back")
    _named(restore)
    compare = _action(actions, "compare", "measure two models on the validation images")
    compare.add_argument(
        "names", nargs=2, metavar="NAME", help="as `dynseg models PROJECT list` prints it"
    )
    compare.add_argument(
        "--imgsz",
        type=values.common_pixels,
        default=0,
        metavar="PX",
        help="else the larger of theirs",
    )
    values.add_device_argument(compare)
    convert = _action(actions, "convert", "write a model for another program, and compare the two")
    _named(convert)
    convert.add_argument("--format", choices=FORMATS, default="onnx", help="of which program")
    convert.add_argument(
        "--out", type=Path, metavar="FILE", help="or a folder; else here, named as the model"
    )
    convert.add_argument(
        "--imgsz",
        type=values.pixels,
        default=0,
        metavar="PX",
        help="side of the images that it will get; else as the model was trained",
    )
    convert.add_argument("--any-batch", action="store_true", help="any number of images at a time")


def _project(text: str) -> Path:
    """The folder; an action in its place is a mix-up, unless there is a folder of that name."""
    if text in ACTIONS and not Path(text).exists():
        raise argparse.ArgumentTypeError(f"comes first: `dynseg models PROJECT {text}`")
    return Path(text)


def _named(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="as `dynseg models PROJECT list` prints it")


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str
) -> argparse.ArgumentParser:
    sentence = f"{text[0].upper()}{text[1:]}."
    parser = actions.add_parser(name, help=text, description=sentence)
    # The same flag as before the action, which must not be set back to false here.
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=JSON_HELP)
    return parser


def run(args: argparse.Namespace, console: Console) -> Result:
    """Do one of the actions."""
    layout = ProjectLayout(require_project(args.project))
    registry = ModelRegistry(layout.models)
    match args.action:
        case "list":
            cards = registry.list()
        case "show":
            cards = [_card(registry, args.name)]
        case "import":
            cards = [_take(registry, args, console)]
            console.say(f"{cards[0].name} is in the project; it is not active yet")
        case "promote":
            cards = [_promote(registry, layout, args.name, force=args.force)]
            console.say(f"{cards[0].name} is the active model now")
        case "rollback":
            cards = [registry.rollback()]
            console.say(f"{cards[0].name} is the active model again")
        case "rename":
            cards = [launch.rename_model(layout, args.name, args.wanted)]
            console.say(f"{args.name} is called {args.wanted} now")
        case "delete":
            _delete(registry, args.name, console, for_ever=args.for_ever)
            cards = registry.list()
        case "restore":
            cards = [registry.restore(args.name)]
            console.say(f"{cards[0].name} is in the project again")
        case "convert":
            return _convert(args, registry, console)
        case _:
            return _compare(args, registry, console)
    active = registry.active().name
    count = console.as_json or args.action == "show"  # takes seconds when it is not known yet
    rows = [_row(card, active, _flops(card, registry, count=count)) for card in cards]
    _show(rows, console, in_full=args.action == "show")
    return Result({"models": rows, "active": active})


def _delete(registry: ModelRegistry, name: str, console: Console, *, for_ever: bool) -> None:
    if for_ever:
        registry.discard(name)
        console.say(f"{name} is gone")
        return
    kept = registry.delete(name)
    console.say(f"{name} is deleted; `dynseg models PROJECT restore {kept}` brings it back")


def _card(registry: ModelRegistry, name: str) -> ModelCard:
    for card in registry.list():
        if card.name == name:
            return card
    registry.path(name)
    raise ModelFileError(f"The card of {name} cannot be read.", "Import the model again.")


def _take(registry: ModelRegistry, args: argparse.Namespace, console: Console) -> ModelCard:
    file = _file(args, console)
    if file.suffix.lower() == ".pt":
        with console.stoppable("The project has no new model."):
            return import_checkpoint(
                file,
                registry,
                name=args.name,
                placement=args.upcycle,
                experts=args.experts,
                cancel=console.cancel,
            )
    if args.upcycle:
        raise WrongUseError("Only a .pt file is made dynamic.", "Leave --upcycle out.")
    read_card(file)  # most wrong files are told without starting a process
    promotion.check_candidate(file)
    return registry.add(file, name=args.name)


def _file(args: argparse.Namespace, console: Console) -> Path:
    """The file that is meant: a path, or published weights that are here or may be fetched."""
    path, name = Path(args.file), fetch.released_name(args.file)
    if path.is_file() or name is None:
        return path
    folder = fetch.downloads_folder()
    if not args.download:
        return fetch.find(name, folder)
    with console.stoppable("The same command goes on with the download."):
        return fetch.fetch(name, folder, report=console.progress, cancel=console.cancel)


def _promote(
    registry: ModelRegistry, layout: ProjectLayout, name: str, *, force: bool
) -> ModelCard:
    """Promote by the checks of a training run; a model without one is only checked as a file."""
    for folder in launch.find_runs(layout):
        if folder.status().model == name:
            promotion.promote(registry, folder, force=force)
            return registry.active()
    promotion.check_candidate(registry.path(name))
    return registry.promote(name)


def _row(card: ModelCard, active: str, flops: int | None) -> dict[str, Any]:
    return {
        "name": card.name,
        "sha256": card.model_id,
        "parent": card.parent,
        "map50": card.metrics.get("map50"),
        "map50_95": card.metrics.get("map50_95"),
        "params": card.params,
        "flops": flops,
        "head": card.head,
        "placement": card.placement,
        "experts": card.experts,
        "scale": card.scale,
        "classes": card.classes,
        "class_agnostic": card.class_agnostic,
        "image_size": card.image_size,
        "created": card.created,
        "device": card.device,
        "notes": card.notes,
        "active": card.name == active,
    }


def _flops(card: ModelCard, registry: ModelRegistry, *, count: bool) -> int | None:
    """FLOPs of a forward pass at 640 pixels; counted once for each kind of network."""
    shape = f"{card.head}/{card.placement}/{card.experts}/{card.router_width}"
    kind = f"{card.family}{card.scale}/{shape}/{len(card.classes)}"
    path = registry.folder / _FLOPS
    known: dict[str, int] = {}
    with contextlib.suppress(OSError, msgspec.DecodeError):
        known = msgspec.json.decode(path.read_bytes(), type=dict[str, int])
    if kind not in known and count:
        from dynseg.model import sandbox

        sandbox.prepare_environment()
        from dynseg.model.build import build
        from dynseg.model.flops import count_flops

        known[kind] = count_flops(build(card).eval())
        with contextlib.suppress(OSError):  # a project that cannot be written is counted again
            registry.folder.mkdir(parents=True, exist_ok=True)
            write_atomic(path, msgspec.json.encode(known))
    return known.get(kind)


def _show(rows: list[dict[str, Any]], console: Console, *, in_full: bool) -> None:
    if in_full:
        for key, value in rows[0].items():
            text = ", ".join(value) if isinstance(value, list) else value
            console.say(f"{key.replace('_', ' ')}: {'' if text is None else text}")
        return
    width = max(len(row["name"]) for row in rows)
    for row in rows:
        flops = "" if row["flops"] is None else f", {row['flops'] / 1e9:.2f} GFLOP"
        score = "" if row["map50_95"] is None else f", mAP50-95 {row['map50_95']:.3f}"
        console.say(
            f"{'*' if row['active'] else ' '} {row['name']:<{width}}  {row['head']}, "
            f"{row['params'] / 1e6:.2f} M parameters{flops}{score}"
        )


def _convert(args: argparse.Namespace, registry: ModelRegistry, console: Console) -> Result:
    """Write a model in another format; a file that answers differently is not handed out."""
    from dynseg.model import sandbox

    sandbox.prepare_environment()
    sandbox.forbid_network()
    from dynseg.model.checkpoint import load
    from dynseg.model.convert.graph import GraphShape
    from dynseg.model.convert.usage import python_line
    from dynseg.model.convert.write import convert, target_for

    model, card = load(registry.path(args.name))
    side = -(-(args.imgsz or card.image_size) // 32) * 32
    target = target_for(args.format, args.out or Path(), card.name)
    console.status(f"Writing and comparing {target.name} ...", final=True)
    shape = GraphShape(side, side, any_batch=args.any_batch)
    parity = convert(model, card, args.format, shape, target)
    console.say(
        f"{target}: boxes differ from the original by at most {parity.box_px:.1e} pixels, scores "
        f"by {parity.score:.1e}, on {parity.images} photographs"
    )
    use = python_line(target, side)
    console.say(f"in Python: {use}")
    if card.close_up > 1:
        console.say(
            f"it has learned from parts of images, up to {card.close_up:.1f} times larger, and "
            "looks at them besides the whole here; elsewhere cut images into such parts, too, or "
            "it finds fewer small objects"
        )
    found = {"box_px": parity.box_px, "score": parity.score, "images": parity.images}
    return Result(
        {
            "path": target,
            "format": args.format,
            "image_size": side,
            "classes": card.classes,
            "close_up": card.close_up,
            "python": use,
            "parity": found,
        }
    )


def _compare(args: argparse.Namespace, registry: ModelRegistry, console: Console) -> Result:
    """Measure both on the same validation images of the project."""
    first, second = args.names
    if first == second:
        raise WrongUseError("Both names are the same model.", "Give two different ones.")
    cards = [_card(registry, name) for name in args.names]
    image_size = args.imgsz or max(card.image_size for card in cards)
    agnostic = any(card.class_agnostic for card in cards)
    from dynseg.model import sandbox

    sandbox.prepare_environment()
    from dynseg.training.devices import choose_device
    from dynseg.training.evaluate import evaluate
    from dynseg.training.fold_plan import fair_images
    from dynseg.training.snapshot import make_snapshot

    device = choose_device(args.device)
    rows = []
    with tempfile.TemporaryDirectory(prefix="dynseg-compare-") as folder:
        data = Path(folder) / "data"
        with (
            opened(args.project, read_only=True) as store,
            console.stoppable("Nothing was changed."),
        ):
            make_snapshot(store, data, report=console.progress, cancel=console.cancel)
            renamed = store.classes().renamed
        images, known = fair_images(data, cards)
        for card in cards:
            console.status(f"Measuring {card.name} ...", final=True)
            found = evaluate(
                registry.path(card.name),
                data / "data.yaml",
                image_size,
                agnostic=agnostic,
                device=device,
                close_up=max(card.close_up for card in cards),
                renamed=renamed,
                images=images,
            )
            row = {
                "name": card.name,
                "map50": found.map50,
                "map50_95": found.map50_95,
                "per_class": found.per_class,
                "images": found.images,
                "learned": known.get(card.name, 0),
            }
            rows.append(row)
            _say_measured(row, console)
    if agnostic:
        console.say("classes were ignored, since one of the models knows none")
    return Result({"models": rows, "image_size": image_size, "agnostic": agnostic})


def _say_measured(row: dict[str, Any], console: Console) -> None:
    images = many(row["images"], "reviewed image")
    console.say(
        f"{row['name']}: mAP50 {row['map50']:.3f}, mAP50-95 {row['map50_95']:.3f} on {images}"
    )
    if row["learned"]:
        console.say(
            f"{row['name']} has learned from {row['learned']} of these images, which flatters it; "
            "its figure in `dynseg models PROJECT list` is of images that were not learned from"
        )
