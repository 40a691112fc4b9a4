"""Which program read a document: what is derived by another one is not mixed with what this one derives."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGE = Path(__file__).parent.parent
LIBRARIES = ("ahocorasick-rs", "markdown-it-py", "mdit-py-plugins", "msgspec", "pyoxigraph", "pyyaml")
"""Those whose version may change what is derived."""
_KINDS = frozenset({".py", ".md", ".json", ".ttl", ".rq"})


@cache
def edition(*folders: str) -> str:
    """Digest of the program text in some sub-packages of naysay, of Python and of the libraries they rest on.

    >>> edition("graph") == edition("graph") != edition("graph", "ingest")
    True
    """
    mark = blake2b(digest_size=16)
    for part in (sys.version, *map(_version, LIBRARIES)):
        mark.update(part.encode() + b"\0")
    for path in _files(folders):
        mark.update(path.name.encode() + b"\0" + path.read_bytes())
    return mark.hexdigest()


def _files(folders: Iterable[str]) -> list[Path]:
    return sorted(path for name in folders for path in (_PACKAGE / name).rglob("*") if path.suffix in _KINDS)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
