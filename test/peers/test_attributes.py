"""What the attributes say of bands is what rasterio says of them: colours, palette, names, units, scales, statistics, nodata."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rasterio
import tifffile
from rasterio.errors import RasterioError

from cli import generate, tiffs
from oracle import opened, reason_for_tifffile

STATISTICS = "STATISTICS_"


def per_band(value, count: int) -> list:
    return value if isinstance(value, list) else [value] * count


def as_number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def has_palette(tiff: Path) -> bool:
    """Whether the file has a ColorMap (320): GDAL makes a palette of its own for samples of 1 bit, and where white is zero."""
    with tifffile.TiffFile(tiff) as file:
        return 320 in file.pages[0].tags


@pytest.mark.parametrize("tiff", tiffs(), ids=lambda path: path.name.split("__")[-1])
def test_bands(tiff: Path, tmp_path: Path) -> None:
    result = generate(tiff, tmp_path)
    if not result["ok"]:
        return
    refs = json.loads(Path(result["output"]).read_text())["refs"]
    array = result["account"]["levels"][0]["path"]
    attributes = json.loads(refs[f"{array}/.zattrs"])
    metadata = json.loads(refs[f"{array}/.zarray"])
    try:
        source = rasterio.open(opened(tiff))
    except RasterioError:
        return
    with source:
        count = source.count
        if "GDAL turns" not in (reason_for_tifffile(tiff) or ""):
            roles = [role.name for role in source.colorinterp]
            found = per_band(attributes.get("color_interpretation", "gray"), count)
            # Beside a palette of its own GDAL does not tell what its metadata say.
            assert found in (["gray"], ["undefined"]) if roles == ["palette"] and not has_palette(tiff) else found == roles
        names = [text or "" for text in source.descriptions]
        assert per_band(attributes.get("long_name", ""), count) == names
        # Of a CRS with heights GDAL gives the unit of these, where the band states none.
        if "units" in attributes or not tiff.name.startswith("crs-"):
            assert per_band(attributes.get("units", ""), count) == [text or "" for text in source.units]
        scales = attributes.get("band_scale_factors", attributes.get("scale_factor", 1))
        offsets = attributes.get("band_add_offsets", attributes.get("add_offset", 0))
        assert tuple(per_band(scales, count)) == source.scales
        assert tuple(per_band(offsets, count)) == source.offsets
        assert ("color_table" in attributes) == has_palette(tiff)
        if "color_table" in attributes:
            wanted = source.colormap(1)
            assert attributes["color_table"] == [list(wanted[index][:3]) for index in range(len(attributes["color_table"]))]
        for band in range(1, count + 1):
            for key, text in source.tags(band).items():
                if key.startswith(STATISTICS):
                    assert per_band(attributes[key], count)[band - 1] == as_number(text), key
        if source.nodata is not None and metadata["fill_value"] is not None and metadata["dtype"][1] in "iuf":
            found = float(metadata["fill_value"])
            expected = float(np.dtype(metadata["dtype"]).type(source.nodata)) if metadata["dtype"][1] == "f" else source.nodata
            assert found == expected or (np.isnan(found) and np.isnan(expected))
