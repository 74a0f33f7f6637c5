"""Make the embedded sample project: generated photographs, some of them already labelled.

    python packaging/make_sample.py

The result is deterministic, so that anyone can check what is shipped.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from dynseg.sample import generate

IMAGES, LABELLED, SEED = 12, 5, 2026
TARGET = Path(__file__).resolve().parents[1] / "resources" / "dynseg_resources" / "sample"


def main() -> None:
    """Write `resources/dynseg_resources/sample`: all images, the first labels, `data.yaml`."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        generate(made, images=IMAGES, seed=SEED)
        shutil.rmtree(TARGET, ignore_errors=True)
        shutil.copytree(made / "images", TARGET / "images")
        (TARGET / "labels").mkdir()
        for label in sorted((made / "labels").iterdir())[:LABELLED]:
            shutil.copyfile(label, TARGET / "labels" / label.name)
        shutil.copyfile(made / "data.yaml", TARGET / "data.yaml")


if __name__ == "__main__":
    main()
