"""Front matter is read as text with positions, and nothing in it can stop a run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naysay.ingest.front_matter import MAX_CHARACTERS, MAX_DEPTH, entries


def values(text: str) -> list[tuple[str, str]]:
    return [(entry.key, entry.value) for entry in entries(text, 2)[0]]


@pytest.mark.parametrize("scalar", ["NO", "12:30", "1_000", "1.10", "2026-01-05", "~", "0x1F", "yes"])
def test_a_value_is_never_typed(scalar: str) -> None:
    assert values(f"key: {scalar}") == [("key", scalar)]


def test_keys_of_nested_mappings_are_dotted_and_list_items_share_theirs() -> None:
    text = "team:\n  name: Lime\n  members:\n    - Kim\n    - role: lead\n"
    assert values(text) == [("team.name", "Lime"), ("team.members", "Kim"), ("team.members.role", "lead")]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_positions_are_those_of_the_document(newline: str) -> None:
    text = newline.join(["title: Plan 𝒳", "tags: [one, 'two']", ""])
    found, diagnostics = entries(text, 2)
    spots = [(entry.line, entry.column, entry.end_line, entry.end_column) for entry in found]
    assert spots == [(2, 8, 2, 14), (3, 8, 3, 11), (3, 13, 3, 18)]
    assert diagnostics == ()


def test_a_line_separator_inside_a_value_does_not_shift_later_lines() -> None:
    found, _ = entries('a: "x\u2028y"\nb: z\n', 2)
    assert (found[-1].line, found[-1].column) == (3, 4)


def test_a_block_scalar_ends_with_its_last_text() -> None:
    found, _ = entries("note: |\n  one\n  two\n\nnext: x\n", 2)
    assert (found[0].value, found[0].end_line, found[0].end_column) == ("one\ntwo\n", 4, 6)


@pytest.mark.parametrize(
    ("text", "line", "kept"),
    [
        ("base: &b\n  x: 1\nuse: *b\nlast: y\n", 2, [("base.x", "1"), ("last", "y")]),
        ("a: 1\nb:\n  <<: {c: 2}\n", 4, [("a", "1"), ("b.<<.c", "2")]),
    ],
)
def test_anchors_aliases_and_merge_keys_are_refused_and_the_rest_is_read(
    text: str, line: int, kept: list[tuple[str, str]]
) -> None:
    found, diagnostics = entries(text, 2)
    assert [(entry.key, entry.value) for entry in found] == kept
    assert [(one.rule, one.line) for one in diagnostics] == [("NS001", line)]


def test_an_alias_bomb_costs_nothing() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    found, diagnostics = entries("\n".join(lines), 2)
    assert (len(found), len(diagnostics)) == (2, 1)


def test_a_key_given_twice_is_reported_at_the_second() -> None:
    found, diagnostics = entries("status: draft\nowner: Kim\nstatus: final\n", 2)
    assert [entry.value for entry in found] == ["draft", "Kim", "final"]
    assert [(one.rule, one.line) for one in diagnostics] == [("NS001", 4)]
    assert "'status'" in diagnostics[0].message


def test_broken_yaml_gives_one_diagnostic_and_its_plain_lines() -> None:
    found, diagnostics = entries("title: Plan: part two\nstatus: draft\nlist: [a\n", 2)
    assert [(entry.key, entry.value) for entry in found] == [("title", "Plan: part two"), ("status", "draft")]
    assert [(one.rule, one.line) for one in diagnostics] == [("NS001", 2)]
    assert "quotes" in diagnostics[0].message


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_cut_with_a_diagnostic(opening: str) -> None:
    found, diagnostics = entries("first: 1\nkey: \n  " + opening * 5000, 2)
    assert found[0].value == "1"
    assert [one.rule for one in diagnostics] == ["NS011"]
    assert str(MAX_DEPTH) in diagnostics[0].message


def test_a_long_text_is_not_read() -> None:
    found, diagnostics = entries("a: " + "x" * MAX_CHARACTERS, 2)
    assert found == ()
    assert [(one.rule, one.line) for one in diagnostics] == [("NS011", 2)]


def test_text_without_keys_says_so() -> None:
    assert entries("just words\n", 2)[1][0].rule == "NS001"
    assert entries("# only a comment\n", 2) == ((), ())
    assert entries("", 2) == ((), ())


def test_toml_is_known_by_its_first_line() -> None:
    found, diagnostics = entries('title = "Plan"  # name\nport = 80\n[team]\nowners = ["Kim",\n  "Lee"]\n', 2)
    assert [(entry.key, entry.value, entry.line, entry.column) for entry in found] == [
        ("title", "Plan", 2, 10),
        ("port", "80", 3, 8),
        ("team.owners", "Kim", 5, 12),
        ("team.owners", "Lee", 6, 4),
    ]
    assert diagnostics == ()


def test_broken_toml_gives_one_diagnostic_with_its_line() -> None:
    found, diagnostics = entries("title = Plan\nstatus = 'x'\nstatus = 'y'\n", 2)
    assert [entry.value for entry in found] == ["Plan", "x", "y"]
    assert [(one.rule, one.line) for one in diagnostics] == [("NS001", 2)]


@given(st.text(alphabet=st.sampled_from("ab:-?[]{}&*!|>'\"%@`#,\n \t=\\\ud800\x00\u2028"), max_size=60))
def test_no_text_raises(text: str) -> None:
    found, _ = entries(text, 2)
    assert all(entry.line >= 2 and entry.column >= 1 for entry in found)
