"""A server of many headers of COGs, whose tiles are never read, and which fails as it is told; each file has offsets of its own."""

from __future__ import annotations

import http.server
import re
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable

import numpy as np

SIDE, TILE = 256, 64
TILES = (SIDE // TILE) ** 2
HEADER = 16 * 1024
SIZE = 1 << 30
BANDS = 12
# Type of TIFF to format and size.
FORMATS = {2: ("s", 1), 3: ("H", 2), 4: ("I", 4), 12: ("d", 8)}


def place(number: int, tile: int) -> tuple[int, int]:
    """Offset and length of a tile of a file."""
    return HEADER + number * 100_000 + tile * 5000, 4000 + tile


def header(number: int) -> bytes:
    """Little-endian classic TIFF of 256 x 256 uint16 in Deflate, tiles of 64 x 64, in EPSG:32632."""
    entries = [
        (256, 4, [SIDE]),
        (257, 4, [SIDE]),
        (258, 3, [16]),
        (259, 3, [8]),
        (262, 3, [1]),
        (277, 3, [1]),
        (322, 3, [TILE]),
        (323, 3, [TILE]),
        (324, 4, [place(number, tile)[0] for tile in range(TILES)]),
        (325, 4, [place(number, tile)[1] for tile in range(TILES)]),
        (33550, 12, [10.0, 10.0, 0.0]),
        (33922, 12, [0.0, 0.0, 0.0, 600000.0, 5100000.0, 0.0]),
        (34735, 3, [1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 32632]),
        (42113, 2, [b"0\0"]),
    ]
    free = 8 + 2 + 12 * len(entries) + 4
    directory, data = struct.pack("<H", len(entries)), b""
    for tag, kind, values in entries:
        letter, size = FORMATS[kind]
        packed = values[0] if kind == 2 else struct.pack(f"<{len(values)}{letter}", *values)
        count = len(packed) // size
        if len(packed) > 4:
            packed, data = struct.pack("<I", free + len(data)), data + packed
        directory += struct.pack("<HHI", tag, kind, count) + packed.ljust(4, b"\0")
    return (b"II*\0" + struct.pack("<I", 8) + directory + bytes(4) + data).ljust(HEADER, b"\0")


class StackServer(http.server.ThreadingHTTPServer):
    """`fault` gives for a path, and how often it was asked for before, the status to fail with, 0 for a connection that is reset, or None."""

    request_queue_size = 128
    daemon_threads = True

    def __init__(self, count: int) -> None:
        super().__init__(("127.0.0.1", 0), StackHandler)
        first = np.datetime64("2020-01-01")
        self.paths = [
            f"/T32TQM_{str(first + number // BANDS).replace('-', '')}_B{number % BANDS + 1:02}.tif" for number in range(count)
        ]
        self.numbers = {path: number for number, path in enumerate(self.paths)}
        self.fault: Callable[[str, int], int | None] = lambda path, before: None
        self.delay = 0.0
        self.asked: Counter[str] = Counter()
        self.read: Counter[str] = Counter()
        self.lock = threading.Lock()

    @property
    def urls(self) -> list[str]:
        return [f"http://127.0.0.1:{self.server_port}{path}" for path in self.paths]

    def forget(self) -> None:
        self.asked.clear()
        self.read.clear()

    def handle_error(self, *_: object) -> None:
        """A client that was killed leaves its connections broken."""


class StackHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server = self.server
        start, end = map(int, re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers["Range"]).groups())
        with server.lock:
            before = server.asked[self.path]
            server.asked[self.path] += 1
            # A request for one byte asks whether the file is still the same.
            server.read[self.path] += end > 0
        time.sleep(server.delay)
        fault = server.fault(self.path, before)
        if fault == 0:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True
            return
        if fault is not None:
            self.send_error(fault)
            return
        number = server.numbers[self.path]
        body = header(number)[start : end + 1]
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {start}-{start + len(body) - 1}/{SIZE}")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", f'"{number}"')
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass
