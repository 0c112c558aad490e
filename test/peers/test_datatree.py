"""The levels of a pyramid as one tree, with zarr-python 2 and 3: xarray finds every group and its values, without being told their names."""

from __future__ import annotations

import json
from pathlib import Path

import imagecodecs.numcodecs
import numpy as np
import pytest
import xarray as xr

from cli import FIXTURES, generate, read
from range_server import RangeServer, server  # noqa: F401  a fixture

imagecodecs.numcodecs.register_codecs(verbose=False)

PYRAMIDS = [
    FIXTURES / "sample" / "red.tif",
    FIXTURES / "tiffs" / "cog-lzw-p2-u16-3band-overviews.tif",
    FIXTURES / "tiffs" / "cog-zstd-p3-f32-overviews-bigtiff.tif",
]


def open_tree(references: str) -> xr.DataTree:
    return xr.open_datatree(
        "reference://",
        engine="zarr",
        mask_and_scale=False,
        backend_kwargs={"storage_options": {"fo": references, "remote_protocol": "file"}},
    )


@pytest.mark.parametrize("tiff", PYRAMIDS, ids=lambda path: path.name)
def test_every_level(tiff: Path, tmp_path: Path) -> None:
    """The values are those of our own reader, which test_overviews.py confirms with GDAL."""
    result = generate(tiff, tmp_path, "--overviews")
    levels = [level["path"] for level in result["account"]["levels"]]
    assert len(levels) > 1
    tree = open_tree(result["output"])
    assert sorted(tree.children) == [str(number) for number in range(len(levels))]
    for path in levels:
        group, name = path.split("/")
        found = tree[group][name]
        np.testing.assert_array_equal(found.values, read(result["output"], path, tmp_path))
        assert {"x", "y", "spatial_ref"} <= set(found.coords)


def test_consolidated_metadata_says_what_the_documents_say(tmp_path: Path) -> None:
    result = generate(FIXTURES / "sample" / "red.tif", tmp_path, "--overviews")
    refs = json.loads(Path(result["output"]).read_text())["refs"]
    consolidated = json.loads(refs.pop(".zmetadata"))
    documents = {key: json.loads(text) for key, text in refs.items() if key.split("/")[-1] in {".zgroup", ".zattrs", ".zarray"}}
    assert consolidated == {"metadata": documents, "zarr_consolidated_format": 1}


def test_one_level_has_none(tmp_path: Path) -> None:
    result = generate(FIXTURES / "sample" / "red.tif", tmp_path)
    assert ".zmetadata" not in json.loads(Path(result["output"]).read_text())["refs"]


def test_printed_code_over_http(server: RangeServer, tmp_path: Path) -> None:  # noqa: F811
    """fsspec's file systems of the web are asynchronous, and zarr-python 3 wants them so, and 2 does not."""
    result = generate(server.url, tmp_path, "--overviews")
    namespace: dict = {}
    exec(result["account"]["xarrayCode"], namespace)
    found = namespace["ds"]["red"].isel(y=slice(0, 256), x=slice(0, 256)).values
    stored = read(result["output"], "0/red", tmp_path)[:256, :256]
    wanted = np.where(stored == 0, np.nan, stored * 0.0001 - 0.1)
    np.testing.assert_allclose(found, wanted, rtol=1e-6, atol=1e-7)
