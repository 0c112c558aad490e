"""Many commands in one process give what the command line gives in a process of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli import BATCH, FIXTURES, run, run_batched

TIFFS = FIXTURES / "tiffs"
COMMANDS = [
    ["generate", TIFFS / "deflate-p2-u16-tiled.tif", "-o", "-"],
    ["generate", TIFFS / "refused-ccittfax4-1bit.tif", TIFFS / "size-1x1.tif", "-o", "{folder}/", "--json"],
    ["read", "{folder}/none.json", "band_data"],
    ["info", "{folder}/size-1x1.kerchunk.json", "--json"],
    ["--help"],
    ["nonsense"],
]


def test_answers(tmp_path: Path) -> None:
    own, batched = tmp_path / "own", tmp_path / "batched"
    for command in COMMANDS:
        (one, other) = (
            call(*(str(word).replace("{folder}", str(folder)) for word in command)) for call, folder in ((run, own), (run_batched, batched))
        )
        assert one.returncode == other.returncode
        assert untimed(one.stdout) == untimed(other.stdout.replace(str(batched), str(own)))
        assert untimed(one.stderr) == untimed(other.stderr.replace(str(batched), str(own)))


def untimed(text: str) -> str:
    return re.sub(r'\d+ ms|"milliseconds": ?[\d.]+', "some time", text)


def test_a_process_that_ends_fails_one_command_only() -> None:
    assert run_batched("--version").returncode == 0
    BATCH.started().kill()
    with pytest.raises((AssertionError, BrokenPipeError)):
        run_batched("--version")
    BATCH.stop()
    assert run_batched("--version").returncode == 0
