"""Claims from tables: row key × column header, status columns and environment matrices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from ..graph.model import Claim, ScopeTerm, Standing
from .context import Role, Section, inherit, scope_of
from .decisions import heads_decisions
from .english import ENVIRONMENTS, PROGRESS, STATES
from .frame import Frame, topic_of
from .page import Page, Passage, Table
from .progress import STATUS_HEADERS, leading_id, progress_of
from .records import status_class
from .standing import passage_standing
from .tasks import state_of_task
from .values import kind_of, normalise
from .words import clean

_DOCUMENT = re.compile(r"\.md(?:#.*)?$|\.markdown$", re.IGNORECASE)
_PLAIN_VALUES = frozenset({"value", "default", "setting", "limit", "amount"})
_ROLE_OF = re.compile(r"^((?:[\w-]+ ){0,2}[\w-]+) (?:of|for) (?:a |an |the |one )?(.+)$")
_REMARK = re.compile(r"\s+\([^()]*\)$")
_REMAINING = re.compile(
    r"\b(?:remaining|pending|outstanding|open|not (?:yet )?(?:started|done|migrated|implemented)"
    r"|to (?:do|migrate|move|fix|implement))\b",
    re.IGNORECASE,
)
_SKIPPED = re.compile(
    r"^(?:notes?|descriptions?|comments?|details?|examples?|links?|references?|rationale|why|what|summary|purpose"
    r"|evidence|action|"
    r"next|remarks?|meaning|explanation|context|usage)\b",
    re.IGNORECASE,
)


def table_claims(path: str, page: Page, table: Table, section: Section, role: Role, lead: str) -> Iterator[Claim]:
    """Every claim of one table."""
    if len(table.rows) < 2:
        return
    cells = [[page.passages[i] if i >= 0 else None for i in row] for row in table.rows]
    header = [c.text.strip() if c else "" for c in cells[0]]
    keys = [row[0].text.strip() if row and row[0] else "" for row in cells[1:]]
    reader = _TableReader(path, section, role, header, lead, len({k for k in keys if k}) == len([k for k in keys if k]))
    for row in cells[1:]:
        yield from reader.row(row)


class _TableReader:
    """Reads the rows of one table under its header."""

    __slots__ = ("header", "lead", "path", "planned", "remaining", "section", "standing", "unique")

    def __init__(self, path: str, section: Section, role: Role, header: Sequence[str], lead: str, unique: bool) -> None:
        self.path = path
        self.section = section
        self.standing: Standing = role.standing
        self.planned = role.planned
        self.header = header
        self.lead = lead
        self.unique = unique
        self.remaining = bool(section.titles and _REMAINING.search(section.titles[-1]))

    def row(self, cells: Sequence[Passage | None]) -> Iterator[Claim]:
        """The claims of one row."""
        key = cells[0]
        if key is None or not clean(key.text):
            return
        row_standing: Standing = passage_standing(key.text) if not key.text.strip().endswith("?") else "live"
        standing: Standing = self.standing if self.standing != "live" else row_standing
        if any(m.kind == "strike" for m in key.marks):
            standing = "historical"
        said = {progress_of(c.text) for c in cells[1:] if c} | {
            "done" for c in cells if c and re.search(r"\bdone\b", c.text, re.IGNORECASE)
        }
        if self.remaining and "done" not in said and (label := leading_id(key.text)):
            yield self._claim(
                key, key, "is-done", label, "", affirmed=False, standing=standing, scope=self.section.scope
            )
        yield from self._task_state(cells, said, standing)
        target = next(
            (m.target for c in cells[:2] if c for m in c.marks if m.kind == "link" and _DOCUMENT.search(m.target)), ""
        )
        for column, cell in enumerate(cells[1:], 1):
            if cell is not None and target and column < len(self.header):
                yield from self._record(cell, self.header[column], target, standing)
            if cell is None or not cell.text.strip() or column >= len(self.header):
                continue
            if heads_decisions(self.header[column]) and len(cell.text.split()) > 2:
                text = cell.text.strip()
                yield self._claim(key, cell, "is-decided", text, "", True, standing, self.section.scope)
            claim = self._cell(key, cell, self.header[column], standing)
            if claim is not None:
                yield claim
                if column == 1 and (turned := self._turned(key, cell, claim)) is not None:
                    yield turned

    def _task_state(self, cells: Sequence[Passage | None], said: set[str], standing: Standing) -> Iterator[Claim]:
        """A row that is done or open, read for what its task does to a thing."""
        marks = said - {""}
        task = cells[1] if len(cells) > 2 and cells[1] else None
        if len(marks) == 1 and task is not None and leading_id(cells[0].text if cells[0] else ""):
            frame = Frame(self.path, self.section, self.section.role, "", "row", "", self.section.scope)
            yield from state_of_task(task.text, marks == {"done"}, task, frame, standing, decided=True)

    def _record(self, cell: Passage, head: str, target: str, standing: Standing) -> Iterator[Claim]:
        """What an index row says of the document it links to."""
        text, name = cell.text.strip(), head.strip().lower()
        if name in {"status", "state"} and status_class(text):
            claim = self._claim(cell, cell, "has-status", text, status_class(text), True, standing, ())
        elif name in {"owner", "owners", "team"} and text:
            claim = self._claim(cell, cell, "open:owner", text, f"name:{text.lower()}", True, standing, ())
        else:
            return
        yield replace(claim, subject=target, subject_from="link", extractor="index")

    def _turned(self, key: Passage, cell: Passage, claim: Claim) -> Claim | None:
        """The row read from its second cell: a table of namespaces by operator also says each operator's namespace."""
        value = normalise(key.text)
        if not (
            self.unique
            and kind_of(value) == "name"
            and kind_of(claim.value) == "name"
            and claim.relation.startswith("open:")
        ):
            return None
        return replace(
            claim,
            span=key.span,
            subject=clean(cell.text),
            relation=f"open:{self.header[0].lower()}",
            object=key.text.strip(),
            value=value,
        )

    def _cell(self, key: Passage, cell: Passage, head: str, standing: Standing) -> Claim | None:
        text = cell.text.strip()
        if _SKIPPED.match(head) or text in {"-", "—", "–", "n/a", "N/A", "?"}:
            return None
        environments = _header_environments(head)
        scope = (
            inherit(self.section.scope, scope_of(self.lead, "lead-in"))
            if self.lead.endswith(":")
            else self.section.scope
        )
        scope = inherit(inherit(scope, scope_of(key.text, "row")), environments)
        said = progress_of(text)
        if STATUS_HEADERS.match(head) or (said and head == ""):
            if not said:
                return None
            return self._claim(key, cell, "is-done", text, "", said == "done", standing, scope)
        if (state := STATES.get(text.lower())) is not None and state.relation not in PROGRESS:
            stated = self._claim(key, cell, f"is-{state.relation}", text.lower(), "", state.positive, standing, scope)
            return replace(stated, marker=text.lower())
        value = normalise(text) or normalise(_REMARK.sub("", text))
        if environments:
            if text.strip()[0] in "✅❌" and len(text) < 30:
                return self._claim(key, cell, "is-enabled", text, "", text.startswith("✅"), standing, scope)
            if not value:
                return None
            relation = f"open:{self._matrix_role(value)}"
        else:
            if not value and len(text.split()) > 4:
                return None
            relation = f"open:{head.lower()}"
            if head.lower() in _PLAIN_VALUES and (match := _ROLE_OF.match(clean(key.text))):
                named = self._claim(key, cell, f"open:{match[1].lower()}", text, value, True, standing, scope)
                return replace(named, subject=clean(match[2]))
        return self._claim(key, cell, relation, text, value, True, standing, scope)

    def _matrix_role(self, value: str) -> str:
        kind = kind_of(value)
        if kind in {"bytes", "duration", "rate", "percent", "cpu"}:
            return "size" if kind == "bytes" else kind
        topic = self.section.titles[-1].lower() if self.section.titles else ""
        return f"{topic} {self.header[0].lower()}".strip()

    def _claim(
        self,
        key: Passage,
        cell: Passage,
        relation: str,
        text: str,
        value: str,
        affirmed: bool,
        standing: Standing,
        scope: tuple[ScopeTerm, ...],
    ) -> Claim:
        label = leading_id(key.text) or clean(key.text) or key.text
        return Claim(
            path=self.path,
            passage=cell.ordinal,
            span=cell.span,
            subject=label,
            relation=relation,
            object=text,
            value=value,
            polarity="affirmed" if affirmed else "denied",
            modality="plan" if self.planned and relation.startswith("open:") else "fact",
            standing=standing,
            scope=scope,
            subject_from="row key" if self.unique else "repeated row key",
            extractor="table",
            topic=topic_of(self.section),
        )


@lru_cache(maxsize=10_000)
def _header_environments(head: str) -> tuple[ScopeTerm, ...]:
    """Scope of a column that is headed by nothing but environments.

    >>> _header_environments("Staging / Prod")  # doctest: +NORMALIZE_WHITESPACE
    (ScopeTerm(dimension='environment', value='production', source='column'),
     ScopeTerm(dimension='environment', value='staging', source='column'))
    """
    words = [
        w
        for w in re.split(r"[\s/,&+]+", re.sub(r"\([^)]*\)", "", head.lower()))
        if w and w not in {"and", "env", "environment", "cluster"}
    ]
    if not words or not all(w in ENVIRONMENTS for w in words):
        return ()
    return tuple(sorted({ScopeTerm("environment", ENVIRONMENTS[w], "column") for w in words}))
