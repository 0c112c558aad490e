"""Every combination that no public file was found for: the TIFFs of combinations.py, made here."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import imagecodecs.numcodecs
import pytest

from cli import generate_all
from combinations import Combination, combinations
from make_combinations import SECOND_READER, make
from oracle import features
from results import REFUSED, record
from verdicts import judge

imagecodecs.numcodecs.register_codecs(verbose=False)

ROWS = {row: list(group) for row, group in groupby(sorted(combinations(), key=lambda one: one.row), key=lambda one: one.row)}


@pytest.mark.parametrize("row", ROWS)
def test_row(row: str, tmp_path: Path) -> None:
    made = [make(one, tmp_path) for one in ROWS[row]]
    results = generate_all([path for path, *_ in made], tmp_path / "references")
    failures = {}
    for one, (path, pixels, oracle), result in zip(ROWS[row], made, results, strict=True):
        try:
            verdict = judge(path, result, pixels, tmp_path, within(one))
            assert verdict.kind != REFUSED or verdict.group.startswith(("not yet", "JPEG XL")), verdict
            record(path, f"{features(path)}; {oracle}", verdict)
        except Exception as error:  # noqa: BLE001  whatever a reader raises is the answer for this file
            failures[one.name] = f"{type(error).__name__}: {error}"
    told = "\n".join(f"{name}: {text}" for name, text in failures.items())
    assert not failures, f"{len(failures)} of {len(made)} files:\n{told}"


def within(one: Combination) -> int:
    """What decoders of a lossy stream may differ by; JPEG must equal libjpeg-turbo's."""
    return 0 if one.compression == "jpeg" else SECOND_READER.get(one.compression, 0)
