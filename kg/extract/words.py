"""Chinese words: a dictionary and a cut of text into its likeliest words.

The dictionary is the one that jieba ships (MIT; 349,000 words with frequency and part of speech,
https://github.com/fxsjy/jieba). Only its file is read: a unigram cut of our own needs no prefix
table, no temporary cache and no global state.
"""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from kg.errors import WorkspaceError

#: No word of the dictionary that matters is longer.
LONGEST_WORD = 8


class Token(NamedTuple):
    """A word with its place in the text that was cut; `tag` is jieba's part of speech."""

    text: str
    start: int
    end: int
    tag: str
    freq: int


@dataclass(frozen=True, slots=True)
class Words:
    """A dictionary: word → (frequency, part of speech, log probability); and for the first two
    characters of longer words the length of the longest of them, beyond which none is looked up."""

    entries: Mapping[str, tuple[int, str, float]]
    longest: Mapping[str, int]

    def common(self, word: str, least: int = 3) -> bool:
        """Whether a string is a word that the dictionary has seen that often."""
        entry = self.entries.get(word)
        return entry is not None and entry[0] >= least

    def cut(self, text: str, also: Mapping[str, str] | None = None) -> list[Token]:
        """The likeliest cut of a text.

        Args:
            text: simplified Chinese, Latin runs and digits kept whole.
            also: further words → tag, which win over the dictionary.
        """
        entries, longest, also = self.entries, self.longest, also or {}
        heads = _heads(also)
        size = len(text)
        best = [0.0] * (size + 1)
        step = [1] * (size + 1)
        runs = _runs(text)
        for i in range(size - 1, -1, -1):
            if i in runs:
                step[i] = runs[i]
                best[i] = -8.0 + best[i + runs[i]]
                continue
            following = best[i + 1]
            entry = entries.get(text[i])
            top, length = (entry[2] if entry else -30.0) + following, 1
            head = text[i : i + 2]
            reach = min(max(longest.get(head, 0), heads.get(head, 0)), size - i)
            for n in range(2, reach + 1):
                word = text[i : i + n]
                if word in also:
                    score = -4.0 + best[i + n]
                elif (entry := entries.get(word)) is not None:
                    score = entry[2] + best[i + n]
                else:
                    continue
                if score > top:
                    top, length = score, n
            best[i], step[i] = top, length
        tokens: list[Token] = []
        at = 0
        while at < size:
            word = text[at : at + step[at]]
            count, tag, _ = entries.get(word, (0, "eng" if at in runs else "x", 0.0))
            tokens.append(Token(word, at, at + step[at], also.get(word, tag), count))
            at += step[at]
        return tokens


_HEADS: dict[int, tuple[Mapping[str, str], dict[str, int]]] = {}


def _heads(also: Mapping[str, str]) -> dict[str, int]:
    """First two characters → length of the longest of some words; kept for the words used last."""
    kept = _HEADS.get(id(also))
    if kept is None or kept[0] is not also:
        found: dict[str, int] = {}
        for word in also:
            found[word[:2]] = max(found.get(word[:2], 0), min(len(word), LONGEST_WORD))
        _HEADS.clear()
        kept = _HEADS[id(also)] = (also, found)
    return kept[1]


def _runs(text: str) -> dict[int, int]:
    """Start → length of the runs of ASCII letters and digits, which are never cut."""
    runs: dict[int, int] = {}
    start = -1
    for i, char in enumerate(text + "。"):
        if char.isalnum() and char < "\u0250":
            if start < 0:
                start = i
        elif start >= 0:
            runs[start] = i - start
            start = -1
    return runs


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
    words, tags = fields[::3], fields[2::3]
    counts = [int(n) for n in fields[1::3]]
    logs = (np.log(np.maximum(counts, 1)) - math.log(sum(counts))).tolist()
    longest: dict[str, int] = {}
    for word in words:
        size = len(word)
        if 1 < size <= LONGEST_WORD:
            head = word[:2]
            if longest.get(head, 0) < size:
                longest[head] = size
    return Words(dict(zip(words, zip(counts, tags, logs, strict=True), strict=True)), longest)
