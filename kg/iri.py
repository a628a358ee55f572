"""IRIs: the namespaces kg writes, and identifiers that follow from content alone.

Nothing here depends on a clock, a counter or Python's salted `hash()`: the same input names the
same thing on every run.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from urllib.parse import quote, unquote

KG = "https://w3id.org/kg-claims/ns#"
DEFAULT_BASE = "https://kg.example/"

#: Prefixes that every query of a workspace knows, besides those that follow from its data base.
PREFIXES = {
    "kg": KG,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "dct": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "org": "http://www.w3.org/ns/org#",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
}

#: One folder of the data base per kind of thing: prefix → path.
KINDS = {
    "d": "entity/",
    "c": "claim/",
    "e": "evidence/",
    "s": "source/",
    "deal": "deal/",
    "g": "group/",
    "run": "run/",
    "stage": "stage/",
    "flow": "flow/",
    "loop": "loop/",
    "conflict": "conflict/",
    "edge": "edge/",
    "graph": "graph/",
}

_SAFE = frozenset("0123456789-._~")
_UNSAFE = re.compile(r"[^\w.-]+")


def digest(*parts: str, length: int = 20) -> str:
    """A hexadecimal name for an ordered list of strings.

    The parts are joined by U+001F, which no cleaned text holds, so that ("ab", "c") and
    ("a", "bc") differ.

    >>> digest("a", "b") == digest("a", "b") != digest("ab", "")
    True
    """
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:length]


def slug(name: str) -> str:
    """A readable identifier from a name, in any script; never empty.

    >>> slug("SoftBank Group Corp.")
    'softbank-group-corp'
    >>> slug("星际之门 项目")
    '星际之门-项目'
    """
    cleaned = unicodedata.normalize("NFKC", name).casefold()
    cleaned = _UNSAFE.sub("-", cleaned.replace("_", "-")).strip("-.")
    return cleaned or "x" + digest(name, length=8)


@dataclass(frozen=True, slots=True)
class Namer:
    """Makes and reads the IRIs of one workspace.

    >>> Namer().iri("d", "openai")
    'https://kg.example/entity/openai'
    >>> Namer().local("https://kg.example/entity/openai")
    ('d', 'openai')
    """

    base: str = DEFAULT_BASE

    def iri(self, kind: str, local: str) -> str:
        """The IRI of a thing: `kind` is a key of KINDS, `local` its identifier.

        Letters of any script stay as they are (RFC 3987), so that `d:星际之门` can be typed.
        """
        safe = (c if c.isalpha() or c in _SAFE else quote(c, safe="") for c in local)
        return f"{self.base}{KINDS[kind]}{''.join(safe)}"

    def local(self, iri: str) -> tuple[str, str] | None:
        """The kind and identifier that an IRI of this workspace stands for; None for others."""
        if not iri.startswith(self.base):
            return None
        rest = iri[len(self.base) :]
        for kind, path in KINDS.items():
            if rest.startswith(path):
                return kind, unquote(rest[len(path) :])
        return None

    @property
    def prefixes(self) -> Mapping[str, str]:
        """PREFIXES and the prefixes of this workspace's own folders."""
        return _prefixes(self.base)


def shorten(iri: str, prefixes: Mapping[str, str]) -> str:
    """An IRI by the longest prefix that it fits; itself when none does, or a slash would be left.

    >>> shorten("https://kg.example/entity/openai", Namer().prefixes)
    'd:openai'
    """
    fitting = [p for p, start in prefixes.items() if iri.startswith(start)]
    for prefix in sorted(fitting, key=lambda p: -len(prefixes[p])):
        if "/" not in (local := iri[len(prefixes[prefix]) :]):
            return f"{prefix}:{local}"
    return iri


@cache
def _prefixes(base: str) -> Mapping[str, str]:
    return MappingProxyType(PREFIXES | {kind: base + path for kind, path in KINDS.items()})
