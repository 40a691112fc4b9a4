"""Reading revisions out of a git repository: values only, by a ``git`` process that runs nothing of the checkout's.

Only objects are read, never the working tree: a command that compares it would run the filters that a hostile
repository configures.  Nothing is fetched, nothing is written, no hook and no file watcher is started
(engineering notes A7 and §0.12).
"""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

LIMIT = 120.0
"""Seconds that one git process may take."""
_HARDENED = (
    "--no-pager", "--no-replace-objects", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}",
    "-c", "protocol.allow=never",
)  # fmt: skip
_LINK, _SUBMODULE = "120000", "160000"


class GitError(Exception):
    """Git could not give what was asked for; the text says what, where and how to mend it."""


class Blob(NamedTuple):
    """A file at a revision."""

    oid: str
    link: bool = False
    """A symbolic link: the content is the path that it leads to."""


class Repository(NamedTuple):
    """The working tree of a repository; every question is put to a new git process."""

    top: Path

    def commit(self, name: str) -> str:
        """The id of the commit that a name stands for.  Raises GitError with the command that brings it."""
        found = self._answer("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}") if _is_name(name) else ""
        if not found:
            raise GitError(self._unknown(name))
        return found

    def merge_base(self, branch: str) -> str:
        """The commit at which the current one left a branch.  Raises GitError where none is known."""
        tip = self.commit(branch)
        found = self._answer("merge-base", "HEAD", tip)
        if found:
            return found.split("\n")[0]
        if self.shallow:
            raise GitError(f"{branch}: this clone is too shallow to hold the merge base; run `{_DEEPEN}`")
        raise GitError(f"{branch}: it has no commit in common with HEAD; name a branch of the same history")

    def files(self, commit: str) -> Mapping[str, Blob]:
        """Every file of a commit by its path below the top, in the order of the paths."""
        listing = self._run("ls-tree", "-r", "-z", "--full-tree", commit)
        if listing.returncode:
            raise GitError(f"{commit[:12]}: its files cannot be listed ({_said(listing)}); run `{_REFETCH}`")
        out: dict[str, Blob] = {}
        for row in listing.stdout.split(b"\0"):
            head, _, path = row.partition(b"\t")
            mode, kind, oid = head.decode("ascii").split() if path else ("", "", "")
            if kind == "blob" and mode != _SUBMODULE:
                out[os.fsdecode(path)] = Blob(oid, mode == _LINK)
        return out

    def renamed(self) -> Mapping[str, str]:
        """Old path to the latest one, of each file that a commit before HEAD renamed, as git recognises renames.

        Empty where the history cannot be read.
        """
        told = self._run(
            "log", "--format=", "--name-status", "--diff-filter=R", "-M", "-z", "--no-ext-diff", "--no-textconv", "HEAD"
        )
        words = iter(
            [os.fsdecode(word).strip("\n") for word in told.stdout.split(b"\0")] if not told.returncode else ()
        )
        latest: dict[str, str] = {}
        for word in words:
            if word[:1] == "R":
                old, new = next(words, ""), next(words, "")
                latest.setdefault(old, latest.get(new, new))
        return latest

    @property
    def shallow(self) -> bool:
        """Whether the history of the clone was cut off."""
        return self._answer("rev-parse", "--is-shallow-repository") == "true"

    @property
    def object_format(self) -> str:
        """The hash that ids are made with, ``sha1`` or ``sha256``."""
        return self._answer("rev-parse", "--show-object-format") or "sha1"

    @contextmanager
    def blobs(self) -> Generator[BlobReader]:
        """A reader of blobs; one process serves them all."""
        command = _command(self.top, "cat-file", "--batch")
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
        ) as process:
            watch = threading.Timer(LIMIT, process.kill)
            watch.start()
            try:
                assert process.stdin is not None
                assert process.stdout is not None
                yield BlobReader(process.stdin, process.stdout)
                process.stdin.close()
            finally:
                watch.cancel()
                process.kill()

    def _answer(self, *arguments: str) -> str:
        """What git prints, without its last line end; empty when it fails."""
        done = self._run(*arguments)
        return "" if done.returncode else os.fsdecode(done.stdout).rstrip("\n")

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return _run(self.top, *arguments)

    def _unknown(self, name: str) -> str:
        """Why a name stands for no commit here, and what to do."""
        if not _is_name(name):
            return f"{name!r}: no name of a commit, a branch or a tag"
        remote = self._answer("rev-parse", "--verify", "--quiet", f"origin/{name}^{{commit}}")
        if remote:
            return f"{name}: no such commit here, but origin/{name} is known; name that one"
        if self.shallow:
            return f"{name}: this clone is shallow and does not hold it; run `{_fetching(name)}`"
        return (
            f"{name}: no such commit, branch or tag in {self.top.name}; check the spelling, or run `git fetch origin`"
        )


