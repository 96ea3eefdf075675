"""PDF and Word: their text and what is wrong with them; without the extra they are named, not lost."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from newsfacts.model import Document, DocumentError
from newsfacts.readers import ReadOptions, office, read
from newsfacts.rules import RuleSet
from newsfacts.sections import DocumentBuilder

BUILDER = DocumentBuilder.from_rules(RuleSet())
LINES = (
    "The port handled 2.1 million containers in the first half",
    "of the year, officials said on Monday.",
)


def pdf(*lines: str) -> bytes:
    """A PDF of one page with these lines."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream = f"BT /F1 12 Tf 50 700 Td {shown}ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        data
        + b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (
            table,
            len(data),
        )
    )


def docx(*paragraphs: str) -> bytes:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "Containers", "2.1 million"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def results(path: Path, data: bytes, **options: int) -> list[Document | DocumentError]:
    path.write_bytes(data)
    return list(read([path], ReadOptions(**options), BUILDER))


def kinds(path: Path, data: bytes, **options: int) -> list[str]:
    return [getattr(item, "kind", "document") for item in results(path, data, **options)]


def test_pdf(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    (document,) = results(tmp_path / "port.PDF", pdf(*LINES))
    assert isinstance(document, Document), document
    assert (document.id, document.text.split()) == ("port", " ".join(LINES).split())
    assert len([s for s in document.sections if s.kind == "body"]) == 1, "a line break ends no sentence"


def test_docx(tmp_path: Path) -> None:
    (document,) = results(tmp_path / "port.docx", docx("Port grows", " ".join(LINES)))
    assert isinstance(document, Document), document
    assert document.text == f"Port grows\n\n{' '.join(LINES)}\n\nContainers\t2.1 million"


def test_what_is_wrong_with_a_pdf(tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    assert kinds(tmp_path / "a.pdf", pdf()) == ["no-text"]
    assert kinds(tmp_path / "a.pdf", pdf(*LINES), max_chars=300) == ["document"]
    assert kinds(tmp_path / "a.pdf", b"%PDF-1.4\n" + b"x" * 500) == ["damaged"]
    assert kinds(tmp_path / "a.pdf", pdf("word " * 200), max_chars=900) == ["too-large"]
    writer, stream = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(*LINES))), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(stream)
    assert kinds(tmp_path / "a.pdf", stream.getvalue()) == ["encrypted"]


def test_what_is_wrong_with_a_docx(tmp_path: Path) -> None:
    pytest.importorskip("docx")
    assert kinds(tmp_path / "a.docx", b"PK\x03\x04 no archive") == ["damaged"]
    assert kinds(tmp_path / "a.docx", b"\xd0\xcf\x11\xe0" + b"x" * 500) == ["encrypted"]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * (1 << 27))
    assert kinds(tmp_path / "a.docx", stream.getvalue()) == ["expands"]


def test_without_the_extra_files_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_spec", lambda name: None)
    for name in ("a.pdf", "b.docx", "c.jpg", ".hidden"):
        (tmp_path / name).write_bytes(b"x")
    reading = read([tmp_path], ReadOptions(), BUILDER)
    assert list(reading) == []
    assert (reading.skipped, reading.unknown) == (4, ("a.pdf", "b.docx", "c.jpg"))
    (error,) = read([tmp_path / "a.pdf"], ReadOptions(), BUILDER)
    assert isinstance(error, DocumentError)
    assert (error.kind, "newsfacts[office]" in error.remedy) == ("missing-extra", True)
