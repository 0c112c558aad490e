"""Our validator on what others write: no error that readers do not confirm. `python others_valid.py`, in .venv-others; part of
`npm run test:peers -- --others`.

tifffile, kerchunk and virtual-tiff with VirtualiZarr write references for every TIFF at hand, kerchunk for files of HDF5, NetCDF 3 and GRIB that
are made here, and our own generator for the TIFFs. Every error is printed, with what zarr-python 3 and 2 do with the file; the run fails on an
error without a reader that fails, unless it is judged below.
"""

from __future__ import annotations

import json
import logging
import multiprocessing
import resource
import sys
import tempfile
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np

from cli import generate_all, run_batched, tiffs
from reader_runs import Reader, array_of

SECONDS = 60
BYTES = 8 << 30
# Errors that these readers do not confirm, and that stand all the same, by file and code.
JUDGED = {("*many.h5.json", "kerchunk/key-unreachable"): "no reader asks for the chunk of the scalar, which reads as the fill value"}


def by_tifffile(source: Path, output: Path) -> None:
    import tifffile

    with tifffile.imread(source, aszarr=True) as store:
        store.write_fsspec(output, url=f"file://{source.parent}/")


def by_kerchunk_tiff(source: Path, output: Path) -> None:
    from kerchunk.tiff import tiff_to_zarr

    output.write_text(json.dumps(tiff_to_zarr(str(source))))


def by_virtual_tiff(source: Path, output: Path) -> None:
    from obspec_utils.registry import ObjectStoreRegistry
    from obstore.store import LocalStore
    from virtual_tiff import VirtualTIFF

    store = VirtualTIFF(ifd=0)(f"file://{source}", ObjectStoreRegistry({"file://": LocalStore()}))
    store.to_virtual_dataset().vz.to_kerchunk(output, format="json")


def by_kerchunk_hdf(source: Path, output: Path) -> None:
    from kerchunk.hdf import SingleHdf5ToZarr

    # What cannot be expressed, such as some records, is left out with a warning; kerchunk 0.2.10 does not end where it is to inline chunks.
    output.write_text(json.dumps(SingleHdf5ToZarr(str(source), inline_threshold=0).translate()))


def by_virtualizarr_hdf(source: Path, output: Path) -> None:
    from obspec_utils.registry import ObjectStoreRegistry
    from obstore.store import LocalStore
    from virtualizarr.parsers import HDFParser

    store = HDFParser(drop_variables=["records", "bytes", "empty"])(f"file://{source}", ObjectStoreRegistry({"file://": LocalStore()}))
    store.to_virtual_dataset().vz.to_kerchunk(output, format="json")


def by_kerchunk_netcdf3(source: Path, output: Path) -> None:
    from kerchunk.netCDF3 import NetCDF3ToZarr

    output.write_text(json.dumps(NetCDF3ToZarr(str(source)).translate()))


def by_kerchunk_grib(source: Path, output: Path) -> None:
    from kerchunk.grib2 import scan_grib

    output.write_text(json.dumps(scan_grib(str(source))[0]))


OF_TIFFS = {"tifffile": by_tifffile, "kerchunk, TIFF": by_kerchunk_tiff, "virtual-tiff and VirtualiZarr": by_virtual_tiff}
WRITERS: dict[str, Callable[[Path, Path], None]] = {
    **OF_TIFFS,
    "kerchunk, HDF5": by_kerchunk_hdf,
    "VirtualiZarr, HDF5": by_virtualizarr_hdf,
    "kerchunk, NetCDF 3": by_kerchunk_netcdf3,
    "kerchunk, GRIB": by_kerchunk_grib,
}
OURS = "this project"


