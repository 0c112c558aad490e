"""Every TIFF: references that xarray, and our own reader, decode to the pixels that GDAL reads; or a refusal that names the reason."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import imagecodecs.numcodecs
import numpy as np
import pytest
import rasterio
import rioxarray  # noqa: F401  registers the accessor
import xarray as xr
from rasterio.errors import NotGeoreferencedWarning

from cli import CORPUS, FIXTURES, ROOT, check_refusal, generate, read, run, tiffs
from oracle import difference, expected, features

imagecodecs.numcodecs.register_codecs(verbose=False)

TABLE = ROOT / "test-results" / "peers-zarr3.md"
RESULTS: dict[Path, str] = {}
REFUSALS = {"not-expressible", "short-last-strip", "malformed-tiff", "short-read", "limit-exceeded"}

# Its writer left the rows of each tile below the image out, which no header tells.
SHORT_TILES = {"contig_tiled.tif"}
# A tile's byte count holds bytes beyond its ZSTD frame, which imagecodecs refuses, and GDAL and our reader pass over.
ONLY_OURS = {"zstd-u16-tiled-trailing-bytes.tif"}
# It states two lengths for its three strips of one byte each. GDAL and tifffile give 0 for the third; its byte stands in the file.
MENDED = {"stripbytecounts_count_not_same_as_stripoffsets_count.tif": [132, 115, 90]}
# GDAL and tifffile read no file of several strips that states no lengths; the twin holds the same pixels.
TWINS = {
    "none-u16-strips-no-byte-counts.tif": "none-u16-strips-gaps.tif",
    "none-u16-tiles-no-byte-counts.tif": "none-u16-tiles-byte-counts-too-long.tif",
}
# The code says it all, though another key beside it says something else, or nothing.
SAME_CRS = {
    "crs-geographic-model-with-both-codes.tif",
    "crs-vertical-key-revision-0.tif",
    "crs-vertical-key-revision-1.tif",
    "crs-compound-code-revision-0.tif",
    "crs-compound-code-revision-1.tif",
    "crs-geocentric.tif",
}
# Its GeoKeys say that pixels are points and nothing of a CRS; GDAL makes a nameless local one of that.
NO_CRS = {"crs-pixel-is-point-only.tif"}
NO_NODATA = "read as 0, and xarray masks every 0"


def bands_first(array: xr.DataArray) -> np.ndarray:
    values = array.values
    if array.ndim == 2:
        return values[None]
    return np.moveaxis(values, -1, 0) if array.dims[-1] == "band" else values


def open_dataset(references: str, **options) -> xr.Dataset:
    return xr.open_dataset(
        references,
        engine="kerchunk",
        backend_kwargs={"storage_options": {"remote_protocol": "file"}},
        **options,
    )


def is_aligned(transform) -> bool:
    return transform is not None and transform.b == 0 and transform.d == 0


@pytest.mark.parametrize("tiff", tiffs(), ids=lambda path: path.name.split("__")[-1])
def test_pixels_and_georeferencing(tiff: Path, tmp_path: Path) -> None:
    RESULTS[tiff] = "failed"
    result = generate(tiff, tmp_path)
    check_refusal(tiff, result)
    name = tiff.name.split("__")[-1]
    if not result["ok"]:
        assert result["error"]["code"] in REFUSALS, result
        assert list(tmp_path.iterdir()) == [], "a refusal writes nothing"
        RESULTS[tiff] = f"refused: {result['error']['message'].split(': ', 1)[-1]}"
        return
    wanted = expected(tiff.with_name(TWINS.get(name, tiff.name)))
    array = result["account"]["levels"][0]["path"]
    stored = open_dataset(result["output"], mask_and_scale=False)
    if name in SHORT_TILES:
        with pytest.raises(ValueError, match="reshape"):
            stored[array].load()
        refused = run("read", result["output"], array)
        assert refused.returncode == 2 and "37 of 64 rows" in refused.stderr, refused.stderr
        RESULTS[tiff] = "refused by xarray and our reader: its tiles are cut short"
        return
    if name in ONLY_OURS:
        with pytest.raises(Exception, match="ZSTD"):
            stored[array].load()
        own = read(result["output"], array, tmp_path)
        assert difference(own[None], wanted.pixels) is None, difference(own[None], wanted.pixels)
        RESULTS[tiff] = "equal in our reader; imagecodecs refuses bytes behind a ZSTD frame"
        return
    if name in MENDED:
        assert stored[array].values.ravel().tolist() == MENDED[name]
        assert any("does not state the lengths" in warning for warning in result["account"]["warnings"])
        RESULTS[tiff] = "mended, with a warning: it states too few lengths"
        return
    if "GDAL turns" in wanted.oracle:
        assert any("colours, as they are stored" in warning for warning in result["account"]["warnings"]), result
    found = bands_first(stored[array])
    assert difference(found, wanted.pixels) is None, difference(found, wanted.pixels)
    own = read(result["output"], array, tmp_path)
    assert difference(own, stored[array].values) is None, difference(own, stored[array].values)
    if wanted.masked is not None:
        if any(NO_NODATA in warning for warning in result["account"]["warnings"]):
            wanted.masked[wanted.pixels == 0] = np.nan
        scaled = bands_first(open_dataset(result["output"])[array])
        np.testing.assert_allclose(scaled, wanted.masked, rtol=1e-5, atol=1e-6)
    warned = [warning for warning in result["account"]["warnings"] if "crs_wkt" in warning]
    assert name not in SAME_CRS or not warned, warned
    if wanted.crs is not None and name not in NO_CRS and not warned:
        assert stored[array].rio.crs == wanted.crs
    if wanted.transform is not None:
        assert tuple(stored[array].rio.transform()) == tuple(wanted.transform)
    if is_aligned(wanted.transform):
        height, width = wanted.pixels.shape[1:]
        t = wanted.transform
        assert (stored.x.values == t.c + (np.arange(width) + 0.5) * t.a).all()
        assert (stored.y.values == t.f + (np.arange(height) + 0.5) * t.e).all()
    namespace: dict = {}
    exec(result["account"]["xarrayCode"], namespace)
    assert array in namespace["ds"]
    RESULTS[tiff] = f"equal ({wanted.oracle})"


@pytest.mark.parametrize("name", ["geo-scale-without-tiepoint.tif", "geo-scale-without-tiepoint-be.tif"])
def test_scale_without_place(name: str, tmp_path: Path) -> None:
    """GDAL has a CRS and no geotransform of it; rasterio says so, and its `transform` is one that starts at 0, 0."""
    tiff = FIXTURES / "tiffs" / name
    with pytest.warns(NotGeoreferencedWarning, match="no geotransform"), rasterio.open(tiff) as source:
        crs = source.crs
    result = generate(tiff, tmp_path)
    assert any("10 by 20" in warning and "no tiepoint" in warning for warning in result["account"]["warnings"]), result
    stored = open_dataset(result["output"])
    assert set(stored.coords) == {"spatial_ref"}
    assert "GeoTransform" not in stored.spatial_ref.attrs
    assert stored.rio.crs == crs


def test_corpus_is_at_hand() -> None:
    if not CORPUS.is_dir():
        pytest.skip(f"other people's TIFFs are not at hand ({CORPUS})")


@pytest.fixture(scope="session", autouse=True)
def table():
    yield
    counts = Counter(verdict.split(" ")[0].rstrip(":,") for verdict in RESULTS.values())
    summary = f"{len(RESULTS)} TIFFs: " + ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common())
    rows = [(path.name.split("__")[-1], features(path), verdict) for path, verdict in RESULTS.items()]
    lines = [" | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) for row in rows]
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text("\n".join([f"{summary}.", "", "| file | features | result |", "| --- | --- | --- |", *(f"| {line} |" for line in lines), ""]))
    print(f"\n{summary}. All of them: {TABLE}")
