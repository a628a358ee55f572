"""A workspace whose ontology, questions, titles and story say nothing but hostile strings."""

from __future__ import annotations

import json
import re
import shutil
from itertools import cycle
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from kg.iri import PREFIXES
from kg.ontology import packaged_ontology
from tests import circle
from tests.hostile import STRINGS

LANGUAGES = ("en", "zh-Hans", "zh-Hant")


def write(root: Path) -> Path:
    """Writes the circle of money with such words, not built yet.

    Args:
        root: the folder of the workspace.
    """
    circle.write(root)
    folder = root / "ontology"
    shutil.copytree(packaged_ontology(), folder)
    _terms(folder / "kg.ttl")
    for path in sorted((folder / "questions").glob("*.rq")):
        _question(path)
    texts = {text: _toml(dict.fromkeys(LANGUAGES, text)) for text in STRINGS}
    steps = [f'[[story]]\nview = "view=loops"\ntitle = {x}\ntext = {x}\n' for x in texts.values()]
    title = f"[workspace]\ntitles = {texts[STRINGS[0]]}\n"
    (root / "kg.toml").write_text("\n".join([title, *steps]), "utf-8")
    return root


def _terms(path: Path) -> None:
    """Every label, definition and note, in every language, and another name for each term."""
    texts = cycle(STRINGS)
    triples = []
    for t in parse(path=str(path), format=RdfFormat.TURTLE):
        if not isinstance(t.object, Literal) or not t.object.language:
            triples.append(t.triple)
            continue
        hostile = Literal(next(texts), language=t.object.language)
        triples.append(Triple(t.subject, t.predicate, hostile))
        triples.append(Triple(t.subject, NamedNode(PREFIXES["skos"] + "altLabel"), hostile))
    serialize(triples, output=str(path), format=RdfFormat.TURTLE)


def _question(path: Path) -> None:
    """Titles and descriptions; a line end would end the comment that holds one."""
    texts = cycle(STRINGS[len(path.stem) :] + STRINGS)
    text = re.sub(
        r"(?m)^(# (?:title|description)@[\w-]+: ).*$",
        lambda m: m[1] + next(texts).replace("\n", " "),
        path.read_text("utf-8"),
    )
    path.write_text(text, "utf-8", newline="\n")


def _toml(texts: dict[str, str]) -> str:
    """An inline table; TOML escapes in a text what JSON does."""
    pairs = (f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in texts.items())
    return f"{{ {', '.join(pairs)} }}"
