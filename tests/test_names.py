"""Names: known ones, and those that show themselves by their form or their company."""

import pytest

from kg.extract.gazetteer import Gazetteer
from kg.extract.tagger import Found
from kg.extract.zh_document import firms
from kg.extract.zh_tagged import tagged
from tests.extracting import claims, engine, names


def _has(text: str, name: str) -> bool:
    return name in {n for n, _ in names(text)}


def test_the_longest_known_name_wins() -> None:
    gazetteer = Gazetteer(
        {"SoftBank": "Company", "SoftBank Vision Fund": "Fund", "软银": "Company"}
    )
    assert [h.type for h in gazetteer.find("SoftBank Vision Fund and SoftBank")] == [
        "Fund",
        "Company",
    ]


@pytest.mark.parametrize("text", ["the armada", "charming", "arm wrestling", "ArmX"])
def test_known_latin_names_are_whole_words_with_a_capital(text: str) -> None:
    assert not list(Gazetteer({"Arm": "Company"}).find(text))


def test_names_of_one_character_are_left_out() -> None:
    assert not list(Gazetteer({"云": "Company", "": "Company"}).find("云计算"))


def test_a_known_name_is_found_in_either_script_and_spacing() -> None:
    gazetteer = Gazetteer({"亚马逊 AWS": "Company", "輝達": "Company"})
    assert len(list(gazetteer.find("亚马逊AWS与辉达"))) == 2


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("GPU云服务商瀚洋科技昨日宣布完成融资。", "瀚洋科技", "Company"),
        ("由鹿鸣资本领投，老股东跟投。", "鹿鸣资本", "Company"),
        ("苏州工业园区管委会提供补贴。", "苏州工业园区管委会", "GovernmentBody"),
        ("常州产业投资集团持有其股权。", "常州产业投资集团", "Company"),
        ("德国Fraunwerk供应设备。", "Fraunwerk", ""),
        ("董事长蘇柏勳表示，產能不足。", "蘇柏勳", "Person"),
        ("國家發布《矽光子產業藍圖》。", "矽光子產業藍圖", "Report"),
        ("公司建设“拓荒者”数据中心。", "拓荒者", "Project"),
        ("Fenwick Robotics Ltd (“Fenwick”) said it grew.", "Fenwick Robotics Ltd", "Company"),
        ("Danish investor Nordhavn Capital holds 54%.", "Nordhavn Capital", "Company"),
        ("It was funded by the University of Turku.", "University of Turku", ""),
        ("Dr Isla Penrose, who founded it, left.", "Isla Penrose", "Person"),
        ("The Department of Housing and Urban Planning paid.", "Department of Housing and Urban Planning", "GovernmentBody"),  # noqa: E501
    ],
)  # fmt: skip
def test_names_never_seen_before(text: str, name: str, code: str) -> None:
    assert (name, code) in names(text)


def test_a_definition_names_what_follows() -> None:
    text = "浙江泓曜新能源股份有限公司（以下简称“泓曜新能”）公告。\n泓曜新能拟投资。"
    assert [n for n, _ in names(text)] == ["浙江泓曜新能源股份有限公司", "泓曜新能"]


def test_a_row_with_one_name_is_a_row_of_names() -> None:
    found = {n for n, _ in names("本轮由鹿鸣资本、朝曦合创、微软跟投。")}
    assert {"鹿鸣资本", "朝曦合创", "微软"} <= found


def test_a_kind_of_firm_is_no_part_of_its_name() -> None:
    assert _has("手术导航机器人研发商影锐医疗完成融资。", "影锐医疗")
    assert not _has("手术导航机器人研发商影锐医疗完成融资。", "手术导航机器人")


@pytest.mark.parametrize(
    "text",
    [
        "半导体行业需求回落，市场预期下调。",
        "总投资约12亿元，年产能20GWh。",
        "The committee met. Analysts doubt it. Completion is expected in May.",
    ],
)
def test_plain_words_are_no_names(text: str) -> None:
    assert names(text) == []


def test_a_surname_stands_for_the_person() -> None:
    text = "Marcus Oyelan founded Brightmotor.\nOyelan runs it."
    assert ("Oyelan", "Person") in names(text)


