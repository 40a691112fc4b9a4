"""Claims that one thing fills a role alone: authorities, and how many there are of something.

"X is the source of truth for Y" names an authority; "one X per cluster" and "every team has its own X" say whether
there is a single one (``is-single`` affirmed) or one for each (denied).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .authorities import authorities, hints_at_authority
from .owners import owners
from .role_names import role_names
from .words import clean, phrase

_NP = r"[`“\"*]*[\w@./*{}<>-]+[`”\"*]*(?:\s+[`“\"*]*[\w@./*{}<>-]+[`”\"*]*){0,4}?"
_END = r"(?=\s*(?:[.,;:()—–]|$|\s(?:and|but|so|which|that|in|on|for|with|to|via|from|by)\b))"


THE_ONE = "the one"
"""Marks a role that the text's own words give to one thing."""


class RoleFound(NamedTuple):
    """One such statement; offsets are into the text."""

    subject: str
    relation: str
    object: str
    affirmed: bool
    marker: str
    start: int
    end: int


_UNIT = (
    r"(?P<unit>cluster|environments?|namespaces?|tenants?|services?|nodes?|regions?|repos?(?:itory)?|teams?|apps?"
    r"|applications?|organi[sz]ations?|hosts?|users?|domains?)"
)
_OF_ALL = _UNIT.replace("?P<unit>", "?:")
# Each pattern stands behind words that it needs, looked for in the text in lower case: most texts are done after that.
_SINGLE = tuple(
    (re.compile(anchor, re.DOTALL), re.compile(pattern, re.IGNORECASE))
    for anchor, pattern in (
        (
            r"\b(?:single|one)\s.*\s(?:per|for)\s",
            rf"\b(?:a |the )?(?:single|one|exactly one|only one|one shared)\s+(?P<what>{_NP})\s+(?:per|for each"
            rf"|for the entire|for the whole)\s+{_UNIT}\b",
        ),
        (
            r"\sonce\s",
            rf"(?P<what>{_NP})\s+(?:is|are)\s+(?:now\s+)?(?:deployed|installed|run|provisioned)\s+"
            rf"(?:exactly\s+)?once\s+(?:per|at|for|in)\s+(?:the\s+)?{_UNIT}\b",
        ),
        (
            r"\ssingle\s.*\sper\s",
            rf"(?P<what>{_NP})\s+(?:is|are)\s+a\s+single\s+(?:install|installation|instance|deployment|release)\s+"
            rf"per\s+{_UNIT}\b",
        ),
        (
            r"\sonce\s",
            rf"\b(?:deploy|run|install|provision)s?\s+(?P<what>{_NP})\s+(?:exactly\s+)?once\s+"
            rf"(?:per|at|for|in)\s+(?:the\s+)?{_UNIT}\b",
        ),
        (r"\bsingle\s+cluster", rf"\bsingle\s+(?P<unit>cluster)[- ](?:scoped|wide|level)\s+(?P<what>{_NP}){_END}"),
        (
            r"\bthere\s+is\s",
            rf"\bthere\s+is\s+(?:exactly one|only one|one|a single|one shared)\s+(?P<what>{_NP}){_END}(?P<unit>)",
        ),
        (
            r"\b(?:single|one|shared)\s.*\s(?:all|every)\s",
            rf"\b(?:a single|exactly one|only one|one shared|one)\s+(?P<what>{_NP})\s+"
            rf"(?:for|across|serves|hosts|is shared by|shared by)\s+(?:all|every)\s+(?:the\s+)?{_OF_ALL}\b(?P<unit>)",
        ),
        (
            r"\bshares?\s",
            rf"\b(?:all|every)\s+{_OF_ALL}(?P<unit>)\s+shares?\s+(?:one|a single|the same)\s+(?P<what>{_NP}){_END}",
        ),
    )
)
_OWN = tuple(
    (re.compile(anchor, re.DOTALL), re.compile(pattern, re.IGNORECASE))
    for anchor, pattern in (
        (
            r"\s(?:its|their)\s+own\s",
            rf"(?P<unit>{_NP})\s+(?:has|have|gets?|runs?|uses?|keeps?)\s+(?:its|their)\s+own\s+"
            rf"(?:isolated\s+|dedicated\s+|separate\s+)?(?P<what>{_NP}){_END}",
        ),
        (
            r"\bwith\s+(?:its|their)\s+own\s",
            rf"(?P<unit>{_NP})\s+[^.;:]{{0,40}}?\bwith\s+(?:its|their)\s+own\s+"
            rf"(?:isolated\s+|dedicated\s+)?(?P<what>{_NP}){_END}",
        ),
        (r"\bper-", rf"\bper-{_UNIT}\s+(?P<what>{_NP}){_END}"),
        (
            r"-per-",
            rf"(?<![\w-])(?P<what>[A-Za-z]\w+)-per-{_UNIT}(?:\s+(?:model|topology|architecture|isolation|layout))?\s+"
            r"(?:is|are|remains|stays)\s+(?:now\s+|always\s+)?(?:an?\s+|the\s+|our\s+)?(?:hard\s+)?"
            r"(?:mandatory|required|enforced|invariant|baseline|default|canonical|standard)\b",
        ),
        (
            r"\b(?:each|every)\s",
            rf"\b(?:each|every)\s+{_UNIT}\s+(?:runs|has|deploys|gets|installs)\s+"
            rf"(?:a\s+|an\s+|its\s+own\s+)?(?P<what>{_NP}){_END}",
        ),
        (
            r"\b(?:separate|dedicated|one)\s.*\s(?:per|for)\s",
            rf"\b(?:separate|dedicated|one)\s+(?P<what>{_NP})\s+(?:per|for each)\s+{_UNIT}\b",
        ),
    )
)
_WHICH_IS = re.compile(
    r"(?P<who>[\w./:-]*[\w/]),? which is (?:the|our) (?P<role>(?:default|main|only|shared|primary|single)\s+[a-z]+)"
    r"(?:\s+(?:of|for)\s+(?P<bearer>[^.;,]{3,50}))?"
)
_CARDINAL_HINT = re.compile(r"\b(?:once|single|one|own|per-|each|every|dedicated|separate)")


