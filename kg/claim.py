"""The atoms: claims and what they stand on, as plain frozen values.

Nothing here knows RDF, files or languages. Names of relations, measures, statuses and qualifiers
are the codes that ontology/kg.ttl gives as `skos:notation` ("investsIn", "netLoss", "announced",
"up_to"); what they mean is in the ontology.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from kg.iri import digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A sum or a quantity as an interval, with the words it was read from.

    Args:
        low: lower bound, None when open below ("up to $100bn").
        high: upper bound, None when open above ("超4亿").
        currency: ISO 4217 code, None when it is no money or the currency is not said.
        unit: for what is no money: "percent", "GW", "count", "GPU" …; None for money.
        qualifier: code of the ontology: exact, about, up_to, at_least, more_than, less_than.
        text: the original words, verbatim.
        period: ISO 8601 duration when the sum is per that long ("P1M"), else None.
    """

    low: Decimal | None
    high: Decimal | None
    currency: str | None = None
    unit: str | None = None
    qualifier: str = "exact"
    text: str = ""
    period: str | None = None

    @property
    def money(self) -> bool:
        """Whether this is a sum of money, be its currency said or not."""
        return self.unit is None


@dataclass(frozen=True, slots=True)
class When:
    """A time as said (EDTF, level 1) with the first and the last day it covers.

    `first` or `last` is None where the interval is open.
    """

    edtf: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where claims come from: a document or the source that a table's row names.

    Args:
        id: local identifier, unique in the workspace.
        title: title, or a title in our own words.
        publisher: who published it.
        issued: publication time as EDTF ("2025-09-22", "2025"), "" when unknown.
        url: address, "" when there is none.
        language: BCP 47 tag ("en", "zh-Hans", "zh-Hant" …), "" when unknown.
        kind: document, news, filing, press-release, analysis …
        sha256: hash of the file's bytes, "" for sources that tables only name.
        file: path relative to the workspace, "" for sources that tables only name.
        restates: ids of the sources that this one repeats: it is no voice of its own for them.
    """

    id: str
    title: str = ""
    publisher: str = ""
    issued: str = ""
    url: str = ""
    language: str = ""
    kind: str = ""
    sha256: str = ""
    file: str = ""
    restates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The text of a source, its code points fixed once read: all offsets count in `text`.

    Args:
        source: what the text comes from.
        text: the whole text as read, headline, date line and front matter included.
        body_start: offset where the text to extract from begins (after front matter).
        date: the day the text was written, to which relative dates refer; None when unknown.
        language: "en", "zh-Hans" or "zh-Hant".
    """

    source: Source
    text: str
    language: str
    body_start: int = 0
    date: date | None = None

    @property
    def id(self) -> str:
        """The identifier of the document's source."""
        return self.source.id


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as a source writes it.

    Args:
        name: the words.
        type: code of an entity class if the words tell it ("Company"), else "".
        start, end: offsets in the document, None for names from tables.
        entity: id of the entity it stands for; "" before linking.
        unnamed: the words are no name: the "second furnace" of a source is none of another's.
    """

    name: str
    type: str = ""
    start: int | None = None
    end: int | None = None
    entity: str = ""
    unnamed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a claim can be read: a quote at offsets, or a row of a table.

    For a document, `start` and `end` are offsets of `quote` in its text. For a table, `file`,
    `row` (1-based line of the file, the header being 1) and `columns` say where, and `quote` is the
    row's non-empty cells as "column: value" joined by " | ".
    """

    source: str
    quote: str
    start: int | None = None
    end: int | None = None
    file: str = ""
    row: int | None = None
    columns: tuple[str, ...] = ()


