"""The Python façade: a built workspace as an object.

import kg
g = kg.open(".")
g.query("SELECT ?who WHERE { ?who kg:investsIn d:openai }").bindings
g.claims(relation="investsIn", object="openai")
g.loops(as_of=date(2025, 12, 31), status="committed")
g.conflicts(), g.timeline("OpenAI"), g.explain("c0049"), g.stats()
g.graph        # an rdflib Graph over the store
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.claim import Claim, Corpus, Entity, Quarantined, Source
from kg.errors import QueryError
from kg.ontology import Ontology
from kg.workspace import StoreSettings, Workspace, find_workspace, load_workspace

if TYPE_CHECKING:
    import pandas
    import rdflib.query

    from kg.analysis import Analysis
    from kg.conflicts import Conflict
    from kg.diff import Diff
    from kg.loops import Actor, MoneyLoop
    from kg.money import Flow
    from kg.rates import Rates
    from kg.report import Report
    from kg.store import GraphStore
    from kg.tell import Teller
    from kg.timeline import Event
    from kg.trust import Stats


class KnowledgeGraph:
    """A built workspace: its graph, its claims, its questions.

    Args:
        workspace: a workspace that has been built.
    """

    def __init__(self, workspace: Workspace) -> None:
        workspace.require_store()
        self.workspace = workspace

    @cached_property
    def ontology(self) -> Ontology:
        """The words of the graph."""
        return self.workspace.load_ontology()

    @cached_property
    def store(self) -> GraphStore:
        """The store of the build, opened for reading."""
        from kg.engines import open_engine
        from kg.store import GraphStore

        return GraphStore(self.workspace.keeps.kind, open_engine(self.workspace))

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
        from kg.query import Query, ask
        from kg.questions import bind, load_questions
        from kg.store import to_result
        from kg.terms import Solutions

        if text.isidentifier() or text.replace("-", "").isalnum():
            questions = load_questions(self.workspace.ontology_folder / "questions")
            if text not in questions:
                raise QueryError(f"no question {text!r}; there are: {', '.join(questions)}")
            text = bind(questions[text], parameters, self.workspace.namer)
        elif parameters:
            raise QueryError("parameters belong to saved questions; see: kg questions")
        engine = self.store.engine
        assert engine is not None
        result = to_result(ask(engine, Query(text=text), self.workspace.namer))
        if isinstance(result, Solutions):
            result.prefixes = self.workspace.namer.prefixes
        return result

    @cached_property
    def corpus(self) -> Corpus:
        """Entities, sources, claims and deals as plain values."""
        from kg.rdf_read import read_corpus

        self.workspace.require_build()
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

    @cached_property
    def rates(self) -> Rates:
        """The workspace's exchange rates."""
        from kg.rates import load_rates

        return load_rates(self.workspace.rates)

    @cached_property
    def analysis(self) -> Analysis:
        """Everything that follows from the claims: loops, flows, stages, conflicts, trust."""
        from kg.analysis import analyse

        return analyse(self.corpus, self.ontology, self.rates)

    def loops(
        self,
        *,
        max_length: int = 6,
        as_of: date | None = None,
        status: str = "",
        group: bool = False,
        without: Set[str] = frozenset(),
    ) -> tuple[MoneyLoop, ...]:
        """Money that can come back to whoever paid it, the best loops first.

        Args:
            max_length: the most hops.
            as_of: only what was told by this day counts.
            status: the least that a deal must have come to: a code of the ontology.
            group: parts of a company count as the company.
            without: ids of deals that are taken to have lapsed.

        Raises:
            QueryError: the status is none of the ontology, or ends a deal.
            TooManyLoops: there are too many to list; ask for shorter ones.
        """
        from kg.loops import find_loops

        self._check_status(status)
        a = self.analysis
        return find_loops(
            a.books,
            a.voices,
            max_length=max_length,
            as_of=as_of,
            status=status,
            group=group,
            without=without,
        )

    def flows(self, *, as_of: date | None = None, group: bool = False) -> tuple[Flow, ...]:
        """What each party pays each other, over all their deals, most money first.

        Args:
            as_of: only what was told by this day counts.
            group: parts of a company count as the company.
        """
        books = self.analysis.books
        firm = self.ontology.assumed_status

        def rank(flow: Flow) -> tuple[Decimal, str, str]:
            return -books.at_least(flow.positions, firm).figure, flow.payer, flow.payee

        return tuple(sorted(books.flows(as_of, group=group).values(), key=rank))

    def actors(
        self,
        loops: Sequence[MoneyLoop] | None = None,
        *,
        as_of: date | None = None,
        status: str = "",
        group: bool = False,
        without: Set[str] = frozenset(),
    ) -> tuple[Actor, ...]:
        """How much of what each party pays can come back to it.

        Args:
            loops: those that are counted for each party; found anew when None.
            as_of, status, group, without: as for loops().
        """
        from kg.loops import actors

        self._check_status(status)
        if loops is None:
            loops = self.loops(as_of=as_of, status=status, group=group, without=without)
        books = self.analysis.books
        return actors(books, loops, as_of=as_of, status=status, group=group, without=without)

    def conflicts(self) -> tuple[Conflict, ...]:
        """Claims that cannot all be true, those about most money first."""
        return self.analysis.conflicts

    def timeline(self, entity: str) -> tuple[Event, ...]:
        """What happened to an entity, by its id or any of its names, in order.

        Raises:
            QueryError: nothing, or more than one thing, has that name.
        """
        from kg.lookup import find_entity
        from kg.timeline import timeline

        return timeline(self.analysis, find_entity(self.corpus, entity))

    def stats(self) -> Stats:
        """What the graph holds, and how well it is documented."""
        return self.analysis.stats

    def diff(self, before: Analysis, after: Analysis | None = None) -> Diff:
        """What changed from one build to another, this one if `after` is None; see read()."""
        from kg.diff import diff

        return diff(before, after or self.analysis)

    def read(self, path: str | Path) -> Analysis:
        """Another build's graph, worked out by this workspace's ontology and rates.

        Args:
            path: a graph.nq, or a folder that holds one.

        Raises:
            QueryError: there is none, or it is none that kg built.
        """
        from kg.analysis import analyse
        from kg.rdf_read import read_corpus

        file = Path(path)
        if file.is_dir():
            inside = [f for f in (file / "graph.nq", file / "build" / "graph.nq") if f.is_file()]
            if not inside:
                raise QueryError(f"{file}: holds no graph.nq; name a build's graph or its folder")
            file = inside[0]
        try:
            corpus = read_corpus(file, self.ontology, self.workspace.namer)
        except (OSError, ValueError, SyntaxError) as error:
            raise QueryError(f"{file}: no graph that kg built: {error}") from None
        return analyse(corpus, self.ontology, self.rates)

    def find(self, thing: str) -> tuple[str, str]:
        """What an id, or its beginning, names: "deal", "claim", "loop", "conflict"; and the id.

        Raises:
            QueryError: nothing, or more than one thing, has it.
        """
        from kg.lookup import find_thing

        return find_thing(self.analysis, thing)

    def explain(self, thing: str, language: str = "en") -> dict[str, Any]:
        """Why: a deal, a claim, a loop or a conflict with all that it rests on, ready for JSON.

        Args:
            thing: an id or its beginning, or the id of a table's row.
            language: "en", "zh-Hans" or "zh-Hant", for names and states.
        """
        kind, found = self.find(thing)
        teller = self.teller(language)
        if kind == "deal":
            return {"is": kind, **teller.deal(found)}
        if kind == "claim":
            return {"is": kind, **teller.claim(found)}
        if kind == "loop":
            loops = enumerate(self.analysis.loops, 1)
            return {"is": kind, **next(teller.loop(n, x) for n, x in loops if x.id == found)}
        conflicts = enumerate(self.analysis.conflicts, 1)
        return {"is": kind, **next(teller.conflict(n, x) for n, x in conflicts if x.id == found)}

    def teller(self, language: str = "en", analysis: Analysis | None = None) -> Teller:
        """Tells results in a language: as values for programs, or in words.

        Args:
            language: "en", "zh-Hans" or "zh-Hant".
            analysis: this graph's when None.
        """
        from kg.phrases import load_phrases
        from kg.roles import load_roles
        from kg.tell import Teller

        roles = load_roles(self.workspace.ontology_folder)
        return Teller(analysis or self.analysis, load_phrases(), language, roles)

    def _check_status(self, status: str) -> None:
        steps = self.analysis.books.steps()
        if status and status not in steps:
            raise QueryError(f"status {status!r}: expected one of {', '.join(steps)}")

    def _repr_html_(self) -> str:
        """What a notebook shows: the interactive network, as `kg view` draws it."""
        from kg.notebook import frame
        from kg.site import one_page

        return frame(one_page(self.corpus, self.ontology, self.workspace))

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


def open(path: str | Path = ".", *, memory: bool = False) -> KnowledgeGraph:
    """Opens a built workspace.

    Args:
        path: the folder with kg.toml, or one below it.
        memory: read the whole graph into memory first: a second for 300,000 triples, and then most
            queries take a half to a fifth of the time.

    Raises:
        WorkspaceError: there is none, or it has not been built.
    """
    workspace = load_workspace(find_workspace(Path(path)))
    if memory:
        workspace = replace(workspace, keeps=StoreSettings(kind="memory"))
    return KnowledgeGraph(workspace)


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
