"""Every relation in both languages and all three scripts; roles, status, denial, sums."""

from decimal import Decimal
from pathlib import Path
from shutil import copytree

import pytest

from kg.errors import WorkspaceError
from kg.extract.lexicon import load_lexicon
from kg.extract.rules import RulesExtractor
from kg.ontology import load_ontology
from tests.extracting import claims, document, engine, said

#: relation → (simplified, traditional, English), each with the claim it makes.
SAID: dict[str, tuple[tuple[str, str, str], ...]] = {
    "investsIn": (
        ("软银向瀚洋科技投资3亿美元。", "软银", "瀚洋科技"),
        ("軟銀領投瀚洋科技。", "軟銀", "瀚洋科技"),
        ("SoftBank invested $3bn in Fenwick Robotics.", "SoftBank", "Fenwick Robotics"),
    ),
    "grantsTo": (
        ("财政部向瀚洋科技提供补贴2亿元。", "财政部", "瀚洋科技"),
        ("瀚洋科技獲經濟部補助2億元。", "經濟部", "瀚洋科技"),
        ("NASA awarded Fenwick Robotics a $5m grant.", "NASA", "Fenwick Robotics"),
    ),
    "lendsTo": (
        ("工商银行向瀚洋科技提供5亿元贷款。", "工商银行", "瀚洋科技"),
        ("第一銀行核貸瀚洋科技5億元。", "第一銀行", "瀚洋科技"),
        ("Fenwick Robotics borrowed $5m from ING.", "ING", "Fenwick Robotics"),
    ),
    "acquires": (
        ("瀚洋科技被微软以5亿美元收购。", "微软", "瀚洋科技"),
        ("微軟以5億美元收購瀚洋科技。", "微軟", "瀚洋科技"),
        ("Fenwick Robotics was bought by KKR.", "KKR", "Fenwick Robotics"),
    ),
    "holdsStakeIn": (
        ("微软持有瀚洋科技12%股份。", "微软", "瀚洋科技"),
        ("微軟持有瀚洋科技12%股權。", "微軟", "瀚洋科技"),
        ("KKR owns 12% of Fenwick Robotics.", "KKR", "Fenwick Robotics"),
    ),
    "supplies": (
        ("瀚洋科技向英伟达采购GB300芯片。", "英伟达", "瀚洋科技"),
        ("瀚洋科技將為輝達供應模組。", "瀚洋科技", "輝達"),
        ("Fenwick Robotics buys chips from Nvidia.", "Nvidia", "Fenwick Robotics"),
    ),
    "partnersWith": (
        ("微软与瀚洋科技达成战略合作。", "微软", "瀚洋科技"),
        ("微軟攜手瀚洋科技。", "微軟", "瀚洋科技"),
        ("Microsoft has partnered with Fenwick Robotics.", "Microsoft", "Fenwick Robotics"),
    ),
    "competesWith": (
        ("微软与瀚洋科技正面竞争。", "微软", "瀚洋科技"),
        ("微軟的競爭對手瀚洋科技表示遺憾。", "微軟", "瀚洋科技"),
        ("Fenwick Robotics competes with ABB.", "Fenwick Robotics", "ABB"),
    ),
    "develops": (
        ("瀚洋科技推出“天目”大模型。", "瀚洋科技", "天目"),
        ("瀚洋科技研發「天目」晶片。", "瀚洋科技", "天目"),
        ("Fenwick Robotics makes surgical arms.", "Fenwick Robotics", "surgical arms"),
    ),
    "participatesIn": (
        ("瀚洋科技投资建设“拓荒者”数据中心。", "瀚洋科技", "拓荒者"),
        ("瀚洋科技參與「躍升」計畫。", "瀚洋科技", "躍升"),
        ("Fenwick Robotics joined the Caprock project.", "Fenwick Robotics", "Caprock"),
    ),
    "proposes": (
        ("“世界模型”概念由微软提出。", "微软", "世界模型"),
        ("微軟提出「世界模型」概念。", "微軟", "世界模型"),
        ('Microsoft coined the term "liquid compute".', "Microsoft", "liquid compute"),
    ),
    "publishes": (
        ("财政部发布《算力指引》。", "财政部", "算力指引"),
        ("經濟部公布《矽光子藍圖》。", "經濟部", "矽光子藍圖"),
        ('CBRE published its "Data Centre Pulse" report.', "CBRE", "Data Centre Pulse"),
    ),
    "terminates": (
        ("瀚洋科技宣布终止“渔火”项目。", "瀚洋科技", "渔火"),
        ("瀚洋科技關閉「漁火」計畫。", "瀚洋科技", "漁火"),
        ('Nvidia cancelled its "Firefly" project.', "Nvidia", "Firefly"),
    ),
    "founded": (
        ("黄仁勋于1993年创办英伟达。", "黄仁勋", "英伟达"),
        ("瀚洋科技創辦人黃仁勳。", "黃仁勳", "瀚洋科技"),
        ("Priya Ramanan founded Fenwick Robotics.", "Priya Ramanan", "Fenwick Robotics"),
    ),
    "leads": (
        ("瀚洋科技首席执行官黄仁勋出席。", "黄仁勋", "瀚洋科技"),
        ("瀚洋科技董事長黃仁勳出席。", "黃仁勳", "瀚洋科技"),
        ("Jensen Huang is the chief executive of Nvidia.", "Jensen Huang", "Nvidia"),
    ),
    "subsidiaryOf": (
        ("瀚洋科技是微软的全资子公司。", "瀚洋科技", "微软"),
        ("微軟旗下瀚洋科技擴產。", "瀚洋科技", "微軟"),
        ("Fenwick Robotics is a wholly owned subsidiary of ABB.", "Fenwick Robotics", "ABB"),
    ),
    "embodies": (
        ("ChatGPT被视为“世界模型”的样板。", "ChatGPT", "世界模型"),
        ("ChatGPT就是「世界模型」的化身。", "ChatGPT", "世界模型"),
        ('ChatGPT is the embodiment of the "world model" concept.', "ChatGPT", "world model"),
    ),
}  # fmt: skip


