"""Pixels and georeferencing of a TIFF as others read them: rasterio (GDAL), and tifffile where GDAL gives something else than what is stored."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

import imagecodecs
import numpy as np
import rasterio
import rasterio.windows
import tifffile
from rasterio.errors import NotGeoreferencedWarning, RasterioError


# JPEG that says RGB in a TIFF that says YCbCr: tifffile believes the JPEG, GDAL the TIFF.
MISLEADING = {"jpeg-u8-3band-tiled-ycbcr-adobe-rgb.tif", "jpeg-u8-3band-tiled-ycbcr-named-rgb.tif"}


# GDAL opens the first image, which is a reduced one here.
SECOND_IMAGE = {"pages-thumbnail-first.tif"}


def opened(path: Path) -> str | Path:
    return f"GTIFF_DIR:2:{path}" if path.name in SECOND_IMAGE else path


# What Microsoft's C library writes.
MICROSOFT = {"1.#QNAN": "nan", "-1.#IND": "nan", "1.#INF": "inf", "-1.#INF": "-inf"}


@dataclass
class Expected:
    """What a TIFF holds. `pixels` has the bands first."""

    pixels: np.ndarray
    masked: np.ndarray | None
    crs: object | None
    transform: rasterio.Affine | None
    oracle: str


def stored_by_tifffile(path: Path) -> np.ndarray:
    with tifffile.TiffFile(path) as file:
        page = file.pages[0]
        if page.compression == 7 and page.planarconfig == 2:
            return planes_of_jpeg(file, page)
        if path.name in MISLEADING:
            return ycbcr_of_jpeg(file, page, rasterio.open(path).read())
        if page.photometric == 6 and page.compression != 7 and page.tags[530].value != (1, 1):
            return units_of_ycbcr(file, page, rasterio.open(path).read())
        pixels = page.asarray()
        if pixels.ndim == 2:
            return pixels[None]
        contiguous = page.planarconfig == 1
        return np.moveaxis(pixels, -1, 0) if contiguous else pixels


def planes_of_jpeg(file: tifffile.TiffFile, page: tifffile.TiffPage) -> np.ndarray:
    """Each plane in one JPEG strip, which tifffile refuses where the file states a chroma subsampling that single planes cannot have."""
    planes = []
    for offset, length in zip(page.dataoffsets, page.databytecounts, strict=True):
        file.filehandle.seek(offset)
        planes.append(imagecodecs.jpeg8_decode(file.filehandle.read(length), tables=page.jpegtables))
    return np.stack(planes)


def units_of_ycbcr(file: tifffile.TiffFile, page: tifffile.TiffPage, by_gdal: np.ndarray) -> np.ndarray:
    """YCbCr whose pixels share colours (TIFF 6.0, section 21), which tifffile refuses; checked against GDAL, which gives RGB of it."""
    across, down = page.tags[530].value
    rows, columns = (page.tilelength, page.tilewidth) if page.is_tiled else (page.rowsperstrip, page.imagewidth)
    decompress = {1: bytes, 5: imagecodecs.lzw_decode, 8: imagecodecs.zlib_decode}[int(page.compression)]
    wide, high = -(-columns // across), -(-rows // down)
    grid = -(-page.imagewidth // columns)
    pixels = np.zeros((3, -(-page.imagelength // rows) * rows, grid * columns), "u1")
    for index, (offset, length) in enumerate(zip(page.dataoffsets, page.databytecounts, strict=True)):
        file.filehandle.seek(offset)
        units = np.frombuffer(decompress(file.filehandle.read(length)), "u1")[: high * wide * (across * down + 2)].reshape(high, wide, -1)
        part = np.empty((3, high * down, wide * across), "u1")
        part[0] = units[..., :-2].reshape(high, wide, down, across).swapaxes(1, 2).reshape(part.shape[1:])
        part[1:] = np.moveaxis(units[..., -2:], -1, 0).repeat(down, 1).repeat(across, 2)
        top, left = index // grid * rows, index % grid * columns
        pixels[:, top : top + rows, left : left + columns] = part[:, :rows, :columns]
    pixels = pixels[:, : page.imagelength, : page.imagewidth]
    luma, blue, red = pixels[0].astype(float), pixels[1] - 128.0, pixels[2] - 128.0
    rgb = [luma + 1.402 * red, luma - (0.299 * 1.402 * red + 0.114 * 1.772 * blue) / 0.587, luma + 1.772 * blue]
    assert np.abs(np.clip(np.round(rgb), 0, 255) - by_gdal).max() <= 1
    return pixels


def ycbcr_of_jpeg(file: tifffile.TiffFile, page: tifffile.TiffPage, by_gdal: np.ndarray) -> np.ndarray:
    """Tiles as YCbCr, whatever they say; checked against GDAL, which has the same but for rounding."""
    size = page.tilelength
    pixels = np.zeros((3, -(-page.imagelength // size) * size, -(-page.imagewidth // size) * size), "u1")
    across = pixels.shape[2] // size
    for index, (offset, length) in enumerate(zip(page.dataoffsets, page.databytecounts, strict=True)):
        file.filehandle.seek(offset)
        tile = imagecodecs.jpeg8_decode(file.filehandle.read(length), colorspace="YCBCR", outcolorspace="RGB")
        top, left = index // across * size, index % across * size
        pixels[:, top : top + size, left : left + size] = np.moveaxis(tile, -1, 0)
    pixels = pixels[:, : page.imagelength, : page.imagewidth]
    assert np.abs(pixels.astype(int) - by_gdal).max() <= 1
    return pixels


def reason_for_tifffile(path: Path) -> str | None:
    """Why GDAL's pixels are not what the file stores, or not what libjpeg-turbo decodes."""
    with tifffile.TiffFile(path) as file:
        page = file.pages[0]
        if page.dtype == np.float16:
            return "tifffile: this GDAL has no float16"
        if page.sampleformat == 5 and page.bitspersample == 64:
            return "tifffile: rasterio rounds complex integers of 32 bits to complex64"
        if page.compression == 7 and page.photometric == 6:
            return "tifffile: rasterio's wheel has another libjpeg than libjpeg-turbo, with other rounding of colours"
        if page.photometric == 5 and page.samplesperpixel >= 4:
            return "tifffile: GDAL turns CMYK into RGBA"
        if page.photometric == 6 and page.compression != 7:
            return "tifffile: GDAL turns YCbCr into RGB"
        if page.photometric == 8 and page.samplesperpixel == 3 and page.bitspersample == 8:
            return "tifffile: GDAL turns CIELAB into RGBA"
    return None


