"""All names of a document, decided over the whole of it.

Paragraphs propose; the document decides: what is a name in one sentence is one in the next, a
candidate that is repeated or stands where names stand is taken, and short forms of long names are
found. Then every paragraph is read once more with the names that the document has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from kg.extract import en_document
from kg.extract.gazetteer import Gazetteer, Hit
from kg.extract.lexicon import Language
from kg.extract.marked import Marked
from kg.extract.name_edges import (
    chinese_descriptor,
    english_descriptor,
    speech,
    spelt_out,
)
from kg.extract.names_en import EnglishNames
from kg.extract.paragraphs import Paragraphs
from kg.extract.proposals import Name, Part, Proposal
from kg.extract.words import Token, Words
from kg.extract.zh_document import extended, repeated, short_forms, subjects
from kg.extract.zh_lexis import ChineseLexis
from kg.extract.zh_statistics import Statistics
from kg.text import is_chinese

_BRANCH = re.compile("[\u4e00-\u9fff]{2,6}?(?:分行|支行|分公司)")
_PHASE = re.compile("[一二三四五六七八九十]+期")
_BRACKETED_ALIAS = re.compile(
    r"[(](?:以下|下文|下)?(?:统|合)?(?:简称|称)?(?:为)?[“\"‘][^()]{1,40}[)]"
    r"|[(][A-Z][A-Za-z0-9&.:, -]{1,24}[)]"
    r"|\s\((?:the |together, )?[“\"‘'][^()]{1,40}\)|\s\([A-Z][A-Za-z0-9&.: -]{1,20}\)"
)
#: "上|周刚"
_CALENDAR = re.compile("[上下本这]周|[上下本]月")
#: "2月份杭州银行"
_DATED = re.compile(r"\d+(?:月份?|年|日)")
#: "川岭国际(新加坡)有限公司"
_LOCAL = re.compile(
    "(?:中国|香港|亚太|亚洲|北美|欧洲|台湾|日本|大中华区)(?![市政经人区的本])|[(][\u4e00-\u9fff]{2,4}[)][\u4e00-\u9fff]{0,6}?(?:有限公司|集团|分公司)"
)
#: "Jess Thwaite, 31, …": an age belongs to the name.
_AGE = re.compile(r", \d{2}(?=,? (?:and|who|is|has|was|set|founded|started)\b),?|, aged \d{2},?")


@dataclass(slots=True)
class NameFinder:
    """Finds the names of documents; built once per extractor.

    Args:
        languages: those that documents are read in, by script.
        gazetteer: the known names.
        words: the dictionary for Chinese; None where no Chinese is read.
        triggers: words of relation patterns, which no descriptor may swallow.
        statistics: for Chinese; None for rules alone.
    """

    languages: Mapping[str, Language]
    gazetteer: Gazetteer
    words: Words | None
    triggers: Mapping[str, str] = field(default_factory=dict)
    statistics: Statistics | None = None
    chinese: ChineseLexis | None = field(init=False, default=None)
    english: EnglishNames | None = field(init=False, default=None)
    marked: Marked = field(init=False)
    heads: dict[str, frozenset[str]] = field(init=False)
    others: dict[tuple[str, ...], NameFinder] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        if "zh" in self.languages and self.words is not None:
            self.chinese = ChineseLexis(self.languages["zh"].names, self.words, self.triggers)
        if "en" in self.languages:
            self.english = EnglishNames(self.languages["en"].names)
        self.marked = Marked(self.languages, self.chinese, self.english)
        self.heads = {
            code: frozenset(lang.names.words("descriptors", "heads"))
            for code, lang in self.languages.items()
        }

    def speaking(self, languages: Mapping[str, Language]) -> NameFinder:
        """The finder of the same names in other languages, kept for more documents in them.

        Args:
            languages: script → language.
        """
        codes, own = (
            tuple(sorted(lang.code for lang in of.values())) for of in (languages, self.languages)
        )
        if codes == own:
            return self
        if codes not in self.others:
            self.others[codes] = replace(self, languages=languages)
        return self.others[codes]

    def find(self, parts: Sequence[Part]) -> list[list[Name]]:
        """The names of each paragraph, in order, not overlapping."""
        read = Paragraphs(parts, self.gazetteer, self.marked, self.chinese, self.english)
        tokens = [self._tokens(*of) for of in zip(parts, read.hits, strict=True)]
        seen: Sequence[Sequence[Proposal]] = [() for _ in parts]
        if self.statistics is not None and self.chinese is not None:
            seen = self.statistics.read(self.chinese, parts, read.hits)
        own = self._decide(read, tokens, seen)
        if self.chinese is not None and own:
            # Once more with what was found: rows and phrases grow around known names.
            first = Gazetteer(own)
            tokens = [
                self._tokens(part, [*hits, *new]) if (new := list(first.find(part.text))) else cut
                for part, hits, cut in zip(parts, read.hits, tokens, strict=True)
            ]
            more = self._decide(read, tokens, seen)
            own |= {n: t for n, t in more.items() if n not in own}
        works = {
            part.text[n.start : n.end]
            for part, names in zip(parts, read.titles, strict=True)
            for n in names if n.type == "Product"
        }  # fmt: skip
        coined = {
            part.text[n.start : n.end]
            for part, names in zip(parts, read.quotes, strict=True)
            for n in names if n.type == "Concept"
        }  # fmt: skip
        # Said again without its marks a phrase is still what was coined.
        phrases = {c: "Concept" for c in coined if " " in c or (is_chinese(c) and len(c) > 3)}
        phrases |= {c: "Concept" for c in read.marked if read.spoken.count(c)}
        document = Gazetteer({n: t for n, t in own.items() if n not in coined} | phrases)
        found = [self._names(read, i, cut, document, works) for i, cut in enumerate(tokens)]
        # What somebody thought up is that wherever it stands in quotes.
        return [
            [
                replace(n, type="Concept", quoted=False)
                if n.quoted and part.text[n.start : n.end] in coined
                else n
                for n in names
            ]
            for part, names in zip(parts, found, strict=True)
        ]

    def tokens(self, part: Part, names: Sequence[Name]) -> list[Token]:
        """The words of a Chinese paragraph with its names kept whole."""
        if self.chinese is None or part.script != "zh":
            return []
        return self.chinese.cut(part.text, [(n.start, n.end) for n in names])

    def _tokens(self, part: Part, hits: Sequence[Hit]) -> list[Token]:
        if self.chinese is None or part.script != "zh":
            return []
        known: list[tuple[int, int]] = []
        taken = bytearray(len(part.text))
        for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start)):
            if not any(taken[hit.start : hit.end]):
                known.append((hit.start, hit.end))
                taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
        return self.chinese.cut(part.text, sorted(known))

    def _decide(
        self,
        read: Paragraphs,
        tokens: Sequence[list[Token]],
        seen: Sequence[Sequence[Proposal]],
    ) -> dict[str, str]:
        """The document's own names → class code."""
        certain: dict[str, str] = {}
        defined: set[str] = set()
        possible: Counter[str] = Counter()
        placed: set[str] = set()
        types: dict[str, str] = {}
        chinese = self.chinese
        for i, (part, cut, more) in enumerate(zip(read.parts, tokens, seen, strict=True)):
            # 起|接掌|公司: the tagger knows no verbs of the lexicon
            split = {
                at for t in (cut if more else ()) if chinese and t.text in chinese.also
                for at in range(t.start + 1, t.end)
            }  # fmt: skip
            proposals = [
                *read.proposals(i, cut),
                *(p for p in more if p.start not in split),
            ]
            if part.headline and part.script == "zh":
                # A headline packs words: only what the body names too is a name.
                proposals = [p for p in proposals if part.text[p.start : p.end] in read.body]
            people = [p for p in proposals if p.type == "Person"]
            for proposal in proposals:
                if not proposal.type and any(_overlap(proposal, p) for p in people):
                    continue
                name = part.text[proposal.start : proposal.end]
                end = proposal.end
                glued = {part.text[end - 1 : end], part.text[end - 1 : end + 1]}
                if chinese and len(name) > 2 and glued & chinese.tails:
                    name = name[:-1]  # 马士基|正与
                if (
                    (chinese and chinese.acting.search(name))
                    or _DATED.match(name)
                    or _CALENDAR.match(part.text, proposal.start - 1)
                ):
                    continue
                if chinese and name[0] in chinese.suffixes and len(name) > 3 and proposal.start > 0:
                    name = name[is_chinese(part.text[proposal.start - 1]) :]  # 电池|厂|瓴锂科技
                if chinese and (verb := chinese.dividing.match(name)):
                    name = name[verb.end() :]  # 传出|光年动漫, 考虑|改
                    if len(name) < 2:
                        continue
                if chinese and (name.startswith(chinese.starts) or name in chinese.alone):
                    continue
                if chinese and proposal.type == "Person" and _turned_to(chinese, part, proposal):
                    continue
                types[name] = types.get(name) or proposal.type
                if proposal.alias_of and not proposal.type:
                    types[name] = types[name] or _type_of_owner(proposal.alias_of, certain)
                if proposal.alias_of:
                    defined.add(name)
                    if name.startswith("the "):  # a sentence begins: "The Department has …"
                        certain.setdefault("The" + name[3:], types[name])
                        defined.add("The" + name[3:])
                if proposal.strength == 2:
                    certain[name] = certain.get(name) or types[name]
                elif proposal.strength == 1 or proposal.placed:
                    possible[name] += 1
                    if proposal.placed:
                        placed.add(name)
        text = read.text
        for name in sorted(possible):
            if name in placed or (read.spoken.count(name) >= 2 and len(name) > 2):
                certain.setdefault(name, types[name])
        if chinese is not None:
            openings = subjects(chinese, tokens)
            for name in (*repeated(chinese, openings, text), *read.shown):
                certain.setdefault(name, "")
            for name, code in extended(chinese, certain, text).items():
                certain.setdefault(name, code)
            certain |= short_forms(chinese, certain, text, openings.keys())
        if self.english is not None:
            certain |= en_document.people(self.english, certain, text)
            certain |= en_document.types(self.english, certain, text)
        ends = set(chinese.strong) - chinese.verbal if chinese is not None else set()
        return {
            n: t
            for n, t in certain.items()
            if n in defined
            or _office(chinese, n)
            or not _glued(n, certain, text, self.gazetteer, ends)
        }

    # -- the second reading -----------------------------------------------------------------------

    def _names(
        self,
        read: Paragraphs,
        number: int,
        cut: Sequence[Token],
        document: Gazetteer,
        works: Set[str],
    ) -> list[Name]:
        part = read.parts[number]
        text = part.text
        hits = sorted((h.start, h.end, h.type) for h in (*read.hits[number], *document.find(text)))
        names = [Name(s, e, t, s, e) for s, e, t in hits]
        names += [
            replace(n, type="Product") if text[n.start : n.end] in works else n
            for n in read.titles[number]
        ]
        names += [q for q in read.quotes[number] if not speech(q, part, hits)]
        kept: list[Name] = []
        taken = bytearray(len(text))
        # Longest first; of two equally long ones the typed one.
        plain_ones = {(n.start, n.end) for n in names if not n.quoted}
        for name in sorted(
            names,
            key=lambda n: (
                n.start - n.end,
                n.type != "Concept",  # what somebody thought up stands in quotes: “机翼银行”
                n.type == "",
                n.outer_start - n.outer_end,
                n.start,
                n.type,
            ),
        ):
            if name.quoted and (name.start, name.end) in plain_ones:
                name = replace(name, quoted=False)
            if not any(taken[name.start : name.end]):
                kept.append(name)
                taken[name.start : name.end] = b"\1" * (name.end - name.start)
        kept.sort(key=lambda n: n.start)
        return self._outer(part, cut, self._merged(text, kept))

    def _merged(self, text: str, names: list[Name]) -> list[Name]:
        """ "微软" and "Azure" side by side are one name; so are "TCL" and "中环"."""
        merged: list[Name] = []
        for name in names:
            last = merged[-1] if merged else None
            if (
                last is not None
                and last.end == name.start
                and not (last.quoted or name.quoted)
                and (
                    (
                        {last.type, name.type} <= {"Company", ""}
                        and is_chinese(text[last.end - 1]) != is_chinese(text[name.start])
                    )
                    # 杭州市|临平区: a place in a place
                    or (last.type == name.type == "Place" and is_chinese(text[name.start]))
                )
            ):
                merged[-1] = Name(
                    last.start, name.end, last.type or name.type, last.start, name.end
                )
            else:
                merged.append(name)
        for i, name in enumerate(merged):
            phase = _PHASE.match(text, name.end) if name.type == "Fund" else None
            if text[name.start : name.end].endswith("行"):
                phase = _BRANCH.match(text, name.end)
            if phase:
                merged[i] = Name(name.start, phase.end(), name.type, name.start, phase.end())
        return merged

    def _outer(self, part: Part, cut: Sequence[Token], names: list[Name]) -> list[Name]:
        grown: list[Name] = []
        ends = {token.end: i for i, token in enumerate(cut)}
        floor = 0
        for i, name in enumerate(names):
            ceiling = names[i + 1].outer_start if i + 1 < len(names) else len(part.text)
            start = self._descriptor_start(part, cut, ends, name.outer_start, floor)
            if part.script == "en" and part.text[max(floor, start - 4) : start].lower() == "the ":
                start -= 4
            end = name.outer_end
            alias = _BRACKETED_ALIAS.match(part.text, end)
            if alias:
                end = alias.end()
            elif part.script == "zh" and (branch := _LOCAL.match(part.text, end)):
                end = branch.end()
            elif part.script == "en" and (age := _AGE.match(part.text, end)):
                end = age.end()
            elif (
                end < ceiling
                and part.script == "zh"
                and part.text.startswith("公司", end)
                and name.type in ("", "Company")
            ):
                end += 2
            if (
                part.script == "zh"
                and part.text[start - 1 : start] == "("
                and part.text[end : end + 1] == ")"
            ):
                whole = spelt_out(self.chinese, part.text, start - 1, floor)
                if whole < start - 1:
                    start, end = whole, end + 1
            grown.append(Name(name.start, name.end, name.type, start, end, name.quoted))
            floor = max(end, name.end)
        # A definition in brackets swallows the names inside it.
        return [
            n for i, n in enumerate(grown)
            if not any(o.end <= n.start and n.end <= o.outer_end for o in grown[max(0, i - 2) : i])
        ]  # fmt: skip

    def _descriptor_start(
        self, part: Part, cut: Sequence[Token], ends: Mapping[int, int], start: int, floor: int
    ) -> int:
        """Where the kind of firm before a name begins; the name's own start when there is none."""
        heads = self.heads.get(part.script, frozenset())
        if part.script == "zh":
            last = ends.get(start, -1)
            return chinese_descriptor(self.chinese, part.text, cut, last, floor, heads, start)
        return english_descriptor(self.english, part.text, start, floor, heads, self.triggers)


