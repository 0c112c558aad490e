"""Every TIFF, opened itself: our own reader gives the pixels that GDAL reads, or says why it does not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from cli import ROOT, info, read_tiff, run, tiffs
from oracle import difference, expected

TABLE = ROOT / "test-results" / "peers-direct.md"
RESULTS: dict[Path, str] = {}

# Its writer left the rows of each tile below the image out, which no header tells.
SHORT_TILES = {"contig_tiled.tif"}
# It states two lengths for its three strips of one byte each. GDAL and tifffile give 0 for the third; its byte stands in the file.
MENDED = {"stripbytecounts_count_not_same_as_stripoffsets_count.tif": [132, 115, 90]}


def bands_first(values: np.ndarray, dimensions: list[str]) -> np.ndarray:
    if values.ndim == 2:
        return values[None]
    return np.moveaxis(values, -1, 0) if dimensions[-1] == "band" else values


@pytest.mark.parametrize("tiff", tiffs(), ids=lambda path: path.name.split("__")[-1])
def test_pixels_of_the_tiff_itself(tiff: Path, tmp_path: Path) -> None:
    RESULTS[tiff] = "failed"
    described = info(tiff)
    if isinstance(described, str):
        RESULTS[tiff] = f"not read: {described}"
        return
    if not described["shown"]:
        generated = run("generate", tiff, "-o", "-")
        assert generated.returncode == 2, "what is generated is shown too"
        RESULTS[tiff] = f"not shown: {described['refusal']}"
        return
    full = described["arrays"][0]
    name = tiff.name.split("__")[-1]
    if name in SHORT_TILES:
        refused = run("read", tiff, full["path"])
        assert refused.returncode == 2 and "37 of 64 rows" in refused.stderr, refused.stderr
        RESULTS[tiff] = "not shown: its tiles are cut short"
        return
    found = bands_first(read_tiff(tiff, full["path"], tmp_path), full["dimensions"])
    if name in MENDED:
        assert found.ravel().tolist() == MENDED[name]
        RESULTS[tiff] = "mended: it states too few lengths"
        return
    wanted = expected(tiff)
    assert difference(found, wanted.pixels) is None, difference(found, wanted.pixels)
    by_references = "" if "refusal" not in described else f"; references cannot hold it ({described['refusal']})"
    RESULTS[tiff] = f"equal ({wanted.oracle}){by_references}"


@pytest.fixture(scope="session", autouse=True)
def table():
    yield
    counts = Counter(verdict.split(" ")[0].rstrip(":,") for verdict in RESULTS.values())
    summary = f"{len(RESULTS)} TIFFs: " + ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common())
    rows = [(path.name.split("__")[-1], verdict.replace("|", "\\|").replace("\n", " ")) for path, verdict in RESULTS.items()]
    TABLE.parent.mkdir(exist_ok=True)
    lines = [f"| {name} | {verdict} |" for name, verdict in rows]
    TABLE.write_text("\n".join([f"{summary}.", "", "| file | result |", "| --- | --- |", *lines, ""]))
    print(f"\n{summary}. All of them: {TABLE}")
