"""Claims as JSON: one form that keeps everything, and one for people and scorers.

`to_json` and `from_json` are inverse; the build keeps extracted claims that way. `row` gives the
flat form that `kg extract --format jsonl` prints: names, codes, plain numbers, offsets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from typing import Any

from kg.claim import Amount, Claim, Evidence, Mention, When


def to_json(claim: Claim) -> dict[str, Any]:
    """Everything in a claim, as values that json.dumps takes; defaults are left out."""
    defaults = {f.name: f.default for f in fields(Claim)}
    return {
        name: _plain(value)
        for name, value in asdict(claim).items()
        if value != defaults[name] or name == "kind"
    }


def from_json(data: Mapping[str, Any]) -> Claim:
    """The claim that to_json made `data` from."""
    values = dict(data)
    for name in ("subject", "object", "attributed_to"):
        if values.get(name) is not None:
            values[name] = Mention(**values[name])
    evidence = values["evidence"]
    values["evidence"] = Evidence(**{**evidence, "columns": tuple(evidence["columns"])})
    if values.get("amount") is not None:
        bounds = {b: _decimal(values["amount"][b]) for b in ("low", "high")}
        values["amount"] = Amount(**{**values["amount"], **bounds})
    if values.get("when") is not None:
        w = values["when"]
        values["when"] = When(w["edtf"], _date(w["first"]), _date(w["last"]))
    for name in ("share", "confidence"):
        if values.get(name) is not None:
            values[name] = Decimal(values[name])
    return Claim(**values)


def row(claim: Claim, document: str) -> dict[str, Any]:
    """A claim as one flat object.

    Args:
        claim: linked or not.
        document: the identifier to give as `doc`.

    Returns:
        doc, kind, subject, relation and object or measure, start, end, quote, and what else the
        claim has: amount {min, max, currency, qualifier} for money, value and unit for other
        quantities and for a share of equity, time, period, status, joint, attributed_to, product,
        negated, confidence.
    """
    out: dict[str, Any] = {"doc": document, "kind": claim.kind, "subject": claim.subject.name}
    if claim.kind == "figure":
        out["measure"] = claim.measure
    else:
        out["relation"] = claim.relation
        out["object"] = claim.object.name if claim.object else ""
    out |= {"start": claim.evidence.start, "end": claim.evidence.end, "quote": claim.evidence.quote}
    amount = claim.amount
    if amount is not None and amount.money:
        out["amount"] = {
            "min": _number(amount.low),
            "max": _number(amount.high),
            "currency": amount.currency,
            "qualifier": amount.qualifier,
        }
    elif amount is not None:
        known = amount.low if amount.low is not None else amount.high
        out |= {"value": _number(known), "unit": amount.unit, "qualifier": amount.qualifier}
    if claim.share is not None:
        out |= {"value": _number(claim.share), "unit": "percent"}
    optional = {
        "time": claim.when.edtf if claim.when else "",
        "period": amount.period if amount else "",
        "status": claim.status,
        "joint": claim.joint,
        "attributed_to": claim.attributed_to.name if claim.attributed_to else "",
        "product": claim.product,
    }
    out |= {name: value for name, value in optional.items() if value}
    if claim.negated:
        out["negated"] = True
    out["confidence"] = _number(claim.confidence)
    return out


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(v) for name, v in value.items()}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _date(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _number(value: Decimal | None) -> int | float | None:
    """A JSON number: whole numbers without a fraction."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
