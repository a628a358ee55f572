"""What belongs to a name in its sentence: the kind of firm before it, a noun behind its quotes."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from kg.extract.names_en import EnglishNames
from kg.extract.proposals import Name, Part
from kg.extract.words import Token
from kg.extract.zh_lexis import ChineseLexis
from kg.text import is_chinese


def speech(quote: Name, part: Part, hits: Sequence[tuple[int, int, str]]) -> bool:
    """Whether a Chinese quotation is something said, not a name: it is long or speaks of a name.

    Args:
        hits: the names of the paragraph (start, end, class), in order of their starts.
    """
    if part.script != "zh":
        return False
    if quote.end - quote.start > 14:
        return True
    if not quote.quoted:
        return False
    inside = itertools.takewhile(
        lambda hit: hit[0] < quote.end,
        itertools.islice(hits, bisect_left(hits, (quote.start,)), None),
    )
    return any(e <= quote.end and quote.end - quote.start > e - s + 3 for s, e, _ in inside)


def spelt_out(finder: ChineseLexis | None, text: str, bracket: int, floor: int) -> int:
    """Where the long name begins whose short form stands in brackets after it."""
    start = bracket
    stops = finder.stops if finder else frozenset()
    while start > floor and is_chinese(text[start - 1]):
        # 日|本: a character of grammar may belong to a word
        word = finder is not None and finder.words.common(text[start - 1 : start + 1], 1000)
        if text[start - 1] in stops and not word:
            break
        start -= 1
    return start if 3 <= bracket - start <= 20 else bracket


def chinese_descriptor(
    finder: ChineseLexis | None,
    text: str,
    tokens: Sequence[Token],
    last: int,
    floor: int,
    heads: frozenset[str],
    start: int,
) -> int:
    """Where the kind of firm begins that ends with the token `last`."""
    if finder is None or last < 0 or tokens[last].start < floor:
        return start
    i = last
    if tokens[i].tag == "ns" and text[start] < "\u4e00":
        return tokens[i].start  # 德国|Dematic
    if tokens[i].text not in heads:
        # 揚子江船業及|现代|三湖重工: in a row a word before a name describes it
        plain = tokens[i].tag in ("n", "ns", "nz", "a", "b") and len(tokens[i].text) == 2
        row = i > 0 and tokens[i - 1].text in ("、", "与", "和", "及", "以及")
        taken = tokens[i].text in finder.vocabulary or tokens[i].text in finder.generic
        # 三星重工及|中国|沪东中华: a country only says where the next of the row is from
        taken = taken and tokens[i].tag != "ns"
        return tokens[i].start if plain and row and not taken else start
    while i > 0 and tokens[i - 1].start >= max(floor, start - 16):
        token = tokens[i - 1]
        # "投资|机构": a verb right before the head only says what kind it is.
        # 收购|同行X: but what is somebody's own is no kind of firm, so the verb acts on it
        kind_of = i == last and tokens[i].text not in finder.related
        verb = token.text in finder.also and not (kind_of and token.tag in ("v", "vn"))
        verb = verb or token.text in finder.stops  # 向|卖方X, 由|经济学家X
        kind = token.tag[0] in "nbaj" or token.tag in ("eng", "x", "vn", "l", "v")
        if verb or not (token.text in finder.generic or (kind and token.text[0].isalnum())):
            break
        i -= 1
    return tokens[i].start


_FUNCTION = frozenset(
    [
        "to",
        "for",
        "of",
        "in",
        "on",
        "at",
        "by",
        "with",
        "from",
        "and",
        "or",
        "as",
        "than",
        "that",
        "which",
        "who",
        "whose",
        "into",
        "over",
        "under",
        "through",
        "its",
        "it",
        "was",
        "is",
        "are",
        "has",
        "had",
        "have",
        "will",
        "would",
        "be",
        "been",
        "said",
        "says",
        "after",
        "before",
        "while",
        "but",
        "not",
        "also",
        "per",
        "via",
        "about",
        "against",
        "between",
        "among",
    ]
)


def english_descriptor(
    finder: EnglishNames | None,
    text: str,
    start: int,
    floor: int,
    heads: frozenset[str],
    triggers: Mapping[str, str],
) -> int:
    """Where the kind of firm before an English name begins; the name's own start without one."""
    if finder is None:
        return start
    before = text[max(floor, start - 60) : start]
    words = list(re.finditer(r"[\w'’-]+", before))
    base = start - len(before)
    if not words or before[words[-1].end() :] not in (" ", ""):
        return start
    i = len(words) - 1
    if words[i].group() in finder.demonyms and before.endswith(" "):
        return base + words[i].start()
    if words[i].group().endswith(("'s", "’s")) and words[i].group()[:-2] in finder.places:
        return base + words[i].start()
    if words[i].group() not in heads:
        return start
    for _ in range(3):
        if i == 0 or before[words[i - 1].end() : words[i].start()] != " ":
            break
        word = words[i - 1].group()
        if (
            word in _FUNCTION
            or word.startswith(("'", "’"))
            or word in triggers
            or (word[0].isupper() and word not in finder.demonyms)
        ):
            break
        i -= 1
    return base + words[i].start()


def thing_after(text: str, at: int, things: Mapping[str, str], script: str) -> tuple[str, int]:
    """Class and end of the noun after a quoted name ("…”短信项目")."""
    if script == "zh":
        window = re.match(r"[^\s,。、;:!?()“”《》的是由被在为与和将已]{0,12}", text[at:])
        words = window.group() if window else ""
        if re.match("案(?![件例情由中发子])", words):
            return "Project", at + 1  # “飞轮”案
        for size in range(len(words), 0, -1):
            for length in range(min(size, 8), 0, -1):
                code = things.get(words[size - length : size])
                if code and (size - length <= 8):
                    return code, at + size
        return "", at
    match = re.match(r"\s((?:[a-z-]+\s){0,2}?)([a-z]+)\b", text[at:])
    if match and match.group(2) in things:
        return things[match.group(2)], at + match.end()
    return "", at


def thing_before(text: str, start: int, things: Mapping[str, str], script: str) -> str:
    """Class of the noun before a quoted name ("名为…的项目“X”"); "" when there is none."""
    before = text[max(0, start - 24) : start].rstrip()
    if script == "zh":
        return next(
            (things[w] for w in sorted(things, key=len, reverse=True) if before.endswith(w)), ""
        )
    words = re.findall(r"[a-z]+", before)
    return things.get(words[-1], "") if words and before.endswith(words[-1]) else ""
