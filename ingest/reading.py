"""Reading one document: a pure function of its path and text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..graph.model import Claim, Document, Reading, Silence, SilenceReason, Span, Standing
from .banners import banner_reach
from .cells import cell_claims
from .choices import fence_choices, may_choose, passage_choices
from .closed_lists import may_close
from .context import (
    LIVE,
    Role,
    Section,
    combine,
    document_role,
    document_subject,
    heading_role,
    inherit,
    is_upgrade_guide,
    lead_role,
    scope_of,
    section_of,
    sections,
)
from .counts import count_claims
from .document import describe
from .english import FINITE, MODALS
from .enumerations import ListItems, column_enumerations, inline_enumerations, listed_enumeration
from .frame import Frame, topic_of
from .front_matter import entries
from .labels import label_evidence, mentions
from .markdown import parse
from .metadata import is_metadata, read_metadata
from .page import Fence, Page, Passage, Table
from .paths import PathReader, has_variable
from .prose import prose_claims
from .records import own_records
from .references import references
from .retirements import retirements
from .standing import passage_standing, silence_reason
from .structured import KeyValue, key_values
from .tables import table_claims
from .tasks import task_claims
from .values import normalise
from .versions import any_version, version_claims
from .wholes import whole_claims
from .words import clean, phrase, tokens

EXTRACTOR_VERSION = "4"
"""Part of every cache key: raised whenever the same text would be read differently."""

_GENERIC_HEADINGS = re.compile(
    r"^(?:overview|summary|context|background|introduction|intent|purpose|scope|notes?|decisions?|status"
    r"|details?|requirements?|"
    r"rationale|motivation|description|implementation|design|architecture|references?|related(?: \w+)?|see also"
    r"|appendix|constraints?|"
    r"principles?|rules?|policy|policies|contract|behaviou?r|usage|configuration|validation|verification|testing"
    r"|security|"
    r"dependencies|outcomes?|results?|consequences|solution|approach|current state|target(?: state)?"
    r"|why|how|what)\b[^a-z]*$",
    re.IGNORECASE,
)


def read_document(path: str, text: str, digest: str) -> Reading:
    """Everything that one document says: its identity, claims, silences, references and names."""
    if is_metadata(path):
        return read_metadata(path, text, digest)
    page = parse(text, path)
    front, front_diagnostics = entries(page.front, 2) if page.front else ((), ())
    document = describe(path, digest, page, front)
    reader = _Reader(page, document)
    claims = (*own_records(page, document, front), *reader.claims())
    return Reading(
        document=document,
        claims=claims,
        silences=tuple(reader.silences),
        references=tuple(references(page)),
        evidence=() if reader.is_log else tuple(e for p in page.passages for e in label_evidence(path, p)),
        mentions=tuple(dict.fromkeys(mentions(page, document.title))),
        retirements=()
        if is_upgrade_guide(document)
        else tuple(dict.fromkeys(r for p in page.passages for r in retirements(p))),
        diagnostics=page.diagnostics + tuple(d._replace(path=path) for d in front_diagnostics),
    )


class _Reader:
    """Walks one page and lets each extractor see what governs its passage."""

    def __init__(self, page: Page, document: Document) -> None:
        self.page = page
        self.document = document
        banners = banner_reach(page)
        self.banner_lines = frozenset(n for b in banners for n in range(b.line, b.end_line + 1))
        muted: list[tuple[int, int, Standing]] = [
            (b.line, b.end_line, b.standing) for b in banners if b.scope == "section"
        ]
        self.parts = sections(page, document, _section_ranges(page, muted))
        self.subject = document_subject(document)
        self.is_log = document_role(document).standing != document.standing
        """A log of changes or an upgrade guide: what it tells is history, and names are not learned from it."""
        self.path_reader = PathReader(document.path)
        self.frames: dict[int, Frame] = {}
        self.outer: dict[int, Frame] = {}
        self.silences: list[Silence] = []
        self.items = ListItems(page)

    def claims(self) -> Iterator[Claim]:
        """Claims in document order; passages without one go to the silences."""
        for passage in self.page.passages:
            if passage.kind == "cell":
                yield from self._anywhere(passage)
                continue
            found = [*self._passage(passage), *self._anywhere(passage)]
            if found:
                yield from found
            else:
                frame = self.frame(passage)
                reason = silence_reason(passage, _passage_standing(frame.role, passage))
                self.silences.append(Silence(passage.span.line, passage.span.end_line, reason))
        yield from count_claims(self.document.path, self.page, self.parts)
        for table in self.page.tables:
            yield from self._table(table)
        for fence in self.page.fences:
            yield from self._fence(fence)
        yield from whole_claims(self.page, self.document, [part.role.standing for part in self.parts])

    def _passage(self, passage: Passage) -> Iterator[Claim]:
        frame = self.frame(passage)
        standing = _passage_standing(frame.role, passage)
        yield from task_claims(passage, frame, standing)
        if passage.kind != "heading":
            yield from prose_claims(passage, frame)

    def _anywhere(self, passage: Passage) -> Iterator[Claim]:
        """What is said in cells as in running text: paths with a variable part, versions, complete lists."""
        if has_variable(passage.text):
            frame = self.frame(passage)
            yield from self.path_reader.passage(passage, frame, _passage_standing(frame.role, passage))
        if any_version(passage.text):
            frame = self.frame(passage)
            yield from version_claims(passage, frame, _passage_standing(frame.role, passage))
        if may_choose(passage.text):
            frame = self.frame(passage)
            yield from passage_choices(passage, frame, _passage_standing(frame.role, passage))
        if may_close(passage.text):
            frame = self.frame(passage)
            standing = _passage_standing(frame.role, passage)
            yield from inline_enumerations(passage, frame, standing)
            yield from listed_enumeration(passage, self.items, frame, standing)

    def _table(self, table: Table) -> Iterator[Claim]:
        lead = self.page.passages[table.lead].text if table.lead >= 0 else ""
        section = self._section(table.section)
        role = combine(section.role, lead_role(lead) if lead.endswith(":") else LIVE)
        seen: set[int] = set()
        for claim in table_claims(self.document.path, self.page, table, section, role, lead):
            seen.add(claim.span.line)
            yield claim
        for claim in cell_claims(self.document.path, self.page, table, section, role):
            seen.add(claim.span.line)
            yield claim
        for claim in column_enumerations(self.document.path, self.page, table, section, role):
            seen.add(claim.span.line)
            yield claim
        for row in table.rows:
            first = next((i for i in row if i >= 0), None)
            if first is not None and (line := self.page.passages[first].span.line) not in seen:
                reason: SilenceReason = "label" if row is table.rows[0] else "unparsed"
                self.silences.append(Silence(line, line, reason))

    def _fence(self, fence: Fence) -> Iterator[Claim]:
        section = self._section(fence.section)
        lead = self.page.passages[fence.lead].text if fence.lead >= 0 else ""
        role = combine(section.role, lead_role(lead) if lead.rstrip().endswith(":") else LIVE)
        scope = inherit(section.scope, scope_of(lead, "lead-in"))
        lines: set[int] = set()
        for pair in key_values(fence):
            if not pair.path:
                continue
            lines.add(pair.line)
            standing: Standing = "rejected" if pair.example_bad else role.standing
            yield Claim(
                path=self.document.path,
                passage=-1,
                span=_pair_span(pair),
                subject=".".join(pair.path[:-1]) or self.subject,
                relation=f"open:{pair.path[-1]}",
                object=pair.value,
                value=normalise(pair.value),
                standing=standing,
                scope=scope,
                subject_from="key path",
                extractor="code",
                topic=topic_of(section),
            )
        frame = Frame(self.document.path, section, role, "", "", "", scope)
        yield from fence_choices(fence, frame, role.standing)
        if has_variable(fence.text):
            for claim in self.path_reader.fence(fence, frame, role.standing):
                lines.add(claim.span.line)
                yield claim
        last = fence.line + fence.text.count("\n") if fence.text else fence.line - 1
        self.silences.extend(Silence(n, n, "code") for n in range(fence.line, last + 1) if n not in lines)

    def _section(self, index: int) -> Section:
        if index >= 0:
            return self.parts[index]
        return Section((), document_role(self.document), ())

    def frame(self, passage: Passage) -> Frame:
        """What governs a passage, its lead-in's and parents' words included."""
        known = self.frames.get(passage.ordinal)
        if known is None:
            known = self._frame(passage)
            if passage.span.line in self.banner_lines and known.role.standing in {"superseded", "historical"}:
                known = known._replace(role=LIVE)
            self.frames[passage.ordinal] = known
        return known

    def _frame(self, passage: Passage) -> Frame:
        outer = self.outer.get(passage.section) or self._outer(passage)
        above = passage.parent if passage.parent >= 0 else passage.lead
        if above < 0 or above == passage.ordinal:
            return outer
        lead = self.page.passages[above]
        if passage.parent >= 0:
            outer = self.frame(lead)
            outer = outer._replace(role=combine(outer.role, Role(passage_standing(lead.text))), verb="")
        text = lead.text.strip()
        if not text.endswith(":") and passage.parent < 0:
            return outer
        return self._under_lead(outer, text)

    def _outer(self, passage: Passage) -> Frame:
        """What the section of a passage hands down, kept for the next of its passages."""
        section = section_of(self.page, self.document, self.parts, passage)
        subject, source = self._section_subject(section)
        made = Frame(self.document.path, section, section.role, subject, source, "", section.scope)
        self.outer[passage.section] = made
        return made

    def _under_lead(self, outer: Frame, text: str) -> Frame:
        role = combine(outer.role, lead_role(text))
        subject, verb = _lead_subject(text)
        scope = inherit(outer.scope, scope_of(text, "lead-in"))
        if subject:
            return outer._replace(role=role, subject=subject, subject_from="lead-in", verb=verb, scope=scope)
        return outer._replace(role=role, scope=scope)

    def _section_subject(self, section: Section) -> tuple[str, str]:
        for title in reversed(section.titles[1:]):
            if heading_role(title) == LIVE and not _GENERIC_HEADINGS.match(title) and len(title.split()) <= 6:
                return clean(title), "heading"
        return self.subject, "title"


def _passage_standing(role: Role, passage: Passage) -> Standing:
    return role.standing if role.standing != "live" else passage_standing(passage.text)


@lru_cache(maxsize=1_000)
def _lead_subject(text: str) -> tuple[str, str]:
    """Subject and verb that a lead-in such as "The cluster enforces:" lends to its items."""
    words = [t for t in tokens(text.rstrip(": ")) if t.text not in ',;()“”"']
    if not words or len(words) > 9:
        return "", ""
    last = words[-1].low
    if last in FINITE and len(words) > 1 and words[0].low not in {"to", "if"}:
        return clean(text[: words[-1].start]), FINITE[last]
    modal = next((i for i, w in enumerate(words) if w.low in MODALS), 0)
    if modal:
        return clean(text[: words[modal].start]), ""
    if len(words) <= 5 and phrase(text).terms and not any(w.low in FINITE for w in words[1:]):
        return clean(text), ""
    return "", ""


def _section_ranges(page: Page, banners: list[tuple[int, int, Standing]]) -> list[tuple[int, int, Standing]]:
    """The whole range of lines of each section in which a banner stands."""
    out: list[tuple[int, int, Standing]] = []
    for line, _, standing in banners:
        above = [i for i, h in enumerate(page.headings) if h.line <= line]
        if above:
            heading = page.headings[above[-1]]
            after = next((h.line for h in page.headings[above[-1] + 1 :] if h.level <= heading.level), page.lines + 1)
            out.append((heading.line, after - 1, standing))
    return out


def _pair_span(pair: KeyValue) -> Span:
    return Span(pair.line, pair.column, pair.line, pair.end_column)
