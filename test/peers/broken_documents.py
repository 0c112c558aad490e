"""Reference files that break a rule, or nearly do, made here one by one; reader_runs.py has them read.

Every target is a file at https://example.org/ that holds the numbers 0, 1, 2, ... as little-endian words of two bytes, or what a document gives
it. The array `a` of most has 4 x 4 such numbers in chunks of 2 x 2, from byte 8 on.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import warnings
import zipfile
from collections.abc import Iterator

import numcodecs
import numpy as np

from reader_runs import EXAMPLE, LOCAL, PATTERN, Document

A = np.array([[4, 5, 8, 9], [6, 7, 10, 11], [12, 13, 16, 17], [14, 15, 18, 19]], "u2")
URL = f"{EXAMPLE}a.bin"
ZARRAY = {"zarr_format": 2, "shape": [4, 4], "chunks": [2, 2], "dtype": "<u2", "compressor": None, "fill_value": 0, "order": "C", "filters": None}
CHUNKS = {"0.0": [URL, 8, 8], "0.1": [URL, 16, 8], "1.0": [URL, 24, 8], "1.1": [URL, 32, 8]}
ABSENT = object()


def zarray(**fields: object) -> dict:
    return {name: value for name, value in (ZARRAY | fields).items() if value is not ABSENT}


def inline(values: np.ndarray | bytes) -> str:
    return "base64:" + base64.b64encode(values if isinstance(values, bytes) else np.ascontiguousarray(values).tobytes()).decode()


def refs(array: object = None, attributes: object = None, chunks: dict | None = None, **more: object) -> dict:
    """References with the array `a`, whose metadata stand as strings; `more` stand beside it, a key's dots and slashes included."""
    array = ZARRAY if array is None else array
    if attributes is None:
        rank = len(array["shape"]) if isinstance(array, dict) and isinstance(array.get("shape"), list) else 2
        attributes = {"_ARRAY_DIMENSIONS": ["y", "x", "z"][:rank]}
    below = {f"a/{key}": value for key, value in (CHUNKS if chunks is None else chunks).items()}
    entries = {".zgroup": {"zarr_format": 2}, "a/.zarray": array, "a/.zattrs": attributes, **below, **more}
    return {key: json.dumps(value) if isinstance(value, dict) else value for key, value in entries.items() if value is not ABSENT}


def version1(entries: dict, **members: object) -> bytes:
    return json.dumps({"version": 1, **members, "refs": entries}, indent=1).encode()


def version0(entries: dict) -> bytes:
    return json.dumps(entries, indent=1).encode()


def one(name: str, about: str, entries: dict, values: np.ndarray | None = A, **members: object) -> Document:
    """A file of version 1 in which `values` are meant."""
    return Document(name, version1(entries, **members), about, None if values is None else {"a": values})


def chunked(name: str, about: str, array: dict, chunk: bytes, values: np.ndarray | None) -> Document:
    """As `one`, with the chunk alone in a file of its own."""
    key = ".".join("0" * len(array["shape"]))
    entries = refs(array, chunks={key: [f"{EXAMPLE}chunk.bin", 0, len(chunk)]})
    return Document(name, version1(entries), about, None if values is None else {"a": values}, {"chunk.bin": chunk})


def documents() -> Iterator[Document]:
    yield one("good", "nothing: the form that all readers take", refs())
    yield from of_text()
    yield from of_layout()
    yield from of_entries()
    yield from of_templates()
    yield from of_zarray()
    yield from of_types()
    yield from of_fill_values()
    yield from of_keys()
    yield from of_attributes()
    yield from of_hierarchy()
    yield from of_codecs()
    yield from of_zarr3()


def of_text() -> Iterator[Document]:
    good = version1(refs()).decode()
    wanted = {"a": A}
    yield Document("text-trailing-comma", good.replace('32,\n   8\n  ]', '32,\n   8\n  ],').encode(), "a comma behind the last entry", wanted)
    yield Document("text-cut-off", good[:-20].encode(), "the text ends in the middle", wanted)
    yield Document("text-single-quotes", good.replace('"version"', "'version'").encode(), "single quotes", wanted)
    yield Document("text-comment", good.replace("{", "{ // references", 1).encode(), "a comment", wanted)
    yield Document("text-two-documents", (good + good).encode(), "a second document behind the first", wanted)
    yield Document("text-byte-order-mark", b"\xef\xbb\xbf" + good.encode(), "a byte order mark", wanted)
    yield Document("text-utf16", good.encode("utf-16"), "UTF-16", wanted)
    yield Document("text-empty", b"", "an empty file", wanted)
    yield Document("text-list", f"[{good}]".encode(), "a list of one document", wanted)
    yield Document("text-not-utf8", good.encode().replace(b'"y"', b'"\xe9"').replace(b'\\"y\\"', b'\\"\xe9\\"'), "Latin-1 in a name", wanted)
    yield Document("text-lone-surrogate", good.replace('\\"y\\"', '\\\\ud800').replace('[\\\\ud800', '[\\"\\\\ud800\\"').encode(), "half of a surrogate pair", wanted)
    yield Document("text-control-character", version1(refs(**{"b/.zarray": zarray(shape=[4], chunks=[4], dtype="|u1"), "b/.zattrs": {"_ARRAY_DIMENSIONS": ["t"]}, "b/0": "ABCD"})).replace(b"ABCD", b"A\tCD"), "a tab inside a string, not escaped", wanted | {"b": np.frombuffer(b"A\tCD", "u1")})
    yield Document("text-bare-nan-attribute", version1(refs(attributes=ABSENT)).replace(b'"a/0.0"', b'"a/.zattrs": "{\\"_ARRAY_DIMENSIONS\\": [\\"y\\", \\"x\\"], \\"best\\": NaN}", "a/0.0"'), "bare NaN in an attribute", wanted)
    yield Document("text-bare-nan-fill", version1(refs(zarray(dtype="<f4", chunks=[2, 2]), chunks={"0.0": inline(np.array([1, 2, 3, 4], "<f4"))})).replace(b'\\"fill_value\\": 0', b'\\"fill_value\\": NaN'), "bare NaN as fill value", {"a": np.array([[1, 2, np.nan, np.nan], [3, 4, np.nan, np.nan]] + [[np.nan] * 4] * 2, "f4")})
    yield Document("text-bare-nan-outside", version1(refs(more=float("nan"))), "bare NaN as the value of a key", wanted)
    yield Document("text-duplicate-key", good.replace('"a/0.0": [', f'"a/0.0": ["{URL}", 100, 8], "a/0.0": [', 1).encode(), "a chunk key twice; the last is meant", wanted)
    yield Document("text-duplicate-version", good.replace('"version": 1', '"version": 0, "version": 1', 1).encode(), "version twice", wanted)
    yield Document("text-tab-indented", version1(refs()).replace(b"\n ", b"\n\t"), "indented by tabs", wanted)
    yield Document("text-escaped-slashes", good.replace("/", "\\/").encode(), "slashes as \\/", wanted)


