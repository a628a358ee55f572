"""Times: what the words say, as EDTF with the days they cover."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import WorkspaceError
from kg.ontology import packaged_ontology
from kg.times import find_times, load_times, parse_edtf

TODAY = date(2025, 11, 12)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("said on Wednesday", "2025-11-12"),
        ("on Monday", "2025-11-10"),
        ("last month", "2025-10"),
        ("last year", "2024"),
        ("last week", "2025-11-03/2025-11-09"),
        ("last quarter", "2025-Q3"),
        ("third-quarter revenue", "2025-Q3"),
        ("in the first half of 2025", "2025-H1"),
        ("in September", "2025-09"),
        ("in December", "2024-12"),
        ("founded in 2021", "2021"),
        ("profit in FY24", "2024"),
        ("於二〇二四年五月", "2024-05"),
        ("截至二零二四年十二月三十一日止年度", "2024"),
        ("数码港于三月发放资助", "2025-03"),
        ("through 2030", "../2030"),
        ("since 2023", "2023/.."),
        ("从2023年起", "2023/.."),
        ("从 2023 年起", "2023/.."),
        ("from 2027 to 2032", "2027/2032"),
        ("On June 3, 2023 the", "2023-06-03"),
        ("3 June 2023", "2023-06-03"),
        ("October 2024", "2024-10"),
        ("the 1960s", "196X"),
        ("2025年上半年", "2025-H1"),
        ("上半年营收", "2025-H1"),
        ("2025 年 7 月，", "2025-07"),
        ("2025年9月22日", "2025-09-22"),
        ("今年4月", "2025-04"),
        ("去年10月", "2024-10"),
        ("8月19日晚间", "2025-08-19"),
        ("12月1日", "2024-12-01"),
        ("上周四说", "2025-11-06"),
        ("上月投运", "2025-10"),
        ("上季净利", "2025-Q3"),
        ("昨日公布", "2025-11-11"),
        ("2027年至2032年间", "2027/2032"),
        ("自去年起", "2024/.."),
        ("今年前三季度", "2025-01/2025-09"),
        ("2024年度", "2024"),
        ("第三季完成", "2025-Q3"),
        ("上週發布", "2025-11-03/2025-11-09"),
        ("11月3日晚间公告", "2025-11-03"),
        ("8月13日至10月30日增持", "2025-08-13/2025-10-30"),
        ("2018年11月5日至2月3日期间", "2018-11-05/2019-02-03"),
        ("2016年2月22日至23日", "2016-02-22/2016-02-23"),
        ("2019年1-6月", "2019-01/2019-06"),
        ("9日公告", "2025-11-09"),
        ("20日公告", "2025-10-20"),
        ("2017年年底", "2017"),
        ("预计年底投产", "2025"),
        ("4月30日至2018年7月29日减持", "2018-04-30/2018-07-29"),
        ("11月30日至2018年2月28日减持", "2017-11-30/2018-02-28"),
        ("11月至2018年2月", "2017-11/2018-02"),
        ("31日晚间公告", "2025-10-31"),
        ("公告日起15个交易日后的6个月内", "2025-12-03~/2026-06-03~"),
        ("三个交易日之后的180日内", "2025-11-16~/2026-05-15~"),
        ("10月底起诉", "2025-10"),
        ("2019Q3", "2019-Q3"),
        ("18年4月", "2018-04"),
        ("截至6月底止半年", "2025-H1"),
        ("今(12)日举行", "2025-11-12"),
        ("三年前", "2022"),
        ("six months ended 30 September 2025", "2025-04/2025-09"),
        ("For the quarter ended June 30, 2025", "2025-Q2"),
        ("in the year to last June", "2024-07/2025-06"),
        ("four years ago", "2021"),
        ("two months ago", "2025-09"),
        ("for the June quarter", "2025-Q2"),
        ("In July-September", "2025-Q3"),
        ("from April to August 2024", "2024-04/2024-08"),
        ("the six months to Dec. 31, 2024", "2024-H2"),
        ("first-half revenue", "2025-H1"),
        ("this February", "2025-02"),
        ("115年第二季", "2026-Q2"),
        ("截至今年3月底的財政年度", "2024-04/2025-03"),
    ],
)
def test_a_time(text: str, edtf: str) -> None:
    (span,) = find_times(text, "zh-Hans", TODAY)
    assert span.when.edtf == edtf


@pytest.mark.parametrize(
    "text",
    [
        "2月30日",
        "五年里",
        "may go",
        "up 134% from a year earlier",
        "down from a year ago",
        "去年同期",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert find_times(text, "zh-Hans", TODAY) == []


def test_a_day_that_last_month_had_not_is_of_the_month_before() -> None:
    (span,) = find_times("31日公告", "zh-Hans", date(2025, 12, 3))
    assert span.when.edtf == "2025-10-31"


def test_without_the_day_of_writing_relative_times_are_none() -> None:
    assert find_times("last month, 昨日, 今年", "en", None) == []


def test_the_same_year_is_that_of_the_time_said_before() -> None:
    spans = find_times("2016年3月投产，同年9月停产", "zh-Hans", TODAY)
    assert [s.when.edtf for s in spans] == ["2016-03", "2016-09"]


def test_years_of_a_list_share_their_word() -> None:
    spans = find_times("2011、2012和2013年", "zh-Hans", TODAY)
    assert [s.when.edtf for s in spans] == ["2011", "2012", "2013"]


def test_a_month_of_a_list_is_of_the_year_of_the_one_before_it() -> None:
    spans = find_times("2017年11月及12月", "zh-Hans", TODAY)
    assert [s.when.edtf for s in spans] == ["2017-11", "2017-12"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2018年3月31日前完成", "2018年3月31日"),
        ("2018年前完成", "2018年"),
        ("去年10月中国石油增持", "去年10月"),
        ("去年10月中旬增持", "去年10月中旬"),
        ("10月中增持", "10月中"),
    ],
)
def test_what_stands_behind_a_date_is_read_for_what_it_is(text: str, said: str) -> None:
    assert [text[s.start : s.end] for s in find_times(text, "zh-Hans", TODAY)] == [said]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("7月將發布指引", "2026-07"),
        ("Jane Roe becomes chair on 1 October.", "2026-10-01"),
        ("It would supply parts under a contract signed in October.", "2025-10"),
        ("公司拟于3月投产", "2026-03"),
        ("公司3月投产", "2025-03"),
        ("公司将于3月31日完成交割", "2026-03-31"),
        ("公司3月将股份转让", "2025-03"),
        ("12月31日前付清", "2025-12-31"),
        ("6月30日前付清", "2026-06-30"),
        ("已于6月30日前付清", "2025-06-30"),
        ("预计一季度完成", "2026-Q1"),
        ("拟在下半年投产", "2025-H2"),
        ("公司将于15日公告", "2025-11-15"),
        ("The plant will open in March.", "2026-03"),
        ("The plant opened in March.", "2025-03"),
        ("The deal is expected to close in the first quarter.", "2026-Q1"),
        ("It expects to close the sale by the end of January", "2026-01"),
        ("Payment is due by 30 June.", "2026-06-30"),
        ("Holders will vote on Friday.", "2025-11-14"),
        ("Holders voted on Friday.", "2025-11-07"),
        ("It will publish sales for the quarter ended in March.", "2025-03"),
    ],
)
def test_a_time_without_a_year_is_the_next_where_the_words_look_ahead(text: str, edtf: str) -> None:
    (span,) = find_times(text, "zh-Hans", TODAY)
    assert span.when.edtf == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2024年营收21.7亿元，全年研发费用1.94亿元", "2024"),
        ("公司创立于1998年，全年营收3亿元", "2025"),
        ("全年营收3亿元", "2025"),
    ],
)
def test_the_whole_year_is_that_told_before_if_it_is_of_late(text: str, edtf: str) -> None:
    *_, last = find_times(text, "zh-Hans", TODAY)
    assert last.when.edtf == edtf


def test_the_same_period_repeats_the_time_said_last() -> None:
    before = parse_edtf("2025-H1")
    (span,) = find_times("同期研发支出", "zh-Hans", TODAY, previous=before)
    assert span.when == before


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-09-22", "2025-09-22", "2025-09-22"),
        ("2025-Q3", "2025-07-01", "2025-09-30"),
        ("2025-H2", "2025-07-01", "2025-12-31"),
        ("2025/2029", "2025-01-01", "2029-12-31"),
        ("2027/..", "2027-01-01", None),
        ("../2030", None, "2030-12-31"),
        ("2025~", "2025-01-01", "2025-12-31"),
        ("196X", "1960-01-01", "1969-12-31"),
    ],
)
def test_the_days_of_an_edtf(text: str, first: str | None, last: str | None) -> None:
    when = parse_edtf(text)
    assert when is not None
    days = [d.isoformat() if d else None for d in (when.first, when.last)]
    assert [when.edtf, *days] == [text, first, last]


@pytest.mark.parametrize(
    "text",
    ["", "..", "../..", "2025-13", "2025-02-30", "2025-Q5", "2029/2025", "soon", "2025/26/27"],
)
def test_no_calendar_has_it(text: str) -> None:
    assert parse_edtf(text) is None


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_every_day_is_itself(day: date) -> None:
    when = parse_edtf(day.isoformat())
    assert when is not None
    assert when.first == when.last == day


@given(st.text(max_size=60), st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_any_text_gives_times_that_can_be_read_back(text: str, today: date) -> None:
    for span in find_times(text, "en", today):
        assert 0 <= span.start < span.end <= len(text)
        assert parse_edtf(span.when.edtf) == span.when


def _in_words(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    before = "" if tens == 0 else "十" if tens == 1 else digits[tens] + "十"
    return before + (digits[ones] if ones or not tens else "")


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_every_day_is_itself_in_chinese_numerals(day: date) -> None:
    year = "".join("〇一二三四五六七八九"[int(c)] for c in str(day.year))
    text = f"{year}年{_in_words(day.month)}月{_in_words(day.day)}日"
    (span,) = find_times(f"于{text}签约", "zh-Hans", TODAY)
    assert (span.when.edtf, span.start, span.end) == (day.isoformat(), 1, 1 + len(text))


def test_an_undated_text_goes_on_in_the_year_that_it_spoke_of() -> None:
    spoken = parse_edtf("2025-H1")
    found = find_times("上半年净亏损24亿美元", "zh-Hans", None, previous=spoken)
    assert [t.when.edtf for t in found] == ["2025-H1"]
    assert find_times("上半年净亏损24亿美元", "zh-Hans", None) == []


GOLD = Path(__file__).parent / "gold"


@pytest.mark.parametrize("needs", ['"年"', "[3]", '["Q1"]', '[""]'])
def test_needs_that_would_lose_times_are_refused(tmp_path: Path, needs: str) -> None:
    text = (packaged_ontology() / "lexicon/times.toml").read_text("utf-8")
    (tmp_path / "lexicon").mkdir()
    broken = re.sub("^needs = .*", f"needs = {needs}", text, count=1, flags=re.MULTILINE)
    (tmp_path / "lexicon/times.toml").write_text(broken, "utf-8")
    line = text[: text.index("\npattern = ")].count("\n") + 2
    with pytest.raises(WorkspaceError, match=rf"times\.toml:{line}: needs = .*: expected words"):
        load_times(tmp_path)


def test_words_that_patterns_need_lose_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text without them is not searched, so that a wrong word would lose times in silence."""
    texts = [
        line
        for path in sorted(GOLD.glob("*/*.txt"))
        for line in path.read_text("utf-8").splitlines()
    ]
    # What the articles do not say is said here.
    texts.append(
        "last Monday, the first quarter of 2025, Q1 2026, H2 2024, H1, between 2019 and 2021, the "
        "1990s, since May 2019, by the end of 2030, till 2031, by end-2032, 3 Sept "
        "2020, sept 4, 2021, two years ago, in the quarter ended June 30, next month, "
        "上上个月, 下个月, 上周五, 礼拜三, 今晨, 首季"
    )
    words = load_times(packaged_ontology())
    found = [find_times(text, "en", TODAY) for text in texts]
    searched = replace(words, patterns=[p._replace(needs=()) for p in words.patterns])
    monkeypatch.setattr("kg.times.load_times", lambda folder: searched)
    assert [find_times(text, "en", TODAY) for text in texts] == found
