"""The characters that stand for names and values in masked sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

#: Kinds besides the ontology's classes.
OTHER_KINDS = ("?", "quote", "pronoun", "amount", "percent", "majority", "quantity", "time")
#: So many things of a kind have a character of their own; the first kind's first.
BLOCK = 64
FIRST = 0xE000


@dataclass(frozen=True, slots=True)
class Alphabet:
    """Which private-use characters stand for which kinds of things.

    >>> a = Alphabet(("Company", "amount"))
    >>> a.kind(a.char("amount", 3)), a.char("amount", 64)
    ('amount', '')
    """

    kinds: tuple[str, ...]

    @classmethod
    def of(cls, types: Iterable[str], slots: Sequence[Iterable[str]]) -> Alphabet:
        """The alphabet of a lexicon.

        Args:
            types: the ontology's classes.
            slots: sets of kinds that patterns ask for. Kinds that many of them share stand side by
                side: a class of characters in one or two ranges costs a third of one in six.
        """
        shared = {k: sum(k in slot for slot in slots) for k in (*sorted(types), *OTHER_KINDS)}
        return cls(tuple(sorted(shared, key=lambda kind: -shared[kind])))

    def char(self, kind: str, number: int) -> str:
        """The character of the n-th thing of a kind; "" past the block, which never matches."""
        if number >= BLOCK:
            return ""
        return chr(FIRST + self.kinds.index(kind) * BLOCK + number)

    def kind(self, char: str) -> str:
        """What a character stands for; "" for ordinary ones."""
        place = (ord(char) - FIRST) // BLOCK
        return self.kinds[place] if 0 <= place < len(self.kinds) else ""

    def ranges(self, kinds: tuple[str, ...]) -> str:
        """The inside of a character class for some kinds."""
        return _ranges(self.kinds, kinds)


@cache
def _ranges(every: tuple[str, ...], kinds: tuple[str, ...]) -> str:
    ranges: list[list[int]] = []
    for first in sorted(FIRST + every.index(kind) * BLOCK for kind in set(kinds)):
        if ranges and ranges[-1][1] + 1 == first:
            ranges[-1][1] += BLOCK
        else:
            ranges.append([first, first + BLOCK - 1])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
