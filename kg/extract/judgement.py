"""What the scorer thinks of every two names of a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.extract.masks import Mask
from kg.extract.scorer import Frame, Scorer

if TYPE_CHECKING:
    from numpy.typing import NDArray


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


class Judgement:
    """A model before one grouped mask; what it thinks of two names is worked out once.

    Args:
        scorer: the model.
        mask: the mask.
        chinese: whether the model's words are characters.
    """

    def __init__(self, scorer: Scorer, mask: Mask, chinese: bool) -> None:
        self.scorer = scorer
        self.mask = mask
        self.frame = Frame(mask, chinese)
        self._known: dict[tuple[int, int], tuple[float, ...]] = {}

    @cached_property
    def _pairs(self) -> list[tuple[int, int, frozenset[str], frozenset[str]]]:
        """Two names that the model knows how to judge: where they stand, what they are."""
        return [(i, j, self._names(i), self._names(j)) for i, j in self.frame.pairs()]

    @cached_property
    def _start(self) -> NDArray[Any]:
        return self.scorer.sums(self.frame.sentence())

    def guesses(self, related: Set[frozenset[str]] = frozenset()) -> Iterator[Guess]:
        """What is likely enough to be said.

        Args:
            related: pairs of names of which nothing need be guessed.
        """
        labels = self.scorer.labels
        for i, j, first, second in self._pairs:
            if any(frozenset((a, b)) in related for a in first for b in second):
                continue
            told = self._probabilities(i, j)
            best = max((n for n, label in enumerate(labels) if label), key=lambda n: (told[n], -n))
            if told[best] >= self.scorer.least:
                yield Guess(i, j, labels[best][:-1], labels[best][-1] == ">", told[best])

    def unlikely(self, subject: str, relation: str, thing: str) -> bool:
        """Whether the model is all but sure that a relation does not hold between two names; of
        what it cannot judge it is never sure."""
        found = [
            told
            for i, j, first, second in self._pairs
            for label in (
                f"{relation}>" if subject in first and thing in second else "",
                f"{relation}<" if subject in second and thing in first else "",
            )
            if label and (told := self._likelihood(i, j, label)) is not None
        ]
        return bool(found) and max(found) <= self.scorer.unlikely

    def _likelihood(self, first: int, second: int, label: str) -> float | None:
        """None when the model does not know the label; a relation between equals it knows in one
        direction only."""
        labels = self.scorer.labels
        known = label if label in labels else f"{label[:-1]}>"
        return self._probabilities(first, second)[labels.index(known)] if known in labels else None

    def _probabilities(self, first: int, second: int) -> tuple[float, ...]:
        told = self._known.get((first, second))
        if told is None:
            summed = self.scorer.sums(self.frame.pair(first, second), self._start)
            told = self._known[first, second] = self.scorer.probabilities(summed)
        return told

    def _names(self, at: int) -> frozenset[str]:
        return frozenset(m.name for m in self.mask.mentions(self.mask.text[at]))
