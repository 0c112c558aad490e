"""References that kerchunk makes of FITS files and zarr stores, and its own codecs, read to the values of the file's own library."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import kerchunk.codecs
import numpy as np
import pytest
import zarr
from astropy.io import fits
from kerchunk.fits import FitsToZarr
from kerchunk.zarr import single_zarr

from cli import run

VALUES = np.random.default_rng(8).integers(-500, 500, (23, 31)).astype("<i4")


def values_of(references: Path, array: str) -> np.ndarray:
    output = references.with_suffix(".npy")
    ended = run("read", references, array, "-o", output)
    assert ended.returncode == 0, ended.stderr
    return np.load(output)


def written(made: dict, references: Path) -> Path:
    refs = made.get("refs", made)
    references.write_text(json.dumps({key: value.decode() if isinstance(value, bytes) else value for key, value in refs.items()}))
    return references


def by_hand(folder: Path, array: dict, chunks: dict[str, list]) -> Path:
    metadata = {"zarr_format": 2, "order": "C", "fill_value": None, "compressor": None, "filters": None, **array}
    refs = {".zgroup": '{"zarr_format": 2}', "a/.zarray": json.dumps(metadata), **{f"a/{key}": value for key, value in chunks.items()}}
    references = folder / "a.json"
    references.write_text(json.dumps({"version": 1, "refs": refs}))
    return references


@pytest.mark.parametrize("dtype", ["u1", ">i2", ">i4", ">f4", ">f8"])
def test_fits_image(tmp_path: Path, dtype: str) -> None:
    file, references = tmp_path / "a.fits", tmp_path / "a.json"
    fits.PrimaryHDU(VALUES.astype(dtype)).writeto(file)
    written(FitsToZarr(str(file)).translate(), references)
    np.testing.assert_array_equal(values_of(references, "PRIMARY"), fits.getdata(file))


def test_fits_image_with_an_offset_is_refused_as_zarr_does(tmp_path: Path) -> None:
    """kerchunk's filter makes float64 of it, and the array says int16."""
    file, references = tmp_path / "a.fits", tmp_path / "a.json"
    fits.PrimaryHDU((VALUES + 40_000).astype("u2")).writeto(file)
    written(FitsToZarr(str(file)).translate(), references)
    options = {"fo": str(references), "remote_protocol": "file"}
    with pytest.raises(ValueError, match="cannot reshape"):
        zarr.open_group("reference://", mode="r", storage_options=options, zarr_format=2)["PRIMARY"][...]
    ended = run("read", references, "PRIMARY")
    assert ended.returncode == 2
    assert "5,704 bytes, but the chunk shape and dtype need 1,426" in ended.stderr
    assert "zarr2/codec-chain" in run("validate", references).stdout


def test_fits_table(tmp_path: Path) -> None:
    file, references = tmp_path / "a.fits", tmp_path / "a.json"
    records = np.array([(i, i / 4, b"abc"[:i]) for i in range(5)], [("x", ">i2"), ("y", ">f8"), ("s", "S3")])
    fits.HDUList([fits.PrimaryHDU(), fits.BinTableHDU(records, name="stars")]).writeto(file)
    written(FitsToZarr(str(file)).translate(), references)
    ours = values_of(references, "STARS")
    for field in records.dtype.names:
        np.testing.assert_array_equal(ours[field], records[field])


def test_fits_table_of_text_is_refused_by_name(tmp_path: Path) -> None:
    file, references = tmp_path / "a.fits", tmp_path / "a.json"
    table = fits.TableHDU.from_columns([fits.Column("x", "I6", array=np.arange(4))], name="stars")
    fits.HDUList([fits.PrimaryHDU(), table]).writeto(file)
    written(FitsToZarr(str(file)).translate(), references)
    ended = run("read", references, "STARS")
    assert ended.returncode == 2
    assert "FITSAscii" in ended.stderr


def test_zarr_store(tmp_path: Path) -> None:
    store, references = tmp_path / "a.zarr", tmp_path / "a.json"
    group = zarr.open_group(str(store), mode="w", zarr_format=2)
    array = group.create_array("a", shape=VALUES.shape, chunks=(8, 10), dtype="<i4", fill_value=0)
    array[...] = VALUES
    written(single_zarr(str(store)), references)
    np.testing.assert_array_equal(values_of(references, "a"), VALUES)


def test_member_of_a_zip(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("other", b"x" * 100)
        archive.writestr("data/0.0", VALUES.tobytes())
        member = archive.getinfo("data/0.0")
    length = zipfile.sizeFileHeader + len(member.filename) + member.compress_size
    stored = file.read_bytes()[member.header_offset :][:length]
    theirs = np.frombuffer(kerchunk.codecs.DeflateCodec().decode(stored), "<i4").reshape(VALUES.shape)
    np.testing.assert_array_equal(theirs, VALUES)
    array = {"shape": VALUES.shape, "chunks": VALUES.shape, "dtype": "<i4", "compressor": {"id": "deflate"}}
    references = by_hand(tmp_path, array, {"0.0": [f"file://{file}", member.header_offset, length]})
    np.testing.assert_array_equal(values_of(references, "a"), VALUES)


@pytest.mark.parametrize("member", ["x", "y"])
def test_member_of_records(tmp_path: Path, member: str) -> None:
    records = np.array([(i, i / 4) for i in range(5)], [("x", "<i2"), ("y", ">f8")])
    (tmp_path / "a.bin").write_bytes(records.tobytes())
    codec = {"id": "record_member", "member": member, "dtype": [["x", "<i2"], ["y", ">f8"]]}
    theirs = kerchunk.codecs.RecordArrayMember(member, [("x", "<i2"), ("y", ">f8")]).decode(records.tobytes())
    np.testing.assert_array_equal(theirs, records[member])
    array = {"shape": [5], "chunks": [5], "dtype": records.dtype[member].str, "filters": [codec]}
    references = by_hand(tmp_path, array, {"0": [f"file://{tmp_path / 'a.bin'}", 0, records.nbytes]})
    np.testing.assert_array_equal(values_of(references, "a"), records[member])


@pytest.mark.parametrize("texts", [{"1": "one", "2": "zwölf", "3": ""}, "as told", None])
def test_texts_of_hdf5(tmp_path: Path, texts: dict | str | None) -> None:
    """As kerchunk writes them with zarr-python 2, told vlen_encode="encode" or "null"; with zarr-python 3 it leaves the array out."""
    stored = b"".join(key.encode().ljust(16, b"\0") for key in "2313")
    (tmp_path / "a.bin").write_bytes(stored)
    theirs = kerchunk.codecs.FillStringsCodec(dtype="S16", id_map=texts).decode(stored)
    codec = {"id": "fill_hdf_strings", "dtype": "S16", "id_map": texts}
    array = {"shape": [4], "chunks": [4], "dtype": "|O", "filters": [codec]}
    references = by_hand(tmp_path, array, {"0": [f"file://{tmp_path / 'a.bin'}", 0, len(stored)]})
    ours = json.loads(run("read", references, "a", "--json").stdout)["first"]
    assert ours == ["null" if text is None else text for text in theirs]
