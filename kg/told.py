"""From when on a claim counts: the days on which it can have been told."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date

from kg.claim import Claim, Corpus
from kg.deals import publication_days
from kg.times import parse_edtf

Window = tuple[date, date]


class Calendar:
    """Knows when claims were told and sources published.

    Args:
        corpus: says when sources were published.
        claims: those to date, by id.
        ends: ids of the claims that say that their deal is over.

    Attributes:
        last: the day of the last publication, after which nothing can have been told.
    """

    def __init__(self, corpus: Corpus, claims: Mapping[str, Claim], ends: Set[str]) -> None:
        self._published = publication_days(corpus.sources)
        self._issues = {
            i: _issue(corpus.sources[i].issued, day) for i, day in self._published.items()
        }
        # "In 2026" says no day; but no source tells of a day after the last publication.
        self.last = max(self._published.values(), default=date.max)
        self._windows = {i: w for i, c in claims.items() if (w := self._window(c, i in ends))}
        self._date_ends(claims, ends)

    def window(self, claim: Claim) -> Window | None:
        """The first and the last day on which a claim can have been told.

        It is the time of the event or that of publication, whichever is first: an agreed span of
        years counts from where it begins, and "in 2026" is any of its days up to the last
        publication of the corpus. A deal's end counts from the publication that tells it, since
        the claim's time is often the deal's own; where that is not known, from the last day on
        which the deal was told to go on. None when nothing dates it.
        """
        return self._windows.get(claim.id)

    def published(self, claim: Claim) -> date | None:
        """The day on which the claim's source came out, None when nobody says."""
        return self._published.get(claim.evidence.source)

    def _window(self, claim: Claim, over: bool) -> Window | None:
        issued = self._issues.get(claim.evidence.source)
        event = _event(claim)
        if issued and (event is None or over):
            return issued
        if event is None:
            return None
        first, last = event[0], max(event[0], min(event[1], self.last))
        return (min(first, issued[0]), min(last, issued[1])) if issued else (first, last)

    def _date_ends(self, claims: Mapping[str, Claim], ends: Set[str]) -> None:
        """An end that nobody dates came after everything that is dated in its deal."""
        going: dict[str, date] = {}
        for i, (_, day) in self._windows.items():
            if i not in ends:
                going[claims[i].deal] = max(going.get(claims[i].deal, day), day)
        for i in ends:
            if claims[i].evidence.source not in self._published:
                days = [*self._windows.get(i, ()), *filter(None, [going.get(claims[i].deal)])]
                if days:
                    self._windows[i] = max(days), max(days)


def _issue(issued: str, last: date) -> Window:
    """The first and the last day on which a source can have come out."""
    when = parse_edtf(issued)
    return (when.first if when and when.first else last), last


def _event(claim: Claim) -> Window | None:
    """The first and the last day of an event, or of the time at which a span of years begins."""
    if claim.when is None:
        return None
    begin = parse_edtf(claim.when.edtf.partition("/")[0]) or claim.when
    first = begin.first or begin.last or claim.when.last
    return (first, max(first, begin.last or first)) if first else None
