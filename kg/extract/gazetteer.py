"""Finding known names: longest match, flat in the number of names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kg.text import fold, tight

#: Marks around a name, which are no part of it.
_AROUND = ' 《》“”"'
#: Before this character stand the letters of which words are made that must not be cut.
_FIRST_UNSPACED = "\u0370"
#: So many letters of a name in them say better than two which names may begin with them.
_HEAD = 4
#: A whole word of such letters and digits, in which no further name begins.
_WORD = re.compile("(?:(?=[\\0-\u036f])[^\\W_])+")


class Hit(NamedTuple):
    """A known name in a view's text."""

    start: int
    end: int
    type: str


class Gazetteer:
    """A set of names with their classes.

    Args:
        names: name → class code ("" when unknown). Names of one character are left out: they are
            in every other word.

    >>> list(Gazetteer({"Arm": "Company", "软银": "Company"}).find("软银买下Arm,不是Armada"))
    [Hit(start=0, end=2, type='Company'), Hit(start=4, end=7, type='Company')]
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self.types: dict[str, tuple[str, str]] = {}
        lengths: dict[str, set[int]] = {}
        ordered = sorted(names)
        # Folded in one go, which is several times faster than each by itself.
        folded = fold("".join(name.replace("\n", " ") + "\n" for name in ordered))
        bare = tight("\n".join(form.strip(_AROUND) for form in folded.split("\n")))
        for name, written in zip(ordered, bare.split("\n"), strict=False):
            key = _lower(written)
            if len(key) < 2 or written.isdigit():
                continue
            self.types.setdefault(key, (names[name], written))
            longer = key[0] < _FIRST_UNSPACED and len(key) >= _HEAD
            lengths.setdefault(key[: _HEAD if longer else 2], set()).add(len(key))
        # Of names with a longer head the shorter ones with the same beginning are tried behind.
        self._lengths = {
            head: tuple(sorted({*sizes, *lengths.get(head[:2], ())}, reverse=True))
            for head, sizes in lengths.items()
        }

    def find(self, text: str) -> Iterator[Hit]:
        """The names in a view's text, longest first where several begin, never overlapping."""
        low = _lower(text)
        at, size, lengths = 0, len(text), self._lengths.get
        while at < size - 1:
            spaced = low[at] < _FIRST_UNSPACED
            sizes = (spaced and lengths(low[at : at + _HEAD])) or lengths(low[at : at + 2])
            hit = None if sizes is None else self._longest(text, low, at, sizes)
            if hit is not None:
                yield hit
                at = hit.end
            else:
                word = _WORD.match(text, at) if spaced else None
                at = at + 1 if word is None else word.end()

    def _longest(self, text: str, low: str, at: int, sizes: tuple[int, ...]) -> Hit | None:
        for size in sizes:
            end = at + size
            found = self.types.get(low[at:end])
            if found is None or end > len(text):
                continue
            if end < len(text) and _wordlike(text[end - 1]) and _wordlike(text[end]):
                continue
            # "arm" and "meta" are words; "ARM", "Meta" and "xAI" are names.
            if text[at:end] != found[1] and not any(c.isupper() for c in text[at:end]):
                continue
            return Hit(at, end, found[0])
        return None


def plain(name: str) -> str:
    """A name as a view would show it."""
    return tight(fold(name).strip(_AROUND))


def _lower(text: str) -> str:
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _wordlike(char: str) -> bool:
    """Whether a letter or digit of an alphabet, of which words are made that must not be cut."""
    return char.isalnum() and char < _FIRST_UNSPACED