def test_every_relation_of_the_ontology_is_listed() -> None:
    assert set(SAID) == set(load_ontology().relations)


@pytest.mark.parametrize(
    ("relation", "text", "subject", "object_"),
    [(r, *case) for r, cases in SAID.items() for case in cases],
)
def test_every_relation_is_understood_in_both_languages_and_all_scripts(
    relation: str, text: str, subject: str, object_: str
) -> None:
    assert (subject, relation, object_) in said(text)


def test_each_member_of_a_row_makes_a_claim_and_they_share_the_sum() -> None:
    found = [
        c for c in claims("微软、英伟达和软银向瀚洋科技注资9亿美元。") if c.relation == "investsIn"
    ]
    assert {c.subject.name for c in found} == {"微软", "英伟达", "软银"}
    assert len({c.joint for c in found}) == 1 and found[0].joint
    assert {c.amount.low for c in found if c.amount} == {Decimal(900_000_000)}


def test_each_means_no_shared_sum() -> None:
    found = [
        c for c in claims("微软和英伟达各向瀚洋科技注资9亿美元。") if c.relation == "investsIn"
    ]
    assert len(found) == 2 and not any(c.joint for c in found)


def test_sums_are_told_apart_by_party() -> None:
    found = claims("微软和英伟达分别向瀚洋科技注资9亿美元和3亿美元。")
    sums = {c.subject.name: c.amount.low for c in found if c.relation == "investsIn" and c.amount}
    assert sums == {"微软": Decimal(900_000_000), "英伟达": Decimal(300_000_000)}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("微软宣布完成收购瀚洋科技。", "completed"),
        ("微软拟收购瀚洋科技。", "announced"),
        ("据传微软正洽谈收购瀚洋科技。", "rumoured"),
        ("Microsoft agreed to buy Fenwick Robotics for $2bn.", "committed"),
        ("Microsoft is in talks to acquire Fenwick Robotics.", "rumoured"),
        ("Microsoft bought Fenwick Robotics in 2021.", ""),
        # what became of it, before anybody else is named
        ("微软以2亿美元收购瀚洋科技，双方已于10月9日完成交割。", "completed"),
        ("微软同意以2亿美元收购瀚洋科技，交易已于6月终止。", "terminated"),
        ("微软以2亿美元收购瀚洋科技，英伟达的贷款已于6月终止。", ""),
        ("Microsoft's $2bn agreement to buy Fenwick Robotics was terminated in May.", "terminated"),
        ("Microsoft's $2bn agreement to buy Fenwick Robotics is dated May.", "committed"),
    ],
)
def test_status_is_what_the_words_say(text: str, status: str) -> None:
    assert {c.status for c in claims(text) if c.relation == "acquires"} == {status}


@pytest.mark.parametrize(
    "text",
    [
        "微软没有收购瀚洋科技。",
        "微软从未持有瀚洋科技股份。",
        "针对“微软入股瀚洋科技”的传闻，微软回应称消息不实。",
        "Microsoft denied that it had acquired Fenwick Robotics.",
        "We are not competing with ABB.",
    ],
)
def test_a_denial_is_recorded_and_never_asserted(text: str) -> None:
    assert not said(text)


@pytest.mark.parametrize(
    "text",
    [
        "如果微软收购瀚洋科技，格局将改变。",
        "微软会不会收购瀚洋科技？",
        "若微软终止协议，瀚洋科技将无法取得后续款项。",
        "If Microsoft acquired Fenwick Robotics, prices would fall.",
        "Will Microsoft acquire Fenwick Robotics?",
        "Microsoft holds an option to acquire Fenwick Robotics.",
    ],
)
def test_what_is_supposed_asked_or_optional_is_no_claim(text: str) -> None:
    assert not said(text)


def test_a_company_that_is_only_called_so_is_the_paragraphs() -> None:
    text = "瀚洋科技昨日召开发布会。公司将向英伟达采购GB300芯片。"
    assert ("英伟达", "supplies", "瀚洋科技") in said(text)


