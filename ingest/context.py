"""What surrounds a passage and governs it: section roles, banners, lead-ins, and the scope they set."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..graph.model import Document, Heading, ScopeTerm, Standing
from .english import ENVIRONMENTS
from .page import Page, Passage
from .progress import progress_of_items
from .words import clean, tokens


class Role(NamedTuple):
    """What a heading or lead-in says about everything under it."""

    standing: Standing = "live"
    planned: bool = False
    """The section speaks of what is to be done, not of what is."""
    flips: bool = False
    """Its items are denied ("must not:", "avoid:")."""
    progress: str = ""
    """How far its items are: ``done`` ("Completed:"), ``open`` ("Remaining work") or empty."""


LIVE = Role()

_ROLES: tuple[tuple[re.Pattern[str], Role], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), role)
    for pattern, role in (
        (r"\b(?:open )?questions?\b|\bTBD\b|\bto be (?:decided|clarified)\b|\bFAQ\b", Role("question")),
        (r"\boptions?\b|\balternatives?\b|\bconsidered\b|\btrade-?offs?\b|\bwhat[- ]if\b", Role("hypothetical")),
        (
            r"\bnon-?goals?\b|\bout of scope\b|\banti-?patterns?\b|\brejected\b|\bwrong\b|❌|\bdon'ts?\b",
            Role("rejected"),
        ),
        (
            r"^\W*(?:\d[\d.]*\W+)?(?:[\w-]+ ){0,2}(?:examples?|samples?)\b(?!.*\bcurrent)|\billustrat\w+"
            r"|\bmock\b|\bwalkthrough\b|\buser stor",
            Role("example"),
        ),
        (
            r"^(?:\W*\d[\d.]*\W+)?(?:the )?(?:problems?|issues?|symptoms?|root causes?|before|was|old|prior|past)\b"
            r"|\bhistorical\w*|^\W*(?:[\d.]+\W+)?history\b|\b(?:change|version|revision|document|edit|update|release"
            r"|implementation)s? history\b|\bchange ?log\b|\bprevious\w*|\bformer\w*|\boriginal(?:ly)?\b"
            r"|\bpost-?mortem\b|\bincident\b"
            r"|\bsupersede[sd]?\b|\bdeprecated?\b|\blegacy\b|\barchived?\b|\bobsolete\b|\bretired\b|\bpain points?\b"
            r"|\bproblem statement\b|\bwhat (?:went|was)\b(?! (?:built|done|implemented|delivered|shipped|added))"
            r"|\bcurrent (?:gaps?|problems?|issues?)\b|\blessons\b",
            Role("historical"),
        ),
        (r"\bgaps?\b|\bcurrent state\b|\bas-is\b|\btoday\b", Role("live")),
        (
            r"\bnext steps?\b|\broadmap\b|\bfuture\b|\bplan(?:ned|s)?\b|\btarget\b|\bto-?do\b"
            r"|\bfollow-?ups?\b|\bmigration\b"
            r"|\bproposed?\b|\bproposal\b|\brecommend\w+\b|\bdesired\b|\bphase\b|\bmilestones?\b|\bacceptance\b"
            r"|\bdefinition of done\b|\bgoals?\b"
            r"|\bwork ?items?\b|\btasks?\b|\bimplementation (?:plan|steps)\b"
            r"|\brollout\b|\bbacklog\b|\bto-be\b|\bvision\b",
            Role(planned=True),
        ),
    )
)

_LEAD_ROLES: tuple[tuple[re.Pattern[str], Role], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), role)
    for pattern, role in (
        (
            r"(?:must not|do not|don't|never|may not|should not|avoid|forbidden|prohibited|not allowed)\s*:?\s*$",
            Role(flips=True),
        ),
        (
            r"\bone of\b|\beither\b|\boptions?\b|\balternativ\w+|\bchoices?\b|\bdecide\b|\bif we\b|\bcould\b",
            Role("hypothetical"),
        ),
        (
            r"\bfor example\b|\be\.g\.|\bexamples?\b|\bsuch as\b|\billustrat\w+|\bsample\b|\bwould look\b",
            Role("example"),
        ),
        (
            r"\b(?:before|was|previously|formerly|originally|earlier|old|historical\w*|used to"
            r"|problems?|issues?|symptoms?"
            r"|wrong|bad|legacy|superseded|deprecated)\b[^.]*:?\s*$",
            Role("historical"),
        ),
        (r"\b(?:not|wrong|instead of)\s*:\s*$|❌", Role("rejected")),
        (r"\bquestions?\b|\?\s*$|\bdecide whether\b", Role("question")),
        (r"\b(?:will|plan(?:ned)?|next|todo|to do|steps?|tasks?|need to|follow-?ups?|remaining)\b", Role(planned=True)),
    )
)


@lru_cache(maxsize=50_000)
def heading_role(title: str) -> Role:
    """The role that a heading gives to its section.

    >>> heading_role("3. Problem statement").standing, heading_role("Next steps").planned
    ('historical', True)
    """
    found = next((role for pattern, role in _ROLES if pattern.search(title)), LIVE)
    return found._replace(progress=said) if (said := progress_of_items(title)) else found


@lru_cache(maxsize=50_000)
def lead_role(text: str) -> Role:
    """The role that an introducing line gives to the list, table or block under it.

    >>> lead_role("Services must not:").flips
    True
    """
    found = next((role for pattern, role in _LEAD_ROLES if pattern.search(text)), LIVE)
    return found._replace(progress=said) if (said := progress_of_items(text)) else found


def combine(outer: Role, inner: Role) -> Role:
    """A role inside another: what is not live outside stays so."""
    if inner == LIVE:
        return outer
    standing = outer.standing if outer.standing != "live" else inner.standing
    return Role(standing, outer.planned or inner.planned, outer.flips != inner.flips, inner.progress or outer.progress)


class Section(NamedTuple):
    """A section with everything it hands down to its passages."""

    titles: tuple[str, ...]
    """The document's title and the headings down to this one; a further top heading stands below an empty title."""
    role: Role
    scope: tuple[ScopeTerm, ...]


