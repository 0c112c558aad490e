"""SubIFD pyramids and pages: the references hold the pixels that tifffile reads from the level or page of the same place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
import tifffile
import xarray as xr

import imagecodecs.numcodecs
from cli import FIXTURES, generate, read
from test_overviews import open_group

imagecodecs.numcodecs.register_codecs(verbose=False)

PYRAMIDS = sorted((FIXTURES / "tiffs").glob("*subifds*.tif"))
STACKS = sorted((FIXTURES / "tiffs").glob("*pages*.tif"))


def pages_of(tiff: Path, reduced: bool) -> list[tuple[Path, int]]:
    """IFDs of a file that are pages, or those that are overviews of another (NewSubfileType 1)."""
    with tifffile.TiffFile(tiff) as file:
        return [(tiff, number) for number, page in enumerate(file.pages) if page.is_reduced == reduced]


PAGES = [page for tiff in STACKS for page in pages_of(tiff, reduced=False)]
OVERVIEWS = [page for tiff in STACKS for page in pages_of(tiff, reduced=True)]


@pytest.mark.parametrize("tiff", PYRAMIDS, ids=lambda path: path.name)
def test_levels_in_subifds(tiff: Path, tmp_path: Path) -> None:
    result = generate(tiff, tmp_path, "--overviews")
    assert result["ok"], result
    with tifffile.TiffFile(tiff) as file:
        page = file.pages[0]
        expected = [page.asarray(), *(sub.asarray() for sub in page.pages)]
    levels = result["account"]["levels"]
    assert len(levels) == len(expected) > 1
    assert result["account"]["requests"] == 1
    for number, (level, pixels) in enumerate(zip(levels, expected)):
        stored = open_group(result["output"], number, mask_and_scale=False)[level["path"].split("/")[1]]
        assert stored.dtype == pixels.dtype
        np.testing.assert_array_equal(stored.values, pixels)
        np.testing.assert_array_equal(read(result["output"], level["path"], tmp_path), pixels)
    assert generate(tiff, tmp_path)["account"]["overviewsLeftOut"] == len(expected) - 1


@pytest.mark.parametrize(("tiff", "page"), PAGES, ids=str)
def test_page(tiff: Path, page: int, tmp_path: Path) -> None:
    result = generate(tiff, tmp_path, "--page", str(page))
    assert result["ok"], result
    assert result["output"].endswith(f".ifd{page}.kerchunk.json")
    with tifffile.TiffFile(tiff) as file:
        pixels = file.pages[page].asarray()
    with rasterio.open(f"GTIFF_DIR:{page + 1}:{tiff}") as source:
        np.testing.assert_array_equal(source.read(1), pixels)
    stored = xr.open_dataset(
        result["output"], engine="kerchunk", mask_and_scale=False, backend_kwargs={"storage_options": {"remote_protocol": "file"}}
    )[result["account"]["levels"][0]["path"]]
    assert stored.dtype == pixels.dtype
    np.testing.assert_array_equal(stored.values, pixels)
    np.testing.assert_array_equal(read(result["output"], stored.name, tmp_path), pixels)


@pytest.mark.parametrize(("tiff", "page"), OVERVIEWS, ids=str)
def test_overview_is_no_page(tiff: Path, page: int, tmp_path: Path) -> None:
    result = generate(tiff, tmp_path, "--page", str(page))
    assert not result["ok"]
    assert f"IFD {page} of" in result["error"]["message"] and "is no page but an overview" in result["error"]["message"]
    assert not list(tmp_path.iterdir())


def test_account_names_the_pages(tmp_path: Path) -> None:
    account = generate(FIXTURES / "tiffs" / "deflate-tiled-pages-unlike.tif", tmp_path)["account"]
    assert account["pagesLeftOut"] == 2
    assert account["pages"] == [{"ifd": 1, "width": 48, "height": 32}, {"ifd": 2, "width": 20, "height": 24}]


def test_no_such_page(tmp_path: Path) -> None:
    result = generate(FIXTURES / "tiffs" / "deflate-tiled-pages-unlike.tif", tmp_path, "--page", "3")
    assert not result["ok"]
    assert "has no IFD 3: its IFDs are 0 to 2" in result["error"]["message"]
    assert not list(tmp_path.iterdir())
