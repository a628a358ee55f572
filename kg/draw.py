"""The interactive page. The only module that knows pyvis.

pyvis brings the network's data model and the vis-network that it bundles; the page around it is our
own template, because pyvis's default one asks other hosts for files and runs scripts from titles.
Nodes and edges are assigned directly: `add_edge` searches all edges each time.

The page is either a folder of files or one file. What is not needed for the first drawing (claims,
loops, the engine behind SPARQL) is a script that is asked for later: a file of its own in the
folder, packed text in the single file. Both are made from the same texts here.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.analysis import Analysis
from kg.ontology import Ontology
from kg.page_conflicts import conflicts_data
from kg.page_loops import loops_data
from kg.pagedata import edge_values, evidence_data, graph_data, layouts, node_values
from kg.phrases import Phrases, load_phrases
from kg.view import Network
from kg.web import as_json

if TYPE_CHECKING:
    from jinja2 import Environment

PAGE = Path(__file__).parent / "page"
#: The parts of our script, in the order in which they need each other.
PARTS = (
    "base", "state", "model", "money", "path", "places", "picture", "labels", "pan", "panel",
    "loops", "conflicts", "search", "filters", "table", "export", "story", "main",
)  # fmt: skip
#: The parts of the style sheet of the graph's page.
STYLES = ("style", "sparql")
#: Drawing options of vis-network: nothing moves by itself.
OPTIONS = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 1e9,
        "keyboard": {"enabled": False},
    },
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 1.5, "chosen": False},
    "edges": {"chosen": False, "selectionWidth": 0, "hoverWidth": 0},
}


def page_html(
    network: Network,
    ontology: Ontology,
    title: Mapping[str, str] | None = None,
    phrases: Phrases | None = None,
    more: Mapping[str, str] | None = None,
    story: Sequence[Mapping[str, Any]] = (),
) -> str:
    """The whole page in one file that asks nothing of any network.

    Args:
        network: what to show.
        ontology: names, colours, shapes and line styles.
        title: by language; the packaged one when None.
        phrases: the page's words; the packaged ones when None.
        more: scripts that the page asks for later, by name.
        story: steps with title and text by language and a view, as stands behind "#".
    """
    phrases = phrases or load_phrases()
    first, later = _scripts(network, ontology, title, phrases, more or {}, story, files=False)
    packed = {name: pack(text) for name, text in {**first, **later}.items()}
    # Only these texts run, whether they stand in the page or are unpacked by it.
    runs = [hashed(text) for text in [*first.values(), *later.values(), unpacker()]]
    policy = _policy(later, runs, hashed(style()))
    return _render(title, phrases, policy, packed)


def page_files(
    network: Network,
    ontology: Ontology,
    title: Mapping[str, str] | None = None,
    phrases: Phrases | None = None,
    more: Mapping[str, str] | None = None,
    story: Sequence[Mapping[str, Any]] = (),
) -> dict[str, str]:
    """The same page as files that share scripts and styles with others: path → content."""
    phrases = phrases or load_phrases()
    first, later = _scripts(network, ontology, title, phrases, more or {}, story, files=True)
    # A page opened by double-click has no origin for 'self' to name; its files have a scheme.
    policy = _policy(later, ["'self'", "file:"], "'self' file:")
    return {
        "index.html": _render(title, phrases, policy, {}, "sparql" in later),
        "assets/style.css": style(),
        "assets/load.js": unpacker(),
        **{f"assets/{name}.js": text for name, text in {**first, **later}.items()},
    }


def script() -> str:
    """Our script: its parts in one function, so that they share names with nothing else."""
    return joined(PAGE / f"{name}.js" for name in PARTS)


def joined(parts: Iterable[Path]) -> str:
    """Modules as one classic script: a page opened by double-click allows no module scripts.

    Lines that are comments are left out; their files have them.
    """
    lines = [
        stripped
        for path in parts
        for line in path.read_text(encoding="utf-8").splitlines()
        if (stripped := line.strip()) and not stripped.startswith("//")
    ]
    return '(() => {\n"use strict";\n' + "\n".join(lines) + "\n})();\n"


def unpacker() -> str:
    """What brings the other scripts, and in the single file unpacks the first ones."""
    return joined([PAGE / "load.js"])


def style() -> str:
    """The style sheet of the graph's page, which the pages of text use too."""
    return "".join((PAGE / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)


def vis_network() -> str:
    """The vis-network that pyvis ships (9.1.2, Apache-2.0 or MIT, its licence in its head)."""
    import pyvis

    bundled = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2"
    # A browser reads CR LF as LF before it compares a script's hash.
    text = (bundled / "vis-network.min.js").read_text(encoding="utf-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def data_script(name: str, value: object) -> str:
    """A script that leaves a value where the page looks for it.

    The value is parsed as JSON: in a script's own syntax a key "__proto__" would be no key.
    """
    return (
        f"(globalThis.kgData ??= {{}})[{as_json(name)}] = JSON.parse({as_json(as_json(value))});\n"
    )


def money_scripts(analysis: Analysis, network: Network, phrases: Phrases) -> dict[str, str]:
    """The scripts of the views of loops and conflicts, by name."""
    data = {
        "kg-loops": loops_data(analysis, network, phrases),
        "kg-conflicts": conflicts_data(analysis, network, phrases),
    }
    return {name: data_script(name, value) for name, value in data.items()}


def environment() -> Environment:
    """Templates that escape everything."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(PAGE, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def hashed(text: str) -> str:
    """A source expression of a Content-Security-Policy that allows exactly this inline text."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def pack(text: str) -> str:
    """A text as base64 of its zlib stream, which browsers unpack themselves."""
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")


_POLICY = (
    "default-src 'none'",
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
)


def _policy(later: Mapping[str, str], scripts: Iterable[str], styles: str) -> str:
    """The page's Content-Security-Policy, from what may run and what may style it."""
    # The engine behind SPARQL is compiled in the page, and runs in a worker, which a page opened by
    # double-click can only make of a text.
    asks = "sparql" in later
    return "; ".join(
        [
            *_POLICY,
            *(["worker-src blob:"] if asks else []),
            " ".join(["script-src", *scripts, *(["'wasm-unsafe-eval'"] if asks else [])]),
            f"style-src {styles}",
        ]
    )


def _scripts(
    network: Network,
    ontology: Ontology,
    title: Mapping[str, str] | None,
    phrases: Phrases,
    more: Mapping[str, str],
    story: Sequence[Mapping[str, Any]],
    files: bool,
) -> tuple[dict[str, str], dict[str, str]]:
    """Name → text of the scripts that the first drawing needs, and of those that come later."""
    from pyvis.network import Network as Pyvis

    graph = graph_data(network, ontology, phrases)
    net = Pyvis(directed=True)
    net.nodes = node_values(network)
    net.edges = edge_values(network, ontology, phrases)
    net.set_options(as_json(OPTIONS))
    stages = layouts(network)
    graph |= {
        "stages": stages[:1],
        "title": title or phrases.texts["title"],
        "nodes": net.nodes,
        "edges": net.edges,
        "options": net.options,
        "bundles": sorted(more),
        "story": list(story),
    }
    first = {
        "vis-network": vis_network(),
        "kg-graph": data_script("kg-graph", graph),
        "app": script(),
    }
    evidence = evidence_data(network, phrases, stages, pages=files)
    later = {"kg-evidence": data_script("kg-evidence", evidence), **more}
    return first, later


def _render(
    title: Mapping[str, str] | None,
    phrases: Phrases,
    policy: str,
    packed: Mapping[str, str],
    asked: bool = False,
) -> str:
    from markupsafe import Markup
    from pyvis.network import Network as Pyvis

    net = Pyvis(directed=True)
    net.path = "graph.html.j2"
    net.templateEnv = environment()
    net.templateEnv.globals.update(
        files=not packed,
        # A graph that can be asked is one that can be taken away.
        pages=("entities", "sources", "about", *(["downloads"] if asked else [])),
        policy=policy,
        title=title or phrases.texts["title"],
        say=lambda key: phrases.say(key, "en"),
        packed=packed,
        # These are ours: the only texts that enter unescaped.
        unpacker=Markup(unpacker()),
        style=Markup(style()),
    )
    html: str = net.generate_html()
    return html
