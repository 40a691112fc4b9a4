"""What is banned by its own name: a literal that must not be used, and the statements that use it.

A name such as ``@scope/*`` or ``taskQueue`` says what it means wherever it stands.  A ban of it therefore meets each
use of it, whoever the user is, as long as both speak of the same kind of act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from ..graph.model import Claim
from ..ingest.lexicon import Lexicon
from ..ingest.words import LIGHT, core, phrase, terms, tokens
from .acts import family, placed
from .aspect import Aspect
from .comparison import Comparison, Surroundings, made
from .gate import Match, same_thing, telling

PRESENCE = "possession"
"""The family of acts that a thing must be there for."""
_PRESUPPOSING = frozenset(
    """use have has include contain carry add adopt import vendor consume mount embed keep introduce provide create
    install deploy enable configure set attach require need depend depend-on rely rely-on call invoke load run run-with
    bundle ship expose store hold get obtain inject""".split()
)
"""Verbs whose object is there when the act is done."""
_PURPOSE = r"as|for|to|when|without|with|before|after|during|unless|beyond|while"
_PLACE = r"in|inside|within|on|from|by|via|at|outside|across"
_QUALIFIER = re.compile(rf"(?:^|\s)(?:(?P<purpose>{_PURPOSE})|{_PLACE}|directly)\b(?P<limit>.*)$", re.DOTALL)
_MANNER = re.compile(r"\b(?:directly|manually|alone|blindly|unconditionally|by hand|in place)\b", re.IGNORECASE)
_VAGUE = LIGHT | frozenset(
    """code package library image use usage reference direct raw legacy adhoc environment team primitive project product
    runtime client consumer document file repository repo target type style support access""".split()
)
"""Words that name a bearer, a kind or a manner too loosely to keep two statements apart."""


_LITERAL = re.compile(r"[./@_*:$<{]|^[a-z]+[A-Z]|^--|^[a-z]\d[a-z]")
"""What marks a word as a name in code: a path, a dotted or underscored key, a pattern, lower camel case, a flag."""
_CODED = re.compile(r"[./@_*:$<{]|[a-z][A-Z]|--|[a-z]\d[a-z]")
"""What a text with such a name in it has somewhere."""
_DENYING = re.compile(
    r"\b(?:no|not|never|without|omits?|avoids?|instead of|rather than|except|drops?|removes?)\b", re.IGNORECASE
)


class Literal(NamedTuple):
    """A name by its form, as written."""

    text: str
    root: str
    """Its first segment: what a name and a pattern for it have in common."""


_FORBIDDING = frozenset({"forbid", "prohibit", "disallow", "ban"})


def is_ban(claim: Claim) -> bool:
    """Whether a claim forbids: denied as a duty, forbidden by verb or state, or "No X" as a rule of its own."""
    if claim.relation.partition(":")[0] in _FORBIDDING:
        return claim.polarity == "affirmed"
    if claim.polarity != "denied":
        return False
    if claim.relation.startswith("is-"):
        return claim.relation == "is-allowed"
    return claim.modality in {"obligation", "recommendation"} or (
        claim.modality == "fact" and claim.quantifier == "no" and claim.extractor == "prose"
    )


def ban_aspects(claim: Claim, lexicon: Lexicon) -> Iterator[Aspect]:
    """A ban or a use under each literal of what it governs."""
    if claim.extractor not in {"prose", "item"} or claim.relation.startswith("open:") or claim.relation == "is":
        return
    lemma, _, passive = claim.relation.partition(":")
    turned = bool(passive) or lemma.startswith("is-")
    patient = claim.subject if turned else claim.object
    if _CODED.search(patient) is None:
        return
    banned = is_ban(claim)
    if not banned and (claim.polarity == "denied" or claim.modality == "plan" or lemma.startswith("is-")):
        return
    found = literals(patient)
    if not found or (banned and (place := placed(claim)) is not None and place.preposition != "by"):
        return
    subject, governed = lexicon.link("" if turned else core(claim.subject)), phrase(_noun(patient))
    names = frozenset[str]().union(*(terms(one.text) for one in found))
    own = PRESENCE if lemma in _FORBIDDING or lemma == "is-allowed" else family(lemma)
    families = {own} | ({PRESENCE} if not banned and lemma in _PRESUPPOSING else set[str]())
    for kin in sorted(families):
        for one in found:
            key = f"literal|{kin}|{one.root}"
            yield Aspect(claim, "literal", key, subject, governed, not banned, one.text, names)


@lru_cache(maxsize=50_000)
def literals(text: str) -> tuple[Literal, ...]:
    """The names by form in the noun phrase that an act governs.

    >>> [one.root for one in literals("`@scope/*` or packages/core in services")]
    ['@scope', 'packages']
    """
    found = (t.text.strip(".:,") for t in tokens(_noun(text)))
    return tuple(Literal(w, _root(w)) for w in found if _LITERAL.search(w) and len(w) > 2 and not w[0].isdigit())


def _root(word: str) -> str:
    return re.split(r"[/*<{$]", word.lower().lstrip("/"), maxsplit=1)[0].strip(".-_")


def _noun(text: str) -> str:
    return _DENYING.split(_QUALIFIER.split(core(text), maxsplit=1)[0], maxsplit=1)[0]


def ban_comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """A use ``a`` of what ``b`` bans by its name."""
    if not within(b.value, a.value) or not _says_so(a.claim, b.claim):
        return None
    asked, given = b.object.terms - _VAGUE - b.tail, a.object.terms | a.subject.terms
    if not all(_named(word, given) for word in asked) or not reaches(a.claim, b.claim, around):
        return None
    bearer = _bearer(a, b, around)
    shared = frozenset({*(b.object.terms & given), *(terms(b.value) & terms(a.value))}) or terms(b.value)
    if not bearer.score or around.lexicon.specificity(shared) < _needed(around.link(a.claim, b.claim)):
        return None
    governed = Match(1.0, shared, "the banned name itself" if a.value == b.value else "one is a pattern for the other")
    return replace(made("act", a, b, bearer, governed, around), evidence=("banned by name",))


def _named(word: str, given: frozenset[str]) -> bool:
    return word in given or any(word in other or other in word for other in given if len(min(word, other, key=len)) > 3)


def _says_so(use: Claim, ban: Claim) -> bool:
    """Whether a use is stated without a condition, and of what is rather than of what is still to come."""
    if use.condition or _DENYING.search(use.subject):
        return False
    return use.modality == "fact" or ban.modality != "fact"


def _needed(link: str) -> float:
    """How much the shared words must weigh: the looser two documents are tied, the more."""
    return {"same document": 2.5, "cites": 2.5, "related": 3.0, "": 3.5}[link]


def reaches(use: Claim, ban: Claim, around: Surroundings) -> bool:
    """Whether what limits a ban is also said of the use: its manner, its purpose ("as a fix") or its place.

    A quotation that is torn has lost what limits it.
    """
    own = f"{use.subject} {use.object}"
    if ban.object.count("“") != ban.object.count("”"):
        return False
    if any(word.lower() not in own.lower() for word in _MANNER.findall(ban.object)):
        return False
    found = _QUALIFIER.search(ban.object)
    limit = terms(found["limit"]) if found else frozenset[str]()
    if found is None or not limit:
        return True
    if found["purpose"]:
        return 2 * len(limit & terms(own)) >= len(limit)
    return bool(limit & _context(use, around))


def _context(use: Claim, around: Surroundings) -> frozenset[str]:
    return terms(use.subject) | terms(use.object) | terms(use.topic) | around.titles.get(use.path, frozenset())


def _bearer(a: Aspect, b: Aspect, around: Surroundings) -> Match:
    """Whether a ban binds the user: it names nobody, loosely everybody, or the user."""
    bound = telling(b.subject) - _VAGUE
    if b.claim.subject_from != "own words" or not bound:
        return Match(0.7, frozenset(), "the ban names nobody in particular")
    direct = same_thing(a.subject, b.subject, around.lexicon)
    if direct.score:
        return direct
    shared = bound & _context(a.claim, around)
    return Match(0.7, shared, "the ban names what the use is about") if shared else Match(0.0, frozenset(), "")


@lru_cache(maxsize=20_000)
def within(banned: str, used: str) -> bool:
    """Whether a used name is the banned one, stands below it or fits its pattern.

    >>> within("@scope/*", "@scope/core"), within("a/b", "a/b/c"), within("taskQueue", "taskQueues")
    (True, True, False)
    """
    ban, use = banned.lower(), used.lower()
    if ban == use:
        return True
    pieces = _TEMPLATE.split(ban)
    if len(pieces) > 1:
        return len(pieces[0]) > 3 and re.fullmatch(".*".join(map(re.escape, pieces)), use) is not None
    return "/" in ban and use.startswith(ban.rstrip("/") + "/")


_TEMPLATE = re.compile(r"\*+|\.\.\.|…|<[^>]*>|\{[^}]*\}")
