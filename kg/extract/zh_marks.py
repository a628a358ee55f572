"""Names that marks show: defined in brackets, or Latin letters in Chinese text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.proposals import Proposal
from kg.extract.zh_lexis import ChineseLexis

_LATIN = re.compile(
    r"(?<![\dA-Za-z])[A-Za-z\u00c0-\u024f]{W}*(?:[.&'-]{W}+)*"
    r"(?:[ ][A-Z\u00c0-\u00de0-9]{W}*(?:[.&'-]{W}+)*)*".replace("{W}", "[A-Za-z0-9\u00c0-\u024f+]")
)
_COUNTED = re.compile(r"[.,]?\d*\s?(?:[%万亿兆年月日号个家名人块颗台倍]|美元|欧元|成)")
_DEFINED = re.compile(
    r"[(](?:以下|下文|下)?(?:统|合)?(?:简称|称)?(?:为)?(?:[“\"‘]公司[”\"’](?:或|、))?[“\"‘]([^”\"’()]{2,20})[”\"’]"
    r"|[(](?:以下|下文|下)(?:统|合)?(?:简称|称)(?:为|:)?([^”\"’(),;。、]{2,16})[)]"
)
#: A few Chinese characters in brackets.
_SHORTENED = re.compile("(?<=[\u4e00-\u9fff])[(]([\u4e00-\u9fff]{2,4})[)]")
#: How an entry of a list begins, and what it is about.
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[.、)]|[(][一二三四五六七八九十\d]{1,3}[)]|[·•●■▲*-])"
    r"\s?([\u4e00-\u9fffA-Za-z0-9·-]{4,20})(?=:)"
)
_BUREAU = re.compile("(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,4}及[\u4e00-\u9fff]{2,4}[局署]")
_ACRONYM = re.compile(r"[(]([A-Z][A-Za-z&.-]{1,14})(?:[.:,][^()]{0,20})?[)]")


def defined(lexis: ChineseLexis, text: str) -> Iterator[Proposal]:
    """Short forms that brackets define: "(以下简称“X”)", "(XYZ)"."""
    for pattern in (_DEFINED, _ACRONYM):
        for match in pattern.finditer(text):
            group = 1 if match.group(1) is not None else 2
            name = match.group(group)
            if name not in lexis.heads and name not in lexis.latin_stop and name != "公司":
                yield Proposal(
                    match.start(group),
                    match.end(group),
                    "",
                    2,
                    alias_of=text[max(0, match.start() - 60) : match.start()],
                )


def shortened(text: str) -> Iterator[Proposal]:
    """Short forms in brackets whose characters stand in the name before: "保险业监管局(保监局)"."""
    for match in _SHORTENED.finditer(text):
        short, before = match.group(1), text[max(0, match.start() - 24) : match.start()]
        at = 0
        for char in reversed(short):
            at = before.rfind(char, 0, at or None)
            if at < 0:
                break
        else:
            if len(before) - at > len(short):
                yield Proposal(match.start(1), match.end(1), "", 2, alias_of=before)


def headings(lexis: ChineseLexis, text: str) -> Iterator[Proposal]:
    """What the heading of a list's entry names before a colon ("二、永安黑启动案:")."""
    match = _HEADING.match(text)
    if match and match.group(1).endswith(lexis.entries):
        yield Proposal(*match.span(1), "Project", 2)


def authors(lexis: ChineseLexis, text: str) -> Iterator[Proposal]:
    """Who wrote or made what stands in book marks, whatever words the name is made of."""
    if "《" not in text and "》" not in text:
        return
    for match in lexis.author.finditer(text):
        group = 1 if match.group(1) else 2
        name = match.group(group)
        plain = any(c in lexis.stops for c in name) or lexis.dividing.search(name)
        if not plain and not lexis.is_kind(name) and not name.endswith(tuple(lexis.heads)):
            yield Proposal(*match.span(group), "", 1, placed=True)


def bureaus(text: str) -> Iterator[Proposal]:
    """Offices for two things at once ("运输及物流局")."""
    for match in _BUREAU.finditer(text):
        yield Proposal(*match.span(), "GovernmentBody", 2)


def latin(lexis: ChineseLexis, text: str) -> Iterator[Proposal]:
    """Runs of Latin words with capitals, without the abbreviations that are no names."""
    for match in _LATIN.finditer(text):
        start, end = match.span()
        words = match.group().split(" ")
        while words and words[0] in lexis.latin_stop:
            start += len(words.pop(0)) + 1
        own = len(words) == 2 and words[-1] == "AI" and not text.startswith(lexis.ai, end)
        while words and words[-1] in lexis.latin_stop and not own:
            end -= len(words.pop()) + 1
        # "持有DeepSeek 84%": the number counts something else.
        if len(words) > 1 and re.fullmatch(r"[\d.,]+", words[-1]) and _COUNTED.match(text, end):
            end -= len(words.pop()) + 1
        name = text[start:end] if words else ""
        # "eVTOL企业X": the kind of firm that X is
        if (
            any(text[end : end + n] in lexis.heads for n in (2, 3, 4))
            and text[end : end + 2] not in lexis.belonging
        ):
            continue
        lower = not any(c.isupper() for c in name)
        if len(name) < 2 or (lower and (len(name) < 5 or not lexis.placed(text, start, end))):
            continue
        coded = any(c.isdigit() for c in name) and " " not in name
        if coded and re.fullmatch(r"[\d.]*[A-Za-z]{1,3}|[QHKFS]\d+|\d.*", name):
            continue
        # 风投|Prosperity7
        firm = any(text[start - n : start] in lexis.heads for n in (2, 3, 4))
        yield Proposal(start, end, "Product" if coded and not firm else "", 2)
