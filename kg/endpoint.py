"""The SPARQL 1.1 Protocol: from a request to a query, from an answer to a response.

https://www.w3.org/TR/sparql11-protocol/ for queries; problems are told as RFC 9457 has it. A status
of 200 means that the answer is whole: one that is too long is cut, well-formed, and comes as 206
with the rows that were kept in Content-Range.
"""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from kg.accept import best
from kg.answer import ROWS, TRIPLES, Outcome
from kg.errors import KgError, QueryRefused, QueryStopped, QueryUnacceptable
from kg.guard import MAX_LENGTH
from kg.query import Query

#: Bytes of a request's body at most: characters of a query take up to twelve, percent-encoded.
MAX_BODY = 12 * MAX_LENGTH
#: Seconds that a body may take to arrive.
BODY_SECONDS = 30.0

_ROW_TYPES = {code: media_type for code, (_, media_type) in ROWS.items()}
_TRIPLE_TYPES = {code: media_type for code, (_, media_type) in TRIPLES.items()}
#: General types that clients ask for when they mean ours.
_ALIASES = (
    {"json": "application/json", "xml": "application/xml", "jsonld": "application/json"},
    {"xml": "text/xml", "rdfxml": "application/xml", "tsv": "text/plain", "nt": "text/plain"},
)

_STOPPED = {"time": 504, "memory": 507, "crash": 400, "load": 503}
_TITLES = {
    400: "The query cannot be answered",
    401: "A token is needed",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    406: "No such format",
    408: "The request took too long to arrive",
    413: "The request is too large",
    415: "Not a query",
    421: "Another host",
    500: "A fault of the server",
    503: "Too busy",
    504: "The query took too long",
    507: "The query took too much memory",
}


