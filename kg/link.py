"""Entity linking: which thing a name stands for.

A name is looked up as it stands, then by its parts in brackets, without words that only say what
kind of thing it is ("Inc", "公司"), and as a short form of a longer name in the same source.
Scripts do not matter: 輝達, 英伟达 and Nvidia meet in the aliases of the entity, and 軟銀 is 软银.
What nothing knows becomes a new entity, marked as not curated. The ledger has the last word.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.claim import Claim, Decision, Entity, Mention
from kg.errors import WorkspaceError
from kg.iri import digest, slug
from kg.ledger import Ledger
from kg.ontology import Ontology
from kg.text import converter

_BRACKETED = re.compile(r"^(?P<outer>[^(（]+?)\s*[(（](?P<inner>[^()（）]+)[)）]\s*$")
_IGNORED = re.compile(r"[\s\"'“”‘’「」『』《》〈〉()（）\[\]【】·・,，.。&＆_/-]+")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True)
class Spelling:
    """Brings the spellings of one name to one form.

    Args:
        ends, starts: words that may be missing, see ontology/lexicon/linking.toml.
    """

    ends: tuple[str, ...]
    starts: tuple[str, ...]

    def key(self, name: str) -> str:
        """One form for all scripts, widths, cases and punctuation of a name."""
        text = unicodedata.normalize("NFKC", name).casefold()
        if _HAN.search(text):
            text = converter("t2s")(text)
        return _IGNORED.sub("", text) or text

    def bare(self, name: str) -> str:
        """The key of a name without the words that only say what kind of thing it is."""
        words = [w.strip(".,") for w in unicodedata.normalize("NFKC", name).casefold().split()]
        while len(words) > 1 and words[-1] in self.ends:
            words.pop()
        while len(words) > 1 and words[0] in self.starts:
            words.pop(0)
        key = self.key(" ".join(words))
        for end in self.ends:
            if _HAN.match(end[-1]) and key.endswith(end) and len(key) - len(end) >= 2:
                return key.removesuffix(end)
        return key


def load_spelling(folder: Path) -> Spelling:
    """Reads lexicon/linking.toml of an ontology folder.

    Raises:
        WorkspaceError: it is missing or broken.
    """
    path = folder / "lexicon" / "linking.toml"
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        ends = sorted(data["ends"], key=lambda e: (-len(e), e))
        return Spelling(tuple(ends), tuple(data["starts"]))
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise WorkspaceError(f"{path}: expected lists `ends` and `starts`: {error}") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What linking gives.

    Args:
        claims: the claims, every subject and object with its entity.
        entities: id → entity, old and new.
        unused: decisions that named nothing that is there.
    """

    claims: tuple[Claim, ...]
    entities: Mapping[str, Entity]
    unused: tuple[Decision, ...] = ()


class Gazetteer:
    """Finds the entity that a name stands for; None when no entity or more than one fits."""

    def __init__(self, entities: Iterable[Entity], spelling: Spelling, ledger: Ledger) -> None:
        self.spelling = spelling
        self.exact: dict[str, set[str]] = defaultdict(set)
        self.bare: dict[str, set[str]] = defaultdict(set)
        self.entities = {e.id: e for e in entities}
        for e in self.entities.values():
            for name in (e.id, *e.labels.values(), *e.aliases):
                self.exact[spelling.key(name)].add(e.id)
                self.bare[spelling.bare(name)].add(e.id)
        self.different = {
            pair
            for d in ledger.of("different")
            for pair in ((self._decided(d.left), d.right), (self._decided(d.right), d.left))
        }
        self.decided = {
            spelling.key(d.right): self._decided(d.left)
            for d in ledger.of("same")
            if d.right not in self.entities
        }

    def find(self, name: str, fits: Sequence[str] = ()) -> str | None:
        """The id of the entity called `name`.

        Args:
            name: a name as a source writes it.
            fits: codes of classes that fit where it stands; they decide between namesakes.
        """
        key = self.spelling.key(name)
        if key in self.decided:
            return self.decided[key]
        found = self._only(self.exact.get(key, set()), name, fits)
        if found is None and (parts := _BRACKETED.match(name)):
            found = self.find(parts["outer"], fits) or self.find(parts["inner"], fits)
        if found is None:
            found = self._only(self.bare.get(self.spelling.bare(name), set()), name, fits)
        if found is None and len(words := name.split()) == 2:
            # "微软 Azure": an owner and its part; the part counts where its class fits.
            owner, part = (self._only(self.exact.get(self.spelling.key(w), set()), name, fits)
                           for w in words)  # fmt: skip
            if owner and part:
                found = part if not fits or self.entities[part].type in fits else owner
        return found

    def _decided(self, name: str) -> str:
        return name if name in self.entities else self.find_plain(name) or name

    def find_plain(self, name: str) -> str | None:
        """The one entity with exactly this name, whatever the ledger says."""
        found = self.exact.get(self.spelling.key(name), set())
        return next(iter(found)) if len(found) == 1 else None

    def _only(self, found: set[str], name: str, fits: Sequence[str]) -> str | None:
        found = {e for e in found if (e, name) not in self.different}
        if len(found) > 1 and fits:
            found = {e for e in found if self.entities[e].type in fits} or found
        return next(iter(found)) if len(found) == 1 else None


