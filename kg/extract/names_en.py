"""Names in English text: runs of capitalised words, cut where a name cannot go on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.extract.lexicon import NameWords
from kg.extract.names_zh import Proposal
from kg.text import sentences

_WORD = re.compile(r"[A-Za-z\u00c0-\u024f0-9][\w\u00c0-\u024f&+]*(?:[.'’-][\w\u00c0-\u024f]+)*")
_BETWEEN = re.compile(r"(?: & |\. | |\.?, (?=(?:Inc|Ltd|LLC|Co|Corp|L\.P|PLC|S\.A)\b))(?! )")
#: Words that begin no name but may go on in one ("Celestial AI", "RFA One").
_INSIDE = frozenset(
    [
        "AI",
        "One",
        "Two",
        "Three",
        "Management",
        "Board",
        "State",
        "Media",
        "Next",
        "Office",
        "Department",
        "New",
        "York",
    ]
)
_PARTICLES = frozenset(
    ("de", "van", "von", "der", "del", "la", "di", "da", "du", "ten", "al", "bin")
)
_INSTITUTION = frozenset(
    [
        "University",
        "Bank",
        "Department",
        "Ministry",
        "Institute",
        "Government",
        "Court",
        "Office",
        "Bureau",
        "Board",
        "School",
        "Academy",
        "City",
        "State",
        "Port",
        "Republic",
        "Kingdom",
        "Institution",
        "Council",
        "Commission",
        "Society",
        "Bank",
        "House",
        "Secretary",
        "Development",
        "Reconstruction",
        "Economic",
        "Agency",
        "Fund",
        "Foundation",
        "Centre",
        "Center",
        "Administration",
    ]
)
_DEFINED = re.compile(r"\s*\((?:the |together, )?[“\"‘']([^”\"’'()]{2,40})[”\"’']")
_ACRONYM = re.compile(r"\s*\(([A-Z][A-Za-z&]{1,9})\)")
_VERBISH = re.compile(
    r"\s*(?:,|’s\b|'s\b|\(|has\b|had\b|have\b|is\b|was\b|are\b|were\b|will\b|would\b|also\b|and\b|plans\b"
    r"|[a-z]+ed\b|[a-z]{3,}s\b|to\b|holds\b|put\b|bought\b|sold\b|led\b|makes\b|took\b|agreed\b|paid\b|lent\b"
    r"|won\b|gave\b|built\b|does\b|did\b|declined\b|on\b)"
)


_AUXILIARY = re.compile(r"(?:'s|\s(?:has|have|had|was|is|said|will|says))\b")
#: "Zurich-based", "Tencent-backed": a name and a participle.
_HYPHENED = re.compile(
    r"-(?:based|backed|led|owned|listed|made|style|wide|built|founded|controlled|funded|run)$"
)


@dataclass(slots=True)
class EnglishNames:
    """Proposes names in views of English text; built once per extractor."""

    lexicon: NameWords
    ends: dict[str, str] = field(init=False)
    leading: dict[str, str] = field(init=False)
    stop: frozenset[str] = field(init=False)
    demonyms: frozenset[str] = field(init=False)
    places: frozenset[str] = field(init=False)
    titled: re.Pattern[str] = field(init=False)
    entitled: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        self.ends = self.lexicon.types("strong")
        self.leading = self.lexicon.types("leading")
        self.stop = frozenset(self.lexicon.words("stop", "words"))
        self.demonyms = frozenset(self.lexicon.words("stop", "demonyms"))
        self.places = frozenset(self.lexicon.words("stop", "places"))
        titles = "|".join(map(re.escape, self.lexicon.words("persons", "titles"))) or "(?!)"
        self.titled = re.compile(rf"(?:^|[\s(,])(?:{titles})\s+$")
        self.entitled = re.compile(rf"\s*,\s+(?:the |its |a |an )?(?:[a-z]+ ){{0,2}}(?:{titles})\b")

    def propose(self, text: str, headline: bool) -> Iterator[Proposal]:
        """All runs of a paragraph that look like names.

        Args:
            headline: capitals say nothing there: only strength 0 proposals, which count where the
                body has the same name.
        """
        starts = {s.start for s in sentences(text, "en")}
        words = list(_WORD.finditer(text))
        i = 0
        while i < len(words):
            if not _capital(words[i].group()):
                i += 1
                continue
            j = self._run_end(text, words, i)
            proposal = None if headline else self._proposal(text, words, i, j, starts)
            if proposal is not None:
                yield proposal
                yield from self._defined(text, proposal)
            i = j

    def _run_end(self, text: str, words: list[re.Match[str]], i: int) -> int:
        j = i + 1
        while j < len(words):
            left = words[j - 1].group()
            if left.endswith(("'s", "’s")) or (left in self.stop and j - 1 == i):
                return j
            gap = text[words[j - 1].end() : words[j].start()]
            if gap.startswith(". ") and not re.fullmatch(
                r"[A-Z](?:\.[A-Z])*|St|Inc|Co|Dr|Mr|Ms", left
            ):
                return j
            word = words[j].group()
            joined = _BETWEEN.match(gap + word)
            if not joined or joined.end() != len(gap):
                return j
            if _capital(word) or (word[0].isdigit() and len(word) < 3 and not gap.startswith(",")):
                if word in self.stop and word not in _INSIDE:
                    return j
                j += 1
                continue
            following = words[j + 1].group() if j + 1 < len(words) else ""
            run = {w.group() for w in words[i:j]}
            joint = word in _PARTICLES or (word in ("of", "for") and run & _INSTITUTION)
            joint = joint or (
                word == "and"
                and bool({"of", "for"} & run)
                and left
                in _INSTITUTION
                | {
                    "Community",
                    "Research",
                    "Trade",
                    "Housing",
                    "Food",
                    "Health",
                    "Business",
                    "Energy",
                    "Science",
                }
            )
            if word == "the" and words[j - 1].group() in ("of", "for"):
                joint = True
            if not joint or not (_capital(following) or following == "the"):
                return j
            j += 1
        return j

    def _proposal(
        self, text: str, words: list[re.Match[str]], i: int, j: int, starts: set[int]
    ) -> Proposal | None:
        titled = False
        whole = text[words[i].start() : words[j - 1].end()].removesuffix("'s").removesuffix("’s")
        if whole in self.places:
            return Proposal(words[i].start(), words[i].start() + len(whole), "Place", 2)
        while i < j and (words[i].group() in self.stop or words[i].group() in self.demonyms):
            titled = words[i].group() in ("Mr", "Ms", "Mrs", "Dr", "Prof", "Sir")
            i += 1
        while j > i and words[j - 1].group() in ("of", "for", "and", "the", *_PARTICLES):
            j -= 1
        if i >= j:
            return None
        start, end = words[i].start(), words[j - 1].end()
        name = text[start:end]
        if name.endswith(("'s", "’s")):
            end -= 2
            name = name[:-2]
        if text[end : end + 1] == "." and re.search(r"\b(?:Inc|Corp|Co|Ltd|S\.A|N\.V|L\.P)$", name):
            end += 1
        last = name.split(" ")[-1].rstrip(".,")
        if len(name) < 2 or name in self.stop or name.isdigit():
            return None
        if name in self.places or re.fullmatch(r"(?:Q[1-4]|H[12]|FY\d*|[A-D]|I{1,3})", name):
            return None
        code = self.ends.get(last, "") or self.leading.get(name.split(" ")[0], "")
        if " " not in name:
            code = "" if name in self.ends else code
        person = self.titled.search(text[max(0, start - 40) : start]) or self.entitled.match(
            text[end : end + 60]
        )
        if titled or (not code and " " in name and person):
            code = "Person"
        if re.search(r"\b(?:outside|near)\s+$", text[max(0, start - 12) : start]):
            code = "Place"
        placed = bool(_VERBISH.match(text, end))
        initial = start in starts or text.endswith(("“", '"', "‘", ": "), 0, start)
        single = " " not in name and name[1:].islower()
        ordinary = _common(name) and not _AUXILIARY.match(text, end)
        strength = 2 if not (initial and single) or (placed and not ordinary) else 1
        return Proposal(start, end, code, strength, placed=placed and not ordinary)

    def people(self, names: Mapping[str, str], text: str) -> dict[str, str]:
        """Which names are people's: a firm is called by its first word, a person by the last.

        Args:
            names: the document's names → class code.
            text: the whole document.
        """
        found: dict[str, str] = {}
        for name in sorted(names):
            words = name.split(" ")
            if names[name] not in ("", "Person") or not 2 <= len(words) <= 4:
                continue
            last = words[-1]
            if not last.isalpha() or last.isupper() or last in self.stop:
                continue
            shape = re.escape(name)
            acts = re.search(
                rf"{shape}(?: and (?:[A-Z][\w’'-]+ ?|de |van |von )+)?,? (?:who )?"
                r"(?:co-?)?(?:founded|chairs|heads|runs|serves as)\b"
                rf"|(?:[A-Z]\w+ ?)+ and {shape} (?:co-?)?founded\b|['’]s {shape}$",
                text, re.MULTILINE,
            )  # fmt: skip
            if names[name] == "Person" or acts or (last in names and words[0] not in names):
                found[name] = "Person"
                if names.get(last) == "":
                    found[last] = "Person"
        return found

    def _defined(self, text: str, proposal: Proposal) -> Iterator[Proposal]:
        for pattern in (_DEFINED, _ACRONYM):
            match = pattern.match(text, proposal.end)
            if match:
                yield Proposal(
                    match.start(1), match.end(1), proposal.type, 2,
                    alias_of=text[proposal.start : proposal.end],
                )  # fmt: skip


def _capital(word: str) -> bool:
    if _HYPHENED.search(word):
        return False
    return word[:1].isupper() or (word[:1].isalpha() and any(c.isupper() for c in word[1:4]))


def _common(word: str) -> bool:
    """Endings of ordinary words that begin sentences."""
    return word.endswith(("ing", "ly", "ists", "ers", "ors", "ions", "ents", "ments"))
