"""A sentence as the scorer sees it: what two names in it call for in the model.

N-grams of a masked sentence, characters in Chinese, words and their stems in English, before,
between and behind the two names; n-grams of the classes of the words (kg.extract.classes); how the
names end, and where sums and other names stand. Each is counted in a row of the model, by its hash.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from types import MappingProxyType
from zlib import crc32

from kg.extract.classes import Classes
from kg.extract.gazetteer import plain
from kg.extract.masks import Mask

#: Features are counted in so many rows; two that meet in one share their weights.
ROWS = 1 << 19
#: With more names a sentence is a list, of which the model knows nothing.
_MOST = 9
#: How many names of a row are looked at.
_MOST_ENDS = 3
#: How far around the two names words count, by whether a word is a character.
_BEFORE, _BEHIND, _BETWEEN = {True: 6, False: 4}, {True: 12, False: 7}, 60
_VALUES = {"amount": "$", "percent": "%", "majority": "%", "quantity": "#", "time": "@"}
_NAME = "\x01"
_SIGNS = frozenset((_NAME, *_VALUES.values()))
#: So many word classes count around two names, and of those between them.
_NEAR, _WAY = 5, 8
#: So many letters of an English word are its stem: supply, supplier and supplies are one.
_STEM = 5
#: The same words mean something else at another place of the sentence; in Chinese signs and digits
#: mean something else than in English, and a stem is not a word.
_SALTS = {
    (script, place): crc32(f"{script}{place}".encode())
    for script in ("zh", "en", "stem") for place in "mpqLRABw"
}  # fmt: skip


class Frame:
    """A grouped mask as the model sees it: words and signs, and the n-grams of them.

    Args:
        mask: the mask.
        chinese: whether a word is a character.
        classes: language → its word classes.
    """

    def __init__(
        self, mask: Mask, chinese: bool, classes: Mapping[str, Classes] = MappingProxyType({})
    ) -> None:
        self.mask = mask
        self.chinese = chinese
        self.script = "zh" if chinese else "en"
        self.words, self.at = _words(mask, chinese)
        self._classes = classes.get(self.script)

    @cached_property
    def _layers(self) -> list[tuple[str, list[list[int]]]]:
        """The n-grams of the words, in English those of their stems too, under their script."""
        if self.chinese:
            return [(self.script, _grams(self.words, 4))]
        stems = [w[:_STEM] for w in self.words]
        return [(self.script, _grams(self.words, 3)), ("stem", _grams(stems, 3))]

    @cached_property
    def classed(self) -> list[tuple[int, str]]:
        """The classes of the words, and which words they begin at."""
        return self._classes.read(self.words, _SIGNS) if self._classes is not None else []

    @cached_property
    def kinds(self) -> list[str]:
        """The words with names as signs of their kind."""
        words = list(self.words)
        for place, word in self.at.items():
            words[word] = f"<{self._kind(place)}>"
        return words

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Where two different names stand in the mask's text, the first one first."""
        mask = self.mask
        places = [i for i in self.at if mask.items[mask.text[i]][0].mentions]
        if len(places) > _MOST:
            return
        for n, first in enumerate(places):
            own = {m.name for m in mask.mentions(mask.text[first])}
            for second in places[n + 1 :]:
                if not own & {m.name for m in mask.mentions(mask.text[second])}:
                    yield first, second

    def sentence(self) -> set[int]:
        """The rows of the model that the sentence calls for, whatever two names are meant."""
        length = 1 if self.chinese else 0
        return {
            (g ^ _SALTS[script, "w"]) % ROWS
            for script, grams in self._layers for g in grams[length]
        }  # fmt: skip

    def pair(self, first: int, second: int) -> set[int]:
        """The rows that two names call for.

        Args:
            first, second: where they stand in the mask's text.
        """
        x, y = self.at[first], self.at[second]
        told = (*self._told(first, second), *self._classed(x, y))
        rows = {crc32(t.encode()) % ROWS for t in told}
        low, high = max(0, x - _BEFORE[self.chinese]), y + 1 + _BEHIND[self.chinese]
        parts = (("m", x + 1, min(y, x + 1 + _BETWEEN)), ("p", low, x), ("q", y + 1, high))
        for script, layer in self._layers:
            for place, start, end in parts:
                salt = _SALTS[script, place]
                for n, grams in enumerate(layer, 1):
                    rows.update((g ^ salt) % ROWS for g in grams[start : max(start, end - n + 1)])
            for n, grams in enumerate(layer[:3], 1):
                edges = (("L", x + 1), ("R", y - n), ("A", y + 1), ("B", x - n))
                for place, at in edges:
                    inside = x < at and at + n <= y if place in "LR" else 0 <= at < len(grams)
                    if inside:
                        rows.add((grams[at] ^ _SALTS[script, place]) % ROWS)
        return rows

    def _told(self, first: int, second: int) -> Iterator[str]:
        """What is told of two names but the words: their kinds and endings, what else stands
        where."""
        script = self.script
        x, y = self.at[first], self.at[second]
        before, between, behind = self.words[:x], self.words[x + 1 : y], self.words[y + 1 :]
        a, b = self._kind(first), self._kind(second)
        yield from (script, f"{script}k{a}|{b}", f"{script}x{a}", f"{script}y{b}")
        yield f"{script}n{min(between.count(_NAME), 3)}"
        yield f"{script}d{min((y - x - 1) // 3, 8)}"
        yield f"{script}N{min(self.words.count(_NAME), 6)}"
        yield f"{script}o{_NAME in before}{_NAME in behind}"
        for sign in "$%":
            yield f"{script}{sign}{sign in before}{sign in between}{sign in behind}"
        for side, at in (("a", first), ("b", second)):
            for mention in self.mask.mentions(self.mask.text[at])[:_MOST_ENDS]:
                for ending in _endings(mention.name, self.chinese):
                    yield f"{script}{side}{ending}"

    def _classed(self, x: int, y: int) -> Iterator[str]:
        """What the classes of the words say of two names: n-grams of them before, between and
        behind, and the whole way from one to the other.

        Args:
            x, y: which words the names are.
        """
        if not self.classed:
            return
        before = [c for i, c in self.classed if i < x]
        between = [c for i, c in self.classed if x < i < y]
        behind = [c for i, c in self.classed if i > y]
        near = (("p", before[-_NEAR:]), ("m", between), ("q", behind[: _NEAR + 1]))
        for place, classes in near:
            for n in (1, 2, 3):
                for i in range(len(classes) - n + 1):
                    yield f"c{place}{' '.join(classes[i : i + n])}"
            named = [c for c in classes if c.startswith("<")]
            yield from (f"C{place}{a} {b}" for a, b in pairwise(named))
        yield f"cw{' '.join(between[:_WAY])}"
        yield f"Cw{' '.join(c for c in between if c.startswith('<'))}"
        yield f"cA{' '.join(behind[:2])}"
        yield f"cB{' '.join(before[-2:])}"
        yield from (f"cs{c}" for _, c in self.classed if c.startswith("<"))

    def _kind(self, at: int) -> str:
        items = self.mask.items[self.mask.text[at]]
        return next((i.kind for i in items if i.kind != "?"), "?")


def _grams(words: Sequence[str], longest: int) -> list[list[int]]:
    """The n-grams of some words as numbers, by their length and where they begin."""
    return [
        [crc32(" ".join(words[i : i + n]).encode()) for i in range(len(words) - n + 1)]
        for n in range(1, longest + 1)
    ]


@lru_cache(maxsize=4096)
def _endings(name: str, chinese: bool) -> tuple[str, ...]:
    """What a name ends in and often tells what it is, however it is written: 银行, Capital."""
    name = plain(name)
    return (name[-2:], name[-1:]) if chinese else (name.lower().rpartition(" ")[2],)


def _words(mask: Mask, chinese: bool) -> tuple[list[str], dict[int, int]]:
    """The words of a mask with its names and values as signs; where in the text each name stands
    and which word it is."""
    words: list[str] = []
    at: dict[int, int] = {}
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
            sign = _VALUES.get(items[0].kind)
            if sign is None:
                at[i] = len(words)
            words.append(sign or _NAME)
        elif not char.isspace():
            words.append(char)
    if word:
        words.append(word)
    return words, at
