"""kg.text: one spelling for all, with the way back to the offsets as read."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text import fold, lines, script_of, sentences, simplified, view

TEXTS = st.text(
    alphabet="輝達OpenAI，。「」 （）\n軟12億乾隆著名後里\u200b\ufeff　“x”", max_size=80
)


@given(TEXTS)
def test_folding_keeps_every_code_point_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(TEXTS)
def test_a_view_knows_where_each_of_its_characters_stood(text: str) -> None:
    folded = fold(text)
    seen = view(folded, 0, len(folded))
    assert len(seen.offsets) == len(seen.text) + 1
    assert list(seen.offsets) == sorted(seen.offsets)
    for i, char in enumerate(seen.text):
        start, end = seen.span(i, i + 1)
        assert folded[start:end] == char
        assert seen.index(start) == i
        assert seen.end_index(end) == i + 1


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("輝達向「星際之門」投資", "辉达向“星际之门”投资"),
        ("（ＡＩ）１２．５％", "(AI)12.5%"),
        ("〈報告〉", "《报告》"),
    ],
)
def test_scripts_widths_and_quotes_become_one(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_a_phrase_that_would_change_length_is_converted_by_character() -> None:
    text = "記憶體廠商\n乾隆的乾淨"
    assert len(simplified(text)) == len(text)


def test_spaces_beside_chinese_say_nothing() -> None:
    spaced = fold("从 微软 获得 500 亿美元,T. Rowe Price 跟投")
    assert view(spaced, 0, len(spaced)).text == "从微软获得500亿美元,T. Rowe Price跟投"


def test_paragraphs_are_the_lines_that_hold_something() -> None:
    text = "  headline \r\n\n\tbody。\n"
    assert [text[s.start : s.end] for s in lines(text)] == ["headline", "body。"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme Inc. raised $1.5bn. It is led by J. P. Moss.", 2),
        ("Voltane Cells, Inc. sued Brightwater Motors Corp. in the U.S. It lost.", 2),
        ("甲公司完成融资。乙公司呢？不清楚！", 3),
        ("“这是第二个客户，”他说。", 1),
        ("no stop at all", 1),
        ("", 0),
    ],
)
def test_sentences_end_where_readers_think_they_do(text: str, expected: int) -> None:
    folded = fold(text)
    assert len(list(sentences(folded, script_of(folded)))) == expected


@given(st.text(alphabet="ab. 。,!?", max_size=60), st.sampled_from(["zh", "en"]))
def test_sentences_cover_all_words_in_order(text: str, script: str) -> None:
    spans = list(sentences(text, script))
    covered = "".join(text[s.start : s.end] for s in spans)
    assert covered.replace(" ", "") == text.replace(" ", "")
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_an_endless_line_is_cut_into_sentences_of_bounded_length() -> None:
    spans = list(sentences("长句" * 50_000, "zh"))
    assert max(s.end - s.start for s in spans) <= 1200
    assert sum(s.end - s.start for s in spans) == 100_000


def test_script_goes_by_what_carries_the_text() -> None:
    assert script_of("OpenAI 获得 ChatGPT 融资") == "zh"
    assert script_of("The firm, called 软银 in Chinese, said it would invest") == "en"
