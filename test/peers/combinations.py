"""Every combination of compression, predictor, sample type, layout, byte order and container for which no public TIFF was found, as a list.

Each row of the list holds one compression with one predictor. Within a row every sample type meets every byte order and container, and every
layout does; which sample type meets which layout goes round. `KERCHUNK_MATRIX=full` makes all of them, some 9,000 files.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

WHOLE = ("u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64", "f16", "f32", "f64", "ci32", "ci64", "cf64", "cf128")
PACKED = ("u1", "u2", "u4", "u12")
CONTAINERS = ("le", "be", "le-big", "be-big")
ONE = ("tiled", "strips", "short")
CONTIG = ("tiled-contig", "strips-contig", "short-contig")
PLANAR = ("tiled-planar", "strips-planar", "short-planar")
LAYOUTS = ONE + CONTIG + PLANAR

LOSSLESS = ("none", "packbits", "lzw", "deflate", "zstd", "lzma")
PREDICTED = ("lzw", "deflate", "zstd", "lzma")
DIFFERENCES = ("u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64", "f16", "f32", "f64")
FLOATS = ("f16", "f32", "f64")
LERC_TYPES = ("u8", "i8", "u16", "i16", "u32", "i32", "f32", "f64")

# Compression, predictor, sample types, layouts.
ROWS = [
    *((compression, 1, WHOLE + PACKED, LAYOUTS) for compression in LOSSLESS),
    *((compression, 2, DIFFERENCES, LAYOUTS) for compression in PREDICTED),
    *((compression, 3, FLOATS, LAYOUTS) for compression in PREDICTED),
    *((compression, 1, LERC_TYPES, LAYOUTS) for compression in ("lerc", "lerc-deflate", "lerc-zstd")),
    ("jpeg", 1, ("u8",), LAYOUTS),
    ("jpeg", 1, ("u12", "u16"), ONE),
    # It has three or four bands together.
    *((compression, 1, ("u8",), CONTIG) for compression in ("webp", "webp-lossy", "webp-alpha")),
    ("jxl", 1, ("u8", "u16", "f32"), LAYOUTS),
    ("jxl-lossy", 1, ("u8",), LAYOUTS),
    ("jp2000", 1, ("u8", "u16"), LAYOUTS),
    ("jp2000-lossy", 1, ("u8",), LAYOUTS),
]


@dataclass(frozen=True)
class Combination:
    compression: str
    predictor: int
    sample: str
    layout: str
    container: str

    @property
    def row(self) -> str:
        return self.compression if self.predictor == 1 else f"{self.compression}-p{self.predictor}"

    @property
    def name(self) -> str:
        return f"{self.row}-{self.sample}-{self.layout}-{self.container}"

    @property
    def bands(self) -> int:
        if self.layout in ONE:
            return 1
        return 4 if self.compression == "webp-alpha" else 3

    @property
    def bits(self) -> int:
        return int(self.sample.lstrip("ucif"))


def combinations() -> list[Combination]:
    return [one for row in ROWS for one in of_row(*row)]


def of_row(compression: str, predictor: int, samples: tuple[str, ...], layouts: tuple[str, ...]) -> list[Combination]:
    full = os.environ.get("KERCHUNK_MATRIX") == "full"
    each = len(layouts) if full else -(-len(layouts) // len(samples))
    return [
        Combination(compression, predictor, sample, layouts[(i * each + j + c) % len(layouts)], container)
        for c, container in enumerate(CONTAINERS)
        for i, sample in enumerate(samples)
        for j in range(each)
    ]
