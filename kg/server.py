"""The HTTP server: a SPARQL endpoint, saved questions as addresses, descriptions, the site.

/sparql               SPARQL 1.1 Protocol, queries only; without one, what the service is
/questions            the saved questions; /questions/NAME?param=value asks one
/entity/ID            an entity: its page, or its triples for clients that ask for RDF
/.well-known/void     what the data is
/openapi.json         all this, for programs
/health               whether it answers
/                     the static site
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from json import dumps
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from kg import __version__, describe
from kg.accept import best
from kg.answer import TRIPLES
from kg.endpoint import (
    BadRequest,
    asked,
    only_query,
    pairs,
    problem,
    problem_of,
    query_of,
    respond,
)
from kg.errors import KgError
from kg.query import Query
from kg.questions import Question, bind, load_questions
from kg.served import Served

_TYPES = {code: media_type for code, (_, media_type) in TRIPLES.items()}


#: Bytes of an address whose meaning is kept, for clients that ask the same again.
_SHORT = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How answers are given.

    Args:
        max_bytes: cut longer answers.
        site: folder of the static site, if there is one.
        origins: origins whose pages may read answers (CORS).
    """

    max_bytes: int = 8 << 20
    site: Path | None = None
    origins: Collection[str] = ()


def create_app(served: Served, settings: Settings) -> ASGIApp:
    """The application.

    Args:
        served: the workspace that is asked.
        settings: how answers are given.
    """
    endpoint = _Endpoint(served, settings)

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        await served.start()
        yield
        await served.stop()

    read = ["GET", "HEAD"]
    routes: list[Route | Mount] = [
        Route("/sparql", endpoint.sparql, methods=[*read, "POST"]),
        Route("/sparql/", endpoint.sparql, methods=[*read, "POST"]),
        Route("/questions", endpoint.questions, methods=read),
        Route("/questions/{name}", endpoint.question, methods=read),
        Route("/.well-known/void", endpoint.void, methods=read),
        Route("/health", endpoint.health, methods=read),
        Route("/openapi.json", endpoint.openapi, methods=read),
    ]
    if settings.site is not None:
        routes += [
            Route("/entity/{name}", endpoint.entity, methods=read),
            Mount("/", StaticFiles(directory=settings.site, html=True)),
        ]
    middleware = [Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)]
    if settings.origins:
        cors = Middleware(
            CORSMiddleware,
            allow_origins=list(settings.origins),
            allow_methods=["GET", "POST"],
            allow_headers=["Accept", "Authorization", "Content-Type"],
            expose_headers=["Content-Range", "ETag"],
        )
        middleware.insert(0, cors)
    app = Starlette(
        routes=routes,
        lifespan=life,
        middleware=middleware,
        exception_handlers={
            KgError: lambda request, error: problem_of(error),
            HTTPException: _http_error,
        },
    )

    async def front(scope: Scope, receive: Receive, send: Send) -> None:
        # Most requests ask the endpoint: they need none of the framework's layers.
        asks = scope["type"] == "http" and scope["path"] == "/sparql" and scope["method"] == "GET"
        if not asks or settings.origins:
            await app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        plain = b"if-none-match" not in headers and b"accept-encoding" not in headers
        key = scope["query_string"], headers.get(b"accept", b"")
        build = served.now()
        if plain and (ready := build.ready.get(key)):
            text, response = ready
            scope["kg"].update(query=text, kept=True)
            await response(scope, receive, send)
            return
        try:
            response = await endpoint.sparql(Request(scope, receive))
            noted = scope["kg"]
            if plain and "kept" in noted and len(key[0]) + len(key[1]) <= _SHORT:
                build.keep(key, noted["query"], response)
        except KgError as error:
            response = problem_of(error)
        await response(scope, receive, send)

    return front


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem(error.status_code, error.detail, dict(error.headers or {}))


