"""The graph in the formats of other tools; the same bytes for the same graph."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.claim import Claim, Corpus, plain
from kg.errors import MissingExtra
from kg.iri import PREFIXES, Namer
from kg.ontology import Ontology
from kg.rdf import is_live
from kg.rdf_read import read_corpus


def export(path: Path, ontology: Ontology, namer: Namer, fmt: str) -> bytes:
    """A built graph in another format.

    Args:
        path: graph.nq.
        ontology, namer: the workspace's.
        fmt: a key of FORMATS.

    Returns:
        The file's bytes.

    Raises:
        MissingExtra: the format needs an optional library.
    """
    return FORMATS[fmt](path, ontology, namer)


def _nq(path: Path, ontology: Ontology, namer: Namer) -> bytes:
    return path.read_bytes()


def _triples(path: Path) -> list[ox.Triple]:
    """The union of all graphs, sorted."""
    quads = ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)
    return sorted({q.triple for q in quads}, key=str)


def _nt(path: Path, ontology: Ontology, namer: Namer) -> bytes:
    return "".join(f"{t} .\n" for t in _triples(path)).encode()


def _ttl(path: Path, ontology: Ontology, namer: Namer) -> bytes:
    prefixes = dict(namer.prefixes)
    data = ox.serialize(_triples(path), format=ox.RdfFormat.TURTLE, prefixes=prefixes)
    return data or b""


def _quads(path: Path, fmt: ox.RdfFormat, prefixes: Mapping[str, str] | None) -> bytes:
    quads = sorted(
        ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS),
        key=lambda q: (str(q.graph_name), str(q.triple)),
    )
    return ox.serialize(quads, format=fmt, prefixes=dict(prefixes) if prefixes else None) or b""


def _trig(path: Path, ontology: Ontology, namer: Namer) -> bytes:
    return _quads(path, ox.RdfFormat.TRIG, namer.prefixes)


def _jsonld(path: Path, ontology: Ontology, namer: Namer) -> bytes:
    return _quads(path, ox.RdfFormat.JSON_LD, namer.prefixes)


def _rdf12(path: Path, ontology: Ontology, namer: Namer) -> bytes:
    """N-Triples 1.2: a claim reifies the triple it states. https://www.w3.org/TR/rdf12-n-triples/

    `c rdf:reifies <<( s p o )>>` stands for the three triples of rdf:subject, predicate, object.
    """
    rdf = PREFIXES["rdf"]
    parts = [rdf + p for p in ("subject", "predicate", "object")]
    triples = _triples(path)
    said: dict[Any, dict[str, ox.Triple]] = {}
    for t in triples:
        if t.predicate.value in parts:
            said.setdefault(t.subject, {})[t.predicate.value] = t
    lines = {f"{t} .\n" for t in triples}
    for claim, by_part in said.items():
        if len(by_part) == len(parts):  # a figure has a subject only and stays as it is
            terms: list[Any] = [by_part[p].object for p in parts]
            stated = ox.Triple(*terms)
            lines -= {f"{t} .\n" for t in by_part.values()}
            lines.add(f"{ox.Triple(claim, ox.NamedNode(rdf + 'reifies'), stated)} .\n")
    return "".join(sorted(lines)).encode()


def _network(path: Path, ontology: Ontology, namer: Namer) -> Any:
    """A directed multigraph for networkx: an edge a live claim."""
    import networkx

    corpus = read_corpus(path, ontology, namer)
    graph: Any = networkx.MultiDiGraph()
    for entity in corpus.entities.values():
        graph.add_node(
            entity.id,
            label=entity.label("en"),
            label_zh_hans=entity.label("zh-Hans"),
            label_zh_hant=entity.label("zh-Hant"),
            type=entity.type,
        )
    for claim in corpus.claims:
        if claim.object is None or not is_live(claim, corpus, ontology):
            continue
        row = _row(claim, corpus, ontology)
        kept = {k: v for k, v in row.items() if v != "" and k not in ("claim", "subject", "object")}
        graph.add_edge(claim.subject.entity, claim.object.entity, key=claim.id, **kept)
    return graph


def _graphml(path: Path, ontology: Ontology, namer: Namer) -> bytes:
    import networkx

    text = "\n".join(networkx.generate_graphml(_network(path, ontology, namer)))
    return text.encode() + b"\n"


def _gexf(path: Path, ontology: Ontology, namer: Namer) -> bytes:
    import re

    import networkx

    text = "\n".join(networkx.generate_gexf(_network(path, ontology, namer)))
    # networkx writes today's date into the file: the same graph must give the same bytes.
    return re.sub(r' lastmodifieddate="[^"]*"', "", text).encode() + b"\n"


#: Columns of a claim as a row, in order.
COLUMNS = (
    *("claim", "kind", "subject", "subject_label", "relation", "object", "object_label"),
    *("measure", "amount_low", "amount_high", "currency", "unit", "qualifier", "amount_text"),
    *("period", "joint", "share_percent", "time", "from", "until", "status", "polarity", "live"),
    *("deal", "product", "attributed_to", "source", "publisher", "issued", "url", "quote"),
    *("start", "end", "file", "row", "extractor", "confidence", "note"),
)


def claim_rows(corpus: Corpus, ontology: Ontology) -> Iterator[dict[str, Any]]:
    """Every claim as a flat row with the columns COLUMNS, sorted by identifier."""
    for claim in sorted(corpus.claims, key=lambda c: c.id):
        yield _row(claim, corpus, ontology)


def _row(claim: Claim, corpus: Corpus, ontology: Ontology) -> dict[str, Any]:
    a, w, e = claim.amount, claim.when, claim.evidence
    source = corpus.sources[e.source]

    def label(entity: str) -> str:
        return corpus.entities[entity].label("en") if entity in corpus.entities else entity

    values = {
        "claim": claim.id,
        "kind": claim.kind,
        "subject": claim.subject.entity,
        "subject_label": label(claim.subject.entity),
        "relation": claim.relation,
        "object": claim.object.entity if claim.object else "",
        "object_label": label(claim.object.entity) if claim.object else "",
        "measure": claim.measure,
        "amount_low": plain(a.low) if a else "",
        "amount_high": plain(a.high) if a else "",
        "currency": (a.currency or "") if a else "",
        "unit": (a.unit or "") if a else "",
        "qualifier": a.qualifier if a else "",
        "amount_text": a.text if a else "",
        "period": (a.period or "") if a else "",
        "joint": claim.joint,
        "share_percent": plain(claim.share),
        "time": w.edtf if w else "",
        "from": w.first.isoformat() if w and w.first else "",
        "until": w.last.isoformat() if w and w.last else "",
        "status": claim.status,
        "polarity": "denied" if claim.negated else "asserted",
        "live": "true" if is_live(claim, corpus, ontology) else "false",
        "deal": claim.deal,
        "product": claim.product,
        "attributed_to": claim.attributed_to.name if claim.attributed_to else "",
        "source": e.source,
        "publisher": source.publisher,
        "issued": source.issued,
        "url": source.url,
        "quote": e.quote,
        "start": "" if e.start is None else str(e.start),
        "end": "" if e.end is None else str(e.end),
        "file": e.file or source.file,
        "row": "" if e.row is None else str(e.row),
        "extractor": claim.extractor,
        "confidence": plain(claim.confidence),
        "note": claim.note,
    }
    return {column: values[column] for column in COLUMNS}


def harmless(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula, as text; any other as it is."""
    return "'" + cell if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _csv(path: Path, ontology: Ontology, namer: Namer) -> bytes:
    """All claims; a cell that a spreadsheet would run as a formula is made text."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in claim_rows(read_corpus(path, ontology, namer), ontology):
        writer.writerow({k: harmless(v) for k, v in row.items()})
    return out.getvalue().encode("utf-8-sig")


def _parquet(path: Path, ontology: Ontology, namer: Namer) -> bytes:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise MissingExtra("parquet", "tables") from None
    rows = list(claim_rows(read_corpus(path, ontology, namer), ontology))
    table = pyarrow.table({c: [r[c] or None for r in rows] for c in COLUMNS})
    sink = io.BytesIO()
    parquet.write_table(table, sink)
    return sink.getvalue()


#: Our classes → schemata of FollowTheMoney (https://followthemoney.tech/explorer/), and what joins
#: two of them. Other relations become UnknownLink, which says its role.
_SCHEMATA = {
    "Company": "Company",
    "Person": "Person",
    "GovernmentBody": "PublicBody",
    "Fund": "Organization",
    "Project": "Project",
}
_LINKS = {
    "holdsStakeIn": ("Ownership", "owner", "asset"),
    "acquires": ("Ownership", "owner", "asset"),
    "subsidiaryOf": ("Ownership", "asset", "owner"),
    "leads": ("Directorship", "director", "organization"),
    "investsIn": ("Payment", "payer", "beneficiary"),
    "lendsTo": ("Payment", "payer", "beneficiary"),
    "grantsTo": ("Payment", "payer", "beneficiary"),
    "supplies": ("Payment", "beneficiary", "payer"),
}


def _ftm(path: Path, ontology: Ontology, namer: Namer) -> bytes:
    """Entities and links of FollowTheMoney, a JSON object a line; live claims only."""
    corpus = read_corpus(path, ontology, namer)
    lines = []
    for entity in corpus.entities.values():
        properties: dict[str, list[str]] = {
            "name": sorted(set(entity.labels.values())) or [entity.id],
            "alias": list(entity.aliases),
            "country": [entity.country.lower()] if entity.country else [],
            "wikidataId": [entity.wikidata] if entity.wikidata else [],
        }
        schema = _SCHEMATA.get(entity.type, "Thing")
        lines.append((entity.id, schema, properties))
    for claim in corpus.claims:
        if claim.object is None or not is_live(claim, corpus, ontology):
            continue
        schema, left, right = _LINKS.get(claim.relation, ("UnknownLink", "subject", "object"))
        amount, when = claim.amount, claim.when
        exact = amount is not None and amount.low is not None and amount.low == amount.high
        source = corpus.sources[claim.evidence.source]
        properties = {
            left: [claim.subject.entity],
            right: [claim.object.entity],
            "role": [claim.relation],
            "summary": [claim.evidence.quote],
            "sourceUrl": [source.url] if source.url.startswith("http") else [],
            "date": [when.first.isoformat()] if when and when.first else [],
        }
        if schema == "Payment" and amount is not None and exact and not claim.joint:
            properties["amount"] = [plain(amount.low)]
            properties["currency"] = [amount.currency] if amount.currency else []
        lines.append((f"claim-{claim.id}", schema, properties))
    return "".join(
        json.dumps(
            {"id": i, "schema": s, "properties": {k: v for k, v in sorted(p.items()) if v}},
            ensure_ascii=False,
        )
        + "\n"
        for i, s, p in sorted(lines, key=lambda line: line[0])
    ).encode()


FORMATS: Mapping[str, Callable[[Path, Ontology, Namer], bytes]] = {
    "nt": _nt,
    "nq": _nq,
    "ttl": _ttl,
    "trig": _trig,
    "jsonld": _jsonld,
    "rdf12": _rdf12,
    "graphml": _graphml,
    "gexf": _gexf,
    "csv": _csv,
    "parquet": _parquet,
    "ftm": _ftm,
}