def link(
    claims: Sequence[Claim],
    entities: Mapping[str, Entity],
    ledger: Ledger,
    ontology: Ontology,
    spelling: Spelling,
) -> Linked:
    """Gives every subject and object its entity.

    Args:
        claims: in any order; the result does not depend on it.
        entities: the known ones, by id.
        ledger: judgements: "same" joins, "different" keeps apart.
        ontology: tells which classes fit a relation.
        spelling: how names are compared.

    Returns:
        The claims in the order given, with the entities, new ones included.
    """
    merged, unused = _merge(entities, ledger)
    kept = {i: e for i, e in entities.items() if merged.get(i, i) == i}
    for gone, into in sorted(merged.items()):
        if gone != into:
            kept[into] = _absorb(kept[into], entities[gone])
    gazetteer = Gazetteer(kept.values(), spelling, ledger)
    names = _Names(gazetteer, ontology)
    for claim in sorted(claims, key=lambda c: (c.evidence.source, c.evidence.start or 0)):
        names.collect(claim)
    created = names.resolve()
    linked = tuple(names.linked(c, merged) for c in claims)
    return Linked(claims=linked, entities=dict(sorted((kept | created).items())), unused=unused)


def _merge(
    entities: Mapping[str, Entity], ledger: Ledger
) -> tuple[dict[str, str], tuple[Decision, ...]]:
    """Entity id → the id it goes by after the "same" decisions, and the decisions without use."""
    into = {i: i for i in entities}
    unused: list[Decision] = []

    def root(entity: str) -> str:
        while into[entity] != entity:
            entity = into[entity]
        return entity

    for d in ledger.decisions:
        known = [x for x in (d.left, d.right) if x in entities]
        if d.kind == "same" and len(known) == 2:
            into[root(d.right)] = root(d.left)
        elif d.kind in ("same", "different") and not known:
            unused.append(d)
    return {i: root(i) for i in entities}, tuple(unused)


def _absorb(entity: Entity, other: Entity) -> Entity:
    """One entity with the names of both."""
    names = {*entity.aliases, *other.aliases, *other.labels.values(), other.id}
    return replace(
        entity,
        aliases=tuple(sorted(names - set(entity.labels.values()))),
        country=entity.country or other.country,
        ticker=entity.ticker or other.ticker,
        wikidata=entity.wikidata or other.wikidata,
        parent=entity.parent or other.parent,
    )


