"""Loops as one SVG picture, a panel each: who pays whom, how much, and where it is narrowest.

The module knows neither files nor languages: whoever calls it says what things are called. Where
the parts of a panel stand is worked out in kg.loop_ring; shapes and text are kg.svg's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from kg import svg
from kg.interval import UNKNOWN, Interval
from kg.loop_ring import RING, SMALL, SUM, WIDTH, Arrow, Label, Pill, Ring, placed
from kg.loops import Hop, MoneyLoop
from kg.svg import number

#: More panels than this are no picture that anyone reads.
MOST_PANELS = 12

_FONT = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', sans-serif"
)
_NO_COLOR = "#6a665e"

# Sizes, in the picture's pixels.
_MARGIN, _GAP, _HEAD, _LEGEND = 24.0, 18.0, 58.0, 46.0
_CAPTION_ROW = 19.0  # a row below the ring
_THIN, _THICK = 1.8, 13.0  # arrows


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
    height = RING + _CAPTION_ROW * max(states, 3) + 26
    width = columns * WIDTH + (columns - 1) * _GAP + 2 * _MARGIN
    inner = width - 2 * _MARGIN
    legend_rows = _flow(_legend(style, shown, inner), inner)
    heading = svg.wrap(words.title, 21, inner, 2, bold=True)
    top = _HEAD + 27 * (len(heading) - 1)
    full = top + rows * (height + _GAP) + _LEGEND + 24 * (len(legend_rows) - 1)
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {number(width)} {number(full)}",
            "width": number(width),
            "height": number(full),
            "role": "graphics-document",
            "lang": svg.plain(words.language),
            "xml:lang": svg.plain(words.language),
            "font-family": _FONT,
        },
    )
    svg.say(root, words.title, words.description)
    svg.rect(root, 0.5, 0.5, width - 1, full - 1, 10, "#ffffff", svg.RULE)
    for line, text in enumerate(heading):
        svg.text(root, text, _MARGIN, 40 + 27 * line, 21, bold=True)
    for place, loop in enumerate(shown):
        x = _MARGIN + place % columns * (WIDTH + _GAP)
        y = top + place // columns * (height + _GAP)
        panel = SubElement(
            root, "g", {"transform": f"translate({number(x)} {number(y)})", "role": "img"}
        )
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
    svg.say(
        panel,
        f"{rank}. {' → '.join((*names, *names[:1]))}",
        "; ".join((*facts, words.closed(loop.closed_on))),
    )
    svg.rect(panel, 0.5, 0.5, WIDTH - 1, height - 1, 8, "#ffffff", svg.RULE)
    ring = Ring.of(len(names))
    pills = [Pill.of(name, *ring.at(ring.angle(i))) for i, name in enumerate(names)]
    narrow = style.narrowest(loop)
    arrows = [
        Arrow.of(ring, i, pills, style.stroke(style.all(hop)), i == narrow)
        for i, hop in enumerate(loop.hops)
    ]
    for hop, arrow in zip(loop.hops, arrows, strict=True):
        _draw_arrow(panel, hop, arrow, style)
    for pill in pills:
        pill.draw(panel)
    labels = [Label.ways(*style.said(hop)) for hop in loop.hops]
    for hop, (label, box) in zip(loop.hops, placed(labels, arrows, pills), strict=True):
        label.draw(panel, box, style.color(style.furthest(hop)))
    _caption(panel, loop, rank, style)


def _caption(panel: Element, loop: MoneyLoop, rank: int, style: _Style) -> None:
    """Below the ring: the rank, when it closed, and what can go round in each state."""
    words, y = style.words, RING + 12
    svg.line(panel, 16, RING, WIDTH - 16, RING)
    svg.text(panel, str(rank), 18, y + 21, 26, bold=True)
    left = 18 + svg.wide(str(rank), 26, bold=True) + 12
    middle = WIDTH * 0.46
    svg.bow_tie(panel, left + 8, y + 9, 0, 5.5)
    heading = svg.wrap(words.bottleneck, SUM, middle - left - 24, 1, bold=True)[0]
    svg.text(panel, heading, left + 21, y + 13, SUM, bold=True)
    for line, text in enumerate(
        svg.wrap(words.closed(loop.closed_on), SMALL, middle - left - 8, 3)
    ):
        svg.text(panel, text, left, y + 33 + 15 * line, SMALL, color=svg.SOFT)
    right = WIDTH - 16
    for row, (status, money) in enumerate(loop.at_least.items()):
        base = y + 13 + row * _CAPTION_ROW
        said = words.nothing if money.empty else words.amount(money)
        said = svg.wrap(said, SMALL, right - middle - 66, 1, bold=True)[0]
        room = right - middle - 24 - svg.wide(said, SMALL, bold=True)
        state = svg.wrap(words.status(status), SMALL, room, 1)[0]
        svg.dot(panel, middle + 5, base - 4, style.color(status))
        svg.text(panel, state, middle + 14, base, SMALL, color=svg.SOFT)
        svg.text(panel, said, right, base, SMALL, bold=not money.empty, anchor="end")


def _draw_arrow(panel: Element, hop: Hop, arrow: Arrow, style: _Style) -> None:
    status = style.furthest(hop)
    color = style.color(status)
    strong = min(style.stroke(hop.at_least.get(status, UNKNOWN)), arrow.stroke)
    if hop.at_least.get(status, UNKNOWN) != style.all(hop):
        around = max(arrow.stroke, strong + 3)
        svg.path(panel, arrow.path, style.color(style.whole(hop)), around, opacity=0.3)
    dashes = (
        f"{number(max(7, strong))} {number(max(4.5, strong * 0.45))}"
        if status in style.dashed
        else ""
    )
    svg.path(panel, arrow.path, color, strong, dashes=dashes)
    SubElement(panel, "polygon", {"points": arrow.head, "fill": color})
    if arrow.narrow:
        x, y, turn = arrow.middle
        svg.bow_tie(panel, x, y, turn, 6 + arrow.stroke / 2)


# ---- the legend ----


@dataclass(frozen=True, slots=True)
class _Entry:
    """One thing that the legend explains."""

    text: str
    color: str
    dashed: bool

    @property
    def width(self) -> float:
        return svg.wide(self.text, SMALL) + (62 if self.color else 0)

    def draw(self, root: Element, x: float, y: float) -> None:
        if self.color == svg.ACCENT:
            svg.bow_tie(root, x + 18, y, 0, 5.5)
        elif self.color:
            path = f"M{number(x)} {number(y)}H{number(x + 32)}"
            svg.path(root, path, self.color, 4, dashes="7 4.5" if self.dashed else "")
        svg.text(root, self.text, x + (40 if self.color else 0), y + 4, SMALL, color=svg.SOFT)


def _legend(style: _Style, loops: Sequence[MoneyLoop], width: float) -> list[_Entry]:
    """The statuses that the loops know, and the marks; no entry wider than the picture."""
    steps = dict.fromkeys(s for loop in loops for s in loop.at_least)
    entries = [
        _Entry(svg.wrap(style.words.status(s), SMALL, 160, 1)[0], style.color(s), s in style.dashed)
        for s in steps
    ]
    if loops:
        entries.append(
            _Entry(svg.wrap(style.words.bottleneck, SMALL, 160, 1)[0], svg.ACCENT, False)
        )
        entries += [_Entry(w, "", False) for w in svg.wrap(style.words.widths, SMALL, width, 4)]
    return [e for e in entries if e.text]


def _flow(entries: Sequence[_Entry], width: float) -> list[list[_Entry]]:
    """Entries in as many rows as they need."""
    rows: list[list[_Entry]] = [[]]
    for entry in entries:
        if rows[-1] and sum(e.width for e in (*rows[-1], entry)) > width:
            rows.append([])
        rows[-1].append(entry)
    return rows
