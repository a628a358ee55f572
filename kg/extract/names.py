"""All names of a document, decided over the whole of it.

Paragraphs propose; the document decides: what is a name in one sentence is one in the next, a
candidate that is repeated or stands where names stand is taken, and short forms of long names are
found. Then every paragraph is read once more with the names that the document has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from kg.extract import en_document
from kg.extract.gazetteer import Gazetteer, Hit
from kg.extract.lexicon import Language
from kg.extract.marked import Marked
from kg.extract.name_choice import glued, office, overlap, spliced, trimmed, type_of_owner
from kg.extract.name_edges import chinese_descriptor, english_descriptor, speech
from kg.extract.name_places import longest, merged, with_surroundings
from kg.extract.names_en import EnglishNames
from kg.extract.paragraphs import Paragraphs
from kg.extract.proposals import Name, Part, Proposal
from kg.extract.words import Token, Words
from kg.extract.zh_document import extended, firms, repeated, short_forms, subjects
from kg.extract.zh_lexis import ChineseLexis
from kg.extract.zh_statistics import Statistics
from kg.text import is_chinese

#: Who is taken for a person so much less often than for something else is none.
_UNLIKE = -3


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
        human: Counter[str] = Counter()
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
                if not proposal.type and any(overlap(proposal, p) for p in people):
                    continue
                name = trimmed(chinese, part, proposal)
                if not name:
                    continue
                types[name] = types.get(name) or proposal.type
                if proposal.strength == 2:
                    human[name] += 1 if proposal.type == "Person" else -1
                if proposal.alias_of and not proposal.type:
                    types[name] = types[name] or type_of_owner(proposal.alias_of, certain)
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
        for name in [n for n, code in certain.items() if code == "Person" and human[n] <= _UNLIKE]:
            certain[name] = types[name] = ""
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
            certain |= firms(chinese, certain, text)
            certain |= short_forms(chinese, certain, text, openings.keys())
        if self.english is not None:
            certain |= en_document.people(self.english, certain, text)
            certain |= en_document.types(self.english, certain, text)
            for name, whole in en_document.possessives(certain, text).items():
                certain[whole] = certain.pop(name)
            for name in en_document.ordinary(certain, text) - defined:
                del certain[name]
        ends = set(chinese.strong) - chinese.verbal if chinese is not None else set()
        return {
            n: t
            for n, t in certain.items()
            if n in defined
            or office(chinese, n)
            or not (
                glued(n, certain, text, self.gazetteer, ends)
                or (chinese is not None and spliced(chinese, n, certain, text))
            )
        }

    def _names(
        self,
        read: Paragraphs,
        number: int,
        cut: Sequence[Token],
        document: Gazetteer,
        works: Set[str],
    ) -> list[Name]:
        """The names of a paragraph, read once more with those that the document has."""
        part = read.parts[number]
        text = part.text
        hits = sorted((h.start, h.end, h.type) for h in (*read.hits[number], *document.find(text)))
        names = [Name(s, e, t, s, e) for s, e, t in hits]
        names += [
            replace(n, type="Product") if text[n.start : n.end] in works else n
            for n in read.titles[number]
        ]
        names += [q for q in read.quotes[number] if not speech(q, part, hits)]
        kept = merged(text, longest(names, len(text)))
        ends = {token.end: i for i, token in enumerate(cut)}
        heads = self.heads.get(part.script, frozenset())

        def descriptor(start: int, floor: int) -> int:
            """Where the kind of firm before a name begins; its own start when there is none."""
            if part.script == "zh":
                last = ends.get(start, -1)
                return chinese_descriptor(self.chinese, text, cut, last, floor, heads, start)
            return english_descriptor(self.english, text, start, floor, heads, self.triggers)

        return with_surroundings(part, kept, self.chinese, descriptor)
