"""Claims from what stands as a sentence in a table cell, with the row's key for its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..graph.model import Claim
from .context import LIVE, Role, Section, combine, heading_role, inherit, lead_role, scope_of
from .frame import Frame
from .page import Page, Passage, Table
from .prose import prose_claims
from .standing import passage_standing
from .words import clean

_SHORTEST = 4
_SUPPOSED = re.compile(
    r"^(?:symptoms?|errors?|causes?|root|problems?|issues?|risks?|impacts?|threats?|failures?|if|when|before)\b", re.I
)
"""Heads of columns whose cells tell what may be, or what was wrong."""
_LONGEST_KEY = 6


def cell_claims(path: str, page: Page, table: Table, section: Section, role: Role) -> Iterator[Claim]:
    """Every claim that a cell of one table makes in words of its own."""
    if len(table.rows) < 2:
        return
    heads = [page.passages[i].text.strip() if i >= 0 else "" for i in table.rows[0]]
    roles = [_column_role(role, head) for head in heads]
    scopes = [scope_of(head, "column") for head in heads]
    for row in table.rows[1:]:
        key = page.passages[row[0]] if row and row[0] >= 0 else None
        if key is None or not clean(key.text) or any(m.kind == "strike" for m in key.marks):
            continue
        base = _row_frame(path, section, key)
        for column, index in enumerate(row[1 : len(heads)], 1):
            cell = page.passages[index] if index >= 0 else None
            if cell is None or cell.text.count(" ") < _SHORTEST - 1 or roles[column].standing != "live":
                continue
            scope = inherit(base.scope, scopes[column])
            for claim in prose_claims(cell, base._replace(role=combine(base.role, roles[column]), scope=scope)):
                yield replace(claim, extractor="cell") if claim.extractor == "prose" else claim


def _column_role(role: Role, head: str) -> Role:
    """What a column's head makes of its cells: a problem, an option, a plan."""
    if _SUPPOSED.match(head):
        return Role("hypothetical")
    own = heading_role(head)
    return combine(role, lead_role(f"{head}:") if own == LIVE else own)


def _row_frame(path: str, section: Section, key: Passage) -> Frame:
    standing = passage_standing(key.text)
    subject = clean(key.text)
    own = subject if len(subject.split()) <= _LONGEST_KEY else ""
    scope = inherit(section.scope, scope_of(key.text, "row"))
    return Frame(path, section, Role(standing), own, "row key", "", scope)
