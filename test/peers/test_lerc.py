"""LERC of floating-point numbers: what is said about NaN in it is so, in xarray and in this project's reader."""

from __future__ import annotations

import imagecodecs.numcodecs
import numpy as np
import rasterio
import xarray as xr

from cli import generate, read

imagecodecs.numcodecs.register_codecs(verbose=False)


def test_nan_without_nodata(tmp_path) -> None:
    values = np.random.default_rng(5).normal(500, 40, (64, 64)).astype("f4")
    values[10:30, 20:50] = np.nan
    path = tmp_path / "heights.tif"
    profile = {"driver": "GTiff", "width": 64, "height": 64, "count": 1, "dtype": "float32", "compress": "LERC"}
    with rasterio.open(path, "w", tiled=True, blockxsize=32, blockysize=32, **profile) as tiff:
        tiff.write(values, 1)
    with rasterio.open(path) as tiff:
        np.testing.assert_array_equal(tiff.read(1), values)

    result = generate(path, tmp_path)
    assert any("LERC keeps NaN" in warning for warning in result["account"]["warnings"]), result
    array = result["account"]["levels"][0]["path"]
    dataset = xr.open_dataset(
        result["output"],
        engine="kerchunk",
        mask_and_scale=False,
        backend_kwargs={"storage_options": {"remote_protocol": "file"}},
    )
    np.testing.assert_array_equal(dataset[array].values, np.where(np.isnan(values), 0, values))
    np.testing.assert_array_equal(read(result["output"], array, tmp_path), values)