def test_mentions_are_slices_of_the_text() -> None:
    text = "輝達 與 鹿鳴資本 共同投資 瀚洋科技。"
    for claim in claims(text):
        for mention in (claim.subject, claim.object):
            assert mention is not None and mention.start is not None
            assert mention.name == f"要闻\n{text}"[mention.start : mention.end]


@pytest.mark.parametrize("text", ["8月", "。", "。8月"])
def test_a_stretch_that_is_all_marks_and_dates_is_no_name(text: str) -> None:
    lexis = engine().finder.chinese
    assert lexis is not None
    assert not list(tagged(lexis, text, [Found(0, len(text.rstrip("月")), "LOC")]))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # named in quotes, and said again without them
        ("柯阿土创办“日日鲜”。2018年，日日鲜卖给了味全。", "日日鲜"),
        # plain words said again and again where subjects stand
        ("青瓷坊宣布扩产。青瓷坊营收2亿元，青瓷坊员工870人。", "青瓷坊"),
        # whatever stands before "创始人" and a person
        ("专访走走创始人郁青禾：走走去年盈利", "走走"),
        # a short form in brackets, made of the name's own characters
        ("保险业监管局（保监局）昨日谴责衡泰人寿。", "保监局"),
        # a seldom verb before a trade
        ("国内转播权由跃动体育取得。", "跃动体育"),
    ],
)
def test_names_of_common_words_show_by_how_the_document_uses_them(text: str, name: str) -> None:
    assert _has(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("弘毅投资换走青瓷坊三成股份。", "青瓷坊三成股份"),
        ("海岱航运持有滨港拖轮有限公司49%股权。", "海岱航运持有滨港拖轮有限公司"),
        ("做虫害疫苗的安虫生技获得融资。", "虫害疫苗"),
        ("新产品销量大增。新产品营收2亿元，新产品卖得好。", "新产品"),
    ],
)
def test_a_stretch_that_says_something_is_no_name(text: str, name: str) -> None:
    assert not _has(text, name)


def test_an_honorific_makes_a_surname_and_the_full_name_a_person() -> None:
    found = set(names("The paper is by Petra Alden. Ms Alden said that it sold well."))
    assert {("Petra Alden", "Person"), ("Alden", "Person")} <= found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # a place no dictionary knows is a firm with a firm's end behind it
        (
            "海澜湾航运周三宣布订造六艘船。海澜湾表示，船将于明年交付。海澜湾董事长未评论。"
            "海澜湾营收增长。",
            "海澜湾航运",
        ),
        # the noun that follows wherever a name is said
        ("应烁高温去年收入24亿元。应烁高温正在无锡建厂。应烁高温宣布涨价。", "应烁高温"),
        # written by its sound, behind a country
        ("发酵罐购自德国赛多利斯。", "赛多利斯"),
        # grammar between a mark and a name belongs to the name
        ("国投创业认购份额最大，中芯聚源、深创投、临芯投资一并入局。", "中芯聚源"),
        # an office for two things
        ("运输及物流局昨日批出牌照。", "运输及物流局"),
        # quoted once behind a kind of firm
        ("卤味连锁“九酥坊”换了东家，凯辉基金收购九酥坊64%的股权。", "九酥坊"),
        # a fund with letters and a digit
        ("沙特风投Prosperity7有意入股。", "Prosperity7"),
    ],
)
def test_names_that_words_around_them_show(text: str, name: str) -> None:
    assert name in dict(names(text))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("深涧科技上周刚宣布停产。", "周刚"),
        ("数位发展部上周核定补助中华电信。", "周核定"),
        ("电池厂瓴锂科技宣布扩产。", "厂瓴锂科技"),
        ("此前流传的“比亚迪投资丰翼科技”一说并不属实。", "比亚迪投资丰翼科技"),
        ("梅若寒自7月1日起接掌茶饮公司。", "掌茶饮公司"),
    ],
)
def test_words_around_a_name_are_no_part_of_it(text: str, wrong: str) -> None:
    assert wrong not in dict(names(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The loan came from the U.S. Department of Energy.", "U.S. Department of Energy"),
        ("The U.S. Army Corps of Engineers paid.", "Army Corps of Engineers"),
        ("It signed with Fifth Third Bank on Monday.", "Fifth Third Bank"),
        ("Soltys, who chairs Baltic Gate Terminals, said so.", "Baltic Gate Terminals"),
        ("Red Bull wanted to buy the club.", "Red Bull"),
    ],
)
def test_words_that_begin_no_name_belong_to_some(text: str, name: str) -> None:
    assert name in dict(names(text))


