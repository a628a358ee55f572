"""Stores elsewhere, over HTTP: any that speaks the SPARQL 1.1 Protocol and Graph Store Protocol.

https://www.w3.org/TR/sparql11-protocol/ and https://www.w3.org/TR/sparql11-http-rdf-update/

A build replaces the graphs of the sources that changed and leaves all else alone. What the server
holds of us is noted on the server itself, in a graph of its own, so that a build that was cut off,
or comes from another machine, is put right by the next.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import BuildError, MissingExtra, QueryError, QueryRefused, WorkspaceError
from kg.guard import decoded
from kg.iri import Namer
from kg.workspace import StoreSettings

#: Bytes of an answer at most.
MOST = 512 << 20
#: Seconds to connect, and between two pieces of an answer.
_WAIT = (10, 300)
#: How functions of a server's own are named: some of Virtuoso's fetch addresses or run SQL, for
#: anybody who may ask. Oxigraph refuses functions it does not know, but not where it sees that
#: they are never reached, which others may see otherwise.
_OWN_FUNCTION = re.compile(r"\b(?:bif|sql|java)\s*:", re.IGNORECASE)
_ROWS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
}
#: A truth value as Virtuoso writes it in JSON; within a string, quotes would be escaped.
_NUMBERED = re.compile(
    rb'(?<="datatype": "http://www\.w3\.org/2001/XMLSchema#boolean", "value": )"([01])"'
)
_GRAPHS = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered; names of headers are found in any case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """The media type, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def complaint(self) -> str:
        """What an answer that is no success says, and what to do."""
        said = f"answered {self.status}: {_short(self.body.decode('utf-8', 'replace'))}"
        if self.status in (401, 403):
            said += "; how to sign in stands in kg.toml: [store] auth, user, password_env"
        elif place := self.headers.get("location"):
            said += f"; it points to {_short(place)}: if that is right, name it in kg.toml"
        return said


class Client:
    """HTTP with one store."""

    def __init__(self, settings: StoreSettings) -> None:
        try:
            import requests
            from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
        except ImportError:
            raise MissingExtra("a store elsewhere", "remote") from None
        self.session = requests.Session()
        self.session.trust_env = False  # no passwords or proxies that kg.toml does not name
        secret = os.environ.get(settings.secret_env, "")
        if settings.auth and not secret:
            raise WorkspaceError(
                f"the store {settings.query} asks for a secret: set the environment variable "
                f"{settings.secret_env}"
            )
        auth: AuthBase | None = None
        if settings.auth == "basic":
            auth = HTTPBasicAuth(settings.user.encode(), secret.encode())
        elif settings.auth == "digest":
            auth = HTTPDigestAuth(settings.user, secret)
        elif settings.auth == "bearer":
            self.session.headers["Authorization"] = f"Bearer {secret}"
        self.session.auth = auth

    def send(self, method: str, url: str, **options: Any) -> Reply:
        """Asks a server; redirects are not followed.

        Raises:
            WorkspaceError: the server cannot be reached, or says too much.
        """
        import requests

        try:
            with self.session.request(
                method, url, timeout=_WAIT, allow_redirects=False, stream=True, **options
            ) as answer:
                pieces, size = [], 0
                for piece in answer.iter_content(1 << 16):
                    size += len(piece)
                    if size > MOST:
                        raise WorkspaceError(f"{url}: its answer is longer than {MOST:,} bytes")
                    pieces.append(piece)
                return Reply(answer.status_code, answer.headers, b"".join(pieces))
        except requests.RequestException as error:
            raise WorkspaceError(
                f"{url}: the store cannot be reached: {_short(str(error))}; is it running? "
                "kg.toml names it as store"
            ) from None


