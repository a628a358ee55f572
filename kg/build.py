"""The road of the data: documents and tables in, a checked graph out.

Each step is a pure function elsewhere; here they are called in order and every input is accounted
for. Results are written beside the old ones and take their place at the end, all at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import chain
from pathlib import Path

from kg.analysis import MAX_LENGTH, Analysis, analyse
from kg.cache import Cache
from kg.check import failing_claims
from kg.claim import Claim, Corpus, Document, Entity, Quarantined, Source
from kg.deals import group_deals
from kg.documents import find_documents, read_documents
from kg.errors import BuildError, KgError
from kg.extract import get_extractor
from kg.iri import digest
from kg.jobs import in_order
from kg.ledger import Ledger, read_ledger
from kg.link import link, load_spelling
from kg.mappings import read_mappings
from kg.ontology import Ontology
from kg.publish import beside
from kg.rates import load_rates
from kg.rdf import quads, write_nquads
from kg.rdf_analysis import analysis_quads
from kg.report import Accountant, Report
from kg.store import load_disk
from kg.tables import TableData, known_names, read_tables
from kg.workspace import Workspace

#: Called with a stage's name, what is done and what there is to do.
Progress = Callable[[str, int, int], None]


def build(
    workspace: Workspace,
    *,
    strict: bool = False,
    fresh: bool = False,
    jobs: int = 1,
    progress: Progress = lambda stage, done, total: None,
) -> Report:
    """Builds the workspace's graph.

    Args:
        workspace: where things are.
        strict: refuse to publish when anything was quarantined.
        fresh: extract every document again instead of using what earlier builds kept.
        jobs: processes that read documents, forked when there are many; the result is the same.
        progress: told how far the build is.

    Returns:
        The account of every input, also written to report.json.

    Raises:
        BuildError: a file yields fewer claims than kg.toml expects, or `strict` and something was
            refused: the old output stays as it was. Or a store elsewhere did not take the graph.
        WorkspaceError: kg.toml, the ontology or a lexicon cannot be used.
    """
    if workspace.keeps.kind == "sparql":
        from kg.remote import require_publishable

        require_publishable(workspace.keeps)
    ontology = workspace.load_ontology()
    accounts = Accountant()
    progress("tables", 0, 1)
    tables = _read_tables(workspace, ontology, accounts)
    decisions = workspace.tables / "decisions.csv"
    ledger, refused = read_ledger(decisions, workspace.relative(decisions))
    accounts.refuse(refused)

    with beside(workspace.output) as folder:
        extractor = get_extractor(workspace.engine, ontology=ontology, names=known_names(tables))
        kept = None if fresh else workspace.output / "cache"
        cache = Cache(kept, folder / "cache", extractor, ontology, tables.entities)
        sources = dict(tables.sources)
        claims = list(tables.claims)
        documents = _documents(workspace, sources, accounts, progress)
        for document, told in in_order(cache.claims, documents, jobs):
            claims += _checked(document, told, accounts)

        progress("link", 0, 1)
        corpus = _corpus(workspace, ontology, claims, tables.entities, sources, ledger, accounts)
        corpus, analysis = _publish(workspace, ontology, corpus, folder, accounts, progress)
        for claim in corpus.claims:
            accounts.files[_file(claim, sources)].claims += 1
        _expectations(workspace, accounts, strict)
        report = accounts.report(_counts(corpus, analysis, folder))
        (folder / "report.json").write_text(report.as_json(), "utf-8", newline="\n")
        quarantine = report.quarantine_jsonl()
        (folder / "quarantine.jsonl").write_text(quarantine, "utf-8", newline="\n")
    if workspace.keeps.kind == "sparql":
        report = replace(report, published=_sent(workspace, progress))
    return report


def _sent(workspace: Workspace, progress: Progress) -> Mapping[str, int]:
    """Brings the store elsewhere up to date: what became of how many graphs."""
    from kg.remote import publish

    try:
        return asdict(publish(workspace.keeps, workspace.graph, workspace.namer, progress))
    except KgError as error:
        raise BuildError(
            f"{error}\n{workspace.graph} is built; the store is not up to date: the next kg build "
            "sends what is missing"
        ) from None


def _read_tables(workspace: Workspace, ontology: Ontology, accounts: Accountant) -> TableData:
    mappings = read_mappings(workspace.mappings, workspace.root)
    tables = read_tables(workspace.tables, workspace.root, mappings, ontology)
    accounts.refuse(tables.quarantined)
    for file, count in tables.described.items():
        accounts.files[file].taken += count
    for file, columns in tables.unused_columns.items():
        accounts.warnings.append(f"{file}: columns that nothing reads: {', '.join(columns)}")
    return tables


def _documents(
    workspace: Workspace,
    sources: dict[str, Source],
    accounts: Accountant,
    progress: Progress,
) -> Iterator[Document]:
    """The readable documents, their sources noted under identifiers that nothing else has."""
    paths = find_documents(workspace.documents)
    mine: set[str] = set()
    for n, path in enumerate(paths):
        progress("documents", n, len(paths))
        accounts.files[workspace.relative(path)]  # a file without claims is accounted for, too
        for item in read_documents(path, workspace.root, workspace.ontology_folder):
            if isinstance(item, Quarantined):
                accounts.refuse([item])
                continue
            source = item.source
            if source.id in mine:
                source = replace(source, id=f"{source.id}-{digest(source.file, length=6)}")
            mine.add(source.id)
            # A document may carry the id of a source that a table describes: then it is its text.
            sources[source.id] = _merged_source(sources.get(source.id), source)
            yield replace(item, source=source)
    progress("documents", len(paths), len(paths))


def _merged_source(described: Source | None, read: Source) -> Source:
    if described is None:
        return read
    return replace(
        read,
        title=described.title or read.title,
        publisher=described.publisher or read.publisher,
        issued=described.issued or read.issued,
        url=described.url or read.url,
        kind=described.kind or read.kind,
    )


def _checked(document: Document, claims: Iterable[Claim], accounts: Accountant) -> Iterator[Claim]:
    """The claims whose quote stands in the text where they say: no engine is trusted on that."""
    for claim in claims:
        e = claim.evidence
        found = document.text[e.start : e.end] if e.start is not None else None
        if found == e.quote and e.quote:
            yield claim
            continue
        accounts.refuse(
            [
                Quarantined(
                    reason="quote-not-in-text",
                    message=f"the quote is not at {e.start}–{e.end}; expected the text there",
                    file=document.source.file,
                    line=document.text.count("\n", 0, e.start or 0) + 1,
                    content=e.quote[:400],
                )
            ]
        )


def _corpus(
    workspace: Workspace,
    ontology: Ontology,
    claims: Sequence[Claim],
    entities: Mapping[str, Entity],
    sources: Mapping[str, Source],
    ledger: Ledger,
    accounts: Accountant,
) -> Corpus:
    """Links, drops what cannot stand, merges what is said twice, groups into deals."""
    spelling = load_spelling(workspace.ontology_folder)
    linked = link(claims, entities, ledger, ontology, spelling)
    judged, unknown = ledger.about(linked.claims)
    accepted = judged.claims("accept")
    unique: dict[str, Claim] = {}
    for claim in linked.claims:
        problem = _problem(claim, ontology)
        if not problem and claim.confidence < workspace.min_confidence and claim.id not in accepted:
            problem = _too_doubtful(claim, workspace)
        if problem:
            accounts.refuse([_quarantined(claim, sources, *problem)])
        elif claim.id in unique:
            accounts.files[_file(claim, sources)].merged += 1
            unique[claim.id] = max(unique[claim.id], claim, key=lambda c: (c.confidence, str(c)))
        else:
            unique[claim.id] = claim
    for d in linked.unused:
        accounts.warnings.append(f"decisions.csv:{d.line}: {d.kind} names nothing that is there")
    for d in unknown:
        names = " and ".join(n for n in (d.left, d.right) if n)
        accounts.warnings.append(
            f"decisions.csv:{d.line}: {d.kind}: expected ids of claims that are there, or of rows "
            f"that no other table has, found {names}; the line is left out"
        )
    grouped, deals = group_deals(
        sorted(unique.values(), key=lambda c: c.id), linked.entities, ontology, judged, sources
    )
    return Corpus(
        entities=linked.entities,
        sources=dict(sorted(sources.items())),
        claims=grouped,
        deals=deals,
        decisions=tuple(d for d in judged.decisions if d.left in unique),
    )


def _problem(claim: Claim, ontology: Ontology) -> tuple[str, str] | None:
    """Why a linked claim cannot stand: code and message."""
    if claim.kind == "relation":
        if claim.relation not in ontology.relations:
            return "unknown-relation", f"{claim.relation!r}: expected a relation of kg.ttl"
        if claim.object is None or claim.subject.entity == claim.object.entity:
            return "self-relation", f"{claim.subject.name!r} stands on both sides"
    elif claim.measure not in ontology.measures:
        return "unknown-measure", f"{claim.measure!r}: expected a measure of kg.ttl"
    elif claim.amount is None:
        return "no-value", f"{claim.measure!r} of {claim.subject.name!r} has no value"
    return None


def _too_doubtful(claim: Claim, workspace: Workspace) -> tuple[str, str]:
    return "low-confidence", (
        f"confidence {claim.confidence} is below the workspace's least, "
        f"{workspace.min_confidence}; to take it all the same, accept {claim.id} in decisions.csv"
    )


def _publish(
    workspace: Workspace,
    ontology: Ontology,
    corpus: Corpus,
    folder: Path,
    accounts: Accountant,
    progress: Progress,
) -> tuple[Corpus, Analysis]:
    """Writes graph and store; claims that break a shape are quarantined and left out."""
    progress("check", 0, 1)
    failing = failing_claims(corpus, ontology, workspace.namer)
    if failing:
        sources = corpus.sources
        bad = [c for c in corpus.claims if c.id in failing]
        accounts.refuse(_quarantined(c, sources, "breaks-a-shape", failing[c.id]) for c in bad)
        left = [replace(c, deal="") for c in corpus.claims if c.id not in failing]
        decided = Ledger(corpus.decisions)
        claims, deals = group_deals(left, corpus.entities, ontology, decided, corpus.sources)
        corpus = replace(corpus, claims=claims, deals=deals)
    progress("write", 0, 1)
    analysis = analyse(corpus, ontology, load_rates(workspace.rates))
    if analysis.max_length < MAX_LENGTH:
        accounts.warnings.append(
            f"there are too many loops of up to {MAX_LENGTH} hops to list; the graph has those of "
            f"up to {analysis.max_length}"
        )
    graph = (
        quads(corpus, ontology, workspace.namer),
        analysis_quads(analysis, workspace.namer),
    )
    write_nquads(chain.from_iterable(graph), folder / "graph.nq")
    progress("store", 0, 1)
    if workspace.keeps.kind == "oxigraph":
        load_disk(folder / "graph.nq", folder / "store")
    progress("store", 1, 1)
    return corpus, analysis


def _expectations(workspace: Workspace, accounts: Accountant, strict: bool) -> None:
    for file, least in workspace.expect.items():
        found = accounts.files[file].claims if file in accounts.files else 0
        if found < least:
            raise BuildError(
                f"{file}: {found} claims, but kg.toml expects at least {least}; look at the "
                "file, or lower the number in [expect]"
            )
    if strict and accounts.quarantined:
        first = min(accounts.quarantined, key=lambda q: (q.file, q.line or 0))
        raise BuildError(
            f"--strict: {len(accounts.quarantined)} inputs were refused, the first at "
            f"{first.file}:{first.line or 1}: {first.message}"
        )


def _counts(corpus: Corpus, analysis: Analysis, folder: Path) -> dict[str, int]:
    claims = corpus.claims
    with (folder / "graph.nq").open("rb") as file:
        lines = sum(1 for _ in file)
    return {
        "entities": len(corpus.entities),
        "new_entities": sum(not e.curated for e in corpus.entities.values()),
        "sources": len(corpus.sources),
        "claims": len(claims),
        "relations": sum(c.kind == "relation" and not c.negated for c in claims),
        "figures": sum(c.kind == "figure" and not c.negated for c in claims),
        "denials": sum(c.negated for c in claims),
        "extracted": sum(c.evidence.start is not None for c in claims),
        "deals": len(corpus.deals),
        "loops": len(analysis.loops),
        "conflicts": len(analysis.conflicts),
        "rejected": len(corpus.rejected),
        "quads": lines,
    }


def _file(claim: Claim, sources: Mapping[str, Source]) -> str:
    """The input file a claim was read from."""
    source = sources.get(claim.evidence.source)
    return claim.evidence.file or (source.file if source else "")


def _quarantined(
    claim: Claim, sources: Mapping[str, Source], reason: str, message: str
) -> Quarantined:
    return Quarantined(
        reason=reason,
        message=message,
        file=_file(claim, sources),
        line=claim.evidence.row,
        content=claim.evidence.quote[:400],
    )