def features(path: Path) -> str:
    """How a TIFF stores its first image, in words."""
    try:
        with tifffile.TiffFile(path) as file:
            page = file.pages[0]
            words = [getattr(page.compression, "name", f"compression {page.compression}").lower().replace("adobe_", "")]
            if page.predictor != 1:
                words.append(f"predictor {int(page.predictor)}")
            words.append(str(page.dtype or f"{page.bitspersample} bits"))
            if page.samplesperpixel > 1:
                words.append(f"{page.samplesperpixel} bands {'apart' if page.planarconfig == 2 else 'interleaved'}")
            if page.is_tiled:
                words.append(f"tiles of {page.tilewidth} x {page.tilelength}")
            else:
                words.append(f"strips of {min(page.rowsperstrip, page.imagelength)} rows")
            words.append("big-endian" if file.byteorder == ">" else "little-endian")
            if file.is_bigtiff:
                words.append("BigTIFF")
            return ", ".join(words)
    except Exception as error:  # noqa: BLE001  whatever a damaged file makes tifffile raise
        return f"tifffile cannot tell: {error}"


def is_missing(path: Path, pixels: np.ndarray) -> np.ndarray:
    """Where a pixel equals GDAL_NODATA (tag 42113), compared in the pixel's own type and exactly, also beyond 2^53."""
    with tifffile.TiffFile(path) as file:
        tag = file.pages[0].tags.get(42113)
    text = "" if tag is None else str(tag.value).strip("\0 ")
    text = MICROSOFT.get(text, text)
    kind = pixels.dtype.kind
    nowhere = np.zeros(pixels.shape, bool)
    try:
        nodata = int(text) if kind in "iu" and "." not in text and "e" not in text.lower() else float(text)
    except ValueError:
        return nowhere
    if kind == "f":
        if np.isnan(nodata):
            return np.isnan(pixels)
        too_large = np.isfinite(nodata) and abs(nodata) > np.finfo(pixels.dtype).max
        return nowhere if too_large else pixels == pixels.dtype.type(nodata)
    if kind in "iu" and nodata == int(nodata):
        limits = np.iinfo(pixels.dtype)
        if limits.min <= nodata <= limits.max:
            return pixels == pixels.dtype.type(int(nodata))
    return nowhere


