"""What the engine says, in another language: templates, sentences, and clauses put together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from dynseg_annotator import language
from dynseg_annotator.language import choice, engine_text


@pytest.fixture
def _chinese(qapp: QApplication) -> Iterator[None]:
    language.install("zh_CN")
    yield
    language.install("en")


@pytest.mark.usefixtures("_chinese")
@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("no NVIDIA driver found", "没有找到 NVIDIA 驱动"),
        ("There is no device cuda:3.", "没有设备 cuda:3。"),
        (
            "The project was closed meanwhile, so nothing was changed. Open it again.",
            "项目已在此期间关闭，因此没有任何更改。请重新打开。",
        ),
        (
            "no NVIDIA driver found; openvino f32 34 ms an image here (torch 90 ms)",
            "没有找到 NVIDIA 驱动；在本机每张图像 openvino f32 34 ms（torch 90 ms）",
        ),
        (
            "openvino f32 34 ms an image here (torch 90 ms, onnxruntime cannot run (no memory))",
            "在本机每张图像 openvino f32 34 ms（torch 90 ms, onnxruntime 无法运行（no memory））",
        ),
        (
            "a.xml, image b.jpg: its image b.jpg is not in the project; not used",
            "a.xml, image b.jpg: 其图像 b.jpg 不在项目中；未使用",
        ),
        (
            "first of 12 frames; 2 channels in one picture (DAPI in blue, 2 in green)",
            "12 帧中的第一帧；2 个通道合成一张图像（DAPI 为蓝色、2 为绿色）",
        ),
        (
            "is a Zeiss microscope file, which cannot be read here; export it as OME-TIFF from "
            "ZEN, or open it in Fiji (with Bio-Formats) and save it as TIFF",
            "是 Zeiss 显微镜文件，此处无法读取；请在 ZEN 中导出为 OME-TIFF，"
            "或在 Fiji（带 Bio-Formats）中打开并另存为 TIFF",
        ),
        (
            "Files that end in .czi cannot be read here (3): save it as PNG or JPEG.",
            "以 .czi 结尾的文件此处无法读取（3 个）：请另存为 PNG 或 JPEG。",
        ),
        ("photos; holiday, day 2 (copy).jpg", "photos; holiday, day 2 (copy).jpg"),
    ],
)
def test_what_the_engine_says_is_said_in_chinese(said: str, means: str) -> None:
    assert engine_text(said) == means


def test_english_stays_as_it_is(qapp: QApplication) -> None:
    assert engine_text("no NVIDIA driver found") == "no NVIDIA driver found"


def test_a_catalogue_that_is_written_anew_meanwhile_changes_nothing(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window ended without a word when the program was updated in place."""
    copy = tmp_path / "zh_CN.qm"
    copy.write_bytes(choice.catalogue_file("zh_CN", ".qm").read_bytes())
    with monkeypatch.context() as patched:
        patched.setattr(choice, "catalogue_file", lambda _code, _suffix: copy)
        language.install("zh_CN")
    with copy.open("r+b") as file:
        file.write(bytes(copy.stat().st_size))
    assert language.tr("Close") == "关闭"
    language.install("en")
