"""Extraction: documents in, claims out, by engines behind one protocol.

An engine is a class that is called with the ontology and the known names and has `extract`. kg's
own is `rules`; a plug-in registers another under the entry-point group "kg.extractors".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from kg.claim import Claim, Document
from kg.errors import WorkspaceError
from kg.ontology import Ontology

GROUP = "kg.extractors"


class Extractor(Protocol):
    """What every engine is: a pure function of a document, with a name and a version.

    `version` changes when the claims for the same text may change, so that kept results are not
    reused across versions.
    """

    @property
    def name(self) -> str:
        """What claims carry as `extractor`."""

    @property
    def version(self) -> str:
        """Part of the key under which a document's claims are kept."""

    def extract(self, document: Document) -> Iterator[Claim]:
        """The claims of a document, unlinked, in the order of the text.

        Every claim's evidence is a slice of `document.text` of at most 400 characters.
        """


class ExtractorFactory(Protocol):
    """What an entry point of the group "kg.extractors" names."""

    def __call__(self, *, ontology: Ontology, names: Mapping[str, str]) -> Extractor: ...


def get_extractor(name: str, *, ontology: Ontology, names: Mapping[str, str]) -> Extractor:
    """The engine of that name, made ready.

    Args:
        name: "rules", or what a plug-in registered.
        ontology: its relations and measures are the only codes that claims carry.
        names: names that are known beforehand → code of the entity's class ("" when unknown).

    Raises:
        WorkspaceError: no such engine, it cannot be loaded, or its lexicon is faulty.
    """
    return _factory(name)(ontology=ontology, names=names)


def _factory(name: str) -> ExtractorFactory:
    # `rules` is part of the package: it must work from a checkout that was never installed.
    if name == "rules":
        from kg.extract.rules import RulesExtractor

        return RulesExtractor
    from importlib.metadata import entry_points

    found = {point.name: point for point in entry_points(group=GROUP)}
    if name not in found:
        known = ", ".join(sorted({"rules", *found}))
        raise WorkspaceError(f"no extractor {name!r}; there are: {known}")
    try:
        factory: ExtractorFactory = found[name].load()
    except (ImportError, AttributeError) as error:
        raise WorkspaceError(f"extractor {name!r} ({found[name].value}): {error}") from error
    return factory
