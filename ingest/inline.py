"""Inline content to plain text, with the place of every character and what is marked up.

Two ways lead there: one pattern reads the common case (text, code spans, strong text, plain links, line breaks), and
what it does not fit is read from the parser's tokens.  Both give the same result; the first is several times faster.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple, Protocol

from .page import Mark
from .positions import Piece

CONTENT_CAP = 50_000
"""Characters of one block that are read as inline markup; a longer block is taken as plain text."""

SPECIAL = re.compile(r"[\n!&*<\[\\\]_`~]")
"""Characters at which inline markup can start or end."""

_WORDS = (
    r"""[^\n!&*<\[\\\]_`~]++|(?<=[^\W_])_++(?=[^\W_])|!(?!\[)|&(?!\#?[A-Za-z0-9]++;)|<(?![A-Za-z/!?])|(?<!~)~(?!~)"""
)
_COMMON = r"""
      (?P<text>(?:WORDS)+)
    | (?<!`)`(?P<code>[^`\n]++)`(?!`)
    | (?P<open>(?<![^ \n])\*\*(?=[^\W_]|[`\[])|(?<=\()\*\*(?=[^\W_]))
    | (?P<close>(?<=[^\W_]|[:.,;)`\]!?"'%])\*\*(?=[ \n.,;:)!?"'/\-]|\Z))
    | (?P<line>(?<![ \\])\n)
"""
_LINK = r"""
    | \[(?:(?P<label>(?:WORDS)+)|`(?P<name>[^`\n\[\]]++)`)\]\((?P<target>[^\s()<>\\&\x00-\x1f\x7f]++)\)
"""
_WITH_LINKS = re.compile((_COMMON + _LINK).replace("WORDS", _WORDS), re.VERBOSE)
_WITHOUT_LINKS = re.compile(_COMMON.replace("WORDS", _WORDS + r"|[\[\]]"), re.VERBOSE)
_UNSAFE = re.compile(r"(?:vbscript|javascript|file|data):", re.IGNORECASE)

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)\s*/?>")
_HTML = frozenset(
    "a abbr acronym address article aside audio b base bdi bdo big blockquote body br button canvas caption "
    "center cite code col colgroup data dd del details dfn dialog dir div dl dt em embed fieldset figcaption "
    "figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd "
    "label legend li link main map mark menu menuitem meta meter nav noframes noscript object ol optgroup option "
    "output p param picture pre progress q rp rt ruby s samp script search section select small source span "
    "strike strong style sub summary sup svg table tbody td textarea tfoot th thead time title tr track tt u ul "
    "var video wbr".split()
)
_MARKS = {"strong_open": "strong", "em_open": "em", "s_open": "strike", "link_open": "link"}


class Token(Protocol):
    """What is used of the parser's inline tokens; ``map`` holds the offset at which one was pushed."""

    type: str
    nesting: Literal[-1, 0, 1]
    attrs: dict[str, str | int | float]
    map: list[int] | None
    content: str
    markup: str
    info: str

    @property
    def children(self) -> Iterable[Token] | None:
        """Tokens of an image's description."""
        ...


class Inline(NamedTuple):
    """What a block's content reads as."""

    text: str
    pieces: Sequence[Piece]
    marks: tuple[Mark, ...] = ()
    comments: tuple[tuple[int, str], ...] = ()
    """(offset in the content, text) of each HTML comment."""
    limited: bool = False
    """Whether a limit was reached and markup was taken as text."""


def read_common(content: str, definitions: bool) -> Inline | None:
    """Content in the common case, None if it needs the parser.

    ``definitions`` says whether the document defines link references or footnotes, so that ``[x]`` may be a link.

    >>> read_common("a **b** `c`", False)[:2]
    ('a b c', [(0, 0, 2), (2, 4, 1), (3, 7, 1), (4, 9, 1)])
    >>> read_common("*a*", False) is None
    True
    """
    if len(content) > CONTENT_CAP:
        return _whole(content.replace("\n", " "), True)
    if not SPECIAL.search(content):
        return _whole(content)
    pattern = _WITH_LINKS if definitions or "](" in content else _WITHOUT_LINKS
    return _scan(content, pattern)


def _whole(content: str, limited: bool = False) -> Inline:
    return Inline(content, ((0, 0, len(content)),), limited=limited)


def _scan(content: str, pattern: re.Pattern[str]) -> Inline | None:
    parts: list[str] = []
    pieces: list[Piece] = []
    marks: list[Mark] = []
    position = length = 0
    strong = -1
    for match in pattern.finditer(content):
        begin, end = match.span()
        if begin != position:
            return None
        position = end
        kind = match.lastgroup
        if kind == "text":
            text = match[0]
        elif kind == "code":
            text, begin = _code(match["code"], begin + 1)
            marks.append(Mark("code", length, length + len(text)))
        elif kind == "line":
            parts.append(" ")
            length += 1
            continue
        elif kind == "target":
            target = match["target"]
            if _UNSAFE.match(target):
                return None
            text, begin = match["label"], begin + 1
            if text is None:
                text, begin = _code(match["name"], begin + 1)
                marks.append(Mark("code", length, length + len(text)))
            marks.append(Mark("link", length, length + len(text), target))
        elif (kind == "open") == (strong >= 0):
            return None
        else:
            if kind == "close":
                marks.append(Mark("strong", strong, length))
            strong = length if kind == "open" else -1
            continue
        parts.append(text)
        pieces.append((length, begin, len(text)))
        length += len(text)
    if position != len(content) or strong >= 0:
        return None
    return Inline("".join(parts), pieces, tuple(marks))


def _code(content: str, at: int) -> tuple[str, int]:
    """A code span's text and its offset, without the one space on each side (CommonMark 0.31.2, section 6.1)."""
    if content[0] == " " == content[-1] and content.strip(" "):
        return content[1:-1], at + 1
    return content, at


class TokenReader:
    """Plain text, pieces and marks of one block's inline tokens."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.parts: list[str] = []
        self.length = 0
        self.pieces: list[Piece] = []
        self.marks: list[Mark] = []
        self.open: list[tuple[str, int, str]] = []
        self.comments: list[tuple[int, str]] = []
        self.bracket = 0
        self.steps: dict[str, Callable[[Token, int], None]] = {
            "text": self._plain,
            "code_inline": self._code,
            "softbreak": self._line,
            "hardbreak": self._line,
            "text_special": self._special,
            "html_inline": self._html,
            "image": self._image,
        }

    def read(self, tokens: Iterable[Token], base: int = 0) -> None:
        """Take in tokens whose offsets count from ``base``."""
        for token in tokens:
            at = base + (token.map[0] if token.map else 0)
            step = self.steps.get(token.type)
            if step:
                step(token, at)
            elif token.nesting > 0:
                self.bracket = 1 if token.info == "auto" else 0
                self.open.append((_MARKS[token.type], self.length, str(token.attrs.get("href", ""))))
            elif token.nesting < 0:
                self.bracket = 0
                name, start, target = self.open.pop()
                self.marks.append(Mark(name, start, self.length, target))

    def inline(self, limited: bool) -> Inline:
        """What was read."""
        return Inline("".join(self.parts), self.pieces, tuple(self.marks), tuple(self.comments), limited)

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _copy(self, text: str, at: int) -> None:
        """Text that stands in the content at an offset."""
        if not text:
            return
        start, begin, size = self.pieces[-1] if self.pieces else (0, 0, 0)
        if size and start + size == self.length and begin + size == at:
            self.pieces[-1] = (start, begin, size + len(text))
        else:
            self.pieces.append((self.length, at, len(text)))
        self._add(text)

    def _plain(self, token: Token, at: int) -> None:
        self._copy(token.content, at + self.bracket)

    def _line(self, token: Token, _at: int) -> None:
        self._add("\n" if token.type == "hardbreak" else " ")

    def _code(self, token: Token, at: int) -> None:
        at += len(token.markup)
        raw = self.content[at : at + len(token.content)].replace("\n", " ")
        start = self.length
        self._copy(token.content, at if raw == token.content else at + 1)
        self.marks.append(Mark("code", start, self.length))

    def _special(self, token: Token, at: int) -> None:
        if token.info == "escape":
            self._copy(token.content, at + len(token.markup) - len(token.content))
        else:
            self._add(token.content)

    def _html(self, token: Token, at: int) -> None:
        """Comments are kept aside and elements dropped; ``<name>`` of no known element is a placeholder, so text."""
        content = token.content
        if content.startswith("<!--"):
            self.comments.append((at, content[4:].removesuffix("-->").strip()))
        elif _BREAK.fullmatch(content):
            self._add("\n")
        elif (tag := _TAG.fullmatch(content)) and tag[1].lower() not in _HTML:
            self._copy(content, at)

    def _image(self, token: Token, at: int) -> None:
        start = self.length
        self.read(token.children or (), at + len("!["))
        self.marks.append(Mark("image", start, self.length, str(token.attrs["src"])))
