"""A folder of derived bytes, each under the digest of all that it was derived from; everything in it can be rebuilt.

An entry is one file: the BLAKE2b digest of its content, then the content.  It is written beside its place and renamed
into it, so that runs side by side, and one that is killed, leave whole entries only; one that is damaged all the same
fails its digest and counts as missing.  The folder is kept below a size: what was used longest ago goes first.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

LIMIT = 1 << 29
"""Bytes that a cache may take unless told otherwise."""
_MARK = 16
"""Bytes of the digest before the content."""
_FRESH = 86_400.0
"""Seconds after which the use of an entry is noted again."""
_KEPT = 0.8
"""Share of the limit that trimming leaves, so that not every run has to trim."""


class Entry(NamedTuple):
    """One file of a cache."""

    path: Path
    size: int
    """Bytes."""
    used: float
    """When it was written or last noted as used, seconds of the epoch."""


class Cache:
    """Derived bytes by kind and key.  A folder that cannot be used makes every entry missing; nothing raises."""

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self.folder = folder
        self.limit = limit
        """Bytes."""
        self._written = 0

    def get(self, kind: str, key: str) -> bytes | None:
        """The content under a key; None when there is none, or none that is whole."""
        path = self._place(kind, key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        content = memoryview(data)[_MARK:]
        if _mark(content) != data[:_MARK]:
            return None
        self._note_use(path)
        return bytes(content)

    def put(self, kind: str, key: str, content: bytes) -> None:
        """Keep some content under a key."""
        path = self._place(kind, key)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(_mark(content) + content)
                os.replace(name, path)
            except BaseException:
                os.unlink(name)
                raise
            self._written += len(content) + _MARK

    def entries(self) -> Iterator[Entry]:
        """Every file, those of broken runs as well."""
        for folder, _, names in os.walk(self.folder):
            for name in names:
                path = Path(folder, name)
                with contextlib.suppress(OSError):
                    status = path.stat()
                    yield Entry(path, status.st_size, status.st_mtime)

    def trim(self, limit: int | None = None) -> int:
        """Remove what was used longest ago until the rest is well below the limit; returns the bytes removed."""
        most = self.limit if limit is None else limit
        found = sorted(self.entries(), key=lambda entry: (entry.used, entry.path))
        total, removed = sum(entry.size for entry in found), 0
        if total <= most:
            return 0
        for entry in found:
            if total - removed <= most * _KEPT:
                break
            with contextlib.suppress(OSError):
                entry.path.unlink()
                removed += entry.size
        return removed

    def settle(self) -> None:
        """Trim, if this run has written anything."""
        if self._written:
            self._written = 0
            self.trim()

    def clear(self) -> None:
        """Remove everything."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _place(self, kind: str, key: str) -> Path:
        return self.folder / kind / key[:2] / key[2:]

    def _note_use(self, path: Path) -> None:
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _FRESH:
                os.utime(path)


def _mark(content: bytes | memoryview) -> bytes:
    return blake2b(content, digest_size=_MARK).digest()
