"""Overviews and masks in files beside a TIFF (`in.tif.ovr`, `in.tif.msk`): the levels hold what GDAL reads as its overviews."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.enums import Resampling
from rasterio.shutil import copy as gdal_copy

import imagecodecs.numcodecs
from cli import FIXTURES, generate, read
from test_overviews import open_group

imagecodecs.numcodecs.register_codecs(verbose=False)

SOURCES = ["deflate-p2-u16-tiled-be.tif", "deflate-p3-f32-tiled.tif", "none-u8-tiled.tif", "deflate-u16-3band-planar-tiled.tif"]


def sources() -> list[Path]:
    found = [FIXTURES / "tiffs" / name for name in SOURCES if (FIXTURES / "tiffs" / name).exists()]
    return [*found, FIXTURES / "sample" / "red.tif"]


def beside(tiff: Path, folder: Path, compression: str = "DEFLATE") -> Path:
    """A copy without overviews of its own, and its overviews beside it, as GDAL writes them for a file opened read-only."""
    copy = folder / "in.tif"
    gdal_copy(tiff, copy, driver="GTiff", tiled=True, blockxsize=16, blockysize=16, compress="DEFLATE", copy_src_overviews=False)
    with rasterio.Env(TIFF_USE_OVR=True, COMPRESS_OVERVIEW=compression, GDAL_TIFF_OVR_BLOCKSIZE=64), rasterio.open(copy, "r+") as dataset:
        dataset.build_overviews([2, 4], Resampling.nearest)
    assert (folder / "in.tif.ovr").exists()
    return copy


@pytest.mark.parametrize("compression", ["DEFLATE", "LZW"])
@pytest.mark.parametrize("tiff", sources(), ids=lambda path: path.name)
def test_levels(tiff: Path, compression: str, tmp_path: Path) -> None:
    copy = beside(tiff, tmp_path, compression)
    result = generate(copy, tmp_path, "--overviews")
    assert result["ok"], result
    levels = result["account"]["levels"]
    assert len(levels) == 3
    for number, level in enumerate(levels):
        with rasterio.open(copy, **({} if number == 0 else {"overview_level": number - 1})) as source:
            pixels = source.read()
        stored = open_group(result["output"], number, mask_and_scale=False)[level["path"].split("/")[1]]
        values = stored.transpose("band", "y", "x").values if "band" in stored.dims else stored.values[None]
        np.testing.assert_array_equal(values, pixels)
        own = read(result["output"], level["path"], tmp_path)
        np.testing.assert_array_equal(own, stored.values)
    refs = json.loads(Path(result["output"]).read_text())["refs"]
    targets = {key.split("/")[0]: value[0] for key, value in refs.items() if isinstance(value, list)}
    assert targets == {"0": f"file://{copy}", "1": f"file://{copy}.ovr", "2": f"file://{copy}.ovr"}
    assert [(entry["url"], entry["size"]) for entry in json.loads(refs[".zattrs"])["kerchunk_source"]] == [
        (f"file://{path}", Path(path).stat().st_size) for path in (str(copy), f"{copy}.ovr")
    ]
    assert generate(copy, tmp_path)["account"]["overviewsLeftOut"] == 2


def test_overviews_of_the_file_itself_come_first(tmp_path: Path) -> None:
    """As in GDAL, which does not look at the others then."""
    copy = beside(FIXTURES / "sample" / "red.tif", tmp_path)
    shutil.copy(FIXTURES / "sample" / "red.tif", copy)
    account = generate(copy, tmp_path, "--overviews")["account"]
    assert len(account["levels"]) == 4
    assert any("has overviews of its own" in warning for warning in account["warnings"])


def test_mask(tmp_path: Path) -> None:
    copy = beside(FIXTURES / "sample" / "red.tif", tmp_path)
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=False), rasterio.open(copy, "r+") as dataset:
        dataset.write_mask(np.zeros((dataset.height, dataset.width), bool))
    assert (tmp_path / "in.tif.msk").exists()
    account = generate(copy, tmp_path)["account"]
    assert account["masksLeftOut"] == 1
    assert any("mask stands beside the file (.msk)" in warning for warning in account["warnings"])


def test_damaged(tmp_path: Path) -> None:
    copy = beside(FIXTURES / "sample" / "red.tif", tmp_path)
    (tmp_path / "in.tif.ovr").write_bytes(b"nothing of the kind")
    result = generate(copy, tmp_path, "--overviews")
    assert result["ok"]
    assert len(result["account"]["levels"]) == 1
    assert any("(.ovr) is left out" in warning and "not a TIFF" in warning for warning in result["account"]["warnings"])
