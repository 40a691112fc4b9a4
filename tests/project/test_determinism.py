"""The same documents give the same bytes: whatever the hash seed, the processes, the order, the locale or the place."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from hashlib import blake2b
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

COMMANDS = {
    "report": ("check", "--all", "--format", "jsonl"),
    "text": ("check", "--all", "--ascii"),
    "dump": ("export", "--format", "nquads"),
    "entities": ("entities", "--format", "jsonl"),
    "references": ("claims", "--references", "--format", "jsonl"),
    "page": ("export", "--format", "html"),
}
PROGRAM = """
import hashlib, io, json, sys
from naysay.api.cli import main
found, screen = {}, sys.stdout
for name, command in json.loads(sys.argv[1]).items():
    sys.stdout = io.TextIOWrapper(io.BytesIO())
    code = main([*command, *sys.argv[2:]])
    assert code in (0, 1), (name, code)
    found[name] = hashlib.blake2b(sys.stdout.buffer.getvalue()).hexdigest()
json.dump(found, screen)
"""
NOTHING = blake2b(b"").hexdigest()
Answers = Mapping[str, str]
Digests = Callable[..., Answers]


@pytest.fixture(scope="module")
def digests(root: Path, example: Path) -> Digests:
    """Run every command and give a hash of what it wrote."""

    def run(folder: Path = example, cwd: Path = root, workers: int = 1, **environment: str) -> Answers:
        vocabulary = str(example.with_name("vocabulary.ttl"))
        common = [str(folder), "--vocabulary", vocabulary, "--workers", str(workers)]
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, json.dumps(COMMANDS), *common],
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": str(root / ".src"), **environment},
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        found: dict[str, str] = json.loads(done.stdout)
        assert NOTHING not in found.values()
        return found

    return run


@pytest.fixture(scope="module")
def plain(digests: Digests) -> Answers:
    return digests(PYTHONHASHSEED="0", LC_ALL="C.UTF-8")


@pytest.mark.parametrize("seed", ["1", "4294967295"])
def test_the_hash_seed_makes_no_difference(digests: Digests, plain: Answers, seed: str) -> None:
    assert digests(PYTHONHASHSEED=seed, LC_ALL="C.UTF-8") == plain


def test_the_number_of_processes_makes_no_difference(digests: Digests, plain: Answers) -> None:
    assert digests(workers=2) == plain


@pytest.mark.parametrize("locale", ["C", "tr_TR.UTF-8", "de_DE.ISO-8859-1"])
def test_the_locale_makes_no_difference(digests: Digests, plain: Answers, locale: str) -> None:
    assert digests(LC_ALL=locale, LANG=locale, PYTHONUTF8="0", TZ="Pacific/Kiritimati") == plain


@pytest.mark.parametrize("backwards", [False, True])
def test_place_order_and_time_of_the_files_make_no_difference(
    digests: Digests, plain: Answers, example: Path, tmp_path: Path, backwards: bool
) -> None:
    folder = tmp_path / "a place with a ünusual name" / "backlog"
    folder.mkdir(parents=True)
    for number, path in enumerate(sorted(example.iterdir(), reverse=backwards)):
        shutil.copy(path, folder / path.name)
        os.utime(folder / path.name, (number, number))
    assert digests(folder=folder, cwd=tmp_path) == plain


def test_a_relative_path_makes_no_difference(digests: Digests, plain: Answers, example: Path) -> None:
    assert digests(folder=Path("."), cwd=example) == plain
    assert digests(folder=Path("..") / "backlog", cwd=example) == plain
