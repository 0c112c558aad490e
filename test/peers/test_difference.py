"""Differences of two windows, and of the references and the TIFF behind them, have numpy's statistics of the same values."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np
import pytest
import rasterio

from cli import FIXTURES, Answering, generate

ours = Answering("documents.mjs")
SAMPLE = FIXTURES / "sample" / "red.tif"
TIFFS = [
    SAMPLE,
    *(
        FIXTURES / "tiffs" / name
        for name in (
            "cog-deflate-p2-i16-overviews.tif",
            "cog-lzw-p2-u16-3band-overviews.tif",
            "cog-zstd-p3-f32-overviews-bigtiff.tif",
            "deflate-f32-tiled-nodata-nan.tif",
            "deflate-f32-tiled-nodata-9999.tif",
            "deflate-i64-tiled-nodata-exact.tif",
            "deflate-p2-u16-3band-planar-tiled-sparse.tif",
            "deflate-p2-u16-strips.tif",
            "deflate-p2-i32-be-short-strip.tif",
        )
    ),
]


def plane(path: str, slices: list[slice | int], rows: int = 0, columns: int = 1) -> dict:
    bounds = [part if isinstance(part, slice) else slice(part, part + 1) for part in slices]
    return {"path": path, "slices": [{"start": part.start, "stop": part.stop} for part in bounds], "rows": rows, "columns": columns}


def compare(file: Path, first: dict, second: dict) -> dict:
    found = ours.ask({"file": str(file), "method": "compare", "payload": {"first": first, "second": second}})
    assert "error" not in found, found
    assert found["kind"] == "compared", found
    return found


def values_of(side: dict, found: dict) -> np.ndarray:
    """Every `step`th row and column, as they are sent."""
    kind, size = side["dataType"]["kind"], side["dataType"]["itemSize"]
    values = np.frombuffer(base64.b64decode(side["data"]), dtype=f"<{kind}{size}")
    return values.reshape(*(-(-found[name] // found["step"]) for name in ("rows", "columns")))


def missing(values: np.ndarray, nodata: object) -> np.ndarray:
    if nodata is None:
        return np.zeros(values.shape, bool)
    return np.isnan(values) if values.dtype.kind in "fc" and np.isnan(nodata) else values == np.asarray(nodata).astype(values.dtype)


def check_statistics(found: dict, first: np.ndarray, second: np.ndarray, nodata: tuple[object, object]) -> None:
    """Integers are compared with Python's, which have no end; other numbers in double precision."""
    one, two = (missing(values, value) for values, value in zip((first, second), nodata, strict=True))
    statistics = found["difference"]
    assert statistics["count"] == first.size and statistics["notRead"] == 0
    assert [statistics[name] for name in ("nodataInBoth", "nodataInFirst", "nodataInSecond")] == [
        int((one & two).sum()),
        int((one & ~two).sum()),
        int((two & ~one).sum()),
    ]
    compared = ~one & ~two
    assert statistics["compared"] == compared.sum()
    integers = first.dtype.kind in "iu" and second.dtype.kind in "iu"
    as_wide = (lambda values: values.astype(object)) if integers else (lambda values: values.astype("f8"))
    wide, other = as_wide(first), as_wide(second)
    both_nan = np.zeros(first.shape, bool) if integers else np.isnan(wide) & np.isnan(other)
    unequal = compared & (wide != other) & ~both_nan
    assert statistics["unequal"] == unequal.sum()
    with np.errstate(invalid="ignore"):
        difference = np.where(wide == other, 0, wide - other)
    finite = compared if integers else compared & np.isfinite(difference.astype("f8"))
    measured = difference[finite]
    if measured.size == 0:
        assert statistics["minimum"] is None
        return
    number = int if integers else float
    assert number(statistics["minimum"]) == measured.min()
    assert number(statistics["maximum"]) == measured.max()
    doubles = measured.astype("f8")
    np.testing.assert_allclose(float(statistics["mean"]), doubles.mean(), rtol=1e-12, atol=1e-12 * np.abs(doubles).max())
    np.testing.assert_allclose(float(statistics["rootMeanSquare"]), np.sqrt((doubles**2).mean()), rtol=1e-12)
    magnitudes = np.where(finite, np.abs(difference), 0)
    if magnitudes.max() == 0:
        assert statistics["largest"] is None
        return
    row, column = np.unravel_index(np.argmax(magnitudes), magnitudes.shape)
    largest = statistics["largest"]
    assert [largest["row"], largest["column"]] == [row, column]
    assert number(largest["difference"]) == difference[row, column]
    np.testing.assert_allclose(float(statistics["limit"]), np.percentile(np.abs(measured[measured != 0]).astype("f8"), 98), rtol=1e-12)


