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
