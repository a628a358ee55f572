"""The statistical tagger: same answers whatever stands beside a sentence; it helps with names."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.rules import RulesExtractor
from kg.extract.tagger import load_tagger
from kg.ontology import load_ontology
from tests.extracting import document, engine

SENTENCES = [
    "贺兰舟和师弟杜一鸣在2017年联手创立公司。",
    "氢岳能源去年向清华大学采购。",
    "丰田通商与淡马锡合计拿出9000万美元。",
    "好",
    "",
]


def _tags(sentences: list[str]) -> list[list[tuple[str, str]]]:
    found = load_tagger().tag(sentences)
    return [
        [(s[f.start : f.end], f.tag) for f in tags]
        for s, (tags, _) in zip(sentences, found, strict=True)
    ]


def test_people_and_organisations() -> None:
    first, second, *_ = _tags(SENTENCES)
    assert ("杜一鸣", "PER") in first
    assert ("氢岳能源", "ORG") in second


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(len(SENTENCES))))
def test_the_order_of_sentences_makes_no_difference(order: list[int]) -> None:
    alone = [_tags([s])[0] for s in SENTENCES]
    assert _tags([SENTENCES[i] for i in order]) == [alone[i] for i in order]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=300), max_size=4))
def test_stretches_cover_a_text_in_order(texts: list[str]) -> None:
    for text, (found, _) in zip(texts, load_tagger().tag(texts), strict=True):
        at = 0
        for stretch in found:
            assert stretch.start == at < stretch.end
            at = stretch.end
        assert at == min(len(text), 240)


def test_without_it_known_forms_are_still_found() -> None:
    rules = RulesExtractor(ontology=load_ontology(), names={}, tagger=False)
    doc = document("要闻\n瀚洋科技收购苍梧半导体。", "zh-Hans")
    assert {(c.subject.name, c.relation) for c in rules.extract(doc)} == {("瀚洋科技", "acquires")}
    assert engine().version == rules.version
