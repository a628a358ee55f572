"""Loops as one SVG picture, a panel each: who pays whom, how much, and where it is narrowest.

The module knows neither files nor languages: whoever calls it says what things are called. The
picture runs no script, refers to nothing outside itself, and uses attributes only, so that a page
whose policy forbids inline styles can hold it. Widths of text are estimated, since nothing here can
measure a font; the estimate is on the wide side.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from kg.interval import UNKNOWN, Interval
from kg.loops import Hop, MoneyLoop

#: More panels than this are no picture that anyone reads.
MOST_PANELS = 12

_FONT = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', sans-serif"
)
_INK, _SOFT, _RULE, _PILL, _PILL_RULE = "#1b1a17", "#55514a", "#e3dfd6", "#f6f3ec", "#cfc9bc"
_ACCENT, _NO_COLOR = "#a02c1f", "#6a665e"

# Sizes, in the picture's pixels.
_MARGIN, _GAP, _HEAD, _LEGEND = 24.0, 18.0, 58.0, 46.0
_WIDTH, _RING, _CAPTION_ROW = 420.0, 356.0, 19.0  # a panel, the part with the ring, a row below it
_NAME, _SUM, _SMALL = 13.0, 12.5, 11.5  # font sizes
_PILL_WIDTH, _LABEL_WIDTHS = 108.0, (146.0, 100.0)  # at most, of the text inside
_DOT = 12.0  # room for the coloured dot before a status
_THIN, _THICK = 1.8, 13.0  # arrows
_LINE = 1.25  # height of a line, in font sizes
_CHINESE = "\u2e80-\u9fff\uf900-\uffef"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a picture says, in one language.

    Args:
        language: its BCP 47 tag, by which a browser chooses the forms of Chinese characters.
        title: the heading.
        description: what the picture shows, for those who do not see it.
        name: id of an entity → its name.
        amount: a sum in words, also one that nobody tells (UNKNOWN).
        status: code of a status → its name.
        closed: the day on which a loop closed, or that nobody knows it, in words.
        bottleneck: what the narrowest hop is called.
        nothing: what stands for no money in a table.
        widths: what the width of an arrow means, and a strong line within a pale band.
    """

    language: str
    title: str
    description: str
    name: Callable[[str], str]
    amount: Callable[[Interval], str]
    status: Callable[[str], str]
    closed: Callable[[date | None], str]
    bottleneck: str
    nothing: str = "–"
    widths: str = ""


def loops_svg(
    loops: Sequence[MoneyLoop],
    words: Words,
    colors: Mapping[str, str],
    *,
    least: str,
    dashed: Set[str] = frozenset(),
) -> str:
    """One picture with a panel for each loop, at most MOST_PANELS.

    An arrow has the colour of the furthest status that any of its money has come to, and the width
    of all its money. When only a part has come that far, the part is drawn within a pale band, in
    the colour of what the whole has come to, and the label tells both sums. Rings are laid out for
    two to six parties; more are drawn, but crowd.

    Args:
        loops: the best first; a panel's rank is its place here.
        words: what it says.
        colors: code of a status → "#rrggbb".
        least: code of the status from which money counts; as for find_loops.
        dashed: codes of statuses that are drawn dashed, because nothing binds anybody.

    Returns:
        XML without a declaration, so that it may stand in a page; the same text for the same
        arguments.
    """
    shown = loops[:MOST_PANELS]
    columns = max(1, {4: 2}.get(len(shown), min(len(shown), 3)))
    rows = math.ceil(len(shown) / columns)
    style = _Style.of(shown, words, colors, least, dashed)
    states = max((len(loop.at_least) for loop in shown), default=0)
    height = _RING + _CAPTION_ROW * max(states, 3) + 26
    width = columns * _WIDTH + (columns - 1) * _GAP + 2 * _MARGIN
    inner = width - 2 * _MARGIN
    legend_rows = _flow(_legend(style, shown, inner), inner)
    heading = _wrap(words.title, 21, inner, 2, bold=True)
    top = _HEAD + 27 * (len(heading) - 1)
    full = top + rows * (height + _GAP) + _LEGEND + 24 * (len(legend_rows) - 1)
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {_n(width)} {_n(full)}",
            "width": _n(width),
            "height": _n(full),
            "role": "graphics-document",
            "lang": _plain(words.language),
            "xml:lang": _plain(words.language),
            "font-family": _FONT,
        },
    )
    _say(root, words.title, words.description)
    _rect(root, 0.5, 0.5, width - 1, full - 1, 10, "#ffffff", _RULE)
    for line, text in enumerate(heading):
        _text(root, text, _MARGIN, 40 + 27 * line, 21, bold=True)
    for place, loop in enumerate(shown):
        x = _MARGIN + place % columns * (_WIDTH + _GAP)
        y = top + place // columns * (height + _GAP)
        panel = SubElement(root, "g", {"transform": f"translate({_n(x)} {_n(y)})", "role": "img"})
        _panel(panel, loop, place + 1, height, style)
    bottom = full - _LEGEND / 2 - 24 * (len(legend_rows) - 1)
    for row, entries in enumerate(legend_rows):
        x = _MARGIN
        for entry in entries:
            entry.draw(root, x, bottom + 24 * row)
            x += entry.width
    indent(root, space=" ")
    return tostring(root, encoding="unicode") + "\n"