def of_layout() -> Iterator[Document]:
    wanted = {"a": A}
    yield Document("layout-version0", version0(refs()), "version 0, metadata as strings", wanted)
    nested = {key: json.loads(value) if key.split("/")[-1].startswith(".z") else value for key, value in refs().items()}
    yield Document("layout-version0-nested", version0(nested), "version 0, metadata as objects", wanted)
    yield Document("layout-version1-nested", version1(nested), "version 1, metadata as objects", wanted)
    yield Document("layout-version1-last", json.dumps({"refs": refs(), "version": 1}).encode(), "version behind refs", wanted)
    for name, version in (("2", 2), ("0", 0), ("text", "1"), ("float", 1.0), ("true", True), ("null", None), ("one-and-a-half", 1.5)):
        yield Document(f"layout-version-{name}", json.dumps({"version": version, "refs": refs()}).encode(), f"version {json.dumps(version)}", wanted)
    yield Document("layout-no-version", json.dumps({"refs": refs()}).encode(), "refs without version", wanted)
    yield Document("layout-no-refs", json.dumps({"version": 1}).encode(), "version 1 without refs")
    yield Document("layout-refs-list", json.dumps({"version": 1, "refs": [refs()]}).encode(), "refs is a list", wanted)
    yield Document("layout-refs-null", json.dumps({"version": 1, "refs": None}).encode(), "refs is null", wanted)
    yield Document("layout-beside-version", json.dumps({"version": 1, **refs()}).encode(), "version 1 and the references beside it", wanted)
    yield Document("layout-unknown-member", json.dumps({"version": 1, "author": "me", "refs": refs()}).encode(), "a member that version 1 does not know", wanted)
    yield Document("layout-empty-object", b"{}", "an empty object")
    yield Document("layout-no-zarr", json.dumps({"version": 1, "refs": {"note": "text"}}).encode(), "no zarr metadata")
    yield Document("layout-metadata-base64", version1(refs() | {"a/.zarray": inline(json.dumps(ZARRAY).encode())}), "metadata as base64", wanted)
    yield Document("layout-metadata-elsewhere", version1(refs() | {"a/.zarray": [f"{EXAMPLE}meta.json"]}), "metadata in a file of their own", wanted, {"meta.json": json.dumps(ZARRAY).encode()})
    yield Document("layout-metadata-range", version1(refs() | {"a/.zarray": [f"{EXAMPLE}meta.json", 0, len(json.dumps(ZARRAY))]}), "metadata as a range of a file", wanted, {"meta.json": json.dumps(ZARRAY).encode()})
    yield one("layout-metadata-broken", "metadata that are no JSON", refs() | {"a/.zarray": json.dumps(ZARRAY)[:-1]})
    yield one("layout-metadata-list", "metadata that are a list", refs() | {"a/.zarray": json.dumps([ZARRAY])})
    yield one("layout-attributes-broken", "attributes that are no JSON", refs() | {"a/.zattrs": '{"_ARRAY_DIMENSIONS": ["y", "x"]'})
    yield one("layout-attributes-list", "attributes that are a list", refs() | {"a/.zattrs": "[]"})
    yield one("layout-group-last", ".zgroup behind all else", {key: refs()[key] for key in [*list(refs())[1:], ".zgroup"]})
    yield Document("layout-version0-group-last", version0({key: refs()[key] for key in [*list(refs())[1:], ".zgroup"]}), "version 0, .zgroup behind all else", wanted)


def of_entries() -> Iterator[Document]:
    chunk = np.array([4, 5, 6, 7], "<u2")

    def entry(name: str, about: str, value: object, values: np.ndarray | None = A) -> Document:
        return one(f"entry-{name}", about, refs(chunks=CHUNKS | {"0.0": value}), values)

    yield entry("two-members", "a list of two", [URL, 8])
    yield entry("four-members", "a list of four", [URL, 8, 8, 0])
    yield entry("empty-list", "an empty list", [])
    yield entry("object", "an object under a chunk key", {"url": URL, "offset": 8, "length": 8})
    yield entry("null", "null", None, None)
    yield entry("number", "a number", 5)
    yield entry("true", "true", True)
    yield entry("offset-text", "an offset as text", [URL, "8", 8])
    yield entry("length-text", "a length as text", [URL, 8, "8"])
    yield entry("offset-negative", "a negative offset", [URL, -8, 8])
    yield entry("length-negative", "a negative length", [URL, 8, -8])
    yield entry("offset-float", "an offset with a fraction, 8.5", [URL, 8.5, 8])
    yield entry("offset-float-whole", "an offset of 8.0", [URL, 8.0, 8])
    yield entry("length-float-whole", "a length of 8.0", [URL, 8, 8.0])
    yield entry("offset-null", "an offset of null", [URL, None, 8])
    yield entry("offset-true", "an offset of true", [URL, True, 8])
    yield entry("length-zero", "a length of 0", [URL, 8, 0])
    yield entry("length-short", "a length that is too short", [URL, 8, 4])
    yield entry("length-long", "a length that is too long", [URL, 8, 16])
    yield entry("past-end", "a range beyond the end of the file", [URL, 100000, 8])
    yield entry("over-end", "a range over the end of the file", [URL, 4092, 8])
    yield entry("length-4gib", "a length of 2^32", [URL, 8, 2**32])
    yield entry("offset-past-2-53", "an offset above 2^53", [URL, 2**53 + 1, 8])
    yield entry("not-there", "a file that is not there", [f"{EXAMPLE}not there", 8, 8])
    yield entry("url-null", "a url of null", [None, 8, 8])
    yield entry("url-number", "a url that is a number", [7, 8, 8])
    yield entry("url-empty", "an empty url", ["", 8, 8])
    yield entry("url-empty-zero", "an empty url, offset and length 0", ["", 0, 0], None)
    yield entry("url-relative", "a relative url", ["a.bin", 8, 8])
    spaced = version1(refs(chunks=CHUNKS | {"0.0": [f"{EXAMPLE}a b.bin", 8, 8]}))
    yield Document("entry-url-space", spaced, "a url with a space", {"a": A}, {"a b.bin": PATTERN})
    yield Document("entry-whole-file", version1(refs(chunks=CHUNKS | {"0.0": [f"{EXAMPLE}whole.bin"]})), "a reference to a whole file", {"a": A}, {"whole.bin": chunk.tobytes()})
    yield entry("inline-base64", "inline base64", inline(chunk))
    yield entry("inline-text", "inline text", chunk.tobytes().decode())
    yield entry("inline-empty", "an empty string", "", None)
    yield entry("inline-short", "inline data that are too short", inline(chunk[:3]))
    yield entry("inline-long", "inline data that are too long", inline(np.arange(8, dtype="<u2")))
    yield entry("base64-alphabet", "base64 with a character that it does not have", "base64:BAAFAAYAB*A=")
    yield entry("base64-padding", "base64 without its padding", "base64:BAAFAAYABwA")
    yield entry("base64-url-safe", "base64 of the alphabet for addresses", "base64:" + base64.urlsafe_b64encode(np.array([0xFFFE, 5, 6, 0xFBFF], "<u2").tobytes()).decode(), np.where(np.isin(A, [4, 7]), np.where(A == 4, 0xFFFE, 0xFBFF), A).astype("u2"))
    yield entry("base64-spaces", "base64 with a line break", "base64:BAAF\nAAYABwA=")
    yield entry("base64-capital", "BASE64: in capitals", "BASE64:BAAFAAYABwA=")
    yield entry("same-range", "the range of another chunk", [URL, 16, 8], None)
    yield entry("overlap", "a range that overlaps that of another chunk", [URL, 12, 8], None)
    yield one("entry-two-hosts", "targets of two protocols", refs(chunks=CHUNKS | {"0.0": [f"{LOCAL}a.bin", 8, 8]}))
    yield one("entry-local", "local targets", refs(chunks={key: [f"{LOCAL}a.bin", *rest] for key, (_, *rest) in CHUNKS.items()}))
    yield one("entry-unreachable-key", "a key that begins with a slash", refs(chunks={key: value for key, value in CHUNKS.items() if key != "0.0"}, **{"/a/0.0": [URL, 8, 8]}))
    yield one("entry-doubled-slash", "a key with two slashes", refs(chunks={key: value for key, value in CHUNKS.items() if key != "0.0"}, **{"a//0.0": [URL, 8, 8]}))
    yield one("entry-dot-segment", "a key with a dot as segment", refs(chunks={key: value for key, value in CHUNKS.items() if key != "0.0"}, **{"a/./0.0": [URL, 8, 8]}))


