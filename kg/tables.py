"""Tables of entities, sources, claims and figures become values; a bad row is refused.

Which columns a table may have, and how others are mapped to them, is in kg.mappings. Cells are
popped as they are used; a column that nothing reads is reported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.cells import Cells, currencies, free_amount, number, when_of
from kg.claim import Amount, Claim, Entity, Mention, Quarantined, Source
from kg.errors import Refused
from kg.mappings import COLUMNS, TableMapping
from kg.ontology import Ontology
from kg.sheets import SUFFIXES, Row, read_rows
from kg.times import parse_edtf

_ID = re.compile(r"[^\s/?#<>\"]+")


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
    tables = sorted([*own, *mappings], key=lambda t: str(t.path))
    reader = _Reader(root, ontology)
    for kind in COLUMNS:
        for table in tables:
            if table.kind == kind:
                reader.read(table)
        if kind == "entities":
            reader.refuse_orphans()
    return reader.data()


def known_names(tables: TableData) -> dict[str, str]:
    """Every name of a curated entity → the code of its class."""
    return {
        name: entity.type
        for _, entity in sorted(tables.entities.items())
        for name in (*entity.labels.values(), *entity.aliases)
    }


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
        self.places: dict[str, tuple[str, Row]] = {}

    def data(self) -> TableData:
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
            cells = Cells(row, table, file)
            try:
                cells.require(COLUMNS[table.kind][0])
                make(cells)
            except Refused as refused:
                self._refuse(refused, file, row)
            else:
                if table.kind in ("sources", "entities"):
                    self.described[file] += 1
                    self.places[cells.peek("id")] = (file, row)
            used |= cells.used
        if left := tuple(sorted(c for c in seen - used if c)):
            self.unused[file] = left

    def refuse_orphans(self) -> None:
        """Refuses entities whose parent is none; parents may stand below their children, so this
        comes after all rows, and again until no entity has lost its parent."""
        while orphans := [
            e for e in self.entities.values() if e.parent and e.parent not in self.entities
        ]:
            for entity in orphans:
                file, row = self.places[entity.id]
                said = f"parent_id {entity.parent!r} is no id in the entities table"
                self._refuse(Refused("unknown-parent", said), file, row)
                self.described[file] -= 1
                del self.entities[entity.id]

    def _refuse(self, refused: Refused, file: str, row: Row) -> None:
        self.quarantined.append(
            Quarantined(
                reason=refused.reason,
                message=refused.message,
                file=file,
                line=row.line,
                content=row.quote[:400],
            )
        )

    def _unique(self, cells: Cells, kind: str) -> str:
        key = cells.pop("id")
        known = self.keys.setdefault(kind, set())
        if key and not _ID.fullmatch(key):
            raise Refused("bad-id", f"id {key!r}: expected no spaces, slashes or quotes")
        if key and key in known:
            raise Refused("duplicate-id", f"id {key!r} is taken by an earlier row")
        return key

    def _source(self, cells: Cells) -> None:
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

    def _entity(self, cells: Cells) -> None:
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

    def _claim(self, cells: Cells) -> None:
        key = self._unique(cells, "claims")
        relation = cells.code("relation", self.ontology.relations, "unknown-relation")
        subject, object_ = (self._mention(cells.pop(c)) for c in ("subject_id", "object_id"))
        start, end = cells.pop("period_start"), cells.pop("period_end")
        announced = cells.pop("announced")
        free = cells.pop("amount")
        amount = free_amount(free, cells) if free else self._amount(cells, "amount", money=True)
        said_by = cells.pop("attributed_to")
        share = number(cells.pop("percent"), "percent")
        if share is not None and not 0 <= share <= 100:
            raise Refused("bad-number", f"percent {share}: expected 0 to 100")
        claim = Claim(
            kind="relation",
            subject=subject,
            relation=relation,
            object=object_,
            amount=amount,
            share=share,
            when=when_of(start, end, announced),
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

    def _figure(self, cells: Cells) -> None:
        key = self._unique(cells, "figures")
        measure = cells.code("measure", self.ontology.measures, "unknown-measure")
        subject = self._mention(cells.pop("entity_id"))
        free = cells.pop("value")
        amount = free_amount(free, cells) if free else self._amount(cells, "value", money=False)
        if amount is None:
            raise Refused("no-value", "expected value_min or value_max")
        said_by = cells.pop("attributed_to")
        self.claims.append(
            Claim(
                kind="figure",
                subject=subject,
                measure=measure,
                amount=amount,
                when=when_of(cells.pop("period"), "", ""),
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

    def _source_id(self, cells: Cells) -> str:
        source = cells.pop("source_id")
        if source not in self.sources:
            raise Refused("unknown-source", f"source_id {source!r} is not in the sources table")
        return source

    def _amount(self, cells: Cells, prefix: str, money: bool) -> Amount | None:
        """An amount from bounds; their order, unit and qualifier must make sense."""
        words = (cells.peek(f"{prefix}_min"), cells.peek(f"{prefix}_max"))
        low, high = (number(cells.pop(f"{prefix}_{b}"), f"{prefix}_{b}") for b in ("min", "max"))
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
