"""The demo's data as an editor wants it."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from kg.claim import Document
from kg.documents import find_documents, read_documents
from kg.ontology import Ontology
from kg.rates import load_rates
from kg.tables import TableData, read_tables

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def tables(ontology: Ontology) -> TableData:
    return read_tables(ROOT / "data", ROOT, (), ontology)


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_nothing_is_refused_and_every_column_is_read(tables: TableData) -> None:
    assert tables.quarantined == ()
    assert tables.unused_columns == {}
    assert len(tables.claims) >= 1050


def test_no_name_stands_for_two_things(tables: TableData) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for entity in tables.entities.values():
        for name in (*entity.labels.values(), *entity.aliases):
            owners[name.casefold().replace(" ", "")].add(entity.id)
    assert {name: who for name, who in owners.items() if len(who) > 1} == {}


def test_every_thing_is_named_in_three_scripts(tables: TableData) -> None:
    assert all(set(e.labels) == {"en", "zh-Hans", "zh-Hant"} for e in tables.entities.values())


def test_claims_that_share_a_sum_state_the_same_sum(tables: TableData) -> None:
    sums = defaultdict(set)
    for claim in tables.claims:
        if claim.joint and claim.amount:
            a = claim.amount
            sums[claim.evidence.source, claim.joint].add((a.low, a.high, a.currency))
    assert {group for group, found in sums.items() if len(found) > 1} == set()


def test_every_part_has_its_umbrella(tables: TableData) -> None:
    umbrellas = {c.umbrella for c in tables.claims if c.umbrella}
    assert {c.part_of for c in tables.claims if c.part_of} <= umbrellas


def test_states_of_being_have_no_status(tables: TableData) -> None:
    lasting = {"develops", "leads", "subsidiaryOf", "competesWith", "embodies", "proposes"}
    assert not [c.key for c in tables.claims if c.relation in lasting and c.status == "completed"]


def test_nothing_is_said_twice(tables: TableData) -> None:
    said = Counter(
        (
            c.evidence.source,
            c.subject,
            c.relation,
            c.measure,
            c.object,
            c.amount,
            c.when,
            c.product,
            c.note,
        )
        for c in tables.claims
    )
    assert [k for k, n in said.items() if n > 1] == []


def test_most_claims_fit_the_classes_of_their_relation(
    tables: TableData, ontology: Ontology
) -> None:
    odd = [
        c.key
        for c in tables.claims
        if c.kind == "relation" and c.object is not None
        for mention, fits in (
            (c.subject, ontology.relations[c.relation].subject_types),
            (c.object, ontology.relations[c.relation].object_types),
        )
        if fits and mention.type not in fits
    ]
    assert len(odd) <= 15, odd


def test_the_briefings_are_ours_and_name_what_they_restate(tables: TableData) -> None:
    documents = [
        d for p in find_documents(ROOT / "data" / "documents") for d in read_documents(p, ROOT)
    ]
    assert all(isinstance(d, Document) for d in documents)
    read = [d for d in documents if isinstance(d, Document)]
    assert Counter(d.language for d in read) == {"zh-Hans": 3, "zh-Hant": 1, "en": 3}
    for document in read:
        assert document.source.publisher == "kg project"
        assert document.date is not None
        assert document.source.restates
        assert set(document.source.restates) <= tables.sources.keys()


def test_rates_cover_the_currencies_of_the_claims(tables: TableData) -> None:
    rates = load_rates(ROOT / "data" / "rates.csv")
    for claim in tables.claims:
        if claim.kind == "relation" and claim.amount is not None and claim.amount.currency:
            assert rates.to_usd(claim.amount, claim.when) is not None, claim.key


def test_every_decision_says_why_and_who() -> None:
    for row in rows("decisions.csv"):
        assert row["reason"]
        assert row["by"]
        assert row["date"]
