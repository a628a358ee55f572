"""Who is meant by a pronoun, "the company", "the project", and what a headline's space parts."""

from __future__ import annotations

import pytest

from kg.claim import Claim
from tests.extracting import claims, document, engine


def _said(found: list[Claim]) -> set[tuple[str, str, str]]:
    return {(c.subject.name, c.relation, c.object.name) for c in found if c.object}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        # 其: whoever the sentence spoke of before this clause
        (
            "禾丰源集团主营饲料，温氏股份、正大集团均为其主要客户。",
            ("禾丰源集团", "supplies", "温氏股份"),
        ),
        # 双方: whom the sentence is of, and who is named behind its semicolon
        (
            "恒泽电池与苍梧科技很熟。瀚洋科技从绿峰股份采购树脂；设计交给青湾能源，"
            "双方共建“趣拼实验室”。",
            ("瀚洋科技", "participatesIn", "趣拼实验室"),
        ),
        # they: two named together, or the one firm of the sentence before
        (
            "Orbix Labs opened in May. Arcturus Dairy never made an offer. "
            "They are the main rival of Lund Foods.",
            ("Arcturus Dairy", "competesWith", "Lund Foods"),
        ),
        # he and she: the person spoken of
        (
            "殷秀兰女士是蓝畦生物的董事长。2009年，她创办了青禾科技。",
            ("殷秀兰", "founded", "青禾科技"),
        ),
        (
            "Jane Roe is the chief executive of Acme Corp. In 2011 she founded Zephyr Labs.",
            ("Jane Roe", "founded", "Zephyr Labs"),
        ),
        (
            "Donal Creedon is the boss of Orbix Labs. The 58-year-old also runs Zephyr Labs.",
            ("Donal Creedon", "leads", "Zephyr Labs"),
        ),
        # "its X from A and its Y from B": both times the buyer's
        (
            "Ferrum Corp buys its ore from Lynas Ltd and its furnaces from Valdur Ltd.",
            ("Lynas Ltd", "supplies", "Ferrum Corp"),
        ),
        # the programme that is named behind
        (
            "Project Visp opened in May. The programme, BREATHE-2, is run by Acme Corp.",
            ("Acme Corp.", "participatesIn", "BREATHE-2"),
        ),
    ],
)
def test_a_pronoun_stands_for_who_was_spoken_of(text: str, claim: tuple[str, str, str]) -> None:
    assert claim in _said(claims(text))


def test_a_filing_calls_itself_the_company_whoever_else_is_named() -> None:
    text = (
        "云南博嘉数字科技股份有限公司(以下简称“公司”)公告如下。\n"
        "用友网络以1.2亿元受让公司所持昆明嘉云软件有限公司70%股权。"
    )
    holders = {c.subject.name for c in claims(text) if c.relation == "holdsStakeIn"}
    assert "用友网络" not in holders


def test_a_filing_gives_its_ticker_before_it_says_whom_it_calls_the_company() -> None:
    text = (
        'Acme Timber Limited (ASX: ACM) ("Acme" or "the Company") provides an update. '
        "Fenwick Super has subscribed for new shares in Acme for A$38 million and now holds "
        "11.4% of the Company."
    )
    found = _said(claims(text))
    assert ("Fenwick Super", "holdsStakeIn", "Acme Timber Limited") in found
    assert not any(s.startswith("Acme") for s, _, _ in found)


def test_a_space_in_a_chinese_headline_parts_clauses() -> None:
    text = "禾丰源集团拟9.6亿元收购川穗种业 中粮集团、先正达表态不一\n禾丰源集团拟收购川穗种业。"
    found = _said(list(engine().extract(document(text))))
    assert ("禾丰源集团", "acquires", "川穗种业") in found
    assert not any("中粮" in o or "先正达" in o for _, _, o in found)


