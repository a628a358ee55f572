"""Tables: a row is a claim or it is refused with its line; other people's columns are mapped."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.claim import Claim
from kg.errors import WorkspaceError
from kg.mappings import read_mappings
from kg.ontology import Ontology, load_ontology
from kg.tables import TableData, read_tables

SOURCES = "id,url,publisher,title_own_words,published,language,kind\ns1,https://x.example,Wire,T,2025-09,en,news\n"
ENTITIES = (
    "id,type,label_en,label_zh,label_zh_hant,aliases,country,ticker,parent_id,wikidata\n"
    "nvidia,Company,Nvidia,英伟达,輝達,NVDA|英偉達,US,NVDA,,\n"
    "openai,Company,OpenAI,OpenAI,OpenAI,,US,,,\n"
)
CLAIM_HEAD = (
    "id,subject_id,relation,object_id,product,amount_min,amount_max,currency,qualifier,percent,"
    "joint_group,umbrella,part_of,polarity,period_start,period_end,announced,status,"
    "attributed_to,source_id,note\n"
)
GOOD: dict[str, str] = {
    "id": "c1",
    "subject_id": "nvidia",
    "relation": "investsIn",
    "object_id": "openai",
    "amount_max": "100000000000",
    "currency": "USD",
    "qualifier": "up_to",
    "announced": "2025-09-22",
    "status": "announced",
    "source_id": "s1",
}


def line(**change: str) -> str:
    row = {**GOOD, **change}
    return ",".join(row.get(c, "") for c in CLAIM_HEAD.strip().split(",")) + "\n"


def read(folder: Path, ontology: Ontology, **files: str) -> TableData:
    contents = {"sources": SOURCES, "entities": ENTITIES, **files}
    for name, text in contents.items():
        (folder / f"{name}.csv").write_text(text, "utf-8", newline="")
    return read_tables(folder, folder, (), ontology)


def test_a_row_becomes_a_claim_with_its_place(tmp_path: Path, ontology: Ontology) -> None:
    data = read(tmp_path, ontology, claims=CLAIM_HEAD + line(percent="10", umbrella="u"))
    (claim,) = data.claims
    assert (claim.subject.entity, claim.relation) == ("nvidia", "investsIn")
    assert claim.object is not None
    assert claim.object.entity == "openai"
    amount = claim.amount
    assert amount is not None
    assert (amount.low, amount.high, amount.currency) == (None, Decimal(100000000000), "USD")
    assert (amount.qualifier, claim.share, claim.umbrella) == ("up_to", Decimal(10), "u")
    e = claim.evidence
    assert (e.source, e.file, e.row) == ("s1", "claims.csv", 2)
    assert e.quote.startswith("id: c1 | subject_id: nvidia | relation: investsIn")
    assert claim.when is not None
    assert claim.when.edtf == "2025-09-22"


def test_entities_have_their_names_in_three_scripts(tmp_path: Path, ontology: Ontology) -> None:
    entity = read(tmp_path, ontology).entities["nvidia"]
    assert entity.labels == {"en": "Nvidia", "zh-Hans": "英伟达", "zh-Hant": "輝達"}
    assert entity.aliases == ("NVDA", "英偉達")


BAD = [
    ({"relation": "loves"}, "unknown-relation"),
    ({"subject_id": "nobody"}, "unknown-entity"),
    ({"source_id": "s9"}, "unknown-source"),
    ({"currency": "ZZZ"}, "unknown-currency"),
    ({"announced": "2025-02-30"}, "impossible-date"),
    ({"amount_min": "200000000000"}, "swapped-bounds"),
    ({"amount_max": "a lot"}, "bad-number"),
    ({"amount_max": "NaN"}, "bad-number"),
    ({"percent": "120"}, "bad-number"),
    ({"status": "maybe"}, "unknown-status"),
    ({"qualifier": "roughly"}, "unknown-qualifier"),
    ({"amount_max": ""}, "qualifier-without-amount"),
    ({"object_id": "nvidia"}, "self-relation"),
    ({"polarity": "perhaps"}, "unknown-polarity"),
    ({"subject_id": ""}, "missing-field"),
    ({"id": "has space"}, "bad-id"),
]


@pytest.mark.parametrize(("change", "reason"), BAD, ids=[b[1] for b in BAD])
def test_a_bad_row_is_refused_and_the_next_is_read(
    tmp_path: Path, ontology: Ontology, change: dict[str, str], reason: str
) -> None:
    data = read(tmp_path, ontology, claims=CLAIM_HEAD + line(**change) + line(id="c2"))
    (refused,) = data.quarantined
    assert (refused.file, refused.line, refused.reason) == ("claims.csv", 2, reason)
    assert refused.content
    assert [c.key for c in data.claims] == ["c2"]


def test_broken_rows_are_refused_with_their_line(tmp_path: Path, ontology: Ontology) -> None:
    text = CLAIM_HEAD + "c0,nvidia\n" + line() + 'c2,"unclosed\n'
    data = read(tmp_path, ontology, claims=text)
    assert [(q.line, q.reason) for q in data.quarantined] == [(2, "broken-row"), (4, "broken-row")]
    assert len(data.claims) == 1


def test_a_cell_of_many_megabytes_is_refused(tmp_path: Path, ontology: Ontology) -> None:
    text = CLAIM_HEAD + line(note="x" * 2_000_000) + line(id="c2")
    data = read(tmp_path, ontology, claims=text)
    assert [(q.line, q.reason) for q in data.quarantined] == [(2, "broken-row")]


def test_columns_that_nothing_reads_are_reported(tmp_path: Path, ontology: Ontology) -> None:
    head, row = CLAIM_HEAD.strip() + ",colour\n", line().strip() + ",blue\n"
    assert read(tmp_path, ontology, claims=head + row).unused_columns == {"claims.csv": ("colour",)}


def test_figures_have_money_or_a_unit(tmp_path: Path, ontology: Ontology) -> None:
    figures = (
        "id,entity_id,measure,value_min,value_max,unit,qualifier,period,attributed_to,source_id,note\n"
        "f1,openai,revenue,43,43,USD,exact,2025-01/2025-06,,s1,\n"
        "f2,openai,growthRate,-5,-5,percent,exact,2025,,s1,\n"
        "f3,openai,happiness,1,1,count,exact,,,s1,\n"
        "f4,openai,revenue,,,USD,,2025,,s1,\n"
    )
    data = read(tmp_path, ontology, figures=figures)
    money, share = (c.amount for c in data.claims)
    assert money is not None
    assert share is not None
    assert (money.currency, money.unit) == ("USD", None)
    assert (share.currency, share.unit, share.low) == (None, "percent", Decimal(-5))
    assert [q.reason for q in data.quarantined] == ["unknown-measure", "no-value"]


@pytest.mark.parametrize("suffix", ["tsv", "xlsx", "parquet"])
def test_other_formats_hold_the_same(tmp_path: Path, ontology: Ontology, suffix: str) -> None:
    head = CLAIM_HEAD.strip().split(",")
    row = line().strip("\n").split(",")
    expected = read(tmp_path, ontology, claims=CLAIM_HEAD + line()).claims[0]
    (tmp_path / "claims.csv").unlink()
    path = tmp_path / f"claims.{suffix}"
    if suffix == "tsv":
        path.write_text("\t".join(head) + "\n" + "\t".join(row) + "\n", "utf-8")
    elif suffix == "xlsx":
        import openpyxl

        book = openpyxl.Workbook()
        for values in (head, row):
            book.worksheets[0].append(values)
        book.save(path)
    else:
        import pyarrow
        from pyarrow import parquet

        parquet.write_table(pyarrow.table({h: [v] for h, v in zip(head, row, strict=True)}), path)
    (claim,) = read_tables(tmp_path, tmp_path, (), ontology).claims
    assert claim.evidence.quote == expected.evidence.quote
    assert (claim.amount, claim.when) == (expected.amount, expected.when)


MAPPING: dict[str, Any] = {
    "path": "deals.csv",
    "kind": "claims",
    "columns": {"subject_id": "Investor", "object_id": "Firm", "amount": "Size", "status": "State"},
    "constants": {"relation": "investsIn", "source_id": "s1"},
    "values": {"status": {"Closed": "completed", "": ""}},
}


def test_other_peoples_columns_are_mapped(tmp_path: Path, ontology: Ontology) -> None:
    deals = (
        "Investor,Firm,Size,State\n"
        "Harbour Lane,OpenAI,up to $100bn,Closed\n"
        "港巷资本,OpenAI,超4亿美元,\n"
    )
    (tmp_path / "deals.csv").write_text(deals, "utf-8")
    (tmp_path / "sources.csv").write_text(SOURCES, "utf-8")
    mappings = read_mappings([MAPPING], tmp_path)
    first, second = read_tables(tmp_path, tmp_path, mappings, ontology).claims
    assert (first.subject.name, first.subject.entity, first.status) == (
        "Harbour Lane",
        "",
        "completed",
    )
    assert first.amount is not None
    assert (first.amount.high, first.amount.qualifier) == (Decimal("1E+11"), "up_to")
    assert second.amount is not None
    assert (second.amount.low, second.amount.qualifier) == (Decimal("4E+8"), "more_than")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"path": "none.csv"}, "no such file"),
        ({"kind": "people"}, "expected one of"),
        ({"colums": {}}, "unknown key"),
        ({"columns": {"investor": "X"}}, "expected one of"),
    ],
)
def test_a_mistaken_mapping_is_named(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    (tmp_path / "deals.csv").write_text("a\n", "utf-8")
    with pytest.raises(WorkspaceError, match=message):
        read_mappings([{**MAPPING, **change}], tmp_path)


cells = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='",'), max_size=12
)


@given(st.lists(st.dictionaries(st.sampled_from(sorted(GOOD)), cells), max_size=5))
def test_every_row_is_a_claim_or_refused(rows: list[dict[str, str]]) -> None:
    import tempfile

    ontology = load_ontology(Path(__file__).parent.parent / "ontology")
    text = CLAIM_HEAD + "".join(line(**{"id": f"r{n}", **row}) for n, row in enumerate(rows))
    with tempfile.TemporaryDirectory() as folder:
        data = read(Path(folder), ontology, claims=text)
    assert len(data.claims) + len(data.quarantined) == len(rows)
    assert all(isinstance(c, Claim) for c in data.claims)


def test_a_parent_that_is_no_entity_is_refused_and_the_thing_is_kept_out(
    tmp_path: Path, ontology: Ontology
) -> None:
    """One slip in a column must not end the build."""
    entities = ENTITIES + "aws,Company,AWS,,,,US,,amazom,\n" + "x,Company,X,,,,,,aws,\n"
    data = read(tmp_path, ontology, entities=entities, claims=CLAIM_HEAD + line())
    assert [(q.file, q.line, q.reason) for q in data.quarantined] == [
        ("entities.csv", 4, "unknown-parent"),
        ("entities.csv", 5, "unknown-parent"),
    ]
    assert set(data.entities) == {"nvidia", "openai"}
    assert data.described["entities.csv"] == 2
    assert len(data.claims) == 1
