"""Who speaks: how many independent sources stand behind some claims.

Ten copies of one report are one voice. Sources of one publisher are one voice; so are sources
whose documents share a long sentence word for word; a claim that its source attributes to somebody
by name is that somebody's; and a source that restates another adds nothing to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.claim import Claim, Corpus

#: A quote this long does not come twice by chance.
_LONG = 40


class Voices:
    """Tells the independent voices of a corpus apart.

    Args:
        corpus: its sources, and its claims, whose quotes show which sources copy each other.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._sources = corpus.sources
        self._publishers = {s.publisher.casefold() for s in corpus.sources.values()} - {""}
        self._names = {
            i: next(iter(sorted({v for t, v in e.labels.items() if t == "en"})), i).casefold()
            for i, e in corpus.entities.items()
        }
        self._same: dict[str, str] = {}
        quoted: dict[str, set[str]] = defaultdict(set)
        for claim in corpus.claims:
            if claim.evidence.start is not None and len(claim.evidence.quote) >= _LONG:
                quoted[" ".join(claim.evidence.quote.split())].add(claim.evidence.source)
        for _, copies in sorted(quoted.items()):
            first, *rest = sorted(self._root(s) for s in copies)
            self._same |= {s: first for s in rest if s != first}

    def of(self, claims: Iterable[Claim]) -> tuple[str, ...]:
        """The independent voices behind claims, sorted.

        Args:
            claims: any claims of the corpus.

        Returns:
            Keys of voices: names of publishers or of those quoted, in small letters, else ids of
            sources.
        """
        originals: dict[str, set[str]] = {}  # voice → the voices that it only repeats
        for claim in claims:
            voice, repeats = self._voice(claim)
            originals[voice] = originals.get(voice, repeats) & repeats
        found: set[str] = set()
        covered: set[str] = set()
        for voice, repeats in sorted(originals.items(), key=lambda item: (bool(item[1]), item[0])):
            if not repeats or not repeats & (found | covered):
                found.add(voice)
                covered |= repeats
        return tuple(sorted(found))

    def _voice(self, claim: Claim) -> tuple[str, set[str]]:
        """The voice of a claim, and the voices that it repeats."""
        who = claim.attributed_to
        if who is not None:
            name = self._names.get(who.entity) or who.name.casefold()
            if who.entity or name in self._publishers or who.name[:1].isupper():
                return self._first(name), set()
        source = claim.evidence.source
        me = self._root(source)
        return me, {self._root(s) for s in self._restated(source)} - {me}

    def _restated(self, source: str) -> set[str]:
        """The sources that one repeats, and those that they repeat."""
        found: set[str] = set()
        queue = [source]
        while queue:
            known = self._sources.get(queue.pop())
            fresh = set(known.restates) - found if known else set()
            found |= fresh
            queue += fresh
        return found - {source}

    def _root(self, source: str) -> str:
        known = self._sources.get(source)
        return self._first(known.publisher.casefold() if known and known.publisher else source)

    def _first(self, voice: str) -> str:
        """The first of the voices that copy each other."""
        while voice in self._same:
            voice = self._same[voice]
        return voice
