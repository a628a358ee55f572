"""Checks of a built graph: the shapes of ontology/shapes.ttl, and audits that no shape can say.

An edge must have a live claim, and a live claim its edge; what was worked out must follow from the
claims. Whether claims quote rightly is audited in kg.check_inputs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.analysis import Analysis, analyse
from kg.check_inputs import quotes, rows
from kg.claim import Claim, Corpus
from kg.finding import CheckReport, Finding
from kg.iri import KG, Namer
from kg.ontology import Ontology
from kg.rates import Rates
from kg.rdf import edges, quads
from kg.rdf_analysis import analysis_quads
from kg.rdf_read import read_corpus
from kg.story import missing
from kg.view import ends

_SHACL = "http://www.w3.org/ns/shacl#"


def failing_claims(corpus: Corpus, ontology: Ontology, namer: Namer) -> dict[str, str]:
    """The claims of a corpus that break a shape: id → what was expected."""
    failing: dict[str, str] = {}
    for finding in shacl(quads(corpus, ontology, namer), ontology):
        known = namer.local(finding.subject)
        if finding.severity == "error" and known and known[0] == "c":
            failing.setdefault(known[1], finding.message)
    return failing


def shacl(statements: Iterable[ox.Quad], ontology: Ontology) -> list[Finding]:
    """Validates against shapes.ttl with pySHACL.

    Args:
        statements: the graph; pySHACL sees the union of its named graphs.
        ontology: brings shapes.ttl.
    """
    import pyshacl
    import rdflib

    from kg.terms import to_rdflib

    graph = rdflib.Graph()
    store, term = graph.store, lru_cache(maxsize=1 << 16)(to_rdflib)
    for quad in statements:
        store.add((term(quad.subject), term(quad.predicate), term(quad.object)), graph)
    shapes = _flat(rdflib.Graph().parse(ontology.folder / "shapes.ttl"))
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, advanced=False, inplace=True)
    sh = rdflib.Namespace(_SHACL)
    found = []
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        severity, value = report.value(result, sh.resultSeverity), report.value(result, sh.value)
        finding = Finding(
            code="breaks-a-shape",
            severity="error" if severity == sh.Violation else "warning",
            subject=str(report.value(result, sh.focusNode)),
            message=str(report.value(result, sh.resultMessage)),
            found="" if value is None else str(value),
        )
        found.append(finding)
    # Results are blank nodes, whose names are others each time.
    return sorted(found, key=lambda f: (f.subject, f.severity, f.message, f.found))


def _flat(shapes: Any) -> Any:
    """Shapes that say the same and are validated faster: what a target's properties must be.

    pySHACL evaluates the property shapes of a node shape anew for each node, and a property shape
    that has targets of its own once, for all of them. So properties take over the targets of their
    node shape. Those of a shape stay when others refer to it, because it is evaluated there too,
    and when it is a class or deactivated.
    """
    import rdflib

    sh, type_ = rdflib.Namespace(_SHACL), rdflib.RDF.type
    kinds = (sh.targetClass, sh.targetNode, sh.targetSubjectsOf, sh.targetObjectsOf)
    for shape, _, property_ in list(shapes.triples((None, sh.property, None))):
        targets = [(kind, t) for kind in kinds for t in shapes.objects(shape, kind)]
        plain = list(shapes.objects(shape, type_)) == [sh.NodeShape]
        used = (None, None, shape) in shapes or (shape, sh.deactivated, None) in shapes
        if targets and plain and not used:
            shapes.remove((shape, sh.property, property_))
            for kind, target in targets:
                shapes.add((property_, kind, target))
    return shapes


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
        *quotes(corpus, namer, root, ontology.folder),
        *rows(corpus, namer, root),
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
