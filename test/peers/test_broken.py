"""Our severities and our lines of reader compatibility agree with what readers do, on several hundred broken documents (broken.py)."""

from __future__ import annotations

from broken import disagreements, verdicts


def test_agreement() -> None:
    found = verdicts()
    assert len(found) > 400
    told = disagreements(found)
    assert not told, "\n".join(told)
