"""Every TIFF, opened itself, references or not: our own reader gives the pixels that GDAL reads, and shows all that is generated."""

from __future__ import annotations

from pathlib import Path

import pytest
import xarray as xr

from cli import directly, generate, read, tiffs
from oracle import expected
from test_tiffs import MENDED, SHORT_TILES
from verdicts import bands_first, check


@pytest.mark.parametrize("tiff", tiffs(), ids=lambda path: path.name.split("__")[-1])
def test_pixels_of_the_tiff_itself(tiff: Path, tmp_path: Path) -> None:
    name = tiff.name.split("__")[-1]
    shown = directly(tiff)
    if shown is None:
        assert not generate(tiff, tmp_path)["ok"], "what is generated is shown too"
        return
    if name in SHORT_TILES:
        with pytest.raises(AssertionError, match="37 of 64 rows"):
            read(tiff, shown["path"], tmp_path)
        return
    pixels = read(tiff, shown["path"], tmp_path)
    if name in MENDED:
        assert pixels.ravel().tolist() == MENDED[name]
        return
    found = bands_first(xr.DataArray(pixels, dims=shown["dimensions"]))
    check(found, expected(tiff).pixels, 0, "our reader, from the TIFF itself")
