"""Scenes: several TIFFs in one reference set, opened with xarray and compared with what GDAL reads of each file."""

from __future__ import annotations

import json
from pathlib import Path

import imagecodecs.numcodecs
import numpy as np
import pytest
import rasterio
import xarray as xr

from cli import FIXTURES, run_batched

imagecodecs.numcodecs.register_codecs(verbose=False)

SCENE = FIXTURES / "scene"
FILES = sorted(SCENE.glob("T32TQM_20220105_*.tif"))
ITEM = SCENE / "S2A_T32TQM_20220125.json"


def combine(command: str, inputs: list, output: Path, *options: str, code: int = 0) -> dict:
    done = run_batched(command, *inputs, "-o", output, "--json", *options)
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)


def refused(command: str, inputs: list, output: Path, *options: str) -> str:
    done = run_batched(command, *inputs, "-o", output, *options)
    assert done.returncode == 2, done.stdout
    assert not output.exists()
    return done.stderr


def open_tree(references: Path) -> xr.DataTree:
    options = {"storage_options": {"fo": str(references), "remote_protocol": "file"}}
    return xr.open_datatree("reference://", engine="zarr", backend_kwargs=options)


def open_root(references: Path, **options) -> xr.Dataset:
    return xr.open_dataset(str(references), engine="kerchunk", backend_kwargs={"storage_options": {"remote_protocol": "file"}}, **options)


def scaled(path: Path, scale: float | None = None, offset: float = 0) -> np.ndarray:
    """What GDAL reads, nodata as NaN, scaled."""
    with rasterio.open(path) as file:
        data = file.read(1, masked=True)
    values = np.ma.filled(data.astype("f8"), np.nan)
    return values if scale is None else values * scale + offset


def check_coordinates(dataset: xr.Dataset | xr.DataTree, path: Path) -> None:
    """rasterio's own centres of pixels."""
    with rasterio.open(path) as file:
        columns, rows = np.arange(file.width), np.arange(file.height)
        np.testing.assert_array_equal(dataset["x"].values, rasterio.transform.xy(file.transform, np.zeros_like(columns), columns)[0])
        np.testing.assert_array_equal(dataset["y"].values, rasterio.transform.xy(file.transform, rows, np.zeros_like(rows))[1])
        wkt = dataset["spatial_ref"].attrs["crs_wkt"]
        assert rasterio.crs.CRS.from_wkt(wkt) == file.crs


def test_groups_by_resolution(tmp_path: Path) -> None:
    output = tmp_path / "scene.json"
    result = combine("scene", FILES, output)
    assert result["failures"] == [] and result["requests"] == len(FILES)
    tree = open_tree(output)
    assert set(tree.children) == {"10m", "20m", "60m"}
    assert len(tree.coords) == 0
    assert {f"{group}/{name}" for group in tree.children for name in tree[group].data_vars} == {
        "10m/B02",
        "10m/B03",
        "10m/B04",
        "20m/B11",
        "60m/B09",
    }
    for path in FILES:
        _, _, band, resolution = path.stem.split("_")
        np.testing.assert_array_equal(tree[resolution][band].values, scaled(path))
        check_coordinates(tree[resolution], path)


def test_one_grid_stands_at_the_root(tmp_path: Path) -> None:
    output = tmp_path / "scene.json"
    files = [path for path in FILES if path.stem.endswith("10m")]
    combine("scene", files, output)
    dataset = open_root(output)
    assert set(dataset.data_vars) == {"B02", "B03", "B04"}
    for path in files:
        np.testing.assert_array_equal(dataset[path.stem.split("_")[2]].values, scaled(path))
        check_coordinates(dataset, path)


@pytest.mark.parametrize("item, offset", [(ITEM, 0), (SCENE / "S2A_T32TQM_20220105.json", 0)], ids=["1.0", "1.1"])
def test_stac_item(item: Path, offset: float, tmp_path: Path) -> None:
    """Scale and offset stand in the item alone: the reflectance is what the item says it is."""
    output = tmp_path / "scene.json"
    combine("scene", [item], output)
    tree = open_tree(output)
    content = json.loads(item.read_text())
    data = {key: asset for key, asset in content["assets"].items() if key != "thumbnail"}
    found = {name: tree[group][name] for group in tree.children for name in tree[group].data_vars}
    assert set(found) == set(data)
    for key, asset in data.items():
        np.testing.assert_allclose(found[key].values, scaled(item.parent / asset["href"], 0.0001, offset), rtol=1e-6)


