"""Every directed cycle up to a length, in arrays.

A cycle is found once, from its busiest node: half of it is walked forwards from there, half of it
backwards, over nodes that are less busy than the start, and the halves are joined where they meet.
So a cycle of six hops costs walks of three, a hub is walked from only once, and what is kept at a
time has a bound. Walking from the highest-ranked node of each cycle is what Chiba and Nishizeki do
for triangles (SIAM J. Comput. 14, 1985); joining halves is the usual meet in the middle.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Paths = npt.NDArray[np.int32]  # one row a path, the start first

#: Paths that are held at a time; some 30 bytes each, before they are joined.
_MOST = 1 << 20


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
    arcs = np.unique(tails[tails != heads] * nodes + heads[tails != heads])
    tails, heads = _trimmed(arcs // nodes, arcs % nodes, nodes)
    if not len(tails) or max_length < 2:
        return
    # Nodes are renumbered, the busiest first: it is where a cycle starts.
    degree = np.bincount(tails, minlength=nodes) + np.bincount(heads, minlength=nodes)
    busiest = np.lexsort((np.arange(nodes), -degree))
    rank = np.empty(nodes, dtype=np.int64)
    rank[busiest] = np.arange(nodes)
    tails, heads = rank[tails], rank[heads]
    there, back = _Arcs.of(tails, heads, nodes), _Arcs.of(heads, tails, nodes)
    starts = np.flatnonzero((np.diff(there.first) > 0) & (np.diff(back.first) > 0))
    for some in _portions(starts, there, back, max_length):
        halves = list(_walks(some[:, None].astype(np.int32), back, max_length // 2))
        keys = [_Meeting.of(half, nodes) for half in halves]
        yield from _forwards(some[:, None].astype(np.int32), there, keys, max_length, busiest)


@dataclass(frozen=True, slots=True)
class _Arcs:
    """Arcs sorted by tail, then head: those of a tail are a run, and so are those above a head."""

    key: Ints
    first: Ints
    head: npt.NDArray[np.int32]

    @classmethod
    def of(cls, tails: Ints, heads: Ints, nodes: int) -> _Arcs:
        key = np.sort(tails * nodes + heads)
        first = np.searchsorted(key, np.arange(nodes + 1) * nodes)
        return cls(key, first, (key % nodes).astype(np.int32))

    def runs(self, paths: Paths) -> tuple[Ints, Ints]:
        """Per path, where the arcs to nodes above its start begin, and how many there are."""
        nodes = len(self.first) - 1
        last = paths[:, -1].astype(np.int64)
        begin = np.searchsorted(self.key, last * nodes + paths[:, 0], side="right")
        return begin, self.first[last + 1] - begin

    def longer(self, paths: Paths, begin: Ints, count: Ints) -> Paths:
        """Each path with every node that can follow, none twice on a path."""
        row = np.repeat(np.arange(len(paths)), count)
        ends = np.cumsum(count)
        arc = np.arange(len(row)) - np.repeat(ends - count - begin, count)
        node = self.head[arc]
        grown = paths[row]
        fresh = np.ones(len(row), dtype=bool)
        for column in range(1, paths.shape[1]):
            fresh &= grown[:, column] != node
        return np.column_stack((grown[fresh], node[fresh]))


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Backward walks by where they start and end, sorted so that forward ones find theirs."""

    key: Ints
    paths: Paths

    @classmethod
    def of(cls, paths: Paths, nodes: int) -> _Meeting:
        key = paths[:, 0].astype(np.int64) * nodes + paths[:, -1]
        order = np.argsort(key, kind="stable")
        return cls(key[order], paths[order])


def _trimmed(tails: Ints, heads: Ints, nodes: int) -> tuple[Ints, Ints]:
    """Without most arcs that lead nowhere or come from nowhere: they are on no cycle."""
    for _ in range(32):
        goes = np.zeros(nodes, dtype=bool)
        comes = np.zeros(nodes, dtype=bool)
        goes[tails] = comes[heads] = True
        keep = goes[heads] & comes[tails]
        if keep.all():
            break
        tails, heads = tails[keep], heads[keep]
    return tails, heads


def _portions(starts: Ints, there: _Arcs, back: _Arcs, max_length: int) -> Iterator[Ints]:
    """Starts in portions whose walks, by the mean number of arcs that follow, can be held."""
    if not len(starts):
        return
    mean = max(len(there.key) / max(len(starts), 1), 1.0)
    fans = np.maximum(there.first[starts + 1] - there.first[starts], 1)
    fans = np.maximum(fans, back.first[starts + 1] - back.first[starts])
    cost = fans * mean ** ((max_length + 1) // 2 - 1)
    portion = (np.cumsum(cost) // _MOST).astype(np.int64)
    yield from np.split(starts, np.flatnonzero(np.diff(portion)) + 1)


def _walks(paths: Paths, arcs: _Arcs, length: int) -> Iterator[Paths]:
    """All walks of 1 to `length` arcs from each start."""
    for _ in range(length):
        paths = arcs.longer(paths, *arcs.runs(paths))
        yield paths


def _forwards(
    paths: Paths, arcs: _Arcs, backs: list[_Meeting], max_length: int, names: Ints
) -> Iterator[Ints]:
    """Walks on, joining with the backward walks of the same length and of one less."""
    done = paths.shape[1] - 1
    for back in backs[max(done - 2, 0) : done] if done else ():
        if done + back.paths.shape[1] - 1 <= max_length:
            yield from _joined(paths, back, len(arcs.first) - 1, names)
    if done == (max_length + 1) // 2 or not len(paths):
        return
    begin, count = arcs.runs(paths)
    portion = np.cumsum(count) // _MOST
    cuts = np.flatnonzero(np.diff(portion)) + 1
    for some in np.split(np.arange(len(paths)), cuts):
        grown = arcs.longer(paths[some], begin[some], count[some])
        yield from _forwards(grown, arcs, backs, max_length, names)


def _joined(paths: Paths, back: _Meeting, nodes: int, names: Ints) -> Iterator[Ints]:
    """The cycles of forward walks with the backward walks that end where they end."""
    key = paths[:, 0].astype(np.int64) * nodes + paths[:, -1]
    begin = np.searchsorted(back.key, key)
    count = np.searchsorted(back.key, key, side="right") - begin
    portion = np.cumsum(count) // _MOST
    for some in np.split(np.flatnonzero(count), np.flatnonzero(np.diff(portion[count > 0])) + 1):
        many = count[some]
        row = np.repeat(some, many)
        other = np.arange(len(row)) - np.repeat(np.cumsum(many) - many - begin[some], many)
        simple = np.ones(len(row), dtype=bool)
        for a in range(1, paths.shape[1] - 1):
            for b in range(1, back.paths.shape[1] - 1):
                simple &= paths[row, a] != back.paths[other, b]
        row, other = row[simple], other[simple]
        if len(row):
            rest = back.paths[other, 1:-1][:, ::-1]
            yield _turned(names[np.column_stack((paths[row], rest))])


def _turned(found: Ints) -> Ints:
    """Each cycle turned so that its smallest node comes first."""
    length = found.shape[1]
    turn = (found.argmin(axis=1)[:, None] + np.arange(length)) % length
    return np.take_along_axis(found, turn, axis=1)
