"""The ledger: judgements are data; what cannot be used is said."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.claim import Claim, Decision, Evidence, Mention
from kg.ledger import Ledger, read_ledger
from tests import circle

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


@pytest.mark.parametrize(
    ("lines", "bad"),
    [
        (["accept,c1,,,,", "reject,c1,,,,"], 3),
        (["reject,c1,,,,", "accept,c1,,,,"], 3),
        (["same,a,b,,,", "different,a,b,,,"], 3),
        (["same,a,b,,,", "different,b,a,,,"], 3),
        (["same,a,b,,,", "same,b,c,,,", "different,a,c,,,"], 4),
        (["different,a,c,,,", "same,a,b,,,", "same,b,c,,,"], 4),
        (["same-deal,c1,c2,,,", "different-deal,c2,c1,,,"], 3),
        (["different-deal,c1,c3,,,", "same-deal,c1,c2,,,", "same-deal,c2,c3,,,"], 4),
    ],
)
def test_a_line_that_contradicts_one_above_is_left_out(
    lines: list[str], bad: int, tmp_path: Path
) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    ledger, refused = read_ledger(path, "decisions.csv")
    assert [(q.line, q.reason) for q in refused] == [(bad, "contradiction")]
    assert "contradicts line" in refused[0].message
    assert [d.line for d in ledger.decisions] == [n for n in range(2, len(lines) + 2) if n != bad]


def test_entities_and_deals_are_judged_apart(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    lines = "same,a,b,,,\ndifferent-deal,a,b,,,\nreject,a,,,,\nreject,a,,,,\n"
    path.write_text(HEAD + lines, "utf-8")
    assert read_ledger(path, "decisions.csv")[1] == ()


def row_claim(key: str, source: str = "wire") -> Claim:
    return Claim(
        kind="figure",
        subject=Mention("a", entity="a"),
        measure="revenue",
        evidence=Evidence(source=source, quote="…", file="t.csv", row=2),
        key=key,
    )


def test_claims_are_named_by_id_or_by_their_rows_id() -> None:
    one, other, twin = row_claim("r1"), row_claim("r2"), row_claim("r2", "post")
    ledger = Ledger(
        (
            Decision(kind="reject", left="r1", line=2),
            Decision(kind="same-deal", left=one.id, right="r1", line=3),
            Decision(kind="reject", left="r2", line=4),
            Decision(kind="accept", left="nothing", line=5),
            Decision(kind="same", left="a", right="b", line=6),
        )
    )
    about, unknown = ledger.about([one, other, twin])
    assert [(d.kind, d.left, d.line) for d in about.decisions] == [
        ("reject", one.id, 2),
        ("same-deal", one.id, 3),
    ]
    assert [d.line for d in unknown] == [4, 5]  # r2 names two rows


def test_a_wrong_line_is_reported_and_nothing_else_changes(tmp_path: Path) -> None:
    right = circle.write(tmp_path / "right")
    wrong = circle.write(tmp_path / "wrong")
    lines = "same-deal,r1,r4,,,\n"
    (right / "data" / "decisions.csv").write_text(HEAD + lines, "utf-8")
    lines = "reject,no-such,,,,\nsame-deal,r1,r4,,,\ndifferent-deal,r4,r1,,,\naccept,,,,,\n"
    (wrong / "data" / "decisions.csv").write_text(HEAD + lines, "utf-8")
    kg.build_graph(right)
    report = kg.build_graph(wrong)
    assert [w for w in report.warnings if "decisions.csv:2" in w]
    assert [(q.file, q.line, q.reason) for q in report.quarantined] == [
        ("data/decisions.csv", 4, "contradiction"),
        ("data/decisions.csv", 5, "bad-decision"),
    ]
    graphs = [(f / "build" / "graph.nq").read_bytes() for f in (right, wrong)]
    assert graphs[0] == graphs[1]