def of_templates() -> Iterator[Document]:
    def templated(name: str, about: str, url: str, templates: object, values: np.ndarray | None = A, **members: object) -> Document:
        return one(f"template-{name}", about, refs(chunks=CHUNKS | {"0.0": [url, 8, 8]}), values, templates=templates, **members)

    yield templated("simple", "{{u}}", "{{u}}", {"u": URL})
    yield templated("in-the-middle", "{{u}} with text behind", "{{u}}a.bin", {"u": EXAMPLE})
    yield templated("spaces", "{{ u }} with spaces", "{{ u }}", {"u": URL})
    yield templated("undefined", "a template that is not defined", "{{v}}", {"u": URL})
    yield templated("function", "a template that is called", "{{f(c='a')}}", {"f": EXAMPLE + "{{c}}.bin"})
    yield templated("filter", "a filter of Jinja", "{{u|lower}}", {"u": URL})
    yield templated("unused-function", "a template with arguments that none calls", URL, {"f": EXAMPLE + "{{c}}.bin"})
    yield templated("literal-brace", "a brace beside a template", "{{u}}{1}.bin", {"u": EXAMPLE})
    yield templated("brace-without-template", "a brace in a url without a template", EXAMPLE + "a{1}.bin", {"u": URL})
    yield templated("number", "a template that is a number", "{{u}}", {"u": 7})
    yield templated("null", "a template that is null", "{{u}}", {"u": None})
    yield templated("list", "templates as a list", "{{u}}", [URL])
    yield templated("unused-empty", "templates without any", URL, {})
    yield one("template-without-templates", "{{u}} in a file without templates", refs(chunks=CHUNKS | {"0.0": ["{{u}}", 8, 8]}))
    yield one("template-in-key", "{{u}} in a key", refs(chunks={**{key: value for key, value in CHUNKS.items() if key != "0.0"}, "{{u}}.0": [URL, 8, 8]}), A, templates={"u": "0"})
    yield Document("template-version0", version0(refs(chunks=CHUNKS | {"0.0": ["{{u}}", 8, 8]}) | {"templates": {"u": URL}}), "templates in version 0", {"a": A})

    def generated(name: str, about: str, values: np.ndarray | None = A, templates: object = None, **item: object) -> Document:
        whole = {"key": "a/0.{{i}}", "url": URL, "offset": "{{8 + i * 8}}", "length": "8", "dimensions": {"i": {"stop": 2}}} | item
        chunks = {key: value for key, value in CHUNKS.items() if not key.startswith("0")}
        members = {"gen": [{key: value for key, value in whole.items() if value is not ABSENT}]} | ({} if templates is None else {"templates": templates})
        return one(f"gen-{name}", about, refs(chunks=chunks), values, **members)

    yield generated("simple", "gen")
    yield generated("list", "gen over a list", dimensions={"i": [0, 1]})
    yield generated("start-and-step", "gen with start and step", dimensions={"i": {"start": 0, "stop": 2, "step": 1}})
    yield generated("negative-step", "gen with a negative step", dimensions={"i": {"start": 1, "stop": -1, "step": -1}})
    yield generated("step-zero", "gen with a step of 0", dimensions={"i": {"stop": 2, "step": 0}})
    yield generated("empty-range", "gen over an empty range", None, dimensions={"i": {"stop": 0}})
    yield generated("no-stop", "gen without stop", dimensions={"i": {"start": 0}})
    yield generated("no-dimensions", "gen without dimensions", dimensions=ABSENT)
    yield generated("no-length", "gen with an offset and no length", length=ABSENT)
    yield generated("number-length", "gen with a length that is a number", length=8)
    yield generated("floor-division", "gen with //", offset="{{8 + i * 16 // 2}}")
    yield generated("undefined", "gen with a name that is not defined", offset="{{8 + j * 8}}")
    yield generated("fraction", "gen with an offset that is a fraction", offset="{{8 + i * 8 / 2}}", values=A)
    yield generated("collision", "gen with a dimension that has the name of a template", templates={"i": "x"})
    yield one("gen-no-list", "gen that is an object", refs(), A, gen={})
    yield one("gen-empty", "gen that is empty", refs(), A, gen=[])
    yield one("gen-over-refs", "gen that makes a key that stands in refs", refs(), None, gen=[{"key": "a/0.{{i}}", "url": URL, "offset": "{{64 + i * 8}}", "length": "8", "dimensions": {"i": {"stop": 2}}}])


def of_zarray() -> Iterator[Document]:
    def field(name: str, about: str, values: np.ndarray | None = A, attributes: object = None, **fields: object) -> Document:
        return one(f"zarray-{name}", about, refs(zarray(**fields), attributes), values)

    both = {"_ARRAY_DIMENSIONS": ["y", "x"]}
    for name in ZARRAY:
        yield field(f"no-{name}".replace("_", "-"), f"no {name}", attributes=both, **{name: ABSENT})
    yield field("format-text", "zarr_format as text", zarr_format="2")
    yield field("format-3", "zarr_format 3", zarr_format=3)
    yield field("format-float", "zarr_format 2.0", zarr_format=2.0)
    yield field("format-true", "zarr_format true", zarr_format=True)
    yield field("unknown-field", "a field that zarr does not know", endian="little")
    yield field("shape-number", "a shape that is a number", attributes={"_ARRAY_DIMENSIONS": ["x"]}, shape=16, chunks=[4], values=None)
    yield field("shape-float", "a shape with 4.0", attributes=both, shape=[4.0, 4])
    yield field("shape-text", "a shape with text", attributes=both, shape=["4", 4])
    yield field("shape-list-as-text", "a shape that is a list in quotes", attributes=both, shape="[4, 4]")
    yield field("shape-digits", "a shape that is digits in quotes", attributes=both, shape="44")
    yield field("chunks-digits", "chunks that are digits in quotes", chunks="22")
    yield field("shape-null", "a shape of null", attributes=both, shape=None)
    yield field("chunks-null", "chunks of null", chunks=None)
    yield field("shape-negative", "a negative shape", attributes=both, shape=[-4, 4])
    yield field("shape-zero", "a shape with 0", np.zeros((0, 4), "u2"), shape=[0, 4], chunks=[1, 4])
    yield field("chunks-zero-of-zero", "a chunk of 0 along an axis of 0", np.zeros((0, 4), "u2"), shape=[0, 4], chunks=[0, 4])
    yield field("chunks-zero", "a chunk of 0", chunks=[0, 2])
    yield one("zarray-chunks-number", "chunks that are a number", refs(zarray(shape=[4], chunks=2), chunks={"0": [URL, 8, 4], "1": [URL, 12, 4]}), np.arange(4, 8, dtype="u2"))
    yield one("zarray-chunks-negative", "a negative chunk", refs(zarray(chunks=[-2, 2])))
    yield one("zarray-chunks-float", "a chunk of 2.0", refs(zarray(chunks=[2.0, 2])))
    yield one("zarray-chunks-fewer", "fewer chunk sides than axes", refs(zarray(chunks=[2])))
    yield one("zarray-chunks-more", "more chunk sides than axes", refs(zarray(chunks=[2, 2, 1])))
    yield one("zarray-chunks-larger", "a chunk that is larger than the array", refs(zarray(shape=[3, 3], chunks=[4, 4]), chunks={"0.0": [URL, 8, 32]}), (np.arange(16).reshape(4, 4)[:3, :3] + 4).astype("u2"))
    yield field("order-lower-case", "order c", order="c")
    yield field("order-k", "order K", order="K")
    yield field("order-null", "order null", order=None)
    yield field("order-f", "order F", np.array([[4, 6, 8, 10], [5, 7, 9, 11], [12, 14, 16, 18], [13, 15, 17, 19]], "u2"), order="F")
    yield field("separator-other", "dimension_separator _", dimension_separator="_")
    yield field("separator-null", "dimension_separator null", dimension_separator=None)
    yield one("zarray-separator-slash", "dimension_separator /", refs(zarray(dimension_separator="/"), chunks={key.replace(".", "/"): value for key, value in CHUNKS.items()}))
    yield one("zarray-separator-forgotten", "keys with slashes and no dimension_separator", refs(chunks={key.replace(".", "/"): value for key, value in CHUNKS.items()}))
    yield one("zarray-separator-other-keys", "keys with dots under dimension_separator /", refs(zarray(dimension_separator="/")))
    yield field("compressor-text", "a compressor as text", compressor="zlib")
    yield field("compressor-list", "a compressor as a list", compressor=[{"id": "zlib"}])
    yield field("compressor-no-id", "a compressor without id", compressor={"level": 1})
    yield field("compressor-empty", "a compressor that is an empty object", compressor={})
    yield field("compressor-false", "a compressor of false", compressor=False)
    yield field("filters-empty", "filters that are an empty list", filters=[])
    yield field("filters-object", "filters that are an object", filters={"id": "shuffle", "elementsize": 2})
    yield field("filters-text", "a filter as text", filters=["shuffle"])
    yield field("filters-no-id", "a filter without id", filters=[{"elementsize": 2}])
    yield one("zarray-scalar", "an array without axes", refs(zarray(shape=[], chunks=[]), chunks={"0": [URL, 8, 2]}), np.array(4, "u2"))
    yield one("zarray-empty-object", "an empty object as metadata", refs({}, both))