def _lexicon(tmp_path: Path, relations: str) -> Path:
    folder = tmp_path / "ontology"
    copytree(load_ontology().folder, folder)
    (folder / "lexicon" / "zh" / "relations.toml").write_text(relations, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("relations", "complaint"),
    [
        ("spaced = false\n[bribes]\npatterns = ['{S}<行贿>{O}']", "bribes"),
        ("spaced = false\n[acquires]\npatterns = ['{S}<买>{Q}']", "unknown slot"),
        ("spaced = false\n[acquires]\npatterns = ['{S}买{O}']", "no <trigger>"),
        ("spaced = false\n[acquires]\npatterns = ['{S}(<买>{O}']", "acquires.patterns"),
        ("spaced = false\n[acquires]\npatterns = [{ p = '{S}<买>', staus = 'x' }]", "staus"),
        ("spaced = false\n[slots]\nagent = ['Firm']", "Firm"),
        ("not toml", "not valid TOML"),
    ],
)
def test_a_faulty_lexicon_is_refused_by_file_and_key(
    tmp_path: Path, relations: str, complaint: str
) -> None:
    ontology = load_ontology(_lexicon(tmp_path, relations))
    with pytest.raises(WorkspaceError, match=r"relations\.toml") as caught:
        load_lexicon(ontology)
    assert complaint in str(caught.value)


def test_a_relation_is_taught_by_data_alone(tmp_path: Path) -> None:
    taught = "spaced = false\n[slots]\nagent = ['Company']\n[acquires]\npatterns = ['{S}<鲸吞>{O}']"
    extractor = RulesExtractor(ontology=load_ontology(_lexicon(tmp_path, taught)), names={})
    from tests.extracting import document

    found = list(extractor.extract(document("要闻\n微软鲸吞英伟达。")))
    assert [(c.subject.name, c.relation) for c in found] == [("微软", "acquires")]


def test_the_lexicon_of_the_package_speaks_of_every_relation() -> None:
    for language in engine().lexicon.languages.values():
        assert {p.relation for p in language.patterns} == set(load_ontology().relations)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Larkfield Compute is led by Ana Lindqvist.", ("leads", "Larkfield Compute")),
        ("邢立川持有织星创投 84%的股权。", ("holdsStakeIn", "织星创投")),
    ],
)
def test_what_looks_alike_is_told_apart(text: str, says: tuple[str, str]) -> None:
    """A firm led by a person is no round led by an investor; a share is no part of a name."""
    found = [(c.relation, c.object.name if c.object else "") for c in claims(text)]
    assert found == [says]


def test_the_first_paragraph_after_front_matter_is_no_headline() -> None:
    head = "---\ntitle: x\n---\n"
    text = f"{head}KKR invested $5m in Fenwick Robotics.\n\nKKR invested $9m in Fenwick Robotics."
    found = engine().extract(document(text, body_start=len(head)))
    assert [c.amount.low for c in found if c.amount] == [5_000_000, 9_000_000]


def test_a_share_of_something_unknown_is_no_share_of_the_topic() -> None:
    text = "必和必拓发布年报。必和必拓去年盈利。在蒙古国，力拓持有奥尤陶勒盖铜矿66%的股权。"
    assert not [c for c in claims(text) if c.object and c.object.name == "必和必拓"]


def test_who_sells_equity_supplies_nothing() -> None:
    text = "Dunmore agreed to sell a quarter of its equity to Bluewater, a Florida fund, for $19m."
    assert not [c for c in claims(text) if c.relation == "supplies"]


def test_shares_of_equity_are_told_apart_by_party() -> None:
    text = "微软与瀚洋科技合资设立鲸浪能源公司，双方分别持有60%和40%的股权。"
    shares = {
        c.subject.name: c.share for c in claims(text) if c.relation == "holdsStakeIn" and c.object
    }
    assert shares == {"微软": 60, "瀚洋科技": 40}


def test_a_bare_sum_is_in_the_currency_of_the_outlet() -> None:
    (claim,) = [c for c in claims("微软向瀚洋科技投了60亿。") if c.relation == "investsIn"]
    assert claim.amount is not None
    assert claim.amount.currency == "CNY"


@pytest.mark.parametrize(
    "text",
    [
        "微软将瀚洋科技六成的股份作价7亿元卖给了甲骨文。",
        "交通银行与江苏金租分别向瀚洋科技发放9亿元和5亿元的售后回租款。",
    ],
)
def test_equity_and_loans_are_no_goods(text: str) -> None:
    assert not [c for c in claims(text) if c.relation == "supplies"]


def test_what_is_spent_on_things_is_invested_in_no_topic() -> None:
    text = "瀚洋科技去年亏损。微软、谷歌两家公司计划在数据中心和芯片采购上合计投入3200亿美元。"
    assert not [c for c in claims(text) if c.relation == "investsIn"]


def test_a_verb_behind_a_latin_name_is_no_part_of_it() -> None:
    assert ("微软", "investsIn", "Anthropic") in said("微软承诺向Anthropic投资最多50亿美元。")


@pytest.mark.parametrize("owner", ["旗下的", "麾下"])
def test_who_only_owns_what_acts_is_no_party(owner: str) -> None:
    assert ("微软", "investsIn", "瀚洋科技") in said("微软向瀚洋科技投资3亿美元。")
    found = said(f"微软{owner}部门向瀚洋科技投资3亿美元。")
    assert not any(subject == "微软" and what == "investsIn" for subject, what, _ in found)


@pytest.mark.parametrize(
    "text",
    ["绵州农商行已与瀚洋科技签订1亿元授信协议。", "綿州農商行已與瀚洋科技簽訂1億元授信協議。"],
)
def test_a_bank_lends_in_either_script(text: str) -> None:
    assert said(text) == {(text[:5], "lendsTo", "瀚洋科技")}


