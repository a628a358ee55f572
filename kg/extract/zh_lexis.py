"""Which Chinese words are what: ends of firms, kinds of firms, grammar, odd characters.

Chinese writes no spaces, so a name that nobody listed shows itself by its end ("…科技", "…基金"),
by being made of characters that no common word holds together, and by its company. The modules
zh_ends, zh_marks, zh_phrases, zh_rows and zh_tagged each propose names in one of these ways; what
they ask of a word is here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.extract.lexicon import NameWords
from kg.extract.words import Cutter, Token, Words
from kg.text import is_chinese

#: What the dictionary has seen that often is an ordinary word, or character.
_SELDOM, _COMMON = 80, 60_000
#: Parts of speech of which names are never made, when the character is as frequent as grammar is.
_GRAMMAR_TAGS = frozenset(
    [
        "p",
        "c",
        "u",
        "ud",
        "ug",
        "uj",
        "ul",
        "uv",
        "uz",
        "r",
        "d",
        "m",
        "mq",
        "q",
        "f",
        "y",
        "o",
        "e",
        "s",
        "t",
        "h",
        "k",
        "w",
        "zg",
    ]
)
#: Parts of speech of proper names.
PROPER = frozenset(["nr", "nz", "nt", "nrt", "nrfg", "ns"])
#: After these stands a place, and what is done there is no name.
AT = ("在", "于")


def _author(lexicon: NameWords) -> re.Pattern[str]:
    """Before or behind a title in book marks: who wrote or made it, group 1 or 2."""
    wrote, made, heads = (
        "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))) or "(?!)"
        for words in (
            lexicon.words("grammar", "authoring"), lexicon.words("grammar", "creating"),
            tuple(h for h in lexicon.words("descriptors", "heads") if len(h) > 1),
        )
    )  # fmt: skip
    name = "([\u4e00-\u9fff]{2,6}?)"
    return re.compile(
        f"(?:{heads}){name}(?:最新|昨|今|日前|每年)?(?:{wrote})的?《"
        f"|》(?:是|则|均|都)?由{name}(?:独家|自主|负责|全权|联合|独立)*(?:{made})"
    )


@dataclass(slots=True)
class ChineseLexis:
    """What is known of Chinese words when names are looked for; built once per extractor.

    Args:
        lexicon: names.toml of the language.
        words: the dictionary.
        also: further words → part of speech, which no name may swallow.
    """

    lexicon: NameWords
    words: Words
    also: Mapping[str, str] = field(default_factory=dict)
    strong: dict[str, str] = field(init=False)
    trade: dict[str, str] = field(init=False)
    ends: tuple[str, ...] = field(init=False)
    end_sizes: tuple[int, ...] = field(init=False)
    generic: frozenset[str] = field(init=False)
    heads: frozenset[str] = field(init=False)
    head_sizes: tuple[int, ...] = field(init=False)
    kinds: frozenset[str] = field(init=False)
    related: frozenset[str] = field(init=False)
    collective: tuple[str, ...] = field(init=False)
    counted: tuple[str, ...] = field(init=False)
    counted_ends: tuple[str, ...] = field(init=False)
    chiefs: tuple[str, ...] = field(init=False)
    titles: frozenset[str] = field(init=False)
    title_heads: frozenset[str] = field(init=False)
    surnames: frozenset[str] = field(init=False)
    fields: tuple[str, ...] = field(init=False)
    verbal: frozenset[str] = field(init=False)
    builders: frozenset[str] = field(init=False)
    works: tuple[str, ...] = field(init=False)
    anchors: frozenset[str] = field(init=False)
    openers: tuple[str, ...] = field(init=False)
    closers: tuple[str, ...] = field(init=False)
    stops: frozenset[str] = field(init=False)
    enders: frozenset[str] = field(init=False)
    framing: frozenset[str] = field(init=False)
    latin_stop: frozenset[str] = field(init=False)
    before: tuple[str, ...] = field(init=False)
    after: tuple[str, ...] = field(init=False)
    inside: frozenset[str] = field(init=False)
    within: re.Pattern[str] = field(init=False)
    dividing: re.Pattern[str] = field(init=False)
    starts: tuple[str, ...] = field(init=False)
    fronts: frozenset[str] = field(init=False)
    suffixes: frozenset[str] = field(init=False)
    foreign: re.Pattern[str] = field(init=False)
    acting: re.Pattern[str] = field(init=False)
    belonging: frozenset[str] = field(init=False)
    alone: frozenset[str] = field(init=False)
    media: tuple[str, ...] = field(init=False)
    ai: tuple[str, ...] = field(init=False)
    tails: frozenset[str] = field(init=False)
    naming: re.Pattern[str] = field(init=False)
    making: tuple[str, ...] = field(init=False)
    founders: frozenset[str] = field(init=False)
    entries: tuple[str, ...] = field(init=False)
    offices: tuple[str, ...] = field(init=False)
    final: frozenset[str] = field(init=False)
    speaking: tuple[str, ...] = field(init=False)
    intending: tuple[str, ...] = field(init=False)
    author: re.Pattern[str] = field(init=False)
    vocabulary: dict[str, str] = field(init=False)
    things: dict[str, str] = field(init=False)
    cutter: Cutter = field(init=False)

    def __post_init__(self) -> None:
        lexicon = self.lexicon
        self.strong, self.trade = lexicon.types("strong"), lexicon.types("trade")
        self.ends = tuple(sorted({**self.strong, **self.trade}, key=len, reverse=True))
        self.end_sizes = tuple(sorted({len(end) for end in self.ends}, reverse=True))
        self.generic = frozenset(lexicon.words("generic", "words"))
        self.heads = frozenset(lexicon.words("descriptors", "heads"))
        self.head_sizes = tuple(sorted({len(head) for head in self.heads}))
        self.related = frozenset(lexicon.words("descriptors", "related"))
        self.collective = lexicon.words("descriptors", "collective")
        self.counted = lexicon.words("descriptors", "counted")
        self.counted_ends = lexicon.words("descriptors", "counted_ends")
        self.chiefs = lexicon.words("persons", "chiefs")
        self.titles = frozenset(lexicon.words("persons", "titles"))
        self.title_heads = frozenset(title[0] for title in self.titles)
        self.surnames = frozenset("".join(lexicon.words("persons", "surnames")))
        self.builders = frozenset(lexicon.words("grammar", "builders"))
        self.works = tuple(b for b in sorted(self.builders) if len(b) > 1 and "建" in b)
        self.anchors = frozenset(lexicon.words("grammar", "anchors"))
        self.fields = lexicon.words("grammar", "fields")
        self.verbal = frozenset(lexicon.words("grammar", "verbal_ends"))
        self.closers = lexicon.words("grammar", "closers")
        self.openers = lexicon.words("grammar", "openers")
        self.stops = frozenset("".join(lexicon.words("grammar", "stops")))
        self.enders = frozenset(lexicon.words("grammar", "words"))
        self.framing = self.stops | self.anchors | self.heads | self.titles | self.enders
        self.latin_stop = frozenset(lexicon.words("latin", "stop"))
        self.before = lexicon.words("grammar", "before")
        self.after = lexicon.words("grammar", "after")
        self.inside = frozenset(lexicon.words("grammar", "inside"))
        self.within = re.compile("|".join(map(re.escape, sorted(self.inside))) or "(?!)")
        dividing = (w for w in sorted(self.inside, key=lambda w: (-len(w), w)) if len(w) > 1)
        self.dividing = re.compile("|".join(("[、/]", *map(re.escape, dividing))))
        self.starts = lexicon.words("grammar", "starts")
        self.fronts = frozenset(lexicon.words("grammar", "fronts"))
        self.suffixes = frozenset(lexicon.words("descriptors", "suffixes"))
        self.acting = re.compile("|".join(lexicon.words("grammar", "acting")) or "(?!)")
        sounds = "".join(lexicon.words("grammar", "sounds"))
        self.foreign = re.compile(f"[{sounds}]{{3,8}}" if sounds else "(?!)")
        self.belonging = frozenset(lexicon.words("grammar", "belonging"))
        self.alone = frozenset(lexicon.words("grammar", "alone"))
        self.media = lexicon.words("grammar", "media")
        self.ai = lexicon.words("grammar", "ai")
        self.tails = frozenset(lexicon.words("grammar", "tails"))
        naming = "|".join(map(re.escape, lexicon.words("grammar", "naming"))) or "(?!)"
        self.naming = re.compile(f"(?:{naming})“([^\\W_]{{2,11}})”")
        self.making = lexicon.words("grammar", "making")
        self.founders = frozenset(lexicon.words("grammar", "founders"))
        self.entries = lexicon.words("grammar", "entries")
        self.offices = lexicon.words("grammar", "offices")
        self.final = frozenset("".join(lexicon.words("grammar", "final")))
        self.speaking = lexicon.words("grammar", "speaking")
        self.intending = lexicon.words("grammar", "intending")
        self.author = _author(lexicon)
        self.things = lexicon.types("things")
        every = (
            *self.strong, *self.trade, *self.heads, *self.titles, *self.enders, *self.after,
            *lexicon.types("things"),
        )  # fmt: skip
        self.vocabulary = {
            word: self.words.tag(word, "n") for word in every if len(word) > 1
        } | dict(self.also)
        self.kinds = frozenset().union(
            self.generic, self.heads, self.enders, self.titles, self.things, self.vocabulary
        )
        self.cutter = Cutter(self.words, self.vocabulary)

    def cut(self, text: str, known: list[tuple[int, int]]) -> list[Token]:
        """The words of a view's text, with known names kept whole (tag "NAME")."""
        tokens: list[Token] = []
        at = 0
        for start, end in [*known, (len(text), len(text))]:
            tokens += self.cutter.cut(text, at, start)
            if end > start:
                tokens.append(Token(text[start:end], start, end, "NAME", 0))
            at = end
        return tokens

    def class_by_end(self, name: str) -> str:
        ends = [name[-n:] for n in range(min(6, len(name) - 1), 0, -1)]
        if any(self.things.get(e) == "Project" for e in ends):
            return "Project"
        return next((c for e in ends if (c := self.strong.get(e, self.trade.get(e)))), "")

    def is_kind(self, name: str) -> bool:
        """Whether a stretch is a kind of thing, not a name ("深圳公司", "新股东")."""
        return name in self.kinds or any(
            name[-n:] in self.heads and (name[:-n] in self.generic or self.is_place(name[:-n]))
            for n in self.head_sizes
        )

    def without_end(self, name: str) -> str:
        """A name without the longest end of firms that leaves two characters of it."""
        for n in self.end_sizes:
            end = name[-n:]
            if len(name) - n >= 2 and (end in self.strong or end in self.trade):
                return name[:-n]
        return name

    def is_place(self, word: str) -> bool:
        return self.words.tag(word) == "ns"

    def odd(self, token: Token) -> bool:
        """A character or rare proper name that ordinary words do not account for."""
        text, _, _, tag, freq = token
        # Most words are common ones, of which nothing else need be asked.
        if freq >= (_SELDOM if len(text) > 1 else _COMMON):
            return False
        if tag == "NAME" or not text.isalpha() or not is_chinese(text):
            return False
        if text in self.vocabulary or text in self.stops:
            return False
        if len(text) > 1:
            return tag in PROPER or freq == 0
        if tag in _GRAMMAR_TAGS and freq > 5000:
            return text in self.surnames and freq < 30000
        return True

    def plain(self, token: Token) -> bool:
        """A Chinese word that is neither grammar nor what stands around names."""
        return (
            token.tag != "NAME"
            and is_chinese(token.text)
            and token.text[0].isalpha()
            and token.text not in self.framing
        )

    def material(self, token: Token) -> bool:
        """A word that may stand inside an institution's name."""
        if token.text in self.heads or token.text in self.enders or token.text in self.stops:
            return False
        if not token.text[0].isalnum():
            return False
        if len(token.text) == 1 and token.tag == "q":
            return token.freq < 60000
        return (
            token.tag[0] in "nvjbaixzg" or token.tag in ("eng", "NAME", "s", "l") or self.odd(token)
        ) and token.tag not in ("vd", "ad")

    def bounded(self, text: str, start: int, tokens: list[Token], i: int) -> bool:
        """Whether a name may begin here: after a mark, a grammar word or a kind of firm."""
        if start == 0:
            return True
        before = tokens[i - 1] if i > 0 else None
        return (
            not text[start - 1].isalnum()
            or before is None
            or not self.material(before)
            or before.tag == "v"
            or before.text in self.heads
        )

    def placed(self, text: str, start: int, end: int) -> bool:
        """Whether the words around are those around names."""
        return text.startswith(self.after, end) or text.endswith(self.before, 0, start)
