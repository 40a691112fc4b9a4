"""One clause, read: a shallow parser over tokens.

It looks for a modal, an auxiliary or a known verb, and takes what stands before and after it.  What it cannot read it
leaves alone; a statement that is wrong costs more than one that is missing.
"""

from __future__ import annotations

from dataclasses import dataclass

from .clauses import Piece
from .english import (
    BASES,
    BE,
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
from .function_words import (
    ADVERBS,
    AUXILIARIES,
    AVOIDING_VERBS,
    INTRANSITIVE_VERBS,
    LEADING_WORDS,
    NONE_PRONOUNS,
    OBLIGING_VERBS,
    PARTICLES,
    PLACE_PREPOSITIONS,
    QUANTIFIERS,
    RULE_NOUNS,
    SETTLED_VERBS,
)
from .statement import Statement
from .words import Token, clean, is_identifier


@dataclass(slots=True)
class _Said:
    """What is known of a statement while its verb phrase is read."""

    subject: str
    denied: bool
    marker: str
    quantifier: str
    modality: str = "fact"
    past: bool = False

    def turn(self, marker: str) -> None:
        """Note a negation: it turns the statement into its opposite."""
        self.denied, self.marker = not self.denied, marker


class Clause:
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
        """A denial that needs no verb: "No X in Y", "No X required", "Never X"."""
        items = self.items
        if items[0].low != "no" or len(items) < 2 or items[1].low in {"longer", "more"}:
            return None
        verb = self._main_verb(1)
        if verb is not None and not self._compound(verb):
            return self._around_verb(verb, 1, outer_denied=True, quantifier="no")
        state = next((i for i in range(2, len(items)) if items[i].low in STATES and self._predicative(i)), None)
        if state is not None:
            entry = STATES[items[state].low]
            return self._make(
                self._words(1, state), f"is-{entry.relation}", items[state].low, denied=entry.positive, marker="no"
            )
        place = next((i for i in range(2, len(items)) if items[i].low in PLACE_PREPOSITIONS), None)
        if place is None:
            return self._make("", "has", self._words(1, len(items)), denied=True, marker="no", quantifier="no")
        return self._make(
            self._words(place + 1, len(items)), "has", self._words(1, place), denied=True, marker="no", quantifier="no"
        )

    def _compound(self, verb: int) -> bool:
        """Whether what looks like the verb of "No X verbs Y" is a noun among nouns: "No tool grants enforcement"."""
        items = self.items
        short = len(items) <= verb + 2 or items[verb + 2].text == ","
        return short and items[verb].low not in AUXILIARIES and items[verb].low not in INTRANSITIVE_VERBS

    def _predicative(self, i: int) -> bool:
        """Whether a state word at ``i`` ends its phrase rather than qualifying a noun."""
        items = self.items
        if items[i - 1].low in DETERMINERS or items[i - 1].low in PREPOSITIONS:
            return False
        return i == len(items) - 1 or items[i + 1].low in PREPOSITIONS or items[i + 1].text == ","

    def imperative(self) -> Statement | None:
        """A demand: "Use X", "Do not use X", "Never use X", "Only use X", "Avoid X"."""
        items, at, denied, marker, quantifier = self.items, 0, False, "", ""
        while at < len(items) and items[at].low in LEADING_WORDS:
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
        if verb in AVOIDING_VERBS:
            denied, marker, verb = not denied, verb, "use"
        obj_start = at + 1
        if (doing := items[obj_start].low) in PARTICIPLES and doing.endswith("ing") and marker in AVOIDING_VERBS:
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

    def elided(self) -> Statement | None:
        """A clause that begins with its verb, as items of a list do: "Runs automatically from X", "Uses the Y"."""
        items, low = self.items, self.items[0].low
        if low not in FINITE or low in BASES or low in AUXILIARIES:
            return None
        after = items[1].low
        follows = after in DETERMINERS or after in ADVERBS or after.endswith("ly") or is_identifier(items[1].text)
        if not follows and not (low in SETTLED_VERBS and after in PREPOSITIONS):
            return None
        return None if any(t.low in AUXILIARIES for t in items[1:4]) else self._around_verb(0, 0)

    def finite(self) -> Statement | None:
        """A clause with a subject and a finite verb."""
        verb, first = self._main_verb(0), self.items[0].low
        if verb is None or verb == 0 or first == "not":
            return None
        if first in NONE_PRONOUNS:
            start = 2 if self.items[1].low == "of" else 1 if first == "neither" else 0
            return self._around_verb(verb, start, outer_denied=True, quantifier="no") if start < verb else None
        return self._around_verb(verb, 0)

    def bare_state(self) -> Statement | None:
        """A state word after a noun phrase, with no verb: "X enabled in Y", "X (disabled)"."""
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
        while at > 0 and (items[at].low in ADVERBS or (items[at].low == "no" and items[at + 1].low == "longer")):
            at -= 1
        before, low = items[at].low, items[i].low
        if items[i].text[0].isupper() or before in DETERMINERS or before in PREPOSITIONS:
            return False
        if before in BASES and not (at > 0 and items[at - 1].low in DETERMINERS):
            return False
        if before in {"and", "or", "to", "&", "+", "/", "=", "-"}:
            return False
        third = low not in BASES
        after = items[i + 1].low if i + 1 < len(items) else ""
        if after in PARTICIPLES and after.endswith("ed") and i + 2 >= len(items):
            return False
        if third:
            return (bool(after) or low in INTRANSITIVE_VERBS) and after not in BE and after not in MODALS
        plural = before.endswith("s") and not before.endswith("ss")
        return plural and bool(after) and after not in BE and after not in MODALS

    def _around_verb(
        self, at: int, start: int, *, outer_denied: bool = False, quantifier: str = ""
    ) -> Statement | None:
        """What a clause says whose verb phrase begins at ``at`` and whose subject begins at ``start``."""
        said = self._before_verb(at, start, outer_denied, quantifier)
        first = self.items[at].low
        obliged = first in OBLIGING_VERBS and at + 2 < len(self.items) and self.items[at + 1].low == "to"
        if first == "needs" and not obliged:
            return self._verb_object(said, "need", at + 1)
        if obliged:
            at, first = at + 1, "must"
        said.modality, said.past = MODALS.get(first, "fact"), first in PAST_BE
        if first == "may":
            said.marker = said.marker or self.items[at].text
        said.marker = said.marker or ("no" if said.denied else "")
        if first in NEGATED_FORMS:
            said.turn(first)
        if first in FINITE and first not in AUXILIARIES:
            return self._verb_object(said, FINITE[first], at + 1)
        at, seen_be = self._through_auxiliaries(said, at + 1)
        return self._complement(said, at, first, seen_be or first in BE) if at < len(self.items) else None

    def _before_verb(self, at: int, start: int, denied: bool, quantifier: str) -> _Said:
        """The subject, and what the adverbs between it and the verb make of the clause."""
        items, end, marker = self.items, at, ""
        while end > start and items[end - 1].low in ADVERBS:
            low = items[end - 1].low
            if low == "only":
                quantifier = "only object"
            elif low == "still":
                marker = "still"
            elif low == "never":
                denied, marker = not denied, "never"
            elif low == "longer" and end > 1 and items[end - 2].low == "no":
                denied, marker = not denied, "no longer"
                end -= 1
            end -= 1
        if end - start > 2 and items[end - 1].low == "and" and items[end - 2].low in FINITE:
            end -= 2
        if start < len(items):
            quantifier = quantifier or QUANTIFIERS.get(items[start].low, "")
        return _Said(self._words(start, end), denied, marker, quantifier)

    def _through_auxiliaries(self, said: _Said, at: int) -> tuple[int, bool]:
        """Where the verb phrase ends its auxiliaries and adverbs, and whether a form of "be" is among them."""
        items, seen_be = self.items, False
        while at < len(items):
            low = items[at].low
            if low in NEGATED_FORMS:
                said.turn(low)
            elif low == "no" and at + 1 < len(items) and items[at + 1].low == "longer":
                said.turn("no longer")
                at += 1
            elif low == "still":
                said.marker = "still"
            elif low in {"only", "always"}:
                said.quantifier = "only object" if low == "only" else said.quantifier or "all"
            elif low in BE:
                seen_be = True
            elif low not in ADVERBS and low not in DO:
                break
            at += 1
        return at, seen_be

    def _complement(self, said: _Said, at: int, first: str, seen_be: bool) -> Statement | None:
        """What follows the auxiliaries: a state, a participle, a noun phrase or a bare verb."""
        low, more = self.items[at].low, at + 1 < len(self.items)
        state = None if low in {"on", "off"} and more else STATES.get(low)
        if state is not None and (seen_be or first in HAVE):
            said.past = said.past and state.positive
            said.denied, said.marker = said.denied == state.positive, said.marker or low
            return self._say(said, f"is-{state.relation}", at)
        if seen_be:
            return self._after_be(said, at)
        if first in HAVE and low not in PARTICIPLES:
            return self._verb_object(said, "have", at)
        lemma = FINITE.get(low) or PARTICIPLES.get(low) or (low if first in MODALS or first in DO else "")
        if not lemma or not lemma[0].isalpha() or (lemma == "need" and not more):
            return None
        return self._verb_object(said, lemma, at + 1)

    def _after_be(self, said: _Said, at: int) -> Statement:
        token = self.items[at]
        if token.low == "to" and at + 2 < len(self.items) and self.items[at + 1].low in BASES:
            ruled = said.subject.rpartition(" ")[2].lower() in RULE_NOUNS
            if ruled and (act := self._verb_object(said, self.items[at + 1].low, at + 2)) is not None:
                return act._replace(subject="", modality="fact")
        if token.low in PARTICIPLES:
            return self._say(said, f"{PARTICIPLES[token.low]}:passive", at + 1)
        if token.low == "no":
            said.marker = said.marker or "no"
            said.denied = said.denied != (token.text != "NO")
        return self._say(said, "is", at)

    def _verb_object(self, said: _Said, lemma: str, at: int) -> Statement | None:
        items = self.items
        if at < len(items) and items[at].low in {"no", "not", "never", "neither"}:
            said.turn(items[at].low)
            at += 1
        if at < len(items) and items[at].low == "only":
            said.quantifier = "only object"
            at += 1
        if at < len(items) and items[at].low in PARTICLES:
            lemma = f"{lemma}-{items[at].low}"
            at += 1
        found = self._say(said, lemma, at)
        return found if found.object or lemma in {"exist", "run", "work"} else None

    def _say(self, said: _Said, relation: str, at: int) -> Statement:
        """A statement whose object begins at ``at``."""
        return self._make(
            said.subject,
            relation,
            self._words(at, len(self.items)),
            denied=said.denied,
            modality=said.modality,
            past=said.past,
            marker=said.marker,
            quantifier=said.quantifier,
        )
