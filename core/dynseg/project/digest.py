"""The hash over what a row says: SQLite itself notices 26 of 400 flipped bits.

XXH3 (Y. Collet) of 128 bits finds any flipped bit and costs a twentieth of a cryptographic hash.
It is no protection against somebody who wants to forge a row: they could write the file as well.
"""

from __future__ import annotations

from typing import Any

import msgspec
import xxhash

_pack = msgspec.msgpack.Encoder().encode
_digest = xxhash.xxh3_128_digest
_seed = xxhash.xxh3_64_intdigest


def row_hash(data: bytes) -> bytes:
    """Hash of bytes, 16 bytes."""
    return _digest(data)


def fields_hash(fields: tuple[Any, ...], data: bytes = b"") -> bytes:
    """Hash of plain fields and, if there are any, the bytes that follow them; 16 bytes."""
    packed = _pack(fields)
    return _digest(data, _seed(packed)) if data else _digest(packed)


def sheet_hash(place: int, head: bytes, body: bytes) -> bytes:
    """Hash of a sheet, 16 bytes: place and head seed the hash of the body, so nothing is copied."""
    return _digest(body, _seed(head, place))
