"""``naysay init`` and ``naysay config`` as someone meets them who has just installed naysay."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.api.conftest import Run

from naysay.api.cli import main
from naysay.api.configuration import read
from naysay.api.discovery import documentation_in
from naysay.api.settings import schema


def make(folder: Path, *paths: str, **texts: str) -> Path:
    """Files of a repository; those given by name hold a text."""
    named = {name.replace("_", ".", 1).replace("_", "-"): text for name, text in texts.items()}
    for path in (*paths, *named):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(named.get(path, "# Page\n"), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("paths", "texts", "found"),
    [
        (["docs/a.md", "src/b.md", "README.md"], {}, [("docs", "its name", 1)]),
        (["Doc/a.md", "wiki/1/b.md", "node_modules/docs/a.md"], {}, [("Doc", "its name", 1), ("wiki", "its name", 1)]),
        (["site/a.md"], {"mkdocs_yml": "site_name: x\ndocs_dir: 'site'\n"}, [("site", "mkdocs.yml:2", 1)]),
        (["docs/a.md"], {"mkdocs_yml": "site_name: x\n"}, [("docs", "mkdocs.yml", 1)]),
        (["docs/a.md"], {"mkdocs_yml": "docs_dir: ../elsewhere\n"}, [("docs", "its name", 1)]),
        (["book/a.md"], {"book_toml": '[book]\nsrc = "./book/"\n'}, [("book", "book.toml:2", 1)]),
        (
            ["service/docs/a.md"],
            {"catalog-info_yaml": "metadata:\n  annotations:\n    backstage.io/techdocs-ref: dir:./service\n"},
            [("service/docs", "catalog-info.yaml:3", 1)],
        ),
        ([*(f"{n}-x.md" for n in range(5)), "docs/a.md"], {}, [(".", "5 documents at its top", 6)]),
        (["README.md", "CHANGELOG.md", "notes/a.md", "docs/x.txt"], {}, []),
    ],
)  # fmt: skip
def test_documents_are_found_by_names_and_by_other_tools(
    tmp_path: Path, paths: list[str], texts: dict[str, str], found: list[tuple[str, str, int]]
) -> None:
    assert [tuple(one) for one in documentation_in(make(tmp_path, *paths, **texts))] == found


def test_init_writes_what_a_check_then_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "docs/a.md", "adr/b.md")
    monkeypatch.chdir(tmp_path)
    assert main(["init"]) == 0
    told = capsys.readouterr().out
    assert "reads adr/ (its name): 1 document\nreads docs/ (its name): 1 document\n" in told
    assert "naysay baseline write" in told
    assert read(tmp_path / "naysay.toml").roots == (tmp_path / "adr", tmp_path / "docs")
    assert main(["check"]) == 0
    first = (tmp_path / "naysay.toml").read_text(encoding="utf-8").split("\n")[0]
    assert json.loads((tmp_path / first.removeprefix("#:schema ")).read_text(encoding="utf-8")) == schema()


def test_init_with_a_baseline_lets_old_conflicts_pass(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "docs/a.md", "docs/b.md")
    (tmp_path / "docs" / "a.md").write_text("# Mail gateway\n\nThe mail gateway keeps a message log.\n", "utf-8")
    (tmp_path / "docs" / "b.md").write_text("# Operations\n\nThe mail gateway keeps no message log.\n", "utf-8")
    monkeypatch.chdir(tmp_path.parent)
    assert main(["init", str(tmp_path), "--baseline"]) == 0
    assert "holds 1 known conflict: 1 added" in capsys.readouterr().out
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 0


@pytest.mark.parametrize("there", ["naysay.toml", "vocabulary.ttl", ".naysay.toml", ".naysay/naysay.schema.json"])
def test_init_overwrites_nothing_unless_it_is_forced(tmp_path: Path, run: Run, there: str) -> None:
    make(tmp_path, there)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    code, out, err = run("init", str(tmp_path))
    assert (code, out) == (2, "")
    assert f"{tmp_path / there}: exists already; edit it, move it away, or overwrite with --force" in err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert run("init", str(tmp_path), "--force")[0] == 0
    assert (tmp_path / "naysay.toml").read_text(encoding="utf-8").startswith("#:schema")


def test_a_baseline_of_nothing_is_refused_before_anything_is_written(tmp_path: Path, run: Run) -> None:
    code, _, err = run("init", str(tmp_path), "--baseline")
    assert (code, "no Markdown files" in err) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_the_tables_that_init_shows_are_valid(tmp_path: Path, run: Run) -> None:
    (tmp_path / "docs").mkdir()
    run("init", str(tmp_path))
    path = tmp_path / "naysay.toml"
    text = path.read_text(encoding="utf-8").replace("../handbook/docs", "docs")
    path.write_text(re.sub(r"^# (?=\[\[|  [a-z-]+ = )", "", text, flags=re.MULTILINE), encoding="utf-8")
    written = read(path)
    assert (len(written.overrides), len(written.allow), len(written.sources)) == (1, 1, 1)


def test_every_setting_in_force_is_shown_with_its_origin(docs: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'exclude = ["a/"]\nfail-on = "warning"\nmin-level = "error"\n\n[[override]]\npath = "b/"\nselect = ["NS2"]\n'
    (docs / "naysay.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("NAYSAY_MIN_LEVEL", "warning")
    code, out, _ = run("config", "show", "--origin", "--fail-on", "note")
    assert code == 0
    told = [re.sub(r" {2,}", "  ", line) for line in out.splitlines()]
    assert 'exclude = ["a/"]  # naysay.toml:1' in told
    assert 'fail-on = "note"  # command line, --fail-on' in told
    assert 'min-level = "warning"  # environment, NAYSAY_MIN_LEVEL' in told
    assert "fail-confidence = 0.8  # default" in told
    assert '[[override]] { path = "b/", select = ["NS2"] }  # naysay.toml:5' in told
    rows = json.loads(run("config", "show", "--format", "json")[1])["settings"]
    assert {"name": "fail-on", "value": "warning", "origin": "naysay.toml:2"} in rows
    assert "#" not in run("config")[1].replace("# vocabulary is", "").replace("# cache is", "")


def test_what_config_shows_is_a_configuration(docs: Path, run: Run) -> None:
    (docs / "naysay.toml").write_text('ignore = ["NS3"]\nfail-confidence = 0.5\n', encoding="utf-8")
    before = read(docs / "naysay.toml")
    own = re.split(r"^workers", run("config", "show")[1], flags=re.MULTILINE)[0]
    (docs / "naysay.toml").write_text(own, encoding="utf-8")
    assert read(docs / "naysay.toml") == before


def test_the_schema_is_printed_for_editors(docs: Path, run: Run) -> None:
    (docs / "naysay.toml").write_text("broken", encoding="utf-8")
    code, out, _ = run("config", "schema")
    assert (code, json.loads(out)) == (0, schema())
