"""Words of Chinese text: every character in one word, and a cut that does not depend on what was
cut before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.words import Cutter, Words, load_words

WORDS = load_words()


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("公司投资人民币", ["公司", "投资", "人民币"]),
        ("OpenAI向微软租用算力。", ["OpenAI", "向", "微软", "租用", "算力", "。"]),
        ("", []),
    ],
)
def test_text_is_cut_into_its_likeliest_words(text: str, cut: list[str]) -> None:
    assert [t.text for t in Cutter(WORDS, {"算力": "n"}).cut(text)] == cut


def test_added_words_win_over_the_dictionary_and_keep_their_tag() -> None:
    token = Cutter(WORDS, {"投资人民": "nz"}).cut("投资人民币")[0]
    assert (token.text, token.tag) == ("投资人民", "nz")


def test_the_dictionary_tells_count_part_of_speech_and_what_begins_alike() -> None:
    words = Words({"上海": 0, "上海市": 1}, [5, 2], ["ns", "ns"], [-1.0, -2.0], ["上海", "上海市"])
    assert (words.count("上海"), words.tag("上海")) == (5, "ns")
    assert words.beginning("上海") == {"上海": -1.0, "上海市": -2.0}
    assert (words.count("北京"), words.tag("北京", "x"), words.beginning("北京")) == (0, "x", {})
    assert words.common("上海")
    assert not words.common("上海市")


_TEXT = st.text(alphabet="公司投资了人民币银行,。、()AB12 —微", max_size=40)


@given(_TEXT, st.integers(0, 40))
def test_tokens_tile_the_stretch_and_tell_their_own_words(text: str, start: int) -> None:
    start = min(start, len(text))
    tokens = Cutter(WORDS).cut(text, start)
    assert [start, *(t.end for t in tokens)] == [*(t.start for t in tokens), len(text)]
    assert all(text[t.start : t.end] == t.text for t in tokens)


@given(_TEXT, _TEXT)
def test_marks_part_a_text_into_pieces_that_are_cut_alone(left: str, right: str) -> None:
    cutter = Cutter(WORDS)
    whole = cutter.cut(f"{left}。{right}")
    assert whole == [*cutter.cut(f"{left}。"), *cutter.cut(f"{left}。{right}", len(left) + 1)]
