"""torch without its compiler: nothing here compiles, and loading it takes as long as torch itself.

torchvision loads it to ask whether it could compile, learning to say that it must not. With torch
2.15 that takes 1.5 of 4.1 s of processor time and 170 MB at the start of every process that runs a
network in torch. Whoever wants it afterwards gets it: `import torch._dynamo` works as ever.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import torch

_UTILS = "torch._dynamo.utils"


@contextlib.contextmanager
def compiler_unasked() -> Iterator[None]:
    """Within it, who imports whether something can be compiled is answered when they call it."""
    if _UTILS in sys.modules:
        yield
        return
    stand_in = sys.modules[_UTILS] = _StandIn(_UTILS)
    try:
        yield
    finally:
        stand_in.make_way()


class _StandIn(ModuleType):
    """Knows one question; whoever imports something else, or the compiler, gets the real module."""

    @staticmethod
    def is_compile_supported(device_type: Any) -> Any:
        from torch._dynamo.utils import is_compile_supported

        return is_compile_supported(device_type)

    def make_way(self) -> None:
        if sys.modules.get(_UTILS) is self:
            del sys.modules[_UTILS]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # asked of every module
            raise AttributeError(name)
        self.make_way()
        return getattr(importlib.import_module(_UTILS), name)


def leave_compiler() -> None:
    """Take the calls to the compiler out of what learning needs; what that does stays the same.

    Where another version of torch has something else there, it stays as it is.
    """
    for name in ("add_param_group", "load_state_dict", "state_dict", "zero_grad"):
        plain = getattr(getattr(torch.optim.Optimizer, name), "__wrapped__", None)
        if plain is not None:  # what torch would ask the compiler for, and remember here
            plain.__dict__.setdefault("__dynamo_disable", plain)
    step = torch.optim.Adam.__dict__["step"]  # AdamW's as well
    plain = getattr(step, "__wrapped__", None)
    if plain is not None and not hasattr(step, "hooked"):
        torch.optim.Adam.step = _without_gradients(plain)  # type: ignore[method-assign]
    torch.use_deterministic_algorithms = _told_if_there(torch.use_deterministic_algorithms)


def _without_gradients(step: Callable[..., Any]) -> Callable[..., Any]:
    """What `_use_grad_for_differentiable` of torch does where nothing is compiled."""

    @functools.wraps(step)
    def plain(self: torch.optim.Optimizer, *args: Any, **settings: Any) -> Any:
        with torch.set_grad_enabled(self.defaults["differentiable"]):
            return step(self, *args, **settings)

    return plain


def _told_if_there(use_deterministic: Callable[..., None]) -> Callable[..., None]:
    """It tells the compiler; one that is not there need not hear what it would assume."""

    @functools.wraps(use_deterministic)
    def use(mode: bool, *, warn_only: bool = False) -> None:
        if mode or "torch._inductor" in sys.modules:
            use_deterministic(mode, warn_only=warn_only)
        else:
            torch._C._set_deterministic_algorithms(mode, warn_only=warn_only)  # noqa: SLF001

    return use