@pytest.mark.parametrize(
    "text",
    [
        "瀚洋科技拟以不低于2亿元且不超过4亿元收购绿峰股份。",
        "瀚洋科技擬以不低於人民幣2億元（含），不超過人民幣4億元收購綠峰股份。",
        "KKR will buy Fenwick Robotics for at least $200 million and no more than $400 million.",
    ],
)
def test_two_limits_are_the_ends_of_one_sum(text: str) -> None:
    (claim,) = [c for c in claims(text) if c.relation == "acquires"]
    assert claim.amount is not None
    assert (claim.amount.low, claim.amount.high) == (Decimal(2 * 10**8), Decimal(4 * 10**8))


#: What is told over several clauses, briefly, or in words of the trade.
TOLD: tuple[tuple[str, tuple[str, str, str]], ...] = (
    ("字节跳动去年9月关停了在日本试水的“Kotodrama”。", ("字节跳动", "terminates", "Kotodrama")),
    ("岭泉纸业决定不再实施“湖州特种纸”项目。", ("岭泉纸业", "terminates", "湖州特种纸")),
    ("经济学家周知远把这种模式称为“影子算力”。", ("周知远", "proposes", "影子算力")),
    (
        "微软旗下的星桥项目，大概算得上“近岸算力”最贴切的注脚。",
        ("星桥项目", "embodies", "近岸算力"),
    ),
    (
        "瀚洋科技与绿峰股份共同出资5亿元设立合资公司青湾能源，前者持股60%，后者持股40%。",
        ("绿峰股份", "holdsStakeIn", "青湾能源"),
    ),
    ("瀚洋科技从弘毅投资手里接过绿峰股份4.9%的股份。", ("瀚洋科技", "investsIn", "绿峰股份")),
    ("微软持有的绿峰股份2.3%股份已转让予国盛资本。", ("国盛资本", "investsIn", "绿峰股份")),
    (
        "前微软副总裁蒋知夏将出任面馆连锁“半碗山”首席执行官，创始人沈阔留任董事长。",
        ("沈阔", "leads", "半碗山"),
    ),
    ("经济部上周公布补助名单，瀚洋科技获2亿元。", ("经济部", "grantsTo", "瀚洋科技")),
    ("瀚洋科技斥资38亿元，其中27亿元向合作金库借贷。", ("合作金库", "lendsTo", "瀚洋科技")),
    (
        "本报长沙讯 湖南省科技厅向瀚洋科技提供补贴2亿元。",
        ("湖南省科技厅", "grantsTo", "瀚洋科技"),
    ),
    ("本周收檔　瀚洋科技收購綠峰股份。", ("瀚洋科技", "acquires", "綠峰股份")),
    ("瀚洋科技最该提防的是绿峰股份。", ("瀚洋科技", "competesWith", "绿峰股份")),
    ("一、“礁石二号”：由瀚洋科技与中油共同开发。", ("中油", "participatesIn", "礁石二号")),
    (
        "Norvane Foods will take over Danish rival Kestrup Dairy for 90 million euros.",
        ("Norvane Foods", "competesWith", "Kestrup Dairy"),
    ),
    (
        "Aldane Retail and Bricklow take nearly half of Fenmoor Salmon's harvest between them.",
        ("Fenmoor Salmon", "supplies", "Bricklow"),
    ),
    (
        "Fenwick Robotics, part of the private-equity house Ardent Capital, grew.",
        ("Fenwick Robotics", "subsidiaryOf", "Ardent Capital"),
    ),
    (
        'The economist Lena Vartan has a name for this: "rent with a chorus".',
        ("Lena Vartan", "proposes", "rent with a chorus"),
    ),
    (
        "Gogoro and Yamaha will each put $15m into Amplor, their battery-swap venture in Hanoi.",
        ("Gogoro", "partnersWith", "Yamaha"),
    ),
)


@pytest.mark.parametrize(("text", "claim"), TOLD, ids=[t[0][:24] for t in TOLD])
def test_what_is_told_in_other_ways(text: str, claim: tuple[str, str, str]) -> None:
    assert claim in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "瀚洋科技每年收得2万吨废料，近七成装船卖给绿峰股份。",
        "瀚洋科技的芒果主要卖给永旺。",
    ],
)
def test_goods_that_are_sold_are_no_firm_that_is_sold(text: str) -> None:
    assert not {c for c in said(text) if c[1] == "acquires"}


def test_what_a_list_begins_with_is_what_its_entry_is_about() -> None:
    text = "1．“蛟绳”万米脐带缆。由瀚洋科技牵头，联合华南理工大学实施。"
    assert ("瀚洋科技", "participatesIn", "蛟绳") in said(text)


def test_who_gives_money_is_not_whom_the_paragraph_speaks_of() -> None:
    """A role that a sentence leaves open is filled from before only where that is mostly right."""
    text = "瀚洋科技去年上市。随后，以8亿元投资。绿峰股份的客户包括微软。"
    assert not {c for c in said(text) if c[1] == "investsIn"}


