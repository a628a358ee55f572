"""Texts for the templates of the pages of text: each in every language, all of them escaped.

A page holds what it says in each language and shows the reader's: see text.css and site.js.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kg.claim import Claim
from kg.ontology import Ontology
from kg.phrases import LANGUAGES, PERIODS, Phrases
from kg.series import Series, Value
from kg.series import trend as trend_of
from kg.view import Network

if TYPE_CHECKING:
    from markupsafe import Markup

#: Months that a figure is of → key of the phrase; others are counted.
SPANS = {1: "by_month", 3: "by_quarter", 6: "by_half", 12: "by_year"}
#: Values of one time that a sentence lists; of more it says the first and the last.
LISTED = 4


class Words:
    """What templates say of a network."""

    def __init__(self, net: Network, ontology: Ontology, phrases: Phrases) -> None:
        self.net, self.ontology, self.phrases = net, ontology, phrases

    def say(self, key: str, **values: object) -> Markup:
        """A text of the pages."""
        return everywhere({tag: self.phrases.say(key, tag, **values) for tag in LANGUAGES})

    def term(self, kind: str, code: str) -> Markup:
        """The label of a term: of "types", "relations", "statuses" or "measures"."""
        return everywhere({tag: self._term(kind, code, tag) for tag in LANGUAGES})

    def name(self, entity: str) -> Markup:
        """The name of an entity."""
        node = self.net.nodes.get(entity)
        return everywhere({tag: node.entity.label(tag) if node else entity for tag in LANGUAGES})

    def amount(self, claim: Claim) -> Markup:
        """The sum of a claim as told; nothing when it has none."""
        amount = claim.amount
        return everywhere(
            {tag: self.phrases.amount(amount, tag) if amount else "" for tag in LANGUAGES}
        )

    def dollars(self, claim_id: str) -> Markup:
        """The sum in dollars with its qualifier; nothing when the claim has none."""
        usd, claim = self.net.usd.get(claim_id), self.net.claims.get(claim_id)
        if usd is None or claim is None or claim.amount is None:
            return everywhere({})
        qualifier = claim.amount.qualifier
        return everywhere({tag: self.phrases.usd(usd, tag, qualifier) for tag in LANGUAGES})

    def unit(self, series: Series) -> Markup:
        """What the numbers of a series count, and how long a time each is of."""
        return everywhere({tag: self._unit(series, tag) for tag in LANGUAGES})

    def trend(self, series: Series) -> Markup:
        """How a series goes, in sentences: from where to where, and where sources disagree."""
        found = trend_of(series)
        times = {"t": found.first[0].edtf, "u": found.last[0].edtf}
        texts = {}
        for tag in LANGUAGES:
            a, b = self._amounts(found.first, tag), self._amounts(found.last, tag)
            said = [self.phrases.say(f"chart_{found.way}", tag, a=a, b=b, **times)]
            if found.ahead:
                a = self._amounts(found.ahead, tag)
                said.append(self.phrases.say("chart_ahead", tag, a=a, t=found.ahead[0].edtf))
            if found.odds:
                said.append(self.phrases.say("chart_odds", tag, times=", ".join(found.odds)))
            texts[tag] = (" " if tag == "en" else "").join(said)
        return everywhere(texts)

    def telling(self, value: Value) -> list[tuple[str, str]]:
        """Language and text of what a point shows when it is pointed at: a line for each claim.

        English first: without a script, browsers show the first.
        """
        order = sorted(LANGUAGES, key=lambda tag: (tag != "en", tag))
        return [(tag, "\n".join(self._lines(value, tag))) for tag in order]

    def _lines(self, value: Value, tag: str) -> Iterable[str]:
        for claim in (self.net.claims[i] for i in value.claims):
            source = self.net.sources[claim.evidence.source]
            state = self.phrases.say(f"mark_{value.kind}", tag)
            parts = [
                self.phrases.amount(claim.amount, tag) if claim.amount else "",
                claim.when.edtf if claim.when else "",
                self._term("statuses", claim.status, tag) if claim.status else state,
                self.phrases.say("conflict", tag) if value.odds else "",
                source.title or source.id,
                source.publisher,
                source.issued,
                claim.note,
            ]
            yield " · ".join(part for part in parts if part)

    def _amounts(self, values: Iterable[Value], tag: str) -> str:
        said = list(dict.fromkeys(self.phrases.amount(v.amount, tag) for v in values))
        return " / ".join(said) if len(said) <= LISTED else f"{said[0]} … {said[-1]}"

    def _unit(self, series: Series, tag: str) -> str:
        unit, phrases = series.unit, self.phrases
        code = unit.currency or unit.unit or ""
        key = f"currency_{code}" if unit.money else f"unit_{code}"
        said = phrases.say(key, tag, n="").strip() if key in phrases.texts else code
        if code in self._term("measures", series.measure, tag):
            said = ""
        if unit.period in PERIODS:
            said = phrases.say(PERIODS[unit.period], tag, value=said)
        span = ""
        if series.months:
            span = phrases.say(SPANS.get(series.months, "by_months"), tag, n=series.months)
        return " · ".join(part for part in (said, span) if part)

    def _term(self, kind: str, code: str, tag: str) -> str:
        found = getattr(self.ontology, kind).get(code)
        return found.label(tag) if found else code


def everywhere(texts: Mapping[str, str]) -> Markup:
    """One element per language, English where one is missing; the bare text when all are the same.

    >>> str(everywhere({"en": "a & b"}))
    'a &amp; b'
    """
    from markupsafe import Markup, escape

    said = {tag: texts.get(tag) or texts.get("en", "") for tag in LANGUAGES}
    if len(set(said.values())) == 1:
        return escape(next(iter(said.values())))
    return Markup("").join(
        Markup('<span data-l="{0}" lang="{0}">{1}</span>').format(tag, text)
        for tag, text in said.items()
    )
