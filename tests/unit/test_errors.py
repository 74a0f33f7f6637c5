"""What counts as too little memory."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from dynseg.errors import is_out_of_memory


def test_what_torch_and_numpy_say_when_memory_is_short() -> None:
    with pytest.raises(RuntimeError) as torch_says:
        torch.empty(1 << 58)
    assert is_out_of_memory(torch_says.value)
    with pytest.raises(MemoryError) as numpy_says:
        np.empty(1 << 58)
    assert is_out_of_memory(numpy_says.value)
    assert is_out_of_memory(torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB."))


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("DefaultCPUAllocator: not enough memory: you tried to allocate 9 bytes.", True),
        ("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`", True),
        ("Failed to allocate memory for requested buffer of size 9", True),
        ("std::bad_alloc", True),
        ("CUDA error: an illegal memory access was encountered", False),
        ("expected a contiguous memory format", False),
    ],
)
def test_the_word_alone_does_not_mean_it(text: str, short: bool) -> None:
    assert is_out_of_memory(RuntimeError(text)) is short
