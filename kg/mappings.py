"""Which columns a table may have, and how other people's columns are mapped to them.

A workspace's table folder is read without any setting when files are called entities, sources,
claims and figures and have the demo's columns. Other people's tables are mapped in kg.toml:

    [[tables]]
    path = "data/deals.xlsx"
    sheet = "Deals"                      # xlsx only; the first when left out
    kind = "claims"                      # entities, sources, claims or figures
    [tables.columns]                     # our column = theirs
    subject_id = "Investor"              # an id or any name
    object_id = "Company"
    amount = "Size"                      # free text: "up to $100bn", "超4亿美元"
    announced = "Date"
    [tables.constants]                   # the same in every row
    relation = "investsIn"
    source_id = "my-list"
    [tables.values.status]               # their word = ours
    "Closed" = "completed"

Our columns: see COLUMNS. Cells are popped as they are used; what nothing reads is reported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import WorkspaceError

#: kind → its columns; the first ones must be there, the others may.
COLUMNS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "sources": (
        ("id",),
        ("url", "publisher", "title_own_words", "published", "language", "kind"),
    ),
    "entities": (
        ("id", "type"),
        ("label_en", "label_zh", "label_zh_hant", "aliases", "country", "ticker", "parent_id",
         "wikidata"),
    ),
    "claims": (
        ("subject_id", "relation", "object_id", "source_id"),
        ("id", "product", "amount", "amount_min", "amount_max", "currency", "qualifier",
         "joint_group", "period_start", "period_end", "announced", "status", "attributed_to",
         "percent", "umbrella", "part_of", "polarity", "note"),
    ),
    "figures": (
        ("entity_id", "measure", "source_id"),
        ("id", "value", "value_min", "value_max", "unit", "qualifier", "period", "attributed_to",
         "note"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMapping:
    """One [[tables]] of kg.toml."""

    path: Path
    kind: str
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_mappings(tables: Sequence[Mapping[str, Any]], root: Path) -> tuple[TableMapping, ...]:
    """The [[tables]] of kg.toml.

    Raises:
        WorkspaceError: a key is missing, unknown or of the wrong kind, or the file is not there.
    """
    mappings = []
    for number, entry in enumerate(tables, 1):
        where = f"kg.toml: [[tables]] {number}"
        unknown = entry.keys() - {"path", "kind", "sheet", "columns", "constants", "values"}
        if unknown:
            raise WorkspaceError(f"{where}: unknown key {min(unknown)!r}")
        kind = entry.get("kind", "claims")
        if kind not in COLUMNS:
            raise WorkspaceError(f"{where}: kind = {kind!r}: expected one of {', '.join(COLUMNS)}")
        path = root / str(entry.get("path", ""))
        if not path.is_file():
            raise WorkspaceError(f"{where}: path = {entry.get('path')!r}: no such file")
        known = {c for columns in COLUMNS[kind] for c in columns}
        for key in ("columns", "constants", "values"):
            for column in entry.get(key, {}):
                if column not in known:
                    raise WorkspaceError(
                        f"{where}: {key}.{column}: expected one of {', '.join(sorted(known))}"
                    )
        mappings.append(TableMapping(**{**entry, "path": path, "kind": kind}))
    return tuple(mappings)
