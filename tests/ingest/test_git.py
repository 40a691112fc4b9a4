"""Reading revisions out of git: what is found, what is refused and how, and that nothing of the checkout runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.repositories import commit, git, repository, write

from naysay.ingest import git as reading
from naysay.ingest.files import selected
from naysay.ingest.git import GitError, Repository
from naysay.ingest.git_tree import FilesOfCommit
from naysay.ingest.renames import renames


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A repository of two commits."""
    folder = repository(tmp_path / "r", {"docs/a.md": "# A\n", "docs/b c.md": "# Bé\n", "x.txt": "no\n"})
    commit(folder, {"docs/a.md": "# A2\n"})
    return folder


def shallow(made: Path, to: Path) -> Path:
    """A clone of the last commit alone."""
    git(made.parent, "clone", "-q", "--depth=1", made.as_uri(), str(to))
    return to


def test_a_commit_is_found_by_every_kind_of_name(made: Path) -> None:
    found = reading.repository(made / "docs")
    assert found.top == made.resolve()
    git(made, "tag", "-a", "v1", "-m", "x", "HEAD~1")
    first = git(made, "rev-list", "--max-parents=0", "HEAD")
    assert {found.commit(name) for name in (first, first[:9], "HEAD^", "v1", "main~1")} == {first}


def test_files_come_with_their_paths_and_blobs(made: Path) -> None:
    found = reading.repository(made)
    files = found.files(found.commit("HEAD~1"))
    assert list(files) == ["docs/a.md", "docs/b c.md", "x.txt"]
    with found.blobs() as blobs:
        assert [blobs.read(blob.oid, 100) for blob in files.values()] == [b"# A\n", "# Bé\n".encode(), b"no\n"]
        assert blobs.read(files["docs/a.md"].oid, 1) == b"# "
        assert blobs.read(files["x.txt"].oid, 100) == b"no\n"


@pytest.mark.parametrize("name", ["nowhere", "", "--output=x", "-h", "a\nb", "HEAD:docs", "deadbeef"])
def test_a_name_of_no_commit_is_refused(made: Path, name: str) -> None:
    with pytest.raises(GitError, match=r"no such commit|no name of"):
        reading.repository(made).commit(name)
    assert not (made / "x").exists()


def test_the_branch_of_the_remote_is_pointed_to(made: Path, tmp_path: Path) -> None:
    git(made, "branch", "other")
    git(tmp_path, "clone", "-q", str(made), "clone")
    with pytest.raises(GitError, match="origin/other is known"):
        reading.repository(tmp_path / "clone").commit("other")


def test_outside_of_a_repository(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="not in the working tree of a git repository"):
        reading.repository(tmp_path)


def test_without_git(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(made))
    with pytest.raises(GitError, match=r"git cannot be run .*install it"):
        reading.repository(made)


