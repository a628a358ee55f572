"""Every directed cycle up to a length, in arrays.

A cycle is found once, from its busiest node: half of it is walked forwards from there, half of it
backwards, over nodes that are less busy than the start, and the halves are joined where they meet.
So a cycle of six hops costs walks of three, a hub is walked from only once, and what is kept at a
time has a bound. Walking from the highest-ranked node of each cycle is what Chiba and Nishizeki do
for triangles (SIAM J. Comput. 14, 1985); joining halves is the usual meet in the middle. Most walks
meet nothing: a bitmap of hashed meeting places (Bloom, CACM 13, 1970) sorts them out beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Paths = npt.NDArray[np.int32]  # one row a path, the start first

#: Paths that are held at a time; some 30 bytes each, before they are joined.
_MOST = 1 << 20
#: Multiplier of Fibonacci hashing: 2 to the 64th over the golden ratio.
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def cycles(tails: Ints, heads: Ints, nodes: int, max_length: int) -> Iterator[Ints]:
    """All simple cycles of 2 to `max_length` arcs.

    Args:
        tails, heads: the arcs, from 0 to nodes - 1; loops of one node and repeats are ignored.
        nodes: how many nodes there are.
        max_length: the most arcs of a cycle.

    Yields:
        Arrays of shape (cycles, length): the nodes of each cycle in order, its smallest first.
        Every cycle comes once; cycles of one length may come in several arrays.
    """
    tails, heads = _trimmed(tails, heads, nodes)
    if not len(tails) or max_length < 2:
        return
    # Nodes are renumbered, the busiest first: it is where a cycle starts.
    degree = np.bincount(tails, minlength=nodes) + np.bincount(heads, minlength=nodes)
    busiest = np.sort((degree.max() - degree) * nodes + np.arange(nodes)) % nodes
    rank = np.empty(nodes, dtype=np.int64)
    rank[busiest] = np.arange(nodes)
    arcs = _distinct(rank[tails] * nodes + rank[heads])
    there = _Arcs.of(arcs, nodes)
    back = _Arcs.of(np.sort(arcs % nodes * nodes + arcs // nodes), nodes)
    for portion in _portions(there, back, max_length):
        halves = [_Meeting.of(half, nodes) for half in _walks(back, portion, max_length // 2)]
        yield from _forwards(there.first(portion), there, halves, max_length, busiest)


def _distinct(keys: Ints) -> Ints:
    keys = np.sort(keys)
    return keys[np.concatenate(([True], keys[1:] != keys[:-1]))]


@dataclass(frozen=True, slots=True)
class _Arcs:
    """Arcs sorted by tail: those of one tail are a run."""

    tail: npt.NDArray[np.int32]
    head: npt.NDArray[np.int32]
    runs: Ints

    @classmethod
    def of(cls, arcs: Ints, nodes: int) -> _Arcs:
        """From sorted arcs, each tail * nodes + head."""
        tails, heads = (a.astype(np.int32) for a in np.divmod(arcs, nodes))
        runs = np.concatenate(([0], np.cumsum(np.bincount(tails, minlength=nodes))))
        return cls(tails, heads, runs)

    def first(self, starts: slice) -> Paths:
        """The walks of one arc from some starts to nodes that are less busy."""
        these = slice(self.runs[starts.start], self.runs[starts.stop])
        up = self.head[these] > self.tail[these]
        return np.column_stack((self.tail[these][up], self.head[these][up]))

    def counts(self, paths: Paths) -> Ints:
        """Per path, the number of arcs that leave its end.

        The end is less busy than the start, so few of them lead to busier nodes.
        """
        last = paths[:, -1]
        return self.runs[last + 1] - self.runs[last]

    def longer(self, paths: Paths, counts: Ints) -> Paths:
        """Each path with every node that can follow: less busy than the start, none twice."""
        row = np.repeat(np.arange(len(paths), dtype=np.int32), counts)
        begin = self.runs[paths[:, -1]] - (np.cumsum(counts) - counts)
        node = self.head[np.arange(len(row)) + begin[row]]
        fresh = node > paths[row, 0]
        row, node = row[fresh], node[fresh]
        grown = paths[row]
        for column in range(1, paths.shape[1]):
            fresh = grown[:, column] != node
            grown, node = grown[fresh], node[fresh]
        return np.column_stack((grown, node))


def _places(paths: Paths, nodes: int) -> Ints:
    """Where walks start and end, as one number."""
    return paths[:, 0].astype(np.int64) * nodes + paths[:, -1]


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Backward walks, and a bitmap of where they start and end."""

    paths: Paths
    place: Ints
    bitmap: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, paths: Paths, nodes: int) -> _Meeting:
        place = _places(paths, nodes)
        bitmap = np.zeros(1 << max(16, (16 * len(paths)).bit_length()), dtype=bool)
        bitmap[_hashed(place, len(bitmap))] = True
        return cls(paths, place, bitmap)

    def joined(self, paths: Paths, nodes: int, names: Ints) -> Iterator[Ints]:
        """The cycles of forward walks with the backward walks that end where they end."""
        place = _places(paths, nodes)
        some = np.flatnonzero(self.bitmap[_hashed(place, len(self.bitmap))])
        if not len(some):
            return
        mine = np.unique(place[some])
        spot = np.minimum(np.searchsorted(mine, self.place), len(mine) - 1)
        back = np.flatnonzero(mine[spot] == self.place)
        back = back[np.argsort(self.place[back], kind="stable")]
        begin = np.searchsorted(self.place[back], place[some])
        count = np.searchsorted(self.place[back], place[some], side="right") - begin
        for part in _split(count):
            many = count[part]
            row = np.repeat(some[part], many)
            at = np.arange(len(row)) - np.repeat(np.cumsum(many) - many - begin[part], many)
            other = back[at]
            simple = np.ones(len(row), dtype=bool)
            for a in range(1, paths.shape[1] - 1):
                for b in range(1, self.paths.shape[1] - 1):
                    simple &= paths[row, a] != self.paths[other, b]
            row, other = row[simple], other[simple]
            if len(row):
                rest = self.paths[other, 1:-1][:, ::-1]
                yield _turned(names[np.column_stack((paths[row], rest))])