@pytest.mark.parametrize(
    ("text", "claim", "others"),
    [
        # a name in a remark on another does nothing in the sentence
        (
            "Ferrum Ventures, an arm of the Norvane Group, put €60m into Kestrup Dairy.",
            ("Ferrum Ventures", "investsIn", "Kestrup Dairy"),
            {("Norvane Group", "investsIn", "Kestrup Dairy")},
        ),
        # each to one
        (
            "Norvane Bank and Kestrup Bank lent Ferrum Corp and Valdur Ltd €220m and €310m"
            " respectively.",
            ("Kestrup Bank", "lendsTo", "Valdur Ltd"),
            {("Kestrup Bank", "lendsTo", "Ferrum Corp")},
        ),
        # who reports it is no party
        (
            "The Harbour Times reported at the weekend that Norvane Foods was weighing a takeover"
            " of Kestrup Dairy.",
            ("Norvane Foods", "acquires", "Kestrup Dairy"),
            {("Harbour Times", "acquires", "Kestrup Dairy")},
        ),
        # a word that may be a verb is a noun after a sum
        (
            "Stadlen and Ferrum Corp will share a €1.4bn order for regional trains from Kestrup"
            " Rail.",
            ("Stadlen", "supplies", "Kestrup Rail"),
            {("Kestrup Rail", "supplies", "Stadlen")},
        ),
        # a further giver gives to the same
        (
            "宁夏银行贷款给朔原牧业2亿元；农业农村部另补助3,000万元。",
            ("农业农村部", "grantsTo", "朔原牧业"),
            {("农业农村部", "grantsTo", "宁夏银行")},
        ),
    ],
)
def test_who_does_it_to_whom(
    text: str, claim: tuple[str, str, str], others: set[tuple[str, str, str]]
) -> None:
    found = said(text)
    assert claim in found
    assert not others & found


def test_an_entry_of_a_list_of_awards_is_given_by_the_office_named_before() -> None:
    text = (
        "经济部今日公布“绿能跃进计划”审查结果，共核定补助12亿元。\n"
        "一、彰滨储能案：泓曜能源将在彰滨工业区建置储能系统，核定补助7亿2,000万元。\n"
        "二、永安黑启动案：申请人岚海电力隶属台泥集团，核定补助5亿元。"
    )
    found = {
        (c.subject.name, c.object.name): c.amount.low
        for c in claims(text)
        if c.relation == "grantsTo" and c.object and c.amount
    }
    assert found["经济部", "泓曜能源"] == 720_000_000
    assert found["经济部", "岚海电力"] == 500_000_000


def test_an_entry_of_a_list_of_awards_has_the_time_and_the_status_of_the_list() -> None:
    text = (
        "On 3 June the following awards were approved by the Energy Agency:\n"
        "(a) University of Leeds: £3.4 million, for a tidal turbine.\n"
        "(b) Bangor University and Cardiff University: £1.2 million each."
    )
    found = {c.object.name: c for c in claims(text) if c.relation == "grantsTo" and c.object}
    assert set(found) == {"University of Leeds", "Bangor University", "Cardiff University"}
    assert {(c.status, c.when.edtf if c.when else "") for c in found.values()} == {
        ("committed", "2025-06-03")
    }


def test_who_gave_money_did_so_in_the_round_told_of_before_a_semicolon() -> None:
    text = (
        "Pebblestone Robotics makes grippers. In January the company closed a $40 million Series "
        "B; Alder Ventures wrote the largest check."
    )
    (claim,) = (c for c in claims(text) if c.relation == "investsIn")
    assert (claim.subject.name, claim.status) == ("Alder Ventures", "completed")
    assert claim.when and claim.when.edtf == "2025-01"


def test_a_field_of_business_that_has_a_name_is_still_what_money_goes_into() -> None:
    """A workspace that knows the concept must not find less than one that does not."""
    text = "软银宣布未来三年向机器人领域投入20亿美元。"
    knowing = RulesExtractor(ontology=load_ontology(), names={"机器人领域": "Concept"})
    for extractor in (engine(), knowing):
        found = {(c.subject.name, c.relation, c.object and c.object.name)
                 for c in extractor.extract(document(text))}  # fmt: skip
        assert ("软银", "investsIn", "机器人领域") in found


def test_a_verb_far_behind_its_subject_holds_where_the_words_between_are_its_own() -> None:
    assert ("英伟达", "investsIn", "瀚洋科技") in said(
        "随后,英伟达把利润通过旗下基金,投向瀚洋科技等初创公司。"
    )
    assert ("财政部", "grantsTo", "清流创新基金") in said(
        "去年,财政部发布《流域规划》,提出“先治水,后治岸”,并设立规模20亿元的“清流创新基金”。"
    )


def test_a_headline_is_not_believed_that_the_body_turns_round() -> None:
    headline = "瀚洋科技与国泰航空签订燃油承购协议"
    body = "瀚洋科技今日宣布,明年起向国泰航空供应航空燃油。"
    found = [
        (c.subject.name, c.relation, c.object and c.object.name)
        for c in engine().extract(document(f"{headline}\n{body}"))
    ]
    assert found == [("瀚洋科技", "supplies", "国泰航空")]


