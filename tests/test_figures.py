"""Figures: what of whom, how much, when; one sentence a measure, in each script."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.claim import Claim
from tests.extracting import claims


def figures(text: str, language: str = "") -> list[Claim]:
    return [c for c in claims(text, language) if c.kind == "figure"]


@pytest.mark.parametrize(
    ("text", "subject", "measure", "value"),
    [
        ("瀚洋科技的估值达到96亿美元。", "瀚洋科技", "valuation", "9.6E+9"),
        ("瀚洋科技上半年营收3.8亿美元。", "瀚洋科技", "revenue", "3.8E+8"),
        ("瀚洋科技去年净亏损1.46亿美元。", "瀚洋科技", "netLoss", "1.46E+8"),
        ("瀚洋科技上季淨利 2.9 億元。", "瀚洋科技", "netIncome", "2.9E+8"),
        ("瀚洋科技研发投入9.1亿元。", "瀚洋科技", "rdSpending", "9.1E+8"),
        ("瀚洋科技每月的算力成本约4亿元。", "瀚洋科技", "computeCost", "4E+8"),
        ("瀚洋科技今年资本开支近千亿元。", "瀚洋科技", "capex", "1E+11"),
        ("瀚洋科技现有员工约6200人。", "瀚洋科技", "headcount", "6200"),
        ("瀚洋科技的市场份额为2.1%。", "瀚洋科技", "marketShare", "2.1"),
        ("Fenwick Robotics was valued at $5.4 billion.", "Fenwick Robotics", "valuation", "5.4E+9"),
        (
            "Fenwick Robotics reported revenue of $1.36 billion.",
            "Fenwick Robotics",
            "revenue",
            "1.36E+9",
        ),
        (
            "Fenwick Robotics had a net loss of $133 million.",
            "Fenwick Robotics",
            "netLoss",
            "1.33E+8",
        ),
        ("Fenwick Robotics employs 74 people.", "Fenwick Robotics", "headcount", "74"),
    ],
)
def test_a_figure(text: str, subject: str, measure: str, value: str) -> None:
    language = "zh-Hant" if "億" in text else ""
    (claim,) = figures(text, language)
    assert claim.amount is not None
    assert (claim.subject.name, claim.measure) == (subject, measure)
    assert Decimal(value) in (claim.amount.low, claim.amount.high)


def test_what_rises_and_what_falls() -> None:
    up, down = (
        figures("瀚洋科技上半年营收3亿元，同比增长12%。"),
        figures("瀚洋科技去年营收同比下降8%。"),
    )
    assert [c.amount.low for c in up if c.amount and c.measure == "growthRate"] == [Decimal(12)]
    assert [c.amount.low for c in down if c.amount and c.measure == "growthRate"] == [Decimal(-8)]


def test_the_time_is_the_one_said() -> None:
    (claim,) = figures("瀚洋科技2024年实现营业收入87.4亿元。")
    assert claim.when is not None
    assert claim.when.edtf == "2024"


@pytest.mark.parametrize(
    "text",
    [
        "瀚洋科技的估值会达到96亿美元吗？",
        "如果上市，瀚洋科技的估值将达96亿美元。",
        "What if Fenwick Robotics were valued at $5 billion?",
    ],
)
def test_what_is_asked_or_supposed_is_no_figure(text: str) -> None:
    assert figures(text) == []


def test_parties_that_share_a_sum_say_so() -> None:
    found = figures("微软、亚马逊、谷歌三家公司今年计划在数据中心上合计投入3200亿美元。")
    capex = [c for c in found if c.measure == "capex"]
    assert {c.subject.name for c in capex} == {"微软", "亚马逊", "谷歌"}
    assert len({c.joint for c in capex}) == 1
    assert capex[0].joint
