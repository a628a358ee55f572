"""Finding what a person means: an entity by any of its names, a thing by part of its id."""

from __future__ import annotations

from difflib import get_close_matches

from kg.analysis import Analysis
from kg.claim import Corpus
from kg.errors import QueryError

#: Fewer characters of an identifier name too many things.
LEAST = 4


def find_entity(corpus: Corpus, name: str) -> str:
    """The id of the entity with an id, a label or an alias.

    Args:
        corpus: where to look.
        name: as a person writes it, in any script, capitals or not.

    Raises:
        QueryError: nothing or more than one thing has that name; the message says what is near.
    """
    if name in corpus.entities:
        return name
    names: dict[str, set[str]] = {}
    for entity in corpus.entities.values():
        for known in (entity.id, *entity.labels.values(), *entity.aliases):
            names.setdefault(known.casefold(), set()).add(entity.id)
    found = names.get(name.casefold(), set())
    if len(found) == 1:
        return min(found)
    if found:
        raise QueryError(f"{name!r} names several: {', '.join(sorted(found))}; give the id of one")
    near = get_close_matches(name.casefold(), sorted(names), n=3, cutoff=0.7)
    hint = f"; did you mean {', '.join(repr(n) for n in near)}?" if near else ""
    raise QueryError(f"nothing is called {name!r}{hint}")


def find_thing(analysis: Analysis, text: str) -> tuple[str, str]:
    """A deal, claim, loop or conflict by its id, the beginning of it, or a row's own id.

    Args:
        analysis: where to look.
        text: at least LEAST characters.

    Returns:
        What it is ("deal", "claim", "loop" or "conflict") and its whole id.

    Raises:
        QueryError: nothing or more than one thing begins so.
    """
    text = text.rpartition("/")[2].rpartition(":")[2]
    corpus = analysis.books.corpus
    for claim in corpus.claims:
        if claim.key == text:
            return "claim", claim.id
    kinds = {
        "deal": corpus.deals,
        "claim": analysis.by_id,
        "loop": {loop.id: loop for loop in analysis.loops},
        "conflict": {c.id: c for c in analysis.conflicts},
    }
    if len(text) < LEAST:
        raise QueryError(f"{text!r}: give at least {LEAST} characters of an id")
    found = [(kind, i) for kind, ids in kinds.items() for i in ids if i.startswith(text)]
    if len(found) == 1:
        return found[0]
    if found:
        which = ", ".join(f"{kind} {i}" for kind, i in sorted(found)[:5])
        raise QueryError(f"{text!r} names {len(found)} things: {which}; give more of the id")
    raise QueryError(
        f"no deal, claim, loop or conflict has an id that begins with {text!r}; "
        "kg loops, kg conflicts and kg timeline show ids"
    )
