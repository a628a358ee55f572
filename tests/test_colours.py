"""Colours of the ontology, as different pairs of eyes see them, on light and on dark paper."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from kg.ontology import Ontology

STYLESHEET = Path(__file__).parent.parent / "kg" / "page" / "style.css"

#: What a pair of eyes makes of linear red, green and blue: Machado, Oliveira and Fernandes 2009,
#: severity 1.0, https://doi.org/10.1109/TVCG.2009.113
EYES = {
    "all cones": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

#: Linear red, green and blue of sRGB → CIE XYZ under D65, http://www.brucelindbloom.com
XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)

#: Eight colours for all eyes: Okabe and Ito 2002, https://jfly.uni-koeln.de/color/
OKABE_ITO = (
    *("#000000", "#e69f00", "#56b4e9", "#009e73"),
    *("#f0e442", "#0072b2", "#d55e00", "#cc79a7"),
)

Vector = tuple[float, ...]


def times(matrix: tuple[Vector, ...], vector: Vector) -> Vector:
    return tuple(sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix)


def linear(color: str) -> Vector:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""
    light = [times(((0.2126, 0.7152, 0.0722),), linear(c))[0] for c in (one, other)]
    return (max(light) + 0.05) / (min(light) + 0.05)


def lab(light: Vector) -> Vector:
    """CIE L*a*b* of linear red, green and blue, against white."""
    white = times(XYZ, (1.0, 1.0, 1.0))
    x, y, z = (
        c ** (1 / 3) if c > (6 / 29) ** 3 else c / (3 * (6 / 29) ** 2) + 4 / 29
        for c in (value / full for value, full in zip(times(XYZ, light), white, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def ciede2000(one: Vector, other: Vector) -> float:
    """How far apart two colours of CIE L*a*b* look: Sharma, Wu and Dalal 2005.

    https://doi.org/10.1002/col.20070, whose names of the terms are kept.
    """

    def weight(chroma: float) -> float:
        return math.sqrt(chroma**7 / (chroma**7 + 25.0**7))

    mean = (math.hypot(*one[1:]) + math.hypot(*other[1:])) / 2
    stretched = [(L, a * (1.5 - 0.5 * weight(mean)), b) for L, a, b in (one, other)]
    (l1, c1, h1), (l2, c2, h2) = (
        (L, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360) for L, a, b in stretched
    )
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    dh = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    hue = h1 + turn / 2 if c1 * c2 else h1 + h2
    t = 1 + sum(
        factor * math.cos(math.radians(times_ * hue + shift))
        for factor, times_, shift in ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.2, 4, -63))
    )
    sl = 1 + 0.015 * (lightness - 50) ** 2 / math.sqrt(20 + (lightness - 50) ** 2)
    sc, sh = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    swing = 60 * math.exp(-((((hue % 360) - 275) / 25) ** 2))
    rt = -2 * weight(chroma) * math.sin(math.radians(swing))
    parts = (l2 - l1) / sl, (c2 - c1) / sc, dh / sh
    return math.sqrt(sum(p * p for p in parts) + rt * parts[1] * parts[2])


def distance(one: str, other: str, eye: str) -> float:
    """CIEDE2000 between two colours as a pair of eyes sees them."""
    seen = []
    for color in (one, other):
        light = times(EYES[eye], linear(color))
        seen.append(lab(tuple(min(1.0, max(0.0, c)) for c in light)))
    return ciede2000(*seen)


def smallest(colors: Iterable[str], eye: str) -> float:
    return min(distance(a, b, eye) for a, b in itertools.combinations(sorted(set(colors)), 2))


def all_colors(ontology: Ontology) -> dict[str, str]:
    groups = (ontology.types, ontology.relations, ontology.statuses)
    return {code: term.color for group in groups for code, term in group.items()}


def test_a_contrast_that_is_known() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize(
    ("one", "other", "known"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (58, 24, 15), 19.4535),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((6.7747, -0.2908, -2.4247), (5.8714, -0.0985, -2.2286), 0.6377),
    ],
)
def test_distances_that_are_known(one: Vector, other: Vector, known: float) -> None:
    """From the table of the paper."""
    assert ciede2000(one, other) == pytest.approx(known, abs=1e-4)


def test_colours_stand_out_on_the_paper_of_the_page_light_and_dark(ontology: Ontology) -> None:
    """3:1, as graphics need: https://www.w3.org/TR/WCAG22/#non-text-contrast"""
    grounds = re.findall(r"--(?:paper|sheet):\s*(#[0-9a-f]{6})", STYLESHEET.read_text("utf-8"))
    assert len(set(grounds)) == 4
    for ground in grounds:
        for code, color in all_colors(ontology).items():
            assert contrast(color, ground) >= 3, (code, color, ground)


@pytest.mark.parametrize("eye", sorted(set(EYES) - {"all cones"}))
def test_colours_of_relations_are_as_far_apart_as_okabe_and_ito_s(
    ontology: Ontology, eye: str
) -> None:
    colors = {r.color for r in ontology.relations.values()}
    assert len(colors) == 7
    assert smallest(colors, eye) >= smallest(OKABE_ITO, eye)


def test_the_line_says_what_a_shared_colour_does_not(ontology: Ontology) -> None:
    looks = [(r.color, r.line_style) for r in ontology.relations.values()]
    assert len(set(looks)) == len(looks) == 17
    # What is no longer live is dotted, whatever it is.
    assert {style for _, style in looks} == {"solid", "dashed", "dashdot"}


@pytest.mark.parametrize("eye", EYES)
def test_nodes_of_one_shape_and_statuses_look_different(ontology: Ontology, eye: str) -> None:
    looks: list[Mapping[str, tuple[str, str]]] = [
        {code: (t.color, t.shape) for code, t in ontology.types.items()},
        {code: (s.color, "") for code, s in ontology.statuses.items()},
    ]
    for group in looks:
        for (a, (one, form)), (b, (other, form_)) in itertools.combinations(group.items(), 2):
            if form == form_:
                assert distance(one, other, eye) > 5, (a, b)


def test_shapes_are_those_the_drawing_library_knows(ontology: Ontology) -> None:
    known = {"dot", "square", "triangle", "triangleDown", "diamond", "star", "hexagon"}
    assert {t.shape for t in ontology.types.values()} <= known | {"ellipse", "box"}
