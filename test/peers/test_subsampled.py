"""YCbCr without JPEG whose pixels share colours (TIFF 6.0, section 21): our reader gives what was written, and GDAL the same as RGB."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest

from cli import directly, read
from make_combinations import by_gdal

WIDTH = 33
FACTORS = [(2, 1), (2, 2), (4, 1), (4, 2), (4, 4), (1, 2)]
# Height, rows of a strip, of which the last has all rows, one, or some, and compression; last tiles, which pass both edges, and which GDAL reads
# compressed only.
SHAPES = [(32, 8, None, 1), (33, 8, None, 1), (38, 16, None, 1), (38, 16, None, 8), (38, 16, 16, 8)]


def shared(pixels: np.ndarray, across: int, down: int) -> tuple[bytes, np.ndarray]:
    """The units of a tile or strip, (rows, columns, 3), and the pixels that they give: each unit has the colours of its first pixel."""
    rows, columns = pixels.shape[:2]
    whole = np.pad(pixels, ((0, -rows % down), (0, -columns % across), (0, 0)), mode="edge")
    units = whole.reshape(whole.shape[0] // down, down, whole.shape[1] // across, across, 3).swapaxes(1, 2)
    lumas, colours = units[..., 0].reshape(*units.shape[:2], -1), units[:, :, 0, 0, 1:]
    given = np.concatenate([whole[..., :1], colours.repeat(down, 0).repeat(across, 1)], axis=2)
    return np.concatenate([lumas, colours], axis=2).tobytes(), given[:rows, :columns]


def tiff(pixels: np.ndarray, factors: tuple[int, int], rows: int, columns: int | None, compression: int) -> tuple[bytes, np.ndarray]:
    """A TIFF in strips, or in tiles where there are columns, and the pixels that it holds."""
    height = len(pixels)
    body, places, held = bytearray(8), [], np.empty_like(pixels)
    for top in range(0, height, rows):
        for left in range(0, WIDTH, columns or WIDTH):
            part = pixels[top : top + rows, left : left + (columns or WIDTH)]
            high, wide = part.shape[:2]
            if columns is not None:
                part = np.pad(part, ((0, rows - high), (0, columns - wide), (0, 0)), mode="edge")
            stored, given = shared(part, *factors)
            held[top : top + high, left : left + wide] = given[:high, :wide]
            stored = zlib.compress(stored) if compression == 8 else stored
            places.append((len(body), len(stored)))
            body += stored + b"\0" * (len(stored) % 2)
    offsets, lengths = zip(*places, strict=True)
    layout = {278: [rows], 273: offsets, 279: lengths} if columns is None else {322: [columns], 323: [rows], 324: offsets, 325: lengths}
    tags = {256: [WIDTH], 257: [height], 258: [8] * 3, 259: [compression], 262: [6], 277: [3], 530: factors, **layout}
    entries = b""
    for tag, values in sorted(tags.items()):
        word = "I" if tag in (273, 279, 324, 325) else "H"
        packed = struct.pack(f"<{len(values)}{word}", *values)
        if len(packed) > 4:
            place, packed = len(body), packed + b"\0" * (len(packed) % 2)
            body += packed
            packed = struct.pack("<I", place)
        entries += struct.pack("<HHI4s", tag, 4 if word == "I" else 3, len(values), packed)
    body[:8] = struct.pack("<2sHI", b"II", 42, len(body))
    return bytes(body) + struct.pack("<H", len(tags)) + entries + bytes(4), held


def rgb(pixels: np.ndarray) -> np.ndarray:
    """(3, height, width) by TIFF 6.0, section 21, with the defaults of YCbCrCoefficients and ReferenceBlackWhite that GDAL takes."""
    luma, blue, red = np.moveaxis(pixels.astype(float), -1, 0) - np.array([0, 128, 128])[:, None, None]
    green = luma - (0.299 * 1.402 * red + 0.114 * 1.772 * blue) / 0.587
    return np.clip(np.round([luma + 1.402 * red, green, luma + 1.772 * blue]), 0, 255)


@pytest.mark.parametrize("factors", FACTORS, ids=lambda factors: f"{factors[0]}x{factors[1]}")
def test_subsampled(factors: tuple[int, int], tmp_path: Path) -> None:
    random = np.random.default_rng(21)
    failures = []
    for height, rows, columns, compression in SHAPES:
        path = tmp_path / f"{height}-{rows}-{columns}-{compression}.tif"
        content, held = tiff(random.integers(60, 190, (height, WIDTH, 3), "u1"), factors, rows, columns, compression)
        path.write_bytes(content)
        # Of units of 4 by 4 that pass the edge, libtiff gives other rows than the first wrongly.
        sure = WIDTH // 4 * 4 if factors == (4, 4) else WIDTH
        assert np.abs(by_gdal(path) - rgb(held))[..., :sure].max() <= 1, path.name
        if not np.array_equal(read(path, directly(path)["path"], tmp_path), held):
            failures.append(path.name)
    assert not failures
