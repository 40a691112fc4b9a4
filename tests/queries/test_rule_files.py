"""What a rule file must hold, and that all its faults are told at once."""

from pathlib import Path

import pytest

from naysay.queries.rule_file import RuleError, load

RULE = """---
id: TEAM01
name: no-owner
severity: warning
over: documents
---

# no-owner

A document without a status.

## Why it hurts

Nobody knows.

## Example

### A page without one

```md file=docs/a.md
# A
```

```md file=docs/b.md
# B
```

### Another

```md docs/c.md
# C
```

## Instead

```md file=docs/a.md
# A

**Status:** Accepted
```

## Query

```sparql
SELECT ?side ?why WHERE {
  ?side a nv:Document .
  FILTER NOT EXISTS { ?side nv:status ?status }
  BIND("no status" AS ?why)
}
```
"""


def write(folder: Path, text: str, name: str = "TEAM01-no-owner.md") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_rule_is_read_whole(tmp_path: Path) -> None:
    (rule,) = load(write(tmp_path, RULE))
    assert (rule.id, rule.name, rule.severity, rule.over, rule.function) == (
        "TEAM01", "no-owner", "warning", "documents", "",
    )  # fmt: skip
    assert [case.name for case in rule.examples] == ["A page without one", "Another"]
    assert dict(rule.examples[0].documents) == {"docs/a.md": "# A\n", "docs/b.md": "# B\n"}
    assert list(rule.examples[1].documents) == ["docs/c.md"]
    assert rule.instead[0].name == "Instead"
    lines = RULE.split("\n")
    assert lines[rule.query_line - 1].startswith("SELECT")
    assert rule.text.startswith("# no-owner\n")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, RULE.replace("severity: warning", "severity: grave").replace("## Why it hurts", "## Reasons"))
    write(tmp_path, RULE.replace("over: documents", "over: documents\nfunction: anything"), "TEAM02-other.md")
    with pytest.raises(RuleError) as caught:
        load(tmp_path)
    text = str(caught.value)
    assert "TEAM01-no-owner.md:1: severity must be one of error, warning, note" in text
    assert "TEAM01-no-owner.md:1: lacks the section ## Why it hurts" in text
    assert "TEAM02-other.md:1: the file's name must be <id>-<name>.md" in text
    assert "TEAM02-other.md:1: only shipped rules may be functions" in text


def test_a_rule_supersedes_only_what_exists(tmp_path: Path) -> None:
    write(tmp_path, RULE.replace("over: documents", "over: documents\nsupersedes: [NS101, NS999]"))
    with pytest.raises(RuleError, match="supersedes NS999, which does not exist"):
        load(tmp_path)


def test_a_file_that_is_not_text_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "TEAM01-no-owner.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RuleError, match="cannot be read"):
        load(tmp_path)
