"""Whom a document is about and who speaks in it: the firm named most, the one that files, the one
for which an interviewee answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from kg.claim import Document, Mention
from kg.extract.proposals import Name
from kg.text import View

#: Who speaks, before what is said.
_SPEAKER = re.compile(r"^([^:,。]{1,20}):")
#: Between a firm and a person who answers for it: "走走创始人郁青禾", "Basco's chief executive, X".
_OFFICE = re.compile(r"[^,。;:!?()]{0,12}|'s [^,.;:]{3,30},?\s")
#: "Ruth Ames of Cold Deep", "Ruth Ames set up …"
_INTRODUCED = re.compile(
    r" (?:of|at|from) [A-Z]|,? (?:who )?(?:set up|founded|co-founded|runs|started"
    r"|has (?:run|led|headed|chaired))\b"
)
#: Between a person and the firm he or she works for.
_AT_WORK = re.compile(
    r"[^.;!?]{0,70}? "
    r"(?:of|at|behind|runs?|founded|set up|started|heads|leads|led|chairs|for) (?:the )?"
)
#: "Penhallow Lithium PLC (LSE: PLI) (“Penhallow” or the “Group”)"
_FILER = re.compile(
    r"(?:,? plc)?(?:\s?\([A-Z]+: ?[A-Z0-9.]+\))?\s?\((?:[^()]{0,40}, )?(?:(?:the )?"
    r"[“\"‘'](?P<name>[A-Z][^“”\"()]{1,30})[”\"’'],?"
    r" (?:or|and),? (?:the )?"
    r"[“\"‘'](?:the )?(?:Company|Group|Registrant|Issuer|Corporation)[”\"’']"
    r"|[“\"‘']?(?:the )?[“\"‘']?(?:Company|Group|Registrant|Issuer)[”\"’']\))"
)
#: How a filing says whom it calls 公司.
_SELF = re.compile(
    '(?:简称[“"]?|[(](?:统?称)?(?:为)?[“"])(?:(?P<first>[^”"]{2,20})[”"](?:或(?:者)?|、|及)[“"])?'
    '(?:本)?公司[”"]?(?:(?:或(?:者)?|、|及)[“"](?P<second>[^”"]{2,20})[”"])?'
)


def mention(document: Document, seen: View, name: Name) -> Mention:
    """A name of a paragraph as its document writes it."""
    start, end = seen.span(name.start, name.end)
    return Mention(document.text[start:end], name.type, start, end)


def _firm(name: Name) -> bool:
    return name.type in ("", "Company", "Fund") and not name.quoted


def main_firm(
    document: Document, views: Sequence[View], names: Sequence[Sequence[Name]], *, listed: bool
) -> Mention | None:
    """The organisation that the document names most.

    Args:
        listed: whether it is a list, which is about one of its entries only when every third name
            of a firm is that one's.
    """
    counts: Counter[str] = Counter()
    first: dict[str, Mention] = {}
    for seen, found in zip(views, names, strict=True):
        for name in found:
            if _firm(name):
                words = seen.text[name.start : name.end]
                counts[words] += 1
                first.setdefault(words, mention(document, seen, name))
    if not counts:
        return None
    top = max(counts.values())
    if listed and top * 3 < counts.total():
        return None
    return next(m for words, m in first.items() if counts[words] == top)


def employer(
    document: Document, views: Sequence[View], names: Sequence[Sequence[Name]]
) -> Mention | None:
    """For whom somebody speaks in an interview: the firm before the name that labels a line."""
    speakers = {
        label.group(1) for seen in views if (label := _SPEAKER.match(seen.text)) is not None
    }
    for seen, found in zip(views, names, strict=True):
        for firm, person in pairwise(found):
            if (
                _firm(firm)
                and seen.text[person.start : person.end] in speakers
                and _serves(seen.text, firm, person)
            ):
                return mention(document, seen, firm)
    return None


def interviewee(
    document: Document, views: Sequence[View], names: Sequence[Sequence[Name]]
) -> tuple[Mention | None, Mention | None]:
    """Who answers where no label names him or her, and for which firm: the person named first
    before the questions begin, and the firm that is told with that name."""
    who: Mention | None = None
    for seen, found in zip(views, names, strict=False):
        for i, name in enumerate(found):
            if name.type != "Person" and not _INTRODUCED.match(seen.text, name.end):
                continue
            who = who or mention(document, seen, name)
            before = found[i - 1] if i else None
            if before and _firm(before) and _serves(seen.text, before, name):
                return who, mention(document, seen, before)
            for firm in found[i + 1 :]:
                if _firm(firm) and _AT_WORK.fullmatch(seen.text, name.end, firm.outer_start):
                    return who, mention(document, seen, firm)
    return who, None


def _serves(text: str, firm: Name, person: Name) -> bool:
    """Whether a person answers for the firm named just before: "走走创始人郁青禾"."""
    return _OFFICE.fullmatch(text, firm.outer_end, person.outer_start) is not None


def defined_company(
    document: Document, views: Sequence[View], names: Sequence[Sequence[Name]]
) -> Mention | None:
    """Whom a filing calls 公司: the name before "(以下简称“公司”)"."""
    for seen, found in zip(views, names, strict=True):
        for name in found:
            if _FILER.match(seen.text, name.end) and _firm(name):
                return mention(document, seen, name)
        match = _SELF.search(seen.text)
        if match is None:
            continue
        if match["first"] or match["second"]:
            start, end = seen.span(*match.span("first" if match["first"] else "second"))
            return Mention(document.text[start:end], "Company", start, end)
        before = [n for n in found if n.end <= match.start()]
        if before:
            return mention(document, seen, before[-1])
    return None


def speaker(
    document: Document, seen: View, names: list[Name], guest: Mention | None, *, answer: bool
) -> tuple[list[Name], Mention | None]:
    """In an interview: who answers in this line, and the names without the label.

    Args:
        guest: whom the lines before the first question present.
        answer: whether the label says no more than that it is an answer.
    """
    label = _SPEAKER.match(seen.text)
    if label is None:
        return names, None
    start, end = seen.span(*label.span(1))
    written = document.text[start:end]
    inside = [n for n in names if n.end <= label.end()]
    who = mention(document, seen, inside[0]) if inside else Mention(written)
    if guest is not None and (answer or _short_for(written, guest.name)):
        who = guest
    return [n for n in names if n.start >= label.end()], who


def _short_for(label: str, name: str) -> bool:
    """Whether a label is a surname, a first name or the initials of a person."""
    words = name.split()
    initials = "".join(word[0] for word in words)
    return name.startswith(label) or label in (words[-1], initials)
