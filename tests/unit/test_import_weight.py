"""What a fresh process loads: documents, projects and exports never reach torch."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("torch", "torchvision", "ultralytics", "PySide6")


@pytest.mark.parametrize(
    "package",
    ["geometry", "images", "annotation", "project", "formats", "review", "sample"],
)
def test_every_module_of_the_label_layers_loads_without_torch_or_qt(package: str) -> None:
    program = (
        "import importlib, pkgutil, sys\n"
        f"package = importlib.import_module('dynseg.{package}')\n"
        "for module in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "    importlib.import_module(module.name)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