def test_who_reports_is_no_party() -> None:
    found = _said(
        claims("【南方财讯11月21日电】（记者 卢晓棠）禾丰源集团拟以9.6亿元收购川穗种业。")
    )
    assert found == {("禾丰源集团", "acquires", "川穗种业")}


def test_who_tells_a_rumour_is_no_party() -> None:
    text = "据娱乐号“片场老炮”爆料，鹿鸣影业为了拍片，找浙商银行借了一亿多，下个月到期。"
    found = _said(claims(text))
    assert found == {("浙商银行", "lendsTo", "鹿鸣影业")}


def test_where_a_person_was_before_is_no_party() -> None:
    found = _said(claims("宸穎科技由魏啟南與前工研院研究員許淑媛於2009年共同創辦。"))
    assert ("魏啟南", "founded", "宸穎科技") in found
    assert not any(s == "工研院" for s, _, _ in found)


@pytest.mark.parametrize(
    "text",
    [
        # what the tagger takes for a name and is none
        "由报馆与香港浸会大学合作开发，公司估值达到32亿元。",
        "归母净利润7.9亿元，员工逾9600人。",
    ],
)
def test_kinds_of_things_are_no_names(text: str) -> None:
    named = {c.subject.name for c in claims(text)}
    assert not named & {"报馆", "公司估值", "归母"}


def test_a_report_and_its_denial_in_one_sentence() -> None:
    found = claims("市场曾传康霖保险有意收购富卫集团，康霖保险已发公告否认。")
    assert {(c.relation, c.negated) for c in found} == {("acquires", True)}


def test_a_denial_about_others_leaves_a_claim_alone() -> None:
    text = (
        "Shield AI与经纬航太7月签了合作备忘录。"
        "至于外传Anduril要买下锋翎科技，锋翎科技说没有谈过并购。"
    )
    assert ("Shield AI", "partnersWith", "经纬航太", False) in {
        (c.subject.name, c.relation, c.object.name, c.negated) for c in claims(text) if c.object
    }


def test_what_is_quoted_has_times_of_its_own() -> None:
    text = "2024年，美国白宫提出“在2030年前保持领先”，并设立总额1200亿美元的“AI创新基金”。"
    told = {(c.relation or c.measure, c.when.edtf if c.when else "") for c in claims(text)}
    assert {("grantsTo", "2024"), ("budget", "2024")} <= told
    assert not any(time == "2030" for _, time in told)


def test_in_an_interview_we_are_the_firm_of_who_answers() -> None:
    text = (
        "专访走走科技创始人郁青禾\n"
        "走走科技的对手是腾讯，腾讯更大，腾讯也更快。\n"
        "问：谁投了钱？\n"
        "郁青禾：启赋资本给我们投了4500万美元。\n"
        "问：赚钱吗？\n"
        "郁青禾：我们去年收入3.1亿元。"
    )
    found = claims(text)
    assert ("启赋资本", "investsIn", "走走科技") in _said(found)
    assert {c.subject.name for c in found if c.measure == "revenue"} == {"走走科技"}


@pytest.mark.parametrize(
    ("text", "who", "claim"),
    [
        (
            "专访朔原牧业裴以宁\n"
            "朔原牧业2016年由裴以宁创办，裴以宁出任董事长。\n"
            "问：银行肯借吗？\n"
            "答：宁夏银行借给我们2亿元。\n"
            "问：饲料呢？\n"
            "答：通威股份一直给我们供货。",
            "裴以宁",
            ("宁夏银行", "lendsTo", "朔原牧业"),
        ),
        (
            "Salt is easy: Ruth Ames of Cold Deep\n"
            "Ruth Ames has run Cold Deep since 2021. Cold Deep is based in Oban.\n"
            "Q: Who pays?\n"
            "A: Sumitomo invested £40m in us in April.\n"
            "Q: And the banks?\n"
            "A: No bank lends to us.",
            "Ruth Ames",
            ("Sumitomo", "investsIn", "Cold Deep"),
        ),
    ],
)
def test_an_answer_without_a_name_is_of_whoever_is_interviewed(
    text: str, who: str, claim: tuple[str, str, str]
) -> None:
    found = claims(text)
    told = {(c.subject.name, c.relation, c.object.name): c for c in found if c.object}
    assert claim in told
    speaker = told[claim].attributed_to
    assert speaker is not None
    assert speaker.name == who


