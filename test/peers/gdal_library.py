"""GDAL's multidimensional API through the C library that pyogrio's wheel carries: it has the Zarr driver, and is newer than rasterio's."""

from __future__ import annotations

import ctypes
from importlib.metadata import files
from math import prod

import numpy as np

MULTIDIMENSIONAL = 0x10
NUMERIC, TEXT = 0, 1
TYPES = {1: "u1", 2: "u2", 3: "i2", 4: "u4", 5: "i4", 6: "f4", 7: "f8", 10: "c8", 11: "c16", 12: "u8", 13: "i8", 14: "i1", 15: "f2"}
HANDLES = (
    "GDALOpenEx",
    "GDALDatasetGetRootGroup",
    "GDALGroupOpenMDArrayFromFullname",
    "GDALMDArrayGetDimensions",
    "GDALMDArrayGetDataType",
)


class Gdal:
    def __init__(self) -> None:
        name = next(file for file in files("pyogrio") if "libgdal" in file.name)
        self.library = ctypes.CDLL(str(name.locate()))
        for function in HANDLES:
            getattr(self.library, function).restype = ctypes.c_void_p
        for function in ("CPLGetLastErrorMsg", "GDALVersionInfo"):
            getattr(self.library, function).restype = ctypes.c_char_p
        self.library.GDALDimensionGetSize.restype = ctypes.c_uint64
        self.library.GDALAllRegister()
        self.library.CPLPushErrorHandler(ctypes.cast(self.library.CPLQuietErrorHandler, ctypes.c_void_p))

    def version(self) -> str:
        return self.library.GDALVersionInfo(b"RELEASE_NAME").decode()

    def answer(self, task: dict) -> dict:
        """As reader_worker.py has it."""
        self.library.CPLErrorReset()
        name = f'ZARR:"/vsikerchunk_json_ref/{{{task["file"]}}}"'
        dataset = self.library.GDALOpenEx(name.encode(), MULTIDIMENSIONAL, None, None, None)
        root = self.library.GDALDatasetGetRootGroup(ctypes.c_void_p(dataset)) if dataset else None
        if not root:
            told = self.problem()
            return {"error": told, "arrays": {path: {"error": told} for path in task["arrays"]}}
        from reader_worker import each

        try:
            return {"arrays": each(task["arrays"], lambda path: self.read(root, path))}
        finally:
            self.library.GDALGroupRelease(ctypes.c_void_p(root))
            self.library.GDALReleaseDataset(ctypes.c_void_p(dataset))

    def read(self, root: int, path: str) -> np.ndarray | None:
        """None for an array of records, whose values are not taken apart."""
        self.library.CPLErrorReset()
        array = self.library.GDALGroupOpenMDArrayFromFullname(ctypes.c_void_p(root), f"/{path}".encode(), None)
        if not array:
            raise ValueError(self.problem())
        count = ctypes.c_size_t()
        dimensions = self.library.GDALMDArrayGetDimensions(ctypes.c_void_p(array), ctypes.byref(count))
        handles = ctypes.cast(dimensions, ctypes.POINTER(ctypes.c_void_p)) if count.value else []
        shape = [self.library.GDALDimensionGetSize(ctypes.c_void_p(handles[axis])) for axis in range(count.value)]
        kind = self.library.GDALMDArrayGetDataType(ctypes.c_void_p(array))
        of_class = self.library.GDALExtendedDataTypeGetClass(ctypes.c_void_p(kind))
        if of_class not in (NUMERIC, TEXT):
            return None
        number = self.library.GDALExtendedDataTypeGetNumericDataType(ctypes.c_void_p(kind))
        # Texts are pointers.
        values = np.zeros(shape, TYPES[number] if of_class == NUMERIC else "u8")
        # Nothing of an empty array can be asked for.
        if prod(shape) == 0:
            return values
        starts, counts = (ctypes.c_uint64 * max(1, len(shape)))(), (ctypes.c_size_t * max(1, len(shape)))(*shape)
        pointer = values.ctypes.data_as(ctypes.c_void_p)
        done = self.library.GDALMDArrayRead(ctypes.c_void_p(array), starts, counts, None, None, ctypes.c_void_p(kind), pointer, None, ctypes.c_size_t(0))
        self.library.GDALMDArrayRelease(ctypes.c_void_p(array))
        if not done:
            raise ValueError(self.problem())
        if of_class == NUMERIC:
            return values
        texts = [ctypes.cast(int(pointer), ctypes.c_char_p).value or b"" for pointer in values.ravel()]
        return np.array([text.decode(errors="replace") for text in texts], object).reshape(shape)

    def problem(self) -> str:
        return self.library.CPLGetLastErrorMsg().decode(errors="replace").strip().split("\n")[0] or "GDAL says nothing"
