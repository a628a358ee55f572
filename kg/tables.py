"""Tables of entities, sources, claims and figures: csv, tsv, xlsx, parquet.

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

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.amounts import parse_amount
from kg.claim import Amount, Claim, Entity, Evidence, Mention, Quarantined, Source, When
from kg.errors import Refused, WorkspaceError
from kg.languages import detect_language
from kg.ontology import Ontology
from kg.sheets import SUFFIXES, Row, read_rows
from kg.times import parse_edtf

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
_ID = re.compile(r"[^\s/?#<>\"]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMapping:
    """One [[tables]] of kg.toml."""

    path: Path
    kind: str
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableData:
    """What the tables of a workspace hold.

    Args:
        entities, sources: by id.
        claims: linked where the table names entities by id.
        quarantined: rows that were refused.
        described: file → number of entities or sources read from it.
        unused_columns: file → columns that nothing reads.
    """

    entities: Mapping[str, Entity]
    sources: Mapping[str, Source]
    claims: tuple[Claim, ...]
    quarantined: tuple[Quarantined, ...]
    described: Mapping[str, int]
    unused_columns: Mapping[str, tuple[str, ...]]


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


def read_tables(
    folder: Path, root: Path, mappings: Sequence[TableMapping], ontology: Ontology
) -> TableData:
    """Reads all tables of a workspace.

    Args:
        folder: where entities, sources, claims and figures may be, in any of the four formats.
        root: the workspace; files are named relative to it.
        mappings: other tables.
        ontology: its codes are the words that rows may use.

    Raises:
        MissingExtra: a format needs an optional library.
    """
    mapped = {m.path.resolve() for m in mappings}
    own = [
        TableMapping(path=path, kind=kind)
        for kind in COLUMNS
        for suffix in SUFFIXES
        if (path := folder / f"{kind}{suffix}").is_file() and path.resolve() not in mapped
    ]
    tables = sorted([*own, *mappings], key=lambda t: (list(COLUMNS).index(t.kind), str(t.path)))
    reader = _Reader(root, ontology)
    for table in tables:
        reader.read(table)
    return reader.data()


class _Reader:
    """Reads table after table; later ones refer to what earlier ones describe."""

    def __init__(self, root: Path, ontology: Ontology) -> None:
        self.root, self.ontology = root, ontology
        self.entities: dict[str, Entity] = {}
        self.sources: dict[str, Source] = {}
        self.claims: list[Claim] = []
        self.quarantined: list[Quarantined] = []
        self.described: Counter[str] = Counter()
        self.unused: dict[str, tuple[str, ...]] = {}
        self.keys: dict[str, set[str]] = {}

    def data(self) -> TableData:
        parents = {e.parent for e in self.entities.values() if e.parent}
        missing = parents - self.entities.keys()
        if missing:
            raise WorkspaceError(f"entities: parent_id {min(missing)!r} is no entity")
        return TableData(
            entities=self.entities,
            sources=self.sources,
            claims=tuple(self.claims),
            quarantined=tuple(self.quarantined),
            described=dict(self.described),
            unused_columns=self.unused,
        )

    def read(self, table: TableMapping) -> None:
        """Reads one table; a row that cannot be used is refused and the next one is read."""
        file = table.path.relative_to(self.root).as_posix()
        if table.sheet:
            file += f"#{table.sheet}"
        make = {
            "sources": self._source,
            "entities": self._entity,
            "claims": self._claim,
            "figures": self._figure,
        }[table.kind]
        seen: set[str] = set()
        used: set[str] = set()
        for row in read_rows(table.path, table.sheet, file):
            if isinstance(row, Quarantined):
                self.quarantined.append(row)
                continue
            seen |= row.cells.keys()
            cells = _Cells(row, table, file)
            try:
                cells.require(COLUMNS[table.kind][0])
                make(cells)
            except Refused as refused:
                self.quarantined.append(
                    Quarantined(
                        reason=refused.reason,
                        message=refused.message,
                        file=file,
                        line=row.line,
                        content=row.quote[:400],
                    )
                )
            else:
                if table.kind in ("sources", "entities"):
                    self.described[file] += 1
            used |= cells.used
        if left := tuple(sorted(c for c in seen - used if c)):
            self.unused[file] = left

    def _unique(self, cells: _Cells, kind: str) -> str:
        key = cells.pop("id")
        known = self.keys.setdefault(kind, set())
        if key and not _ID.fullmatch(key):
            raise Refused("bad-id", f"id {key!r}: expected no spaces, slashes or quotes")
        if key and key in known:
            raise Refused("duplicate-id", f"id {key!r} is taken by an earlier row")
        return key

    def _source(self, cells: _Cells) -> None:
        key = self._unique(cells, "sources")
        issued = cells.pop("published")
        if issued and parse_edtf(issued) is None:
            raise Refused("impossible-date", f"published {issued!r}: expected YYYY, -MM, -DD")
        url = cells.pop("url")
        self.sources[key] = Source(
            id=key,
            title=cells.pop("title_own_words"),
            publisher=cells.pop("publisher"),
            issued=issued,
            url=url,
            language=cells.pop("language"),
            kind=cells.pop("kind"),
        )
        self.keys["sources"].add(key)

    def _entity(self, cells: _Cells) -> None:
        key = self._unique(cells, "entities")
        kind = cells.code("type", self.ontology.types, "unknown-type")
        labels = {
            tag: label
            for tag, column in (
                ("en", "label_en"),
                ("zh-Hans", "label_zh"),
                ("zh-Hant", "label_zh_hant"),
            )
            if (label := cells.pop(column))
        }
        aliases = [a.strip() for a in cells.pop("aliases").split("|")]
        self.entities[key] = Entity(
            id=key,
            type=kind,
            labels=labels,
            aliases=tuple(sorted({a for a in aliases if a and a not in labels.values()})),
            country=cells.pop("country"),
            ticker=cells.pop("ticker"),
            wikidata=cells.pop("wikidata"),
            parent=cells.pop("parent_id"),
        )
        self.keys["entities"].add(key)

    def _claim(self, cells: _Cells) -> None:
        key = self._unique(cells, "claims")
        relation = cells.code("relation", self.ontology.relations, "unknown-relation")
        subject, object_ = (self._mention(cells.pop(c)) for c in ("subject_id", "object_id"))
        start, end = cells.pop("period_start"), cells.pop("period_end")
        announced = cells.pop("announced")
        free = cells.pop("amount")
        amount = _free_amount(free, cells) if free else self._amount(cells, "amount", money=True)
        said_by = cells.pop("attributed_to")
        share = _number(cells.pop("percent"), "percent")
        if share is not None and not 0 <= share <= 100:
            raise Refused("bad-number", f"percent {share}: expected 0 to 100")
        claim = Claim(
            kind="relation",
            subject=subject,
            relation=relation,
            object=object_,
            amount=amount,
            share=share,
            when=_when(start, end, announced),
            status=cells.code("status", self.ontology.statuses, "unknown-status", optional=True),
            joint=cells.pop("joint_group"),
            product=cells.pop("product"),
            attributed_to=self._mention(said_by, known=False) if said_by else None,
            note=cells.pop("note"),
            negated=cells.choice("polarity", ("", "asserted", "denied")) == "denied",
            umbrella=cells.pop("umbrella"),
            part_of=cells.pop("part_of"),
            key=key,
            extractor="table",
            evidence=cells.evidence(self._source_id(cells)),
        )
        if claim.subject.entity and claim.subject.entity == object_.entity:
            raise Refused("self-relation", f"{claim.subject.name!r} stands on both sides")
        self.claims.append(claim)
        self.keys["claims"].add(key)

    def _figure(self, cells: _Cells) -> None:
        key = self._unique(cells, "figures")
        measure = cells.code("measure", self.ontology.measures, "unknown-measure")
        subject = self._mention(cells.pop("entity_id"))
        free = cells.pop("value")
        amount = _free_amount(free, cells) if free else self._amount(cells, "value", money=False)
        if amount is None:
            raise Refused("no-value", "expected value_min or value_max")
        said_by = cells.pop("attributed_to")
        self.claims.append(
            Claim(
                kind="figure",
                subject=subject,
                measure=measure,
                amount=amount,
                when=_when(cells.pop("period"), "", ""),
                attributed_to=self._mention(said_by, known=False) if said_by else None,
                note=cells.pop("note"),
                key=key,
                extractor="table",
                evidence=cells.evidence(self._source_id(cells)),
            )
        )
        self.keys["figures"].add(key)

    def _mention(self, name: str, known: bool = True) -> Mention:
        """An entity named by its id; another word is a name that is linked later."""
        if name in self.entities:
            entity = self.entities[name]
            return Mention(entity.label("en"), type=entity.type, entity=name)
        if known and re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name):
            raise Refused("unknown-entity", f"{name!r} is no id in the entities table")
        return Mention(name)

    def _source_id(self, cells: _Cells) -> str:
        source = cells.pop("source_id")
        if source not in self.sources:
            raise Refused("unknown-source", f"source_id {source!r} is not in the sources table")
        return source

    def _amount(self, cells: _Cells, prefix: str, money: bool) -> Amount | None:
        """An amount from bounds; their order, unit and qualifier must make sense."""
        words = (cells.peek(f"{prefix}_min"), cells.peek(f"{prefix}_max"))
        low, high = (_number(cells.pop(f"{prefix}_{b}"), f"{prefix}_{b}") for b in ("min", "max"))
        unit = cells.pop("currency" if money else "unit")
        qualifier = cells.code("qualifier", self.ontology.qualifiers, "unknown-qualifier", True)
        if low is None and high is None:
            if qualifier:
                raise Refused("qualifier-without-amount", f"{qualifier!r}: expected bounds, too")
            return None
        if low is not None and high is not None and low > high:
            raise Refused("swapped-bounds", f"{low} is more than {high}; swap the two")
        code = unit.upper()
        currency = code if code in currencies(self.ontology.folder) else None
        if money and unit and currency is None:
            raise Refused("unknown-currency", f"{unit!r}: expected an ISO 4217 code such as USD")
        if not money and not unit:
            raise Refused("missing-field", "unit: expected a currency, percent, count, GW …")
        said = " – ".join(dict.fromkeys(w for w in words if w))
        return Amount(
            low=low,
            high=high,
            currency=currency,
            unit=None if money or currency else unit,
            qualifier=qualifier or "exact",
            text=f"{said} {unit}".strip(),
        )


class _Cells:
    """The cells of a row under our names, popped as they are used."""

    def __init__(self, row: Row, table: TableMapping, file: str) -> None:
        self.row, self.table, self.file = row, table, file
        self.used: set[str] = set()

    def peek(self, column: str) -> str:
        theirs = self.table.columns.get(column, column)
        value = self.row.cells.get(theirs, self.table.constants.get(column, "")).strip()
        return self.table.values.get(column, {}).get(value, value)

    def pop(self, column: str) -> str:
        self.used.add(self.table.columns.get(column, column))
        return self.peek(column)

    def require(self, columns: Iterable[str]) -> None:
        for column in columns:
            if not self.peek(column):
                raise Refused("missing-field", f"{column} is empty")

    def code(
        self, column: str, known: Mapping[str, object], reason: str, optional: bool = False
    ) -> str:
        value = self.pop(column)
        if value in known or (optional and not value):
            return value
        raise Refused(reason, f"{column} {value!r}: expected one of {', '.join(known)}")

    def choice(self, column: str, words: Sequence[str]) -> str:
        value = self.pop(column)
        if value not in words:
            known = ", ".join(w for w in words if w)
            raise Refused(f"unknown-{column}", f"{column} {value!r}: expected one of {known}")
        return value

    def evidence(self, source: str) -> Evidence:
        return Evidence(
            source=source,
            quote=self.row.quote,
            file=self.file,
            row=self.row.line,
            columns=tuple(c for c in self.row.cells if self.row.cells[c].strip()),
        )


@lru_cache(maxsize=4)
def currencies(folder: Path) -> frozenset[str]:
    """The codes of ISO 4217, from currencies.txt of an ontology folder."""
    return frozenset((folder / "currencies.txt").read_text("utf-8").split())


def _free_amount(text: str, cells: _Cells) -> Amount:
    currency = (cells.pop("currency") or cells.pop("unit") or "").upper() or None
    amount = parse_amount(text, detect_language(text) or "en", currency)
    if amount is None:
        raise Refused("bad-number", f"{text!r}: expected one sum such as $1.5bn or 超4亿美元")
    return amount


def _number(text: str, column: str) -> Decimal | None:
    if not text:
        return None
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise Refused("bad-number", f"{column} {text!r}: expected a number") from None
    if not number.is_finite():
        raise Refused("bad-number", f"{column} {text!r}: expected a number")
    return number


def _when(start: str, end: str, announced: str) -> When | None:
    """The period when there is one, else the day of the announcement."""
    text = announced
    if start and end and start != end and "/" not in start:
        text = f"{start}/{end}"
    elif start or end:
        text = start or f"../{end}"
    if not text:
        return None
    when = parse_edtf(text)
    if when is None:
        raise Refused("impossible-date", f"{text!r}: expected YYYY, YYYY-MM, YYYY-MM-DD or a/b")
    return when
