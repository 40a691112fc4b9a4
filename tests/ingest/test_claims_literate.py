"""The claims of ``claims/*.md``: what a reader takes from a passage, and what nobody does.

In a ``claims`` block a line is ``subject | relation | object | polarity | modality | standing``, with ``*`` for a part
that does not matter.  It may go on with ``| scope dimension=value, …``, ``| value …``, ``| condition …``,
``| from …`` or ``| quantifier …``.  Behind ``!`` stands a claim that must not be read.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.literate import DOCUMENT, Case, cases, faults

from naysay.graph.model import Claim
from naysay.ingest.reading import read_document

CASES = list(cases(Path(__file__).with_name("claims"), "claims"))
_NAMED = ("scope", "value", "condition", "from", "quantifier")


def named(case: Case) -> str:
    return f"{case.where}-{case.title}"


def test_the_cases_are_well_formed() -> None:
    assert list(faults(CASES)) == []
    assert [case.where for case in CASES if list(case.documents) not in ([DOCUMENT], list(case.documents)[:1])] == []


@pytest.mark.parametrize("case", CASES, ids=named)
def test_claims(case: Case) -> None:
    ((path, text),) = case.documents.items()
    found = [columns_of(claim) for claim in read_document(path, text, "").claims]
    missing = [line for line in case.expected if line[0] != "!" and not any(fits(line, one) for one in found)]
    unwanted = [line for line in case.expected if line[0] == "!" and any(fits(line[1:], one) for one in found)]
    shown = "\n".join(" | ".join(one.values()) for one in found)
    assert (missing, unwanted) == ([], []), f"{case.where}: read were\n{shown}"


def columns_of(claim: Claim) -> dict[str, str]:
    """A claim by the names of its columns."""
    scope = ", ".join(f"{term.dimension}={term.value}" for term in claim.scope)
    first = (claim.subject, claim.relation, claim.object, claim.polarity, claim.modality, claim.standing)
    last = (scope, claim.value, claim.condition, claim.subject_from, claim.quantifier)
    return dict(
        zip(
            ("subject", "relation", "object", "polarity", "modality", "standing", *_NAMED), (*first, *last), strict=True
        )
    )


def fits(line: str, columns: dict[str, str]) -> bool:
    """Whether a claim is the one that a line describes."""
    parts = [part.strip() for part in line.split("|")]
    named = [part.partition(" ") for part in parts[6:]]
    assert len(parts) >= 6, f"six columns are needed: {line}"
    assert {name for name, _, _ in named} <= set(_NAMED), f"unknown column: {line}"
    wanted = {**dict(zip(columns, parts[:6], strict=False)), **{name: value.strip() for name, _, value in named}}
    return all(value in ("*", columns[name]) for name, value in wanted.items())
