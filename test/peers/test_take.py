"""Windows taken away as .npy, GeoTIFF and CSV hold what rasterio reads in the TIFF behind the references, where it lies."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.windows import Window

from cli import FIXTURES, Answering, run

ours = Answering("documents.mjs")
SAMPLE = FIXTURES / "sample" / "red.tif"
ROWS, COLUMNS = slice(100, 333), slice(57, 301)
WINDOW = Window.from_slices((100, 333), (57, 301))


@pytest.fixture(scope="module")
def references(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("take") / "red.json"
    run("generate", SAMPLE, "-o", file)
    return file


def take(file: Path, path: str, slices: list[slice], form: str) -> tuple[bytes, str | None]:
    payload = {"path": path, "slices": [{"start": part.start, "stop": part.stop} for part in slices], "format": form}
    taken = ours.ask({"file": str(file), "method": "take", "payload": payload})
    assert "error" not in taken, taken
    return base64.b64decode(taken["bytes"]), taken["note"]


def test_npy(references: Path) -> None:
    content, _ = take(references, "red", [ROWS, COLUMNS], "npy")
    with rasterio.open(SAMPLE) as dataset:
        np.testing.assert_array_equal(np.load(io.BytesIO(content)), dataset.read(1, window=WINDOW))


def test_geotiff(references: Path) -> None:
    content, note = take(references, "red", [ROWS, COLUMNS], "tiff")
    with rasterio.open(SAMPLE) as dataset, rasterio.open(io.BytesIO(content)) as taken:
        np.testing.assert_array_equal(taken.read(1), dataset.read(1, window=WINDOW))
        assert taken.crs == dataset.crs
        assert taken.transform == dataset.window_transform(WINDOW)
        assert taken.nodata == dataset.nodata
    assert note is None


def test_csv(references: Path) -> None:
    content, _ = take(references, "red", [slice(0, 3), slice(0, 4)], "csv")
    lines = content.decode().split("\r\n")
    with rasterio.open(SAMPLE) as dataset:
        values = dataset.read(1, window=Window.from_slices((0, 3), (0, 4)))
        xs, ys = zip(*(dataset.xy(index, index) for index in range(4)), strict=True)
    assert [float(label) for label in lines[0].split(",")[1:]] == list(xs)
    assert [float(line.split(",")[0]) for line in lines[1:4]] == list(ys[:3])
    assert [[int(value) for value in line.split(",")[1:]] for line in lines[1:4]] == values.tolist()


@pytest.mark.parametrize("dtype", ["u1", "<i2", "<u4", "<f4", "<f8", "<i8", ">u2", ">f4", "<c8"])
@pytest.mark.parametrize("axes", ["yx", "byx", "yxb"])
def test_geotiffs_of_all_kinds(dtype: str, axes: str, tmp_path: Path) -> None:
    """Inline arrays without georeference: as many bands as the other axis has elements."""
    shape = {"yx": (5, 7), "byx": (3, 5, 7), "yxb": (5, 7, 3)}[axes]
    values = (np.arange(np.prod(shape)).reshape(shape) * 3 - 20 * (dtype[-2] not in "u")).astype(dtype)
    zarray = {"zarr_format": 2, "shape": shape, "chunks": shape, "dtype": values.dtype.str, "fill_value": None}
    zarray |= {"order": "C", "filters": None, "compressor": None}
    chunk = "base64:" + base64.b64encode(values.tobytes()).decode()
    file = tmp_path / "a.json"
    file.write_text(json.dumps({".zgroup": {"zarr_format": 2}, "a/.zarray": zarray, f"a/{'.'.join('0' * len(shape))}": chunk}))
    content, note = take(file, "a", [slice(0, side) for side in shape], "tiff")
    with rasterio.open(io.BytesIO(content)) as taken:
        expected = np.moveaxis(values, -1, 0) if axes == "yxb" else values.reshape(-1, 5, 7)
        np.testing.assert_array_equal(taken.read(), expected.astype(values.dtype.newbyteorder("=")))
        assert taken.crs is None
        assert taken.transform == rasterio.Affine.identity()
    assert "where its pixels lie" in note


def test_georeference_of_even_coordinates(tmp_path: Path) -> None:
    """As xarray and kerchunk write NetCDF: no GeoTransform, but coordinates."""
    y, x = np.linspace(60.5, 50.5, 11), np.linspace(-9.75, 10.25, 41)

    def inline(values: np.ndarray) -> tuple[dict, str]:
        zarray = {"zarr_format": 2, "shape": values.shape, "chunks": values.shape, "dtype": values.dtype.str, "fill_value": None}
        zarray |= {"order": "C", "filters": None, "compressor": None}
        return zarray, "base64:" + base64.b64encode(values.tobytes()).decode()

    refs: dict[str, object] = {".zgroup": {"zarr_format": 2}}
    for name, values, dimensions in (("y", y, ["y"]), ("x", x, ["x"]), ("t", np.arange(451, dtype="<f4").reshape(11, 41), ["y", "x"])):
        refs[f"{name}/.zarray"], refs[f"{name}/{'.'.join('0' * values.ndim)}"] = inline(values)
        refs[f"{name}/.zattrs"] = {"_ARRAY_DIMENSIONS": dimensions}
    file = tmp_path / "a.json"
    file.write_text(json.dumps(refs))
    content, note = take(file, "t", [slice(2, 6), slice(10, 20)], "tiff")
    with rasterio.open(io.BytesIO(content)) as taken:
        # One degree southwards from 61, half a degree eastwards from -10: row 2 begins at 59, column 10 at -5.
        np.testing.assert_allclose(np.array(taken.transform)[:6], [0.5, 0, -5, 0, -1, 59], rtol=0, atol=1e-12)
        assert taken.crs is None
    assert note == "The references do not tell an EPSG code of its CRS, so the TIFF does not either."


def test_stored_bytes(references: Path) -> None:
    url, offset, length = json.loads(references.read_text())["refs"]["red/1.1"]
    taken = ours.ask({"file": str(references), "method": "takeStored", "payload": {"path": "red", "indices": [1, 1]}})
    assert base64.b64decode(taken["bytes"]) == Path(url.removeprefix("file://")).read_bytes()[offset : offset + length]
