"""A scorer for what patterns leave open: what the words around two names say of them.

A linear model (multinomial logistic regression) over n-grams of a masked sentence: characters in
Chinese, words in English, before, between and behind the two names. bench/train_scorer.py trains
it on this project's own annotated articles and sentences and says how good it is. Weights are
whole numbers, so that the same text gives the same claims on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from kg.errors import WorkspaceError
from kg.extract.masks import Mask

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Features are counted in so many rows; two that meet in one share their weights.
ROWS = 1 << 18
#: A weight of one is written as so many.
UNIT = 1000
#: No relation.
NONE = ""
#: With more names a sentence is a list, of which the model knows nothing.
_MOST = 9
#: How far around the two names words count, by whether a word is a character.
_BEFORE, _BEHIND, _BETWEEN = {True: 6, False: 4}, {True: 12, False: 7}, 60
_VALUES = {"amount": "$", "percent": "%", "majority": "%", "quantity": "#", "time": "@"}
_X, _Y, _NAME = "\x01", "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Guess:
    """What two names of a mask are guessed to have to do with each other.

    Args:
        first, second: where they stand in the mask's text, in this order.
        relation: its code.
        forward: whether the first name is the subject.
        probability: how sure the model is.
    """

    first: int
    second: int
    relation: str
    forward: bool
    probability: float


def pairs(mask: Mask) -> Iterator[tuple[int, int]]:
    """Where two different names stand in a grouped mask, the first one first."""
    places = [i for i, c in enumerate(mask.text) if c in mask.items and mask.items[c][0].mentions]
    if len(places) > _MOST:
        return
    for n, first in enumerate(places):
        own = {m.name for m in mask.mentions(mask.text[first])}
        for second in places[n + 1 :]:
            if not own & {m.name for m in mask.mentions(mask.text[second])}:
                yield first, second


def features(mask: Mask, first: int, second: int, chinese: bool) -> set[int]:
    """The rows of the model that a pair of names calls for.

    Args:
        first, second: where the names stand in the mask's text.
        chinese: whether n-grams are of characters.
    """
    words, x, y = _words(mask, first, second, chinese)
    between = words[x + 1 : y]
    before = words[max(0, x - _BEFORE[chinese]) : x]
    behind = words[y + 1 : y + 1 + _BEHIND[chinese]]
    longest = 4 if chinese else 3
    names = sum(w == _NAME for w in between)
    kinds = _kind(mask, first), _kind(mask, second)
    found = {
        f"k{kinds[0]}|{kinds[1]}", f"x{kinds[0]}", f"y{kinds[1]}",
        f"d{min(len(between) // 3, 8)}", f"n{min(names, 3)}",
    }  # fmt: skip
    for place, part in (("m", between[:_BETWEEN]), ("p", before), ("q", behind)):
        for n in range(1, longest + 1):
            found.update(f"{place}{' '.join(part[i : i + n])}" for i in range(len(part) - n + 1))
    for n in range(1, 4):
        found.add(f"L{' '.join(between[:n])}")
        found.add(f"R{' '.join(between[-n:])}")
        found.add(f"A{' '.join(behind[:n])}")
        found.add(f"B{' '.join(before[-n:])}")
    n = 2 if chinese else 1
    found.update(f"w{' '.join(words[i : i + n])}" for i in range(len(words) - n + 1))
    return {crc32(f.encode()) % ROWS for f in found}


def _kind(mask: Mask, at: int) -> str:
    return next((i.kind for i in mask.items[mask.text[at]] if i.kind != "?"), "?")


def _words(mask: Mask, first: int, second: int, chinese: bool) -> tuple[list[str], int, int]:
    """The words of a mask with its names and values as signs, and where the two names stand."""
    words: list[str] = []
    word = ""
    for i, char in enumerate(mask.text):
        items = mask.items.get(char)
        if items is None and not chinese and (char.isalnum() or char in "'’-"):
            word += char.lower()
            continue
        if word:
            words.append(word)
            word = ""
        if items is not None:
            kind = _VALUES.get(items[0].kind, _NAME)
            words.append(_X if i == first else _Y if i == second else kind)
        elif not char.isspace():
            words.append(char)
    if word:
        words.append(word)
    return words, words.index(_X), words.index(_Y)


@dataclass(frozen=True, slots=True)
class Scorer:
    """The model.

    Args:
        labels: what may be said: "" for nothing, a code and ">" or "<" for who is the subject.
        starts: for each row, where its weights begin in `places` and `weights`; ROWS + 1 numbers.
        places: to which label a weight belongs.
        weights: the weights, in units.
        bias: for each label, in units.
        least: from what probability on a guess is made.
    """

    labels: tuple[str, ...]
    starts: NDArray[Any]
    places: NDArray[Any]
    weights: NDArray[Any]
    bias: tuple[int, ...]
    least: float
    _cache: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def judge(self, rows: set[int]) -> tuple[str, float]:
        """The likeliest label but nothing, and its probability."""
        sums = list(self.bias)
        for row in rows:
            for place, weight in self._row(row):
                sums[place] += weight
        top = max(sums)
        powers = [math.exp((s - top) / UNIT) for s in sums]
        best = max((i for i, label in enumerate(self.labels) if label), key=lambda i: (sums[i], -i))
        return self.labels[best], powers[best] / sum(powers)

    def guesses(self, mask: Mask, chinese: bool) -> Iterator[Guess]:
        """What is guessed of the names of a grouped mask."""
        for first, second in pairs(mask):
            label, probability = self.judge(features(mask, first, second, chinese))
            if probability >= self.least:
                yield Guess(first, second, label[:-1], label[-1] == ">", probability)

    def _row(self, row: int) -> tuple[tuple[int, int], ...]:
        found = self._cache.get(row)
        if found is None:
            low, high = int(self.starts[row]), int(self.starts[row + 1])
            found = tuple(
                zip(self.places[low:high].tolist(), self.weights[low:high].tolist(), strict=True)
            )
            self._cache[row] = found
        return found


@lru_cache(maxsize=4)
def load_scorer(folder: Path) -> Scorer | None:
    """The model of an ontology folder (lexicon/scorer.npz); None when it has none.

    Raises:
        WorkspaceError: the file is broken.
    """
    path = folder / "lexicon" / "scorer.npz"
    if not path.exists():
        return None
    import numpy

    try:
        with numpy.load(path, allow_pickle=False) as data:
            return Scorer(
                tuple(str(label) for label in data["labels"]),
                data["starts"], data["places"], data["weights"],
                tuple(int(b) for b in data["bias"]), float(data["least"]),
            )  # fmt: skip
    except (OSError, KeyError, ValueError) as error:
        raise WorkspaceError(
            f"{path}: {error}; train it anew: python -m bench.train_scorer"
        ) from None


def packed(
    labels: Sequence[str],
    weights: Sequence[Sequence[int]] | NDArray[Any],
    bias: Sequence[int],
    least: float,
) -> dict[str, Any]:
    """The arrays of a model's file.

    Args:
        weights: ROWS rows of one whole number a label.
    """
    import numpy

    table = numpy.asarray(weights, dtype=numpy.int16)
    rows, places = numpy.nonzero(table)
    starts = numpy.zeros(ROWS + 1, dtype=numpy.int32)
    numpy.cumsum(numpy.bincount(rows, minlength=ROWS), out=starts[1:])
    return {
        "labels": numpy.array(list(labels)), "starts": starts,
        "places": places.astype(numpy.uint8), "weights": table[rows, places],
        "bias": numpy.array(list(bias), dtype=numpy.int32), "least": numpy.float64(least),
    }  # fmt: skip
