"""How good extraction is: claims against a folder of annotated articles.

A gold folder holds NAME.txt (an article), NAME.jsonl (its rows, one JSON object a line) and, if
wanted, aliases.json or *-aliases.json (article → groups of names of one thing; beside the folder
will do too). A claim is right when a row of the same article has the same ends and relation, or the
same subject, measure and value; core rows are those that one sentence states plainly.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.claim import Quarantined
from kg.documents import read_documents
from kg.errors import WorkspaceError
from kg.extract import Extractor
from kg.jsonl import row

Row = dict[str, Any]
Groups = Sequence[frozenset[str]]

SYMMETRIC = frozenset(("partnersWith", "competesWith"))
LONGEST_EVIDENCE = 400
#: Bounds of amounts may differ by this share.
TOLERANCE = 0.005
_IDLE = re.compile(r"[\s\"'“”‘’「」『』《》〈〉()（）\[\]【】·,，.。]+")
_ALTERNATIVE = re.compile(r"also (subject|object|relation|measure): ([^;]+)")


@dataclass(frozen=True, slots=True)
class Mistake:
    """A claim that is wrong, or a row that was missed."""

    kind: str
    document: str
    row: Row


@dataclass(slots=True)
class Scores:
    """Counts by kind ("relation", "figure") and by label, every mistake, and of every claim that
    was judged: its kind, its confidence, whether it was right."""

    tallies: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    mistakes: list[Mistake] = field(default_factory=list)
    judged: list[tuple[str, float, bool]] = field(default_factory=list)

    def summary(self, label: str) -> dict[str, float]:
        """Precision, recall and F1 over all rows and over core rows, and the shares of matched
        claims with the right amount, time, status and evidence."""
        t = self.tallies[label]
        precision, recall = _share(t["right"], t["predicted"]), _share(t["found"], t["gold"])
        core = _share(t["core_found"], t["core"])
        out: dict[str, float] = {
            "gold": t["gold"],
            "predicted": t["predicted"],
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(_f1(precision, recall), 4),
            "core_recall": round(core, 4),
            "core_f1": round(_f1(precision, core), 4),
        }
        for what in ("amounts", "times", "statuses", "spans"):
            if t[what]:
                out[what] = round(_share(t[what + "_right"], t[what]), 4)
        return out

    def reliability(self) -> list[tuple[str, int, float, float]]:
        """Claims by confidence: what they claim of themselves and what they are.

        Returns:
            For each twentieth of confidence with claims in it (most claims lie above 0.9): its
            bounds, how many claims, their mean confidence, the share that was right.
        """
        bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
        for _, confidence, right in self.judged:
            bins[min(int(confidence * 20 + 1e-9), 19)].append((confidence, right))
        return [
            (
                f"{n / 20:.2f}-{(n + 1) / 20:.2f}",
                len(found),
                round(sum(c for c, _ in found) / len(found), 3),
                round(sum(r for _, r in found) / len(found), 3),
            )
            for n, found in sorted(bins.items())
        ]

    def as_json(self) -> str:
        """One line: both kinds, the denials, the reliability of confidences."""
        both = {kind: self.summary(kind) for kind in ("relation", "figure")}
        denials = self.tallies["denials"]
        return (
            json.dumps(
                {
                    **both,
                    "denials": dict(sorted(denials.items())),
                    "reliability": [list(line) for line in self.reliability()],
                }
            )
            + "\n"
        )

    def as_text(self, errors: bool = False) -> str:
        """A line per kind and label; with every mistake when asked for."""
        kinds = ("relation", "figure")
        labels = [*kinds, *sorted(set(self.tallies) - {*kinds, "denials"})]
        lines = [f"{label} {json.dumps(self.summary(label))}" for label in labels]
        denials = self.tallies["denials"]
        lines.insert(2, f"denials recorded: {denials['found']} of {denials['gold']}")
        lines += ["", "confidence  claims  mean   right"]
        lines += [
            f"{bounds:<10}{count:>8}  {mean:.3f}  {right:.3f}"
            for bounds, count, mean, right in self.reliability()
        ]
        if errors:
            lines += [
                f"{m.kind} {m.document} {json.dumps(_shown(m.row), ensure_ascii=False)}"
                for m in self.mistakes
            ]
        return "\n".join(lines) + "\n"


def evaluate(directory: Path, extractor: Extractor, ontology: Path | None = None) -> Scores:
    """Extracts from every article of a gold folder and scores what comes out.

    Args:
        directory: the gold folder.
        extractor: the engine to measure.
        ontology: the folder whose lexicon tells which languages are read; the packaged one when
            None.

    Raises:
        WorkspaceError: the folder holds no article with rows, or an article cannot be read.
    """
    rows: dict[str, list[Row]] = {}
    for path in _articles(directory):
        rows[path.stem] = []
        for item in read_documents(path, directory, ontology):
            if isinstance(item, Quarantined):
                raise WorkspaceError(f"{path}: {item.message} [{item.reason}]")
            rows[path.stem] += [row(claim, path.stem) for claim in extractor.extract(item)]
    return score(directory, rows)


def score(directory: Path, predictions: Mapping[str, Sequence[Row]]) -> Scores:
    """Scores rows as `kg extract --format jsonl` prints them.

    Args:
        directory: the gold folder.
        predictions: article's name → rows.

    Raises:
        WorkspaceError: the folder holds no article with rows.
    """
    same = aliases(directory)
    scores = Scores()
    for path in _articles(directory):
        gold = path.with_suffix(".jsonl")
        groups = [frozenset(map(plain, names)) for names in same.get(path.stem, [])]
        rows = [json.loads(line) for line in gold.read_text("utf-8").splitlines() if line.strip()]
        length = len(path.read_text("utf-8"))
        _article(scores, path.stem, length, rows, predictions.get(path.stem, ()), groups)
    return scores


def _articles(directory: Path) -> list[Path]:
    found = sorted(p for p in directory.glob("*.txt") if p.with_suffix(".jsonl").exists())
    if not found:
        raise WorkspaceError(f"{directory}: no NAME.txt beside a NAME.jsonl; is it a gold folder?")
    return found


def aliases(directory: Path) -> dict[str, list[list[str]]]:
    """Article → groups of names of one thing, as a gold folder says."""
    beside = [directory / "aliases.json", directory.parent / f"{directory.name}-aliases.json"]
    found: dict[str, list[list[str]]] = {}
    for path in [*sorted(directory.glob("*-aliases.json")), *beside]:
        if path.exists():
            found |= json.loads(path.read_text("utf-8"))
    return found


def _article(
    scores: Scores,
    document: str,
    length: int,
    rows: Sequence[Row],
    predicted: Sequence[Row],
    groups: Groups,
) -> None:
    gold = _merged(rows, groups)
    positive = [g for g in gold if not g.get("negated")]
    denied = [g for g in gold if g.get("negated")]
    taken: set[int] = set()
    for claim in _merged(predicted, groups):
        if claim.get("negated"):
            scores.tallies["denials"]["found"] += any(_matches(g, claim, groups) for g in denied)
            continue
        hits = [i for i, g in enumerate(positive) if _matches(g, claim, groups)]
        new = [i for i in hits if i not in taken]
        if hits and not new:
            continue  # another wording of what was found already
        for label in _labels(claim):
            scores.tallies[label]["predicted"] += 1
            scores.tallies[label]["right"] += bool(new)
        scores.judged.append((str(claim["kind"]), float(claim.get("confidence", 1)), bool(new)))
        if not new:
            scores.mistakes.append(Mistake("wrong", document, claim))
            continue
        taken.add(new[0])
        _details(scores.tallies[claim["kind"]], positive[new[0]], claim, length)
    for i, g in enumerate(positive):
        for label in _labels(g):
            tally, core = scores.tallies[label], g.get("core", True)
            tally["gold"] += 1
            tally["found"] += i in taken
            tally["core"] += core
            tally["core_found"] += core and i in taken
        if i not in taken:
            scores.mistakes.append(Mistake("missed", document, g))
    scores.tallies["denials"]["gold"] += len(denied)


def _labels(claim: Row) -> tuple[str, str]:
    if claim["kind"] == "figure":
        return "figure", f"figure:{claim.get('measure')}"
    return "relation", str(claim.get("relation"))


def _details(tally: Counter[str], gold: Row, claim: Row, length: int) -> None:
    every = [gold, *gold.get("_also", [])]
    if gold.get("amount") and claim["kind"] == "relation":
        tally["amounts"] += 1
        tally["amounts_right"] += any(
            r.get("amount") and _same_amount(r["amount"], claim.get("amount")) for r in every
        )
    if gold.get("time"):
        said = str(claim.get("time", ""))
        tally["times"] += 1
        tally["times_right"] += any(_same_time(str(r.get("time", "")), said) for r in every)
    if gold.get("status"):
        tally["statuses"] += 1
        tally["statuses_right"] += any(r.get("status") == claim.get("status") for r in every)
    start, end = claim.get("start"), claim.get("end")
    tally["spans"] += 1
    tally["spans_right"] += (
        isinstance(start, int)
        and isinstance(end, int)
        and 0 <= start < end <= length
        and end - start <= LONGEST_EVIDENCE
        and any(start < r["end"] and r["start"] < end for r in every)
    )


# -- when two things are the same ------------------------------------------------------------------


def plain(name: str | None) -> str:
    """A name without case, width, spaces and marks."""
    return _IDLE.sub("", unicodedata.normalize("NFKC", name or "").casefold())


def same_name(a: str | None, b: str | None, groups: Groups) -> bool:
    """Equal, aliases, or one the start or end of the other ("Sora" is not "Sora2")."""
    x, y = plain(a), plain(b)
    if not x or not y:
        return False
    if x == y or any(x in g and y in g for g in groups):
        return True
    short, long = sorted((x, y), key=len)
    least = 3 if short.isascii() else 2
    if long.startswith(short):
        return len(short) >= least and not long[len(short)].isdigit()
    return len(short) >= least and long.endswith(short)


def _same_number(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= TOLERANCE * max(abs(a), abs(b))


def _same_amount(gold: Row, claim: Row | None) -> bool:
    return (
        claim is not None
        and _same_number(gold.get("min"), claim.get("min"))
        and _same_number(gold.get("max"), claim.get("max"))
        and gold.get("currency") == claim.get("currency")
    )


def _same_time(gold: str, said: str) -> bool:
    return bool(gold and said) and (gold.startswith(said) or said.startswith(gold))


def _readings(gold: Row) -> Iterator[Row]:
    """The row and the alternatives that its note names as equally right."""
    yield gold
    for part, value in _ALTERNATIVE.findall(gold.get("note", "")):
        yield {**gold, part: value.strip()}


def _matches(gold: Row, claim: Row, groups: Groups) -> bool:
    return any(_matches_reading(reading, claim, groups) for reading in _readings(gold))


def _matches_reading(gold: Row, claim: Row, groups: Groups) -> bool:
    if gold["kind"] != claim.get("kind"):
        return False
    subject, object_ = claim.get("subject"), claim.get("object")
    if gold["kind"] == "figure":
        if "amount" in gold:
            same = _same_amount(gold["amount"], claim.get("amount"))
        else:
            value = claim.get("value")
            same = value is not None and _same_number(float(gold["value"]), float(value))
        measured = gold["measure"] == claim.get("measure")
        return measured and same and same_name(gold["subject"], subject, groups)
    if gold["relation"] != claim.get("relation"):
        return False
    ends = [(subject, object_)]
    if gold["relation"] in SYMMETRIC:
        ends.append((object_, subject))
    return any(
        same_name(gold["subject"], s, groups) and same_name(gold["object"], o, groups)
        for s, o in ends
    )


def _merged(rows: Iterable[Row], groups: Groups) -> list[Row]:
    """One row for a claim that is made twice in an article: the first, core if any is."""

    def who(name: str | None) -> str:
        own = plain(name)
        return min((min(g) for g in groups if own in g), default=own)

    merged: dict[tuple[object, ...], Row] = {}
    for r in rows:
        key: tuple[object, ...]
        if r["kind"] == "figure":
            amount = r.get("amount") or {}
            bounds = (amount.get("min"), amount.get("max"), r.get("value"))
            key = ("figure", who(r.get("subject")), r.get("measure"), *bounds)
        else:
            ends = [who(r.get("subject")), who(r.get("object"))]
            if r.get("relation") in SYMMETRIC:
                ends.sort()
            key = ("relation", r.get("relation"), *ends)
        key = (*key, bool(r.get("negated")))
        if key not in merged:
            merged[key] = dict(r)
            continue
        kept = merged[key]
        kept["core"] = kept.get("core", True) or r.get("core", True)
        kept.setdefault("_also", []).append(r)
    return list(merged.values())


def _shown(r: Row) -> Row:
    return {k: v for k, v in r.items() if k not in ("_also", "quote", "doc", "id")}


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
