"""kg: graphs of money and supply from documents and tables, every claim with its evidence.

    import kg
    g = kg.open(".")                       # a built workspace
    for row in g.query("SELECT ?a ?b { ?a kg:investsIn ?b }"): print(row.a, row.b)

Names are imported when they are first used, so that `kg --help` does not wait for them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_WHERE = {
    "Amount": "kg.claim",
    "Claim": "kg.claim",
    "Corpus": "kg.claim",
    "Entity": "kg.claim",
    "Evidence": "kg.claim",
    "KgError": "kg.errors",
    "KnowledgeGraph": "kg.graph",
    "Source": "kg.claim",
    "build_graph": "kg.graph",
    "extract_claims": "kg.graph",
    "open": "kg.graph",
}

__all__ = [
    "Amount",
    "Claim",
    "Corpus",
    "Entity",
    "Evidence",
    "KgError",
    "KnowledgeGraph",
    "Source",
    "build_graph",
    "extract_claims",
    "open",
]

if TYPE_CHECKING:
    from kg.claim import Amount, Claim, Corpus, Entity, Evidence, Source
    from kg.errors import KgError
    from kg.graph import KnowledgeGraph, build_graph, extract_claims, open


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(importlib.import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
