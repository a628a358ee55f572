"""The page's view that asks: the engine, the editor, and the graph that is asked.

Oxigraph compiled to WebAssembly and CodeMirror are the work of others, bundled in kg/page/vendor
with their licences and hashes (vendored.toml; made by vendor/build.mjs). They come with the page as
text, because a page opened by double-click may fetch nothing.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.draw import PAGE, data_script, joined
from kg.iri import Namer
from kg.phrases import Phrases
from kg.questions import Question
from kg.web import as_json

VENDOR = PAGE / "vendor"
#: The parts of our script, in the order in which they need each other.
PARTS = (
    "sparql_base", "sparql_engine", "sparql_terms", "sparql_editor", "sparql_results", "sparql",
)  # fmt: skip


def sparql_scripts(
    graph: Path, questions: Iterable[Question], namer: Namer, phrases: Phrases
) -> dict[str, str]:
    """The scripts of the view that asks, by name.

    Args:
        graph: the built graph, N-Quads.
        questions: what its menu offers.
        namer: knows the prefixes that queries need not declare.
        phrases: the view's words.
    """
    data = {
        "graph": trig(graph, namer.prefixes),
        "prefixes": dict(namer.prefixes),
        "questions": [_question(q, namer.prefixes) for q in questions],
        "strings": phrases.part("sparql"),
    }
    return {"sparql": engine_script(), "kg-sparql": data_script("kg-sparql", data)}


def engine_script() -> str:
    """The view's script, the same for every graph."""
    wasm = (VENDOR / "engine.wasm.zst").read_bytes()
    texts = {
        "WORKER": _vendored("engine.js") + joined([PAGE / "sparql_worker.js"]),
        "WASM": base64.b64encode(wasm).decode("ascii"),
    }
    constants = "".join(f"const {name} = {as_json(text)};\n" for name, text in texts.items())
    ours = joined(PAGE / f"{part}.js" for part in PARTS)
    return f"(() => {{\n{_vendored('editor.js')}{constants}{ours}}})();\n"


def trig(graph: Path, prefixes: Mapping[str, str]) -> str:
    """A graph of sorted N-Quads as TriG (https://www.w3.org/TR/trig/), half as long.

    Args:
        graph: the file; each line ends in the name of a graph.
        prefixes: what IRIs are shortened by.
    """
    from pyoxigraph import RdfFormat, parse, serialize

    # Lines of one graph together; within it they stay sorted by subject.
    lines = sorted(graph.read_bytes().splitlines(keepends=True), key=lambda x: x.split(b" ")[-2])
    quads = parse(b"".join(lines), format=RdfFormat.N_QUADS, lenient=True)
    return (serialize(quads, format=RdfFormat.TRIG, prefixes=dict(prefixes)) or b"").decode("utf-8")


def _question(question: Question, prefixes: Mapping[str, str]) -> dict[str, object]:
    """A question without what the page shows in other places: titles, meanings, known prefixes."""
    known = {f"PREFIX {name}: <{iri}>" for name, iri in prefixes.items()}
    lines = [x for x in question.text.splitlines() if not x.startswith("#") and x not in known]
    return {
        "name": question.name,
        "titles": question.titles,
        "descriptions": question.descriptions,
        "text": "\n".join(lines).strip(),
        "params": [
            {"name": p.name, "value": p.default, "meanings": p.meanings} for p in question.params
        ],
    }


def _vendored(name: str) -> str:
    return (VENDOR / name).read_text(encoding="utf-8")
