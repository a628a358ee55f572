"""Documents of a folder as text: formats, encodings, front matter, language, and what is refused.

The code points of a text are fixed once it is read: nothing is trimmed and no line end is changed,
so that offsets hold for whoever opens the same file. Only formats that are no plain text (html,
pdf, docx) are turned into text first, by kg.readers.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from kg.claim import Document, Quarantined, Source
from kg.errors import MissingExtra, Refused
from kg.iri import slug
from kg.languages import detect_language, language_name, read_languages
from kg.readers import READERS, Extracted
from kg.times import parse_edtf

#: Larger files are refused: no article is that long, and a slip should not fill the memory.
MAX_BYTES = 20_000_000
MAX_LINE = 1_000_000

_PLAIN = {".txt", ".md", ".markdown", ".text"}
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?\n)?---[ \t]*(?:\r?\n|$)", re.DOTALL)
_DATE_LINE = re.compile(r"[^\r\n]*\r?\ndate:[ \t]*([^\r\n]*)", re.IGNORECASE)


def find_documents(folder: Path) -> list[Path]:
    """The files below a folder, sorted; hidden ones and editors' leftovers are no documents."""
    found = [
        p
        for p in folder.rglob("*")
        if p.is_file()
        and not any(part.startswith(".") for part in p.relative_to(folder).parts)
        and not p.name.endswith(("~", ".bak", ".swp", ".tmp"))
        and not p.name.startswith("~$")
    ]
    return sorted(found, key=lambda p: p.relative_to(folder).as_posix())


def read_documents(
    path: Path, root: Path, ontology: Path | None = None
) -> Iterator[Document | Quarantined]:
    """Reads a file of one document, or of many (jsonl).

    Args:
        path: the file.
        root: the workspace; sources name their file relative to it.
        ontology: the folder whose lexicon tells which languages are read; the packaged one when
            None.

    Yields:
        Documents, and what was refused with its reason and line; nothing is raised.
    """
    shown = os.path.relpath(path, root).replace(os.sep, "/")
    try:
        data = _bytes(path, root)
        source = Source(
            id=slug(path.stem),
            kind="document",
            sha256=hashlib.sha256(data).hexdigest(),
            file=shown,
        )
        if path.suffix.lower() == ".jsonl":
            yield from _lines(data, source, ontology)
        else:
            yield _document(path, data, source, ontology)
    except Refused as refused:
        yield _quarantined(refused, shown)
    except MissingExtra as missing:
        yield Quarantined(reason="missing-library", message=str(missing), file=shown)


def _quarantined(refused: Refused, shown: str, content: str = "") -> Quarantined:
    return Quarantined(
        reason=refused.reason,
        message=refused.message,
        file=shown,
        line=refused.line,
        content=content[:400],
    )


def _bytes(path: Path, root: Path) -> bytes:
    """The file's bytes, once it is clear that they are a file of this folder and of a sane size."""
    if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
        raise Refused("outside-the-workspace", "a link to a file outside; copy the file instead")
    if path.suffix.lower() not in {*_PLAIN, *READERS, ".jsonl"}:
        known = ", ".join(sorted(s[1:] for s in {*_PLAIN, *READERS, ".jsonl"}))
        raise Refused("unknown-format", f"{path.suffix or 'no suffix'}: expected one of {known}")
    size = path.stat().st_size
    if size == 0:
        raise Refused("empty-file", "the file is empty; expected a text")
    if size > MAX_BYTES:
        line = _long_line(path)
        if line is not None:
            raise Refused("line-too-long", f"a line of more than {MAX_LINE:,} bytes", "", line)
        raise Refused("file-too-large", f"{size:,} bytes; expected at most {MAX_BYTES:,}")
    return path.read_bytes()


def _long_line(path: Path) -> int | None:
    """The number of the first line that is too long, read in pieces."""
    number, length = 1, 0
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            *whole, rest = piece.split(b"\n")
            for line in whole:
                if length + len(line) > MAX_LINE:
                    return number
                number, length = number + 1, 0
            length += len(rest)
            if length > MAX_LINE:
                return number
    return None


