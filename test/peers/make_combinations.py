"""Writes the TIFFs of combinations.py, with tifffile or with GDAL, and reads each with the other before it counts."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import imagecodecs
import numpy as np
import rasterio
import tifffile
from rasterio.errors import NotGeoreferencedWarning

from cli import FIXTURES
from combinations import CONTIG, PACKED, PLANAR, Combination

sys.path.insert(0, str(FIXTURES))
from tiff_cases.common import HEIGHT, TILE, WIDTH, picture  # noqa: E402

ROWS_PER_STRIP = {"strips": 8, "short": 12}
# By how much a second decoder of a lossy stream may differ. JPEG 2000 and JPEG XL go through floating-point transforms, in which decoders
# round otherwise; colours of JPEG are rounded otherwise by the libjpeg of rasterio's wheel, and our reader has to equal libjpeg-turbo's.
SECOND_READER = {"jpeg": 10, "jxl-lossy": 1, "jp2000-lossy": 1}
# By how much what a lossy stream holds may differ from the picture that went in: it would be another picture else.
LOSS = {"jpeg": 60, "webp-lossy": 60, "jxl-lossy": 40, "jp2000-lossy": 40}
# rasterio's wheel lacks both codecs, and JPEG of more than 8 bits.
NOT_IN_GDAL = ("jxl", "jp2000")
GDAL_NAMES = {"lerc-deflate": "LERC_DEFLATE", "lerc-zstd": "LERC_ZSTD"}
TIFFFILE_NAMES = {"none": None, "deflate": "adobe_deflate", "jxl": "jpegxl", "jp2000": "jpeg2000"}
COMPLEX_INTEGER = 5


def source(one: Combination) -> np.ndarray:
    """(bands, height, width): smooth, with noise, and with what is at the ends of a type."""
    random = np.random.default_rng(crc32(one.name.encode()))
    shape = (one.bands, HEIGHT, WIDTH)
    if codec_of(one) in ("jpeg", "webp") or is_lossy(one):
        return photograph(one, random)
    if one.sample.startswith("ci"):
        limit = 2 ** min(one.bits // 2 - 1, 24)
        real, imaginary = (random.integers(-limit, limit, shape) for _ in range(2))
        return (real + 1j * imaginary).astype("c8" if one.bits == 32 else "c16")
    if one.sample.startswith("cf"):
        kind = f"f{one.bits // 16}"
        values = np.empty(shape, f"c{one.bits // 8}")
        values.real, values.imag = noisy(kind, one.bands, random), picture("i2", one.bands)
        return values
    if one.sample in PACKED:
        kind = "u1" if one.bits <= 8 else "u2"
        return noisy(kind, one.bands, random) & np.array((1 << one.bits) - 1, kind)
    kind = f"{one.sample[0]}{one.bits // 8}"
    if one.compression.startswith(("lerc", "jxl")) and kind[0] == "f":
        # Neither keeps the sign of a zero, and LERC has a mask for NaN: test_lerc.py.
        wave = np.sin(np.indices(shape).sum(0) / 9) * 100 + random.normal(0, 5, shape)
        # In big-endian files libtiff swaps the bytes of numbers before it encodes them, and swapped fractions may be NaN, which LERC drops.
        return (np.round(wave) if one.container.startswith("be") else wave).astype(kind)
    return noisy(kind, one.bands, random)


def noisy(kind: str, bands: int, random: np.random.Generator) -> np.ndarray:
    values = picture(kind, bands)
    noise = random.integers(0, 6, values.shape)
    edge = slice(0, HEIGHT // 2)
    if kind[0] == "f":
        values[:, edge] += noise[:, edge].astype(kind) / 8
    else:
        values[:, edge] ^= noise[:, edge].astype(kind)
    return values


def photograph(one: Combination, random: np.random.Generator) -> np.ndarray:
    """Smooth colours with a little noise and one edge, as lossy codecs are made for."""
    band, row, column = np.indices((one.bands, HEIGHT, WIDTH))
    waves = 120 + 70 * np.sin((row + 9 * band) / 9) + 40 * np.cos(column / (8 + band)) + random.normal(0, 2, band.shape)
    waves[:, :, WIDTH // 2 :] *= 0.6
    return (waves.clip(0, 255) * (2 ** (one.bits - 8))).astype("u1" if one.bits == 8 else "u2")


def write(one: Combination, path: Path, pixels: np.ndarray) -> str:
    """Writes `pixels`, (bands, height, width), and returns who wrote them."""
    with_gdal = (
        one.compression.startswith("lerc")
        or (one.predictor == 2 and one.sample[0] == "f")
        or (one.sample in PACKED and one.compression != "jpeg")
        or (one.compression.startswith("webp") and one.container.startswith("le"))
        or one.sample == "ci32"
    )
    if with_gdal:
        write_gdal(one, path, pixels)
        return "GDAL"
    write_tifffile(one, path, pixels)
    return "tifffile"


def write_gdal(one: Combination, path: Path, pixels: np.ndarray) -> None:
    kind = one.layout.split("-")[0]
    codec = codec_of(one)
    blocks = {"tiled": True, "blockxsize": TILE, "blockysize": TILE} if kind == "tiled" else {"blockysize": ROWS_PER_STRIP[kind]}
    options = {
        "compress": GDAL_NAMES.get(codec, codec.upper()),
        "interleave": "PIXEL" if one.layout in CONTIG else "BAND",
        "endianness": "BIG" if one.container.startswith("be") else "LITTLE",
        "bigtiff": "YES" if one.container.endswith("big") else "NO",
    }
    if one.predictor > 1:
        options["predictor"] = one.predictor
    if one.sample in PACKED or one.sample == "f16":
        options["nbits"] = one.bits
    if one.compression.startswith("lerc"):
        options["max_z_error"] = 0
    if codec == "webp":
        options |= {"webp_lossless": not is_lossy(one), "webp_level": 90, "photometric": "RGB"}
    if one.compression == "webp-alpha":
        options["alpha"] = "UNSPECIFIED"
    dtype = "complex_int16" if one.sample == "ci32" else "float32" if one.sample == "f16" else pixels.dtype
    shape = {"count": one.bands, "height": HEIGHT, "width": WIDTH, "dtype": dtype}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        file = rasterio.open(path, "w", driver="GTiff", **shape, **blocks, **options)
    with file:
        file.write(pixels.astype("f4") if one.sample == "f16" else pixels)


def write_tifffile(one: Combination, path: Path, pixels: np.ndarray) -> None:
    data = np.moveaxis(pixels, 0, -1) if one.layout in CONTIG else pixels if one.layout in PLANAR else pixels[0]
    options = {**layout_options(one), **codec_options(one), "metadata": None, "software": False}
    encode = encoder_of(one)
    if encode is not None:
        options |= {"shape": data.shape, "dtype": data.dtype}
        data = map(encode, segments(one, data))
    order = ">" if one.container.startswith("be") else "<"
    with tifffile.TiffWriter(path, byteorder=order, bigtiff=one.container.endswith("big")) as file:
        file.write(data, **options)
    if one.sample == "ci64":
        with tifffile.TiffFile(path, mode="r+") as file:
            file.pages[0].tags["SampleFormat"].overwrite([COMPLEX_INTEGER] * one.bands)


def layout_options(one: Combination) -> dict:
    kind = one.layout.split("-")[0]
    options: dict = {"tile": (TILE, TILE)} if kind == "tiled" else {"rowsperstrip": ROWS_PER_STRIP[kind]}
    options["photometric"] = "rgb" if one.bands >= 3 else "minisblack"
    if one.layout in PLANAR:
        options["planarconfig"] = "separate"
    if one.bands == 4:
        options["extrasamples"] = ["unassalpha"]
    if one.compression == "jpeg" and one.layout in PLANAR:
        # Single planes have no chroma, whatever the file's colours are.
        options |= {"photometric": "minisblack", "extrasamples": [0, 0]}
    return options


def codec_options(one: Combination) -> dict:
    codec = codec_of(one)
    options: dict = {"compression": TIFFFILE_NAMES.get(codec, codec)}
    if one.predictor > 1:
        options["predictor"] = one.predictor
    if codec == "webp":
        options["compressionargs"] = {"level": 90, "lossless": not is_lossy(one)}
    if codec == "jpeg":
        options |= {"compressionargs": {"level": 90}, "bitspersample": one.bits}
        if one.layout in CONTIG:
            options["subsampling"] = (2, 2)
    return options


def codec_of(one: Combination) -> str:
    return one.compression.removesuffix("-lossy").removesuffix("-alpha")


def is_lossy(one: Combination) -> bool:
    return one.compression.endswith("-lossy") or (one.compression == "jpeg" and one.sample != "u16")


def encoder_of(one: Combination) -> Callable[[np.ndarray], bytes] | None:
    """How a tile or strip is encoded, where tifffile does not do it by itself."""
    codec = codec_of(one)
    if codec == "jxl":
        return lambda part: imagecodecs.jpegxl_encode(part, lossless=not is_lossy(one), distance=float(is_lossy(one)))
    if codec == "jp2000":
        # A bare codestream, without a file format around it.
        options = {"level": 40, "reversible": False} if is_lossy(one) else {"level": 0, "reversible": True}
        return lambda part: imagecodecs.jpeg2k_encode(part, codecformat="j2k", **options)
    if codec == "jpeg" and one.bits > 8:
        return lambda part: imagecodecs.jpeg8_encode(part, level=90, lossless=not is_lossy(one), bitspersample=one.bits)
    if one.sample == "ci64":
        return lambda part: encode_bytes(codec, integers(one, part))
    return None


def integers(one: Combination, part: np.ndarray) -> bytes:
    """Real and imaginary parts as integers of 4 bytes in the file's order."""
    return np.stack([part.real, part.imag], axis=-1).astype(">i4" if one.container.startswith("be") else "<i4").tobytes()


