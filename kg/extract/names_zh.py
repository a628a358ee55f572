"""Names in Chinese text: what a paragraph's words suggest, by all the ways a name shows itself."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract import zh_ends, zh_marks, zh_phrases, zh_rows
from kg.extract.proposals import Proposal
from kg.extract.words import Token
from kg.extract.zh_lexis import ChineseLexis


def propose_marked(lexis: ChineseLexis, text: str) -> Iterator[Proposal]:
    """What a paragraph suggests however its words are cut, in no particular order."""
    yield from zh_marks.defined(lexis, text)
    yield from zh_marks.shortened(text)
    yield from zh_marks.latin(lexis, text)
    yield from zh_marks.headings(lexis, text)
    yield from zh_marks.authors(lexis, text)
    yield from zh_marks.bureaus(text)


def propose_worded(lexis: ChineseLexis, text: str, tokens: list[Token]) -> Iterator[Proposal]:
    """What a paragraph's words suggest, in no particular order, overlaps included."""
    yield from zh_ends.ended(lexis, text, tokens)
    yield from zh_ends.odd_runs(lexis, text, tokens)
    yield from zh_phrases.people(lexis, tokens)
    yield from zh_rows.rows(lexis, tokens)
    yield from zh_rows.lists(lexis, text, tokens)
    yield from zh_rows.closed_rows(lexis, text, tokens)
    yield from zh_phrases.things(lexis, tokens)
    yield from zh_phrases.anchored(lexis, tokens)
    yield from zh_phrases.introduced(lexis, tokens)
    yield from zh_phrases.held(lexis, tokens)
    yield from zh_phrases.founded(lexis, tokens)
    yield from zh_phrases.foreign(lexis, text, tokens)
    for token in tokens:
        if token.tag == "ns" and len(token.text) > 2 and token.text[-1] in "市省县州区镇":
            yield Proposal(token.start, token.end, "Place", 2)
