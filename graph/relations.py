"""The closed list of relations, read once from ``relations.ttl``, and the way from words to a relation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from . import iris

LIST = Path(__file__).with_name("relations.ttl")
COPULAS = frozenset({"is", "are", "was", "were", "be", "been", "being", "gets", "get"})
"""Words before a participle that do not change which relation it names."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of the closed list."""

    id: str
    label: str
    family: str
    """Relations of one family are compared with each other."""
    denial: str
    """What a denied claim of the relation says."""
    comment: str
    forms: tuple[str, ...]
    """Words and phrases that lead from subject to object, in lower case, as listed."""
    inverse_forms: tuple[str, ...] = ()
    """Words and phrases that lead from object to subject."""
    inverse: str = ""
    """Id of the relation that says the same with subject and object exchanged."""
    symmetric: bool = False
    single_valued: bool = False
    """One subject has one filler in one scope."""
    inverse_single_valued: bool = False
    """One object has one subject in one scope."""
    role: bool = False
    """Named by a noun and filled by a value, such as a port."""


@cache
def relations() -> Mapping[str, Relation]:
    """Every relation of the list by its id, in the order of the ids."""
    read = (_relation(iri, values) for iri, values in _values().items())
    return MappingProxyType({relation.id: relation for relation in sorted(read, key=lambda relation: relation.id)})


def relation_of(phrase: str) -> Relation | None:
    """The relation that a verb, verb phrase or role noun expresses from subject to object, None for an unknown one.

    >>> [relation.id for relation in map(relation_of, ("Runs  on", "are deployed to", "port")) if relation]
    ['runs-on', 'deployed-to', 'port']
    >>> relation_of("grabs") is None
    True
    """
    return _found(phrase, _verbs()) or role_of(phrase)


def inverse_relation_of(phrase: str) -> Relation | None:
    """The relation that a phrase expresses from object to subject: its claim must be turned round.

    >>> relation = inverse_relation_of("is owned by")
    >>> relation.id if relation else None
    'owns'
    """
    return _found(phrase, _inverse_verbs())


def role_of(noun: str) -> Relation | None:
    """The role that a noun names, None when it names none.

    >>> role = role_of("Storage class")
    >>> role.id if role else None
    'storage-class'
    """
    return _found(noun, _roles())


@cache
def families() -> Mapping[str, frozenset[str]]:
    """The ids of the relations that are compared with each other, by family.

    >>> sorted(families()["possession"])
    ['carries', 'has', 'holds', 'mounts', 'receives', 'runs-with', 'uses']
    """
    names = sorted({relation.family for relation in relations().values()})
    members = {name: frozenset(one.id for one in relations().values() if one.family == name) for name in names}
    return MappingProxyType(members)


def family_of(relation: str) -> str:
    """The family of a relation by its id; an open relation is a family of its own.

    >>> family_of("mounts"), family_of("open:grab")
    ('possession', 'open:grab')
    """
    known = relations().get(relation)
    return known.family if known else relation


@cache
def single_valued() -> frozenset[str]:
    """The ids of the relations that have one filler for one subject in one scope.

    >>> "port" in single_valued(), "uses" in single_valued()
    (True, False)
    """
    return frozenset(relation.id for relation in relations().values() if relation.single_valued)


def _found(phrase: str, index: Mapping[str, Relation]) -> Relation | None:
    words = phrase.lower().split()
    found = index.get(" ".join(words))
    if found is None and len(words) > 1 and words[0] in COPULAS:
        return index.get(" ".join(words[1:]))
    return found


@cache
def _verbs() -> Mapping[str, Relation]:
    return {form: one for one in relations().values() if not one.role for form in one.forms}


@cache
def _roles() -> Mapping[str, Relation]:
    return {form: one for one in relations().values() if one.role for form in one.forms}


@cache
def _inverse_verbs() -> Mapping[str, Relation]:
    return {form: one for one in relations().values() for form in one.inverse_forms}


def _values() -> Mapping[str, Mapping[str, list[str]]]:
    from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

    rows: dict[str, dict[str, list[str]]] = {}
    for quad in parse(path=LIST, format=RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | BlankNode | Literal):
            rows.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object.value)
    return rows


def _relation(iri: str, values: Mapping[str, list[str]]) -> Relation:
    def one(predicate: str) -> str:
        return next(iter(values.get(predicate, ())), "")

    def phrases(predicate: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(values.get(predicate, ())))

    inverse = one(iris.INVERSE)
    return Relation(
        id=iris.relation_id(iri),
        label=one(iris.PREF_LABEL),
        family=one(iris.FAMILY),
        denial=one(iris.DENIAL),
        comment=one(iris.COMMENT),
        forms=phrases(iris.FORM),
        inverse_forms=phrases(iris.INVERSE_FORM),
        inverse=iris.relation_id(inverse) if inverse else "",
        symmetric=one(iris.SYMMETRIC) == "true",
        single_valued=one(iris.SINGLE_VALUED) == "true",
        inverse_single_valued=one(iris.INVERSE_SINGLE_VALUED) == "true",
        role=one(iris.ROLE) == "true",
    )
