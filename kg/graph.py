"""The Python façade: a built workspace as an object.

import kg
g = kg.open(".")
g.query("SELECT ?who WHERE { ?who kg:investsIn d:openai }").bindings
g.claims(relation="investsIn", object="openai")
g.graph        # an rdflib Graph over the store
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.claim import Claim, Corpus, Entity, Quarantined, Source
from kg.errors import QueryError
from kg.ontology import Ontology
from kg.workspace import Workspace, find_workspace, load_workspace

if TYPE_CHECKING:
    import pandas
    import rdflib.query

    from kg.report import Report
    from kg.store import GraphStore


class KnowledgeGraph:
    """A built workspace: its graph, its claims, its questions.

    Args:
        workspace: a workspace that has been built.
    """

    def __init__(self, workspace: Workspace) -> None:
        workspace.require_build()
        self.workspace = workspace

    @cached_property
    def ontology(self) -> Ontology:
        """The words of the graph."""
        return self.workspace.load_ontology()

    @cached_property
    def store(self) -> GraphStore:
        """The Oxigraph store of the build, opened for reading."""
        from kg.store import open_store

        return open_store("disk", self.workspace.store, read_only=True)

    @property
    def graph(self) -> rdflib.Graph:
        """The graph under rdflib's API; its default graph is the union of all."""
        return self.store.graph

    def query(self, text: str, **parameters: str) -> rdflib.query.Result:
        """Asks a query or, by its name, one of the saved questions.

        Args:
            text: SPARQL 1.1 (the workspace's prefixes need not be declared), or the name of a
                question such as "funders-of".
            parameters: values for a question's parameters: entity ids, IRIs, prefixed names.

        Raises:
            QueryError: it cannot be parsed or is not allowed.
        """
        from kg.query import bind, load_questions, prepare

        if text.isidentifier() or text.replace("-", "").isalnum():
            questions = load_questions(self.workspace.ontology_folder / "questions")
            if text not in questions:
                raise QueryError(f"no question {text!r}; there are: {', '.join(questions)}")
            text = bind(questions[text], parameters, self.workspace.namer)
        elif parameters:
            raise QueryError("parameters belong to saved questions; see: kg questions")
        return self.store.query(prepare(text, self.workspace.namer))

    @cached_property
    def corpus(self) -> Corpus:
        """Entities, sources, claims and deals as plain values."""
        from kg.rdf_read import read_corpus

        return read_corpus(self.workspace.graph, self.ontology, self.workspace.namer)

    @property
    def entities(self) -> dict[str, Entity]:
        """The entities by id."""
        return dict(self.corpus.entities)

    @property
    def sources(self) -> dict[str, Source]:
        """The sources by id."""
        return dict(self.corpus.sources)

    def claims(
        self,
        *,
        subject: str = "",
        relation: str = "",
        object: str = "",
        measure: str = "",
        status: str = "",
        source: str = "",
    ) -> list[Claim]:
        """The claims that fit every word given.

        Args:
            subject, object: ids of entities.
            relation, measure, status: codes of the ontology.
            source: id of a source.
        """
        return [
            c
            for c in self.corpus.claims
            if (not subject or c.subject.entity == subject)
            and (not relation or c.relation == relation)
            and (not object or (c.object is not None and c.object.entity == object))
            and (not measure or c.measure == measure)
            and (not status or c.status == status)
            and (not source or c.evidence.source == source)
        ]

    def to_pandas(self) -> pandas.DataFrame:
        """All claims as a data frame: one row each, the columns of `kg export --format csv`.

        Raises:
            MissingExtra: pandas is not installed.
        """
        try:
            import pandas
        except ImportError:
            from kg.errors import MissingExtra

            raise MissingExtra("a data frame", "pandas") from None
        from kg.export import claim_rows

        return pandas.DataFrame(list(claim_rows(self.corpus, self.ontology)))

    def __repr__(self) -> str:
        return f"KnowledgeGraph({str(self.workspace.root)!r})"


def open(path: str | Path = ".") -> KnowledgeGraph:
    """Opens a built workspace.

    Args:
        path: the folder with kg.toml, or one below it.

    Raises:
        WorkspaceError: there is none, or it has not been built.
    """
    return KnowledgeGraph(load_workspace(find_workspace(Path(path))))


def build_graph(path: str | Path = ".", **options: Any) -> Report:
    """Builds a workspace; the options are those of kg.build.build."""
    from kg.build import build

    return build(load_workspace(find_workspace(Path(path))), **options)


def extract_claims(path: str | Path, engine: str = "rules") -> Iterator[Claim]:
    """The claims of one file of documents, unlinked, nothing stored.

    Args:
        path: a document in any format that kg reads.
        engine: name of an extractor.

    Raises:
        Refused: a document in the file cannot be read.
    """
    from kg.documents import read_documents
    from kg.errors import Refused
    from kg.extract import get_extractor
    from kg.ontology import load_ontology

    path = Path(path).resolve()
    extractor = get_extractor(engine, ontology=load_ontology(), names={})
    for item in read_documents(path, path.parent):
        if isinstance(item, Quarantined):
            raise Refused(item.reason, item.message, item.file, item.line)
        yield from extractor.extract(item)
