"""TIFFs as zarr v3 by virtual-tiff: `python virtual_tiff_v3.py FOLDER TIFF...`, in .venv-others.

Of each TIFF whose pixels it reads from memory it writes the metadata and the places of its chunks as references, NAME.json, and the values of its
first image as it reads them itself, NAME.npy.
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import zarr
from obspec_utils.registry import ObjectStoreRegistry
from obstore.store import LocalStore
from virtual_tiff import VirtualTIFF


def references(store: object) -> dict:
    group = store._group  # noqa: SLF001  it has no other way to its metadata
    refs: dict = {"zarr.json": json.dumps({"zarr_format": 3, "node_type": "group", "attributes": {}})}
    for name, array in group.arrays.items():
        refs[f"{name}/zarr.json"] = json.dumps(array.metadata.to_dict(), default=lambda item: item.item())
        for key, entry in array.manifest.dict().items():
            indices = key.replace(".", "/")
            refs[f"{name}/c/{indices}" if array.shape else f"{name}/c"] = [entry["path"], entry["offset"], entry["length"]]
    return {"version": 1, "refs": refs}


def main() -> None:
    warnings.simplefilter("ignore")
    folder, *tiffs = map(Path, sys.argv[1:])
    registry = ObjectStoreRegistry({"file://": LocalStore()})
    for tiff in tiffs:
        try:
            store = VirtualTIFF(ifd=0)(f"file://{tiff.resolve()}", registry)
            values = zarr.open_group(store, mode="r")["0"][...]
            (folder / f"{tiff.name}.json").write_text(json.dumps(references(store)))
            np.save(folder / f"{tiff.name}.npy", values)
        except Exception as error:  # noqa: BLE001  it refuses many, or cannot decode them
            print(f"{tiff.name}: {type(error).__name__}: {error}".split("\n")[0][:200])


if __name__ == "__main__":
    main()
