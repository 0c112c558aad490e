"""GDAL's 16-bit checksums of families of pictures, which its autotest has in many forms, over the pixels that our reader gives."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import rasterio

from cli import CORPUS, FIXTURES, directly, generate, read
from verdicts import refusal

# Names, as in GDAL's autotest, and the checksum of each band.
FAMILIES = {
    r"(byte|u?int16|u?int32|float\d+).*": [4672],
    r"rgbsmall.*": [21212, 21053, 21349],
    r"stefan_full_rgba.*": [12603, 58561, 36064, 10807],
    r"stefan_full_greyalpha.*": [1970, 10807],
}
# Of these names, but not the picture as it was.
LOSSY = {
    "byte_jpg_tablesmodezero.tif": "JPEG",
}
PRIMES = np.array([7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43])


def checksum(band: np.ndarray) -> int:
    """As GDALChecksumImage has it: each value modulo primes that take turns, with the sign of the value, summed modulo 2^16."""
    parts = np.stack([band.real, band.imag], axis=-1) if band.dtype.kind == "c" else band
    values = integers(parts.ravel())
    return int(np.fmod(values, np.resize(PRIMES, values.size)).sum()) & 0xFFFF


def integers(values: np.ndarray) -> np.ndarray:
    """Whole numbers of 32 bits; fractions are rounded, what is too large is cut, and what is no number is the least."""
    if values.dtype.kind == "f":
        doubles = values.astype("f8")
        whole = np.floor(np.clip(np.nan_to_num(doubles), -(2.0**31) + 1, 2.0**31 - 1) + 0.5)
        return np.where(np.isfinite(doubles), np.clip(whole, -(2**31) + 1, 2**31 - 1), -(2**31)).astype("i8")
    limits = np.iinfo("i4")
    return np.clip(values, limits.min, limits.max).astype("i8") if values.dtype.itemsize >= 4 else values.astype("i8")


def family(path: Path) -> list[int] | None:
    name = path.name.split("__")[-1]
    return next((sums for pattern, sums in FAMILIES.items() if re.fullmatch(pattern, name)), None)


MEMBERS = sorted(path for path in CORPUS.glob("*.tif") if family(path) is not None)


@pytest.mark.parametrize("tiff", MEMBERS, ids=lambda path: path.name.split("__")[-1])
def test_family(tiff: Path, tmp_path: Path) -> None:
    result = generate(tiff, tmp_path)
    file, array = (result["output"], result["account"]["levels"][0]) if result["ok"] else (tiff, directly(tiff))
    if array is None:
        pytest.skip(str(refusal(result["error"])))
    pixels = read(file, array["path"], tmp_path)
    bands = [pixels] if pixels.ndim == 2 else list(pixels if pixels.shape[0] <= 4 else np.moveaxis(pixels, -1, 0))
    sums = [checksum(band) for band in bands]
    if tiff.name.split("__")[-1] in LOSSY:
        assert sums != family(tiff)
    else:
        assert sums == family(tiff)


def test_corpus_is_at_hand() -> None:
    if not CORPUS.is_dir():
        pytest.skip(f"other people's TIFFs are not at hand ({CORPUS})")
    assert len(MEMBERS) > 15


@pytest.mark.parametrize("name", ["none-u8-tiled", "none-i8-tiled", "none-u16-tiled", "none-i16-tiled", "none-u32-tiled", "none-f32-tiled", "none-f64-tiled", "deflate-cf64-tiled", "none-i32-tiled"])
def test_checksum_is_gdals(name: str) -> None:
    with rasterio.open(FIXTURES / "tiffs" / f"{name}.tif") as source:
        assert checksum(source.read(1)) == source.checksum(1)
