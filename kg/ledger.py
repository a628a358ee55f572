"""The ledger: a person's judgements, kept in decisions.csv and applied on every build.

Columns: decision, left, right, reason, by, date.

- same: `left` and `right` (entity ids or names) are one thing; `left` keeps its id.
- different: they are not, however alike their names.
- accept: claim `left` is taken although its confidence is below the workspace's least.
- reject: claim `left` supports no edge; it stays in the graph, marked.
- same-deal: claims `left` and `right` are about one transaction.
- different-deal: they are not, however alike they are.

A claim is named by its id, or by the id of its row where no other row has that one. Nothing is
overwritten: a line is a judgement; one that contradicts a line above it, or that names nothing, is
reported and left out.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from kg.claim import Claim, Decision, Quarantined

KINDS = ("same", "different", "accept", "reject", "same-deal", "different-deal")

#: Kinds that judge two things, by whether they join them: (joined or apart, of what).
_PAIRS = {
    "same": (True, "entity"),
    "different": (False, "entity"),
    "same-deal": (True, "deal"),
    "different-deal": (False, "deal"),
}


@dataclass(frozen=True, slots=True)
class Ledger:
    """All decisions of a workspace, in the file's order."""

    decisions: tuple[Decision, ...] = ()

    def of(self, kind: str) -> Iterable[Decision]:
        """The decisions of one kind."""
        return (d for d in self.decisions if d.kind == kind)

    def claims(self, kind: str) -> frozenset[str]:
        """The claims that were accepted or rejected, as the ledger names them."""
        return frozenset(d.left for d in self.of(kind))

    def about(self, claims: Iterable[Claim]) -> tuple[Ledger, tuple[Decision, ...]]:
        """The decisions about claims with their ids, and those that name none of them.

        Args:
            claims: all linked claims.
        """
        keys: dict[str, set[str]] = defaultdict(set)
        for claim in claims:
            keys[claim.id].add(claim.id)
            if claim.key:
                keys[claim.key].add(claim.id)
        kept, unknown = [], []
        for d in self.decisions:
            if d.kind in ("same", "different"):
                continue
            names = [n for n in (d.left, d.right) if n]
            ids = [next(iter(keys[n])) for n in names if len(keys.get(n, ())) == 1]
            if len(ids) < len(names):
                unknown.append(d)
            else:
                kept.append(replace(d, left=ids[0], right=ids[1] if len(ids) > 1 else ""))
        return Ledger(tuple(kept)), tuple(unknown)


#: The ledger of who has judged nothing.
NOTHING = Ledger()


def read_ledger(path: Path, shown: str) -> tuple[Ledger, tuple[Quarantined, ...]]:
    """Reads decisions.csv.

    Args:
        path: the file; when it is missing the ledger is empty.
        shown: the file's name in messages.

    Returns:
        The ledger, and the lines that could not be used.
    """
    if not path.exists():
        return NOTHING, ()
    decisions: list[Decision] = []
    refused: list[Quarantined] = []
    judged = _Judged()
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            cells = {name: (row.get(name) or "").strip() for name in _COLUMNS}
            decision = Decision(
                kind=cells["decision"],
                left=cells["left"],
                right=cells["right"],
                reason=cells["reason"],
                by=cells["by"],
                date=cells["date"],
                line=reader.line_num,
            )
            problem, reason = _problem(decision), "bad-decision"
            if not problem and (earlier := judged.contradicted(decision)):
                reason = "contradiction"
                problem = f"contradicts line {earlier}: the line above stands, this one is left out"
            if problem:
                refused.append(
                    Quarantined(
                        reason=reason,
                        message=problem,
                        file=shown,
                        line=reader.line_num,
                        content=",".join(str(v) for v in row.values())[:400],
                    )
                )
                continue
            judged.add(decision)
            decisions.append(decision)
    return Ledger(tuple(decisions)), tuple(refused)


_COLUMNS = ("decision", "left", "right", "reason", "by", "date")


def _problem(d: Decision) -> str:
    """What is wrong with a line by itself."""
    if d.kind not in KINDS:
        return f"decision {d.kind!r}: expected one of {', '.join(KINDS)}"
    if not d.left:
        return "left is empty: expected an entity, a name or a claim"
    if d.kind in _PAIRS and (not d.right or d.right == d.left):
        what = "claim" if d.kind.endswith("deal") else "entity or name"
        return f"right is {d.right!r}: expected another {what}"
    return ""


class _Judged:
    """What the lines so far have said, to notice one that says the opposite."""

    def __init__(self) -> None:
        self.verdicts: dict[str, tuple[str, int]] = {}  # claim → accept or reject, and the line
        self.sets: dict[tuple[str, str], set[str]] = {}  # (of what, name) → all joined with it
        self.apart: list[tuple[str, str, str, int]] = []  # of what, two names, line
        self.joined: dict[str, int] = {}  # of what + name → the line that joined it first

    def contradicted(self, d: Decision) -> int:
        """The line that says the opposite of a decision; 0 when none does."""
        if d.kind not in _PAIRS:
            verdict, line = self.verdicts.get(d.left, (d.kind, 0))
            return line if verdict != d.kind else 0
        join, what = _PAIRS[d.kind]
        left, right = self._set(what, d.left), self._set(what, d.right)
        if not join:
            return self.joined.get(what + d.right, 0) if d.right in left else 0
        for other, a, b, line in self.apart:
            if other == what and ((a in left and b in right) or (b in left and a in right)):
                return line
        return 0

    def add(self, d: Decision) -> None:
        """Notes a decision that contradicts none."""
        if d.kind not in _PAIRS:
            self.verdicts.setdefault(d.left, (d.kind, d.line))
            return
        join, what = _PAIRS[d.kind]
        if not join:
            self.apart.append((what, d.left, d.right, d.line))
            return
        together = self._set(what, d.left) | self._set(what, d.right)
        for name in together:
            self.sets[what, name] = together
            self.joined.setdefault(what + name, d.line)

    def _set(self, what: str, name: str) -> set[str]:
        return self.sets.get((what, name), {name})
