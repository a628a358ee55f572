"""Extracted claims, kept from build to build: a document that did not change is not read again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from kg import __version__
from kg.claim import Claim, Document, Entity
from kg.extract import Extractor
from kg.iri import digest
from kg.jsonl import from_json, to_json
from kg.ontology import Ontology


class Cache:
    """Claims of documents under a hash of all that they follow from.

    Args:
        old: folder of the last build, None to use none.
        new: folder of this build; what is used is written there.
        extractor: the engine that is asked when nothing is kept.
        ontology: its folder's files, the lexicon among them, are part of the hash.
        entities: the names they have are part of the hash.
    """

    def __init__(
        self,
        old: Path | None,
        new: Path,
        extractor: Extractor,
        ontology: Ontology,
        entities: Mapping[str, Entity],
    ) -> None:
        self.old, self.new, self.extractor = old, new, extractor
        new.mkdir(parents=True)
        files = [p for p in sorted(ontology.folder.rglob("*")) if p.suffix in (".toml", ".ttl")]
        names = (f"{e.type}:{e.labels}:{e.aliases}" for _, e in sorted(entities.items()))
        self.ground = digest(
            __version__,
            extractor.name,
            extractor.version,
            *(p.read_text("utf-8") for p in files),
            *names,
        )

    def claims(self, document: Document) -> list[Claim]:
        """The document's claims, unlinked."""
        d = document
        key = digest(self.ground, d.id, d.text, d.language, str(d.date), str(d.body_start))
        kept = None if self.old is None else self.old / f"{key}.json"
        if kept is not None and kept.exists():
            text = kept.read_text("utf-8")
            claims = [from_json(c) for c in json.loads(text)]
        else:
            claims = list(self.extractor.extract(document))
            text = json.dumps([to_json(c) for c in claims], ensure_ascii=False)
        (self.new / f"{key}.json").write_text(text, "utf-8", newline="\n")
        return claims
