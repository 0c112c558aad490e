"""The code that convert prints opens what it wrote, in every form: the values that GDAL reads of the file."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rasterio

from cli import FIXTURES, run

SOURCE = FIXTURES / "tiffs" / "none-u16-tiled.tif"
FORMS = [
    ["o.json"],
    ["o.json", "--form", "json0"],
    ["o.json", "--nested"],
    ["o.json", "--templates"],
    ["o.json.gz"],
    ["o.parq"],
    ["o.json", "--zarr", "3"],
    ["o.json.gz", "--zarr", "3"],
]


def opened(references: Path, output: Path, *options: str) -> dict:
    result = json.loads(run("convert", str(references), "-o", str(output), *options, "--json").stdout)
    namespace: dict = {"result": result}
    exec(result["xarrayCode"], namespace)
    return namespace


@pytest.mark.parametrize("form", FORMS, ids=" ".join)
def test_printed_code_opens_it(form: list[str], tmp_path: Path) -> None:
    references = tmp_path / "references.json"
    run("generate", str(SOURCE), "-o", str(references), "--name", "v")
    dataset = opened(references, tmp_path / form[0], *form[1:])["ds"]
    with rasterio.open(SOURCE) as file:
        np.testing.assert_array_equal(dataset["v"].values, file.read(1))


def test_printed_code_makes_what_gen_says(tmp_path: Path) -> None:
    """fsspec 2026.6.0 and later leaves it out, and xarray reads fill values, unless the code says simple_templates=False."""
    values = np.arange(100 * 10, dtype="<u2")
    data = tmp_path / "v.bin"
    data.write_bytes(values.tobytes())
    array = {"zarr_format": 2, "dtype": "<u2", "compressor": None, "filters": None, "order": "C", "fill_value": 65535, "shape": [1000], "chunks": [10]}
    refs: dict = {".zgroup": '{"zarr_format":2}', "v/.zarray": json.dumps(array), "v/.zattrs": '{"_ARRAY_DIMENSIONS":["x"]}'}
    refs |= {f"v/{chunk}": [f"file://{data}", 20 * chunk, 20] for chunk in range(100)}
    plain = tmp_path / "plain.json"
    plain.write_text(json.dumps({"version": 1, "refs": refs}))
    namespace = opened(plain, tmp_path / "gen.json", "--gen")
    assert namespace["result"]["shortened"]["generated"] == 100
    np.testing.assert_array_equal(namespace["ds"]["v"].values, values)
