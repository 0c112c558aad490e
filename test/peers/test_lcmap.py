"""Other people's references to a COG and its overviews: ours have the same 96 pairs of offset and length, and all of them decode."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rasterio

from cli import OTHERS, generate, read
from oracle import difference
from verdicts import open_group

THEIRS = OTHERS / "refs" / "lcmap.json"


def test_pairs_and_pixels(tmp_path: Path) -> None:
    if not THEIRS.is_file():
        pytest.skip(f"other people's references are not at hand ({OTHERS})")
    tiff = THEIRS.with_name("lcmap_tiny_cog_2019.tif")
    theirs = pairs(json.loads(THEIRS.read_text()))
    assert len(theirs) == 96
    result = generate(tiff, tmp_path, "--overviews")
    refs = json.loads(Path(result["output"]).read_text())["refs"]
    assert pairs(refs) == theirs
    for level, account in enumerate(result["account"]["levels"]):
        options = {"overview_level": level - 1} if level > 0 else {}
        with rasterio.open(tiff, **options) as source:
            wanted = source.read(1)
        group, name = account["path"].split("/")
        stored = open_group(result["output"], group, mask_and_scale=False)[name].values
        for found in (stored, read(result["output"], account["path"], tmp_path)):
            assert difference(found, wanted) is None, difference(found, wanted)


def pairs(refs: dict) -> dict[tuple[str, str], list[int]]:
    """Offset and length by level and place in the grid; coordinates have none."""
    return {(key.split("/")[0], key.split("/")[-1]): value[1:] for key, value in refs.items() if isinstance(value, list)}
