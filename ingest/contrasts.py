"""What a statement denies beside what it says: "from X, not Y", "X (not Y)", "X rather than Y", "X instead of Y"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .english import BE, FINITE, MODALS, PARTICIPLES, PREPOSITIONS
from .statement import Statement
from .words import clean, is_identifier

_MARKS = ("not ", "never ", "rather than ", "instead of ")
_CONTRAST = re.compile(
    r"(?P<open>[,(—–;]\s*|(?<=\s))(?P<marker>not|never|rather than|instead of)\s+"
    r"(?!only\b|just\b|yet\b|all\b|necessarily\b|be\b|to\b|merely\b|every|always\b|even\b|if\b|when\b|because\b|that\b)"
    r"(?P<rest>[^;,()—–\n|]+)"
)
_REST_END = re.compile(
    r"\.(?=\s|$)|[:;]\s"
    r"|\s(?:so|because|since|which|that|when|if|as|and|but|or|until|unless|while|where|for|to|in order)\s"
)
_MOST_WORDS = 4


def contrasted(text: str, said: Statement, end: int) -> Iterator[Statement]:
    """A statement without the contrasts that its object carries, then the denials that they make.

    >>> from .statements import statements
    >>> [(s.relation, s.object, s.polarity) for s in statements("It reads from a/b, not c/d.")]
    [('read-from', 'a/b', 'affirmed'), ('read-from', 'c/d', 'denied')]
    """
    if said.polarity == "denied" or not said.object or not any(m in text[said.start : end] for m in _MARKS):
        yield said
        return
    kept = _before_contrast(said.object)
    if not kept:
        return
    said = said._replace(object=kept)
    yield said
    if said.relation.startswith("is-"):
        return
    for match in _CONTRAST.finditer(text, said.start, end):
        if match["marker"] in {"not", "never"} and not match["open"].strip():
            continue
        other = _named(match["rest"])
        if not said.subject and not is_identifier(other.partition(" ")[0]):
            continue
        if other and (denied := _against(said, other, match["marker"])) is not None:
            yield denied._replace(start=said.start, end=match.start("rest") + len(match["rest"].rstrip()))


def _named(rest: str) -> str:
    """The phrase that a contrast rejects, empty when it is a clause or too long to be one thing."""
    phrase = _REST_END.split(rest, maxsplit=1)[0].strip()
    words = phrase.split()
    verbal = any(w.lower() in BE or w.lower() in MODALS for w in words)
    return "" if not words or len(words) > _MOST_WORDS or verbal else phrase


def _against(said: Statement, other: str, marker: str) -> Statement | None:
    """``said`` with its last phrase exchanged for the rejected one, and denied."""
    first, _, more = other.partition(" ")
    low = first.lower()
    relation, kept = said.relation, said.object
    if low.endswith("ing") and more and not is_identifier(first):
        return _denied(said, PARTICIPLES[low], clean(more), marker) if low in PARTICIPLES and marker != "not" else None
    told = more.partition(" ")[0].lower() in PREPOSITIONS and low.endswith("ed")
    if (told or low in FINITE or low in PARTICIPLES) and not is_identifier(first):
        return None
    if low in PREPOSITIONS:
        if relation.partition(":")[0].endswith(f"-{low}"):
            return _denied(said, relation, clean(more), marker)
        at = kept.lower().rfind(f"{low} ")
        return _denied(said, relation, kept[:at] + other, marker) if at == 0 or kept[at - 1 : at] == " " else None
    head, preposition = _last_preposition(kept)
    if relation.endswith(":passive") and not preposition:
        return None
    return _denied(said, relation, f"{head}{preposition}{clean(other)}", marker)


def _before_contrast(phrase: str) -> str:
    """A phrase up to the contrast that stands in it."""
    for found in _CONTRAST.finditer(f" {phrase}"):
        if found["open"].strip() or found["marker"] not in {"not", "never"}:
            return clean(phrase[: max(0, found.start() - 1)])
    return phrase


def _last_preposition(phrase: str) -> tuple[str, str]:
    """What precedes the last noun phrase, and the preposition that joins them; both empty without one.

    >>> _last_preposition("stubs from the SDK")
    ('stubs ', 'from ')
    """
    words = phrase.split(" ")
    at = max((i for i, w in enumerate(words) if w.lower() in PREPOSITIONS), default=-1)
    return (" ".join(words[:at]) + " " if at > 0 else "", words[at] + " ") if at >= 0 else ("", "")


def _denied(said: Statement, relation: str, thing: str, marker: str) -> Statement | None:
    return said._replace(relation=relation, object=thing, polarity="denied", marker=marker) if thing else None
