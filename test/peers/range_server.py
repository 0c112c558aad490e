"""A web server of the sample that answers ranges, for tests that take the fixture `server`."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Iterator

import pytest

from cli import FIXTURES

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