_UNSAID = re.compile(
    r"(?:\b(?:no|not|without|instead of|rather than|never|avoid|old|legacy|former|previous|delete|remove|replace|drop"
    r"|retire|if|if/when|when|once|unless|whether|until)\b[^.;:]*)$",
    re.IGNORECASE,
)
"""What before a count takes it back, or makes it a condition."""
_STRICT = re.compile(r"\b(?:exactly|only one|once|mandatory|required|enforced|invariant)\b")
_KIND_OF_COPY = re.compile(
    r"(?:^|\s+)(?:installs?|installations?|instances?|copy|copies|applications?|apps?|releases?|deployments?)$",
    re.IGNORECASE,
)


def _plain(what: str) -> str:
    """What is counted, without the word that says it is a copy; empty when it is called nothing else.

    >>> _plain("mail-relay instances"), _plain("application")
    ('mail-relay', '')
    """
    return _KIND_OF_COPY.sub("", what)


def _strength(said: str, single: bool) -> str:
    if _STRICT.search(said):
        return "exactly one" if single else "always its own"
    return "single" if single else "own"


def roles(text: str) -> Iterator[RoleFound]:
    """Authorities and cardinalities that a text states.

    >>> text = "Keep the `ledger` as the single source of truth for balances."
    >>> [(r.subject, r.relation, r.object, r.affirmed) for r in roles(text)]
    [('ledger', 'is-authority-for', 'balances', True)]
    >>> [(r.subject, r.relation, r.object, r.affirmed) for r in roles("All teams have their own mail-relay.")]
    [('mail-relay', 'is-single', 'teams', False)]
    """
    low = text.lower()
    if hints_at_authority(low):
        for a in authorities(text):
            yield RoleFound(a.who, "is-authority-for", a.matter, a.affirmed, "authority", a.start, a.end)
    for o in owners(text):
        yield RoleFound(o.who, "owns", o.what, True, o.how, o.start, o.end)
    for r in role_names(text):
        yield RoleFound(r.bearer, f"open:{r.role}", r.filler, True, THE_ONE, r.start, r.end)
    if _CARDINAL_HINT.search(low):
        yield from _cardinals(text, low)
    if " which is " in text:
        for m in _WHICH_IS.finditer(text):
            role = m["role"].removeprefix("default ")
            yield RoleFound(clean(m["bearer"] or ""), f"open:{role}", m["who"], True, "", m.start(), m.end())


def _cardinals(text: str, low: str) -> Iterator[RoleFound]:
    for patterns, affirmed in ((_SINGLE, True), (_OWN, False)):
        for anchor, pattern in patterns:
            for m in pattern.finditer(text) if anchor.search(low) else ():
                what, unit = (
                    clean(m["what"]),
                    re.sub(r"^(?:each|every|all)\s+", "", clean(m["unit"]), flags=re.IGNORECASE),
                )
                if " per " in what or _UNSAID.search(text, max(0, m.start() - 60), m.start()):
                    continue
                what = _plain(what)
                single = affirmed or (pattern is _OWN[-1][1] and m[0].lower().startswith("one"))
                if ((phrase(what) or not what) and not single) or affirmed:
                    yield RoleFound(
                        what,
                        "is-single",
                        unit.lower(),
                        affirmed,
                        _strength(m[0].lower(), affirmed),
                        m.start(),
                        m.end(),
                    )
