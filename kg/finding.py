"""What a check finds, and how it is reported."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is not as it should be.

    Args:
        code: lower-case words joined by hyphens.
        severity: "error" or "warning"; only errors fail a check.
        subject: IRI of what is wrong.
        message: what was expected.
        file, line: where to look in the inputs, "" and None when it is in the graph alone.
        expected, found: the two values that differ, "" when there are none.
    """

    code: str
    severity: str = "error"
    subject: str
    message: str
    file: str = ""
    line: int | None = None
    expected: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All findings, sorted, and how much was looked at."""

    findings: tuple[Finding, ...]
    counts: Mapping[str, int]

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return not any(f.severity == "error" for f in self.findings)

    def as_text(self) -> str:
        """A paragraph for each finding, and a summary."""
        lines = []
        for f in self.findings:
            place = f" ({f.file}{f':{f.line}' if f.line else ''})" if f.file else ""
            lines.append(f"{f.severity}: {f.code}: {f.message}{place}")
            if f.subject:
                lines.append(f"    of        {f.subject}")
            if f.expected or f.found:
                lines += [f"    expected  {_short(f.expected)}", f"    found     {_short(f.found)}"]
        looked = ", ".join(f"{n} {what}" for what, n in self.counts.items())
        errors = sum(f.severity == "error" for f in self.findings)
        warnings = len(self.findings) - errors
        verdict = "passed" if self.ok else "FAILED"
        lines.append(f"{verdict}: {errors} errors, {warnings} warnings; looked at {looked}")
        return "\n".join(lines) + "\n"

    def as_json(self) -> str:
        """The same for programs."""
        data = {
            "ok": self.ok,
            "counts": dict(self.counts),
            "findings": [asdict(f) for f in self.findings],
        }
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _short(text: str, most: int = 160) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"
