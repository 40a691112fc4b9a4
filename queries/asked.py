"""The grammar of questions: from words to one of a few forms, or to nothing.

A question names a thing, how it is asked about and perhaps where.  What fits no form is not understood: nothing is
guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import Literal, NamedTuple

from ..graph.relations import relation_of
from ..ingest.english import STATES
from ..ingest.words import clean

Form = Literal["doer", "state", "place", "role", "authority", "currency", "act"]
Modal = Literal["", "permission", "obligation"]


class Asked(NamedTuple):
    """A question, taken apart."""

    form: Form
    thing: str
    """What somebody has or does, what is in a state or place, what has a role, or an authority's matter."""
    relation: str = ""
    """The verb, the state or the role."""
    subject: str = ""
    """Who, in a question whether somebody does something."""
    where: str = ""
    """The limit that the question states: "in staging"."""
    modal: Modal = ""


class FormHelp(NamedTuple):
    """One form of question, as it is documented."""

    form: Form
    pattern: str
    example: str
    answer: str


FORMS: tuple[FormHelp, ...] = (
    FormHelp(
        "doer",
        "who has | uses | owns | may … X",
        "who has cluster credentials?",
        "who is said to, and who is said not to",
    ),
    FormHelp(
        "state",
        "is X supported | enabled | required | allowed | … [in S]",
        "is the mail relay enabled in staging?",
        "statements of that state",
    ),
    FormHelp("place", "where does X run", "where does the toolshed run?", "namespaces, clusters and machines"),
    FormHelp("role", "what is the P of X", "what is the port of the queue?", "every value that is given for it"),
    FormHelp(
        "authority",
        "which is the source of truth for X",
        "which is the source of truth for passwords?",
        "each authority that is named",
    ),
    FormHelp(
        "currency", "is X still current", "is 051 still current?", "what is said of the standing of a document or thing"
    ),
    FormHelp("act", "does | may | must S … X", "may a room owner share a room?", "who is said to do it, and who not"),
)
"""Every form, in the order of the documentation."""

_BE = r"(?:is|are|was|were)"
_AUTHORITY = re.compile(
    rf"(?:which|what|who|where)(?: \w+)? {_BE} (?:the )?(?:(?:single|only|canonical|one) )?"
    r"(?:source of truth|system of record|authority|authoritative(?: source)?) (?:for|on|of|about) (?P<thing>.+)",
    re.IGNORECASE,
)
_ROLE = re.compile(rf"(?:what|which|who) {_BE} (?:the )?(?P<relation>.+?) (?:of|for) (?P<thing>.+)", re.IGNORECASE)
_OWN_ROLE = re.compile(rf"(?:what|which|who) {_BE} (?P<thing>.+?)['’]s? (?P<relation>.+)", re.IGNORECASE)
_ROLE_DOES = re.compile(
    r"(?:on |in |at )?(?:what|which) (?P<relation>[\w -]+?) (?:does|do) (?P<thing>.+?)"
    r" (?:have|use|listen on|listen|run on|run in|run|live in|live|sit in|belong to|need)",
    re.IGNORECASE,
)
_STAND = "run|runs|live|stand|sit|go|located|deployed|hosted|stored|installed|kept|running|found|placed"
_PLACE = re.compile(
    rf"where (?:(?:does|do|can|must|should) (?P<thing>.+?) (?:be )?(?:{_STAND})"
    rf"|{_BE} (?P<other>.+?)(?: (?:{_STAND}))?)",
    re.IGNORECASE,
)
_CURRENCY = re.compile(
    rf"{_BE} (?P<thing>.+?) (?:(?:still|already|now) )?"
    r"(?:current|valid|in use|in force|up[- ]to[- ]date|authoritative|superseded|deprecated|obsolete|replaced"
    r"|outdated)",
    re.IGNORECASE,
)
_STATE = re.compile(
    rf"{_BE} (?P<thing>.+?) (?:still |already |now )?(?P<relation>{'|'.join(sorted(STATES, key=len, reverse=True))})"
    r"(?: (?P<where>(?:in|on|for|from|to|with|at|by|inside|within|under) .+))?",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"(?:who|what|which) (?:(?P<modal>may|can|must|should|shall|will|does|do|is|are) )?(?P<rest>.+)", re.IGNORECASE
)
_DOES = re.compile(r"(?P<modal>does|do|may|can|must|should|shall|will|has|have) (?P<rest>.+)", re.IGNORECASE)
_MODALS: dict[str, Modal] = {
    "may": "permission",
    "can": "permission",
    "must": "obligation",
    "should": "obligation",
    "shall": "obligation",
}


