"""Where references that lead nowhere should lead: to the renamed document, to the heading that was reworded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from posixpath import normpath, relpath
from typing import NamedTuple
from urllib.parse import quote, unquote

from ..graph.model import Document, Reference
from ..ingest.document import identity
from ..ingest.library import slugs
from ..ingest.markdown import parse
from ..ingest.metadata import is_metadata
from ..ingest.placement import Placement
from ..ingest.rewriting import Edit
from .dangling import is_excerpt, is_live, lapses, lost_anchor, nearest_name
from .lines import line_starts
from .linkage import Citation, Linkage
from .repairs import REFERENCE, Excused, Left, Repair, offset_of

ALIKE = 0.85
"""Least likeness of two words, as ``difflib`` measures it, that may be one word misspelt."""
NEAREST = "the nearest name, perhaps another document"
_OPENS = re.compile(r"[\s*_~`]*\]\([ \t]*\n?[ \t]*<?")
_MARKS = re.compile(r"\.(?:md|mdx|markdown)$", re.IGNORECASE)


def _nothing_there(_: str) -> bool:
    return False


class Around(NamedTuple):
    """What is known besides the documents."""

    moved: Mapping[str, str] = {}
    """Paths that are gone to those they were renamed to, as git tells."""
    exists: Callable[[str], bool] = _nothing_there
    """Whether there is a file at a path, read or not."""


ALONE = Around()
"""Nothing is known besides."""


class _Aim(NamedTuple):
    """Where a reference should lead."""

    path: str = ""
    anchor: str = ""
    caution: str = ""
    fault: str = ""
    """Why it is not known; empty when it is."""


def reference_repairs(linkage: Linkage, standing: Excused = (), around: Around = ALONE) -> Iterator[Repair | Left]:
    """The target for each live reference that leads nowhere, or only by its base name, unless it may stand."""
    excused: set[tuple[str, str]] = set()
    seen: set[tuple[str, str]] = set()
    for citation, told in _at_fault(linkage, around):
        key = (citation.path, citation.reference.target)
        if key not in seen:
            seen.add(key)
            if (REFERENCE, citation.path, citation.reference.span.line) in standing:
                excused.add(key)
        if key not in excused:
            yield from _mended(citation, told, linkage, around)


def _at_fault(linkage: Linkage, around: Around) -> Iterator[tuple[Citation, bool]]:
    """References to mend, and whether ``check`` tells of them."""
    told = [lapse.citation for lapse in lapses(linkage)]
    known = {id(citation) for citation in told}
    yield from ((citation, True) for citation in told)
    for citation in () if is_excerpt(linkage) else linkage.citations:
        if id(citation) not in known and _has_moved(citation, around) and is_live(citation, linkage):
            yield citation, False


def _has_moved(citation: Citation, around: Around) -> bool:
    """Whether a link leads to nothing, and its document is known to stand elsewhere."""
    if citation.reference.kind != "link":
        return False
    if citation.resolution.path:
        return citation.resolution.how == "unique base name"
    return place_of(citation) in around.moved


def _mended(citation: Citation, told: bool, linkage: Linkage, around: Around) -> Iterator[Repair | Left]:
    path, reference, _ = citation
    if place_of(citation) != citation.resolution.path and around.exists(place_of(citation)):
        return
    aim = _aim(citation, linkage, around)
    target = "" if aim.fault else _spelled(citation, aim, linkage)
    fault = aim.fault or ("" if target else "no way to write the target leads there")
    edits = () if fault else tuple(_edits(citation, target, linkage.texts[path]))
    if not edits:
        if told:
            why = fault or "its target cannot be made out in the source"
            yield Left(path, reference.span.line, REFERENCE, f"{reference.target}: {why}")
        return
    caution = aim.caution or _caution(citation, linkage)
    for edit in edits:
        old = linkage.texts[path][edit.start : edit.end]
        yield Repair(path, edit, reference.span.line, REFERENCE, old, caution)


def place_of(citation: Citation) -> str:
    """The path that a reference names as it is written, seen from its own document."""
    folder = citation.path.rpartition("/")[0]
    target = unquote(citation.reference.target.partition("#")[0].partition("?")[0])
    return normpath(f"{folder}/{target}" if folder else target) if target else citation.path


def _aim(citation: Citation, linkage: Linkage, around: Around) -> _Aim:
    anchor = citation.reference.target.partition("#")[2]
    if citation.resolution.path:
        path, caution, fault = citation.resolution.path, "", ""
    else:
        path, caution, fault = _successor(citation, linkage, around.moved)
    if fault or not anchor:
        return _Aim(path, anchor, caution, fault)
    there = citation._replace(resolution=citation.resolution._replace(path=path, state="resolved"))
    if not lost_anchor(there, linkage):
        return _Aim(path, anchor, caution)
    near = near_anchors(anchor, linkage.document(path))
    if len(near) == 1:
        return _Aim(path, near[0], caution)
    return _Aim(fault=f"several sections of {path} are alike" if near else f"no section of {path} is alike")


def _successor(citation: Citation, linkage: Linkage, moved: Mapping[str, str]) -> tuple[str, str, str]:
    """(path, caution, fault) of the document that a missing one has become."""
    target = unquote(citation.reference.target.partition("#")[0].partition("?")[0])
    now = {moved[place] for place, _ in linkage.library.places(citation.path, target) if place in moved}
    now &= set(linkage.readings)
    if len(now) == 1:
        return now.pop(), "", ""
    same = [path for path in linkage.readings if folded_name(path) == folded_name(target) and not is_metadata(path)]
    if len(same) == 1:
        return same[0], "", ""
    if same or now:
        return "", "", "several documents may be meant"
    near = nearest_name(citation.reference.target, linkage)
    if near and identity(target)[0] in ("", linkage.document(near).number):
        return near, NEAREST, ""
    several = len(citation.resolution.candidates) > 1
    return "", "", "several documents have this number" if several else "no document has a name like it"


def folded_name(path: str) -> str:
    """A file name without what differs when it is only written another way.

    >>> folded_name("docs/12_Mail Queue.markdown") == folded_name("12-mail-queue.md")
    True
    """
    return re.sub(r"[-_ ]+", "-", _MARKS.sub("", path.rpartition("/")[2]).casefold())


def near_anchors(anchor: str, document: Document) -> list[str]:
    """Anchors of headings that differ from one in no more than a slip of the pen; of equal ones the first.

    >>> from ..graph.model import Heading
    >>> page = Document("a.md", "", "A", headings=(Heading(1, 1, "Not supported", -1), Heading(3, 1, "Limits", -1)))
    >>> near_anchors("limit", page), near_anchors("supported", page)
    (['limits'], [])
    """
    wanted = _words(unquote(anchor))
    found = [slug for slug in slugs(document.headings) if _same_words(wanted, _words(slug))]
    exact = [slug for slug in found if _words(slug) == wanted]
    return exact or found


def _words(anchor: str) -> list[str]:
    return re.findall(r"[^\W_]+", anchor.lower())


def _same_words(some: list[str], others: list[str]) -> bool:
    return bool(some) and len(some) == len(others) and all(map(_same_word, some, others))


def _same_word(one: str, other: str) -> bool:
    """Whether two words are one, in another number or misspelt; short words and numbers must be equal.

    >>> _same_word("limit", "limits"), _same_word("supported", "unsupported"), _same_word("v1", "v2")
    (True, False, False)
    """
    if one == other:
        return True
    if not (one.isalpha() and other.isalpha()) or min(len(one), len(other)) < 4 or one[0] != other[0]:
        return False
    if one in (f"{other}s", f"{other}es") or other in (f"{one}s", f"{one}es"):
        return True
    return min(len(one), len(other)) > 6 and SequenceMatcher(None, one, other, False).ratio() >= ALIKE


def _spelled(citation: Citation, aim: _Aim, linkage: Linkage) -> str:
    """The target as its author would have written it; empty when no way to write it leads there."""
    before, _, rest = citation.reference.target.partition("#")
    path, query, more = before.partition("?")
    for written in _ways(citation, path, aim.path, linkage) if path else ("",):
        target = f"{written}{query}{more}" + (f"#{aim.anchor}" if rest else "")
        if target != citation.reference.target and _leads(
            replace(citation.reference, target=target), citation, aim, linkage
        ):
            return target
    return ""


def _ways(citation: Citation, old: str, new: str, linkage: Linkage) -> Iterator[str]:
    """Spellings of a path in the manner of the old one, that manner first."""
    if citation.resolution.state == "resolved" and citation.resolution.how != "unique base name":
        yield old
        return
    encoded = quote(new, safe="/~!@$&'*+,;=:") if citation.reference.kind in {"link", "anchor"} else new
    if old.startswith("/"):
        yield f"/{encoded}"
        return
    for leading in linkage.library.leading:
        if old.lstrip("./").startswith(f"{leading}/"):
            yield old[: old.index(leading)] + f"{leading}/{encoded}"
    if citation.reference.kind != "link":
        if "/" not in old:
            yield encoded.rpartition("/")[2]
        elif linkage.library.folders & {old.partition("/")[0]}:
            yield encoded
    folder = citation.path.rpartition("/")[0]
    way = relpath(encoded, quote(folder, safe="/~!@$&'*+,;=:") if encoded != new else folder) if folder else encoded
    yield f"./{way}" if old.startswith("./") and not way.startswith("../") else way


def _leads(reference: Reference, citation: Citation, aim: _Aim, linkage: Linkage) -> bool:
    """Whether a reference leads where it should; a link also where it is clicked."""
    found = linkage.library.resolve(citation.path, reference)
    by_name = found.how == "unique base name" and reference.kind == "link"
    there = found.path == aim.path and not by_name
    return there and not lost_anchor(Citation(citation.path, reference, found), linkage)


def _edits(citation: Citation, target: str, text: str) -> Iterator[Edit]:
    """Where the target stands in the source, and the text of a link that is nothing but the old name."""
    reference = citation.reference
    starts = line_starts(text)
    start = offset_of(starts, reference.span.line, reference.span.column)
    end = offset_of(starts, reference.span.end_line, reference.span.end_column)
    old = reference.target
    if reference.kind == "path":
        if text[start:end] == old:
            yield Edit(start, end, target)
        return
    opened = _OPENS.match(text, end)
    if opened and re.compile(re.escape(old) + r"(?=[\s)>])").match(text, opened.end()):
        yield Edit(opened.end(), opened.end() + len(old), target)
        label = _relabelled(text[start:end], old, target) if text[end : end + 1] == "]" else ""
        if label:
            yield Edit(start, end, label)
        return
    defined = re.compile(rf"^[ \t>]{{0,12}}\[[^\]\n]+\]:[ \t]*<?({re.escape(old)})(?=[\s>]|\Z)", re.MULTILINE)
    found = list(defined.finditer(text))
    if len(found) == 1 and not (opened and text[opened.start() : opened.end()].lstrip("*_~`").startswith("](")):
        yield Edit(found[0].start(1), found[0].end(1), target)


def _relabelled(label: str, old: str, new: str) -> str:
    """The new text of a link whose text is the name of its file; empty when it stays.

    >>> _relabelled("12-limits.md", "a/12-limits.md#top", "b/12-quotas.md#top"), _relabelled("limits", "a.md", "b.md")
    ('12-quotas.md', '')
    """
    before, after = (target.partition("#")[0].rpartition("/")[2] for target in (old, new))
    named = label in (old, old.partition("#")[0], before)
    return label.replace(before, after) if named and before and before != after else ""


def _caution(citation: Citation, linkage: Linkage) -> str:
    """Why a person should look at the place first."""
    path, reference, _ = citation
    if is_metadata(path):
        return "in metadata"
    place = Placement(parse(linkage.texts[path], path)).at(reference.span)
    if place.kind == "quote":
        return "in a quotation"
    return "in code" if place.kind == "code" and reference.kind == "path" else ""
