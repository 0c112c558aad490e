"""VirtualiZarr's concatenation: `python virtualizarr_concat.py kerchunk|tiff OUTPUT DIMENSION INPUT...`, in .venv-others.

Opens reference files, without what they hold inline, or TIFFs through virtual-tiff, concatenates them along a dimension with xarray, and writes
kerchunk's JSON.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import xarray as xr
from obspec_utils.registry import ObjectStoreRegistry
from obstore.store import LocalStore
from virtual_tiff import VirtualTIFF
from virtualizarr import open_virtual_dataset
from virtualizarr.parsers import KerchunkJSONParser


def main() -> None:
    kind, output, dimension, *inputs = sys.argv[1:]
    warnings.simplefilter("ignore")
    registry = ObjectStoreRegistry({"file://": LocalStore()})
    parser = VirtualTIFF(ifd=0) if kind == "tiff" else KerchunkJSONParser(skip_variables=["time", "x", "y", "spatial_ref"])
    datasets = [open_virtual_dataset(f"file://{Path(path).resolve()}", registry, parser, loadable_variables=[]) for path in inputs]
    if kind == "tiff":
        datasets = [dataset.expand_dims(dimension) for dataset in datasets]
    joined = xr.concat(datasets, dim=dimension, coords="minimal", compat="override", combine_attrs="drop_conflicts")
    joined.vz.to_kerchunk(output, format="json")


if __name__ == "__main__":
    main()
