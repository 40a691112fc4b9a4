"""Markdown text to a page of passages with exact positions; the only module that knows markdown-it.

markdown-it keeps line ranges for blocks and no positions at all for inline content.  Both are recovered here: block
rules of our own note where each line's content stands, and the inline state notes where every token was pushed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock, blockquote, code, fence, hr, html_block, list_block, reference
from markdown_it.rules_inline import StateInline, autolink, backtick, entity, escape, html_inline, image, link, newline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def, footnote_ref

from ..graph.model import Diagnostic
from .block_rules import Rule, Stops, TableRule, TextRule, blocks, first_character, heading
from .inline import SPECIAL, Inline, TokenReader, read_common
from .outline import Outline
from .page import Page
from .positions import LINE_CAP, LINES_CAP, Lines, Part, front_matter, read_lines

NESTING = 200
"""Containers in containers that are told apart; what is nested deeper is read as one text."""
INLINE_NESTING = 100
"""Brackets in brackets of one block."""
IMAGE_NESTING = 20
"""Images in the descriptions of images."""

_ROW_STOPS: dict[str, tuple[Rule, ...]] = {
    "`": (fence,),
    "~": (fence,),
    ">": (blockquote,),
    "*": (hr, list_block),
    "-": (hr, list_block),
    "_": (hr,),
    "+": (list_block,),
    "<": (html_block,),
    "#": (heading,),
    **dict.fromkeys("0123456789", (list_block,)),
}
_table = TableRule(_ROW_STOPS)
_text = TextRule({**_ROW_STOPS, "[": (footnote_def,)}, _table)
_STARTS: Stops = {
    first: (_table, *rules, _text) for first, rules in {**_ROW_STOPS, "[": (footnote_def, reference)}.items()
}


class _BlockState(StateBlock):
    """Remembers where the content lines of code blocks start."""

    cuts: dict[int, tuple[Part, ...]]

    def getLines(self, begin: int, end: int, indent: int, keepLastLF: bool) -> str:
        self.cuts[begin] = tuple(
            [Part(line, self._content_start(line, indent), self.eMarks[line]) for line in range(begin, end)]
        )
        return super().getLines(begin, end, indent, keepLastLF)

    def _content_start(self, line: int, indent: int) -> int:
        """Offset after ``indent`` columns of white space; a tab that is only partly used up still counts as content."""
        at, width = self.bMarks[line], 0
        stop = min(self.eMarks[line], at + self.tShift[line])
        while at < stop and width < indent:
            width += 1 if self.src[at] == " " else 4 - (width + self.bsCount[line]) % 4
            at += 1
        return at - 1 if width > indent else at


class _BlockParser(ParserBlock):
    """Tries only the rules that a line's first character allows, and keeps what is nested too deeply as text."""

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:
        line = startLine
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            for rule in self._rules(state, line):
                if rule(state, line, endLine, False):
                    break
            line = state.line
            if line < endLine and state.isEmpty(line):
                line += 1
                state.line = line

    def _rules(self, state: StateBlock, line: int) -> tuple[Rule, ...]:
        if state.level >= NESTING:
            state.env.setdefault("deep", line)
            return (_text,)
        if state.sCount[line] - state.blkIndent >= 4:
            return (code,)
        return _STARTS.get(first_character(state, line), (_table, _text))


class _InlineState(StateInline):
    """Sets each token's ``map`` to the offset in the content at which it was pushed."""

    begin = 0

    def append_pending(self, text: str) -> None:
        if not self.pending:
            self.begin = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:
        token = super().pushPending()
        token.map = [self.begin]
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        token.map = [self.pos]
        return token


def _emphasis(state: StateInline, silent: bool) -> bool:
    """A run of ``*`` or ``_``: one token each, so that the parser can pair them."""
    if silent:
        return False
    start, marker = state.pos, state.src[state.pos]
    run = state.scanDelims(start, marker == "*")
    for at in range(start, start + run.length):
        _delimiter(state, at, marker, run.length, (run.can_open, run.can_close))
    state.pos += run.length
    return True


def _strike(state: StateInline, silent: bool) -> bool:
    """A run of two or more ``~``, paired by twos; the odd one stands alone."""
    start = state.pos
    run = None if silent else state.scanDelims(start, True)
    if run is None or run.length < 2:
        return False
    odd = run.length % 2
    if odd:
        token = state.push("text", "", 0)
        token.content, token.map = "~", [start]
    for at in range(start + odd, start + run.length, 2):
        _delimiter(state, at, "~~", 0, (run.can_open, run.can_close))
    state.pos += run.length
    return True


def _delimiter(state: StateInline, at: int, text: str, length: int, flanking: tuple[bool, bool]) -> None:
    token = state.push("text", "", 0)
    token.content, token.map = text, [at]
    opens, closes = flanking
    state.delimiters.append(Delimiter(ord(text[0]), length, len(state.tokens) - 1, -1, opens, closes))


