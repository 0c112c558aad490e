"""Stacks: scenes along a new dimension, opened with xarray and compared with what GDAL reads of each file."""

from __future__ import annotations

import http.server
import json
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import rasterio
import tifffile
from kerchunk.combine import MultiZarrToZarr

from cli import ROOT, run
from test_scene import SCENE, combine, open_root, open_tree, refused, scaled

DATES = ["20211231", "20220105", "20220125"]
RED = [SCENE / f"T32TQM_{date}_B04_10m.tif" for date in DATES]
PATTERN = "*_{time:%Y%m%d}_{band}_*.tif"


def days(dates: list[str]) -> np.ndarray:
    return np.array([f"{date[:4]}-{date[4:6]}-{date[6:]}" for date in dates], "M8[ns]")


def test_item_collection(tmp_path: Path) -> None:
    combine("stack", [SCENE / "items.json"], tmp_path / "stack.json")
    tree = open_tree(tmp_path / "stack.json")
    assert set(tree.children) == {"10m", "20m", "60m"}
    bands = {"10m": {"red": "B04", "green": "B03", "blue": "B02"}, "20m": {"swir16": "B11"}, "60m": {"nir09": "B09"}}
    for group, names in bands.items():
        np.testing.assert_array_equal(tree[group]["time"].values, days(DATES) + np.timedelta64(10 * 3600 + 30 * 60 + 24, "s"))
        assert set(tree[group].data_vars) == set(names)
        for name, band in names.items():
            assert tree[group][name].dims == ("time", "y", "x")
            for index, date in enumerate(DATES):
                wanted = scaled(SCENE / f"T32TQM_{date}_{band}_{group}.tif", 0.0001, 0)
                np.testing.assert_allclose(tree[group][name].values[index], wanted, rtol=1e-6)


def test_times_by_pattern_and_by_tag(tmp_path: Path) -> None:
    """Given in another order than that of their dates."""
    combine("stack", RED[::-1], tmp_path / "pattern.json", "--pattern", PATTERN)
    by_pattern = open_root(tmp_path / "pattern.json")
    np.testing.assert_array_equal(by_pattern["time"].values, days(DATES))
    assert by_pattern["time"].encoding["units"] == "microseconds since 1970-01-01"
    result = combine("stack", RED[::-1], tmp_path / "tag.json")
    assert "DateTime (tag 306)" in result["dimension"]["from"]
    by_tag = open_root(tmp_path / "tag.json")
    np.testing.assert_array_equal(by_tag["time"].values, days(DATES) + np.timedelta64(10 * 60 + 30, "m"))
    for index, path in enumerate(RED):
        np.testing.assert_array_equal(by_pattern["B04"].values[index], scaled(path))
        np.testing.assert_array_equal(by_tag["band_data"].values[index], scaled(path))


@pytest.mark.parametrize("kind", ["cog", "lzw", "plain", "bands"])
def test_as_kerchunk_combines_single_references(tmp_path: Path, kind: str) -> None:
    """kerchunk's MultiZarrToZarr over references that `generate` wrote of each file: the same arrays, and every chunk in the same place."""
    paths, name = RED, "B04"
    if kind != "cog":
        name = "red"
        paths = [tmp_path / f"T_{date}_red_.tif" for date in DATES]
        values = np.arange(3 * 3 * 40 * 56, dtype="<i2").reshape(3, 3, 40, 56)
        for path, bands in zip(paths, values, strict=True):
            # Tiles of 16 x 16, of which the last column and row end beyond the image.
            planes = bands if kind == "bands" else bands[0]
            photometric = {"photometric": "minisblack", "planarconfig": "separate"} if kind == "bands" else {}
            tifffile.imwrite(path, planes, tile=(16, 16), compression="lzw" if kind == "lzw" else None, predictor=kind == "lzw", **photometric)
    singles = [tmp_path / f"single{at}.json" for at in range(3)]
    for path, single in zip(paths, singles, strict=True):
        done = run("generate", path, "-o", single, "--name", name)
        assert done.returncode == 0, done.stderr
    combine("stack", paths, tmp_path / "ours.json", "--pattern", PATTERN)
    times = [int(day) for day in days(DATES).astype("M8[us]").astype("i8")]
    same = [dimension for dimension in ("x", "y", "band", "spatial_ref") if f"{dimension}/.zarray" in json.loads(singles[0].read_text())["refs"]]
    combined = MultiZarrToZarr([str(path) for path in singles], concat_dims=["time"], identical_dims=same, coo_map={"time": times}, remote_protocol="file", inline_threshold=0)
    (tmp_path / "theirs.json").write_text(json.dumps(combined.translate()))
    ours, theirs = [json.loads((tmp_path / f"{whose}.json").read_text())["refs"] for whose in ("ours", "theirs")]
    chunks = [{key: value for key, value in refs.items() if key.startswith(f"{name}/") and "/.z" not in key} for refs in (ours, theirs)]
    assert chunks[0] == chunks[1]
    assert len(chunks[0]) == {"cog": 3 * 36, "lzw": 3 * 12, "plain": 3 * 12, "bands": 3 * 3 * 12}[kind]
    left, right = [open_root(tmp_path / f"{whose}.json", mask_and_scale=False, decode_times=False) for whose in ("ours", "theirs")]
    assert left[name].dims == right[name].dims and left[name].dtype == right[name].dtype
    assert set(left.variables) == set(right.variables)
    for variable in left.variables:
        np.testing.assert_array_equal(left[variable].values, right[variable].values, variable)
    for index, path in enumerate(paths):
        with rasterio.open(path) as file:
            np.testing.assert_array_equal(right[name].values[index], file.read() if kind == "bands" else file.read(1))