def of_types() -> Iterator[Document]:
    def typed(name: str, about: str, dtype: object, values: np.ndarray, shape: list | None = None, fill: object = 0, **fields: object) -> Document:
        shape = list(values.shape) if shape is None else shape
        array = zarray(shape=shape, chunks=shape, dtype=dtype, fill_value=fill, **fields)
        return chunked(f"type-{name}", about, array, values.tobytes(), values)

    two, four = np.array([1, 2, 3], "<u2"), np.array([1, 2.5, -3], "<f4")
    yield typed("no-order", "dtype u2, without byte order", "u2", two)
    yield typed("none-of-two-bytes", "dtype |u2", "|u2", two)
    yield typed("native", "dtype =u2", "=u2", two)
    yield typed("name", "dtype uint16", "uint16", two)
    yield typed("name-float", "dtype float32", "float32", four)
    yield typed("upper-case", "dtype <U2 for <u2", "<U2", np.array(["ab", "cd"], "<U2"), fill="")
    yield typed("little-byte", "dtype <u1", "<u1", np.array([1, 2, 3], "u1"))
    yield typed("big-byte", "dtype >u1", ">u1", np.array([1, 2, 3], "u1"))
    yield typed("big", "dtype >u2", ">u2", two.astype(">u2"))
    yield typed("of-3-bytes", "dtype <u3", "<u3", two)
    yield typed("of-16-bytes", "dtype <f16", "<f16", np.array([1, 2, 3], "<f8"))
    yield typed("number", "dtype that is a number", 2, two)
    yield typed("null", "dtype null", None, two)
    yield typed("empty", "dtype that is empty", "", two)
    yield typed("bool", "dtype |b1", "|b1", np.array([True, False, True]), fill=False)
    yield typed("bool-ordered", "dtype <b1", "<b1", np.array([True, False, True]), fill=False)
    yield typed("half", "dtype <f2", "<f2", np.array([1, 2.5, -3], "<f2"))
    yield typed("complex", "dtype <c8", "<c8", np.array([1 + 2j, 3], "<c8"), fill=None)
    yield typed("int64", "dtype <i8 beyond 2^53", "<i8", np.array([2**53 + 1, -5], "<i8"))
    yield typed("uint64", "dtype <u8 beyond 2^63", "<u8", np.array([2**63 + 1, 5], "<u8"))
    yield typed("time-without-unit", "dtype <M8 without a unit", "<M8", np.array([1, 2], "<i8"))
    yield typed("time", "dtype <M8[ns]", "<M8[ns]", np.array([1, 2], "<i8").view("<M8[ns]"))
    yield typed("time-of-10-us", "dtype <M8[10us]", "<M8[10us]", np.array([1, 2], "<i8").view("<M8[10us]"))
    yield typed("time-unit-unknown", "dtype <M8[fortnight]", "<M8[fortnight]", np.array([1, 2], "<i8"))
    yield typed("duration", "dtype <m8[s]", "<m8[s]", np.array([1, 2], "<i8").view("<m8[s]"))
    yield typed("bytes", "dtype |S3", "|S3", np.array([b"ab", b"cde"], "S3"), fill=None)
    yield typed("bytes-of-none", "dtype |S0", "|S0", np.array([b"", b""], "S"), fill=None)
    yield typed("text", "dtype <U2", "<U2", np.array(["ab", "cd"], "<U2"), fill="")
    yield typed("void", "dtype |V2", "|V2", np.array([1, 2], "<u2").view("V2"), fill=None)
    structured = np.array([(1, 2.5), (3, 4.5)], [("a", "<u2"), ("b", "<f4")])
    yield typed("structured", "a structured dtype", [["a", "<u2"], ["b", "<f4"]], structured, fill=None)
    yield typed("structured-twice", "a structured dtype with one name twice", [["a", "<u2"], ["a", "<f4"]], structured, fill=None)
    yield typed("structured-unnamed", "a structured dtype without a name", [["", "<u2"], ["b", "<f4"]], structured, fill=None)
    yield typed("structured-short", "a field without a type", [["a"], ["b", "<f4"]], structured, fill=None)
    texts = np.array(["one", "two"], object)
    packed = numcodecs.VLenUTF8().encode(texts)
    objects = zarray(shape=[2], chunks=[2], dtype="|O", fill_value="", filters=[{"id": "vlen-utf8"}])
    yield chunked("type-object", "dtype |O with vlen-utf8", objects, bytes(packed), texts)
    yield chunked("type-object-bare", "dtype |O without an object codec", objects | {"filters": None}, bytes(packed), texts)
    yield chunked("type-object-compressor", "dtype |O with its codec as compressor", objects | {"filters": None, "compressor": {"id": "vlen-utf8"}}, bytes(packed), texts)
    yield chunked("type-object-pickle", "dtype |O with pickle", objects | {"filters": [{"id": "pickle"}]}, numcodecs.Pickle().encode(texts), texts)
    yield chunked("type-object-json", "dtype |O with json2", objects | {"filters": [{"id": "json2"}]}, bytes(numcodecs.JSON().encode(texts)), texts)


def of_fill_values() -> Iterator[Document]:
    def filled(name: str, about: str, dtype: str, fill: object, wanted: object, stored: object = (1, 2)) -> Document:
        """Two chunks of two values, the second absent; `wanted` is what its values are meant to be."""
        kind = np.dtype(dtype)
        values = np.array([*stored, wanted, wanted], kind) if wanted is not None else None
        array = zarray(shape=[4], chunks=[2], dtype=dtype, fill_value=fill)
        return chunked(f"fill-{name}", about, array, np.array(stored, kind).tobytes(), values)

    nan = float("nan")
    yield filled("nan", 'fill_value "NaN"', "<f4", "NaN", nan)
    yield filled("infinity", 'fill_value "-Infinity"', "<f4", "-Infinity", -np.inf)
    yield filled("nan-lower-case", 'fill_value "nan"', "<f4", "nan", nan)
    yield filled("infinity-short", 'fill_value "inf"', "<f4", "inf", np.inf)
    yield filled("infinity-plus", 'fill_value "+Infinity"', "<f4", "+Infinity", np.inf)
    yield filled("float-text", 'fill_value "1.5"', "<f4", "1.5", 1.5)
    yield filled("float-word", 'fill_value "none"', "<f4", "none", nan)
    yield filled("float-true", "fill_value true for <f4", "<f4", True, 1)
    yield filled("float-list", "fill_value [1.5] for <f4", "<f4", [1.5], 1.5)
    yield filled("float-too-large", "fill_value 1e39 for <f4", "<f4", 1e39, np.inf)
    yield filled("float-rounded", "fill_value 1e37 for <f4", "<f4", 1e37, 1e37)
    yield filled("negative-of-unsigned", "fill_value -9999 for <u2", "<u2", -9999, 0)
    yield filled("too-large", "fill_value 70000 for <u2", "<u2", 70000, 0)
    yield filled("too-large-int64", "fill_value 2^63 for <i8", "<i8", 2**63, 0)
    yield filled("beyond-2-53", "fill_value 2^62 + 1 for <i8", "<i8", 2**62 + 1, 2**62 + 1)
    yield filled("nan-of-integer", 'fill_value "NaN" for <u2', "<u2", "NaN", 0)
    yield filled("float-of-integer", "fill_value 7.0 for <u2", "<u2", 7.0, 7)
    yield filled("fraction-of-integer", "fill_value 7.5 for <u2", "<u2", 7.5, 7)
    yield filled("text-of-integer", 'fill_value "7" for <u2', "<u2", "7", 7)
    yield filled("true-of-integer", "fill_value true for <u2", "<u2", True, 1)
    yield filled("empty-text-of-integer", 'fill_value "" for <u2', "<u2", "", 0)
    yield filled("null", "fill_value null with an absent chunk", "<u2", None, None)
    yield filled("number-of-bool", "fill_value 1 for |b1", "|b1", 1, True, (True, False))
    yield filled("text-of-bool", 'fill_value "true" for |b1', "|b1", "true", True, (True, False))
    yield filled("not-a-time", 'fill_value "NaT" for <M8[ns]', "<M8[ns]", "NaT", "NaT")
    yield filled("time-number", "fill_value 0 for <M8[ns]", "<M8[ns]", 0, 0)
    yield filled("time-text", 'fill_value "1970-01-02" for <M8[D]', "<M8[D]", "1970-01-02", 1)
    yield filled("bytes-base64", "fill_value of |S2 as base64", "|S2", "YWI=", b"ab", (b"cd", b"ef"))
    yield filled("bytes-plain", "fill_value of |S2 as plain text", "|S2", "a!", b"a!", (b"cd", b"ef"))
    yield filled("bytes-number", "fill_value 0 for |S2", "|S2", 0, b"", (b"cd", b"ef"))
    yield filled("bytes-long", "fill_value of |S2 with 3 bytes", "|S2", "YWJj", b"ab", (b"cd", b"ef"))
    yield filled("text", "fill_value of <U2", "<U2", "ab", "ab", ("cd", "ef"))
    yield filled("text-number", "fill_value 0 for <U2", "<U2", 0, "", ("cd", "ef"))
    yield filled("complex", "fill_value [1, 2] for <c8", "<c8", [1, 2], 1 + 2j)
    yield filled("complex-number", "fill_value 1 for <c8", "<c8", 1, 1)
    yield filled("complex-text", 'fill_value ["NaN", "NaN"] for <c8', "<c8", ["NaN", "NaN"], complex(nan, nan))


