"""Changing documents on disk: edits by offset, exact on every byte around them, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

_MARK = "\ufeff"


class Edit(NamedTuple):
    """A replacement of ``text[start:end]``; offsets count code points of the text without its byte order mark."""

    start: int
    end: int
    new: str


class FileChanged(Exception):
    """A file is not what it was when it was read; it was left as it is."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path

    def __str__(self) -> str:
        return f"{self.path}: changed since it was read, so it was left as it is; run the command again"


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with some edits made.  Raises ValueError for edits that overlap or leave the text.

    >>> applied("one two one", [Edit(8, 11, "three"), Edit(0, 3, "2")])
    '2 two three'
    """
    out: list[str] = []
    at = 0
    for edit in sorted(edits):
        if not at <= edit.start <= edit.end <= len(text):
            raise ValueError(f"an edit at {edit.start} overlaps another, or leaves the text")
        out += (text[at : edit.start], edit.new)
        at = edit.end
    return "".join((*out, text[at:]))


def rewritten(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes of a UTF-8 file with some edits made; a byte order mark stays."""
    text = data.decode("utf-8")
    mark = _MARK if text.startswith(_MARK) else ""
    return (mark + applied(text.removeprefix(_MARK), edits)).encode("utf-8")


def unchanged(file: Path, digest: str) -> bytes:
    """The bytes of a file that still has the digest it was read with.  Raises FileChanged, OSError."""
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        raise FileChanged(file) from None
    if blake2b(data, digest_size=16).hexdigest() != digest:
        raise FileChanged(file)
    return data


def rewrite(file: Path, digest: str, edits: Iterable[Edit]) -> None:
    """Make some edits in a file that still has the digest it was read with; a reader sees the old or the new one.

    A link is followed: what it leads to is written, and it stays a link.  The mode of the file is kept.

    Raises:
        FileChanged: and nothing is written.
        OSError: when the file cannot be read, or its folder not be written to.
    """
    target = Path(os.path.realpath(file))
    new = rewritten(unchanged(target, digest), edits)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".naysay-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(new)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(target, name)
        unchanged(target, digest)
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