def test_another_dimension_and_lists(tmp_path: Path) -> None:
    listed = tmp_path / "files.txt"
    for version, path in enumerate(RED):
        shutil.copy(path, tmp_path / f"v{version + 9}_red.tif")
    listed.write_text("# versions\n" + "\n".join(f"v{version + 9}_red.tif" for version in range(3)))
    combine("stack", [listed], tmp_path / "stack.json", "--pattern", "v{version}_*.tif")
    dataset = open_root(tmp_path / "stack.json")
    np.testing.assert_array_equal(dataset["version"].values, [9, 10, 11])
    combine("stack", [tmp_path / "v*_red.tif"], tmp_path / "glob.json", "--pattern", "{version}_*.tif")
    assert list(open_root(tmp_path / "glob.json")["version"].values) == ["v10", "v11", "v9"]


def test_a_missing_file_reads_as_fill(tmp_path: Path) -> None:
    files = [*RED, SCENE / "T32TQM_20220105_B02_10m.tif"]
    combine("stack", files, tmp_path / "stack.json", "--pattern", PATTERN)
    blue = open_root(tmp_path / "stack.json")["B02"].values
    assert np.isnan(blue[[0, 2]]).all()
    np.testing.assert_array_equal(blue[1], scaled(files[-1]))


def test_the_offset_that_changed_is_not_mixed(tmp_path: Path) -> None:
    items = [SCENE / "items-offset-change.json"]
    told = refused("stack", items, tmp_path / "stop.json", "--assets", "red")
    assert "S2A_T32TQM_20220125 red: add_offset -0.1" in told and "S2A_T32TQM_20211231 red and most others have 0" in told
    result = combine("stack", items, tmp_path / "out.json", "--assets", "red", "--differing", "leave-out")
    assert [left["label"] for left in result["leftOut"]] == ["S2A_T32TQM_20220125 red"]
    np.testing.assert_array_equal(open_root(tmp_path / "out.json")["time"].dt.year.values, [2021, 2022])
    combine("stack", items, tmp_path / "group.json", "--assets", "red", "--differing", "group")
    tree = open_tree(tmp_path / "group.json")
    assert set(tree.children) == {"10m", "10m_2"}
    np.testing.assert_allclose(tree["10m"]["red"].values[0], scaled(RED[0], 0.0001, 0), rtol=1e-6)
    np.testing.assert_allclose(tree["10m_2"]["red"].values[0], scaled(RED[2], 0.0001, -0.1), rtol=1e-5, atol=1e-7)


