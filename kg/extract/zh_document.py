"""Names that a Chinese document as a whole shows: short forms of long ones, quoted ones used later
without quotes, plain words that recur where names stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set

from kg.extract.words import Token
from kg.extract.zh_lexis import PROPER, ChineseLexis
from kg.text import is_chinese

#: Of a word that the dictionary has seen so often, only its place in a clause tells that it is a
#: name.
_COMMON = 30
#: A name of plain words is said at least so often in a document.
_OFTEN = 3
_MARKS = frozenset(",。;:!?、()[]“”《》—\n")


def short_forms(
    lexis: ChineseLexis, names: Mapping[str, str], text: str, subjects: Set[str]
) -> dict[str, str]:
    """Long names without their end, where the document uses them so, with their classes.

    Args:
        names: name → class.
        text: the document.
        subjects: words that begin a clause and are followed by what names are followed by.
    """
    found: dict[str, str] = {}
    ends = sorted({**lexis.strong, **lexis.trade}, key=len, reverse=True)
    for name in sorted(names):
        if not is_chinese(name):
            continue
        stem = name
        for end in ends:
            if stem.endswith(end) and len(stem) - len(end) >= 2:
                stem = stem[: -len(end)]
                break
        if stem == name or stem in names or stem in lexis.generic or not is_chinese(stem):
            continue
        if lexis.words.common(stem, _COMMON) and stem not in subjects:
            continue
        if text.count(stem) > text.count(name):
            found[stem] = names[name]
    return found


def subjects(lexis: ChineseLexis, cuts: Sequence[Sequence[Token]]) -> Counter[str]:
    """Runs of plain words that begin a clause and end before a verb or a title of the lexicon, each
    with how often.

    Args:
        cuts: the words of each paragraph.
    """
    found: Counter[str] = Counter()
    for tokens in cuts:
        for i, token in enumerate(tokens):
            if i and tokens[i - 1].text not in _MARKS:
                continue
            for j in range(i, min(i + 3, len(tokens) - 1)):
                if not _plain(lexis, tokens[j]) or tokens[j].end - token.start > 6:
                    break
                after = j + 1
                while after < len(tokens) - 1 and tokens[after].tag == "d":
                    after += 1
                following = tokens[after].text
                if following in lexis.also or following in lexis.anchors:
                    found["".join(t.text for t in tokens[i : j + 1])] += 1
    return found


def repeated(
    lexis: ChineseLexis, cuts: Sequence[Sequence[Token]], openings: Mapping[str, int], text: str
) -> Iterator[str]:
    """Rows of two or three plain words that no dictionary joins, said again and again and at least
    once where a subject stands ("青瓷坊").

    Args:
        cuts: the words of each paragraph.
        openings: what `subjects` found.
        text: the document.
    """
    rows: dict[str, list[Token]] = {}
    for tokens in cuts:
        for i in range(len(tokens)):
            for j in (i + 2, i + 3):
                row = list(tokens[i:j])
                if len(row) == j - i and row[-1].end - row[0].start <= 6:
                    rows.setdefault("".join(t.text for t in row), row)
    for name, row in rows.items():
        if openings.get(name, 0) < 1 or len(name) < 3 or text.count(name) < _OFTEN:
            continue
        if row[-1].text in lexis.heads or row[0].text in lexis.generic:
            continue
        if any(lexis.odd(t) or t.tag in PROPER for t in row):
            yield name


def baptized(lexis: ChineseLexis, text: str) -> Iterator[str]:
    """What is quoted where somebody names it and said again without quotes."""
    for word in lexis.naming:
        at = text.find(word + "“")
        while at >= 0:
            start = at + len(word) + 1
            end = text.find("”", start, start + 12)
            name = text[start:end] if end > 0 else ""
            fit = len(name) > 1 and name.isalnum() and is_chinese(name)
            if fit and text.count(name) > text.count(f"“{name}”"):
                yield name
            at = text.find(word + "“", start)


def _plain(lexis: ChineseLexis, token: Token) -> bool:
    return (
        token.tag != "NAME"
        and is_chinese(token.text)
        and token.text not in lexis.stops
        and token.text not in lexis.anchors
        and token.text not in lexis.heads
        and token.text not in lexis.titles
        and token.text not in lexis.enders
        and token.tag[0] in "nvajzxgb"
    )
