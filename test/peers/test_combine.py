"""Every written form opens in xarray with the same values, and combining gives what kerchunk's MultiZarrToZarr gives."""

from __future__ import annotations

import base64
import json
import subprocess
import zlib
from pathlib import Path

import fsspec
import numpy as np
import pytest
import tifffile
import xarray as xr
import zarr
from fsspec.implementations.reference import ReferenceFileSystem
from kerchunk.combine import MultiZarrToZarr

from cli import run
from reader_runs import HERE, python

SHAPE, CHUNKS = (1, 4, 6), (1, 2, 3)


def scene(folder: Path, day: int, **fields: object) -> tuple[Path, np.ndarray]:
    """A reference file of one day, over a file of four chunks of which one is left out, and its values; `fields` go into its `.zarray`."""
    values = (np.arange(24, dtype="<u2").reshape(SHAPE) + 1 + 100 * day).astype("<u2")
    stored, refs = b"", {".zgroup": json.dumps({"zarr_format": 2})}
    array = {"zarr_format": 2, "dtype": "<u2", "compressor": {"id": "zlib", "level": 1}, "filters": None, "order": "C"}
    refs["red/.zarray"] = json.dumps({**array, "shape": SHAPE, "chunks": CHUNKS, "fill_value": 0, **fields})
    refs["red/.zattrs"] = json.dumps({"_ARRAY_DIMENSIONS": ["time", "y", "x"], "units": "1"})
    data = folder / f"day{day}.bin"
    for row in range(2):
        for column in range(2):
            window = values[:, 2 * row : 2 * row + 2, 3 * column : 3 * column + 3]
            if (row, column) == (1, 0):
                window[:] = 0
                continue
            chunk = zlib.compress(window.tobytes())
            refs[f"red/0.{row}.{column}"] = [f"file://{data}", len(stored), len(chunk)]
            stored += chunk
    data.write_bytes(stored)
    plain = {"zarr_format": 2, "compressor": None, "filters": None, "order": "C", "fill_value": None, "dtype": "<i8"}
    for name, numbers in {"time": [day], "y": range(4), "x": range(6)}.items():
        refs[f"{name}/.zarray"] = json.dumps({**plain, "shape": [len(numbers)], "chunks": [len(numbers)]})
        units = {"units": "days since 2020-01-01", "calendar": "standard"} if name == "time" else {}
        refs[f"{name}/.zattrs"] = json.dumps({"_ARRAY_DIMENSIONS": [name], **units})
        refs[f"{name}/0"] = "base64:" + base64.b64encode(np.array(numbers, "<i8").tobytes()).decode()
    path = folder / f"day{day}.json"
    path.write_text(json.dumps({"version": 1, "refs": refs}))
    return path, values


@pytest.fixture
def scenes(tmp_path: Path) -> tuple[list[Path], np.ndarray]:
    made = [scene(tmp_path, day) for day in (3, 5, 9)]
    return [path for path, _ in made], np.concatenate([values for _, values in made])


def opened(path: Path) -> xr.Dataset:
    return xr.open_dataset(str(path), engine="kerchunk", mask_and_scale=False, decode_times=False)


def check(dataset: xr.Dataset, values: np.ndarray) -> None:
    np.testing.assert_array_equal(dataset.red.values, values)
    np.testing.assert_array_equal(dataset.time.values, [3, 5, 9])
    np.testing.assert_array_equal(dataset.x.values, range(6))
    assert dataset.red.dims == ("time", "y", "x")


@pytest.mark.parametrize("name,options", [("all.json", []), ("all.json", ["--form", "json0", "--nested"]), ("all.parq", ["--record-size", "5"])])
def test_forms(scenes: tuple[list[Path], np.ndarray], tmp_path: Path, name: str, options: list[str]) -> None:
    paths, values = scenes
    result = run("combine", *paths, "-o", tmp_path / name, "--concat", "time", *options)
    assert result.returncode == 0, result.stderr
    if name.endswith(".parq"):
        files = ReferenceFileSystem(fo=str(tmp_path / name), lazy=True, remote_protocol="file")
        check(xr.open_zarr(files.get_mapper(""), consolidated=False, zarr_format=2, chunks=None, mask_and_scale=False, decode_times=False), values)
    else:
        check(opened(tmp_path / name), values)


def test_gzip(scenes: tuple[list[Path], np.ndarray], tmp_path: Path) -> None:
    paths, values = scenes
    assert run("combine", *paths, "-o", tmp_path / "all.json.gz", "--concat", "time").returncode == 0
    with fsspec.open(str(tmp_path / "all.json.gz"), compression="gzip") as file:
        refs = json.load(file)
    files = fsspec.filesystem("reference", fo=refs, remote_protocol="file")
    check(xr.open_zarr(files.get_mapper(""), consolidated=False, zarr_format=2, chunks=None, mask_and_scale=False, decode_times=False), values)


def test_zarr_v3(scenes: tuple[list[Path], np.ndarray], tmp_path: Path) -> None:
    paths, values = scenes
    assert run("combine", *paths, "-o", tmp_path / "all.json", "--concat", "time", "--zarr", "3").returncode == 0
    files = fsspec.filesystem("reference", fo=str(tmp_path / "all.json"), remote_protocol="file", asynchronous=True)
    store = zarr.storage.FsspecStore(files, read_only=True, path="")
    check(xr.open_zarr(store, zarr_format=3, consolidated=True, chunks=None, mask_and_scale=False, decode_times=False), values)
    masked = xr.open_zarr(store, zarr_format=3, consolidated=True, chunks=None)
    assert int(np.isnan(masked.red.values).sum()) == int((values == 0).sum()) == 18
    assert run("convert", tmp_path / "all.json", "-o", tmp_path / "back.json", "--zarr", "2").returncode == 0
    check(opened(tmp_path / "back.json"), values)


