"""The known word that a misspelt one was meant to be."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the known word most like ``word``; empty when none is near.

    >>> nearest("exlude", ["include", "exclude"])
    'did you mean "exclude"?'
    >>> nearest("zzz", ["include"])
    ''
    """
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1)
    return f'did you mean "{near[0]}"?' if near else ""
