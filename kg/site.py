"""The static site and the single page: files that open by double-click, with the network off.

    index.html               the graph, loops, conflicts, a story, all claims as a table
    entities.html            every entity by kind
    entity/<id>.html         one entity: its relations with evidence, its figures
    sources.html             every source
    about.html               the method, its limits
    downloads.html           where a graph was built: graph.nq, claims.csv … (see kg.downloads)
    assets/                  scripts and style, shared by all pages

What is written depends on the corpus alone: no clock, no order of folders.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.analysis import analyse
from kg.charts import chart
from kg.claim import Corpus, Document
from kg.downloads import downloads
from kg.draw import PAGE, environment, money_scripts, page_files, page_html
from kg.errors import WorkspaceError
from kg.ontology import Ontology
from kg.page_sparql import sparql_scripts
from kg.phrases import LANGUAGES, Phrases, load_phrases
from kg.publish import beside
from kg.questions import load_questions
from kg.rates import load_rates
from kg.series import KINDS, series_of
from kg.view import Edge, Network, Node, network
from kg.web import as_json, file_name, page_name, safe_url
from kg.words import Words, everywhere
from kg.workspace import Workspace

if TYPE_CHECKING:
    from jinja2 import Environment

#: What a page of text may load: files of the site, nothing else.
POLICY = (
    "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
    "script-src 'self' file:; style-src 'self' file:"
)


def one_page(corpus: Corpus, ontology: Ontology, workspace: Workspace) -> str:
    """The interactive graph as one page that needs no other file; arguments as for write_page."""
    net, phrases = _network(corpus, ontology, workspace), load_phrases()
    more = _more(corpus, ontology, workspace, net, phrases)
    return page_html(net, ontology, _titles(workspace), phrases, more, workspace.story)


def write_page(corpus: Corpus, ontology: Ontology, workspace: Workspace, path: Path) -> None:
    """Writes the interactive graph as one file that needs no other.

    Args:
        corpus: what was built.
        ontology: its words and colours.
        workspace: says titles, the data's IRIs, rates, and where documents are.
        path: the file; replaced as a whole.
    """
    html = one_page(corpus, ontology, workspace)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with open(handle, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - a descriptor
        file.write(html)
    Path(name).chmod(0o644)
    Path(name).replace(path)


def write_site(corpus: Corpus, ontology: Ontology, workspace: Workspace, folder: Path) -> None:
    """Writes the site into a folder, which it replaces as a whole.

    Args:
        corpus: what was built.
        ontology: its words and colours.
        workspace: says titles, the data's IRIs, rates, where documents and the built graph are.
        folder: an earlier site, an empty folder, or a new one.

    Raises:
        WorkspaceError: the folder holds something that is no site of kg.
    """
    _require_ours(folder)
    with beside(folder) as new:
        for name, content in site_files(corpus, ontology, workspace):
            target = new / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def site_files(
    corpus: Corpus, ontology: Ontology, workspace: Workspace
) -> Iterator[tuple[str, str | bytes]]:
    """Path and content of each file of the site; bytes are what other tools take away."""
    net, phrases, title = _network(corpus, ontology, workspace), load_phrases(), _titles(workspace)
    title = title or phrases.texts["title"]
    more = _more(corpus, ontology, workspace, net, phrases)
    yield from page_files(net, ontology, title, phrases, more, workspace.story).items()
    for name in ("site.js", "text.css"):
        yield f"assets/{name}", (PAGE / name).read_text(encoding="utf-8")
    words = Words(net, ontology, phrases)
    env = environment()
    env.globals.update(
        policy=POLICY,
        title=title,
        languages=LANGUAGES,
        say=words.say,
        everywhere=everywhere,
        term=words.term,
        name=words.name,
        amount=words.amount,
        dollars=words.dollars,
        unit=words.unit,
        trend=words.trend,
        telling=words.telling,
        kinds_of_value=KINDS,
        page_of=lambda i: page_name(i).removeprefix("entity/"),
        safe_url=safe_url,
        net=net,
        ontology=ontology,
        offers=workspace.graph.is_file(),
    )
    yield "entities.html", _render(env, "entities", root="", kinds=_kinds(net, ontology))
    told = Counter(c.evidence.source for c in net.claims.values())
    yield "sources.html", _render(env, "sources", root="", told=told)
    yield "about.html", _render(env, "about", root="")
    if workspace.graph.is_file():
        files = list(downloads(workspace.graph, ontology, workspace.namer))
        yield "downloads.html", _render(env, "downloads", root="", files=files)
        yield from ((file.name, file.data) for file in files)
    edges_at: dict[str, list[Edge]] = {i: [] for i in net.nodes}
    for edge in net.edges:
        for end in {edge.subject, edge.object}:
            edges_at[end].append(edge)
    for i, node in net.nodes.items():
        yield (
            f"entity/{file_name(i)}",
            _render(
                env,
                "entity",
                root="../",
                node=node,
                groups=_groups(i, edges_at[i], ontology),
                charts=[chart(found, phrases) for found in series_of(i, net, ontology)],
                described=_described(node, net, ontology),
            ),
        )


def _network(corpus: Corpus, ontology: Ontology, workspace: Workspace) -> Network:
    return network(
        corpus,
        ontology,
        workspace.namer,
        load_rates(workspace.rates),
        dict(_texts(corpus, workspace)),
    )


def _more(
    corpus: Corpus, ontology: Ontology, workspace: Workspace, net: Network, phrases: Phrases
) -> dict[str, str]:
    """The scripts of the views of loops and conflicts, and where a graph is built, of asking."""
    analysis = analyse(corpus, ontology, load_rates(workspace.rates))
    scripts = money_scripts(analysis, net, phrases)
    if workspace.graph.is_file():
        questions = load_questions(workspace.ontology_folder / "questions").values()
        scripts |= sparql_scripts(workspace.graph, questions, workspace.namer, phrases)
    return scripts


def _texts(corpus: Corpus, workspace: Workspace) -> Iterator[tuple[str, str]]:
    """The texts that claims quote, of documents that are still there."""
    quoted = {c.evidence.source for c in corpus.claims if c.evidence.start is not None}
    files = {corpus.sources[s].file for s in quoted if s in corpus.sources}
    paths = sorted(path for file in files if (path := _within(workspace.root, file)))
    if not paths:
        return
    from kg.documents import read_documents

    for path in paths:
        for found in read_documents(path, workspace.root, workspace.ontology_folder):
            if isinstance(found, Document):
                yield found.id, found.text


def _within(root: Path, file: str) -> Path | None:
    """A file below the root; None for what is not there, elsewhere, or no name for a file."""
    try:
        path = (root / file).resolve()
        return path if path.is_file() and path.is_relative_to(root.resolve()) else None
    except (OSError, ValueError):
        return None


def _titles(workspace: Workspace) -> Mapping[str, str] | None:
    return workspace.titles or None


def _kinds(net: Network, ontology: Ontology) -> list[tuple[str, list[Node]]]:
    """Entities by kind in the ontology's order, the best connected first."""
    known = [*ontology.types, ""]
    by_kind: dict[str, list[Node]] = {}
    for node in net.nodes.values():
        kind = node.entity.type if node.entity.type in ontology.types else ""
        by_kind.setdefault(kind, []).append(node)
    return [
        (kind, sorted(by_kind[kind], key=lambda n: (-n.degree, n.id)))
        for kind in known
        if kind in by_kind
    ]


