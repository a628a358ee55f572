"""What the paragraphs of a document suggest by themselves, each asked once, however often the
document decides which names it has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from kg.extract.gazetteer import Gazetteer, Hit
from kg.extract.marked import Marked
from kg.extract.names_en import EnglishNames
from kg.extract.names_zh import propose_marked, propose_worded
from kg.extract.proposals import Name, Part, Proposal
from kg.extract.words import Token
from kg.extract.zh_document import shown
from kg.extract.zh_lexis import ChineseLexis


class Paragraphs:
    """The paragraphs of a document, and what they suggest.

    Args:
        parts: the paragraphs.
        known: names known beforehand.
        marked: reads what stands in marks.
        chinese, english: what is known of names in either; None where it is not read.

    Attributes:
        text: all of them.
        hits: the known names in each.
        titles, quotes: what stands in marks in each.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        known: Gazetteer,
        marked: Marked,
        chinese: ChineseLexis | None,
        english: EnglishNames | None,
    ) -> None:
        self.parts = parts
        self.text = "\n".join(part.text for part in parts)
        self.hits: list[list[Hit]] = [list(known.find(part.text)) for part in parts]
        self.titles: list[list[Name]] = [list(marked.titles(part)) for part in parts]
        self.quotes: list[list[Name]] = [list(marked.quotes(part)) for part in parts]
        self._chinese, self._english = chinese, english
        self._plain: list[list[Proposal]] = [self._by_text(part) for part in parts]
        self._worded: list[tuple[Sequence[Token], list[Proposal]] | None] = [None for _ in parts]

    def proposals(self, number: int, cut: list[Token]) -> list[Proposal]:
        """The names that a paragraph suggests.

        Args:
            number: which paragraph.
            cut: its words.
        """
        part, plain = self.parts[number], self._plain[number]
        if part.script != "zh" or self._chinese is None:
            return plain
        kept = self._worded[number]
        if kept is None or kept[0] != cut:
            kept = cut, list(propose_worded(self._chinese, part.text, cut))
            self._worded[number] = kept
        return plain + kept[1]

    @cached_property
    def body(self) -> str:
        """All of them but the headline."""
        return "\n".join(part.text for part in self.parts if not part.headline)

    @cached_property
    def spoken(self) -> str:
        """All of them but what stands in English quotation marks and is more than a word: a word
        with a capital in a title is no name yet."""
        texts = []
        for part, quotes in zip(self.parts, self.quotes, strict=True):
            text = part.text
            for quote in reversed(quotes if part.script == "en" else ()):
                if " " in text[quote.start : quote.end]:
                    text = text[: quote.start] + text[quote.end :]
            texts.append(text)
        return "\n".join(texts)

    @cached_property
    def marked(self) -> list[str]:
        """What stands in English quotation marks and is some words without a capital."""
        texts = (
            part.text[quote.start : quote.end]
            for part, quotes in zip(self.parts, self.quotes, strict=True)
            for quote in quotes
            if part.script == "en"
        )
        return [text for text in texts if " " in text and text.islower()]

    @cached_property
    def shown(self) -> list[str]:
        """The names that a Chinese document as a whole shows, however its words are cut."""
        return [] if self._chinese is None else list(shown(self._chinese, self.text))

    def _by_text(self, part: Part) -> list[Proposal]:
        """What a paragraph suggests however its words are cut."""
        if part.script == "zh" and self._chinese is not None:
            return list(propose_marked(self._chinese, part.text))
        if self._english is not None:
            return list(self._english.propose(part.text, part.headline))
        return []
