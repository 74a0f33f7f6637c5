"""Text files of unknown encoding: lists of class names and of images, tables, labels.

Programs of a while ago write in the encoding of their computer. Read as UTF-8 alone, names of equal
length become the same row of marks, and several classes one.
"""

from __future__ import annotations

import codecs
import re

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LONE_PAIR = re.compile(
    rb"[A-Za-z][\x80-\xff]{2}(?![\x80-\xff])|(?<![\x80-\xff])[\x80-\xff]{2}[a-z]"
)
"""Two letters with accents inside of a word; Chinese words are longer, or stand by themselves."""


def is_utf_16(head: bytes) -> bool:
    """Whether bytes begin with the mark of UTF-16."""
    return head.startswith(_UTF_16)


def utf_8(data: bytes) -> bytes:
    """The bytes of a file as UTF-8 without a mark, where a mark says what they are.

    Windows writes UTF-16 with one where the output of a command goes into a file. Bytes without a
    mark stay as they are; what UTF-16 does not explain, as where it is cut off, becomes a mark.
    """
    if is_utf_16(data):
        return data.decode("utf-16", errors="replace").encode()
    return data.removeprefix(codecs.BOM_UTF8)


def text_of(data: bytes, western: str = "cp1252") -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, the Chinese or the Western of Windows.

    Args:
        data: The bytes of the file, of any content; what no encoding explains becomes a mark.
        western: The encoding where it is none of the others.
    """
    if is_utf_16(data):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if not _LONE_PAIR.search(data):
        try:
            return data.decode("gb2312")
        except UnicodeDecodeError:
            pass
    return data.decode(western, errors="replace")
