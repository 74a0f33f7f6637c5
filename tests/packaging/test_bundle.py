"""The bundle, moved to a folder with an odd name, does the whole loop without a Python."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.packaging.conftest import ROOT, Run, build

pytestmark = [pytest.mark.slow, pytest.mark.timeout(2400)]


PATIENCE_S = 900.0
"""A busy machine needs minutes to prepare the model for its processor, once."""


@pytest.fixture(scope="module")
def bundle(odd_folder: Path) -> Path:
    """The built folder, moved; `DYNSEG_BUNDLE_TORCH` names the torch that it takes.

    `DYNSEG_BUNDLE` names a folder that was built before, which is copied instead.
    """
    target = odd_folder / "bundle"
    before = os.environ.get("DYNSEG_BUNDLE")
    if before:
        return Path(shutil.copytree(before, target, symlinks=True))
    build("bundle", "--torch", os.environ.get("DYNSEG_BUNDLE_TORCH", "cpu"))
    shutil.move(ROOT / "dist" / "bundle" / "dynseg-annotator", target)
    return target


def result_of(done: subprocess.CompletedProcess[str]) -> dict[str, object]:
    result: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return result


def test_it_holds_licence_inventory_and_what_a_desktop_reads(bundle: Path) -> None:
    inventory = json.loads((bundle / "sbom.cdx.json").read_text(encoding="utf-8"))
    versions = {part["name"]: part["version"] for part in inventory["components"]}
    assert {"torch", "ultralytics", "PySide6_Essentials"} <= versions.keys()
    assert inventory["metadata"]["component"]["name"] == "dynseg-annotator"
    assert (bundle / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    if sys.platform == "linux":
        assert len(list((bundle / "share").rglob("org.dynseg.Annotator*"))) == 4


def test_commands_do_the_whole_loop(bundle: Path, odd_folder: Path, run: Run) -> None:
    dynseg = bundle / "dynseg"
    assert result_of(run(dynseg, "doctor", "--json"))["ok"]
    photos, project = odd_folder / "photos", odd_folder / "project"
    run(dynseg, "sample", photos, "--images", "8", "--seed", "5")
    run(dynseg, "init", project, "--images", photos / "images", "--data", photos / "data.yaml")
    assert result_of(run(dynseg, "prelabel", project, "--json"))["images"] == 8
    run(dynseg, "import", project, photos, "--as-reviewed")
    assert result_of(run(dynseg, "export", project, odd_folder / "set", "--json"))["images"]
    train = (dynseg, "train", project, "--epochs", "1", "--imgsz", "160", "--device", "cpu")
    done = run(*train, "--json", timeout_s=1800)
    assert result_of(done)["model"]


def test_its_one_executable_is_every_process(bundle: Path, odd_folder: Path) -> None:
    memory = odd_folder / "shared memory"
    memory.write_bytes(bytes(1 << 12))
    hand = subprocess.run(
        [bundle / "dynseg", "--hands", memory, "0", str(1 << 12)],
        stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    assert (hand.returncode, hand.stderr) == (0, b"")
    assert not memory.exists(), "it has come to its end"
    search = subprocess.run(
        [bundle / "dynseg", "--label-errors", odd_folder / "nothing"],
        capture_output=True, timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    told = json.loads(search.stdout.splitlines()[-1])
    assert search.returncode == 1
    assert "project" in told["message"]


def test_window_opens_the_sample_and_its_engine_proposes(bundle: Path, odd_folder: Path) -> None:
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not on this machine")
    # Its worker is the same executable: what it proposes is read from the project afterwards.
    settings = odd_folder / "window settings"
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        display = pipe.readline().strip()
    environment = {
        "PATH": str(odd_folder / "no programs"),
        "HOME": str(odd_folder),
        "LANG": "C.UTF-8",
        "DISPLAY": f":{display}",
        "QT_QPA_PLATFORM": "xcb",
        "DYNSEG_CONFIG_DIR": str(settings),
    }
    window = subprocess.Popen(
        [str(bundle / "dynseg-annotator"), "--demo"], cwd="/", env=environment
    )
    try:
        proposals = 0
        end_s = time.monotonic() + PATIENCE_S
        while not proposals and time.monotonic() < end_s:
            assert window.poll() is None, "the window ended"
            time.sleep(1)
            proposals = _proposals(settings / "sample")
        assert proposals, "no proposal in time"
    finally:
        window.terminate()
        window.wait(30)
        server.terminate()
        server.wait(30)


def _proposals(project: Path) -> int:
    """Proposals in a project that the window has open, read by a Python of ours."""
    if not (project / ".dynseg" / "project.db").exists():
        return 0
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from dynseg.project.store import Store\n"
        "store = Store.open(Path(sys.argv[1]), read_only=True)\n"
        "print(sum(row.min_score is not None for row in store.images()))\n"
        "store.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(project)], capture_output=True, text=True, check=False
    )
    return int(done.stdout) if done.returncode == 0 else 0
