"""How much room a name takes beside its mark, without a screen to measure on."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: Size of names on the screen, and the width at which they break into lines, in pixels.
FONT = 12.5
LINE = 1.25 * FONT
WRAP = 118.0


@dataclass(frozen=True, slots=True)
class Box:
    """The room of a node around its centre, in pixels: half its width, above, below."""

    half: float
    above: float
    below: float

    def rect(self, x: float, y: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom when the centre of the mark is at x, y."""
        return x - self.half, y - self.above, x + self.half, y + self.below


def text_width(text: str, size: float = FONT) -> float:
    """An upper estimate of a text's width: wide characters 1 em, others by their kind.

    >>> text_width("英伟达", 10)
    30.0
    """
    return round(sum(_em(character) for character in text) * size, 2)


def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if unicodedata.combining(character):
        return 0.0
    if character in "iljtfrI.,:;'|!()[] ":
        return 0.38
    if character in "mwMW@%&—":
        return 0.95
    return 0.72 if character.isupper() else 0.6


def wrap(text: str, limit: float = WRAP, size: float = FONT, lines: int = 3) -> tuple[str, ...]:
    """A name in lines of about `limit` pixels, the last one cut when there are more than `lines`.

    Latin words stay whole; Chinese breaks anywhere.

    >>> wrap("National Artificial Intelligence Strategy", 120)
    ('National Artificial', 'Intelligence', 'Strategy')
    """
    pieces = [""]
    for character in text:
        last = pieces[-1][-1:]
        breaks = last == " " or "W" in (_kind(last), _kind(character))
        if last and breaks:
            pieces.append("")
        pieces[-1] += character
    found = _fill(pieces, limit, size)
    # As many lines, but of like length: no single character left over.
    for tighter in (0.6, 0.7, 0.8, 0.9):
        if len(found) > 1 and len(even := _fill(pieces, limit * tighter, size)) == len(found):
            found = even
            break
    found = found or [text]
    if len(found) > lines:
        found = [*found[: lines - 1], found[lines - 1] + "…"]
    return tuple(found)


def _fill(pieces: Sequence[str], limit: float, size: float) -> list[str]:
    found = [""]
    for piece in pieces:
        if found[-1] and text_width(found[-1] + piece.rstrip(), size) > limit:
            found.append("")
        found[-1] += piece
    return [line.strip() for line in found if line.strip()]


def _kind(character: str) -> str:
    return "W" if character and unicodedata.east_asian_width(character) == "W" else ""


def box(names: Iterable[Sequence[str]], radius: float) -> Box:
    """The room for a mark of a radius and the largest of its names, one per language."""
    wrapped = list(names)
    width = max((text_width(line) for lines in wrapped for line in lines), default=0.0)
    height = max((len(lines) for lines in wrapped), default=0) * LINE
    return Box(max(width / 2, radius) + 5, radius + 5, radius + 6 + height + 2)
