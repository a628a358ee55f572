"""The ledger: a person's judgements, kept in decisions.csv and applied on every build.

Columns: decision, left, right, reason, by, date.

- same: `left` and `right` (entity ids or names) are one thing; `left` keeps its id.
- different: they are not, however alike their names.
- accept: claim `left` is taken although its confidence is below the workspace's least.
- reject: claim `left` supports no edge; it stays in the graph, marked.

Nothing is overwritten: a line is a judgement, and one that no longer applies is reported.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.claim import Quarantined

KINDS = ("same", "different", "accept", "reject")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One line of the ledger; `line` is its 1-based line in the file."""

    kind: str
    left: str
    right: str = ""
    reason: str = ""
    by: str = ""
    date: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """All decisions of a workspace, in the file's order."""

    decisions: tuple[Decision, ...] = ()

    def of(self, kind: str) -> Iterable[Decision]:
        """The decisions of one kind."""
        return (d for d in self.decisions if d.kind == kind)

    def claims(self, kind: str) -> frozenset[str]:
        """Ids of the claims that were accepted or rejected."""
        return frozenset(d.left for d in self.of(kind))


def read_ledger(path: Path, shown: str) -> tuple[Ledger, tuple[Quarantined, ...]]:
    """Reads decisions.csv.

    Args:
        path: the file; when it is missing the ledger is empty.
        shown: the file's name in messages.

    Returns:
        The ledger, and the lines that could not be used.
    """
    if not path.exists():
        return Ledger(), ()
    decisions: list[Decision] = []
    refused: list[Quarantined] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            kind = (row.get("decision") or "").strip()
            left, right = (row.get("left") or "").strip(), (row.get("right") or "").strip()
            problem = ""
            if kind not in KINDS:
                problem = f"decision {kind!r}: expected one of {', '.join(KINDS)}"
            elif not left:
                problem = "left is empty: expected an entity, a name or a claim"
            elif kind in ("same", "different") and (not right or right == left):
                problem = f"right is {right!r}: expected another entity or name"
            if problem:
                content = ",".join(str(v) for v in row.values())[:400]
                refused.append(
                    Quarantined(
                        reason="bad-decision",
                        message=problem,
                        file=shown,
                        line=reader.line_num,
                        content=content,
                    )
                )
                continue
            decisions.append(
                Decision(
                    kind=kind,
                    left=left,
                    right=right,
                    reason=(row.get("reason") or "").strip(),
                    by=(row.get("by") or "").strip(),
                    date=(row.get("date") or "").strip(),
                    line=reader.line_num,
                )
            )
    return Ledger(tuple(decisions)), tuple(refused)
