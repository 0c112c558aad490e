"""The peer of decode.mjs: writes a TIFF of one tile for each way to store it, then decodes the tile of a name per line with imagecodecs.

The answer to `<name>` is {"milliseconds", "sha256"}; the first line tells the version and the names.
"""

import hashlib
import json
import sys
import time
from pathlib import Path

import imagecodecs
import numpy as np
import tifffile

SIDE = 1024


def terrain() -> np.ndarray:
    """Smooth hills with the noise of an instrument, from 0 to 1, as rasters of the earth have."""
    y, x = np.mgrid[0:SIDE, 0:SIDE] / SIDE
    hills = 0.5 + 0.2 * np.sin(9 * x + 4 * np.cos(7 * y)) + 0.2 * np.sin(23 * y * x)
    return hills + np.random.default_rng(1).normal(0, 0.002, (SIDE, SIDE))


def to_array(data: bytes, dtype: str) -> np.ndarray:
    return np.frombuffer(data, dtype).reshape(SIDE, SIDE)


HEIGHTS = terrain()
U16 = (HEIGHTS * 10000).astype("<u2")
F32 = (HEIGHTS * 3000).astype("<f4")
RGB = np.stack([HEIGHTS * 255, HEIGHTS.T * 200, (1 - HEIGHTS) * 255], axis=-1).clip(0, 255).astype("u1")

# Name: the pixels, how tifffile writes them, and how imagecodecs undoes it.
CASES = {
    "Deflate, predictor 2, uint16": (
        U16,
        {"compression": "adobe_deflate", "predictor": 2},
        lambda data, _: imagecodecs.delta_decode(to_array(imagecodecs.zlib_decode(data), "<u2"), axis=-1),
    ),
    "LZW, uint16": (U16, {"compression": "lzw"}, lambda data, _: to_array(imagecodecs.lzw_decode(data), "<u2")),
    "ZSTD, predictor 3, float32": (
        F32,
        {"compression": "zstd", "predictor": 3},
        lambda data, _: imagecodecs.floatpred_decode(to_array(imagecodecs.zstd_decode(data), "<f4"), axis=-1),
    ),
    "JPEG, 3 bands of uint8": (
        RGB,
        {"compression": "jpeg", "photometric": "ycbcr", "compressionargs": {"level": 85}},
        lambda data, tables: imagecodecs.jpeg8_decode(data, tables=tables),
    ),
    "LERC, float32, within 0.01": (
        F32,
        {"compression": "lerc", "compressionargs": {"level": 0.01}},
        lambda data, _: imagecodecs.lerc_decode(data),
    ),
}


def main() -> None:
    folder = Path(sys.argv[1])
    tiles = {}
    for number, (name, (pixels, options, decode)) in enumerate(CASES.items()):
        path = folder / f"{number}.tif"
        tifffile.imwrite(path, pixels, tile=(SIDE, SIDE), metadata=None, **{"photometric": "minisblack", **options})
        with tifffile.TiffFile(path) as file:
            page = file.pages[0]
            file.filehandle.seek(page.dataoffsets[0])
            tiles[name] = (file.filehandle.read(page.databytecounts[0]), page.jpegtables, decode)
    print(json.dumps({"version": imagecodecs.__version__, "names": list(CASES)}), flush=True)
    for line in sys.stdin:
        data, tables, decode = tiles[line.rstrip("\n")]
        started = time.perf_counter()
        pixels = decode(data, tables)
        milliseconds = (time.perf_counter() - started) * 1000
        digest = hashlib.sha256(np.ascontiguousarray(pixels).tobytes()).hexdigest()
        print(json.dumps({"milliseconds": milliseconds, "sha256": digest}), flush=True)


if __name__ == "__main__":
    main()
