"""Where names begin and end, learnt anew on top of the tagger's network.

What the tagger's last layer knows of a character and its two neighbours is enough to learn from
the annotated articles what a name is: one hidden layer, then a linear-chain CRF (Lafferty,
McCallum and Pereira 2001) over five tags. bench/train_names.py trains it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from kg.errors import WorkspaceError
from kg.extract.batch import Batch

Floats = npt.NDArray[np.float32]

#: Its tags: no name; a name's first character, its others; a person's first, its others.
OUTSIDE, NAME, NAME_ON, PERSON, PERSON_ON = range(5)
TAGS = 5
#: How many characters to either side count.
REACH = 1


class Likely(NamedTuple):
    """A stretch of a text that is a name, with a probability."""

    start: int
    end: int
    person: bool
    probability: float


@dataclass(frozen=True, slots=True)
class NameHead:
    """The weights.

    Args:
        hidden: (2 * REACH + 1, width, units); for the states of a character and its neighbours,
            from the left.
        hidden_bias: (units,).
        out: (units, TAGS).
        out_bias: (TAGS,).
        step: (TAGS, TAGS), from a character's tag to the next one's.
        begin: (TAGS,).
    """

    hidden: Floats
    hidden_bias: Floats
    out: Floats
    out_bias: Floats
    step: Floats
    begin: Floats

    def read(self, states: Floats, batch: Batch) -> list[list[Likely]]:
        """The likeliest names of each sentence, in order.

        Args:
            states: (characters, width), as the batch has them.
        """
        padded = np.concatenate((states, np.zeros((1, states.shape[1]), dtype=np.float32)))
        wide = np.broadcast_to(self.hidden_bias, (len(states), len(self.hidden_bias))).copy()
        for weights, places in zip(self.hidden, batch.beside(REACH), strict=True):
            wide += (padded @ weights)[places]
        own = np.maximum(wide, 0) @ self.out + self.out_bias
        paths = _Paths(self, own, batch)
        return [list(paths.names(row)) for row in range(batch.running[0])]


class _Paths:
    """Ways through the tags of a batch's sentences.

    Args:
        own: (characters, TAGS), what speaks for a tag by itself.
    """

    def __init__(self, head: NameHead, own: Floats, batch: Batch) -> None:
        self._head, self._own, self._batch = head, own, batch
        steps = list(zip(batch.starts, batch.running, strict=True))
        # Sums over all ways to a tag, the best of them, and sums over all ways on from it.
        self._to, self._on = own.copy(), np.zeros_like(own)
        self._best, self._came = own.copy(), np.zeros(own.shape, dtype=np.intp)
        self._to[: batch.running[0]] += head.begin
        self._best[: batch.running[0]] += head.begin
        for (before, _), (first, size) in pairwise(steps):
            now, last = slice(first, first + size), slice(before, before + size)
            self._to[now] += _log_sum(self._to[last][:, :, None] + head.step, axis=1)
            ways = self._best[last][:, :, None] + head.step
            self._came[now] = ways.argmax(axis=1)
            self._best[now] += ways.max(axis=1)
        for (before, _), (first, size) in reversed(list(pairwise(steps))):
            now, last = slice(first, first + size), slice(before, before + size)
            after = own[now] + self._on[now]
            self._on[last] = _log_sum(head.step + after[:, None, :], axis=2)

    def names(self, row: int) -> Iterator[Likely]:
        """The names on a sentence's best path, in order."""
        places = self._batch.places(row)
        came = self._came[places].tolist()
        tags = [int(self._best[places[-1]].argmax())]
        for at in range(len(places) - 1, 0, -1):
            tags.append(came[at][tags[-1]])
        tags.reverse()
        if NAME not in tags and PERSON not in tags:
            return
        own, on, to = self._own[places], self._on[places], self._to[places]
        whole = float(_log_sum(to[-1], axis=0))
        step = self._head.step
        start = 0
        while start < len(tags):
            tag, end = tags[start], start + 1
            if tag not in (NAME, PERSON):
                start = end
                continue
            while end < len(tags) and tags[end] == tag + 1:
                end += 1
            told = float(to[start, tag])
            for at in range(start + 1, end):
                told += float(step[tags[at - 1], tag + 1] + own[at, tag + 1])
            if end < len(tags):  # and there it ends
                ways = step[tags[end - 1]] + own[end] + on[end]
                told += float(_log_sum(np.delete(ways, tag + 1), axis=0))
            yield Likely(start, end, tag == PERSON, float(np.exp(told - whole)))
            start = end


def _log_sum(values: Floats, axis: int) -> Floats:
    """log Σ exp along an axis."""
    most = values.max(axis=axis, keepdims=True)
    total: Floats = np.log(np.exp(values - most).sum(axis=axis)) + most.squeeze(axis)
    return total


def load_head(folder: Path) -> NameHead | None:
    """The head of an ontology's Chinese lexicon; None where there is none.

    Args:
        folder: the ontology's.

    Raises:
        WorkspaceError: the file is none of bench/train_names.py.
    """
    path = folder / "lexicon" / "zh" / "names.npz"
    if not path.exists():
        return None
    try:
        with np.load(path) as data:
            return NameHead(**{key: data[key].astype(np.float32) for key in data.files})
    except (ValueError, TypeError, OSError, BadZipFile) as error:
        raise WorkspaceError(
            f"{path}: not the weights of a name head: {error}\n"
            "  write it anew with python -m bench.train_names --write, or remove it"
        ) from error
