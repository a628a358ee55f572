"""The interactive page. The only module that knows pyvis.

pyvis brings the network's data model and the vis-network that it bundles; the page around it is our
own template, because pyvis's default one asks other hosts for files and runs scripts from titles.
Nodes and edges are assigned directly: `add_edge` searches all edges each time.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.ontology import Ontology
from kg.pagedata import edge_values, evidence_data, graph_data, node_values
from kg.phrases import Phrases, load_phrases
from kg.view import Network
from kg.web import as_json

if TYPE_CHECKING:
    from jinja2 import Environment

PAGE = Path(__file__).parent / "page"
#: Our script's parts, in the order in which they need each other.
PARTS = (
    "base", "state", "model", "places", "picture", "labels", "panel", "search", "filters", "table",
    "export", "main",
)  # fmt: skip
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
) -> str:
    """The whole page in one file that asks nothing of any network.

    Args:
        network: what to show.
        ontology: names, colours, shapes and line styles.
        title: by language; the packaged one when None.
        phrases: the page's words; the packaged ones when None.
    """
    return _render(network, ontology, title, phrases, files=False)[0]


def page_files(
    network: Network,
    ontology: Ontology,
    title: Mapping[str, str] | None = None,
    phrases: Phrases | None = None,
) -> dict[str, str]:
    """The same page as files that share scripts and styles with others: path → content."""
    html, data = _render(network, ontology, title, phrases, files=True)
    return {
        "index.html": html,
        "assets/vis-network.js": vis_network(),
        "assets/app.js": script(),
        "assets/style.css": style(),
        **{f"assets/{name}.js": text for name, text in data.items()},
    }


def script() -> str:
    """Our script: its parts in one function, so that they share names with nothing else."""
    parts = [(PAGE / f"{name}.js").read_text(encoding="utf-8") for name in PARTS]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "})();\n"


def style() -> str:
    """The style sheet of all pages."""
    return (PAGE / "style.css").read_text(encoding="utf-8")


def vis_network() -> str:
    """The vis-network that pyvis ships (9.1.2, Apache-2.0 or MIT, its licence in its head)."""
    import pyvis

    bundled = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2"
    # A browser reads CR LF as LF before it compares a script's hash.
    text = (bundled / "vis-network.min.js").read_text(encoding="utf-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


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


def _render(
    network: Network,
    ontology: Ontology,
    title: Mapping[str, str] | None,
    phrases: Phrases | None,
    files: bool,
) -> tuple[str, dict[str, str]]:
    from markupsafe import Markup
    from pyvis.network import Network as Pyvis

    phrases = phrases or load_phrases()
    title = title or phrases.texts["title"]
    graph = graph_data(network, ontology, phrases) | {"title": title, "site": files}
    net = Pyvis(directed=True)
    net.nodes = node_values(network, graph["stages"], pages=files)
    net.edges = edge_values(network, ontology, phrases)
    net.set_options(as_json(OPTIONS))
    data = {
        "kg-graph": as_json(
            graph | {"nodes": net.nodes, "edges": net.edges, "options": net.options}
        ),
        "kg-evidence": as_json(evidence_data(network, phrases)),
    }
    policy = ["default-src 'none'", "img-src data: blob:", "base-uri 'none'", "form-action 'none'"]
    if files:
        # A page opened by double-click has no origin for 'self' to name; its files have a scheme.
        policy += ["script-src 'self' file:", "style-src 'self' file:"]
    else:
        policy += [
            f"script-src {hashed(vis_network())} {hashed(script())}",
            f"style-src {hashed(style())}",
        ]
    net.path = "graph.html.j2"
    net.templateEnv = environment()
    net.templateEnv.globals.update(
        files=files,
        policy="; ".join(policy),
        title=title,
        say=lambda key: phrases.say(key, "en"),
        # These are ours, or JSON without "<": the only texts that enter unescaped.
        data={name: Markup(text) for name, text in data.items()},
        vis=Markup(vis_network()),
        script=Markup(script()),
        style=Markup(style()),
    )
    html: str = net.generate_html()
    scripts = {
        name: f"(globalThis.kgData ??= {{}})[{as_json(name)}] = {text};\n"
        for name, text in data.items()
    }
    return html, scripts
