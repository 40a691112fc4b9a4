"""Claims from running text: paragraphs and list items, with the subject that their context lends them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..graph.model import Claim, Standing
from .awaited import awaited
from .decisions import decided, open_decisions, settled
from .english import BASES, BE, FINITE, HAVE, STATES
from .frame import Frame
from .inline_settings import inline_pairs, settings
from .page import Passage
from .roles import roles
from .standing import passage_standing
from .stated import stated_claims
from .statement import Statement
from .statements import statements
from .values import normalise
from .words import JOINER, clean, is_identifier, tokens
from .writer import LABEL, Writer

_QUOTED = re.compile(r"“[^”]{8,}”|\"[^\"]{8,}\"")

_AFTER_LABEL = re.compile(r"\s*[:–—-]\s+")

_NO_LABEL = re.compile(r"^\W*(?:note|e\.g|no|not|never|only|do not|don't|if|when)\b", re.IGNORECASE)

_ASIDE = re.compile(
    r"\((?:now |currently |still |also )?(not )?(\w+)"
    r"(?: by default| yet| only)?(?:\s(?:in|on|for)\s[^)]{1,60})?(?:[;,][^)]*)?\)",
    re.IGNORECASE,
)


def prose_claims(passage: Passage, frame: Frame) -> Iterator[Claim]:
    """Every claim of a paragraph or list item; of two about one filled role, the one that says that it is the only."""
    roles_filled: dict[tuple[object, ...], Claim] = {}
    for claim in _every_claim(passage, frame):
        if claim.extractor != "role":
            yield claim
            continue
        key = (claim.span, claim.subject, claim.relation, claim.object, claim.polarity)
        if key not in roles_filled or claim.marker:
            roles_filled[key] = claim
    yield from roles_filled.values()


def _every_claim(passage: Passage, frame: Frame) -> Iterator[Claim]:
    text = passage.text
    own = passage_standing(text)
    role = frame.role
    standing: Standing = role.standing if role.standing != "live" else own
    if any(m.kind == "strike" and m.end - m.start >= 0.8 * len(text) for m in passage.marks):
        standing = "historical"
    writer = Writer(passage, frame, standing)
    label, body_start = _split_label(passage)
    if label:
        writer = writer.under(label)
        if (pair := _role_value(text[body_start:])) is not None:
            yield writer.role_value(label, pair, body_start)
    if not passage.checked:
        yield from open_decisions(text, writer)
    yield from decided(text, writer, label)
    yield from settled(text, writer, label, body_start)
    quotes = [m.span() for m in _QUOTED.finditer(text)] if "“" in text or '"' in text else []
    found = [_unmasked(s, body_start) for s in statements(_masked(passage)[body_start:])]
    for moved in found:
        quoted = any((a <= moved.start + 1 and moved.end - 1 <= b) or _inside(text, a, b, moved) for a, b in quotes)
        yield from stated_claims(writer, moved, quoted=quoted)
    yield from _asides(text, writer)
    yield from awaited(text, writer)
    yield from inline_pairs(passage, writer, found)
    yield from _roles(text, writer)
    yield from settings(passage, writer)
    if frame.verb and passage.kind == "item" and not found and len(tokens(text)) <= 14:
        yield writer.listed(frame.verb)


def _masked(passage: Passage) -> str:
    """The text with each code span one word: what stands in code is a name, not grammar."""
    text = passage.text
    for mark in passage.marks:
        if mark.kind == "code" and " " in text[mark.start : mark.end]:
            text = text[: mark.start] + text[mark.start : mark.end].replace(" ", JOINER) + text[mark.end :]
    return text


def _unmasked(s: Statement, offset: int) -> Statement:
    return s._replace(
        subject=s.subject.replace(JOINER, " "),
        object=s.object.replace(JOINER, " "),
        condition=s.condition.replace(JOINER, " "),
        start=s.start + offset,
        end=s.end + offset,
    )


def _inside(text: str, start: int, end: int, statement: Statement) -> bool:
    """Whether the object of a statement is a quotation, or its subject tears one apart."""
    quoted = text[start:end]
    torn = statement.start < start < statement.end and statement.subject.count("“") > statement.subject.count("”")
    return torn or (len(statement.object) > 12 and statement.object in quoted)


def _split_label(passage: Passage) -> tuple[str, int]:
    """A leading "Label:" or bold lead, and where the rest begins."""
    text = passage.text
    match = LABEL.match(text) if ":" in text else None
    if match and "http" not in match[1] and not _NO_LABEL.match(match[1]):
        return ("", 0) if _is_statement(match[1]) else (clean(match[1]), match.end())
    for mark in passage.marks:
        opens = not mark.start or (mark.start < 4 and not any(c.isalnum() for c in text[: mark.start]))
        if mark.kind == "strong" and opens and mark.end < len(text) and not _NO_LABEL.match(text):
            rest = _AFTER_LABEL.match(text, mark.end)
            if rest:
                return clean(text[: mark.end].rstrip(": ")), rest.end()
            if text[: mark.end].endswith(":"):
                return clean(text[: mark.end - 1]), mark.end
    return "", 0


def _is_statement(label: str) -> bool:
    return any(t.low in BE or t.low in HAVE or (t.low in FINITE and t.low not in BASES) for t in tokens(label)[1:])


def _role_value(body: str) -> str | None:
    """The short value that a label introduces, or None when prose follows."""
    body = body.strip()
    first = re.split(r"\s+\(|\s+[—–]\s+|[;,]\s|\.\s|\.$", body, maxsplit=1)[0].strip()
    if not first or len(first) > 80:
        return None
    words = tokens(first)
    if len(words) == 1 and (is_identifier(first) or normalise(first)):
        return first
    return first if len(words) <= 3 and normalise(first) else None


def _asides(text: str, writer: Writer) -> Iterator[Claim]:
    """States in parentheses: "X (optional)", "Y (disabled by default)"."""
    for match in _ASIDE.finditer(text) if "(" in text else ():
        state = STATES.get(match[2].lower())
        if state is None or state.relation in {"current", "public", "synchronous"}:
            continue
        before = re.split(r"[.;:,()]\s|\s[—–]\s", text[: match.start()])[-1].strip()
        words = before.split()
        if len(words) == 1 and "/" in before and writer.subject_from == "label":
            before, words = writer.subject, writer.subject.split()
        if not words or len(words) > 7:
            continue
        yield writer.make(
            clean(before),
            f"is-{state.relation}",
            match[2].lower(),
            start=max(0, text.rfind(before, 0, match.start())),
            end=match.end(),
            polarity="affirmed" if state.positive != bool(match[1]) else "denied",
            marker="not" if match[1] else match[2].lower(),
        )


def _roles(text: str, writer: Writer) -> Iterator[Claim]:
    """Authorities and cardinalities."""
    for found in roles(text):
        yield writer.make(
            found.subject,
            found.relation,
            found.object or (writer.matter if found.relation == "is-authority-for" else ""),
            polarity="affirmed" if found.affirmed else "denied",
            start=found.start,
            end=found.end,
            extractor="role",
            marker=found.marker,
            modality="plan" if found.relation == "is-single" and writer.frame.role.planned else "fact",
            value=normalise(found.object) if found.relation.startswith("open:") else "",
        )