class RemoteEngine:
    """A store elsewhere as an engine: its answers come as Oxigraph's."""

    def __init__(self, settings: StoreSettings) -> None:
        self.settings, self.client = settings, Client(settings)

    def query(
        self,
        text: str,
        *,
        union: bool,
        default: Sequence[str] = (),
        named: Sequence[str] = (),
        base: str = "",
    ) -> Any:
        if own := _OWN_FUNCTION.search(text) or _OWN_FUNCTION.search(decoded(text)):
            raise QueryRefused(f"{own[0]} is not sent: it names what is the server's own")
        # Parsed here first: what is no standard SPARQL (another server's own commands) stays here.
        form_of = ox.Store().query(text, base_iri=base or None)
        # Some servers give rows for a graph to whoever takes rows at all.
        accept = ", ".join(_GRAPHS if isinstance(form_of, ox.QueryTriples) else _ROWS)
        form = [("query", f"BASE <{base}> {text}" if base else text)]
        if union and not default and not named:
            # The Oxigraph server reads this, in others the union is a setting or the rule.
            form.append(("union-default-graph", ""))
        form += [("default-graph-uri", g) for g in default]
        form += [("named-graph-uri", g) for g in named]
        url = self.settings.query
        reply = self.client.send("POST", url, data=form, headers={"Accept": accept})
        if reply.status != 200:
            raise QueryError(f"{url} {reply.complaint}")
        kind, body = reply.kind, reply.body
        # Virtuoso cuts rows without an error. Of triples it does not even say so.
        if most := reply.headers.get("x-sparql-maxrows"):
            raise QueryError(
                f"{url} stopped after {_short(most)} rows, the most it gives: raise "
                "ResultSetMaxRows in its virtuoso.ini, or ask for fewer with LIMIT"
            )
        if "x-sql-state" in reply.headers:
            said = _short(reply.headers.get("x-sql-message", ""))
            raise QueryError(f"{url} gives a part of the answer only: {said}")
        try:
            if kind in _ROWS:
                body = _NUMBERED.sub(lambda m: b'"true"' if m[1] == b"1" else b'"false"', body)
                answer = ox.parse_query_results(body, _ROWS[kind])
                asks = isinstance(form_of, ox.QueryBoolean)
                return _truth(answer) if asks else answer
            if kind in _GRAPHS:
                found = ox.Store()
                found.load(body, format=_GRAPHS[kind], base_iri=url)
                return found.query("CONSTRUCT WHERE { ?s ?p ?o }")
        except (SyntaxError, ValueError) as error:
            raise QueryError(f"{url}: its answer cannot be read: {error}") from None
        raise QueryError(
            f"{url}: its answer is {kind or 'of no type'}; expected results of SPARQL or RDF: is "
            "this the address of its endpoint?"
        )

    def has_graph(self, iri: str) -> bool:
        try:
            graph = ox.NamedNode(iri)
        except ValueError:
            return False
        return bool(self.query(f"ASK {{ GRAPH {graph} {{ ?s ?p ?o }} }}", union=True))

    def triples(self, subject: Any, predicate: Any, obj: Any) -> Iterator[ox.Triple]:
        terms = (subject, predicate, obj)
        pattern = " ".join(f"?v{n}" if t is None else str(t) for n, t in enumerate(terms))
        if None not in terms:
            if self.query(f"ASK {{ {pattern} }}", union=True):
                yield ox.Triple(subject, predicate, obj)
            return
        # Not by CONSTRUCT: of rows a server says when it gives too few.
        rows = self.query(f"SELECT * {{ {pattern} }}", union=True)
        yield from {
            ox.Triple(*(row[f"v{n}"] if t is None else t for n, t in enumerate(terms)))
            for row in rows
        }


def _truth(answer: Any) -> Any:
    """The answer of an ASK, which Virtuoso 7.2 gives as a row with 1 or 0."""
    if isinstance(answer, ox.QueryBoolean):
        return answer
    cells = [cell.value for row in answer for cell in row]
    return ox.Store().query("ASK {}" if cells in (["1"], ["true"]) else "ASK { FILTER(false) }")


@dataclass(frozen=True, slots=True)
class Published:
    """What a build did to a store: the number of graphs."""

    put: int
    deleted: int
    unchanged: int


