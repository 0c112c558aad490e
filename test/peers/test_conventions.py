"""What zarr v3 says by the conventions `proj:`, `spatial:` and `multiscales`: valid to zarr-cm, and what rasterio knows of the files."""

from __future__ import annotations

import json
from pathlib import Path

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
