"""Questions: who says what, in which scope, on what evidence, and where that is contradicted."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..graph.model import Claim, Conflict, Modality, Polarity, ScopeTerm
from ..graph.relations import families
from ..ingest.english import STATES
from .asked import FORMS, Asked, parse_question
from .corpus import Corpus
from .listings import lines_of, source_at
from .question_file import Question, graph_of, rows_of, shipped_question
from .stances import Found, kin_of, search
from .topic import Topic, is_known, topic_of

NEAREST = 5
"""Names offered when a question is about something that the documents do not speak of."""


@dataclass(frozen=True, slots=True)
class Stance:
    """One row of an answer: who says what, and where."""

    who: str
    what: str
    polarity: Polarity
    modality: Modality
    scope: tuple[ScopeTerm, ...]
    path: str
    line: int
    quote: str
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """How a question was read, and the stance table."""

    reading: str
    stances: tuple[Stance, ...]


class NotUnderstood(Exception):
    """The question fits no known form, or is about something that the documents do not speak of."""

    def __init__(self, message: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.nearest = tuple(nearest)


def answer(corpus: Corpus, conflicts: Sequence[Conflict], question: str) -> Answer:
    """The stance table of a question.

    Raises NotUnderstood for one that has no known form, and for one about something unknown.
    """
    shipped = shipped_question(question)
    if shipped is not None and shipped.query:
        return Answer(f"the shipped question “{shipped.name}”", tuple(_rows(shipped, corpus, conflicts)))
    asked = parse_question(question, _verbs(corpus))
    if asked is None:
        raise NotUnderstood(f"no known form of question; known are: {'; '.join(form.pattern for form in FORMS)}")
    topic = _known(asked.thing, corpus)
    subject = _known(asked.subject, corpus) if asked.subject else None
    found = list(search(corpus, asked, topic, subject))
    return Answer(reading_of(asked, topic), tuple(_stances(found, corpus, conflicts)))


def _rows(shipped: Question, corpus: Corpus, conflicts: Sequence[Conflict]) -> Iterator[Stance]:
    """The answer to a shipped question that is a query: each row with the line it points at."""
    marked = _conflicts(conflicts)
    for row in rows_of(shipped, graph_of(corpus, conflicts)):
        quote = lines_of(corpus.texts[row.path])[row.line - 1].strip()
        ids = tuple(dict.fromkeys(id_ for _, id_ in marked.get((row.path, row.line), ())))
        yield Stance(row.who, _short(row.what), "affirmed", "fact", (), row.path, row.line, quote, ids)


def _verbs(corpus: Corpus) -> frozenset[str]:
    """Base forms of the verbs that the documents use."""
    lemmas = {claim.relation.partition(":")[0] for reading in corpus.readings for claim in reading.claims}
    return frozenset(lemma.replace("-", " ") for lemma in lemmas if not lemma.startswith("is-")) - {"open", "is", "be"}


def _known(text: str, corpus: Corpus) -> Topic:
    topic = topic_of(text, corpus)
    if not is_known(text, topic, corpus):
        raise NotUnderstood(f"the documents do not speak of “{text}”", nearest_names(text, corpus))
    return topic


def nearest_names(text: str, corpus: Corpus) -> tuple[str, ...]:
    """Names of entities that some words may have meant: alike in letters, or sharing a word."""
    names = {label.casefold(): entity.name for entity in corpus.entities for label in (entity.name, *entity.aliases)}
    alike = difflib.get_close_matches(text.casefold(), sorted(names), NEAREST, 0.6)
    words = set(text.casefold().split())
    sharing = sorted(label for label in names if words & set(label.split()))
    return tuple(dict.fromkeys(names[label] for label in (*alike, *sharing)))[:NEAREST]


def reading_of(asked: Asked, topic: Topic) -> str:
    """How a question was understood, in words."""
    thing, kin = f"“{topic.name}”", kin_of(asked.relation)
    if topic.documents:
        thing += f", the document {', '.join(sorted(topic.documents))}"
    elif topic.narrower and asked.form in {"doer", "act"}:
        thing += f" and its kinds {', '.join(name for name, _ in topic.narrower)}"
    where = f" {asked.where}; statements limited to something else are left out" if asked.where else ""
    return {
        "doer": lambda: f"{kin} of {thing}: who is said to, and who is said not to{_verb_list(kin)}",
        "act": lambda: f"whether “{asked.subject}” is said to {asked.relation} {thing}{_verb_list(kin)}",
        "state": lambda: f"statements that {thing} is or is not {_words_of(asked.relation)}{where}",
        "place": lambda: f"placement of {thing}: where it is said to run, be deployed or be found",
        "role": lambda: f"the {asked.relation} of {thing}: every value that is given",
        "authority": lambda: f"authority for {thing}: what is called its source of truth",
        "currency": lambda: f"standing of {thing}: its status, what replaces it, and what still relies on it",
    }[asked.form]()


def _verb_list(kin: str) -> str:
    """The relations of a family, when it has listed ones."""
    members = families().get(kin)
    return f" ({', '.join(sorted(m.replace('-', ' ') for m in members))})" if members else ""


def _words_of(state: str) -> str:
    """The words for a state and its opposite.

    >>> _words_of("supported")
    'supported (supported, unsupported)'
    """
    relation = STATES[state].relation
    return f"{state} ({', '.join(word for word, one in STATES.items() if one.relation == relation)})"


def _stances(found: Sequence[Found], corpus: Corpus, conflicts: Sequence[Conflict]) -> Iterator[Stance]:
    """The rows, those about one thing together, in the order of the best of each."""
    groups: defaultdict[str, list[Found]] = defaultdict(list)
    for one in found:
        groups[one.who].append(one)
    marked = _conflicts(conflicts)
    lines = {path: lines_of(corpus.texts[path]) for path in {one.claim.path for one in found}}
    for group in groups.values():
        for one in group:
            claim = one.claim
            yield Stance(
                who=one.who,
                what=_short(one.what),
                polarity=one.polarity,
                modality=claim.modality,
                scope=claim.scope,
                path=claim.path,
                line=claim.span.line,
                quote=source_at(lines[claim.path], claim.span),
                conflicts=_of(claim, marked),
            )


SHOWN = 120


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1].rstrip()}…"


def _conflicts(conflicts: Sequence[Conflict]) -> Mapping[tuple[str, int], list[tuple[Claim | None, str]]]:
    out: defaultdict[tuple[str, int], list[tuple[Claim | None, str]]] = defaultdict(list)
    for conflict in conflicts:
        for side in conflict.sides:
            out[side.path, side.span.line].append((side.claim, conflict.id))
    return out


def _of(claim: Claim, marked: Mapping[tuple[str, int], list[tuple[Claim | None, str]]]) -> tuple[str, ...]:
    """Ids of the conflicts that a claim takes part in."""
    here = marked.get((claim.path, claim.span.line), ())
    return tuple(dict.fromkeys(id_ for other, id_ in here if other in (None, claim)))
