"""Chains of zarr v2 codecs whose types do not connect, for broken.py. Chunks are encoded as the codecs say, from the values that are meant,
which the array's dtype or the next codec then takes for others.
"""

from __future__ import annotations

from collections.abc import Iterator

import imagecodecs
import numcodecs
import numpy as np

from broken_documents import chunked, zarray
from reader_runs import Document

FLOATS = (np.arange(16) * 0.5 + 1).astype("<f4").reshape(4, 4)
NUMBERS = np.arange(1, 17, dtype="<u2").reshape(4, 4)


def scaled(decoded: str, stored: str = "<u2") -> dict:
    return {"id": "fixedscaleoffset", "offset": 0, "scale": 2, "dtype": decoded, "astype": stored}


def cast(decoded: str, stored: str) -> dict:
    return {"id": "astype", "encode_dtype": stored, "decode_dtype": decoded}


def difference(dtype: str, astype: str | None = None) -> dict:
    return {"id": "delta", "dtype": dtype, "astype": astype or dtype}


def predicted(dtype: str) -> dict:
    return {"id": "imagecodecs_delta", "axis": -1, "dist": 1, "shape": [4, 4], "dtype": dtype}


def stored(values: np.ndarray, *filters: dict) -> bytes:
    """Each filter is given elements of its own dtype, whatever the one before makes."""
    found = values
    for config in filters:
        taken = config.get("dtype", config.get("decode_dtype"))
        encoded = numcodecs.get_codec(dict(config)).encode(np.ascontiguousarray(found, taken))
        found = np.asarray(encoded)
    return found.tobytes()


def chains() -> Iterator[Document]:
    def of(name: str, about: str, dtype: str, meant: np.ndarray, *filters: dict, chunk: bytes | None = None) -> Document:
        array = zarray(chunks=[4, 4], dtype=dtype, filters=list(filters))
        return chunked(f"chain-{name}", about, array, stored(meant, *filters) if chunk is None else chunk, meant.astype(dtype))

    yield of("scale-order", "fixedscaleoffset decodes to <f4, and the array is >f4", ">f4", FLOATS, scaled("<f4"))
    yield of("scale-kind", "fixedscaleoffset decodes to <i4, and the array is <f4", "<f4", NUMBERS, scaled("<i4"))
    yield of("scale-narrow", "fixedscaleoffset decodes to <f4, and the array is <f8", "<f8", FLOATS, scaled("<f4"))
    yield of("scale-wide", "fixedscaleoffset decodes to <f8, and the array is <f4", "<f4", FLOATS, scaled("<f8"))
    yield of("astype-order", "astype decodes to <f4, and the array is >f4", ">f4", NUMBERS, cast("<f4", "<u2"))
    yield of("astype-kind", "astype decodes to <i4, and the array is <f4", "<f4", NUMBERS, cast("<i4", "<u2"))
    yield of("astype-narrow", "astype decodes to <f4, and the array is <f8", "<f8", NUMBERS, cast("<f4", "<u2"))
    yield of("astype-wide", "astype decodes to <f8, and the array is <f4", "<f4", NUMBERS, cast("<f8", "<u2"))
    yield of("quantize-order", "quantize decodes to <f4, and the array is >f4", ">f4", FLOATS, {"id": "quantize", "digits": 1, "dtype": "<f4", "astype": "<f4"})
    yield of("quantize-narrow", "quantize decodes to <f4, and the array is <f8", "<f8", FLOATS, {"id": "quantize", "digits": 1, "dtype": "<f4", "astype": "<f4"})
    yield of("quantize-wide", "quantize decodes to <f8, and the array is <f4", "<f4", FLOATS, {"id": "quantize", "digits": 1, "dtype": "<f8", "astype": "<f8"})
    yield of("quantize-kind", "quantize decodes to <f4, and the array is <i4", "<i4", NUMBERS, {"id": "quantize", "digits": 1, "dtype": "<f4", "astype": "<f4"})
    yield of("delta-order", "delta decodes to >u2, and the array is <u2", "<u2", NUMBERS, difference(">u2"))
    yield of("delta-kind", "delta decodes to <f4, and the array is <i4", "<i4", NUMBERS, difference("<f4"))
    yield of("delta-narrow", "delta decodes to <u2, and the array is <u4", "<u4", NUMBERS, difference("<u2"))
    yield of("delta-wide", "delta decodes to <u4, and the array is <u2", "<u2", NUMBERS, difference("<u4"))
    yield of("predictor-order", "imagecodecs_delta decodes to >u2, and the array is <u2", "<u2", NUMBERS, predicted(">u2"))
    yield of("predictor-narrow", "imagecodecs_delta decodes to <u2, and the array is <u4", "<u4", NUMBERS, predicted("<u2"))
    yield of("predictor-wide", "imagecodecs_delta decodes to <u4, and the array is <u2", "<u2", NUMBERS, predicted("<u4"))
    yield of("second-order", "delta decodes to >u2 where fixedscaleoffset takes <u2", "<f4", FLOATS, scaled("<f4"), difference(">u2"))
    yield of("second-kind", "the second fixedscaleoffset decodes to <f4 where the first takes <i4", "<f4", FLOATS, scaled("<f4", "<i4"), scaled("<f4"))
    yield of("second-narrow", "delta decodes to <u2 where fixedscaleoffset takes <u4", "<f4", FLOATS, scaled("<f4", "<u4"), difference("<u2"))
    yield of("second-wide", "delta decodes to <u4 where fixedscaleoffset takes <u2", "<f4", FLOATS, scaled("<f4"), difference("<u4"))
    texts = np.array([str(number) for number in NUMBERS.ravel()], object)
    packed = bytes(numcodecs.VLenUTF8().encode(texts))
    yield of("objects", "vlen-utf8 of an array of <u2", "<u2", NUMBERS, {"id": "vlen-utf8"}, chunk=packed)
    yield of("objects-second", "vlen-utf8 behind a filter of numbers", "<u2", NUMBERS, difference("<u2"), {"id": "vlen-utf8"}, chunk=packed)
    yield of("packbits", "packbits of an array of <u2", "<u2", NUMBERS, {"id": "packbits"}, chunk=bytes(numcodecs.PackBits().encode(NUMBERS.astype(bool))))
    yield from images()
    for order, name in (("<", "little"), (">", "big")):
        packed = b"".join(int(number).to_bytes(3, "big") for number in NUMBERS.ravel())
        filters = {"id": "imagecodecs_packints", "dtype": f"{order}u4", "bitspersample": 24, "runlen": 4}
        yield of(f"packints-24-{name}", f"imagecodecs_packints of 24 bits, {name}-endian", f"{order}u4", NUMBERS, filters, chunk=packed)


