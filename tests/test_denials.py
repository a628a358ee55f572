"""What is reported in one sentence and denied in the next is a denial, not a fact."""

import pytest

from kg.extract.rules import RulesExtractor
from kg.ontology import load_ontology
from tests.extracting import claims, document, said


@pytest.mark.parametrize(
    "text",
    [
        "有媒体称微软拟收购瀚洋科技。微软回应称，公司从未与瀚洋科技接触。",
        "市场传闻微软将收购瀚洋科技。瀚洋科技澄清，上述消息不实。",
        "针对微软将收购瀚洋科技的报道，微软发言人称并无此事。",
        "说微软要把瀚洋科技买下来，那是误读。",
        "网传“微软收购瀚洋科技”的截图是P的。",
    ],
)
def test_a_report_and_its_denial(text: str) -> None:
    denied = {
        (c.subject.name, c.relation, c.object.name) for c in claims(text) if c.object and c.negated
    }
    assert ("微软", "acquires", "瀚洋科技") in denied
    assert ("微软", "acquires", "瀚洋科技") not in said(text)


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        (
            "坊间传说，瀚洋科技要收购蓝屿渔业。毕大川连连摆手：“没影的事。”",
            ("瀚洋科技", "acquires", "蓝屿渔业"),
        ),
        (
            "A trade blog reported that Deere would buy Berrywright outright. "
            '"That is nonsense," Orozco says.',
            ("Deere", "acquires", "Berrywright"),
        ),
    ],
)
def test_somebody_who_waves_a_report_away_need_not_name_its_firms(
    text: str, denied: tuple[str, str, str]
) -> None:
    found = claims(text)
    assert denied not in said(text)
    assert denied in {
        (c.subject.name, c.relation, c.object.name) for c in found if c.negated and c.object
    }


def test_the_denial_quotes_the_sentence_that_denies() -> None:
    text = "有媒体称微软拟收购瀚洋科技。微软回应称，公司从未与瀚洋科技接触。"
    (denial,) = [c for c in claims(text) if c.negated]
    assert "从未" in denial.evidence.quote


def test_a_third_party_denies_only_for_itself() -> None:
    text = (
        "KKR is in exclusive talks to acquire Barkhaven. "
        "Mars, a rival, said it had not bid for Barkhaven."
    )
    assert ("KKR", "acquires", "Barkhaven") in said(text)


def test_what_is_not_reported_but_done_is_not_undone_by_another_denial() -> None:
    text = "微软收购了瀚洋科技。微软表示没有裁员。"
    assert ("微软", "acquires", "瀚洋科技") in said(text)


def test_what_somebody_denies_is_not_what_a_clause_about_him_says() -> None:
    text = "Mr Brandt, who owns 14 per cent of Sodane, denies talk that Northrun Capital is buying."
    patterns = RulesExtractor(ontology=load_ontology(), names={}, scorer=False)
    told = patterns.extract(document(f"News\n{text}"))
    assert [c.negated for c in told if c.relation == "holdsStakeIn"] == [False]
    # What is guessed of Northrun Capital leaves him alone.
    assert [c.negated for c in claims(text) if c.subject.name == "Brandt"] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "We reported that Teradyne had acquired Orrin; it made no offer, and we regret the error.",
        "更正：本报昨日报导“美津浓收购星火体育”有误。",
    ],
)
def test_a_correction_denies_what_it_corrects(text: str) -> None:
    assert [c.negated for c in claims(text) if c.relation == "acquires"] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Nvidia acquired Zephyr Labs for $1bn; analysts say that the timing was wrong.",
        "Nvidia acquired Zephyr Labs for $1bn; its new chip corrects errors.",
        "We reported that Nvidia acquired Zephyr Labs for $1bn; it was $2bn, we regret the error.",
        "更正：本报昨日报导“美津浓收购星火体育”，价格有误。",
    ],
)
def test_a_mistake_in_something_else_denies_nothing(text: str) -> None:
    assert [c.negated for c in claims(text) if c.relation == "acquires"] == [False]


