"""References to a web address: xarray reads them through ranged requests, merged where tiles are neighbours."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Iterator

import imagecodecs.numcodecs
import numpy as np
import pytest
import rasterio

from cli import FIXTURES, generate

imagecodecs.numcodecs.register_codecs(verbose=False)

SAMPLE = FIXTURES / "sample" / "red.tif"


class RangeServer(http.server.ThreadingHTTPServer):
    """Serves the sample under any path, and keeps the ranges that were asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.ranges: list[str] = []
        self.url = f"http://127.0.0.1:{self.server_port}/red.tif"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        content = SAMPLE.read_bytes()
        asked = self.headers.get("Range", "")
        self.server.ranges.append(asked)
        match = re.fullmatch(r"bytes=(\d+)-(\d+)", asked)
        if match is None:
            self.send_error(400, "only ranges are served")
            return
        start, end = int(match[1]), min(int(match[2]), len(content) - 1)
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {start}-{end}/{len(content)}")
        self.send_header("Content-Length", str(end + 1 - start))
        self.end_headers()
        self.wfile.write(content[start : end + 1])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[RangeServer]:
    started = RangeServer()
    thread = threading.Thread(target=started.serve_forever, daemon=True)
    thread.start()
    yield started
    started.shutdown()
    started.server_close()
    thread.join()


def test_generate_and_read_over_http(server: RangeServer, tmp_path) -> None:
    result = generate(server.url, tmp_path)
    assert result["ok"], result
    assert server.ranges == ["bytes=0-65535"], "the headers of a COG take one request"
    server.ranges.clear()
    namespace: dict = {}
    exec(result["account"]["xarrayCode"], namespace)
    found = namespace["ds"]["red"].isel(y=slice(0, 256), x=slice(0, 512)).values
    with rasterio.open(SAMPLE) as source:
        stored = source.read(1)[:256, :512]
    wanted = np.where(stored == 0, np.nan, stored * 0.0001 - 0.1)
    np.testing.assert_allclose(found, wanted, rtol=1e-6, atol=1e-7)
    assert len(server.ranges) <= 2, server.ranges


def test_address_of_another_place(server: RangeServer, tmp_path) -> None:
    """A local file, with references to where it will be published."""
    result = generate(SAMPLE, tmp_path, "--url", server.url)
    assert server.ranges == [], "a local file is read from the disk"
    namespace: dict = {}
    exec(result["account"]["xarrayCode"], namespace)
    with rasterio.open(SAMPLE) as source:
        stored = source.read(1)
    wanted = np.where(stored == 0, np.nan, stored * 0.0001 - 0.1)
    np.testing.assert_allclose(namespace["ds"]["red"].values, wanted, rtol=1e-6, atol=1e-7)
