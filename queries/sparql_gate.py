"""The gate every foreign SPARQL text passes before a worker sees it.

The engine's parser recurses without a bound and its evaluator can reach the network, so a text is read here first by a
flat tokenizer.  The gate decides what is allowed; whether the rest is well formed is for the engine's parser to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from .sparql_tokens import QueryRefused, Token, position, refusal, tokenize

QueryKind = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

MAX_DEPTH = 64
MAX_TERM_DEPTH = 16
"""Nesting of collections, blank nodes, path groups and annotations: the engine's parser is super-linear in it."""

KINDS: tuple[QueryKind, ...] = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
OPENING = {"{": "}", "(": ")", "[": "]", "<<": ">>", "<<(": ")>>", "{|": "|}"}
CLOSING = frozenset(OPENING.values())

_FROM_NAME = re.compile(r"FROM(?:NAMED)?:", re.IGNORECASE)


class GraphName(NamedTuple):
    """A graph that a FROM clause names, and where it does."""

    iri: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Admission:
    """What the gate learned about a query it lets through."""

    kind: QueryKind
    prefixes: Mapping[str, str] = field(default_factory=dict[str, str])
    """Prefixes the query itself declares."""
    graphs: tuple[GraphName, ...] = ()
    """Absolute IRIs named by FROM and FROM NAMED."""
    tokens: int = 0
    depth: int = 0


def admit(
    query: str,
    *,
    prefixes: Mapping[str, str] | None = None,
    in_snapshot: Callable[[str], bool] | None = None,
) -> Admission:
    """Let a read-only query of bounded size and depth through.

    ``prefixes`` are those the caller declares beforehand, None when that is not known here (then no prefix counts as
    undeclared); ``in_snapshot`` tells whether a graph that FROM names may be read, every one without it.  Raises
    QueryRefused for everything else, and nothing but QueryRefused.

    >>> admit("PREFIX e: <http://example.org/> SELECT * { ?s e:p ?o }").kind
    'SELECT'
    >>> admit("ASK { SERVICE <http://example.org/> {} }")
    Traceback (most recent call last):
    naysay.queries.sparql_tokens.QueryRefused: 1:7: SERVICE is refused: a query reads this graph only
    """
    tokens = tokenize(query)
    depth = _depth(query, tokens)
    declared, start = _prologue(tokens)
    kind = _kind(query, tokens, start)
    _refuse_service(query, tokens)
    if prefixes is not None:
        _refuse_undeclared(query, tokens[start:], {*prefixes, *declared})
    graphs = tuple(_dataset(query, tokens[start:], {**(prefixes or {}), **declared}, prefixes is not None))
    for graph in graphs:
        if in_snapshot and not in_snapshot(graph.iri):
            raise QueryRefused(f"FROM <{graph.iri}>: no such graph here", graph.line, graph.column)
    return Admission(kind, declared, graphs, len(tokens), depth)


def _depth(query: str, tokens: list[Token]) -> int:
    """Deepest nesting of brackets, which must match; raises QueryRefused."""
    opened: list[tuple[Token, bool]] = []
    deepest = terms = 0
    for index, token in enumerate(tokens):
        if token.kind == "mark" and token.text in OPENING:
            is_term = _opens_term(tokens, index, opened)
            opened.append((token, is_term))
            terms += is_term
        elif token.kind == "mark" and token.text in CLOSING:
            if not opened or OPENING[opened[-1][0].text] != token.text:
                raise refusal(query, token.start, f"'{token.text}' closes nothing")
            terms -= opened.pop()[1]
        # An IRI may hold parentheses, and `1<(2)>3` reads as one: the engine may see them as an expression.
        hidden = token.text.count("(") if token.kind == "iri" else 0
        deepest = max(deepest, len(opened) + hidden)
        if deepest > MAX_DEPTH or terms > MAX_TERM_DEPTH:
            raise refusal(query, token.start, "nested too deep")
    if opened:
        raise refusal(query, opened[-1][0].start, f"'{opened[-1][0].text}' is never closed")
    return deepest


def _opens_term(tokens: list[Token], index: int, opened: list[tuple[Token, bool]]) -> bool:
    """Does the bracket open a collection, a blank node, a path group or a quoted triple, not an expression or group?"""
    text = tokens[index].text
    if text != "(":
        return text != "{"
    before = tokens[index - 1] if index else None
    if before is not None and before.kind == "word" and before.text not in ("a", "true", "false"):
        return False
    if opened and opened[-1][0].text == "(":
        return opened[-1][1]
    return True


