"""A model as a file of another program, handed out only when it answers as the original does.

The comparison is made on photographs of different content: a file that uses one image's kernels for
all others passes every test with alike images.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from dynseg import __version__
from dynseg.errors import EngineError, ModelFileError
from dynseg.files import move
from dynseg.formats.outgoing.staging import PREVIOUS, STAGING, is_abandoned, staging_place
from dynseg.model.card import ModelCard
from dynseg.model.convert.checkpoint import read_back, write_checkpoint
from dynseg.model.convert.graph import GraphShape, exportable, trace
from dynseg.model.convert.openvino import load_openvino, openvino_core, to_openvino
from dynseg.model.convert.photos import sample_photos
from dynseg.model.convert.tensorrt import TensorRtNetwork, build_engine, load_tensorrt
from dynseg.model.onnx_runtime import load_onnx_runtime

BOX_LIMIT_PX = 1e-3
SCORE_LIMIT = 1e-4
MASK_LIMIT = 1e-3
"""Of mask coefficients and prototypes, which reach 5 (measured: 2e-5 at most, in any format)."""
SEEN = 1e-3
"""Score below which nobody asks for a box, validation included: what an anchor says of background
has no side to end at, and rounding moves it furthest."""
_OUTPUTS = ("predictions", "prototypes")
_BATCH = 6
_INSTALL = 'Install it: pip install "dynseg-annotator[export]"'

Answers = Callable[[Tensor], tuple[Tensor, Tensor]]
"""`(B, 3, H, W)` float32 in [0, 1] to predictions and prototypes, as `exportable` says."""


@dataclass(frozen=True, slots=True)
class Parity:
    """Largest differences between a written file and the original, over all images.

    Attributes:
        box_px: Of box centres and sizes, pixels of the model's input, where a score reaches `SEEN`.
        score: Of class scores, at all anchors.
        mask: Of mask coefficients, where a score reaches `SEEN`, and of prototypes.
        images: How many photographs were compared.
    """

    box_px: float
    score: float
    mask: float
    images: int

    @property
    def is_fine(self) -> bool:
        """Whether all are within the limits."""
        close = self.box_px <= BOX_LIMIT_PX and self.score <= SCORE_LIMIT
        return close and self.mask <= MASK_LIMIT


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes:
        suffix: What its files' names end with; a folder where it has no dot.
        write: Writes it.
        answers: Runs what was written.
    """

    suffix: str
    write: Callable[[nn.Module, ModelCard, GraphShape, Path], None]
    answers: Callable[[Path], Answers]


def convert(
    model: nn.Module, card: ModelCard, kind: str, shape: GraphShape, target: Path
) -> Parity:
    """Write a model in another format, whole or not at all.

    Args:
        model: A network of `dynseg.model.build`; left as it is.
        card: Its card.
        kind: A key of `FORMATS`.
        shape: What the file will be given.
        target: Where it goes; replaced.

    Raises:
        ModelFileError: the file answers differently; it is not handed out.
        EngineError: a package that the format needs is not installed.
        OSError: the disk is full or the folder cannot be written.
    """
    chosen = FORMATS[kind]
    target.parent.mkdir(parents=True, exist_ok=True)
    _collect_leftovers(target)
    staging = staging_place(target.parent, chosen.suffix)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # deprecations and traced constants of the writers
            chosen.write(model, card, shape, staging)
            parity = compare(model, chosen.answers(staging), shape)
        if not parity.is_fine:
            raise ModelFileError(
                f"{target.name} would answer differently from {card.name}: boxes differ by up to "
                f"{parity.box_px:.2g} pixels, scores by {parity.score:.2g}, masks by "
                f"{parity.mask:.2g}. It was not written.",
                "Use another format, or one image at a time.",
            )
        _put(staging, target)
    finally:
        _discard(staging)
    return parity


def _put(staging: Path, target: Path) -> None:
    """Give what is written its name; a folder of that name is replaced as a whole or not at all.

    Raises:
        OSError: a program has a file of that folder open, on Windows; it stays as it is.
    """
    if not target.is_dir():
        move(staging, target)
        return
    before = _before(target)
    move(target, before)
    try:
        move(staging, target)
    except OSError:
        move(before, target)
        raise
    _discard(before)


def _before(target: Path) -> Path:
    """Where the earlier folder is while the new one takes its place."""
    return target.with_name(f"{PREVIOUS}{target.name}")