def of_keys() -> Iterator[Document]:
    without = {key: value for key, value in CHUNKS.items() if key != "1.1"}

    def keyed(name: str, about: str, key: str, values: np.ndarray | None = A) -> Document:
        return one(f"key-{name}", about, refs(chunks={**without, key: [URL, 32, 8]}), values)

    absent = A.copy()
    absent[2:, 2:] = 0
    yield one("key-absent", "a chunk that is not there", refs(chunks=without), absent)
    yield keyed("leading-zero", "a key with a leading zero", "01.1")
    yield keyed("sign", "a key with a sign", "+1.1")
    yield keyed("fewer", "a key with fewer indices", "3")
    yield keyed("more", "a key with more indices", "1.1.0")
    yield keyed("comma", "a key with a comma", "1,1")
    yield keyed("beyond", "a key beyond the grid", "2.1", absent)
    yield keyed("space", "a key with a space", "1. 1")
    yield one("key-scalar-c", "an array without axes with the key c", refs(zarray(shape=[], chunks=[]), chunks={"c": [URL, 8, 2]}), np.array(4, "u2"))
    yield one("key-v3-of-v2", "keys c/0/0 in a zarr v2 array", refs(chunks={f"c/{key.replace('.', '/')}": value for key, value in CHUNKS.items()}))
    yield from of_stray_keys()
    spaced = refs()
    yield Document("key-array-with-space", version1({key.replace("a/", "my array/"): value for key, value in spaced.items()}), "an array whose name has a space", {"my array": A})
    yield Document("key-array-not-ascii", version1({key.replace("a/", "höhe/"): value for key, value in spaced.items()}), "an array whose name is not ASCII", {"höhe": A})
    yield Document("key-array-percent", version1({key.replace("a/", "a%20b/"): value for key, value in spaced.items()}), "an array whose name has a percent sign", {"a%20b": A})


def of_stray_keys() -> Iterator[Document]:
    """Keys that no reader asks for: beside all chunks of the grid, which are read all the same, and in place of what is missing."""
    for name, about, key, value in (
        ("fewer-beside", "a key with fewer indices beside all chunks", "a/0", [URL, 8, 8]),
        ("more-beside", "a key with more indices beside all chunks", "a/0.0.0", [URL, 8, 8]),
        ("zero-beside", "a key with a leading zero beside all chunks", "a/0.00", [URL, 8, 8]),
        ("separator-beside", "a key with the other separator beside all chunks", "a/0/0", [URL, 8, 8]),
        ("zatrs-beside", "a/.zatrs beside all chunks", "a/.zatrs", "{}"),
        ("file-beside", "a text below an array", "a/notes.txt", "made by hand"),
        ("slash-beside", "a key that begins with a slash beside all chunks", "/a/0.0", [URL, 8, 8]),
        ("root-zatrs", ".zatrs at the root", ".zatrs", "{}"),
        ("root-file", "a text at the root", "notes.txt", "made by hand"),
        ("group-file", "a text below a path that is no array", "notes/a.txt", "made by hand"),
        ("orphan-chunk", "a chunk where no array is", "u/0.0", [URL, 8, 8]),
        ("orphan-attributes", "attributes where no array is", "u/.zattrs", "{}"),
        ("nczarr", "the key of NCZarr for an array", "a/.nczarray", "{}"),
    ):
        yield one(f"key-{name}", about, refs(**{key: value}))
    lost = {key: value for key, value in refs().items() if key != "a/.zarray"}
    for name in (".zarry", ".ZARRAY", "zarray"):
        yield one(f"key-lost-{name.strip('.')}", f"a/{name} in place of a/.zarray", lost | {f"a/{name}": json.dumps(ZARRAY)})
    yield one("key-lost-metadata", "chunks and attributes without .zarray", lost)
    yield one("key-backslash", "a key with a backslash", {key.replace("a/0.1", "a\\0.1"): value for key, value in refs().items()})


def of_attributes() -> Iterator[Document]:
    def described(name: str, about: str, attributes: object, values: np.ndarray | None = A, array: dict | None = None, **more: object) -> Document:
        return one(f"attributes-{name}", about, refs(array, attributes, **more), values)

    names = {"_ARRAY_DIMENSIONS": ["y", "x"]}
    b = {"b/.zarray": zarray(shape=[3], chunks=[3]), "b/0": [URL, 8, 6]}
    yield described("none", "no attributes", ABSENT)
    yield described("no-dimensions", "attributes without _ARRAY_DIMENSIONS", {"units": "1"})
    yield described("fewer-dimensions", "fewer dimension names than axes", {"_ARRAY_DIMENSIONS": ["y"]})
    yield described("more-dimensions", "more dimension names than axes", {"_ARRAY_DIMENSIONS": ["y", "x", "z"]})
    yield described("dimension-null", "a dimension name of null", {"_ARRAY_DIMENSIONS": ["y", None]})
    yield described("dimension-empty", "a dimension name that is empty", {"_ARRAY_DIMENSIONS": ["y", ""]})
    yield described("dimension-number", "a dimension name that is a number", {"_ARRAY_DIMENSIONS": ["y", 1]})
    yield described("dimension-twice", "one dimension name twice", {"_ARRAY_DIMENSIONS": ["y", "y"]})
    yield described("dimensions-text", "_ARRAY_DIMENSIONS as text", {"_ARRAY_DIMENSIONS": "yx"})
    yield described("sizes-differ", "two arrays that differ in the size of a dimension", names, **b, **{"b/.zattrs": {"_ARRAY_DIMENSIONS": ["y"]}})
    yield described("sizes-agree", "two arrays with dimensions of their own", names, **b, **{"b/.zattrs": {"_ARRAY_DIMENSIONS": ["z"]}})
    yield described("scale-text", "scale_factor as text", names | {"scale_factor": "0.5"})
    yield described("offset-text", "add_offset as text", names | {"add_offset": "1"})
    yield described("scale-list", "scale_factor as a list of one", names | {"scale_factor": [0.5]})
    yield described("scale-null", "scale_factor null", names | {"scale_factor": None})
    yield described("scale", "scale_factor 0.5", names | {"scale_factor": 0.5})
    yield described("fill-text", "_FillValue as text", names | {"_FillValue": "0"})
    yield described("fill-out-of-range", "_FillValue -9999 of <u2", names | {"_FillValue": -9999})
    yield described("fill-conflict", "_FillValue 1 and fill_value 0", names | {"_FillValue": 1})
    yield described("missing-value-text", "missing_value as text", names | {"missing_value": "none"})
    yield described("units-time-wrong", "units that are no time", names | {"units": "days since yesterday"})
    yield described("units-time", "units of a time", names | {"units": "days since 2000-01-01", "calendar": "standard"})
    yield described("calendar-unknown", "a calendar that is not known", names | {"units": "days since 2000-01-01", "calendar": "mine"})
    yield described("grid-mapping-missing", "a grid_mapping that is not there", names | {"grid_mapping": "crs"})
    yield described("coordinates-missing", "coordinates that are not there", names | {"coordinates": "lat lon"})
    yield described("coordinates-list", "coordinates as a list", names | {"coordinates": ["lat"]})
    x = {"x/.zarray": zarray(shape=[4], chunks=[4], dtype="<f8"), "x/.zattrs": {"_ARRAY_DIMENSIONS": ["x"]}}
    yield described("coordinate-not-sorted", "a coordinate that goes up and down", names, **x, **{"x/0": inline(np.array([0, 2, 1, 3], "<f8"))})
    yield described("coordinate-constant", "a coordinate with one value twice", names, **x, **{"x/0": inline(np.array([0, 1, 1, 3], "<f8"))})


