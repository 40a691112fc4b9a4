"""Claims that fill a role that its own words call single: "X is our message broker", "uses X as its database"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .clauses import clauses
from .words import clean

_HEADS = (
    r"(?:branch|registry|database|broker|queue|store|cache|bus|gateway|entry[- ]?point|front door|issuer|provider"
    r"|transport|protocol|framework|runtime|scheduler|orchestrator|proxy|ingress|region|storage class|package manager"
    r"|build tool|test runner|secret manager|search engine|load balancer|service mesh|identity provider|image builder"
    r"|data ?base|warehouse|mirror|backend|format|namespace|context|host|bucket)"
)
_ONE = r"(?:only|single|sole|default|primary|main|canonical|official|standard|central|one)"
_ROLE = rf"(?P<role>(?:{_ONE}\s+)*(?:(?!{_ONE}\b)[a-z][\w-]*\s+){{0,2}}?{_HEADS})"
_FOR = r"(?:\s+(?:for|of)\s+(?:the\s+|all\s+|our\s+)?(?P<bearer>[^.;:,()]{3,40}))?"
_FILLER = r"(?P<filler>[A-Z][\w.+-]*(?:\s[A-Z][\w.+-]*)?|[\w./:@*{}<>+-]*[\w*}>])"
_END = r"(?=\s*(?:[.;:,()]|$|\s(?:and|but|so|which|that|in|on|with|to|via|from|by|when|because|rather|instead)\b))"
_IS = re.compile(
    rf"(?:The\s+)?{_FILLER}\s+(?:is|remains|becomes)\s+(?:now\s+)?(?P<the>our|the|its)\s+{_ROLE}{_FOR}{_END}"
)
_AS = re.compile(
    rf"(?:The\s+|the\s+)?(?P<bearer>[\w./ -]{{2,40}}?)\s+(?:now\s+)?uses?\s+{_FILLER}\s+as\s+(?:its|the|our)\s+"
    rf"{_ROLE}{_END}"
)
_OWN = re.compile(
    rf"(?:The\s+|the\s+)?(?P<bearer>[\w./ -]{{2,40}}?)['’]s\s+{_ROLE}\s+is\s+(?:now\s+)?(?:the\s+)?{_FILLER}{_END}"
)
_THE = re.compile(rf"(?P<the>[Tt]he|[Oo]ur)\s+{_ROLE}{_FOR}\s+is\s+(?:now\s+)?(?:the\s+)?{_FILLER}{_END}")
_HINT = re.compile(rf"\b{_HEADS}\b")
_NO_NAME = frozenset(
    """it this that there these those which what who he she they we you one here all each every both neither none
    nothing not no also only never always and or but if when a an the true false""".split()
)
_ADJECTIVES = re.compile(rf"\b{_ONE}\s+")


class RoleName(NamedTuple):
    """A role, whose it is (empty: the set's own), and what fills it; offsets are into the text."""

    bearer: str
    role: str
    filler: str
    start: int
    end: int


def role_names(text: str) -> Iterator[RoleName]:
    """Every role of a text that one thing fills alone by the text's own words.

    >>> [tuple(r)[:3] for r in role_names("Kafka is our message broker. Billing uses Postgres as its database.")]
    [('', 'message broker', 'Kafka'), ('Billing', 'database', 'Postgres')]
    >>> [tuple(r)[:3] for r in role_names("spoolctl is the only entry point for operators.")]
    [('operators', 'entry point', 'spoolctl')]
    >>> list(role_names("It is the queue. Kafka is the queue that we like."))
    []
    """
    if _HINT.search(text) is None:
        return
    for piece in clauses(text):
        for pattern in (_IS, _AS, _OWN, _THE):
            m = pattern.match(text, piece.start, piece.end)
            if m is not None and (found := _named(m)) is not None:
                yield found


def _named(m: re.Match[str]) -> RoleName | None:
    filler, groups = m["filler"], m.groupdict()
    plain = _ADJECTIVES.sub("", m["role"]).strip()
    bearer = clean(groups.get("bearer") or "")
    single = plain != m["role"] or groups.get("the") in {"our", "Our", "its", None} or (bearer and m.re is _THE)
    if not single or filler.lower() in _NO_NAME or bearer.lower() in _NO_NAME - {"we"}:
        return None
    return RoleName("" if bearer.lower() == "we" else bearer, plain, filler, m.start(), m.end())
