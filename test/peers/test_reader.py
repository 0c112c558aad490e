"""The library vscode-kerchunk/reader, packed and installed as its users do, gives rasterio's values: in Node and in Chromium."""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import re
import subprocess
import threading
from pathlib import Path

import pytest
import rasterio

from cli import FIXTURES, ROOT, run

SAMPLE = FIXTURES / "sample" / "red.tif"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package that has the library installed from its tarball, and references of the sample in gzip, v0 and v1."""
    folder = tmp_path_factory.mktemp("reader")
    packed = subprocess.run(["npm", "pack", "--ignore-scripts", "--silent", "--pack-destination", folder], cwd=ROOT, capture_output=True, text=True, check=True)
    (folder / "package.json").write_text('{"name": "user", "private": true, "type": "module"}')
    tarball = folder / packed.stdout.strip().splitlines()[-1]
    subprocess.run(["npm", "install", "--silent", "--offline", "--no-audit", "--no-fund", tarball], cwd=folder, check=True)
    (folder / "red.tif").write_bytes(SAMPLE.read_bytes())
    for version in ("0", "1"):
        run("generate", folder / "red.tif", "-o", folder / f"v{version}.json", "--refs-version", version)
    text = (folder / "v1.json").read_bytes()
    (folder / "red.kerchunk.json.gz").write_bytes(gzip.compress(text))
    # As it is published: the targets beside it.
    (folder / "relative.json.gz").write_bytes(gzip.compress(text.replace(f"file://{folder}/red.tif".encode(), b"red.tif")))
    return folder


def node(folder: Path, code: str) -> str:
    (folder / "user.js").write_text(code)
    ended = subprocess.run(["node", "user.js"], cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def sum_of(rows: slice, columns: slice) -> int:
    with rasterio.open(SAMPLE) as dataset:
        return int(dataset.read(1)[rows, columns].astype("i8").sum())


def test_code_of_the_readme(folder: Path) -> None:
    (code,) = re.findall(r"```js\n(import \{ openReferences \}.*?)```", (ROOT / "README.md").read_text(), re.S)
    lines = node(folder, code).splitlines()
    with rasterio.open(SAMPLE) as dataset:
        assert any(line.startswith(f"red [ {dataset.height}, {dataset.width} ]") for line in lines), lines
    assert lines[-1] == f"[ 256, {dataset.width} ] {sum_of(slice(100, 356), slice(None))}"


@pytest.mark.parametrize("file", ["v0.json", "v1.json", "red.kerchunk.json.gz"])
def test_bytes_and_merged_requests(folder: Path, file: str) -> None:
    code = f"""
        import {{ readFile }} from 'node:fs/promises';
        import {{ openReferences, KerchunkError }} from 'vscode-kerchunk/reader';
        const references = await openReferences(await readFile('{file}'));
        const {{ data }} = await references.read('red');
        const failed = await references.read('blue').catch((error) => error instanceof KerchunkError && error.code);
        const stopped = await references.read('red', {{ signal: AbortSignal.abort() }}).catch(({{ code }}) => code);
        console.log(JSON.stringify([data.constructor.name, Number(data.reduce((a, b) => a + b, 0)), failed, stopped]));
    """
    with rasterio.open(SAMPLE) as dataset:
        name = {"uint16": "Uint16Array", "int16": "Int16Array"}[dataset.dtypes[0]]
    assert json.loads(node(folder, code)) == [name, sum_of(slice(None), slice(None)), "invalid-argument", "cancelled"]


class Ranges(http.server.SimpleHTTPRequestHandler):
    """Files of a folder, by ranges where they are asked for."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range") or "")
        first, end = (int(asked[1]), min(int(asked[2]) + 1, len(content))) if asked else (0, len(content))
        self.send_response(206 if asked else 200)
        if asked:
            self.send_header("Content-Range", f"bytes {first}-{end - 1}/{len(content)}")
        self.send_header("Content-Type", "text/javascript" if path.suffix == ".mjs" else "text/html" if path.suffix == ".html" else "application/octet-stream")
        self.send_header("Content-Length", str(end - first))
        self.end_headers()
        self.wfile.write(content[first:end])

    def log_message(self, *_: object) -> None:
        pass


def test_in_a_browser(folder: Path) -> None:
    """The page imports the file that package.json names for browsers; the wasm decoders and references come from the same server."""
    exports = json.loads((folder / "node_modules/vscode-kerchunk/package.json").read_text())["exports"]["./reader"]
    (folder / "page.html").write_text(
        f"""<!doctype html><script type="module">
        import {{ openReferences }} from '/node_modules/vscode-kerchunk/{exports["browser"]}';
        let requests = 0;
        try {{
          const references = await openReferences('relative.json.gz', {{ onRequest: () => requests++ }});
          const {{ shape, data }} = await references.read('red', {{ slices: [[100, 356], null] }});
          document.title = JSON.stringify([shape, data.reduce((a, b) => a + b, 0), requests]);
        }} catch (error) {{ document.title = String(error); }}
        </script>"""
    )
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Ranges, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_address[1]}/page.html"
        ended = subprocess.run(["node", "title.mjs", url], cwd=Path(__file__).parent, capture_output=True, text=True, check=False, timeout=120)
        assert ended.returncode == 0, ended.stderr
        shape, total, requests = json.loads(ended.stdout)
    finally:
        server.shutdown()
    with rasterio.open(SAMPLE) as dataset:
        assert shape == [256, dataset.width]
    assert total == sum_of(slice(100, 356), slice(None))
    # One for the references; the chunks of the window lie together or nearly so.
    assert requests <= 4
