"""Mosaics: adjacent tiles as one array, opened with xarray and compared with what GDAL merges of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import rasterio
import rasterio.merge

from test_scene import SCENE, combine, open_root, refused

TILES = sorted(SCENE.glob("tile_*.tif"))


def test_values_and_coordinates(tmp_path: Path) -> None:
    combine("mosaic", TILES, tmp_path / "mosaic.json")
    dataset = open_root(tmp_path / "mosaic.json")
    merged, transform = rasterio.merge.merge([str(path) for path in TILES])
    np.testing.assert_array_equal(dataset["band_data"].values, merged[0])
    np.testing.assert_array_equal(dataset["x"].values, transform.c + (np.arange(114) + 0.5) * transform.a)
    np.testing.assert_array_equal(dataset["y"].values, transform.f + (np.arange(104) + 0.5) * transform.e)


def test_a_gap_reads_as_nodata(tmp_path: Path) -> None:
    combine("mosaic", [TILES[0], TILES[-1]], tmp_path / "mosaic.json")
    values = open_root(tmp_path / "mosaic.json")["band_data"].values
    assert np.isnan(values[:64, 64:]).all() and np.isnan(values[64:, :64]).all()
    with rasterio.open(TILES[-1]) as file:
        np.testing.assert_array_equal(values[64:, 64:], file.read(1))


def test_an_offset_between_chunks_is_named_with_the_nearest(tmp_path: Path) -> None:
    told = refused("mosaic", [TILES[0], SCENE / "shifted_48_0.tif"], tmp_path / "mosaic.json")
    assert "shifted_48_0.tif begins at column 48" in told and "32 (x 600320) and 64 (x 600640)" in told


def test_an_edge_inside_is_named(tmp_path: Path) -> None:
    """The tile at the right is 50 pixels wide, which is no whole chunk, and another one begins behind it."""
    beyond = tmp_path / "beyond.tif"
    with rasterio.open(TILES[0]) as file:
        profile, data = file.profile | {"predictor": 2}, file.read(1)
    profile["transform"] = rasterio.transform.from_origin(600000 + 128 * 10, 5100000, 10, 10)
    with rasterio.open(beyond, "w", **profile) as file:
        file.write(data, 1)
    told = refused("mosaic", [*TILES, beyond], tmp_path / "mosaic.json")
    assert "tile_64_0.tif ends inside the mosaic, and its width of 50 pixels is no multiple" in told


def test_overlaps(tmp_path: Path) -> None:
    copy = tmp_path / "copy.tif"
    copy.write_bytes(TILES[0].read_bytes())
    told = refused("mosaic", [*TILES, copy], tmp_path / "mosaic.json")
    assert "64 x 64 pixels" in told and str(TILES[0]) in told and str(copy) in told
    result = combine("mosaic", [*TILES, copy], tmp_path / "first.json", "--duplicates", "first")
    assert [left["label"] for left in result["leftOut"]] == [str(copy)]
    with rasterio.open(TILES[0]) as file:
        np.testing.assert_array_equal(open_root(tmp_path / "first.json")["band_data"].values[:64, :64], file.read(1))


def test_another_crs(tmp_path: Path) -> None:
    other = tmp_path / "other.tif"
    with rasterio.open(TILES[1]) as file:
        profile, data = file.profile | {"crs": "EPSG:32633", "predictor": 2}, file.read(1)
    with rasterio.open(other, "w", **profile) as file:
        file.write(data, 1)
    told = refused("mosaic", [TILES[0], other], tmp_path / "mosaic.json")
    assert f"{other}: CRS EPSG:32633" in told


def test_a_tile_off_the_grid_is_left_out(tmp_path: Path) -> None:
    result = combine("mosaic", [*TILES, SCENE / "shifted_48_0.tif"], tmp_path / "mosaic.json", "--differing", "leave-out")
    assert [left["label"] for left in result["leftOut"]] == [str(SCENE / "shifted_48_0.tif")]
    merged, _ = rasterio.merge.merge([str(path) for path in TILES])
    np.testing.assert_array_equal(open_root(tmp_path / "mosaic.json")["band_data"].values, merged[0])