def require_publishable(settings: StoreSettings) -> None:
    """Raises when it is plain beforehand that a build could not be published.

    Raises:
        BuildError: kg.toml does not say where the store takes graphs.
        WorkspaceError: the secret is not set.
    """
    if not settings.graphs:
        raise BuildError(
            f"{settings.query}: kg.toml does not say where this store takes graphs; add the "
            'address of its Graph Store Protocol: [store] graphs = "http://…"'
        )
    Client(settings)


def publish(
    settings: StoreSettings,
    graph: Path,
    namer: Namer,
    progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
) -> Published:
    """Brings a store to the state of a built graph.

    Args:
        settings: a remote store's.
        graph: the built N-Quads file.
        namer: names the graph in which it is noted what the store holds.
        progress: told how far it is.

    Raises:
        BuildError: the store does not take it.
        QueryError: it cannot tell what it holds.
        WorkspaceError: it cannot be reached.
    """
    require_publishable(settings)
    note = namer.iri("graph", "manifest")
    local = _graphs(graph, note)
    digests = {name: hashlib.sha256(data).hexdigest()[:20] for name, data in local.items()}
    engine = RemoteEngine(settings)
    there = _noted(engine, note)
    changed = sorted(name for name, digest in digests.items() if there.get(name) != digest)
    gone = sorted(there.keys() - digests.keys())
    client = engine.client
    if changed or gone:
        # Whatever happens from here on, the next build knows what may be there.
        pending = there | dict.fromkeys([*changed, *gone], "pending")
        _put(client, settings.graphs, note, _note(note, pending))
    for n, name in enumerate(changed):
        progress("publish", n, len(changed) + len(gone))
        _put(client, settings.graphs, name, local[name])
    for n, name in enumerate(gone, len(changed)):
        progress("publish", n, len(changed) + len(gone))
        _delete(client, settings.graphs, name)
    if changed or gone:
        _put(client, settings.graphs, note, _note(note, digests))
    return Published(len(changed), len(gone), len(digests) - len(changed))


def _graphs(path: Path, note: str) -> dict[str, bytes]:
    """The graphs of an N-Quads file as sorted N-Triples."""
    lines: dict[str, list[str]] = defaultdict(list)
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS):
        name = quad.graph_name
        # A store elsewhere may keep its own in its default graph.
        key = name.value if isinstance(name, ox.NamedNode) else note.replace("manifest", "default")
        lines[key].append(f"{quad.triple} .\n")
    return {name: "".join(sorted(found)).encode() for name, found in sorted(lines.items())}


def _noted(engine: RemoteEngine, note: str) -> dict[str, str]:
    """What the store holds of us: graph → digest."""
    rows = engine.query(
        f"SELECT ?x {{ GRAPH <{note}> {{ <{note}> <{note}#holds> ?x }} }}", union=True
    )
    held = (row["x"].value.partition(" ") for row in rows)
    return {name: digest for digest, _, name in held}


def _note(note: str, digests: Mapping[str, str]) -> bytes:
    lines = [
        f"<{note}> <{note}#holds> {ox.Literal(f'{digest} {name}')} .\n"
        for name, digest in sorted(digests.items())
    ]
    return "".join(lines).encode()


def _put(client: Client, url: str, name: str, data: bytes) -> None:
    headers = {"Content-Type": "application/n-triples"}
    reply = client.send("PUT", url, params={"graph": name}, data=data, headers=headers)
    if reply.status not in (200, 201, 204):
        raise BuildError(f"PUT of the graph {name}: {url} {reply.complaint}")


def _delete(client: Client, url: str, name: str) -> None:
    reply = client.send("DELETE", url, params={"graph": name})
    if reply.status not in (200, 202, 204, 404):
        raise BuildError(f"DELETE of the graph {name}: {url} {reply.complaint}")


def _short(text: str) -> str:
    """The beginning of what a server says, on one line."""
    return " ".join(text.split())[:300] or "nothing"
