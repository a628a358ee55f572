"""What a notebook shows of a graph and of an answer: a page in a frame, a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import islice

from rdflib.term import URIRef

from kg.iri import PREFIXES, shorten

#: Rows of a table; more would make the notebook heavy.
MOST_ROWS = 200


def frame(page: str, height: int = 640) -> str:
    """A self-contained page in a frame that may run its scripts and nothing else.

    Args:
        page: HTML.
        height: of the frame, in pixels.
    """
    return (
        f'<iframe srcdoc="{escape(page)}" sandbox="allow-scripts allow-downloads" width="100%" '
        f'height="{height}" style="border: 1px solid #8888"></iframe>'
    )


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[object]],
    prefixes: Mapping[str, str] = PREFIXES,
) -> str:
    """Rows as an HTML table, IRIs as links by their prefixed names.

    Args:
        head: names of the columns.
        rows: terms of rdflib; None is an empty cell.
        prefixes: prefix → IRI.
    """
    held = list(islice(rows, MOST_ROWS + 1))
    lines = [
        "<tr>" + "".join(f"<td>{_cell(term, prefixes)}</td>" for term in row) + "</tr>"
        for row in held[:MOST_ROWS]
    ]
    names = "".join(f"<th>{escape(name)}</th>" for name in head)
    more = f"<p>the first {MOST_ROWS} rows</p>" if len(held) > MOST_ROWS else ""
    body = "".join(lines)
    return f"<table><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>{more}"


def _cell(term: object, prefixes: Mapping[str, str]) -> str:
    if term is None:
        return ""
    if not isinstance(term, URIRef):
        return escape(str(term))
    shown = shorten(str(term), prefixes)
    if not str(term).startswith(("http://", "https://")):
        return escape(shown)
    return f'<a href="{escape(str(term))}" rel="noreferrer">{escape(shown)}</a>'
