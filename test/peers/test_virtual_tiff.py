"""virtual-tiff's own zarr v3 of every TIFF that it reads, with its names of codecs: our reader gives the values that it gives, and finds no error."""

from __future__ import annotations

import json
import subprocess
import warnings
from pathlib import Path

import numpy as np
import pytest
import rasterio

from cli import read, run_batched, tiffs
from reader_runs import HERE, python

# What is not decoded here, and says so.
NOT_DECODED = ("imagecodecs_jpegxr", "floating-point samples")
# What virtual-tiff gives otherwise than GDAL, and its metadata do not tell.
NOT_TOLD = ("zstd-p2-cf64-tiled-be.tif",)
# Lossy: decoders of JPEG and JPEG XL round differently.
STEPS = {"imagecodecs_jpeg": 2, "imagecodecs_jpegxl": 1, "imagecodecs_jpeg2k": 1, "imagecodecs_webp": 1}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("virtual_tiff")
    subprocess.run([python("others"), str(HERE / "virtual_tiff_v3.py"), str(made), *map(str, tiffs())], check=True, capture_output=True)
    return made


@pytest.fixture(scope="module")
def found(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))


def codecs(file: Path) -> list[str]:
    return [codec["name"] for codec in json.loads(json.loads(file.read_text())["refs"]["0/zarr.json"])["codecs"]]


def is_misread(file: Path) -> bool:
    """virtual-tiff sums in the byte order of this machine, whatever that of the file is; then GDAL tells the values."""
    chain = json.loads(json.loads(file.read_text())["refs"]["0/zarr.json"])["codecs"]
    is_big = any(codec.get("configuration", {}).get("endian") == "big" for codec in chain)
    return is_big and "HorizontalDeltaCodec" in codecs(file)


def pixels(tiff: Path) -> np.ndarray:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with rasterio.open(tiff) as file:
            return file.read()


def is_equal(values: np.ndarray, wanted: np.ndarray, within: int) -> bool:
    if values.shape != wanted.shape:
        return False
    if np.array_equal(values, wanted, equal_nan=wanted.dtype.kind in "fc"):
        return True
    return within > 0 and bool(np.abs(values.astype("i8") - wanted.astype("i8")).max() <= within)


def test_names_of_codecs(found: list[Path]) -> None:
    names = {name for file in found for name in codecs(file)}
    assert {"bytes", "transpose", "ChunkyCodec", "HorizontalDeltaCodec", "numcodecs.zlib", "numcodecs.lzma"} <= names
    assert {f"imagecodecs_{name}" for name in ("floatpred", "jpeg", "jpeg2k", "lerc", "lzw", "packbits", "png", "webp", "zstd")} <= names


def test_values(found: list[Path], folder: Path) -> None:
    different = {}
    by_name = {path.name: path for path in tiffs()}
    for file in found:
        wanted = np.load(folder / f"{file.stem}.npy")
        try:
            values = read(file, "0", folder)
        except AssertionError as error:
            different[file.stem] = str(error).split("\n")[0]
            continue
        within = max(STEPS.get(name, 0) for name in codecs(file))
        if is_misread(file):
            wanted = pixels(by_name[file.stem]).reshape(wanted.shape)
        if not is_equal(values, wanted, within):
            different[file.stem] = f"{codecs(file)} {values.dtype} {wanted.dtype}: {np.count_nonzero(values != wanted) if values.shape == wanted.shape else values.shape} differ"
    assert {name: why for name, why in different.items() if name not in NOT_TOLD and not any(reason in why for reason in NOT_DECODED)} == {}


def test_no_errors(found: list[Path]) -> None:
    errors = {}
    for one in json.loads(run_batched("validate", "--offline", "--json", *found).stdout):
        codes = sorted({finding["code"] for finding in one["findings"] if finding["severity"] == "error"})
        if codes:
            errors[Path(one["file"]).stem] = codes
    assert errors == {}
