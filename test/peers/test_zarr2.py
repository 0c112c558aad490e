"""zarr-python 2 reads the same values from our references as our own reader does, which zarr-python 3 and GDAL have confirmed."""

from __future__ import annotations

from pathlib import Path

import imagecodecs.numcodecs
import numpy as np
import pytest
import xarray as xr
import zarr

from cli import LOSSY, check_refusal, generate, read, tiffs

imagecodecs.numcodecs.register_codecs(verbose=False)
# Tiles cut short and bytes that are no JPEG 2000, which every reader refuses, and bytes behind a ZSTD frame, which imagecodecs does.
REFUSED_BY_READERS = ("contig_tiled.tif", "unsupported_codec_jp2000.tif", "zstd-u16-tiled-trailing-bytes.tif")


def test_version() -> None:
    assert zarr.__version__.startswith("2.")


@pytest.mark.parametrize("tiff", tiffs(), ids=lambda path: path.name.split("__")[-1])
def test_values(tiff: Path, tmp_path: Path) -> None:
    result = generate(tiff, tmp_path)
    check_refusal(tiff, result)
    if not result["ok"] or tiff.name.endswith(REFUSED_BY_READERS):
        return
    array = result["account"]["levels"][0]["path"]
    stored = xr.open_dataset(
        result["output"],
        engine="kerchunk",
        mask_and_scale=False,
        backend_kwargs={"storage_options": {"remote_protocol": "file"}},
    )
    values = stored[array].values
    own = read(result["output"], array, tmp_path)
    assert values.shape == own.shape
    if tiff.name in LOSSY:
        assert np.abs(values.astype(int) - own.astype(int)).max() <= LOSSY[tiff.name]
        return
    assert np.array_equal(values.view("u1"), np.ascontiguousarray(own.astype(values.dtype)).view("u1"))
