"""One contract for every extractor: quotes are slices, codes known, nothing left to chance."""

import random
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from kg.claim import Claim, Document
from kg.errors import WorkspaceError
from kg.extract import Extractor, get_extractor
from kg.ontology import load_ontology
from kg.text import simplified
from tests.extracting import document, engine

ENGINES = ["rules"]
GOLD = sorted((Path(__file__).parent / "gold").glob("*/*.txt"))
PIECES = [
    "微软", "輝達", "OpenAI", "收购", "投資", "向", "与", "、", "，", "。", "「", "」",
    "“", "12亿美元", "公司", "其", "如果", "否认", " ", "\n", "Acme Inc.", " acquired ",
    "its", ", which ", "said", "3%", "?", "《", "》", "（", "）", "\u200b", "\ufeff",
    "😀", "a", "\x00", "首席执行官", "由", "领投",
]  # fmt: skip


@pytest.fixture(params=ENGINES)
def extractor(request: pytest.FixtureRequest) -> Extractor:
    if request.param == "rules":
        return engine()
    return get_extractor(request.param, ontology=load_ontology(), names={})


def _article(path: Path) -> Document:
    language = {"zhs": "zh-Hans", "zht": "zh-Hant"}.get(path.stem[:3], "en")
    return document(path.read_text("utf-8"), language)


def _keeps(extractor: Extractor, doc: Document) -> list[Claim]:
    """The contract, for one document."""
    ontology = load_ontology()
    found = list(extractor.extract(doc))
    for claim in found:
        evidence = claim.evidence
        assert evidence.start is not None and evidence.end is not None
        assert doc.text[evidence.start : evidence.end] == evidence.quote
        assert 0 < len(evidence.quote) <= 400
        assert evidence.source == doc.id
        assert evidence.start >= doc.body_start
        if claim.kind == "relation":
            assert claim.relation in ontology.relations and claim.object is not None
        else:
            assert claim.measure in ontology.measures and claim.amount is not None
        assert claim.status in {"", *ontology.statuses}
        assert 0 < claim.confidence <= 1
        assert claim.extractor == extractor.name
        for mention in (claim.subject, claim.object, claim.attributed_to):
            if mention is None:
                continue
            assert mention.entity == "" and mention.name
            assert mention.type in {"", *ontology.types}
            if mention.start is not None:
                assert doc.text[mention.start : mention.end] == mention.name
    assert list(extractor.extract(doc)) == found
    return found


@pytest.mark.parametrize("path", GOLD[::2], ids=lambda p: p.stem)
def test_articles(extractor: Extractor, path: Path) -> None:
    assert _keeps(extractor, _article(path))


WIDTHS = str.maketrans("，：；（）？！", ",:;()?!")


def _gist(doc: Document) -> set[tuple[str, str, str, bool]]:
    """What a document's claims say, in one script and spacing."""

    def one(name: str) -> str:
        name = simplified(name).replace(" ", "").replace("钜", "巨")
        return name.translate(WIDTHS)  # a name keeps the marks of its text

    return {
        (
            one(c.subject.name),
            c.relation or c.measure,
            one(c.object.name if c.object else ""),
            c.negated,
        )
        for c in engine().extract(doc)
    }


CHINESE = [p for p in GOLD if p.stem.startswith("zh")]


@pytest.mark.parametrize("path", CHINESE, ids=lambda p: p.stem)
def test_scripts_spaces_and_widths_make_no_difference(path: Path) -> None:
    article = _article(path)
    text, other = article.text, "zh-Hans" if article.language == "zh-Hant" else "zh-Hant"
    converted = OpenCC("t2s" if other == "zh-Hans" else "s2t").convert(text)
    edge = r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])"
    narrow = text.translate(WIDTHS)
    expected = _gist(article)
    assert _gist(document(converted, other)) == expected
    assert _gist(document(re.sub(edge, " ", text), article.language)) == expected
    assert _gist(document(narrow, article.language)) == expected


@pytest.mark.parametrize(
    "piece", ["微软、英伟达和软银", "微软向英伟达投资,", "“微软”", "Acme Inc. and ", "（"]
)
def test_the_cost_of_one_endless_line_stays_linear(extractor: Extractor, piece: str) -> None:
    def cost(size: int) -> float:
        began = time.process_time()
        list(extractor.extract(document("要闻\n" + piece * (size // len(piece)), "zh-Hans")))
        return time.process_time() - began

    cost(100)  # what is made once
    # Four times the text: four times the work, sixteen times if it were quadratic. A ratio, so
    # that a slow or busy machine does not matter; half a second forgives what is too short to time.
    assert cost(32_000) < 9 * cost(8_000) + 0.5


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_words_in_any_order(text: str) -> None:
    _keeps(engine(), document(text))


def test_splices_of_articles(extractor: Extractor) -> None:
    rng = random.Random(7)
    texts = [p.read_text("utf-8") for p in GOLD]
    for _ in range(10):
        text = "".join(rng.choice(texts)[rng.randrange(900) :][:200] for _ in range(8))
        _keeps(extractor, document(text))


@pytest.mark.parametrize("text", ["", "\n\n", "“”", "。", "a" * 5000, "、" * 3000, "（" * 2000])
def test_nothing_comes_of_nothing(extractor: Extractor, text: str) -> None:
    assert _keeps(extractor, document(text, "zh-Hans")) == []


def test_what_stands_before_the_body_is_not_read(extractor: Extractor) -> None:
    front = "---\nnote: 微软收购英伟达。\n---\n"
    text = front + "标题\n软银投资了英伟达。"
    found = _keeps(extractor, document(text, "zh-Hans", body_start=len(front)))
    assert {c.subject.name for c in found} == {"软银"}


def test_an_unknown_engine_is_named_with_the_known_ones() -> None:
    with pytest.raises(WorkspaceError, match="rules"):
        get_extractor("none-such", ontology=load_ontology(), names={})


def test_known_names_are_used() -> None:
    text = "要闻\n暖光以3亿元收购晨雾。"
    assert not list(engine().extract(document(text)))
    told = get_extractor(
        "rules", ontology=load_ontology(), names={"暖光": "Company", "晨雾": "Company", "云": ""}
    )
    assert [c.relation for c in told.extract(document(text))] == ["acquires"]
