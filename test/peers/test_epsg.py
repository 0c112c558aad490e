"""The EPSG table that ships: for every code GDAL reads our WKT as the CRS that it gives the code itself, or a TIFF that names the code."""

from __future__ import annotations

import io
import json
import subprocess

import numpy as np
import pytest
import rasterio
import tifffile
from pyproj.database import get_codes
from pyproj.enums import PJType
from rasterio.crs import CRS
from rasterio.io import MemoryFile

from cli import ROOT

# Deprecated codes of geocentric and compound CRSs, which no GeoKey of a raster can name: from_epsg puts their successors in their place.
NOT_FOR_RASTERS = {4968, 4972, 6978, 6985, 7402, 7403, 10318}


@pytest.fixture(scope="module")
def table() -> dict[int, str]:
    done = subprocess.run(["node", str(ROOT / "test/peers/epsg.mjs")], capture_output=True, text=True, check=True, timeout=120)
    return {int(code): wkt for code, wkt in json.loads(done.stdout).items()}


def crs_of_tiff(code: int, projected: bool) -> CRS:
    """GDAL's reading of a TIFF whose ProjectedCSTypeGeoKey (3072) or GeographicTypeGeoKey (2048) is `code`."""
    model, key = (1, 3072) if projected else (2, 2048)
    keys = (1, 1, 1, 3, 1024, 0, 1, model, 1025, 0, 1, 1, key, 0, 1, code)
    tags = [
        (33550, "d", 3, (1, 1, 0), True),
        (33922, "d", 6, (0, 0, 0, 10, 50, 0), True),
        (34735, "H", len(keys), keys, True),
    ]
    file = io.BytesIO()
    tifffile.imwrite(file, np.zeros((16, 16), "u1"), metadata=None, extratags=tags)
    with MemoryFile(file.getvalue()) as memory, memory.open() as dataset:
        return dataset.crs


def test_every_code_means_the_same(table: dict[int, str]) -> None:
    different = []
    with rasterio.Env(CPL_LOG_ERRORS="OFF"):
        for code, wkt in table.items():
            ours = CRS.from_wkt(wkt)
            if ours != CRS.from_epsg(code) and ours != crs_of_tiff(code, wkt.startswith("PROJ")):
                different.append(code)
    assert set(different) == NOT_FOR_RASTERS


def test_no_code_of_a_geokey_is_missing(table: dict[int, str]) -> None:
    """GeoKeys are 16-bit and 32767 means user-defined: a larger code cannot be named in a TIFF."""
    known = {int(code) for code in get_codes("EPSG", PJType.CRS, allow_deprecated=True)}
    missing = sorted(code for code in known if code < 32767 and code not in table)
    kinds = {code: CRS.from_epsg(code).to_wkt().split("[")[0] for code in missing}
    assert set(kinds.values()) <= {"COMPD_CS"}, kinds