@pytest.mark.parametrize("word", ["Contrary", "Irradiation", "Credit"])
def test_a_capital_alone_makes_no_name(word: str) -> None:
    text = {
        "Contrary": "Contrary to reports, Orvane did not sell.",
        "Irradiation": "Irradiation comes from a centre in Mol.",
        "Credit": "It entered into a Credit Agreement with PNC Bank.",
    }[word]
    assert word not in dict(names(text))


def test_what_stands_before_a_title_and_recurs_is_a_name() -> None:
    text = "映都主席利绍基否认售铺。银行年初借给映都三亿元，领展收映都的租金。"
    assert _has(text, "映都")
    assert not _has("映都主席利绍基否认售铺。", "映都")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("市场监管总局5月13日公告。", "市场监管总局"),
        ("杭州市临平区拿出5亿元。", "杭州市临平区"),
        ("能源署委託工研院辦理第三方查核。", "工研院"),
        ("Shield AI与经纬航太7月签了合作备忘录。", "经纬航太"),
        ("越南鉅綸責任有限公司（下稱越南鉅綸）增資。", "越南鉅綸"),
        ("广发基金及易方达基金参与认购。", "易方达基金"),
    ],
)
def test_where_a_name_begins_and_ends(text: str, name: str) -> None:
    assert _has(text, name)


def test_a_title_is_what_it_is_in_any_edition() -> None:
    found = names("国科会发布《水下科技白皮书2025》，汇整研发现况。")
    assert ("水下科技白皮书2025", "Report") in found


def test_whoever_filed_a_report_from_a_city_makes_it_a_place() -> None:
    assert ("Oslo", "Place") in names("OSLO, Oct 21 - Shares of Fenwick Robotics fell in Oslo.")


def test_what_is_measured_is_no_name() -> None:
    text = "为了运行 Sora2，OpenAI 向亚马逊AWS和微软Azure租用GPU集群，单月算力成本超过4亿美元。"
    assert not [name for name, _ in names(text) if "成本" in name]


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("The U.S. Department of Energy lent Corvane $40 million.", "U.S. Department of Energy",
         "GovernmentBody"),
        ("The Okafor family holds 38% of Tuckahoe Paper.", "Okafor family", ""),
        # nobody is spoken of with "which"
        (
            "Aldgrove Seeds bought Semillas Quirel. Quirel, which breeds tomatoes, is small.",
            "Quirel",
            "",
        ),
        ("Fisheries Research and Development Corporation lent Acme Corp $3m.",
         "Fisheries Research and Development Corporation", "Company"),
    ],
)  # fmt: skip
def test_what_shows_of_what_class_a_name_is(text: str, name: str, code: str) -> None:
    assert (name, code) in names(text)


def test_what_has_a_chief_is_no_place_however_it_sounds() -> None:
    lexis = engine().finder.chinese
    assert lexis is not None
    sounding = {"岚屿远洋": "Place", "岚屿": "Place"}
    text = "岚屿远洋总经理苗海澄在岚屿说，公司已买下6艘船。"
    assert firms(lexis, sounding, text) == {"岚屿远洋": "Company"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("远洋渔业企业岚屿远洋周三公布增资，领投方为国投创益。", "远洋渔业"),
        ("包志恒2014年在包头创立了这家支线航空公司。", "支线航空"),
    ],
)
def test_of_what_kind_a_firm_is_is_no_name(text: str, kind: str) -> None:
    assert not _has(text, kind)


