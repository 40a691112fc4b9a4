"""What a question is about, in comparable form, and how well a phrase of a claim names it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..graph.model import Claim, Document
from ..ingest.lexicon import Lexicon, fold
from ..ingest.words import LIGHT, Phrase, clean, phrase
from .corpus import Corpus

SAME = 3.0
NARROWER = 2.0
RELATED = 1.0


@dataclass(frozen=True, slots=True)
class Topic:
    """A thing that a question names: its phrase, those of its narrower concepts, and the documents it stands for."""

    name: str
    phrase: Phrase
    """With names replaced by what they stand for."""
    plain: Phrase
    """In the question's own words."""
    narrower: tuple[tuple[str, Phrase], ...] = ()
    wider: tuple[Phrase, ...] = ()
    documents: frozenset[str] = frozenset()
    """Paths, when it is the number, name or title of documents."""

    def within(self, other: Phrase) -> float:
        """How well a governed phrase names the thing or a kind of it; 0 for another thing."""
        for own in (self.phrase, self.plain):
            if _covers(own, other):
                return SAME if _core(own) == _core(other) else SAME - 0.2
        return NARROWER if any(_covers(p, other) for _, p in self.narrower) else 0.0

    def denied_by(self, other: Phrase) -> float:
        """How well a denied phrase covers the thing: it is the thing, a kind of it, or something wider."""
        wide = bool(other) and other.head == self.phrase.head and other.terms <= self.phrase.terms
        return self.within(other) or (RELATED if wide or any(w.terms == other.terms for w in self.wider) else 0.0)

    def bears(self, subject: Phrase) -> float:
        """How well a claim's subject names the thing itself, perhaps in more words."""
        return max(_bears(self.phrase, subject), _bears(self.plain, subject))

    def names(self, text: str, lexicon: Lexicon) -> float:
        """How well a text names the thing: linked, in its own words, or as one word ("mail-relay")."""
        if _squeezed(text) == _squeezed(self.name):
            return SAME
        return max(self.bears(lexicon.link(text)), self.bears(phrase(text)))

    def is_document(self, claim: Claim) -> bool:
        """Whether a claim is about a document that the question names."""
        if not self.documents:
            return False
        if claim.extractor in {"front-matter", "document"} and claim.path in self.documents:
            return True
        return any(claim.subject.strip().lower() in labels_of_path(path) for path in self.documents)


def _bears(own: Phrase, subject: Phrase) -> float:
    if _core(own) == _core(subject):
        return SAME
    return NARROWER if _core(own) < _core(subject) and (own.head == subject.head or subject.head in LIGHT) else 0.0


@lru_cache(maxsize=50_000)
def _squeezed(text: str) -> str:
    return "".join(c for c in clean(text).casefold() if c.isalnum())


def _core(one: Phrase) -> frozenset[str]:
    return one.terms - LIGHT or one.terms


def _covers(wanted: Phrase, other: Phrase) -> bool:
    return wanted.terms <= other.terms and (wanted.head == other.head or other.head in LIGHT)


def labels_of_path(path: str) -> frozenset[str]:
    """What a document may be called by its file name.

    >>> sorted(labels_of_path("a/021-agent-v2.md"))
    ['021', '021-agent-v2', '021-agent-v2.md', '021-v2', 'a/021-agent-v2.md']
    """
    name = path.rpartition("/")[2].lower()
    stem = name.rpartition(".")[0] or name
    number, _, rest = stem.partition("-")
    family = rest.rpartition("-")[2]
    short = {number} if any(c.isdigit() for c in number) else set[str]()
    short |= {f"{number}-{family}"} if short and family[:1] == "v" and family[1:].isdigit() else set()
    return frozenset({path.lower(), name, stem, *short})


def topic_of(text: str, corpus: Corpus) -> Topic:
    """The thing that some words of a question name."""
    lexicon = corpus.linkage.lexicon
    linked = lexicon.link(text)
    narrower = tuple((name, phrase(name)) for name in _narrower(lexicon.name(text), lexicon))
    wider = tuple(phrase(name) for name in lexicon.broader(text))
    return Topic(text, linked, phrase(text), narrower, wider, frozenset(_documents(text, corpus.documents)))


def _narrower(name: str, lexicon: Lexicon, steps: int = 2) -> Iterator[str]:
    """Names of narrower concepts, nearest first."""
    level, seen = [name], {name}
    for _ in range(steps):
        level = [
            n for n, wide in sorted(lexicon.vocabulary.broader.items()) if n not in seen and set(wide) & set(level)
        ]
        seen.update(level)
        yield from level


def _documents(text: str, documents: tuple[Document, ...]) -> Iterator[str]:
    """Paths of the documents that a text names: one of no lineage before its editions."""
    wanted = text.strip().lower()
    named = [d for d in documents if wanted in labels_of_path(d.path) or fold(d.title) == fold(text)]
    first = [d for d in named if not d.family or wanted != d.number.lower()]
    yield from (d.path for d in first or named)


def is_known(text: str, topic: Topic, corpus: Corpus) -> bool:
    """Whether the documents speak of a thing: as a name, as a document, or in the words of some claim."""
    terms = topic.plain.terms
    if not terms:
        return False
    if topic.documents or fold(text) in corpus.linkage.lexicon.canonical:
        return True
    for reading in corpus.readings:
        for claim in reading.claims:
            if claim.extractor != "code" and _speaks_of(claim, terms):
                return True
    return len(terms) == 1 and any(fold(m.label) == fold(text) for r in corpus.readings for m in r.mentions)


def _speaks_of(claim: Claim, terms: frozenset[str]) -> bool:
    subject = phrase(claim.subject)
    if len(terms) == 1:
        return subject.head in terms or (phrase(claim.object).terms == terms and claim.relation != "is-done")
    return terms <= subject.terms or terms <= phrase(claim.object).terms