def test_names_in_a_row_are_none_of_one_that_ends_like_an_institution() -> None:
    text = "港涛渡轮宣布减薪。港涛渡轮下半年会推出由港涛渡轮与理工大学共同研发的“潮讯”系统。"
    assert {("港涛渡轮", "develops", "潮讯"), ("理工大学", "develops", "潮讯")} <= said(text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "徽商银行放了款。瀚洋科技去年认购了绿峰股份定增股份，出资4亿元，现持股5.6%。",
            ("瀚洋科技", "holdsStakeIn", "绿峰股份"),
        ),
        (
            "Domtar lent. Orbix Labs bought 19% of Skeena Cedar for C$22m, and now owns 49%.",
            ("Orbix Labs", "holdsStakeIn", "Skeena Cedar"),
        ),
    ],
)
def test_who_has_bought_into_a_firm_holds_a_share_of_that(
    text: str, claim: tuple[str, str, str]
) -> None:
    found = said(text)
    assert claim in found
    assert not any(o in ("徽商银行", "Domtar") for _, _, o in found)


def test_a_subsidiary_in_between_builds_and_is_held() -> None:
    assert {
        ("织渊实业", "holdsStakeIn", "云腾纺织"),
        ("云腾纺织", "subsidiaryOf", "织渊实业"),
        ("云腾纺织", "participatesIn", "回织一厂"),
    } <= said("织渊实业拟由持股100%之子公司云腾纺织于越南兴建“回织一厂”。")


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Acme, whose chief executive is former Boots manager Colm Hanratty, has 412 shops.",
            ("Colm Hanratty", "leads", "Acme"),
        ),
        (
            "Orbix Labs's partners in the Harbour Line are Acme and Siemens.",
            ("Orbix Labs", "partnersWith", "Siemens"),
        ),
        (
            "Among the buyers of Orbix Labs's bricks are Acme and Siemens.",
            ("Orbix Labs", "supplies", "Acme"),
        ),
        (
            "Acme has held talks with Orbix Labs about buying a stake of around 10%.",
            ("Acme", "investsIn", "Orbix Labs"),
        ),
        (
            "Teresa Valadão has been managing director of Quercina, a cork processor, since 2016.",
            ("Teresa Valadão", "leads", "Quercina"),
        ),
        (
            "Boskalis and Jan De Nul have set up a joint venture, Deltaspoor.",
            ("Boskalis", "partnersWith", "Jan De Nul"),
        ),
        (
            "Acme's partners in it are Orbix Labs and Siemens; the latter will supply Acme with "
            "drives.",
            ("Siemens", "supplies", "Acme"),
        ),
        (
            "A grant of up to €15m for Orbix Labs has been approved by the EU's Harbour Platform.",
            ("Harbour Platform", "grantsTo", "Orbix Labs"),
        ),
        (
            "Mars paid $9.1bn for the chain VCA in 2017, and a year later bought Linnaeus.",
            ("Mars", "acquires", "Linnaeus"),
        ),
        (
            "Northgate Media has been owned since 2018 by Chicago firm Larchmere Partners.",
            ("Northgate Media", "subsidiaryOf", "Larchmere Partners"),
        ),
        (
            "Mossnua Ltd and Teagasc Institute have worked together since 2021.",
            ("Mossnua Ltd", "partnersWith", "Teagasc Institute"),
        ),
        (
            "The ‘closed-loop shed’ was first described by Dr Piotr Wasilewski.",
            ("Piotr Wasilewski", "proposes", "closed-loop shed"),
        ),
        (
            "Ikea has agreed to buy at least £5 million of Loughbrae Spinning yarn a year.",
            ("Loughbrae Spinning", "supplies", "Ikea"),
        ),
        (
            "Google signed up with Petrel Subsea in 2019.",
            ("Petrel Subsea", "supplies", "Google"),
        ),
        (
            "Fescue Group, whose chair, Anil Bhandari, spoke first, is for sale.",
            ("Anil Bhandari", "leads", "Fescue Group"),
        ),
        (
            "Arc Institute, founded by Silvana Konermann and Patrick Hsu, has a model.",
            ("Silvana Konermann", "founded", "Arc Institute"),
        ),
        (
            "Orbix Labs chief Jim Clayton said the boiler would be built in Malaysia.",
            ("Jim Clayton", "leads", "Orbix Labs"),
        ),
        (
            "Atome Financial, part of the Advance Group, has a new office.",
            ("Atome Financial", "subsidiaryOf", "Advance Group"),
        ),
    ],
)
def test_what_english_news_says_in_fewer_words(text: str, claim: tuple[str, str, str]) -> None:
    assert claim in said(text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("瀚洋科技的钢材约七成来自首钢。", ("首钢", "supplies", "瀚洋科技")),
        ("瀚洋科技在车用扣件的主要对手是微软。", ("瀚洋科技", "competesWith", "微软")),
        (
            "瀚洋科技2022年跟绿峰股份签过意向书,拟入股三成,翌年不了了之。",
            ("瀚洋科技", "investsIn", "绿峰股份"),
        ),
        (
            "瀚洋科技沽出部分绿峰股份的股票,套现1.1亿元,持股量降至3.7%。",
            ("瀚洋科技", "holdsStakeIn", "绿峰股份"),
        ),
        ("财政部再批出1,850万元予回收商瀚洋科技。", ("财政部", "grantsTo", "瀚洋科技")),
        (
            "Talks with Siemens came to nothing. Orbix Labs, a Jorhat company started in 2016 by "
            "Mallika Hazarika, is to build a plant.",
            ("Mallika Hazarika", "founded", "Orbix Labs"),
        ),
        (
            "Zoetis makes Librela. Funeral group Wexcombe Grove said it had agreed to buy Orbix "
            "Labs from Bridgepoint, and funeral costs rose.",
            ("Wexcombe Grove", "acquires", "Orbix Labs"),
        ),
        (
            "Orbix Labs has also licensed its Purolyx reactor technology to Bridgestone.",
            ("Orbix Labs", "supplies", "Bridgestone"),
        ),
        (
            "ING lent Orbix Labs, whose boss, Dee Halvorsen, owns 34% of it, $5m.",
            ("Dee Halvorsen", "holdsStakeIn", "Orbix Labs"),
        ),
        (
            "Corvane, which Acme took private in 2023, closed two sites.",
            ("Acme", "acquires", "Corvane"),
        ),
        (
            "Dragados chose Orbix Labs in April to supply crushed stone for a tunnel.",
            ("Orbix Labs", "supplies", "Dragados"),
        ),
    ],
)
def test_what_news_of_other_trades_says(text: str, claim: tuple[str, str, str]) -> None:
    assert claim in said(text)


