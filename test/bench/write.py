"""The peers of write.mjs: `python write.py json|parquet <references> <folder>`.

Prints {wall, cpu, before, beyond, bytes}: seconds of writing, the memory of the process before it and how much more it had at most, in MiB.
"""

import json
import resource
import sys
import time
from pathlib import Path

import fsspec
from fsspec.implementations.reference import LazyReferenceMapper

URL = "s3://bucket/some/long/path/to/a/file"


def resident() -> float:
    """MiB of the process now (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


def references(side: int):
    zarray = {"zarr_format": 2, "shape": [side * 10, side * 10], "chunks": [10, 10], "dtype": "<u2", "compressor": {"id": "zlib", "level": 6}, "filters": None, "fill_value": 0, "order": "C"}
    yield ".zgroup", json.dumps({"zarr_format": 2})
    yield "a/.zarray", json.dumps(zarray)
    offset = 1000
    for i in range(side):
        for j in range(side):
            length = 1000 + (i * 31 + j * 17) % 5000
            yield f"a/{i}.{j}", [f"{URL}_{j % 24}.nc", offset, length]
            offset += length


def write_json(refs: dict, output: Path) -> None:
    output.write_text(json.dumps({"version": 1, "refs": refs}))


def write_parquet(refs: dict, output: Path) -> None:
    mapper = LazyReferenceMapper.create(record_size=10_000, root=str(output), fs=fsspec.filesystem("file"))
    for key, value in refs.items():
        mapper[key] = value.encode() if isinstance(value, str) else value
    mapper.flush()


way, count, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
refs = dict(references(round(count**0.5)))
output = folder / f"python-{way}"
before, peak_before = resident(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
start, cpu = time.perf_counter(), time.process_time()
(write_json if way == "json" else write_parquet)(refs, output)
wall, cpu = time.perf_counter() - start, time.process_time() - cpu
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
size = output.stat().st_size if output.is_file() else sum(path.stat().st_size for path in output.rglob("*") if path.is_file())
print(json.dumps({"wall": wall, "cpu": cpu, "before": before, "beyond": max(peak, peak_before) - before, "bytes": size}))
