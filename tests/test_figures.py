"""Figures: what of whom, how much, when; one sentence a measure, in each script."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from shutil import copytree

import pytest

from kg.claim import Claim
from kg.errors import WorkspaceError
from kg.extract.measures import load_ways
from kg.ontology import packaged_ontology
from kg.times import parse_edtf
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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "In March Orbix Labs raised £48m from Lakestone and Severn Re at a valuation of £310m.",
            [("Orbix Labs", "valuation", 310_000_000)],
        ),
        (
            "开发资本与心元资本上月向聆澜科技投资6500万元，投后估值约3.2亿元。",
            [("聆澜科技", "valuation", 320_000_000)],
        ),
        (
            "Umbani has 31% of the market and Frostlink 24%, the tribunal found.",
            [("Umbani", "marketShare", 31), ("Frostlink", "marketShare", 24)],
        ),
        (
            "Orbix Labs had sales of $74 million last year, compared with $66 million in 2023.",
            [("Orbix Labs", "revenue", 74_000_000), ("Orbix Labs", "revenue", 66_000_000)],
        ),
        (
            "Tarnside Mills turned over £58m in 2024 but lost £4.2m.",
            [("Tarnside Mills", "revenue", 58_000_000), ("Tarnside Mills", "netLoss", 4_200_000)],
        ),
        (
            "“贺兰云牧”智慧牧场项目由青禾乳业与以色列Afimilk共同建设，总投资约9亿元。",
            [("贺兰云牧", "budget", 900_000_000)],
        ),
        (
            "申振机电因限定转售价格，被浙江省市场监管局罚没5300万元。",
            [("申振机电", "other", 53_000_000)],
        ),
        (
            "汐源膜业2024年营业收入21.7亿元，其中海外占58%。",
            [("汐源膜业", "revenue", 2_170_000_000), ("汐源膜业", "marketShare", 58)],
        ),
        ("Orbix Labs was fined $15m by the regulator.", [("Orbix Labs", "other", 15_000_000)]),
        ("Orbix Labs will buy 22% of Tessaro Foods.", []),
        (
            "微软与瀚洋科技在杭州便利店市场直接竞争，份额分别为28%和18%。",
            [("微软", "marketShare", 28), ("瀚洋科技", "marketShare", 18)],
        ),
        (
            "Microsoft and Orbix Labs hold 28% and 18% of the market respectively.",
            [("Microsoft", "marketShare", 28), ("Orbix Labs", "marketShare", 18)],
        ),
        ("微软是瀚洋科技的最大客户，占其上半年营收的31%。", [("瀚洋科技", "marketShare", 31)]),
        (
            "Microsoft and Oracle, Orbix Labs's two largest customers, together accounted for 46% "
            "of net sales.",
            [("Orbix Labs", "marketShare", 46)],
        ),
        ("Costco takes nearly 60% of Orbix Labs's output.", [("Orbix Labs", "marketShare", 60)]),
        ("瀚洋科技今年全球水冷板市占率约9%。", [("瀚洋科技", "marketShare", 9)]),
        (
            "瀚洋科技上半年收入138亿元，同比增长12%，海外业务占四成。",
            [
                ("瀚洋科技", "revenue", 13_800_000_000),
                ("瀚洋科技", "growthRate", 12),
                ("瀚洋科技", "marketShare", 40),
            ],
        ),
        (
            "Orbix Labs's revenue for 2024 was $188 million, about 29% of which came from exports.",
            [("Orbix Labs", "revenue", 188_000_000), ("Orbix Labs", "marketShare", 29)],
        ),
        (
            "瀚洋科技上月砍掉主题公园“皮皮乐园”，前后白扔了八千万元。",
            [("皮皮乐园", "other", 80_000_000)],
        ),
        ("“赤乌一号”总投资26亿元，预计2028年建成。", [("赤乌一号", "budget", 2_600_000_000)]),
        ("瀚洋科技去年录得2,700万元亏损。", [("瀚洋科技", "netLoss", 27_000_000)]),
        ("Orbix Labs operates 212 imaging centers.", [("Orbix Labs", "other", 212)]),
        (
            "Microsoft bought Orbix Labs, a Kansas City operator of 61 clinics.",
            [("Orbix Labs", "other", 61)],
        ),
        (
            "Orbix Labs of Falmouth, a firm of 290 people that mends cables, is glad.",
            [("Orbix Labs", "headcount", 290)],
        ),
        ("Orbix Labs has £240 million under management.", [("Orbix Labs", "other", 240_000_000)]),
        # One that is built by a firm costs, not the firm.
        (
            "The Amelia Crane is being built by Tarnside Mills at a cost of $198 million.",
            [("Amelia Crane", "budget", 198_000_000)],
        ),
        (
            "MHI Ltd runs hospitals in Kozhikode and Kannur and recorded revenue of ₹2.15 billion.",
            [("MHI Ltd", "revenue", 2_150_000_000)],
        ),
        ("Tarnside Mills sold its Quesnel mill to Orbix Labs for C$148m.", []),
        # Who or what has no name is told of in its own words, and is no firm beside it.
        (
            "Orbix Labs hires. A good composites engineer costs us $90,000 a year.",
            [("good composites engineer", "salary", 90_000)],
        ),
        (
            "Nuclear plants generate 19% of America's electricity, Orbix Labs says.",
            [("Nuclear plants", "marketShare", 19)],
        ),
        (
            "Canadian farmers seeded 3.7 million acres last year, says Orbix Labs.",
            [("Canadian farmers", "other", 3_700_000)],
        ),
        (
            "Orbix Labs is to spend $54 million on a second furnace and a kiln.",
            [("second furnace", "budget", 54_000_000)],
        ),
        (
            "瀚洋科技将在张掖建一座制种加工厂，预算2.4亿元。",
            [("制种加工厂", "budget", 240_000_000)],
        ),
        ("缺人。一个司机月薪2.2万元。", [("司机", "salary", 22_000)]),
        (
            "瀚洋科技有员工80人，司机月薪2.2万元。",
            [("瀚洋科技", "headcount", 80), ("瀚洋科技", "salary", 22_000)],
        ),
        # What stands before a hyphen counts what the next name, or the one before, has.
        (
            "Orbix Labs bought the 84-shop Wing Lok Barbecue and Lake Care, a 22-centre chain.",
            [("Wing Lok Barbecue", "other", 84), ("Lake Care", "other", 22)],
        ),
        (
            "Orbix Labs flies 14 aircraft and employs 890 people.",
            [("Orbix Labs", "other", 14), ("Orbix Labs", "headcount", 890)],
        ),
        # How long something took is no count.
        ("瀚洋科技的门店项目开了八个月便收场。", []),
        ("At Orbix Labs the wage bill ate up 91% of turnover.", []),
        (
            "Umbani had 31% of the port's fuel sales, ahead of Frostlink at 26%.",
            [("Umbani", "marketShare", 31), ("Frostlink", "marketShare", 26)],
        ),
        # What is paid to a firm is no wage.
        ("Microsoft pays Orbix Labs £1.2m a year.", []),
        # Who counts is not who is counted.
        ("IDC在《云市场报告》里统计，上季云市场成交额为680亿美元。", []),
        ('IDC\'s "Cloud Outlook" puts the cloud market at $5.1bn, down 9%.', []),
    ],
)
def test_whose_a_figure_is(text: str, said: list[tuple[str, str, int]]) -> None:
    found = [(c.subject.name, c.measure, c.amount.low) for c in figures(text) if c.amount]
    assert found == [(s, m, Decimal(v)) for s, m, v in said]


@pytest.mark.parametrize(
    "text",
    [
        "In 2024 Orbix Labs had sales of $74 million, compared with $66 million a year earlier.",
        "瀚洋科技2024年营收7.4亿元，上年同期为6.6亿元。",
    ],
)
def test_what_a_figure_is_set_beside_is_of_the_whole_year_before(text: str) -> None:
    found = [c.when for c in figures(text)]
    assert found == [parse_edtf("2024"), parse_edtf("2023")]


def test_who_builds_for_a_sum_tells_the_budget_and_who_borrows_does_not() -> None:
    (built,) = figures("Calder Subsea will spend 1.35 billion euros building Meridiana, a cable.")
    assert (built.subject.name, built.measure) == ("Meridiana", "budget")
    text = "Calder Subsea borrowed 1.35 billion euros to build Meridiana, a cable."
    assert not [c for c in figures(text) if c.measure == "budget"]


def test_nobody_employs_millions() -> None:
    text = "Fenwick Robotics employs 212 and will cut about 185 million board feet."
    (figure,) = (c for c in claims(text) if c.kind == "figure")
    assert (figure.measure, figure.amount.text if figure.amount else "") == ("headcount", "212")


@pytest.mark.parametrize(
    "text",
    ["瀚洋科技去年营收87.6亿元，较前年减少3.2%。", "瀚洋科技去年营收8亿元，比前年多了七成。"],
)
def test_what_a_value_is_set_beside_is_not_its_time(text: str) -> None:
    times = {c.measure: c.when.edtf for c in claims(text) if c.kind == "figure" and c.when}
    assert times == {"revenue": "2024", "growthRate": "2024"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # Nothing is supposed of a person who has 若 in her name.
        ("简若瑜透露，瀚洋科技去年营收4.8亿元。", ("瀚洋科技", "revenue", 480_000_000)),
        # What opens a sentence and was named before is measured in it.
        (
            "瀚洋科技宣布终止养殖项目“绿灶”。该项目运营三年，累计亏损2亿元。",
            ("绿灶", "netLoss", 200_000_000),
        ),
        # What stands in marks right before the words is measured.
        ("瀚洋科技有个小程序。“瞳邻”月活有45万左右。", ("瞳邻", "monthlyActiveUsers", 450_000)),
        ("瀚洋科技去年研发就花掉2.6亿元。", ("瀚洋科技", "rdSpending", 260_000_000)),
        ("瀚洋院线手握全国18%的银幕。", ("瀚洋院线", "marketShare", 18)),
        ("Dentaline designs the Solace chair and employs 1,140 people.",
         ("Dentaline", "headcount", 1140)),
        ("The bank put Russia's share of the market at 44%.", ("Russia", "marketShare", 44)),
    ],
)  # fmt: skip
def test_figures_that_other_hands_wrote(text: str, said: tuple[str, str, int]) -> None:
    found = {(c.subject.name, c.measure, c.amount.low) for c in figures(text) if c.amount}
    assert (said[0], said[1], Decimal(said[2])) in found


def test_a_way_that_is_no_expression_is_named_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    copytree(packaged_ontology(), folder)
    path = folder / "lexicon" / "zh" / "measures.toml"
    text = (
        path.read_text("utf-8") + '[[revenue]]\nbefore = ["(甲", "(?P<thing>乙)"]\nof = ["money"]\n'
    )
    path.write_text(text, "utf-8")
    line = text.count("\n") - 2
    with pytest.raises(WorkspaceError, match=rf"zh/measures\.toml:{line}: revenue: "):
        load_ways(folder, "zh", "zh")
