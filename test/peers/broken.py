"""What readers really do with documents that break rules, beside what this project says of them: `python broken.py`, in .venv-zarr3 and with the
other environments made (`npm run test:peers` makes them). Prints what disagrees, and writes docs/readers.md.

An error of ours stands for a broken text, or for an exception or wrong values in fsspec with zarr-python or xarray; and for each reader the line
of reader compatibility says of every array whether it is read.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from broken_chains import chains
from broken_documents import documents
from broken_judged import AWAITED, NO_FAULT, TEXT, judged, otherwise
from cli import ROOT
from content_server import ContentServer
from reader_runs import FAILS, MISSING, OPENS, RIGHT, WRONG, Document, Outcome, Run, Served, run_all, serve, validated

TABLE = ROOT / "docs" / "readers.md"
COUNTED = ("zarr-python 3", "zarr-python 2", "xarray, zarr-python 3 (named)", "xarray, zarr-python 2 (named)")
REPORTED = {
    "zarr-python 3": "zarr3",
    "zarr-python 2": "zarr2",
    "xarray, zarr-python 3": "xarray",
    "VirtualiZarr": "virtualizarr",
    "GDAL": "gdal",
    "zarrita": "zarrita",
}
SHOWN = (*COUNTED, "VirtualiZarr", "GDAL", "zarrita")
# Errors beside which each line on a reader is to be true to the letter, as these say themselves what comes of them.
TRUE_LINES = {"zarr2/codec-chain", "zarr2/object-codec"}
# How xarray says that an array has no dimension names; under zarr-python 3 it stumbles before it can.
NAMELESS, NAMELESS_3 = "missing the attribute `_ARRAY_DIMENSIONS`", "FsspecStore.get() missing 1 required positional argument"
IN_SHORT = {RIGHT: "right", WRONG: "**wrong**", MISSING: "**fill**", FAILS: "fails", OPENS: "opens"}


@dataclass
class Verdict:
    """What came of one document."""

    served: Served
    runs: dict[str, Run]
    findings: list[dict]
    severity: str
    """Why the severity of ours is right; begins with DISAGREES where it is not."""
    reports: list[str]
    """What the report on readers says otherwise than they did."""

    @property
    def name(self) -> str:
        return self.served.document.name

    @property
    def disagrees(self) -> bool:
        return self.severity.startswith("DISAGREES") or bool(self.reports)


def rules() -> dict[str, dict]:
    done = subprocess.run(["node", str(ROOT / "test" / "peers" / "rule_examples.mjs")], capture_output=True, check=True, text=True)
    return json.loads(done.stdout)


def examples(all_rules: dict[str, dict]) -> list[Document]:
    """Every example of every rule that breaks it, and every one that nearly does; sets in parquet are folders, for test_parquet.py."""
    found = []
    for code, rule in all_rules.items():
        if code.startswith("parquet/"):
            continue
        for kind, text in rule.get("examples", {}).items():
            about = rule["title"] if kind == "breaks" else f"good, and near it: {rule['title']}"
            found.append(Document(f"rule-{code.replace('/', '-')}-{kind}", text.encode(), about))
    return found


def verdicts() -> list[Verdict]:
    all_rules = rules()
    sources = {f"rule-{code.replace('/', '-')}-breaks": rule["source"] for code, rule in all_rules.items()}
    server = ContentServer()
    with tempfile.TemporaryDirectory() as folder:
        served = [serve(document, server, Path(folder)) for document in [*documents(), *chains(), *examples(all_rules)]]
        runs = run_all(served, server)
        told = validated(served)
    server.shutdown()
    found = []
    for one in served:
        name = one.document.name
        result = told[name]
        verdict = severity(one, runs[name], result, sources.get(name, ""))
        found.append(Verdict(one, runs[name], result["findings"], verdict, reports(name, runs[name], result)))
    return found


def severity(one: Served, runs: dict[str, Run], result: dict, source: str) -> str:
    name = one.document.name
    fails = [reader for reader in counted(one) if not runs[reader].worst.works]
    if result["counts"]["error"] > 0:
        if fails:
            return "an error, and readers fail"
        unnamed = runs["xarray, zarr-python 3"].worst
        if not unnamed.works:
            return f"an error, and xarray fails where no names are put in: {unnamed.detail[:60]}"
        reason = judged(TEXT, name) or (source if any(word in source for word in ("specification", "RFC", "conventions")) else None)
        return f"an error: {reason}" if reason else f"DISAGREES: an error of ours, and all of them read it ({source})"
    if not fails:
        return "no error, and they read it"
    with_option = [run for reader, run in runs.items() if reader.endswith("(option)") and not reader.startswith("fsspec")]
    if with_option and all(run.worst.works for run in with_option):
        return "no error: they read it with simple_templates=False"
    if all(NAMELESS in str(runs[reader].worst) or NAMELESS_3 in str(runs[reader].worst) for reader in fails):
        return "no error: zarr-python reads it; a line of xarray, which wants dimension names"
    reason = judged(NO_FAULT, name)
    return f"no error: {reason}" if reason else f"DISAGREES: no error of ours, and {', '.join(fails)} fail: {runs[fails[0]].worst}"


def counted(one: Served) -> tuple[str, ...]:
    """Readers whose failure makes an error; zarr v3 is for zarr-python 3 alone, as kerchunk's engine asks for zarr v2."""
    text = one.file_text
    return ("zarr-python 3",) if "zarr.json" in text and ".zarray" not in text else COUNTED


