"""What a reference file says, read as kindly as can be: the values of its arrays, which readers should give.

Written from the specifications of kerchunk references, zarr v2 and zarr v3, for the small documents of these tests alone: every template is
evaluated, metadata may be objects, and the last of two equal keys counts.
"""

from __future__ import annotations

import base64
import itertools
import json
from collections.abc import Callable
from math import prod

import jinja2.sandbox
import numcodecs
import numpy as np

MOST = 1 << 20
Fetch = Callable[[str, int | None, int | None], bytes]
"""The bytes of a url, from an offset on, as many as a length."""


def references_of(text: bytes) -> dict[str, object]:
    """The map of references, templates substituted and `gen` expanded. Raises where it cannot."""
    document = json.loads(text.decode("utf-8-sig"))
    if "version" not in document:
        return document
    templates = document.get("templates", {})
    refs = {}
    for key, value in document.get("refs", {}).items():
        if isinstance(value, list) and isinstance(value[0], str) and templates:
            value = [rendered(value[0], templates, {}), *value[1:]]
        refs[key] = value
    for item in document.get("gen", []):
        ranges = {name: steps if isinstance(steps, list) else range(steps.get("start", 0), steps["stop"], steps.get("step", 1)) for name, steps in item["dimensions"].items()}
        if prod(max(1, len(steps)) for steps in ranges.values()) > MOST:
            raise ValueError("more references than these documents have")
        for numbers in itertools.product(*ranges.values()):
            values = dict(zip(ranges, numbers, strict=True))
            parts = [int(rendered(item[part], templates, values)) for part in ("offset", "length") if part in item]
            refs[rendered(item["key"], templates, values)] = [rendered(item["url"], templates, values), *parts]
    return refs


def rendered(text: str, templates: dict[str, str], values: dict[str, int]) -> str:
    names = {name: (lambda body=body, **given: rendered(body, {}, given)) if "{{" in body else body for name, body in templates.items()}
    return jinja2.sandbox.SandboxedEnvironment(undefined=jinja2.StrictUndefined).from_string(text).render(**names, **values)


def stored(refs: dict[str, object], key: str, fetch: Fetch) -> bytes | None:
    """None where there is nothing, which reads as the fill value."""
    value = refs.get(key)
    if value is None:
        return None
    if isinstance(value, str):
        return base64.b64decode(value[7:], validate=True) if value.startswith("base64:") else value.encode()
    if isinstance(value, dict):
        return json.dumps(value).encode()
    return fetch(value[0], *(value[1:] or [None, None]))


def document_of(refs: dict[str, object], key: str, fetch: Fetch) -> dict:
    told = json.loads(stored(refs, key, fetch) or b"{}")
    return told if isinstance(told, dict) else {}


def array_paths(refs: dict[str, object]) -> list[str]:
    """Paths of what is an array by its keys, whatever stands under them."""
    paths = []
    for key, value in refs.items():
        path, _, name = key.rpartition("/")
        if name == ".zarray" or (name == "zarr.json" and '"array"' in json.dumps(value).replace('\\"', '"')):
            paths.append(path)
    return list(dict.fromkeys(paths))


def array_values(refs: dict[str, object], path: str, fetch: Fetch) -> np.ndarray:
    """Raises where the document does not say what the values are."""
    below = f"{path}/" if path else ""
    v2 = f"{below}.zarray" in refs
    array = document_of(refs, f"{below}.zarray" if v2 else f"{below}zarr.json", fetch)
    return read_v2(refs, below, array, fetch) if v2 else read_v3(refs, below, array, fetch)


