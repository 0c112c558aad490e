"""Maps of TIFFs: IFDs, values of tags that stand apart, tiles and strips stand where tifffile finds them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import tifffile

from cli import FIXTURES, Answering, tiffs

MAPS = Answering("target_maps.mjs")
TIFFS = sorted({*tiffs(), *(FIXTURES / "tiff").glob("*.tif")})
COUNTS = {"files": 0, "ifds": 0, "values": 0, "tiles": 0}


def map_of(tiff: Path, folder: Path) -> dict:
    """The map of a file of which no tile is referred to, but its first byte."""
    metadata = {"zarr_format": 2, "shape": [1], "chunks": [1], "dtype": "|u1", "fill_value": 0}
    zarray = json.dumps({**metadata, "compressor": None, "filters": None, "order": "C"})
    references = folder / "references.json"
    references.write_text(json.dumps({"version": 1, "refs": {"a/.zarray": zarray, "a/0": [f"file://{tiff}", 0, 1]}}))
    return MAPS.ask(str(references))


def pages_of(file: tifffile.TiffFile) -> dict[str, tifffile.TiffPage]:
    """Pages of the chain by the names that the map gives them; SubIFDs are compared in their own tests."""
    return {f"IFD {number}": page.aspage() for number, page in enumerate(file.pages)}


@pytest.mark.parametrize("tiff", TIFFS, ids=lambda path: path.name)
def test_regions_stand_where_tifffile_finds_them(tiff: Path, tmp_path: Path) -> None:
    found = map_of(tiff, tmp_path)
    if found["structure"]["kind"] != "tiff":
        pytest.skip(f"not mapped: {found['structure']}")
    regions = found["regions"]
    with tifffile.TiffFile(tiff) as file:
        pages = pages_of(file)
        assert {image["name"] for image in found["images"] if "Sub" not in image["name"]} == set(pages)
        for name, page in pages.items():
            own = [region for region in regions if region["image"] == name]
            # Where several IFDs share a value or a tile, it stands once, with the first of them.
            everywhere = {(region["kind"], region["start"], region["length"]) for region in regions}
            (ifd,) = [region for region in own if region["kind"] == "ifd"]
            assert ifd["start"] == page.offset
            COUNTS["ifds"] += 1
            for tag in page.tags:
                length = tag.dataformat and tag.valuebytecount
                apart = length > (8 if file.is_bigtiff else 4)
                kind = "table" if tag.code in (273, 279, 324, 325) else "values"
                if apart:
                    assert (kind, tag.valueoffset, length) in everywhere, tag
                    COUNTS["values"] += 1
            stated = page.tags.get(325) or page.tags.get(279)
            if stated is None or stated.count != len(page.dataoffsets):
                continue  # tifffile has no lengths there; we reckon them, or refuse the file.
            wanted = [(o, c) for o, c in zip(page.dataoffsets, page.databytecounts) if c > 0]
            assert all(("tile", offset, count) in everywhere for offset, count in wanted)
            tiles = {(r["start"], r["length"]) for r in own if r["kind"] == "tile"}
            assert tiles <= set(wanted)
            COUNTS["tiles"] += len(wanted)
    # All bytes of the file are some region's, each byte but that of the reference once, unless regions overlap.
    assert found["size"] == tiff.stat().st_size
    covered = 0
    for region in regions:
        assert region["start"] <= covered
        covered = max(covered, region["start"] + region["length"])
    assert covered >= found["size"]
    COUNTS["files"] += 1


@pytest.fixture(scope="module", autouse=True)
def counts():
    yield
    print(f"\ntarget maps: {COUNTS}")
