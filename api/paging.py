"""Pages with cursors, and answers that have not changed (RFC 9110, section 13.1.2)."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from .problem import Problem

DEFAULT_LIMIT = 50
MAX_LIMIT = 500


def page(items: Sequence[Mapping[str, Any]], etag: str, limit: int, cursor: str | None) -> dict[str, Any]:
    """One page of ``items``; ``next`` is the cursor of the following one, None on the last.

    >>> page([{"n": 1}, {"n": 2}], "e", 1, None)["items"]
    [{'n': 1}]
    """
    start = _offset(cursor, etag)
    end = start + limit
    following = _cursor(etag, end) if end < len(items) else None
    return {"items": [dict(item) for item in items[start:end]], "total": len(items), "next": following}


def _cursor(etag: str, offset: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([etag, offset]).encode()).decode().rstrip("=")


def _offset(cursor: str | None, etag: str) -> int:
    if cursor is None:
        return 0
    try:
        state, offset = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, TypeError, RecursionError):
        raise Problem("cursor", "this is no cursor of this service") from None
    if state != etag:
        raise Problem("cursor", "the graph has changed since; start again from the first page")
    if type(offset) is not int or offset < 0:
        raise Problem("cursor", "this is no cursor of this service")
    return offset


def entity_tag(etag: str) -> str:
    """A graph's hash as a strong entity tag.

    >>> entity_tag("a1")
    '"a1"'
    """
    return '"' + re.sub(r"[^\x21\x23-\x7e]", "_", etag) + '"'


def unchanged(if_none_match: str | None, tag: str) -> bool:
    """Does the client hold this representation already?  Weak comparison.

    >>> unchanged('W/"x", "y"', '"x"'), unchanged("*", '"x"'), unchanged(None, '"x"')
    (True, True, False)
    """
    if if_none_match is None:
        return False
    return if_none_match.strip() == "*" or tag in re.findall(r'"[\x21\x23-\x7e]*"', if_none_match)
