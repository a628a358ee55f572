"""The graph as files to take away from the site: what each is, how large, and its hash.

A file over LARGE is packed with gzip, but for graph.nq: it is what `kg build` writes and what
`kg diff` reads.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
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
    "entities.ftm.json": "ftm",
}
#: How each is read, in one line; {file} opens it, packed or not.
READ = {
    "nq": 'store = pyoxigraph.Store(); store.bulk_load(path="{name}")',
    "ttl": 'graph = rdflib.Graph().parse({file}, format="turtle")',
    "csv": 'claims = pandas.read_csv("{name}", keep_default_na=False)',
    "graphml": 'graph = networkx.read_graphml("{name}", force_multigraph=True)',
    "ftm": "things = [json.loads(line) for line in {file}]",
}
#: Bytes above which a file is packed.
LARGE = 2_000_000


@dataclass(frozen=True, slots=True)
class Download:
    """A file: its name, format, bytes, and how much of what it holds.

    Args:
        counts: key of a text ("n_triples") → number.
    """

    name: str
    fmt: str
    data: bytes
    counts: Mapping[str, int] = field(default_factory=dict)

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
        packed = self.name.endswith(".gz")
        file = f'gzip.open("{self.name}")' if packed else f'open("{self.name}", "rb")'
        return READ[self.fmt].format(name=self.name, file=file)


def downloads(graph: Path, ontology: Ontology, namer: Namer) -> Iterator[Download]:
    """The files, in the order in which the page lists them; the same bytes for the same graph.

    Args:
        graph: the built graph.nq.
        ontology, namer: the workspace's.
    """
    for name, fmt in FILES.items():
        data = export(graph, ontology, namer, fmt)
        counts = _COUNTS[fmt](data)
        if len(data) > LARGE and fmt != "nq":
            name, data = f"{name}.gz", pack(data)
        yield Download(name, fmt, data, counts)


def pack(data: bytes) -> bytes:
    """Bytes as gzip without a name or a time, which would differ from run to run."""
    out = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=out, mtime=0) as file:
        file.write(data)
    return out.getvalue()


def _triples(data: bytes) -> Mapping[str, int]:
    import pyoxigraph as ox

    return {"n_triples": sum(1 for _ in ox.parse(data, format=ox.RdfFormat.TURTLE))}


def _rows(data: bytes) -> Mapping[str, int]:
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return {"n_rows": sum(1 for _ in rows) - 1}


def _network(data: bytes) -> Mapping[str, int]:
    # Texts are escaped: what looks like an element is one.
    return {"n_nodes": data.count(b"<node "), "n_edges": data.count(b"<edge ")}


_COUNTS: Mapping[str, Callable[[bytes], Mapping[str, int]]] = {
    "nq": lambda data: {"n_quads": data.count(b"\n")},
    "ttl": _triples,
    "csv": _rows,
    "graphml": _network,
    "ftm": lambda data: {"n_objects": data.count(b"\n")},
}