# ---- what all panels share ----


@dataclass(frozen=True, slots=True)
class _Style:
    words: Words
    colors: Mapping[str, str]
    least: str
    dashed: Set[str]
    largest: float

    @classmethod
    def of(
        cls,
        loops: Sequence[MoneyLoop],
        words: Words,
        colors: Mapping[str, str],
        least: str,
        dashed: Set[str],
    ) -> _Style:
        """One scale for all panels, so that they can be compared."""
        safe = {c: v for c, v in colors.items() if re.fullmatch(r"#[0-9a-fA-F]{6}", v)}
        sums = (h.at_least.get(least, UNKNOWN).figure for loop in loops for h in loop.hops)
        return cls(words, safe, least, dashed, float(max(sums, default=0)))

    def color(self, status: str) -> str:
        """A grey when no colour is given; what is no colour was left out: it may be an address."""
        return self.colors.get(status, _NO_COLOR)

    def stroke(self, money: Interval) -> float:
        """Area, not width, is what an eye compares: a root keeps small sums visible."""
        share = float(money.figure) / self.largest if self.largest else 0.0
        return max(_THIN, _THICK * math.sqrt(share))

    def all(self, hop: Hop) -> Interval:
        """All the money of a hop that counts."""
        return hop.at_least.get(self.least, UNKNOWN)

    def furthest(self, hop: Hop) -> str:
        """The furthest status that any money of a hop has come to."""
        return next(
            (s for s in reversed(tuple(hop.at_least)) if not hop.at_least[s].empty), self.least
        )

    def whole(self, hop: Hop) -> str:
        """The furthest status that all the money of a hop has come to."""
        far = [s for s, money in hop.at_least.items() if money == self.all(hop)]
        return far[-1] if far else self.least

    def said(self, hop: Hop) -> tuple[str, str]:
        """What stands beside a hop: its sum, and how far it has come or how much of it has."""
        status = self.furthest(hop)
        far, state = hop.at_least.get(status, UNKNOWN), self.words.status(status)
        if far != self.all(hop):
            state = f"{state} {self.words.amount(far)}"
        return self.words.amount(self.all(hop)), state

    def told(self, hop: Hop) -> str:
        """A hop as a sentence for a screen reader."""
        ends = " → ".join(map(self.words.name, (hop.flow.payer, hop.flow.payee)))
        return f"{ends}: {', '.join(self.said(hop))}"

    def narrowest(self, loop: MoneyLoop) -> int | None:
        """The hop with the least money of those that tell theirs; bounded before open sums."""
        told = [
            (money.high is None, money.figure, place)
            for place, hop in enumerate(loop.hops)
            if (money := self.all(hop)) != UNKNOWN
        ]
        return min(told)[2] if told else None


# ---- a panel ----


