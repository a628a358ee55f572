"""The claim's identifier hashes what distinguishes a claim, and nothing else."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal

import pytest

from kg.claim import Amount, Claim, Entity, Evidence, Mention, When

CLAIM = Claim(
    kind="relation",
    subject=Mention("Nvidia", entity="nvidia"),
    relation="investsIn",
    object=Mention("OpenAI", entity="openai"),
    evidence=Evidence(
        source="press", quote="Nvidia invests up to $100bn in OpenAI", start=3, end=40
    ),
    amount=Amount(low=None, high=Decimal(100_000_000_000), currency="USD", qualifier="up_to"),
    when=When("2025-09-22", date(2025, 9, 22), date(2025, 9, 22)),
    status="announced",
    extractor="rules",
)


def test_the_identifier_is_pinned() -> None:
    """Claim IRIs are public: this digest may only change with a major version."""
    assert CLAIM.id == "90ccc08548a96dca3de8"


@pytest.mark.parametrize(
    "change",
    [
        {"subject": Mention("AMD", entity="amd")},
        {"object": Mention("xAI", entity="xai")},
        {"relation": "lendsTo"},
        {"negated": True},
        {"when": When("2025", date(2025, 1, 1), date(2025, 12, 31))},
        {"amount": None},
        {"amount": Amount(low=None, high=Decimal(100_000_000_000), currency="EUR")},
        {"evidence": replace(CLAIM.evidence, source="other")},
        {"evidence": replace(CLAIM.evidence, start=4)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_distinguishes_a_claim_changes_the_identifier(change: dict[str, object]) -> None:
    assert replace(CLAIM, **change).id != CLAIM.id  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        {"confidence": Decimal("0.5")},
        {"extractor": "llm"},
        {"note": "seen"},
        {"deal": "d1"},
        {"status": "committed"},
        {"subject": Mention("英伟达", entity="nvidia", start=3, end=6)},
        {"amount": Amount(low=None, high=Decimal("1E+11"), currency="USD", text="1000 亿美元")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_a_better_extractor_may_change_does_not(change: dict[str, object]) -> None:
    assert replace(CLAIM, **change).id == CLAIM.id  # type: ignore[arg-type]


def test_rows_of_one_table_that_say_the_same_stay_apart_by_their_key() -> None:
    row = replace(CLAIM, evidence=Evidence(source="s", quote="…", file="data/claims.csv", row=2))
    assert replace(row, key="c1").id != replace(row, key="c2").id


def test_a_row_keeps_its_identifier_when_rows_are_added_above_it() -> None:
    row = replace(
        CLAIM, key="c1", evidence=Evidence(source="s", quote="…", file="data/claims.csv", row=2)
    )
    assert replace(row, evidence=replace(row.evidence, row=9)).id == row.id


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Nvidia"), ("zh-Hant", "輝達"), ("zh-Hans", "英伟达"), ("fr", "Nvidia")],
)
def test_labels_fall_back_to_english(language: str, name: str) -> None:
    labels = {"en": "Nvidia", "zh-Hans": "英伟达", "zh-Hant": "輝達"}
    assert Entity(id="nvidia", type="Company", labels=labels).label(language) == name


def test_an_entity_without_labels_goes_by_its_id() -> None:
    assert Entity(id="nvidia", type="Company").label("en") == "nvidia"


def test_an_identifier_is_no_part_of_the_value() -> None:
    """It is kept once asked for, and a changed copy has its own."""
    asked, fresh = replace(CLAIM), replace(CLAIM)
    assert asked.id == CLAIM.id
    assert asked == fresh
    assert replace(asked, relation="lendsTo").id != asked.id
    assert "_id" not in asdict(asked)
