"""Others that write references for TIFFs, beside this project, on the same files: `npm run test:peers -- --others`.

Prints a table of counts and writes one of files to test-results/peers-others.md. Each file goes through a process that is ended where it
takes too long, because some of the files are made to hurt.
"""

from __future__ import annotations

import datetime
import importlib.metadata
import logging
import multiprocessing
import resource
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import fsspec
import imagecodecs.numcodecs
import numpy as np
import tifffile
import zarr
from obspec_utils.registry import ObjectStoreRegistry
from obstore.store import LocalStore
from virtual_tiff import VirtualTIFF

from cli import CORPUS, ROOT, generate_all, tiffs
from combinations import combinations
from make_combinations import make
from oracle import expected, features

REFUSED, EQUAL, DIFFERENT, UNREADABLE = "refused", "equal", "DIFFERENT", "unreadable"
# Of these GDAL and tifffile read other values than stand in the file, which this project reads, with a warning: see test_tiffs.py.
DISPUTED = {
    "stripbytecounts_count_not_same_as_stripoffsets_count.tif",
    "none-u16-strips-no-byte-counts.tif",
    "none-u16-tiles-no-byte-counts.tif",
}
KINDS = (EQUAL, REFUSED, UNREADABLE, DIFFERENT)
SECONDS = 60
BYTES = 8 << 30
TABLE = ROOT / "test-results" / "peers-others.md"
# What decoders of lossy streams may differ by here: as far as the libjpeg of rasterio's wheel is from libjpeg-turbo.
LOSSY = {"jpeg": 10, "webp": 1, "jpegxl": 1, "jpeg2000": 1, "jpeg_2000_lossy": 1}
IN_MEMORY, AS_KERCHUNK = "virtual-tiff, in memory", "virtual-tiff, through VirtualiZarr"


def by_us(result: dict) -> Callable[[], np.ndarray]:
    """`result` is what `generate` gave for the file; the limits of the process that compares are not those of Node."""
    if not result["ok"]:
        raise ValueError(result["error"]["message"])
    return lambda: opened(result["output"])[result["account"]["levels"][0]["path"]][...]


def by_tifffile(tiff: Path, folder: Path) -> Callable[[], np.ndarray]:
    output = folder / "tifffile.json"
    with tifffile.imread(tiff, aszarr=True) as store:
        store.write_fsspec(output, url=f"file://{tiff.parent}/")
    return lambda: first_array(opened(output))


def by_virtual_tiff(tiff: Path, folder: Path) -> Callable[[], np.ndarray]:
    store = VirtualTIFF(ifd=0)(f"file://{tiff}", ObjectStoreRegistry({"file://": LocalStore()}))
    return lambda: first_array(zarr.open_group(store, mode="r"))


def by_virtualizarr(tiff: Path, folder: Path) -> Callable[[], np.ndarray]:
    output = folder / "virtual.json"
    store = VirtualTIFF(ifd=0)(f"file://{tiff}", ObjectStoreRegistry({"file://": LocalStore()}))
    store.to_virtual_dataset().vz.to_kerchunk(output, format="json")
    return lambda: first_array(opened(output))


THEIRS = {"tifffile": by_tifffile, IN_MEMORY: by_virtual_tiff, AS_KERCHUNK: by_virtualizarr}
OURS = "this project"
WRITERS = (OURS, *THEIRS)


def opened(references: str | Path) -> zarr.Array | zarr.Group:
    files = fsspec.filesystem("reference", fo=str(references), remote_protocol="file", asynchronous=True)
    return zarr.open(zarr.storage.FsspecStore(files), mode="r")


def first_array(node: zarr.Array | zarr.Group) -> np.ndarray:
    return node[...] if isinstance(node, zarr.Array) else node["0"][...]


def verdict(write: Callable[[], Callable[[], np.ndarray]], wanted: np.ndarray, within: int) -> tuple[str, str]:
    try:
        read = write()
    except Exception as error:  # noqa: BLE001  whatever it is, nothing was written
        return REFUSED, in_short(error)
    try:
        found = read()
    except Exception as error:  # noqa: BLE001
        return UNREADABLE, in_short(error)
    told = difference(found, wanted, within)
    return (EQUAL, "") if told is None else (DIFFERENT, told)


