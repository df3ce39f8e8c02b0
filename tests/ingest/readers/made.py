"""Files of each format, made in code around invented articles."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from newsmine.ingest import lexicon

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

NEXIS = (
    *("Documents (2)", "1. Nets torn at sea", "Client/Matter: -None-", "Search Terms: nets"),
    *("2. 9. Bells ring at noon", "Client/Matter: -None-", "Search Terms: nets", "News", "", ""),
    *("Nets torn at sea", "The Lantern(Strelsau)", "March 2, 2019 Saturday 9:20 AM GMT", ""),
    *("Copyright 2019 Lantern Press All Rights Reserved", "", "Section: NEWS; Pg. 3"),
    *("Length: 12 words", "Byline: Ann Bell and Jo Pell", "Highlight: Crews are angry", "Body", ""),
    "Boats came home empty, crews in the harbour said.",
    "Crews want the harbour to pay. Notes: none.",
    *("", "Graphic", "", "A torn net, Jan Dell", "", "Classification", "", "Language: ENGLISH", ""),
    *("Subject: FISHING (90%)", "", "Load-Date: March 3, 2019", "", "End of Document", "", ""),
    *("9. Bells ring at noon", "SKERRY POST", "March 4, 2019 Monday", "First Edition", ""),
    *("Section: NEWS", "Length: 5 words", "Body", "", "Bells rang twice, he said."),
    *("Correction: They rang once.", "", "Load-Date: March 4, 2019", "", "End of Document"),
)
"""The paragraphs of a Nexis Uni export of two articles; the second has a number for a headline."""

PAGE = """<!DOCTYPE html><html><head><title>Nets torn at sea | The Lantern</title>
<meta property="og:site_name" content="The Lantern">
<meta name="author" content="Ann Bell, Jo Pell">
<meta property="article:published_time" content="2019-03-02T09:00:00Z"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Nets torn at sea</h1>
<p>Boats came home empty, crews in the harbour said. “We saw it,” said Bob Doe, a skipper of the
harbour for thirty years, who counted the nets with care.</p><h2>Torn again</h2>
<p>Crews want the harbour to pay for new nets, and the harbour says that it will not pay at all
this year, whatever the crews say about it.</p></article>
<script>var nets = 1</script></body></html>"""

FACTIVA = """<html><body><div class="article enArticle"><div>News</div>
<div id="hd"><span class="enHeadline">Nets torn at sea</span></div>
<div class="author">By Ann Bell and Jo Pell</div><div>1,204 words</div><div>2 March 2019</div>
<div>08:15</div><div>The Lantern</div><div>LANT</div><div>English</div>
<div>(c) 2019 Lantern Press</div>
<p class="articleParagraph enarticleParagraph">Boats came home empty.</p>
<p class="articleParagraph enarticleParagraph">Crews want new nets.</p>
<p>Document LANT000020190302ef3200012</p></div>
<div class="article enArticle"><table>
<tr><td class="index"><b>HD</b></td><td>Nets mended</td></tr>
<tr><td class="index"><b>BY</b></td><td>By Ann Bell</td></tr>
<tr><td class="index"><b>PD</b></td><td>3 March 2019</td></tr>
<tr><td class="index"><b>SN</b></td><td>The Lantern</td></tr>
<tr><td class="index"><b>LP</b></td><td><p>Boats went out.</p></td></tr>
<tr><td class="index"><b>TD</b></td><td><p>All of them.</p></td></tr>
<tr><td class="index"><b>AN</b></td><td>Document LANT000020190303ef3200012</td></tr>
</table></div></body></html>"""

TABLE = (
    "ID;Title;Body;Newspaper;Date;Author\n"
    'n1;Nets torn;"Boats came home; ""empty"", crews\nsaid.";The Lantern;25/03/2019;Ann Bell\n'
    "n2;Bells;They rang twice.;Skerry Post;03/04/2019;Jo Pell\n"
)

RTF = (
    rb"{\rtf1\ansi\ansicpg1252 Nets \'93torn\'94 at sea\par By Ann Bell\par\par "
    rb"Boats came home empty, crews said.\par}"
)


def example(profile: str) -> str:
    """The example of a press database's profile."""
    entries = lexicon.load("profiles")["profile"]
    return next(str(entry["example"]) for entry in entries if entry["name"] == profile)


