"""What zarr v3 says by the conventions `proj:`, `spatial:` and `multiscales`: valid to zarr-cm, and what rasterio knows of the files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rasterio
import zarr_cm

from cli import FIXTURES, generate, run_batched


def nodes(references: Path, folder: Path) -> dict[str, dict]:
    """The attributes of all groups and arrays as zarr v3, by path, after zarr-cm has checked each node."""
    output = folder / "v3.json"
    done = run_batched("convert", references, "-o", output, "--zarr", "3")
    assert done.returncode == 0, done.stderr
    refs = json.loads(output.read_text())["refs"]
    documents = {key: json.loads(value) if isinstance(value, str) else value for key, value in refs.items() if key.endswith("zarr.json")}
    for document in documents.values():
        for name in zarr_cm.detect_revisions(document["attributes"]):
            getattr(zarr_cm, name).validate_node_metadata(document)
    return {key.removesuffix("zarr.json").rstrip("/"): document["attributes"] for key, document in documents.items()}


def check(attributes: dict, path: Path, expected: set[str], **options) -> None:
    assert set(zarr_cm.detect_revisions(attributes)) == expected
    with rasterio.open(path, **options) as file:
        assert attributes["spatial:transform"] == list(file.transform)[:6]
        assert attributes["spatial:shape"] == [file.height, file.width]
        assert attributes["spatial:bbox"] == list(file.bounds)
        assert attributes["proj:code"] == f"EPSG:{file.crs.to_epsg()}"


def test_scene(tmp_path: Path) -> None:
    files = sorted((FIXTURES / "scene").glob("T32TQM_20220105_*.tif"))
    scene = tmp_path / "scene.json"
    assert run_batched("scene", *files, "-o", scene).returncode == 0
    attributes = nodes(scene, tmp_path)
    for path in files:
        _, _, band, resolution = path.stem.split("_")
        check(attributes[f"{resolution}/{band}"], path, {"proj", "spatial"})
        assert attributes[f"{resolution}/{band}"]["spatial:dimensions"] == ["y", "x"]


def test_overviews(tmp_path: Path) -> None:
    tiff = FIXTURES / "sample" / "red.tif"
    written = generate(tiff, tmp_path, "--overviews")
    attributes = nodes(Path(written["output"]), tmp_path)
    root = attributes[""]
    assert set(zarr_cm.detect_revisions(root)) == {"proj", "spatial", "multiscales"}
    layout = root["multiscales"]["layout"]
    with rasterio.open(tiff) as file:
        assert [level["asset"] for level in layout] == [str(number) for number in range(1 + len(file.overviews(1)))]
    for number, level in enumerate(layout):
        options = {} if number == 0 else {"overview_level": number - 1}
        check(attributes[f"{number}/red"], tiff, {"proj", "spatial"}, **options)
        assert level["spatial:transform"] == attributes[f"{number}/red"]["spatial:transform"]
        assert level["spatial:shape"] == attributes[f"{number}/red"]["spatial:shape"]


def test_declared_in_zarr_v2(tmp_path: Path) -> None:
    written = generate(FIXTURES / "sample" / "red.tif", tmp_path, "--overviews")
    refs = json.loads(Path(written["output"]).read_text())["refs"]
    root = json.loads(refs[".zattrs"])
    zarr_cm.validate_all(root)
    assert set(zarr_cm.detect_revisions(root)) == {"multiscales"}


PLACED = {
    "proj:code": "EPSG:32632",
    "spatial:dimensions": ["y", "x"],
    "spatial:shape": [2, 3],
    "spatial:transform": [10.0, 0.0, 100.0, 0.0, -10.0, 200.0],
    "spatial:bbox": [100.0, 180.0, 130.0, 200.0],
}
CHANGES: list[dict] = [
    {},
    {"spatial:dimensions": ["y"]},
    {"spatial:dimensions": ["y", 1]},
    {"spatial:shape": [2, 3, 1]},
    {"spatial:shape": "2x3"},
    {"spatial:transform": [10.0, 0.0, 100.0, 0.0, -10.0]},
    {"spatial:transform": [10.0, 0.0, "100", 0.0, -10.0, 200.0]},
    {"spatial:bbox": [100.0, 180.0, 130.0]},
    {"spatial:registration": "node"},
    {"spatial:registration": "centre"},
    {"proj:code": "32632"},
    {"proj:code": 32632},
    {"proj:code": "IAU_2015:30100"},
    {"proj:wkt2": 7},
    {"proj:projjson": "{}"},
    {"proj:projjson": {"type": "GeographicCRS"}},
]


@pytest.mark.parametrize("change", CHANGES, ids=json.dumps)
def test_judged_as_zarr_cm_judges(change: dict, tmp_path: Path) -> None:
    declared = [zarr_cm.convention_metadata("proj"), zarr_cm.convention_metadata("spatial")]
    attributes = {"zarr_conventions": declared, **PLACED, **change}
    codecs = [{"name": "bytes", "configuration": {"endian": "little"}}]
    grid = {"name": "regular", "configuration": {"chunk_shape": [2, 3]}}
    keys = {"name": "default", "configuration": {"separator": "/"}}
    array = {"zarr_format": 3, "node_type": "array", "shape": [2, 3], "data_type": "uint8", "fill_value": 0, "codecs": codecs}
    document = {**array, "chunk_grid": grid, "chunk_key_encoding": keys, "dimension_names": ["y", "x"], "attributes": attributes}
    valid = True
    for name in ("proj", "spatial"):
        try:
            getattr(zarr_cm, name).validate_node_metadata(document)
        except (TypeError, ValueError):
            valid = False
    refs = {"zarr.json": json.dumps({"zarr_format": 3, "node_type": "group"}), "a/zarr.json": json.dumps(document), "a/c/0/0": "abcdef"}
    path = tmp_path / "refs.json"
    path.write_text(json.dumps({"version": 1, "refs": refs}))
    done = run_batched("validate", path, "--json", "--offline")
    found = {finding["code"] for file in json.loads(done.stdout) for finding in file["findings"]}
    assert ({code for code in found if code.endswith("-convention")} == set()) == valid, found