def of_hierarchy() -> Iterator[Document]:
    both = {"_ARRAY_DIMENSIONS": ["y", "x"]}
    root = {".zarray": json.dumps(ZARRAY), ".zattrs": json.dumps(both), **CHUNKS}
    yield Document("hierarchy-root-array", version1(root), "the array at the root", {"": A})
    yield Document("hierarchy-no-group", version1(refs(**{".zgroup": ABSENT})), "no .zgroup", {"a": A})
    yield Document("hierarchy-group-and-array", version1(refs(**{"a/.zgroup": {"zarr_format": 2}})), ".zgroup and .zarray at one path", {"a": A})
    below = {f"g/{key}" if key != ".zgroup" else key: value for key, value in refs().items()}
    yield Document("hierarchy-group", version1(below | {"g/.zgroup": json.dumps({"zarr_format": 2})}), "an array in a group", {"g/a": A})
    yield Document("hierarchy-group-implied", version1(below), "an array in a group without .zgroup", {"g/a": A})
    yield Document("hierarchy-array-in-array", version1(refs(**{f"a/b{key[1:]}": value for key, value in refs().items() if key != ".zgroup"})), "an array inside an array", {"a": A, "a/b": A})
    for name, group in (("extra", {"zarr_format": 2, "name": "x"}), ("format-text", {"zarr_format": "2"}), ("format-3", {"zarr_format": 3}), ("empty", {})):
        yield one(f"hierarchy-zgroup-{name}", f".zgroup {json.dumps(group)}", refs(**{".zgroup": group}))
    consolidated = {"zarr_consolidated_format": 1, "metadata": {".zgroup": {"zarr_format": 2}, "a/.zarray": ZARRAY, "a/.zattrs": both}}
    yield one("hierarchy-consolidated", ".zmetadata", refs(**{".zmetadata": consolidated}))
    stale = consolidated | {"metadata": consolidated["metadata"] | {"a/.zarray": zarray(shape=[2, 4])}}
    yield one("hierarchy-consolidated-stale", ".zmetadata with another shape", refs(**{".zmetadata": stale}))
    yield one("hierarchy-consolidated-format", ".zmetadata of format 2", refs(**{".zmetadata": consolidated | {"zarr_consolidated_format": 2}}))
    yield one("hierarchy-consolidated-empty", ".zmetadata that is empty", refs(**{".zmetadata": {}}))
    yield one("hierarchy-two-formats", "zarr.json of a group beside .zgroup", refs(**{"zarr.json": {"zarr_format": 3, "node_type": "group"}}))
    yield Document("hierarchy-no-metadata", version1({".zgroup": json.dumps({"zarr_format": 2}), **{f"a/{key}": value for key, value in CHUNKS.items()}}), "chunks of an array without .zarray", {})


def of_codecs() -> Iterator[Document]:
    """Every codec of numcodecs and some of imagecodecs and kerchunk, over 4 x 4 numbers; then chains that cannot be."""
    values = np.arange(16, dtype="<u2").reshape(4, 4)

    def coded(name: str, about: str, chunk: bytes, wanted: np.ndarray = values, **fields: object) -> Document:
        return chunked(f"codec-{name}", about, zarray(chunks=[4, 4], **fields), chunk, wanted)

    def packed(array: np.ndarray, *configs: dict) -> bytes:
        found: object = array
        for config in configs:
            found = numcodecs.get_codec(dict(config)).encode(found)
        return found.tobytes() if isinstance(found, np.ndarray) else bytes(found)

    for config in (
        {"id": "zlib", "level": 1},
        {"id": "gzip", "level": 1},
        {"id": "bz2", "level": 1},
        {"id": "lzma", "format": 1, "check": -1, "preset": None, "filters": None},
        {"id": "lz4", "acceleration": 1},
        {"id": "zstd", "level": 1},
        {"id": "blosc", "cname": "lz4", "clevel": 5, "shuffle": 1, "blocksize": 0},
        {"id": "shuffle", "elementsize": 2},
        {"id": "crc32"},
        {"id": "crc32c"},
        {"id": "adler32"},
        {"id": "fletcher32"},
        {"id": "jenkins_lookup3", "initval": 0},
        {"id": "base64"},
        {"id": "pcodec"},
        {"id": "imagecodecs_zlib"},
        {"id": "imagecodecs_zstd"},
        {"id": "imagecodecs_deflate"},
    ):
        try:
            chunk = packed(values, config)
        except Exception:  # noqa: BLE001, S112  a codec whose library this environment does not have
            continue
        yield coded(config["id"], f"compressor {config['id']}", chunk, compressor=config)
        if config["id"] in ("zlib", "shuffle", "fletcher32", "zstd", "crc32"):
            yield coded(f"{config['id']}-filter", f"{config['id']} as filter", chunk, filters=[config])
    delta = {"id": "delta", "dtype": "<u2", "astype": "<u2"}
    narrow = {"id": "delta", "dtype": "<u2", "astype": "|u1"}
    yield coded("delta", "filter delta", packed(values, delta), filters=[delta])
    yield coded("delta-narrow", "filter delta that stores u1", packed(values, narrow), filters=[narrow])
    yield coded("delta-no-astype", "filter delta without astype", packed(values, delta), filters=[{"id": "delta", "dtype": "<u2"}])
    yield coded("delta-no-dtype", "filter delta without dtype", packed(values, delta), filters=[{"id": "delta"}])
    floats = values.astype("<f4") * 0.5
    scale = {"id": "fixedscaleoffset", "offset": 0, "scale": 2, "dtype": "<f4", "astype": "<u2"}
    yield coded("fixedscaleoffset", "filter fixedscaleoffset", packed(floats, scale), floats, dtype="<f4", filters=[scale])
    yield coded("fixedscaleoffset-zero", "filter fixedscaleoffset with a scale of 0", packed(floats, scale), floats, dtype="<f4", filters=[scale | {"scale": 0}])
    yield coded("fixedscaleoffset-text", "filter fixedscaleoffset with a scale as text", packed(floats, scale), floats, dtype="<f4", filters=[scale | {"scale": "2"}])
    for config in ({"id": "quantize", "digits": 1, "dtype": "<f4", "astype": "<f4"}, {"id": "bitround", "keepbits": 10}):
        yield coded(config["id"], f"filter {config['id']}", packed(floats, config), floats, dtype="<f4", filters=[config])
    astype = {"id": "astype", "encode_dtype": "<f4", "decode_dtype": "<u2"}
    yield coded("astype", "filter astype", packed(values, astype), filters=[astype])
    flags = values % 2 == 1
    yield coded("packbits", "filter packbits", packed(flags, {"id": "packbits"}), flags, dtype="|b1", fill_value=False, filters=[{"id": "packbits"}])
    labels = np.array([["a", "b"] * 2] * 4, object)
    chain = [{"id": "categorize", "labels": ["a", "b"], "dtype": "|O", "astype": "|u1"}]
    yield coded("categorize", "filter categorize", packed(labels, *chain), labels, dtype="|O", fill_value="", filters=chain)
    predictor = {"id": "imagecodecs_delta", "axis": -1, "dist": 1, "shape": [4, 4], "dtype": "<u2"}
    import imagecodecs.numcodecs

    imagecodecs.numcodecs.register_codecs(verbose=False)
    yield coded("imagecodecs-delta", "filter imagecodecs_delta", packed(values, predictor), filters=[predictor])
    yield coded("two-filters", "shuffle, then zlib, as filters", packed(values, {"id": "shuffle", "elementsize": 2}, {"id": "zlib", "level": 1}), filters=[{"id": "shuffle", "elementsize": 2}, {"id": "zlib", "level": 1}])
    deflated = packed(values, {"id": "zlib", "level": 1})
    yield coded("unknown", "a codec that nobody has", deflated, compressor={"id": "zlip"})
    yield coded("capital", "ZLIB in capitals", deflated, compressor={"id": "ZLIB"})
    yield coded("numcodecs-prefix", "numcodecs.zlib in zarr v2", deflated, compressor={"id": "numcodecs.zlib"})
    yield coded("unknown-option", "zlib with an option that it does not have", deflated, compressor={"id": "zlib", "speed": 1})
    yield coded("level-text", "zlib with its level as text", deflated, compressor={"id": "zlib", "level": "1"})
    yield coded("not-compressed", "compressor zlib over bytes that are not compressed", values.tobytes(), compressor={"id": "zlib", "level": 1})
    yield coded("compressed-anyway", "no compressor over bytes that are compressed", deflated)
    yield coded("kerchunk-grib", "kerchunk's grib", deflated, compressor={"id": "grib", "var": "t", "dtype": "u2"})
    record = np.array([(number, -number) for number in range(16)], [("x", "<u2"), ("y", "<i4")])
    member = {"id": "record_member", "member": "x", "dtype": [["x", "<u2"], ["y", "<i4"]]}
    yield coded("kerchunk-record_member", "kerchunk's record_member", record.tobytes(), filters=[member])
    named = member | {"dtype": {"names": ["x", "y"], "formats": ["<u2", "<i4"]}}
    yield coded("kerchunk-record_member-named", "kerchunk's record_member with names and formats", record.tobytes(), filters=[named])
    yield coded("kerchunk-deflate", "kerchunk's deflate", zip_member(values.tobytes()), compressor={"id": "deflate"})
    names = np.array([["ab", "c"] * 2] * 4, "S2")
    filled = np.array([["", ""] * 2] * 4, object)
    yield coded("kerchunk-fill_hdf_strings", "kerchunk's fill_hdf_strings", names.tobytes(), filled, dtype="|O", fill_value=None, filters=[{"id": "fill_hdf_strings", "dtype": "|S2", "id_map": ""}])
    yield coded("own-tiff", "a codec of this project's viewer", deflated, compressor={"id": "kerchunk_tiff_lzw"})
    yield coded("chain-type", "delta whose dtype is not the array's", packed(values, delta), filters=[delta | {"dtype": "<u4", "astype": "<u4"}])
    yield coded("chain-order", "zlib, then delta, as filters", packed(values, delta, {"id": "zlib", "level": 1}), filters=[{"id": "zlib", "level": 1}, delta])
    yield coded("shuffle-text", "shuffle with its elementsize as text", packed(values, {"id": "shuffle", "elementsize": 2}), filters=[{"id": "shuffle", "elementsize": "2"}])
    yield coded("shuffle-other-size", "shuffle of another element size", packed(values, {"id": "shuffle", "elementsize": 2}), filters=[{"id": "shuffle", "elementsize": 4}])
    yield coded("blosc-shuffle-text", "blosc with its shuffle as text", packed(values, {"id": "blosc"}), compressor={"id": "blosc", "cname": "lz4", "clevel": 5, "shuffle": "shuffle"})