def _panel(panel: Element, loop: MoneyLoop, rank: int, height: float, style: _Style) -> None:
    words = style.words
    names = [words.name(p) for p in loop.parties]
    facts = [style.told(hop) for hop in loop.hops]
    facts += [f"{words.bottleneck}: {words.amount(loop.at_least.get(style.least, UNKNOWN))}"]
    _say(
        panel,
        f"{rank}. {' → '.join((*names, *names[:1]))}",
        "; ".join((*facts, words.closed(loop.closed_on))),
    )
    _rect(panel, 0.5, 0.5, _WIDTH - 1, height - 1, 8, "#ffffff", _RULE)
    ring = _Ring.of(len(names))
    pills = [_Pill.of(name, *ring.at(ring.angle(i))) for i, name in enumerate(names)]
    narrow = style.narrowest(loop)
    arrows = [
        _Arrow.of(ring, i, pills, style.stroke(style.all(hop)), i == narrow)
        for i, hop in enumerate(loop.hops)
    ]
    for hop, arrow in zip(loop.hops, arrows, strict=True):
        _draw_arrow(panel, hop, arrow, style)
    for pill in pills:
        pill.draw(panel)
    labels = [_Label.ways(*style.said(hop)) for hop in loop.hops]
    for hop, (label, box) in zip(loop.hops, _placed(labels, arrows, pills), strict=True):
        label.draw(panel, box, style.color(style.furthest(hop)))
    _caption(panel, loop, rank, style)


def _caption(panel: Element, loop: MoneyLoop, rank: int, style: _Style) -> None:
    """Below the ring: the rank, when it closed, and what can go round in each state."""
    words, y = style.words, _RING + 12
    _line(panel, 16, _RING, _WIDTH - 16, _RING)
    _text(panel, str(rank), 18, y + 21, 26, bold=True)
    left = 18 + _wide(str(rank), 26, bold=True) + 12
    middle = _WIDTH * 0.46
    _bow_tie(panel, left + 8, y + 9, 0, 5.5)
    heading = _wrap(words.bottleneck, _SUM, middle - left - 24, 1, bold=True)[0]
    _text(panel, heading, left + 21, y + 13, _SUM, bold=True)
    for line, text in enumerate(_wrap(words.closed(loop.closed_on), _SMALL, middle - left - 8, 3)):
        _text(panel, text, left, y + 33 + 15 * line, _SMALL, color=_SOFT)
    right = _WIDTH - 16
    for row, (status, money) in enumerate(loop.at_least.items()):
        base = y + 13 + row * _CAPTION_ROW
        said = words.nothing if money.empty else words.amount(money)
        said = _wrap(said, _SMALL, right - middle - 66, 1, bold=True)[0]
        room = right - middle - 24 - _wide(said, _SMALL, bold=True)
        state = _wrap(words.status(status), _SMALL, room, 1)[0]
        _dot(panel, middle + 5, base - 4, style.color(status))
        _text(panel, state, middle + 14, base, _SMALL, color=_SOFT)
        _text(panel, said, right, base, _SMALL, bold=not money.empty, anchor="end")


def _draw_arrow(panel: Element, hop: Hop, arrow: _Arrow, style: _Style) -> None:
    status = style.furthest(hop)
    color = style.color(status)
    strong = min(style.stroke(hop.at_least.get(status, UNKNOWN)), arrow.stroke)
    if hop.at_least.get(status, UNKNOWN) != style.all(hop):
        around = max(arrow.stroke, strong + 3)
        _path(panel, arrow.path, style.color(style.whole(hop)), around, opacity=0.3)
    dashes = f"{_n(max(7, strong))} {_n(max(4.5, strong * 0.45))}" if status in style.dashed else ""
    _path(panel, arrow.path, color, strong, dashes=dashes)
    SubElement(panel, "polygon", {"points": arrow.head, "fill": color})
    if arrow.narrow:
        x, y, turn = arrow.middle
        _bow_tie(panel, x, y, turn, 6 + arrow.stroke / 2)


# ---- geometry ----


