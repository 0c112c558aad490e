"""Verdicts on TIFFs, as they are kept and printed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

EQUAL = "equal in xarray and in our reader"
ONLY_OURS = "equal in our reader, and these readers cannot"
REFUSED = "refused"


@dataclass
class Verdict:
    kind: str
    reason: str = ""
    """Why others cannot read it, or why it is refused."""
    group: str = ""
    """The class of a refusal."""

    def __str__(self) -> str:
        return f"{self.kind} ({self.reason})" if self.reason else self.kind


RESULTS: dict[str, tuple[str, Verdict]] = {}
"""Features and verdict of each file, by its name; conftest.py prints them."""


def record(tiff: Path, told: str, verdict: Verdict) -> None:
    RESULTS[tiff.name.split("__")[-1]] = (told, verdict)


def table(results: dict[str, tuple[str, Verdict]]) -> str:
    """Markdown: the counts of the verdicts, then a row for each file."""
    head = ["| files | verdict |", "| --- | --- |", *(f"| {count} | {kind} |" for kind, count in counts(results)), ""]
    rows = [" | ".join(cell_of(cell) for cell in (name, told, verdict)) for name, (told, verdict) in sorted(results.items())]
    return "\n".join([*head, "| file | features | verdict |", "| --- | --- | --- |", *(f"| {row} |" for row in rows), ""])


def cell_of(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")


def counts(results: dict[str, tuple[str, Verdict]]) -> list[tuple[str, int]]:
    """How many files have each verdict, refusals by their class; the most first."""
    kinds = (f"{verdict.kind}: {verdict.group}" if verdict.group else verdict.kind for _, verdict in results.values())
    return Counter(kinds).most_common()