_INLINE_RULES: dict[str, tuple[Callable[[StateInline, bool], bool], ...]] = {
    "\n": (newline,),
    "\\": (escape,),
    "`": (backtick,),
    "~": (_strike,),
    "*": (_emphasis,),
    "_": (_emphasis,),
    "[": (link, footnote_ref),
    "!": (image,),
    "<": (autolink, html_inline),
    "&": (entity,),
}


def _matched(state: StateInline, first: str, silent: bool) -> bool:
    return any(rule(state, silent) for rule in _INLINE_RULES.get(first, ()))


class _InlineParser(ParserInline):
    """Tries only the rules that a character allows; sets ``env["limited"]`` where a limit was reached."""

    def __init__(self) -> None:
        super().__init__()
        self.terminator_re = SPECIAL

    def tokenize(self, state: StateInline) -> None:
        src, end = state.src, state.posMax
        while state.pos < end:
            pos = state.pos
            found = SPECIAL.search(src, pos, end)
            stop = found.start() if found else end
            if stop == pos and state.level < INLINE_NESTING and _matched(state, src[pos], False):
                continue
            stop = max(stop, pos + 1)
            state.append_pending(src[pos:stop])
            state.pos = stop
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:
        pos = state.pos
        known = state.cache.get(pos)
        if known is None:
            known = state.cache[pos] = self._skipped(state, pos)
        state.pos = known

    def _skipped(self, state: StateInline, pos: int) -> int:
        found = SPECIAL.search(state.src, pos, state.posMax)
        stop = found.start() if found else state.posMax
        if stop > pos:
            return stop
        if state.level >= INLINE_NESTING:
            state.env["limited"] = True
            return state.posMax
        state.level += 1
        moved = _matched(state, state.src[pos], True)
        state.level -= 1
        return state.pos if moved else pos + 1

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = _InlineState(src, md, env, tokens)
        depth = env["images"] = env.get("images", -1) + 1
        if depth > IMAGE_NESTING:
            env["limited"] = True
            state.append_pending(src)
            state.pushPending()
        else:
            self.tokenize(state)
            for rule in self.ruler2.getRules(""):
                rule(state)
        env["images"] = depth - 1
        return state.tokens


class _Parser(MarkdownIt):
    """CommonMark with tables, strikethrough and footnotes; link targets stay as written."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"maxNesting": NESTING})
        self.block, self.inline = _BlockParser(), _InlineParser()
        self.use(footnote_plugin, inline=False, move_to_end=False)
        self.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
        self.block.ruler.at("heading", heading, {"alt": ["paragraph", "reference", "blockquote"]})
        self.inline.ruler2.disable("fragments_join")

    def normalizeLink(self, url: str) -> str:
        return url

    def normalizeLinkText(self, link: str) -> str:
        return link


_PARSER = _Parser()


def parse(text: str, path: str = "") -> Page:
    """Read a decoded Markdown text; never raises, whatever the text.

    ``path`` is only used in diagnostics: NS011 where a line, a block or the nesting is beyond the limits.

    >>> page = parse("# Ports\\n\\n- api: `8080`\\n")
    >>> [(passage.kind, passage.text, str(passage.span)) for passage in page.passages]
    [('heading', 'Ports', 'L1.3-L1.8'), ('item', 'api: 8080', 'L3.3-L3.14')]
    """
    lines = read_lines(text)
    front, skip = front_matter(lines.text)
    env: dict[str, Any] = {}
    state = _BlockState(lines.text, _PARSER, env, [])
    state.cuts = {}
    _PARSER.block.tokenize(state, min(skip, state.lineMax), state.lineMax)
    outline = Outline(lines, _inline_reader(env))
    outline.construct("front-matter", 0, skip)
    outline.add(blocks(state.tokens, state.cuts))
    for definition in (*env.get("references", {}).values(), *env.get("duplicate_refs", ())):
        outline.construct("reference-definition", *definition["map"])
    faults = [*_faults(lines, env), *((line, "block beyond the limits of markup") for line in outline.limited)]
    return outline.page(front, [Diagnostic("NS011", path, line, message) for line, message in sorted(faults)])


def _faults(lines: Lines, env: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """(line, message) for each limit that the blocks reached."""
    for line in lines.cut:
        yield line + 1, f"only the first {LINE_CAP} characters of the line were read"
    if lines.total > LINES_CAP:
        yield LINES_CAP + 1, f"only the first {LINES_CAP} lines were read"
    if "deep" in env:
        yield env["deep"] + 1, f"nested deeper than {NESTING} levels"


def _inline_reader(env: dict[str, Any]) -> Callable[[str], Inline]:
    definitions = bool(env.get("references") or env.get("footnotes"))

    def read(content: str) -> Inline:
        common = read_common(content, definitions)
        if common:
            return common
        env["limited"] = False
        reader = TokenReader(content)
        reader.read(_PARSER.inline.parse(content, _PARSER, env, []))
        return reader.inline(env["limited"])

    return read
