"""Content negotiation (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Range(NamedTuple):
    """One media range of an Accept header."""

    type: str
    subtype: str
    quality: float

    def precision(self, media_type: str) -> int:
        """How exactly the range fits: 2 the type itself, 1 its family, 0 anything, -1 not at all."""
        main, _, sub = media_type.partition("/")
        if self.type == "*" and self.subtype == "*":
            return 0
        if self.type != main:
            return -1
        return 1 if self.subtype == "*" else 2 if self.subtype == sub else -1


def best(accept: str, offers: Sequence[str]) -> str | None:
    """The offered media type the header likes best, the earlier one of equals; None when it accepts none of them.

    >>> best("text/csv;q=0.5, application/*;q=0.9", ["text/csv", "application/json"])
    'application/json'
    >>> best("image/png", ["text/csv"]) is None
    True
    """
    ranges = list(_ranges(accept))
    if not ranges:
        return offers[0]
    ranked = [(_quality(ranges, offer), -index, offer) for index, offer in enumerate(offers)]
    quality, _, offer = max(ranked)
    return offer if quality > 0 else None


def _quality(ranges: Sequence[Range], offer: str) -> float:
    fits = [(rang.precision(offer), rang.quality) for rang in ranges]
    precision, quality = max(fits)
    return quality if precision >= 0 else 0.0


def _ranges(accept: str) -> Iterator[Range]:
    for part in accept.lower().split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        main, slash, sub = media.partition("/")
        if slash and main and sub:
            yield Range(main, sub, _weight(parameters))


def _weight(parameters: Sequence[str]) -> float:
    """The q parameter, 1 without one, 0 for one that is no number between 0 and 1."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            digits = value.strip()
            number = float(digits) if digits.replace(".", "", 1).isdecimal() and digits.isascii() else 0.0
            return number if number <= 1 else 0.0
    return 1.0
