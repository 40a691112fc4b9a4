"""Claims of one statement: what it says, and the roles and quantities that it fills on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..graph.model import Claim, Modality, Standing
from .authorities import authority_object
from .english import OPEN_PHRASES
from .statement import Statement
from .values import normalise
from .words import clean
from .writer import Writer

_NAMED_ROLES = (
    "port|namespace|registry|branch|issuer|host|bucket|storage class|schema|topic|queue|region|database|domain|context"
)

_ROLE_NAMES = re.compile(_NAMED_ROLES)

_FILLED = re.compile(
    rf"\b((?:[a-z]+ )?(?:{_NAMED_ROLES}))"
    r"\s+(?:is |called |named |at |on )?[`“\"]?([\w./:@*{}<>-]*[\w}>*/])",
    re.IGNORECASE,
)

_ROLE_OF = re.compile(r"^((?:(?!(?:of|for) )[\w-]+ ){0,2}[\w-]+?)(?:\s+(?:of|for)\s+(.+))?$")

_QUANTITY = re.compile(r"(?<![\w.])(\d[\d.,]*(?:\s*(?:-|–|to)\s*\d[\d.,]*)?\s?(?:%|[A-Za-z]+))(?![\w/])")

_DIGIT = re.compile(r"\d")

_OPEN = re.compile(r"\b(?:" + "|".join(p for p in OPEN_PHRASES if p != "to do") + r")\b", re.IGNORECASE)

_IMPOSING = frozenset({"enforce", "require", "forbid", "guarantee", "prohibit", "ensure"})
"""Verbs of a lead-in whose items are demands."""


def stated_claims(writer: Writer, s: Statement, *, quoted: bool) -> Iterator[Claim]:
    """The claims of one statement."""
    flips = writer.frame.role.flips and not s.subject
    denied = (s.polarity == "denied") != flips
    imposed = flips or writer.frame.verb in _IMPOSING
    modality: Modality = "obligation" if imposed and s.modality == "fact" else s.modality
    planned = writer.frame.role.planned and s.modality == "obligation" and not s.subject and s.marker == ""
    standing: Standing = (
        "quoted" if quoted else "historical" if s.past and writer.standing == "live" else writer.standing
    )
    relation = s.relation
    value = ""
    if relation == "is":
        value = normalise(s.object)
        yield from _names_role(writer, s, standing)
        if (matter := authority_object(s.object)) is not None and s.subject and len(s.subject.split()) <= 6:
            yield writer.make(
                s.subject,
                "is-authority-for",
                matter or writer.matter,
                modality=modality,
                start=s.start,
                polarity="denied" if denied else "affirmed",
                end=s.end,
                standing=standing,
                condition=s.condition,
                extractor="role",
            )
            return
    yield writer.make(
        s.subject,
        relation,
        s.object,
        polarity="denied" if denied else "affirmed",
        value=value,
        modality="plan" if planned else modality,
        condition=s.condition,
        standing=standing,
        start=s.start,
        end=s.end,
        marker=s.marker,
        quantifier=s.quantifier,
    )
    yield from _filled(writer, s, standing)
    if relation not in {"is-implemented", "is-deployed"} and _says_open(writer, s):
        yield writer.make(
            s.subject, "is-implemented", "", polarity="denied", standing=standing, start=s.start, end=s.end
        )


def _says_open(writer: Writer, s: Statement) -> bool:
    low = writer.passage.text[s.start : s.end].lower()
    return any(p in low for p in OPEN_PHRASES) and _OPEN.search(writer.passage.text, s.start, s.end) is not None


def _filled(writer: Writer, s: Statement, standing: Standing) -> Iterator[Claim]:
    """Roles and quantities that a statement's object fills: "listens on port 80", "is kept for 14 days"."""
    if not s.subject or s.polarity == "denied" or len(s.subject.split()) > 6:
        return
    text = writer.passage.text
    fillable = _ROLE_NAMES.search(text[s.start : s.end].lower())
    for match in _FILLED.finditer(text, s.start, s.end) if fillable else ():
        filler = match[2]
        if _is_marked(writer, match.start(2), match.end(2)) or filler.isdigit():
            yield _fills(writer, s, standing, s.subject, _role_words(match[1]), filler, modality="fact")
    found = [m for m in _quantities(s.object) if (v := normalise(m[1])) and not v.startswith(("name", "number", "m:"))]
    lemma = s.relation.partition(":")[0]
    if len(found) == 1 and not lemma.startswith("is-"):
        role = "value" if lemma == "is" else lemma
        yield _fills(writer, s, standing, s.subject, role, found[0][1], extractor="quantity", modality=s.modality)


def _names_role(writer: Writer, s: Statement, standing: Standing) -> Iterator[Claim]:
    """The role is the subject, its filler the object: "The default branch of R is `x`"."""
    match = _ROLE_OF.match(s.subject)
    if match and normalise(s.object) and s.polarity == "affirmed":
        bearer = clean(match[2]) if match[2] else ""
        yield _fills(writer, s, standing, bearer, _role_words(match[1]), s.object, modality=s.modality)


def _fills(
    writer: Writer,
    s: Statement,
    standing: Standing,
    bearer: str,
    role: str,
    filler: str,
    *,
    modality: Modality,
    extractor: str = "role",
) -> Claim:
    """The claim that a filler has a role of a bearer, over the whole of a statement."""
    return writer.make(
        bearer,
        f"open:{role}",
        filler,
        value=normalise(filler),
        start=s.start,
        end=s.end,
        standing=standing,
        condition=s.condition,
        extractor=extractor,
        modality=modality,
    )


def _is_marked(writer: Writer, start: int, end: int) -> bool:
    return any(m.kind == "code" and m.start <= start and end <= m.end for m in writer.passage.marks)


def _role_words(text: str) -> str:
    return re.sub(r"^(?:the|a|an|its|their|in|on|to|of|same|new|own|default)\s+", "", text.strip().lower())


def _quantities(text: str) -> Iterator[re.Match[str]]:
    return _QUANTITY.finditer(text) if _DIGIT.search(text) else iter(())
