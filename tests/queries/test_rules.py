"""Every shipped rule does what its own file says, is well formed, and asks only for what the vocabulary defines."""

import re
from pathlib import Path

import pytest
from rdflib import Graph

from naysay.graph import iris
from naysay.graph.document_vocabulary import VOCABULARY
from naysay.queries.algorithms import FUNCTIONS
from naysay.queries.candidates import compared
from naysay.queries.corpus import read_texts
from naysay.queries.facts import comparison_facts, document_facts, store_of
from naysay.queries.findings import find_in
from naysay.queries.rule_file import SECTIONS, Case, Rule, load
from naysay.queries.rule_tests import outcomes_of
from naysay.queries.ruleset import by_id, explain, hits_from, hits_of

RULES = load()
QUERIES = [rule for rule in RULES if rule.query]


def named(value: object) -> str:
    return value.id if isinstance(value, Rule) else str(value)


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_the_examples_fire_and_the_counter_examples_do_not(rule: Rule) -> None:
    outcomes = list(outcomes_of(rule, find_in))
    assert [f"{one.where} {one.case}: found {one.found}" for one in outcomes if not one.passed] == []
    assert len([one for one in outcomes if one.must_fire]) >= 2
    assert len([one for one in outcomes if not one.must_fire]) >= 3


def test_the_registry_is_the_list_of_files_in_order(root: Path) -> None:
    names = sorted(path.name for path in (root / "queries" / "rules").glob("*.md"))
    assert [f"{rule.id}-{rule.name}.md" for rule in RULES] == names
    assert sorted(by_id()) == [rule.id for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_a_rule_has_its_sections_in_order(rule: Rule) -> None:
    titles = re.findall(r"^#{1,2} (.+)$", re.sub(r"^````.*?^````$", "", rule.text, flags=re.M | re.S), re.MULTILINE)
    assert titles == [rule.name, *SECTIONS, *(["Query"] if rule.query else [])]
    assert rule.function == "" or rule.function in FUNCTIONS


@pytest.mark.parametrize("rule", QUERIES, ids=named)
def test_a_query_uses_only_terms_of_the_vocabulary(rule: Rule) -> None:
    vocabulary = Graph().parse(VOCABULARY, format="turtle")
    known = {str(subject).removeprefix(iris.VOCABULARY) for subject in vocabulary.subjects()}
    used = set(re.findall(r"\bnv:(\w+)", rule.query))
    assert used
    assert used - known == set()
    assert set(re.findall(r"\b(\w+):\w", re.sub(r'"[^"]*"', "", rule.query))) <= set(iris.PREFIXES)


@pytest.mark.parametrize("rule", QUERIES, ids=named)
def test_another_engine_finds_the_same(rule: Rule) -> None:
    for case in (*rule.examples, *rule.instead):
        lines = facts_of(case)
        graph = Graph().parse(data="\n".join(lines), format="nt")
        rows = ({str(name): str(term) for name, term in row.asdict().items()} for row in graph.query(  # type: ignore[union-attr]
            rule.query, initNs=iris.PREFIXES))  # fmt: skip
        assert list(hits_from(rule.id, rows)) == list(hits_of(rule, store_of(lines)))


def facts_of(case: Case) -> list[str]:
    linkage = read_texts(case.documents).linkage
    return [*comparison_facts(compared(linkage)), *document_facts(linkage)]


def test_a_rule_explains_itself() -> None:
    text = explain("NS501")
    assert text.startswith("# NS501 missing-scope (error)\n")
    assert "## Why it hurts" in text
    with pytest.raises(KeyError):
        explain("NS999")
