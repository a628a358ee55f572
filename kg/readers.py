"""Readers of formats that are no plain text: html, pdf, docx. Each needs a library of its own."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.errors import MissingExtra, Refused

#: An unpacked docx larger than this is a bomb or no article.
MAX_UNPACKED = 100_000_000
_BLOCKS = [*("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th"), "blockquote", "figcaption"]
_DROPPED = [*("script", "style", "noscript", "template", "nav", "footer", "aside"), "form", "svg"]


@dataclass(frozen=True, slots=True)
class Extracted:
    """A text with what its file says of it.

    Args:
        text: the text that offsets count in.
        meta: title, publisher, date, language, url, id, kind, restates, where known.
        body_start: where the text to read claims from begins.
    """

    text: str
    meta: Mapping[str, Any] = field(default_factory=dict)
    body_start: int = 0


def read_html(data: bytes) -> Extracted:
    """The paragraphs of a page, without what is no text; nothing it names is fetched."""
    try:
        from bs4 import BeautifulSoup
    except ImportError:
        raise MissingExtra("html", "documents") from None
    soup = BeautifulSoup(data, "lxml")
    meta = _page_meta(soup)
    for tag in soup(_DROPPED):
        tag.decompose()
    main = soup.find("article") or soup.find("main") or soup.body or soup
    blocks = [
        " ".join(block.get_text(" ", strip=True).split())
        for block in main.find_all(_BLOCKS)
        if not block.find(_BLOCKS)
    ]
    text = "\n".join(b for b in blocks if b) or main.get_text("\n", strip=True)
    return Extracted(text=text, meta=meta)


def _page_meta(soup: Any) -> dict[str, str]:
    """Title, publisher, date and address from a page's head."""
    found: dict[str, str] = {}

    def note(key: str, value: object) -> None:
        if isinstance(value, str) and value.strip():
            found.setdefault(key, " ".join(value.split()))

    names = {
        "og:title": "title",
        "og:site_name": "publisher",
        "article:published_time": "date",
        "date": "date",
        "pubdate": "date",
        "og:url": "url",
    }
    for tag in soup.find_all("meta"):
        key = names.get(str(tag.get("property") or tag.get("name") or "").lower())
        if key:
            note(key, tag.get("content"))
    for tag in soup.find_all("script", type="application/ld+json"):
        try:
            data = json.loads(tag.string or "")
        except json.JSONDecodeError:
            continue
        for item in data if isinstance(data, list) else [data]:
            if isinstance(item, dict):
                note("title", item.get("headline"))
                note("date", item.get("datePublished"))
                publisher = item.get("publisher")
                note("publisher", publisher.get("name") if isinstance(publisher, dict) else None)
    if soup.title is not None:
        note("title", soup.title.string)
    if (time := soup.find("time", datetime=True)) is not None:
        note("date", time["datetime"])
    if "date" in found:
        day = re.match(r"\d{4}-\d{2}-\d{2}", found["date"])
        found["date"] = day.group() if day else ""
    return found


def read_pdf(data: bytes) -> Extracted:
    """The pages of a pdf, joined by form feeds.

    Raises:
        Refused: it is broken, encrypted, or a picture without text.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        raise MissingExtra("pdf", "documents") from None
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused("encrypted-file", "the pdf needs a password; save it without one")
        pages = [page.extract_text() for page in reader.pages]
        title = (reader.metadata.title if reader.metadata else None) or ""
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise Refused("broken-file", f"not a readable pdf: {error}") from None
    text = "\f".join(_unwrapped(p) for p in pages)
    if not text.strip():
        raise Refused("no-text", "the pdf holds pictures only; run it through OCR first")
    return Extracted(text=text, meta={"title": title})


def _unwrapped(page: str) -> str:
    """Lines of a column joined to paragraphs: a line that ends in mid-sentence goes on."""
    page = re.sub(r"(?<=[\u4e00-\u9fff，、])\n(?=[\u4e00-\u9fff])", "", page)
    return re.sub(r"(?<=[a-z,])\n(?=[a-z0-9$])", " ", page)


def read_docx(data: bytes) -> Extracted:
    """The paragraphs and table rows of a docx.

    Raises:
        Refused: it is broken or unpacks to an absurd size.
    """
    try:
        import docx
    except ImportError:
        raise MissingExtra("docx", "documents") from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(i.file_size for i in archive.infolist()) > MAX_UNPACKED:
                raise Refused("file-too-large", f"unpacks to more than {MAX_UNPACKED:,} bytes")
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise Refused("broken-file", f"not a readable docx: {error}") from None
    lines = [p.text for p in document.paragraphs]
    lines += [" | ".join(c.text for c in row.cells) for t in document.tables for row in t.rows]
    core = document.core_properties
    return Extracted(text="\n".join(lines), meta={"title": core.title or ""})


READERS: Mapping[str, Callable[[bytes], Extracted]] = {
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
}
