"""A project on a medium that cannot be written can still be looked at."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from dynseg.project.store import Store

# Permissions bind root only without the privilege to override them, which leaves at exec.
WITHOUT_PRIVILEGE = """
import ctypes, os, sys
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1
assert ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0) == 0
os.execv(sys.argv[1], sys.argv[1:])
"""

READER = """
import sys
from pathlib import Path
from dynseg.errors import ReadOnlyError
from dynseg.project.store import Store
root = Path(sys.argv[1])
with Store.open(root, read_only=True) as store:
    with store.snapshot() as view:
        print([row.rel for row in view.images()], store.classes().names, store.check())
for call in (lambda: Store.open(root), lambda: Store.create(root / "new", images=root)):
    try:
        call()
    except ReadOnlyError as error:
        print("refused" if error.hint else "no hint")
"""


@pytest.fixture
def sealed() -> Iterator[Path]:
    """A project in a folder that nobody may write."""
    root = Path(tempfile.mkdtemp(prefix="dynseg-sealed-"))
    Image.new("RGB", (10, 8)).save(root / "a.png")
    Store.create(root, images=root, classes=["leaf"]).close()
    for path in (root, root / ".dynseg"):
        path.chmod(0o555)
    for path in root.rglob("*"):
        if path.is_file():
            path.chmod(0o444)
    yield root
    for path in (root, *root.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(root)


def test_a_sealed_folder_opens_read_only_and_stays_as_it_is(sealed: Path) -> None:
    before = sorted(path.name for path in sealed.rglob("*"))
    command = [sys.executable, "-c", READER, str(sealed)]
    if sys.platform == "win32":
        pytest.skip("folders are sealed by other means on this system")
    elif os.geteuid() == 0:
        if sys.platform != "linux":
            pytest.skip("permissions do not bind root")
        command = [sys.executable, "-c", WITHOUT_PRIVILEGE, *command]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.splitlines() == ["['a.png'] ['leaf'] []", "refused", "refused"], done.stderr
    assert sorted(path.name for path in sealed.rglob("*")) == before