def altered(tmp_path: Path, date: str = "20220210", **changes) -> Path:
    """A copy of a file in which one property is another."""
    path = tmp_path / f"T32TQM_{date}_B04_10m.tif"
    with rasterio.open(RED[0]) as file:
        profile, data = file.profile | {"predictor": 2}, file.read(1)
    scale = changes.pop("scale", None)
    profile |= changes
    data = data[: profile["height"], : profile["width"]].astype(profile["dtype"])
    with rasterio.open(path, "w", **profile) as file:
        file.write(data, 1)
        if scale is not None:
            file.scales = [scale]
    return path


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"width": 160}, "size in pixels 160 x 192, where"),
        ({"transform": rasterio.transform.from_origin(600010, 5100000, 10, 10)}, "transform 600010 10 0 5100000 0 -10, where"),
        ({"crs": "EPSG:32633"}, "CRS EPSG:32633, where"),
        ({"dtype": "int16"}, 'data type "<i2", where'),
        ({"blockxsize": 64}, "chunk shape [32, 64], where"),
        ({"compress": "lzw"}, 'compressor {"id": "imagecodecs_lzw"}, where'),
        ({"predictor": 1}, "filters null, where"),
        ({"nodata": 9}, "nodata 9, where"),
        ({"scale": 0.5}, "scale_factor 0.5, where"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_each_mismatch_is_named(changes: dict, words: str, tmp_path: Path) -> None:
    other = altered(tmp_path, **changes)
    told = refused("stack", [*RED, other], tmp_path / "stack.json", "--pattern", PATTERN)
    assert f"{other}: " in told and words in told and RED[0].name in told


def test_duplicates(tmp_path: Path) -> None:
    other = altered(tmp_path, date="20220105")
    told = refused("stack", [*RED, other], tmp_path / "stack.json", "--pattern", PATTERN)
    assert str(RED[1]) in told and str(other) in told and "--duplicates" in told
    for which, wanted in (("first", RED[1]), ("last", other)):
        output = tmp_path / f"{which}.json"
        combine("stack", [*RED, other], output, "--pattern", PATTERN, "--duplicates", which)
        np.testing.assert_array_equal(open_root(output)["B04"].values[1], scaled(wanted))


class SlowServer(http.server.ThreadingHTTPServer):
    """Serves the scene's red band under many names, slowly."""

    request_queue_size = 128

    def __init__(self, delay: float) -> None:
        super().__init__(("127.0.0.1", 0), SlowHandler)
        self.delay = delay
        self.asked: list[str] = []
        self.version = ""
        self.contents = [path.read_bytes() for path in RED]

    def urls(self, count: int) -> list[str]:
        first = np.datetime64("2020-01-01")
        names = [str(first + day).replace("-", "") for day in range(count)]
        return [f"http://127.0.0.1:{self.server_port}/T_{name}_B04.tif" for name in names]


class SlowHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        # A request for one byte asks whether the file is still the same.
        if self.headers["Range"] != "bytes=0-0":
            self.server.asked.append(self.path)
        time.sleep(self.server.delay)
        number = int(re.search(r"\d{8}", self.path)[0])
        content = self.server.contents[number % 3]
        start, end = map(int, re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers["Range"]).groups())
        end = min(end, len(content) - 1)
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {start}-{end}/{len(content)}")
        self.send_header("Content-Length", str(end + 1 - start))
        self.send_header("ETag", f'"{number % 3}{self.server.version}"')
        self.end_headers()
        self.wfile.write(content[start : end + 1])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def serve() -> Iterator:
    servers = []

    def start(delay: float) -> SlowServer:
        server = SlowServer(delay)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_files_that_have_changed_are_read_anew(serve, tmp_path: Path) -> None:
    """A run is killed, the files get other ETags, and the next run takes nothing from the journal."""
    server = serve(0.02)
    urls = server.urls(40)
    listed = tmp_path / "urls.txt"
    listed.write_text("\n".join(urls))
    output, journal = tmp_path / "set.json", tmp_path / "set.json.journal"
    arguments = ["stack", str(listed), "--pattern", "*_{time:%Y%m%d}_{band}.tif", "--concurrency", "4", "-o", output]
    process = subprocess.Popen(["node", str(ROOT / "dist" / "cli.js"), *map(str, arguments)], stderr=subprocess.DEVNULL)
    while not journal.exists() or journal.read_bytes().count(b"\n") < 10:
        assert process.poll() is None
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    server.asked.clear()
    server.version = "b"
    done = run(*arguments)
    assert done.returncode == 0, done.stderr
    assert len(server.asked) == len(urls)
    sources = json.loads(json.loads(output.read_text())["refs"][".zattrs"])["kerchunk_source"]
    assert all(source["etag"].endswith('b"') for source in sources)


def test_bands_at_two_resolutions_are_no_duplicates(tmp_path: Path) -> None:
    coarse = []
    for date in DATES:
        coarse.append(tmp_path / f"T32TQM_{date}_B04_20m.tif")
        shutil.copy(SCENE / f"T32TQM_{date}_B11_20m.tif", coarse[-1])
    combine("stack", [*RED, *coarse], tmp_path / "stack.json", "--pattern", PATTERN)
    tree = open_tree(tmp_path / "stack.json")
    assert set(tree.children) == {"10m", "20m"}
    for group, files in (("10m", RED), ("20m", coarse)):
        np.testing.assert_array_equal(tree[group]["time"].values, days(DATES))
        np.testing.assert_array_equal(tree[group]["B04"].values, [scaled(path) for path in files])
