"""The place of a value in a sentence, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.claim import Mention
from kg.extract.measures import FigureWords, Way
from kg.extract.reader import Sentence

FIRMS = ("Company", "Fund", "GovernmentBody", "Product", "")
_THINGS = ("Project", "Fund", "Product", "Technology", "")
#: A name and where it stands in the sentence's view.
Place = tuple[Mention, int, int]
Names = Sequence[Place]
PAUSE = re.compile("[,;。]")


@dataclass(frozen=True, slots=True)
class FigurePlace:
    """A value of a sentence and the words that say what it measures.

    Args:
        text: the sentence's view, in which all offsets count.
        way: how the measure is said.
        at: where the words begin; `start`, `end`: the value.
        masked: where the words begin in the grouped mask.
        names: the names of the sentence, in order.
    """

    sentence: Sentence
    text: str
    way: Way
    at: int
    start: int
    end: int
    masked: int
    names: Names

    @classmethod
    def of(
        cls, sentence: Sentence, text: str, way: Way, place: tuple[int, int, int]
    ) -> FigurePlace:
        """The place of a value in a sentence.

        Args:
            place: where the words begin, and where the value begins and ends.
        """
        view, base = sentence.view, sentence.start
        values = (*sentence.context.amounts, *sentence.context.quantities)
        names = [
            (m, view.index(m.start or 0) - base, view.end_index(m.end or 0) - base)
            for m in sentence.context.mentions
            if not any(a.start <= (m.start or 0) < a.end for a in values)  # "NOK 410m" names nobody
            and not (way.payer and m.type == "GovernmentBody")
        ]
        starts = sentence.grouped.starts
        masked = next((i for i, s in enumerate(starts) if s >= place[0]), len(starts))
        return cls(sentence, text, way, *place, masked, names)

    @property
    def words(self) -> FigureWords:
        """How the language tells whose a figure is."""
        return self.sentence.language.figures

    @property
    def kinds(self) -> tuple[str, ...]:
        """The classes of names that may be measured so."""
        way = self.way
        kinds: tuple[str, ...] = _THINGS if way.thing else FIRMS
        if way.either:
            kinds = (*_THINGS, *FIRMS)
        if way.measure == "headcount":
            kinds = tuple(k for k in kinds if k != "Product")
        return (*kinds, "Person") if way.person else kinds

    def mention(self, start: int, end: int, code: str) -> Mention:
        """Words of the sentence that are no name, with the class of what they tell of."""
        start, end = self.sentence.offsets(start, end)
        text = self.sentence.context.document.text[start:end]
        return Mention(text, code, start, end, unnamed=True)

    def ending_at(self, at: int, names: Names) -> tuple[Mention, ...]:
        """Whose name, of some, ends at an offset."""
        return tuple(n[0] for n in names if n[2] == at)[:1]

    def around(self) -> tuple[Mention, ...]:
        """Of whom the paragraph speaks."""
        around = self.sentence.context.subject
        return (around,) if around else ()


def pronouns(sentence: Sentence) -> list[Place]:
    """Whom the pronouns of a sentence stand for, and where they stand."""
    return [
        (item.mentions[0], item.start, item.end)
        for items in sentence.grouped.items.values()
        for item in items
        if item.kind == "pronoun" and item.mentions
    ]


def quoted(text: str, at: int) -> bool:
    """Whether a name stands in quotes: a saying or a product rather than a firm."""
    return text[at - 1 : at] in ("“", "‘", '"', "《")