def parse_question(question: str, verbs: Collection[str] = ()) -> Asked | None:
    """The form of a question; None when it has none.  ``verbs`` are base forms in use besides the listed relations.

    >>> parse_question("Is Foo supported in dev rooms?")
    Asked(form='state', thing='Foo', relation='supported', subject='', where='in dev rooms', modal='')
    >>> parse_question("please make the marmalade sing") is None
    True
    """
    text = " ".join(question.replace("`", "").split()).rstrip(" ?!.")
    found = (asked for read in _READERS for asked in read(text, verbs))
    return next((asked for asked in found if _complete(asked)), None)


def _complete(asked: Asked) -> bool:
    return bool(asked.thing) and (asked.form != "act" or bool(asked.subject))


def _fixed(pattern: re.Pattern[str], form: Form) -> Callable[[str, Collection[str]], Iterator[Asked]]:
    def read(text: str, verbs: Collection[str]) -> Iterator[Asked]:
        match = pattern.fullmatch(text)
        if match is not None:
            parts = match.groupdict()
            thing = clean(parts["thing"] or parts.get("other") or "")
            yield Asked(form, thing, clean(parts.get("relation") or "").lower(), where=parts.get("where") or "")

    return read


def _role(text: str, verbs: Collection[str]) -> Iterator[Asked]:
    for pattern in (_ROLE, _OWN_ROLE, _ROLE_DOES):
        for asked in _fixed(pattern, "role")(text, verbs):
            if asked.relation in {"owner", "owners"}:
                yield Asked("doer", asked.thing, "owns")
            else:
                yield asked


def _who(text: str, verbs: Collection[str]) -> Iterator[Asked]:
    match = _WHO.fullmatch(text)
    words = match["rest"].split() if match else []
    kinds = 2 if text.lower().startswith(("which", "what")) else 1
    for at in range(min(kinds, len(words))):
        verb, rest = leading_verb(words[at:], verbs)
        if match and verb:
            yield Asked("doer", _bare(rest), verb, modal=_MODALS.get((match["modal"] or "").lower(), ""))


def _does(text: str, verbs: Collection[str]) -> Iterator[Asked]:
    match = _DOES.fullmatch(text)
    words = match["rest"].split() if match else []
    for at in range(1, len(words) - 1):
        verb, rest = leading_verb(words[at:], verbs)
        if match and verb:
            subject = clean(" ".join(words[:at]))
            yield Asked("act", _bare(rest), verb, subject, modal=_MODALS.get(match["modal"].lower(), ""))


def leading_verb(words: list[str], verbs: Collection[str]) -> tuple[str, str]:
    """The verb that some words open with, and the words after it; empty without one.

    >>> leading_verb(["runs", "with", "a", "key"], ())
    ('runs with', 'a key')
    """
    for length in (3, 2, 1):
        phrase = " ".join(words[:length]).lower()
        if len(words) > length and (_is_verb(phrase) or base_form(phrase) in verbs):
            return phrase, " ".join(words[length:])
    return "", ""


def _bare(text: str) -> str:
    """A phrase without the preposition that ties it to its verb ("merge to main")."""
    return clean(re.sub(r"^(?:to|in|on|for|with|at|from|into) ", "", text, flags=re.IGNORECASE))


def _is_verb(phrase: str) -> bool:
    relation = relation_of(phrase)
    return relation is not None and not relation.role


def base_form(verb: str) -> str:
    """The verb as claims name it, as far as its ending tells.

    >>> [base_form(v) for v in ("shares", "carries", "pushes", "share")]
    ['share', 'carry', 'push', 'share']
    """
    if verb.endswith("ies") and len(verb) > 4:
        return verb[:-3] + "y"
    if verb.endswith(("ches", "shes", "sses", "xes", "zes")):
        return verb[:-2]
    return verb[:-1] if verb.endswith("s") and not verb.endswith("ss") else verb


_READERS: tuple[Callable[[str, Collection[str]], Iterator[Asked]], ...] = (
    _fixed(_AUTHORITY, "authority"),
    _role,
    _fixed(_PLACE, "place"),
    _fixed(_CURRENCY, "currency"),
    _fixed(_STATE, "state"),
    _who,
    _does,
)
