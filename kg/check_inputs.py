"""Audits that read the inputs anew: what a claim quotes must stand there, letter for letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from kg.claim import Claim, Corpus, Document
from kg.finding import Finding
from kg.iri import Namer


def quotes(corpus: Corpus, namer: Namer, root: Path, ontology: Path) -> Iterator[Finding]:
    """Quotes that do not stand in their document at their offsets.

    Args:
        corpus: whose claims quote.
        namer: the workspace's.
        root: the workspace, where the documents are read anew.
        ontology: the folder whose lexicon tells which languages are read.
    """
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
        documents = [d for d in read_documents(path, root, ontology) if isinstance(d, Document)]
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


def rows(corpus: Corpus, namer: Namer, root: Path) -> Iterator[Finding]:
    """Quotes that are not the row of their table.

    Args:
        corpus, namer, root: as for quotes.
    """
    from kg.sheets import Row, read_rows

    by_file: dict[str, list[Claim]] = defaultdict(list)
    for claim in corpus.claims:
        if claim.evidence.row is not None:
            by_file[claim.evidence.file].append(claim)
    for file, claims in sorted(by_file.items()):
        name, _, sheet = file.partition("#")
        path = root / name
        told: dict[int, str] = {}
        if path.is_file():
            told = {r.line: r.quote for r in read_rows(path, sheet, file) if isinstance(r, Row)}
        for claim in claims:
            there = told.get(claim.evidence.row or 0, "")
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
