"""The words a report says about a conflict: what each side holds, in few words."""

from __future__ import annotations

import re

from ...graph.model import Claim, Conflict, Modality, Polarity, ScopeTerm
from ...queries.triage import Acceptance
from .plain import clip, columns

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


_NO_STATES = frozenset({"is-authority-for", "is-single", "is-kind-of", "is-source-of-truth-for"})
_BOXES = frozenset({"task", "mark"})
_NEGATIONS = ("not", "no", "never", "no longer", "n't", "n’t", "cannot")
_OPENINGS = frozenset({"A", "About", "An", "Both", "Of", "One", "Some", "The", "There", "Two", "What"})
_SPAN = re.compile(r"#L(\d+)\.\d+-L\d+\.\d+")
_FURTHER = re.compile(r"(?<=[\w”)])\. (?=[A-Z0-9])")


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


def held(claim: Claim) -> str:
    """What a claim holds of its subject, in few words, its denial left to the verb.

    >>> from naysay.graph.model import Span
    >>> held(Claim("a.md", 0, Span(1, 1, 1, 9), "gate", "is-enabled", "disabled", marker="disabled"))
    'disabled'
    >>> held(Claim("a.md", 0, Span(1, 1, 1, 9), "gate", "keep", "a log"))
    'keep a log'
    """
    if _is_state(claim):
        return claim.object if _told_in_words(claim) else relation_words(claim.relation.removeprefix("is-"))
    return " ".join(filter(None, (relation_words(claim.relation), claim.object or claim.value)))


def stance(claim: Claim) -> str:
    """What a claim says of its subject, with ``not`` before what it denies in so many words."""
    return ("not " if _is_negated(claim) else "") + held(claim)


def saying(claim: Claim) -> str:
    """What the document does with what it holds: ``denies: hold cluster credentials``, ``says: not done``."""
    if not _is_state(claim):
        return f"{verb(claim)}: {held(claim)}"
    return f"{verb_of(claim.modality, 'affirmed')}: {stance(claim)}"


def _is_state(claim: Claim) -> bool:
    return claim.relation.startswith("is-") and claim.relation not in _NO_STATES


def _told_in_words(claim: Claim) -> bool:
    """Whether the object is the statement's own word for the state; that of a task box is the task."""
    return bool(claim.object) and claim.extractor not in _BOXES


def _is_negated(claim: Claim) -> bool:
    if claim.polarity == "affirmed":
        return False
    return not (_is_state(claim) and _told_in_words(claim)) or claim.marker.endswith(_NEGATIONS)


def opposed(conflict: Conflict) -> tuple[str, str] | None:
    """What the two strongest sides hold, without a relation that is the same in both.

    None when a side rests on no claim or both read the same.
    """
    claims = [side.claim for side in conflict.sides[:2] if side.claim is not None]
    if len(claims) < 2:
        return None
    first, second = map(stance, claims)
    words = relation_words(claims[0].relation) + " "
    if all(claim.object and claim.relation == claims[0].relation and not _is_state(claim) for claim in claims):
        first, second = (text.replace(words, "", 1) for text in (first, second))
    return (first, second) if first and second and first != second else None


def headline(conflict: Conflict, room: int) -> str:
    """The fault in about so many columns: the reason where it fits, else what the two strongest sides hold.

    What both sides speak of is added to a reason that does not name it.
    """
    reason = _sentence(conflict.why)
    pair = opposed(conflict)
    if not reason or (pair is not None and (columns(reason) > room or conflict.subject not in reason)):
        return _composed(conflict, pair, room)
    claims = [side.claim for side in conflict.sides[:2] if side.claim is not None]
    if pair is None or any((claim.object or claim.value) in reason for claim in claims):
        return reason
    first, second = (text.removeprefix("not ") for text in pair)
    added = f"{reason}: {held(claims[0]) if first == second else ' against '.join(pair)}"
    return added if columns(added) <= room or first == second else reason


def _composed(conflict: Conflict, pair: tuple[str, str] | None, room: int) -> str:
    """The subject and the two sides, the longer of which is cut first; without sides the fault."""
    about = conflict.subject or conflict.type.replace("-", " ")
    if pair is None:
        return f"{about}: {conflict.type.replace('-', ' ')}"
    spare = max(0, room - columns(about) - len(":  against "))
    long = max(spare // 2, spare - min(map(columns, pair)))
    fits = sum(map(columns, pair)) <= spare
    return f"{about}: {' against '.join(text if fits else clip(text, long) for text in pair)}"


def _sentence(text: str) -> str:
    """The first sentence as a line of a report begins: in lower case and without a full stop.

    >>> _sentence("The same is said and denied of “a.md”. 2 more statements say the same.")
    'the same is said and denied of “a.md”'
    """
    first = _FURTHER.split(readable(text), maxsplit=1)[0].removesuffix(".")
    word, space, rest = first.partition(" ")
    return f"{word.lower()}{space}{rest}" if word in _OPENINGS else first


def readable(text: str) -> str:
    """A text with its places as ``path:line`` and its relations as words.

    >>> readable("Decide which of a.md#L3.1-L3.37 and b.md#L12.1-L13.8 holds.")
    'Decide which of a.md:3 and b.md:12 holds.'
    """
    return _SPAN.sub(r":\1", text.replace("“open:", "“"))


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


def accepted_by(acceptance: Acceptance) -> str:
    """Who lets a conflict stand, why and how long."""
    parts = [acceptance.reason or "no reason given"]
    parts += [f"owner {acceptance.owner}"] if acceptance.owner else []
    parts += [f"until {acceptance.until}"] if acceptance.until else []
    return ", ".join(parts)
