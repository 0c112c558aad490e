"""A file at a glance says what its JSON holds, and the code that the viewer offers opens exactly this file, with zarr-python 2 and 3."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
import rasterio

from cli import FIXTURES, ROOT, Answering, run

ours = Answering("documents.mjs")
SAMPLE = FIXTURES / "sample" / "red.tif"
ENVIRONMENTS = ("zarr3", "zarr2")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """References of the sample, with overviews and without."""
    folder = tmp_path_factory.mktemp("glance")
    for name, options in {"plain": [], "levels": ["--overviews"]}.items():
        run("generate", SAMPLE, "-o", folder / f"{name}.json", *options)
    return {path.stem: path for path in folder.glob("*.json")}


def glance(file: Path) -> dict:
    return ours.ask({"file": str(file), "method": "glance", "payload": {"path": ""}})


def details(file: Path, path: str) -> dict:
    return ours.ask({"file": str(file), "method": "describeArray", "payload": {"path": path}})


def python(environment: str, code: str) -> str:
    interpreter = ROOT / f".venv-{environment}" / "bin" / "python"
    ended = subprocess.run([interpreter, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


def test_sums(files: dict[str, Path]) -> None:
    entries = json.loads(files["plain"].read_text())["refs"]
    group = glance(files["plain"])
    ranges = [value for value in entries.values() if isinstance(value, list)]
    array = json.loads(entries["red/.zarray"])
    assert {row["path"] for row in group["arrays"]} == {key.removesuffix("/.zarray") for key in entries if key.endswith("/.zarray")}
    assert group["coverage"]["ranges"] == len(ranges)
    (row,) = (row for row in group["arrays"] if row["path"] == "red")
    assert row["storedBytes"] == sum(length for _, _, length in ranges)
    assert row["decodedBytes"] == np.prod(array["shape"]) * np.dtype(array["dtype"]).itemsize
    assert json.loads(details(files["plain"], "red")["metadata"]) == array


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("library", ["xarray", "zarr"])
@pytest.mark.parametrize(("name", "path"), [("plain", "red"), ("levels", "0/red")])
def test_code_of_an_array(files: dict[str, Path], name: str, path: str, library: str, environment: str) -> None:
    code = details(files[name], path)["code"][library]
    # Stored values: xarray masks and scales them unless it is told not to.
    code = code.replace("ds = xr.open_dataset(", "ds = xr.open_dataset(\n    mask_and_scale=False, filename_or_obj=", 1)
    told = python(environment, f"{code}\nimport numpy as np\nvalues = np.asarray(array[:])\nprint(values.shape, values.astype('i8').sum())")
    with rasterio.open(SAMPLE) as dataset:
        values = dataset.read(1)
    assert told == f"{values.shape} {values.astype('i8').sum()}"


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_code_of_the_root(files: dict[str, Path], environment: str) -> None:
    code = glance(files["plain"])["code"]
    assert python(environment, f"{code['xarray']}\nprint(sorted(ds.variables))") == "['red', 'spatial_ref', 'x', 'y']"
    assert python(environment, f"{code['zarr']}\nprint(group['red'].shape)") == str(rasterio.open(SAMPLE).shape)
    levels = glance(files["levels"])["code"]
    assert python(environment, f"{levels['zarr']}\nprint(group['0/red'].shape)") == str(rasterio.open(SAMPLE).shape)
