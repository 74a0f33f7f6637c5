"""Make the embedded model of the sample from one that was trained on generated scenes.

    dynseg sample scenes --images 400 --seed S
    dynseg init work --images scenes/images --data scenes/data.yaml
    dynseg import work scenes --as-reviewed
    dynseg models work import resources/dynseg_resources/sample/models/parts.safetensors
    dynseg train work --from parts --preset standard --imgsz 416 --time 50 --seed 3
    python packaging/make_parts.py work/.dynseg/models/RUN.safetensors

It is written in half precision, and its card says how good it is on scenes of another seed.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import msgspec

from dynseg.model.sandbox import prepare_environment
from dynseg.sample import generate

prepare_environment()

from dynseg.model.checkpoint import load, save  # noqa: E402
from dynseg.training.evaluate import Metrics, evaluate  # noqa: E402

TARGET = (
    Path(__file__).resolve().parents[1] / "resources" / "dynseg_resources" / "sample" / "models"
)
FRESH_IMAGES, FRESH_SEED = 60, 909_090
NOTES = (
    "Knows the six parts of the sample. Trained from the first such model on 320 generated "
    "photographs (standard preset, 416 px, 50 minutes on two busy CPU cores); the figures are "
    f"those of {FRESH_IMAGES} generated photographs of another seed."
)


def main() -> None:
    """Measure a model, then write `parts.safetensors` and its card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    path: Path = parser.parse_args().model
    model, card = load(path)
    card = msgspec.structs.replace(card, name="parts", notes=NOTES, metrics={}, follow_edges=True)
    TARGET.mkdir(parents=True, exist_ok=True)
    target = TARGET / "parts.safetensors"
    save(model, card, target, half=True)
    aware, agnostic = _measured(target, card.image_size)
    card = msgspec.structs.replace(
        card,
        metrics={
            "map50": aware.map50,
            "map50_95": aware.map50_95,
            "val_images": float(aware.images),
            "agnostic_map50": agnostic.map50,
        },
    )
    save(model, card, target, half=True)


def _measured(path: Path, size: int) -> tuple[Metrics, Metrics]:
    """With classes and without, on scenes that nobody has trained on."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, images=FRESH_IMAGES, seed=FRESH_SEED)
        data = folder / "data.yaml"
        return evaluate(path, data, size), evaluate(path, data, size, agnostic=True)


if __name__ == "__main__":
    main()
