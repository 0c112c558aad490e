"""What readers really do with reference files: each reader in a process of its own, ended where it does not answer."""

from __future__ import annotations

import base64
import json
import os
import re
import selectors
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from cli import ROOT
from content_server import ContentServer
from document_values import MOST, array_paths, array_values, chunk_bytes, document_of, dtype_of, references_of

HERE = Path(__file__).resolve().parent
SECONDS = 20
EXAMPLE = "https://example.org/"
# A folder on this machine, with the same files.
LOCAL = "file:///example/"
# Two bytes of little-endian count the pairs: 0, 1, 2, ...
PATTERN = np.arange(2048, dtype="<u2").tobytes()
WITH_OPTION = {"simple_templates": False}

RIGHT, WRONG, MISSING, FAILS, OPENS = "right values", "WRONG values", "fill values without a word", "exception", "opens"


def python(environment: str) -> str:
    home = ROOT / f".venv-{environment}"
    return str(home / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def worker(environment: str, reader: str) -> list[str]:
    return [python(environment), str(HERE / "reader_worker.py"), reader]


READERS: dict[str, list[str]] = {
    "fsspec": worker("zarr3", "fsspec"),
    "zarr-python 3": worker("zarr3", "zarr"),
    "zarr-python 2": worker("zarr2", "zarr"),
    "xarray, zarr-python 3": worker("zarr3", "xarray"),
    "xarray, zarr-python 2": worker("zarr2", "xarray"),
    "VirtualiZarr": worker("others", "virtualizarr"),
    "GDAL": worker("zarr3", "gdal"),
    "zarrita": ["node", str(HERE / "reader_zarrita.mjs")],
}
# zarr v3 alone, where the package that brings its codecs of imagecodecs is installed.
WITH_PACKAGE = "zarr-python 3, virtual-tiff"
READERS[WITH_PACKAGE] = worker("others", "zarr")
OF_FSSPEC = ("zarr-python 3", "zarr-python 2", "xarray, zarr-python 3", "xarray, zarr-python 2")


@dataclass
class Document:
    """A reference file whose targets lie under https://example.org/, which a local server answers for."""

    name: str
    text: bytes
    about: str = ""
    values: dict[str, np.ndarray] | None = None
    """What is meant, by array, where the file does not say it well; None: what the file says."""
    contents: dict[str, bytes] = field(default_factory=dict)
    """Files at https://example.org/ other than a count of pairs of bytes."""


@dataclass
class Outcome:
    kind: str
    detail: str = ""

    @property
    def works(self) -> bool:
        return self.kind in (RIGHT, OPENS)

    def __str__(self) -> str:
        return f"{self.kind}: {self.detail}" if self.detail else self.kind


@dataclass
class Served:
    """A document as the readers get it."""

    document: Document
    file: Path
    url: str
    paths: list[str]
    keys: list[str]
    wanted: dict[str, np.ndarray]
    """Of the arrays whose values can be told."""
    named: Path
    """The same with dimension names on every array, for xarray."""
    has_templates: bool
    file_text: str


class Reader:
    """One reader, started when it is first asked and again where it ended or was ended."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.process: subprocess.Popen[bytes] | None = None

    def ask(self, task: dict) -> dict:
        if self.process is None:
            log = open(os.devnull, "wb")  # noqa: SIM115  the process keeps it
            self.process = subprocess.Popen(READERS[self.name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, cwd=HERE, bufsize=0)
        self.process.stdin.write(f"{json.dumps(task)}\n".encode())
        answer = self.line()
        if answer is not None:
            return json.loads(answer)
        ended = self.process.poll()
        self.stop()
        told = f"does not end within {SECONDS} s" if ended is None else f"ends the process ({ended})"
        return {"error": told, "arrays": {path: {"error": told} for path in task["arrays"]}}

    def line(self) -> bytes | None:
        limit = time.monotonic() + SECONDS
        answer = b""
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while not answer.endswith(b"\n"):
                ready = selector.select(max(0.0, limit - time.monotonic()))
                part = os.read(self.process.stdout.fileno(), 1 << 20) if ready else b""
                if part == b"":
                    return None
                answer += part
        return answer

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


def serve(document: Document, server: ContentServer, folder: Path) -> Served:
    """Puts a document where readers find it, its targets at a local server."""
    base = f"{server.origin}/{document.name}/"
    text = document.text.replace(EXAMPLE.encode(), base.encode()).replace(EXAMPLE.replace("/", "\\/").encode(), base.replace("/", "\\/").encode())
    text = text.replace(LOCAL.encode(), f"file://{folder}/".encode())
    for name in set(re.findall(rb"%s([\w.{}-]+)" % re.escape(base.encode()), text.replace(b"\\/", b"/"))) | {name.encode() for name in document.contents}:
        server.contents[f"/{document.name}/{name.decode()}"] = document.contents.get(name.decode(), PATTERN)

    for name in re.findall(rb"%s([\w.-]+)" % re.escape(f"file://{folder}/".encode()), text):
        (folder / name.decode()).write_bytes(PATTERN)

    def fetch(url: str, offset: int | None, length: int | None) -> bytes:
        content = PATTERN if url.startswith("file://") else server.contents[url.removeprefix(server.origin)]
        return content if offset is None else content[offset : offset + length]

    try:
        refs = references_of(text)
        served_all(refs, server, document)
        if document.values is None:
            text = encoded_chunks(text, refs, fetch, server, base)
            refs = references_of(text)
        paths, keys = array_paths(refs), list(refs)
    except Exception:  # noqa: BLE001  the file does not say
        named_in_text = re.findall(rb'"((?:[\w.-]+/)*)(?:\.zarray|zarr\.json)"', text)
        refs, paths, keys = {}, list(dict.fromkeys(name.decode().rstrip("/") for name in named_in_text)), []
    wanted = {} if document.values is None else document.values
    for path in paths if document.values is None else []:
        try:
            wanted[path] = array_values(refs, path, fetch)
        except Exception:  # noqa: BLE001, PERF203
            continue
    file = folder / f"{document.name}.json"
    file.write_bytes(text)
    named = folder / f"{document.name}.named.json"
    named.write_bytes(with_dimensions(text, refs, fetch))
    server.contents[f"/{document.name}.json"] = text
    return Served(document, file, f"{server.origin}/{document.name}.json", paths or list(wanted), keys, wanted, named, b'"templates"' in text or b'"gen"' in text, text.decode(errors="replace"))


def served_all(refs: dict, server: ContentServer, document: Document) -> None:
    """Serves what templates make the address of, too; a file of which there are no ranges is a chunk of 2 x 2 words."""
    targets = [value for value in refs.values() if isinstance(value, list) and value and isinstance(value[0], str)]
    ranged = {value[0] for value in targets if len(value) > 1}
    for (url, *_rest) in targets:
        path = url.removeprefix(server.origin)
        if path.startswith("/") and path.rpartition("/")[2] not in document.contents and document.values is None:
            server.contents[path] = PATTERN if url in ranged else PATTERN[8:16]
        elif path.startswith("/"):
            server.contents.setdefault(path, PATTERN)


def encoded_chunks(text: bytes, refs: dict, fetch, server: ContentServer, base: str) -> bytes:
    """Where chunks cannot be any bytes (they are compressed, or text), puts such into the file, and their lengths into the references."""
    for path in array_paths(refs):
        below = f"{path}/" if path else ""
        try:
            array = document_of(refs, f"{below}.zarray", fetch)
            dtype = dtype_of(array["dtype"])
            if not array.get("compressor") and not array.get("filters") and dtype.kind in "iufcV":
                continue
            if np.prod(array["chunks"]) > MOST:
                continue
            items = np.arange(1, 1 + int(np.prod(array["chunks"])))
            values = (items % 2 if dtype.kind == "b" else items).astype("U" if dtype.kind in "OSU" else "i8").astype(dtype).reshape(array["chunks"])
            chunk = chunk_bytes(values, array)
        except Exception:  # noqa: BLE001  then the readers are to fail, too
            continue
        for key, value in refs.items():
            if key.startswith(below) and isinstance(value, list) and len(value) == 3 and str(value[0]).startswith(base):
                url, offset, length = value
                content = bytearray(server.contents[url.removeprefix(server.origin)])
                content[offset : offset + len(chunk)] = chunk
                server.contents[url.removeprefix(server.origin)] = bytes(content)
                text = re.sub(rb"%d,\s*%d\s*\]" % (offset, length), b"%d, %d]" % (offset, len(chunk)), text)
    return text


def with_dimensions(text: bytes, refs: dict, fetch) -> bytes:
    for path in array_paths(refs):
        below = f"{path}/" if path else ""
        if f"{below}.zattrs" in refs or f"{below}.zarray" not in refs:
            continue
        try:
            shape = document_of(refs, f"{below}.zarray", fetch)["shape"]
            names = [f"{path.replace('/', '_')}_{axis}" for axis in range(len(shape))]
        except Exception:  # noqa: BLE001
            continue
        entry = f"{json.dumps(f'{below}.zattrs')}: {json.dumps(json.dumps({'_ARRAY_DIMENSIONS': names}))}, "
        text = text.replace(json.dumps(f"{below}.zarray").encode(), entry.encode() + json.dumps(f"{below}.zarray").encode(), 1)
    return text


def array_of(told: dict) -> np.ndarray:
    shape = tuple(told["shape"])
    if "items" in told:
        if told["dtype"] == "object":
            return np.array(told["items"], dtype=object).reshape(shape)
        dtype = np.dtype(told["dtype"])
        return np.array([int(item) if dtype.kind in "iu" else float(item) for item in told["items"]], dtype).reshape(shape)
    kind = "V1" if told["dtype"] == "void" else told["dtype"]
    flat = np.frombuffer(base64.b64decode(told["data"]), kind)
    return flat if told["dtype"] == "void" else flat.reshape(shape)


def outcome(told: dict, wanted: np.ndarray | None) -> Outcome:
    if "error" in told:
        return Outcome(FAILS, told["error"])
    if wanted is None or "unread" in told:
        return Outcome(OPENS)
    if told["dtype"] == "void":
        return Outcome(RIGHT if base64.b64decode(told["data"]) == wanted.tobytes() else WRONG)
    try:
        found = array_of(told)
    except ValueError as error:
        return Outcome(WRONG, str(error))
    if found.shape != wanted.shape:
        return Outcome(WRONG, f"shape {list(found.shape)} for {list(wanted.shape)}")
    if found.dtype == object or wanted.dtype == object:
        equal = np.array([text_of(a) == text_of(b) for a, b in zip(found.ravel(), wanted.ravel(), strict=True)], bool)
    elif found.dtype.kind in "SU":
        equal = (found.astype(wanted.dtype) == wanted).ravel() if wanted.dtype.kind in "SU" else np.zeros(wanted.size, bool)
    else:
        plain = wanted.view("i8") if wanted.dtype.kind in "mM" else wanted
        seen = found.view("i8") if found.dtype.kind in "mM" else found
        equal = ((seen == plain) | ((seen != seen) & (plain != plain))).ravel()
    if equal.all():
        return Outcome(RIGHT)
    differing = found.ravel()[~equal]
    if len({str(item) for item in differing}) == 1 and len(differing) > 1:
        return Outcome(MISSING, f"{len(differing)} of {equal.size} are {differing[0]}")
    first = int(np.argmin(equal))
    return Outcome(WRONG, f"{len(differing)} of {equal.size}, the first {found.ravel()[first]} for {wanted.ravel()[first]}")


def text_of(item: object) -> str:
    return item.decode(errors="replace") if isinstance(item, bytes) else str(item)


@dataclass
class Run:
    """What one reader did with one document."""

    opens: str | None
    """Why not; None where it does."""
    arrays: dict[str, Outcome]

    @property
    def worst(self) -> Outcome:
        order = [FAILS, WRONG, MISSING, OPENS, RIGHT]
        found = [*self.arrays.values(), *([Outcome(FAILS, self.opens)] if self.opens is not None else [])]
        return min(found or [Outcome(OPENS)], key=lambda one: order.index(one.kind))


def run_all(served: list[Served], server: ContentServer) -> dict[str, dict[str, Run]]:
    """By the name of the document and of the reader; with ` (option)` behind it with simple_templates=False, with ` (named)` with dimension names."""
    found: dict[str, dict[str, Run]] = {one.document.name: {} for one in served}
    guard = threading.Lock()

    def with_reader(name: str) -> None:
        reader = Reader(name)
        for one in served:
            if name == WITH_PACKAGE and not one.document.name.startswith("v3-"):
                continue
            runs = {"": (one.file, {})}
            if one.has_templates and name in (*OF_FSSPEC, "fsspec"):
                runs[" (option)"] = (one.named if name.startswith("xarray") else one.file, WITH_OPTION)
            if name.startswith("xarray"):
                runs[" (named)"] = (one.named, {})
            for suffix, (file, options) in runs.items():
                task = {"file": str(file), "url": one.url, "arrays": one.paths, "keys": one.keys, "options": options}
                told = reader.ask(task)
                wanted = {} if name == "fsspec" else one.wanted
                arrays = {path: outcome(answer, wanted.get(path)) for path, answer in told["arrays"].items()}
                run = Run(told.get("error"), {path: told_of(item, server, one) for path, item in arrays.items()})
                run.opens = None if run.opens is None else told_of(Outcome(FAILS, run.opens), server, one).detail
                with guard:
                    found[one.document.name][f"{name}{suffix}"] = run
        reader.stop()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(with_reader, READERS))
    return found


def told_of(item: Outcome, server: ContentServer, one: Served) -> Outcome:
    """Without what differs from run to run: the port, the folder, addresses in memory."""
    detail = item.detail.replace(f"{server.origin}/{one.document.name}/", EXAMPLE).replace(f"{one.file.parent}/", "")
    detail = re.sub(r"(0x[0-9a-f]+|\b[\d.]+(µs|ms|s)\b)", "…", detail.replace(f"{one.document.name}.named.json", "refs.json").replace(f"{one.document.name}.json", "refs.json"))
    return Outcome(item.kind, detail[:160])


def validated(served: list[Served]) -> dict[str, dict]:
    """What `kerchunk validate --json` tells, by the name of the document."""
    files = [str(one.file) for one in served]
    done = subprocess.run(["node", str(ROOT / "dist" / "cli.js"), "validate", "--json", *files], capture_output=True, text=True)
    results = json.loads(done.stdout)
    return {one.document.name: result for one, result in zip(served, results, strict=True)}
