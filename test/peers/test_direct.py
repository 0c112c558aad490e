"""Every TIFF, opened itself, references or not: our own reader gives the pixels that GDAL reads, and shows all that is generated."""

from __future__ import annotations

from pathlib import Path

import pytest
import xarray as xr

from cli import LOSSY, directly, generate, read, tiffs
from oracle import LARGE, expected, window, windows
from test_tiffs import MENDED, NOT_CODED, SHORT_TILES
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
    if name in NOT_CODED:
        with pytest.raises(AssertionError, match="do not begin as a JPEG 2000 image does"):
            read(tiff, shown["path"], tmp_path)
        return
    if name in LARGE:
        for rows, columns in windows(tiff):
            own = read(tiff, shown["path"], tmp_path, "--slice", f"{rows.start}:{rows.stop},{columns.start}:{columns.stop}")
            check(own.transpose(2, 0, 1), window(tiff, rows, columns), 0, "our reader, from the TIFF itself")
        return
    pixels = read(tiff, shown["path"], tmp_path)
    if name in MENDED:
        assert pixels.ravel().tolist() == MENDED[name]
        return
    found = bands_first(xr.DataArray(pixels, dims=shown["dimensions"]))
    check(found, expected(tiff).pixels, LOSSY.get(name, 0), "our reader, from the TIFF itself")
