"""Hits from solutions, and each set of statements reported once."""

from dataclasses import replace

from naysay.graph.model import Span
from naysay.queries.facts import Place, place_iri, place_of, store_of
from naysay.queries.rule_file import load
from naysay.queries.ruleset import Hit, hits_from, reported, run

RULES = load()


def hit(rule: str, *sides: str) -> Hit:
    return Hit(rule, "", sides, "why")


def test_the_most_specific_rule_reports() -> None:
    found = [hit("NS101", "a", "b"), hit("NS501", "b", "a"), hit("NS302", "a", "b"), hit("NS101", "c", "d")]
    assert [(one.rule, one.sides, one.also) for one in reported(found, RULES)] == [
        ("NS501", ("b", "a"), ("NS101", "NS302")),
        ("NS101", ("c", "d"), ()),
    ]


def test_supersession_reaches_through() -> None:
    rules = [replace(rule, supersedes=("NS302",) if rule.id == "NS501" else rule.supersedes) for rule in RULES]
    (only,) = reported([hit("NS101", "a", "b"), hit("NS501", "a", "b")], rules)
    assert (only.rule, only.also) == ("NS501", ("NS101",))


def test_of_two_unrelated_rules_the_lower_id_reports() -> None:
    (only,) = reported([hit("NS403", "a", "b"), hit("NS402", "a", "b")], RULES)
    assert (only.rule, only.also) == ("NS402", ("NS403",))


def test_solutions_with_the_same_sides_are_one_hit() -> None:
    rows = [
        {"a": "x", "b": "y", "comparison": "urn:naysay:comparison:10", "witness": "environment=dev", "why": "late"},
        {"a": "x", "b": "y", "comparison": "urn:naysay:comparison:9", "witness": "actor=human; a=1", "why": "early"},
    ]
    (only,) = hits_from("NS501", rows)
    assert only.comparison == "urn:naysay:comparison:9"
    assert only.why == "early"
    assert only.witness == (("a", "1"), ("actor", "human"), ("environment", "dev"))


def test_sides_of_one_group_are_one_hit() -> None:
    rows = [{"side": "y", "group": "g"}, {"side": "x", "group": "g"}, {"side": "z"}]
    assert [one.sides for one in hits_from("TEAM01", rows)] == [("x", "y"), ("z",)]


def test_a_store_without_facts_has_no_hits() -> None:
    assert list(run(RULES, store_of([]))) == []


def test_the_iri_of_a_place_gives_it_back() -> None:
    span = Span(3, 2, 4, 9)
    assert place_of(place_iri("a b/é.md", span, "use")) == Place("a b/é.md", span)
    assert place_of("urn:naysay:docs:a.md#claim-00") is None
    assert place_of("urn:naysay:docs:a.md") == Place("a.md", Span(1, 1, 1, 1))
