"""What worker, zygote and child say to each other: descriptors, lengths and endings."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

SECONDS = struct.Struct("<d")
"""A request on the control socket: its deadline, with the descriptors ``data`` and ``status`` attached."""
LENGTH = struct.Struct("<I")
STATUS = struct.Struct("<Bi")
"""Why the child ended, and its wait status."""
BY_ITSELF, AT_DEADLINE, ABANDONED, NOT_STARTED = range(4)


def framed(message: dict[str, Any]) -> bytes:
    r"""A JSON object preceded by its length.

    >>> framed({"a": 1})
    b'\x08\x00\x00\x00{"a": 1}'
    """
    content = json.dumps(message).encode()
    return LENGTH.pack(len(content)) + content


def read_framed(channel: socket.socket) -> dict[str, Any]:
    """A framed object; raises EOFError when the other side leaves before it is whole."""
    (length,) = LENGTH.unpack(_exactly(channel, LENGTH.size))
    message: dict[str, Any] = json.loads(_exactly(channel, length))
    return message


def _exactly(channel: socket.socket, size: int) -> bytes:
    content = bytearray()
    while len(content) < size:
        part = channel.recv(size - len(content))
        if not part:
            raise EOFError
        content += part
    return bytes(content)


def unframed(content: bytes) -> tuple[dict[str, Any], bytes] | None:
    """A framed object and what follows it, as long as its ``size`` says; None when it is not whole.

    >>> unframed(framed({"size": 2}) + b"ab")
    ({'size': 2}, b'ab')
    """
    if len(content) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack_from(content)
    start = LENGTH.size + length
    if len(content) < start:
        return None
    header: dict[str, Any] = json.loads(content[LENGTH.size : start])
    body = content[start:]
    return (header, body) if len(body) == header["size"] else None
