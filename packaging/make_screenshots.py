"""Draw the pictures of the guide: the real window on the embedded sample, worked by real events.

    python packaging/make_screenshots.py                    the guide's pictures
    python packaging/make_screenshots.py --sheet FOLDER     light and dark, 100 and 200 %
    python packaging/make_screenshots.py --only brush --out FOLDER

Nothing is painted by hand but the pointer, which no picture of a window holds. The engine and a
short training run are the real ones, so a machine without a GPU needs some minutes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image

from dynseg.files import cache_folder

GUIDE = Path(__file__).resolve().parents[1] / "resources" / "dynseg_resources" / "guide"
PICTURES = GUIDE / "pictures"
LOOKS = [("light", 1), ("light", 2), ("dark", 1), ("dark", 2)]
"""Themes, and scales of the screen."""
COLOURS = 200
COLUMNS, TILE = 3, (620, 440)
"""Of a contact sheet."""


def main() -> None:
    """Draw what was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--out", type=Path, default=PICTURES)
    parser.add_argument("--theme", default="light", choices=("light", "dark"))
    parser.add_argument("--scale", type=int, default=1, choices=(1, 2))
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--sheet", type=Path, help="draw everything four times into this folder")
    asked = parser.parse_args()
    if asked.sheet is None:
        _draw(asked.out, asked.theme, asked.scale, asked.only)
        return
    for theme, scale in LOOKS:
        folder = asked.sheet / f"{theme}-{scale}00"
        command = [sys.executable, __file__, "--out", str(folder), "--theme", theme]
        names = ["--only", *asked.only] if asked.only else []
        subprocess.run([*command, "--scale", str(scale), *names], check=True)
        contact_sheet(sorted(folder.glob("*.png")), asked.sheet / f"{folder.name}.png")


def contact_sheet(pictures: Sequence[Path], target: Path) -> None:
    """All pictures beside each other, made smaller."""
    rows = -(-len(pictures) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * TILE[0], rows * TILE[1]), "#808080")
    for at, path in enumerate(pictures):
        picture = Image.open(path).convert("RGB")
        picture.thumbnail((TILE[0] - 10, TILE[1] - 10), Image.Resampling.LANCZOS)
        sheet.paste(picture, ((at % COLUMNS) * TILE[0] + 5, (at // COLUMNS) * TILE[1] + 5))
    sheet.save(target)


def _draw(folder: Path, theme: str, scale: int, only: Sequence[str]) -> None:
    """Draw in this process; Qt reads scale and platform when it starts."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    os.environ["DYNSEG_OFFLINE"] = "1"
    os.environ["DYNSEG_CACHE_DIR"] = str(cache_folder())  # where the model is converted already
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as private:
        os.environ["DYNSEG_CONFIG_DIR"] = private
        from screenshots.scenes import SCENES
        from screenshots.stage import Stage

        stage = Stage(theme)
        try:
            for name, scene in SCENES.items():
                if not only or name in only:
                    started = time.monotonic()
                    save(scene, stage, folder / f"{name}.png")
                    sys.stderr.write(f"{name}  {time.monotonic() - started:.1f} s\n")
        finally:
            stage.close()


def save(scene: Callable[..., Image.Image], stage: object, target: Path) -> None:
    """A picture with few colours, which takes a quarter of the room."""
    picture = scene(stage).convert("RGB")
    few = picture.quantize(COLOURS, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)
    few.save(target, optimize=True)


if __name__ == "__main__":
    main()
