"""Names in Chinese text: what a paragraph's words suggest.

Chinese writes no spaces, so a name that nobody listed shows itself by its end ("…科技", "…基金"),
by being made of characters that no common word holds together, and by its company: it is defined in
brackets, stands where a name must stand, or in a row with other names. Everything here only
proposes; `kg.extract.names` decides over the whole document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.extract.lexicon import NameWords
from kg.extract.tagger import Found
from kg.extract.words import Cutter, Token, Words

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
_PROPER = frozenset(["nr", "nz", "nt", "nrt", "nrfg", "ns"])
_LATIN = re.compile(
    r"(?<![\dA-Za-z])[A-Za-z\u00c0-\u024f]{W}*(?:[.&'-]{W}+)*"
    r"(?:[ ][A-Z\u00c0-\u00de0-9]{W}*(?:[.&'-]{W}+)*)*".replace("{W}", "[A-Za-z0-9\u00c0-\u024f+]")
)
_COUNTED = re.compile(r"[.,]?\d*\s?(?:[%万亿兆年月日号个家名人块颗台倍]|美元|欧元|成)")
_COUNT_INSIDE = re.compile("[一二两三四五六七八九十\\d]+[家大位名]")
#: Words that govern a name and are now and then taken into it.
_GOVERNING = frozenset("将向由被从与把对给在于获做搞让找跟替为")
_AT = ("在", "于")
_CALENDAR = ("年", "月", "日", "号")
_PHASES = frozenset(("一期", "二期", "三期", "四期", "一号", "二号", "三号", "首期", "新"))
_DEFINED = re.compile(
    r"[(](?:以下|下文|下)?(?:统|合)?(?:简称|称)?(?:为)?(?:[“\"‘]公司[”\"’](?:或|、))?[“\"‘]([^”\"’()]{2,20})[”\"’]"
)
_ACRONYM = re.compile(r"[(]([A-Z][A-Za-z&.-]{1,14})(?:[.:,][^()]{0,20})?[)]")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name that a paragraph suggests.

    `strength` 2: by itself; 1: if the document repeats it or it stands where a name must stand
    (`placed`); 0: only if `placed`.
    """

    start: int
    end: int
    type: str
    strength: int
    placed: bool = False
    alias_of: str = ""


