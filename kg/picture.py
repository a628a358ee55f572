"""Loops as a picture in the words of a language."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from kg.loop_svg import MOST_PANELS, Words, loops_svg
from kg.loops import MoneyLoop
from kg.phrases import Phrases
from kg.tell import Teller


def loops_picture(teller: Teller, ranked: Iterable[tuple[int, MoneyLoop]]) -> str:
    """An SVG picture of loops, a panel each, at most as many as fit.

    Args:
        teller: says names, sums and states in its language.
        ranked: loops with their rank; the picture numbers them anew.
    """
    loops = [loop for _, loop in ranked][:MOST_PANELS]
    ontology = teller.analysis.books.ontology
    texts = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    say, language = Phrases(tomllib.loads(texts)).say, teller.language

    def closed(day: date | None) -> str:
        if day is None:
            return say("closed_unknown", language)
        return say("closed", language, day=day.isoformat())

    words = Words(
        language=language,
        title=say("title", language),
        description=say("description", language, n=len(loops)),
        name=teller.name,
        amount=teller.sum,
        status=teller.status,
        closed=closed,
        bottleneck=say("bottleneck", language),
        widths=say("widths", language),
    )
    firm = ontology.assumed_status
    steps = teller.analysis.books.steps()
    return loops_svg(
        loops,
        words,
        {code: s.color for code, s in ontology.statuses.items()},
        least=firm,
        dashed=frozenset(steps[: steps.index(firm) + 1]),
    )
