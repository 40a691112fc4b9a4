"""A project's own rules see the facts, and cannot do harm."""

from pathlib import Path

import pytest
from tests.queries.test_rule_files import RULE, write

from naysay.queries.candidates import compared
from naysay.queries.corpus import read_texts
from naysay.queries.outcome import Limits
from naysay.queries.project_rules import project_hits
from naysay.queries.rule_file import RuleError
from naysay.queries.ruleset import Hit

DOCUMENTS = {
    "docs/plan.md": '# Plan\n\n**Status:** Accepted\n\n- Do not use the term "post office"; write "mail gateway".\n',
    "docs/sign-in.md": "# Sign-in\n\nThe post office checks the certificate. See [plan](plan.md).\n",
}
QUERY = RULE[RULE.index("SELECT") : RULE.rindex("```")]


def hits(folder: Path, query: str) -> tuple[Hit, ...]:
    linkage = read_texts(DOCUMENTS).linkage
    place = write(folder, RULE.replace(QUERY, query + "\n"))
    return project_hits(place, compared(linkage), linkage, Limits(seconds=2.0))[1]


def test_a_rule_over_documents(tmp_path: Path) -> None:
    (only,) = hits(tmp_path, QUERY)
    assert (only.rule, only.sides, only.why) == ("TEAM01", ("urn:naysay:docs:docs/sign-in.md",), "no status")


def test_a_rule_over_references(tmp_path: Path) -> None:
    query = 'SELECT ?a ?b WHERE { ?a a nv:Reference ; nv:to ?b ; nv:state "resolved" }'
    (only,) = hits(tmp_path, query)
    assert only.sides == ("urn:naysay:docs:docs/sign-in.md#reference-L3.46-L3.50", "urn:naysay:docs:docs/plan.md")


def test_a_rule_over_uses_of_terms(tmp_path: Path) -> None:
    query = 'SELECT ?side ?why WHERE { ?side a nv:TermUse ; nv:manner "live" ; nv:usedLabel ?why }'
    (only,) = hits(tmp_path, query)
    assert (only.sides, only.why) == (("urn:naysay:docs:docs/sign-in.md#use-L3.5-L3.16",), "post office")


@pytest.mark.parametrize(
    ("query", "line", "message"),
    [
        ("SELECT * {\n  SERVICE <http://example.org/> { ?side ?p ?o }\n}", 1, "SERVICE is refused"),
        ("SELECT ?side {\n  ?side a }", 1, "expected"),
        ("ASK { ?s ?p ?o }", 0, "a rule must be a SELECT"),
        ("SELECT (COUNT(*) AS ?side) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }", 0, "ended"),
    ],
)
def test_what_cannot_run_is_told_with_its_line(tmp_path: Path, query: str, line: int, message: str) -> None:
    first = RULE.split("\n").index("SELECT ?side ?why WHERE {") + 1
    with pytest.raises(RuleError) as caught:
        hits(tmp_path, query)
    (fault,) = caught.value.faults
    assert (fault.rule, fault.line) == ("NS012", first + line)
    assert message in fault.message
