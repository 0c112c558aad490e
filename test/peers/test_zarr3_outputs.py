"""What scene, stack, mosaic and convert write in zarr v3, read by zarr-python 3, zarrita and our own reader: the values that GDAL reads of each file.

zarr-python reads the TIFFs as they are, whose predictor takes the codecs of virtual-tiff; zarrita, which has none of these, reads copies without
predictor from a web server.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import rasterio
import rasterio.shutil

from cli import FIXTURES, run
from content_server import ContentServer
from reader_runs import WITH_PACKAGE, Reader, array_of

SCENE = FIXTURES / "scene"
DAY = sorted(SCENE.glob("T32TQM_20220105_*.tif"))
DATES = sorted(SCENE.glob("T32TQM_*_B02_10m.tif"))
TILES = sorted(SCENE.glob("tile_*.tif"))
COMMANDS = {"scene": (DAY, []), "stack": (DATES, ["--pattern", "T32TQM_{time:%Y%m%d}_{band}_10m.tif"]), "mosaic": (TILES, ["--name", "red"])}


@pytest.fixture(scope="module", params=[WITH_PACKAGE, "zarrita"])
def reader(request: pytest.FixtureRequest) -> Iterator[Reader]:
    found = Reader(request.param)
    yield found
    found.stop()


@pytest.fixture(scope="module")
def server() -> Iterator[ContentServer]:
    found = ContentServer()
    yield found
    found.shutdown()


def pixels(path: Path) -> np.ndarray:
    with rasterio.open(path) as file:
        return file.read(1)


def without_predictor(path: Path, folder: Path) -> Path:
    copy = folder / path.name
    rasterio.shutil.copy(path, copy, driver="GTiff", tiled=True, blockxsize=32, blockysize=32, compress="deflate", predictor=1)
    return copy


def wanted(command: str) -> dict[str, np.ndarray]:
    if command == "scene":
        return {"{3}/{2}".format(*path.stem.split("_")): pixels(path) for path in DAY}
    if command == "stack":
        return {"B02": np.stack([pixels(path) for path in DATES])}
    tiles = [[pixels(SCENE / f"tile_{column}_{row}.tif") for column in (0, 64)] for row in (0, 64)]
    return {"red": np.block(tiles)}


@pytest.mark.parametrize("command", COMMANDS)
def test_values(command: str, reader: Reader, server: ContentServer, tmp_path: Path) -> None:
    files, options = COMMANDS[command]
    if reader.name == "zarrita":
        files = [without_predictor(path, tmp_path) for path in files]
        server.contents.update({f"/{path.name}": path.read_bytes() for path in files})
    done = run(command, *files, "-o", tmp_path / "v2.json", *options)
    assert done.returncode == 0, done.stderr
    prefix = ["--url-prefix", f"file://{tmp_path}/={server.origin}/"] if reader.name == "zarrita" else []
    done = run("convert", tmp_path / "v2.json", "-o", tmp_path / "v3.json", "--zarr", "3", *prefix)
    assert done.returncode == 0, done.stderr
    arrays = wanted(command)
    written = json.loads((tmp_path / "v3.json").read_text())["refs"]
    assert {f"{path}/zarr.json" for path in arrays} <= set(written)
    told = reader.ask({"file": str(tmp_path / "v3.json"), "url": "", "arrays": list(arrays), "keys": [], "options": {}})
    assert "error" not in told, told["error"]
    for path, values in arrays.items():
        assert "error" not in told["arrays"][path], told["arrays"][path]
        np.testing.assert_array_equal(array_of(told["arrays"][path]), values)
        slices = ",".join(":" for _ in values.shape)
        done = run("read", tmp_path / "v3.json", path, "--slice", slices, "-o", tmp_path / "window.npy")
        assert done.returncode == 0, done.stderr
        np.testing.assert_array_equal(np.load(tmp_path / "window.npy"), values)
    report = json.loads(run("validate", "--json", tmp_path / "v3.json").stdout)[0]
    assert report["counts"]["error"] == 0, report["findings"]
    lines = {one["reader"]: {array["path"]: array["reads"] for array in one["arrays"]} for one in report["readers"]}
    assert {lines["zarrita"][path] for path in arrays} == {reader.name == "zarrita"}
    assert {lines["zarr3"][path] for path in arrays} == {reader.name == "zarrita"}
