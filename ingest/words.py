"""Words and noun phrases: folding, light stemming and the comparable form of a phrase.

Folding is deliberately shallow (case, separators, plural): two phrases are equal only when a reader would call them the
same words.  Everything here is a pure function of its text and is cached.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_WORD = r"[A-Za-z0-9_@$](?:[\w\ue000@$./:*{}<>+=\-\u2011]*[\w*}>])?(?:['’](?:s|t|re|ve|ll|d)\b)?"
# Each alternative begins with a set of characters, which the engine tells apart without trying it.
_TOKEN = re.compile(rf"{_WORD}|[*<{{/.][*</.-]{{0,2}}(?=\w){_WORD}|[✅❌⏳🟡🔴🟢⚠⏸☑✔✘✗;,()—–?!:→=&+/|“”\"]")
JOINER = "\ue000"
"""Stands for a space within a code span, so that the span is one word (a private-use character)."""
_INNER = re.compile(r"[-_./@*{}<>=:$\d]|[a-z][A-Z]|[A-Z]{2}[a-z]")
_SEPARATORS = re.compile(r"[\s_./\-\u2011:]+")
_POSSESSIVE = re.compile(r"['’]s$")
_DETERMINER = re.compile(r"(?:the|an?|our|your|its|their)\s+", re.IGNORECASE)

STOP = frozenset(
    """a an the this that these those its their our your his her it they we you i he she of in on at to for from by with
    as into onto via per and or nor but so then than is are was were be been being am do does did has have had will
    would shall should can could may might must not no all any each every some both either neither such own same other
    only also just still already now currently here there when where which who whom whose what how why if while
    about between within inside under over up out off again very more most less least too via etc e.g i.e
    new existing current one""".split()
)


class Token(NamedTuple):
    """A word with its place in the passage's text."""

    text: str
    start: int
    end: int
    low: str
    """The word in lower case."""


class Phrase(NamedTuple):
    """A noun phrase in comparable form."""

    head: str
    """The stem of its head noun; empty for an empty phrase."""
    terms: frozenset[str]
    """Stems of all its content words, the head included."""

    def __bool__(self) -> bool:
        return bool(self.terms)


EMPTY = Phrase("", frozenset())


def tokens(text: str, start: int = 0, end: int = sys.maxsize) -> list[Token]:
    """Split ``text[start:end]`` into words, marks and separators, keeping identifiers, paths and templates whole.

    Offsets count from the start of ``text``.

    >>> [t.text for t in tokens("Use `a.b=c` (not x/y).")]
    ['Use', 'a.b=c', '(', 'not', 'x/y', ')']
    """
    # Made by tuple's own constructor: this is the most frequent object of a run.
    new = tuple.__new__  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return [
        new(Token, (word := m.group(), m.start(), m.end(), word.lower())) for m in _TOKEN.finditer(text, start, end)
    ]


def is_identifier(word: str) -> bool:
    """Whether a word is a name by its form: CamelCase, digits, or inner separators.

    >>> [is_identifier(w) for w in ("maxReplicaCount", "kube-system", "v2", "plain", "Plain")]
    [True, True, True, False, False]
    """
    return bool(_INNER.search(word)) or any(map(str.isdigit, word))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The comparable form of one word: lower case, without possessive, plural or separators.

    >>> [stem(w) for w in ("ScaledJobs", "policies", "classes", "kube-system", "status", "access")]
    ['scaledjob', 'policy', 'class', 'kubesystem', 'status', 'access']
    """
    low = _SEPARATORS.sub("", _POSSESSIVE.sub("", word.lower()))
    if len(low) > 4 and low.endswith("ies"):
        return low[:-3] + "y"
    if len(low) > 4 and low.endswith(("sses", "xes", "ches", "shes")):
        return low[:-2]
    if len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is", "as", "os")):
        return low[:-1]
    return low


@lru_cache(maxsize=200_000)
def terms(text: str) -> frozenset[str]:
    """Stems of the content words of a text.

    >>> sorted(terms("the namespace-scoped ServiceAccount of a pod"))
    ['namespacescoped', 'pod', 'serviceaccount']
    """
    found = phrase(text).terms
    return found - {""} if "" in found else found


def terms_of(texts: Iterable[str]) -> frozenset[str]:
    """Stems of the content words of several texts together, each word looked at once.

    >>> sorted(terms_of(("the pod of a namespace", "two pods")))
    ['namespace', 'pod', 'two']
    """
    words = set(_TOKEN.findall("\n".join(texts)))
    return frozenset(stem for word in words for stem in _stems(word) or () if stem)


@lru_cache(maxsize=200_000)
def parts(word: str) -> tuple[str, ...]:
    """The words that a slash joins ("roles/passwords"); a path or an identifier stays whole.

    >>> parts("roles/passwords"), parts("a/b.md")
    (('roles', 'passwords'), ('a/b.md',))
    """
    found = word.split("/")
    return tuple(found) if len(found) > 1 and all(len(p) > 2 and p.isalpha() for p in found) else (word,)


LIGHT = frozenset(
    """resource object workload instance item entry thing setting configuration config component deployment service
    module field value parameter option flag feature support flow path process mechanism layer pattern approach stuff
    definition application app job pod setup system tool cluster""".split()
)
"""Nouns that say little of their own: after a name they leave the name as head ("Foo resources" is headed by Foo)."""

_BREAKS = frozenset(
    "of in on at to for from by with inside within under via per as into that which when where if".split()
)


@lru_cache(maxsize=200_000)
def phrase(text: str) -> Phrase:
    """The comparable form of a noun phrase: its head is the last content word before the first preposition.

    >>> phrase("the container registry of the team").head
    'registry'
    """
    head, named = "", ""
    found: list[str] = []
    open_ = True
    for word in _TOKEN.findall(text):
        stems = _stems(word)
        if stems is None:
            open_ = open_ and not head
        elif stems:
            found += stems
            last = stems[-1]
            if open_ and last and not (last in LIGHT and is_identifier(named)):
                head, named = last, word
    return Phrase(head, frozenset(found)) if found else EMPTY


@lru_cache(maxsize=200_000)
def _stems(word: str) -> tuple[str, ...] | None:
    """What one word adds to a phrase, its head last: nothing for a function word, None for what ends the head."""
    low = word.lower()
    first = low[0]
    if low in _BREAKS or first in "(,;—–":
        return None
    if low in STOP or first in ')?!:→=&+/|“”"':
        return ()
    return tuple(map(stem, parts(word))) if "/" in low else (stem(word),)


_DETERMINER_INITIALS = frozenset("taoyiTAOYI")
# Begins with a set of characters, so that the engine looks at separators only.
_CORE_END = re.compile(r"[,;\s](?:(?<=\S)|(?:that|which|who|so|because|using|to|as|than|rather|instead)\s|[—–]\s)")


@lru_cache(maxsize=100_000)
def core(text: str) -> str:
    """A noun phrase without what trails it: relative clauses, purposes, comparisons.

    >>> core("process facts that describe state, distinct from others")
    'process facts'
    """
    return _CORE_END.split(text, maxsplit=1)[0]


def clean(text: str) -> str:
    """A phrase as shown: trimmed of outer punctuation, articles and spaces.

    >>> clean(" the Auth Service, ")
    'Auth Service'
    """
    out = text.strip(" \t\n,;:.()[]—–-\"“”'`→✅❌⏳🟡🔴🟢⚠⏸☑✔✘✗️")
    if out[:1] in _DETERMINER_INITIALS and (found := _DETERMINER.match(out)) is not None:
        return out[found.end() :].strip()
    return out.strip()