@pytest.mark.parametrize("tiff", TIFFS, ids=lambda path: path.name)
def test_generated_references_hold_what_the_tiff_holds(tiff: Path, tmp_path: Path) -> None:
    result = generate(tiff, tmp_path)
    assert result["ok"], result
    path, shape = (result["account"]["levels"][0][name] for name in ("path", "shape"))
    with rasterio.open(tiff) as source:
        pixels, nodata = source.read(), source.nodatavals
    interleaved = len(shape) == 3 and shape[2] == len(pixels)
    rows = 1 if len(shape) == 3 and not interleaved else 0
    for band, expected in enumerate(pixels):
        part = (slice(3, expected.shape[0] - 1), slice(0, expected.shape[1] - 5))
        slices: list[slice | int] = [*part] if len(shape) == 2 else [*part, band] if interleaved else [band, *part]
        found = compare(Path(result["output"]), plane(path, slices, rows, rows + 1), {"kind": "tiff"})
        for side in ("first", "second"):
            np.testing.assert_array_equal(values_of(found[side], found), expected[part][:: found["step"], :: found["step"]])
        assert found["step"] == (1 if expected[part].size <= 1200**2 else 2)
        assert found["difference"]["unequal"] == 0
        value = nodata[band]
        assert (found["second"]["nodata"] is None) == (value is None) or tiff.name.endswith("sparse.tif")
        compared = found["difference"]["compared"] + found["difference"]["nodataInBoth"]
        assert compared == expected[part].size


def test_the_notebooks_references_differ_from_the_tiff(tmp_path: Path) -> None:
    """Against what rasterio reads in the file, scaled as the notebook's filter scales, and what its `delta` makes of it."""
    result = generate(SAMPLE, tmp_path, "--preset", "notebook")
    assert result["ok"], result
    path = result["account"]["levels"][0]["path"]
    side = 256
    found = compare(Path(result["output"]), plane(path, [slice(0, side), slice(side, 2 * side)]), {"kind": "tiff"})
    with rasterio.open(SAMPLE) as source:
        stored, nodata = source.read(1)[:side, side : 2 * side], source.nodata
    earlier = np.concatenate([[0], np.cumsum(stored[:-1, -1].astype(np.uint64))]).astype(np.uint64)
    drifted = ((stored.astype(np.uint64) + earlier[:, None]) % 65536).astype(np.uint16)
    scaled = [(values / 10000 - 0.1).astype(np.float32) for values in (drifted, stored)]
    for name, expected in zip(("first", "second"), scaled, strict=True):
        np.testing.assert_array_equal(values_of(found[name], found), expected)
    # The notebook's fill value, 0, and the TIFF's nodata as it is scaled.
    check_statistics(found, *scaled, (0, None if nodata is None else np.float32(nodata / 10000 - 0.1)))
    assert found["difference"]["unequal"] / found["difference"]["compared"] > 0.98


@pytest.mark.parametrize(
    ("first", "second"),
    [("<u2", "<u2"), ("|u1", "|i1"), ("<u8", "<u8"), ("<i8", "<u8"), ("<i8", "<i4"), ("<f4", "<f4"), ("<f8", "<f4"), ("<f2", "<i2"), (">f4", "<u2")],
)
@pytest.mark.parametrize("nodata", [None, 7])
def test_arrays_of_all_kinds(first: str, second: str, nodata: int | None, tmp_path: Path) -> None:
    random = np.random.default_rng(11)
    shape = (61, 47)

    def values(dtype: str) -> np.ndarray:
        kind = np.dtype(dtype).kind
        if kind == "f":
            out = (random.standard_normal(shape) * 100).astype(dtype)
            out[::9, ::4] = np.nan
            out[3::17, 1] = np.inf
            return out
        limits = np.iinfo(dtype)
        return random.integers(limits.min, limits.max, shape, dtype=np.dtype(dtype).newbyteorder("="), endpoint=True).astype(dtype)

    one, two = values(first), values(second)
    # The same small numbers in both.
    one[::5] = two[::5] = random.integers(0, 100, one[::5].shape)
    one[2, :9], two[2, 5:14] = 7, 7
    refs: dict[str, object] = {".zgroup": {"zarr_format": 2}}
    for name, array, fill in (("a", one, nodata), ("b", two, None)):
        zarray = {"zarr_format": 2, "shape": shape, "chunks": shape, "dtype": array.dtype.str, "fill_value": fill}
        refs[f"{name}/.zarray"] = zarray | {"order": "C", "filters": None, "compressor": None}
        refs[f"{name}/0.0"] = "base64:" + base64.b64encode(array.tobytes()).decode()
    file = tmp_path / "a.json"
    file.write_text(json.dumps(refs))
    whole = [slice(0, shape[0]), slice(0, shape[1])]
    found = compare(file, plane("a", whole), {"kind": "window", "window": plane("b", whole)})
    check_statistics(found, one, two, (nodata, None))
