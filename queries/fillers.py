"""Aspects of values: roles, settings and measures, and what fills them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..graph.model import Claim
from ..graph.relations import role_of
from ..ingest.lexicon import Lexicon, fold
from ..ingest.roles import THE_ONE
from ..ingest.values import kind_of
from ..ingest.words import EMPTY, LIGHT, Phrase, clean, core, is_identifier, phrase, stem
from .aspect import Aspect
from .states import coordinated

_LOOSE_ROLES = frozenset(
    {"status", "path", "tool", "default", "minimum", "url", "language", "domain", "value", "timeout"}
)
"""Roles whose fillers are told in too many ways, or by too many things at once, to be compared as one value."""

_UNIQUE = re.compile(
    r"\b(?:only|single|sole|canonical|default|official|one|exclusive|shared|main|primary)\b", re.IGNORECASE
)

_QUANTITIES = frozenset({"bytes", "duration", "rate", "percent", "cpu", "replicas", "nodes"})


def value_aspects(claim: Claim, lexicon: Lexicon) -> Iterator[Aspect]:
    """A value under the role or setting that it fills."""
    name = claim.relation[5:]
    if not claim.value:
        return
    if claim.extractor == "path":
        file = phrase(claim.subject)
        yield Aspect(claim, "path", f"path|path|{claim.subject.lower()}", file, file, True, claim.value)
        return
    if claim.extractor == "version":
        product = phrase(claim.subject)
        yield Aspect(claim, "version", f"version|version|{claim.subject}", product, product, True, claim.value)
        return
    if claim.extractor == "code" and _MANIFEST.match(claim.subject) and not _DESCRIPTIVE.search(name):
        thing = phrase(claim.subject)
        yield Aspect(claim, "sample", f"sample|{name}|{claim.subject}", thing, phrase(name), True, claim.value)
    if claim.extractor == "code" and (name.lower() in _RARE_ROLES or _measured(name, claim)):
        yield from _sample(claim, lexicon)
    elif claim.extractor in {"key-value", "code"}:
        key = stem(name)
        if is_setting(name) and (claim.extractor == "key-value" or name.isupper()):
            parents = lexicon.link(claim.subject) if claim.subject_from in {"key path", "own words"} else EMPTY
            yield Aspect(claim, "setting", f"setting|{key}", parents, Phrase(key, frozenset({key})), True, claim.value)
        return
    subject, step = lexicon.link(claim.subject), ""
    role = _role(name, claim)
    if not role and (step := lexicon.takes_one(name)) and name not in _LOOSE_ROLES:
        role = name
    if claim.marker == THE_ONE:
        role, step = fold(name), "its own words give the role to one"
        subject = subject if claim.subject_from == "own words" else EMPTY
    if role and subject.head and claim.subject_from in {"row key", "own words", "label"}:
        yield Aspect(
            claim,
            "value",
            f"value|{role}|{subject.head}",
            subject,
            phrase(role),
            claim.polarity == "affirmed",
            claim.value,
            step=step,
        )
    elif role and not subject.head:
        yield Aspect(claim, "value", f"value|{role}|", subject, phrase(role), True, claim.value)


_MANIFEST = re.compile(r"[A-Z][A-Za-z]+/[\w-]+(?!.*\bstatus\b)")
"""A key path that starts with the kind and name of a manifest; what it is like while it runs is no setting."""

_DESCRIPTIVE = re.compile(
    r"^(?:description|title|summary|type|apiVersion|kind|annotations?|comment)$|checksum|hash|date", re.I
)
"""Keys that describe a manifest to people, or that change whenever it is made."""


def functional_aspects(claim: Claim, lexicon: Lexicon) -> Iterator[Aspect]:
    """What a verb governs, where the vocabulary gives the verb one object: "a team reports to one office"."""
    relation = claim.relation.partition(":")[0].replace("-", " ")
    if fold(relation) in lexicon.vocabulary.functional and claim.polarity == "affirmed":
        subject, filler = lexicon.link(claim.subject), clean(core(claim.object))
        if subject.head and filler:
            value = f"name:{lexicon.name(filler).lower()}"
            key = f"value|{relation}|{subject.head}"
            yield Aspect(claim, "value", key, subject, phrase(relation), True, value, step=lexicon.takes_one(relation))


_RARE_ROLES = frozenset({"registry", "issuer", "branch", "storageclass", "region", "schedule"})
"""Keys of samples that name a role seldom enough to be compared with prose."""


def _sample(claim: Claim, lexicon: Lexicon) -> Iterator[Aspect]:
    """A role in a sample: its bearer is the nearest parent key."""
    bearer = lexicon.link(_spaced(claim.subject.rpartition(".")[2]))
    role = _spaced(claim.relation[5:]).lower()
    if bearer.head:
        yield Aspect(claim, "value", f"value|{role}|{bearer.head}", bearer, phrase(role), True, claim.value)


def _measured(name: str, claim: Claim) -> bool:
    return (
        kind_of(claim.value) in _QUANTITIES and len(_spaced(name).split()) > 1 and bool(_MEASURE.search(_spaced(name)))
    )


@lru_cache(maxsize=20_000)
def _spaced(key: str) -> str:
    """The words of a key.

    >>> _spaced("taskTimeout"), _spaced("max_age")
    ('task Timeout', 'max age')
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[_-]", " ", key)