def test_a_question_left_open_in_another_clause_leaves_a_report_as_it_is() -> None:
    text = "至于鲸浪队会不会易主，有人说，阳明海运正评估以3亿元接手鲸浪队。"
    assert ("阳明海运", "acquires", "鲸浪队") in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "问：外传微软要收购瀚洋科技？\n答：没有这回事，微软从来没有提出过收购。",
        "问：听说微软投了瀚洋科技？\n答：没有。我们连面都没见过。",
        "Q: There was a report that Kestrel wanted to buy Orrin.\n"
        "A: It is nonsense. Nobody from Kestrel has made an offer.\nQ: And now?\nA: We go on.",
    ],
)
def test_what_is_asked_and_answered_with_no_is_a_denial(text: str) -> None:
    assert [c.negated for c in claims(text) if c.kind == "relation"] == [True]


def test_an_answer_that_does_not_say_no_denies_nothing() -> None:
    text = "问：听说微软要入股瀚洋科技？\n答：微软确实在谈入股，合同还没签，数目不方便讲。"
    assert not [c for c in claims(text) if c.negated]


def test_a_question_about_a_rumour_is_no_claim() -> None:
    assert said("记者：微软要整个买下瀚洋科技的传闻，你怎么看？") == set()


def test_what_is_said_before_the_talk_is_not_denied_with_it() -> None:
    text = (
        "Fay Metcalfe, whose grandfather Walter Metcalfe founded Coverdale Foods in 1921, "
        "laughed off talk that Nestlé was about to buy Coverdale Foods."
    )
    assert ("Walter Metcalfe", "founded", "Coverdale Foods") in said(text)
    assert ("Nestlé", "acquires", "Coverdale Foods") not in said(text)


def denied(text: str) -> set[tuple[str, str, str]]:
    """Subject, relation and object of what is denied."""
    return {
        (c.subject.name, c.relation, c.object.name) for c in claims(text) if c.negated and c.object
    }


