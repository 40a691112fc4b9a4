"""Text as the export formats may carry it: no control characters, one line, a bounded length."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape as _escape

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_SPACES = re.compile(r"[\t\n\v\f\r \x85\u2028\u2029]+")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef]"
    "|[" + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF)) + "]"
)


def visible(text: str) -> str:
    """The text with every character that hides or reorders others replaced by U+FFFD; line ends and tabs stay.

    >>> visible("a\\u202eb\\n")
    'a\\ufffdb\\n'
    """
    return _UNPRINTABLE.sub(REPLACEMENT, text)


def printable(text: str) -> str:
    """One line of text that XML 1.0 (section 2.2) and UTF-8 can carry and a reader can trust.

    White space is folded; controls, surrogates, noncharacters and bidirectional overrides become U+FFFD.

    >>> printable("a\\x00b\\n\\tc")
    'a\\ufffdb c'
    """
    return visible(_SPACES.sub(" ", text))


def shortened(text: str, limit: int) -> str:
    """``printable`` text of at most ``limit`` code points, an ellipsis standing for what was cut.

    >>> shortened("one two three", 8)
    'one two…'
    """
    clean = printable(text).strip()
    return clean if len(clean) <= limit else clean[: limit - 1].rstrip() + "…"


def xml(text: str) -> str:
    """Printable text escaped for XML content and for double-quoted attribute values.

    >>> xml('a "b" <c> &')
    'a &quot;b&quot; &lt;c&gt; &amp;'
    """
    return _escape(printable(text), {'"': "&quot;", "'": "&#39;"})