def test_as_kerchunk_combines(scenes: tuple[list[Path], np.ndarray], tmp_path: Path) -> None:
    paths, values = scenes
    theirs = MultiZarrToZarr([str(path) for path in paths], concat_dims=["time"], identical_dims=["x", "y"], remote_protocol="file", inline_threshold=0).translate()
    (tmp_path / "theirs.json").write_text(json.dumps(theirs))
    assert run("combine", *paths, "-o", tmp_path / "ours.json", "--concat", "time").returncode == 0
    check(opened(tmp_path / "theirs.json"), values)
    check(opened(tmp_path / "ours.json"), values)
    ours = json.loads((tmp_path / "ours.json").read_text())["refs"]
    assert {key: value for key, value in ours.items() if key.startswith("red/") and key[4] != "."} == {
        key: value for key, value in theirs["refs"].items() if key.startswith("red/") and key[4] != "."
    }


def by_virtualizarr(kind: str, output: Path, inputs: list[Path]) -> None:
    subprocess.run([python("others"), str(HERE / "virtualizarr_concat.py"), kind, str(output), "time", *map(str, inputs)], check=True, capture_output=True)


def chunk_entries(path: Path, name: str) -> dict:
    """Where each chunk of an array stands, its file by its path."""
    entries = {key.removeprefix(f"{name}/"): value for key, value in json.loads(path.read_text())["refs"].items() if key.startswith(f"{name}/")}
    return {key: [value[0].removeprefix("file://"), *value[1:]] for key, value in entries.items() if not key.startswith(".")}


def test_as_virtualizarr_concatenates_references(tmp_path: Path) -> None:
    # It has zlib as filter alone, and takes no inline data.
    made = [scene(tmp_path, day, compressor=None, filters=[{"id": "zlib", "level": 1}]) for day in (3, 5, 9)]
    paths, values = [path for path, _ in made], np.concatenate([values for _, values in made])
    by_virtualizarr("kerchunk", tmp_path / "theirs.json", paths)
    dropped = [option for name in ("time", "x", "y") for option in ("--drop", name)]
    result = run("combine", *paths, "-o", tmp_path / "ours.json", "--concat", "time", *dropped)
    assert result.returncode == 0, result.stderr
    for name in ("theirs", "ours"):
        np.testing.assert_array_equal(opened(tmp_path / f"{name}.json").red.values, values, name)
    assert chunk_entries(tmp_path / "ours.json", "red") == chunk_entries(tmp_path / "theirs.json", "red")


@pytest.mark.parametrize("compression", [None, "zlib"])
def test_stack_as_virtualizarr_concatenates_tiffs(tmp_path: Path, compression: str | None) -> None:
    values = np.arange(3 * 32 * 48, dtype="<u2").reshape(3, 32, 48)
    paths = [tmp_path / f"red_2020010{day + 1}.tif" for day in range(3)]
    for path, plane in zip(paths, values, strict=True):
        tifffile.imwrite(path, plane, tile=(16, 16), compression=compression)
    by_virtualizarr("tiff", tmp_path / "theirs.json", paths)
    result = run("stack", *paths, "-o", tmp_path / "ours.json", "--pattern", "{band}_{time:%Y%m%d}.tif")
    assert result.returncode == 0, result.stderr
    theirs = opened(tmp_path / "theirs.json")
    (name,) = theirs.data_vars
    np.testing.assert_array_equal(theirs[name].values, values)
    np.testing.assert_array_equal(opened(tmp_path / "ours.json").red.values, values)
    assert chunk_entries(tmp_path / "ours.json", "red") == chunk_entries(tmp_path / "theirs.json", str(name))


def test_coordinates_and_units(scenes: tuple[list[Path], np.ndarray], tmp_path: Path) -> None:
    """A new dimension with the dates that are given, and a set in another unit of time behind it."""
    paths, values = scenes
    renamed = [tmp_path / f"renamed{at}.json" for at in range(2)]
    for source, target in zip(paths, renamed):
        refs = json.loads(source.read_text())["refs"]
        for key in [key for key in refs if key.startswith("time/")]:
            del refs[key]
        array = json.loads(refs["red/.zarray"])
        refs["red/.zarray"] = json.dumps({**array, "shape": array["shape"][1:], "chunks": array["chunks"][1:]})
        refs["red/.zattrs"] = json.dumps({"_ARRAY_DIMENSIONS": ["y", "x"], "units": "1"})
        for key in [key for key in refs if key.startswith("red/0.")]:
            refs[key.replace("red/0.", "red/", 1)] = refs.pop(key)
        target.write_text(json.dumps({"version": 1, "refs": refs}))
    assert run("combine", *renamed, "-o", tmp_path / "all.json", "--concat", "time", "--coordinates", "2020-01-04,2020-01-06").returncode == 0
    # The third counts in days.
    done = run("append", tmp_path / "all.json", paths[2], "--concat", "time")
    assert done.returncode == 0, done.stderr
    dataset = xr.open_dataset(str(tmp_path / "all.json"), engine="kerchunk", mask_and_scale=False)
    np.testing.assert_array_equal(dataset.red.values, values)
    np.testing.assert_array_equal(dataset.time.values, np.array(["2020-01-04", "2020-01-06", "2020-01-10"], "datetime64[ns]"))
