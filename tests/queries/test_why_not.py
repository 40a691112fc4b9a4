"""Two lines are told apart: what was understood of each, under which keys, and what separates them."""

from __future__ import annotations

from naysay.queries.corpus import Corpus, read_texts
from naysay.queries.why_not import why_not

RULES = "# Rules\n\n- No cluster credentials inside the workspace\n- The mail relay is enabled in staging.\n"
ROOMS = "# Rooms\n\n## Human workspaces\n\nThe workspace uses cluster credentials.\n\nIs that so?\n"
RELAY = (
    "# Relay\n\nThe mail relay is disabled in production.\n\n"
    "## Other\n\nThe mail relay is enabled.\n\nThe mail relay uses a queue.\n"
)


class At:
    """A line of a document."""

    def __init__(self, path: str, line: int) -> None:
        self.path = path
        self.line = line


def corpus() -> Corpus:
    return read_texts({"rules.md": RULES, "rooms.md": ROOMS, "relay.md": RELAY})


def told(first: tuple[str, int], second: tuple[str, int]) -> str:
    return "\n".join(why_not(corpus(), At(*first), At(*second)))


def test_a_comparison_names_its_key_and_the_rules_that_report_it() -> None:
    text = told(("rooms.md", 5), ("rules.md", 3))
    assert "compared as act under act|possession|credential" in text
    assert "reported by NS501" in text
    assert "scope: actor=human (heading)" in text


def test_disjoint_scopes_are_the_gate_that_separates() -> None:
    text = told(("rules.md", 4), ("relay.md", 3))
    assert "kept apart by the gate: disjoint scopes: environment staging / production" in text


def test_claims_that_agree_are_said_to() -> None:
    assert "they agree: both affirm it" in told(("rules.md", 4), ("relay.md", 7))


def test_without_a_shared_key_the_nearest_are_named() -> None:
    text = told(("rules.md", 4), ("relay.md", 9))
    assert "no key in common" in text
    assert "nearest keys: state|enabled|relay and existence|relay" in text


def test_a_silence_is_given_with_its_reason() -> None:
    text = told(("rooms.md", 7), ("rules.md", 3))
    assert "no claim: a question" in text
    assert "Nothing to compare" in text


def test_a_line_that_does_not_exist_is_no_fault() -> None:
    assert "the line is blank, markup, or beyond the end" in told(("rules.md", 99), ("rules.md", 3))
    assert "the set has no such document" in told(("none.md", 1), ("rules.md", 3))


def test_the_text_is_the_same_on_every_run() -> None:
    assert told(("rooms.md", 5), ("rules.md", 3)) == told(("rooms.md", 5), ("rules.md", 3))
