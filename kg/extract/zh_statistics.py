"""What statistics say of the names of a Chinese document: the tagger's, and its head's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from kg.extract.name_head import Likely, NameHead
from kg.extract.proposals import Part, Proposal
from kg.extract.tagger import Tagger
from kg.extract.zh_lexis import ChineseLexis
from kg.extract.zh_tagged import tagged
from kg.text import Span, is_chinese, sentences

#: The tagger runs pieces side by side: short ones of like length cost least.
_PIECE = 48
#: From this probability on a stretch is a name by itself.
SURE = 0.4


@dataclass(frozen=True, slots=True)
class Opinion:
    """What statistics say of a paragraph.

    Args:
        proposals: the names that it suggests.
        likely: where names may be at all, sure or not; None where nobody looked.
    """

    proposals: list[Proposal] = field(default_factory=list)
    likely: list[Likely] | None = None


@dataclass(frozen=True, slots=True)
class Statistics:
    """The tagger, and what was learnt on top of it.

    Args:
        tagger: tags stretches of sentences.
        head: finds names in what the tagger knows; None for its tags alone.
    """

    tagger: Tagger
    head: NameHead | None = None

    def read(self, lexis: ChineseLexis, parts: Sequence[Part]) -> list[Opinion]:
        """What speaks for names in each paragraph."""
        asked = [part.script == "zh" for part in parts]
        found = [Opinion([], [] if self.head and chinese else None) for chinese in asked]
        places = [
            (i, span)
            for i, part in enumerate(parts) if asked[i]
            for span in pieces(part.text)
        ]  # fmt: skip
        texts = [parts[i].text[span.start : span.end] for i, span in places]
        said = self.tagger.tag(texts, self.head)
        for (i, span), (stretches, names) in zip(places, said, strict=True):
            text, by = parts[i].text, span.start
            moved = (f._replace(start=f.start + by, end=f.end + by) for f in stretches)
            found[i].proposals.extend(tagged(lexis, text, moved))
            likely = [n._replace(start=n.start + by, end=n.end + by) for n in names]
            found[i].proposals.extend(_sure(lexis, text, likely))
            if (known := found[i].likely) is not None:
                known.extend(likely)
        return found


def _sure(lexis: ChineseLexis, text: str, likely: Sequence[Likely]) -> Iterator[Proposal]:
    for start, end, person, probability in likely:
        if probability >= SURE and end - start > 1:
            name = text[start:end]
            yield Proposal(start, end, "Person" if person else lexis.class_by_end(name), 2)


def unlikely(
    names: Collection[str], parts: Sequence[Part], opinions: Sequence[Opinion]
) -> set[str]:
    """Chinese names that stand nowhere near where a name is likely: words put together by chance.

    Args:
        names: what rules take for names.
        parts: the paragraphs of the document.
        opinions: what statistics say of each.
    """
    looked = [
        (part.text, opinion.likely)
        for part, opinion in zip(parts, opinions, strict=True)
        if opinion.likely is not None and not part.headline
    ]
    out = set()
    for name in names:
        if not is_chinese(name):
            continue
        stands = [
            any(n.start < end and start < n.end for n in likely)
            for text, likely in looked
            for start, end in _occurrences(text, name)
        ]
        if stands and not any(stands):
            out.add(name)
    return out


def _occurrences(text: str, name: str) -> Iterator[tuple[int, int]]:
    at = text.find(name)
    while at >= 0:
        yield at, at + len(name)
        at = text.find(name, at + 1)


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
