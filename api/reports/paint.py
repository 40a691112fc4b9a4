"""Colour for terminals; it repeats what the text says and carries nothing alone."""

from __future__ import annotations

from .plain import Look

_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "target": "1;31",
    "other": "1;34",
    "dim": "2",
    "strong": "1",
}


def paint(text: str, style: str, look: Look) -> str:
    """The text in one of the report's styles when the stream shows colour.

    >>> paint("x", "strong", Look()), paint("x", "strong", Look(colour=True))
    ('x', '\\x1b[1mx\\x1b[0m')
    """
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if look.colour and text else text
