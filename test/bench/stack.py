"""The peers of stack.mjs: one reference set of many COGs, written as kerchunk JSON. `python stack.py kerchunk|virtualizarr <list> <output> <concurrency>`.

Prints {wall, cpu, memory}: seconds from the first file to the written set, without imports, and the most memory of the process in MiB.
"""

import io
import json
import re
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor

def key(url):
    return re.search(r"(\d{8})_(B\d\d)", url).groups()

def with_kerchunk(urls, output, concurrency):
    """tifffile's references of each file, combined by kerchunk; fsspec reads blocks of 16 KiB, as much as ours asks for."""
    import fsspec
    import tifffile
    from kerchunk.combine import MultiZarrToZarr

    files = fsspec.filesystem("http", block_size=16384)

    def one(url):
        with files.open(url, block_size=16384, cache_type="readahead") as file, tifffile.TiffFile(file, name=url.rsplit("/", 1)[1]) as tiff:
            with tiff.series[0].levels[0].aszarr(level=0) as store:

                text = io.StringIO()
                store.write_fsspec(text, url=url.rsplit("/", 1)[0], groupname=key(url)[1], version=0)
                refs = json.loads(text.getvalue())
        refs.setdefault(".zgroup", '{"zarr_format": 2}')
        return refs

    def run():
        with ThreadPoolExecutor(concurrency) as pool:
            made = list(pool.map(one, urls))
        bands = sorted({key(url)[1] for url in urls})
        refs = {}
        for band in bands:
            chosen = [(key(url)[0], own) for url, own in zip(urls, made) if key(url)[1] == band]
            combined = MultiZarrToZarr(
                [own for _, own in chosen], concat_dims=["time"], coo_map={"time": [int(date) for date, _ in chosen]}
            ).translate()
            refs |= combined["refs"]
        with open(output, "w") as file:
            json.dump({"version": 1, "refs": refs}, file)

    return run

def with_virtualizarr(urls, output, concurrency):
    """virtual-tiff's manifests through obstore, concatenated by xarray."""
    from urllib.parse import urlsplit

    import xarray as xr
    from obspec_utils.registry import ObjectStoreRegistry
    from obstore.store import HTTPStore
    from virtual_tiff import VirtualTIFF
    from virtualizarr import open_virtual_dataset

    parts = urlsplit(urls[0])
    host = f"{parts.scheme}://{parts.netloc}"
    registry = ObjectStoreRegistry({host: HTTPStore.from_url(host, client_options={"allow_http": True})})
    parser = VirtualTIFF(ifd=0)

    def one(url):
        return open_virtual_dataset(url=url, registry=registry, parser=parser, loadable_variables=[])

    def run():
        with ThreadPoolExecutor(concurrency) as pool:
            made = list(pool.map(one, urls))
        bands = sorted({key(url)[1] for url in urls})
        variables = {}
        for band in bands:
            chosen = [own for url, own in zip(urls, made) if key(url)[1] == band]
            joined = xr.concat(chosen, dim="time", coords="minimal", compat="override", combine_attrs="drop")
            variables[band] = next(iter(joined.data_vars.values()))
        xr.Dataset(variables).vz.to_kerchunk(output, format="json")

    return run

def main():
    kind, listed, output, concurrency = sys.argv[1:]
    urls = open(listed).read().split()
    run = {"kerchunk": with_kerchunk, "virtualizarr": with_virtualizarr}[kind](urls, output, int(concurrency))
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    result = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    result["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(result))

if __name__ == "__main__":
    main()
