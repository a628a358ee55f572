"""A line is cut into the longest words, and nothing of it is lost."""

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.cut import cut


def test_the_longest_word_counts() -> None:
    assert list(cut("投资了", {"投", "投资"}, 2)) == [(0, 2), (2, 3)]


def test_words_stand_apart_where_there_is_a_joint() -> None:
    line = ["snap", "up", "snapup"]
    assert list(cut(line, {"snap up", "snapup"}, 2, joint=" ")) == [(0, 2), (2, 3)]


def test_a_sign_is_no_part_of_a_word() -> None:
    assert list(cut("投$", {"投$"}, 2, signs={"$"})) == [(0, 1), (1, 2)]


@given(st.text("甲乙丙"), st.sets(st.text("甲乙丙", min_size=1, max_size=4)), st.integers(0, 5))
def test_pieces_follow_each_other_to_the_end(line: str, words: set[str], longest: int) -> None:
    pieces = list(cut(line, words, longest))
    assert "".join(line[start:end] for start, end in pieces) == line
    assert all(end - start == 1 or line[start:end] in words for start, end in pieces)