class _Names:
    """The names that documents bring, and the entities they become."""

    def __init__(self, gazetteer: Gazetteer, ontology: Ontology) -> None:
        self.gazetteer = gazetteer
        self.ontology = ontology
        self.spelling = gazetteer.spelling
        self.unknown: dict[str, Counter[str]] = defaultdict(Counter)  # bare key → spellings
        self.types: dict[str, Counter[str]] = defaultdict(Counter)
        self.by_source: dict[str, set[str]] = defaultdict(set)  # source → bare keys
        self.ids: dict[str, str] = {}
        self.short: dict[tuple[str, str], str] = {}  # (source, bare key) → longer bare key
        self.unnamed: set[str] = set()  # keys of what one source speaks of without a name

    def collect(self, claim: Claim) -> None:
        """Notes the names of a claim that no entity has."""
        for mention, fits in self._ends(claim):
            if mention.entity or self._known(mention, fits):
                continue
            key = self._key(mention, claim.evidence.source)
            self.unknown[key][mention.name] += 1
            self.by_source[claim.evidence.source].add(key)
            if mention.type in self.ontology.types:
                self.types[key][mention.type] += 2
            elif fits:
                self.types[key][fits[0]] += 1

    def _known(self, mention: Mention, fits: Sequence[str]) -> str | None:
        return None if mention.unnamed else self.gazetteer.find(mention.name, fits)

    def _key(self, mention: Mention, source: str) -> str:
        """What all mentions of one new thing have in common. What has no name is of its source
        alone ("the second furnace"), unless several can have it: a market, a technology."""
        key = self.spelling.bare(mention.name)
        if not mention.unnamed:
            return key
        kind = self.ontology.types.get(mention.type)
        if kind is None or not kind.shareable:
            key = f"{key} {source}"
            self.unnamed.add(key)
        return key

    def resolve(self) -> dict[str, Entity]:
        """Makes an entity of every unknown name that is no short form of another one."""
        for source, keys in sorted(self.by_source.items()):
            named = keys - self.unnamed
            for key in named:
                longer = [k for k in named if k != key and _short_form(key, k)]
                if len(longer) == 1:
                    self.short[source, key] = longer[0]
        taken = set(self.gazetteer.entities)
        created: dict[str, Entity] = {}
        for key, spellings in sorted(self.unknown.items()):
            name = min(spellings, key=lambda n: (-spellings[n], -len(n), n))
            chosen = slug(name)
            if chosen in taken or key in self.unnamed:
                chosen = f"{chosen}-{digest(key, length=6)}"
            taken.add(chosen)
            self.ids[key] = chosen
            created[chosen] = self._entity(chosen, key, name, spellings)
        used = {self.ids[self.short.get((s, k), k)] for s, ks in self.by_source.items() for k in ks}
        return {i: e for i, e in created.items() if i in used}

    def linked(self, claim: Claim, merged: Mapping[str, str]) -> Claim:
        """The claim with an entity for each of its names."""
        source = claim.evidence.source

        def settle(mention: Mention, fits: Sequence[str], create: bool = True) -> Mention:
            entity = mention.entity or self._known(mention, fits) or ""
            if not entity and create:
                key = self._key(mention, source)
                entity = self.ids[self.short.get((source, key), key)]
            return replace(mention, entity=merged.get(entity, entity))

        (subject, subject_fits), *rest = self._ends(claim)
        said_by = claim.attributed_to
        return replace(
            claim,
            subject=settle(subject, subject_fits),
            object=settle(*rest[0]) if rest else None,
            attributed_to=None if said_by is None else settle(said_by, (), create=False),
        )

    def _ends(self, claim: Claim) -> list[tuple[Mention, Sequence[str]]]:
        """Subject and object, each with the classes that fit there."""
        relation = self.ontology.relations.get(claim.relation)
        ends: list[tuple[Mention, Sequence[str]]] = [
            (claim.subject, relation.subject_types if relation else ())
        ]
        if claim.object is not None:
            ends.append((claim.object, relation.object_types if relation else ()))
        return ends

    def _entity(self, id: str, key: str, name: str, spellings: Mapping[str, int]) -> Entity:
        order = list(self.ontology.types)
        votes = self.types[key]
        kind = min(votes, key=lambda t: (-votes[t], order.index(t)), default="Company")
        labels = {"en": name}
        if _HAN.search(name):
            labels = {
                "zh-Hans": converter("t2s")(name),
                "zh-Hant": converter("s2t")(name),
            }
        others = tuple(sorted(set(spellings) - set(labels.values())))
        return Entity(id=id, type=kind, labels=labels, aliases=others, curated=False)


def _short_form(short: str, long: str) -> bool:
    """Whether one key can stand for a longer one in the same source."""
    least = 2 if _HAN.search(short) else 4
    if len(short) < least or not long.startswith(short):
        return False
    return not long[len(short)].isdigit()  # Sora is not Sora2