def _groups(
    entity: str, edges: Iterable[Edge], ontology: Ontology
) -> list[tuple[str, bool, list[Edge]]]:
    """Relation, whether the entity is its subject, edges by rank."""
    found: dict[tuple[str, bool], list[Edge]] = {}
    for edge in edges:
        found.setdefault((edge.relation, edge.subject == entity), []).append(edge)
    order = {code: k for k, code in enumerate(ontology.relations)}
    keys = sorted(found, key=lambda k: (order.get(k[0], len(order)), k[0], not k[1]))
    return [(relation, outward, found[relation, outward]) for relation, outward in keys]


def _described(node: Node, net: Network, ontology: Ontology) -> Any:
    """The entity in JSON-LD (https://www.w3.org/TR/json-ld11/), in schema.org's words."""
    from markupsafe import Markup

    entity = node.entity
    kind = ontology.types.get(entity.type)
    value = {
        "@context": {"@vocab": "https://schema.org/"},
        "@id": node.iri,
        "@type": [kind.iri] if kind else ["Thing"],
        "name": [{"@value": v, "@language": k} for k, v in sorted(entity.labels.items())],
        "alternateName": list(entity.aliases),
        "tickerSymbol": entity.ticker,
        "sameAs": f"http://www.wikidata.org/entity/{entity.wikidata}" if entity.wikidata else "",
        "parentOrganization": {"@id": net.nodes[entity.parent].iri}
        if entity.parent in net.nodes
        else "",
    }
    return Markup(as_json({k: v for k, v in value.items() if v}))


def _render(env: Environment, template: str, root: str, **values: Any) -> str:
    return env.get_template(f"{template}.html.j2").render(root=root, here=template, **values)


def _require_ours(folder: Path) -> None:
    if not folder.exists():
        return
    held = {p.name for p in folder.iterdir() if not p.name.startswith(".")}
    if held and not (folder / "assets" / "kg-graph.js").is_file():
        raise WorkspaceError(f"{folder}: holds other files; name a new folder or an empty one")
