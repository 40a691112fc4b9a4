"""The words a report says about a conflict: what each side holds, in few words."""

from __future__ import annotations

from ...graph.model import Claim, Conflict, Modality, Polarity, ScopeTerm

_VERBS: dict[tuple[Modality, Polarity], str] = {
    ("fact", "affirmed"): "says",
    ("fact", "denied"): "denies",
    ("obligation", "affirmed"): "requires",
    ("obligation", "denied"): "forbids",
    ("recommendation", "affirmed"): "recommends",
    ("recommendation", "denied"): "advises against",
    ("permission", "affirmed"): "allows",
    ("permission", "denied"): "does not allow",
    ("plan", "affirmed"): "plans",
    ("plan", "denied"): "plans to end",
}


def verb(claim: Claim) -> str:
    """What the document does with the claim: ``says``, ``denies``, ``requires``, ``forbids`` …"""
    return verb_of(claim.modality, claim.polarity)


def verb_of(modality: Modality, polarity: Polarity) -> str:
    """The verb of a modality and a polarity.

    >>> verb_of("obligation", "denied")
    'forbids'
    """
    return _VERBS[modality, polarity]


def relation_words(relation: str) -> str:
    """A relation's id as words.

    >>> relation_words("open:run-on"), relation_words("has"), relation_words("open:offer:passive")
    ('run on', 'has', 'offer (passive)')
    """
    words, _, voice = relation.removeprefix("open:").replace("-", " ").partition(":")
    return f"{words} ({voice})" if voice else words


def stance(claim: Claim) -> str:
    """The object as the claim holds it: ``not`` before a denied one."""
    return ("not " if claim.polarity == "denied" else "") + (claim.object or claim.value)


def opposed(conflict: Conflict) -> tuple[str, str] | None:
    """What the two strongest sides hold; None when a side rests on no claim or both read the same."""
    claims = [side.claim for side in conflict.sides[:2]]
    first, second = (stance(claim) if claim else "" for claim in (*claims, None, None)[:2])
    return (first, second) if first and second and first != second else None


def stances(conflict: Conflict) -> str:
    """The two strongest sides against each other; empty where ``opposed`` finds none."""
    return " against ".join(opposed(conflict) or ())


def scope_words(scope: tuple[ScopeTerm, ...]) -> str:
    """A scope as ``dimension=value`` pairs, with the place of those that the words themselves do not state.

    >>> scope_words((ScopeTerm("environment", "dev", "heading"), ScopeTerm("role", "human", "stated")))
    'environment=dev (heading), role=human'
    """
    return ", ".join(
        f"{term.dimension}={term.value}" + (f" ({term.source})" if term.source != "stated" else "") for term in scope
    )


def grouped(number: int) -> str:
    """A number with its thousands apart.

    >>> grouped(9310)
    '9 310'
    """
    return f"{number:,}".replace(",", " ")


def counted(number: int, noun: str) -> str:
    """A number and its noun.

    >>> counted(1, "conflict"), counted(0, "file")
    ('1 conflict', '0 files')
    """
    return f"{grouped(number)} {noun}" + ("" if number == 1 else "s")
