"""Text as extraction sees it: folded to one spelling, with the way back to the offsets as read.

A document's code points never change once read. What patterns are matched against is a `View`: a
folded copy (full-width forms, quotes, traditional script brought to one form, spaces beside Chinese
characters dropped) that knows for each of its characters where it stood. So a pattern is written
once and holds for both scripts, both widths and either spacing habit.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

#: Characters of Chinese text: ideographs and the marks that stand between them.
CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CJK_CHAR = re.compile(f"[{CJK}]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
#: A space beside an ideograph or a Chinese mark says nothing; neither do zero-width characters.
_IDLE_SPACE = re.compile(
    f"(?<=[“”,:;()])[ \t]+(?=[{CJK}])|(?<=[{CJK}。、《》])[ \t]+|[ \t]+(?=[{CJK}。、《》])"
    "|[\u200b\u200c\u200d\u2060\ufeff]+"
)
#: One sentence is never longer than this many characters: past it the text is cut at the next comma
#: or just there, so that the cost of a pathological line stays linear.
LONGEST_SENTENCE = 1200

_FOLDED = {
    "「": "“",
    "」": "”",
    "『": "‘",
    "』": "’",
    "〈": "《",
    "〉": "》",
    "﹑": "、",
    "【": "[",
    "】": "]",
    "〔": "[",
    "〕": "]",
    "〜": "~",
    "‑": "-",
    "‐": "-",
    "−": "-",
    "—": "—",
    "•": "·",
    "・": "·",
    "‧": "·",
}


class _Fold(dict[int, int]):
    """Code point → folded code point, worked out when first met; never changes a length."""

    def __missing__(self, point: int) -> int:
        char = chr(point)
        folded = _FOLDED.get(char)
        if folded is None:
            folded = unicodedata.normalize("NFKC", char)
            if len(folded) != 1:
                folded = char
            folded = _FOLDED.get(folded, folded)
        self[point] = ord(folded)
        return self[point]


_FOLD = _Fold()


@cache
def converter(config: str) -> Callable[[str], str]:
    """OpenCC's conversion between scripts; made once, since it reads tables.

    Args:
        config: "t2s" to simplified, "s2t" to traditional script.
    """
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC(config).convert
    return convert


@cache
def _simple_char(char: str) -> str:
    simple = converter("t2s")(char)
    return simple if len(simple) == 1 else char


def simplified(text: str) -> str:
    """The same text in simplified script, code point by code point.

    OpenCC goes by phrases; where a phrase would change the length, that line is converted character
    by character instead, since offsets must hold.

    >>> simplified("輝達與軟銀集團")
    '辉达与软银集团'
    """
    if not _CJK_CHAR.search(text):
        return text
    convert = converter("t2s")
    converted = convert(text)
    if len(converted) == len(text):
        return converted
    return "\n".join(
        whole if len(whole) == len(line) else "".join(map(_simple_char, line))
        for line in text.split("\n")
        for whole in (convert(line),)
    )


def places(word: str, text: str) -> Iterator[int]:
    """Where a word stands. Not by `re`, which would compile hundreds of words again and again."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def fold(text: str) -> str:
    """The text with one form per character; as many code points as before.

    Full-width letters, digits and marks become half-width, corner brackets become curly quotes,
    traditional characters simplified ones.

    >>> fold("（ＡＩ）「星際之門」，１２億")
    '(AI)“星际之门”,12亿'
    """
    # 鉅 is a variant of 巨 that OpenCC keeps apart: 巨子 → 鉅子 → 钜子.
    return simplified(text.translate(_FOLD)).replace("钜", "巨")


