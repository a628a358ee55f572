"""Sentences of unlike length side by side, so that each step of a network is one product."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


class Batch:
    """Sentences side by side, the longest first: all first characters, then all second ones …

    Args:
        texts: the sentences.

    Attributes:
        running: how many sentences still run at each step.
        starts: where the characters of each step begin.
        size: how many characters there are.
        back: for each character which one stands in its place when its sentence is reversed.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        lengths = np.array([len(t) for t in texts])
        self._lengths = lengths
        self.running = [int((lengths > at).sum()) for at in range(int(lengths[0]))]
        self.starts = [0, *np.cumsum(self.running).tolist()]
        self.size = self.starts.pop()
        self._starts = np.array(self.starts)
        self.back = np.empty(self.size, dtype=np.int64)
        for row in range(len(texts)):
            self.back[self.places(row)] = self.places(row)[::-1]

    def places(self, row: int) -> npt.NDArray[np.int64]:
        """Where the characters of a sentence stand, in order."""
        return self._starts[: self._lengths[row]] + row

    def beside(self, reach: int) -> npt.NDArray[np.int64]:
        """For each character where its neighbours stand.

        Args:
            reach: how far they may be.

        Returns:
            (2 * reach + 1, characters), itself in the middle; `size` where a sentence has none.
        """
        found = np.full((2 * reach + 1, self.size), self.size, dtype=np.int64)
        for row in range(self.running[0]):
            places = self.places(row)
            for by in range(-reach, reach + 1):
                here, there = places[max(0, -by) :], places[max(0, by) :]
                both = min(len(here), len(there), max(0, len(places) - abs(by)))
                found[by + reach, here[:both]] = there[:both]
        return found
