"""Documents: code points as read, languages told apart, and what is refused, with the line."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.claim import Document, Quarantined
from kg.documents import MAX_LINE, decode, find_documents, read_documents
from kg.errors import Refused
from kg.languages import detect_language

ENGLISH = "The company said on Monday that it had raised the money from two funds in the city.\n"
SIMPLIFIED = "这家公司周一表示，已经从两家基金获得融资，将用于建设数据中心。\n"
TRADITIONAL = "這家公司週一表示，已經從兩家基金獲得融資，將用於建設資料中心。\n"
JAPANESE = (
    "この会社は月曜日に、二つのファンドから資金を調達したと発表しました。とても大きな金額です。\n"
)
FRENCH = (
    "La société a annoncé lundi avoir levé des fonds auprès de deux investisseurs de la ville.\n"
)


def one(path: Path) -> Document:
    (item,) = read_documents(path, path.parent)
    assert isinstance(item, Document), item
    return item


def refused(path: Path) -> Quarantined:
    (item,) = read_documents(path, path.parent)
    assert isinstance(item, Quarantined), item
    return item


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (SIMPLIFIED, "zh-Hans"),
        (TRADITIONAL, "zh-Hant"),
        (JAPANESE, "ja"),
        (FRENCH, "fr"),
        ("이 회사는 월요일에 두 펀드로부터 자금을 조달했다고 발표했습니다. 큰 금액입니다.", "ko"),
        ("OpenAI、Oracle、SoftBank 与 MGX 共同发起 Stargate 项目，总投资 5000 亿美元。", "zh-Hans"),
        ("", ""),
        ("12345 67", ""),
    ],
)
def test_languages_are_told_apart(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-8"),
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED, "utf-16"),
        (SIMPLIFIED * 3, "gb18030"),
        (SIMPLIFIED * 3, "gbk"),
        (TRADITIONAL * 3, "big5"),
    ],
)
def test_encodings_are_found(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"])))
def test_any_text_in_utf_8_is_read_as_it_is(text: str) -> None:
    if text.startswith(("%PDF", "PK", "\ufeff")):
        return
    assert decode(text.encode()) == text


def test_offsets_count_the_files_own_code_points(tmp_path: Path) -> None:
    text = "Headline\r\ndate: 2025-11-12\r\n" + ENGLISH.replace("\n", "\r\n")
    (tmp_path / "a.txt").write_bytes(text.encode())
    document = one(tmp_path / "a.txt")
    assert document.text == text
    assert (document.date, document.source.title) == (date(2025, 11, 12), "Headline")


def test_front_matter(tmp_path: Path) -> None:
    head = (
        '---\ntitle: "A: b"\npublisher: kg project\ndate: 2025-11-12\nlanguage: en\n'
        "restates: [one, two]\nid: My Id\n---\n"
    )
    (tmp_path / "a.md").write_text(head + ENGLISH, "utf-8")
    document = one(tmp_path / "a.md")
    assert document.text[document.body_start :] == ENGLISH
    source = document.source
    assert (source.id, source.title, source.publisher) == ("my-id", "A: b", "kg project")
    assert (source.issued, source.restates) == ("2025-11-12", ("one", "two"))


BAD: list[tuple[str, bytes, str, int | None]] = [
    ("a.txt", b"", "empty-file", None),
    ("a.txt", b"   \n\n", "empty-file", None),
    ("a.txt", b"MZ\x00\x01\x02" * 100, "binary-file", None),
    ("a.txt", bytes(range(1, 32)) * 20, "binary-file", None),
    ("a.txt", JAPANESE.encode(), "unsupported-language", None),
    ("a.txt", FRENCH.encode(), "unsupported-language", None),
    ("a.txt", b"x" * (MAX_LINE + 1), "line-too-long", 1),
    ("a.txt", b"Head\ndate: 2025-02-30\n" + ENGLISH.encode(), "impossible-date", 2),
    ("a.md", b"---\ndate: 2025-02-30\n---\n" + ENGLISH.encode(), "impossible-date", 2),
    ("a.md", b"---\ntitle: a: b\n---\n" + ENGLISH.encode(), "bad-front-matter", 2),
    ("a.md", b"---\n- x\n---\n" + ENGLISH.encode(), "bad-front-matter", 2),
    ("a.pdf", b"%PDF-1.4 nonsense", "broken-file", None),
    ("a.docx", b"PK nonsense", "broken-file", None),
    ("a.exe", b"MZ", "unknown-format", None),
    ("a.txt", b"\xff\xfe\x00\xd8\x41", "bad-encoding", None),
]


@pytest.mark.parametrize(("name", "content", "reason", "line"), BAD, ids=lambda v: str(v)[:24])
def test_what_cannot_be_read_is_named(
    tmp_path: Path, name: str, content: bytes, reason: str, line: int | None
) -> None:
    (tmp_path / name).write_bytes(content)
    item = refused(tmp_path / name)
    assert (item.file, item.reason, item.line) == (name, reason, line)
    assert item.message


def test_a_link_out_of_the_workspace_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(ENGLISH, "utf-8")
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "a.txt").symlink_to(tmp_path / "secret.txt")
    (item,) = read_documents(tmp_path / "w" / "a.txt", tmp_path / "w")
    assert isinstance(item, Quarantined)
    assert item.reason == "outside-the-workspace"


def test_html_gives_its_paragraphs_and_what_its_head_says(tmp_path: Path) -> None:
    page = f"""<!DOCTYPE html><html><head><title>T</title>
    <meta property="og:site_name" content="The Wire">
    <meta property="article:published_time" content="2025-11-12T08:00:00Z">
    <script>alert(1)</script></head><body><nav>Menu</nav>
    <article><h1>Head</h1><p>{ENGLISH}</p><p>Second <b>one</b>.</p></article></body></html>"""
    (tmp_path / "a.html").write_text(page, "utf-8")
    document = one(tmp_path / "a.html")
    assert document.text == f"Head\n{ENGLISH.strip()}\nSecond one ."
    assert (document.source.publisher, document.date) == ("The Wire", date(2025, 11, 12))


def test_docx_gives_paragraphs_and_tables(tmp_path: Path) -> None:
    import docx

    made = docx.Document()
    made.add_paragraph(ENGLISH.strip())
    table = made.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "a", "b"
    made.save(str(tmp_path / "a.docx"))
    assert one(tmp_path / "a.docx").text == f"{ENGLISH.strip()}\na | b"


def test_a_docx_that_unpacks_to_an_absurd_size_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 120_000_000)
    (tmp_path / "a.docx").write_bytes(buffer.getvalue())
    assert refused(tmp_path / "a.docx").reason == "file-too-large"


def test_pdf_gives_its_pages(tmp_path: Path) -> None:
    text = b"BT /F1 12 Tf 50 700 Td (The company said that it had raised the money.) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % p for p in places)
    out += b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start
    (tmp_path / "a.pdf").write_bytes(out)
    assert "raised the money" in one(tmp_path / "a.pdf").text


def test_a_jsonl_file_holds_many_and_a_bad_line_stops_none(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": ENGLISH, "date": "2025-11-12", "title": "One"}),
        "{broken",
        json.dumps({"title": "no text"}),
        json.dumps({"text": SIMPLIFIED}, ensure_ascii=False),
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
    items = list(read_documents(tmp_path / "a.jsonl", tmp_path))
    kinds = [i.id if isinstance(i, Document) else (i.reason, i.line) for i in items]
    assert kinds == ["a-1", ("broken-json", 2), ("missing-field", 3), "a-4"]


def test_documents_are_found_in_one_order_and_leftovers_are_none(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", ".hidden.txt", "c.txt~", "a/.git/x.txt", "~$d.docx", "A.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    found = [p.relative_to(tmp_path).as_posix() for p in find_documents(tmp_path)]
    assert found == ["A.txt", "a/z.md", "b.txt"]


def test_a_folder_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert find_documents(tmp_path / "none") == []


def test_decode_says_why_it_refuses() -> None:
    with pytest.raises(Refused, match="expected text"):
        decode(b"\x00\x01\x02")
