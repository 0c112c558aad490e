"""Chunks as the viewer shows them: values, statistics, histogram, stretch and coordinates are numpy's of the same chunks."""

from __future__ import annotations

import base64
import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import rasterio
import xarray as xr

from cli import FIXTURES, LOSSY, Answering, generate
from oracle import difference, expected

TIFFS = sorted((FIXTURES / "tiffs").glob("*.tif")) + [FIXTURES / "sample" / "red.tif"]
SAMPLE = FIXTURES / "sample" / "red.tif"
PREVIEWS = Answering("previews.mjs")
COUNTS = {"chunks": 0, "absent": 0, "histograms": 0, "stretches": 0}


def previews(references: str, folder: Path, *repair: str) -> list[dict]:
    return PREVIEWS.ask([references, str(folder), *repair])


def values_of(values: dict, file: str | None = None) -> np.ndarray:
    kind, size = values["dataType"]["kind"], values["dataType"]["itemSize"]
    return np.fromfile(file or values["data"], dtype=f"<{kind}{size}").reshape(values["shape"])


def document(references: str, key: str) -> dict:
    refs = json.loads(Path(references).read_text())["refs"]
    return json.loads(refs[key])


def fill_of(metadata: dict, dtype: np.dtype) -> object:
    """The fill value in the array's own type, or None."""
    fill = metadata["fill_value"]
    if isinstance(fill, list):
        fill = complex(float(fill[0]), float(fill[1]))
    return None if fill is None else dtype.type(float(fill) if isinstance(fill, str) else fill)


def in_array_axes(pixels: np.ndarray, dimensions: list[str]) -> np.ndarray:
    """Pixels, bands first, along the array's own axes."""
    if "band" not in dimensions:
        return pixels[0]
    return np.moveaxis(pixels, 0, dimensions.index("band"))


def as_shown(values: np.ndarray) -> np.ndarray:
    """Complex numbers count by their magnitude."""
    return np.hypot(values.real.astype("f8"), values.imag.astype("f8")) if values.dtype.kind == "c" else values


def check_statistics(found: dict, chunk: np.ndarray, missing: np.ndarray) -> np.ndarray:
    """Compares with numpy's; returns the valid values."""
    nan = np.isnan(chunk) & ~missing if chunk.dtype.kind in "fc" else np.zeros(chunk.shape, bool)
    valid = as_shown(chunk[~missing & ~nan])
    counts = [found[name] for name in ("count", "valid", "nodata", "nan")]
    assert counts == [chunk.size, valid.size, missing.sum(), nan.sum()]
    if valid.size == 0:
        names = ("minimum", "maximum", "mean", "standardDeviation")
        assert [found[name] for name in names] == [None] * 4
        return valid
    if valid.dtype.kind in "iu":
        assert int(found["minimum"]) == valid.min() and int(found["maximum"]) == valid.max()
    elif chunk.dtype.kind == "c":
        shown = [float(found["minimum"]), float(found["maximum"])]
        np.testing.assert_allclose(shown, [valid.min(), valid.max()], rtol=1e-14)
    else:
        assert float(found["minimum"]) == valid.min() and float(found["maximum"]) == valid.max()
    if np.isfinite(valid).all():
        # numpy's own mean loses the values beside the largest floats; this one is exact.
        exact = float(sum(map(Fraction, valid.ravel().tolist())) / valid.size)
        np.testing.assert_allclose(float(found["mean"]), exact, rtol=1e-12)
        with np.errstate(over="ignore"):
            deviation = valid.astype("f8").std()
        if np.isfinite(deviation):
            np.testing.assert_allclose(float(found["standardDeviation"]), deviation, rtol=1e-9, atol=1e-300)
    else:
        np.testing.assert_equal(float(found["mean"]), valid.astype("f8").mean())
    return valid


def check_histogram(found: dict | None, valid: np.ndarray, exact: bool) -> None:
    finite = valid.astype("f8")
    finite = finite[np.isfinite(finite)]
    with np.errstate(over="ignore"):
        if finite.size == 0 or not np.isfinite(finite.max() - finite.min()):
            assert found is None
            return
    if not exact:
        np.testing.assert_allclose([found["low"], found["high"]], [finite.min(), finite.max()], rtol=1e-14)
        assert sum(found["counts"]) == finite.size
        return
    counts, edges = np.histogram(finite, bins=64)
    assert (found["low"], found["high"]) == (edges[0], edges[-1])
    assert found["counts"] == counts.tolist()
    COUNTS["histograms"] += 1


def check_stretch(found: dict | None, valid: np.ndarray) -> None:
    finite = valid.astype("f8")
    finite = finite[np.isfinite(finite)]
    if valid.dtype == np.uint8:
        assert found == {"low": 0, "high": 255}
    elif finite.size == 0:
        assert found is None
    else:
        np.testing.assert_allclose([found["low"], found["high"]], np.percentile(finite, [2, 98]), rtol=1e-12)
        COUNTS["stretches"] += 1


