"""Which patterns may match in a sentence: those of whose trigger words one stands in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.extract.patterns import Pattern

_WORD = re.compile(r"[a-z0-9\u00c0-\u024f]+")


class Triggers:
    """An index of trigger words, so that the cost of a sentence does not grow with the number of
    patterns.

    Words of alphabets are looked up where a word begins, by their first word; others at every
    character, by their first.

    Args:
        patterns: in the order in which they are to be tried.
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        by_trigger: dict[str, list[int]] = defaultdict(list)
        for number, pattern in enumerate(patterns):
            for trigger in pattern.triggers:
                by_trigger[trigger].append(number)
        self._words: dict[str, list[tuple[str, tuple[int, ...]]]] = defaultdict(list)
        self._signs: dict[str, list[tuple[str, tuple[int, ...]]]] = defaultdict(list)
        for trigger in sorted(by_trigger):
            entry = (trigger, tuple(by_trigger[trigger]))
            word = _WORD.match(trigger)
            if word and trigger[0] < "\u3000":
                self._words[word.group()].append(entry)
            else:
                self._signs[trigger[0]].append(entry)

    def find(self, text: str) -> set[int]:
        """The numbers of the patterns that may match.

        Args:
            text: a masked sentence, lower-cased.
        """
        return {n for _, numbers in self.hits(text) for n in numbers}

    def hits(self, text: str) -> Iterator[tuple[str, tuple[int, ...]]]:
        """The triggers that stand in a text, each with the numbers of its patterns."""
        seen: set[str] = set()
        if self._words:
            for word in _WORD.finditer(text):
                for trigger, numbers in self._words.get(word.group(), ()):
                    if trigger not in seen and text.startswith(trigger, word.start()):
                        seen.add(trigger)
                        yield trigger, numbers
        for char in self._signs.keys() & set(text):
            for trigger, numbers in self._signs[char]:
                if trigger in text:
                    yield trigger, numbers