class BadRequest(KgError):
    """A request that is none of the protocol's."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """An error as application/problem+json (RFC 9457)."""
    body = {
        "type": "about:blank",
        "title": _TITLES.get(status, "Error"),
        "status": status,
        "detail": detail,
    }
    return Response(
        json.dumps(body, ensure_ascii=False) + "\n",
        status,
        {"Cache-Control": "no-store", **(headers or {})},
        media_type="application/problem+json",
    )


def problem_of(error: KgError) -> Response:
    """The response that tells an error."""
    status, headers = 400, {}
    if isinstance(error, BadRequest):
        status = error.status
    elif isinstance(error, QueryStopped):
        status = _STOPPED[error.why]
        if status == 503:
            headers["Retry-After"] = "2"
    elif isinstance(error, QueryRefused):
        status = 403
    elif isinstance(error, QueryUnacceptable):
        status = 406
    return problem(status, str(error), headers)


def pairs(data: bytes) -> list[tuple[str, str]]:
    """Names and values of a query string or a form.

    Raises:
        BadRequest: they are not UTF-8, or too many.
    """
    try:
        return parse_qsl(
            data.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=1000
        )
    except UnicodeDecodeError:
        raise BadRequest(400, "expected UTF-8") from None
    except ValueError as error:
        raise BadRequest(400, str(error)) from None


async def asked(request: Request) -> tuple[str, list[tuple[str, str]]] | None:
    """The query of a request to the endpoint, and its other parameters.

    Returns:
        None when a GET asks nothing: it wants the description of the service.

    Raises:
        BadRequest: it is not the protocol's.
    """
    given = pairs(request.scope["query_string"])
    if request.scope["method"] == "POST":
        kind, _, parameters = request.headers.get("content-type", "").partition(";")
        kind = kind.strip().lower()
        if kind == "application/sparql-update":
            raise BadRequest(403, "updates are not accepted: the graph is built by kg build")
        if kind not in ("application/x-www-form-urlencoded", "application/sparql-query"):
            raise BadRequest(
                415, "expected application/sparql-query or application/x-www-form-urlencoded"
            )
        if "charset=" in (p := parameters.lower().replace('"', "")) and "charset=utf-8" not in p:
            raise BadRequest(415, "expected UTF-8")
        body = await _body(request)
        if kind == "application/sparql-query":
            if any(name == "query" for name, _ in given):
                raise BadRequest(400, "two queries: one in the address, one in the body")
            return _utf8(body), given
        given += pairs(body)
    if request.scope["method"] != "POST" and not given:
        return None
    return only_query(given), given


def only_query(given: Sequence[tuple[str, str]]) -> str:
    """The one query among a request's parameters.

    Raises:
        BadRequest: there is none, or more than one, or an update.
    """
    if any(name == "update" for name, _ in given):
        raise BadRequest(403, "updates are not accepted: the graph is built by kg build")
    queries = [value for name, value in given if name == "query"]
    if len(queries) != 1:
        raise BadRequest(400, f"expected one parameter query, found {len(queries)}")
    return queries[0]


async def _body(request: Request) -> bytes:
    pieces, size = [], 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for piece in request.stream():
                size += len(piece)
                if size > MAX_BODY:
                    raise BadRequest(413, f"expected at most {MAX_BODY:,} bytes")
                pieces.append(piece)
    except TimeoutError:
        raise BadRequest(408, f"the request did not arrive in {BODY_SECONDS:g} seconds") from None
    except ClientDisconnect:
        raise asyncio.CancelledError from None
    return b"".join(pieces)


def _utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(400, f"expected UTF-8: {error}") from None


def query_of(text: str, given: Sequence[tuple[str, str]], accept: str, max_bytes: int) -> Query:
    """A query with the formats that the client takes.

    Args:
        text: SPARQL 1.1.
        given: the request's parameters: default-graph-uri, named-graph-uri, and format, for clients
            that cannot send headers.
        accept: the Accept header.
        max_bytes: cut longer answers.

    Raises:
        BadRequest: the client takes no format that there is.
    """
    named = dict(given)
    fmt = named.get("format", "")
    if fmt:
        rows, triples = fmt if fmt in ROWS else "", fmt if fmt in TRIPLES else ""
        if fmt == "xml":
            triples = "rdfxml"
        elif fmt == "json":
            triples = "jsonld"
    else:
        rows, triples = _formats(accept)
    if not rows and not triples:
        offered = (
            ", ".join([*ROWS, *TRIPLES])
            if fmt
            else ", ".join(
                t.partition(";")[0] for t in [*_ROW_TYPES.values(), *_TRIPLE_TYPES.values()]
            )
        )
        raise BadRequest(406, f"{fmt or accept}: expected one of {offered}")
    return Query(
        text=text,
        rows=rows,
        triples=triples,
        default=tuple(v for n, v in given if n == "default-graph-uri"),
        named=tuple(v for n, v in given if n == "named-graph-uri"),
        max_bytes=max_bytes,
    )


@lru_cache(1000)
def _formats(accept: str) -> tuple[str, str]:
    """The best formats for rows and for triples; types such as application/json mean ours."""
    found = []
    for offered in (_ROW_TYPES, _TRIPLE_TYPES):
        tried = (
            best(accept, {c: t for c, t in types.items() if c in offered})
            for types in (offered, *_ALIASES)
        )
        found.append(next(filter(None, tried), ""))
    return found[0], found[1]


def respond(outcome: Outcome, body: bytes, headers: dict[str, str], encodings: str) -> Response:
    """The response that brings an answer.

    Args:
        outcome: what kind of answer it is.
        body: the answer.
        headers: for an answer that is whole.
        encodings: the Accept-Encoding header.
    """
    status = 200
    if outcome.cut is not None:
        status = 206
        unit = "triples" if outcome.kind == "triples" else "rows"
        kept = f"{unit} 0-{max(outcome.cut - 1, 0)}/*"
        headers = {"Cache-Control": "no-store", "Content-Range": kept}
    headers["Vary"] = "Accept, Accept-Encoding"
    if len(body) >= 1000 and "gzip" in encodings:
        body = gzip.compress(body, 5, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(body, status, headers, media_type=outcome.media_type)