def images() -> Iterator[Document]:
    def of(name: str, about: str, dtype: str, meant: np.ndarray, codec: dict, chunk: bytes) -> Document:
        array = zarray(shape=list(meant.shape), chunks=list(meant.shape), dtype=dtype, compressor=codec)
        return chunked(f"chain-{name}", about, array, chunk, meant.astype(dtype))

    native, halves = NUMBERS * 256, NUMBERS.astype("<f4")
    colours = np.repeat(NUMBERS.astype("u1")[..., None], 3, axis=2)
    yield of("png-order", "imagecodecs_png of an array of >u2", ">u2", native, {"id": "imagecodecs_png"}, imagecodecs.png_encode(native))
    yield of("jpeg2k-order", "imagecodecs_jpeg2k of an array of >u2", ">u2", native, {"id": "imagecodecs_jpeg2k"}, imagecodecs.jpeg2k_encode(native, level=0))
    yield of("jpegxl-order", "imagecodecs_jpegxl of an array of >u2", ">u2", native, {"id": "imagecodecs_jpegxl"}, imagecodecs.jpegxl_encode(native, lossless=True))
    yield of("png-narrow", "imagecodecs_png of an array of <u4", "<u4", native, {"id": "imagecodecs_png"}, imagecodecs.png_encode(native))
    yield of("webp-narrow", "imagecodecs_webp of an array of <u2", "<u2", colours, {"id": "imagecodecs_webp"}, imagecodecs.webp_encode(colours, lossless=True))
    yield of("jpegxl-double", "imagecodecs_jpegxl of an array of <f8", "<f8", halves, {"id": "imagecodecs_jpegxl"}, imagecodecs.jpegxl_encode(halves, lossless=True))