def _role(name: str, claim: Claim) -> str:
    """The role that a column header or label names, when it is one that a thing fills with one value."""
    plain = " ".join(w for w in name.split() if stem(w) not in LIGHT) or name
    known = role_of(plain)
    if claim.extractor == "quantity":
        return f"{name} {kind_of(claim.value)}"
    if (
        known is not None
        and known.single_valued
        and known.id not in _LOOSE_ROLES
        and kind_of(claim.value) in {"name", "number", "version", "date", "frequency", *_QUANTITIES}
    ):
        return known.id
    return name if kind_of(claim.value) in _QUANTITIES and (_MEASURE.search(name) or name in _QUANTITIES) else ""


_MEASURE = re.compile(
    r"\b(?:limits?|requests?|size|storage|memory|cpu|timeout|retention|replicas|capacity|quota"
    r"|budget|threshold|ttl|interval|age|rate|length|lifetime|duration)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)
def is_setting(name: str) -> bool:
    """Whether a key is a setting's own name: an identifier of two or more words.

    >>> [is_setting(n) for n in ("maxReplicaCount", "MODE", "LOG_LEVEL", "name", "enable.auto.commit")]
    [True, False, True, False, True]
    """
    if _ATTRIBUTE.search(name) or "/" in name:
        return False
    return is_identifier(name) and len(re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)) >= 2


_ATTRIBUTE = re.compile(r"(?:kind|type|status|state|name|id|key|class|event|action)s?$", re.IGNORECASE)
"""Endings of keys that describe data rather than configure anything."""


def authority_aspects(claim: Claim, lexicon: Lexicon) -> Iterator[Aspect]:
    """An authority under each word of each part of its matter."""
    who, affirmed = lexicon.link(claim.subject), claim.polarity == "affirmed"
    step = "who owns or supplies a thing has the say over it" if claim.relation == "owns" else ""
    for matter in _matters(claim, lexicon):
        for word in matter.terms:
            yield Aspect(claim, "authority", f"authority|{word}", who, matter, affirmed, claim.marker, step=step)


def _matters(claim: Claim, lexicon: Lexicon) -> Iterator[Phrase]:
    """What an authority is for; a short heading that is no generic word when no words of its own say it."""
    if not claim.object:
        nearest = matter_of(claim.topic.partition(" › ")[0], lexicon)
        if 2 <= len(nearest.terms) <= 4:
            yield nearest
        return
    for part in coordinated(claim.object):
        yield matter_of(part, lexicon)


def matter_of(text: str, lexicon: Lexicon) -> Phrase:
    """A matter in comparable form: compounds as their words, kinds of one thing under one name."""
    found = lexicon.link(text.replace("-", " "))
    return Phrase(_KINDRED.get(found.head, found.head), frozenset(_KINDRED.get(t, t) for t in found.terms))


_KINDRED = dict.fromkeys(("password", "secret", "passphrase", "cred"), "credential") | {
    "db": "database",
    "repo": "repository",
}
"""Words under which one matter is told."""


def copula_aspects(claim: Claim, lexicon: Lexicon) -> Iterator[Aspect]:
    """Read "X is Y" as the filling of a role, and as an act of being."""
    affirmed = claim.polarity == "affirmed"
    role, subject = phrase(core(claim.object)), lexicon.link(claim.subject)
    known = role_of(role.head)
    if (
        known is not None
        and known.id not in _LOOSE_ROLES
        and _UNIQUE.search(claim.object)
        and claim.subject_from == "own words"
        and len(subject.terms) <= 3
    ):
        yield Aspect(claim, "role", f"role|{role.head}", subject, role, affirmed)
    if role.head and subject.head and role.terms - {role.head}:
        yield Aspect(claim, "act", f"act|is|{role.head}", subject, role, affirmed)
