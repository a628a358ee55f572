"""The build's account of its inputs: what became a claim, what was merged, what was refused.

For every file, `inputs = claims + merged + quarantined`. Files that describe things instead of
claiming them (entities, sources, decisions) are accounted for beside them:
`inputs = taken + quarantined`.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from kg.claim import Quarantined


@dataclass(slots=True)
class FileAccount:
    """What came of one file's inputs; `reasons` counts what was refused by reason."""

    claims: int = 0
    merged: int = 0
    taken: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def quarantined(self) -> int:
        """How many inputs were refused."""
        return self.reasons.total()

    @property
    def inputs(self) -> int:
        """Everything that was read, as the sum of what became of it."""
        return self.claims + self.merged + self.taken + self.quarantined

    def as_json(self) -> dict[str, Any]:
        """The account with its sums; `taken` only where a file describes things."""
        out: dict[str, Any] = {"inputs": self.inputs}
        if self.taken:
            out["taken"] = self.taken
        else:
            out |= {"claims": self.claims, "merged": self.merged}
        out["quarantined"] = self.quarantined
        if self.reasons:
            out["reasons"] = dict(sorted(self.reasons.items()))
        return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did.

    Args:
        files: file, relative to the workspace → its account.
        counts: totals of the graph: entities, new_entities, sources, claims, relations, figures,
            denials, deals, conflicts …, quads.
        warnings: what a person should look at, in sentences.
        quarantined: everything refused, in order of file and line.
        published: graphs of a store elsewhere that were put, deleted, unchanged; not in
            report.json, which is the same for the same input.
    """

    files: Mapping[str, FileAccount]
    counts: Mapping[str, int]
    warnings: tuple[str, ...]
    quarantined: tuple[Quarantined, ...]
    published: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> str:
        """report.json: sorted, without times, the same for the same input."""
        accounts = list(self.files.values())
        totals = {
            "inputs": sum(a.inputs for a in accounts if not a.taken),
            "claims": sum(a.claims for a in accounts),
            "merged": sum(a.merged for a in accounts),
            "quarantined": sum(a.quarantined for a in accounts if not a.taken),
        }
        reasons: Counter[str] = Counter()
        for a in accounts:
            reasons.update(a.reasons)
        data = {
            **totals,
            "reasons": dict(sorted(reasons.items())),
            "graph": dict(self.counts),
            "files": {name: a.as_json() for name, a in sorted(self.files.items())},
            "warnings": list(self.warnings),
        }
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"

    def quarantine_jsonl(self) -> str:
        """quarantine.jsonl: one refused input a line."""
        lines = (
            json.dumps(asdict(q), ensure_ascii=False, sort_keys=True) for q in self.quarantined
        )
        return "".join(line + "\n" for line in lines)


class Accountant:
    """Collects accounts while a build runs."""

    def __init__(self) -> None:
        self.files: dict[str, FileAccount] = defaultdict(FileAccount)
        self.quarantined: list[Quarantined] = []
        self.warnings: list[str] = []

    def refuse(self, items: Iterable[Quarantined]) -> None:
        """Notes refused inputs."""
        for item in items:
            self.files[item.file].reasons[item.reason] += 1
            self.quarantined.append(item)

    def report(self, counts: Mapping[str, int]) -> Report:
        """The finished account."""
        order = sorted(
            self.quarantined, key=lambda q: (q.file, q.line or 0, q.reason, q.content, q.message)
        )
        return Report(
            files=dict(self.files),
            counts=counts,
            warnings=tuple(self.warnings),
            quarantined=tuple(order),
        )
