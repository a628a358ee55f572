"""The commands about extraction alone: extract, eval."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from kg.cli import choice
from kg.workspace import find_workspace, load_workspace


@click.command(epilog="Example: kg extract article.txt report.pdf --format jsonl")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "fmt", type=choice("table", "jsonl"), default="table", show_default=True)
@click.option("--engine", default="rules", show_default=True, help="The extractor to use.")
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out claims below."
)
@click.option(
    "--explain",
    is_flag=True,
    help="Say for every sentence which pattern made a claim, or why none.",
)
@click.option(
    "--tagger/--no-tagger",
    default=True,
    show_default=True,
    help="Let statistics help with unknown Chinese names (slower).",
)
@click.option(
    "--scorer/--no-scorer",
    default=True,
    show_default=True,
    help="Guess from the words around two names where no pattern fits.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 when a document was refused.")
def extract(
    files: tuple[Path, ...],
    fmt: str,
    engine: str,
    min_confidence: float,
    explain: bool,
    tagger: bool,
    scorer: bool,
    strict: bool,
) -> None:
    """Print the claims of documents; nothing is stored.

    Works anywhere; inside a workspace its names and ontology are known.
    """
    from kg.claim import Claim, Quarantined
    from kg.extract import Extractor, get_extractor
    from kg.jsonl import row

    ontology, names = _ground()
    if engine == "rules":
        from kg.extract.rules import RulesExtractor

        rules = RulesExtractor(ontology=ontology, names=names, tagger=tagger, scorer=scorer)
        if explain:
            _explain(rules, files, fmt)
            return
        extractor: Extractor = rules
    elif explain:
        raise click.UsageError("--explain tells about the engine rules")
    else:
        extractor = get_extractor(engine, ontology=ontology, names=names)
    read = refused = 0
    found: list[tuple[str, Claim]] = []
    for path, item in _documents(files, ontology.folder):
        read += 1
        if isinstance(item, Quarantined):
            refused += 1
            place = f"{item.file}:{item.line or 1}"
            click.echo(f"refused: {place}: {item.message} [{item.reason}]", err=True)
            continue
        doc = path.stem if path.suffix != ".jsonl" else item.id
        claims = extractor.extract(item)
        found += [(doc, c) for c in claims if c.confidence >= min_confidence]
    if fmt == "jsonl":
        for doc, claim in found:
            click.echo(json.dumps(row(claim, doc), ensure_ascii=False))
    else:
        from kg.printing import text_table

        click.echo(text_table(*_claim_table(found)), nl=False)
    if refused and (strict or refused == read):
        raise click.ClickException(f"{refused} of {read} documents were refused")


def _explain(rules: Any, files: tuple[Path, ...], fmt: str) -> None:
    """Prints what every sentence gave and why."""
    from kg.claim import Quarantined
    from kg.extract.explain import as_text, explain
    from kg.jsonl import row

    for path, item in _documents(files, rules.ontology.folder):
        if isinstance(item, Quarantined):
            click.echo(f"refused: {item.file}:{item.line or 1}: {item.message}", err=True)
            continue
        for found in explain(rules, item):
            if fmt == "table":
                click.echo(as_text(found))
                continue
            claims = [{**c, "claim": row(c["claim"], path.stem)} for c in found["claims"]]
            click.echo(
                json.dumps({"doc": path.stem, **found, "claims": claims}, ensure_ascii=False)
            )


@click.command(name="eval", epilog="Example: kg eval tests/gold")
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--engine", default="rules", show_default=True, help="The extractor to measure.")
@click.option("--errors", is_flag=True, help="List what was wrong and what was missed.")
@click.option("--format", "fmt", type=choice("text", "json"), default="text", show_default=True)
def evaluate(directory: Path, engine: str, errors: bool, fmt: str) -> None:
    """Measure extraction against a folder of annotated articles."""
    from kg.evaluate import evaluate as run
    from kg.extract import get_extractor

    ontology, names = _ground()
    extractor = get_extractor(engine, ontology=ontology, names=names)
    result = run(directory, extractor, ontology.folder)
    click.echo(result.as_json() if fmt == "json" else result.as_text(errors=errors), nl=False)


def _ground() -> tuple[Any, dict[str, str]]:
    """The ontology and the known names: the workspace's, or the packaged ones and none."""
    from kg.errors import WorkspaceError
    from kg.mappings import read_mappings
    from kg.ontology import load_ontology
    from kg.tables import known_names, read_tables

    try:
        workspace = load_workspace(find_workspace(Path()))
    except WorkspaceError:
        return load_ontology(), {}
    ontology = workspace.load_ontology()
    mappings = read_mappings(workspace.mappings, workspace.root)
    tables = read_tables(workspace.tables, workspace.root, mappings, ontology)
    return ontology, known_names(tables)


def _documents(files: tuple[Path, ...], ontology: Path) -> Iterator[tuple[Path, Any]]:
    from kg.documents import find_documents, read_documents

    for given in files:
        for path in find_documents(given) if given.is_dir() else [given]:
            for item in read_documents(path.resolve(), path.resolve().parent, ontology):
                yield path, item


def _claim_table(found: list[tuple[str, Any]]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    head = ("document", "subject", "says", "object", "amount", "time", "status", "quote")
    rows: list[tuple[str, ...]] = [
        (
            doc,
            c.subject.name,
            ("not " if c.negated else "") + (c.relation or c.measure),
            c.object.name if c.object else "",
            c.amount.text if c.amount else "",
            c.when.edtf if c.when else "",
            c.status,
            " ".join(c.evidence.quote.split())[:60],
        )
        for doc, c in found
    ]
    return head, rows
