"""Nothing that this program does by itself asks the network.

The interpreter's audit sees Python, a library before the C library sees compiled code; both are
inherited by every process that is started.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

WITNESS = """
import os, sys

def witness(event, arguments):
    if event == "socket.connect" or event == "socket.sendto":
        address = arguments[1]
        if isinstance(address, str) or address[0] in ("127.0.0.1", "::1"):
            return
    elif event not in ("socket.getaddrinfo", "socket.gethostbyname"):
        return
    elif arguments[0] in (None, "", "localhost", "127.0.0.1", "::1"):
        return
    with open(os.environ["WITNESS"], "a") as file:
        file.write(f"{event} {arguments[1:]} {arguments[0]!r} in {sys.argv}\\n")

sys.addaudithook(witness)
"""


RUN_ONNX = """
import sys, time, numpy, onnx
from onnx import TensorProto, helper
from dynseg.model.onnx_runtime import load_onnx_runtime
value = lambda name: helper.make_tensor_value_info(name, TensorProto.FLOAT, [1])
graph = helper.make_graph([helper.make_node("Neg", ["x"], ["y"])], "g", [value("x")], [value("y")])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
onnx.save(model, sys.argv[1])
session = load_onnx_runtime().InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
assert session.run(None, {"x": numpy.ones(1, numpy.float32)})[0] == -1
time.sleep(15)
"""
"""It waits some seconds before it tells."""

SILENCED_BY = ("CI", "ORT_DISABLE_TELEMETRY", "ORT_RUNNING_UNIT_TESTS")
"""Libraries that tell others what they do rest where these are set; on a user's machine they
are not."""


@pytest.fixture(scope="session")
def preloaded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What makes the loader take the witness in C; empty where there is no compiler for it."""
    compiler = shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        return {}
    library = tmp_path_factory.mktemp("witness") / "witness.so"
    source = Path(__file__).with_name("network_witness.c")
    subprocess.run(
        [compiler, "-O1", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"], check=True
    )
    return {"LD_PRELOAD": str(library)}


def run(
    folder: Path, *arguments: str, more: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A Python process that is watched, and so is all that it starts."""
    (folder / "sitecustomize.py").write_text(WITNESS)
    environment = {
        **{name: value for name, value in os.environ.items() if name not in SILENCED_BY},
        "PYTHONPATH": str(folder),
        "WITNESS": str(folder / "seen.txt"),
        "DYNSEG_CACHE_DIR": str(folder / "cache"),
        **(more or {}),
    }
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=1100,
        check=False,
    )


@pytest.mark.slow
def test_i9_the_witness_sees_a_connection(tmp_path: Path) -> None:
    ask = "import socket\ntry:\n socket.create_connection(('192.0.2.1', 9), 0.1)\nexcept OSError: 0"
    run(tmp_path, "-c", ask)
    assert "192.0.2.1" in (tmp_path / "seen.txt").read_text()


@pytest.mark.slow
def test_i9_the_witness_sees_what_python_does_not(
    tmp_path: Path, preloaded: dict[str, str]
) -> None:
    if not preloaded:
        pytest.skip("there is no C compiler, or no LD_PRELOAD")
    ask = (
        "import ctypes, socket, struct, subprocess, sys\n"
        "c = ctypes.CDLL(None)\n"
        "s = c.socket(socket.AF_INET, socket.SOCK_DGRAM, 0)\n"
        "to = struct.pack('=H', socket.AF_INET) + bytes((0, 9, 192, 0, 2, int(sys.argv[1])))\n"
        "c.connect(s, to + bytes(8), 16)\n"
        "sys.argv[2:] and subprocess.run([sys.executable, '-c', *sys.argv[2:]])\n"
    )
    run(tmp_path, "-c", ask, "1", ask, "2", more=preloaded)
    seen = (tmp_path / "seen.txt").read_text().splitlines()
    assert [line.split()[:2] for line in seen] == [
        ["connect", "192.0.2.1"],
        ["connect", "192.0.2.2"],
    ]


@pytest.mark.slow
def test_i9_onnx_runtime_tells_nobody_what_it_runs(
    tmp_path: Path, preloaded: dict[str, str]
) -> None:
    done = run(tmp_path, "-c", RUN_ONNX, str(tmp_path / "x.onnx"), more=preloaded)
    assert done.returncode == 0, done.stderr
    seen = tmp_path / "seen.txt"
    assert not seen.exists(), seen.read_text()


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_i9_no_socket_connects_from_the_first_image_to_the_exported_model(
    tmp_path: Path, preloaded: dict[str, str]
) -> None:
    project, sample = tmp_path / "project", tmp_path / "sample"
    images, data = sample / "images", sample / "data.yaml"
    steps = (
        ("sample", str(sample), "--images", "4", "--seed", "1"),
        ("init", str(project), "--images", str(images), "--data", str(data)),
        ("import", str(project), str(sample), "--as-reviewed"),
        ("prelabel", str(project), "--scope", "all"),
        ("train", str(project), "--epochs", "2", "--imgsz", "64"),
        ("train", str(project), "--live", "--time", "0.3"),
        ("models", str(project), "convert", "starter", "--imgsz", "64", "--out", f"{tmp_path}/x"),
        ("doctor",),
    )  # fmt: skip
    for step in steps:
        done = run(tmp_path, "-m", "dynseg.cli", *step, more=preloaded)
        assert done.returncode == 0 or step == ("doctor",), f"{step}: {done.stderr}"
    seen = tmp_path / "seen.txt"
    assert not seen.exists(), seen.read_text()
