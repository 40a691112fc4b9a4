"""Aspects of presence: what is at hand, used, set or made somewhere, and what is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..graph.model import Claim
from ..ingest.lexicon import Lexicon
from ..ingest.words import EMPTY, LIGHT, Phrase, core, is_identifier, stem
from .aspect import Aspect
from .states import coordinated

_MAKING_PRESENT = frozenset(
    """has have use run add include contain set define expose emit provide create write call import copy mount
    inject keep carry support store publish embed configure deploy install load pass return send produce generate
    register attach append insert reference ship enable consume declare offer""".split()
)
_MAKING_ABSENT = frozenset({"omit", "exclude", "lack"})
_EXACT = re.compile(r"[_/@.{}<>:=$]|[a-z][A-Z]|[A-Z]{2}[a-z]|\d")
_AWAY = re.compile(
    r"\b(?:no|not|without|never|neither|avoid\w*|remov\w+|prevent\w*|eliminat\w+|instead|rather|block\w*|former\w*"
    r"|deprecated|legacy|missing|lacks?|scans?|forbid\w*|reject\w*)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[;\s](?:(?<=;)|(?:that|which|who|so|because|using|to|as|than|rather|instead)\s|[—–]\s)")
_TWO_NAMES = re.compile(r"[A-Z]\w*/\w+|\w+/[A-Z]\w*")
"""Two names beside each other, no path."""
_JOINED = re.compile(r"^(?:and|or)\s+")
_LONGEST = 7


def presence_aspects(claim: Claim, lexicon: Lexicon) -> Iterator[Aspect]:
    """What a claim says to be there or not, under each exact name in it, or else under its head."""
    relation, _, passive = claim.relation.partition(":")
    verb = relation.partition("-")[0]
    if verb not in _MAKING_PRESENT and verb not in _MAKING_ABSENT:
        return
    bearer = lexicon.link("" if passive else core(claim.subject))
    there = (claim.polarity == "affirmed") == (verb in _MAKING_PRESENT)
    for thing, exact in _things(claim.subject if passive else claim.object):
        governed = lexicon.link(thing)
        if not governed.head or len(governed.terms) > _LONGEST:
            continue
        for name in exact or {governed.head}:
            yield Aspect(claim, "presence", f"presence|{name}", bearer, governed, there, tail=exact)


@lru_cache(maxsize=50_000)
def _things(text: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """What a phrase lists, each with its exact names; what it sends away is left out."""
    return tuple((thing, exact_names(thing)) for thing in listed(text) if not _AWAY.search(thing))


@lru_cache(maxsize=50_000)
def listed(text: str) -> tuple[str, ...]:
    """The things that a phrase lists, each with the noun that they share.

    >>> listed("tenantId, groups, or org_groups claims")
    ('tenantId claims', 'groups claims', 'org_groups claims')
    """
    parts = tuple(_JOINED.sub("", part) for part in coordinated(_CLAUSE_END.split(text, maxsplit=1)[0]))
    last = parts[-1].split()
    if len(parts) > 1 and len(last) == 2 and all(len(part.split()) == 1 for part in parts[:-1]):
        return (*(f"{part} {last[1]}" for part in parts[:-1]), parts[-1])
    return parts if len(parts) > 1 else (core(text),)


@lru_cache(maxsize=20_000)
def exact_names(thing: str) -> frozenset[str]:
    """The stems of the words of a phrase that can be nothing but names: paths, keys, CamelCase.

    >>> sorted(exact_names("the tenantId claim of a client-side token"))
    ['tenantid']
    """
    if _EXACT.search(thing) is None:
        return frozenset()
    words = (word.strip("`“”\"'(),") for word in thing.split())
    return frozenset(
        stem(w) for w in words if is_identifier(w) and _EXACT.search(w) and _is_name(w) and not _TWO_NAMES.fullmatch(w)
    )


def _is_name(word: str) -> bool:
    letters = sum(map(str.isalpha, word))
    return letters >= (2 if any(map(str.isdigit, word)) else 4) and not word[0].isdigit()


SUPPORTED = "supported|"
"""Opens the key of what a set stands by, or says it does without."""
_STOOD_BY = re.compile(
    r"^(?:the |an? |our |still |now |also |fully |officially )*(?:supported|sanctioned|default|standard|recommended"
    r"|mandatory|canonical|preferred|primary|first-class)\b"
)


def stands_by(claim: Claim) -> bool:
    """Whether a claim says of a thing, named in its own words, that it is supported, or the standard."""
    if claim.subject_from != "own words" or claim.polarity != "affirmed" or claim.modality == "plan":
        return False
    return claim.relation == "is-supported" or (claim.relation == "is" and _STOOD_BY.match(claim.object) is not None)


def support_aspects(claim: Claim, thing: str, lexicon: Lexicon, *, affirmed: bool) -> Iterator[Aspect]:
    """A thing that a set stands by or does without, under its name without the noun that says its kind."""
    words = thing.split()
    while len(words) > 1 and stem(words[-1]) in _KINDS:
        words.pop()
    what = lexicon.link(" ".join(words))
    if len(what.terms) > 1:
        yield Aspect(claim, "existence", f"{SUPPORTED}{what.head}", what, EMPTY, affirmed)


def told(thing: Phrase) -> frozenset[str]:
    """The words of a phrase by which it is known: no light ones, no names of mere kinds."""
    return thing.terms - LIGHT - _KINDS or thing.terms


_KINDS = frozenset(
    """cluster server tool file code job app application script mode environment package directory folder repo
    repository import module claim column table header key class block section""".split()
)
"""Nouns that say what kind of thing a name belongs to."""