class _Identified:
    """Room for an identifier beside the fields, so that it is no part of the value."""

    __slots__ = ("_id",)
    _id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(_Identified):
    """What one source says: a relation between two things, or a figure about one.

    Args:
        kind: "relation" (has relation and object) or "figure" (has measure and an amount).
        subject, object: names, linked to entities by kg.link.
        relation: code of a relation; "" for figures.
        measure: code of a measure; "" for relations.
        evidence: where it is said.
        amount: the money or, for figures, any quantity.
        share: percent of equity that a relation carries ("a 6% holding"), else None.
        when: time of the event, else of its announcement.
        status: code of a status, "" when the source marks none.
        negated: True for a denial: the source says that it is not so.
        joint: token shared by the claims that share one amount, "" when the amount is its own.
        product: what is supplied, in the source's words.
        attributed_to: who says so according to the source.
        extractor: name of the engine or "table".
        confidence: 0 to 1.
        note: an editor's remark.
        deal: id of the deal, given by kg.deals.
        umbrella: token that an editor gave to an umbrella deal whose sum includes others.
        part_of: token of the umbrella deal that this one is a part of, "" when none.
        key: the row's own id in a table, kept as it is.
    """

    kind: Literal["relation", "figure"]
    subject: Mention
    evidence: Evidence
    relation: str = ""
    object: Mention | None = None
    measure: str = ""
    amount: Amount | None = None
    share: Decimal | None = None
    when: When | None = None
    status: str = ""
    negated: bool = False
    joint: str = ""
    product: str = ""
    attributed_to: Mention | None = None
    extractor: str = ""
    confidence: Decimal = Decimal("1")
    note: str = ""
    deal: str = ""
    umbrella: str = ""
    part_of: str = ""
    key: str = ""

    @property
    def id(self) -> str:
        """Identifier of a linked claim: a hash of what distinguishes it, and of nothing else.

        Source, subject, predicate, object, the quote's place, amount, time and polarity go in;
        confidence, extractor, labels, notes and deals do not, so that a better extractor or a new
        alias does not rename a claim.
        """
        try:
            return self._id
        except AttributeError:  # worked out once: it is asked for often
            object.__setattr__(self, "_id", self._digest())
            return self._id

    def _digest(self) -> str:
        e, a = self.evidence, self.amount
        place = f"{e.file}#{self.key or e.row}" if e.start is None else f"{e.start}-{e.end}"
        value = "" if a is None else f"{plain(a.low)}/{plain(a.high)}/{a.currency or a.unit or ''}"
        return digest(
            e.source,
            self.subject.entity or self.subject.name,
            self.relation or self.measure,
            "" if self.object is None else self.object.entity or self.object.name,
            place,
            value,
            "" if self.when is None else self.when.edtf,
            self.product if e.start is None else "",
            "denied" if self.negated else "asserted",
        )


def plain(number: Decimal | None) -> str:
    """One spelling per value: 1E+9, 1000000000 and 1000000000.0 are the same number."""
    return "" if number is None else f"{number.normalize():f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A thing that claims speak of.

    Args:
        id: local identifier ("openai").
        type: code of an entity class ("Company").
        labels: language tag ("en", "zh-Hans", "zh-Hant") → preferred name.
        aliases: other names, in any script.
        country: ISO 3166-1 alpha-2, "" when unknown.
        ticker, wikidata: identifiers elsewhere, "" when unknown.
        parent: id of the entity that owns it, "" when none is known.
        curated: True when a person entered it, False when a document brought it.
    """

    id: str
    type: str
    labels: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    country: str = ""
    ticker: str = ""
    wikidata: str = ""
    parent: str = ""
    curated: bool = True

    def label(self, language: str) -> str:
        """The name in a language, else in English, else in any, else the id.

        >>> Entity(id="nvidia", type="Company", labels={"zh-Hans": "英伟达"}).label("zh-Hant")
        '英伟达'
        """
        for tag in (language, language.partition("-")[0], "en", *sorted(self.labels)):
            if tag in self.labels:
                return self.labels[tag]
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """The claims, from any source, about one transaction.

    Args:
        id: identifier, a hash of what the claims share.
        claims: ids of its claims, sorted.
        part_of: id of the umbrella deal whose sum includes this one's, "" when none.
        why: what the claims share, for people.
    """

    id: str
    claims: tuple[str, ...]
    part_of: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """Input that was refused, with its reason.

    Args:
        reason: code, as in kg.errors.Refused.
        message: what was found, expected, and what to do.
        file: path relative to the workspace.
        line: 1-based line or row, None when it is the whole file.
        content: the refused text, cut to 400 characters.
    """

    reason: str
    message: str
    file: str
    line: int | None = None
    content: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's judgement, a line of the ledger.

    Args:
        kind: a key of kg.ledger.KINDS.
        left, right: what is judged: entities, names or claims; `right` is "" where one is enough.
        reason, by, date: why, by whom and when, as written.
        line: 1-based line in the ledger, 0 when it was read back from a graph.
    """

    kind: str
    left: str
    right: str = ""
    reason: str = ""
    by: str = ""
    date: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """All that a build knows, linked: what becomes the graph and what the pages are drawn from."""

    entities: Mapping[str, Entity]
    sources: Mapping[str, Source]
    claims: tuple[Claim, ...]
    deals: Mapping[str, Deal] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()

    @property
    def rejected(self) -> frozenset[str]:
        """Ids of the claims that a decision rejects: they stay, and support nothing."""
        return frozenset(d.left for d in self.decisions if d.kind == "reject")