@dataclass(frozen=True, slots=True)
class View:
    """A folded piece of text.

    Args:
        text: what patterns are matched against.
        offsets: for each character of `text`, its offset in the document; one more for the end.
    """

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Document offsets of the characters from `start` to before `end`."""
        if end <= start:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1

    def index(self, offset: int) -> int:
        """The first character of the view at or after a document offset."""
        return min(bisect_left(self.offsets, offset), len(self.text))

    def end_index(self, offset: int) -> int:
        """One past the last character of the view before a document offset."""
        return min(bisect_right(self.offsets, offset - 1), len(self.text))


def view(folded: str, start: int, end: int) -> View:
    """The view of a slice of a folded document.

    Args:
        folded: what `fold` made of the whole document.
        start, end: the slice.
    """
    piece = folded[start:end]
    offsets: list[int] = []
    kept: list[str] = []
    at = 0
    for gap in _IDLE_SPACE.finditer(piece):
        kept.append(piece[at : gap.start()])
        offsets.extend(range(start + at, start + gap.start()))
        at = gap.end()
    kept.append(piece[at:])
    offsets.extend(range(start + at, start + len(piece)))
    return View("".join(kept), (*offsets, end))


def tight(folded: str) -> str:
    """A folded text as its view shows it, for who needs no offsets."""
    return _IDLE_SPACE.sub("", folded)


def quote_depth(text: str, at: int) -> int:
    """How many quotations, in folded quotation marks, are open at an offset of a text."""
    return text.count("“", 0, at) - text.count("”", 0, at)


def is_chinese(text: str) -> bool:
    """Whether a text begins with an ideograph, or with what stands behind them in Unicode."""
    return text[:1] >= "\u3400"


def script_of(text: str) -> str:
    """Which language's patterns a piece of text wants: "zh" when Chinese characters carry it.

    >>> script_of("OpenAI 融资"), script_of("OpenAI raised $1bn")
    ('zh', 'en')
    """
    chinese = len(_CJK_CHAR.findall(text))
    return "zh" if chinese and chinese * 4 >= len(_LATIN.findall(text)) else "en"


@dataclass(frozen=True, slots=True)
class Span:
    """Two offsets, end exclusive."""

    start: int
    end: int


def lines(text: str, start: int = 0) -> Iterator[Span]:
    """The paragraphs of a text: its non-blank lines, without the space around them."""
    for match in re.finditer(r"[^\r\n\u2028\u2029\x0b\x0c]+", text[start:]):
        line = match.group()
        left = len(line) - len(line.lstrip())
        right = len(line.rstrip())
        if left < right:
            yield Span(start + match.start() + left, start + match.start() + right)


_CHINESE_END = re.compile(r"(?:[。!?]|…{2,})+[”’\")\]]*")
_ENGLISH_END = re.compile(r"[.!?]+[”’\"')\]]*(?=\s+[\"“‘'(\[]*[A-Z0-9$€£¥₹\u00c0-\u00de])|[。]+")
#: A full stop after these is no end of a sentence.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:(?:[A-Z]\.)*[A-Z]|Mr|Mrs|Ms|Dr|Prof|Sir|St|Gen|Sen|Rep|Gov|Lt|Col|vs|v|No|Nos|Vol|Art|Fig"
    r"|approx|est|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|e\.g|i\.e|cf|al|U\.S|U\.K|E\.U)$"
)
#: After these a capital may go on with the sentence ("Hanseong Co. Ltd.", "Acme Inc. Chief").
_COMPANY_DOT = re.compile(r"(?:Inc|Co|Corp|Ltd|Bros|Cos|Pte|Pty|S\.A|N\.V|L\.P)$")
_COUNTRY_DOT = re.compile(r"(?:U\.S|U\.K|E\.U)$")
_STARTER = re.compile(
    r"\s+[\"“‘'(]*(?:The|A|An|It|Its|In|On|At|He|She|They|We|But|And|This|That|These|Those|Under|For"
    r"|To|By|As|After|Before|While|When|Both|Neither|Shares|Analysts|Last|Separately|However)\b"
)


def sentences(text: str, script: str) -> Iterator[Span]:
    """The sentences of one paragraph, with offsets in it.

    Args:
        text: a paragraph's view.
        script: "zh" or another; decides which marks end a sentence.

    >>> [s.start for s in sentences("Acme Inc. raised $1.5bn. It is in the U.S. market.", "en")]
    [0, 25]
    """
    at = 0
    for end in _ends(text, script):
        while end - at > LONGEST_SENTENCE:
            cut = text.rfind(",", at + 1, at + LONGEST_SENTENCE)
            cut = cut + 1 if cut > at else at + LONGEST_SENTENCE
            yield Span(at, cut)
            at = cut
        span = _trimmed(text, at, end)
        if span is not None:
            yield span
        at = end


def _trimmed(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return Span(start + left, start + right) if left < right else None


def _ends(text: str, script: str) -> Iterator[int]:
    if script == "zh":
        for match in _CHINESE_END.finditer(text):
            yield match.end()
    else:
        for match in _ENGLISH_END.finditer(text):
            before = text[max(0, match.start() - 12) : match.start()]
            if text[match.start()] == ".":
                starts = _STARTER.match(text, match.end())
                if _ABBREVIATION.search(before) and not (starts and _COUNTRY_DOT.search(before)):
                    continue
                if _COMPANY_DOT.search(before) and not starts:
                    continue
            yield match.end()
    yield len(text)
