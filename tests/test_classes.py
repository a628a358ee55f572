"""Words by class: the longest first, function words as themselves, everything wrong named."""

from pathlib import Path

import pytest

from kg.errors import WorkspaceError
from kg.extract.classes import Classes, load_classes
from kg.ontology import load_ontology

CLASSES = Classes({"投": "small", "投资": "give_money", "向": "function"}, 2)


def test_the_longest_word_counts() -> None:
    assert CLASSES.read("甲向乙投资了", frozenset("甲乙")) == [
        (0, "甲"), (1, "向"), (2, "乙"), (3, "<give_money>"),
    ]  # fmt: skip


def test_a_sign_is_never_part_of_a_word() -> None:
    assert CLASSES.read(["投", "$", "资"], frozenset("$")) == [(0, "<small>"), (1, "$")]


def test_a_spaced_language_is_read_by_words() -> None:
    classes = Classes({"snap up": "buy_firm", "up": "function"}, 2, " ")
    assert classes.read(["a", "snap", "up", "up", "snapup"], frozenset("a")) == [
        (0, "a"), (1, "<buy_firm>"), (3, "up"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "word", "other"), [("zh", "注资", "增资"), ("en", "bankrolled", "injecting")]
)
def test_the_lexicon_has_classes(language: str, word: str, other: str) -> None:
    words = load_classes(load_ontology().folder)[language].words
    assert words[word] == words[other]


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert load_classes(tmp_path) == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a = [", "classes.toml: not valid TOML"),
        ('a = "投资"', "a: expected a list of words"),
        ('spaced = "yes"', r"classes\.toml:1: spaced: expected true or false"),
        ('a = [\n  "投资",\n]\nb = ["投资"]', r"classes\.toml:2: a: 投资 is in b too"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str, told: str) -> None:
    folder = tmp_path / "lexicon" / "zh"
    folder.mkdir(parents=True)
    (folder / "classes.toml").write_text(text, "utf-8")
    with pytest.raises(WorkspaceError, match=told):
        load_classes(tmp_path)["zh"]