@pytest.mark.parametrize(
    ("text", "name", "spliced"),
    [
        # What governs a known name is no part of it.
        ("款项由台新银行联贷康禾药局。康禾药局去年扩店，康禾药局很高兴。", "台新银行", "联贷"),
        ("创新署向朗程医疗批出2亿元。朗程医疗去年获利，朗程医疗很高兴。", "朗程医疗", "向朗程"),
        # Nor is the first digit of a sum, a verb before one, the beginning of a title.
        ("林少梅合共注资银汉传媒6,000万元。", "银汉传媒", "银汉传媒6"),
        ("该基金向垦丰种业投资3亿元。", "垦丰种业", "种业投资"),
        ("惟澄芯科技行政总裁贺之遥否认。澄芯科技去年获利，澄芯科技很高兴。", "澄芯科技", "行政"),
        ("宁德时代计划在厦门建厂。", "宁德时代", "时代计划"),
        # A verb before 局 is no office.
        ("街口支付的收购上周五宣告破局。", "街口支付", "破局"),
    ],
)
def test_what_only_stands_beside_a_name_is_no_part_of_it(
    text: str, name: str, spliced: str
) -> None:
    found = [n for n, _ in names(text)]
    assert name in found
    assert not [n for n in found if spliced in n]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("送餐机器人商跑腿虎停掉了试点。", "跑腿虎"),
        ("华住集团旗下的花间堂宣布开店。", "花间堂"),
        ('"Two Left Mittens" is a film that Fenwick Films made.', "Two Left Mittens"),
        ("Orbix Labs sold its Houston mill.", "Houston mill"),
        ("Orbix Labs is owned by the Falmer family trust.", "Falmer family trust"),
        ("Hachette UK acquired Orbix Labs.", "Hachette UK"),
        ("Orbix Labs runs wards for the Bihar government.", "Bihar government"),
        # What it owns is nowhere said: its name ends so.
        ("Orbix Labs bought Bramble Barnaby's, a fun park. Bramble Barnaby's plan is to grow.",
         "Bramble Barnaby's"),
    ],
)  # fmt: skip
def test_names_of_ordinary_words(text: str, name: str) -> None:
    assert name in [n for n, _ in names(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # The text speaks of the dairy, and calls the firm by its first words.
        ("Blue Silo Dairy makes cheese. Blue Silo is small. Here the dairy has 40 cows.",
         "Blue Silo Dairy"),
        ("Jeevandhara Renal Care, set up in 2016, has 40 clinics.", "Jeevandhara Renal Care"),
        ("Gulfwater Foods, Queensland's second-biggest prawn farmer, is small.", "Gulfwater Foods"),
        ("Chilean seed breeder Semillas Quirel is for sale. Enza bid for Quirel in May.",
         "Semillas Quirel"),
        ("Apollo wants The Merry Otter. The Merry Otter shut Otter Rooms in May.", "Merry Otter"),
        ("The Daily Bugle said so. Whoever reads the Bugle knows.", "Daily Bugle"),
        ("Element Arch, founded by architect Simone Lacey, makes beams. Element Arch grew.",
         "Element Arch"),
        ("Orbix Labs is a unit of Fenwick Timberlands, whose president grew up here.",
         "Fenwick Timberlands"),
    ],
)  # fmt: skip
def test_a_firm_is_nobody(text: str, name: str) -> None:
    assert dict(names(text)).get(name, "Person") != "Person"


def test_what_small_letters_say_too_is_a_name_nowhere_but_inside_a_sentence() -> None:
    text = "Hydrogen will be piped in from Vocus Group. The hydrogen costs little."
    assert "Hydrogen" not in dict(names(text))
    assert "Hydrogen" in dict(names(text + " It is bought by Hydrogen."))


def test_a_person_with_a_post_is_no_firm_whatever_the_name_ends_in() -> None:
    assert ("Sinéad Power", "Person") in names("Managing director Sinéad Power said so.")


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        # A firm called by its first words is no valley.
        (
            "Suir Valley Distillers makes gin. In Cork, Suir Valley is known.",
            "Suir Valley",
            "Place",
        ),
        ("Killowen Maltings, part of the Boortmalt group, is old.", "Boortmalt", "Place"),
    ],
)
def test_a_firm_is_no_place(text: str, name: str, code: str) -> None:
    found = dict(names(text))
    assert name in found
    assert found[name] != code


@pytest.mark.parametrize(
    "text", ["THERE was cheering at Orbix Labs.", "The round values Orbix Labs, I'm told."]
)
def test_words_that_are_no_names_in_capitals_or_shortened(text: str) -> None:
    assert [n for n, _ in names(text)] == ["Orbix Labs"]
