"""A picture with fewer crossings: nodes move, one at a time, to where their lines disturb less.

For small pictures only: each try looks at all lines and boxes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Pairs = NDArray[np.intp]
Rect = tuple[float, float, float, float]

_XYXY = [0, 1, 0, 1]  # a place once for a box's left top, once for its right bottom

#: What disturbs: leaving the frame most, a line through a name more than two lines that cross,
#: long lines a little.
OUTSIDE, THROUGH, CROSSING, LENGTH = 20.0, 3.0, 1.0, 0.35
#: Pixels from mark to mark below which a line is too short.
SHORT = 125.0
#: Places tried around a node, and rounds over all nodes.
TRIES, ROUNDS = 100, 8
#: Pixels kept free between boxes.
GAP = 5.0


def untangle(
    at: Mapping[str, tuple[float, float]],
    links: Sequence[tuple[str, str]],
    boxes: Mapping[str, Rect],
    frame: Rect,
) -> tuple[dict[str, tuple[float, float]], float]:
    """Better positions for the same nodes, and what still disturbs there.

    No two boxes overlap if none did before.

    Args:
        at: positions, no two boxes overlapping.
        links: pairs of nodes that a line joins.
        boxes: left, top, right, bottom of each node's box around its position.
        frame: what no box may leave; one that is outside comes in where there is room.
    """
    ids = sorted(at)
    index = {i: k for k, i in enumerate(ids)}
    pairs = sorted({(min(a, b), max(a, b)) for a, b in links if a != b and a in index})
    picture = _Picture(
        place=np.array([at[i] for i in ids], dtype=np.float64),
        ends=np.array([(index[a], index[b]) for a, b in pairs], dtype=np.intp).reshape(-1, 2),
        room=np.array([boxes[i] for i in ids], dtype=np.float64),
        frame=frame,
    )
    degree = np.bincount(picture.ends.ravel(), minlength=len(ids))
    # Nodes with few lines first: they find their place around the others.
    order = sorted(range(len(ids)), key=lambda k: (int(degree[k]), ids[k]))
    for turn in range(ROUNDS):
        moved = [picture.move(k, turn) for k in order]
        swapped = picture.swap()
        if not swapped and not any(moved):
            break
    places = {i: (float(x), float(y)) for i, (x, y) in zip(ids, picture.place, strict=True)}
    return places, sum(picture.costs())


@dataclass(frozen=True, slots=True)
class _Lines:
    """A node's lines among all: to which nodes they lead, and what they can disturb.

    Args:
        to: the other ends.
        others: lines that do not end at the node.
        apart: for each of its lines, whether each other line shares no end with it.
        between: for each of its lines, whether each node is no end of it.
    """

    to: NDArray[np.intp]
    others: Pairs
    apart: NDArray[np.bool_]
    between: NDArray[np.bool_]

    @classmethod
    def of(cls, k: int, ends: Pairs, nodes: int) -> _Lines:
        mine = (ends == k).any(1)
        to = ends[mine].sum(1) - k
        others = ends[~mine]
        apart = (others != to[:, None, None]).all(2)
        number = np.arange(nodes)
        return cls(to, others, apart, (number != k) & (number != to[:, None]))


@dataclass(slots=True)
class _Picture:
    """Places of nodes, lines as pairs of their numbers, boxes around places, the frame."""

    place: Floats
    ends: Pairs
    room: Floats
    frame: Rect
    lines: list[_Lines] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = [_Lines.of(k, self.ends, len(self.place)) for k in range(len(self.place))]

    def move(self, k: int, turn: int) -> bool:
        """Puts a node where it disturbs least; whether that is elsewhere."""
        here = self.place[k].copy()
        best, (cost,) = here, self.costs_at(k, here[None])
        spots = _spots(here, self._middle(k), turn)
        if self._outside(k, here):
            spots = np.concatenate([spots, _lattice(self.frame)])
        spots = spots[self.free(k, spots)]
        for spot, other in zip(spots, self.costs_at(k, spots), strict=True):
            if other < cost - 1e-9:
                best, cost = spot, other
        self.place[k] = best
        return best is not here

    def swap(self) -> bool:
        """Lets two nodes change places where that disturbs less: small moves do not get there."""
        swapped = False
        now, fits = self.costs(), self.fits()
        for a, b in combinations(range(len(self.place)), 2):
            before = now[a] + now[b]
            if before < THROUGH or not fits[a, b]:
                continue
            self.place[[a, b]] = self.place[[b, a]]
            if self._sum(a, b, before - 1e-9) < before - 1e-9:
                swapped, now, fits = True, self.costs(), self.fits()
            else:
                self.place[[a, b]] = self.place[[b, a]]
        return swapped

    def fits(self) -> NDArray[np.bool_]:
        """For each two nodes, whether they can change places: inside the frame, off all others."""
        number = np.arange(len(self.place))
        moved = self.place[None, :, _XYXY] + self.room[:, None]  # each box at each node's place
        taken = self.place[:, _XYXY] + self.room
        clear = ~_over(moved[:, :, None], taken)
        # Neither is where it was.
        clear[number, :, number] = clear[:, number, number] = True
        alone = clear.all(2) & _within(moved, self.frame)
        found: NDArray[np.bool_] = alone & alone.T & ~_over(moved, moved.transpose(1, 0, 2))
        return found

    def free(self, k: int, spots: Floats) -> NDArray[np.bool_]:
        """At which of the spots a node's box fits: inside the frame, off all others."""
        rects = spots[:, _XYXY] + self.room[k]
        taken = self.place[:, _XYXY] + self.room
        taken[k] = np.inf
        found: NDArray[np.bool_] = ~_over(rects[:, None], taken).any(1) & _within(rects, self.frame)
        return found

    def costs_at(self, k: int, spots: Floats) -> list[float]:
        """What a node disturbs at places: by its lines, and by standing on those of others."""
        lines = self.lines[k]
        start, end = self.place[lines.others[:, 0]], self.place[lines.others[:, 1]]
        far, taken = self.place[lines.to], self.place[:, _XYXY] + self.room
        own = spots[:, None, _XYXY] + self.room[k]
        stood_on = _hits(start, end, own).sum(1)
        there, ends = spots[:, None, None], far[:, None]
        crossed = (_crosses(there, ends, start, end) & lines.apart).sum(2)
        through = (_hits(there, ends, taken) & lines.between).sum(2)
        return [
            self._total(k, spot, far, *counts)
            for spot, *counts in zip(
                spots, stood_on.tolist(), crossed.tolist(), through.tolist(), strict=True
            )
        ]

    def _total(
        self,
        k: int,
        spot: Floats,
        far: Floats,
        stood_on: int,
        crossed: list[int],
        through: list[int],
    ) -> float:
        # Lengths are summed one by one: numpy's powers differ from machine to machine.
        total = THROUGH * stood_on + OUTSIDE * self._outside(k, spot)
        for end, crosses, hits in zip(far, crossed, through, strict=True):
            total += _length(math.dist(spot, end)) + CROSSING * crosses + THROUGH * hits
        return total

    def costs(self) -> list[float]:
        """What each node disturbs where it is."""
        return [self.costs_at(k, self.place[k : k + 1])[0] for k in range(len(self.place))]

    def _sum(self, a: int, b: int, enough: float) -> float:
        """What two nodes disturb where they are; the first alone when that is enough."""
        (first,) = self.costs_at(a, self.place[a : a + 1])
        return first if first >= enough else first + self.costs_at(b, self.place[b : b + 1])[0]

    def _outside(self, k: int, spot: Floats) -> bool:
        left, top, right, bottom = spot[_XYXY] + self.room[k]
        f = self.frame
        return bool(left < f[0] or top < f[1] or right > f[2] or bottom > f[3])

    def _middle(self, k: int) -> Floats:
        """The middle of a node's neighbours, or its own place without any."""
        e = self.ends
        others = np.concatenate([e[e[:, 0] == k, 1], e[e[:, 1] == k, 0]])
        middle: Floats = self.place[others].mean(0) if len(others) else self.place[k]
        return middle


