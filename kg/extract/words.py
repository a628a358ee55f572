"""Chinese words: a dictionary and a cut of text into its likeliest words.

The dictionary is the one that jieba ships (MIT; 349,000 words with frequency and part of speech,
https://github.com/fxsjy/jieba). Only its file is read: a unigram cut of our own needs no prefix
table, no temporary cache and no global state.
"""

from __future__ import annotations

import importlib.util
import math
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from kg.errors import WorkspaceError

#: No word of the dictionary that matters is longer.
LONGEST_WORD = 8
#: Log probabilities of what the dictionary does not have: a character, a run of letters or digits,
#: a word that the caller adds.
_UNKNOWN, _RUN_SCORE, _ADDED = -30.0, -8.0, -4.0
#: Sorts after every character of a word.
_AFTER_ALL = "\U0010ffff"
#: Runs of letters and digits of alphabets, which are never cut.
_RUN = re.compile("(?:(?=[\\0-\u024f])[^\\W_])+")
#: No word reaches over one of these marks, so that what is between them is cut by itself.
_CLAUSE = re.compile(r"[^,。;:!?、()“”《》]+|.", re.DOTALL)
#: So many clauses are kept cut: a document is cut again whenever names were found in it.
_KEPT = 4096


class Token(NamedTuple):
    """A word with its place in the text that was cut; `tag` is jieba's part of speech."""

    text: str
    start: int
    end: int
    tag: str
    freq: int


#: What Token(…) does, without the call in Python that a named tuple makes of it: words are the most
#: numerous things that extraction makes.
_token = tuple.__new__


@dataclass(frozen=True, slots=True)
class Words:
    """A dictionary.

    Args:
        numbers: word → its number, by which the other lists are read.
        counts: how often it was seen.
        tags: part of speech.
        logs: log probability.
        ordered: the words sorted, so that those with a beginning stand together.
    """

    numbers: Mapping[str, int]
    counts: Sequence[int]
    tags: Sequence[str]
    logs: Sequence[float]
    ordered: Sequence[str]

    def count(self, word: str) -> int:
        """How often a word was seen; 0 for none."""
        number = self.numbers.get(word)
        return 0 if number is None else self.counts[number]

    def tag(self, word: str, default: str = "") -> str:
        """The part of speech of a word."""
        number = self.numbers.get(word)
        return default if number is None else self.tags[number]

    def common(self, word: str, least: int = 3) -> bool:
        """Whether a string is a word that the dictionary has seen that often."""
        return self.count(word) >= least

    def beginning(self, head: str) -> dict[str, float]:
        """The words that begin with two characters, each with its log probability."""
        first = bisect_left(self.ordered, head)
        last = bisect_left(self.ordered, head + _AFTER_ALL, first)
        return {word: self.logs[self.numbers[word]] for word in self.ordered[first:last]}


@dataclass(slots=True)
class Cutter:
    """Cuts simplified Chinese into its likeliest words.

    Args:
        words: the dictionary.
        also: further words → tag, which win over the dictionary.
    """

    words: Words
    also: Mapping[str, str] = field(default_factory=dict)
    _added: dict[str, dict[str, float]] = field(init=False, default_factory=dict)
    _reach: dict[str, tuple[tuple[int, ...], dict[str, float]]] = field(
        init=False, default_factory=dict
    )
    _kept: Callable[[str], tuple[Token, ...]] = field(init=False)

    def __post_init__(self) -> None:
        for word in self.also:
            self._added.setdefault(word[:2], {})[word] = _ADDED
        self._kept = lru_cache(maxsize=_KEPT)(self._clause)

    def cut(self, text: str, start: int = 0, end: int | None = None) -> list[Token]:
        """The likeliest cut of a text, or of a stretch of it; offsets count in the text."""
        tokens: list[Token] = []
        for clause in _CLAUSE.finditer(text, start, len(text) if end is None else end):
            at = clause.start()
            tokens += [
                _token(Token, (word, first + at, last + at, tag, freq))
                for word, first, last, tag, freq in self._kept(clause.group())
            ]
        return tokens

    def _clause(self, text: str) -> tuple[Token, ...]:
        numbers, logs, reach = self.words.numbers, self.words.logs, self._reach
        runs = {m.start(): m.end() for m in _RUN.finditer(text)}
        size = len(text)
        best = [0.0] * (size + 1)
        ends = [0] * size
        for i in range(size - 1, -1, -1):
            if i in runs:
                ends[i] = end = runs[i]
                best[i] = _RUN_SCORE + best[end]
                continue
            number = numbers.get(text[i])
            top = (_UNKNOWN if number is None else logs[number]) + best[i + 1]
            end = i + 1
            head = text[i : i + 2]
            known = reach.get(head)
            if known is None:
                known = reach[head] = self._beginning(head)
            sizes, scores = known
            for n in sizes:
                close = i + n
                if close > size:
                    break
                score = scores.get(text[i:close])
                if score is not None and score + best[close] > top:
                    top, end = score + best[close], close
            best[i], ends[i] = top, end
        return tuple(self._tokens(text, ends, runs))

    def _tokens(self, text: str, ends: Sequence[int], runs: Mapping[int, int]) -> Iterator[Token]:
        at, words = 0, self.words
        while at < len(text):
            word = text[at : ends[at]]
            number = words.numbers.get(word)
            tag = self.also.get(word) or (
                ("eng" if at in runs else "x") if number is None else words.tags[number]
            )
            yield Token(word, at, ends[at], tag, 0 if number is None else words.counts[number])
            at = ends[at]

    def _beginning(self, head: str) -> tuple[tuple[int, ...], dict[str, float]]:
        """The words that begin with two characters: their lengths, from the shortest, and each
        with its score."""
        if len(head) < 2:
            return (), {}
        scores = self.words.beginning(head) | self._added.get(head, {})
        sizes = {len(word) for word in scores}
        return tuple(sorted(n for n in sizes if 1 < n <= LONGEST_WORD)), scores


@cache
def load_words() -> Words:
    """jieba's dictionary, read once in a process.

    Raises:
        WorkspaceError: jieba is not installed.
    """
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise WorkspaceError("Chinese needs jieba's dictionary: pip install jieba")
    fields = (Path(spec.origin).parent / "dict.txt").read_text("utf-8").split()
    words = fields[::3]
    seen = np.fromstring(" ".join(fields[1::3]), dtype=np.int64, sep=" ")
    counts = seen.tolist()
    logs = (np.log(np.maximum(seen, 1)) - math.log(seen.sum())).tolist()
    numbers = dict(zip(words, range(len(words)), strict=True))
    return Words(numbers, counts, fields[2::3], logs, sorted(words))
