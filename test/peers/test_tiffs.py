"""Every TIFF: references that xarray, and our own reader, decode to the pixels that GDAL reads; or a refusal that names the reason."""

from __future__ import annotations

from pathlib import Path

import imagecodecs.numcodecs
import numpy as np
import pytest
import rasterio
import rioxarray  # noqa: F401  registers the accessor
from rasterio.errors import NotGeoreferencedWarning

from cli import CORPUS, FIXTURES, LOSSY, check_refusal, directly, generate, read, run, tiffs
from oracle import LARGE, expected, features, gdal_reads, window, windows
from results import EQUAL, ONLY_OURS, REFUSED, Verdict, record
from verdicts import UNREAD_BY_GDAL, bands_first, check, judge, open_dataset, refusal

imagecodecs.numcodecs.register_codecs(verbose=False)

# Its writer left the rows of each tile below the image out, which no header tells.
SHORT_TILES = {"contig_tiled.tif"}
# A tile's byte count holds bytes beyond its ZSTD frame, which imagecodecs refuses, and GDAL and our reader pass over.
TRAILING_BYTES = {"zstd-u16-tiled-trailing-bytes.tif"}
# It states two lengths for its three strips of one byte each. GDAL and tifffile give 0 for the third; its byte stands in the file.
MENDED = {"stripbytecounts_count_not_same_as_stripoffsets_count.tif": [132, 115, 90]}
# It says JPEG 2000 and holds bytes without any coding; it was made to be refused.
NOT_CODED = {"unsupported_codec_jp2000.tif"}
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


def is_aligned(transform) -> bool:
    return transform is not None and transform.b == 0 and transform.d == 0


@pytest.mark.parametrize("tiff", tiffs(), ids=lambda path: path.name.split("__")[-1])
def test_pixels_and_georeferencing(tiff: Path, tmp_path: Path) -> None:
    result = generate(tiff, tmp_path)
    check_refusal(tiff, result)
    name = tiff.name.split("__")[-1]
    assert result["ok"] or list(tmp_path.iterdir()) == [], "a refusal writes nothing"
    verdict = special_verdict(tiff, result, tmp_path)
    if verdict is not None:
        record(tiff, features(tiff), verdict)
        return
    if not result["ok"] and directly(tiff) is None:
        verdict = refusal(result["error"])
        assert verdict.group not in UNREAD_BY_GDAL or not gdal_reads(tiff), verdict
        record(tiff, features(tiff), verdict)
        return
    wanted = expected(tiff)
    verdict = judge(tiff, result, wanted.pixels, tmp_path, LOSSY.get(name, 0))
    record(tiff, f"{features(tiff)}; {wanted.oracle}", verdict)
    if verdict.kind != EQUAL:
        return
    if "GDAL turns" in wanted.oracle:
        assert any("colours, as they are stored" in warning for warning in result["account"]["warnings"]), result
    array = result["account"]["levels"][0]["path"]
    stored = open_dataset(result["output"], mask_and_scale=False)
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


def special_verdict(tiff: Path, result: dict, folder: Path) -> Verdict | None:
    """The verdict on files with which something is wrong that no other reader, or only some, can see."""
    name = tiff.name.split("__")[-1]
    if not result["ok"] or name not in SHORT_TILES | TRAILING_BYTES | NOT_CODED | MENDED.keys() | LARGE:
        return None
    array = result["account"]["levels"][0]["path"]
    stored = open_dataset(result["output"], mask_and_scale=False)[array]
    if name in SHORT_TILES:
        with pytest.raises(ValueError, match="reshape"):
            stored.load()
        refused = run("read", result["output"], array)
        assert refused.returncode == 2 and "37 of 64 rows" in refused.stderr, refused.stderr
        return Verdict(REFUSED, "by xarray and our reader: its tiles are cut short", "damaged, or beyond limits")
    if name in LARGE:
        for rows, columns in windows(tiff):
            wanted = window(tiff, rows, columns)
            check(bands_first(stored.isel(y=rows, x=columns)), wanted, 0, "xarray")
            own = read(result["output"], array, folder, "--slice", f"{rows.start}:{rows.stop},{columns.start}:{columns.stop}")
            check(np.moveaxis(own, -1, 0), wanted, 0, "our reader")
        return Verdict(EQUAL, "in every tile that has bytes")
    if name in NOT_CODED:
        with pytest.raises(Exception, match="not a J2K or JP2"):
            stored.load()
        refused = run("read", result["output"], array)
        assert refused.returncode == 2 and "do not begin as a JPEG 2000 image does" in refused.stderr, refused.stderr
        return Verdict(REFUSED, "by xarray and our reader: its bytes are no JPEG 2000", "damaged, or beyond limits")
    if name in TRAILING_BYTES:
        with pytest.raises(Exception, match="ZSTD"):
            stored.load()
        check(read(result["output"], array, folder)[None], expected(tiff).pixels, 0, "our reader")
        return Verdict(ONLY_OURS, "imagecodecs refuses bytes behind a ZSTD frame")
    assert stored.values.ravel().tolist() == read(result["output"], array, folder).ravel().tolist() == MENDED[name]
    assert any("does not state the lengths" in warning for warning in result["account"]["warnings"])
    return Verdict(EQUAL, "mended, with a warning: it states too few lengths")


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
