"""The graph as files to take away from the site: what each is, how large, and its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.export import export
from kg.iri import Namer
from kg.ontology import Ontology

#: Name of a file → format of kg.export; what it is for is said by the text "download_FORMAT".
FILES = {
    "graph.nq": "nq",
    "graph.ttl": "ttl",
    "claims.csv": "csv",
    "graph.graphml": "graphml",
}
#: How each is read, in one line.
READ = {
    "nq": 'store = pyoxigraph.Store(); store.bulk_load(path="graph.nq")',
    "ttl": 'graph = rdflib.Graph().parse("graph.ttl")',
    "csv": 'claims = pandas.read_csv("claims.csv")',
    "graphml": 'graph = networkx.read_graphml("graph.graphml")',
}


@dataclass(frozen=True, slots=True)
class Download:
    """A file: its name, format and bytes."""

    name: str
    fmt: str
    data: bytes

    @property
    def size(self) -> str:
        """In kB or MB (powers of ten)."""
        n = len(self.data)
        return f"{n / 1e6:.1f} MB" if n >= 1e6 else f"{max(n / 1e3, 0.1):.1f} kB"

    @property
    def sha256(self) -> str:
        """The hash, hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def read(self) -> str:
        """A line of Python that reads it."""
        return READ[self.fmt]


def downloads(graph: Path, ontology: Ontology, namer: Namer) -> Iterator[Download]:
    """The files, in the order in which the page lists them.

    Args:
        graph: the built graph.nq.
        ontology, namer: the workspace's.
    """
    for name, fmt in FILES.items():
        yield Download(name, fmt, export(graph, ontology, namer, fmt))
