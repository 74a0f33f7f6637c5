"""What the model runs on, and why not on a GPU where there is one."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from dynseg.doctor.finding import Finding
from dynseg.doctor.software import pip
from dynseg.errors import DynsegError
from dynseg.machine import ALL_GPUS, core_count, free_memory
from dynseg.processes import is_bundle

OLDEST_DRIVERS = {11: 450, 12: 525, 13: 580}
"""Major version of CUDA: the oldest driver that runs it (CUDA Toolkit release notes, table 2)."""
ENOUGH_BYTES = 4 << 30
"""The engine takes 1 GB, a quick run of small objects 3 more."""
DRIVER_FILE = Path("/proc/driver/nvidia/version")
DEVICES = Path("/sys/bus/pci/devices")
NVIDIA = "0x10de"
DISPLAY_CLASSES = ("0x0300", "0x0302")


def check() -> Iterator[Finding]:
    """Device with its reason, GPU and driver, cores, bf16."""
    try:
        import torch

        from dynseg.inference.backends.device import choose
        from dynseg.model.precision import cpu_has_bf16

        chosen = choose("auto")
    except (ImportError, OSError, RuntimeError, DynsegError) as error:
        mend = pip("install --force-reinstall torch torchvision")
        yield Finding("device", "problem", f"none: the model cannot run ({error})", mend)
        return
    yield Finding("device", "ok", f"{chosen.device}: {chosen.reason}")
    if chosen.gpus > 1:
        yield Finding("gpus", "ok", f"{chosen.gpus} can train together: --device {ALL_GPUS}")
    memory = ""
    if chosen.device.startswith("cuda"):
        free, total = torch.cuda.mem_get_info(chosen.device)
        memory = f", {free / 2**30:.1f} of {total / 2**30:.1f} GB of GPU memory free"
    else:
        yield from unused_gpu(torch.version.cuda, driver=driver_version(), gpu=has_nvidia_gpu())
    cores = f"{core_count()}, torch uses {torch.get_num_threads()}{memory}"
    yield Finding("cores", "ok", cores)
    yield _memory(free_memory())
    if cpu_has_bf16():
        yield Finding("cpu bf16", "ok", "yes")
    else:
        text = "no; the processor computes in 32 bits, which is slower"
        yield Finding("cpu bf16", "note", text)


def _memory(free: int) -> Finding:
    """What is free for programs, in bytes."""
    text = f"{free / 2**30:.1f} GB free"
    if free >= ENOUGH_BYTES:
        return Finding("memory", "ok", text)
    return Finding("memory", "note", f"{text}; training takes fewer images a step, and longer")


def unused_gpu(cuda: str | None, *, driver: str, gpu: bool) -> Iterator[Finding]:
    """Why a GPU of NVIDIA is there and not used; nothing when there is none.

    Args:
        cuda: The version of CUDA that torch was built for, None for a build without.
        driver: Version of the driver, empty when there is none.
        gpu: Whether the machine has such a GPU.
    """
    if not gpu and not driver:
        return
    major = int(driver.split(".")[0] or 0) if driver else 0
    wanted = (
        OLDEST_DRIVERS.get(int(cuda.split(".")[0]), max(OLDEST_DRIVERS.values())) if cuda else 0
    )
    newest = max(wanted, max(OLDEST_DRIVERS.values()))
    line = (
        f"sudo apt install nvidia-driver-{newest}   (Fedora: sudo dnf install akmod-nvidia), "
        "then restart"
    )
    if not driver:
        yield Finding("gpu", "problem", "there is a GPU of NVIDIA, and no driver for it", line)
    elif cuda is None:
        text = "there is an NVIDIA GPU, but torch is a build for processors only"
        mend = "uv pip install --reinstall --torch-backend auto torch torchvision"
        if is_bundle():
            mend = "Build the bundle with: python packaging/build.py bundle --torch default"
        yield Finding("gpu", "problem", text, mend)
    elif major < wanted:
        text = f"the driver {driver} is too old for CUDA {cuda}, which asks for {wanted} or newer"
        yield Finding("gpu", "problem", text, line)
    elif os.environ.get("CUDA_VISIBLE_DEVICES") in ("", "-1"):
        text = "CUDA_VISIBLE_DEVICES hides every GPU"
        yield Finding("gpu", "note", text, "unset CUDA_VISIBLE_DEVICES")
    else:
        text = f"the driver {driver} is there, and CUDA does not start"
        yield Finding("gpu", "note", text, "nvidia-smi   says more; a restart often helps")


def driver_version(path: Path = DRIVER_FILE) -> str:
    """Version of the driver of NVIDIA on Linux, empty when there is none or it is not known."""
    try:
        match = re.search(r"Kernel Module.*?\s(\d+\.[\d.]+)", path.read_text(errors="replace"))
    except OSError:
        return ""
    return match[1] if match else ""


def has_nvidia_gpu(devices: Path = DEVICES) -> bool:
    """Whether the PCI bus has a display adapter of NVIDIA; Linux alone tells."""
    if not sys.platform.startswith("linux"):
        return False
    for vendor in devices.glob("*/vendor"):
        try:
            kind = (vendor.parent / "class").read_text().strip()
            if vendor.read_text().strip() == NVIDIA and kind.startswith(DISPLAY_CLASSES):
                return True
        except OSError:
            continue
    return False