@dataclass(frozen=True, slots=True)
class _Box:
    """A rectangle by its middle."""

    x: float
    y: float
    width: float
    height: float

    def shared(self, other: _Box) -> float:
        """The area of the part that both have."""
        across = (self.width + other.width) / 2 - abs(self.x - other.x)
        down = (self.height + other.height) / 2 - abs(self.y - other.y)
        return max(across, 0.0) * max(down, 0.0)

    def holds(self, x: float, y: float) -> bool:
        return abs(x - self.x) < self.width / 2 and abs(y - self.y) < self.height / 2

    def grown(self, by: float) -> _Box:
        return _Box(self.x, self.y, self.width + 2 * by, self.height + 2 * by)


@dataclass(frozen=True, slots=True)
class _Ring:
    """The ellipse on which parties stand, clockwise."""

    parties: int
    across: float
    down: float

    @classmethod
    def of(cls, parties: int) -> _Ring:
        return cls(parties, *{2: (126.0, 92.0), 3: (122.0, 112.0)}.get(parties, (128.0, 122.0)))

    def angle(self, place: float) -> float:
        """Two parties stand side by side, so that one arrow runs above and one below."""
        first = math.pi if self.parties == 2 else -math.pi / 2
        return first + 2 * math.pi * place / self.parties

    def at(self, angle: float) -> tuple[float, float]:
        sink = {3: 20.0, 5: 4.0}.get(self.parties, 0.0)  # a triangle's middle is not its ring's
        return (
            _WIDTH / 2 + self.across * math.cos(angle),
            _RING / 2 + sink + self.down * math.sin(angle),
        )

    def outwards(self, angle: float) -> tuple[float, float]:
        """The direction away from the ring, of length one."""
        x, y = math.cos(angle) / self.across, math.sin(angle) / self.down
        return x / math.hypot(x, y), y / math.hypot(x, y)


@dataclass(frozen=True, slots=True)
class _Pill:
    """A party: its name in a box."""

    box: _Box
    name: str
    lines: tuple[str, ...]

    @classmethod
    def of(cls, name: str, x: float, y: float) -> _Pill:
        lines = _wrap(name, _NAME, _PILL_WIDTH, 3, bold=True)
        width = max(_wide(line, _NAME, bold=True) for line in lines)
        return cls(
            _Box(x, y, max(width, 30) + 18, len(lines) * _NAME * _LINE + 12), name, tuple(lines)
        )

    def draw(self, panel: Element) -> None:
        box = self.box
        group = SubElement(panel, "g")
        SubElement(group, "title").text = _plain(self.name)
        left, top = box.x - box.width / 2, box.y - box.height / 2
        _rect(group, left, top, box.width, box.height, 8, _PILL, _PILL_RULE)
        first = box.y - len(self.lines) * _NAME * _LINE / 2 + _NAME * 0.98
        for i, line in enumerate(self.lines):
            _text(group, line, box.x, first + i * _NAME * _LINE, _NAME, bold=True, anchor="middle")


@dataclass(frozen=True, slots=True)
class _Arrow:
    """A hop along the ring, from the edge of one pill to the edge of the next.

    Args:
        angle: of its middle, on the ring.
        middle: where that is, and how far it is turned, in degrees.
        points: places along it, which labels keep clear of.
    """

    ring: _Ring
    angle: float
    path: str
    head: str
    stroke: float
    middle: tuple[float, float, float]
    points: tuple[tuple[float, float], ...]
    narrow: bool

    @classmethod
    def of(
        cls, ring: _Ring, place: int, pills: Sequence[_Pill], stroke: float, narrow: bool
    ) -> _Arrow:
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
        return cls(
            ring,
            half,
            f"M{_n(begin[0])} {_n(begin[1])}A{_n(ring.across)} {_n(ring.down)} 0 0 1"
            f" {_n(inside[0])} {_n(inside[1])}",
            " ".join(f"{_n(a)},{_n(b)}" for a, b in corners),
            stroke,
            (*ring.at(half), math.degrees(math.atan2(out[0], -out[1]))),
            tuple(ring.at(a) for a in (*free[::8], free[-5], free[-1])),
            narrow,
        )

    @property
    def boxes(self) -> Iterator[_Box]:
        """What a label must not cover, roughly."""
        for x, y in self.points:
            yield _Box(x, y, self.stroke + 4, self.stroke + 4)
        for x, y in self.points[-2:]:
            yield _Box(x, y, self.stroke + 12, self.stroke + 12)
        if self.narrow:
            yield _Box(self.middle[0], self.middle[1], self.stroke + 18, self.stroke + 18)


