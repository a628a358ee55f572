"""Linear-chain CRFs (Lafferty, McCallum and Pereira 2001) over sentences side by side.

Each step of all sentences is a few operations on arrays that are there beforehand: what is made
anew hundreds of times costs more than what is reckoned in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from kg.extract.batch import Batch

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]


def likeliest(
    own: Floats, begin: Floats, step: Floats, end: Floats, batch: Batch
) -> npt.NDArray[np.intp]:
    """The likeliest tag of each character.

    Args:
        own: (characters, tags), what speaks for a tag by itself.
        begin, end: (tags,), what speaks for it at the beginning and at the end of a sentence.
        step: (tags, tags), from a character's tag to the next one's.
        batch: how the sentences stand side by side.
    """
    steps = list(zip(batch.starts, batch.running, strict=True))
    best = own.copy()
    best[: batch.running[0]] += begin
    # The tag before first, so that the most over it is looked for along whole rows.
    wide = np.repeat(step[:, None], batch.running[0], axis=1)
    ways = np.empty_like(wide)
    for (before, _), (first, size) in pairwise(steps):
        here = ways[:, :size]
        np.add(wide[:, :size], best[before : before + size].T[:, :, None], out=here)
        best[first : first + size] += np.maximum.reduce(here, axis=0)
    # Back from each end along what was best: only there it matters which tag that was.
    found = np.empty(batch.size, dtype=np.intp)
    back, tags = np.ascontiguousarray(step.T), np.empty(0, dtype=np.intp)
    for first, size in reversed(steps):
        told = best[first : first + size]
        told[: len(tags)] += back[tags]
        told[len(tags) :] += end
        tags = told.argmax(axis=1)
        found[first : first + size] = tags
    return found


@dataclass(frozen=True, slots=True)
class Shares:
    """What share of all ways goes where; products of steps are scaled, so that none vanishes.

    Args:
        own: (characters, tags), what a tag counts by itself.
        step: (tags, tags), what a step counts.
        to: (characters, tags), all ways to a tag.
        on: (characters, tags), all ways on from it: of the same scale, so that over the tags of any
            character the sum of to * on is 1.
    """

    own: Doubles
    step: Doubles
    to: Doubles
    on: Doubles


def shares(own: Floats, begin: Floats, step: Floats, batch: Batch) -> Shares:
    """The sums over all ways, by the forward-backward algorithm; arguments as of `likeliest`."""
    steps = list(zip(batch.starts, batch.running, strict=True))
    counts = np.exp((own - own.max(axis=1, keepdims=True)).astype(np.float64))
    moves = np.exp(step.astype(np.float64))
    to, on = counts.copy(), np.ones_like(counts)
    now = to[: batch.running[0]]
    now *= np.exp(begin.astype(np.float64))
    scale = np.add.reduce(now, axis=1, keepdims=True)
    now /= scale
    counts[: batch.running[0]] /= scale
    for (before, _), (first, size) in pairwise(steps):
        now = to[first : first + size]
        now *= to[before : before + size] @ moves
        scale = np.add.reduce(now, axis=1, keepdims=True)
        now /= scale
        counts[first : first + size] /= scale
    after = counts.copy()  # what a tag counts with all that follows
    back = np.ascontiguousarray(moves.T)
    for (before, _), (first, size) in reversed(list(pairwise(steps))):
        told = after[first : first + size] @ back
        on[before : before + size] = told
        after[before : before + size] *= told
    return Shares(counts, moves, to, on)
