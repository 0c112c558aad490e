"""Shards of zarr-python behind references: our reader's values, and where the chunks inside them stand."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pytest
import zarr
from zarr.codecs import ShardingCodec

from cli import read, run_batched

SHAPE, SHARD, INNER = (20, 30), (16, 24), (4, 6)
CASES = {
    "plain": {"compressors": None},
    "gzip": {"compressors": zarr.codecs.GzipCodec(level=1)},
    "zstd behind the shard": {"compressors": zarr.codecs.ZstdCodec(level=1)},
    "transposed inside": {"filters": [zarr.codecs.TransposeCodec(order=(1, 0))], "compressors": None},
}


def stored(folder: Path, values: np.ndarray, **options: object) -> dict[str, Path]:
    array = zarr.create_array(folder / "store.zarr", name="a", shape=values.shape, dtype=values.dtype, zarr_format=3, fill_value=7, overwrite=True, **options)
    for row, column in itertools.product(range(0, values.shape[0], INNER[0]), range(0, values.shape[1], INNER[1])):
        # Some chunks are never written, and all of the last shard.
        if (row // 4 + column // 6) % 3 != 1 and not (row >= 16 and column >= 24):
            array[row : row + 4, column : column + 6] = values[row : row + 4, column : column + 6]
    return {str(path.relative_to(folder / "store.zarr")): path for path in (folder / "store.zarr").rglob("*") if path.is_file()}


def references(folder: Path, files: dict[str, Path]) -> Path:
    """Each shard lies 100 bytes behind the one before, all of them in one file."""
    refs, content = {}, b""
    for key, path in sorted(files.items()):
        if key.endswith("zarr.json"):
            refs[key] = path.read_text()
            continue
        content += bytes(100)
        refs[key] = [f"file://{folder / 'shards.bin'}", len(content), path.stat().st_size]
        content += path.read_bytes()
    (folder / "shards.bin").write_bytes(content)
    file = folder / "refs.json"
    file.write_text(json.dumps({"version": 1, "refs": refs}))
    return file


@pytest.mark.parametrize("location", ["end", "start"])
@pytest.mark.parametrize("dtype", ["<u2", ">f4", "|i1"])
@pytest.mark.parametrize("name", CASES)
def test_values_and_ranges(name: str, dtype: str, location: str, tmp_path: Path) -> None:
    values = (np.arange(600).reshape(SHAPE) % 101).astype(dtype)
    options = {"chunks": INNER, "shards": zarr.core.metadata.v3.RegularChunkGrid(chunk_shape=SHARD).chunk_shape, **CASES[name]}
    if location == "start" or name == "zstd behind the shard":
        inner = {"codecs": [zarr.codecs.BytesCodec()], "index_location": location} if name != "gzip" else {"codecs": [zarr.codecs.BytesCodec(), CASES[name]["compressors"]], "index_location": location}
        options = {"chunks": SHARD, "serializer": ShardingCodec(chunk_shape=INNER, **inner), "compressors": CASES[name]["compressors"] if "behind" in name else None}
    files = stored(tmp_path, values, **options)
    wanted = zarr.open_array(tmp_path / "store.zarr", path="a", mode="r")[...]
    file = references(tmp_path, files)
    np.testing.assert_array_equal(read(file, "a", tmp_path), wanted)
    told = json.loads(run_batched("chunk", file, "a/c/0/0", "--json").stdout)["shard"]
    assert told["chunkShape"] == list(INNER) and len(told["chunks"]) == 16
    by_indices = {tuple(chunk["indices"]): chunk for chunk in told["chunks"]}
    assert {place for place, chunk in by_indices.items() if chunk["offset"] is None} == {place for place in by_indices if sum(place) % 3 == 1}
    assert told["of"] == ("the shard" if "behind" in name else "the file")
    if name == "plain" and told["of"] == "the file":
        content = (tmp_path / "shards.bin").read_bytes()
        for (row, column), chunk in by_indices.items():
            if chunk["offset"] is not None:
                raw = content[chunk["offset"] : chunk["offset"] + chunk["length"]]
                there = np.frombuffer(raw, np.dtype(dtype).newbyteorder("<")).reshape(INNER)
                np.testing.assert_array_equal(there, wanted[4 * row : 4 * row + 4, 6 * column : 6 * column + 6])


def test_a_damaged_index_is_told(tmp_path: Path) -> None:
    values = np.arange(600, dtype="<u2").reshape(SHAPE)
    file = references(tmp_path, stored(tmp_path, values, chunks=INNER, shards=SHARD, compressors=None))
    entry = json.loads(file.read_text())["refs"]["a/c/0/0"]
    content = bytearray((tmp_path / "shards.bin").read_bytes())
    content[entry[1] + entry[2] - 20] ^= 1
    (tmp_path / "shards.bin").write_bytes(content)
    done = run_batched("chunk", file, "a/c/0/0")
    assert done.returncode == 2
    assert "crc32c" in done.stderr