@pytest.mark.parametrize("tiff", TIFFS, ids=lambda path: path.name)
def test_chunks(tiff: Path, tmp_path: Path) -> None:
    result = generate(tiff, tmp_path)
    if not result["ok"]:
        pytest.skip(f"no references: {result['error']['code']}")
    path = result["account"]["levels"][0]["path"]
    metadata = document(result["output"], f"{path}/.zarray")
    dimensions = document(result["output"], f"{path}/.zattrs")["_ARRAY_DIMENSIONS"]
    wanted = expected(tiff)
    whole = in_array_axes(wanted.pixels, dimensions)
    dtype = whole.dtype.newbyteorder("=")
    fill = fill_of(metadata, dtype)
    for preview in previews(result["output"], tmp_path):
        if preview["path"] != path:
            continue
        places = zip(preview["indices"], metadata["chunks"], strict=True)
        slices = tuple(slice(index * side, (index + 1) * side) for index, side in places)
        chunk = whole[slices].astype(dtype)
        missing = np.zeros(chunk.shape, bool) if fill is None else chunk == fill
        assert preview["coordinateProblem"] is None
        check_coordinates(preview["coordinates"], wanted.transform, dimensions, slices, chunk.shape)
        if preview["outcome"]["kind"] == "absent":
            assert (missing | (chunk != chunk)).all()
            COUNTS["absent"] += 1
            continue
        values = preview["outcome"]["values"]
        assert values is not None, preview["outcome"]
        assert values["step"] == 1 and values["shape"] == metadata["chunks"]
        assert tuple(values["inside"]) == chunk.shape
        shown = values_of(values)[tuple(slice(0, side) for side in chunk.shape)]
        told = difference(shown, chunk, LOSSY.get(tiff.name, 0))
        assert told is None, told
        chunk = shown
        valid = check_statistics(values["statistics"], chunk, missing)
        check_histogram(values["histogram"], valid, exact=chunk.dtype.kind != "c")
        check_stretch(values["stretch"], valid)
        COUNTS["chunks"] += 1


def check_coordinates(found: list[dict], transform, dimensions: list[str], slices: tuple, shape: tuple) -> None:
    by_name = {dimensions[item["axis"]]: np.array(item["texts"], dtype="f8") for item in found}
    if "band" in dimensions:
        axis = dimensions.index("band")
        np.testing.assert_array_equal(by_name["band"], slices[axis].start + 1 + np.arange(shape[axis]))
    if transform is None or transform.b != 0 or transform.d != 0:
        assert "x" not in by_name and "y" not in by_name
        return
    for name, origin, step in (("x", transform.c, transform.a), ("y", transform.f, transform.e)):
        axis = dimensions.index(name)
        indices = slices[axis].start + np.arange(shape[axis])
        # In 15 digits, which is what a double is sure of.
        exact = origin + (indices + 0.5) * step
        np.testing.assert_allclose(by_name[name], exact, rtol=0, atol=1e-14 * max(abs(origin), np.abs(exact).max()))


COORDINATES = {
    "plain": (np.array([6.1, np.nan, -0.25], "f4"), None, {}),
    "filled": (np.array([-99, 5, 12], "i2"), -99, {"scale_factor": 0.1}),
    "shifted": (np.array([3000, -1, 0], "i2"), -1, {"scale_factor": 0.0001, "add_offset": -0.1}),
    "counted": (np.array([1577836800123, 2**62, 7], "i8"), None, {}),
    "times": (np.array(["2020-01-01T00:00:00.123456789", "1969-12-31T23:59:59.5", "NaT"], "M8[ns]"), None, {}),
}


@pytest.mark.parametrize("name", COORDINATES)
def test_coordinates_are_those_of_xarray(name: str, tmp_path: Path) -> None:
    stored, fill, attributes = COORDINATES[name]
    refs = {".zgroup": json.dumps({"zarr_format": 2})}
    for path, values, missing, more in (("a", np.arange(3, dtype="u1"), None, {}), (name, stored, fill, attributes)):
        metadata = {"zarr_format": 2, "shape": [3], "chunks": [3], "dtype": values.dtype.str, "fill_value": missing}
        refs[f"{path}/.zarray"] = json.dumps({**metadata, "compressor": None, "filters": None, "order": "C"})
        refs[f"{path}/.zattrs"] = json.dumps({"_ARRAY_DIMENSIONS": [name], **more})
        refs[f"{path}/0"] = "base64:" + base64.b64encode(values.tobytes()).decode()
    references = tmp_path / "references.json"
    references.write_text(json.dumps({"version": 1, "refs": refs}))
    options = {"storage_options": {"fo": str(references)}, "consolidated": False}
    decoded = xr.open_dataset("reference://", engine="zarr", backend_kwargs=options)[name].values
    shown = next(item for item in previews(str(references), tmp_path) if item["path"] == "a")["coordinates"][0]["texts"]
    if decoded.dtype.kind in "iM":
        np.testing.assert_array_equal(np.array(shown, decoded.dtype), decoded)
        return
    assert [text in (None, "NaN") for text in shown] == np.isnan(decoded).tolist()
    np.testing.assert_allclose(np.array(shown, "f8"), decoded, rtol=1e-6 if decoded.dtype == "f4" else 1e-14)