def zipped(members: Mapping[str | zipfile.ZipInfo, str | bytes], *, packed: bool = True) -> bytes:
    out = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o120777 << 16
    return info


def encrypted(data: bytes) -> bytes:
    """The zip with its members marked as encrypted (no program here can encrypt them)."""
    out = bytearray(data)
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(magic)
        while at >= 0:
            out[at + flags] |= 1
            at = out.find(magic, at + 4)
    return bytes(out)


def docx(paragraphs: Sequence[str | tuple[str, str]], *, body: str = "") -> bytes:
    """A Word document; a paragraph with a style is a pair of its text and the style's id."""
    made = "".join(_paragraph(p) for p in paragraphs)
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in (("Titel", "Title"), ("U1", "heading 1"), ("U2", "Subtitle"))
    )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {W}><w:body>{made}{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        }
    )


def _paragraph(paragraph: str | tuple[str, str]) -> str:
    text, style = paragraph if isinstance(paragraph, tuple) else (paragraph, "")
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f"<w:p>{properties}<w:r><w:t>{escaped}</w:t></w:r></w:p>"


def odt(more: str = "") -> bytes:
    text = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    office = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    content = (
        f"<office:document-content {office} {text}><office:body><office:text>"
        '<text:h text:outline-level="1">Nets torn at sea</text:h><text:p>By Ann Bell</text:p>'
        "<text:p>Boats came<text:s text:c='2'/>home <text:span>empty</text:span>, crews said."
        "<text:note><text:p>A note.</text:p></text:note></text:p>"
        f"{more}</office:text></office:body></office:document-content>"
    )
    mimetype = zipfile.ZipInfo("mimetype")
    return zipped(
        {mimetype: "application/vnd.oasis.opendocument.text", "content.xml": content}, packed=False
    )


def parquet(rows: Mapping[str, Sequence[Any]]) -> bytes:
    import pyarrow
    from pyarrow import parquet as files

    out = io.BytesIO()
    files.write_table(pyarrow.table(dict(rows)), out)
    return out.getvalue()


def tar(members: Mapping[str, bytes | None], *, packed: bool = True) -> bytes:
    """A tar; a member without bytes is a link."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz" if packed else "w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data or b"")
            if data is None:
                info.type, info.linkname = tarfile.SYMTYPE, "/etc/hostname"
            archive.addfile(info, io.BytesIO(data or b""))
    return out.getvalue()


def warc(pages: Mapping[str, str], *, kind: str = "text/html; charset=utf-8") -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for url, page in pages.items():
        headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.0")
        record = writer.create_warc_record(
            *(url, "response"),
            payload=io.BytesIO(page.encode()),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2019-03-05T10:00:00Z"},
        )
        writer.write_record(record)
    return out.getvalue()


def examples() -> dict[str, bytes]:
    """A whole file of each format, by a name with its suffix."""
    lines = [
        {"title": "Nets", "text": "Boats came home."},
        {"title": "Bells", "text": "They rang."},
    ]
    return {
        "old.txt": example("lexisnexis-txt").encode(),
        "proquest.txt": example("proquest").encode(),
        "nexis.docx": docx(NEXIS),
        "story.rtf": RTF,
        "story.odt": odt(),
        "page.html": PAGE.encode(),
        "factiva.html": FACTIVA.encode(),
        "table.csv": TABLE.encode(),
        "lines.jsonl": "\n".join(map(json.dumps, lines)).encode(),
        "array.json": json.dumps(lines).encode(),
        "table.parquet": parquet({"text": ["Boats came home.", "They rang."]}),
        "box.zip": zipped({"a.txt": "Boats came home.", "b/c.html": PAGE}),
        "box.tar.gz": tar({"a.txt": b"Boats came home."}),
        "one.txt.gz": gzip.compress(b"Boats came home."),
        "crawl.warc.gz": warc({"https://lantern.example/nets": PAGE}),
    }
