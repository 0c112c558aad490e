"""A COG of 10,980 x 10,980 uint16 with overviews, as a Sentinel-2 band has them: python map.py out.tif"""

import sys

import numpy as np
import rasterio
from rasterio.shutil import copy
from rasterio.io import MemoryFile

SIDE = 10_980

rows, columns = np.ogrid[:SIDE, :SIDE]
values = 3000 + 1500 * np.sin(rows / 311) + 1000 * np.cos(columns / 173) + np.random.default_rng(7).integers(0, 64, (SIDE, SIDE))
profile = {"driver": "GTiff", "height": SIDE, "width": SIDE, "count": 1, "dtype": "uint16", "crs": "EPSG:32632"}
with MemoryFile() as memory:
    with memory.open(**profile, transform=rasterio.Affine(10, 0, 600_000, 0, -10, 5_300_040)) as dataset:
        dataset.write(values.astype("uint16"), 1)
    with memory.open() as dataset:
        copy(dataset, sys.argv[1], driver="COG", compress="DEFLATE", predictor=2, level=1, blocksize=512, num_threads=2)
