"""Where the parts of a loop's picture stand: parties on a ring, arrows between them, their labels.

A label goes where it hides least: candidates around its arrow are weighed by what they cover.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from xml.etree.ElementTree import Element, SubElement

from kg import svg
from kg.svg import number

# Sizes, in the picture's pixels.
WIDTH, RING = 420.0, 356.0  # a panel, and the part of it with the ring
SUM, SMALL = 12.5, 11.5  # font sizes
_NAME = 13.0
_PILL_WIDTH, _LABEL_WIDTHS = 108.0, (146.0, 100.0)  # at most, of the text inside
_DOT = 12.0  # room for the coloured dot before a status
_LINE = 1.25  # height of a line, in font sizes
_PILL, _PILL_RULE = "#f6f3ec", "#cfc9bc"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its middle."""

    x: float
    y: float
    width: float
    height: float

    def shared(self, other: Box) -> float:
        """The area of the part that both have."""
        across = (self.width + other.width) / 2 - abs(self.x - other.x)
        down = (self.height + other.height) / 2 - abs(self.y - other.y)
        return max(across, 0.0) * max(down, 0.0)

    def holds(self, x: float, y: float) -> bool:
        return abs(x - self.x) < self.width / 2 and abs(y - self.y) < self.height / 2

    def grown(self, by: float) -> Box:
        return Box(self.x, self.y, self.width + 2 * by, self.height + 2 * by)


@dataclass(frozen=True, slots=True)
class Ring:
    """The ellipse on which parties stand, clockwise."""

    parties: int
    across: float
    down: float

    @classmethod
    def of(cls, parties: int) -> Ring:
        return cls(parties, *{2: (126.0, 92.0), 3: (122.0, 112.0)}.get(parties, (128.0, 122.0)))

    def angle(self, place: float) -> float:
        """Two parties stand side by side, so that one arrow runs above and one below."""
        first = math.pi if self.parties == 2 else -math.pi / 2
        return first + 2 * math.pi * place / self.parties

    def at(self, angle: float) -> tuple[float, float]:
        sink = {3: 20.0, 5: 4.0}.get(self.parties, 0.0)  # a triangle's middle is not its ring's
        return (
            WIDTH / 2 + self.across * math.cos(angle),
            RING / 2 + sink + self.down * math.sin(angle),
        )

    def outwards(self, angle: float) -> tuple[float, float]:
        """The direction away from the ring, of length one."""
        x, y = math.cos(angle) / self.across, math.sin(angle) / self.down
        return x / math.hypot(x, y), y / math.hypot(x, y)


@dataclass(frozen=True, slots=True)
class Pill:
    """A party: its name in a box."""

    box: Box
    name: str
    lines: tuple[str, ...]

    @classmethod
    def of(cls, name: str, x: float, y: float) -> Pill:
        lines = svg.wrap(name, _NAME, _PILL_WIDTH, 3, bold=True)
        width = max(svg.wide(line, _NAME, bold=True) for line in lines)
        return cls(
            Box(x, y, max(width, 30) + 18, len(lines) * _NAME * _LINE + 12), name, tuple(lines)
        )

    def draw(self, panel: Element) -> None:
        box = self.box
        group = SubElement(panel, "g")
        SubElement(group, "title").text = svg.plain(self.name)
        left, top = box.x - box.width / 2, box.y - box.height / 2
        svg.rect(group, left, top, box.width, box.height, 8, _PILL, _PILL_RULE)
        first = box.y - len(self.lines) * _NAME * _LINE / 2 + _NAME * 0.98
        for i, line in enumerate(self.lines):
            svg.text(
                group, line, box.x, first + i * _NAME * _LINE, _NAME, bold=True, anchor="middle"
            )