@dataclass(frozen=True, slots=True)
class _Label:
    """What stands beside an arrow, in lines.

    Args:
        dislike: what speaks against these lines, in the units of _cost.
    """

    sums: list[str]
    states: list[str]
    dislike: float

    @classmethod
    def ways(cls, money: str, state: str) -> tuple[_Label, ...]:
        """In long lines and in short ones."""
        found = (
            cls(
                _wrap(money, _SUM, width, 2, bold=True),
                _wrap(state, _SMALL, width - _DOT, 2),
                dislike,
            )
            for width, dislike in zip(_LABEL_WIDTHS, (0.0, 12.0), strict=True)
        )
        return tuple(found)

    @property
    def width(self) -> float:
        return max(
            *(_wide(line, _SUM, bold=True) for line in self.sums),
            *(_wide(line, _SMALL) + _DOT for line in self.states),
        )

    @property
    def height(self) -> float:
        return (len(self.sums) * _SUM + len(self.states) * _SMALL) * _LINE

    def draw(self, panel: Element, box: _Box, color: str) -> None:
        y = box.y - box.height / 2
        for line in self.sums:
            y += _SUM * _LINE
            _text(panel, line, box.x, y - 3.5, _SUM, bold=True, anchor="middle", halo=True)
        for i, line in enumerate(self.states):
            y += _SMALL * _LINE
            shift = 0.0
            if i == 0:
                shift = _DOT / 2
                _dot(panel, box.x + shift - _wide(line, _SMALL) / 2 - _DOT / 2 - 1, y - 7, color)
            _text(
                panel, line, box.x + shift, y - 3, _SMALL, color=_SOFT, anchor="middle", halo=True
            )


def _placed(
    labels: Sequence[Sequence[_Label]], arrows: Sequence[_Arrow], pills: Sequence[_Pill]
) -> list[tuple[_Label, _Box]]:
    """For each arrow one of its labels, at a place beside it where it covers least.

    All are placed once, then each again now that it is known where the others are.
    """
    fixed = [(pill.box.grown(4), 50.0) for pill in pills]
    fixed += [(box, 8.0) for arrow in arrows for box in arrow.boxes]
    found: list[tuple[_Label, _Box] | None] = [None] * len(labels)
    for _ in range(3):
        for i, (ways, arrow) in enumerate(zip(labels, arrows, strict=True)):
            others = [(o[1].grown(4), 50.0) for j, o in enumerate(found) if o and j != i]
            found[i] = _best([c for w in ways for c in _candidates(w, arrow)], (*others, *fixed))
    return [f for f in found if f]


def _best(
    candidates: Iterable[tuple[float, _Label, _Box]], taken: Sequence[tuple[_Box, float]]
) -> tuple[_Label, _Box]:
    """The place that costs least; those that nothing speaks against are looked at first."""
    ordered = sorted(candidates, key=itemgetter(0))
    least, best = math.inf, ordered[0]
    for candidate in ordered:
        if candidate[0] >= least:
            break
        cost = round(candidate[0] + _cost(candidate[2], taken), 3)
        if cost < least:
            least, best = cost, candidate
    return best[1:]


def _candidates(label: _Label, arrow: _Arrow) -> Iterator[tuple[float, _Label, _Box]]:
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
                yield dislike, label, _Box(*place, width, height)


def _cost(box: _Box, taken: Sequence[tuple[_Box, float]]) -> float:
    """What a label in a place would cover, weighed, or have outside the panel."""
    outside = max(0.0, box.width / 2 + 10 - box.x, box.x + box.width / 2 + 10 - _WIDTH)
    outside += max(0.0, box.height / 2 + 10 - box.y, box.y + box.height / 2 + 8 - _RING)
    return outside * 500 + sum(box.shared(other) * weight for other, weight in taken)


