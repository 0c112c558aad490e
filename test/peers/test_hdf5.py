"""References of NetCDF4, HDF5 and NetCDF3 files that kerchunk makes, and the codecs of HDF5 that it leaves out, read to the values of the file's own library."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import h5py
import hdf5plugin
import netCDF4
import numpy as np
import pytest
import zarr
from kerchunk.hdf import SingleHdf5ToZarr
from kerchunk.netCDF3 import NetCDF3ToZarr

from cli import run

VALUES = np.random.default_rng(8).integers(-500, 500, (23, 31)).astype("i4")
CHUNKS = {"chunks": (8, 10)}
RECORDS = np.array([(i, i / 4, b"abc"[:i]) for i in range(5)], [("x", "<i2"), ("y", ">f8"), ("s", "S3")])


def dataset(data: np.ndarray, **options: object) -> Callable[[h5py.File], object]:
    return lambda file: file.create_dataset("a", data=data, **options)


def partly(file: h5py.File) -> None:
    file.create_dataset("a", (30, 40), "f4", chunks=(10, 10), compression="gzip", fillvalue=-1.5)[:10, :10] = 3


# What kerchunk 0.2.10 makes references of.
MADE = {
    "contiguous": dataset(VALUES),
    "gzip": dataset(VALUES, compression="gzip", **CHUNKS),
    "shuffle": dataset(VALUES, shuffle=True, **CHUNKS),
    "shuffle-gzip": dataset(VALUES, shuffle=True, compression="gzip", **CHUNKS),
    "zstd": dataset(VALUES, **hdf5plugin.Zstd(), **CHUNKS),
    "shuffle-zstd": dataset(VALUES, shuffle=True, **hdf5plugin.Zstd(), **CHUNKS),
    "blosc-zstd": dataset(VALUES, **hdf5plugin.Blosc(cname="zstd", shuffle=1), **CHUNKS),
    "blosc-lz4": dataset(VALUES, **hdf5plugin.Blosc(cname="lz4", shuffle=1), **CHUNKS),
    "blosclz-bits": dataset(VALUES, **hdf5plugin.Blosc(cname="blosclz", shuffle=2), **CHUNKS),
    "big-endian": dataset(VALUES.astype(">i4"), shuffle=True, compression="gzip", **CHUNKS),
    "float16": dataset(VALUES.astype("f2"), compression="gzip", **CHUNKS),
    "boolean": dataset(VALUES > 0, compression="gzip", **CHUNKS),
    "complex": dataset(VALUES.astype("c8"), compression="gzip", **CHUNKS),
    "scalar": dataset(np.float64(2.5)),
    "fixed-length": dataset(np.array([b"ab", b"", b"abcde"], "S5")),
    "uint64": dataset(np.array([0, 2**63, 2**64 - 1], "u8")),
    "partly-written": partly,
    "never-written": lambda file: file.create_dataset("a", (4, 4), "i2", chunks=(2, 2), fillvalue=7),
}


def values_of(references: Path, array: str) -> np.ndarray:
    output = references.with_suffix(".npy")
    ended = run("read", references, array, "-o", output)
    assert ended.returncode == 0, ended.stderr
    return np.load(output)


def check_same(ours: np.ndarray, theirs: np.ndarray) -> None:
    assert ours.dtype.newbyteorder("=") == theirs.dtype.newbyteorder("=")
    np.testing.assert_array_equal(ours, theirs)


def by_zarr(references: Path, array: str) -> np.ndarray:
    options = {"fo": str(references), "remote_protocol": "file"}
    return np.asarray(zarr.open_group("reference://", mode="r", storage_options=options, zarr_format=2)[array][...])


@pytest.mark.parametrize("name", MADE)
def test_hdf5(tmp_path: Path, name: str) -> None:
    file, references = tmp_path / "a.h5", tmp_path / "a.json"
    with h5py.File(file, "w") as h5:
        MADE[name](h5)
    references.write_text(json.dumps(SingleHdf5ToZarr(str(file), inline_threshold=0).translate()))
    ours = values_of(references, "a")
    with h5py.File(file) as h5:
        check_same(ours, np.asarray(h5["a"][()]))
    check_same(ours, by_zarr(references, "a"))


def test_strings_of_any_length(tmp_path: Path) -> None:
    file, references = tmp_path / "a.h5", tmp_path / "a.json"
    with h5py.File(file, "w") as h5:
        h5.create_dataset("a", data=np.array(["one", "zwölf", ""], dtype=object), dtype=h5py.string_dtype())
    references.write_text(json.dumps(SingleHdf5ToZarr(str(file), inline_threshold=0, vlen_encode="embed").translate()))
    assert json.loads(run("read", references, "a", "--json").stdout)["first"] == list(by_zarr(references, "a")) == ["one", "zwölf", ""]


# What it leaves out, and numcodecs has: the filters by which zarr readers undo what HDF5 did, the last one first.
FILTERS = {
    "fletcher32": ({"fletcher32": True}, VALUES, "<i4", [{"id": "fletcher32"}]),
    "shuffle-gzip-fletcher32": (
        {"shuffle": True, "compression": "gzip", "fletcher32": True},
        VALUES,
        "<i4",
        [{"id": "shuffle", "elementsize": 4}, {"id": "zlib", "level": 4}, {"id": "fletcher32"}],
    ),
}


def written_by_hand(file: Path, dtype: object, filters: list[dict]) -> Path:
    """References from HDF5's own table of chunks."""
    with h5py.File(file) as h5:
        array = h5["a"]
        metadata = {"zarr_format": 2, "shape": array.shape, "chunks": array.chunks, "dtype": dtype, "order": "C", "fill_value": None}
        refs: dict[str, object] = {".zgroup": '{"zarr_format": 2}', "a/.zarray": json.dumps({**metadata, "compressor": None, "filters": filters or None})}
        for number in range(array.id.get_num_chunks()):
            chunk = array.id.get_chunk_info(number)
            key = ".".join(str(at // side) for at, side in zip(chunk.chunk_offset, array.chunks, strict=True))
            refs[f"a/{key}"] = [f"file://{file}", chunk.byte_offset, chunk.size]
    references = file.with_suffix(".json")
    references.write_text(json.dumps({"version": 1, "refs": refs}))
    return references


@pytest.mark.parametrize("name", FILTERS)
def test_filters(tmp_path: Path, name: str) -> None:
    options, values, dtype, filters = FILTERS[name]
    with h5py.File(tmp_path / "a.h5", "w") as h5:
        h5.create_dataset("a", data=values, **CHUNKS, **options)
    check_same(values_of(written_by_hand(tmp_path / "a.h5", dtype, filters), "a"), values)


def test_structured_elements(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "a.h5", "w") as h5:
        h5.create_dataset("a", data=RECORDS, chunks=(2,), compression="gzip")
    references = written_by_hand(tmp_path / "a.h5", RECORDS.dtype.descr, [{"id": "zlib", "level": 4}])
    ours = values_of(references, "a")
    for field in RECORDS.dtype.names:
        np.testing.assert_array_equal(ours[field], RECORDS[field])


def test_dates(tmp_path: Path) -> None:
    dates = np.array(["2020-01-01", "1969-12-31T23:59:59.5", "NaT"], "M8[ms]")
    with h5py.File(tmp_path / "a.h5", "w") as h5:
        h5.create_dataset("a", data=dates.astype("i8"), chunks=(2,))
    check_same(values_of(written_by_hand(tmp_path / "a.h5", "<M8[ms]", []), "a"), dates)


def test_szip_is_refused_by_name(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "a.h5", "w") as h5:
        h5.create_dataset("a", data=VALUES, compression="szip", **CHUNKS)
    ended = run("read", written_by_hand(tmp_path / "a.h5", "<i4", [{"id": "szip"}]), "a")
    assert ended.returncode == 2
    assert "szip" in ended.stderr


@pytest.mark.parametrize("kind", ["NETCDF4", "NETCDF3_CLASSIC", "NETCDF3_64BIT_OFFSET"])
def test_netcdf(tmp_path: Path, kind: str) -> None:
    """Records of several variables lie among one another in NetCDF3."""
    file, references = tmp_path / "a.nc", tmp_path / "a.json"
    rng = np.random.default_rng(9)
    with netCDF4.Dataset(file, "w", format=kind) as nc:
        for name, size in {"time": None, "y": 5, "x": 7}.items():
            nc.createDimension(name, size)
        nc.createVariable("time", "f8", ("time",))[:] = np.arange(4) * 1.5
        packed = nc.createVariable("packed", "i2", ("time", "y", "x"), fill_value=-99, zlib=kind == "NETCDF4", shuffle=kind == "NETCDF4")
        packed.set_auto_maskandscale(False)
        packed.scale_factor = 0.1
        packed[:] = rng.integers(-50, 50, (4, 5, 7))
        nc.createVariable("plain", "f4", ("y", "x"))[:] = rng.random((5, 7))
        nc.createVariable("byte", "i1", ("time",))[:] = [1, -2, 3, 4]
        nc.createVariable("letter", "S1", ("y",))[:] = np.array(list("abcde"), "S1")
    translate = SingleHdf5ToZarr if kind == "NETCDF4" else NetCDF3ToZarr
    references.write_text(json.dumps(translate(str(file), inline_threshold=0).translate()))
    with netCDF4.Dataset(file) as nc:
        nc.set_auto_maskandscale(False)
        for name, variable in nc.variables.items():
            ours = values_of(references, name)
            check_same(ours, np.asarray(variable[:]))
            check_same(ours, by_zarr(references, name))
