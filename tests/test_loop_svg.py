"""Loops as a picture: well-formed, readable, harmless whatever names say, and the same again."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from kg.interval import UNKNOWN, Interval, smallest
from kg.loop_svg import MOST_PANELS, Words, loops_svg
from kg.loops import Hop, MoneyLoop
from kg.money import Flow
from tests import hostile

STEPS = ("rumoured", "announced", "committed", "completed")
COLORS = {
    "rumoured": "#a78c0c",
    "announced": "#8b5d04",
    "committed": "#2793e6",
    "completed": "#64855c",
}
SVG = "{http://www.w3.org/2000/svg}"
Sums = dict[str, Interval]


def sum_of(low: int, high: int | None) -> Interval:
    """In billions."""
    return Interval(Decimal(low) * 10**9, None if high is None else Decimal(high) * 10**9)


def up_to(status: str, money: Interval) -> Sums:
    """Money that has all come to a status."""
    reached = STEPS.index(status)
    return {s: money if i <= reached else Interval() for i, s in enumerate(STEPS)}


def loop(*hops: tuple[str, Sums], closed_on: date | None = date(2025, 9, 10)) -> MoneyLoop:
    names = [name for name, _ in hops]
    made = tuple(
        Hop(
            flow=Flow(payer=name, payee=names[(i + 1) % len(names)], positions=()),
            at_least=sums,
            best="c",
            voices=1,
            rumoured=False,
            sole="",
        )
        for i, (name, sums) in enumerate(hops)
    )
    return MoneyLoop(
        id="-".join(names),
        hops=made,
        at_least={s: smallest(h.at_least[s] for h in made) for s in STEPS},
        order="in-time",
        closed_on=closed_on,
        closed_by="c",
    )


def say(money: Interval) -> str:
    if money == UNKNOWN:
        return "sum not told"
    if money.high is None:
        return f"at least ${money.low / 10**9}bn"
    bounds = dict.fromkeys((money.low, money.high))
    return "–".join(f"${bound / 10**9}bn" for bound in bounds)


WORDS = Words(
    language="en",
    title="Money that can come back",
    description="Each ring is a loop.",
    name=str,
    amount=say,
    status=str,
    closed=lambda day: f"closed on {day}" if day else "closing day unknown",
    bottleneck="Bottleneck",
    widths="Width: the sum",
)
CHINESE = replace(
    WORDS,
    language="zh-Hans",
    title="可能流回的资金",
    amount=lambda money: f"{money.low / 10**8}亿–{money.figure / 10**8}亿美元",
    status=dict(zip(STEPS, ("传闻", "宣布", "承诺", "完成"), strict=True)).__getitem__,
    bottleneck="最窄一环",
    closed=lambda day: f"闭合于 {day}",
)
TRIANGLE = loop(
    ("Oracle", up_to("announced", sum_of(40, 40))),
    ("Nvidia", up_to("announced", sum_of(40, 41)) | {"completed": sum_of(30, 30)}),
    ("OpenAI", up_to("committed", sum_of(330, 330))),
)


def drawn(*loops: MoneyLoop, words: Words = WORDS, colors: dict[str, str] = COLORS) -> Element:
    dashed = {"rumoured", "announced"}
    return ElementTree.fromstring(loops_svg(loops, words, colors, least="announced", dashed=dashed))


def panels(root: Element) -> list[Element]:
    return [g for g in root.findall(f"{SVG}g") if g.get("role") == "img"]


def texts(element: Element) -> list[str]:
    return [t.text or "" for t in element.iter(f"{SVG}text")]


def arrows(panel: Element) -> list[Element]:
    """What is drawn along the ring, in order; a pale band comes before what is within it."""
    return [p for p in panel.iter(f"{SVG}path") if p.get("fill") == "none"]


def marks(element: Element) -> list[Element]:
    return [p for p in element.iter(f"{SVG}path") if p.get("fill") != "none"]


# ---- what is in it ----


def test_each_loop_has_a_panel_and_no_more_than_twelve_have() -> None:
    assert len(panels(drawn(TRIANGLE, TRIANGLE))) == 2
    assert len(panels(drawn(*[TRIANGLE] * 20))) == MOST_PANELS == 12


def test_without_loops_the_picture_has_its_title_and_no_panel() -> None:
    root = drawn()
    assert texts(root) == ["Money that can come back"]
    assert not panels(root)


def test_a_panel_tells_parties_sums_states_rank_bottleneck_and_day() -> None:
    (panel,) = panels(drawn(TRIANGLE))
    found = texts(panel)
    for text in ("Oracle", "Nvidia", "OpenAI", "$40bn", "$330bn", "1", "Bottleneck"):
        assert text in found
    assert "closed on 2025-09-10" in " ".join(found)
    table = found[found.index("Bottleneck") :]
    assert table[-8:] == [
        *("rumoured", "$40bn", "announced", "$40bn"),
        *("committed", "–", "completed", "–"),
    ]


def test_a_loop_without_a_day_says_so() -> None:
    (panel,) = panels(drawn(replace(TRIANGLE, closed_on=None)))
    assert "closing day unknown" in " ".join(texts(panel))


def test_a_hop_of_which_a_part_has_come_further_tells_both_sums() -> None:
    (panel,) = panels(drawn(TRIANGLE))
    found = " ".join(texts(panel))
    assert "$40bn–$41bn" in found
    assert "completed $30bn" in found


def test_the_part_is_drawn_within_a_pale_band_of_what_the_whole_has_come_to() -> None:
    (panel,) = panels(drawn(TRIANGLE))
    oracle, band, part, openai = arrows(panel)
    assert band.get("stroke-opacity") == "0.3"
    assert not any(a.get("stroke-opacity") for a in (oracle, part, openai))
    assert (band.get("stroke"), part.get("stroke")) == (COLORS["announced"], COLORS["completed"])
    assert float(band.get("stroke-width", 0)) > float(part.get("stroke-width", 0))


def test_an_arrow_has_the_colour_of_its_furthest_status() -> None:
    (panel,) = panels(drawn(TRIANGLE))
    heads = [p.get("fill") for p in panel.iter(f"{SVG}polygon")]
    assert heads == [COLORS["announced"], COLORS["completed"], COLORS["committed"]]


def test_what_nothing_binds_is_dashed() -> None:
    (panel,) = panels(drawn(TRIANGLE))
    oracle, _, part, openai = arrows(panel)
    assert oracle.get("stroke-dasharray")
    assert not part.get("stroke-dasharray")
    assert not openai.get("stroke-dasharray")


def test_widths_follow_the_sums_by_one_scale_for_all_panels() -> None:
    small = loop(
        ("a", up_to("completed", sum_of(1, 1))), ("b", up_to("completed", sum_of(100, 100)))
    )
    large = loop(
        ("c", up_to("completed", sum_of(100, 100))), ("d", up_to("completed", sum_of(400, 400)))
    )
    widths = [
        [float(a.get("stroke-width", 0)) for a in arrows(p)] for p in panels(drawn(small, large))
    ]
    assert widths[0][0] < widths[0][1] == widths[1][0] < widths[1][1]


def test_the_narrowest_hop_is_marked_and_no_other() -> None:
    (panel,) = panels(drawn(TRIANGLE))
    assert len(marks(panel)) == 2  # on the ring and in the table
    drawn_first = [e for e in panel if e.tag in (f"{SVG}path", f"{SVG}polygon")]
    fills = [e.get("fill") for e in drawn_first]
    assert fills[:3] == ["none", COLORS["announced"], marks(panel)[0].get("fill")]  # Oracle's


def test_a_bounded_sum_is_narrower_than_one_that_is_open_above() -> None:
    found = loop(
        ("a", up_to("completed", sum_of(5, None))), ("b", up_to("completed", sum_of(6, 6)))
    )
    (panel,) = panels(drawn(found))
    order = [e.get("fill") for e in panel if e.tag in (f"{SVG}path", f"{SVG}polygon")]
    assert order[-2] == marks(panel)[0].get("fill")  # after the second arrow; the last is a key


def test_where_nobody_tells_a_sum_no_hop_is_marked() -> None:
    (panel,) = panels(
        drawn(loop(("a", up_to("committed", UNKNOWN)), ("b", up_to("committed", UNKNOWN))))
    )
    assert len(marks(panel)) == 1
    assert texts(panel).count("sum not told") == 5  # two hops, three states


def test_the_legend_names_each_status_and_the_marks() -> None:
    root = drawn(TRIANGLE)
    legend = [t.text for t in root.findall(f"{SVG}text")]
    assert legend == ["Money that can come back", *STEPS, "Bottleneck", "Width: the sum"]


# ---- who reads it ----


def test_screen_readers_hear_what_the_picture_and_each_panel_show() -> None:
    root = drawn(TRIANGLE)
    assert [e.tag for e in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert root.findtext(f"{SVG}desc") == "Each ring is a loop."
    (panel,) = panels(root)
    assert [e.tag for e in panel][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert panel.findtext(f"{SVG}title") == "1. Oracle → Nvidia → OpenAI → Oracle"
    assert panel.findtext(f"{SVG}desc") == (
        "Oracle → Nvidia: $40bn, announced; "
        "Nvidia → OpenAI: $40bn–$41bn, completed $30bn; "
        "OpenAI → Oracle: $330bn, committed; "
        "Bottleneck: $40bn; closed on 2025-09-10"
    )


def test_the_background_is_its_own_and_covers_everything() -> None:
    root = drawn(TRIANGLE)
    first = next(e for e in root if e.tag not in (f"{SVG}title", f"{SVG}desc"))
    assert (first.tag, first.get("fill")) == (f"{SVG}rect", "#ffffff")
    assert float(first.get("width", 0)) >= float(root.get("width", 0)) - 1


def test_long_names_are_wrapped_and_whole_in_the_title() -> None:
    name = "Project finance vehicle for the northern data centres of a very long name"
    root = drawn(loop((name, up_to("completed", sum_of(1, 1))), ("b", up_to("completed", UNKNOWN))))
    (panel,) = panels(root)
    pill = next(g for g in panel.findall(f"{SVG}g") if g.findtext(f"{SVG}title") == name)
    lines = texts(pill)
    assert len(lines) == 3
    assert lines[0] == "Project"
    assert lines[-1].endswith("…")


def test_a_word_is_not_torn_where_it_fits_a_line() -> None:
    root = drawn(
        loop(
            ("Dell Technologies", up_to("completed", sum_of(1, 1))),
            ("b", up_to("completed", UNKNOWN)),
        )
    )
    assert {"Dell", "Technologies"} <= set(texts(root))


def test_a_day_is_not_torn() -> None:
    words = replace(WORDS, closed=lambda day: f"the last of its hops was told on {day}")
    assert any("2025-09-10" in t for t in texts(drawn(TRIANGLE, words=words)))


# ---- room ----

NAMES = {
    "short": (WORDS, ["Intel", "AMD", "xAI", "IREN", "Arm", "Dell"]),
    "long": (
        WORDS,
        [
            "Microsoft",
            "Valor-led chip vehicle for xAI",
            "Amazon Web Services",
            "Dell Technologies",
            "Super AI data centre (as named in the filing)",
            "SoftBank Vision Fund II",
        ],
    ),
    "chinese": (
        CHINESE,
        [
            "微软",
            "英伟达",
            "星际之门合资公司",
            "软银愿景基金二期",
            "甲骨文",
            "xAI 芯片租赁特殊目的公司",
        ],
    ),
}


def rings(names: list[str], size: int) -> list[MoneyLoop]:
    """Loops of one size: all the same, all in part, hard to say, and mixed."""
    same = up_to("completed", sum_of(148, 198))
    part = up_to("committed", sum_of(260, 298)) | {"completed": sum_of(10, 10)}
    open_ = up_to("announced", sum_of(138, None)) | {"completed": UNKNOWN}
    thin = up_to("announced", sum_of(0, 1))
    kinds = [[same], [part], [open_], [thin, part, same, open_]]
    return [loop(*[(names[i], kind[i % len(kind)]) for i in range(size)]) for kind in kinds]


Rectangle = tuple[float, float, float, float]


def extent(text: Element) -> Rectangle:
    """Where a text stands, by a rough width for each character."""
    size = float(text.get("font-size", 0))
    wide = sum(
        1.0 if unicodedata.east_asian_width(c) in "WF" else 0.3 if c in " .,:il" else 0.56
        for c in text.text or ""
    )
    wide *= size
    x, y = float(text.get("x", 0)), float(text.get("y", 0))
    left = x - {"middle": wide / 2, "end": wide}.get(text.get("text-anchor", ""), 0)
    return left, y - size * 0.75, left + wide, y + size * 0.2


def meet(a: Rectangle, b: Rectangle) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@pytest.mark.parametrize("names", NAMES)
@pytest.mark.parametrize("size", [2, 3, 4, 5, 6])
def test_no_text_covers_another_or_a_party_or_leaves_its_panel(size: int, names: str) -> None:
    words, parties = NAMES[names]
    for panel in panels(drawn(*rings(parties, size), words=words)):
        found = list(panel.iter(f"{SVG}text"))
        for a, b in combinations(found, 2):
            assert not meet(extent(a), extent(b)), (a.text, b.text)
        frame, *pills = (
            (x, y, x + float(r.get("width", 0)), y + float(r.get("height", 0)))
            for r in panel.iter(f"{SVG}rect")
            for x, y in [(float(r.get("x", 0)), float(r.get("y", 0)))]
        )
        assert len(pills) == size
        assert not any(meet(one, other) for one, other in combinations(pills, 2))
        for text in found:
            left, top, right, bottom = extent(text)
            assert frame[0] < left < right < frame[2], text.text
            assert frame[1] < top < bottom < frame[3], text.text
            if text.get("paint-order"):  # the labels of arrows
                assert not any(meet(extent(text), pill) for pill in pills), text.text


@pytest.mark.parametrize("names", NAMES)
def test_no_text_is_smaller_than_eleven_pixels(names: str) -> None:
    words, parties = NAMES[names]
    root = drawn(*rings(parties, 6), words=words)
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert min(float(t.get("font-size", 0)) for t in root.iter(f"{SVG}text")) >= 11


def test_more_parties_than_there_is_room_for_are_still_drawn() -> None:
    many = loop(*[(f"party {i}", up_to("completed", sum_of(1, 1))) for i in range(40)])
    (panel,) = panels(drawn(many))
    assert len(list(panel.iter(f"{SVG}polygon"))) == 40


# ---- hostile names ----

TAGS = {"svg", "title", "desc", "g", "rect", "line", "path", "polygon", "circle", "text"}
ATTRIBUTES = {
    *("viewBox", "width", "height", "role", "lang", "font-family", "transform", "x", "y", "rx"),
    *("x1", "y1", "x2", "y2", "cx", "cy", "r", "d", "points", "fill", "stroke", "stroke-width"),
    *("stroke-dasharray", "stroke-opacity", "stroke-linejoin", "paint-order", "font-size"),
    *("font-weight", "text-anchor", "{http://www.w3.org/XML/1998/namespace}lang"),
}


@pytest.mark.parametrize("text", hostile.STRINGS)
def test_no_text_becomes_an_element_or_an_attribute(text: str) -> None:
    words = Words(
        language=text,
        title=text,
        description=text,
        name=lambda _: text,
        amount=lambda _: text,
        status=lambda _: text,
        closed=lambda _: text,
        bottleneck=text,
        nothing=text,
        widths=text,
    )
    root = drawn(TRIANGLE, words=words, colors=dict.fromkeys(STEPS, text))
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= TAGS
    assert {name for e in root.iter() for name in e.attrib} <= ATTRIBUTES
    for element in root.iter():
        for name, value in element.attrib.items():
            assert "lang" in name or text not in value
            assert not re.search(r"url\(|https?:|javascript:", value) or "lang" in name


def test_names_stand_as_they_are_where_they_are_harmless() -> None:
    name = "A & B <C> \"D\" 'E'"
    root = drawn(loop((name, up_to("completed", UNKNOWN)), ("b", up_to("completed", UNKNOWN))))
    (panel,) = panels(root)
    assert panel.findtext(f"{SVG}title") == f"1. {name} → b → {name}"


@pytest.mark.parametrize(
    "name",
    [
        "\u202eevil\u202c",
        "\u2066x\u2069",
        "a\u200fb\u061c",
        "\x00\x1b[31m",
        "\ud800",
        "\ufffe\u200b",
    ],
)
def test_what_turns_writing_round_or_cannot_stand_in_xml_is_dropped(name: str) -> None:
    made = loops_svg(
        [loop((name, up_to("completed", UNKNOWN)), ("b", up_to("completed", UNKNOWN)))],
        WORDS,
        COLORS,
        least="announced",
    )
    ElementTree.fromstring(made.encode("utf-8"))
    kinds = {unicodedata.category(c) for c in made.replace("\n", "")}
    assert not kinds & {"Cc", "Cf", "Cs", "Cn"}


def test_a_letter_keeps_two_marks_and_no_tower() -> None:
    name = "Z" + "\u0301" * 40
    root = drawn(loop((name, up_to("completed", UNKNOWN)), ("b", up_to("completed", UNKNOWN))))
    assert "Z\u0301\u0301" in texts(root)


def test_a_colour_that_is_none_is_not_passed_on() -> None:
    made = loops_svg(
        [TRIANGLE], WORDS, {"committed": "url(https://evil.example/#x)"}, least="announced"
    )
    assert "evil" not in made


def test_nothing_is_loaded_and_no_policy_is_needed() -> None:
    made = loops_svg([TRIANGLE], WORDS, COLORS, least="announced")
    assert not re.search(r"href|url\(|<style|style=|<script|<!|<\?| id=", made)
    assert re.findall(r"https?://[^\"]*", made) == ["http://www.w3.org/2000/svg"]


# ---- the same again ----


def test_the_same_loops_give_the_same_bytes() -> None:
    loops = rings(NAMES["long"][1], 6)
    first, again = (loops_svg(loops, WORDS, COLORS, least="announced") for _ in range(2))
    assert first == again
    turned = dict(reversed(COLORS.items()))
    assert loops_svg(loops, WORDS, turned, least="announced") == first


def test_numbers_have_one_decimal_so_that_machines_agree() -> None:
    made = loops_svg(rings(NAMES["long"][1], 6), WORDS, COLORS, least="announced")
    attributes = re.sub(r">[^<]*<", "><", made)
    assert re.search(r"\d\.\d", attributes)
    assert not re.search(r"\d\.\d\d|\de[-+]\d|-0[ ,\"]", attributes)
