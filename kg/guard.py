"""What a query may not do: update, call another service, name graphs of its own, nest too deeply.

Oxigraph answers SERVICE by calling out, so nothing that it would read as that word may pass. Where
a string, an IRI or a comment ends depends on the grammar around it (`?a<?b#c>` is a comparison and
a comment, or an IRI), and engines differ in whether they decode escapes first. So the guard follows
every reading at once and refuses what any of them shows, in time linear in the text.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from urllib.parse import urljoin

from kg.errors import QueryError, QueryRefused

#: Parentheses, braces and brackets deeper than this crash a recursive parser.
MAX_DEPTH = 64
MAX_LENGTH = 1_000_000

_UPDATES = "INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH"
#: A keyword is no part of a name, but a number or a truth value may stand right before it, and
#: SILENT or NAMED right after. Within an IRI, SERVICE is no word that an IRI or a name follows.
_FORBIDDEN = re.compile(
    r"(?<![\w?$:/\\-])(?:[+-]?[\d.][\d.e+-]*|true|false)?"
    rf"(?:(?P<update>{_UPDATES})(?![\w:-])"
    r"|(?P<reach>SERVICE|FROM)(?:SILENT|NAMED)?(?=[\s#<?$:]|[^\W\d_][\w.-]*:|\Z))",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


#: What a dataset clause names: an IRI, or a name with a prefix.
_GRAPH = re.compile(
    r"FROM\s*(?:NAMED\s*)?(?:<(?P<iri>[^<>\"{}|^`\\\s]*)>|(?P<prefix>[\w-]*):(?P<local>[\w.-]*\w)?)",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z\d+.-]*:")
_BASE = re.compile(r"\bBASE\b", re.IGNORECASE)
_PREFIX = re.compile(r"PREFIX\s+([\w-]*):\s*<([^<>\"{}|^`\\\s]*)>", re.IGNORECASE)


def require_harmless(
    text: str,
    is_ours: Callable[[str], bool] = lambda iri: False,
    prefixes: Mapping[str, str] | None = None,
    base: str = "",
) -> bool:
    """Raises when some reading of a query does more than ask this graph.

    Args:
        text: SPARQL 1.1.
        is_ours: whether an IRI names a graph of the workspace, which FROM may name.
        prefixes: those known without being declared.
        base: what relative IRIs are resolved against.

    Returns:
        Whether it names graphs of its own: then these are its dataset, not the union of all.

    Raises:
        QueryRefused: it updates, calls another service or names graphs that are not ours.
        QueryError: it is too long, or nested too deeply.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"{len(text):,} characters; expected at most {MAX_LENGTH:,}")
    names_graphs = False
    for version in dict.fromkeys((text, decoded(text))):
        words = {
            m.start(m.lastgroup or 0): m[m.lastgroup or 0] for m in _FORBIDDEN.finditer(version)
        }
        froms = [place for place, word in words.items() if word.upper() == "FROM"]
        if froms:
            known = {p: {iri} for p, iri in (prefixes or {}).items()}
            for prefix, iri in _PREFIX.findall(version):
                known.setdefault(prefix, set()).add(iri)
            # A text that speaks of bases may have one of its own, in some reading.
            outer = "" if _BASE.search(version) else base
            for place in froms:
                if all(map(is_ours, named := _named(version, place, known, outer))) and named:
                    names_graphs = True
                    del words[place]
        if words or sum(map(version.count, "({[")) > MAX_DEPTH:
            _follow(version, words)
    return names_graphs


def _named(text: str, place: int, prefixes: Mapping[str, set[str]], base: str) -> list[str]:
    """Every IRI that a dataset clause may mean; none when that cannot be told."""
    match = _GRAPH.match(text, place)
    if match is None:
        return []
    if (iri := match["iri"]) is not None:
        return [_resolved(iri, base)]
    return [start + (match["local"] or "") for start in prefixes.get(match["prefix"], ())]


def _resolved(iri: str, base: str) -> str:
    """An IRI against a base; itself when it is absolute, when there is no base or no way to."""
    if not base or _ABSOLUTE.match(iri):
        return iri
    try:
        return urljoin(base, iri)
    except ValueError:  # such as //[x
        return iri


#: Where plain text may turn into something else, or nest.
_TURN = re.compile(r"""[<"'#\\(){}\[\]]""")
#: What begins there: a comment, an IRI, a string. Three quotes are a long string where one closes,
#: else an empty one and the next one's beginning.
_SPANS = {
    "#": (re.compile(r"#[^\n\r]*"),),
    "<": (re.compile(r'<[^<>"{}|^`\x00-\x20]*>'),),
    '"': (
        re.compile(r'"{3}(?:[^"\\]|\\.|"(?!""))*"{3}', re.DOTALL),
        re.compile(r'"(?:[^"\\\n\r]|\\.)*"', re.DOTALL),
    ),
    "'": (
        re.compile(r"'{3}(?:[^'\\]|\\.|'(?!''))*'{3}", re.DOTALL),
        re.compile(r"'(?:[^'\\\n\r]|\\.)*'", re.DOTALL),
    ),
}
#: How often a text may be gone over: no query that anybody wrote comes near.
_MOST_WORK = 40


def _follow(text: str, words: Mapping[int, str]) -> None:
    """Follows all readings of a text from one plain place to the next, in order of places.

    Args:
        text: a query.
        words: where forbidden words stand in it, in order.
    """
    starts = list(words)
    depths = {0: 0}  # a plain place → the greatest depth that a reading has there
    queue = [0]
    work = 0

    def plain(place: int, depth: int) -> None:
        if place not in depths:
            heapq.heappush(queue, place)
        depths[place] = max(depth, depths.get(place, 0))

    while queue:
        here = heapq.heappop(queue)
        depth = depths.pop(here)
        turn = _TURN.search(text, here)
        end = turn.start() if turn else len(text)
        shown = bisect_left(starts, here)
        if shown < len(starts) and starts[shown] < end:
            word = words[starts[shown]].upper()
            raise QueryRefused(
                f"{word} is not allowed here: queries read this workspace's graphs only"
            )
        if turn is None:
            continue
        char = turn[0]
        if char == "\\":  # an escaped character of a name
            plain(end + 2, depth)
            continue
        if char in "<(){}[]":
            depth += (char in "({[") - (char in ")}]")
            if depth > MAX_DEPTH:
                raise QueryError(f"nested more than {MAX_DEPTH} deep")
            plain(end + 1, depth)
        for span in _SPANS.get(char, ()):
            if found := span.match(text, end):
                work += found.end() - end
                plain(found.end(), depth)
                break
            if text.startswith(char * 3, end):
                work += len(text) - end  # looked through in vain
        work += 1
        if work > _MOST_WORK * len(text) + 1000:
            raise QueryError("quotes and brackets too entangled to be read safely")


def decoded(text: str) -> str:
    """A query with what stands for characters by their numbers put as these characters."""
    return _ESCAPE.sub(_unescaped, text)


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else ""
