"""Names that stand in marks: titles in book marks, quotations that are names, terms or sayings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.extract.lexicon import Language
from kg.extract.name_edges import thing_after, thing_before
from kg.extract.names_en import EnglishNames
from kg.extract.proposals import Name, Part
from kg.extract.zh_lexis import ChineseLexis

_QUOTED = re.compile(
    r"‘([\u3400-\u9fff][^‘’“”]{1,20})’|“([^“”]{1,40})”|\"([^\"“”]{1,60})\"|(?<![A-Za-z0-9])[‘']([A-Za-z][^‘’']{2,50})[’'](?![A-Za-z])"
)
_EDITION = re.compile(r"\s*[\d.]+\s*年?版?$")
#: What somebody says is neither a term nor a title.
_SPOKEN = re.compile(
    r"(?:We|I|They|He|She|You|It|There|Nobody|Nothing|Not|No one|Our|My|That|This)"
    r"(?: [\w’'%$€£.-]+){4}"
)
#: A whole sentence, told by its verb: "Boots has not bid for Bellwether". Titles write "Is".
_SENTENCE = re.compile(
    r"(?:[\w’'-]+ ){1,5}?(?:(?:has|have|had|is|are|was|were|will|would|did|does|do)(?:n['’]t| not)?"
    r"|never|put|bought|sold|lent|paid|made|gave|took|[a-z]+ed)(?: [\w$€£’'-]+){2}"
)
_TITLED = re.compile(r"《([^《》]{1,60})》")


@dataclass(slots=True)
class Marked:
    """Reads what stands in marks.

    Args:
        languages: the lexicon's languages by code.
        chinese, english: what is known of names in either; None where it is not read.
    """

    languages: Mapping[str, Language]
    chinese: ChineseLexis | None
    english: EnglishNames | None
    things: dict[str, dict[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.things = {code: lang.names.types("things") for code, lang in self.languages.items()}

    def titles(self, part: Part) -> Iterator[Name]:
        """Titles in book marks: laws, documents, or works such as films and games."""
        words = self.languages["zh"].names if "zh" in self.languages else None
        for match in _TITLED.finditer(part.text):
            # What kind it is stands before the edition: 《…白皮书2025》, 《…蓝图2.0》
            inner, code = _EDITION.sub("", match.group(1)), "Report"
            if words and inner.endswith(words.words("grammar", "media")):
                code = "Company"
            elif part.text.endswith(("项目", "计划", "工程"), 0, match.start()):
                code = "Project"
            elif words and inner.endswith(words.words("grammar", "policies")):
                code = "Policy"
            elif words and not inner.endswith(words.words("grammar", "documents")):
                around = part.text[max(0, match.start() - 8) : match.start()] + "\n"
                around += part.text[match.end() : match.end() + 10]
                if any(w in around for w in words.words("grammar", "works")):
                    code = "Product"
            yield Name(match.start(1), match.end(1), code, *match.span())

    def quotes(self, part: Part) -> Iterator[Name]:
        """Quotations: with a class where the words around tell it, else as `quoted`."""
        things = self.things.get(part.script, {})
        for match in _quotations(part.text):
            group = next(g for g in (1, 2, 3, 4) if match.group(g) is not None)
            start, end = match.span(group)
            inner = part.text[start:end]
            if not inner.strip() or re.search(r"[,。;!?]|[.] ", inner.rstrip(",.")):
                continue
            if part.script == "en" and _SPOKEN.match(inner):
                continue
            while end > start and part.text[end - 1] in ",.":
                end -= 1
            behind = self._until_verb(part.text, match.end())
            code, outer_end = thing_after(behind, match.end(), things, part.script)
            if not code:
                code = thing_before(part.text, match.start(), things, part.script)
            if not code and part.script == "zh" and len(inner) <= 10:
                ends = (things.get(inner[-n:], "") for n in (4, 3, 2, 1))
                code = next((c for c in ends if c in ("Project", "Fund")), "")
                before = part.text[max(0, match.start() - 14) : match.start()]
                if not code and self.chinese and any(b in before for b in self.chinese.works):
                    code = "Project"
            if not code and part.script == "en" and self.english is not None:
                code = self.english.kind_of(part.text, match.end())
            if not code and part.script == "en":
                last = inner.rstrip(",.").rpartition(" ")[2].lower()
                code = "Report" if things.get(last) == "Report" and inner[:1].isupper() else ""
            if not code and part.script == "en" and _SENTENCE.match(inner):
                continue
            if part.script == "zh" and self._coined(part.text, match, inner):
                code = "Concept"
            yield Name(start, end, code, match.start(), outer_end, quoted=not code)

    def _until_verb(self, text: str, at: int) -> str:
        """The text, cut where a verb stands right behind a quotation (为“龙川”|供应设备)."""
        verb = self.chinese.dividing.match(text, at) if self.chinese else None
        return text[: verb.start()] if verb else text

    def _coined(self, text: str, match: re.Match[str], inner: str) -> bool:
        """Whether the words around a Chinese quotation say that somebody thought it up."""
        stops = self.chinese.stops if self.chinese else frozenset()
        if len(inner) > 10 or inner[0] in stops or any(c.isdigit() for c in inner):
            return False  # something said, not a term
        coining = self.languages["zh"].names.words("grammar", "coining")
        before = text[: match.start()].removesuffix("了").removesuffix("的")
        found = re.match(r"[^,;。!?]{0,20}", text[match.end() :])
        behind = found.group() if found else ""
        # “X”是某人首创的, “X”由某人最早提出
        by = re.search("[由是]", behind)
        return before.endswith(coining) or any(
            f"{word}的" in behind or (by is not None and word in behind[by.end() :])
            for word in coining
        )


def _quotations(text: str) -> Iterator[re.Match[str]]:
    """All quotations, those within what somebody says too ("靠的是我们的‘镜锻’制程,")."""
    for match in _QUOTED.finditer(text):
        yield match
        if match.group(2) is not None:
            yield from _QUOTED.finditer(text, *match.span(2))
