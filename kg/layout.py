"""Where nodes stand, in screen pixels, so that their names do not overlap.

Each node is a box: its mark with the name below. Connected parts are drawn by stress majorization
(Gansner, Koren, North 2004, https://doi.org/10.1007/978-3-540-31843-9_25), stretched to a page-like
frame, their boxes pushed apart, and packed into one picture. Nothing is random: the same graph
gives the same picture.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.names import Box
from kg.untangle import untangle

#: Area that a node takes on average, in square pixels, and a free picture's width over its height.
AREA = 13_500.0
ASPECT = 1.3
#: Free room that a box wants around it, in pixels, and more around a hub.
AIR = 16.0
#: Nodes laid out by stress, which needs memory by their square; others join their neighbours.
MOST = 1200
#: Nodes up to which lines are untangled.
SMALL = 120
#: Side of the cells in which free places are looked for.
CELL = 12

Point = tuple[float, float]
Floats = NDArray[np.float64]


def layout(
    links: Sequence[tuple[str, str]],
    boxes: Mapping[str, Box],
    start: Mapping[str, Point] | None = None,
    frame: tuple[float, float] | None = None,
) -> dict[str, tuple[int, int]]:
    """Positions for the ends of links, centred on 0, 0, no two boxes overlapping.

    Args:
        links: pairs of node ids, the most important first.
        boxes: the room of each node.
        start: positions to begin with, so that a larger picture resembles a smaller one.
        frame: width and height that the picture should fill; it is larger only when the boxes
            leave no choice.
    """
    if frame is None:
        free = _layout(links, boxes, start or {}, ASPECT)
        width, height = _extent(free, boxes)
        wider = max(width, height * ASPECT), max(height, width / ASPECT)
        return _centred(_stretched(free, boxes, wider), boxes) if free else {}
    if not links:
        return {}
    # Some starts lead to clearer pictures than others, and none is known to be best.
    starts = [
        _layout(links, boxes, start or {}, frame[0] / frame[1], tightness)
        for tightness in (1.0, 0.75, 0.5)
    ]
    if len(starts[0]) > SMALL:
        fits = [s for s in starts if _inside(s, boxes, frame)]
        return _centred(_stretched((fits or starts[-1:])[0], boxes, frame), boxes)
    middle = frame[0] / 2, frame[1] / 2
    bounds = (-middle[0], -middle[1], *middle)
    around = {i: boxes[i].rect(0, 0) for i in starts[0]}
    cleared = [
        untangle(_centred(_stretched(s, boxes, frame), boxes), links, around, bounds)
        for s in starts
    ]
    best = min(cleared, key=lambda found: found[1])[0]
    return _centred(_stretched(best, boxes, frame), boxes)


def _stretched(
    at: Mapping[str, Point], boxes: Mapping[str, Box], frame: tuple[float, float]
) -> dict[str, Point]:
    """Drawn out towards the frame, by a quarter at most: that never makes boxes overlap."""
    wider, higher = (min(f / e, 1.25) for f, e in zip(frame, _extent(at, boxes), strict=True))
    for share in (1.0, 0.9, 0.8, 0.6, 0.4, 0.2):
        x, y = 1 + max(wider - 1, 0) * share, 1 + max(higher - 1, 0) * share
        apart = {i: (p[0] * x, p[1] * y) for i, p in at.items()}
        if _inside(apart, boxes, frame):
            return apart
    return dict(at)


def _inside(at: Mapping[str, Point], boxes: Mapping[str, Box], frame: tuple[float, float]) -> bool:
    return all(e <= f for e, f in zip(_extent(at, boxes), frame, strict=True))


def _layout(
    links: Sequence[tuple[str, str]],
    boxes: Mapping[str, Box],
    start: Mapping[str, Point],
    aspect: float,
    tightness: float = 1.0,
) -> dict[str, tuple[int, int]]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from((a, b) for a, b in links if a != b)
    graph.add_nodes_from(a for a, b in links if a == b)
    if not graph:
        return {}
    core = graph.subgraph(list(graph)[:MOST]).copy() if len(graph) > MOST else graph
    parts = sorted((sorted(p) for p in nx.connected_components(core)), key=lambda p: (-len(p), p))
    room = _Room()
    placed: dict[str, Point] = {}
    for number, part in enumerate(parts):
        at = _separate(
            part, _shape(core.subgraph(part), part, start, aspect) * tightness, boxes, tightness
        )
        # A small part keeps its side of the picture if it had one, else fills a gap.
        origin = _middle([start[i] for i in part if i in start]) if start and number else (0, 0)
        dx, dy = room.find([boxes[i].rect(*at[i]) for i in part], origin)
        for i in part:
            placed[i] = at[i][0] + dx, at[i][1] + dy
            room.take(boxes[i].rect(*placed[i]))
        for a, b in core.subgraph(part).edges:
            room.take_line(placed[a], placed[b])
    for i in sorted(set(graph) - set(placed), key=lambda i: (-graph.degree(i), i)):
        near = _middle([placed[j] for j in graph[i] if j in placed])
        dx, dy = room.find([boxes[i].rect(*near)], (0, 0))
        placed[i] = near[0] + dx, near[1] + dy
        room.take(boxes[i].rect(*placed[i]))
    return _centred(placed, boxes)


def _shape(
    graph: nx.Graph[str], ids: Sequence[str], start: Mapping[str, Point], aspect: float
) -> Floats:
    """Positions by stress majorization, stretched to the frame that the part's boxes need."""
    n = len(ids)
    frame = math.sqrt(n * AREA)
    at = _begin(graph, ids, start)
    if n > 2:
        distance = _distances(graph, ids)
        weight = distance**-2
        np.fill_diagonal(weight, 0)
        total = weight.sum(1)
        for _ in range(120 if n < 300 else 50):
            dx, dy = at[:, 0, None] - at[None, :, 0], at[:, 1, None] - at[None, :, 1]
            pull = np.sqrt(dx * dx + dy * dy)
            np.fill_diagonal(pull, 1)
            pull = weight * distance / np.maximum(pull, 1e-6)
            x = (weight * at[None, :, 0] + pull * dx).sum(1) / total
            y = (weight * at[None, :, 1] + pull * dy).sum(1) / total
            at = np.stack([x, y], 1)
    at = at - (at.max(0) + at.min(0)) / 2
    if not start:
        at = _landscape(at)
    extent = np.maximum(at.max(0) - at.min(0), 1e-6)
    wanted = np.array([frame * math.sqrt(aspect), frame / math.sqrt(aspect)])
    scale = wanted / extent
    # Stretching more than by half would show: distances would no longer mean anything.
    scale = np.minimum(scale, scale.min() * 1.5)
    stretched: Floats = at * scale
    return stretched