def decode(data: bytes) -> str:
    """Bytes as text: a byte order mark, then UTF-8, then what charset-normalizer finds.

    Raises:
        Refused: it is no text.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return _strict(data, encoding)
    if b"\x00" in data[:8192] or data.startswith((b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\x1f\x8b")):
        raise Refused("binary-file", "the bytes are no text; expected text in a file of this name")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _guessed(data)
    control = sum(c < " " and c not in "\t\n\r\f" for c in text)
    if control > len(text) / 100:
        raise Refused("binary-file", f"{control} control characters; expected text")
    return text


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("bad-encoding", f"not {encoding} as its mark says: {error.reason}") from None


def _guessed(data: bytes) -> str:
    """Text in an older encoding. Chinese ones come first: others accept their bytes as nonsense."""
    from charset_normalizer import from_bytes

    candidates = []
    for encoding in ("gb18030", "big5"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        common = sum("\u4e00" <= c <= "\u9fa5" for c in text)
        odd = sum(ord(c) > 0x9FA5 and not 0xFF00 <= ord(c) <= 0xFFEF for c in text)
        known = _frequent(text)
        candidates.append((known, common - 5 * odd, text))
    if candidates:
        known, _, text = max(candidates, key=lambda c: c[:2])
        if known:
            return text
    best = from_bytes(data).best()
    if best is None:
        raise Refused("bad-encoding", "no encoding fits these bytes; save the file as UTF-8")
    return str(best)


def _frequent(text: str) -> int:
    """How often the commonest Chinese characters occur: in the wrong encoding they hardly do."""
    return sum(
        text.count(c) for c in "的一是在不了有和人这中大为上个国我以要他时来用们資资億亿公司"
    )


def _document(path: Path, data: bytes, source: Source, ontology: Path | None) -> Document:
    reader = READERS.get(path.suffix.lower())
    if reader is not None:
        return _finished(reader(data), source, ontology)
    text = decode(data)
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE:
            raise Refused("line-too-long", f"more than {MAX_LINE:,} characters", "", number)
    meta, start = _front_matter(text)
    return _finished(Extracted(text=text, meta=meta, body_start=start), source, ontology)


def _front_matter(text: str) -> tuple[Mapping[str, Any], int]:
    """What a text says of itself, and where its body begins."""
    if match := _FRONT.match(text):
        import yaml

        try:
            meta = yaml.safe_load(match[1] or "") or {}
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 2 if mark else 1
            problem = getattr(error, "problem", None) or str(error)
            hint = "put a text that holds a colon into quotes"
            raise Refused("bad-front-matter", f"not YAML: {problem}; {hint}", "", line) from None
        except ValueError as error:  # YAML reads 2025-02-30 as a date and finds that it is none
            line = _line_of(text, "date")
            raise Refused("impossible-date", f"{error}; expected YYYY-MM-DD", "", line) from None
        if not isinstance(meta, dict):
            raise Refused("bad-front-matter", "expected lines such as `title: …`", "", 2)
        return meta, match.end()
    if match := _DATE_LINE.match(text):
        title = text[: text.index("\n")].strip()
        return {"title": title, "date": match[1].strip(), "_headline": True}, 0
    return {}, 0


def _line_of(text: str, key: str) -> int | None:
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith(f"{key}:"):
            return number
    return None


def _lines(data: bytes, source: Source, ontology: Path | None) -> Iterator[Document | Quarantined]:
    """A jsonl file: a document a line; a bad line is refused and the rest is read."""
    for number, line in enumerate(decode(data).split("\n"), 1):
        if not line.strip():
            continue
        try:
            try:
                item = json.loads(line)
            except json.JSONDecodeError as error:
                raise Refused("broken-json", f"{error.msg} at column {error.colno}") from None
            text = item.get("text") if isinstance(item, dict) else None
            if not isinstance(text, str) or not text.strip():
                raise Refused("missing-field", 'expected an object with a "text"')
            own = replace(source, id=f"{source.id}-{number}")
            yield _finished(Extracted(text=text, meta=item, body_start=0), own, ontology)
        except Refused as refused:
            refused.line = number
            yield _quarantined(refused, source.file, line)


def _finished(extracted: Extracted, source: Source, ontology: Path | None) -> Document:
    """A document with its date, language and source."""
    text, meta = extracted.text, extracted.meta
    if not text[extracted.body_start :].strip():
        raise Refused("empty-file", "no text in it")
    day = meta.get("date") or ""
    issued = day.isoformat()[:10] if isinstance(day, date) else str(day).strip()
    when = parse_edtf(issued[:10]) if issued else None
    if issued and when is None:
        line = _line_of(text, "date")
        raise Refused("impossible-date", f"date {issued!r}: expected YYYY-MM-DD", "", line)
    language = str(meta.get("language") or "")
    read = read_languages(ontology)
    if language not in read:
        language = detect_language(text[extracted.body_start :], ontology)
    if language not in read:
        name = language_name(language, ontology) or "no language"
        codes = dict.fromkeys(tag.partition("-")[0] for tag in read)
        *most, last = (language_name(code, ontology) for code in codes)
        raise Refused(
            "unsupported-language", f"this is {name}; expected {', '.join(most)} or {last}"
        )
    restates = meta.get("restates") or ()
    known = {k: str(meta[k]).strip() for k in ("title", "publisher", "url", "kind") if meta.get(k)}
    return Document(
        source=replace(
            source,
            id=slug(str(meta["id"])) if meta.get("id") else source.id,
            issued=issued[:10],
            language=language,
            restates=tuple(str(r) for r in ([restates] if isinstance(restates, str) else restates)),
            **known,
        ),
        text=text,
        language=language,
        body_start=extracted.body_start,
        date=when.first if when is not None and len(issued) >= 10 else None,
    )
