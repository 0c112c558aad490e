"""The command line under test."""

from __future__ import annotations

import atexit
import json
import os
import selectors
import subprocess
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "test" / "fixtures"
OTHERS = Path(os.environ.get("KERCHUNK_CORPUS", ROOT.parent / "shared" / "corpus"))
CORPUS = OTHERS / "tiff"
TIMEOUT = 120
# Commands that did not end and were run once more; conftest.py prints them. Node 20 can wait for ever as it ends (nodejs/node#54918).
REPEATED: list[str] = []


def tiffs() -> list[Path]:
    """Our own fixtures, the sample, and other people's TIFFs where they are at hand."""
    own = sorted((FIXTURES / "tiffs").glob("*.tif")) + [FIXTURES / "sample" / "red.tif"]
    return own + sorted(path for path in CORPUS.glob("*") if path.suffix in {".tif", ".tiff"})


def check_refusal(tiff: Path, result: dict) -> None:
    """Of our own TIFFs exactly those are refused whose names say so; of other people's any may be."""
    if FIXTURES in tiff.parents:
        assert result["ok"] != tiff.name.startswith("refused-"), result


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs the command line; where it does not end, tells what it had written and runs it once more."""
    command = ["node", str(ROOT / "dist" / "cli.js"), *map(str, arguments)]
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT)
    except subprocess.TimeoutExpired as stuck:
        REPEATED.append(" ".join(command))
        print(f"\n{' '.join(command)} has not ended after {TIMEOUT} s. Until then it wrote {stuck.stdout!r} and {stuck.stderr!r}.")
        return subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT)


class Batch:
    """The same command line, many commands in one process, which takes a tenth of the time (test_batch.py: with the same answers)."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        line = json.dumps([*map(str, arguments)])
        process = self.started()
        process.stdin.write(f"{line}\n".encode())
        answer = json.loads(self.answer(process, line))
        return subprocess.CompletedProcess(arguments, answer["exitCode"], answer["stdout"], answer["stderr"])

    def started(self) -> subprocess.Popen[bytes]:
        if self.process is None:
            command = ["node", str(ROOT / "test" / "peers" / "batch.mjs")]
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        return self.process

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def answer(self, process: subprocess.Popen[bytes], line: str) -> bytes:
        """One line. A process that ends or falls silent fails the test and is replaced for the next."""
        limit = time.monotonic() + TIMEOUT
        answer = b""
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while not answer.endswith(b"\n"):
                ready = selector.select(max(0.0, limit - time.monotonic()))
                part = os.read(process.stdout.fileno(), 1 << 20) if ready else b""
                if part == b"":
                    self.stop()
                    raise AssertionError(f"{line} has not been answered within {TIMEOUT} s, or has ended its process")
                answer += part
        return answer


BATCH = Batch()
atexit.register(BATCH.stop)


def generate_all(tiffs: list[Path | str], folder: Path, *options: str) -> list[dict]:
    """The results in the order of the inputs: {input, output, ok, account} or {input, ok, error}."""
    done = BATCH.run("generate", *tiffs, "-o", f"{folder}/", "--json", *options)
    assert done.returncode in (0, 2), done.stderr
    return json.loads(done.stdout)


def generate(tiff: Path | str, folder: Path, *options: str) -> dict:
    """The result for one input: {input, output, ok, account} or {input, ok, error}."""
    return generate_all([tiff], folder, *options)[0]


def read(file: Path | str, array: str, folder: Path, *options: str) -> np.ndarray:
    """An array of a reference file or of a TIFF itself."""
    output = folder / "read.npy"
    done = BATCH.run("read", file, array, "-o", output, *options)
    assert done.returncode == 0, done.stderr
    return np.load(output)


def directly(tiff: Path) -> dict | None:
    """The first array of a TIFF that our reader shows without references, {path, shape, dimensions, ...}; None where it shows none."""
    info = BATCH.run("info", tiff, "--json")
    arrays = json.loads(info.stdout)["arrays"] if info.returncode == 0 else []
    return arrays[0] if arrays else None
