"""Icons, themes, the starter model, the sample project and the user guide."""

from __future__ import annotations

from pathlib import Path

_ROOT = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Path of an embedded file or folder, for instance `icons/undo.svg`.

    Raises:
        FileNotFoundError: nothing of that name is embedded.
    """
    path = _ROOT / name
    if not path.exists():
        raise FileNotFoundError(f"dynseg_resources has no {name}")
    return path


def starter_model() -> Path:
    """Weights of the embedded starter model; its card stands beside it."""
    return resource("models/starter.safetensors")


def sample_project() -> Path:
    """Folder of the embedded sample: `images/`, `labels/` of some of them, `data.yaml`."""
    return resource("sample")