@pytest.mark.parametrize(
    ("question", "answer", "claim", "spent"),
    [
        (
            "听说“密语”手机项目还在做？",
            "去年12月就砍了，前前后后花了3500万元左右。",
            ("朔原牧业", "terminates", "密语"),
            35_000_000,
        ),
        # Nothing was asked about, or it is still done.
        ("饲料呢？", "去年12月就停了，前后花了3500万元左右。", None, None),
        ("“密语”手机项目还在做？", "一直在做。", None, None),
    ],
)
def test_what_an_answer_says_was_stopped_is_what_the_question_named(
    question: str, answer: str, claim: tuple[str, str, str] | None, spent: int | None
) -> None:
    found = claims(
        "专访朔原牧业裴以宁\n"
        "朔原牧业2016年由裴以宁创办，裴以宁出任董事长。\n"
        f"问：银行肯借吗？\n答：宁夏银行借给我们2亿元。\n问：{question}\n答：{answer}"
    )
    assert {c for c in _said(found) if c[1] == "terminates"} == ({claim} if claim else set())
    figures = {c.subject.name: c.amount.low for c in found if c.measure == "other" and c.amount}
    assert figures.get("密语") == spent


def test_what_became_of_a_thing_without_a_known_kind_is_asked_in_english() -> None:
    text = (
        "Salt is easy: Ruth Ames of Cold Deep\n"
        "Ruth Ames has run Cold Deep since 2021. Cold Deep is based in Oban.\n"
        "Q: Who pays?\nA: Sumitomo invested £40m in us in April.\n"
        "Q: What became of KoloNut, your savings app?\n"
        "A: We shut it in February."
    )
    assert ("Cold Deep", "terminates", "KoloNut") in _said(claims(text))


def test_of_a_list_of_many_firms_none_is_the_main_one() -> None:
    text = (
        "1、朔原牧业\n朔原牧业宣布完成1亿元融资。公司创始人为裴以宁。\n"
        "2、海辰能源\n海辰能源与瀚洋科技签约。\n"
        "3、瀚洋科技\n瀚洋科技去年营收4亿元，瀚洋科技有员工80人。\n"
        "4、康禾药局\n康禾药局开店。\n5、沁源饲料\n沁源饲料增资。\n6、启赋资本\n启赋资本募资。\n"
    )
    assert ("裴以宁", "founded", "朔原牧业") in _said(claims(text))


def test_we_in_the_mouth_of_a_person_is_the_firm() -> None:
    text = (
        "Fenwick Robotics makes looms. Fenwick Robotics is based in Oban. Tom Ibarra runs Fenwick "
        'Robotics.\n"We compete with Bayer in every county," he said.'
    )
    found = {c for c in _said(claims(text)) if c[1] == "competesWith"}
    assert found == {("Fenwick Robotics", "competesWith", "Bayer")}


def test_where_an_interview_was_filed_from_answers_nothing() -> None:
    text = (
        "SINGAPORE - Ruth Ames has run Cold Deep as chief executive since 2022.\n"
        "Q: Who pays?\nA: Sumitomo invested £40m in us in April.\n"
        "Q: And the banks?\nA: DBS lent us £3m."
    )
    assert ("DBS", "lendsTo", "Cold Deep") in _said(claims(text))


def test_a_town_before_a_reports_first_sentence_is_no_party() -> None:
    found = claims("Purnia, Bihar: The queue is long. The company employs 50 people.")
    assert not found
