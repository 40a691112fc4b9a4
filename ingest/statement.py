"""From a passage's text to statements: who does, has or is what, affirmed or denied, and how strongly.

A shallow parser over token lists: it looks for a modal, an auxiliary or a known verb, and takes what stands before and
after it.  What it cannot read it leaves alone; a statement that is wrong costs more than one that is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..graph.model import Modality, Polarity
from .english import (
    BASES,
    BE,
    CONDITION_WORDS,
    DETERMINERS,
    DO,
    FINITE,
    HAVE,
    MODALS,
    NEGATED_FORMS,
    PARTICIPLES,
    PAST_BE,
    PREPOSITIONS,
    STATES,
    SUBORDINATORS,
)
from .words import Token, clean, tokens


class Statement(NamedTuple):
    """One clause, read; offsets are into the passage's text."""

    subject: str
    """As written; empty when the clause has none of its own."""
    relation: str
    object: str
    polarity: Polarity
    modality: Modality
    condition: str
    past: bool
    """Told in the past tense ("was", "used to")."""
    marker: str
    """The word that carries polarity or state: ``not``, ``disabled``, ``only``."""
    quantifier: str
    """``only``, ``all``, ``no`` or empty."""
    start: int
    end: int


_SENTENCE = re.compile(r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)(?<!vs\.)(?<!etc\.)\s+(?=[A-Z0-9“\"(*✅❌`])")
# A run of spaces is tried from its start only: without the look-behind a long one is tried from each of its characters.
_CLAUSE = re.compile(
    r"(?:(?<!\s)\s+)?[;:]\s+|\n+|(?<!\s)\s+(?:[—–]|--?)\s+|(?:,|(?<![,\s]))\s+(?:but|whereas|however,?)\s+"
    r"|,\s+(?=not\s)|(?<=\s)→(?=\s)"
)
_ELIDED = re.compile(r"(?:it|they|this|that|these|those|\w+ly|is|are)?", re.IGNORECASE)
_DIVIDERS = (";", ":", "\n", "—", "–", "→", " -", "but", "whereas", "however", " not")
"""What a text has at least one of when ``_CLAUSE`` finds something in it."""
_SPLIT_MARK = frozenset('()—–:;“”"→')


class Piece(NamedTuple):
    """A stretch of a passage's text."""

    start: int
    end: int


def sentences(text: str) -> Iterator[Piece]:
    """The sentences of a text.

    >>> [text[p.start:p.end] for text in ("One is. Two is, e.g. this.",) for p in sentences(text)]
    ['One is.', 'Two is, e.g. this.']
    """
    start = 0
    for match in _SENTENCE.finditer(text):
        yield Piece(start, match.start())
        start = match.end()
    if start < len(text):
        yield Piece(start, len(text))


def clauses(text: str) -> Iterator[Piece]:
    """The clauses of a text: its sentences, split at semicolons, dashes and contrasts outside parentheses."""
    divided = any(mark in text for mark in _DIVIDERS)
    for sentence in sentences(text):
        start = sentence.start
        for match in _CLAUSE.finditer(text, sentence.start, sentence.end) if divided else ():
            if text.count("(", start, match.start()) == text.count(")", start, match.start()):
                if match.start() > start:
                    yield Piece(start, match.start())
                start = match.end()
        if start < sentence.end:
            yield Piece(start, sentence.end)


def statements(text: str) -> Iterator[Statement]:
    """Everything that a text states, clause by clause, parentheses apart."""
    subject = ""
    for piece in clauses(text):
        found = read_clause(text, piece)
        if found is None:
            continue
        if _ELIDED.fullmatch(found.subject) and subject:
            found = found._replace(subject=subject)
        subject = found.subject or subject
        yield found


def _strip_parentheses(items: Sequence[Token]) -> list[Token]:
    depth, out = 0, []
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
    reader = _Clause(text, items, condition, piece)
    if ensured:
        inner = reader.negative_phrase() or reader.finite() or reader.bare_state()
        return inner and inner._replace(
            modality="obligation" if inner.modality in {"fact", "permission"} else inner.modality
        )
    return reader.negative_phrase() or reader.imperative() or reader.finite() or reader.bare_state()


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


class _Clause:
    """The tokens of one clause under reading."""

    __slots__ = ("condition", "items", "piece", "text")

    def __init__(self, text: str, items: list[Token], condition: str, piece: Piece) -> None:
        self.text = text
        self.items = items
        self.condition = condition
        self.piece = piece

    def _words(self, start: int, end: int) -> str:
        if start >= end or start >= len(self.items):
            return ""
        return clean(self.text[self.items[start].start : self.items[min(end, len(self.items)) - 1].end])

    def _make(
        self,
        subject: str,
        relation: str,
        obj: str,
        *,
        denied: bool,
        modality: str = "fact",
        past: bool = False,
        marker: str = "",
        quantifier: str = "",
    ) -> Statement:
        return Statement(
            subject,
            relation,
            obj,
            "denied" if denied else "affirmed",
            modality,  # type: ignore[arg-type]
            self.condition,
            past,
            marker,
            quantifier,
            self.piece.start,
            self.items[-1].end,
        )

    def negative_phrase(self) -> Statement | None:
        """ "No X in Y", "No X required", "Never X", as far as they need no verb."""
        items = self.items
        if items[0].low != "no" or len(items) < 2 or items[1].low in {"longer", "more"}:
            return None
        verb = self._main_verb(1)
        if verb is not None:
            return self._around_verb(verb, 1, outer_denied=True, quantifier="no")
        state = next((i for i in range(2, len(items)) if items[i].low in STATES and self._predicative(i)), None)
        if state is not None:
            entry = STATES[items[state].low]
            return self._make(
                self._words(1, state), f"is-{entry.relation}", items[state].low, denied=entry.positive, marker="no"
            )
        place = next((i for i in range(2, len(items)) if items[i].low in _PLACE), None)
        if place is None:
            return self._make("", "has", self._words(1, len(items)), denied=True, marker="no", quantifier="no")
        return self._make(
            self._words(place + 1, len(items)), "has", self._words(1, place), denied=True, marker="no", quantifier="no"
        )

    def _predicative(self, i: int) -> bool:
        """Whether a state word at ``i`` ends its phrase rather than qualifying a noun."""
        items = self.items
        if items[i - 1].low in DETERMINERS or items[i - 1].low in PREPOSITIONS:
            return False
        return i == len(items) - 1 or items[i + 1].low in PREPOSITIONS or items[i + 1].text == ","

    def imperative(self) -> Statement | None:
        """ "Use X", "Do not use X", "Never use X", "Only use X", "Avoid X"."""
        items, at, denied, marker, quantifier = self.items, 0, False, "", ""
        while at < len(items) and items[at].low in _LEADING:
            low = items[at].low
            if low in {"not", "never", "don't", "cannot"}:
                denied, marker = not denied, low
            quantifier = "only object" if low == "only" else quantifier
            at += 1
        if at >= len(items) - 1 or items[at].text.isupper():
            return None
        verb = items[at].low
        forced = (
            at > 0 and items[at - 1].low in {"not", "don't", "never"} and verb.isalpha() and verb not in DETERMINERS
        )
        if verb not in BASES and not forced:
            return None
        following = items[at + 1].low
        if not denied and len(items) > at + 2 and items[at + 2].low in MODALS:
            return None
        if not denied and (following in BE or following in MODALS or (following in FINITE and following not in BASES)):
            return None
        if verb in _AVOIDING:
            denied, marker, verb = not denied, verb, "use"
        obj_start = at + 1
        if (doing := items[obj_start].low) in PARTICIPLES and doing.endswith("ing") and marker in _AVOIDING:
            verb = PARTICIPLES[doing]
            obj_start += 1
        return self._make(
            "",
            verb,
            self._words(obj_start, len(items)),
            denied=denied,
            modality="obligation",
            marker=marker,
            quantifier=quantifier,
        )

    def finite(self) -> Statement | None:
        """A clause with a subject and a finite verb."""
        verb, first = self._main_verb(0), self.items[0].low
        if verb is None or verb == 0 or first == "not":
            return None
        if first in _NONE:
            start = 2 if self.items[1].low == "of" else 1 if first == "neither" else 0
            return self._around_verb(verb, start, outer_denied=True, quantifier="no") if start < verb else None
        return self._around_verb(verb, 0)

    def bare_state(self) -> Statement | None:
        """ "X enabled in Y", "X (disabled)": a state word after a noun phrase, with no verb."""
        items = self.items
        for i in range(1, len(items)):
            entry = STATES.get(items[i].low)
            if entry is None or items[i].low in {"current", "on", "off", "legacy", "public", "private", "manual"}:
                continue
            last = i == len(items) - 1 or items[i + 1].low in PREPOSITIONS or items[i + 1].text == ","
            if not last or items[i - 1].low in DETERMINERS or items[i - 1].low in PREPOSITIONS:
                continue
            denied = items[i - 1].low in NEGATED_FORMS
            subject = self._words(0, i - 1 if denied or items[i - 1].low in {"now", "still"} else i)
            if subject:
                return self._make(
                    subject,
                    f"is-{entry.relation}",
                    self._words(i, len(items)),
                    denied=denied == entry.positive,
                    marker="not" if denied else items[i].low,
                )
        return None

    def _main_verb(self, start: int) -> int | None:
        """Index of the modal, auxiliary or first finite verb after ``start``."""
        items = self.items
        candidate = None
        for i in range(start, min(len(items), start + 24)):
            low = items[i].low
            if low in SUBORDINATORS or low in {"that", "which", "who", "whose"}:
                if candidate is not None or i == start:
                    return candidate
                if low in SUBORDINATORS:
                    return None
                return self._after_relative(i)
            if low in MODALS or low in BE or low in DO or low in HAVE:
                return i
            if i > start and low in FINITE and candidate is None and self._verb_here(i):
                candidate = i
        return candidate

    def _after_relative(self, at: int) -> int | None:
        """The main verb behind a relative clause: the second verb after its pronoun."""
        seen = 0
        for i in range(at + 1, len(self.items)):
            low = self.items[i].low
            if low in MODALS or low in BE or (low in FINITE and self._verb_here(i)):
                seen += 1
                if seen == 2:
                    return i
        return None

    def _verb_here(self, i: int) -> bool:
        """Whether a word that can be a verb is one at this place."""
        items = self.items
        at = i - 1
        while at > 0 and (items[at].low in _ADVERBS or (items[at].low == "no" and items[at + 1].low == "longer")):
            at -= 1
        before, low = items[at].low, items[i].low
        if items[i].text[0].isupper() or before in DETERMINERS or before in PREPOSITIONS or before in BASES:
            return False
        if before in {"and", "or", "to", "&", "+", "/", "=", "-"}:
            return False
        third = low not in BASES
        after = items[i + 1].low if i + 1 < len(items) else ""
        if after in PARTICIPLES and after.endswith("ed") and i + 2 >= len(items):
            return False
        if third:
            return (bool(after) or low in _INTRANSITIVE) and after not in BE and after not in MODALS
        plural = before.endswith("s") and not before.endswith("ss")
        return plural and bool(after) and after not in BE and after not in MODALS

    def _around_verb(
        self, at: int, start: int, *, outer_denied: bool = False, quantifier: str = ""
    ) -> Statement | None:
        items = self.items
        subject_end = at
        marker_before = ""
        while subject_end > start and items[subject_end - 1].low in _ADVERBS:
            if items[subject_end - 1].low == "only":
                quantifier = "only object"
            if items[subject_end - 1].low == "never":
                outer_denied, marker_before = not outer_denied, "never"
            if items[subject_end - 1].low == "longer" and subject_end > 1 and items[subject_end - 2].low == "no":
                outer_denied, marker_before = not outer_denied, "no longer"
                subject_end -= 1
            marker_before = "still" if items[subject_end - 1].low == "still" else marker_before
            subject_end -= 1
        subject = self._words(start, subject_end)
        if start < len(items) and items[start].low in _QUANTIFIERS and not quantifier:
            quantifier = _QUANTIFIERS[items[start].low]
        first = items[at].low
        obliged = first in _OBLIGING and at + 2 < len(items) and items[at + 1].low == "to"
        if first == "needs" and not obliged:
            return self._verb_object(subject, "need", at + 1, outer_denied, "fact", False, marker_before, quantifier)
        at, first = (at + 1, "must") if obliged else (at, first)
        modality = MODALS.get(first, "fact")
        past = first in PAST_BE
        denied, marker = outer_denied, marker_before or ("no" if outer_denied else "")
        if first in NEGATED_FORMS:
            denied, marker = not denied, first
        i = at
        if first in FINITE and first not in BE and first not in HAVE and first not in DO and first not in MODALS:
            return self._verb_object(subject, FINITE[first], at + 1, denied, modality, past, marker, quantifier)
        i += 1
        seen_be = first in BE
        while i < len(items):
            low = items[i].low
            if low in NEGATED_FORMS:
                denied, marker = not denied, low
            elif low == "no" and i + 1 < len(items) and items[i + 1].low == "longer":
                denied, marker = not denied, "no longer"
                i += 1
            elif low == "still":
                marker = "still"
            elif low in {"only", "always"}:
                quantifier = "only object" if low == "only" else quantifier or "all"
            elif low in BE:
                seen_be = True
            elif low in _ADVERBS or low in DO or (low in HAVE and first in MODALS):
                if low in HAVE:
                    break
            else:
                break
            i += 1
        if i >= len(items):
            return None
        low = items[i].low
        state = STATES.get(low)
        if (seen_be or first in HAVE) and state is not None:
            if (low in {"on", "off"} and i + 1 < len(items)) or (
                first in HAVE and not seen_be and low not in PARTICIPLES and low not in STATES
            ):
                state = None
        if state is not None and (seen_be or first in HAVE):
            past = past and state.positive
            return self._make(
                subject,
                f"is-{state.relation}",
                self._words(i, len(items)),
                denied=denied == state.positive,
                modality=modality,
                past=past,
                marker=marker or low,
                quantifier=quantifier,
            )
        if seen_be:
            if low in PARTICIPLES:
                return self._make(
                    subject,
                    f"{PARTICIPLES[low]}:passive",
                    self._words(i + 1, len(items)),
                    denied=denied,
                    modality=modality,
                    past=past,
                    marker=marker,
                    quantifier=quantifier,
                )
            return self._make(
                subject,
                "is",
                self._words(i, len(items)),
                denied=denied != (low == "no" and items[i].text != "NO"),
                modality=modality,
                past=past,
                marker=marker or ("no" if low == "no" else ""),
                quantifier=quantifier,
            )
        if first in HAVE and low not in PARTICIPLES:
            return self._verb_object(subject, "have", i, denied, modality, past, marker, quantifier)
        lemma = FINITE.get(low) or PARTICIPLES.get(low) or (low if first in MODALS or first in DO else "")
        if not lemma or not lemma[0].isalpha() or (lemma == "need" and i + 1 >= len(items)):
            return None
        return self._verb_object(subject, lemma, i + 1, denied, modality, past, marker, quantifier)

    def _verb_object(
        self, subject: str, lemma: str, at: int, denied: bool, modality: str, past: bool, marker: str, quantifier: str
    ) -> Statement | None:
        items = self.items
        if at < len(items) and items[at].low in {"no", "not", "never", "neither"}:
            denied, marker, at = not denied, items[at].low, at + 1
        if at < len(items) and items[at].low == "only":
            quantifier, at = "only object", at + 1
        if at < len(items) and items[at].low in _PARTICLES:
            lemma, at = f"{lemma}-{items[at].low}", at + 1
        obj = self._words(at, len(items))
        if not obj and lemma not in {"exist", "run", "work"}:
            return None
        return self._make(
            subject, lemma, obj, denied=denied, modality=modality, past=past, marker=marker, quantifier=quantifier
        )


def _lemma(word: str) -> str:
    return FINITE.get(word) or PARTICIPLES.get(word, "")


_PLACE = frozenset("in inside within on for from under at".split())
_LEADING = frozenset("do not never don't always please only just then also now and explicitly cannot".split())
_OBLIGING = frozenset("needs has have".split())
"""Verbs that oblige before "to"."""
_NONE = frozenset({"none", "neither", "nothing", "nobody"})
"""Subjects of which nothing that follows is true."""
_AVOIDING = frozenset({"avoid", "stop", "forbid", "prohibit"})
_ADVERBS = frozenset(
    """only always never also now still already currently just then explicitly automatically manually typically normally
    usually generally strictly intentionally directly fully simply therefore thus often both all again effectively longer
    yet deliberately explicitly completely entirely largely mostly partially temporarily permanently silently""".split()
)
_QUANTIFIERS = {"only": "only", "all": "all", "every": "all", "each": "all", "any": "all", "no": "no"}
_INTRANSITIVE = frozenset("exists runs works applies remains".split())
_PARTICLES = frozenset("in on at to from with under by against as into through via inside within for".split())
