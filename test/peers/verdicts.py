"""The verdict on one TIFF: what xarray and this project's reader make of it, beside the pixels that it holds.

There are three, and nothing else may come out: equal in both; equal in our reader alone, with what keeps the others from it; refused, with the
reason. A refusal is allowed for the classes named here only.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import xarray as xr

from cli import directly, read
from oracle import difference
from results import EQUAL, ONLY_OURS, REFUSED, Verdict

# Codes of refusals that speak of the file itself: damaged, cut off, or beyond what can be held.
DAMAGED = {"malformed-tiff", "short-read", "limit-exceeded"}
# Other refusals, by what their messages say.
ALLOWED = {
    "CCITT": r"CCITT",
    "old JPEG": r"old-style JPEG",
    "Jetraw": r"Jetraw",
    "SGI log": r"SGI Log",
    "NeXT": r"NeXT",
    "JPEG XL of floating-point numbers, for which there is no decoder for the web": r"JPEG XL .*floating-point numbers",
    "JPEG XL of 16 bits in a big-endian file, in which GDAL and tifffile see other values": r"JPEG XL of 16 bits stands in a big-endian file",
    "GDAL has no JPEG XR in TIFF": r"compressed with JPEG XR",
    "GDAL does not know the compression": r"compressed with compression \d+",
    "GDAL does not read it either": r"GDAL does not read it either",
}
# Of these GDAL must indeed give no pixels.
UNREAD_BY_GDAL = {name for name in ALLOWED if name.startswith("GDAL")}
# Refusals that are to become pixels.
NOT_YET = {
    "short last strip": r"no multiple of RowsPerStrip",
    "LZMA": r"compressed with LZMA",
    "Deflate of PixTIFF": r"compressed with Deflate of PixTIFF",
}


def open_dataset(references: str, **options) -> xr.Dataset:
    return xr.open_dataset(
        references,
        engine="kerchunk",
        backend_kwargs={"storage_options": {"remote_protocol": "file"}},
        **options,
    )


def open_group(references: str, level: int | str, **options) -> xr.Dataset:
    """kerchunk's engine cannot: under zarr-python 3 it finds no array in a group."""
    return xr.open_dataset(
        f"reference://{level}",
        engine="zarr",
        consolidated=False,
        backend_kwargs={"storage_options": {"fo": references, "remote_protocol": "file"}},
        **options,
    )


def bands_first(array: xr.DataArray) -> np.ndarray:
    values = array.values
    if array.ndim == 2:
        return values[None]
    return np.moveaxis(values, -1, 0) if array.dims[-1] == "band" else values


def refusal(error: dict) -> Verdict:
    """The verdict on a file that is refused. Fails where the reason is none of those that are allowed."""
    if error["code"] in DAMAGED:
        return Verdict(REFUSED, reason_of(error), "damaged, or beyond limits")
    assert error["code"] in ("not-expressible", "short-last-strip"), error
    for name, pattern in (ALLOWED | NOT_YET).items():
        if re.search(pattern, error["message"], re.IGNORECASE):
            return Verdict(REFUSED, reason_of(error), f"not yet: {name}" if name in NOT_YET else name)
    raise AssertionError(f"No reason that is allowed: {error}")


def reason_of(error: dict) -> str:
    """A message without its file's address and without what to do about it."""
    return error["message"].split(": ", 1)[-1].split(". ")[0].rstrip(".")


def judge(tiff: Path, result: dict, wanted: np.ndarray, folder: Path, within: int = 0) -> Verdict:
    """The verdict on `tiff`, for which `generate` gave `result`.

    `wanted` are the pixels that it holds, (bands, height, width). Fails where a reader gives something else; decoders of a lossy stream may
    round otherwise, up to `within`.
    """
    if result["ok"]:
        array = result["account"]["levels"][0]["path"]
        stored = open_dataset(result["output"], mask_and_scale=False)[array]
        check(bands_first(stored), wanted, within, "xarray")
        own = xr.DataArray(read(result["output"], array, folder), dims=stored.dims)
        check(bands_first(own), wanted, within, "our reader")
        return Verdict(EQUAL)
    shown = directly(tiff)
    if shown is not None:
        own = xr.DataArray(read(tiff, shown["path"], folder), dims=shown["dimensions"])
        check(bands_first(own), wanted, within, "our reader, without references")
        return Verdict(ONLY_OURS, reason_of(result["error"]))
    return refusal(result["error"])


def check(found: np.ndarray, wanted: np.ndarray, within: int, reader: str) -> None:
    told = difference(found, wanted, within)
    assert told is None, f"{reader}: {told}"
