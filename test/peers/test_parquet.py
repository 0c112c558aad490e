"""References of sets in parquet are those that fsspec finds, and what is called an error is what zarr-python fails on or reads wrongly."""

from __future__ import annotations

import base64
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import fsspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zarr
from fsspec.implementations.reference import LazyReferenceMapper

from cli import FIXTURES, OTHERS, Answering, run

sys.path.insert(0, str(FIXTURES))
import make_parquet  # noqa: E402

ours = Answering("parquet.mjs")
SETS = sorted(path.parent for folder in (FIXTURES / "parquet" / "sets", OTHERS / "parquet") for path in folder.glob("*/.zmetadata"))
RECORDS = sorted((FIXTURES / "parquet" / "records").glob("*.parq"))
FILL = 99
# fastparquet, which fsspec opens sets with, knows no DELTA_BYTE_ARRAY, and takes Arrow's columns of nulls for NaN: see test_columns_of_nulls.
BY_PYARROW = {"arrow", "delta"}
ARRAY = json.loads(make_parquet.zarray([4], [2], fill_value=FILL))


def write_set(folder: Path, metadata: dict[str, object] | None = None, **members: object) -> Path:
    """The .zmetadata of an array `x` of two chunks, which one record file holds, and its folder."""
    documents = {".zgroup": {"zarr_format": 2}, "x/.zarray": ARRAY} if metadata is None else metadata
    text = {"metadata": documents, "record_size": 2, **members}
    (folder / "x").mkdir(parents=True)
    (folder / ".zmetadata").write_text(json.dumps({name: value for name, value in text.items() if value is not None}))
    return folder


def is_relative(url: str) -> bool:
    return "://" not in url and not url.startswith("/")


def by_fsspec(mapper: LazyReferenceMapper, key: str) -> object:
    """A chunk as parquet.mjs gives it; None for one that fsspec takes for missing, "fails" where it has no answer that can be read."""
    try:
        reference = mapper[key]
    except KeyError:
        return None
    except (IndexError, TypeError):
        return "fails"
    if isinstance(reference, (bytes, str)):
        data = reference.encode() if isinstance(reference, str) else reference
        data = base64.b64decode(data[7:]) if data.startswith(b"base64:") else data
        return ["bytes", base64.b64encode(data).decode()]
    url, *numbers = reference
    if isinstance(url, float):
        return None
    if not isinstance(url, str) or any(not isinstance(number, np.integer) or number < 0 for number in numbers):
        return "fails"
    # Relative paths stand beside the record file, for GDAL; fsspec takes them from the working directory.
    return [f"{key.rsplit('/', 1)[0]}/{url}" if is_relative(url) else url, *map(int, numbers)]


def compare(folder: Path) -> int:
    mapper = LazyReferenceMapper(str(folder), engine="pyarrow" if folder.name in BY_PYARROW else "fastparquet")
    chunks = ours.ask(str(folder))
    wanted = {key for field in mapper.listdir() if f"{field}/.zarray" in mapper.zmetadata for key in mapper._keys_in_field(field)}
    assert set(chunks) == wanted
    for key, (alone, together) in chunks.items():
        theirs = by_fsspec(mapper, key)
        if theirs == "fails":
            # A whole file is what GDAL reads where offset and size are null.
            assert alone is not None and (alone[0] == "error" or len(alone) == 1), (key, alone)
        else:
            assert alone == theirs, key
        assert alone == together or alone[0] == together[0] == "error", key
    return len(chunks)


@pytest.mark.parametrize("folder", SETS, ids=lambda path: path.name)
def test_references(folder: Path) -> None:
    assert compare(folder) > 0


# fsspec gives something, be it of no use, where the specification has another meaning or none, or our reader has the codec not.
READ_OTHERWISE = {"size-zero", "path-empty", "path-nan", "large-offset", "path-binary", "only-numbers", "gzip", "raw-list"}
READ_OTHERWISE |= {"null-range", "null-size", "null-padding"}


@pytest.mark.parametrize("record", [path for path in RECORDS if path.stem not in READ_OTHERWISE], ids=lambda path: path.stem)
def test_records(record: Path, tmp_path: Path) -> None:
    folder = write_set(tmp_path / record.stem)
    shutil.copy(record, folder / "x" / "refs.0.parq")
    assert compare(folder) == 2


