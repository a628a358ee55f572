"""The ledger: judgements are data; what cannot be used is said."""

from __future__ import annotations

from pathlib import Path

from kg.claim import Decision
from kg.ledger import read_ledger

HEAD = "decision,left,right,reason,by,date\n"


def test_no_file_is_an_empty_ledger(tmp_path: Path) -> None:
    ledger, refused = read_ledger(tmp_path / "decisions.csv", "decisions.csv")
    assert (ledger.decisions, refused) == ((), ())


def test_decisions_are_read_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(HEAD + "same,openai,开放人工智能,one firm,editor,2026-01-02\n", "utf-8")
    ledger, refused = read_ledger(path, "decisions.csv")
    assert ledger.decisions == (
        Decision(
            kind="same",
            left="openai",
            right="开放人工智能",
            reason="one firm",
            by="editor",
            date="2026-01-02",
            line=2,
        ),
    )
    assert refused == ()


def test_bad_lines_are_refused_and_the_rest_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    lines = ["merge,a,b,,,", "same,a,,,,", "same,a,a,,,", "reject,,,,,", "reject,c1,,wrong,,"]
    path.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    ledger, refused = read_ledger(path, "data/decisions.csv")
    assert [(q.file, q.line, q.reason) for q in refused] == [
        ("data/decisions.csv", line, "bad-decision") for line in (2, 3, 4, 5)
    ]
    assert ledger.claims("reject") == {"c1"}