def made(folder: Path) -> Iterator[tuple[str, Path]]:
    """Files of other formats: the writer that takes each, and the file."""
    import h5py
    from scipy.io import netcdf_file

    hdf = folder / "many.h5"
    with h5py.File(hdf, "w") as file:
        values = np.arange(48).reshape(6, 8)
        for number, dtype in enumerate(("u1", "i2", "<u2", ">u2", "i4", "u8", "f2", "f4", ">f4", "f8", "c8", "?")):
            file.create_dataset(f"plain{number}", data=values.astype(dtype), chunks=(3, 4))
        file.create_dataset("contiguous", data=values.astype("f4"))
        file.create_dataset("deflated", data=values.astype("f4"), chunks=(3, 4), compression="gzip", shuffle=True, fletcher32=True)
        file.create_dataset("filled", shape=(6, 8), dtype="f4", chunks=(3, 4), fillvalue=np.nan)
        file.create_dataset("missing", shape=(6, 8), dtype="i2", chunks=(3, 4), fillvalue=-9999)
        file.create_dataset("scalar", data=5.0)
        file.create_dataset("empty", shape=(0, 8), maxshape=(None, 8), chunks=(3, 4), dtype="f4")
        file.create_dataset("bytes", data=np.array([b"one", b"two"], "S3"))
        file.create_dataset("records", data=np.array([(1, 2.5), (3, 4.5)], [("a", "<u2"), ("b", "<f4")]))
        file.create_group("below").create_dataset("deep", data=values.astype("i4"), chunks=(6, 8))
        file["deflated"].attrs.update({"scale_factor": 0.5, "units": "K", "flag": np.array([1, 2], "i2")})
    yield "kerchunk, HDF5", hdf
    yield "VirtualiZarr, HDF5", hdf
    for version in (1, 2):
        netcdf = folder / f"classic{version}.nc"
        with netcdf_file(netcdf, "w", version=version) as file:
            file.createDimension("time", None)
            file.createDimension("x", 5)
            for name, dtype in (("b", "b"), ("c", "c"), ("h", ">i2"), ("i", ">i4"), ("f", ">f4"), ("d", ">f8")):
                fixed = file.createVariable(f"fixed_{name}", dtype, ("x",))
                fixed[:] = np.array(list("abcde"), "S1") if dtype == "c" else np.arange(5).astype(dtype)
                if dtype != "c":
                    file.createVariable(f"along_{name}", dtype, ("time", "x"))[:] = np.arange(15).reshape(3, 5)
            file.variables["fixed_f"].units = "K"
        yield "kerchunk, NetCDF 3", netcdf
    yield from gribs(folder)


def gribs(folder: Path) -> Iterator[tuple[str, Path]]:
    """Messages of ecCodes' own samples, with values."""
    import eccodes

    for sample in ("regular_ll_sfc_grib2", "regular_ll_sfc_grib1", "regular_ll_pl_grib2"):
        try:
            message = eccodes.codes_grib_new_from_samples(sample)
        except Exception as error:  # noqa: BLE001  a build without samples
            print(f"no GRIB sample {sample}: {error}")
            continue
        eccodes.codes_set_values(message, np.linspace(270, 300, eccodes.codes_get_size(message, "values")))
        grib = folder / f"{sample}.grib"
        with open(grib, "wb") as file:
            eccodes.codes_write(message, file)
        yield "kerchunk, GRIB", grib


def work(pipe) -> None:
    """Writes what it is asked for, and answers why it could not, or None."""
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    warnings.simplefilter("ignore")
    logging.disable()
    while True:
        writer, source, output = pipe.recv()
        try:
            WRITERS[writer](source, output)
            pipe.send(None)
        except BaseException as error:  # noqa: BLE001  whatever it is, nothing was written
            pipe.send(f"{type(error).__name__}: {error}".split("\n")[0][:160])