def test_printed_code_opens_it(tmp_path: Path) -> None:
    result = combine("scene", FILES, tmp_path / "scene.json")
    namespace: dict = {}
    exec(result["xarrayCode"], namespace)
    assert set(namespace["ds"].data_vars) == {"B02", "B03", "B04"}


def test_assets_by_key(tmp_path: Path) -> None:
    result = combine("scene", [ITEM], tmp_path / "scene.json", "--assets", "red,blue")
    assert sorted(variable["path"] for variable in result["variables"]) == ["blue", "red"]
    assert 'No item has an asset "infrared"' in refused("scene", [ITEM], tmp_path / "none.json", "--assets", "infrared")


def test_a_contradiction_is_told_and_the_tiff_counts(tmp_path: Path) -> None:
    item = json.loads(ITEM.read_text())
    red = item["assets"]["red"]
    red["href"] = str(SCENE / "T32TQM_20220125_B04_10m.tif")
    red["raster:bands"][0]["nodata"] = 7
    red["proj:transform"] = [10, 0, 600005, 0, -10, 5100000]
    item["properties"]["proj:epsg"] = 32633
    changed = tmp_path / "item.json"
    changed.write_text(json.dumps(item))
    result = combine("scene", [changed], tmp_path / "scene.json", "--assets", "red")
    told = "\n".join(result["warnings"])
    for words in ("Nodata: 0 in the TIFF, 7 in", "EPSG:32632 in the TIFF, EPSG:32633 in", "600000 10 0", "600005 10 0"):
        assert words in told
    dataset = open_root(tmp_path / "scene.json")
    check_coordinates(dataset, SCENE / "T32TQM_20220125_B04_10m.tif")


def test_two_files_of_one_name(tmp_path: Path) -> None:
    copies = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        copies.append(tmp_path / folder / "red.tif")
        copies[-1].write_bytes(FILES[0].read_bytes())
    told = refused("scene", copies, tmp_path / "scene.json")
    assert str(copies[0]) in told and str(copies[1]) in told and "--pattern" in told


def test_one_band_at_two_resolutions(tmp_path: Path) -> None:
    """As Sentinel-2's L2A has it, B02 at 10 m and at 20 m: one name in two groups, by a pattern and by the file names."""
    fine = [path for path in FILES if path.stem.endswith("B02_10m") or path.stem.endswith("B03_10m")]
    coarse = tmp_path / "T32TQM_20220105_B02_20m.tif"
    coarse.write_bytes((SCENE / "T32TQM_20220105_B11_20m.tif").read_bytes())
    for name, options in (("pattern", ["--pattern", "*_*_{band}_*.tif"]), ("names", [])):
        output = tmp_path / f"{name}.json"
        combine("scene", [*fine, coarse], output, *options)
        tree = open_tree(output)
        assert {group: set(tree[group].data_vars) for group in tree.children} == {"10m": {"B02", "B03"}, "20m": {"B02"}}
        np.testing.assert_array_equal(tree["20m/B02"].values, scaled(coarse))
        np.testing.assert_array_equal(tree["10m/B02"].values, scaled(fine[0]))


def test_what_stac_states_wrongly_is_not_taken(tmp_path: Path) -> None:
    item = json.loads(ITEM.read_text())
    red = item["assets"]["red"]
    red["href"] = str(SCENE / "T32TQM_20220125_B04_10m.tif")
    red["raster:bands"][0] |= {"scale": 0, "offset": "none"}
    changed = tmp_path / "item.json"
    changed.write_text(json.dumps(item))
    result = combine("scene", [changed], tmp_path / "scene.json", "--assets", "red")
    assert result["failures"] == []
    assert any("S2A_T32TQM_20220125, asset red: its scale is 0" in told for told in result["warnings"])
    path = SCENE / "T32TQM_20220125_B04_10m.tif"
    np.testing.assert_array_equal(open_root(tmp_path / "scene.json")["red"].values, scaled(path))
