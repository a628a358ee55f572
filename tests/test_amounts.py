"""Sums and quantities: what the words say, as intervals."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.amounts import find_amounts
from kg.local_currency import local_currency
from kg.ontology import packaged_ontology
from kg.quantities import find_quantities, parse_amount
from kg.text import fold
from kg.value_words import load_values

GOLD = Path(__file__).parent / "gold"

Row = tuple[str, float | None, float | None, str | None, str]

SUMS: list[Row] = [
    ("$1.2 billion", 1.2e9, 1.2e9, "USD", "exact"),
    ("US$1.5bn", 1.5e9, 1.5e9, "USD", "exact"),
    ("€640m", 640e6, 640e6, "EUR", "exact"),
    ("£950m", 950e6, 950e6, "GBP", "exact"),
    ("₹41bn", 41e9, 41e9, "INR", "exact"),
    ("Rs 500 crore", 5e9, 5e9, "INR", "exact"),
    ("RMB 300 million", 3e8, 3e8, "CNY", "exact"),
    ("41 billion rupees", 41e9, 41e9, "INR", "exact"),
    ("two billion dollars", 2e9, 2e9, "USD", "exact"),
    ("half a billion dollars", 5e8, 5e8, "USD", "exact"),
    ("tens of billions of dollars", 2e10, 1e11, "USD", "about"),
    ("up to $100bn", None, 1e11, "USD", "up_to"),
    ("about $5.4 billion", 5.4e9, 5.4e9, "USD", "about"),
    ("close to €28m", 28e6, 28e6, "EUR", "about"),
    ("more than $370m", 370e6, None, "USD", "more_than"),
    ("at least $300 million", 3e8, None, "USD", "at_least"),
    ("not less than $425 million", 425e6, None, "USD", "at_least"),
    ("less than $9 million", None, 9e6, "USD", "less_than"),
    ("$1.8bn-$2bn", 1.8e9, 2e9, "USD", "exact"),
    ("$3.5-4 billion", 3.5e9, 4e9, "USD", "exact"),
    ("$10 billion to $15 billion", 1e10, 1.5e10, "USD", "exact"),
    ("between $5bn and $6bn", 5e9, 6e9, "USD", "exact"),
    ("12亿美元", 1.2e9, 1.2e9, "USD", "exact"),
    ("不超过6.72亿元", None, 6.72e8, "CNY", "up_to"),
    ("不超1亿元", None, 1e8, "CNY", "up_to"),
    ("不低于2亿元", 2e8, None, "CNY", "at_least"),
    ("补助封顶3亿元", None, 3e8, "CNY", "up_to"),
    ("花了6个亿", 6e8, 6e8, None, "exact"),
    ("掏了4200万", 4.2e7, 4.2e7, None, "exact"),
    ("SKr28bn", 28e9, 28e9, "SEK", "exact"),
    ("Sh1.7 billion", 1.7e9, 1.7e9, "KES", "exact"),
    ("SFr95m", 95e6, 95e6, "CHF", "exact"),
    ("900 million Norwegian crowns", 9e8, 9e8, "NOK", "exact"),
    ("超4亿美元", 4e8, None, "USD", "more_than"),
    ("逾 3.5 亿欧元", 3.5e8, None, "EUR", "more_than"),
    ("近3亿元", 3e8, 3e8, "CNY", "about"),
    ("约莫400亿美元", 4e10, 4e10, "USD", "about"),
    ("40亿美元上下", 4e9, 4e9, "USD", "about"),
    ("130多亿美元", 1.3e10, 1.4e10, "USD", "about"),
    ("二十多亿美元", 2e9, 3e9, "USD", "about"),
    ("三千来万元", 3e7, 3e7, "CNY", "about"),
    ("数十亿美元", 2e9, 1e10, "USD", "about"),
    ("数百亿元", 2e10, 1e11, "CNY", "about"),
    ("数千万元", 2e7, 1e8, "CNY", "about"),
    ("至多25亿美元", None, 2.5e9, "USD", "up_to"),
    ("最高14.5亿美元", None, 1.45e9, "USD", "up_to"),
    ("至少10亿欧元", 1e9, None, "EUR", "at_least"),
    ("8,000万美元以上", 8e7, None, "USD", "at_least"),
    ("18亿至20亿美元", 1.8e9, 2e9, "USD", "exact"),
    ("5-6亿元", 5e8, 6e8, "CNY", "exact"),
    ("1.2万亿元", 1.2e12, 1.2e12, "CNY", "exact"),
    ("134.亿元", 134e8, 134e8, "CNY", "exact"),
    ("千亿元", 1e11, 1e11, "CNY", "exact"),
    ("45亿日元", 4.5e9, 4.5e9, "JPY", "exact"),
    ("１２亿美元", 1.2e9, 1.2e9, "USD", "exact"),
    ("2,600万元", 2.6e7, 2.6e7, "CNY", "exact"),
    ("HK$12亿", 1.2e9, 1.2e9, "HKD", "exact"),
    ("港币6.42亿元", 6.42e8, 6.42e8, "HKD", "exact"),
    ("估值冲上120亿元", 1.2e10, 1.2e10, "CNY", "exact"),
    ("不会少于1,800万元", 1.8e7, None, "CNY", "at_least"),
]


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "qualifier"), SUMS, ids=[s[0] for s in SUMS]
)
def test_a_sum(
    text: str, low: float | None, high: float | None, currency: str, qualifier: str
) -> None:
    language = "en" if text.isascii() or text[0] in "€£₹" else "zh-Hans"
    (span,) = find_amounts(f"{text} ", language)
    a = span.amount
    bounds = [None if b is None else Decimal(str(b)) for b in (low, high)]
    assert [a.low, a.high] == bounds
    assert (a.currency, a.qualifier) == (currency, qualifier)


TRADITIONAL: list[Row] = [
    ("130億港元", 1.3e10, 1.3e10, "HKD", "exact"),
    ("新台幣 85 億元", 8.5e9, 8.5e9, "TWD", "exact"),
    ("NT$8 億", 8e8, 8e8, "TWD", "exact"),
    ("HK$3.1億", 3.1e8, 3.1e8, "HKD", "exact"),
    ("¥2.5 兆", 2.5e12, 2.5e12, "JPY", "exact"),
    ("5,000 億美元", 5e11, 5e11, "USD", "exact"),
    ("120 億元", 1.2e10, 1.2e10, "TWD", "exact"),
]


@pytest.mark.parametrize(("text", "low", "high", "currency", "qualifier"), TRADITIONAL)
def test_a_sum_in_traditional_script(
    text: str, low: float, high: float, currency: str, qualifier: str
) -> None:
    (span,) = find_amounts(text, "zh-Hant")
    assert (span.amount.low, span.amount.high) == (Decimal(str(low)), Decimal(str(high)))
    assert (span.amount.currency, span.amount.qualifier) == (currency, qualifier)


@pytest.mark.parametrize(
    "text",
    [
        "40万块GB200",
        "GB300",
        "2025年",
        "12亿月活用户",
        "H100",
        "212%",
        "二十多亿",
        "in 2030",
        "5G 网络",
    ],
)
def test_what_is_no_money(text: str) -> None:
    assert find_amounts(text, "zh-Hans") == []


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("单月算力成本超 4 亿美元", "P1M"),
        ("平均年薪 85 万美元", "P1Y"),
        ("每年差不多2000万元", "P1Y"),
        ("at least $300 million a year", "P1Y"),
        ("$85 million per year", "P1Y"),
        ("$1.25 billion a month", "P1M"),
        ("12亿美元", None),
    ],
)
def test_a_sum_per_so_long(text: str, period: str | None) -> None:
    (span,) = find_amounts(text, "zh-Hans")
    assert span.amount.period == period


@pytest.mark.parametrize(
    ("text", "joint", "each"),
    [
        ("合共65亿港元", True, False),
        ("各出资3亿美元", False, True),
        ("$500 million each", False, True),
        ("$1.2 billion between them", True, False),
        ("12亿美元", False, False),
    ],
)
def test_whose_sum_it_is(text: str, joint: bool, each: bool) -> None:
    (span,) = find_amounts(text, "zh-Hans")
    assert (span.joint, span.each) == (joint, each)


def test_a_list_shares_unit_and_magnitude() -> None:
    spans = find_amounts("2025-2027年营收为9.8/14.6/21.3亿元", "zh-Hans")
    assert [s.amount.low for s in spans] == [Decimal(b) for b in ("9.8E+8", "14.6E+8", "21.3E+8")]


def test_a_list_shares_the_currency_of_its_first() -> None:
    spans = find_amounts("分别为2.54亿美元、1.18亿、1.08亿。", "zh-Hans")
    assert [(s.amount.low, s.amount.currency) for s in spans] == [
        (Decimal(b), "USD") for b in ("2.54E+8", "1.18E+8", "1.08E+8")
    ]


@pytest.mark.parametrize("text", ["投资3亿元，门店2万家", "投资3亿元、产能1万吨", "3亿元，用户2亿"])
def test_what_is_counted_after_a_sum_is_no_sum(text: str) -> None:
    assert [s.amount.text for s in find_amounts(text, "zh-Hans")] == ["3亿元"]


def test_what_one_sum_is_counted_in_is_no_sign_before_the_next_number() -> None:
    spans = find_amounts("发行3亿人民币5年期债券", "zh-Hans")
    assert [s.amount.text for s in spans] == ["3亿人民币"]


@pytest.mark.parametrize(
    ("text", "language", "said", "currency"),
    [
        ("以5亿元人民币收购", "zh-Hans", "5亿元", "CNY"),
        ("以人民币5亿元收购", "zh-Hans", "5亿元", "CNY"),
        ("以超过5亿元人民币收购", "zh-Hans", "超过5亿元", "CNY"),
        ("以5亿元人民币左右收购", "zh-Hans", "5亿元人民币左右", "CNY"),
        ("以5亿人民币收购", "zh-Hans", "5亿人民币", "CNY"),
        ("以5億元人民幣收購", "zh-Hant", "5億元人民幣", "CNY"),
        ("以港幣5億元收購", "zh-Hant", "5億元", "HKD"),
    ],
)
def test_a_currency_said_twice_is_in_the_sum_once(
    text: str, language: str, said: str, currency: str
) -> None:
    (span,) = find_amounts(text, language)
    start, end = span.reach
    assert (span.amount.text, span.amount.currency) == (said, currency)
    assert text[start:end] == text.strip("以收购購")


def test_a_list_whose_sums_say_their_currency_twice_is_read_like_any_other() -> None:
    spans = find_amounts("2亿元人民币至3亿元人民币，另有4亿元人民币、1.2亿。", "zh-Hans")
    assert [(s.amount.text, s.amount.currency) for s in spans] == [
        ("2亿元人民币至3亿元", "CNY"),
        ("4亿元", "CNY"),
        ("1.2亿", "CNY"),
    ]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("raised €1,5 billion", "en", "1.5E+9"),
        ("raised €43,79 million", "en", "4.379E+7"),
        ("融资12,5亿元", "zh-Hans", "1.25E+9"),
        ("raised €1,500 million", "en", "1.5E+9"),
    ],
)
def test_a_comma_before_one_or_two_digits_and_a_magnitude_is_a_decimal_one(
    text: str, language: str, value: str
) -> None:
    (span,) = find_amounts(text, language)
    assert (span.amount.low, span.amount.high) == (Decimal(value), Decimal(value))


@pytest.mark.parametrize(
    "text",
    [
        "不低于2亿元且不高于4亿元",
        "不少于人民币2亿元（含），不超过人民币4亿元",
        "at least 200 million yuan and no more than 400 million yuan",
    ],
)
def test_two_limits_of_one_cell_are_one_sum(text: str) -> None:
    amount = parse_amount(text, "zh-Hans")
    assert amount is not None
    assert (amount.low, amount.high, amount.qualifier) == (
        Decimal(2 * 10**8),
        Decimal(4 * 10**8),
        "exact",
    )


@pytest.mark.parametrize("text", ["甲投至少2亿元，乙投至多4亿元", "至少4亿元，至多2亿元"])
def test_limits_of_two_sums_are_two(text: str) -> None:
    assert parse_amount(text, "zh-Hans") is None


@pytest.mark.parametrize(
    ("text", "language", "low", "high", "currency"),
    [
        ("以9亿至10亿美元买下", "zh-Hans", "9E+8", "1E+9", "USD"),
        ("投资额8000万至1亿美元", "zh-Hans", "8E+7", "1E+8", "USD"),
        ("worth ₹600-700 crore", "en", "6E+9", "7E+9", "INR"),
        ("作价六七千万元", "zh-Hans", "6E+7", "7E+7", "CNY"),
        ("注資兩三億元", "zh-Hant", "2E+8", "3E+8", "TWD"),
        ("虧了十七八億元", "zh-Hant", "1.7E+9", "1.8E+9", "TWD"),
        ("注資5,000億韓圜", "zh-Hant", "5E+11", "5E+11", "KRW"),
        ("斥資美金4,600萬元", "zh-Hant", "4.6E+7", "4.6E+7", "USD"),
        ("预算是11个亿", "zh-Hans", "1.1E+9", "1.1E+9", None),
        ("金额以6亿元为上限", "zh-Hans", None, "6E+8", "CNY"),
        ("一年保底6000万元", "zh-Hans", "6E+7", None, "CNY"),
    ],
)
def test_ends_of_a_sum(
    text: str, language: str, low: str | None, high: str | None, currency: str | None
) -> None:
    (span,) = find_amounts(text, language)
    ends = tuple(None if end is None else Decimal(end) for end in (low, high))
    assert (span.amount.low, span.amount.high, span.amount.currency) == (*ends, currency)


def test_a_list_with_spaces_shares_its_unit() -> None:
    spans = find_amounts("4,000 萬、3,000 萬及 1,500 萬美元", "zh-Hant")
    assert [(s.amount.low, s.amount.currency) for s in spans] == [
        (Decimal(n * 10**7), "USD") for n in (4, 3)
    ] + [(Decimal(15 * 10**6), "USD")]


def test_a_bare_sum_takes_the_currency_said_before() -> None:
    spans = find_amounts("砸了400亿美元，其中100亿还是借来的", "zh-Hans")
    assert [s.amount.currency for s in spans] == ["USD", "USD"]


def test_a_bare_sum_alone_has_no_currency() -> None:
    (span,) = find_amounts("上半年亏了二十多亿。", "zh-Hans")
    assert span.amount.currency is None


@pytest.mark.parametrize(
    ("text", "language", "currency"),
    [
        ("公司公告", "zh-Hans", "CNY"),
        ("經濟部補助，法人估計", "zh-Hant", "TWD"),
        ("聯交所除牌，港元", "zh-Hant", "HKD"),
        ("HALIFAX, N.S. - The yard won a $20 million order.", "en", "CAD"),
        ("The Toronto firm paid US$5 million and $2 million.", "en", "CAD"),
        ("The Perth firm paid US$5 million and $2 million.", "en", "AUD"),
        ("The Toronto firm paid C$5 million and $2 million.", "en", "CNY"),
        ("The Toronto firm paid $2 million.", "en", "CNY"),
        ("Farms near Brisbane, in Queensland, and in Tasmania cost $2 million.", "en", "AUD"),
        ("Farms near Brisbane, in Queensland, Tasmania and Texas cost $2 million.", "en", "CNY"),
        ("The Lisbon firm paid US$5 million and $2 million.", "en", "CNY"),
    ],
)
def test_what_a_bare_yuan_means_depends_on_the_outlet(
    text: str, language: str, currency: str
) -> None:
    assert local_currency(text, language) == currency


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("同比增长212%", "212", "percent"),
        ("近三成股份", "30", "percent"),
        ("百分之三十", "30", "percent"),
        ("1.2吉瓦", "1.2", "GW"),
        ("200兆瓦", "0.2", "GW"),
        ("a 400-megawatt campus", "0.4", "GW"),
        ("40万块GB200", "400000", "chip"),
        ("32,000 GB300 chips", "32000", "GB300"),
        ("约6200人", "6200", "count"),
        ("5,500 名員工", "5500", "count"),
        ("12 亿月活用户", "1200000000", "count"),
        ("3万吨/年", "30000", "ton"),
    ],
)
def test_a_quantity(text: str, value: str, unit: str) -> None:
    (span,) = find_quantities(text, "zh-Hans")
    assert (span.amount.low, span.amount.unit) == (Decimal(value), unit)


def test_a_cell_of_a_table() -> None:
    amount = parse_amount("up to $100bn")
    assert amount is not None
    assert (amount.high, amount.currency, amount.text) == (Decimal("1E+11"), "USD", "up to $100bn")
    plain = parse_amount("1,500,000", "en", "EUR")
    assert plain is not None
    assert (plain.low, plain.currency) == (Decimal(1500000), "EUR")
    assert parse_amount("undisclosed") is None


@given(st.integers(1, 999), st.sampled_from(["m", "bn", "tn", " million", " billion"]))
def test_magnitudes_multiply(number: int, word: str) -> None:
    scale = {"m": 6, "b": 9, "t": 12}[word.strip()[0]]
    (span,) = find_amounts(f"${number}{word}", "en")
    assert span.amount.low == Decimal(number).scaleb(scale)


@given(st.text(max_size=60), st.sampled_from(["en", "zh-Hans", "zh-Hant"]))
def test_offsets_hold_in_any_text(text: str, language: str) -> None:
    for span in [*find_amounts(text, language), *find_quantities(text, language)]:
        a = span.amount
        assert 0 <= span.start < span.end <= len(text)
        assert a.text in text
        assert a.low is None or a.high is None or a.low <= a.high
        assert (a.low, a.high) != (None, None)


def test_every_number_begins_where_numbers_are_looked_for() -> None:
    words = load_values(packaged_ontology())
    for path in sorted(GOLD.glob("*/*.txt")):
        text = fold(path.read_text("utf-8"))
        begins = {m.start() for m in words.digit.finditer(text)}
        assert {m.start() for m in words.number.finditer(text)} <= begins, path


@pytest.mark.parametrize(
    ("text", "language", "low", "high", "currency"),
    [
        # 元 behind the second end is what the first is counted in.
        ("開支為人民幣20億至24億元", "zh-Hant", 20, 24, "CNY"),
        ("收入可达130亿至150亿元", "zh-Hans", 130, 150, "CNY"),
        ("人民币3亿到4亿", "zh-Hans", 3, 4, "CNY"),
    ],
)
def test_two_ends_of_a_sum_are_one(
    text: str, language: str, low: int, high: int, currency: str
) -> None:
    (span,) = find_amounts(text, language)
    ends = (Decimal(low * 10**8), Decimal(high * 10**8))
    assert (span.amount.low, span.amount.high) == ends
    assert (span.amount.currency, span.amount.qualifier) == (currency, "exact")


@pytest.mark.parametrize(
    ("text", "currency", "value"),
    [
        ("It paid $US410 million.", "USD", 410 * 10**6),
        ("It paid $A5bn.", "AUD", 5 * 10**9),
        ("It paid Rs.5 crore.", "INR", 5 * 10**7),
        ("获注资1.28亿坡元", "SGD", 128 * 10**6),
    ],
)
def test_currencies_as_their_own_papers_write_them(text: str, currency: str, value: int) -> None:
    (span,) = find_amounts(text, "en" if text.isascii() else "zh-Hans")
    assert (span.amount.currency, span.amount.low) == (currency, Decimal(value))