def assembled(shape: list[int], chunks: list[int], dtype: np.dtype, fill: object, chunk: Callable[[tuple[int, ...]], np.ndarray | None]) -> np.ndarray:
    grid = [-(-side // size) for side, size in zip(shape, chunks, strict=True)]
    if prod(max(side, 1) * max(size, 1) for side, size in zip(shape, chunks, strict=True)) > MOST:
        raise ValueError("more than these documents have")
    whole = np.zeros([count * size for count, size in zip(grid, chunks, strict=True)], dtype)
    if fill is not None:
        whole[...] = fill
    for index in np.ndindex(*grid):
        values = chunk(index)
        if values is None and fill is None:
            raise ValueError("a chunk is absent, and so is what to put for it")
        if values is not None:
            whole[tuple(slice(i * size, (i + 1) * size) for i, size in zip(index, chunks, strict=True))] = values
    return whole[tuple(slice(0, side) for side in shape)]


def dtype_of(told: object) -> np.dtype:
    if not isinstance(told, list):
        return np.dtype(told)
    return np.dtype([(name, dtype_of(kind), *map(tuple, rest)) for name, kind, *rest in told])


def fill_of(told: object, dtype: np.dtype) -> object:
    if told is None:
        return None
    if dtype.kind in "SV":
        return np.frombuffer(base64.b64decode(told), dtype)[0] if isinstance(told, str) else None
    if dtype.kind == "c" and isinstance(told, list):
        return complex(*(float(part) for part in told))
    if dtype.kind in "fc" and isinstance(told, str):
        return float(told)
    if dtype.kind in "mM":
        return np.array(told, dtype)[()] if isinstance(told, str) else np.array(told, "i8").view(dtype.newbyteorder("="))[()]
    return told


def read_v2(refs: dict[str, object], below: str, array: dict, fetch: Fetch) -> np.ndarray:
    dtype = dtype_of(array["dtype"])
    shape, chunks = array["shape"], array["chunks"]
    codecs = [numcodecs.get_codec(dict(config)) for config in [*(array.get("filters") or []), *([array["compressor"]] if array.get("compressor") else [])]]
    separator = array.get("dimension_separator", ".")

    def chunk(index: tuple[int, ...]) -> np.ndarray | None:
        found = stored(refs, below + (separator.join(map(str, index)) or "0"), fetch)
        if found is None:
            return None
        for codec in reversed(codecs):
            found = codec.decode(found)
        flat = found if isinstance(found, np.ndarray) and found.dtype == dtype else np.frombuffer(bytes(found), dtype)
        return flat.reshape(chunks, order=array.get("order", "C"))

    return assembled(shape, chunks, dtype, fill_of(array.get("fill_value"), dtype), chunk)


def read_v3(refs: dict[str, object], below: str, array: dict, fetch: Fetch) -> np.ndarray:
    endian = {"little": "<", "big": ">"}
    orders = [endian[codec["configuration"]["endian"]] for codec in array["codecs"] if codec["name"] == "bytes" and codec.get("configuration")]
    dtype = np.dtype(array["data_type"]).newbyteorder(orders[0] if orders else "<")
    codecs = [numcodecs.get_codec({"id": codec["name"].removeprefix("numcodecs."), **codec.get("configuration", {})}) for codec in array["codecs"] if codec["name"] in ("gzip", "zstd", "numcodecs.zlib")]
    encoding = array["chunk_key_encoding"]
    separator = encoding.get("configuration", {}).get("separator", "/" if encoding["name"] == "default" else ".")
    chunks = array["chunk_grid"]["configuration"]["chunk_shape"]

    def chunk(index: tuple[int, ...]) -> np.ndarray | None:
        parts = ["c", *map(str, index)] if encoding["name"] == "default" else [*map(str, index)] or ["0"]
        found = stored(refs, below + separator.join(parts), fetch)
        if found is None:
            return None
        for codec in reversed(codecs):
            found = codec.decode(found)
        return np.frombuffer(bytes(found), dtype).reshape(chunks)

    return assembled(array["shape"], chunks, dtype, fill_of(array.get("fill_value"), dtype), chunk)


def chunk_bytes(values: np.ndarray, array: dict) -> bytes:
    """A chunk of a zarr v2 array as it is stored."""
    stored_values: object = values
    for config in [*(array.get("filters") or []), *([array["compressor"]] if array.get("compressor") else [])]:
        stored_values = numcodecs.get_codec(dict(config)).encode(stored_values)
    return stored_values.tobytes() if isinstance(stored_values, np.ndarray) else bytes(stored_values)


def chunk_size(array: dict) -> int:
    return prod(array["chunks"]) * dtype_of(array["dtype"]).itemsize
