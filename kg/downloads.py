"""The files of data that a site offers: the graph in the formats that other tools read.

The formats are those of kg.export. A file over LARGE is packed with gzip, but for graph.nq: it is
what `kg build` writes, and what `kg diff` reads.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.export import export
from kg.iri import Namer
from kg.ontology import Ontology

#: Bytes above which a file is packed.
LARGE = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file of data.

    Args:
        name: of the file, beside the pages.
        about: key of the phrase that says what it is for.
        counts: key of a phrase → how many of that it holds.
        load: a line of Python that reads it from the folder where it lies.
        data: its bytes.
    """

    name: str
    about: str
    counts: Mapping[str, int]
    load: str
    data: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """The hash that a copy must have."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def size(self) -> str:
        """Its size for readers, in steps of a thousand.

        >>> Download(name="x", about="", counts={}, load="", data=bytes(1_250)).size
        '1.2 kB'
        """
        size = float(len(self.data))
        for unit in ("bytes", "kB"):
            if size < 1000:
                return f"{size:.0f} {unit}" if unit == "bytes" or size >= 100 else f"{size:.1f} kB"
            size /= 1000
        return f"{size:.1f} MB"


def downloads(graph: Path, ontology: Ontology, namer: Namer) -> tuple[Download, ...]:
    """The files for a built graph; the same bytes for the same graph.

    Args:
        graph: graph.nq.
        ontology, namer: the workspace's.
    """
    found = []
    for name, spec in _FILES.items():
        plain = export(graph, ontology, namer, spec.fmt)
        packed = spec.fmt != "nq" and len(plain) > LARGE
        called = f"{name}.gz" if packed else name
        opened = f'gzip.open("{called}")' if packed else f'open("{called}", "rb")'
        found.append(
            Download(
                name=called,
                about=spec.about,
                counts=spec.count(plain),
                load=spec.load.format(name=called, file=opened),
                data=pack(plain) if packed else plain,
            )
        )
    return tuple(found)


def pack(data: bytes) -> bytes:
    """Bytes as gzip without a name or a time, which would differ from run to run."""
    out = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=out, mtime=0) as file:
        file.write(data)
    return out.getvalue()


def _lines(key: str) -> Callable[[bytes], Mapping[str, int]]:
    return lambda data: {key: data.count(b"\n")}


def _triples(data: bytes) -> Mapping[str, int]:
    import pyoxigraph as ox

    return {"n_triples": sum(1 for _ in ox.parse(data, format=ox.RdfFormat.TURTLE))}


def _rows(data: bytes) -> Mapping[str, int]:
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return {"n_rows": sum(1 for _ in rows) - 1}


def _network(data: bytes) -> Mapping[str, int]:
    # Texts are escaped: what looks like an element is one.
    return {"n_nodes": data.count(b"<node "), "n_edges": data.count(b"<edge ")}


@dataclass(frozen=True, slots=True)
class _File:
    """How a file is made: a format of kg.export, what it is for, what it holds, how it is read."""

    fmt: str
    about: str
    count: Callable[[bytes], Mapping[str, int]]
    load: str


_FILES: Mapping[str, _File] = {
    "graph.nq": _File(
        "nq",
        "about_nq",
        _lines("n_quads"),
        "store = pyoxigraph.Store(); "
        'store.load(path="{name}", format=pyoxigraph.RdfFormat.N_QUADS)',
    ),
    "graph.ttl": _File(
        "ttl", "about_ttl", _triples, 'graph = rdflib.Graph().parse({file}, format="turtle")'
    ),
    "claims.csv": _File(
        "csv", "about_csv", _rows, 'claims = pandas.read_csv("{name}", keep_default_na=False)'
    ),
    "graph.graphml": _File(
        "graphml",
        "about_graphml",
        _network,
        'network = networkx.read_graphml("{name}", force_multigraph=True)',
    ),
    "entities.ftm.json": _File(
        "ftm", "about_ftm", _lines("n_objects"), "things = [json.loads(line) for line in {file}]"
    ),
}
