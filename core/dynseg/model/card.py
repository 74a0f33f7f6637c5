"""What is known about a model, readable without loading it. Free of torch."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from dynseg.errors import ModelFileError

FORMAT = 1
FAMILIES = ("yolo11", "yolo12")
"""Networks whose segmentation head is the one that becomes dynamic here."""
SCALES = ("n", "s", "m", "l", "x")


class ModelCard(msgspec.Struct, frozen=True, kw_only=True):
    """The JSON that stands beside a model's weights.

    Attributes:
        name: Unique within a project; the stem of the files.
        model_id: SHA-256 of all tensors, hexadecimal.
        family: One of `FAMILIES`.
        scale: Size of the network: n, s, m, l or x.
        head: `"plain"` or `"dynamic"`.
        placement: Where the dynamic convolutions stand: mask, mask+class or all.
        experts: Experts of each dynamic convolution; 1 for a plain head.
        router_width: Hidden width of the routers over the channels of their input.
        temperature: What the routers' logits are divided by.
        classes: Names by class index.
        class_agnostic: It finds objects of any kind; its one class means nothing.
        image_size: Longer side of the images it was trained on, pixels.
        close_up: How many times larger than in the whole image it has seen parts of images; 1
            where it saw whole ones alone.
        outline_size: Longer side at which it looks a second time for sharper outlines, pixels; 0
            where one look is best.
        follow_edges: Its outlines are moved to where the colours of the image part.
        edge_shift_px: How far outside of there the people draw whom it has learned from, image
            pixels; below 0 inside.
        params: Number of parameters.
        parent: `model_id` of the model that it was trained from.
        created: ISO 8601, UTC.
        metrics: Figures on the fixed validation images, for instance `map50`.
        snapshot: SHA-256 of the manifest of the data that it was trained on.
        learned: Images that it, or a model that it came from, has learned from: the first digits of
            the SHA-256 of their copies. Where many images trained, only those of the models before.
        device: Where it was trained, as torch names it; empty when nobody knows.
        notes: How it was made, for people.
        format: Version of this layout.
    """

    name: str
    model_id: str = ""
    family: str = FAMILIES[0]
    scale: str = "n"
    head: str = "dynamic"
    placement: str = "all"
    experts: int = 4
    router_width: float = 1.0
    temperature: float = 1.0
    classes: list[str]
    class_agnostic: bool = False
    image_size: int = 640
    close_up: float = 1.0
    outline_size: int = 0
    follow_edges: bool = False
    edge_shift_px: float = 0.0
    params: int = 0
    parent: str | None = None
    created: str = msgspec.field(
        default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds")
    )
    metrics: dict[str, float] = {}
    snapshot: str | None = None
    learned: list[str] = []
    device: str = ""
    notes: str = ""
    format: int = FORMAT


MIN_IMAGE_SIZE, MAX_IMAGE_SIZE = 32, 8192
"""Pixels; other sizes cannot be computed."""
MAX_CLOSE_UP = 16.0
"""No model is asked to look closer: an image would be thousands of looks."""
MAX_EDGE_SHIFT_PX = 2.0
"""Nobody draws farther beside the edges: more has another cause."""


_WRITTEN_FOR = {
    ".onnx": "ONNX Runtime",
    ".engine": "TensorRT",
    ".xml": "OpenVINO",
    "_openvino_model": "OpenVINO",
    ".torchscript": "TorchScript",
    ".tflite": "TensorFlow Lite",
    "_saved_model": "TensorFlow",
    ".mlpackage": "Core ML",
}
"""How the names of models end that Ultralytics and others have exported."""


def card_path(weights: Path) -> Path:
    """Where the card of a weights file stands."""
    return weights.with_suffix(".json")


def written_for(path: Path) -> str:
    """The program that a model was written for, by its name; empty where it is none of those."""
    name = path.name.lower()
    return next((title for end, title in _WRITTEN_FOR.items() if name.endswith(end)), "")


def read_card(weights: Path) -> ModelCard:
    """Read the card beside a `.safetensors` file.

    Raises:
        ModelFileError: the file or its card is missing, damaged or of a newer version.
    """
    path = card_path(weights)
    title = written_for(weights)
    if title:
        raise ModelFileError(
            f"{weights.name} is a model as {title} runs it: a fixed graph, which can be neither "
            "trained nor rebuilt.",
            "Give the .pt that it was exported from, such as best.pt of its training run.",
        )
    if weights.suffix != ".safetensors":
        raise ModelFileError(
            f"{weights.name} is not a dynseg model (a .safetensors file with a .json card).",
            "Choose a model that this program has written.",
        )
    if not weights.is_file():
        raise ModelFileError(
            f"The model {weights} is not there.", "Check the path, or list the project's models."
        )
    try:
        card = msgspec.json.decode(path.read_bytes(), type=ModelCard)
    except FileNotFoundError as error:
        raise ModelFileError(
            f"{weights.name} has no card: {path.name} is missing beside it.",
            "Copy both files of the model.",
        ) from error
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ModelFileError(
            f"The card {path.name} cannot be read ({error}).", "Copy the model again."
        ) from error
    if card.format > FORMAT:
        raise ModelFileError(
            f"{weights.name} was written by a newer version of dynseg.", "Update dynseg."
        )
    if (
        card.family not in FAMILIES
        or card.scale not in SCALES
        or not card.classes
        or not 1.0 <= card.close_up <= MAX_CLOSE_UP
        or not abs(card.edge_shift_px) <= MAX_EDGE_SHIFT_PX
        or not MIN_IMAGE_SIZE <= card.image_size <= MAX_IMAGE_SIZE
        or not (card.outline_size == 0 or MIN_IMAGE_SIZE <= card.outline_size <= MAX_IMAGE_SIZE)
    ):
        raise ModelFileError(f"The card {path.name} makes no sense.", "Copy the model again.")
    # By its file it is found, also after somebody gave both files another name.
    return msgspec.structs.replace(card, name=weights.stem)


def write_card(weights: Path, card: ModelCard) -> None:
    """Write the card beside a `.safetensors` file, whole or not at all."""
    from dynseg.files import write_atomic

    write_atomic(card_path(weights), msgspec.json.format(msgspec.json.encode(card), indent=1))