def _begin(graph: nx.Graph[str], ids: Sequence[str], start: Mapping[str, Point]) -> Floats:
    """Given positions, else near a neighbour that has one, else on a spiral, hubs inside."""
    rank = {i: k for k, i in enumerate(sorted(ids, key=lambda i: (-graph.degree(i), i)))}
    unit = 0.01  # start positions are in pixels, stress works with hops: about 100 pixels each
    at = []
    for i in ids:
        angle, radius = rank[i] * 2.399963, 0.5 * math.sqrt(rank[i])
        x, y = radius * math.cos(angle), radius * math.sin(angle)
        known = [start[j] for j in [i, *graph[i]] if j in start]
        if i in start:
            x, y = start[i][0] * unit, start[i][1] * unit
        elif known:
            mx, my = _middle(known)
            x, y = mx * unit * 1.2 + x * 0.2, my * unit * 1.2 + y * 0.2
        at.append((x, y))
    return np.array(at, dtype=np.float64)


def _distances(graph: nx.Graph[str], ids: Sequence[str]) -> Floats:
    """Hops between all nodes, longer at hubs so that their neighbours find room around them."""
    index = {i: k for k, i in enumerate(ids)}
    linked = np.zeros((len(ids), len(ids)), dtype=np.float32)
    for a, b in graph.edges:
        linked[index[a], index[b]] = linked[index[b], index[a]] = 1
    found = np.ones(linked.shape)
    reached = np.eye(len(ids), dtype=bool)
    front, hops = reached, 0
    while front.any():  # all searches at once, a hop each turn
        found[front] = max(hops, 1)
        front = (front.astype(np.float32) @ linked > 0) & ~reached
        reached, hops = reached | front, hops + 1
    for a, b in graph.edges:
        longer = 0.7 + 0.07 * math.sqrt(graph.degree(a) * graph.degree(b))
        found[index[a], index[b]] = found[index[b], index[a]] = min(longer, 1.6)
    return found


def _landscape(at: Floats) -> Floats:
    """Turned so that its longest axis lies along the picture's longer side."""
    xx, yy = float((at[:, 0] ** 2).sum()), float((at[:, 1] ** 2).sum())
    xy = float((at[:, 0] * at[:, 1]).sum())
    angle = -0.5 * math.atan2(2 * xy, xx - yy)
    cos, sin = math.cos(angle), math.sin(angle)
    return np.stack([at[:, 0] * cos - at[:, 1] * sin, at[:, 0] * sin + at[:, 1] * cos], 1)


