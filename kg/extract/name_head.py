"""Where names begin and end, learnt anew on top of the tagger's network.

What the tagger's last layer knows of a character and its two neighbours is enough to learn from
the annotated articles what a name is: one hidden layer, then a linear-chain CRF over five tags.
bench/train_names.py trains it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from kg.errors import WorkspaceError
from kg.extract.batch import Batch
from kg.extract.chains import Shares, likeliest, shares

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
        around = padded[batch.beside(REACH).T].reshape(len(states), -1)
        wide: Floats = around @ self.hidden.reshape(around.shape[1], -1)
        wide += self.hidden_bias
        np.maximum(wide, 0, out=wide)
        own: Floats = wide @ self.out + self.out_bias
        end = np.zeros(TAGS, dtype=np.float32)
        tags = likeliest(own, self.begin, self.step, end, batch)
        ways = shares(own, self.begin, self.step, batch)
        rows = (batch.places(row) for row in range(batch.running[0]))
        return [list(_names(tags[places].tolist(), ways, places)) for places in rows]


def _names(tags: Sequence[int], ways: Shares, places: npt.NDArray[np.int64]) -> Iterator[Likely]:
    """The names on a sentence's likeliest path, in order.

    Args:
        tags: the path.
        ways: those of the batch.
        places: where the sentence's characters stand in it.
    """
    start = 0
    while start < len(tags):
        tag, end = tags[start], start + 1
        if tag not in (NAME, PERSON):
            start = end
            continue
        while end < len(tags) and tags[end] == tag + 1:
            end += 1
        share = ways.to[places[start], tag]
        for at in range(start + 1, end):
            share *= ways.step[tags[at - 1], tag + 1] * ways.own[places[at], tag + 1]
        if end < len(tags):  # and there it ends
            here = places[end]
            on = ways.step[tags[end - 1]] * ways.own[here] * ways.on[here]
            share *= on.sum() - on[tag + 1]
        yield Likely(start, end, tag == PERSON, float(share))
        start = end


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
