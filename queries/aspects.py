"""What a claim is about: its aspect, and the keys under which it can meet another claim.

A claim is filed under its own aspect and under those it entails: an affirmed one under broader concepts of its
object, a denied one under narrower ones.  Claims that never share a key are never compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from ..graph.model import Claim
from ..graph.relations import family_of, relation_of, role_of
from ..ingest.english import PARTICIPLES, STATES
from ..ingest.lexicon import Lexicon
from ..ingest.progress import leading_id
from ..ingest.statement import statements
from ..ingest.values import kind_of
from ..ingest.words import EMPTY, LIGHT, Phrase, core, is_identifier, phrase, stem, terms

AspectKind = Literal[
    "state",
    "task",
    "act",
    "existence",
    "value",
    "setting",
    "role",
    "authority",
    "cardinality",
    "decision",
    "exclusive",
    "record",
    "decided",
]


class Aspect(NamedTuple):
    """A claim in comparable form, filed under one key."""

    claim: Claim
    kind: AspectKind
    key: str
    subject: Phrase
    """What the claim is about: the bearer of a state, the agent of an act, who fills a role."""
    object: Phrase
    """What is governed: the patient of an act, the matter of an authority, the name of a value."""
    affirmed: bool
    value: str = ""
    tail: frozenset[str] = frozenset()
    """What limits a state: for what, from where."""
    step: str = ""
    """The entailment that led to this key, in words; empty for the claim's own."""


_CAUSATIVES = {
    "enable": ("enabled", True),
    "disable": ("enabled", False),
    "require": ("required", True),
    "allow": ("allowed", True),
    "forbid": ("allowed", False),
    "prohibit": ("allowed", False),
    "deprecate": ("current", False),
    "remove": ("present", False),
    "delete": ("present", False),
    "retire": ("present", False),
    "drop": ("present", False),
    "eliminate": ("present", False),
    "omit": ("present", False),
}
_LOOSE_ROLES = frozenset(
    {"status", "path", "tool", "default", "minimum", "url", "language", "domain", "value", "timeout"}
)
"""Roles whose fillers are told in too many ways, or by too many things at once, to be compared as one value."""
_UNIQUE = re.compile(
    r"\b(?:only|single|sole|canonical|default|official|one|exclusive|shared|main|primary)\b", re.IGNORECASE
)
_QUANTITIES = frozenset({"bytes", "duration", "rate", "percent", "cpu", "replicas", "nodes"})
_PURPOSE = re.compile(r"\s(?:to|so|because|in order)\s")
_TAIL = re.compile(r"\s+(?:by default|in|for|on|from|when|to|at|with|via)\b")


def aspects_of(claim: Claim, lexicon: Lexicon) -> Iterator[Aspect]:
    """Every aspect of one claim, its own first."""
    relation = claim.relation
    affirmed = claim.polarity == "affirmed"
    if claim.extractor in {"front-matter", "document", "index"}:
        return
    if relation == "is-done":
        yield from _task(claim, lexicon)
    elif relation == "is-decided":
        yield from _decision(claim, lexicon)
    elif relation == "decided":
        for word in phrase(claim.subject).terms:
            yield Aspect(claim, "decided", f"decided|{word}", phrase(claim.subject), EMPTY, affirmed, claim.value)
    elif relation == "is-single":
        what = lexicon.link(claim.subject)
        if what.head in _EMPTY_HEADS:
            return
        yield Aspect(claim, "cardinality", f"cardinality|{what.head}", what, phrase(claim.object), affirmed)
    elif relation == "is-authority-for":
        yield from _authority(claim, lexicon)
    elif relation.startswith("is-"):
        tail = (
            terms(_TAIL.split(f"{claim.object} ", maxsplit=1)[-1]) if _TAIL.search(claim.object) else frozenset[str]()
        )
        yield from _state(claim, relation[3:], affirmed, claim.subject, lexicon, tail=tail)
    elif relation.startswith("open:"):
        yield from _value(claim, lexicon)
    elif relation == "is":
        yield from _copula(claim, lexicon)
    else:
        yield from _act(claim, lexicon)
    if claim.marker == "still" and affirmed and claim.subject_from == "own words" and not relation.startswith("is-"):
        yield from _state(claim, "present", True, claim.subject, lexicon, step="it still does something")
    if claim.quantifier == "only" and affirmed and claim.subject_from == "own words" and ":" not in relation:
        governed = lexicon.link(core(claim.object))
        if governed.head:
            yield Aspect(
                claim,
                "exclusive",
                f"act|{family(relation)}|{governed.head}",
                lexicon.link(claim.subject),
                governed,
                True,
            )
    if claim.subject_from == "own words" and affirmed and not relation.startswith(("is-", "open:")):
        what = lexicon.link(claim.subject)
        if what.head:
            yield Aspect(claim, "existence", f"existence|{what.head}", what, EMPTY, True)