def encode_bytes(codec: str, data: bytes) -> bytes:
    if codec == "none":
        return data
    return bytes(getattr(imagecodecs, f"{'zlib' if codec == 'deflate' else codec}_encode")(data))


def segments(one: Combination, data: np.ndarray):
    """The tiles or strips of an image in the order of its table; tiles are padded with zeros."""
    kind = one.layout.split("-")[0]
    for plane in data if one.layout.endswith("planar") else [data]:
        for top in range(0, HEIGHT, TILE if kind == "tiled" else ROWS_PER_STRIP[kind]):
            if kind != "tiled":
                yield np.ascontiguousarray(plane[top : top + ROWS_PER_STRIP[kind]])
                continue
            for left in range(0, WIDTH, TILE):
                part = plane[top : top + TILE, left : left + TILE]
                tile = np.zeros((TILE, TILE, *part.shape[2:]), part.dtype)
                tile[: part.shape[0], : part.shape[1]] = part
                yield tile


def by_tifffile(path: Path, one: Combination) -> np.ndarray:
    values = tifffile.imread(path)
    if one.layout.endswith("contig"):
        return np.moveaxis(values, -1, 0)
    return values if values.ndim == 3 else values[None]


def by_gdal(path: Path) -> np.ndarray:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with rasterio.open(path) as file:
            return file.read()


