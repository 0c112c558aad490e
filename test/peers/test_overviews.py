"""Levels of a pyramid, each in its own group: xarray reads what GDAL reads from the overview of the same size."""

from __future__ import annotations

from pathlib import Path

import imagecodecs.numcodecs
import numpy as np
import pytest
import rasterio
import xarray as xr

from cli import FIXTURES, generate
from oracle import difference
from verdicts import open_group

imagecodecs.numcodecs.register_codecs(verbose=False)

PYRAMIDS = [
    FIXTURES / "sample" / "red.tif",
    *sorted(path for path in (FIXTURES / "tiffs").glob("*overviews*.tif") if "jpeg" not in path.name and not path.name.startswith("refused-")),
]


def bands_first(array: xr.DataArray) -> np.ndarray:
    return array.transpose("band", "y", "x").values if "band" in array.dims else array.values[None]


@pytest.mark.parametrize("tiff", PYRAMIDS, ids=lambda path: path.name)
def test_levels(tiff: Path, tmp_path: Path) -> None:
    result = generate(tiff, tmp_path, "--overviews")
    assert result["ok"], result
    levels = result["account"]["levels"]
    with rasterio.open(tiff) as full:
        factors = full.overviews(1)
        located, scales = full.transform, set(full.scales)
        extent = (full.width, full.height)
    assert len(levels) == 1 + len(factors)
    for number, level in enumerate(levels):
        options = {} if number == 0 else {"overview_level": number - 1}
        with rasterio.open(tiff, **options) as source:
            pixels = source.read()
        group, name = level["path"].split("/")
        assert group == str(number)
        stored = open_group(result["output"], number, mask_and_scale=False)
        assert difference(bands_first(stored[name]), pixels) is None, difference(bands_first(stored[name]), pixels)
        height, width = pixels.shape[1:]
        # An overview covers what the full resolution covers, with fewer pixels.
        step_x, step_y = located.a * extent[0] / width, located.e * extent[1] / height
        np.testing.assert_allclose(stored.x.values, located.c + (np.arange(width) + 0.5) * step_x, rtol=0, atol=1e-6)
        np.testing.assert_allclose(stored.y.values, located.f + (np.arange(height) + 0.5) * step_y, rtol=0, atol=1e-6)
        if scales != {1.0}:
            assert {stored[name].attrs["scale_factor"]} == scales, "overviews inherit the scale, which only the first IFD states"


def test_code_of_the_account(tmp_path: Path) -> None:
    result = generate(FIXTURES / "sample" / "red.tif", tmp_path, "--overviews")
    namespace: dict = {}
    exec(result["account"]["xarrayCode"], namespace)
    assert namespace["ds"]["red"].shape == (1536, 1536)
