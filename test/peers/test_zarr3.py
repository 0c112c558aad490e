"""References to arrays of zarr v3: zarr-python 3 over fsspec reads from them what our own reader does, and nothing is found wrong with them."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import fsspec
import numpy as np
import pytest
import zarr

from cli import FIXTURES, read, run_batched

CASES = json.loads((FIXTURES / "zarr3" / "cases.json").read_text())
GROUP = json.dumps({"zarr_format": 3, "node_type": "group"})
# numpy saves these as pickles, which are not written.
TEXTS = {"texts"}


def references(case: dict, folder: Path) -> Path:
    """The chunks end to end in a file of their own, and references to them."""
    refs: dict[str, object] = {"zarr.json": GROUP}
    stored = folder / "chunks.bin"
    with stored.open("wb") as file:
        for key, text in case["entries"].items():
            content = base64.b64decode(text)
            if key.endswith("zarr.json"):
                refs[key] = content.decode()
            else:
                refs[key] = [f"file://{stored}", file.tell(), len(content)]
                file.write(content)
    output = folder / "references.json"
    output.write_text(json.dumps({"version": 1, "refs": refs}))
    return output


def by_zarr(file: Path) -> np.ndarray:
    files = fsspec.filesystem("reference", fo=str(file), remote_protocol="file", asynchronous=True)
    return zarr.open_group(zarr.storage.FsspecStore(files), mode="r")["a"][...]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_values(case: dict, tmp_path: Path) -> None:
    file = references(case, tmp_path)
    [validated] = json.loads(run_batched("validate", file, "--json").stdout)
    assert validated["findings"] == []
    theirs = by_zarr(file)
    if case["name"] in TEXTS:
        told = run_batched("read", file, "a", "--json")
        assert json.loads(told.stdout)["first"] == theirs.ravel().tolist()
        return
    if theirs.size == 0:
        return
    own = read(file, "a", tmp_path)
    assert own.dtype == theirs.dtype.newbyteorder("<")
    np.testing.assert_array_equal(own, theirs)
