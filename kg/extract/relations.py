"""Relations in a masked sentence: patterns matched, roles filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.claim import Mention
from kg.extract.masks import Mask
from kg.extract.needs import met, searched
from kg.extract.patterns import Pattern
from kg.extract.triggers import Triggers


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern that matched, before anything is decided.

    Args:
        pattern: which one.
        mask: where.
        start, end: the match in the mask's text.
        subjects, objects: what fills the roles; empty when the pattern has no slot for it and the
            topic is meant.
        subject_open, object_open: whether the topic is to fill the role.
        subject_at, object_at: where the verb begins whose subject fills the role, else -1.
        object_span: words of the view that are the object of {O:text} patterns.
        product_span: words of the view that {P} caught.
        amount_char, percent_char: the masked characters of {A} and {%}, "" when absent.
    """

    pattern: Pattern
    mask: Mask
    start: int
    end: int
    subjects: tuple[Mention, ...]
    objects: tuple[Mention, ...]
    subject_open: bool
    object_open: bool
    subject_at: int
    object_at: int
    object_span: tuple[int, int] | None
    product_span: tuple[int, int] | None
    amount_char: str
    percent_char: str


def match(
    patterns: Sequence[Pattern], triggers: Triggers, grouped: Mask, raw: Mask
) -> Iterator[Hit]:
    """All matches of all patterns in one sentence.

    A pattern is tried only where one of its triggers stands and all else that it needs, so the cost
    hardly grows with the number of patterns.
    """
    grouped_has, raw_has = (searched(mask.text, mask.items) for mask in (grouped, raw))
    told = triggers.find(grouped_has)
    plain = told if raw_has == grouped_has else triggers.find(raw_has)
    for number in sorted(told | plain):
        pattern = patterns[number]
        if number not in (plain if pattern.raw else told):
            continue
        mask, has = (raw, raw_has) if pattern.raw else (grouped, grouped_has)
        if not met(pattern.needs, has):
            continue
        at = 0
        found_here: dict[int, Hit] = {}
        while at < len(mask.text):
            found = pattern.regex.search(mask.text, at)
            if found is None:
                break
            said = found.start(), found.end()
            other = pattern.excluded and pattern.excluded.search(mask.text, *said)
            hit = None if other else _hit(pattern, mask, found)
            if hit is not None:
                # Of several readings that end alike the shortest: roles stand near their verb.
                found_here[found.end()] = hit
            at = found.start() + 1
        yield from found_here.values()


def _hit(pattern: Pattern, mask: Mask, found: re.Match[str]) -> Hit | None:
    groups, span = found.groupdict(), found.span
    slots = pattern.regex.groupindex
    subjects = mask.mentions((groups.get("S") or "") + (groups.get("S2") or ""))
    has_object = "O" in slots
    object_text = groups.get("O") or ""
    object_items = mask.mentions(object_text) if len(object_text) == 1 else ()
    objects = object_items + mask.mentions(groups.get("O2") or "")
    object_span = None
    if has_object and not objects:
        if len(object_text) < 2:
            return None
        object_span = mask.span(*span("O"))
    if "S" in slots and not subjects:
        return None
    product = mask.span(*span("P")) if groups.get("P") else None
    return Hit(
        pattern=pattern,
        mask=mask,
        start=found.start(),
        end=found.end(),
        subjects=subjects,
        objects=objects,
        subject_open="S" not in slots,
        object_open=not has_object,
        subject_at=span("s_at")[0] if "s_at" in slots else -1,
        object_at=span("o_at")[0] if "o_at" in slots else -1,
        object_span=object_span,
        product_span=product,
        amount_char=groups.get("A") or "",
        percent_char=groups.get("pc") or "",
    )