@dataclass(frozen=True, slots=True)
class Arrow:
    """A hop along the ring, from the edge of one pill to the edge of the next.

    Args:
        angle: of its middle, on the ring.
        middle: where that is, and how far it is turned, in degrees.
        points: places along it, which labels keep clear of.
    """

    ring: Ring
    angle: float
    path: str
    head: str
    stroke: float
    middle: tuple[float, float, float]
    points: tuple[tuple[float, float], ...]
    narrow: bool

    @classmethod
    def of(
        cls, ring: Ring, place: int, pills: Sequence[Pill], stroke: float, narrow: bool
    ) -> Arrow:
        steps = 240
        angles = [ring.angle(place + i / steps) for i in range(steps + 1)]
        start, end = pills[place].box.grown(4), pills[(place + 1) % len(pills)].box.grown(3)
        free = [a for a in angles if not start.holds(*ring.at(a)) and not end.holds(*ring.at(a))]
        free = free if len(free) > 4 else angles[steps // 3 : 2 * steps // 3]
        tip = ring.at(free[-1])
        long = min(9 + stroke * 0.75, math.dist(ring.at(free[0]), tip) * 0.6)
        shaft = [a for a in free if math.dist(ring.at(a), tip) >= long * 0.92] or free[:2]
        base, wide = ring.at(shaft[-1]), 4.5 + stroke * 0.72
        x, y = ((t - b) / math.dist(tip, base) for t, b in zip(tip, base, strict=True))
        corners = (
            tip,
            (base[0] - y * wide, base[1] + x * wide),
            (base[0] + y * wide, base[1] - x * wide),
        )
        begin, half = ring.at(shaft[0]), (shaft[0] + shaft[-1]) / 2
        inside = base[0] + x * long * 0.25, base[1] + y * long * 0.25  # so that no seam shows
        out = ring.outwards(half)
        leaves, arrives = (f"{number(p[0])} {number(p[1])}" for p in (begin, inside))
        return cls(
            ring,
            half,
            f"M{leaves}A{number(ring.across)} {number(ring.down)} 0 0 1 {arrives}",
            " ".join(f"{number(a)},{number(b)}" for a, b in corners),
            stroke,
            (*ring.at(half), math.degrees(math.atan2(out[0], -out[1]))),
            tuple(ring.at(a) for a in (*free[::8], free[-5], free[-1])),
            narrow,
        )

    @property
    def boxes(self) -> Iterator[Box]:
        """What a label must not cover, roughly."""
        for x, y in self.points:
            yield Box(x, y, self.stroke + 4, self.stroke + 4)
        for x, y in self.points[-2:]:
            yield Box(x, y, self.stroke + 12, self.stroke + 12)
        if self.narrow:
            yield Box(self.middle[0], self.middle[1], self.stroke + 18, self.stroke + 18)


@dataclass(frozen=True, slots=True)
class Label:
    """What stands beside an arrow, in lines.

    Args:
        dislike: what speaks against these lines, in the units of _cost.
    """

    sums: list[str]
    states: list[str]
    dislike: float

    @classmethod
    def ways(cls, money: str, state: str) -> tuple[Label, ...]:
        """In long lines and in short ones."""
        found = (
            cls(
                svg.wrap(money, SUM, width, 2, bold=True),
                svg.wrap(state, SMALL, width - _DOT, 2),
                dislike,
            )
            for width, dislike in zip(_LABEL_WIDTHS, (0.0, 12.0), strict=True)
        )
        return tuple(found)

    @property
    def width(self) -> float:
        return max(
            *(svg.wide(line, SUM, bold=True) for line in self.sums),
            *(svg.wide(line, SMALL) + _DOT for line in self.states),
        )

    @property
    def height(self) -> float:
        return (len(self.sums) * SUM + len(self.states) * SMALL) * _LINE

    def draw(self, panel: Element, box: Box, color: str) -> None:
        y = box.y - box.height / 2
        for line in self.sums:
            y += SUM * _LINE
            svg.text(panel, line, box.x, y - 3.5, SUM, bold=True, anchor="middle", halo=True)
        for i, line in enumerate(self.states):
            y += SMALL * _LINE
            shift = 0.0
            if i == 0:
                shift = _DOT / 2
                svg.dot(
                    panel, box.x + shift - svg.wide(line, SMALL) / 2 - _DOT / 2 - 1, y - 7, color
                )
            svg.text(
                panel, line, box.x + shift, y - 3, SMALL, color=svg.SOFT, anchor="middle", halo=True
            )


def placed(
    labels: Sequence[Sequence[Label]], arrows: Sequence[Arrow], pills: Sequence[Pill]
) -> list[tuple[Label, Box]]:
    """For each arrow one of its labels, at a place beside it where it covers least.

    All are placed once, then each again now that it is known where the others are.
    """
    fixed = [(pill.box.grown(4), 50.0) for pill in pills]
    fixed += [(box, 8.0) for arrow in arrows for box in arrow.boxes]
    found: list[tuple[Label, Box] | None] = [None] * len(labels)
    for _ in range(3):
        for i, (ways, arrow) in enumerate(zip(labels, arrows, strict=True)):
            others = [(o[1].grown(4), 50.0) for j, o in enumerate(found) if o and j != i]
            found[i] = _best([c for w in ways for c in _candidates(w, arrow)], (*others, *fixed))
    return [f for f in found if f]


def _best(
    candidates: Iterable[tuple[float, Label, Box]], taken: Sequence[tuple[Box, float]]
) -> tuple[Label, Box]:
    """The place that costs least; those that nothing speaks against are looked at first."""
    ordered = sorted(candidates, key=itemgetter(0))
    least, best = math.inf, ordered[0]
    for candidate in ordered:
        if candidate[0] >= least:
            break
        cost = round(candidate[0] + _cost(candidate[2], taken, least - candidate[0]), 3)
        if cost < least:
            least, best = cost, candidate
    return best[1:]


def _candidates(label: Label, arrow: Arrow) -> Iterator[tuple[float, Label, Box]]:
    """Places outside and inside the ring, with what speaks against each: to be far from the middle
    of the arrow, and less so to be inside."""
    x, y, _ = arrow.middle
    across, down = arrow.ring.outwards(arrow.angle)
    width, height = label.width, label.height
    reach = abs(across) * width / 2 + abs(down) * height / 2
    gap = arrow.stroke / 2 + (12 if arrow.narrow else 6)
    for side, inside in ((1, 0.0), (-1, 30.0)):
        for far in (0, 6, 12, 20, 30):
            for along in (0, 8, -8, 16, -16, 26, -26, 38, -38, 52, -52):
                away = side * (gap + reach + far)
                place = x + across * away - down * along, y + down * away + across * along
                dislike = label.dislike + inside + far * 2 + abs(along) * 1.2
                yield dislike, label, Box(*place, width, height)


def _cost(box: Box, taken: Sequence[tuple[Box, float]], enough: float) -> float:
    """What a label in a place would cover, weighed, or have outside the panel; once that is known
    to be too much, what is known of it.

    Args:
        enough: with so much a place is no better than another.
    """
    outside = max(0.0, box.width / 2 + 10 - box.x, box.x + box.width / 2 + 10 - WIDTH)
    outside += max(0.0, box.height / 2 + 10 - box.y, box.y + box.height / 2 + 8 - RING)
    covered = 0.0
    for other, weight in taken:
        if abs(box.x - other.x) * 2 < box.width + other.width:
            covered += box.shared(other) * weight
            if outside * 500 + covered >= enough:
                break
    return outside * 500 + covered
