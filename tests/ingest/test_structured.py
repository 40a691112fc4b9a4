"""Keys and values of code blocks keep their place, and half-written samples keep what can be read."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naysay.ingest.key_values import KeyValue
from naysay.ingest.page import Fence
from naysay.ingest.structured import key_values


def read(info: str, text: str) -> list[KeyValue]:
    body = dedent(text).strip("\n")
    return list(key_values(Fence(info, body, 10, (1,) * (body.count("\n") + 1), -1, -1, 0)))


def pairs(info: str, text: str) -> list[tuple[str, str]]:
    return [("/".join(pair.path), pair.value) for pair in read(info, text)]


def test_a_manifest_is_named_by_kind_and_name_wherever_they_stand() -> None:
    text = """
        spec:
          replicas: 3
        kind: Deployment
        metadata:
          labels: {app: web}
          name: web
        ---
        kind: Service
    """
    assert [pair.path for pair in read("yaml", text)] == [
        ("Deployment/web", "spec", "replicas"),
        ("Deployment/web", "kind"),
        ("Deployment/web", "metadata", "labels", "app"),
        ("Deployment/web", "metadata", "name"),
        ("Service", "kind"),
    ]


def test_a_list_item_is_told_apart_by_its_name_even_when_the_name_comes_last() -> None:
    text = """
        containers:
        - image: app:1
          name: app
        - image: side:2
          env:
            - name: LOG
              value: "debug"
    """
    assert pairs("yml", text) == [
        ("containers/app/image", "app:1"),
        ("containers/app/name", "app"),
        ("containers/image", "side:2"),
        ("containers/env/LOG/name", "LOG"),
        ("containers/env/LOG/value", "debug"),
    ]


def test_a_key_after_a_list_at_its_own_column_leaves_the_list() -> None:
    assert pairs("yaml", "hosts:\n- a\n- b\nport: 1") == [("hosts", "a"), ("hosts", "b"), ("port", "1")]


def test_scalars_over_several_lines_and_what_says_no_value_are_passed_over() -> None:
    text = """
        run: |
          key: inside
        text: "first
          key: inside"
        image: {{ .Values.image }}
        {{- if .on }}
        rest: ...
        same: *base
        kept: &anchor 5
        prose that has no key
        last: 'it''s'
    """
    assert pairs("yaml", text) == [("kept", "5"), ("last", "it''s")]


def test_flow_lists_and_mappings_give_each_scalar() -> None:
    found = read("yaml", "args: [a, 'b c']\nlimits: {cpu: 1, mem: {soft: 2, hard: 3}, x: [y]}")
    assert [("/".join(pair.path), pair.value, pair.item) for pair in found] == [
        ("args", "a", True),
        ("args", "b c", True),
        ("limits/cpu", "1", False),
        ("limits/mem/soft", "2", False),
        ("limits/mem/hard", "3", False),
        ("limits/x", "y", True),
    ]


def test_columns_and_lines_are_those_of_the_document() -> None:
    fence = Fence("yaml", 'a:\n  b: "ü"  # note\nc: d', 40, (5, 7, 5), 0, 0, 1)
    found = list(key_values(fence))
    assert [(pair.line, pair.column, pair.end_column) for pair in found] == [(41, 13, 14), (42, 8, 9)]
    assert [pair.comment for pair in found] == ["note", ""]


def test_a_comment_marks_the_following_keys_as_bad_until_one_marks_the_right_way() -> None:
    text = """
        # ❌ shared account
        a: 1
        b: 2  # ✅ this line is right
        c: 3
        # CORRECT: own account
        d: 4
        e: 5  # WRONG
        # before you start, read the notes
        f: 6
    """
    assert [pair.value for pair in read("yaml", text) if pair.example_bad] == ["1", "3", "5"]


def test_json_with_comments_elisions_and_a_missing_end_is_read() -> None:
    text = """
        {
          "port": 80, // BAD: taken
          "hosts": ["a", "b"],
          ...
          "users": [ {"role": "admin", "name": "kim"}, {"role": "guest"} ],
          "open": {
            "deep": true
    """
    assert pairs("json", text) == [
        ("port", "80"),
        ("hosts", "a"),
        ("hosts", "b"),
        ("users/kim/role", "admin"),
        ("users/kim/name", "kim"),
        ("users/role", "guest"),
        ("open/deep", "true"),
    ]
    assert [(pair.value, pair.comment) for pair in read("jsonc", text) if pair.example_bad] == [("80", "BAD: taken")]


def test_sections_blocks_and_lists_give_the_path_of_an_assignment() -> None:
    assert pairs(
        "toml", '[tool."x.y"]\nport = 1 # c\nmany = [\n  "a", # no\n  "b",\n]\ntext = """\nk = 2\n"""\nz = 3'
    ) == [
        ("tool/x.y/port", "1"),
        ("tool/x.y/many", "a"),
        ("tool/x.y/many", "b"),
        ("tool/x.y/z", "3"),
    ]
    assert pairs("hcl", 'resource "disk" "main" {\n  size = "10Gi"\n  tags = {\n    a = "b"\n  }\n}\nzone = "x"') == [
        ("resource/disk/main/size", "10Gi"),
        ("resource/disk/main/tags/a", "b"),
        ("zone", "x"),
    ]
    assert pairs("ini", "[db]\nhost: one ; why\nport=2") == [("db/host", "one"), ("db/port", "2")]
    assert pairs("env", "export A=1\nB='two words'\nC=${A}/x\n# D=4") == [
        ("A", "1"),
        ("B", "two words"),
        ("C", "${A}/x"),
    ]


def test_shell_variables_are_read_and_here_documents_are_not() -> None:
    text = """
        $ export REGION="west one"  # home
        A=1 B=$(date) C=3 run --flag=x
        D=4 ; E=5
        cat <<EOF
        F=6
        EOF
        if [ "$G" = 7 ]; then
    """
    assert pairs("bash", text) == [("REGION", "west one"), ("A", "1"), ("D", "4"), ("E", "5")]


def test_other_languages_give_nothing() -> None:
    assert read("python", "port = 80") == []
    assert read("", "port: 80") == []


LANGUAGES = ["yaml", "json", "toml", "ini", "hcl", "bash", "env"]


@pytest.mark.parametrize("info", LANGUAGES)
@given(text=st.text(alphabet=st.sampled_from("ab:-[]{}&*#'\"=,./|> \t\n$(❌ü"), max_size=80))
def test_every_value_stands_at_its_place_and_nothing_raises(info: str, text: str) -> None:
    lines = text.split("\n")
    for pair in key_values(Fence(info, text, 1, (1,) * len(lines), -1, -1, 0)):
        assert lines[pair.line - 1][pair.column - 1 : pair.end_column - 1] == pair.value