def sections(page: Page, document: Document, muted: Sequence[tuple[int, int, Standing]] = ()) -> list[Section]:
    """One section per heading, in order; ``muted`` are line ranges whose standing a banner has changed."""
    base_scope = scope_of(_file_words(document.path), "file")
    top = document_role(document)
    out: list[Section] = []
    for heading in page.headings:
        outer = out[heading.parent] if heading.parent >= 0 else Section(("",) if out else (), top, base_scope)
        own = heading_role(heading.title) if heading.level > 1 else LIVE
        for first, last, standing in muted:
            if first <= heading.line <= last:
                own = Role(standing)
        scope = inherit(outer.scope, _heading_scope(heading))
        out.append(Section((*outer.titles, clean_title(heading)), combine(outer.role, own), scope))
    return out


def _heading_scope(heading: Heading) -> tuple[ScopeTerm, ...]:
    """The scope that a heading sets; a title that lists several values of a dimension limits nothing."""
    found = scope_of(heading.title, "heading")
    if heading.level > 1:
        return found
    counts = [t.dimension for t in found]
    return tuple(t for t in found if counts.count(t.dimension) == 1 and t.dimension != "version")


def document_role(document: Document) -> Role:
    """The role of a whole document: what it makes of itself, or history when it tells the changes of a version."""
    if document.standing == "live" and (_LOG.search(document.path) or is_upgrade_guide(document)):
        return Role("historical")
    return Role(document.standing)


_LOG = re.compile(
    r"(?:^|/)(?:[\w.-]*[-_])?(?:changelog|change[-_]log|changes|history|news"
    r"|release[-_]?notes?)(?:[-_.][\w.-]*)?\.(?:md|markdown)$",
    re.IGNORECASE,
)


def is_upgrade_guide(document: Document) -> bool:
    """Whether a document leads from one version to another: what it takes away, other versions may well have."""
    return _UPGRADE.search(document.title) is not None


_UPGRADE = re.compile(
    r"^(?:upgrading|migrating)\b.*?\bv?\d+\.(?:\d|x)|^(?:upgrading|migrating)\b.*?\bv\d"
    r"|\bv\d[\w.]*\s+(?:upgrade|migration)\s+guide\b|\b(?:upgrade|migration)\s+guide\b.*?\bv\d",
    re.IGNORECASE,
)
"""The title of a guide from one version to another: "Upgrading to Relay v2.0"."""


def section_of(page: Page, document: Document, parts: Sequence[Section], passage: Passage) -> Section:
    """The section that governs a passage."""
    if passage.section >= 0:
        return parts[passage.section]
    return Section((), document_role(document), scope_of(_file_words(document.path), "file"))


