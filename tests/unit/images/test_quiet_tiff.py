"""Damaged TIFFs: the decoder says what is wrong, and libtiff prints nothing beside it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

READ = """
import sys
from pathlib import Path
from dynseg.errors import ImageError
from dynseg.images.decode import decode
try:
    decode(Path(sys.argv[1]))
except ImageError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Pillow's wheels keep libtiff to themselves")
@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_deflate", "group4"])
def test_libtiff_prints_nothing(tmp_path: Path, compression: str) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (200, 300), dtype=np.uint8)
    path = tmp_path / "a.tif"
    mode = "1" if compression == "group4" else "L"
    Image.fromarray(noise).convert(mode).save(path, compression=compression)
    data = bytearray(path.read_bytes())
    third = len(data) // 3
    data[third : third + 60] = bytes(byte ^ 0xFF for byte in data[third : third + 60])
    path.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    assert compression == "group4" or "is damaged" in done.stdout