def _hashed(place: Ints, size: int) -> npt.NDArray[np.uint64]:
    """Places as slots of a bitmap whose size is a power of two."""
    shift = np.uint64(65 - size.bit_length())
    hashed: npt.NDArray[np.uint64] = (place.view(np.uint64) * _GOLDEN) >> shift
    return hashed


def _trimmed(tails: Ints, heads: Ints, nodes: int) -> tuple[Ints, Ints]:
    """Without most arcs that lead nowhere or come from nowhere: they are on no cycle."""
    tails, heads = np.ascontiguousarray(tails), np.ascontiguousarray(heads)
    keep = tails != heads
    while len(tails):
        if np.count_nonzero(keep) > 0.9 * len(tails):  # not worth another round
            return tails[keep], heads[keep]
        tails, heads = tails[keep], heads[keep]
        goes = np.zeros(nodes, dtype=bool)
        comes = np.zeros(nodes, dtype=bool)
        goes[tails] = comes[heads] = True
        keep = goes[heads] & comes[tails]
    return tails, heads


def _portions(there: _Arcs, back: _Arcs, max_length: int) -> Iterator[slice]:
    """Starts in portions whose walks, by the mean number of arcs that follow, can be held."""
    nodes = len(there.runs) - 1
    mean = max(len(there.head) / nodes, 1.0)
    fans = np.maximum(np.diff(there.runs), np.diff(back.runs))
    cost = fans * mean ** ((max_length + 1) // 2 - 1)
    for part in _split(cost):
        yield slice(part.start, part.stop)


def _split(costs: npt.NDArray[np.generic]) -> Iterator[slice]:
    """Slices whose costs add up to some _MOST each."""
    portion = (np.cumsum(costs) // _MOST).astype(np.int64)
    cuts = [0, *(np.flatnonzero(np.diff(portion)) + 1).tolist(), len(portion)]
    for begin, end in pairwise(cuts):
        yield slice(begin, end)


def _walks(arcs: _Arcs, starts: slice, length: int) -> Iterator[Paths]:
    """All walks of 1 to `length` arcs from each start."""
    paths = arcs.first(starts)
    yield paths
    for _ in range(length - 1):
        paths = arcs.longer(paths, arcs.counts(paths))
        yield paths


def _forwards(
    paths: Paths, arcs: _Arcs, backs: Sequence[_Meeting], max_length: int, names: Ints
) -> Iterator[Ints]:
    """Joins walks with the backward ones of the same length and of one less, and walks on."""
    done = paths.shape[1] - 1
    for back in backs[max(done - 2, 0) : done]:
        if done + back.paths.shape[1] - 1 <= max_length:
            yield from back.joined(paths, len(arcs.runs) - 1, names)
    if done == (max_length + 1) // 2 or not len(paths):
        return
    counts = arcs.counts(paths)
    for part in _split(counts):
        grown = arcs.longer(paths[part], counts[part])
        yield from _forwards(grown, arcs, backs, max_length, names)


def _turned(found: Ints) -> Ints:
    """Each cycle turned so that its smallest node comes first."""
    length = found.shape[1]
    turn = (found.argmin(axis=1)[:, None] + np.arange(length)) % length
    return np.take_along_axis(found, turn, axis=1)