def test_a_firm_and_its_founder_of_the_same_name_are_two() -> None:
    text = (
        "By eight the yard at Bramwell Cooperage smells of toast.\n"
        "Bramwell, which Des Bramwell founded in 1994, makes whisky casks.\n"
        "TFF Group took 25% of Bramwell for $8 million."
    )
    assert {
        ("Des Bramwell", "founded", "Bramwell"),
        ("TFF Group", "investsIn", "Bramwell"),
    } <= said(text)


def test_a_coined_phrase_is_the_concept_without_its_marks_too() -> None:
    text = (
        'In 1978 Alan Pettifer proposed the "village vet trust".\n'
        "Orbix Labs is the village vet trust in the flesh."
    )
    assert ("Orbix Labs", "embodies", "village vet trust") in said(text)


def test_a_revolving_credit_is_no_grant() -> None:
    found = said("Regions Bank has provided Orbix Labs with a $150 million revolver.")
    assert ("Regions Bank", "lendsTo", "Orbix Labs") in found
    assert ("Regions Bank", "grantsTo", "Orbix Labs") not in found


def test_what_is_built_for_a_firm_makes_it_no_project() -> None:
    found = said(
        "Petrel Subsea keeps a ship. Google signed up with Petrel Subsea in 2019.\n"
        "Damen is building Petrel Subsea a successor, the Constance Hale II."
    )
    assert ("Petrel Subsea", "supplies", "Google") in found


def test_goods_of_a_sum_are_bought_and_not_the_firm() -> None:
    found = said("Ikea has agreed to buy at least £5 million of Loughbrae Spinning yarn a year.")
    assert ("Ikea", "acquires", "Loughbrae Spinning") not in found


def test_who_awards_a_contract_of_a_sum_grants_nothing() -> None:
    found = said("Northgate awarded Tidewright Inc. a $76 million contract.")
    assert found == {("Tidewright Inc.", "supplies", "Northgate")}


def test_who_promises_to_invest_is_called_by_its_own_name() -> None:
    text = "輝達承諾向Anthropic投資最多100億美元，微軟承諾投資最多50億美元。"
    assert said(text, "zh-Hant") == {
        ("輝達", "investsIn", "Anthropic"),
        ("微軟", "investsIn", "Anthropic"),
    }


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "圆圆仔科技的挂件全交给东莞恒昌玩具代工。",
            ("东莞恒昌玩具", "supplies", "圆圆仔科技"),
        ),
        ("毛绒怪是圆圆仔科技鼓捣出来的。", ("圆圆仔科技", "develops", "毛绒怪")),
        (
            "兴安机场集团花4.2亿元换走天骏航空26%的股权。",
            ("兴安机场集团", "investsIn", "天骏航空"),
        ),
        (
            "日本JERA有意以120亿元接手国泰人寿在浪锋能源的三成持股。",
            ("JERA", "investsIn", "浪锋能源"),
        ),
        ("托伯将续任Brinkhof执行长。", ("托伯", "leads", "Brinkhof")),
        (
            "捷安特母公司巨大集团与美利达都是锐骑科技的长年客户。",
            ("捷安特", "subsidiaryOf", "巨大集团"),
        ),
        (
            "星河滙获丰隆集团注资11.7亿元，后者将取得星河滙15%权益。",
            ("丰隆集团", "holdsStakeIn", "星河滙"),
        ),
        (
            "Publisher Marrow & Vale paid a six-figure sum for Lauscher Audio.",
            ("Publisher Marrow & Vale", "acquires", "Lauscher Audio"),
        ),
        (
            "Crane Capital wrote Tonalis Labs its first check, for $500,000.",
            ("Crane Capital", "investsIn", "Tonalis Labs"),
        ),
        (
            "Prairie Rail hauls wheat for Cargill and Scoular Grain.",
            ("Prairie Rail", "supplies", "Scoular Grain"),
        ),
        (
            "Tonalis Labs scrapped Murmur Cloud, a subscription for remote tuning.",
            ("Tonalis Labs", "terminates", "Murmur Cloud"),
        ),
        (
            "Maersk pulled the plug on Dhofar Methanol, a scheme it had hatched with Asyad Group.",
            ("Maersk", "partnersWith", "Asyad Group"),
        ),
        (
            'I know of no purer specimen of "landlord capture" than Skyloom Air.',
            ("Skyloom Air", "embodies", "landlord capture"),
        ),
        (
            'Walter Ong, then at Brown University, proposed the notion of "landlord capture".',
            ("Walter Ong", "proposes", "landlord capture"),
        ),
    ],
)
def test_ways_of_saying_it_that_other_hands_used(text: str, claim: tuple[str, str, str]) -> None:
    assert claim in said(text)


