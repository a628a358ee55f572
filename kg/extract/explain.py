"""Why the rules say what they say: `kg extract --explain`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from kg.claim import Claim, Document
from kg.extract.confidence import figure_kind
from kg.extract.decide import cues_around
from kg.extract.denials import settle
from kg.extract.reader import Sentence, read
from kg.extract.rules import RulesExtractor, whole
from kg.extract.steps import Step, reports


def explain(extractor: RulesExtractor, document: Document) -> Iterator[Mapping[str, Any]]:
    """What every sentence with a trigger or a claim gave, and why.

    Args:
        extractor: the rules.
        document: what to read.

    Yields:
        One mapping a sentence: start, end, text; claims, each with how it was found; unused, the
        patterns that matched and made no claim, with the reason; triggers, the words that called
        for a pattern where none matched.
    """
    steps: dict[int, list[Step]] = {}

    def relations() -> Iterator[tuple[Sentence, list[Claim], list[Claim]]]:
        for sentence in read(document, extractor.lexicon, extractor.finder):
            found = list(extractor.steps(sentence))
            steps[sentence.context.start] = found
            yield sentence, [c for step in found for c in step.claims], reports(sentence, found)

    before: list[Claim] = []
    for sentence, settled in settle(relations(), whole, extractor.persons):
        found = steps[sentence.context.start]
        figures = extractor.figures(sentence, before, settled)
        before = settled
        claims = [
            {"claim": c, **_why(c, found, sentence)} for c in dict.fromkeys([*settled, *figures])
        ]
        unused = [
            {"pattern": s.hit.pattern.place, "written": s.hit.pattern.written, "reason": s.reason}
            for s in found if s.reason
        ]  # fmt: skip
        triggers = sorted(
            {t for t, _ in sentence.language.triggers.hits(sentence.grouped.text.lower())}
        )
        if claims or unused or triggers:
            yield {
                "start": sentence.context.start,
                "end": sentence.context.end,
                "text": sentence.context.text,
                "claims": claims,
                "unused": unused,
                "triggers": [] if claims or unused else triggers,
            }


def _why(claim: Claim, steps: list[Step], sentence: Sentence) -> dict[str, Any]:
    """How a claim was found: its pattern and roles, or the words of a figure, or a denial."""
    made = next((s for s in steps if claim in s.claims), None)
    if made is not None and claim.object is not None:
        return {
            "pattern": made.hit.pattern.place,
            "written": made.hit.pattern.written,
            "roles": made.how,
            "cues": cues_around(made.hit, sentence),
            # Every kind that says it, however sure each is.
            "counted": [
                kind
                for step in steps
                for told, kind in zip(step.claims, step.kinds, strict=True)
                if replace(told, confidence=claim.confidence) == claim
            ],
        }
    if claim.kind == "figure":
        inside = claim.subject.start is not None and sentence.context.start <= claim.subject.start
        return {"words": claim.evidence.quote, "counted": [figure_kind(inside, sentence)]}
    return {"denies": "a report of the sentences before"}


def as_text(found: Mapping[str, Any]) -> str:
    """One sentence's explanation for people."""
    lines = [" ".join(str(found["text"]).split())]
    for entry in found["claims"]:
        claim: Claim = entry["claim"]
        says = ("not " if claim.negated else "") + (claim.relation or claim.measure)
        what = claim.object.name if claim.object else claim.amount.text if claim.amount else ""
        lines.append(f"  + {claim.subject.name} | {says} | {what}   ({claim.confidence})")
        if "pattern" in entry:
            lines.append(f"      {entry['pattern']}")
            lines.append(f"      {entry['written']}")
            lines.append(f"      roles: {entry['roles']}" + _cues(entry["cues"]))
        else:
            lines += [
                f"      {name}: {value}"
                for name, value in entry.items()
                if name not in ("claim", "counted")
            ]
    for entry in found["unused"]:
        lines.append(f"  - {entry['reason']}")
        lines.append(f"      {entry['pattern']}")
    if found["triggers"]:
        lines.append(f"  - no pattern fits around: {', '.join(found['triggers'])}")
    return "\n".join(lines) + "\n"


def _cues(cues: Mapping[str, str]) -> str:
    said = ", ".join(f"{name} {word!r}" for name, word in cues.items())
    return f"; cues: {said}" if said else ""