def _discard(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _collect_leftovers(target: Path) -> None:
    """Put right what a process that was killed has left beside `target`.

    Between two names it had moved the earlier folder aside: that one comes back. What it was
    writing goes.
    """
    before = _before(target)
    if before.is_dir():
        if target.exists():
            _discard(before)
        else:
            move(before, target)
    for path in target.parent.glob(f"{STAGING}*"):
        if is_abandoned(path.name):
            _discard(path)


def target_for(kind: str, wished: Path, name: str) -> Path:
    """A path that ends as files of the format do.

    Args:
        kind: A key of `FORMATS`.
        wished: The file, or a folder that it comes into.
        name: What it is called in a folder.
    """
    suffix = FORMATS[kind].suffix
    if wished.name.endswith(suffix):
        return wished
    path = wished / name if wished.is_dir() else wished
    return path.with_name(path.name + suffix)


@torch.inference_mode()
def compare(model: nn.Module, answers: Answers, shape: GraphShape) -> Parity:
    """Compare what a file says of sixteen photographs with the network, fused, image by image."""
    network: Any = exportable(model, GraphShape(shape.height, shape.width))
    photos = sample_photos(shape.height, shape.width)
    classes = int(network.model[-1].nc)
    box = score = mask = 0.0
    for batch in torch.split(photos, _BATCH if shape.any_batch else 1):
        found, prototypes = answers(batch)
        own = [network(photo[None]) for photo in batch]
        wanted = torch.cat([answer[0] for answer in own])
        difference = _distance(found, wanted)
        scores = slice(4, 4 + classes)
        seen = torch.maximum(found[:, scores], wanted[:, scores]).amax(1) >= SEEN
        # Not a product: where nobody looks a box may be no number, and that times 0 is none.
        box = max(box, float(difference[:, :4].amax(1).where(seen, 0.0).max()))
        score = max(score, float(difference[:, scores].max()))
        # Dynamic convolutions may stand in the branch of the coefficients alone.
        mask = max(
            mask,
            float(difference[:, scores.stop :].amax(1).where(seen, 0.0).max()),
            float(_distance(prototypes, torch.cat([answer[1] for answer in own])).max()),
        )
    return Parity(box, score, mask, len(photos))


def _distance(one: Tensor, other: Tensor) -> Tensor:
    return (one - other).abs().nan_to_num(torch.inf)


def described(card: ModelCard, shape: GraphShape) -> dict[str, Any]:
    """What ultralytics wants to know about a converted model, and how close it looks here."""
    return {
        "description": f"{card.name}, dynseg {__version__}",
        "author": "dynseg-annotator",
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "license": "AGPL-3.0",
        "task": "segment",
        "stride": 32,
        "batch": 1,
        "imgsz": [shape.height, shape.width],
        "names": dict(enumerate(card.classes)),
        "args": {"dynamic": shape.any_batch},
        "channels": 3,
        "close_up": card.close_up,
    }


def _write_torchscript(model: nn.Module, card: ModelCard, shape: GraphShape, path: Path) -> None:
    about = {"config.txt": json.dumps(described(card, shape))}
    torch.jit.save(trace(model, shape), path, _extra_files=about)


def _run_torchscript(path: Path) -> Answers:
    network = torch.jit.load(path)  # type: ignore[no-untyped-call]
    return lambda images: tuple(network(images))


def _write_onnx(model: nn.Module, card: ModelCard, shape: GraphShape, path: Path) -> None:
    try:
        import onnx
    except ImportError as error:
        raise EngineError("The package onnx is not installed.", _INSTALL) from error
    batch = {0: "batch"} if shape.any_batch else {}
    size = {2: "height", 3: "width"} if shape.any_size else {}
    anchors = {2: "anchors"} if shape.any_size else {}
    network, example = exportable(model, shape), shape.example()
    with torch.no_grad():
        network(example)  # anchors are kept from the first call on
        torch.onnx.export(
            network,
            (example,),
            path,
            input_names=["images"],
            output_names=list(_OUTPUTS),
            dynamic_axes={
                "images": batch | size,
                "predictions": batch | anchors,
                "prototypes": batch | size,
            },
            opset_version=17,
            dynamo=False,
        )
    written = onnx.load(path)
    for key, value in described(card, shape).items():
        written.metadata_props.add(key=key, value=str(value))
    onnx.save(written, path)


def _run_onnx(path: Path) -> Answers:
    try:
        onnxruntime = load_onnx_runtime()
    except ImportError as error:
        raise EngineError("The package onnxruntime is not installed.", _INSTALL) from error
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])

    def answers(images: Tensor) -> tuple[Tensor, Tensor]:
        found = session.run(list(_OUTPUTS), {"images": images.numpy()})
        return torch.from_numpy(found[0]), torch.from_numpy(found[1])

    return answers


def _write_openvino(model: nn.Module, card: ModelCard, shape: GraphShape, path: Path) -> None:
    import yaml

    openvino = load_openvino()
    path.mkdir()
    openvino.save_model(to_openvino(model, shape), path / "model.xml", compress_to_fp16=False)
    about = yaml.safe_dump(described(card, shape), sort_keys=False, allow_unicode=True)
    (path / "metadata.yaml").write_text(about, encoding="utf-8", newline="\n")


def _run_openvino(path: Path) -> Answers:
    options = {"INFERENCE_PRECISION_HINT": "f32"}
    network = openvino_core().compile_model(str(path / "model.xml"), "CPU", options)

    def answers(images: Tensor) -> tuple[Tensor, Tensor]:
        found = network(images.numpy())
        return torch.from_numpy(found["predictions"]), torch.from_numpy(found["prototypes"])

    return answers


def _write_tensorrt(model: nn.Module, card: ModelCard, shape: GraphShape, path: Path) -> None:
    load_tensorrt()  # says at once that it is missing
    with tempfile.TemporaryDirectory() as folder:
        onnx = Path(folder) / "network.onnx"
        _write_onnx(model, card, shape, onnx)
        path.write_bytes(build_engine(onnx, shape, described(card, shape)))


def _run_checkpoint(path: Path) -> Answers:
    network: Any = exportable(read_back(path), GraphShape(64, 64))
    network.model[-1].dynamic = True
    return lambda images: tuple(network(images))


FORMATS: dict[str, Format] = {
    "pt": Format(".pt", lambda m, card, _, path: write_checkpoint(m, card, path), _run_checkpoint),
    "onnx": Format(".onnx", _write_onnx, _run_onnx),
    "openvino": Format("_openvino_model", _write_openvino, _run_openvino),
    "torchscript": Format(".torchscript", _write_torchscript, _run_torchscript),
    "tensorrt": Format(".engine", _write_tensorrt, TensorRtNetwork),
}
"""All formats; each is compared in the same way."""
