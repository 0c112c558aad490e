"""What a refusal tells the user to do: the command, run, gives a file that is accepted and holds the same values."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import rasterio
import rasterio.shutil
from rasterio.io import MemoryFile

from cli import FIXTURES, generate, read

REFUSED = sorted((FIXTURES / "tiffs").glob("refused-*.tif"))
TYPES = {"CFloat32": "complex64", "CFloat64": "complex128"}
# rasterio's wheel has no codec for these, so that no command can be tried.
NO_CODEC = {"refused-jpegxl-f32-tiled.tif", "refused-jpegxl-u16-tiled-be.tif"}


def translate(command: str, tiff: Path, output: Path) -> None:
    """gdal_translate with the options -of, -co and -ot, by the calls that it makes."""
    words = iter(command.split())
    driver, sample_type, creation = "GTiff", None, {}
    for option in words:
        value = next(words)
        if option == "-of":
            driver = value
        elif option == "-ot":
            sample_type = TYPES[value]
        else:
            assert option == "-co", command
            creation.update([value.split("=")])
    if sample_type is None:
        rasterio.shutil.copy(tiff, output, driver=driver, **creation)
        return
    with rasterio.open(tiff) as source, MemoryFile() as memory:
        profile = {**source.profile, "driver": "GTiff", "dtype": sample_type}
        with memory.open(**profile) as copy:
            copy.write(source.read().astype(sample_type))
        with memory.open() as copy:
            rasterio.shutil.copy(copy, output, driver=driver, **creation)


@pytest.mark.parametrize("tiff", REFUSED, ids=lambda path: path.name)
def test_remedy(tiff: Path, tmp_path: Path) -> None:
    message = generate(tiff, tmp_path)["error"]["message"]
    if "GDAL does not read it either" in message:
        with pytest.raises(rasterio.errors.RasterioError):
            rasterio.open(tiff).read()
        return
    command = re.search(r": gdal_translate (.*) in\.tif out\.tif", message)
    assert command, message
    output = tmp_path / "out.tif"
    if tiff.name in NO_CODEC:
        with pytest.raises(Exception, match="missing codec"):
            translate(command[1], tiff, output)
        return
    translate(command[1], tiff, output)
    result = generate(output, tmp_path)
    assert result["ok"], result
    values = read(result["output"], result["account"]["levels"][0]["path"], tmp_path)
    with rasterio.open(tiff) as source:
        wanted = source.read()
    found = values[None] if values.ndim == 2 else np.moveaxis(values, -1, 0)
    np.testing.assert_array_equal(found, wanted)
