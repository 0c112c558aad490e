"""LERC of floating-point numbers: no reference is written, because imagecodecs drops NaN; the TIFF itself is read as GDAL reads it."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio

from cli import directly, generate, read


@pytest.mark.parametrize("order", ["LITTLE", "BIG"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("compress", ["LERC", "LERC_DEFLATE", "LERC_ZSTD"])
def test_nan_without_nodata(tmp_path, order, dtype, compress) -> None:
    values = np.random.default_rng(5).normal(500, 40, (64, 64)).astype(dtype)
    values[10:30, 20:50] = np.nan
    path = tmp_path / "heights.tif"
    profile = {"driver": "GTiff", "width": 64, "height": 64, "count": 1, "dtype": dtype, "compress": compress, "endianness": order}
    with rasterio.open(path, "w", tiled=True, blockxsize=32, blockysize=32, **profile) as tiff:
        tiff.write(values, 1)
    with rasterio.open(path) as tiff:
        wanted = tiff.read(1)

    result = generate(path, tmp_path)
    assert not result["ok"] and "may keep NaN in masks" in result["error"]["message"], result
    np.testing.assert_array_equal(read(path, directly(path)["path"], tmp_path), wanted)
