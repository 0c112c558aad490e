"""Windows of arrays and their overviews, as the map of an array loads them, equal rasterio's reads of the same file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.windows import Window

from cli import FIXTURES, Answering, generate

WINDOWS = Answering("windows.mjs")
NAMES = (
    "cog-deflate-p2-i16-overviews.tif",
    "cog-lzw-p2-u16-3band-overviews.tif",
    "cog-zstd-p3-f32-overviews-bigtiff.tif",
)
TIFFS = [FIXTURES / "tiffs" / name for name in NAMES] + [FIXTURES / "sample" / "red.tif"]


def steps_of(side: int) -> list[dict]:
    """Slices of an axis: whole, thinned, and a part that begins and ends within chunks."""
    third = side // 3
    return [
        {"start": 0, "stop": side, "step": 1},
        {"start": 0, "stop": side, "step": 7},
        {"start": third, "stop": side - third // 2, "step": 1},
        {"start": third + 1, "stop": side - 1, "step": 3},
    ]


def values_of(window: dict) -> np.ndarray:
    kind, size = window["dataType"]["kind"], window["dataType"]["itemSize"]
    return np.fromfile(window["file"], dtype=f"<{kind}{size}").reshape(window["shape"])


@pytest.mark.parametrize("overviews", [False, True], ids=["overviews of the TIFF", "overviews of the references"])
@pytest.mark.parametrize("tiff", TIFFS, ids=lambda path: path.name)
def test_windows(tiff: Path, overviews: bool, tmp_path: Path) -> None:
    result = generate(tiff, tmp_path, *(["--overviews"] if overviews else []))
    assert result["ok"], result
    path = result["account"]["levels"][0]["path"]
    with rasterio.open(tiff) as source:
        factors = source.overviews(1)
        assert factors or tiff.name == "red.tif"
    known = WINDOWS.ask([result["output"], path, str(tmp_path), []])["pyramid"]
    rows, columns, bands = (known[name] for name in ("rowAxis", "columnAxis", "bandAxis"))
    assert len(known["levels"]) == 1 + len(factors)
    wanted = []
    for number, level in enumerate(known["levels"]):
        assert level["from"] == ("references" if overviews or number == 0 else "tiff")
        for down, across in zip(steps_of(level["shape"][rows]), steps_of(level["shape"][columns])):
            slices = [{"start": 0, "stop": side, "step": 1} for side in level["shape"]]
            slices[rows], slices[columns] = down, across
            wanted.append([number, slices])
    if not overviews and factors:
        assert "read from the TIFF itself" in known["note"]
    found = WINDOWS.ask([result["output"], path, str(tmp_path), wanted])["windows"]
    for (number, slices), window in zip(wanted, found, strict=True):
        assert window["failures"] == []
        level = {} if number == 0 else {"overview_level": number - 1}
        with rasterio.open(tiff, **level) as source:
            down, across = slices[rows], slices[columns]
            part = Window.from_slices((down["start"], down["stop"]), (across["start"], across["stop"]))
            pixels = source.read(window=part)[:, :: down["step"], :: across["step"]]
        expected = pixels[0] if bands is None else np.moveaxis(pixels, 0, bands)
        np.testing.assert_array_equal(values_of(window), expected)
