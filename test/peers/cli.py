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
# libjxl computes lossy images in floats of 32 bits, and its build for the web takes sums in another order than that with SIMD: one step of 255.
LOSSY = {"jpegxl-u8-3band-tiled-lossy.tif": 1}
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


class Answering:
    """A Node script that answers each line of JSON with another: many requests in one process take a tenth of the time."""

    def __init__(self, script: str) -> None:
        self.command = ["node", str(ROOT / "test" / "peers" / script)]
        self.process: subprocess.Popen[bytes] | None = None
        atexit.register(self.stop)

    def ask(self, request: object) -> object:
        """A process that ends or falls silent fails the test and is replaced for the next."""
        line = json.dumps(request)
        process = self.started()
        process.stdin.write(f"{line}\n".encode())
        answer = answer_of(process)
        if answer is None:
            self.stop()
            raise AssertionError(f"{line} has not been answered within {TIMEOUT} s, or has ended its process")
        return json.loads(answer)

    def started(self) -> subprocess.Popen[bytes]:
        if self.process is None:
            self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        return self.process

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


def answer_of(process: subprocess.Popen[bytes]) -> bytes | None:
    """The next line that a process writes; None where it ends or falls silent before."""
    limit = time.monotonic() + TIMEOUT
    answer = b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while not answer.endswith(b"\n"):
            ready = selector.select(max(0.0, limit - time.monotonic()))
            part = os.read(process.stdout.fileno(), 1 << 20) if ready else b""
            if part == b"":
                return None
            answer += part
    return answer


BATCH = Answering("batch.mjs")


def run_batched(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The same command line in the process of many commands (test_batch.py: with the same answers)."""
    answer = BATCH.ask([*map(str, arguments)])
    return subprocess.CompletedProcess(arguments, answer["exitCode"], answer["stdout"], answer["stderr"])


def generate_all(tiffs: list[Path | str], folder: Path, *options: str) -> list[dict]:
    """The results in the order of the inputs: {input, output, ok, account} or {input, ok, error}."""
    done = run_batched("generate", *tiffs, "-o", f"{folder}/", "--json", *options)
    assert done.returncode in (0, 2), done.stderr
    return json.loads(done.stdout)


def generate(tiff: Path | str, folder: Path, *options: str) -> dict:
    """The result for one input: {input, output, ok, account} or {input, ok, error}."""
    return generate_all([tiff], folder, *options)[0]


def read(file: Path | str, array: str, folder: Path, *options: str) -> np.ndarray:
    """An array of a reference file or of a TIFF itself."""
    output = folder / "read.npy"
    done = run_batched("read", file, array, "-o", output, *options)
    assert done.returncode == 0, done.stderr
    return np.load(output)


def directly(tiff: Path) -> dict | None:
    """The first array of a TIFF that our reader shows without references, {path, shape, dimensions, ...}; None where it shows none."""
    info = run_batched("info", tiff, "--json")
    arrays = json.loads(info.stdout)["arrays"] if info.returncode == 0 else []
    return arrays[0] if arrays else None