# ---- the legend ----


@dataclass(frozen=True, slots=True)
class _Entry:
    """One thing that the legend explains."""

    text: str
    color: str
    dashed: bool

    @property
    def width(self) -> float:
        return _wide(self.text, _SMALL) + (62 if self.color else 0)

    def draw(self, root: Element, x: float, y: float) -> None:
        if self.color == _ACCENT:
            _bow_tie(root, x + 18, y, 0, 5.5)
        elif self.color:
            path = f"M{_n(x)} {_n(y)}H{_n(x + 32)}"
            _path(root, path, self.color, 4, dashes="7 4.5" if self.dashed else "")
        _text(root, self.text, x + (40 if self.color else 0), y + 4, _SMALL, color=_SOFT)


def _legend(style: _Style, loops: Sequence[MoneyLoop], width: float) -> list[_Entry]:
    """The statuses that the loops know, and the marks; no entry wider than the picture."""
    steps = dict.fromkeys(s for loop in loops for s in loop.at_least)
    entries = [
        _Entry(_wrap(style.words.status(s), _SMALL, 160, 1)[0], style.color(s), s in style.dashed)
        for s in steps
    ]
    if loops:
        entries.append(_Entry(_wrap(style.words.bottleneck, _SMALL, 160, 1)[0], _ACCENT, False))
        entries += [_Entry(w, "", False) for w in _wrap(style.words.widths, _SMALL, width, 4)]
    return [e for e in entries if e.text]


def _flow(entries: Sequence[_Entry], width: float) -> list[list[_Entry]]:
    """Entries in as many rows as they need."""
    rows: list[list[_Entry]] = [[]]
    for entry in entries:
        if rows[-1] and sum(e.width for e in (*rows[-1], entry)) > width:
            rows.append([])
        rows[-1].append(entry)
    return rows


# ---- text ----


def _plain(text: str) -> str:
    """Text that XML can hold and that reorders nothing around it.

    Controls, lone surrogates and what turns the direction of writing are dropped; spaces become
    one; a letter keeps at most two marks above or below it.
    """
    kept: list[str] = []
    marks = 0
    for char in " ".join(text.split()):
        kind, point = unicodedata.category(char), ord(char)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        turns = kind == "Cf" and char not in "\u200c\u200d"
        none = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
        if kind in ("Cc", "Cs") or turns or none or marks > 2:
            continue
        kept.append(char)
    return " ".join("".join(kept).split())


