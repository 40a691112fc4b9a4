"""Versions of products in running text: what is required at least, and what is used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..graph.model import Claim, Standing
from .frame import Frame
from .page import Passage
from .writer import Writer

_NUMBER = r"v?(?P<number>\d{1,4}(?:\.(?:\d+|x)){0,3})(?![\w%:/-]|\.\d|,\d)"
_NAME = (
    r"(?P<name>(?:[A-Z][A-Za-z+#]+(?:\.(?:js|io))?|\.NET|[a-z]{2,12}(?:\.js|ctl|pm|nx|cd))"
    r"(?: (?:API|CLI|SDK|Boot))?)"
)
_LEAST = re.compile(
    rf"{_NAME}(?P<sign>\s*(?:>=|≥|at least|minimum|version)?\s*)(?:version\s+)?{_NUMBER}"
    r"(?P<least>\+|\s*(?:or|and)\s+(?:later|newer|above|higher|up|greater)\b)?"
)
_USED = re.compile(
    r"\b(?:us(?:es?|ing)|supports?|runs?(?: on)?|running(?: on)?|built (?:with|on)|based on|powered by|requires?|needs?"
    r"|targets?|pinned (?:to|at)|pins|standardi[sz]es? on|deploy(?:s|ed)?(?: on)?|minimum)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_REQUIRING = re.compile(
    r"\b(?:prerequisites?|requirements|dependencies|compatibility|supported versions|technology (?:stack|matrix)"
    r"|tech stack|toolchain)$",
    re.IGNORECASE,
)
_TOLD_OTHERWISE = re.compile(
    r"\b(?:since|as of|introduced in|added in|removed in|deprecated in|until|before|from|was|previously|upgrad\w+"
    r"|migrat\w+|bump\w*|instead of|not|works? with|compatible with|tested with|example|e\.g)\b[^.;]{0,24}$",
    re.IGNORECASE,
)
_ORDERED = frozenset(
    """phase step section table figure day week month quarter level tier wave stage option part chapter appendix sprint
    iteration milestone adr rfc pr issue line page version release port error http status rule item top last first
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec epic story task priority layer ring group type class note updated date over under about the
    in on at of for and or from by with is are was than""".split()
)
"""Words before a number that count things."""
_SPELLINGS = {"node": "node.js", "postgres": "postgresql", "k8s": "kubernetes", "golang": "go", "nextjs": "next.js"}
_DIGIT = re.compile(r"\d")
_HINT = re.compile(r"[A-Za-z#+] ?(?:>=|≥|v|version |at least )? ?\d")


class VersionFound(NamedTuple):
    """A version of a product; offsets are into the text."""

    product: str
    version: str
    """As written, with ``+`` for "at least"."""
    start: int
    end: int


def any_version(text: str) -> bool:
    """Whether a text may state a version: a cheap look before the patterns."""
    return _DIGIT.search(text) is not None and _HINT.search(text) is not None


def versions(text: str, *, listed: bool = False) -> Iterator[VersionFound]:
    """Each version that a text says is required or used; ``listed`` where the heading says so for all its items.

    >>> [(v.product, v.version) for v in versions("It requires Python 3.9+ and runs on Node 20. See Phase 3.")]
    [('python', '3.9+'), ('node.js', '20')]
    >>> list(versions("Added in Python 3.9. Step 2 tells more about Redis 7."))
    []
    """
    if not any_version(text):
        return
    for match in _LEAST.finditer(text):
        name = match["name"].lower()
        if name in _ORDERED or name.split()[0] in _ORDERED:
            continue
        least = bool(match["least"] or match["sign"].strip(" version"))
        before = text[max(0, match.start() - 40) : match.start()]
        if not (listed or _USED.search(before)) or _TOLD_OTHERWISE.search(before):
            continue
        version = match["number"].removesuffix(".x") + ("+" if least else "")
        yield VersionFound(_SPELLINGS.get(name, name), version, match.start(), match.end())


def version_claims(passage: Passage, frame: Frame, standing: Standing) -> Iterator[Claim]:
    """The versions that a passage or cell states, each a claim about its product."""
    if passage.kind == "heading":
        return
    listed = bool(frame.section.titles and _REQUIRING.search(frame.section.titles[-1]))
    for found in versions(passage.text, listed=listed):
        yield Writer(passage, frame, standing).make(
            found.product,
            "open:version",
            passage.text[found.start : found.end],
            value=f"version:{found.version}",
            start=found.start,
            end=found.end,
            extractor="version",
        )
