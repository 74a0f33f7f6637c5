"""Text files of unknown encoding: lists of class names and of images, tables.

Programs of a while ago write in the encoding of their computer. Read as UTF-8 alone, names of equal
length become the same row of marks, and several classes one.
"""

from __future__ import annotations

import re

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_LONE_PAIR = re.compile(
    rb"[A-Za-z][\x80-\xff]{2}(?![\x80-\xff])|(?<![\x80-\xff])[\x80-\xff]{2}[a-z]"
)
"""Two letters with accents inside of a word; Chinese words are longer, or stand by themselves."""


def text_of(data: bytes, western: str = "cp1252") -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, the Chinese or the Western of Windows.

    Args:
        data: The bytes of the file, of any content; what no encoding explains becomes a mark.
        western: The encoding where it is none of the others.
    """
    if data.startswith(_UTF_16):
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
