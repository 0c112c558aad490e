"""A stack of 1,800 files from a local server: runs that are killed, files that fail for good and for a while."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli import ROOT, run
from stack_server import BANDS, SIDE, TILE, StackServer, place

FILES = 1800
SCENES = FILES // BANDS
PATTERN = "*_{time:%Y%m%d}_{band}.tif"
CONCURRENCY = 16


@pytest.fixture(scope="module")
def started() -> Iterator[StackServer]:
    server = StackServer(FILES)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def server(started: StackServer) -> StackServer:
    started.forget()
    started.fault = lambda path, before: None
    started.delay = 0
    return started


@pytest.fixture(scope="module")
def listed(started: StackServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("list") / "urls.txt"
    path.write_text("\n".join(started.urls))
    return path


def arguments(listed: Path, output: Path) -> list[str]:
    return ["stack", str(listed), "--pattern", PATTERN, "--concurrency", str(CONCURRENCY), "-o", str(output)]


@pytest.fixture(scope="module")
def whole(started: StackServer, listed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run that is left alone writes."""
    output = tmp_path_factory.mktemp("whole") / "stack.json"
    done = run(*arguments(listed, output))
    assert done.returncode == 0, done.stderr
    check(output, started, set())
    return output


def check(output: Path, server: StackServer, failed: set[str]) -> None:
    """Every chunk of every file that did not fail, and of no other, stands at its place, which the number of the file tells."""
    refs = json.loads(output.read_text())["refs"]
    sides = SIDE // TILE
    wanted = {}
    for number, (path, url) in enumerate(zip(server.paths, server.urls)):
        if path in failed:
            continue
        scene, band = divmod(number, BANDS)
        for tile in range(sides * sides):
            row, column = divmod(tile, sides)
            wanted[f"B{band + 1:02}/{scene}.{row}.{column}"] = [url, *place(number, tile)]
    assert {key: value for key, value in refs.items() if isinstance(value, list)} == wanted
    for band in range(BANDS):
        assert json.loads(refs[f"B{band + 1:02}/.zarray"])["shape"] == [SCENES, SIDE, SIDE]


def test_killed_runs_go_on(server: StackServer, listed: Path, whole: Path, tmp_path: Path) -> None:
    """Killed at three moments, each run goes on where the one before it was; the bytes are those of a run that was left alone."""
    server.forget()
    server.delay = 0.005
    output, journal = tmp_path / "stack.json", tmp_path / "stack.json.journal"
    for finished in (200, 900, 1600):
        process = subprocess.Popen(["node", str(ROOT / "dist" / "cli.js"), *arguments(listed, output)], stderr=subprocess.DEVNULL)
        while not journal.exists() or journal.read_bytes().count(b"\n") < finished:
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert not output.exists()
    done = run(*arguments(listed, output))
    assert done.returncode == 0, done.stderr
    assert "read by an earlier run" in done.stderr
    assert output.read_bytes() == whole.read_bytes()
    assert list(tmp_path.iterdir()) == [output]
    # None is read twice but those that were on their way when a run was killed.
    assert sum(server.read.values()) <= FILES + 3 * CONCURRENCY


def test_files_that_fail_for_good_are_named(server: StackServer, listed: Path, whole: Path, tmp_path: Path) -> None:
    """One file of 20 fails for good, by turns with 404 and 500; later they come, and no other file is read again."""
    failing = server.paths[7::20]
    assert len(failing) == FILES / 20
    status = {path: (404, 500)[number % 2] for number, path in enumerate(failing)}
    server.fault = lambda path, before: status.get(path)
    output, journal = tmp_path / "stack.json", tmp_path / "stack.json.journal"
    done = run(*arguments(listed, output), "--json")
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    assert [failure["label"] for failure in report["failures"]] == server.urls[7::20]
    assert report["files"] == FILES and report["used"] == FILES - len(failing)
    for failure in report["failures"]:
        path = failure["label"][failure["label"].rindex("/") :]
        assert {404: "There is no such file (404)", 500: "The server failed (500)"}[status[path]] in failure["message"]
        assert server.asked[path] == (1 if status[path] == 404 else 4)
    check(output, server, set(failing))
    assert journal.exists()
    server.forget()
    server.fault = lambda path, before: None
    again = run(*arguments(listed, output))
    assert again.returncode == 0, again.stderr
    assert set(+server.read) == set(failing)
    assert output.read_bytes() == whole.read_bytes()
    assert not journal.exists()


def test_failures_that_pass_are_asked_again(server: StackServer, listed: Path, whole: Path, tmp_path: Path) -> None:
    """The first request for one file of 20 is answered by 503, by a reset connection, or by 429."""
    failing = set(server.paths[3::20])
    server.fault = lambda path, before: (503, 0, 429)[server.numbers[path] % 3] if path in failing and before == 0 else None
    output = tmp_path / "stack.json"
    done = run(*arguments(listed, output))
    assert done.returncode == 0, done.stderr
    assert output.read_bytes() == whole.read_bytes()
    assert all(server.asked[path] == 2 for path in failing)
    assert sum(server.asked.values()) == FILES + len(failing)
    assert list(tmp_path.iterdir()) == [output]