def clean_title(heading: Heading) -> str:
    """A heading without its numbering.

    >>> clean_title(Heading(1, 2, "2.1) Naming", -1))
    'Naming'
    """
    return re.sub(r"^\W*(?:\d+[a-z]?(?:\.\d+)*[.)]?\s+[-–—]?\s*)?", "", heading.title).strip() or heading.title


def _file_words(path: str) -> str:
    stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return " ".join(w for w in re.split(r"[-_.]", stem) if w.lower() in {"local", "staging", "production", "prod"})


_PHASE = re.compile(
    r"\b(phase|stage|step|wave|milestone|tier|option|ring|layer|sprint|iteration)s?\s+([0-9]+[a-z]?|[A-D]\b)",
    re.IGNORECASE,
)
_VERSION = re.compile(r"\bv(\d+(?:\.\d+)*)\b")
_PLATFORMS = {
    "linux": "linux",
    "windows": "windows",
    "macos": "macos",
    "arm64": "arm64",
    "amd64": "amd64",
    "x86": "amd64",
}
_ACTORS = {
    "human": "human", "humans": "human", "person": "human", "people": "human", "interactive": "human",
    "automated": "automated", "unattended": "automated", "headless": "automated", "external": "external",
    "internal": "internal", "third-party": "third-party", "first-party": "first-party",
}  # fmt: skip
_FAST = re.compile(
    r"\b(?:"
    + "|".join([*ENVIRONMENTS, *_PLATFORMS, *_ACTORS])
    + r"|v\d|phase|stage|step|wave|milestone|tier|option|ring|layer|sprint|iteration)"
)
"""In a text in lower case: without one of these no scope is stated.  Case-sensitive literals are searched fastest."""


@lru_cache(maxsize=100_000)
def scope_of(text: str, source: str) -> tuple[ScopeTerm, ...]:
    """The scope that a text states, sorted.

    >>> scope_of("enabled in dev and staging, Phase 2", "stated")[0]
    ScopeTerm(dimension='environment', value='dev', source='stated')
    """
    if not _FAST.search(text.lower()):
        return ()
    found: set[tuple[str, str]] = set()
    for token in tokens(text):
        low = token.low
        found.update(("environment", e) for e in _environments(low))
        if low in _PLATFORMS:
            found.add(("platform", _PLATFORMS[low]))
        if low in _ACTORS:
            found.add(("actor", _ACTORS[low]))
    if source == "heading":
        found.update(("environment", ENVIRONMENTS[m[1].lower()]) for m in _SITE.finditer(text))
    found.update((m[1].lower(), m[2].lower()) for m in _PHASE.finditer(text))
    found.update(("version", m[1]) for m in _VERSION.finditer(text))
    return tuple(sorted(ScopeTerm(d, v, source) for d, v in found))


_SITE = re.compile(r"\([a-z][\w-]*-(local|dev|staging|prod|production)\)", re.IGNORECASE)
"""What a heading names in brackets after its environment, such as a cluster or namespace: "(mail-staging)"."""


def _environments(low: str) -> Iterable[str]:
    if low in ENVIRONMENTS and low != "test" and low != "stage":
        return (ENVIRONMENTS[low],)
    if "/" in low:
        parts = low.split("/")
        if all(p in ENVIRONMENTS for p in parts):
            return tuple(ENVIRONMENTS[p] for p in parts)
    return ()


def inherit(outer: tuple[ScopeTerm, ...], inner: tuple[ScopeTerm, ...]) -> tuple[ScopeTerm, ...]:
    """Inner scope over outer: on each dimension the nearest statement holds."""
    if not inner or not outer:
        return inner or outer
    named = {term.dimension for term in inner}
    return tuple(sorted((*inner, *(t for t in outer if t.dimension not in named))))


_TITLE_NOISE = re.compile(r"^\W*(?:ADR|RFC|Backlog|Proposal)?[\s#-]*\d+[a-z]?\s*[-–—:.)]*\s*", re.IGNORECASE)


def document_subject(document: Document) -> str:
    """What a document is about, as its title says it: the part before a dash or colon, without its number.

    >>> document_subject(Document("a/7-x.md", "", "7 – Mail gateway: limits"))
    'Mail gateway'
    """
    title = _TITLE_NOISE.sub("", document.title)
    return clean(re.split(r"\s[–—-]\s|:\s|\(", title, maxsplit=1)[0])