def test_good_sets_have_no_findings() -> None:
    [result] = json.loads(run("validate", FIXTURES / "parquet" / "sets" / "kerchunk", "--json").stdout)
    assert result["findings"] == []


def test_columns_of_nulls(tmp_path: Path, data: Path) -> None:
    """As LazyReferenceMapper writes them with engine="pyarrow"."""
    folder = write_set(tmp_path / "set")
    nulls = make_parquet.table().drop_columns(["raw"]).append_column("raw", pa.nulls(2))
    pq.write_table(nulls, folder / "x" / "refs.0.parq")
    assert by_zarr(folder) is None
    assert our_errors(folder) == {"parquet/column-null-type"}
    pq.write_table(make_parquet.table(path=[None, None], raw=[b"ab", b"cd"]).set_column(0, "path", pa.nulls(2)), folder / "x" / "refs.0.parq")
    assert by_zarr(folder) == [*b"abcd"]
    assert our_errors(folder) == set()
    [result] = json.loads(run("validate", FIXTURES / "parquet" / "sets" / "arrow", "--json").stdout)
    assert [(finding["code"], finding["file"]) for finding in result["findings"]] == [
        ("parquet/column-null-type", "red/refs.0.parq"),
        ("parquet/column-null-type", "time/refs.0.parq"),
    ]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of the bytes 0 to 63, which the references of make_parquet point into."""
    path = tmp_path / "data.bin"
    path.write_bytes(bytes(range(64)))
    monkeypatch.setattr(make_parquet, "URL", str(path))
    return path


def by_zarr(folder: Path) -> list[int] | None:
    """All values of `x`; None where zarr-python fails."""
    files = fsspec.filesystem("reference", fo=str(folder), remote_protocol="file", asynchronous=True, skip_instance_cache=True)
    try:
        group = zarr.open_group(zarr.storage.FsspecStore(files, read_only=True), mode="r", zarr_format=2, use_consolidated=False)
        return np.asarray(group["x"][...]).ravel().tolist()
    except Exception:  # noqa: BLE001 - whatever it is, the values cannot be had.
        return None


def our_errors(folder: Path) -> set[str]:
    [result] = json.loads(run("validate", folder, "--json").stdout)
    assert "error" not in result, result
    return {finding["code"] for finding in result["findings"] if finding["severity"] == "error"}


RIGHT = [0, 1, 2, 3]
# What the references of each record file mean, where that is something else than RIGHT.
MEANT = {
    "missing": [FILL, FILL, 2, 3],
    "only-raw": [0x00, 0xFF, 0x80, 0x81],
    "raw-base64": [0x00, 0xFF, *b"ab"],
    "raw-text": [*b"abcd"],
    "path-and-raw": [0, 1, *b"ab"],
}
# A whole file of 64 bytes is no chunk of 2; where relative paths lead is a matter of the folder; without path and raw all is missing, which
# breaks the specification only.
NO_VERDICT = {"whole-file", "relative", "only-numbers"}


def test_verdicts_on_records(tmp_path: Path, data: Path) -> None:
    for name, content in make_parquet.records().items():
        if name in NO_VERDICT:
            continue
        folder = write_set(tmp_path / name)
        pq.write_table(content, folder / "x" / "refs.0.parq", compression="zstd")
        is_right = by_zarr(folder) == MEANT.get(name, RIGHT)
        errors = our_errors(folder)
        assert is_right == (errors == set()), (name, by_zarr(folder), errors)


def good_record(folder: Path, name: str = "x/refs.0.parq", table: Callable[[], pa.Table] = make_parquet.table) -> Path:
    pq.write_table(table(), folder / name, compression="zstd")
    return folder


GROUP = {".zgroup": {"zarr_format": 2}}


def v3_documents() -> dict[str, object]:
    grid = {"name": "regular", "configuration": {"chunk_shape": [2]}}
    array = {"zarr_format": 3, "node_type": "array", "shape": [4], "data_type": "uint8", "chunk_grid": grid, "fill_value": FILL}
    array |= {"chunk_key_encoding": {"name": "default"}, "codecs": [{"name": "bytes"}]}
    return {"zarr.json": {"zarr_format": 3, "node_type": "group"}, "x/zarr.json": array}


def folder_faults() -> dict[str, tuple[str | None, Callable[[Path], Path]]]:
    """Sets by what is wrong with them: the code of our error, None where it is none; and what makes the set."""
    square = {**ARRAY, "shape": [2, 2], "chunks": [1, 2]}
    return {
        "good": (None, lambda folder: good_record(write_set(folder))),
        "record-size-missing": ("parquet/record-size", lambda folder: good_record(write_set(folder, record_size=None))),
        "record-size-text": ("parquet/record-size", lambda folder: good_record(write_set(folder, record_size="2"))),
        "record-size-zero": ("parquet/record-size", lambda folder: good_record(write_set(folder, record_size=0))),
        "record-size-fraction": ("parquet/record-size", lambda folder: good_record(write_set(folder, record_size=2.5))),
        "record-size-negative": ("parquet/record-size", lambda folder: good_record(write_set(folder, record_size=-2))),
        "metadata-missing": ("parquet/zmetadata", lambda folder: good_record(write_set(folder, metadata={}))),
        "metadata-text": (
            "parquet/metadata-text",
            lambda folder: good_record(write_set(folder, {**GROUP, "x/.zarray": json.dumps(ARRAY)})),
        ),
        "metadata-key": (
            "parquet/metadata-key",
            lambda folder: good_record(write_set(folder, {**GROUP, "x/.zarray": ARRAY, "x/0": "base64:AAE="})),
        ),
        "separator": (
            "parquet/separator",
            lambda folder: good_record(write_set(folder, {**GROUP, "x/.zarray": {**square, "dimension_separator": "/"}})),
        ),
        "separator-unused": (
            None,
            lambda folder: good_record(write_set(folder, {**GROUP, "x/.zarray": {**ARRAY, "dimension_separator": "/"}})),
        ),
        "zarr3": ("parquet/zarr3", lambda folder: good_record(write_set(folder, v3_documents()))),
        "name": ("parquet/record-name", lambda folder: good_record(write_set(folder), "x/refs.0.parquet")),
        "damaged": ("parquet/record-damaged", damaged),
        "cut-off": ("parquet/record-damaged", cut_off),
        "no-parquet": ("parquet/record-damaged", no_parquet),
    }


def damaged(folder: Path) -> Path:
    path = good_record(write_set(folder)) / "x" / "refs.0.parq"
    content = bytearray(path.read_bytes())
    content[4:24] = bytes(20)
    path.write_bytes(content)
    return folder


def cut_off(folder: Path) -> Path:
    path = good_record(write_set(folder)) / "x" / "refs.0.parq"
    path.write_bytes(path.read_bytes()[:-100])
    return folder


def no_parquet(folder: Path) -> Path:
    (write_set(folder) / "x" / "refs.0.parq").write_bytes(b"")
    return folder


@pytest.mark.parametrize("name", folder_faults())
def test_verdicts_on_folders(name: str, tmp_path: Path, data: Path) -> None:
    code, make = folder_faults()[name]
    folder = make(tmp_path / "set")
    values = by_zarr(folder)
    assert (values == RIGHT) == (code is None), values
    assert our_errors(folder) == (set() if code is None else {code})


def test_missing_record_files_read_as_fill_values(tmp_path: Path, data: Path) -> None:
    folder = write_set(tmp_path / "set", record_size=1)
    pq.write_table(make_parquet.rows(1), folder / "x" / "refs.0.parq")
    assert by_zarr(folder) == [0, 1, FILL, FILL]
    assert our_errors(folder) == set()
    [result] = json.loads(run("validate", folder, "--json").stdout)
    assert [(finding["code"], finding["severity"]) for finding in result["findings"]] == [("parquet/record-missing", "warning")]


def test_arrays_at_the_root_have_no_chunks(tmp_path: Path, data: Path) -> None:
    folder = write_set(tmp_path / "set", {".zarray": ARRAY})
    good_record(folder, "refs.0.parq")
    files = fsspec.filesystem("reference", fo=str(folder), remote_protocol="file", asynchronous=True, skip_instance_cache=True)
    array = zarr.open_array(zarr.storage.FsspecStore(files, read_only=True), mode="r", zarr_format=2)
    assert array[...].tolist() == [FILL] * 4
    assert our_errors(folder) == {"parquet/root-array"}
