"""A sentence as the scorer sees it: what two names in it call for in the model.

N-grams of a masked sentence, characters in Chinese, words and their stems in English, before,
between and behind the two names; n-grams of the classes of the words (kg.extract.classes); how the
names end, and where sums and other names stand. Each is counted in a row of the model, by its hash.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
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
    def _layers(self) -> list[_Layer]:
        """The n-grams of the words, in English those of their stems too."""
        if self.chinese:
            return [_layer(self.script, self.words, 4)]
        return [
            _layer(self.script, self.words, 3), _layer("stem", [w[:_STEM] for w in self.words], 3)
        ]  # fmt: skip

    @cached_property
    def classed(self) -> list[tuple[int, str]]:
        """The classes of the words, and which words they begin at."""
        return self._classes.read(self.words, _SIGNS) if self._classes is not None else []

    @cached_property
    def _ways(self) -> _Ways:
        return _ways(self.classed)

    @cached_property
    def kinds(self) -> list[str]:
        """The words with names as signs of their kind."""
        words = list(self.words)
        for place, word in self.at.items():
            words[word] = f"<{self._kinds[place]}>"
        return words

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Where two different names stand in the mask's text, the first one first."""
        mask = self.mask
        places = [i for i in self.at if mask.items[mask.text[i]][0].mentions]
        if len(places) > _MOST:
            return
        for n, first in enumerate(places):
            own = frozenset(self.names[first])
            yield from ((first, p) for p in places[n + 1 :] if own.isdisjoint(self.names[p]))

    @cached_property
    def names(self) -> dict[int, list[str]]:
        """Place in the mask's text → the names that stand there."""
        mask = self.mask
        return {at: [m.name for m in mask.mentions(mask.text[at])] for at in self.at}

    @cached_property
    def _kinds(self) -> dict[int, str]:
        """Place in the mask's text → of what kind what stands there is."""
        items = ((at, self.mask.items[self.mask.text[at]]) for at in self.at)
        return {at: next((i.kind for i in row if i.kind != "?"), "?") for at, row in items}

    def sentence(self) -> set[int]:
        """The rows of the model that the sentence calls for, whatever two names are meant."""
        length = 1 if self.chinese else 0
        return {
            (g ^ _SALTS[layer.script, "w"]) % ROWS
            for layer in self._layers for g in layer.grams[length]
        }  # fmt: skip

    def pair(self, first: int, second: int) -> set[int]:
        """The rows that two names call for.

        Args:
            first, second: where they stand in the mask's text.
        """
        x, y = self.at[first], self.at[second]
        rows = {_row(told) for told in self._told(first, second)}
        if self.classed:
            self._ways.add(rows, x, y)
        low, high = max(0, x - _BEFORE[self.chinese]), y + 1 + _BEHIND[self.chinese]
        parts = (("m", x + 1, min(y, x + 1 + _BETWEEN)), ("p", low, x), ("q", y + 1, high))
        for layer in self._layers:
            for place, start, end in parts:
                for n, placed in enumerate(layer.placed[place], 1):
                    rows.update(placed[start : max(start, end - n + 1)])
            for n, grams in enumerate(layer.grams[:3], 1):
                edges = (("L", x + 1), ("R", y - n), ("A", y + 1), ("B", x - n))
                for place, at in edges:
                    inside = x < at and at + n <= y if place in "LR" else 0 <= at < len(grams)
                    if inside:
                        rows.add((grams[at] ^ _SALTS[layer.script, place]) % ROWS)
        return rows

    def _told(self, first: int, second: int) -> Iterator[str]:
        """What is told of two names but the words: their kinds and endings, what else stands
        where."""
        script = self.script
        x, y = self.at[first], self.at[second]
        before, between, behind = self.words[:x], self.words[x + 1 : y], self.words[y + 1 :]
        a, b = self._kinds[first], self._kinds[second]
        yield from (script, f"{script}k{a}|{b}", f"{script}x{a}", f"{script}y{b}")
        yield f"{script}n{min(between.count(_NAME), 3)}"
        yield f"{script}d{min((y - x - 1) // 3, 8)}"
        yield f"{script}N{min(self.words.count(_NAME), 6)}"
        yield f"{script}o{_NAME in before}{_NAME in behind}"
        for sign in "$%":
            yield f"{script}{sign}{sign in before}{sign in between}{sign in behind}"
        for side, at in (("a", first), ("b", second)):
            for name in self.names[at][:_MOST_ENDS]:
                for ending in _endings(name, self.chinese):
                    yield f"{script}{side}{ending}"