def _turned_to(chinese: ChineseLexis, part: Part, person: Proposal) -> bool:
    """同意|向广泽: behind a word that is no title, a preposition begins no person's name."""
    before = part.text[max(0, person.start - 6) : person.start]
    return (
        part.text[person.start] in chinese.stops
        and before[-1:].isalpha()
        and not before.endswith(tuple(chinese.titles))
    )


def _overlap(a: Proposal, b: Proposal) -> bool:
    return a.start < b.end and b.start < a.end


#: Between two names of a row.
_ROW = re.compile("(?<=..)[与和及同跟](?=..)")


def _glued(
    name: str, names: Mapping[str, str], text: str, known: Gazetteer, ends: Set[str]
) -> bool:
    """Whether a candidate is a better attested name with a word stuck to it ("购华芯").

    Args:
        ends: what names end in: "海澜湾航运" is no "海澜湾" with a word behind.
    """
    if not is_chinese(name):
        return False
    joint = _ROW.search(name)
    if joint and name[: joint.start()] in names:
        return True  # 港涛渡轮|与|理工大学
    for rest in (name[:-2], name[:-3], name[:-4]):
        if (
            name[len(rest) :] not in ends
            and len(rest) > 2
            and rest in names
            and text.count(rest) > 2 * text.count(name)
        ):
            return True
    for rest in (name[:-2], name[:-3]):
        # 泓曜能源|电力: said once, what stands before its end is a whole name elsewhere
        whole = len(rest) > 3 and rest in names and rest.endswith(tuple(ends))
        if whole and name[len(rest) :] in ends and text.count(name) == 1 < text.count(rest) - 1:
            return True
    for cut in (1, 2, 3):
        rest = name[cut:]
        if len(rest) < 2:
            return False
        if rest in known.types or (rest in names and text.count(rest) > 2 * text.count(name)):
            return True
    return False


def _office(chinese: ChineseLexis | None, name: str) -> bool:
    """湖南省|科技厅, 市场|监管总局: an office with what tells it from others."""
    return (
        chinese is not None
        and chinese.class_by_end(name) == "GovernmentBody"
        and any(chinese.words.tag(name[:n])[:1] == "n" for n in (2, 3, 4))
    )


def _type_of_owner(before: str, names: Mapping[str, str]) -> str:
    owners = [name for name in names if before.endswith(name)]
    return names[max(owners, key=len)] if owners else ""
