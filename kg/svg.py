"""Text and shapes of an SVG picture: everything escaped, nothing but attributes, no script.

A page whose policy forbids inline styles can hold what is drawn here. Widths of text are estimated,
since nothing here can measure a font; the estimate is on the wide side.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

INK, SOFT, RULE, ACCENT = "#1b1a17", "#55514a", "#e3dfd6", "#a02c1f"

_CHINESE = "\u2e80-\u9fff\uf900-\uffef"


def plain(text: str) -> str:
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


def wide(text: str, size: float, *, bold: bool = False) -> float:
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


def wrap(text: str, size: float, width: float, lines: int, *, bold: bool = False) -> list[str]:
    """At least one line and at most so many, none wider, all about as long; what is left out leaves
    an ellipsis."""
    text = plain(text)
    found = _filled(text, size, width, bold)
    if len(found) > lines:
        last = list(_clusters(found[lines - 1]))
        while last and wide("".join(last).rstrip() + "…", size, bold=bold) > width:
            last.pop()
        return [*found[: lines - 1], "".join(last).rstrip() + "…"]
    longest = max(wide(piece.rstrip(), size, bold=bold) for piece in _pieces(text) or [""])
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
        return wide(line.rstrip(), size, bold=bold) <= width

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


def number(number: float) -> str:
    """One decimal at most: more would differ from machine to machine."""
    return f"{round(number, 1) + 0.0:.1f}".removesuffix(".0")  # + 0.0 makes 0 of -0


def say(parent: Element, title: str, description: str) -> None:
    """What a screen reader says; it comes before what is drawn."""
    SubElement(parent, "title").text = plain(title)
    SubElement(parent, "desc").text = plain(description)


def text(
    parent: Element,
    text: str,
    x: float,
    y: float,
    size: float,
    *,
    bold: bool = False,
    anchor: str = "start",
    color: str = INK,
    halo: bool = False,
) -> None:
    """One line; a halo keeps it readable where it crosses an arrow."""
    given = {"x": number(x), "y": number(y), "font-size": number(size), "fill": color}
    if bold:
        given["font-weight"] = "600"
    if anchor != "start":
        given["text-anchor"] = anchor
    if halo:
        given |= {"stroke": "#ffffff", "stroke-width": "3", "paint-order": "stroke"}
        given["stroke-linejoin"] = "round"
    SubElement(parent, "text", given).text = text


def rect(
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
        parent, "rect", {k: number(v) for k, v in given.items()} | {"fill": fill, "stroke": rule}
    )


def line(parent: Element, x1: float, y1: float, x2: float, y2: float) -> None:
    given = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    SubElement(parent, "line", {k: number(v) for k, v in given.items()} | {"stroke": RULE})


def dot(parent: Element, x: float, y: float, color: str) -> None:
    SubElement(parent, "circle", {"cx": number(x), "cy": number(y), "r": "3.5", "fill": color})


def path(
    parent: Element, path: str, color: str, width: float, *, dashes: str = "", opacity: float = 1
) -> None:
    given = {"d": path, "fill": "none", "stroke": color, "stroke-width": number(width)}
    if dashes:
        given["stroke-dasharray"] = dashes
    if opacity < 1:
        given["stroke-opacity"] = str(opacity)
    SubElement(parent, "path", given)


def bow_tie(parent: Element, x: float, y: float, turn: float, half: float) -> None:
    """Two triangles that meet, as plans draw a valve: here it is narrowest."""
    SubElement(
        parent,
        "path",
        {
            "d": f"M-9 {number(-half)}L9 {number(half)}V{number(-half)}L-9 {number(half)}Z",
            "transform": f"translate({number(x)} {number(y)}) rotate({number(turn)})",
            "fill": ACCENT,
            "stroke": "#ffffff",
            "stroke-width": "2",
            "paint-order": "stroke",
            "stroke-linejoin": "round",
        },
    )