class _Endpoint:
    """The answers, each a method that Starlette calls with a request."""

    def __init__(self, served: Served, settings: Settings) -> None:
        self.served, self.settings = served, settings
        self.workspace = served.workspace
        self.saved: tuple[object, dict[str, Question]] | None = None
        self.described: tuple[str, dict[str, list[tuple[str, int]]]] | None = None

    async def sparql(self, request: Request) -> Response:
        """The protocol; a GET without a query asks what the service is."""
        address = request.scope["query_string"]
        if request.scope["method"] == "GET" and 0 < len(address) <= _SHORT:
            accept = request.headers.get("accept", "")
            return await self._answer(request, _short(address, accept, self.settings.max_bytes))
        found = await asked(request)
        if found is None:
            here = str(request.url.replace(query="", path="/sparql"))
            return self._triples(request, describe.service(here, _void(request)))
        return await self._answer(request, self._query(request, *found))

    async def question(self, request: Request) -> Response:
        """One saved question, its parameters in the address."""
        name = request.path_params["name"]
        found = self._questions()
        if name.removesuffix(".rq") in found and name.endswith(".rq"):
            text = found[name.removesuffix(".rq")].text
            return Response(text, media_type="application/sparql-query")
        if name not in found:
            raise BadRequest(404, f"no question {name!r}; the list is at /questions")
        given = pairs(request.scope["query_string"])
        values = {n: v for n, v in given if n != "format"}
        text = bind(found[name], values, self.workspace.namer)
        fmt = [(n, v) for n, v in given if n == "format"]
        return await self._answer(request, self._query(request, text, fmt))

    async def questions(self, request: Request) -> Response:
        """The saved questions with their addresses."""
        found = self._questions().values()
        rows = [q.as_dict() | {"address": f"/questions/{q.name}"} for q in found]
        return Response(
            dumps(rows, ensure_ascii=False, indent=1) + "\n", media_type="application/json"
        )

    async def entity(self, request: Request) -> Response:
        """An entity: its page for readers, its triples for programs."""
        name = request.path_params["name"]
        accept = request.headers.get("accept", "")
        chosen = best(accept, {"html": "text/html", **_TYPES})
        if name.endswith(".html") or chosen in ("html", ""):
            assert self.settings.site is not None
            if not name.endswith(".html"):
                return RedirectResponse(f"/entity/{quote(name)}.html", 303)
            site = StaticFiles(directory=self.settings.site)
            return await site.get_response(f"entity/{name}", request.scope)
        iri = self.workspace.namer.iri("d", name)
        query = self._query(request, f"DESCRIBE <{iri}>", [("format", chosen)])
        return await self._answer(request, query)

    async def void(self, request: Request) -> Response:
        """What the data is."""
        build = self.served.now()
        if self.described is None or self.described[0] != build.digest:
            counts = {}
            for name, text in describe.COUNTS.items():
                answer = await build.ask(Query(text=text, rows="tsv"))
                rows = ox.parse_query_results(answer.body, ox.QueryResultsFormat.TSV)
                assert isinstance(rows, ox.QuerySolutions)
                counts[name] = [(row["x"].value, int(row["n"].value)) for row in rows]
            self.described = build.digest, counts
        here = str(request.url.replace(query="", path="/sparql"))
        titles = self.workspace.titles
        triples = describe.dataset(here, _void(request), titles, self.described[1])
        return self._triples(request, triples)

    async def health(self, request: Request) -> Response:
        """Whether the graph answers, which build it is, how busy it is."""
        build = self.served.now()
        pool = build.pool
        body = {
            "status": "ok",
            "version": __version__,
            "graph": build.digest,
            "workers": pool.count,
            "waiting": len(pool.queue),
        }
        try:
            await build.pool.ask(Query(text="ASK {}"))
        except KgError as error:
            return problem(503, str(error))
        return Response(
            dumps(body) + "\n", headers={"Cache-Control": "no-store"}, media_type="application/json"
        )

    async def openapi(self, request: Request) -> Response:
        """What can be asked here, as OpenAPI 3.1 has it."""
        text = files("kg").joinpath("openapi.json").read_text("utf-8")
        return Response(text, media_type="application/json")

    def _questions(self) -> dict[str, Question]:
        """The saved questions, read anew when one of their files has changed."""
        folder = self.workspace.ontology_folder / "questions"
        stamps = tuple((p.name, p.stat().st_mtime_ns) for p in folder.glob("*.rq"))
        if self.saved is None or self.saved[0] != stamps:
            self.saved = stamps, load_questions(folder)
        return self.saved[1]

    def _query(self, request: Request, text: str, given: Sequence[tuple[str, str]]) -> Query:
        accept = request.headers.get("accept", "")
        return query_of(text, given, accept, self.settings.max_bytes)

    async def _answer(self, request: Request, query: Query) -> Response:
        """The answer to a query; while the graph is the same, a client need not read it twice."""
        noted = request.scope["kg"]
        noted["query"] = query.text
        build = self.served.now()
        tag = f'W/"{build.digest}-{query.rows}-{query.triples}"'
        headers = {"Cache-Control": "no-cache", "ETag": tag}
        if request.method != "POST" and tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)

        async def left() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass

        answer = await build.ask(query, left)
        if answer.kept:
            noted["kept"] = True
        if answer.fickle:
            headers = {"Cache-Control": "no-store"}
        encodings = request.headers.get("accept-encoding", "")
        return respond(answer.outcome, answer.body, headers, encodings)

    def _triples(self, request: Request, triples: list[ox.Triple]) -> Response:
        """A description, in the format that the client likes best."""
        chosen = best(request.headers.get("accept", ""), _TYPES)
        if not chosen and "html" in request.headers.get("accept", ""):
            chosen = "ttl"
        if not chosen:
            raise BadRequest(406, f"expected one of {', '.join(_TYPES.values())}")
        body = describe.written(triples, chosen)
        return Response(body, headers={"Vary": "Accept"}, media_type=_TYPES[chosen])


@lru_cache(2048)
def _short(address: bytes, accept: str, max_bytes: int) -> Query:
    """The query of a GET whose parameters stand in its address."""
    given = pairs(address)
    return query_of(only_query(given), given, accept, max_bytes)


def _void(request: Request) -> str:
    return str(request.url.replace(query="", path="/.well-known/void"))
