"""ultralytics is imported without network, pip, telemetry or changes to other libraries."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.project.test_read_only_folder import WITHOUT_PRIVILEGE

import dynseg
from dynseg.machine import core_count

PROGRAM = """
import json, os, socket, PIL.Image
mine = PIL.Image.open
from dynseg.model.sandbox import forbid_network, prepare_environment
prepare_environment()
prepare_environment()
forbid_network()
import ultralytics.utils as u
import sys, torch
weight = torch.nn.Parameter(torch.ones(1))
optimizer = torch.optim.AdamW([weight], lr=0.5, weight_decay=0.0)
optimizer.zero_grad()
(3 * weight).sum().backward()
torch.use_deterministic_algorithms(False)
optimizer.step()
optimizer.load_state_dict(optimizer.state_dict())
refused = []
def refuse(*_):  # Windows has no sendmsg
    raise PermissionError
for attempt in (
    lambda: socket.create_connection(("192.0.2.1", 80), timeout=2),
    lambda: socket.getaddrinfo("example.org", 80),
    lambda: socket.socket(socket.AF_INET6).connect(("2001:db8::1", 80)),
    lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 9)),
    lambda: getattr(socket.socket(type=socket.SOCK_DGRAM), "sendmsg", refuse)(
        [b"x"], [], 0, ("192.0.2.1", 9)
    ),
):
    try:
        attempt()
        refused.append(False)
    except PermissionError:
        refused.append(True)
    except OSError:
        refused.append(False)
with socket.create_server(("127.0.0.1", 0)) as server:
    socket.create_connection(server.getsockname(), timeout=5).close()
folder = u.USER_CONFIG_DIR
print(json.dumps({
    "same_open": PIL.Image.open is mine,
    "refused": refused,
    "online": u.ONLINE,
    "on": [k for k, v in u.SETTINGS.items() if v is True],
    "fonts": sorted(p.name for p in folder.glob("*.ttf")),
    "folder": str(folder),
    "omp": os.environ["OMP_NUM_THREADS"],
    "weight": weight.item(),
    "learns": torch.is_grad_enabled(),
    "loaded": [name for name in sys.modules if name.startswith(
        ("torch._dynamo", "torch._inductor", "sympy", "matplotlib")
    )],
}))
"""


def test_ultralytics_stays_alone(tmp_path: Path) -> None:
    environment = {**os.environ, "DYNSEG_CONFIG_DIR": str(tmp_path)}
    environment.pop("OMP_NUM_THREADS", None)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=environment,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["same_open"]
    assert found["refused"] == [True] * 5
    assert found["online"] is False
    assert found["on"] == []
    assert found["fonts"] == ["Arial.Unicode.ttf", "Arial.ttf"]
    assert Path(found["folder"]).is_relative_to(tmp_path)
    assert found["omp"] == str(core_count())
    assert found["weight"] == pytest.approx(0.5)
    assert found["learns"]
    assert found["loaded"] == [], "a compiler takes as long to load as torch itself"


LATE = """
import PIL.Image
mine = PIL.Image.open
import ultralytics.utils
from dynseg.model.sandbox import prepare_environment
prepare_environment()
assert PIL.Image.open is mine
"""


def test_pillow_is_left_alone_also_where_a_plugin_was_earlier(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DYNSEG_CONFIG_DIR": str(tmp_path),
        "YOLO_CONFIG_DIR": str(tmp_path),
    }
    subprocess.run([sys.executable, "-c", LATE], env=environment, timeout=200, check=True)


COMPILER = """
import sys, torch
from dynseg.model.uncompiled import compiler_unasked, leave_compiler
with compiler_unasked():
    from torch._dynamo.utils import is_compile_supported
    assert "torch._dynamo" not in sys.modules
    {wish}
leave_compiler()
import torch._dynamo.utils
assert is_compile_supported("cpu") == torch._dynamo.utils.is_compile_supported("cpu")
assert torch._dynamo.utils.counters is sys.modules["torch._dynamo.utils"].counters
assert torch.compile(lambda x: x + 1, backend="eager")(torch.ones(1)).item() == 2
"""


@pytest.mark.parametrize(
    "wish", ["import torch._dynamo", "from torch._dynamo.utils import counters"]
)
def test_who_imports_the_compiler_while_nobody_asks_for_it_gets_it(wish: str) -> None:
    """Another version of torch or torchvision may: the program would not start."""
    program = COMPILER.format(wish=wish)
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.skipif(sys.platform == "win32", reason="folders are sealed by other means there")
@pytest.mark.parametrize("there", [False, True])
def test_a_cache_that_nobody_may_write_to_is_done_without(tmp_path: Path, there: bool) -> None:
    """Also where it was one's own before; and each start leaves nothing more behind."""
    sealed, temporary = tmp_path / "cache", tmp_path / "tmp"
    temporary.mkdir()
    sealed.mkdir()
    if there:
        (sealed / "ultralytics").mkdir(mode=0o555)
    sealed.chmod(0o555)
    program = "from dynseg.model.sandbox import prepare_environment as go; go()"
    command = [sys.executable, "-c", program]
    if os.geteuid() == 0:
        command = [sys.executable, "-c", WITHOUT_PRIVILEGE, *command]
    environment = {**os.environ, "DYNSEG_CACHE_DIR": str(sealed), "TMPDIR": str(temporary)}
    environment.pop("DYNSEG_CONFIG_DIR", None)
    left = []
    for _ in range(2):
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=200, check=False
        )
        assert done.returncode == 0, done.stderr
        left.append([path.name for path in temporary.iterdir() if path.name.startswith("dynseg")])
    assert len(left[0]) == 1
    assert left[1] == left[0]


def test_no_module_imports_ultralytics_before_it_is_made_harmless() -> None:
    """Whichever of them came first left Pillow calling pip for images that it could not read."""
    core = Path(dynseg.__file__).parent.parent
    modules = {
        ".".join(path.relative_to(core).with_suffix("").parts): ast.parse(path.read_bytes()).body
        for path in core.rglob("*.py")
    }
    ready: dict[str, bool | None] = {}
    early = [name for name in modules if _is_ready_after(name, modules, ready) is False]
    assert not early
    assert list(ready.values()).count(True) > 20


def _is_ready_after(
    name: str, modules: dict[str, list[ast.stmt]], known: dict[str, bool | None]
) -> bool | None:
    """Whether a module prepares before it imports ultralytics; None where it does neither."""
    if name not in known:
        known[name] = None  # a circle of imports
        for statement in modules.get(name, []):
            found = None
            if isinstance(statement, ast.ImportFrom) and statement.module is not None:
                if statement.module.split(".")[0] == "ultralytics":
                    found = False
                else:
                    found = _is_ready_after(statement.module, modules, known)
            elif ast.unparse(statement) in (
                "prepare_environment()",
                "sandbox.prepare_environment()",
            ):
                found = True
            if found is not None:
                known[name] = found
                break
    return known[name]