def scaled_and_masked(path: Path, pixels: np.ndarray, source: rasterio.DatasetReader) -> np.ndarray | None:
    """nodata as NaN, then scale and offset, in doubles; None where the bands differ in scale, which CF cannot say."""
    if len(set(source.scales)) > 1 or len(set(source.offsets)) > 1:
        return None
    missing = is_missing(path, pixels)
    values = pixels.astype(np.complex128 if pixels.dtype.kind == "c" else np.float64)
    if source.scales[0] != 1 or source.offsets[0] != 0:
        values = values * source.scales[0] + source.offsets[0]
    values[missing] = np.nan
    return values


def gdal_reads(path: Path) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            with rasterio.open(opened(path)) as source:
                source.read(1)
        return True
    except RasterioError:
        return False


# As a whole it takes gigabytes; most of its tiles are sparse.
LARGE = {"sparse.tiff"}


def windows(path: Path) -> list[tuple[slice, slice]]:
    """Rows and columns of every tile of a large image that has bytes, and of its first tile."""
    with tifffile.TiffFile(path) as file:
        page = file.pages[0]
        across = -(-page.imagewidth // page.tilewidth)
        stored = [0, *(index for index, length in enumerate(page.databytecounts) if length > 0)]
        tiles = [(index // across * page.tilelength, index % across * page.tilewidth) for index in stored]
        return [(slice(y, min(y + page.tilelength, page.imagelength)), slice(x, min(x + page.tilewidth, page.imagewidth))) for y, x in tiles]


def window(path: Path, rows: slice, columns: slice) -> np.ndarray:
    with rasterio.open(path) as source:
        return source.read(window=rasterio.windows.Window.from_slices(rows, columns))


# GDAL and tifffile read no file of several strips that states no lengths; the twin holds the same pixels.
TWINS = {
    "none-u16-strips-no-byte-counts.tif": "none-u16-strips-gaps.tif",
    "none-u16-tiles-no-byte-counts.tif": "none-u16-tiles-byte-counts-too-long.tif",
}


def expected(path: Path) -> Expected:
    path = path.with_name(TWINS.get(path.name, path.name))
    reason = reason_for_tifffile(path)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", NotGeoreferencedWarning)
            source = rasterio.open(opened(path))
            located = source.transform != rasterio.Affine.identity() and not caught
        with source:
            pixels = source.read() if reason is None else stored_by_tifffile(path)
            return Expected(
                pixels=pixels,
                masked=scaled_and_masked(path, pixels, source),
                crs=source.crs,
                transform=source.transform if located else None,
                oracle=reason or "rasterio",
            )
    except RasterioError as error:
        return Expected(stored_by_tifffile(path), None, None, None, f"tifffile: rasterio says {error}")


def difference(found: np.ndarray, wanted: np.ndarray, within: int = 0) -> str | None:
    """In words, or None where dtype, shape and every value are equal to the bit, but that any NaN is one; or all are `within` that distance."""
    if found.shape != wanted.shape:
        return f"shape {found.shape} for {wanted.shape}"
    if found.dtype.newbyteorder("=") != wanted.dtype.newbyteorder("="):
        return f"dtype {found.dtype} for {wanted.dtype}"
    equal = np.abs(found.astype("i8") - wanted.astype("i8")) <= within if within > 0 else same(found, wanted)
    if equal.all():
        return None
    first = tuple(int(i) for i in np.argwhere(~equal)[0])
    return f"{(~equal).sum()} of {equal.size} values differ, the first at {first}: {found[first]} for {wanted[first]}"


def same(found: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Where values are equal, the sign of a zero with them."""
    if found.dtype.kind == "c":
        return same(found.real, wanted.real) & same(found.imag, wanted.imag)
    if found.dtype.kind != "f":
        return found == wanted
    return ((found == wanted) & (np.signbit(found) == np.signbit(wanted))) | (np.isnan(found) & np.isnan(wanted))