def _task(claim: Claim, lexicon: Lexicon) -> Iterator[Aspect]:
    label = phrase(claim.subject)
    known = leading_id(claim.subject)
    affirmed = claim.polarity == "affirmed"
    if re.match(r"(?:no|not|missing|lacks?)\b", claim.subject, re.IGNORECASE):
        return
    if known == claim.subject or (len(label.terms) >= 3 and claim.extractor != "table"):
        yield Aspect(claim, "task", f"task|{' '.join(sorted(label.terms))}", label, EMPTY, affirmed)
    if claim.extractor == "mark" and not known and 0 < len(label.terms) <= 4:
        yield from _state(claim, "implemented", affirmed, claim.subject, lexicon)


def _state(
    claim: Claim,
    state: str,
    affirmed: bool,
    thing: str,
    lexicon: Lexicon,
    *,
    tail: frozenset[str] = frozenset(),
    step: str = "",
) -> Iterator[Aspect]:
    words = thing.split()
    if (
        not words
        or len(words) > LONG
        or (words[0].lower().endswith("ing") and words[0].lower() in PARTICIPLES and len(words) > 1)
    ):
        return
    for part in coordinated(core(thing)):
        subject = lexicon.link(part)
        if (
            subject.head
            and not (subject.head in _EMPTY_HEADS and len(subject.terms) < 3)
            and not subject.head.isdigit()
        ):
            yield Aspect(claim, "state", f"state|{state}|{subject.head}", subject, EMPTY, affirmed, state, tail, step)


LONG = 9
"""Words from which a subject is a clause that was not understood."""
_EMPTY_HEADS = frozenset(
    {
        "status",
        "owner",
        "place",
        "copy",
        "line",
        "file",
        "name",
        "one",
        "part",
        "phase",
        "step",
        "mostly",
        "implementation",
        "item",
        "change",
        "work",
        *STATES,
        *LIGHT,
    }
)
"""Heads that name nothing by themselves."""


@lru_cache(maxsize=50_000)
def coordinated(text: str) -> tuple[str, ...]:
    """The parts of a coordinated noun phrase.

    >>> coordinated("topics + runner and ScaledJobs")
    ('topics', 'runner', 'ScaledJobs')
    """
    parts = [p.strip() for p in re.split(r"\s*(?:\+|&|,| and | or )\s*", text) if p.strip()]
    return tuple(parts) if 1 < len(parts) <= 6 and all(len(p.split()) <= 4 for p in parts) else (text,)


def _value(claim: Claim, lexicon: Lexicon) -> Iterator[Aspect]:
    name = claim.relation[5:]
    if not claim.value:
        return
    if claim.extractor == "code" and (name.lower() in _RARE_ROLES or _measured(name, claim)):
        yield from _sample(claim, lexicon)
    elif claim.extractor in {"key-value", "code"}:
        key = stem(name)
        if is_setting(name) and (claim.extractor == "key-value" or name.isupper()):
            parents = lexicon.link(claim.subject) if claim.subject_from in {"key path", "own words"} else EMPTY
            yield Aspect(claim, "setting", f"setting|{key}", parents, Phrase(key, frozenset({key})), True, claim.value)
        return
    role, subject = _role(name, claim), lexicon.link(claim.subject)
    if role and subject.head and claim.subject_from in {"row key", "own words", "label"}:
        yield Aspect(
            claim,
            "value",
            f"value|{role}|{subject.head}",
            subject,
            phrase(role),
            claim.polarity == "affirmed",
            claim.value,
        )
    elif role and not subject.head:
        yield Aspect(claim, "value", f"value|{role}|", subject, phrase(role), True, claim.value)


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
        and kind_of(claim.value) in {"name", "number", "version", *_QUANTITIES}
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