@pytest.mark.parametrize("wanted", ["main~1", "{first}", "release", "origin/release"])
def test_the_command_of_a_shallow_clone_brings_what_is_missing(made: Path, tmp_path: Path, wanted: str) -> None:
    git(made, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(made, "branch", "release", "HEAD~1")
    name = wanted.format(first=git(made, "rev-parse", "HEAD~1"))
    clone = shallow(made, tmp_path / "clone")
    with pytest.raises(GitError, match="this clone is shallow") as refused:
        reading.repository(clone).commit(name)
    command = str(refused.value).split("`")[1].split()
    assert command[0] == "git"
    git(clone, *command[1:])
    assert reading.repository(clone).commit(name) == git(made, "rev-parse", "HEAD~1")


def test_the_merge_base(made: Path, tmp_path: Path) -> None:
    base = git(made, "rev-parse", "HEAD")
    git(made, "checkout", "-q", "-b", "topic")
    commit(made, {"docs/t.md": "# T\n"})
    git(made, "checkout", "-q", "main")
    commit(made, {"docs/m.md": "# M\n"})
    git(made, "checkout", "-q", "topic")
    assert reading.repository(made).merge_base("main") == base
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth=1", "--no-single-branch", made.as_uri(), str(clone))
    git(clone, "checkout", "-q", "topic")
    with pytest.raises(GitError, match="too shallow to hold the merge base") as refused:
        reading.repository(clone).merge_base("origin/main")
    git(clone, *str(refused.value).split("`")[1].split()[1:])
    assert reading.repository(clone).merge_base("origin/main") == base


def test_histories_without_a_common_commit(made: Path) -> None:
    git(made, "checkout", "-q", "--orphan", "other")
    commit(made, {})
    with pytest.raises(GitError, match="no commit in common"):
        reading.repository(made).merge_base("main")


def test_objects_that_a_partial_clone_lacks(made: Path, tmp_path: Path) -> None:
    git(made, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--filter=blob:none", made.as_uri(), str(clone))
    found = reading.repository(clone)
    files = found.files(found.commit("HEAD~1"))
    with found.blobs() as blobs, pytest.raises(GitError, match="`git fetch --refetch --no-filter origin`"):
        blobs.read(files["docs/a.md"].oid, 100)
    git(clone, "fetch", "--refetch", "--no-filter", "origin")
    with found.blobs() as blobs:
        assert blobs.read(files["docs/a.md"].oid, 100) == b"# A\n"


def test_nothing_of_a_hostile_repository_runs(made: Path, tmp_path: Path) -> None:
    trap, sprung = tmp_path / "trap", tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\necho x >> {sprung}\ncat\n")
    trap.chmod(0o755)
    settings = ("core.fsmonitor", "core.pager", "filter.t.clean", "filter.t.smudge", "diff.external", "diff.t.textconv",
                "core.sshCommand", "credential.helper", "core.alternateRefsCommand")  # fmt: skip
    for name in settings:
        git(made, "config", name, str(trap))
    git(made, "config", "core.hooksPath", str(tmp_path))
    write(made, {".gitattributes": "* filter=t diff=t\n", "docs/a.md": "# A3\n"})
    found = reading.repository(made)
    files = found.files(found.merge_base("HEAD"))
    with found.blobs() as blobs:
        assert blobs.read(files["docs/a.md"].oid, 100) == b"# A2\n"
    assert not sprung.exists()


def test_the_repository_of_a_hook_is_not_taken_for_another(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    assert reading.repository(made).commit("HEAD") == git(made, "rev-parse", "HEAD")


def test_a_process_that_takes_too_long_is_ended(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LIMIT", 0.0)
    with pytest.raises(GitError, match="took more than"):
        Repository(made).commit("HEAD")


def test_a_commit_is_selected_from_as_a_folder_is(tmp_path: Path) -> None:
    files = {
        "docs/a.md": "# A\n",
        "docs/.gitignore": "out/\n",
        "docs/.naysayignore": "/gone.md\n",
        "docs/gone.md": "# G\n",
        "docs/sub/gone.md": "# G\n",
        "docs/node_modules/x.md": "# X\n",
        "docs/sub/meta.yaml": "status: draft\n",
        "docs/.hidden/h.md": "# H\n",
        "other.md": "# O\n",
    }
    folder = repository(tmp_path / "r", files)
    (folder / "docs" / "link.md").symlink_to("a.md")
    (folder / "docs" / "far.md").symlink_to("../other.md")
    commit(folder, {})
    found = reading.repository(folder)
    with found.blobs() as blobs:
        tree = FilesOfCommit(found.files(found.commit("HEAD")), "docs", blobs)
        assert list(selected(tree)) == ["a.md", "far.md", "sub/gone.md", "sub/meta.yaml"]
        assert list(selected(tree, include=["sub/"], exclude=["*.yaml"])) == ["sub/gone.md"]
        assert "gone.md" in list(selected(tree, ignore=False))


def test_renames_take_equal_texts_first_and_each_path_once() -> None:
    page = "".join(f"line {n}\n" for n in range(10))
    gone = {"a.md": page, "b.md": page.replace("9", "nine")}
    new = {"c.md": page.replace("9", "nine"), "d.md": page, "e.md": "another\n"}
    assert renames(gone, new) == {"a.md": "d.md", "b.md": "c.md"}
    assert renames({"a.md": page}, {"e.md": "line 1\nanother\n"}) == {}
    assert renames({"x/a.md": page, "x/b.md": page}, {"y/b.md": page, "y/a.md": page}) == {
        "x/a.md": "y/a.md",
        "x/b.md": "y/b.md",
    }
