"""Checks of a built graph: the shapes of ontology/shapes.ttl, and audits that no shape can say.

The audits read the inputs anew: a quote must stand in its document at its offsets, letter for
letter, and a row in its table; an edge must have a live claim, and a live claim its edge.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.analysis import Analysis, analyse
from kg.claim import Claim, Corpus, Document
from kg.iri import KG, Namer
from kg.ontology import Ontology
from kg.rates import Rates
from kg.rdf import edges, quads
from kg.rdf_analysis import analysis_quads
from kg.rdf_read import read_corpus
from kg.story import missing
from kg.view import ends

_SHACL = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is not as it should be.

    Args:
        code: lower-case words joined by hyphens.
        severity: "error" or "warning"; only errors fail a check.
        subject: IRI of what is wrong.
        message: what was expected.
        file, line: where to look in the inputs, "" and None when it is in the graph alone.
        expected, found: the two values that differ, "" when there are none.
    """

    code: str
    severity: str = "error"
    subject: str
    message: str
    file: str = ""
    line: int | None = None
    expected: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All findings, sorted, and how much was looked at."""

    findings: tuple[Finding, ...]
    counts: Mapping[str, int]

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return not any(f.severity == "error" for f in self.findings)

    def as_text(self) -> str:
        """A paragraph for each finding, and a summary."""
        lines = []
        for f in self.findings:
            place = f" ({f.file}{f':{f.line}' if f.line else ''})" if f.file else ""
            lines.append(f"{f.severity}: {f.code}: {f.message}{place}")
            lines.append(f"    of        {f.subject}")
            if f.expected or f.found:
                lines += [f"    expected  {_short(f.expected)}", f"    found     {_short(f.found)}"]
        looked = ", ".join(f"{n} {what}" for what, n in self.counts.items())
        errors = sum(f.severity == "error" for f in self.findings)
        warnings = len(self.findings) - errors
        verdict = "passed" if self.ok else "FAILED"
        lines.append(f"{verdict}: {errors} errors, {warnings} warnings; looked at {looked}")
        return "\n".join(lines) + "\n"

    def as_json(self) -> str:
        """The same for programs."""
        data = {
            "ok": self.ok,
            "counts": dict(self.counts),
            "findings": [asdict(f) for f in self.findings],
        }
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _short(text: str, most: int = 160) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def failing_claims(corpus: Corpus, ontology: Ontology, namer: Namer) -> dict[str, str]:
    """The claims of a corpus that break a shape: id → what was expected."""
    failing: dict[str, str] = {}
    for finding in shacl(quads(corpus, ontology, namer), ontology):
        known = namer.local(finding.subject)
        if finding.severity == "error" and known and known[0] == "c":
            failing.setdefault(known[1], finding.message)
    return failing


def shacl(statements: Iterable[ox.Quad], ontology: Ontology) -> Iterator[Finding]:
    """Validates against shapes.ttl with pySHACL.

    Args:
        statements: the graph; pySHACL sees the union of its named graphs.
        ontology: brings shapes.ttl.
    """
    import pyshacl
    import rdflib

    from kg.store import to_rdflib

    graph = rdflib.Graph()
    store = graph.store
    for quad in statements:
        triple = tuple(to_rdflib(t) for t in (quad.subject, quad.predicate, quad.object))
        store.add(triple, graph)
    shapes = rdflib.Graph().parse(ontology.folder / "shapes.ttl", format="turtle")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, advanced=False, inplace=True)
    sh = rdflib.Namespace(_SHACL)
    for result in sorted(report.subjects(rdflib.RDF.type, sh.ValidationResult), key=str):
        severity = report.value(result, sh.resultSeverity)
        yield Finding(
            code="breaks-a-shape",
            severity="error" if severity == sh.Violation else "warning",
            subject=str(report.value(result, sh.focusNode)),
            message=str(report.value(result, sh.resultMessage)),
            found=str(report.value(result, sh.value) or ""),
        )


def check_graph(
    path: Path,
    ontology: Ontology,
    namer: Namer,
    root: Path,
    rates: Rates,
    story: Sequence[Mapping[str, Any]] = (),
) -> CheckReport:
    """Checks a built graph against the shapes and against its inputs.

    Args:
        path: graph.nq.
        ontology: the workspace's.
        namer: the workspace's.
        root: the workspace, where documents and tables are read anew.
        rates: the workspace's, by which sums were brought to dollars.
        story: the workspace's saved views, which may name only what is there.
    """
    statements = list(ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS))
    corpus = read_corpus(path, ontology, namer)
    analysis = analyse(corpus, ontology, rates)
    findings = [
        *shacl(statements, ontology),
        *_blank_nodes(statements),
        *_edges(statements, corpus, ontology, namer),
        *_worked_out(statements, analysis, namer),
        *_references(corpus, namer),
        *_joint_sums(corpus, namer),
        *_identifiers(corpus, statements, namer),
        *_quotes(corpus, namer, root),
        *_rows(corpus, namer, root),
        *_story(story, corpus, analysis, ontology),
    ]
    counts = {
        "statements": len(statements),
        "claims": len(corpus.claims),
        "quotes": sum(c.evidence.start is not None for c in corpus.claims),
        "rows": sum(c.evidence.row is not None for c in corpus.claims),
    }
    order = sorted(
        set(findings), key=lambda f: (f.severity, f.code, f.file, f.line or 0, f.subject, f.message)
    )
    return CheckReport(tuple(order), counts)


def _blank_nodes(statements: Iterable[ox.Quad]) -> Iterator[Finding]:
    for quad in statements:
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            yield Finding(
                code="blank-node", subject=str(quad.subject), message="expected IRIs everywhere"
            )


def _edges(
    statements: Iterable[ox.Quad], corpus: Corpus, ontology: Ontology, namer: Namer
) -> Iterator[Finding]:
    derived = namer.iri("graph", "derived")
    there = {
        (q.subject.value, q.predicate.value, q.object.value)
        for q in statements
        if isinstance(q.graph_name, ox.NamedNode)
        and q.graph_name.value == derived
        and isinstance(q.subject, ox.NamedNode)
        and isinstance(q.object, ox.NamedNode)
    }
    due = {
        (namer.iri("d", s), KG + code, namer.iri("d", o)) for s, code, o in edges(corpus, ontology)
    }
    for subject, predicate, object_ in sorted(there - due):
        yield Finding(
            code="edge-without-claim",
            subject=subject,
            message="the edge is there but no live claim supports it",
            found=f"{subject} {predicate} {object_}",
        )
    for subject, predicate, object_ in sorted(due - there):
        yield Finding(
            code="claim-without-edge",
            subject=subject,
            message="a live claim supports an edge that is not there",
            expected=f"{subject} {predicate} {object_}",
        )


def _worked_out(
    statements: Iterable[ox.Quad], analysis: Analysis, namer: Namer
) -> Iterator[Finding]:
    """Loops, sums, stages, conflicts: each must follow from the claims, and nothing may lack."""
    graph = ox.NamedNode(namer.iri("graph", "analysis"))
    there = {q for q in statements if q.graph_name == graph}
    due = set(analysis_quads(analysis, namer))
    for code, quads_, message in (
        ("does-not-follow", there - due, "worked out, but it does not follow from the claims"),
        ("not-worked-out", due - there, "it follows from the claims, but is not in the graph"),
    ):
        for quad in sorted(quads_, key=str):
            found = f"{quad.subject} {quad.predicate} {quad.object}"
            subject = getattr(quad.subject, "value", str(quad.subject))
            yield Finding(code=code, subject=subject, message=message, found=found)


def _story(
    story: Sequence[Mapping[str, Any]], corpus: Corpus, analysis: Analysis, ontology: Ontology
) -> Iterator[Finding]:
    """A loop's identifier follows from its parties: new claims may take a step's view away."""
    shown = [c for c in corpus.claims if c.object is not None and c.id not in corpus.rejected]
    known = {
        "node": {*corpus.entities},
        "edge": {" ".join(ends(c, ontology)) for c in shown},
        "loop": {loop.id for loop in analysis.loops},
        "conflict": {conflict.id for conflict in analysis.conflicts},
    }
    for number, step in enumerate(story, 1):
        for name in missing(step["view"], known):
            yield Finding(
                code="story-names-nothing",
                subject=f"[[story]] {number}",
                message="the view names what the graph does not have; save the view anew",
                file="kg.toml",
                found=name,
            )


def _references(corpus: Corpus, namer: Namer) -> Iterator[Finding]:
    for claim in corpus.claims:
        ends = [claim.subject.entity, *([claim.object.entity] if claim.object else [])]
        for entity in ends:
            if entity not in corpus.entities:
                yield Finding(
                    code="undescribed-entity",
                    subject=namer.iri("c", claim.id),
                    message="the claim speaks of something that is not described",
                    found=entity,
                )
        if claim.evidence.source not in corpus.sources:
            yield Finding(
                code="undescribed-source",
                subject=namer.iri("c", claim.id),
                message="the claim's source is not described",
                found=claim.evidence.source,
            )


def _joint_sums(corpus: Corpus, namer: Namer) -> Iterator[Finding]:
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in corpus.claims:
        if claim.joint and claim.amount is not None:
            groups[claim.evidence.source, claim.joint].append(claim)
    for (_, token), claims in sorted(groups.items()):
        sums = {(c.amount.low, c.amount.high, c.amount.currency) for c in claims if c.amount}
        if len(sums) > 1:
            yield Finding(
                code="joint-sums-differ",
                subject=namer.iri("c", claims[0].id),
                message=f"claims that share one sum ({token}) must state the same sum",
                file=claims[0].evidence.file,
                line=claims[0].evidence.row,
                found="; ".join(sorted(str(s) for s in sums)),
            )


def _identifiers(corpus: Corpus, statements: Iterable[ox.Quad], namer: Namer) -> Iterator[Finding]:
    """A claim's IRI follows from what it says: an altered claim no longer has its own IRI."""
    stated = {
        known[1]
        for q in statements
        if isinstance(q.subject, ox.NamedNode)
        and (known := namer.local(q.subject.value)) is not None
        and known[0] == "c"
    }
    for local in sorted({c.id for c in corpus.claims} - stated):
        claim = next(c for c in corpus.claims if c.id == local)
        yield Finding(
            code="identifier-does-not-fit",
            subject=namer.iri("c", local),
            message="the claim does not say what its IRI stands for: the graph was altered",
            file=claim.evidence.file,
            line=claim.evidence.row,
        )


