"""The JSON schemas that editors use accept every good document, refuse what breaks a document by itself, and never refuse a reference file:
judging those is the rules' work."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from cli import FIXTURES, OTHERS, ROOT

SCHEMAS = ROOT / "dist" / "schemas"
BY_NAME = {".zarray": "zarray", ".zattrs": "zattrs", ".zgroup": "zgroup", ".zmetadata": "zmetadata", "zarr.json": "zarr"}
RULES = json.loads(subprocess.run(["node", "rule_examples.mjs"], cwd=Path(__file__).parent, capture_output=True, check=True).stdout)


def validator(name: str) -> jsonschema.protocols.Validator:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text())
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


VALIDATORS = {name: validator(name) for name in (*BY_NAME.values(), "kerchunk")}


def parsed(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


def documents_in(references: object) -> Iterator[tuple[str, object]]:
    """Each metadata document of a reference file, with its key."""
    entries = references.get("refs", references) if isinstance(references, dict) else {}
    for key, value in entries.items() if isinstance(entries, dict) else ():
        if key.rsplit("/", 1)[-1] in BY_NAME:
            yield key, parsed(value) if isinstance(value, str) else value


def refused(key: str, document: object) -> list[str]:
    schema = VALIDATORS[BY_NAME[key.rsplit("/", 1)[-1]]]
    return [f"{key} {error.json_path}: {error.message[:200]}" for error in schema.iter_errors(document)]


def test_good_examples_of_all_rules() -> None:
    examples = [(code, rule["examples"]["good"]) for code, rule in RULES.items() if "examples" in rule]
    documents = [(code, *document) for code, text in examples for document in documents_in(parsed(text))]
    assert len(documents) > 200
    assert [(code, faults) for code, key, document in documents if (faults := refused(key, document))] == []


# Each breaks one document by itself, and says so.
FAULTS = {
    "zarr2/zarray-field-missing", "zarr2/zarr-format", "zarr2/shape", "zarr2/chunks", "zarr2/order", "zarr2/dimension-separator",
    "zarr2/compressor", "zarr2/filters", "zarr2/dtype", "zarr2/dtype-byte-order",
    "zarr3/zarr-format", "zarr3/node-type",
}  # fmt: skip


@pytest.mark.parametrize("code", sorted(FAULTS))
def test_faults(code: str) -> None:
    documents = list(documents_in(parsed(RULES[code]["examples"]["breaks"])))
    assert any(refused(key, document) for key, document in documents), documents


FILES = sorted(OTHERS.glob("refs/*.json")) + sorted(FIXTURES.rglob("*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_reference_files_are_not_judged(path: Path) -> None:
    references = parsed(path.read_text(errors="replace"))
    if isinstance(references, dict):
        assert [error.message[:200] for error in VALIDATORS["kerchunk"].iter_errors(references)] == []


def test_no_broken_example_is_judged() -> None:
    examples = [(code, parsed(rule["examples"]["breaks"])) for code, rule in RULES.items() if "examples" in rule]
    judged = [code for code, document in examples if isinstance(document, dict) and not VALIDATORS["kerchunk"].is_valid(document)]
    assert judged == []