@dataclass(slots=True)
class ChineseNames:
    """Proposes names in views of Chinese text; built once per extractor."""

    lexicon: NameWords
    words: Words
    also: Mapping[str, str] = field(default_factory=dict)
    strong: dict[str, str] = field(init=False)
    trade: dict[str, str] = field(init=False)
    generic: frozenset[str] = field(init=False)
    heads: frozenset[str] = field(init=False)
    titles: frozenset[str] = field(init=False)
    _title_heads: frozenset[str] = field(init=False)
    surnames: frozenset[str] = field(init=False)
    verbal: frozenset[str] = field(init=False)
    builders: frozenset[str] = field(init=False)
    works: tuple[str, ...] = field(init=False)
    anchors: frozenset[str] = field(init=False)
    openers: tuple[str, ...] = field(init=False)
    closers: tuple[str, ...] = field(init=False)
    stops: frozenset[str] = field(init=False)
    enders: frozenset[str] = field(init=False)
    latin_stop: frozenset[str] = field(init=False)
    before: tuple[str, ...] = field(init=False)
    after: tuple[str, ...] = field(init=False)
    inside: tuple[str, ...] = field(init=False)
    starts: tuple[str, ...] = field(init=False)
    alone: frozenset[str] = field(init=False)
    media: tuple[str, ...] = field(init=False)
    ai: tuple[str, ...] = field(init=False)
    vocabulary: dict[str, str] = field(init=False)
    things: dict[str, str] = field(init=False)
    _cutter: Cutter = field(init=False)

    def __post_init__(self) -> None:
        lexicon = self.lexicon
        self.strong, self.trade = lexicon.types("strong"), lexicon.types("trade")
        self.generic = frozenset(lexicon.words("generic", "words"))
        self.heads = frozenset(lexicon.words("descriptors", "heads"))
        self.titles = frozenset(lexicon.words("persons", "titles"))
        self._title_heads = frozenset(title[0] for title in self.titles)
        self.surnames = frozenset("".join(lexicon.words("persons", "surnames")))
        self.builders = frozenset(lexicon.words("grammar", "builders"))
        self.works = tuple(b for b in sorted(self.builders) if len(b) > 1 and "建" in b)
        self.anchors = frozenset(lexicon.words("grammar", "anchors"))
        self.verbal = frozenset(lexicon.words("grammar", "verbal_ends"))
        self.closers = lexicon.words("grammar", "closers")
        self.openers = lexicon.words("grammar", "openers")
        self.stops = frozenset("".join(lexicon.words("grammar", "stops")))
        self.enders = frozenset(lexicon.words("grammar", "words"))
        self.latin_stop = frozenset(lexicon.words("latin", "stop"))
        self.before = lexicon.words("grammar", "before")
        self.after = lexicon.words("grammar", "after")
        self.inside = lexicon.words("grammar", "inside")
        self.starts = lexicon.words("grammar", "starts")
        self.alone = frozenset(lexicon.words("grammar", "alone"))
        self.media = lexicon.words("grammar", "media")
        self.ai = lexicon.words("grammar", "ai")
        self.things = lexicon.types("things")
        every = (
            *self.strong, *self.trade, *self.heads, *self.titles, *self.enders, *self.after,
            *lexicon.types("things"),
        )  # fmt: skip
        self.vocabulary = {
            word: self.words.tag(word, "n") for word in every if len(word) > 1
        } | dict(self.also)
        self._cutter = Cutter(self.words, self.vocabulary)

    def cut(self, text: str, known: list[tuple[int, int]]) -> list[Token]:
        """The words of a view's text, with known names kept whole (tag "NAME")."""
        tokens: list[Token] = []
        at = 0
        for start, end in [*known, (len(text), len(text))]:
            tokens += self._cutter.cut(text, at, start)
            if end > start:
                tokens.append(Token(text[start:end], start, end, "NAME", 0))
            at = end
        return tokens

    def propose(self, text: str, tokens: list[Token]) -> Iterator[Proposal]:
        """All that a paragraph suggests, in no particular order, overlaps included."""
        yield from self._defined(text)
        yield from self._latin(text)
        yield from self._ended(text, tokens)
        yield from self._odd_runs(text, tokens)
        yield from self._people(text, tokens)
        yield from self._rows(text, tokens)
        yield from self._lists(text, tokens)
        yield from self._closed_rows(text, tokens)
        yield from self._things(tokens)
        yield from self._anchored(tokens)
        for token in tokens:
            if token.tag == "ns" and len(token.text) > 2 and token.text[-1] in "市省县州区镇":
                yield Proposal(token.start, token.end, "Place", 2)

    def tagged(self, text: str, found: Iterable[Found]) -> Iterator[Proposal]:
        """What the tagger takes for organisations and people.

        Args:
            text: a paragraph's view.
            found: its stretches, offsets in `text`.
        """
        for start, end, tag in _split(text, found):
            while start < end and not text[start].isalnum():
                start += 1
            while start < end and not text[end - 1].isalnum():
                end -= 1
            while start < end and text[end - 1].isdigit() and text[end : end + 1] in _CALENDAR:
                end -= 1  # 旅游厅|8月
            if end - start > 2 and text[end : end + 1] == "了":
                end -= 1  # 给鲸屿|发了
            if end - start > 3 and text[start] in _GOVERNING:
                start += 1
            start, end = self._trimmed(text, start, end)
            name = text[start:end]
            if tag == "LOC" and (self._place(name) or name[-1] in "市省县州区镇" or len(name) > 2):
                sure = name[-1] in "市省县州区镇"
                acts = not sure and not self._place(name) and self._placed(text, start, end)
                yield Proposal(start, end, "" if acts else "Place", 2 if sure else 1, placed=acts)
            if tag not in ("ORG", "PER", "nt") or not 2 <= len(name) <= 20 or not _cjk(name):
                continue
            if any(c in ",。;:、“”()" for c in name) or self._generic(name):
                continue
            if any(word in name[1:] for word in self.inside) or name[0].isdigit():
                continue
            if start and text[start - 1] in _AT and name[-2:] in self.verbal:
                continue
            surname = name[0] in self.surnames and name[0] not in _GOVERNING
            if tag == "PER" and ("·" in name or (surname and len(name) == 3)):
                yield Proposal(start, end, "Person", 2)
            elif tag == "ORG":
                strength = 2 if self._telling(name) else 0
                placed = self._placed(text, start, end)
                yield Proposal(start, end, self._class_by_end(name), strength, placed=placed)
            else:
                yield Proposal(
                    start, end, self._class_by_end(name), 1,
                    placed=self._placed(text, start, end),
                )  # fmt: skip

    def _telling(self, name: str) -> bool:
        """Whether a stretch is more than ordinary words before a trade ("焊接机器人")."""
        tokens = self._cutter.cut(name)
        if tokens[-1].text not in self.trade or tokens[-1].text in self.strong:
            return True
        return any(
            t.tag in ("ns", "nz", "nt", "eng") or t.tag in _PROPER or self._odd(t) or t.freq < 100
            for t in tokens[:-1]
        )

    def _trimmed(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Without the end of a kind of firm before and a title behind: 研发|商影刻医疗."""
        for size in (4, 3, 2):
            for cut in range(1, size):
                if start >= size - cut and text[start - size + cut : start + cut] in self.heads:
                    start += cut
                    break
        # 基因编辑|公司|禾谷基因: the kind of firm is no part of the name
        for i in range(end - 2, start + 2, -1):
            if any(text[i - n : i] in self.heads for n in (2, 3, 4, 5) if i - n > start):
                start = i
                break
        if counted := _COUNT_INSIDE.search(text, start + 1, end):
            end = counted.start()  # 谷歌|三家公司
        for i in range(start + 2, end - 1):
            if text[i] in self._title_heads and any(
                text.startswith(title, i) for title in self.titles if len(title) > 1
            ):
                return start, i
        return start, end

    def _class_by_end(self, name: str) -> str:
        ends = [name[-n:] for n in range(min(6, len(name) - 1), 0, -1)]
        if any(self.things.get(e) == "Project" for e in ends):
            return "Project"
        return next((c for e in ends if (c := self.strong.get(e, self.trade.get(e)))), "")

    def _generic(self, name: str) -> bool:
        """Whether a stretch is a kind of thing, not a name ("深圳公司", "新股东")."""
        words = (self.generic, self.heads, self.enders, self.titles, self.things, self.vocabulary)
        return any(name in w for w in words) or any(
            name.endswith(h) and (name[: -len(h)] in self.generic or self._place(name[: -len(h)]))
            for h in self.heads
        )

    def _place(self, word: str) -> bool:
        return self.words.tag(word) == "ns"

    # -- what tokens are --------------------------------------------------------------------------

    def _odd(self, token: Token) -> bool:
        """A character or rare proper name that ordinary words do not account for."""
        if token.tag == "NAME" or not token.text.isalpha() or token.text[0] < "\u3400":
            return False
        if token.text in self.vocabulary or token.text in self.stops:
            return False
        if len(token.text) > 1:
            return (token.tag in _PROPER and token.freq < 80) or token.freq == 0
        if token.tag in _GRAMMAR_TAGS and token.freq > 5000:
            return token.text in self.surnames and token.freq < 30000
        return token.freq < 60000

    def _material(self, token: Token) -> bool:
        """A word that may stand inside an institution's name."""
        if token.text in self.heads or token.text in self.enders or token.text in self.stops:
            return False
        if not token.text[0].isalnum():
            return False
        if len(token.text) == 1 and token.tag == "q":
            return token.freq < 60000
        return (
            token.tag[0] in "nvjbaixzg"
            or token.tag in ("eng", "NAME", "s", "l")
            or self._odd(token)
        ) and token.tag not in ("vd", "ad")

    def _bounded(self, text: str, start: int, tokens: list[Token], i: int) -> bool:
        """Whether a name may begin here: after a mark, a grammar word or a kind of firm."""
        if start == 0:
            return True
        before = tokens[i - 1] if i > 0 else None
        return (
            not text[start - 1].isalnum()
            or before is None
            or not self._material(before)
            or before.tag == "v"
            or before.text in self.heads
        )

    def _placed(self, text: str, start: int, end: int) -> bool:
        """Whether the words around are those around names."""
        return text.startswith(self.after, end) or text.endswith(self.before, 0, start)

    # -- the ways a name shows itself -------------------------------------------------------------

    def _defined(self, text: str) -> Iterator[Proposal]:
        for pattern in (_DEFINED, _ACRONYM):
            for match in pattern.finditer(text):
                name = match.group(1)
                if name not in self.heads and name not in self.latin_stop and name != "公司":
                    yield Proposal(
                        match.start(1),
                        match.end(1),
                        "",
                        2,
                        alias_of=text[max(0, match.start() - 60) : match.start()],
                    )

    def _latin(self, text: str) -> Iterator[Proposal]:
        for match in _LATIN.finditer(text):
            start, end = match.span()
            words = match.group().split(" ")
            while words and words[0] in self.latin_stop:
                start += len(words.pop(0)) + 1
            own = len(words) == 2 and words[-1] == "AI" and not text.startswith(self.ai, end)
            while words and words[-1] in self.latin_stop and not own:
                end -= len(words.pop()) + 1
            # "持有DeepSeek 84%": the number counts something else.
            if len(words) > 1 and re.fullmatch(r"[\d.,]+", words[-1]) and _COUNTED.match(text, end):
                end -= len(words.pop()) + 1
            name = text[start:end] if words else ""
            # "eVTOL企业X": the kind of firm that X is
            if (
                any(text[end : end + n] in self.heads for n in (2, 3, 4))
                and text[end : end + 2] != "公司"
            ):
                continue
            if len(name) < 2 or not any(c.isupper() for c in name) or name.islower():
                continue
            coded = any(c.isdigit() for c in name) and " " not in name
            if coded and re.fullmatch(r"[\d.]*[A-Za-z]{1,3}|[QHKFS]\d+|\d.*", name):
                continue
            yield Proposal(start, end, "Product" if coded else "", 2)

    def _ended(self, text: str, tokens: list[Token]) -> Iterator[Proposal]:
        i = 0
        while i < len(tokens):
            if tokens[i].text not in self.strong and tokens[i].text not in self.trade:
                i += 1
                continue
            first = i
            while i < len(tokens) and (
                tokens[i].text in self.strong or tokens[i].text in self.trade
            ):
                i += 1
            # "中国建设银行匈牙利分行": a place between two ends belongs to the name.
            if i + 1 < len(tokens) and tokens[i].tag == "ns" and tokens[i + 1].text in (
                "分行", "支行", "分公司", "子公司",
            ):  # fmt: skip
                i += 2
            stop = i
            while (
                stop - first > 1
                and tokens[stop - 1].text in self.verbal
                and (
                    i < len(tokens)
                    and (tokens[i].text[0].isdigit() or tokens[i].tag in ("m", "ul", "r"))
                )
            ):
                stop -= 1  # 瀚洋科技|投资|3亿: the last one is the verb
            if stop < i:
                yield from self._name_ending(text, tokens, first, stop)
            elif not self._describes(tokens, i):
                yield from self._name_ending(text, tokens, first, i)

    def _describes(self, tokens: list[Token], after: int) -> bool:
        """Whether the words only describe what follows ("机器人|研发商X", "主权基金|GIC")."""
        if after >= len(tokens):
            return False
        following = tokens[after]
        if following.tag == "NAME":
            return following.text.isascii() or tokens[after - 1].text in self.heads
        # 人形机器人|关节|企业X: the head may follow after a noun or two.
        for token in tokens[after + 1 : after + 3]:
            if token.text in self.heads and token.text not in ("公司", "旗下", "股东", "客户"):
                return True
            if token.tag[0] not in "nvb":
                break
        return (following.text in self.heads and following.text != "公司") or (
            following.tag == "eng"
            and following.text[0].isalpha()
            and following.text not in self.latin_stop
            and len(following.text) > 1
        )

    def _name_ending(
        self, text: str, tokens: list[Token], first: int, after: int
    ) -> Iterator[Proposal]:
        last = tokens[after - 1]
        strong = any(t.text in self.strong for t in tokens[first:after])
        code = self.strong.get(last.text) or self.trade.get(last.text) or "Company"
        left = self._odd_left(tokens, first)
        size = tokens[first].start - tokens[left].start
        verbal = after - first == 1 and last.text in self.verbal
        known = left < first and tokens[left].tag == "NAME"
        following = tokens[after] if after < len(tokens) else None
        # 西门子|能源: a known name and a trade are another firm, unless the trade describes a noun.
        grown = following is None or following.tag[0] not in "nvj" or following.text in self.after
        if known and (
            verbal or not (strong or grown) or tokens[left].text in self.latin_stop  # GPU|芯片
        ):
            return
        if left < first and (size >= 2 or (not verbal and tokens[left].freq < 3000)):
            if (
                left
                and tokens[left - 1].tag == "ns"
                and tokens[left - 1].start < tokens[left].start
            ):
                left -= 1
            if verbal and text[: tokens[left].start].endswith(_AT):
                return
            firm = size >= 2 or strong
            yield Proposal(
                tokens[left].start, last.end, code, 2 if firm else 1,
                placed=self._placed(text, tokens[left].start, last.end),
            )  # fmt: skip
            return
        # Ordinary words before the end: an institution ("自然资源部"), or a firm named by a word.
        left = first
        public = code == "GovernmentBody"
        while (
            left > 0
            and (self._material(tokens[left - 1]) or (public and tokens[left - 1].text == "计划"))
            and (last.end - tokens[left - 1].start <= (16 if strong else 8))
            # 微软|租用|算力: what a known firm does is no part of a name
            and not (left < first and tokens[left - 1].tag == "NAME" and tokens[left].tag[0] == "v")
        ):
            left -= 1
        while left < first and (
            tokens[left].text in self.generic
            or (tokens[left].tag[0] in "vd" and tokens[left].tag != "vn")
        ):
            left += 1
        if left == first:
            # "国发基金" may be one word of the dictionary with its end.
            return
        if not self._bounded(text, tokens[left].start, tokens, left):
            return
        start = tokens[left].start
        if verbal and text[:start].endswith(_AT):
            return  # 在|佛山|建设: a place and what is done there
        if last.end - start < (3 if public and left + 1 == first else 4):
            return
        placed = self._placed(text, start, last.end)
        if all(
            t.text in self.latin_stop
            or t.text in self.generic
            or (t.tag == "eng" and any(c.isdigit() for c in t.text))
            for t in tokens[left:first]
        ):
            return
        telling = any(
            t.tag in ("ns", "NAME", "nz", "nt", "eng") or self._odd(t) or t.freq < 100
            for t in tokens[left:first]
        )
        # 上海|电气: a place and a trade, with no further noun, is a firm.
        following = tokens[after] if after < len(tokens) else None
        local = (
            left + 1 == first
            and tokens[left].tag == "ns"
            and not verbal
            and (following is None or following.tag not in ("n", "vn"))
        )
        closed = following is None or following.tag in ("v", "nr") or following.tag[0] not in "nvbj"
        certain = (not verbal and telling and (strong or closed)) or (
            strong and not verbal and placed
        )
        certain = certain or local
        # Plain words before a trade are a kind of thing more often than a name ("人形|机器人").
        plain = not strong and not telling and not certain
        strength = 2 if certain else 0 if plain else 1
        placed = placed and not verbal and (not plain or last.end - start == 4)
        yield Proposal(start, last.end, code, strength, placed=placed)

    def _odd_left(self, tokens: list[Token], first: int) -> int:
        """How far odd characters reach to the left of an end."""
        left = first
        while left > 0 and tokens[first].start - tokens[left - 1].start <= 6:
            token = tokens[left - 1]
            if self._odd(token) or (token.tag == "NAME" and left == first):
                left -= 1
            elif token.tag == "eng" and token.text.isupper() and token.text not in self.latin_stop:
                left -= 1  # HD|现代|重工
                break
            elif (
                len(token.text) == 1
                and left == first
                and left > 1
                and token.text not in self.stops
                and token.text.isalpha()
                and self._odd(tokens[left - 2])
                and tokens[left - 2].freq < 3000
            ):
                left -= 2  # 遨|天|科技: a common character between an odd one and the end
            elif (
                len(token.text) == 1
                and left < first
                and token.text not in self.stops
                and token.text[0] >= "\u3400"
                and tokens[left].freq < 3000
                and len(tokens[left].text) == 1
                and tokens[first].start - token.start <= 3
            ):
                left -= 1  # 高|瓴|资本: a common character that leans on an odd one
            else:
                break
        return left

    def _odd_runs(self, text: str, tokens: list[Token]) -> Iterator[Proposal]:
        i = 0
        while i < len(tokens):
            if not self._odd(tokens[i]):
                i += 1
                continue
            first = i
            while i < len(tokens) and self._odd(tokens[i]):
                i += 1
            start, end = tokens[first].start, tokens[i - 1].end
            if self._describes(tokens, i) and end - start < 4:
                continue
            # 沃|飞|长空: a plain noun may close an odd name before a boundary.
            if i < len(tokens) and i - first >= 2 and self._closes(tokens, i):
                end = tokens[i].end
            # 厂|上|诠: after a kind of firm even a grammar character belongs to the name.
            if (
                i - first == 1
                and first > 1
                and tokens[first].freq < 100
                and len(tokens[first].text) == 1
            ):
                before = tokens[first - 1]
                if (
                    len(before.text) == 1
                    and before.text.isalpha()
                    and tokens[first - 2].text in self.heads
                ):
                    start = before.start
            size = end - start
            if 2 <= size <= 6:
                singles = [t for t in tokens[first:i] if len(t.text) == 1]
                rare = sum(t.freq < 4000 for t in singles)
                # 科|丝|美|诗: characters that form no words, where nothing stands before
                alone = start == 0 or not text[start - 1].isalnum()
                certain = len(singles) >= 3 and (rare >= 2 or alone)
                yield Proposal(
                    start, end, "", 2 if certain and self._placed(text, start, end) else 1,
                    placed=rare >= 1 and self._placed(text, start, end),
                )  # fmt: skip

    def _closes(self, tokens: list[Token], i: int) -> bool:
        token = tokens[i]
        after = tokens[i + 1].text if i + 1 < len(tokens) else "。"
        return (
            len(token.text) == 2
            and token.tag in ("n", "ns", "nz", "nr")
            and token.text not in self.vocabulary
            and after in ("、", "与", "和", "及", ",", "。", ";")
        )

    def _people(self, text: str, tokens: list[Token]) -> Iterator[Proposal]:
        for i, token in enumerate(tokens):
            if token.text not in self.titles:
                continue
            after = i + 1
            if after < len(tokens) and tokens[after].text in ("为", "是", "叫", "由"):
                after += 1
            if after >= len(tokens) or tokens[after].tag == "NAME":
                continue
            end = self._person_end(tokens, after)
            if end:
                yield Proposal(tokens[after].start, end, "Person", 2)

    def _person_end(self, tokens: list[Token], i: int) -> int:
        """Where a person's name that begins at a token ends; 0 when none does."""
        token = tokens[i]
        if token.text in self.vocabulary:
            return 0
        if len(token.text) >= 2:
            if token.tag not in ("nr", "nrt", "nrfg") and token.freq:
                return 0
            follower = tokens[i + 1] if i + 1 < len(tokens) else None
            # 卡帕|西: the dictionary knows only a part of a foreign name.
            longer = (
                follower is not None
                and len(token.text) == 2
                and len(follower.text) == 1
                and follower.text[0] >= "\u3400"
                and follower.text not in self.stops
                and follower.tag in ("ns", "nr", "n", "x", "g", "ng", "f", "nz", "zg")
            )
            return follower.end if follower is not None and longer else token.end
        if token.text not in self.surnames:
            return 0
        end = token.end
        for follower in tokens[i + 1 : i + 3]:
            if (
                end - token.start >= 3
                or not follower.text.isalpha()
                or follower.text in self.stops
                or follower.text in self.vocabulary
                or follower.text[0] < "\u3400"
                or (len(follower.text) == 2 and (end - token.start > 1 or follower.freq > 3000))
                or len(follower.text) > 2
                or (len(follower.text) == 1 and follower.tag == "v" and follower.freq > 20000)
            ):
                break
            end = follower.end
        return end if end - token.start >= 2 else 0

    def _rows(self, text: str, tokens: list[Token]) -> Iterator[Proposal]:
        """In "A、B和C", what stands in a row with a name is a name."""
        for i, token in enumerate(tokens):
            if token.tag != "NAME":
                continue
            yield from self._neighbour(text, tokens, i, -1)
            yield from self._neighbour(text, tokens, i, 1)

    def _neighbour(self, text: str, tokens: list[Token], i: int, step: int) -> Iterator[Proposal]:
        j = i + step
        if not (0 <= j < len(tokens)) or tokens[j].text not in ("、", "和", "与", "及", "以及"):
            return
        j += step
        chunk: list[Token] = []
        while (
            0 <= j < len(tokens)
            and tokens[j].text not in self.also
            and (self._material(tokens[j]) or (tokens[j].tag == "m" and len(tokens[j].text) == 2))
        ):
            chunk.append(tokens[j])
            j += step
        if step < 0:
            chunk.reverse()
        elif 0 < j < len(tokens) and tokens[j].text in self.heads:
            return
        while chunk and chunk[0].tag == "ns" and len(chunk) > 1:
            chunk.pop(0)
        size = chunk[-1].end - chunk[0].start if chunk else 0
        if not 2 <= size <= 10 or any(t.tag == "NAME" for t in chunk):
            return
        plain = len(chunk) == 1 or size < 4 or any(t.text in self.generic for t in chunk)
        if not plain or any(
            self._odd(t) or t.tag in _PROPER or t.text in self.strong for t in chunk
        ):
            yield Proposal(chunk[0].start, chunk[-1].end, tokens[i].tag and "", 1, placed=True)

    def _lists(self, text: str, tokens: list[Token]) -> Iterator[Proposal]:
        """After "客户包括" every member of the row that follows is a name."""
        for opener in self.openers:
            at = text.find(opener)
            while at >= 0:
                end = re.compile(r"[,。;:!?()]|等|$").search(text, at + len(opener))
                stop = end.start() if end else len(text)
                yield from self._members(tokens, at + len(opener), stop)
                at = text.find(opener, at + 1)

    def _closed_rows(self, text: str, tokens: list[Token]) -> Iterator[Proposal]:
        """Before "跟投" every member of the row is a name."""
        for closer in self.closers:
            at = text.find(closer)
            while at >= 0:
                left = max(text.rfind(mark, 0, at) for mark in ",。;:(“由") + 1
                stop = len(text[left:at].rstrip("等联合共同")) + left
                yield from self._members(tokens, left, stop)
                at = text.find(closer, at + 1)

    def _members(self, tokens: list[Token], start: int, stop: int) -> Iterator[Proposal]:
        chunk: list[Token] = []
        for token in [*(t for t in tokens if start <= t.start and t.end <= stop), None]:
            if token is None or token.text in ("、", "和", "与", "及", "以及", "的"):
                while len(chunk) > 1 and (
                    chunk[0].tag == "ns"
                    or chunk[0].text in self.heads
                    or chunk[0].text in ("老", "新", "老股东", "现有", "本地")
                ):
                    chunk.pop(0)
                if chunk and all(
                    (self._material(t) or t.tag == "m") and t.tag != "NAME" for t in chunk
                ):
                    size = chunk[-1].end - chunk[0].start
                    common = len(chunk) == 1 and chunk[0].freq > 200 and chunk[0].tag not in _PROPER
                    if 2 <= size <= 8 and not common:
                        yield Proposal(chunk[0].start, chunk[-1].end, "", 1, placed=True)
                chunk = []
            else:
                chunk.append(token)

    def _things(self, tokens: list[Token]) -> Iterator[Proposal]:
        """Undertakings without a name of their own: "苏州二期基地", "AI光学新厂"."""
        for i, token in enumerate(tokens):
            code = self.things.get(token.text)
            numbered = code == "Product" and i > 0 and tokens[i - 1].text.endswith("号")
            if code is None or (code != "Project" and not numbered):
                continue
            left = i
            while (
                left > 0
                and token.end - tokens[left - 1].start <= 12
                and self._modifies(tokens[left - 1])
            ):
                left -= 1
            words = tokens[left:i]
            while words and (
                (words[0].text in self.generic and words[0].tag != "eng") or words[0].tag == "m"
            ):
                words = words[1:]
            if not words:
                continue
            if (
                i + 1 < len(tokens)
                and tokens[i + 1].tag in ("n", "vn")
                and (tokens[i + 1].text not in self.enders)
            ):
                continue
            verb = i - len(words) - 1
            while verb > 0 and tokens[verb].tag in ("m", "q"):
                verb -= 1
            built = verb >= 0 and tokens[verb].text in self.builders
            built = built and token.end - words[0].start >= 4
            plain = len(words) < 2 and words[0].tag != "ns" and words[0].text not in _PHASES
            if (len(token.text) < 2 or plain) and not built:
                continue
            if built or any(
                numbered or w.tag in ("ns", "eng") or w.text in _PHASES or self._odd(w)
                for w in words
            ):
                yield Proposal(words[0].start, token.end, code, 2)

    def _modifies(self, token: Token) -> bool:
        if self.strong.get(token.text) in ("GovernmentBody", "Fund"):
            return False
        if token.tag == "NAME" or token.text in self.stops or not token.text[0].isalnum():
            return False
        if token.text in self.trade or token.text in _PHASES:
            return True
        if token.tag in ("eng", "ns", "b", "vn", "nz"):
            return True
        return token.tag[0] in "nja" or token.tag in ("x", "l")

    def _anchored(self, tokens: list[Token]) -> Iterator[Proposal]:
        """Plain words at the start of a clause before "宣布" or "创始人", or after "动画公司"."""
        for i, token in enumerate(tokens):
            opening = i == 0 or tokens[i - 1].text in ",。;:!?[]“”"
            headed = i > 1 and tokens[i - 1].text in self.heads and self._material(tokens[i - 2])
            if not (opening or headed) or token.tag == "NAME":
                continue
            j = i
            while j < len(tokens) and self._nominal(tokens[j]) and tokens[j].end - token.start <= 8:
                j += 1
            if j == i or j >= len(tokens) or token.text in self.generic:
                continue
            size = tokens[j - 1].end - token.start
            telling = any(self._odd(t) or t.tag in _PROPER or t.freq < 300 for t in tokens[i:j])
            closed = tokens[j].text in self.anchors or tokens[j].text in self.titles
            closed = closed or (
                headed and (tokens[j].text in self.stops or tokens[j].text in self.also)
            )
            if headed and not closed:
                closed = not tokens[j].text.isalnum()
            if size >= 3 and (j - i >= 2 or token.freq < 20) and telling and closed:
                yield Proposal(token.start, tokens[j - 1].end, "", 1, placed=True)

    def _nominal(self, token: Token) -> bool:
        """A word that names may be made of, when nothing else says so."""
        if token.tag == "NAME" or token.text in self.stops or token.text in self.anchors:
            return False
        if token.text in self.heads or token.text in self.titles or token.text in self.enders:
            return False
        if not token.text[0].isalpha() or token.text[0] < "\u3400":
            return False
        return (
            self._odd(token) or token.tag[0] in "nxjg" or token.tag in ("vn", "b", "a", "zg", "z")
        )


def _split(text: str, found: Iterable[Found]) -> Iterator[Found]:
    """Stretches cut at the marks of a row: "启明创投、君联资本" is two."""
    for start, end, tag in found:
        at = start
        for i in range(start, end + 1):
            if i == end or text[i] in "、/":
                if i > at:
                    yield Found(at, i, tag)
                at = i + 1


def _cjk(text: str) -> bool:
    return text[:1] >= "\u3400"