def in_short(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".split("\n")[0][:160]


def difference(found: np.ndarray, wanted: np.ndarray, within: int) -> str | None:
    """In words, None where the values are those that are wanted, (bands, height, width), whatever the type and the order of the axes."""
    shown = np.squeeze(found)
    forms = [np.squeeze(np.moveaxis(wanted, 0, axis)) for axis in (0, -1)]
    # Pages of one size make one array.
    pages = [shown, shown[0]] if shown.ndim > 0 and shown.shape[0] > 0 else [shown]
    pairs = [(page, form) for page in pages for form in forms if page.shape == form.shape]
    if not pairs:
        return f"shape {found.shape} for {wanted.shape}"
    with np.errstate(all="ignore"):
        wrong = [~np.isclose(page, form, rtol=0, atol=within, equal_nan=True) if within else unequal(page, form) for page, form in pairs]
    least, (page, form) = min(zip(wrong, pairs, strict=True), key=lambda pair: pair[0].sum())
    if not least.any():
        return None
    first = tuple(int(i) for i in np.argwhere(least)[0])
    return f"{least.sum()} of {least.size} values, the first at {first}: {page[first]} for {form[first]}"


def unequal(found: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    return ~((found == wanted) | ((found != found) & (wanted != wanted)))


@dataclass
class Task:
    tiff: Path
    ours: dict
    """What `generate` gave."""
    pixels: np.ndarray | None = None
    """(bands, height, width), where its maker knows them."""


def work(pipe) -> None:
    """Answers each task with the features of the file, then with a verdict for each writer; with None where no other reader gives pixels."""
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    warnings.simplefilter("ignore")
    logging.disable()
    imagecodecs.numcodecs.register_codecs(verbose=False)
    while True:
        task = pipe.recv()
        try:
            wanted = expected(task.tiff).pixels if task.pixels is None else task.pixels
            told = features(task.tiff)
        except Exception:  # noqa: BLE001  then there is nothing to compare with
            pipe.send(None)
            continue
        pipe.send(told)
        within = LOSSY.get(told.split(",")[0], 0)
        with tempfile.TemporaryDirectory() as folder:
            pipe.send(verdict(lambda: by_us(task.ours), wanted, within))
            for write in THEIRS.values():
                pipe.send(verdict(lambda: write(task.tiff, Path(folder)), wanted, within))


class Worker:
    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=work, args=(other,), daemon=True)
        self.process.start()
        other.close()

    def ask(self, task: Task) -> tuple[str, dict[str, tuple[str, str]]] | None:
        """Features, and verdict and reason for each writer; a file that ends the process or takes too long is none that a reader gives pixels of."""
        self.pipe.send(task)
        told = self.answer()
        if told is None:
            return None
        found = {}
        for name in WRITERS:
            found[name] = self.answer()
            if found[name] is None:
                stuck = (UNREADABLE, "it does not end, or takes the process along")
                return told, {other: found.get(other) or stuck for other in WRITERS}
        return told, found

    def answer(self):
        try:
            if self.pipe.poll(SECONDS):
                return self.pipe.recv()
        except EOFError:
            pass
        self.process.kill()
        self.process.join()
        self.__init__()
        return None


def main() -> None:
    worker = Worker()
    rows: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {}
    aside = 0
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        files = [(tiff, None) for tiff in tiffs()] + [make(one, Path(folder))[:2] for one in combinations()]
        files = [(tiff, pixels) for tiff, pixels in files if tiff.name.split("__")[-1] not in DISPUTED]
        results = generate_all([tiff for tiff, _ in files], Path(folder) / "references")
        for (tiff, pixels), result in zip(files, results, strict=True):
            found = worker.ask(Task(tiff, result, pixels))
            if found is None:
                aside += 1
            else:
                rows[tiff.name.split("__")[-1]] = found
    worker.process.kill()
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text("\n".join([counted(rows, aside), "", *by_file(rows), ""]))
    print(f"\n{counted(rows, aside)}\n\nAll of them: {TABLE}")
    different = [name for name, (_, found) in rows.items() if found[OURS][0] == DIFFERENT]
    if different:
        sys.exit(f"This project's own differ: {different}")


def counted(rows: dict[str, tuple[str, dict[str, tuple[str, str]]]], aside: int) -> str:
    """Markdown: how many files each writer has in each verdict, for other people's files and for ours."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("tifffile", "virtual-tiff", "virtualizarr", "imagecodecs", "zarr"))
    public = {tiff.name.split("__")[-1] for tiff in tiffs() if CORPUS in tiff.parents}
    lines = [f"{datetime.date.today()}, {versions}; {aside} more files have no pixels that GDAL or tifffile reads."]
    for title, names in (("public files", rows.keys() & public), ("files made here", rows.keys() - public)):
        lines += ["", f"| {len(names)} {title}, references by | {' | '.join(KINDS)} |", "| --- | ---: | ---: | ---: | ---: |"]
        for writer in WRITERS:
            counts = Counter(rows[name][1][writer][0] for name in names)
            lines.append(f"| {writer} | {' | '.join(str(counts[kind]) for kind in KINDS)} |")
    return "\n".join(lines)


def by_file(rows: dict[str, tuple[str, dict[str, tuple[str, str]]]]) -> list[str]:
    lines = [f"| file | features | {' | '.join(WRITERS)} |", f"| --- | --- | {' | '.join('---' for _ in WRITERS)} |"]
    for name, (told, found) in sorted(rows.items()):
        cells = [f"{kind}: {reason}" if reason else kind for kind, reason in (found[writer] for writer in WRITERS)]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in (name, told, *cells)) + " |")
    return lines


if __name__ == "__main__":
    main()
