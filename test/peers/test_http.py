"""References to a web address: xarray reads them through ranged requests, merged where tiles are neighbours."""

from __future__ import annotations

import imagecodecs.numcodecs
import numpy as np
import rasterio

from cli import generate
from range_server import SAMPLE, RangeServer, server  # noqa: F401  a fixture

imagecodecs.numcodecs.register_codecs(verbose=False)


def test_generate_and_read_over_http(server: RangeServer, tmp_path) -> None:
    result = generate(server.url, tmp_path)
    assert result["ok"], result
    assert server.ranges == ["bytes=0-65535"], "the headers of a COG take one request"
    server.ranges.clear()
    namespace: dict = {}
    exec(result["account"]["xarrayCode"], namespace)
    found = namespace["ds"]["red"].isel(y=slice(0, 256), x=slice(0, 512)).values
    with rasterio.open(SAMPLE) as source:
        stored = source.read(1)[:256, :512]
    wanted = np.where(stored == 0, np.nan, stored * 0.0001 - 0.1)
    np.testing.assert_allclose(found, wanted, rtol=1e-6, atol=1e-7)
    assert len(server.ranges) <= 2, server.ranges


def test_address_of_another_place(server: RangeServer, tmp_path) -> None:
    """A local file, with references to where it will be published."""
    result = generate(SAMPLE, tmp_path, "--url", server.url)
    assert server.ranges == [], "a local file is read from the disk"
    namespace: dict = {}
    exec(result["account"]["xarrayCode"], namespace)
    with rasterio.open(SAMPLE) as source:
        stored = source.read(1)
    wanted = np.where(stored == 0, np.nan, stored * 0.0001 - 0.1)
    np.testing.assert_allclose(namespace["ds"]["red"].values, wanted, rtol=1e-6, atol=1e-7)
