"""Which language and script a text is in."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.ontology import packaged_ontology
from kg.text import converter

_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3041-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_]+")
#: So much of a text is looked at.
_SAMPLE = 20_000


@lru_cache(maxsize=4)
def _read(folder: Path) -> tuple[str, ...]:
    codes = sorted(path.parent.name for path in (folder / "lexicon").glob("*/relations.toml"))
    more = [code for code in codes if code not in ("zh", "en")]
    return (*(("zh-Hans", "zh-Hant") if "zh" in codes else ()), *(["en"] if "en" in codes else []),
            *more)  # fmt: skip


def read_languages(folder: Path | None = None) -> tuple[str, ...]:
    """The languages that documents may be in, as tags: those that the lexicon has a folder for.

    Args:
        folder: the ontology folder; the packaged one when None.

    >>> read_languages()
    ('zh-Hans', 'zh-Hant', 'en')
    """
    return _read(folder or packaged_ontology())


@lru_cache(maxsize=4)
def _words(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "lexicon" / "languages.toml").read_text("utf-8"))


def detect_language(text: str, folder: Path | None = None) -> str:
    """The language of a text as a BCP 47 tag.

    Chinese is told by its characters and its script by which of them a conversion would change;
    English by its commonest words; what is neither is named by py3langid.

    Args:
        text: any text.
        folder: the ontology folder; the packaged one when None.

    Returns:
        "zh-Hans", "zh-Hant", "en", another language's code ("ja"), or "" for a text without words.

    >>> detect_language("輝達宣布投資"), detect_language("Nvidia said it will invest in the firm")
    ('zh-Hant', 'en')
    """
    sample = text[:_SAMPLE]
    han, kana, hangul = (len(p.findall(sample)) for p in (_HAN, _KANA, _HANGUL))
    latin = [w.casefold() for w in _WORD.findall(sample) if w.isascii()]
    if hangul > 20 and hangul > (han + kana) / 4 and hangul > len(latin):
        return "ko"
    if kana > 10 and kana > han / 4:
        return "ja"
    if han > len(latin):
        return _script(sample)
    if not _WORD.search(sample):
        return ""
    words = _words(folder or packaged_ontology())
    common = sum(w in words["english"] for w in latin)
    if latin and common / len(latin) >= words["english_share"]:
        return "en"
    import py3langid

    code, _ = py3langid.classify(sample)
    return str(code) if code != "zh" else _script(sample)


def language_name(code: str, folder: Path | None = None) -> str:
    """The English name of a language, or its code."""
    names: dict[str, str] = _words(folder or packaged_ontology())["names"]
    return names.get(code, code)


def _script(sample: str) -> str:
    """Simplified or traditional: the script that fewer characters have to leave."""
    han = "".join(_HAN.findall(sample))
    changed = {
        script: sum(a != b for a, b in zip(han, converter(config)(han), strict=False))
        for script, config in (("zh-Hans", "t2s"), ("zh-Hant", "s2t"))
    }
    return "zh-Hans" if changed["zh-Hans"] <= changed["zh-Hant"] else "zh-Hant"
