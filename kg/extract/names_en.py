"""Names in English text: what is known of a run of capitalised words, and of what class it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.extract.lexicon import NameWords
from kg.extract.proposals import Proposal
from kg.extract.runs_en import WORD, Runs, capital, load_runs, touching
from kg.extract.word_files import either, longest_first
from kg.text import sentences

#: "(the “Company” or “Meridon”)": the first is no name.
_DEFINED = re.compile(
    r"\s*\((?:(?:the |together, )?[“\"‘']Company[”\"’'],? or )?(?:the |together, )?"
    r"[“\"‘'](?!(?:Company|Registrant|Issuer|Borrower|Lenders?|Bank|Group|Fund|Partnership|Parent"
    r"|Purchaser|Seller|Buyer|Trust|Corporation)[”\"’'])([^”\"’'()]{2,40})[”\"’']"
)
_ACRONYM = re.compile(r"\s*\(([A-Z][A-Za-z&]{1,9})\)")
_AUXILIARY = re.compile(r"(?:'s|\s(?:has|have|had|was|is|said|will|says))\b")


@dataclass(slots=True)
class EnglishNames:
    """Proposes names in views of English text; built once per extractor."""

    lexicon: NameWords
    runs: Runs = field(init=False)
    ends: Mapping[str, str] = field(init=False)
    leading: dict[str, str] = field(init=False)
    stop: frozenset[str] = field(init=False)
    demonyms: frozenset[str] = field(init=False)
    bodies: re.Pattern[str] = field(init=False)
    authorities: re.Pattern[str] = field(init=False)
    places: frozenset[str] = field(init=False)
    titled: re.Pattern[str] = field(init=False)
    headed: re.Pattern[str] = field(init=False)
    posted: re.Pattern[str] = field(init=False)
    entitled: re.Pattern[str] = field(init=False)
    personal: re.Pattern[str] = field(init=False)
    serving: re.Pattern[str] = field(init=False)
    placing: re.Pattern[str] = field(init=False)
    place_ends: frozenset[str] = field(init=False)
    kinds: dict[str, str] = field(init=False)
    described: re.Pattern[str] = field(init=False)
    naming: re.Pattern[str] = field(init=False)
    describing: re.Pattern[str] = field(init=False)
    based: re.Pattern[str] = field(init=False)
    built: re.Pattern[str] = field(init=False)
    joint: re.Pattern[str] = field(init=False)
    verbal: re.Pattern[str] = field(init=False)
    families: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        self.runs = load_runs(self.lexicon)
        self.ends = self.runs.ends
        self.leading = self.lexicon.types("leading")
        self.stop = self.runs.stop
        self.demonyms = self.runs.demonyms
        self.places = self.runs.places
        titles = either(map(re.escape, self.lexicon.words("persons", "titles")))
        self.titled = re.compile(rf"(?:^|[\s(,])(?:{titles})\s+$")
        offices = either(map(re.escape, self.lexicon.words("persons", "offices")))
        posts = either(
            re.escape(o.removesuffix(" of")) for o in self.lexicon.words("persons", "offices")
        )
        self.posted = re.compile(rf"\b(?i:{posts})(?: officer)?\s+$")
        self.headed = re.compile(rf"\b(?:{posts}) (?:of|at) (?:the )?$")
        self.entitled = re.compile(
            r"\s*,\s+(?:the |its |a |an )?(?!whose )"
            rf"(?:(?!by |with |to |from )[a-z]+ ){{0,2}}(?i:{titles})\b"
            rf"| (?:is|was|became|becomes|remains|has been|had been) (?:the |its |an? )?"
            rf"(?:[a-z]+ ){{0,2}}(?:{offices})\b"
        )
        # "Kuttappa, Malnad's managing director"
        self.serving = re.compile(
            r"\s*,\s+(?:[A-Z][\w&-]+ ){0,3}[A-Z][\w&-]+['’]s (?:[a-z]+ )?"
            rf"(?:{posts})\b"
        )
        # "X, a Harvard geographer", "X, once a Unilever chemist", "X took over as chief executive"
        callings = either(map(re.escape, self.lexicon.words("persons", "callings")))
        taking = either(self.lexicon.words("persons", "taking"))
        # but not "X, Queensland's second-biggest prawn farmer", "X, founded by architect Y"
        self.personal = re.compile(
            rf"\s*,\s+(?!(?:[\w'’-]+ ){{0,3}}(?:[a-z]+-)?(?:biggest|largest|leading|oldest)\b)"
            r"(?:once |formerly |now |long |latterly )?(?:the |its |an? )?"
            rf"(?:(?!by |with |to |from )[\w'’-]+ ){{0,3}}(?:{callings})\b"
            rf"| (?:{taking}) (?:the |its |an? )?(?:[a-z]+ ){{0,2}}(?:{offices})\b"
        )

        cues = either(map(re.escape, self.lexicon.words("stop", "place_cues")))
        self.placing = re.compile(rf"\b(?:{cues})\s+$")
        demonyms = longest_first(self.demonyms)
        bodies = either(self.lexicon.words("descriptors", "bodies"))
        self.bodies = re.compile(
            rf"\b(?P<body>(?:{demonyms}|[A-Z][a-z]+['’]s|(?:federal|state)(?= [a-z]+ "
            rf"[a-z])|[A-Z][a-z]+(?:[ie]an|ish|ese)(?= government)"
            rf"|(?<=\b[Tt]he )[A-Z][a-z]+(?= government)) (?:[a-z]+ ){{0,2}}"
            rf"(?:{bodies}))\b"
            r"(?!-| [a-z]+ (?:[a-z]+ )?[A-Z(]|'s? [a-z]+ (?:fund|agency|bank|arm))"
            r"(?! (?:funds?|agency|body|bank|enterprise|company|grants?"
            r"|money|aid|climate|bonds?|department))"
        )
        # A place that buys, lends or is dealt with: "a contract with the city of X".
        kinds = either(self.lexicon.words("descriptors", "authorities"))
        dealing = either(self.lexicon.words("descriptors", "dealing"))
        acting = either(self.lexicon.words("descriptors", "acting"))
        self.authorities = re.compile(
            rf"(?:\b(?:{dealing}) the "
            rf"|\b[Tt]he (?=[a-z]+ of (?:[A-Z][\w’'-]+ ){{1,2}}(?:{acting})\b))"
            rf"(?P<body>(?:{kinds}) of [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)"
        )
        # What only tells of a name: "group X" behind a word, "company" behind a place.
        describing = either(self.lexicon.words("descriptors", "describing"))
        self.describing = re.compile(rf" (?:{describing}) [A-Z]")
        based = either(self.lexicon.words("descriptors", "based"))
        self.based = re.compile(rf" (?:[a-z-]+ ){{0,2}}(?:{based})\b")
        self.place_ends = frozenset(self.lexicon.words("stop", "place_ends"))
        firms = dict.fromkeys(self.lexicon.words("descriptors", "heads"), "Company")
        self.kinds = {**firms, **self.lexicon.types("things")}
        kinds = longest_first(self.kinds)
        self.described = re.compile(
            rf"(?:, (?:which is )?(?:an?|the|its|their|our|his|her) (?:[A-Z]\w+'s )?"
            rf"|, [A-Z][\w ]{{2,30}}'s )"
            rf"(?P<between>(?:[\w$€£¥,.'’-]+ ){{0,6}}?)(?P<kind>{kinds})"
            # "a battery plant" is a plant
            rf"(?:s(?! to\b))?(?=[ ,.;:)]|$)"
            rf"(?! (?:(?!the |an? |its |that )[a-z-]+ )?(?:{kinds})s?(?:[ ,.;:)]|$))"
            rf"| (?:[a-z-]+ ){{0,2}}?(?P<after>{kinds})(?=[ ,.;:)]|$)"
        )
        builders = either(self.lexicon.words("verbs", "builders"))
        self.built = re.compile(rf"\b(?:{builders}) (?:the )?$")
        joining = either(self.lexicon.words("verbs", "joining"))
        self.joint = re.compile(rf"\b(?:{joining}) (?:the )?$")
        self.verbal = re.compile(rf"\s*(?:{either(self.lexicon.words('verbs', 'following'))})")
        families = either(self.lexicon.words("persons", "families"))
        self.families = re.compile(rf"\b[Tt]he ((?:[A-Z][\w’'-]+ ){{1,2}}(?:{families}))\b")
        self.naming = re.compile(
            rf"\b(?P<kind>{kinds})s?(?: (?:at|in|near|outside) [A-Z]\w+)?,? (?:to be )?"
            rf"(?:named|called|dubbed|known as|code-?named|christened) [“\"]?$"
            rf"|(?:\b(?:the|an?|its|their)|['’]s) (?:[a-z-]+ ){{0,3}}(?P<apposed>{kinds}), $"
            rf"|\b(?P<firm>{longest_first(firms)}) $"
        )

    def kind_of(self, text: str, end: int) -> str:
        """The class of what ends at an offset and is described behind: ““Burgered”, a paper …”."""
        match = self.described.match(text, end)
        if (
            match is None
            or not match["kind"]
            or self.runs.ends_description & set(match["between"].split())
        ):
            return ""
        return self.kinds[match["kind"]]

    def propose(self, text: str, headline: bool) -> Iterator[Proposal]:
        """All runs of a paragraph that look like names.

        Args:
            headline: capitals say nothing there: only strength 0 proposals, which count where the
                body has the same name.
        """
        starts = {s.start for s in sentences(text, "en")}
        words = list(WORD.finditer(text))
        i = 0
        while i < len(words):
            if not capital(words[i].group()):
                i += 1
                continue
            j = self.runs.end(text, words, i)
            proposal = None if headline else self._proposal(text, words, i, j, starts)
            if proposal is not None:
                yield proposal
                yield from self._defined(text, proposal)
            i = j
        for pattern in () if headline else (self.bodies, self.authorities):
            for body in pattern.finditer(text):
                yield Proposal(*body.span("body"), "GovernmentBody", 2)
        for works in () if headline else _WORKS.finditer(text):
            if works["place"] in self.places:
                yield Proposal(*works.span("works"), "Project", 2)
        for family in () if headline else self.families.finditer(text):
            first = family[1].split(" ")[0]
            if first not in self.stop and first not in self.demonyms:
                yield Proposal(*family.span(1), "", 2)

    def _proposal(
        self, text: str, words: list[re.Match[str]], i: int, j: int, starts: set[int]
    ) -> Proposal | None:
        titled, first = False, i
        whole = text[words[i].start() : words[j - 1].end()].removesuffix("'s").removesuffix("’s")
        if whole in self.places:
            return Proposal(words[i].start(), words[i].start() + len(whole), "Place", 2)
        while (
            i < j
            and (words[i].group() in self.stop or words[i].group() in self.demonyms)
            and not self.runs.opens(words, i)
        ):
            titled = words[i].group() in self.runs.honorifics
            i += 1
        if i == j - 1 and i > first and self.runs.institution(words, i):
            i -= 1
        while j > i and words[j - 1].group() in ("of", "for", "and", "the", *self.runs.particles):
            j -= 1
        if i >= j:
            return None
        while j > i + 1 and _SUM.fullmatch(words[j - 1].group()):
            j -= 1  # "lent Umbra R2.6bn"
        # "Pelagia S$24 million": the last letter belongs to the currency.
        if j - i > 1 and text[words[j - 1].end() : words[j - 1].end() + 1] == "$":
            j -= 1
        start, end = words[i].start(), words[j - 1].end()
        name = text[start:end]
        if name.endswith(("'s", "’s")):
            end -= 2
            name = name[:-2]
        if text[end : end + 1] == "." and re.search(r"\b(?:Inc|Corp|Co|Ltd|S\.A|N\.V|L\.P)$", name):
            end += 1
        last = name.split(" ")[-1].rstrip(".,")
        if len(name) < 2 or name in self.stop or name in self.ends or name.isdigit():
            return None
        if _SUM.fullmatch(name) or _SHORTENED.fullmatch(name):
            return None
        if name.isupper() and name.capitalize() in self.stop:
            return None  # "THERE was cheering"
        if name[0].islower() and re.match(r"(?:ex|non|pre|post|pro|anti|mid|co)-", name):
            return None
        if " " not in name and _DEEDS.match(text, end):
            return None
        if name in self.places or re.fullmatch(r"(?:Q[1-4]|H[12]|FY\d*|[A-D]|I{1,3})", name):
            return None
        head = re.split(r" (?:of|for) ", name)[0].split(" ")[-1]  # "Port Authority of Singapore"
        of = self.leading.get(head, "") if head != last else ""  # "U.S. Department of Energy"
        code = of or self.ends.get(last, "") or (self.ends.get(head, "") if head != last else "")
        code = code or self.leading.get(name.split(" ")[0], "")
        if " " not in name:
            code = "" if name in self.ends else code
        ahead, behind = text[max(0, start - 40) : start], text[end : end + 70]
        person = self.titled.search(ahead) or self.entitled.match(behind[:60])
        person = person or self.personal.match(behind)
        # "X, who runs …", but not "backed by X, who …"
        person = person or (_WHO.match(behind) if not _GOVERNED.search(ahead) else None)
        # "Mr Hjelm" begins with a word that begins no name, and so stands by itself.
        titled = titled or (
            i > 0 and words[i - 1].group() in self.runs.honorifics and touching(words, i)
        )
        titled = titled or self.serving.match(behind) is not None
        # "Managing director Sinéad Power said" tells of nobody's firm.
        if titled or (" " in name and ((not code and person) or self.posted.search(ahead))):
            code = "Person"
        if re.search(r"\b(?:outside|near)\s+$", text[max(0, start - 12) : start]):
            code = "Place"
        initial = start in starts or text.endswith(("“", '"', "‘", ": ", " - ", " -- "), 0, start)
        single = " " not in name and name[1:].islower()
        if initial and single and self.describing.match(text, end):
            return None  # "Funeral group Wexcombe said"
        placed = bool(self.verbal.match(text, end))
        ordinary = name.endswith(self.runs.ordinary) and not _AUXILIARY.match(text, end)
        strength = 2 if not (initial and single) or (placed and not ordinary) else 1
        return Proposal(start, end, code, strength, placed=placed and not ordinary)

    def _defined(self, text: str, proposal: Proposal) -> Iterator[Proposal]:
        for pattern in (_DEFINED, _ACRONYM):
            match = pattern.match(text, proposal.end)
            if match:
                yield Proposal(
                    match.start(1), match.end(1), proposal.type, 2,
                    alias_of=text[proposal.start : proposal.end],
                )  # fmt: skip


#: "the Hays project", "its Houston mill", where Hays is a place
_WORKS = re.compile(
    r"(?:\b(?:[Tt]he|[Ii]ts|[Tt]heir)|['’]s) (?P<works>(?P<place>[A-Z][\w-]+(?: [A-Z][\w-]+)?)"
    r" (?:project|(?:[a-z-]+ )?(?:mill|plant|factory|mine|smelter|refinery|brewery|shipyard|depot))"
    r")(?= ?[,.;:)”]| (?!manage|finan|compan|develop|lead|team|and )[a-z$€£]|$)"
)
#: Of a person something is told thus; of a firm too, where it is not what is spoken of.
_WHO = re.compile(r", who (?!(?:are|were|have) )")
_GOVERNED = re.compile(
    r"(?:\b(?:of|at|by|from|for|with|to|in|than|and|as|on)(?: the)?|['’]s|,)\s+$"
)
#: "I'm", "You've": no name begins so.
_SHORTENED = re.compile(r"(?:I|You|We|They|He|She|It|There|That|What|Who)['’](?:m|ll|ve|re|d|s)")
#: SKr5.1bn
_SUM = re.compile(r"[A-Za-z]{1,4}\d[\d.,]*(?:bn|m|k|tn)|K?[Ss]h\d[\d.,]*")
#: What is written with capitals in contracts and is no name without more words.
_DEEDS = re.compile(r" (?:Agreement|Act|Lease|Note|Notes|Facility|Indenture)\b")