def _separate(
    ids: Sequence[str], at: Floats, boxes: Mapping[str, Box], tightness: float
) -> dict[str, Point]:
    """Overlapping boxes pushed apart, each pair along the axis that costs least."""
    half = np.array([boxes[i].half for i in ids])
    up, down = np.array([boxes[i].above for i in ids]), np.array([boxes[i].below for i in ids])
    x, y = at[:, 0].copy(), at[:, 1] + (down - up) / 2
    air = (AIR + np.maximum(up - 15, 0) * 2) * tightness
    for turn in range(240):
        # First with air around each box, so that crowds spread; then only what must not touch.
        if turn in (0, 80):
            wide, high = (
                half + (air if turn == 0 else 0),
                (up + down) / 2 + (air if turn == 0 else 0),
            )
            width, height = wide[:, None] + wide, high[:, None] + high
            np.fill_diagonal(width, -1e3)
        if turn % 8 == 0:  # which pairs are near changes slowly, and finding them costs most
            near = np.abs(x[:, None] - x) < width + 40
            near &= np.abs(y[:, None] - y) < height + 40
            rows, columns = np.nonzero(near)
        dx, dy = x[rows] - x[columns], y[rows] - y[columns]
        ox, oy = width[rows, columns] - np.abs(dx), height[rows, columns] - np.abs(dy)
        over = (ox > 0) & (oy > 0)
        if not over.any():
            if turn % 8 == 0 and turn >= 80:
                break
            continue
        # Boxes on one spot part by their order.
        sx = np.where(dx != 0, np.sign(dx), np.sign(rows - columns))
        sy = np.where(dy != 0, np.sign(dy), np.sign(rows - columns))
        along_x = ox < oy
        ox, oy = np.where(over, ox / 3 + 0.2, 0), np.where(over, oy / 3 + 0.2, 0)
        np.add.at(x, rows, np.where(along_x, sx * ox, 0))
        np.add.at(y, rows, np.where(along_x, 0, sy * oy))
    y -= (down - up) / 2
    # What pushing has not parted in time moves to the nearest free place, hubs staying.
    room, placed = _Room(), dict[str, Point]()
    order = sorted(range(len(ids)), key=lambda k: (-boxes[ids[k]].above, ids[k]))
    for k in order:
        dx_, dy_ = room.find([boxes[ids[k]].rect(x[k], y[k])], (0, 0))
        placed[ids[k]] = float(x[k]) + dx_, float(y[k]) + dy_
        room.take(boxes[ids[k]].rect(*placed[ids[k]]))
    return placed


class _Room:
    """What is taken already: boxes by the cells they touch, and points of lines."""

    def __init__(self) -> None:
        self._boxes: dict[tuple[int, int], list[tuple[float, float, float, float]]] = defaultdict(
            list
        )
        self._lines: set[tuple[int, int]] = set()

    def take(self, rect: tuple[float, float, float, float]) -> None:
        for cell in _cells(rect, 8):
            self._boxes[cell].append(rect)

    def take_line(self, a: Point, b: Point) -> None:
        steps = int(math.dist(a, b) / CELL) + 1
        for k in range(steps + 1):
            x, y = a[0] + (b[0] - a[0]) * k / steps, a[1] + (b[1] - a[1]) * k / steps
            self._lines.add((int(x // CELL), int(y // CELL)))

    def find(self, rects: Sequence[tuple[float, float, float, float]], origin: Point) -> Point:
        """The shortest move by which all rectangles are free, outward on a spiral from origin."""
        first = rects[0]
        fine = max(7.0, min(first[2] - first[0], first[3] - first[1]) / 4)
        for step in range(12_000):
            # Steps grow with the distance: far out, a place nearby is as good.
            angle, radius = step * 2.399963, fine * math.sqrt(step) * (1 + step / 3000)
            dx, dy = origin[0] + radius * math.cos(angle), origin[1] + radius * math.sin(angle)
            if all(self._free((r[0] + dx, r[1] + dy, r[2] + dx, r[3] + dy)) for r in rects):
                return dx, dy
        below = max((r[3] for found in self._boxes.values() for r in found), default=0.0)
        return origin[0], below - min(r[1] for r in rects) + CELL

    def _free(self, rect: tuple[float, float, float, float]) -> bool:
        left, top, right, bottom = rect
        for cell in _cells(rect, 8):
            for l2, t2, r2, b2 in self._boxes.get(cell, ()):
                if left < r2 and l2 < right and top < b2 and t2 < bottom:
                    return False
        return not self._lines or not any(cell in self._lines for cell in _cells(rect, 1))


def _cells(rect: tuple[float, float, float, float], size: int) -> Iterable[tuple[int, int]]:
    """The cells, of `size` times CELL, that a rectangle touches."""
    side = CELL * size
    for cx in range(int(rect[0] // side), int(rect[2] // side) + 1):
        for cy in range(int(rect[1] // side), int(rect[3] // side) + 1):
            yield cx, cy


def _middle(points: Sequence[Point]) -> Point:
    if not points:
        return 0.0, 0.0
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)


def _extent(at: Mapping[str, Point], boxes: Mapping[str, Box]) -> tuple[float, float]:
    rects = [boxes[i].rect(*p) for i, p in at.items()] or [(0.0, 0.0, 1.0, 1.0)]
    return (
        max(r[2] for r in rects) - min(r[0] for r in rects),
        max(r[3] for r in rects) - min(r[1] for r in rects),
    )


def _centred(at: Mapping[str, Point], boxes: Mapping[str, Box]) -> dict[str, tuple[int, int]]:
    """Whole pixels around the middle of the picture.

    Rounding moves a node by half a pixel at most; boxes have more room than that.
    """
    rects = [boxes[i].rect(*p) for i, p in at.items()]
    x = (min(r[0] for r in rects) + max(r[2] for r in rects)) / 2
    y = (min(r[1] for r in rects) + max(r[3] for r in rects)) / 2
    return {i: (round(p[0] - x), round(p[1] - y)) for i, p in sorted(at.items())}
