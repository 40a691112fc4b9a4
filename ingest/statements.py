"""From a passage's text to statements: who does, has or is what, affirmed or denied, and how strongly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .clause_reader import Clause
from .clauses import Piece, clauses
from .contrasts import contrasted
from .english import (
    BASES,
    BE,
    CONDITION_WORDS,
    FINITE,
    MODALS,
    STATES,
)
from .manner import manner
from .statement import Statement
from .words import Token, tokens

_ELIDED = re.compile(r"(?:it|they|this|that|these|those|\w+ly|(?:is|are)(?: \w+ly| now| still)?)?", re.IGNORECASE)

_SPLIT_MARK = frozenset('()—–:;“”"→')


def statements(text: str) -> Iterator[Statement]:
    """Everything that a text states, clause by clause, parentheses apart."""
    subject = ""
    for piece in clauses(text):
        found = read_clause(text, piece)
        if found is None:
            continue
        if _is_past_reason(text, piece):
            found = found._replace(past=True)
        if _ELIDED.fullmatch(found.subject) and subject:
            found = found._replace(subject=subject)
        subject = found.subject or subject
        yield from contrasted(text, found, piece.end)
        yield from manner(text, found)


def _is_past_reason(text: str, piece: Piece) -> bool:
    """Whether a clause gives a reason in the past tense: "because the relay was disabled" tells what was."""
    because = text.endswith("because", 0, len(text[: piece.start].rstrip()))
    return because and _WAS.search(text, piece.start, piece.end) is not None


_WAS = re.compile(r"\b(?:was|were)\b")


def _strip_parentheses(items: Sequence[Token]) -> list[Token]:
    depth = 0
    out: list[Token] = []
    for token in items:
        if token.text == "(":
            depth += 1
        elif token.text == ")":
            depth = max(0, depth - 1)
        elif not depth:
            out.append(token)
    return out


def read_clause(text: str, piece: Piece) -> Statement | None:
    """Read one clause, or None when no statement can be recognised in it."""
    items = tokens(text, piece.start, piece.end)
    if "’" in text:
        items = [t._replace(text=t.text.replace("’", "'"), low=t.low.replace("’", "'")) for t in items]
    items, condition = _take_condition(text, _strip_parentheses(items))
    items, ensured = _strip_ensure(_without_front([t for t in items if t.text not in _SPLIT_MARK]))
    if len(items) > 1 and items[0].low in {"no", "yes"} and items[1].text == ",":
        items = items[2:]
    while items and items[0].text in ",;":
        items.pop(0)
    if len(items) < 2:
        return None
    reader = Clause(text, items, condition, piece)
    if ensured:
        inner = reader.negative_phrase() or reader.finite() or reader.bare_state()
        return inner and inner._replace(
            modality="obligation" if inner.modality in {"fact", "permission"} else inner.modality
        )
    return reader.negative_phrase() or reader.imperative() or reader.elided() or reader.finite() or reader.bare_state()


def _without_front(items: list[Token]) -> list[Token]:
    """Drop a fronted adverbial such as "In staging,": it is scope, not subject; and read "not only" as plain."""
    comma = next((i for i, t in enumerate(items[:7]) if t.text == ","), 0)
    if comma and items[0].low in _FRONTED and len(items) > comma + 2:
        items = items[comma + 1 :]
    return [
        t for i, t in enumerate(items) if not (t.low == "not" and i + 1 < len(items) and items[i + 1].low == "only")
    ]


_FRONTED = frozenset("in on for at within during after before under with by from since".split())


def _strip_ensure(items: list[Token]) -> tuple[list[Token], bool]:
    """Drop a leading "Ensure that", "Make sure", "Verify that" when a clause with a verb of its own follows."""
    low = [t.low for t in items[:3]]
    if low[:2] == ["make", "sure"]:
        rest = items[3:] if low[2:] == ["that"] else items[2:]
    elif low[:1] in (["ensure"], ["guarantee"], ["verify"], ["confirm"], ["assert"]):
        rest = items[2:] if low[1:2] == ["that"] else items[1:]
    else:
        return items, False
    verbal = any(
        t.low in BE or t.low in MODALS or t.low in STATES or (t.low in FINITE and t.low not in BASES) for t in rest[1:]
    )
    return (rest, True) if verbal and low[0] not in {"verify", "confirm"} else (items, False)


def _take_condition(text: str, items: list[Token]) -> tuple[list[Token], str]:
    """Cut a leading "If X," or a trailing "unless X" off and return it as the condition."""
    if items and items[0].low in CONDITION_WORDS:
        comma = next((i for i, t in enumerate(items) if t.text == ","), 0)
        if comma:
            return items[comma + 1 :], text[items[0].start : items[comma - 1].end]
        return [], ""
    for i, token in enumerate(items[1:], 1):
        if token.low in CONDITION_WORDS and token.low not in {"where", "once"}:
            return items[:i], "" if token.low == "until" else text[token.start : items[-1].end]
    return items, ""
