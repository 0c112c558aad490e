"""What pictures make of numbers: percentiles, standard deviations and logarithmic scales are numpy's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cli import Answering

LOOK = Answering("look.mjs")
PERCENTS = [0, 0.1, 2, 33.3, 50, 98, 99.9, 100]
RANGE = {"low": 2.0, "high": 2000.0}
DTYPES = ["|u1", "|i1", "<u2", "<i2", "<u4", "<i4", "<i8", "<u8", "<f2", "<f4", "<f8"]


def numbers(dtype: str) -> np.ndarray:
    """Skewed, of both signs where there are signs, with zeros; floats have NaN."""
    random = np.random.default_rng(7)
    most = 120 if np.dtype(dtype).itemsize == 1 else 30_000
    values = np.minimum(random.lognormal(4, 2, 5003), most)
    if np.dtype(dtype).kind != "u":
        values *= random.choice([-1, 1, 1], values.size)
    out = values.astype(dtype)
    out[::97] = 0
    out[5::301] = 7
    if out.dtype.kind == "f":
        out[3::211] = np.nan
    return out


def places(values: np.ndarray, forward) -> np.ndarray:
    low, high = forward(np.float64(RANGE["low"])), forward(np.float64(RANGE["high"]))
    return np.clip((forward(values) - low) / (high - low), 0, 1) * 255


def check_greys(found: list[int], values: np.ndarray, missing: np.ndarray, forward) -> None:
    """Greys are whole numbers: where numpy's is beside a half, either neighbour is right."""
    greys = np.array(found)
    np.testing.assert_array_equal(greys == -1, missing)
    assert np.abs(greys[~missing] - places(values[~missing], forward)).max() <= 0.5 + 1e-6


@pytest.mark.parametrize("nodata", [None, 7])
@pytest.mark.parametrize("dtype", DTYPES)
def test_numbers(dtype: str, nodata: int | None, tmp_path: Path) -> None:
    stored = numbers(dtype)
    file = tmp_path / "numbers.bin"
    file.write_bytes(stored.tobytes())
    found = LOOK.ask([str(file), dtype, nodata, PERCENTS, RANGE])
    doubles = stored.astype("f8")
    missing = np.isnan(doubles) | (doubles == nodata)
    valid = doubles[~missing]
    np.testing.assert_allclose(found["deviation"], valid.std(), rtol=1e-12)
    np.testing.assert_allclose(found["percentiles"], np.percentile(valid, PERCENTS), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(found["positive"], np.percentile(valid[valid > 0], PERCENTS), rtol=1e-12)
    expected = [valid.mean() - 2 * valid.std(), valid.mean() + 2 * valid.std()]
    np.testing.assert_allclose([found["deviations"][end] for end in ("low", "high")], expected, rtol=1e-11)
    check_greys(found["linear"], doubles, missing, lambda x: x)
    with np.errstate(divide="ignore", invalid="ignore"):
        check_greys(found["log"], doubles, missing | (doubles <= 0), np.log10)
    part = RANGE["high"] / 1000
    check_greys(found["symlog"], doubles, missing, lambda x: np.sign(x) * np.log1p(np.abs(x) / part))
    within = valid[(valid >= RANGE["low"]) & (valid <= RANGE["high"])]
    counts, _ = np.histogram(np.log(within), bins=64, range=np.log([RANGE["low"], RANGE["high"]]))
    assert sum(found["histogram"]) == within.size
    if dtype == "<f8":
        # A number on an edge may fall to either side of it by the last bit of its logarithm; others occur once.
        assert np.abs(np.cumsum(found["histogram"]) - np.cumsum(counts)).max() <= 1
