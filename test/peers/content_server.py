"""A web server of bytes that are known, with ranges: each path has contents of its own, and any other is 404."""

from __future__ import annotations

import http.server
import re
import threading
import urllib.parse


class ContentServer(http.server.ThreadingHTTPServer):
    daemon_threads = True
    # Connections that wait: JavaScript asks for all chunks of an array at once.
    request_queue_size = 256

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.contents: dict[str, bytes] = {}
        self.origin = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self.answer(with_body=False)

    def do_GET(self) -> None:
        self.answer(with_body=True)

    def answer(self, with_body: bool) -> None:
        content = self.server.contents.get(urllib.parse.unquote(self.path))
        if content is None:
            self.send(404, b"", {}, with_body)
            return
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if asked is None:
            self.send(200, content, {"Accept-Ranges": "bytes"}, with_body)
            return
        start, end = int(asked[1]), min(int(asked[2] or len(content)), len(content) - 1)
        if start > end:
            self.send(416, b"", {"Content-Range": f"bytes */{len(content)}"}, with_body)
        else:
            self.send(206, content[start : end + 1], {"Content-Range": f"bytes {start}-{end}/{len(content)}"}, with_body)

    def send(self, status: int, body: bytes, headers: dict[str, str], with_body: bool) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass
