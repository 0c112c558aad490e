"""GeoKeys that contradict one another or leave things out: a CRS that is written is the one that GDAL reads, and where none is a warning says why."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
import rasterio
import tifffile
from rasterio.crs import CRS
from rasterio.io import MemoryFile

from cli import generate

MODEL, RASTER, CITATION = 1024, 1025, 1026
GEOGRAPHIC, DATUM, ANGULAR_UNIT, ELLIPSOID, SEMI_MAJOR, INVERSE_FLATTENING = 2048, 2050, 2054, 2056, 2057, 2059
PROJECTED, PROJECTION, TRANSFORMATION, LINEAR_UNIT, LINEAR_UNIT_SIZE, FALSE_EASTING = 3072, 3074, 3075, 3076, 3077, 3082
VERTICAL, VERTICAL_DATUM, VERTICAL_UNIT = 4096, 4098, 4099
USER = 32767
DOUBLE, TEXT = 34736, 34737

UTM = {MODEL: 1, PROJECTED: 32633}
WGS84 = {MODEL: 2, GEOGRAPHIC: 4326}

# What is written: the CRS that GDAL reads; the same without its heights, with a warning; or none, with a warning.
SAME, FLAT, NONE = "same", "flat", "none"

CASES = [
    ("no model", {PROJECTED: 32633}, 0, SAME),
    ("no model, both codes", {GEOGRAPHIC: 4326, PROJECTED: 32633}, 0, SAME),
    ("no model, geographic code", {GEOGRAPHIC: 4326}, 0, NONE),
    ("model 0", {MODEL: 0, PROJECTED: 32633}, 0, NONE),
    ("model 32767", {MODEL: USER, PROJECTED: 32633}, 0, SAME),
    ("model 32767, geographic code", {MODEL: USER, GEOGRAPHIC: 4326}, 0, NONE),
    ("geographic model, both codes", {**WGS84, PROJECTED: 32633}, 0, SAME),
    ("geographic model, projected code", {MODEL: 2, PROJECTED: 32633}, 0, NONE),
    ("projected model, geographic code", {MODEL: 1, GEOGRAPHIC: 4326}, 0, NONE),
    ("projected model, code of a geographic CRS", {MODEL: 1, PROJECTED: 4326}, 0, SAME),
    ("projection code", {MODEL: 1, GEOGRAPHIC: 4326, PROJECTION: 16033}, 0, NONE),
    ("projection code and user-defined", {MODEL: 1, GEOGRAPHIC: 4326, PROJECTED: USER, PROJECTION: 16033}, 0, NONE),
    ("geocentric", {MODEL: 3, GEOGRAPHIC: 4978}, 0, SAME),
    ("geocentric model, geographic code", {MODEL: 3, GEOGRAPHIC: 4326}, 0, NONE),
    ("geographic model, geocentric code", {MODEL: 2, GEOGRAPHIC: 4978}, 0, SAME),
    ("three dimensions", {MODEL: 2, GEOGRAPHIC: 4979}, 0, SAME),
    ("model alone", {MODEL: 1}, 0, NONE),
    ("citation alone", {CITATION: "somewhere|"}, 0, NONE),
    ("base CRS", {**UTM, GEOGRAPHIC: 4326}, 0, SAME),
    ("other base CRS", {**UTM, GEOGRAPHIC: 4258}, 0, NONE),
    ("user-defined base CRS", {**UTM, GEOGRAPHIC: USER}, 0, NONE),
    ("user-defined base CRS of the same datum", {**UTM, GEOGRAPHIC: USER, DATUM: 6326}, 0, SAME),
    ("datum", {**UTM, DATUM: 6326}, 0, SAME),
    ("other datum", {**UTM, DATUM: 6258}, 0, NONE),
    ("user-defined datum", {**UTM, DATUM: USER}, 0, NONE),
    ("ellipsoid", {**UTM, ELLIPSOID: 7030}, 0, SAME),
    ("other ellipsoid", {**UTM, ELLIPSOID: 7019}, 0, NONE),
    ("user-defined ellipsoid", {**UTM, ELLIPSOID: USER, SEMI_MAJOR: 6370000.0, INVERSE_FLATTENING: 299.0}, 0, NONE),
    ("axes of an ellipsoid alone", {**UTM, SEMI_MAJOR: 6370000.0, INVERSE_FLATTENING: 299.0}, 0, SAME),
    ("method", {**UTM, TRANSFORMATION: 7}, 0, NONE),
    ("projection beside a code", {**UTM, PROJECTION: 16032}, 0, SAME),
    ("parameter beside a code", {**UTM, FALSE_EASTING: 0.0}, 0, SAME),
    ("metre", {**UTM, LINEAR_UNIT: 9001}, 0, SAME),
    ("foot", {**UTM, LINEAR_UNIT: 9002}, 0, NONE),
    ("US survey foot", {MODEL: 1, PROJECTED: 26946, LINEAR_UNIT: 9003}, 0, NONE),
    ("US survey foot where it belongs", {MODEL: 1, PROJECTED: 2263, LINEAR_UNIT: 9003}, 0, SAME),
    ("foot where it belongs", {MODEL: 1, PROJECTED: 2222, LINEAR_UNIT: 9002}, 0, SAME),
    ("metre beside feet", {MODEL: 1, PROJECTED: 2263, LINEAR_UNIT: 9001}, 0, NONE),
    ("unit of a size", {**UTM, LINEAR_UNIT: USER, LINEAR_UNIT_SIZE: 0.3}, 0, NONE),
    ("unit of the right size", {**UTM, LINEAR_UNIT: USER, LINEAR_UNIT_SIZE: 1.0}, 0, SAME),
    ("unit without size", {**UTM, LINEAR_UNIT: USER}, 0, SAME),
    ("size without unit", {**UTM, LINEAR_UNIT_SIZE: 0.3}, 0, SAME),
    ("linear unit of degrees", {**WGS84, LINEAR_UNIT: 9003}, 0, SAME),
    ("grads", {**WGS84, ANGULAR_UNIT: 9105}, 0, SAME),
    ("other datum of degrees", {**WGS84, DATUM: 6258}, 0, SAME),
    ("heights in 1.0", {**UTM, VERTICAL: 5703}, 0, SAME),
    ("heights in 1.1", {**UTM, VERTICAL: 5703}, 1, SAME),
    ("heights in 1.1 with another unit", {**UTM, VERTICAL: 5703, VERTICAL_UNIT: 9003}, 1, SAME),
    ("heights of degrees in 1.0", {**WGS84, VERTICAL: 5773}, 0, SAME),
    ("heights of degrees in 1.1", {**WGS84, VERTICAL: 5773}, 1, SAME),
    ("unknown heights", {**UTM, VERTICAL: USER}, 1, FLAT),
    ("unknown heights in 1.0", {**UTM, VERTICAL: USER}, 0, SAME),
    ("unit of heights", {**UTM, VERTICAL_UNIT: 9001}, 1, FLAT),
    ("datum of heights", {**UTM, VERTICAL_DATUM: 5103}, 1, FLAT),
    ("heights above the ellipsoid", {**UTM, VERTICAL: 4979}, 0, FLAT),
    ("heights above the ellipsoid by their old code", {**UTM, VERTICAL: 5030}, 0, FLAT),
    ("heights above the ellipsoid of degrees", {**WGS84, VERTICAL: 4979}, 0, SAME),
    ("heights that are a horizontal CRS", {**WGS84, VERTICAL: 4258}, 0, FLAT),
    ("heights that are a horizontal CRS, in 1.1", {**WGS84, VERTICAL: 4258}, 1, FLAT),
    ("heights above another ellipsoid", {**WGS84, VERTICAL: 4937}, 0, FLAT),
    ("heights that do not exist", {**UTM, VERTICAL: 1234}, 1, FLAT),
    ("compound in 1.0", {MODEL: 1, PROJECTED: 7415}, 0, SAME),
    ("compound in 1.1", {MODEL: 1, PROJECTED: 7415}, 1, SAME),
    ("compound of degrees in 1.0", {MODEL: 2, GEOGRAPHIC: 9518}, 0, SAME),
    ("compound of degrees in 1.1", {MODEL: 2, GEOGRAPHIC: 9518}, 1, SAME),
]


def tiff(keys: dict[int, int | float | str], revision: int) -> bytes:
    directory, doubles, text = [1, 1, revision, len(keys) + 1, RASTER, 0, 1, 1], [], ""
    for key, value in keys.items():
        if isinstance(value, str):
            directory += [key, TEXT, len(value), len(text)]
            text += value
        elif isinstance(value, float):
            directory += [key, DOUBLE, 1, len(doubles)]
            doubles.append(value)
        else:
            directory += [key, 0, 1, value]
    tags = [
        (33550, "d", 3, (10, 10, 0), True),
        (33922, "d", 6, (0, 0, 0, 500000, 5000000, 0), True),
        (34735, "H", len(directory), directory, True),
        *([(DOUBLE, "d", len(doubles), doubles, True)] if doubles else []),
        *([(TEXT, "s", 0, text, True)] if text else []),
    ]
    file = io.BytesIO()
    tifffile.imwrite(file, np.zeros((16, 16), "u1"), tile=(16, 16), metadata=None, extratags=tags)
    return file.getvalue()


def crs_by_gdal(file: bytes) -> CRS:
    with rasterio.Env(CPL_LOG_ERRORS="OFF"), MemoryFile(file) as memory, memory.open() as source:
        return source.crs


@pytest.mark.parametrize(("keys", "revision", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_crs(keys: dict, revision: int, wanted: str, tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(tiff(keys, revision))
    result = generate(path, tmp_path)
    warnings = [text for text in result["account"]["warnings"] if "crs_wkt" in text]
    references = json.loads(Path(result["output"]).read_text())["refs"]
    reference = json.loads(references["spatial_ref/.zattrs"])
    axis = json.loads(references["x/.zattrs"])
    if wanted == NONE:
        assert "crs_wkt" not in reference and "units" not in axis
        assert len(warnings) == 1 and "no crs_wkt" in warnings[0]
        return
    written = CRS.from_wkt(reference["crs_wkt"])
    assert len(warnings) == (wanted == FLAT), warnings
    flat = CRS.from_epsg(keys.get(PROJECTED, keys.get(GEOGRAPHIC)))
    by_gdal = crs_by_gdal(path.read_bytes()) if wanted == SAME else flat
    assert written == by_gdal, (written.to_wkt(), by_gdal.to_wkt())
    is_geocentric = reference["crs_wkt"].startswith("GEOCCS")
    of_degrees, of_lengths = (None, None) if is_geocentric else ("longitude", "projection_x_coordinate")
    assert axis.get("standard_name") == (of_degrees if written.is_geographic else of_lengths)