def reports(name: str, runs: dict[str, Run], result: dict) -> list[str]:
    """Where our line on a reader differs from what it did.

    A reader that fails on what has an error of ours needs no line of its own; and where a broken file does not say which values are meant, none
    can tell whether a reader that gives some reads it.
    """
    found = []
    errors = {finding["code"] for finding in result["findings"] if finding["severity"] == "error"}
    to_the_letter = errors != set() and errors <= TRUE_LINES
    by_reader = {report["reader"]: report for report in result["readers"]}
    for reader, told in REPORTED.items():
        if told not in by_reader:
            continue
        ours = {array["path"]: verdict_of(array) for array in by_reader[told]["arrays"]}
        for path, outcome in runs[reader].arrays.items():
            said = ours.get(path)
            if said is None or (is_true(said, outcome) if to_the_letter else is_borne_out(said, outcome, errors)):
                continue
            if otherwise(name, reader) is None:
                found.append(f"{reader}, {path!r}: we say {said}, it did: {outcome}")
    return found


def verdict_of(array: dict) -> str:
    return "cannot" if not array["reads"] else "reads, with wrong values" if array.get("wrong") else "reads"


def is_true(said: str, outcome: Outcome) -> bool:
    return {"reads": outcome.works, "reads, with wrong values": outcome.kind in (WRONG, MISSING), "cannot": not outcome.works}[said]


def is_borne_out(said: str, outcome: Outcome, errors: set[str]) -> bool:
    reads = said != "cannot"
    return reads == outcome.works or (errors != set() and (reads or outcome.kind == OPENS))


def table(found: list[Verdict]) -> str:
    broken = [verdict for verdict in found if not verdict.name.endswith("-good")]
    lines = [
        "# What readers do with reference files that break a rule",
        "Made by `test/peers/broken.py`, which runs every reader on every document; run it again with `.venv-zarr3/bin/python test/peers/broken.py` after `npm run build`.",
        f"{len(broken)} documents that break a rule or are near it, and {len(found) - len(broken)} examples of rules that are good. "
        "**wrong**: other values than are meant; **fill**: chunks that are there read as the fill value, without a word. "
        "Arrays without dimension names have them for xarray here, and targets lie on a local server.",
        f"| document | what it is | ours | {' | '.join(name.replace(' (named)', '') for name in SHOWN)} | verdict |",
        f"| --- | --- | --- | {' | '.join('---' for _ in SHOWN)} | --- |",
    ]
    rows = [" | ".join(cell(text) for text in row(verdict)) for verdict in found]
    return "\n\n".join(lines[:3]) + "\n\n" + "\n".join([*lines[3:], *(f"| {text} |" for text in rows)]) + "\n"


def row(verdict: Verdict) -> list[str]:
    codes = Counter(f"{finding['severity']} {finding['code']}" for finding in verdict.findings)
    outcomes = [verdict.runs[reader].worst for reader in SHOWN]
    cells = [f"{IN_SHORT[one.kind]} {one.detail[:70]}".strip() if one.kind == FAILS else IN_SHORT[one.kind] for one in outcomes]
    return [verdict.name, verdict.served.document.about, ", ".join(codes) or "nothing", *cells, verdict.severity]


def cell(text: str) -> str:
    plain = "".join(letter if letter.isprintable() else "�" for letter in text)
    return plain.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("_", "\\_").replace("`", "\\`")


def is_awaited(verdict: Verdict) -> bool:
    return judged(AWAITED, verdict.name) is not None


def disagreements(found: list[Verdict]) -> list[str]:
    """Those that no rule is awaited for."""
    found = [verdict for verdict in found if not is_awaited(verdict)]
    told = [f"{verdict.name} ({verdict.served.document.about}): {verdict.severity}" for verdict in found if verdict.severity.startswith("DISAGREES")]
    return told + [f"{verdict.name}: {line}" for verdict in found for line in verdict.reports]


def main() -> None:
    found = verdicts()
    TABLE.write_text(table(found))
    told = disagreements(found)
    print("\n".join(told))
    awaited = [verdict for verdict in found if is_awaited(verdict)]
    print("Awaited, and there:", *(verdict.name for verdict in awaited if not verdict.disagrees))
    print("Awaited still:", *(verdict.name for verdict in awaited if verdict.disagrees))
    print(f"{len(found)} documents, {len(told)} disagreements; all of them: {TABLE}")
    sys.exit(1 if told else 0)


if __name__ == "__main__":
    main()