def _quotes(corpus: Corpus, namer: Namer, root: Path) -> Iterator[Finding]:
    from kg.documents import read_documents

    by_file: dict[str, list[Claim]] = defaultdict(list)
    for claim in corpus.claims:
        source = corpus.sources.get(claim.evidence.source)
        if claim.evidence.start is not None and source is not None:
            by_file[source.file].append(claim)
    for file, claims in sorted(by_file.items()):
        path = root / file
        if not path.is_file():
            yield Finding(
                code="document-missing",
                subject=namer.iri("s", claims[0].evidence.source),
                message="the document that is quoted is no longer there",
                file=file,
            )
            continue
        documents = [d for d in read_documents(path, root) if isinstance(d, Document)]
        for claim in claims:
            yield from _quote(claim, corpus, documents, file, namer)


def _quote(
    claim: Claim, corpus: Corpus, documents: list[Document], file: str, namer: Namer
) -> Iterator[Finding]:
    e = claim.evidence
    document = next((d for d in documents if d.id == e.source), documents[0] if documents else None)
    text = document.text if document else ""
    there = text[e.start : e.end]
    line = text.count("\n", 0, e.start or 0) + 1
    if there != e.quote:
        yield Finding(
            code="quote-not-in-text",
            subject=namer.iri("c", claim.id),
            message=f"the quote is not what the document has at {e.start}–{e.end}",
            file=file,
            line=line,
            expected=there,
            found=e.quote,
        )
    if document and document.source.sha256 != corpus.sources[e.source].sha256:
        yield Finding(
            code="document-changed",
            severity="warning",
            subject=namer.iri("s", e.source),
            message="the document has changed since the build; run: kg build",
            file=file,
        )


def _rows(corpus: Corpus, namer: Namer, root: Path) -> Iterator[Finding]:
    from kg.sheets import Row, read_rows

    by_file: dict[str, list[Claim]] = defaultdict(list)
    for claim in corpus.claims:
        if claim.evidence.row is not None:
            by_file[claim.evidence.file].append(claim)
    for file, claims in sorted(by_file.items()):
        name, _, sheet = file.partition("#")
        path = root / name
        rows: dict[int, Any] = {}
        if path.is_file():
            rows = {r.line: r.quote for r in read_rows(path, sheet, file) if isinstance(r, Row)}
        for claim in claims:
            there = rows.get(claim.evidence.row or 0, "")
            if there != claim.evidence.quote:
                yield Finding(
                    code="row-differs",
                    subject=namer.iri("c", claim.id),
                    message="the table's row does not say what the claim quotes",
                    file=file,
                    line=claim.evidence.row,
                    expected=there,
                    found=claim.evidence.quote,
                )
