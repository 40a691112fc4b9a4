"""Claims from running text: paragraphs and list items, with the subject that their context lends them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ..graph.model import Claim, Modality, ScopeTerm, SilenceReason, Standing
from .context import Role, Section, inherit, scope_of
from .english import BASES, BE, FINITE, HAVE, OPEN_PHRASES, STATES
from .page import Passage
from .roles import AUTHORITY_OBJECT, roles
from .statement import Statement, statements
from .values import normalise
from .words import JOINER, clean, is_identifier, phrase, tokens


class Frame(NamedTuple):
    """What governs a passage: its section, its lead-in and the subject it inherits."""

    path: str
    section: Section
    role: Role
    subject: str
    subject_from: str
    verb: str
    """Lemma of a lead-in such as "The cluster enforces:"; empty otherwise."""
    scope: tuple[ScopeTerm, ...]


_PAST_OPENING = re.compile(
    r"^\W*(?:historical(?:ly)?|history|previously|formerly|earlier|originally|before|was|old|legacy|superseded"
    r"|deprecated|used to"
    r"|\d{4}-\d{2}(?:-\d{2})?)\b\W",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]{8,}”|\"[^\"]{8,}\"")
_LABEL = re.compile(r"^\s*((?:[^\s:;.!?]+\s+){0,5}[^\s:;.!?]+)\s*:\s+(?=\S)")
_AFTER_LABEL = re.compile(r"\s*[:–—-]\s+")
_NO_LABEL = re.compile(r"^\W*(?:note|e\.g|no|not|never|only|do not|don't|if|when)\b", re.IGNORECASE)
_ASIDE = re.compile(
    r"\((?:now |currently |still |also )?(not )?(\w+)"
    r"(?: by default| yet| only)?(?:\s(?:in|on|for)\s[^)]{1,60})?(?:[;,][^)]*)?\)",
    re.IGNORECASE,
)
_OPEN_DECISION = re.compile(
    r"^\W*(?:\[ \]\s*)?(?:decide|choose|confirm|clarify|determine|agree|pick|resolve|define)\b\s+(?:on\s+)?"
    r"(?:(?:whether|if|which|who|how|where|between|minimum|the)\b)?\s*(.+)$",
    re.IGNORECASE,
)
_WHETHER = re.compile(r"\b(?:whether|if|which|or|vs\.?|between)\b", re.IGNORECASE)
_TBD = re.compile(r"\b(?:TBD|TBC|to be (?:decided|determined|confirmed)|undecided|open question)\b", re.IGNORECASE)
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
_INLINE_PAIR = re.compile(r"^([A-Za-z_][\w.\-/]*[\w])\s*(?:=|:\s)\s*[\"']?([^\"'\s,;]+)[\"']?$")


@lru_cache(maxsize=1_000)
def passage_standing(text: str) -> Standing:
    """How a passage puts itself forward: as fact, question, quotation, example or memory.

    >>> [passage_standing(t) for t in ("Is it on?", "Previously: one queue.", "If it fails", "It runs.")]
    ['question', 'historical', 'hypothetical', 'live']
    """
    stripped = text.strip()
    if stripped.endswith("?"):
        return "question"
    if _PAST_OPENING.match(stripped):
        return "historical"
    low = stripped.lower()
    if low.startswith(("if ", "when ", "suppose ", "assuming ")) and "," not in low:
        return "hypothetical"
    if low.startswith(("e.g.", "for example", "example")):
        return "example"
    if stripped.startswith(("❌", "🚫")) and ("wrong" in low or "don't" in low or "do not" in low or "bad" in low):
        return "rejected"
    if stripped[:1] in '“"' and stripped[-1:] in '”"':
        return "quoted"
    return "live"


_SILENCE_OF: dict[Standing, SilenceReason] = {
    "question": "question",
    "quoted": "quote",
    "hypothetical": "hypothetical",
    "historical": "history",
    "superseded": "history",
    "rejected": "hypothetical",
    "example": "example",
}


def silence_reason(passage: Passage, standing: Standing) -> SilenceReason:
    """Why a passage without a claim has none."""
    if passage.kind == "heading":
        return "heading"
    if standing in _SILENCE_OF:
        return _SILENCE_OF[standing]
    words = len(tokens(passage.text))
    if any(m.kind == "link" and m.end - m.start >= 0.7 * len(passage.text) for m in passage.marks):
        return "navigation"
    if words <= 3:
        return "label"
    return "fragment" if words <= 8 else "unparsed"


def prose_claims(passage: Passage, frame: Frame) -> Iterator[Claim]:
    """Every claim of a paragraph or list item."""
    text = passage.text
    own = passage_standing(text)
    role = frame.role
    standing: Standing = role.standing if role.standing != "live" else own
    if any(m.kind == "strike" and m.end - m.start >= 0.8 * len(text) for m in passage.marks):
        standing = "historical"
    writer = _Writer(passage, frame, standing)
    label, body_start = _split_label(passage)
    if label:
        writer = writer.under(label)
        if (pair := _role_value(text[body_start:])) is not None:
            yield writer.role_value(label, pair, body_start)
    if not passage.checked:
        yield from _open_decisions(text, writer)
    yield from _decided(text, writer, label)
    quotes = [m.span() for m in _QUOTED.finditer(text)] if "“" in text or '"' in text else []
    found = [_unmasked(s, body_start) for s in statements(_masked(passage)[body_start:])]
    for moved in found:
        quoted = any((a <= moved.start + 1 and moved.end - 1 <= b) or _inside(text, a, b, moved) for a, b in quotes)
        yield from writer.from_statement(moved, quoted)
    yield from _asides(text, writer)
    yield from _inline_pairs(passage, writer, found)
    yield from _roles(text, writer)
    yield from _settings(passage, writer)
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
    match = _LABEL.match(text) if ":" in text else None
    if match and "http" not in match[1] and not _NO_LABEL.match(match[1]):
        return ("", 0) if _is_statement(match[1]) else (clean(match[1]), match.end())
    for mark in passage.marks:
        if mark.kind == "strong" and mark.start == 0 and mark.end < len(text) and not _NO_LABEL.match(text):
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


def _open_decisions(text: str, writer: _Writer) -> Iterator[Claim]:
    match = _OPEN_DECISION.match(text)
    if match and _WHETHER.search(text) and not text.rstrip().endswith(".md"):
        yield writer.make("", "is-decided", clean(match[1]), polarity="denied", modality="plan", start=0, end=len(text))
    elif len(text) < 160 and (tbd := _TBD.search(text)) is not None:
        yield writer.make(
            clean(text[: tbd.start()]), "is-decided", "", polarity="denied", modality="plan", start=0, end=len(text)
        )


_DECIDED = re.compile(
    r"\b[Dd]ecision(?:\s*\([^)]*\))?\s*(?::|is)\s*(?:to (?:use|take) )?((?:[Oo]ption|[Aa]lternative|[Vv]ariant)\s+\w+)"
)


def _decided(text: str, writer: _Writer, label: str) -> Iterator[Claim]:
    """Decisions for an option: "Decision: Option B"."""
    for match in _DECIDED.finditer(text) if "ecision" in text else ():
        matter = label if label and not label.lower().startswith("decision") else writer.frame.subject
        claim = writer.make(
            matter,
            "decided",
            match[1],
            value=f"name:{match[1].lower()}",
            start=match.start(),
            end=match.end(),
            extractor="role",
        )
        yield replace(claim, scope=tuple(t for t in claim.scope if t.dimension != "option"))


def _asides(text: str, writer: _Writer) -> Iterator[Claim]:
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


def _roles(text: str, writer: _Writer) -> Iterator[Claim]:
    """Authorities and cardinalities."""
    for found in roles(text):
        yield writer.make(
            found.subject,
            found.relation,
            found.object,
            polarity="affirmed" if found.affirmed else "denied",
            start=found.start,
            end=found.end,
            extractor="role",
            marker=found.marker,
            value=normalise(found.object) if found.relation.startswith("open:") else "",
        )


_ASSIGNED = re.compile(
    r"\s+(?:is|are|was|defaults to|now sources from|sources from|is sourced from|comes from|is now|equals|is set to"
    r"|must be|to|=|:|→)\s+"
    r"(?:the\s+)?$"
)


def _settings(passage: Passage, writer: _Writer) -> Iterator[Claim]:
    """Two code spans joined by a word that assigns.

    "`KEY` is `value`", "sets `KEY` to `value`", "`KEY` sources from `value`".
    """
    codes = [m for m in passage.marks if m.kind == "code"]
    for left, right in pairwise(codes):
        between = passage.text[left.end : right.start]
        key, value = passage.text[left.start : left.end], passage.text[right.start : right.end]
        if len(between) < 24 and _ASSIGNED.match(between) and _KEY.match(key) and normalise(value):
            yield writer.make(
                writer.subject,
                f"open:{key.rpartition('.')[2]}",
                value,
                value=normalise(value),
                start=left.start,
                end=right.end,
                subject_from=writer.subject_from,
                extractor="key-value",
            )


_KEY = re.compile(r"^(?:[A-Z][A-Z0-9]*_[A-Z0-9_]+|[a-z]+[A-Z]\w+|[\w-]+(?:\.[\w-]+)+)$")


_DEFAULT = re.compile(r"\bdefaults?\b", re.IGNORECASE)


def _inline_pairs(passage: Passage, writer: _Writer, found: Sequence[Statement]) -> Iterator[Claim]:
    """`key=value` and `key: value` in code spans."""
    for mark in passage.marks:
        if mark.kind != "code":
            continue
        match = _INLINE_PAIR.match(passage.text[mark.start : mark.end])
        if match and len(match[1]) > 2 and "//" not in match[0]:
            parents, _, key = match[1].rpartition(".")
            if "/" in parents:
                parents, key = "", match[1]
            own = next((s.subject for s in found if s.start <= mark.start < s.end and len(s.subject.split()) <= 5), "")
            yield writer.make(
                parents or own,
                f"open:{key}",
                match[2],
                value=normalise(match[2]),
                start=mark.start,
                end=mark.end,
                subject_from="key path" if parents else "",
                extractor="key-value",
                marker="default" if _DEFAULT.search(passage.text, max(0, mark.start - 40), mark.end + 30) else "",
            )


_IMPOSING = frozenset({"enforce", "require", "forbid", "guarantee", "prohibit", "ensure"})
"""Verbs of a lead-in whose items are demands."""


def _role_words(text: str) -> str:
    return re.sub(r"^(?:the|a|an|its|their|in|on|to|of|same|new|own|default)\s+", "", text.strip().lower())


def _quantities(text: str) -> Iterator[re.Match[str]]:
    return _QUANTITY.finditer(text) if _DIGIT.search(text) else iter(())


@lru_cache(maxsize=1_000)
def topic_of(section: Section) -> str:
    """The governing headings below the title, nearest first."""
    return " › ".join(reversed(section.titles[1:]))


class _Writer:
    """Makes claims of one passage."""

    __slots__ = ("frame", "passage", "standing", "subject", "subject_from")

    def __init__(self, passage: Passage, frame: Frame, standing: Standing) -> None:
        self.passage = passage
        self.frame = frame
        self.standing: Standing = standing
        self.subject = frame.subject
        self.subject_from = frame.subject_from

    def under(self, label: str) -> _Writer:
        """A writer whose inherited subject is the passage's own label."""
        out = _Writer(self.passage, self.frame, self.standing)
        if len(phrase(label).terms) and not scope_of(label, "stated"):
            out.subject, out.subject_from = label, "label"
        return out

    def make(
        self,
        subject: str,
        relation: str,
        obj: str,
        *,
        start: int,
        end: int,
        polarity: str = "affirmed",
        modality: str = "fact",
        value: str = "",
        condition: str = "",
        standing: Standing | None = None,
        subject_from: str = "",
        extractor: str = "prose",
        marker: str = "",
        quantifier: str = "",
    ) -> Claim:
        """A claim over ``text[start:end]`` of the passage."""
        text = self.passage.text[max(0, start) : end]
        scope = inherit(self.frame.scope, scope_of(self._scope_text(start, end), "stated"))
        return Claim(
            path=self.frame.path,
            passage=self.passage.ordinal,
            span=self.passage.locate(max(0, start), end) if text else self.passage.span,
            subject=subject or self.subject,
            relation=relation,
            object=obj,
            value=value,
            polarity=polarity,  # type: ignore[arg-type]
            modality=modality,  # type: ignore[arg-type]
            standing=standing or self.standing,
            scope=scope,
            condition=condition,
            subject_from=subject_from or ("own words" if subject else self.subject_from),
            extractor=extractor,
            topic=topic_of(self.frame.section),
            marker=marker,
            quantifier=quantifier,
        )

    def _scope_text(self, start: int, end: int) -> str:
        text = self.passage.text
        clause = text[max(0, start) : end]
        label = _LABEL.match(text) if start > 0 and ":" in text else None
        return f"{label[1]} {clause}" if label else clause

    def role_value(self, label: str, value: str, start: int) -> Claim:
        """The labelled role of the inherited subject: "Registry: `x`"."""
        at = self.passage.text.find(value, start)
        return self.make(
            self.frame.subject,
            f"open:{label.lower()}",
            value,
            value=normalise(value),
            start=max(at, 0),
            end=max(at, 0) + len(value),
            subject_from=self.frame.subject_from,
            extractor="item",
        )

    def listed(self, verb: str) -> Claim:
        """An item under a lead-in that ends in its verb."""
        text = self.passage.text
        return self.make(
            self.frame.subject,
            verb,
            clean(text),
            polarity="denied" if self.frame.role.flips else "affirmed",
            start=0,
            end=len(text),
            subject_from="lead-in",
            extractor="item",
        )

    def from_statement(self, s: Statement, quoted: bool) -> Iterator[Claim]:
        """The claims of one statement."""
        flips = self.frame.role.flips and not s.subject
        denied = (s.polarity == "denied") != flips
        imposed = flips or self.frame.verb in _IMPOSING
        modality: Modality = "obligation" if imposed and s.modality == "fact" else s.modality
        planned = self.frame.role.planned and s.modality == "obligation" and not s.subject and s.marker == ""
        standing: Standing = (
            "quoted" if quoted else "historical" if s.past and self.standing == "live" else self.standing
        )
        relation = s.relation
        value = ""
        if relation == "is":
            value = normalise(s.object)
            yield from self._names_role(s, standing)
            if (match := AUTHORITY_OBJECT.match(s.object)) is not None and s.subject and len(s.subject.split()) <= 6:
                yield self.make(
                    s.subject,
                    "is-authority-for",
                    clean(match["matter"] or match["kind"] or ""),
                    modality=modality,
                    start=s.start,
                    polarity="denied" if denied else "affirmed",
                    end=s.end,
                    standing=standing,
                    condition=s.condition,
                    extractor="role",
                )
                return
        yield self.make(
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
        yield from self._filled(s, standing)
        if relation not in {"is-implemented", "is-deployed"} and self._says_open(s):
            yield self.make(
                s.subject, "is-implemented", "", polarity="denied", standing=standing, start=s.start, end=s.end
            )

    def _says_open(self, s: Statement) -> bool:
        low = self.passage.text[s.start : s.end].lower()
        return any(p in low for p in OPEN_PHRASES) and _OPEN.search(self.passage.text, s.start, s.end) is not None

    def _filled(self, s: Statement, standing: Standing) -> Iterator[Claim]:
        """Roles and quantities that a statement's object fills: "listens on port 80", "is kept for 14 days"."""
        if not s.subject or s.polarity == "denied" or len(s.subject.split()) > 6:
            return
        text = self.passage.text
        fillable = _ROLE_NAMES.search(text[s.start : s.end].lower())
        for match in _FILLED.finditer(text, s.start, s.end) if fillable else ():
            filler = match[2]
            if self._is_marked(match.start(2), match.end(2)) or filler.isdigit():
                yield self.make(
                    s.subject,
                    f"open:{_role_words(match[1])}",
                    filler,
                    value=normalise(filler),
                    start=s.start,
                    end=s.end,
                    standing=standing,
                    condition=s.condition,
                    extractor="role",
                )
        found = [
            m for m in _quantities(s.object) if (v := normalise(m[1])) and not v.startswith(("name", "number", "m:"))
        ]
        lemma = s.relation.partition(":")[0]
        if len(found) == 1 and not lemma.startswith("is-"):
            yield self.make(
                s.subject,
                f"open:{'value' if lemma == 'is' else lemma}",
                found[0][1],
                value=normalise(found[0][1]),
                start=s.start,
                end=s.end,
                standing=standing,
                condition=s.condition,
                extractor="quantity",
                modality=s.modality,
            )

    def _names_role(self, s: Statement, standing: Standing) -> Iterator[Claim]:
        """The role is the subject, its filler the object: "The default branch of R is `x`"."""
        match = _ROLE_OF.match(s.subject)
        if match and normalise(s.object) and s.polarity == "affirmed":
            yield self.make(
                clean(match[2]) if match[2] else "",
                f"open:{_role_words(match[1])}",
                s.object,
                value=normalise(s.object),
                start=s.start,
                end=s.end,
                standing=standing,
                condition=s.condition,
                extractor="role",
                modality=s.modality,
            )

    def _is_marked(self, start: int, end: int) -> bool:
        return any(m.kind == "code" and m.start <= start and end <= m.end for m in self.passage.marks)