def _authority(claim: Claim, lexicon: Lexicon) -> Iterator[Aspect]:
    matter = lexicon.link(claim.object) if claim.object else _heading_matter(claim.topic)
    if matter.head:
        who = lexicon.link(claim.subject)
        for word in matter.terms:
            yield Aspect(claim, "authority", f"authority|{word}", who, matter, claim.polarity == "affirmed")


def _heading_matter(topic: str) -> Phrase:
    """What an authority is for when only its heading says so: a short heading that is no generic word."""
    nearest = phrase(topic.partition(" › ")[0])
    return nearest if 2 <= len(nearest.terms) <= 4 else EMPTY


def _copula(claim: Claim, lexicon: Lexicon) -> Iterator[Aspect]:
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


def _act(claim: Claim, lexicon: Lexicon) -> Iterator[Aspect]:
    lemma, _, passive = claim.relation.partition(":")
    affirmed = claim.polarity == "affirmed"
    if lemma in _CAUSATIVES and claim.object:
        state, positive = _CAUSATIVES[lemma]
        thing = _TAIL.split(claim.object, maxsplit=1)[0]
        tail = terms(_PURPOSE.split(claim.object[len(thing) :], maxsplit=1)[0]) - {"default"}
        yield from _state(
            claim, state, affirmed == positive, thing, lexicon, tail=tail, step=f"to {lemma} it makes it so"
        )
        return
    patient = claim.subject if passive else claim.object
    agent = "" if passive else claim.subject
    subject, governed = lexicon.link(core(agent)), lexicon.link(core(patient))
    if governed.head:
        kin = family(lemma)
        yield Aspect(claim, "act", f"act|{kin}|{governed.head}", subject, governed, affirmed)
        yield from _entailed(claim, kin, subject, patient, lexicon)
    if not affirmed and claim.quantifier == "no" and lemma == "has" and claim.subject_from != "own words":
        what = lexicon.link(claim.object)
        yield Aspect(claim, "existence", f"existence|{what.head}", what, EMPTY, False)


def _entailed(claim: Claim, kin: str, subject: Phrase, patient: str, lexicon: Lexicon) -> Iterator[Aspect]:
    if claim.polarity == "denied":
        return
    for name in lexicon.broader(patient) or lexicon.broader(phrase(patient).head):
        wide = phrase(name)
        yield Aspect(
            claim, "act", f"act|{kin}|{wide.head}", subject, wide, True, step=f"{patient!r} is narrower than {name!r}"
        )
    if kin == "possession" and claim.topic and claim.modality == "fact" and claim.subject_from == "own words":
        named = terms(claim.topic)
        for word in _heads(claim.topic):
            yield Aspect(
                claim,
                "act",
                f"act|{kin}|{word}",
                subject,
                Phrase(word, named | phrase(patient).terms),
                True,
                step=f"the heading {claim.topic!r} names what it is",
            )


@lru_cache(maxsize=20_000)
def _heads(topic: str) -> frozenset[str]:
    """Heads of the noun phrases that headings join: what stands under them is of these kinds.

    >>> sorted(_heads("Mail identity › Identity, credentials, and storage"))
    ['credential', 'identity', 'storage']
    """
    parts = re.split(r",|&|/|\band\b|›", re.sub(r"\d+(?:\.\d+)*[.)]?", " ", topic))
    return frozenset(found.head for part in parts if (found := phrase(part)).head and len(found.terms) <= 3)


def _decision(claim: Claim, lexicon: Lexicon) -> Iterator[Aspect]:
    """What an open decision leaves open, filed under the act that it asks about."""
    matter = re.sub(r"^(?:whether|if|that|to)\s+", "", claim.object, flags=re.IGNORECASE)
    for statement in statements(matter):
        lemma = statement.relation.partition(":")[0]
        governed, subject = lexicon.link(statement.object), lexicon.link(statement.subject)
        if statement.relation.endswith(":passive"):
            governed, subject = subject, EMPTY
        if lemma.startswith("is-") and subject.head:
            yield Aspect(claim, "decision", f"state|{lemma[3:]}|{subject.head}", subject, EMPTY, False)
        elif governed.head:
            yield Aspect(claim, "decision", f"act|{family(lemma)}|{governed.head}", subject, governed, False)


@lru_cache(maxsize=10_000)
def family(lemma: str) -> str:
    """The family of relations that a verb with its particle belongs to, or the verb itself.

    >>> family("run-with") == family("have")
    True
    """
    found = relation_of(lemma.replace("-", " "))
    return family_of(found.id) if found is not None else lemma
