"""What statistics say of the names of a Chinese document: the tagger's, and its head's."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.gazetteer import Hit
from kg.extract.name_head import Likely, NameHead
from kg.extract.proposals import Part, Proposal
from kg.extract.tagger import Found, Tagger
from kg.extract.zh_lexis import ChineseLexis
from kg.extract.zh_tagged import NAMED, tagged
from kg.text import Span, is_chinese, sentences

#: The tagger runs pieces side by side: short ones of like length cost least.
_PIECE = 48
#: No name that stands outside quotes and brackets has one of these.
_MARKS = frozenset(',。;:、“”‘’"()[]!? 《》「」『』')
_OPENING, _CLOSING = ("“", "‘", "「", "『", "《"), ("”", "’", "」", "』", "》")
#: How a sum goes on behind its first digits.
_SUM = re.compile(r"[\d,.]*[\d,.万亿兆千百](?=[\d,.万亿元]|$)")
#: From this probability on a stretch is a name by itself.
SURE = 0.3


@dataclass(frozen=True, slots=True)
class Statistics:
    """The tagger, and what was learnt on top of it.

    Args:
        tagger: tags stretches of sentences.
        head: finds names in what the tagger knows; None for its tags alone.
    """

    tagger: Tagger
    head: NameHead | None = None

    def read(
        self, lexis: ChineseLexis, parts: Sequence[Part], known: Sequence[Sequence[Hit]]
    ) -> list[list[Proposal]]:
        """What speaks for names in each paragraph.

        Args:
            known: for each the names known beforehand that stand in it.
        """
        found: list[list[Proposal]] = [[] for _ in parts]
        likely: list[list[Likely]] = [[] for _ in parts]
        places = [
            (i, span)
            for i, part in enumerate(parts) if part.script == "zh"
            for span in pieces(part.text)
        ]  # fmt: skip
        texts = [parts[i].text[span.start : span.end] for i, span in places]
        said = self.tagger.tag(texts, self.head)
        for (i, span), (stretches, names) in zip(places, said, strict=True):
            by = span.start
            named = (Found(s + by, e + by, tag) for s, e, tag in stretches if tag in NAMED)
            found[i].extend(tagged(lexis, parts[i].text, named))
            likely[i].extend(n._replace(start=n.start + by, end=n.end + by) for n in names)
        others = set(_others(parts, found, known))
        for part, proposals, names in zip(parts, found, likely, strict=True):
            proposals.extend(_sure(lexis, part.text, names, others))
        return [
            [_intending(lexis, part.text, _tidied(lexis, part.text, p), hits) for p in proposals]
            for part, proposals, hits in zip(parts, found, known, strict=True)
        ]


def _others(
    parts: Sequence[Part],
    found: Sequence[Sequence[Proposal]],
    known: Sequence[Sequence[Hit]],
) -> Iterator[str]:
    """Names of a document that need no head to be known."""
    for part, proposals, hits in zip(parts, found, known, strict=True):
        spans = [(p.start, p.end) for p in proposals if p.strength == 2]
        spans += [(h.start, h.end) for h in hits if h.type != "Place"]
        yield from (part.text[start:end] for start, end in spans)


def _tidied(lexis: ChineseLexis, text: str, proposal: Proposal) -> Proposal:
    """A name without the first digit of a sum behind it (注资银汉|6,000万元), and without the
    beginning of a title (澄芯|行政总裁) or a verb before a sum."""
    start, end = proposal.start, proposal.end
    if _SUM.match(text, end):
        while end - start > 2 and text[end - 1].isdigit():
            end -= 1
    for at in range(max(start + 2, end - 3), end):
        if text[at] in lexis.title_heads and any(
            text.startswith(title, at) and at + len(title) > end for title in lexis.titles
        ):
            end = at
            break
    verb = text[end - 2 : end]
    if verb in lexis.verbal and text[end : end + 1].isdigit():
        # 垦丰种业|投资|3亿元
        end -= 2 * text[start : end - 2].endswith(lexis.ends)
    return replace(proposal, end=end)


def _intending(
    lexis: ChineseLexis, text: str, proposal: Proposal, known: Sequence[Hit]
) -> Proposal:
    """A name without what whoever bears it is about to do.

    宁德时代|计划, 沂沭水务集团|计划, but not 星火计划.
    """
    start, end = proposal.start, proposal.end
    verb = next((v for v in lexis.intending if text.endswith(v, start + 2, end)), "")
    if not verb:
        return proposal
    end -= len(verb)
    types = [h.type for h in known if (h.start, h.end) == (start, end)]
    code = types[0] if types else lexis.class_by_end(text[start:end])
    if code not in ("Company", "Fund", "GovernmentBody"):
        return proposal
    return replace(proposal, end=end, type=code)


def _sure(
    lexis: ChineseLexis, text: str, likely: Sequence[Likely], others: Collection[str]
) -> Iterator[Proposal]:
    """Those likely names that are taken for some: not what is known to be a kind of things, nor
    what rules read better, as quotes, rows and Latin words, nor another name with a word behind."""
    for start, end, person, probability in likely:
        name = text[start:end]
        if (
            probability >= SURE
            and 2 * sum(map(is_chinese, name)) > len(name) > 1
            and not any(c in _MARKS for c in name)
            and not (text[start - 1 : start] in _OPENING and text[end : end + 1] in _CLOSING)
            and not name[0].isdigit()
            and not lexis.is_kind(name)
            and not lexis.within.search(name, 1)  # 单月算力|成本
            and not _spilt(lexis, name, others)
        ):
            yield Proposal(start, end, "Person" if person else lexis.class_by_end(name), 2)


def _spilt(lexis: ChineseLexis, name: str, others: Collection[str]) -> bool:
    """彭博|援引, 能源署|委托|工研院: another name with something behind that no name ends in, or
    with a verb and another one."""
    for at in range(2, len(name)):
        first, rest = name[:at], name[at:]
        if first in others and not (
            rest.endswith(lexis.ends) or lexis.words.tag(rest).startswith("n")
        ):
            return True
        if len(rest) > 3 and rest[:2] in lexis.also and lexis.class_by_end(first):
            return True
    return False


def pieces(text: str) -> Iterator[Span]:
    """A paragraph's sentences, long ones cut after commas, for the tagger."""
    for sentence in sentences(text, "zh"):
        at = sentence.start
        while sentence.end - at > _PIECE:
            cut = max(text.rfind(mark, at + 8, at + _PIECE) for mark in ",;:、") + 1
            if cut <= at:
                cut = at + 2 * _PIECE
            if cut >= sentence.end:
                break
            yield Span(at, cut)
            at = cut
        yield Span(at, sentence.end)