def same(first: np.ndarray, second: np.ndarray) -> bool:
    """Equal values, whatever type holds them; a NaN is a NaN."""
    return first.shape == second.shape and bool(((first == second) | ((first != first) & (second != second))).all())


def make(one: Combination, folder: Path) -> tuple[Path, np.ndarray, str]:
    """Writes one TIFF; returns its path, the pixels it holds, (bands, height, width), and who says so. Fails where a second reader does not."""
    path = folder / f"{one.name}.tif"
    pixels = source(one)
    writer = write(one, path, pixels)
    if is_lossy(one):
        decoded = by_tifffile(path, one)
        loss = np.abs(decoded.astype(int) - pixels.astype(int)).max()
        assert 0 < loss <= LOSS[one.compression] << (one.bits - 8), f"{one.name}: {loss} from the picture that was encoded"
        pixels = decoded
    if one.compression.startswith(NOT_IN_GDAL) or (one.compression == "jpeg" and one.bits > 8):
        assert same(by_tifffile(path, one), pixels), f"{one.name}: imagecodecs decodes something else than was encoded"
        return path, pixels, "imagecodecs"
    second = by_gdal(path) if writer == "tifffile" or one.sample.startswith("ci") else by_tifffile(path, one)
    if one.compression in SECOND_READER:
        distance = np.abs(second.astype(int) - pixels.astype(int)).max() if second.shape == pixels.shape else second.shape
        assert np.all(distance <= SECOND_READER[one.compression]), f"{one.name}: the second reader is off by {distance}"
    else:
        assert same(second, pixels), f"{one.name}: the second reader has other pixels than {writer} wrote"
    return path, pixels, writer
