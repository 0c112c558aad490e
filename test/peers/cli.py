"""The command line under test."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "test" / "fixtures"
CORPUS = Path(os.environ.get("KERCHUNK_CORPUS", ROOT.parent / "shared" / "corpus")) / "tiff"


def tiffs() -> list[Path]:
    """Our own fixtures, the sample, and other people's TIFFs where they are at hand."""
    own = sorted((FIXTURES / "tiffs").glob("*.tif")) + [FIXTURES / "sample" / "red.tif"]
    return own + sorted(path for path in CORPUS.glob("*") if path.suffix in {".tif", ".tiff"})


def check_refusal(tiff: Path, result: dict) -> None:
    """Of our own TIFFs exactly those are refused whose names say so; of other people's any may be."""
    if FIXTURES in tiff.parents:
        assert result["ok"] != tiff.name.startswith("refused-"), result


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = ["node", str(ROOT / "dist" / "cli.js"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def generate(tiff: Path | str, folder: Path, *options: str) -> dict:
    """The result for one input: {input, output, ok, account} or {input, ok, error}."""
    done = run("generate", tiff, "-o", f"{folder}/", "--json", *options)
    assert done.returncode in (0, 2), done.stderr
    return json.loads(done.stdout)[0]


def read(references: str, array: str, folder: Path) -> np.ndarray:
    output = folder / "read.npy"
    done = run("read", references, array, "-o", output)
    assert done.returncode == 0, done.stderr
    return np.load(output)


def info(tiff: Path | str) -> dict | str:
    """What `kerchunk info` says of a TIFF; the message where it says nothing."""
    done = run("info", tiff, "--json")
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr.strip()


def read_tiff(tiff: Path | str, array: str, folder: Path) -> np.ndarray:
    """Pixels that our own reader takes from the TIFF itself, by no reference file."""
    return read(str(tiff), array, folder)
