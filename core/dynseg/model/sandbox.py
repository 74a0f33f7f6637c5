"""ultralytics, kept from the network, from pip and from the user's own settings.

Call `prepare_environment` before anything imports ultralytics: it reads its switches once, at
import (measured with 8.4.190; each line below says what it did without the switch).
"""

from __future__ import annotations

import importlib.util
import ipaddress
import logging
import os
import shutil
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import PIL.Image

from dynseg.files import cache_folder
from dynseg.machine import core_count
from dynseg.model.onnx_runtime import QUIET

_SWITCHES = {
    "YOLO_OFFLINE": "1",  # looks up public name servers, posts usage statistics
    "YOLO_AUTOINSTALL": "0",  # calls pip for missing modules and for broken images
    "ULTRALYTICS_SAFE_LOAD": "1",  # runs code that stands in checkpoints and yaml files
    "YOLO_VERBOSE": "False",
    "MPLBACKEND": "Agg",
    **QUIET,  # whoever imports ONNX Runtime
}
_UNWANTED_SETTINGS = {
    "sync": False, "api_key": "", "openai_api_key": "",
    "clearml": False, "comet": False, "dvc": False, "mlflow": False, "raytune": False,
    "tensorboard": False, "wandb": False, "vscode_msg": False, "openvino_msg": False,
}  # fmt: skip
_FONTS = ("Arial.ttf", "Arial.Unicode.ttf")

log = logging.getLogger(__name__)


def prepare_environment() -> None:
    """Make ultralytics importable without side effects; cheap when called again."""
    if getattr(prepare_environment, "done", False):
        return
    os.environ.update(_SWITCHES)
    os.environ.setdefault("OMP_NUM_THREADS", str(core_count()))
    os.environ["YOLO_CONFIG_DIR"] = str(_private_folder())

    pillow_open = PIL.Image.open
    from dynseg.model.uncompiled import compiler_unasked, leave_compiler

    with compiler_unasked():
        import torchvision  # noqa: F401  # ultralytics uses its NMS, 7 times faster, only when it is there
    leave_compiler()
    import ultralytics.utils

    # It replaces Pillow's open by one that calls pip for unreadable files, and has done so already
    # where a plug-in has imported it.
    PIL.Image.open = getattr(ultralytics.utils.patches, "_image_open", pillow_open)
    settings = ultralytics.utils.SETTINGS
    changes = {k: v for k, v in _UNWANTED_SETTINGS.items() if settings.get(k) != v}
    if changes:
        settings.update(changes)
    ultralytics.utils.LOGGER.setLevel(logging.WARNING)
    prepare_environment.done = True  # type: ignore[attr-defined]


def _private_folder() -> Path:
    """A folder for ultralytics' settings that no other program shares, with fonts in it."""
    override = os.environ.get("DYNSEG_CONFIG_DIR")
    base = Path(override) if override else cache_folder()
    folder = base / "ultralytics"
    try:
        _furnish(folder)
    except OSError:  # nobody may write there, or not any more
        folder = _temporary_folder()
        _furnish(folder)
    return folder


def _temporary_folder() -> Path:
    """The same one for all processes of a user: each would leave one of its own behind."""
    place = Path(tempfile.gettempdir())
    if sys.platform == "win32":
        return place / "dynseg-ultralytics"
    folder = place / f"dynseg-ultralytics-{os.geteuid()}"
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()  # everybody may put something of this name there
    if stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid():
        return folder
    return Path(tempfile.mkdtemp(prefix="dynseg-"))


def _furnish(folder: Path) -> None:
    """Make what ultralytics looks for.

    Raises:
        OSError: the folder cannot be written.
    """
    own = folder / "Ultralytics"  # as it calls it
    own.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=own):  # rights alone do not tell on every disk
        _seed_fonts(own)


def _seed_fonts(folder: Path) -> None:
    """Put a font where ultralytics looks: it asks the network for one even when told not to."""
    wanted = [folder / name for name in _FONTS if not (folder / name).exists()]
    if not wanted:
        return
    found = importlib.util.find_spec("matplotlib")  # without importing it
    if found is None or not found.submodule_search_locations:
        return
    drawn = Path(found.submodule_search_locations[0]) / "mpl-data"
    font = drawn / "fonts" / "ttf" / "DejaVuSans.ttf"
    for target in wanted:
        shutil.copyfile(font, target)


def forbid_network() -> None:
    """Refuse every connection of this process to another machine, and every datagram, for good.

    An audit hook cannot be removed, which is the point: the engine worker and the training run
    have no business on a network.
    """
    if getattr(forbid_network, "done", False):
        return
    sys.addaudithook(_refuse_remote)
    forbid_network.done = True  # type: ignore[attr-defined]


def _refuse_remote(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else ""
        if isinstance(host, str) and host and not _is_local(host):
            log.warning("refused a connection to %s", host)
            raise PermissionError(f"dynseg does not use the network (asked for {host})")
    elif event == "socket.getaddrinfo":
        host = arguments[0]
        name = host.decode() if isinstance(host, bytes) else host
        if isinstance(name, str) and name and not _is_local(name):
            log.warning("refused to look up %s", name)
            raise PermissionError(f"dynseg does not use the network (asked for {name})")


def _is_local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False
