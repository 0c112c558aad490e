"""What a run as a whole tells: the verdicts on all TIFFs, and commands that had to be run once more."""

from __future__ import annotations

import pickle

import pytest

from cli import REPEATED, ROOT
from results import RESULTS, counts, table

TABLE = ROOT / "test-results" / "peers-verdicts.md"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of pytest-xdist hands over what it found."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["verdicts"], output["repeated"] = pickle.dumps(RESULTS).hex(), REPEATED
    elif RESULTS:
        TABLE.parent.mkdir(exist_ok=True)
        TABLE.write_text(table(RESULTS))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    output = getattr(node, "workeroutput", {})
    if "verdicts" in output:
        RESULTS.update(pickle.loads(bytes.fromhex(output["verdicts"])))
        REPEATED.extend(output["repeated"])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    write = terminalreporter.write_line
    write(f"{len(REPEATED)} commands had to be run once more: {REPEATED}")
    if RESULTS:
        write(f"{len(RESULTS)} TIFFs:")
        for kind, count in counts(RESULTS):
            write(f"{count:6} {kind}")
        write(f"All of them: {TABLE}")