def _wide(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is; rather too wide than too narrow."""
    heavier = 1.1 if bold else 1.0  # but not for Chinese characters: they fill their square anyway
    return sum(em if (em := _em(char)) == 1.0 else em * heavier for char in text) * size


def _em(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    if char in " .,:;'|!iIjlft()[]·":
        return 0.36
    if char in "mwMW@%—→":
        return 0.98
    return 0.72 if char.isupper() else 0.63 if char < "\u0250" else 0.75


def _wrap(text: str, size: float, width: float, lines: int, *, bold: bool = False) -> list[str]:
    """At least one line and at most so many, none wider, all about as long; what is left out leaves
    an ellipsis."""
    text = _plain(text)
    found = _filled(text, size, width, bold)
    if len(found) > lines:
        last = list(_clusters(found[lines - 1]))
        while last and _wide("".join(last).rstrip() + "…", size, bold=bold) > width:
            last.pop()
        return [*found[: lines - 1], "".join(last).rstrip() + "…"]
    longest = max(_wide(piece.rstrip(), size, bold=bold) for piece in _pieces(text) or [""])
    while len(found) > 1 and width - 4 >= longest:  # a word is torn only where it must be
        width -= 4
        shorter = _filled(text, size, width, bold)
        if len(shorter) > len(found):
            break
        found = shorter
    return found


def _filled(text: str, size: float, width: float, bold: bool) -> list[str]:
    """As many lines as it takes, each as full as can be."""

    def fits(line: str) -> bool:
        return _wide(line.rstrip(), size, bold=bold) <= width

    found = [""]
    for piece in _pieces(text):
        if fits(found[-1] + piece):
            found[-1] += piece
            continue
        if found[-1].strip():
            found.append("")
        for cluster in _clusters(piece):
            if found[-1] and not fits(found[-1] + cluster):
                found.append("")
            found[-1] += cluster
    return [line.strip() for line in found]


def _pieces(text: str) -> list[str]:
    """Cut where a line may end: after a space, a hyphen (but not within a date), a dash or a
    slash, and beside a Chinese character."""
    return re.findall(rf"[{_CHINESE}]|(?:-(?=\d)|[^\s\-–/{_CHINESE}])+[\s\-–/]?|[\s\-–/]", text)


def _clusters(text: str) -> Iterator[str]:
    """Characters with the marks and joiners that belong to them."""
    held = ""
    for char in text:
        tied = unicodedata.category(char) in ("Mn", "Me", "Mc", "Cf") or held.endswith("\u200d")
        if held and not tied:
            yield held
            held = ""
        held += char
    if held:
        yield held


# ---- elements ----


def _n(number: float) -> str:
    """One decimal at most: more would differ from machine to machine."""
    return f"{round(number, 1) + 0.0:.1f}".removesuffix(".0")  # + 0.0 makes 0 of -0


def _say(parent: Element, title: str, description: str) -> None:
    """What a screen reader says; it comes before what is drawn."""
    SubElement(parent, "title").text = _plain(title)
    SubElement(parent, "desc").text = _plain(description)


def _text(
    parent: Element,
    text: str,
    x: float,
    y: float,
    size: float,
    *,
    bold: bool = False,
    anchor: str = "start",
    color: str = _INK,
    halo: bool = False,
) -> None:
    """One line; a halo keeps it readable where it crosses an arrow."""
    given = {"x": _n(x), "y": _n(y), "font-size": _n(size), "fill": color}
    if bold:
        given["font-weight"] = "600"
    if anchor != "start":
        given["text-anchor"] = anchor
    if halo:
        given |= {"stroke": "#ffffff", "stroke-width": "3", "paint-order": "stroke"}
        given["stroke-linejoin"] = "round"
    SubElement(parent, "text", given).text = text


def _rect(
    parent: Element,
    x: float,
    y: float,
    width: float,
    height: float,
    round_: float,
    fill: str,
    rule: str,
) -> None:
    given = {"x": x, "y": y, "width": width, "height": height, "rx": round_}
    SubElement(
        parent, "rect", {k: _n(v) for k, v in given.items()} | {"fill": fill, "stroke": rule}
    )


def _line(parent: Element, x1: float, y1: float, x2: float, y2: float) -> None:
    given = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    SubElement(parent, "line", {k: _n(v) for k, v in given.items()} | {"stroke": _RULE})


def _dot(parent: Element, x: float, y: float, color: str) -> None:
    SubElement(parent, "circle", {"cx": _n(x), "cy": _n(y), "r": "3.5", "fill": color})


def _path(
    parent: Element, path: str, color: str, width: float, *, dashes: str = "", opacity: float = 1
) -> None:
    given = {"d": path, "fill": "none", "stroke": color, "stroke-width": _n(width)}
    if dashes:
        given["stroke-dasharray"] = dashes
    if opacity < 1:
        given["stroke-opacity"] = str(opacity)
    SubElement(parent, "path", given)


def _bow_tie(parent: Element, x: float, y: float, turn: float, half: float) -> None:
    """Two triangles that meet, as plans draw a valve: here it is narrowest."""
    SubElement(
        parent,
        "path",
        {
            "d": f"M-9 {_n(-half)}L9 {_n(half)}V{_n(-half)}L-9 {_n(half)}Z",
            "transform": f"translate({_n(x)} {_n(y)}) rotate({_n(turn)})",
            "fill": _ACCENT,
            "stroke": "#ffffff",
            "stroke-width": "2",
            "paint-order": "stroke",
            "stroke-linejoin": "round",
        },
    )