class Writer:
    """A process that writes, replaced where it ends or does not answer: some of the files are made to hurt."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=work, args=(other,), daemon=True)
        self.process.start()
        other.close()

    def write(self, writer: str, source: Path, output: Path) -> str | None:
        self.pipe.send((writer, source, output))
        try:
            if self.pipe.poll(SECONDS):
                return self.pipe.recv()
        except EOFError:
            pass
        self.process.kill()
        self.process.join()
        self.__init__()
        return "it does not end, or takes the process along"


# Attributes mean something to xarray alone; of anything else it may fail because an array has no dimension names.
OF_VALUES = ("zarr-python 3", "zarr-python 2")
OF_ATTRIBUTES = "xarray, zarr-python 3"


def written(folder: Path) -> dict[str, list[tuple[Path, Path]]]:
    """Reference files, with what they were written for, by their writers; what a writer refuses is left out."""
    found: dict[str, list[tuple[Path, Path]]] = defaultdict(list)
    refused: Counter[str] = Counter()
    writer = Writer()
    tasks = [(name, tiff) for tiff in tiffs() for name in OF_TIFFS] + list(made(folder))
    for number, (name, source) in enumerate(tasks):
        output = folder / f"{number}-{source.name.split('__')[-1]}.json"
        why = writer.write(name, source, output)
        if why is None and output.exists():
            found[name].append((output, source))
        else:
            refused[name] += 1
            if name not in OF_TIFFS:
                print(f"{name} refuses {source.name}: {why}")
    writer.process.kill()
    for result in generate_all(tiffs(), folder / "ours"):
        if result["ok"]:
            found[OURS].append((Path(result["output"]), Path(result["input"])))
        else:
            refused[OURS] += 1
    for name in (*WRITERS, OURS):
        print(f"{name}: {len(found[name])} written, {refused[name]} refused")
    return found


def main() -> None:
    warnings.simplefilter("ignore")
    unconfirmed = []
    warned: Counter[tuple[str, str]] = Counter()
    readers = {name: Reader(name) for name in (*OF_VALUES, OF_ATTRIBUTES)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [(writer, *pair) for writer, group in written(folder).items() for pair in group]
        for start in range(0, len(files), 50):
            part = files[start : start + 50]
            results = json.loads(run_batched("validate", "--json", *(file for _, file, _ in part)).stdout)
            for (writer, file, source), result in zip(part, results, strict=True):
                findings = result["findings"]
                warned.update((finding["severity"], f"{writer}: {finding['code']}") for finding in findings if finding["severity"] != "error")
                errors = [finding for finding in findings if finding["severity"] == "error"]
                if errors:
                    unconfirmed += told(writer, file, source, errors, result, readers)
    for reader in readers.values():
        reader.stop()
    print("\nWarnings and notes:")
    for (severity, what), count in sorted(warned.items()):
        print(f"{count:6} {severity:8} {what}")
    print(f"\n{len(files)} files; errors that no reader confirms: {len(unconfirmed)}")
    if unconfirmed:
        sys.exit("\n".join(unconfirmed))


def told(writer: str, file: Path, source: Path, errors: list[dict], result: dict, readers: dict[str, Reader]) -> list[str]:
    """Prints the errors of one file, with what readers do; gives those that none of them confirms."""
    arrays = [array["path"] for array in (result["readers"] or [{"arrays": []}])[0]["arrays"]]
    task = {"file": str(file), "url": "", "arrays": arrays, "keys": [], "options": {"remote_protocol": "file"}}
    did = {name: reader.ask(task) for name, reader in readers.items()}
    fails = {name: answer.get("error") or first_error(answer) for name, answer in did.items()}
    for name, answer in did.items():
        if fails[name] is None and name in OF_VALUES and source.suffix in (".tif", ".tiff"):
            fails[name] = other_values(source, answer, errors[0]["key"].rpartition("/")[0])
    unconfirmed = []
    for code, count in Counter(error["code"] for error in errors).items():
        first = next(error for error in errors if error["code"] == code)
        line = f"{writer}, {file.name.split('-', 1)[-1]}: {count} x {code}: {first['key']}: {first['message'][:160]}"
        print(line)
        heard = {name: why for name, why in fails.items() if name in OF_VALUES or code.startswith("attributes/")}
        for name, why in heard.items():
            print(f"    {name}: {why or 'reads it'}")
        reason = next((reason for (pattern, which), reason in JUDGED.items() if which == code and fnmatchcase(file.name, pattern)), None)
        if not any(heard.values()) and reason is None:
            unconfirmed.append(line)
    return unconfirmed


def other_values(tiff: Path, answer: dict, path: str) -> str | None:
    """How the values of an array differ from the pixels of its TIFF; None where they are those, or no other reader gives any."""
    from oracle import expected, features
    from others import LOSSY, difference

    try:
        wanted = expected(tiff).pixels
    except Exception:  # noqa: BLE001  whatever a damaged file makes readers raise
        return None
    told = difference(array_of(answer["arrays"][path]), wanted, LOSSY.get(features(tiff).split(",")[0], 0))
    return None if told is None else f"WRONG values: {told}"


def first_error(answer: dict) -> str | None:
    return next((array["error"] for array in answer["arrays"].values() if "error" in array), None)


if __name__ == "__main__":
    main()