@pytest.mark.parametrize(
    "text",
    [
        "針對媒體報導恒澤電池將併購瀚洋科技一事，瀚洋科技表示絕無此事。",
        "媒体所称“恒泽电池即将收购瀚洋科技”，经核实，并无其事。",
        "有人说恒泽电池要吃下瀚洋科技，陆一鸣笑道：“哪有这种事。”",
        "坊间盛传恒泽电池要收购瀚洋科技。瀚洋科技董事长陆一鸣听了直摇头：“他们连面都没见过。”",
        "對於市場傳出恒澤電池有意併購瀚洋科技，陸一鳴強調「絕無此事」。",
        "对坊间“恒泽电池要把瀚洋科技并过去”的说法，他摆手道：“瞎传，饭都没一起吃过。”",
        "问：有报道说恒泽电池要整个买下瀚洋科技。\n答：我也看到了，假的。恒泽电池一次都没来谈过。",
        "業內流傳恒澤電池要收購瀚洋科技。瀚洋科技陸一鳴連連擺手：「恒澤沒有找過我們。」",
        "市场流传恒泽电池准备并购瀚洋科技。恒泽电池未持有瀚洋科技任何股份，双方亦没有谈过并购。",
        "有人断言恒泽电池必会收购瀚洋科技，恒泽电池已经撇清：“我们没有收购瀚洋科技。”",
    ],
)
def test_what_people_tell_and_somebody_waves_away_is_a_denial(text: str) -> None:
    told = {(s[0], r, o[0]) for s, r, o in denied(text)}
    assert ("恒", "acquires", "瀚") in told
    assert not {r for _, r, _ in said(text)} & {"acquires", "investsIn"}


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (
            "The Post wrote last week that Helvane owned 10% of Orrin. It does not, and never has.",
            "holdsStakeIn",
        ),
        ("It has been reported that Helvane will acquire Orrin. That is not the case.", "acquires"),
        ('Helvane was linked with a bid for Orrin. "We have made no offer," it said.', "acquires"),
        (
            "Sky reported that Helvane was preparing a bid for Orrin; Helvane said it never bid.",
            "acquires",
        ),
        ("Orrin denied a report that it would be bought by Helvane.", "acquires"),
        (
            "Helvane, named by one paper as a bidder, said it had never made an offer for Orrin.",
            "acquires",
        ),
        ('"Nobody at Helvane has bid for Orrin," Ross said.', "acquires"),
    ],
)
def test_a_report_that_is_taken_back_is_a_denial(text: str, relation: str) -> None:
    assert ("Helvane", relation, "Orrin") in denied(text)
    assert ("Helvane", relation, "Orrin") not in said(text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("恒泽电池未参与瀚洋科技的竞购。", "恒泽电池 acquires 瀚洋科技"),
        ("恒澤電池與瀚洋科技之間未有任何收購洽商。", "恒澤電池 acquires 瀚洋科技"),
        ("恒泽电池在瀚洋科技没有任何股权。", "恒泽电池 holdsStakeIn 瀚洋科技"),
        ("恒澤電池手上沒有瀚洋科技一股。", "恒澤電池 holdsStakeIn 瀚洋科技"),
        ("恒泽电池不在瀚洋科技的出资方之列。", "恒泽电池 investsIn 瀚洋科技"),
        ("恒泽电池既未投资也未借款给瀚洋科技。", "恒泽电池 investsIn 瀚洋科技"),
        ("瀚洋科技不欠云岭银行一分钱。", "云岭银行 lendsTo 瀚洋科技"),
        ("恒澤電池並非瀚洋科技的客戶。", "瀚洋科技 supplies 恒澤電池"),
        ("恒泽电池至今没跟瀚洋科技下过单。", "瀚洋科技 supplies 恒泽电池"),
        ("瀚洋科技跟恒泽电池不是一个赛道。", "瀚洋科技 competesWith 恒泽电池"),
        ("瀚洋科技不隶属于恒泽电池。", "瀚洋科技 subsidiaryOf 恒泽电池"),
        ("Helvane is not among the investors in Orrin.", "Helvane investsIn Orrin"),
        ("Helvane took no part in Orrin's series B round.", "Helvane investsIn Orrin"),
        ("Larch Bank has neither lent to Orrin nor bought into it.", "Larch Bank lendsTo Orrin"),
        ("Orrin owes Larch Bank nothing.", "Larch Bank lendsTo Orrin"),
        (
            "No grant was made to Orrin by the Ministry of Energy.",
            "Ministry of Energy grantsTo Orrin",
        ),
        (
            "There are no talks between Helvane and Orrin about a takeover.",
            "Helvane acquires Orrin",
        ),
        ("Orrin is not in Helvane's supply chain.", "Orrin supplies Helvane"),
        ("Helvane refused to lend to Orrin.", "Helvane lendsTo Orrin"),
        ("Helvane has no business relationship with Orrin.", "Helvane partnersWith Orrin"),
        ("Helvane and Orrin are not competitors.", "Helvane competesWith Orrin"),
        ("Orrin says it has no plans to buy from Helvane.", "Helvane supplies Orrin"),
        ("Helvane has refused to lend any more to Orrin.", "Helvane lendsTo Orrin"),
        ("Orrin was refused a new loan by Helvane.", "Helvane lendsTo Orrin"),
        ("Orrin denies receiving aid from Helvane.", "Helvane grantsTo Orrin"),
        ("Helvane did not take part in the extension at Orrin.", "Helvane investsIn Orrin"),
        ("Orrin has ruled out a sale to Helvane.", "Helvane acquires Orrin"),
        ("Helvane now has none of Orrin.", "Helvane holdsStakeIn Orrin"),
        ("Helvane is not working with Orrin.", "Helvane partnersWith Orrin"),
        ("Helvane has refused a partnership with Orrin.", "Helvane partnersWith Orrin"),
        ('"Helvane has not bid for Orrin," snapped a spokeswoman.', "Helvane acquires Orrin"),
        ("Helvane, asked whether it had bid for Orrin, said it had not.", "Helvane acquires Orrin"),
        (
            "被问及恒泽电池是否入股瀚洋科技，她答道：“没有，一股都没有。”",
            "恒泽电池 investsIn 瀚洋科技",
        ),
        (
            'Helvane dismissed as "fanciful" a newspaper story that it was bidding for Orrin.',
            "Helvane acquires Orrin",
        ),
        ("Orrin is not selling itself to Helvane.", "Helvane acquires Orrin"),
        ("Helvane holds no units in Orrin.", "Helvane holdsStakeIn Orrin"),
        ("Orrin said it had ordered no pumps from Helvane.", "Helvane supplies Orrin"),
        ("Orrin's boss knocked back talk that Helvane had bought Orrin.", "Helvane acquires Orrin"),
        (
            "Helvane, reported to be preparing a bid for Orrin, said the reports were untrue.",
            "Helvane acquires Orrin",
        ),
        (
            "Helvane will not take part in the Harbour Project.",
            "Helvane participatesIn Harbour Project",
        ),
    ],
)
def test_what_is_said_not_to_be(text: str, claim: str) -> None:
    assert claim in {" ".join(c) for c in denied(text)}
    assert claim not in {" ".join(c) for c in said(text)} or "subsidiaryOf" in claim


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("据报道，恒泽电池收购了瀚洋科技。恒泽电池没有回应。", "恒泽电池 acquires 瀚洋科技"),
        ("恒泽电池收购了瀚洋科技，没有透露价格。", "恒泽电池 acquires 瀚洋科技"),
        ("恒泽电池从没提过收购，它倒是瀚洋科技的客户。", "瀚洋科技 supplies 恒泽电池"),
        ("恒泽电池不仅投资瀚洋科技，还借给它1亿元。", "恒泽电池 investsIn 瀚洋科技"),
        ("Helvane did not disclose the price it paid for Orrin.", "Helvane acquires Orrin"),
        ("Helvane bought Orrin, and denied that it had overpaid.", "Helvane acquires Orrin"),
        (
            "KKR is in talks to acquire Barkhaven. Mars denied that it had worked with KKR.",
            "KKR acquires Barkhaven",
        ),
    ],
)
def test_what_is_not_denied_stays(text: str, claim: str) -> None:
    assert claim in {" ".join(c) for c in said(text)}
    assert claim not in {" ".join(c) for c in denied(text)}


