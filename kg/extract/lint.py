"""The lexicon checked: what is wrong in it, what contradicts itself, what nothing uses.

Patterns are compiled when a sentence needs them; here all are. With annotated articles it is also
said which patterns never fire on them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kg.claim import Quarantined
from kg.documents import read_documents
from kg.errors import WorkspaceError
from kg.extract.lexicon import Language, Lexicon, load_lexicon
from kg.extract.measures import Deals, load_deals, load_ways
from kg.extract.patterns import Pattern
from kg.extract.reader import read
from kg.extract.rules import RulesExtractor
from kg.extract.scorer import known_relations, load_scorer
from kg.extract.word_files import read_toml
from kg.finding import Finding
from kg.ontology import Ontology
from kg.times import load_times
from kg.value_words import load_values


def lint(ontology: Ontology, gold: Path | None = None) -> Iterator[Finding]:
    """Everything that is to be said about a lexicon.

    Args:
        ontology: its folder holds lexicon/.
        gold: a folder of annotated articles, for patterns that never fire; None to leave that out.

    Yields:
        Errors for what cannot work, warnings for what contradicts itself or is never used.
    """
    try:
        lexicon = load_lexicon(ontology)
        load_values(ontology.folder)
        load_times(ontology.folder)
        load_deals(ontology.folder)
        for code, language in lexicon.languages.items():
            load_ways(ontology.folder, code, language.script)
        scorer = load_scorer(ontology.folder)
        known_relations(scorer, ontology.relations, ontology.folder)
        for parts in (scorer.classes, scorer.networks) if scorer is not None else ():
            list(parts.values())  # what texts wait for is read
    except WorkspaceError as error:
        yield _finding("error", "lexicon-broken", str(error))
        return
    for code, language in sorted(lexicon.languages.items()):
        folder = ontology.folder / "lexicon" / code
        yield from _patterns(language)
        yield from _words(folder, language)
        yield from _cues(folder)
    yield from _deals(ontology)
    if gold is not None:
        yield from _silent(lexicon, ontology, gold)


def pattern_count(ontology: Ontology) -> int:
    """How many patterns a lexicon has; 0 when it cannot be read."""
    try:
        return sum(len(language.patterns) for language in load_lexicon(ontology).languages.values())
    except WorkspaceError:
        return 0


def _finding(severity: str, code: str, message: str, place: str = "") -> Finding:
    file, _, rest = place.partition(":")
    line = rest.partition(":")[0]
    return Finding(
        severity=severity,
        code=code,
        message=message,
        file=file,
        line=int(line) if line.isdigit() else None,
        subject=rest.partition(":")[2].strip(),
    )


def _patterns(language: Language) -> Iterator[Finding]:
    """Patterns that are no regular expression, and patterns that stand twice."""
    seen: dict[str, Pattern] = {}
    for pattern in language.patterns:
        try:
            _ = pattern.regex
        except WorkspaceError as error:
            yield _finding("error", "lexicon-pattern", str(error), pattern.place)
            continue
        other = seen.setdefault(pattern.written, pattern)
        if other is pattern:
            continue
        if other.relation == pattern.relation:
            message = f"the pattern stands at {other.place} already: {pattern.written}"
            yield _finding("warning", "lexicon-duplicate", message, pattern.place)
        else:
            message = f"the same words say {other.relation} at {other.place}: {pattern.written}"
            yield _finding("warning", "lexicon-conflict", message, pattern.place)


def _words(folder: Path, language: Language) -> Iterator[Finding]:
    """[words] and [slots] that no pattern uses, and names' ends that stand for two classes."""
    path = folder / "relations.toml"
    data = read_toml(path)
    text = path.read_text("utf-8")
    for name in sorted(data.get("words", {})):
        if f"{{{name}}}" not in text:
            yield _finding(
                "warning", "lexicon-unused", f"[words] {name}: no pattern uses it", f"{path}:1:"
            )
    for name in sorted(data.get("slots", {})):
        if not re.search(rf"[:|]{name}[|}}]", text) and name != "agent":
            yield _finding(
                "warning", "lexicon-unused", f"[slots] {name}: no pattern uses it", f"{path}:1:"
            )
    for section in ("strong", "things"):
        table = language.names.sections.get(section, {})
        yield from _twice(folder / "names.toml", section, table)


def _cues(folder: Path) -> Iterator[Finding]:
    """Words that tell two statuses at once."""
    path = folder / "cues.toml"
    groups = {k: v for k, v in read_toml(path).items() if k.startswith("status_")}
    yield from _twice(path, "status", groups)


def _relations_of(deals: Deals) -> set[str]:
    """The relations that deals.toml names."""
    traded = {code for goods in deals.goods.values() for code in goods}
    lists = (deals.paying, deals.ending, deals.ways, deals.one_way)
    control = {*deals.control, *deals.control.values()}
    return {*deals.totals, *deals.goods, *traded, *control, *(c for of in lists for c in of)}


def _deals(ontology: Ontology) -> Iterator[Finding]:
    """Codes in deals.toml that kg.ttl lacks."""
    deals = load_deals(ontology.folder)
    path = ontology.folder / "lexicon" / "deals.toml"
    for kind, codes, known in (
        ("relation", _relations_of(deals), ontology.relations),
        ("measure", {*deals.totals.values(), *deals.mistaken}, ontology.measures),
    ):
        for code in sorted(codes - set(known)):
            message = f"{code}: no {kind} of kg.ttl; known: {', '.join(sorted(known))}"
            yield _finding("error", "lexicon-code", message, f"{path}:1:")


def _twice(path: Path, section: str, table: Mapping[str, Iterable[str]]) -> Iterator[Finding]:
    where: dict[str, list[str]] = defaultdict(list)
    for key in sorted(table):
        for word in table[key]:
            where[word].append(key)
    for word, keys in sorted(where.items()):
        if len(set(keys)) > 1:
            message = f"[{section}] {word!r} stands under {' and '.join(sorted(set(keys)))}"
            yield _finding("warning", "lexicon-conflict", message, f"{path}:{_line(path, word)}:")
        elif len(keys) > 1:
            message = f"[{section}] {word!r} stands twice under {keys[0]}"
            yield _finding("warning", "lexicon-duplicate", message, f"{path}:{_line(path, word)}:")


def _silent(lexicon: Lexicon, ontology: Ontology, gold: Path) -> Iterator[Finding]:
    """Patterns that match nowhere in annotated articles."""
    extractor = RulesExtractor(ontology=ontology, names={}, scorer=False)
    fired: set[str] = set()
    for path in sorted(gold.rglob("*.txt")):
        for item in read_documents(path, path.parent, ontology.folder):
            if isinstance(item, Quarantined):
                continue
            for sentence in read(item, extractor.lexicon, extractor.finder):
                fired |= {s.hit.pattern.place for s in extractor.steps(sentence)}
    for language in lexicon.languages.values():
        for pattern in language.patterns:
            if pattern.place not in fired:
                message = f"never fires in {gold}: {pattern.written}"
                yield _finding("warning", "lexicon-silent", message, pattern.place)


def _line(path: Path, word: str) -> int:
    lines = path.read_text("utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if f'"{word}"' in line), 1)