def _prologue(tokens: list[Token]) -> tuple[dict[str, str], int]:
    """The declared prefixes, and the index of the first token after BASE, PREFIX and VERSION."""
    declared: dict[str, str] = {}
    at = 0
    while at < len(tokens) and tokens[at].kind == "word":
        word = tokens[at].text.upper()
        if word == "PREFIX" and [token.kind for token in tokens[at + 1 : at + 3]] == ["name", "iri"]:
            declared[tokens[at + 1].text.rstrip(":")] = tokens[at + 2].text[1:-1]
            at += 3
        elif word in ("BASE", "VERSION"):
            at += 2
        else:
            break
    return declared, at


def _kind(query: str, tokens: list[Token], start: int) -> QueryKind:
    if start >= len(tokens):
        raise refusal(query, len(query), "no query: SELECT, ASK, CONSTRUCT or DESCRIBE expected")
    first = tokens[start]
    word = first.text.upper() if first.kind in ("word", "name") else ""
    # The engine's parser needs no space after a keyword: `SELECTDISTINCT?s` and `ASKFROM:g` are queries to it.
    for kind in KINDS:
        if word.startswith(kind):
            return kind
    if word == "PREFIX":
        raise refusal(query, first.start, "PREFIX needs a name that ends with a colon, and an IRI")
    if word in UPDATES:
        raise refusal(query, first.start, f"{word} is refused: updates are not accepted")
    raise refusal(query, first.start, "SELECT, ASK, CONSTRUCT or DESCRIBE expected")


def _refuse_service(query: str, tokens: list[Token]) -> None:
    for index, token in enumerate(tokens):
        text = token.text.upper()
        # The engine's parser needs no space around a keyword: `trueSERVICEe:x{}` ends in SERVICE with the name `e:x`,
        # unless a name must stand there, and `e:a.b.SERVICE<x:y>{}` is a triple and then SERVICE.
        found = token.kind == "word" and "SERVICE" in text
        dotted = token.kind in ("name", "blank") and ".SERVICE" in text
        glued = token.kind == "name" and "SERVICE" in text.partition(":")[0] and _opens_group(tokens, index)
        if found or dotted or glued:
            raise refusal(query, token.start, "SERVICE is refused: a query reads this graph only")


def _opens_group(tokens: list[Token], index: int) -> bool:
    """Does a brace follow that the token before does not account for?"""
    before = tokens[index - 1] if index else None
    named = before is not None and before.kind == "word" and before.text.upper() in ("GRAPH", "FROM", "NAMED")
    return not named and index + 1 < len(tokens) and tokens[index + 1].text == "{"


def _refuse_undeclared(query: str, tokens: list[Token], known: set[str]) -> None:
    # The engine's own message for this names whatever else it had hoped for.
    for token in tokens:
        prefix = token.text.partition(":")[0]
        if token.kind == "name" and prefix not in known and not _FROM_NAME.match(token.text):
            raise refusal(query, token.start, f"prefix {prefix}: is not declared")


def _dataset(query: str, tokens: list[Token], prefixes: Mapping[str, str], complete: bool) -> Iterator[GraphName]:
    """Graphs of the FROM clauses; a name whose prefix may be declared elsewhere is passed over unless ``complete``."""
    for name in _from_names(tokens):
        if complete or name.kind != "name" or name.text.partition(":")[0] in prefixes:
            yield _graph(query, name, prefixes)


def _from_names(tokens: list[Token]) -> Iterator[Token]:
    depth = 0
    for index, token in enumerate(tokens):
        if token.kind == "mark":
            depth += (token.text in OPENING) - (token.text in CLOSING)
        if depth or token.kind not in ("word", "name"):
            continue
        if token.kind == "name" and (glued := _FROM_NAME.match(token.text)):
            yield token._replace(text=token.text[glued.end() - 1 :])
        if token.kind == "word" and "FROM" in token.text.upper():
            after = tokens[index + 1 : index + 3]
            yield next((name for name in after if name.text.upper() != "NAMED"), token)


def _graph(query: str, token: Token, prefixes: Mapping[str, str]) -> GraphName:
    line, column = position(query, token.start)
    if token.kind == "iri":
        iri = re.sub(r"\\u(.{4})|\\U(.{8})", _code_point, token.text[1:-1])
    elif token.kind == "name" and token.text.partition(":")[0] in prefixes:
        prefix, _, local = token.text.partition(":")
        iri = prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)
    else:
        raise QueryRefused("FROM needs an IRI or a name with a declared prefix", line, column)
    if not re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:", iri):
        raise QueryRefused("FROM needs an absolute IRI", line, column)
    return GraphName(iri, line, column)


def _code_point(match: re.Match[str]) -> str:
    value = int(match[1] or match[2], 16)
    return chr(value) if value < 0x110000 and not 0xD800 <= value < 0xE000 else "\ufffd"


__all__ = ["Admission", "GraphName", "QueryKind", "QueryRefused", "admit", "position"]