def test_who_leads_a_firm_is_not_denied_with_a_report_about_it() -> None:
    text = (
        "There was talk that Helvane would buy Orrin, whose chief executive is Ann Ross. "
        "Orrin called it nonsense."
    )
    assert not [c for c in claims(text) if c.relation == "leads" and c.negated]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        (
            "Nor, according to Kirkpatrick, has Loughbrae Wool been supplying Shein.",
            ("Loughbrae Wool", "supplies", "Shein"),
        ),
        (
            'Acme Corp says it is "categorically untrue" that it is buying Orbix Labs.',
            ("Acme Corp", "acquires", "Orbix Labs"),
        ),
        (
            "外电早前指周大福企业入股悦港教育集团，周大福企业发言人昨日回应“并无此事”。",
            ("周大福企业", "investsIn", "悦港教育集团"),
        ),
    ],
)
def test_what_opens_a_sentence_or_stands_in_marks_denies_too(
    text: str, denied: tuple[str, str, str]
) -> None:
    found = {
        (c.subject.name, c.relation, c.object.name) for c in claims(text) if c.negated and c.object
    }
    assert denied in found
    assert denied not in said(text)


def test_what_a_sentence_denies_is_not_what_a_remark_in_it_says() -> None:
    text = "Acme Corp did not sue Orbix Labs, which owns 12% of Ferrum Corp."
    assert ("Orbix Labs", "holdsStakeIn", "Ferrum Corp.") in said(text)