class BlobReader(NamedTuple):
    """The two ends of a ``git cat-file --batch`` process."""

    requests: IO[bytes]
    answers: IO[bytes]

    def read(self, oid: str, cap: int) -> bytes:
        """At most ``cap`` + 1 bytes of a blob.  Raises GitError when the repository does not hold it."""
        try:
            self.requests.write(oid.encode("ascii") + b"\n")
            self.requests.flush()
        except OSError as error:
            raise GitError(f"{oid}: git ended before it gave this object; run `git fsck`") from error
        said = self.answers.readline().split()
        if len(said) != 3 or said[1] != b"blob":
            raise GitError(f"{oid}: this clone does not hold the object, it may be a partial one; run `{_REFETCH}`")
        size = int(said[2])
        data = self.answers.read(min(size, cap + 1))
        left = size + 1 - len(data)
        while left > 0 and (piece := self.answers.read(min(left, 1 << 20))):
            left -= len(piece)
        if left:
            raise GitError(f"{oid}: git ended within this object; run `git fsck`")
        return data


def repository(start: Path) -> Repository:
    """The repository whose working tree holds a folder.  Raises GitError where there is none."""
    done = _run(start, "rev-parse", "--show-toplevel")
    if not done.returncode and (top := os.fsdecode(done.stdout).rstrip("\n")):
        return Repository(Path(top))
    said = _said(done)
    if "dubious ownership" in said:
        mend = f"git config --global --add safe.directory {start}"
        raise GitError(f"{start}: git does not trust this folder, which another user owns; run `{mend}`")
    raise GitError(f"{start}: not in the working tree of a git repository; go to one, or leave the revision out")


_DEEPEN = "git fetch --no-tags --unshallow origin"
_REFETCH = "git fetch --refetch --no-filter origin"


def _fetching(name: str) -> str:
    """The command that brings a commit into a shallow clone under the name it was asked for."""
    base = name.rstrip("~^0123456789") or name
    if base != name and (name[len(base)] in "~^"):
        return _DEEPEN
    if name.startswith("origin/"):
        branch = name.removeprefix("origin/")
        return f"git fetch --no-tags --depth=1 origin +refs/heads/{branch}:refs/remotes/origin/{branch}"
    if len(name) in {40, 64} and not name.strip("0123456789abcdef"):
        return f"git fetch --no-tags --depth=1 origin {name}"
    if len(name) >= 7 and not name.strip("0123456789abcdef"):
        return _DEEPEN
    return f"git fetch --no-tags --depth=1 origin {name}:{name}"


def _is_name(name: str) -> bool:
    """Whether git would take a text as a name: no option, nothing that ends a line."""
    return bool(name) and not name.startswith("-") and name.isprintable()


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """One git process.  Raises GitError when there is no git, and when it does not end in time."""
    try:
        return subprocess.run(
            _command(folder, *arguments),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LIMIT,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise GitError(f"git {arguments[0]}: it took more than {LIMIT:.0f} seconds; run `git gc`") from error
    except OSError as error:
        raise GitError(f"git cannot be run ({error.strerror}); install it, or leave the revision out") from error


def _command(folder: Path, *arguments: str) -> list[str]:
    return ["git", "-C", str(folder), *_HARDENED, *arguments]


def _environment() -> dict[str, str]:
    """The environment without what ties git to another repository, makes it ask, or makes it tell more."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k.startswith("GIT_CONFIG_")}
    return kept | {
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "LC_ALL": "C",
    }


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    """The first line of what git complained about."""
    lines = done.stderr.decode("utf-8", "replace").strip().split("\n")
    return lines[0].removeprefix("fatal: ") or f"exit code {done.returncode}"