def test_a_bid_that_was_withdrawn_has_lapsed() -> None:
    (bid,) = claims("Enza Hart lodged a bid for Quirel Seeds in June but withdrew it in July.")
    assert (bid.relation, bid.status) == ("acquires", "lapsed")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("中国银行已批复瀚洋科技9亿元项目贷款。", "committed"),
        ("中国银行已给瀚洋科技授信3亿元。", "committed"),
        ("中国银行为瀚洋科技提供3亿元贷款，款项已全数到位。", "completed"),
        ("ING has each year approved a loan of $7m to Fenwick Robotics.", "committed"),
    ],
)
def test_status_of_a_loan(text: str, status: str) -> None:
    assert {c.status for c in claims(text) if c.relation == "lendsTo"} == {status}


def test_what_has_lapsed_is_told_with_when_it_did() -> None:
    found = claims("瀚洋科技与微软2024年6月签署的合作框架协议，已于2025年3月31日期满失效。")
    told = {(c.relation, c.status, c.when.edtf) for c in found if c.when}
    assert told == {("partnersWith", "lapsed", "2025-03-31")}


@pytest.mark.parametrize(
    ("text", "giver", "sum_"),
    [
        (
            "通力台湾拟以38亿元取得永磐科技六成股权，并已获花旗银行承诺联贷25亿元。",
            "花旗银行",
            "25亿元",
        ),
        ("泓曜能源将建置储能系统，总投资约21亿元，获经济部核定补助7.2亿元。", "经济部", "7.2亿元"),
        (
            "朔望新材已自中国银行取得贷款6亿元，并已收到财政部拨付的专项资金3180万元。",
            "财政部",
            "3180万元",
        ),
    ],
)  # fmt: skip
def test_a_sum_is_of_the_clause_that_its_verb_stands_in(text: str, giver: str, sum_: str) -> None:
    given = {c.subject.name: c.amount.text for c in claims(text) if c.amount and c.object}
    assert given[giver] == sum_


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        # Who is named behind a verb does not act in it.
        (
            "锐辙股份与朔原资本签署备忘录，拟以2亿元收购朔原资本持有的瀚洋科技全部股权。",
            ("锐辙股份", "acquires", "瀚洋科技"),
        ),
        (
            "合计向循域股份注资10亿元的红杉中国，今年8月减持。",
            ("红杉中国", "investsIn", "循域股份"),
        ),
        ("台泥旗下的台泥绿能持有瀚洋科技27%股权。", ("台泥绿能", "subsidiaryOf", "台泥")),
        (
            "由财政部出资设立的黑土振兴基金已到位，该基金随即向瀚洋科技投资3亿元。",
            ("黑土振兴基金", "investsIn", "瀚洋科技"),
        ),
        (
            "康禾药局与瀚洋科技签署采购协议，后者将向康禾药局购入6亿元的药品。",
            ("康禾药局", "supplies", "瀚洋科技"),
        ),
        # A pronoun never means who acts on it.
        (
            "Orbix Labs makes lasers. DBS and OCBC will lend it $520 million.",
            ("OCBC", "lendsTo", "Orbix Labs"),
        ),
        (
            "Tesco, which signed a supply contract with Orbix Labs, takes about 30% of its output.",
            ("Orbix Labs", "supplies", "Tesco"),
        ),
        # Where somebody works does not act.
        (
            'Professor Lin Farrugia of the Grattan Institute has proposed "wet-year options".',
            ("Lin Farrugia", "proposes", "wet-year options"),
        ),
        (
            "Little Wolf Creamery will build a $62 million whey-protein plant beside a highway.",
            ("Little Wolf Creamery", "participatesIn", "whey-protein plant"),
        ),
    ],
)
def test_who_acts_and_upon_whom(text: str, claim: tuple[str, str, str]) -> None:
    found = said(text)
    assert claim in found
    assert (claim[2], claim[1], claim[0]) not in found


def test_of_a_row_only_those_act_who_are_not_named_again() -> None:
    text = "锐辙股份与朔原资本签署备忘录，拟以2亿元收购朔原资本持有的瀚洋科技全部股权。"
    assert {c[0] for c in said(text) if c[1] == "acquires"} == {"锐辙股份"}


def test_people_of_a_row_act_with_their_titles_between() -> None:
    text = "导演杜兆伦、监制林少梅及导演古日朗宣布，注资银汉传媒6,000万元。"
    assert {c[0] for c in said(text) if c[1] == "investsIn"} == {"杜兆伦", "林少梅", "古日朗"}
