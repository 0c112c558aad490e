"""One reader of references in a process of its own: `python reader_worker.py zarr`. Each line of standard input is a task as JSON, each line
of standard output its answer; broken_readers.py asks, in the environments of several readers, and ends a process that does not answer.

A task is {file, url, arrays, keys, options}: a reference file, its address, the paths of its arrays, all of its keys, and options of fsspec.
An answer is {error, arrays}: why the file could not be opened, and for each path the values, or why they could not be read.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import warnings
from collections.abc import Callable

import numpy as np


def values_of(found: object) -> dict:
    """Values as JSON: bytes in C order and little-endian, objects one by one; None is for an array that opens and is not read here."""
    if found is None:
        return {"unread": True}
    array = np.asarray(found)
    # Objects, and numpy's texts of any length.
    if array.dtype.kind in "OT":
        return {"dtype": "object", "shape": array.shape, "items": [str(item) for item in array.ravel()]}
    plain = np.ascontiguousarray(array.astype(array.dtype.newbyteorder("<")))
    return {"dtype": plain.dtype.str if plain.dtype.names is None else "void", "shape": array.shape, "data": base64.b64encode(plain.tobytes()).decode()}


def in_short(error: BaseException) -> str:
    told = f"{type(error).__name__}: {error}".strip().split("\n")[0]
    cause = error.__cause__
    return told if cause is None or type(error).__name__ != "ReferenceNotReachable" else f"{told} ({in_short(cause)})"


def each(paths: list[str], read: Callable[[str], object]) -> dict:
    found = {}
    for path in paths:
        try:
            found[path] = values_of(read(path))
        except Exception as error:  # noqa: BLE001  whatever a reader raises is its answer
            found[path] = {"error": in_short(error)}
    return found


def by_fsspec(task: dict) -> dict:
    """Not arrays but keys: whether each can be fetched."""
    import fsspec

    files = fsspec.filesystem("reference", fo=task["file"], skip_instance_cache=True, **task["options"])
    return {"arrays": each(task["keys"], lambda key: np.frombuffer(files.cat(key), "u1"))}


def store_of(task: dict) -> object:
    import zarr

    if zarr.__version__.startswith("2."):
        import fsspec

        return fsspec.get_mapper("reference://", fo=task["file"], skip_instance_cache=True, **task["options"])
    from kerchunk.utils import refs_as_store

    return refs_as_store(task["file"], **task["options"])


def by_zarr(task: dict) -> dict:
    import zarr

    store = store_of(task)
    arrays = each(task["arrays"], lambda path: zarr.open_array(store, path=path or None, mode="r")[...])
    try:
        zarr.open(store, mode="r")
    except Exception as error:  # noqa: BLE001
        return {"error": in_short(error), "arrays": arrays}
    return {"arrays": arrays}


def by_xarray(task: dict) -> dict:
    """kerchunk's engine, a group at a time: opened and loaded with its decoding, then read as stored."""
    import xarray as xr

    groups: dict[str, list[str]] = {"": []} if task["arrays"] == [] else {}
    for path in task["arrays"]:
        group, _, name = path.rpartition("/")
        groups.setdefault(group, []).append(name)
    arrays: dict[str, dict] = {}
    errors = []
    for group, names in groups.items():
        common = {"engine": "kerchunk", "backend_kwargs": {"storage_options": {"skip_instance_cache": True, **task["options"]}}}
        if group:
            common["group"] = group
        try:
            decoded = xr.open_dataset(task["file"], **common)
            stored = xr.open_dataset(task["file"], mask_and_scale=False, decode_times=False, **common)
        except Exception as error:  # noqa: BLE001
            errors.append(in_short(error))
            arrays.update({f"{group}/{name}".lstrip("/"): {"error": in_short(error)} for name in names})
            continue

        def read(path: str, stored: object = stored, decoded: object = decoded) -> object:
            name = path.rpartition("/")[2]
            decoded[name].load()
            return stored[name].values

        arrays.update(each([f"{group}/{name}".lstrip("/") for name in names], read))
    return {"arrays": arrays, **({"error": errors[0]} if errors else {})}


def by_virtualizarr(task: dict) -> dict:
    """The parser takes a group at a time."""
    import zarr
    from obspec_utils.registry import ObjectStoreRegistry
    from obstore.store import HTTPStore, LocalStore
    from virtualizarr.parsers import KerchunkJSONParser

    origin = "/".join(task["url"].split("/")[:3])
    registry = ObjectStoreRegistry({"file://": LocalStore(), origin: HTTPStore.from_url(origin, client_options={"allow_http": True})})

    def opened(group: str) -> object:
        store = KerchunkJSONParser(group=group or None)(f"file://{task['file']}", registry)
        return zarr.open_group(store, mode="r", zarr_format=3)

    opened("")
    return {"arrays": each(task["arrays"], lambda path: opened(path.rpartition("/")[0])[path.rpartition("/")[2]][...])}


def by_gdal() -> Callable[[dict], dict]:
    from gdal_library import Gdal

    return Gdal().answer


READERS = {"fsspec": lambda: by_fsspec, "zarr": lambda: by_zarr, "xarray": lambda: by_xarray, "virtualizarr": lambda: by_virtualizarr, "gdal": by_gdal}


def main() -> None:
    # What libraries print goes elsewhere than the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    warnings.simplefilter("ignore")
    try:
        import imagecodecs.numcodecs

        imagecodecs.numcodecs.register_codecs(verbose=False)
    except ImportError:
        pass
    answer = READERS[sys.argv[1]]()
    for line in sys.stdin:
        task = json.loads(line)
        try:
            told = answer(task)
        except Exception as error:  # noqa: BLE001
            told = {"error": in_short(error), "arrays": {path: {"error": in_short(error)} for path in task["arrays"]}}
        print(json.dumps(told), file=answers, flush=True)


if __name__ == "__main__":
    main()
