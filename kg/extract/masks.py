"""Masked sentences: names, sums and times as single characters, so that patterns see only words.

Two masks are made of each sentence. In the grouped one a row of names ("A、B和C", "A, B and C") is
one character that stands for all, with the kind of firm before each name taken in; patterns then
need not know how many parties there are. In the raw one two names joined by 与 or "and" stay apart
and descriptions stay legible, for patterns that speak of exactly these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.claim import Mention
from kg.extract.alphabet import Alphabet
from kg.extract.name_rows import AGENTS, Item, RowWords, absorbed, in_rows


@dataclass(frozen=True, slots=True)
class Mask:
    """A masked sentence.

    Args:
        text: the masked text.
        items: character → the items it stands for.
        starts, ends: for each character of `text`, the view's offsets that it covers.
        values: the sums, shares and times in order, each with its offset in `text`.
    """

    text: str
    items: Mapping[str, tuple[Item, ...]]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    values: tuple[tuple[int, Item], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """View offsets of a stretch of the masked text."""
        if start >= len(self.text):
            return (self.ends[-1], self.ends[-1]) if self.ends else (0, 0)
        return self.starts[start], self.ends[max(start, end - 1)]

    def mentions(self, chars: str) -> tuple[Mention, ...]:
        """The names that the characters of a match stand for."""
        return tuple(m for c in chars for item in self.items.get(c, ()) for m in item.mentions)


def mask(
    text: str, items: Sequence[Item], rows: RowWords, alphabet: Alphabet, grouped: bool
) -> Mask:
    """Masks a sentence.

    Args:
        text: the sentence's view.
        items: what stands in it, in order, not overlapping.
        rows: how the language puts names together.
        grouped: which of the two masks.
    """
    groups = in_rows(text, absorbed(text, items, rows, grouped), rows, full=grouped)
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    known: dict[str, tuple[Item, ...]] = {}
    values: list[tuple[int, Item]] = []
    counts: Counter[str] = Counter()
    at = 0
    for group in groups:
        first, last = group[0], group[-1]
        start = first.outer_start if grouped or first.kind in ("quote", "Project") else first.start
        if article := rows.article.search(text, first.outer_start, max(first.outer_start, start)):
            start = article.start()  # "A and the University of B"
        end = last.outer_end
        kind = next((i.kind for i in group if i.kind != "?"), "?")
        char = alphabet.char(kind, counts[kind])
        if not char or start < at:
            continue
        counts[kind] += 1
        known[char] = tuple(group)
        out.append(text[at:start])
        starts += range(at, start)
        ends += range(at + 1, start + 1)
        if first.amount is not None or first.time is not None:
            values.append((len(starts), first))
        if grouped and first.mentions:
            counted = rows.counted.match(text, end)
            if counted and kind in AGENTS and kind != "Person":
                end = counted.end()
        out.append(char + last.suffix)
        starts += [start] * (1 + len(last.suffix))
        ends += [end] * (1 + len(last.suffix))
        at = end
    out.append(text[at:])
    starts += range(at, len(text))
    ends += range(at + 1, len(text) + 1)
    masked = rows.digits.sub("'", "".join(out))  # the comma of "2,000 vans" ends no clause
    return Mask(masked, known, tuple(starts), tuple(ends), tuple(values))
