"""The notebook's preset opens in xarray and decodes wrongly, by exactly what its `delta` codec leaves out."""

from __future__ import annotations

import numpy as np
import rasterio
import xarray as xr

from cli import FIXTURES, generate

SAMPLE = FIXTURES / "sample" / "red.tif"
TILE = 256


def test_rows_after_the_first_drift(tmp_path) -> None:
    """`delta` sums over the whole chunk, TIFF's predictor over each row: row r is off by the last pixels of rows 0 to r - 1, modulo 2^16."""
    result = generate(SAMPLE, tmp_path, "--preset", "notebook")
    assert result["ok"], result
    dataset = xr.open_dataset(
        result["output"],
        engine="kerchunk",
        mask_and_scale=False,
        backend_kwargs={"storage_options": {"remote_protocol": "file"}},
    )
    found = dataset[result["account"]["levels"][0]["path"]].values[:TILE, :TILE]
    with rasterio.open(SAMPLE) as source:
        stored = source.read(1)[:TILE, :TILE].astype(np.uint64)
    earlier = np.concatenate([[0], np.cumsum(stored[:-1, -1])]).astype(np.uint64)
    drifted = ((stored + earlier[:, None]) % 65536) / 10000 - 0.1
    np.testing.assert_array_equal(found, drifted.astype(np.float32))
    right = (stored / 10000 - 0.1).astype(np.float32)
    np.testing.assert_array_equal(found[0], right[0])
    assert (found[1:] != right[1:]).mean() > 0.99


def test_generating_it_says_so(tmp_path) -> None:
    warnings = generate(SAMPLE, tmp_path, "--preset", "notebook")["account"]["warnings"]
    assert any("row" in warning for warning in warnings), warnings
