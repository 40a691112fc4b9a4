"""A reading as bytes: what travels between worker processes and what the store and the cache keep.

The form is one version byte, one form byte and a zlib stream: MessagePack with field names, or JSON with ``\\u``
escapes when some text holds a lone surrogate (a file name that is not UTF-8), which MessagePack cannot carry.
Fields that an older writer did not know take their defaults; a value of the wrong type is refused.
"""

from __future__ import annotations

import json
import zlib
from functools import cache
from typing import Any, Final

import msgspec

from .model import Reading

VERSION: Final = 1
"""Raised when bytes of an earlier version can no longer be read."""
MESSAGE_PACK: Final = ord("M")
JSON: Final = ord("J")
LEVEL: Final = 1
"""zlib level; the higher ones save a tenth of the size for twice the time."""
LIMIT: Final = 1 << 30
"""Bytes that one reading may unpack to, so that damaged or hostile bytes cannot exhaust memory."""


class CodecError(ValueError):
    """Bytes that are no reading of a version known here; ``reason`` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"not a stored reading: {self.reason}"


def dumps(reading: Reading) -> bytes:
    """The reading as bytes; equal readings give equal bytes."""
    try:
        body, form = msgspec.msgpack.encode(reading), MESSAGE_PACK
    except UnicodeEncodeError:
        body, form = json.dumps(msgspec.to_builtins(reading), separators=(",", ":")).encode("ascii"), JSON
    return bytes((VERSION, form)) + zlib.compress(body, LEVEL)


def loads(data: bytes) -> Reading:
    """The reading that ``dumps`` wrote; raises CodecError for anything else."""
    if len(data) < 2 or data[0] != VERSION:
        raise CodecError("unknown version" if data else "empty")
    try:
        return _decode(data[1], _unpacked(memoryview(data)[2:]))
    except (zlib.error, msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise CodecError(str(error)) from error


def _unpacked(data: memoryview) -> bytes:
    stream = zlib.decompressobj()
    body = stream.decompress(data, LIMIT)
    if not stream.eof or stream.unused_data:
        raise CodecError("truncated, too large or followed by other bytes")
    return body


def _decode(form: int, body: bytes) -> Reading:
    if form == MESSAGE_PACK:
        return _decoder().decode(body)
    if form == JSON:
        values: Any = json.loads(body)
        return msgspec.convert(values, Reading)
    raise CodecError(f"unknown form {form}")


@cache
def _decoder() -> msgspec.msgpack.Decoder[Reading]:
    return msgspec.msgpack.Decoder(Reading)
