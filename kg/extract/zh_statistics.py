"""What statistics say of the names of a Chinese document: the tagger's, and its head's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from kg.extract.gazetteer import Gazetteer
from kg.extract.name_head import Likely, NameHead
from kg.extract.proposals import Part, Proposal
from kg.extract.tagger import Tagger
from kg.extract.zh_lexis import ChineseLexis
from kg.extract.zh_tagged import tagged
from kg.text import Span, is_chinese, sentences

#: The tagger runs pieces side by side: short ones of like length cost least.
_PIECE = 48
#: No name that stands outside quotes and brackets has one of these.
_MARKS = frozenset(',。;:、“”‘’"()[]!? 《》「」『』')
#: From this probability on a stretch is a name by itself.
SURE = 0.3


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

    def read(self, lexis: ChineseLexis, parts: Sequence[Part], known: Gazetteer) -> list[Opinion]:
        """What speaks for names in each paragraph.

        Args:
            known: names known beforehand.
        """
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
            by = span.start
            moved = (f._replace(start=f.start + by, end=f.end + by) for f in stretches)
            found[i].proposals.extend(tagged(lexis, parts[i].text, moved))
            if (likely := found[i].likely) is not None:
                likely.extend(n._replace(start=n.start + by, end=n.end + by) for n in names)
        others = set(_others(parts, found, known))
        for part, opinion in zip(parts, found, strict=True):
            opinion.proposals.extend(_sure(lexis, part.text, opinion.likely or (), others))
        return found


def _others(parts: Sequence[Part], opinions: Sequence[Opinion], known: Gazetteer) -> Iterator[str]:
    """Names of a document that need no head to be known."""
    for part, opinion in zip(parts, opinions, strict=True):
        spans = [(p.start, p.end) for p in opinion.proposals if p.strength == 2]
        spans += [(h.start, h.end) for h in known.find(part.text) if h.type != "Place"]
        yield from (part.text[start:end] for start, end in spans)


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
            and not name[0].isdigit()
            and not lexis.is_kind(name)
            and not _spilt(lexis, name, others)
        ):
            yield Proposal(start, end, "Person" if person else lexis.class_by_end(name), 2)


def _spilt(lexis: ChineseLexis, name: str, others: Collection[str]) -> bool:
    """彭博|援引: another name with something behind that no name ends in."""
    rests = (name[at:] for at in range(2, len(name)) if name[:at] in others)
    return any(not rest.endswith(lexis.ends) and lexis.words.tag(rest)[:1] != "n" for rest in rests)


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
