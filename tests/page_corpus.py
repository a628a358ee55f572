"""A small corpus that the tests of the pages draw: every case that a page must tell apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from kg.claim import Amount, Claim, Corpus, Entity, Evidence, Mention, Source, When

TEXT = (
    "Nvidia said it would invest up to $100 billion in OpenAI, step by step. "
    "OpenAI denied that Google supplies it.\nAnother paragraph.\n"
    "英伟达宣布将向OpenAI投资最多1000亿美元。"
)


def usd(billions: str, **more: Any) -> Amount:
    """An exact sum of dollars, in billions, unless `more` says else."""
    value = Decimal(billions) * 10**9
    fields: dict[str, Any] = {"low": value, "high": value, "currency": "USD"}
    return Amount(**fields | {"text": f"${billions}bn"} | more)


def quoted(quote: str, source: str = "briefing") -> Evidence:
    start = TEXT.index(quote)
    return Evidence(source=source, quote=quote, start=start, end=start + len(quote))


def row(number: int, source: str = "wire") -> Evidence:
    return Evidence(
        source=source, quote=f"row: {number} | note: x", file="data/claims.csv", row=number
    )


def relation(
    subject: str,
    code: str,
    object_: str,
    evidence: Evidence,
    amount: Amount | None = None,
    **more: Any,
) -> Claim:
    return Claim(
        kind="relation",
        subject=Mention(subject, entity=subject),
        relation=code,
        object=Mention(object_, entity=object_),
        evidence=evidence,
        amount=amount,
        **more,
    )


ENTITIES = (
    Entity(
        id="nvidia",
        type="Company",
        labels={"en": "Nvidia", "zh-Hans": "英伟达", "zh-Hant": "輝達"},
        aliases=("NVDA", "英偉達"),
        ticker="NVDA",
        wikidata="Q182477",
    ),
    Entity(id="openai", type="Company", labels={"en": "OpenAI"}, parent="stargate"),
    Entity(id="google", type="Company", labels={"en": "Google", "zh-Hans": "谷歌"}),
    Entity(id="stargate", type="Project", labels={"en": "Stargate", "zh-Hans": "星际之门"}),
    Entity(id="mgx", type="Fund", labels={"en": "MGX"}),
    Entity(id="world-model", type="Concept", labels={"en": "World model", "zh-Hans": "世界模型"}),
    Entity(id="lone", type="Person", labels={"en": "Somebody"}, curated=False),
)

SOURCES = (
    Source(
        id="briefing",
        title="A briefing",
        publisher="kg project",
        issued="2025-09-22",
        language="en",
        kind="document",
        file="data/documents/briefing.txt",
        restates=("wire",),
    ),
    Source(
        id="wire",
        title="A wire story",
        publisher="The Wire",
        issued="2025-09",
        url="https://wire.example/story?a=1&b=2",
        language="en",
        kind="news",
    ),
)

SEPTEMBER = When("2025-09-22", date(2025, 9, 22), date(2025, 9, 22))

CLAIMS = (
    relation(
        "nvidia",
        "investsIn",
        "openai",
        quoted("Nvidia said it would invest up to $100 billion in OpenAI"),
        usd("100", low=None, qualifier="up_to", text="up to $100 billion"),
        status="announced",
        when=SEPTEMBER,
        extractor="rules",
        confidence=Decimal("0.9"),
    ),
    relation(
        "nvidia",
        "investsIn",
        "openai",
        quoted("英伟达宣布将向OpenAI投资最多1000亿美元"),
        usd("100", low=None, qualifier="up_to", text="最多1000亿美元"),
        status="announced",
        when=SEPTEMBER,
        extractor="rules",
    ),
    relation("nvidia", "investsIn", "openai", row(2), usd("30"), status="completed", deal="d1"),
    relation("nvidia", "investsIn", "openai", row(3), usd("35"), status="completed", deal="d1"),
    relation(
        "google", "supplies", "openai", row(4), usd("10"), status="committed", product="chips"
    ),
    relation(
        "google",
        "supplies",
        "openai",
        quoted("OpenAI denied that Google supplies it"),
        negated=True,
    ),
    relation(
        "openai", "participatesIn", "stargate", row(5), usd("500"), joint="s", status="announced"
    ),
    relation(
        "mgx", "participatesIn", "stargate", row(6), usd("500"), joint="s", status="announced"
    ),
    relation("mgx", "investsIn", "openai", row(7), usd("900"), status="rumoured"),
    relation("google", "competesWith", "openai", row(8)),
    relation("openai", "competesWith", "google", row(9)),
    relation("openai", "proposes", "world-model", row(10)),
    relation(
        "nvidia",
        "acquires",
        "mgx",
        row(11),
        Amount(low=Decimal("7e9"), high=Decimal("7e9"), currency="CNY", text="70亿元"),
        when=When("2024", date(2024, 1, 1), date(2024, 12, 31)),
        attributed_to=Mention("Google", entity="google"),
        note="An editor's remark",
    ),
    Claim(
        kind="figure",
        subject=Mention("openai", entity="openai"),
        measure="valuation",
        amount=usd("500"),
        when=When("2025", date(2025, 1, 1), date(2025, 12, 31)),
        evidence=row(12),
    ),
)


def corpus(claims: tuple[Claim, ...] = CLAIMS) -> Corpus:
    """The sample, with other claims if wanted."""
    return Corpus(
        entities={e.id: e for e in ENTITIES}, sources={s.id: s for s in SOURCES}, claims=claims
    )
