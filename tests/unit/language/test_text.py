"""Sentences one after the other, in either writing."""

from __future__ import annotations

import pytest

from dynseg_annotator.language import sentences


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (("It failed.", "Try again."), "It failed. Try again."),
        (("失败了。", "请重试。"), "失败了。请重试。"),
        (("", "Try again.", ""), "Try again."),
        (("失败了（磁盘已满）。", "dynseg doctor"), "失败了（磁盘已满）。dynseg doctor"),
        (("a.png: is damaged (no end)", "Replace it."), "a.png: is damaged (no end). Replace it."),
        (("a.png：已损坏（没有结尾）", "请替换。"), "a.png：已损坏（没有结尾）。请替换。"),
        (("Really?", "Yes"), "Really? Yes"),
        ((), ""),
    ],
)
def test_a_space_stands_where_the_writing_has_one(parts: tuple[str, ...], whole: str) -> None:
    assert sentences(*parts) == whole
