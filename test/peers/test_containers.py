"""Containers that writers rarely make: offsets above 4 GiB, tags unsorted, stated twice, of unusual field types, inline or not."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
import rasterio
import tifffile
import xarray as xr

import imagecodecs.numcodecs
from cli import generate, read

imagecodecs.numcodecs.register_codecs(verbose=False)

HEIGHT, WIDTH = 6, 5
PIXELS = np.arange(HEIGHT * WIDTH, dtype=np.uint8).reshape(HEIGHT, WIDTH) * 7

TYPES = {"B": 1, "A": 2, "H": 3, "I": 4, "R": 5, "ifd": 13, "Q": 16, "ifd8": 18}


class Builder:
    """A TIFF of one IFD whose tags stand as they are given: (tag, kind, values, inline)."""

    def __init__(self, order: str, big: bool) -> None:
        self.order, self.big = order, big
        self.word = "Q" if big else "I"

    def pack(self, kind: str, values: list[int]) -> bytes:
        code = {"A": "B", "ifd": "I", "ifd8": "Q"}.get(kind, kind)
        if kind == "R":
            return struct.pack(f"{self.order}{2 * len(values)}I", *(part for value in values for part in (value, 1)))
        return struct.pack(f"{self.order}{len(values)}{code}", *values)

    def build(self, ifd_at: int, tags: list[tuple], data: dict[int, bytes]) -> list[tuple[int, bytes]]:
        order, big, word = self.order, self.big, self.word
        mark = b"II" if order == "<" else b"MM"
        header = mark + struct.pack(f"{order}H", 43 if big else 42)
        header += struct.pack(f"{order}HHQ", 8, 0, ifd_at) if big else struct.pack(f"{order}I", ifd_at)
        offset_size = 8 if big else 4
        entries, outside = b"", b""
        behind = ifd_at + (8 if big else 2) + len(tags) * (20 if big else 12) + offset_size
        for tag, kind, values in tags:
            packed = self.pack(kind, values)
            entries += struct.pack(f"{order}HH{word}", tag, TYPES[kind], len(values))
            if len(packed) <= offset_size:
                entries += packed.ljust(offset_size, b"\0")
            else:
                entries += struct.pack(f"{order}{word}", behind + len(outside))
                outside += packed
        count = struct.pack(f"{order}{'Q' if big else 'H'}", len(tags))
        ifd = count + entries + struct.pack(f"{order}{word}", 0) + outside
        return [(0, header), (ifd_at, ifd), *data.items()]


def write_pieces(path: Path, pieces: list[tuple[int, bytes]]) -> None:
    """Holes between the pieces take no space on disk."""
    with open(path, "wb") as file:
        for offset, content in pieces:
            file.seek(offset)
            file.write(content)


def tags(places: list[int], sizes: list[int], **kinds: str) -> list[tuple]:
    """Strips of two rows."""
    kind = {"size": "H", "offsets": "I", "lengths": "I", **kinds}
    return [
        (256, kind["size"], [WIDTH]),
        (257, kind["size"], [HEIGHT]),
        (258, "H", [8]),
        (259, "H", [1]),
        (262, "H", [1]),
        (273, kind["offsets"], places),
        (277, "H", [1]),
        (278, kind["size"], [2]),
        (279, kind["lengths"], sizes),
    ]


def strips(start: int, gap: int) -> dict[int, bytes]:
    return {start + number * gap: PIXELS[2 * number : 2 * number + 2].tobytes() for number in range(3)}


def check(tiff: Path, folder: Path, pixels: np.ndarray = PIXELS, *, gdal: bool = True) -> dict:
    """`gdal`: libtiff passes over a table of IFD8 offsets and reads from byte 0 on; tifffile reads it."""
    if gdal:
        with rasterio.open(tiff) as source:
            np.testing.assert_array_equal(source.read(1), pixels)
    else:
        np.testing.assert_array_equal(tifffile.imread(tiff), pixels)
    result = generate(tiff, folder)
    assert result["ok"], result
    options = {"storage_options": {"remote_protocol": "file"}}
    stored = xr.open_dataset(result["output"], engine="kerchunk", mask_and_scale=False, backend_kwargs=options)["band_data"]
    np.testing.assert_array_equal(stored.values, pixels)
    np.testing.assert_array_equal(read(result["output"], "band_data", folder), pixels)
    return result


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("big", [False, True], ids=["classic", "big"])
@pytest.mark.parametrize("ifd_at", ["head", "end"])
@pytest.mark.parametrize(
    "kinds",
    [
        {},
        {"size": "I"},
        {"offsets": "H", "lengths": "H"},
        {"offsets": "H", "lengths": "I"},
        {"offsets": "I", "lengths": "H"},
        {"size": "I", "offsets": "I", "lengths": "B"},
    ],
    ids=lambda kinds: "-".join(f"{name}{kind}" for name, kind in kinds.items()) or "usual",
)
def test_field_types(order: str, big: bool, ifd_at: str, kinds: dict, tmp_path: Path) -> None:
    builder = Builder(order, big)
    data = strips(1000, 50)
    place = 20 if ifd_at == "head" else 2000
    write_pieces(tmp_path / "in.tif", builder.build(place, tags(list(data), [2 * WIDTH] * 3, **kinds), data))
    check(tmp_path / "in.tif", tmp_path)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(("big", "kinds"), [(True, {"offsets": "Q", "lengths": "Q"}), (True, {"offsets": "Q", "lengths": "I"}), (True, {"offsets": "ifd8"})], ids=str)
def test_wide_tables(order: str, big: bool, kinds: dict, tmp_path: Path) -> None:
    data = strips(1000, 50)
    write_pieces(tmp_path / "in.tif", Builder(order, big).build(20, tags(list(data), [2 * WIDTH] * 3, **kinds), data))
    check(tmp_path / "in.tif", tmp_path, gdal="ifd8" not in kinds.values())


@pytest.mark.parametrize("order", ["<", ">"])
def test_unsorted_and_twice(order: str, tmp_path: Path) -> None:
    """libtiff sorts tags, and of two with the same number takes the first."""
    data = strips(1000, 50)
    usual = tags(list(data), [2 * WIDTH] * 3)
    unsorted = [*usual[::-1], (257, "H", [2]), (258, "H", [16]), (270, "A", list(b"text\0")), (282, "R", [72])]
    write_pieces(tmp_path / "in.tif", Builder(order, False).build(20, unsorted, data))
    check(tmp_path / "in.tif", tmp_path)


@pytest.mark.parametrize("order", ["<", ">"])
def test_beyond_4_gib(order: str, tmp_path: Path) -> None:
    """A sparse file of 9 GiB: strips on both sides of 2^32 and 2^33, the IFD at the end."""
    step = 2**32
    data = {number * step + 1000 + number: content for number, content in enumerate(strips(1000, 50).values())}
    write_pieces(
        tmp_path / "in.tif",
        Builder(order, True).build(9 * 2**30, tags(list(data), [2 * WIDTH] * 3, offsets="Q"), data),
    )
    assert (tmp_path / "in.tif").stat().st_size > 9 * 2**30
    result = check(tmp_path / "in.tif", tmp_path)
    assert result["account"]["requests"] == 2
    assert result["account"]["bytes"] < 200_000


def test_beyond_4_gib_tiled_predictor(tmp_path: Path) -> None:
    """tifffile writes at 5 GiB; GDAL, xarray and our reader read it back."""
    pixels = (np.arange(64 * 48).reshape(64, 48) * 257).astype(">u2")
    with open(tmp_path / "in.tif", "wb") as raw:
        with tifffile.TiffWriter(raw, bigtiff=True, byteorder=">") as writer:
            options = {"tile": (16, 16), "compression": "adobe_deflate", "metadata": None, "software": False}
            raw.seek(5 * 2**30)
            writer.write(pixels, predictor=2, photometric="minisblack", **options)
    with tifffile.TiffFile(tmp_path / "in.tif") as file:
        assert min(file.pages[0].dataoffsets) > 2**32
    check(tmp_path / "in.tif", tmp_path, pixels.astype("u2"))
