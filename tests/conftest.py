"""What all tests share: no display, private folders, real data, nothing left running."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["DYNSEG_OFFLINE"] = "1"
os.environ["LC_ALL"] = "C.UTF-8"  # tests read English, whatever the developer speaks
os.environ.pop("LANGUAGE", None)

os.environ.setdefault("OMP_NUM_THREADS", "1")  # the workers share the cores, see below

if sys.dont_write_bytecode:
    # As in many containers: then each of hundreds of processes would compile all that it imports.
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    _BYTECODE = Path(__file__).resolve().parents[1] / ".pytest_cache" / "bytecode"
    sys.pycache_prefix = os.environ.setdefault("PYTHONPYCACHEPREFIX", str(_BYTECODE))

WINDOWS_RULES = bool(os.environ.get("DYNSEG_WINDOWS_RULES"))
"""Whether this system refuses what Windows refuses, see `tests/windows_rules/rules.py`."""
if WINDOWS_RULES:
    from tests.windows_rules import rules

    rules.switch_on()

# A busy machine is not a failure.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Folders run in two processes; files that somebody named, and the long tests, in this one."""
    default_suite = config.option.markexpr == "not slow and not chaos"
    folders = all(Path(argument).is_dir() for argument in config.args)
    return min(2, os.cpu_count() or 1) if default_suite and folders else 0


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what Windows refuses where it does, or is played."""
    if item.get_closest_marker("posix_files") and (WINDOWS_RULES or sys.platform == "win32"):
        pytest.skip("Windows refuses this")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of real data sets that stands beside the checkout; the test skips without it."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real data sets (../shared/data) are not on this machine")
    return SHARED_DATA


@pytest.fixture(autouse=True)
def private_folders(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settings and caches of a test never touch those of the person who runs it."""
    monkeypatch.setenv("DYNSEG_CONFIG_DIR", str(tmp_path_factory.mktemp("config")))
    # One for all tests: a model is converted and measured once, as on a user's machine.
    monkeypatch.setenv("DYNSEG_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread behind."""
    before = set(threading.enumerate())
    yield
    torch = sys.modules.get("torch")
    if torch is not None:  # what learns in this process leaves it without subnormal numbers
        torch.set_flush_denormal(False)
    gc.collect(1)  # what the test made; everything that torch ever made would take 0.1 s a test
    left = _started_since(before)
    if left:
        gc.collect()
    for thread in left:
        thread.join(timeout=2)
    left = [t for t in left if t.is_alive()]
    assert not left, f"{request.node.name} left threads running: {[t.name for t in left]}"


def _started_since(before: set[threading.Thread]) -> list[threading.Thread]:
    """Threads that run now, did not then, and belong to no library."""
    return [
        t
        for t in threading.enumerate()
        if t not in before and t.is_alive() and not _belongs_to_a_library(t)
    ]


def _belongs_to_a_library(thread: threading.Thread) -> bool:
    """Whether this thread is kept for the whole process on purpose.

    "Dummy" threads are Qt's own pool threads, seen by Python because they ran Python code; "launch"
    is the one that `inference.backends.cuda_graphs` uses a GPU from.
    """
    return thread.name.startswith(("pytest_timeout", "Dummy", "pymonitor", "tqdm", "launch"))
