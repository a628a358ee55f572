"""What a figure measures that is no firm: what is built, given up or told of without a name."""

from __future__ import annotations

import re

from kg.claim import Mention
from kg.extract.figure_place import FigurePlace, quoted

_STOP = re.compile(r"[;。]|\. ")


def worded(place: FigurePlace) -> tuple[Mention, ...]:
    """Whom the words themselves tell of ("a cooper earns"), by the name they end in, if any."""
    before = place.way.before
    found = before.match(place.text, place.at, place.start) if before is not None else None
    if found is None or "thing" not in found.re.groupindex or found["thing"] is None:
        return ()
    start, end = found.span("thing")
    if place.sentence.context.script == "zh" and place.names:
        return ()  # "瀚洋科技有员工80人,司机月薪1万元" tells of the firm
    named = [n[0] for n in place.names if start < n[2] and end == n[2]]
    return tuple(named[-1:]) or (place.mention(start, end, "Concept"),)


def works(place: FigurePlace) -> tuple[Mention, ...]:
    """What is built and has no name: right behind the value, else last before it."""
    if "money" not in place.way.units:
        return ()
    pattern, low = place.words.works, place.text.rfind(";", 0, place.at) + 1
    behind = pattern.match(place.text, place.end)
    found = [behind] if behind else list(pattern.finditer(place.text, low, place.start))
    group = "thing" if "thing" in pattern.groupindex else 0
    return (place.mention(*found[-1].span(group), "Project"),) if found else ()


def meant_thing(place: FigurePlace) -> tuple[Mention, ...]:
    """What was named before and opens the sentence: "该项目运营三年,累计亏损2亿元"."""
    segment = place.text.rfind(";", 0, place.at) + 1
    things = [
        i.mentions[0]
        for items in place.sentence.grouped.items.values() for i in items
        if i.kind == "Project" and i.mentions and i.start == segment
        and (i.mentions[0].start or 0) < place.sentence.context.start
    ]  # fmt: skip
    others = any(segment <= n[1] and n[2] <= place.at for n in place.names)
    return () if others else tuple(things[:1])


def project_ahead(place: FigurePlace) -> tuple[Mention, ...]:
    """The project that is named behind the words, else the one built that is named before."""
    text, way = place.text, place.way
    built = way.after.match(text, place.end) if way.after else None
    behind = built.end() if built else place.end
    project = next(
        (n for n in place.names if n[0].type in ("Project", "Fund") and n[1] >= behind - 1), None
    )
    if project is not None and not _STOP.search(text[behind : project[1]]):
        return (project[0],)
    before = [n for n in place.names if n[0].type == "Project" and n[2] <= place.at]
    if before and place.words.built.search(text, before[-1][2], place.at):
        return (before[-1][0],)
    return ()


def asked_of(place: FigurePlace) -> tuple[Mention, ...]:
    """What a question named to which the sentence answers: "“密语”呢?停了,前后花了2亿元"."""
    asked = place.sentence.context.asked
    return (asked,) if asked is not None and not place.names else ()


def lost(place: FigurePlace) -> tuple[Mention, ...]:
    """What stands in marks or is called a project, rather than who lost the money."""
    given_up = [
        n[0] for n in place.names
        if n[2] <= place.at
        and (n[0].type in ("quote", "Project") or quoted(place.text, n[1]))
    ]  # fmt: skip
    return tuple(given_up[-1:])


def measured_thing(place: FigurePlace) -> tuple[Mention, ...]:
    """The project, fund or product measured: just behind the value, or nearest before."""
    text, words, names, end = place.text, place.words, place.names, place.end
    ahead = [n for n in names if 0 <= n[1] - end <= 60]
    behind = [n for n in ahead if words.named.match(text, end, n[1])] or [
        n
        for n in ahead
        if n[1] - end <= 8
        and (n[0].type in ("Project", "Fund") or words.measured.fullmatch(text, end, n[1]))
    ]
    if behind and not re.search(r"[,:;.。]", text[end : behind[0][1]]):
        return (behind[0][0],)
    fitting = [n for n in names if n[0].type in place.kinds and n[2] <= place.start]
    typed = [n for n in fitting if n[0].type in ("Project", "Fund", "Technology", "Product")]
    near = fitting[-1] if fitting and place.at - fitting[-1][2] <= 6 else None
    if near and (made := [n for n in fitting[:-1] if words.made.search(text, n[2], near[1])]):
        return (made[-1][0],)
    if near and not (typed and words.built.search(text, typed[-1][2], near[1])):
        return (near[0],)
    return (typed[-1][0],) if typed else ()