def test_drift_of_the_notebook(tmp_path: Path) -> None:
    """`delta` sums over the whole chunk: row r is off by the last pixels of rows 0 to r - 1, modulo 2^16, and scaled."""
    result = generate(SAMPLE, tmp_path, "--preset", "notebook")
    metadata = json.loads(Path(result["output"]).read_text())["red/.zarray"]
    rows, columns = metadata["chunks"]
    with rasterio.open(SAMPLE) as source:
        pixels = source.read(1)
    checked = 0
    for preview in previews(result["output"], tmp_path):
        if preview["path"] != "red" or preview["drift"] is None:
            continue
        values, drift = preview["outcome"]["values"], preview["drift"]
        y, x = preview["indices"]
        if values["inside"] != [rows, columns]:
            continue
        stored = pixels[y * rows : (y + 1) * rows, x * columns : (x + 1) * columns].astype(np.uint64)
        earlier = np.concatenate([[0], np.cumsum(stored[:-1, -1])]).astype(np.uint64)
        right = (stored / 10000 - 0.1).astype(np.float32)
        wrong = (((stored + earlier[:, None]) % 65536) / 10000 - 0.1).astype(np.float32)
        np.testing.assert_array_equal(values_of(values), wrong)
        np.testing.assert_array_equal(values_of(values, drift["truth"]), right)
        distance = np.abs(wrong.astype("f8") - right.astype("f8")).max(axis=1)
        np.testing.assert_array_equal(np.array(drift["perRow"]), distance)
        check_statistics(drift["truthStatistics"], right, right == np.float32(metadata["fill_value"]))
        assert f"{(distance > 0).sum()} of {rows} rows are wrong" in drift["message"]
        checked += 1
    assert checked >= 9


@pytest.fixture(scope="module", autouse=True)
def counts():
    yield
    print(f"\npreviews: {COUNTS}")


def check_repaired(references: str, folder: Path, repair: str, truth: np.ndarray, fill: np.generic) -> None:
    found = [preview for preview in previews(references, folder, repair) if preview["outcome"]["kind"] == "values"]
    stored = [preview for preview in found if len(preview["indices"]) == 2]
    assert len(stored) > 10
    for preview in stored:
        row, column = preview["indices"]
        values = values_of(preview["outcome"]["values"])
        height, width = values.shape
        part = truth[row * height : (row + 1) * height, column * width : (column + 1) * width]
        np.testing.assert_array_equal(values[: part.shape[0], : part.shape[1]], part)
        statistics = preview["outcome"]["values"]["statistics"]
        valid = part[part != fill]
        assert truth.dtype.type(float(statistics["minimum"])) == valid.min()
        assert truth.dtype.type(float(statistics["maximum"])) == valid.max()


def test_repair_of_the_notebook(tmp_path: Path) -> None:
    """Tried with what is offered first in place of delta over rows, every chunk has rasterio's values."""
    result = generate(SAMPLE, tmp_path, "--preset", "notebook")
    metadata = json.loads(Path(result["output"]).read_text())["red/.zarray"]
    with rasterio.open(SAMPLE) as source:
        truth = (source.read(1) / 10000 - 0.1).astype(np.float32)
    repair = "imagecodecs_delta in place of delta"
    check_repaired(result["output"], tmp_path, repair, truth, np.float32(metadata["fill_value"]))


def test_repair_by_the_tiff(tmp_path: Path) -> None:
    """With another compressor, no predictor and another dtype than the TIFF has, chunks tried as the TIFF says have rasterio's values."""
    result = generate(SAMPLE, tmp_path)
    written = json.loads(Path(result["output"]).read_text())
    (key,) = [key for key in written["refs"] if key.endswith(".zarray") and len(document(result["output"], key)["shape"]) == 2]
    metadata = document(result["output"], key)
    wrong = {**metadata, "dtype": ">i2", "filters": None, "compressor": {"id": "bz2", "level": 1}}
    written["refs"][key] = json.dumps(wrong)
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(written))
    with rasterio.open(SAMPLE) as source:
        truth = source.read(1)
    check_repaired(str(broken), tmp_path, "As the TIFF says", truth, np.uint16(metadata["fill_value"]))