def _over(one: Floats, other: Floats) -> NDArray[np.bool_]:
    """Whether boxes share a place or the gap between them, as numpy broadcasts them."""
    apart = (one[..., :2] >= other[..., 2:] + GAP) | (other[..., :2] >= one[..., 2:] + GAP)
    found: NDArray[np.bool_] = ~np.logical_or.reduce(apart, axis=-1)
    return found


def _within(boxes: Floats, frame: Rect) -> NDArray[np.bool_]:
    """Whether boxes are inside a frame."""
    out = (boxes[..., :2] < frame[:2]) | (boxes[..., 2:] > frame[2:])
    found: NDArray[np.bool_] = ~np.logical_or.reduce(out, axis=-1)
    return found


def _spots(here: Floats, middle: Floats, turn: int) -> Floats:
    """Places to try: half around where the node is, half around its neighbours' middle."""
    step = np.arange(1, TRIES // 2 + 1)
    angle, radius = step * 2.399963 + turn, (34 if turn < 4 else 14) * np.sqrt(step)
    ring = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1)
    spots: Floats = np.concatenate([here + ring, middle + ring * 1.25])
    return spots


def _lattice(frame: Rect) -> Floats:
    """Places all over the frame, for a node that has none near where it is."""
    x, y = np.meshgrid(np.linspace(frame[0], frame[2], 48), np.linspace(frame[1], frame[3], 48))
    return np.stack([x.ravel(), y.ravel()], 1)


def _length(pixels: float) -> float:
    """What a line's length costs: little when long, more when its amount finds no room on it."""
    if pixels < SHORT:
        return ((SHORT - pixels) / 40) ** 2
    return float(LENGTH * ((pixels - SHORT) / 100) ** 1.5)


def _crosses(p: Floats, q: Floats, a: Floats, b: Floats) -> NDArray[np.bool_]:
    """Whether lines from p to q cross lines from a to b, as numpy broadcasts them."""

    def side(u: Floats, v: Floats, w: Floats) -> Floats:
        found: Floats = (v[..., 0] - u[..., 0]) * (w[..., 1] - u[..., 1]) - (
            v[..., 1] - u[..., 1]
        ) * (w[..., 0] - u[..., 0])
        return found

    found: NDArray[np.bool_] = (side(p, q, a) * side(p, q, b) < 0) & (
        side(a, b, p) * side(a, b, q) < 0
    )
    return found


def _hits(a: Floats, b: Floats, rect: Floats) -> NDArray[np.bool_]:
    """Whether lines from a to b touch rectangles, each with each as numpy broadcasts them.

    The part of a line inside each pair of parallel sides is an interval of its length (Liang and
    Barsky 1984, https://doi.org/10.1145/357332.357333); it hits where all intervals meet.
    """
    way = b - a
    with np.errstate(divide="ignore", invalid="ignore"):
        x1, x2 = ((rect[..., side] - a[..., 0]) / way[..., 0] for side in (0, 2))
        y1, y2 = ((rect[..., side] - a[..., 1]) / way[..., 1] for side in (1, 3))
    enter = np.fmax(np.fmax(np.fmin(x1, x2), np.fmin(y1, y2)), 0)
    leave = np.fmin(np.fmin(np.fmax(x1, x2), np.fmax(y1, y2)), 1)
    found: NDArray[np.bool_] = enter < leave
    return found