def zip_member(data: bytes) -> bytes:
    """A deflated member of a zip, with the local file header before it."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/0.0", data)
    return whole.getvalue()[: zipfile.sizeFileHeader + len("a/0.0") + archive.getinfo("a/0.0").compress_size]


def of_zarr3() -> Iterator[Document]:
    group = json.dumps({"zarr_format": 3, "node_type": "group"})
    array = {
        "zarr_format": 3,
        "node_type": "array",
        "shape": [4, 4],
        "data_type": "uint16",
        "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [2, 2]}},
        "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}},
        "fill_value": 0,
        "codecs": [{"name": "bytes", "configuration": {"endian": "little"}}],
        "dimension_names": ["y", "x"],
        "attributes": {},
    }
    chunks = {f"a/c/{key.replace('.', '/')}": value for key, value in CHUNKS.items()}

    def three(name: str, about: str, keys: dict = chunks, values: np.ndarray | None = A, **fields: object) -> Document:
        told = {member: value for member, value in (array | fields).items() if value is not ABSENT}
        return one(f"v3-{name}", about, {"zarr.json": group, "a/zarr.json": json.dumps(told), **keys}, values)

    def bytes_then(*codecs: object) -> list:
        return [{"name": "bytes", "configuration": {"endian": "little"}}, *codecs]

    yield three("good", "zarr v3")
    for name in ("zarr_format", "node_type", "shape", "data_type", "chunk_grid", "chunk_key_encoding", "fill_value", "codecs", "dimension_names", "attributes"):
        yield three(f"no-{name}".replace("_", "-"), f"no {name}", **{name: ABSENT})
    yield three("format-text", "zarr_format as text", zarr_format="3")
    yield three("unknown-member", "a member that zarr does not know", extra=1)
    yield three("unknown-member-ignorable", "one that need not be understood", extra={"name": "x", "must_understand": False})
    yield three("type-v2", "data_type <u2", data_type="<u2")
    yield three("fill-null", "fill_value null", fill_value=None)
    yield three("fill-float", "fill_value 0.0 of uint16", fill_value=0.0)
    yield three("fill-too-large", "fill_value 70000 of uint16", fill_value=70000)
    yield three("fill-text", 'fill_value "0" of uint16', fill_value="0")
    yield three("chunk-shape-zero", "a chunk of 0", chunk_grid={"name": "regular", "configuration": {"chunk_shape": [0, 2]}})
    yield three("chunk-shape-fewer", "fewer chunk sides than axes", chunk_grid={"name": "regular", "configuration": {"chunk_shape": [2]}})
    yield three("chunk-grid-unknown", "a grid that is not known", chunk_grid={"name": "irregular", "configuration": {"chunk_shape": [2, 2]}})
    yield three("keys-of-v2", "keys 0.0 under the default encoding", keys={f"a/{key}": value for key, value in CHUNKS.items()})
    yield three("key-fewer-beside", "a key with fewer indices beside all chunks", keys={**chunks, "a/c/9": [URL, 8, 8]})
    yield three("file-beside", "a text below an array", keys={**chunks, "a/notes.txt": "made by hand"})
    yield three("both-versions", ".zarray beside zarr.json, and keys of zarr v3", keys={**chunks, "a/.zarray": json.dumps(ZARRAY)})
    yield three("encoding-v2", "encoding v2", keys={f"a/{key}": value for key, value in CHUNKS.items()}, chunk_key_encoding={"name": "v2", "configuration": {"separator": "."}})
    yield three("encoding-dot", "separator . of the default encoding", keys={f"a/c.{key}": value for key, value in CHUNKS.items()}, chunk_key_encoding={"name": "default", "configuration": {"separator": "."}})
    yield three("separator-other", "separator _", chunk_key_encoding={"name": "default", "configuration": {"separator": "_"}})
    yield three("codecs-empty", "no codecs", codecs=[])
    yield three("bytes-no-endian", "bytes without endian", codecs=[{"name": "bytes"}])
    yield three("bytes-name-only", "bytes as a name alone", codecs=["bytes"], data_type="uint8", values=None)
    yield three("two-array-to-bytes", "bytes twice", codecs=bytes_then({"name": "bytes", "configuration": {"endian": "little"}}))
    yield three("codec-unknown", "a codec that is not known", codecs=bytes_then({"name": "gzipp", "configuration": {"level": 1}}))
    yield three("transpose-text", "transpose with order C", codecs=[{"name": "transpose", "configuration": {"order": "C"}}, *bytes_then()])
    yield three("names-fewer", "fewer dimension names than axes", dimension_names=["y"])
    yield three("names-null", "a dimension name of null", dimension_names=["y", None])
    yield three("transformers", "storage_transformers", storage_transformers=[{"name": "x", "configuration": {}}])
    yield three("transformers-empty", "storage_transformers that are empty", storage_transformers=[])
    yield three("attributes-list", "attributes that are a list", attributes=[])
    yield Document("v3-group-missing", version1({"a/zarr.json": json.dumps(array), **chunks}), "no zarr.json at the root", {"a": A})
    def of_chunk(name: str, about: str, values: np.ndarray, chunk: bytes, **fields: object) -> Document:
        whole = {"name": "regular", "configuration": {"chunk_shape": list(values.shape)}}
        told = array | {"shape": list(values.shape), "data_type": values.dtype.name, "chunk_grid": whole, "dimension_names": ["y", "x", "z"][: values.ndim]} | fields
        entries = {"zarr.json": group, "a/zarr.json": json.dumps(told), f"a/c/{'/'.join('0' * values.ndim)}": [f"{EXAMPLE}chunk.bin", 0, len(chunk)]}
        return Document(f"v3-{name}", version1(entries), about, {"a": values}, {"chunk.bin": chunk})

    deflated = gzip.compress(A.tobytes())
    yield of_chunk("order", "gzip before bytes", A, deflated, codecs=[{"name": "gzip", "configuration": {"level": 1}}, *bytes_then()])
    yield of_chunk("gzip-level", "gzip of level 10", A, deflated, codecs=bytes_then({"name": "gzip", "configuration": {"level": 10}}))
    for name, values, codecs, chunk in zarr3_codecs():
        yield of_chunk(f"codec-{name}", f"zarr v3, codec {name}", values, chunk, codecs=codecs)
    for name, values in zarr3_types().items():
        texts = np.array([str(item) for item in values.ravel()], object)
        chunk = numcodecs.VLenUTF8().encode(texts) if name == "string" else values.tobytes()
        codecs = [{"name": "vlen-utf8"}] if name == "string" else bytes_then()
        fill = {"bool": False, "string": "", "complex64": [0, 0], "complex128": [0, 0], "r16": [0, 0]}.get(name, 0)
        data_type = {"datetime64": {"name": "numpy.datetime64", "configuration": {"unit": "s", "scale_factor": 1}}}.get(name, name)
        yield of_chunk(f"type-{name}", f"zarr v3, data type {name}", values, chunk, codecs=codecs, data_type=data_type, fill_value=fill)
    floats = np.arange(4, dtype="<f4").reshape(2, 2)
    for name, fill in {"nan": "NaN", "infinity": "-Infinity", "hexadecimal": "0x7fc00000", "number": -9999}.items():
        yield of_chunk(f"fill-{name}", f"zarr v3, fill value {fill} of float32", floats, floats.tobytes(), fill_value=fill)


def zarr3_types() -> dict[str, np.ndarray]:
    numbers = {name: np.arange(4, dtype=name).reshape(2, 2) for name in ("int8", "uint8", "int16", "int32", "uint32", "int64", "uint64", "float16", "float64", "complex64", "complex128")}
    return numbers | {
        "bool": np.array([[True, False], [False, True]]),
        "string": np.array([["one", "two"], ["three", "four"]], object),
        "r16": np.arange(4, dtype="<u2").view("V2").reshape(2, 2),
        "datetime64": np.arange(4).astype("<M8[s]").reshape(2, 2),
    }


def zarr3_codecs() -> Iterator[tuple[str, np.ndarray, list, bytes]]:
    """Codecs of zarr v3: a name for each, the values of an array of one chunk, its `codecs`, and the chunk as stored."""
    import imagecodecs
    import zarr

    values = np.add.outer(np.arange(16) * 7, np.arange(16)).astype("<u2")
    small, floats = values.astype("u1"), values.astype("<f4") / 4
    pixels = np.stack([small, small + 1, small * 2], axis=-1)
    plain, big = {"name": "bytes", "configuration": {"endian": "little"}}, {"name": "bytes", "configuration": {"endian": "big"}}

    def named(name: str, **configuration: object) -> dict:
        return {"name": name, "configuration": configuration} if configuration else {"name": name}

    def by_zarr(codec: dict, array: np.ndarray = values) -> tuple[list, bytes]:
        """The chain around a codec and the chunk, as zarr-python itself writes them."""
        of_values = codec["name"] in ("transpose", *(f"numcodecs.{name}" for name in ("delta", "bitround", "fixedscaleoffset", "quantize", "packbits", "astype")))
        to_bytes = codec["name"] in ("sharding_indexed", "numcodecs.pcodec", "numcodecs.zfpy")
        store = {}
        parts = {"filters": [codec]} if of_values else {"serializer": codec} if to_bytes else {"compressors": [codec]}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made = zarr.create_array(zarr.storage.MemoryStore(store), shape=array.shape, chunks=array.shape, dtype=array.dtype, zarr_format=3, fill_value=0, **({"compressors": []} | parts))
            made[...] = array
        key = f"c/{'/'.join('0' * array.ndim)}"
        return json.loads(store["zarr.json"].to_bytes())["codecs"], store[key].to_bytes()

    yield "bytes-big", values, [big], values.astype(">u2").tobytes()
    core = [named("transpose", order=[1, 0]), named("gzip", level=1), named("zstd", level=1, checksum=False), named("crc32c")]
    core += [named("blosc", cname="lz4", clevel=5, shuffle="shuffle", typesize=2, blocksize=0)]
    core += [named("sharding_indexed", chunk_shape=[8, 8], codecs=[plain], index_codecs=[plain, named("crc32c")], index_location="end")]
    core += [named(f"numcodecs.{name}", **told) for name, told in {"zlib": {"level": 1}, "gzip": {"level": 1}, "zstd": {"level": 1}, "lz4": {"acceleration": 1}, "bz2": {"level": 1}, "lzma": {"preset": 1}, "blosc": {"cname": "lz4", "clevel": 5}, "shuffle": {"elementsize": 2}, "crc32": {}, "adler32": {}, "fletcher32": {}, "jenkins_lookup3": {}, "delta": {"dtype": "<u2"}, "fixedscaleoffset": {"dtype": "<u2", "astype": "<u2", "scale": 1, "offset": 0}, "astype": {"encode_dtype": "<u4", "decode_dtype": "<u2"}}.items()]
    for codec in core:
        codec.setdefault("configuration", {}) if codec["name"].startswith("numcodecs.") else None
        try:
            codecs, chunk = by_zarr(codec)
        except ModuleNotFoundError:
            continue
        yield codec["name"].removeprefix("numcodecs.") if not codec["name"].startswith("numcodecs.") else codec["name"], values, codecs, chunk
    for name in ("quantize", "bitround"):
        told = {"digits": 4, "dtype": "<f4"} if name == "quantize" else {"keepbits": 20}
        yield f"numcodecs.{name}", floats, *by_zarr({"name": f"numcodecs.{name}", "configuration": told}, floats)

    summed = np.diff(values, axis=-1, prepend=np.zeros((16, 1), "<u2"))
    yield "imagecodecs_delta", values, [named("imagecodecs_delta", axis=-1, dist=1), plain], summed.tobytes()
    yield "HorizontalDeltaCodec", values, [named("HorizontalDeltaCodec"), plain], summed.tobytes()
    yield "virtual_tiff.HorizontalDeltaCodec", values, [named("virtual_tiff.HorizontalDeltaCodec"), plain], summed.tobytes()
    predicted = imagecodecs.floatpred_encode(floats, axis=-1)
    told = {"shape": [16, 16], "dtype": "<f4", "axis": -1, "dist": 1}
    yield "imagecodecs_floatpred", floats, [named("imagecodecs_floatpred", **told), plain], predicted.tobytes()
    yield "imagecodecs_floatpred-short", floats, [named("imagecodecs_floatpred", axis=-1, dist=1), plain], predicted.tobytes()
    # ChunkyCodec lays the first axis out fastest; virtual-tiff puts samples there.
    planes = np.ascontiguousarray(pixels.transpose(2, 0, 1))
    turned = [named("transpose", order=[0, 2, 1]), named("ChunkyCodec", endian="little")]
    yield "ChunkyCodec", planes, turned, pixels.tobytes()
    yield "virtual_tiff.ChunkyCodec", planes, [turned[0], named("virtual_tiff.ChunkyCodec", endian="little")], pixels.tobytes()
    for name, encoded in {
        "lzw": imagecodecs.lzw_encode(values.tobytes()),
        "packbits": imagecodecs.packbits_encode(values.tobytes()),
        "deflate": imagecodecs.deflate_encode(values.tobytes()),
        "zlib": imagecodecs.zlib_encode(values.tobytes()),
        "zstd": imagecodecs.zstd_encode(values.tobytes()),
        "lz4": imagecodecs.lz4_encode(values.tobytes(), header=True),
        "lzma": imagecodecs.lzma_encode(values.tobytes()),
    }.items():
        told = {"header": True} if name == "lz4" else {}
        yield f"imagecodecs_{name}", values, [plain, named(f"imagecodecs_{name}", **told)], encoded
    for name, encoded in {
        "png": imagecodecs.png_encode(pixels),
        "webp": imagecodecs.webp_encode(pixels, lossless=True),
        "jpeg2k": imagecodecs.jpeg2k_encode(pixels, level=0, reversible=True, codecformat="j2k"),
        "jpegxl": imagecodecs.jpegxl_encode(pixels, lossless=True),
        "lerc": imagecodecs.lerc_encode(pixels),
        "jpeg": imagecodecs.jpeg_encode(pixels),
    }.items():
        values_of = pixels if name != "jpeg" else imagecodecs.jpeg_decode(encoded)
        yield f"imagecodecs_{name}", values_of, [plain, named(f"imagecodecs_{name}")], encoded
        yield f"imagecodecs_{name}-alone", values_of, [named(f"imagecodecs_{name}")], encoded