@dataclass(frozen=True, slots=True)
class _Layer:
    """The n-grams of a sentence's words.

    Args:
        script: whose words they are.
        grams: by their length, where they begin.
        placed: the same as rows of the model, for those before, between and behind two names; made
            once for all pairs of names, of which each takes a stretch.
    """

    script: str
    grams: list[list[int]]
    placed: Mapping[str, list[list[int]]]


def _layer(script: str, words: Sequence[str], longest: int) -> _Layer:
    grams = _grams(words, longest)
    salts = {place: _SALTS[script, place] for place in "mpq"}
    placed = {
        place: [[(g ^ salt) % ROWS for g in same] for same in grams]
        for place, salt in salts.items()
    }  # fmt: skip
    return _Layer(script, grams, placed)


@dataclass(frozen=True, slots=True)
class _Ways:
    """The classes of a sentence's words as rows of the model.

    Args:
        starts: which words they begin at.
        classes: what they are.
        grams: for each place the n-grams of them, by their length, where they begin.
        named: how many of the classes before each one are no words of their own.
        pairs: for each place, each of those with the next one.
        every: the rows of those, wherever they stand.
    """

    starts: list[int]
    classes: list[str]
    grams: Mapping[str, list[list[int]]]
    named: list[int]
    pairs: Mapping[str, list[int]]
    every: set[int]

    def add(self, rows: set[int], x: int, y: int) -> None:
        """Adds what the classes of the words say of two names: n-grams of them before, between and
        behind, and the whole way from one to the other.

        Args:
            rows: to what it is added.
            x, y: which words the names are.
        """
        before, first = bisect_left(self.starts, x), bisect_right(self.starts, x)
        last, behind = bisect_left(self.starts, y), bisect_right(self.starts, y)
        far = min(behind + _NEAR + 1, len(self.classes))
        near = (("p", max(0, before - _NEAR), before), ("m", first, last), ("q", behind, far))
        for place, start, end in near:
            for n, same in enumerate(self.grams[place], 1):
                rows.update(same[start : max(start, end - n + 1)])
            low, high = self.named[start], self.named[end]
            rows.update(self.pairs[place][low : max(low, high - 1)])
        between = self.classes[first:last]
        rows.add(_row(f"cw{' '.join(between[:_WAY])}"))
        rows.add(_row(f"Cw{' '.join(c for c in between if _is_class(c))}"))
        rows.add(_row(f"cA{' '.join(self.classes[behind : behind + 2])}"))
        rows.add(_row(f"cB{' '.join(self.classes[max(0, before - 2) : before])}"))
        rows |= self.every


def _ways(classed: Sequence[tuple[int, str]]) -> _Ways:
    classes = [c for _, c in classed]
    named = [c for c in classes if _is_class(c)]
    grams = {
        place: [
            [_row(f"c{place}{' '.join(classes[i : i + n])}") for i in range(len(classes) - n + 1)]
            for n in (1, 2, 3)
        ]
        for place in "pmq"
    }
    return _Ways(
        starts=[start for start, _ in classed],
        classes=classes,
        grams=grams,
        named=[0, *accumulate(map(_is_class, classes))],
        pairs={p: [_row(f"C{p}{a} {b}") for a, b in pairwise(named)] for p in "pmq"},
        every={_row(f"cs{c}") for c in named},
    )


def _is_class(word: str) -> bool:
    """Whether it is a class, and no word that stands for itself."""
    return word.startswith("<")


def _row(told: str) -> int:
    return crc32(told.encode()) % ROWS


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
