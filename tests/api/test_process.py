"""The command as a process: what it imports, how it ends, and what it does when nobody reads."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.processes import heed_interrupts

ANSWER = "from naysay.api.cli import main; import sys; sys.exit(main(sys.argv[1:], {engine}))"
FAKE = "__import__('tests.api.fakes', fromlist=['x'])"
MANY = f"{FAKE}.FakeEngine(tuple({FAKE}.conflict(n) for n in range(5000)))"


def start(code: str, *arguments: str, root: Path, **environment: str) -> subprocess.Popen[bytes]:
    """A Python process in the example's folder that can import the package and the fakes."""
    path = os.pathsep.join([str(root), str(root / ".src")])
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "0", **environment},
        cwd=root / "tests",
        preexec_fn=heed_interrupts,
    )


def test_the_version_needs_nothing_heavy(root: Path) -> None:
    code = "from naysay.api.cli import main; import sys; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    process = start(code, "--version", root=root)
    out, err = process.communicate(timeout=30)
    assert out.startswith(b"naysay ")
    loaded = {name.split(".")[0] for name in err.decode().split()}
    assert not loaded & {"typer", "rich", "rdflib", "networkx", "fastapi", "pyoxigraph", "wcwidth", "asyncio", "json"}


def test_a_check_needs_no_service_and_no_graph_library(root: Path) -> None:
    code = (
        "from naysay.api.cli import main; import sys; "
        f"main(sys.argv[1:], {FAKE}.FakeEngine(({FAKE}.conflict(),))); print(*sorted(sys.modules), file=sys.stderr)"
    )
    process = start(code, "check", "--format", "jsonl", root=root)
    out, err = process.communicate(timeout=30)
    assert json.loads(out)["id"] == "00000001"
    loaded = {name.split(".")[0] for name in err.decode().split()}
    assert not loaded & {"rich", "rdflib", "networkx", "fastapi", "uvicorn", "wcwidth"}


@pytest.mark.parametrize("kind", ["text", "jsonl", "json"])
def test_a_reader_that_goes_away_is_no_error(root: Path, kind: str) -> None:
    process = start(ANSWER.format(engine=MANY), "check", "--all", "--format", kind, root=root)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(100)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 1


def test_an_interrupt_ends_with_130_and_no_traceback(root: Path) -> None:
    waiting = (
        "import sys, time; from naysay.api.cli import main; from tests.api.fakes import FakeEngine\n"
        "class Slow(FakeEngine):\n"
        "    def load(self, request, progress=None):\n"
        "        print('ready', flush=True)\n"
        "        time.sleep(60)\n"
        "sys.exit(main(['check'], Slow()))"
    )
    process = start(waiting, root=root)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in err


def test_a_locale_without_utf8_gets_ascii_text_and_the_same_json(root: Path) -> None:
    engine = f"{FAKE}.FakeEngine(({FAKE}.conflict(),))"
    answers: dict[tuple[str, str], bytes] = {}
    for kind in ("text", "jsonl", "json"):
        for encoding in ("ascii", "utf-8"):
            arguments = ("check", "--format", kind)
            process = start(ANSWER.format(engine=engine), *arguments, root=root, PYTHONIOENCODING=encoding)
            answers[kind, encoding], _ = process.communicate(timeout=30)
            assert process.returncode == 1
    assert answers["text", "ascii"].isascii()
    assert b"  --> " in answers["text", "ascii"]
    assert "┌─".encode() in answers["text", "utf-8"]
    assert answers["jsonl", "ascii"] == answers["jsonl", "utf-8"]
    assert answers["json", "ascii"] == answers["json", "utf-8"]
