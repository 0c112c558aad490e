"""The code that the viewer offers for a compressed reference file opens exactly that file, with zarr-python 2 and 3, and gives rasterio's values."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import rasterio
import zstandard

from cli import run
from test_glance import ENVIRONMENTS, SAMPLE, details, glance, python

COMPRESS = {"gzip": (".gz", gzip.compress), "zstd": (".zst", zstandard.compress)}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """References of the sample, compressed; one under a name that does not say so."""
    folder = tmp_path_factory.mktemp("compressed")
    run("generate", SAMPLE, "-o", folder / "plain.json")
    text = (folder / "plain.json").read_bytes()
    made = {}
    for name, (ending, compress) in COMPRESS.items():
        made[name] = folder / f"refs.json{ending}"
        made[name].write_bytes(compress(text))
    made["unnamed"] = folder / "unnamed.json"
    made["unnamed"].write_bytes(gzip.compress(text))
    return made


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("library", ["xarray", "zarr"])
@pytest.mark.parametrize("name", ["gzip", "zstd", "unnamed"])
def test_code_of_an_array(files: dict[str, Path], name: str, library: str, environment: str) -> None:
    code = details(files[name], "red")["code"][library]
    code = code.replace("ds = xr.open_dataset(", "ds = xr.open_dataset(\n    mask_and_scale=False, filename_or_obj=", 1)
    told = python(environment, f"{code}\nimport numpy as np\nvalues = np.asarray(array[:])\nprint(values.shape, values.astype('i8').sum())")
    with rasterio.open(SAMPLE) as dataset:
        values = dataset.read(1)
    assert told == f"{values.shape} {values.astype('i8').sum()}"


@pytest.mark.parametrize("name", ["gzip", "zstd"])
def test_code_of_the_root(files: dict[str, Path], name: str) -> None:
    code = glance(files[name])["code"]
    assert python("zarr3", f"{code['xarray']}\nprint(sorted(ds.variables))") == "['red', 'spatial_ref', 'x', 'y']"
