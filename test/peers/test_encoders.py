"""What our encoders write, by the decoders that readers have: imagecodecs, numcodecs, and libtiff itself where a strip can be made of it."""

import subprocess
from pathlib import Path

import imagecodecs
import numcodecs
import numpy as np
import pytest
import rasterio
import tifffile

from cli import ROOT

IDS = {
    "zlib": (imagecodecs.zlib_decode, numcodecs.Zlib().decode, "adobe_deflate"),
    "imagecodecs_lzw": (imagecodecs.lzw_decode, None, "lzw"),
    "imagecodecs_packbits": (imagecodecs.packbits_decode, None, "packbits"),
    "imagecodecs_zstd": (imagecodecs.zstd_decode, numcodecs.Zstd().decode, "zstd"),
}
SIDE = 700


def data(kind: str) -> np.ndarray:
    if kind == "zeros":
        return np.zeros((SIDE, SIDE), "u1")
    if kind == "noise":
        return np.random.default_rng(1).integers(0, 256, (SIDE, SIDE), "u1")
    if kind == "few":
        return np.random.default_rng(2).integers(0, 3, (SIDE, SIDE), "u1")
    return (np.indices((SIDE, SIDE)).sum(0) // 5 % 256).astype("u1")


@pytest.mark.parametrize("kind", ["zeros", "noise", "few", "waves"])
@pytest.mark.parametrize("codec", IDS)
def test_other_decoders_give_the_bytes_back(codec: str, kind: str, tmp_path: Path) -> None:
    values = data(kind)
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(values.tobytes())
    subprocess.run(["node", str(ROOT / "test/peers/encode.mjs"), codec, source, target], check=True, timeout=60)
    encoded = target.read_bytes()
    by_imagecodecs, by_numcodecs, compression = IDS[codec]
    assert by_imagecodecs(encoded) == values.tobytes()
    if by_numcodecs is not None:
        assert by_numcodecs(encoded) == values.tobytes()
    strip = tmp_path / "strip.tif"
    with tifffile.TiffWriter(strip) as writer:
        writer.write(iter([encoded]), shape=values.shape, dtype="u1", compression=compression, rowsperstrip=SIDE, photometric="minisblack")
    with rasterio.open(strip) as file:
        assert (file.read(1) == values).all()
