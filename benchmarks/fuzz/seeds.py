"""Small valid files of each format, made in code around invented articles."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from zipfile import ZipInfo

from tests.ingest import pdfs
from tests.ingest.readers import alto_files, made, test_hocr, test_page_xml

from newsmine.ingest import lexicon
from newsmine.ingest.readers import READERS


@dataclass(frozen=True)
class Seed:
    """A file to begin with, and the files that lie beside it."""

    name: str
    data: bytes
    beside: Mapping[str, bytes] = field(default_factory=dict)


LINES = (
    "“We counted 1,200 boats, and it’s the har-",
    "bour’s worst year,” said Ann Lee, 41, of",
    "Skerry Watch. By 2 March 2019 it was £2.4m.",
)
PRINTED = "\n".join(LINES)

STORY = f"""The Lantern

2 March 2019

Nets torn at sea

By Ann Bell, Chief Reporter

BOATS came home empty, crews in the harbour said. {" ".join(LINES)}

"It cost 3 per cent more," Mr Lee added. 'Nobody paid.'

- Additional reporting by Jo Pell
"""


@cache
def seeds() -> Mapping[str, Sequence[Seed]]:
    """The seeds of each reader, by the reader's name.

    Raises:
        LookupError: A reader has none: every new one needs some.
    """
    found = {**_pages(), **_documents(), **_tables(), **_archives(), **_texts(), **_pictures()}
    if missing := {reader.name for reader in READERS} - set(found):
        raise LookupError(f"no seeds for {', '.join(sorted(missing))}")
    return found


def _pages() -> dict[str, list[Seed]]:
    numbered = alto_files.alto(
        alto_files.page(
            *(
                alto_files.block(alto_files.line(text, 60 * i, first=10 * i), id=f"b{i}")
                for i, text in enumerate(LINES)
            )
        ),
        image="page.jpg",
    )
    heading = f'<div TYPE="TITLE">{alto_files.area(1, "b0")}</div>'
    division = f'<div TYPE="ARTICLE" ID="a1">{heading}{alto_files.area(1, "w10", "w23")}</div>'
    title = "<mods:titleInfo><mods:title>The Lantern</mods:title></mods:titleInfo>"
    issue = alto_files.mets(
        f'<div TYPE="ISSUE" DMDID="issue">{division}</div>',
        ["1.xml", "2.xml"],
        descriptions=alto_files.described("issue", title),
    )
    order = '<OrderedGroup><RegionRefIndexed index="0" regionRef="r1"/></OrderedGroup>'
    rows = [test_page_xml.line(text, 30 * i) for i, text in enumerate(LINES)]
    page = test_page_xml.page_xml(
        test_page_xml.region(*rows), test_page_xml.region(rows[0], id="r2"), order=order
    )
    printed = [test_hocr.line(text, 30 * i) for i, text in enumerate(LINES)]
    hocr = test_hocr.hocr(test_hocr.page(test_hocr.par(*printed)))
    plain = alto_files.simple(PRINTED, unit="mm10", namespace=alto_files.NAMESPACES[1])
    return {
        "alto": [Seed("lantern.xml", numbered), Seed("old.xml", plain)],
        "mets": [Seed("issue_mets.xml", issue, {"1.xml": numbered, "2.xml": plain})],
        "page": [Seed("page.xml", page)],
        "hocr": [Seed("lantern.hocr", hocr)],
    }


def _documents() -> dict[str, list[Seed]]:
    styled: list[str | tuple[str, str]] = [
        ("Nets torn at sea", "Titel"),
        "By Ann Bell",
        STORY,
        ("Torn again", "U1"),
        *LINES,
    ]
    text = [pdfs.At(50, 700 - 12 * i, line) for i, line in enumerate(STORY.splitlines())]
    return {
        "docx": [Seed("nexis.docx", made.docx(made.NEXIS)), Seed("story.docx", made.docx(styled))],
        "odt": [Seed("story.odt", made.odt())],
        "rtf": [Seed("story.rtf", made.RTF), Seed("table.rtf", _RICH)],
        "html": [Seed("page.html", made.PAGE.encode()), Seed("f.html", made.FACTIVA.encode())],
        "pdf": [
            Seed("text.pdf", pdfs.pdf(text, text)),
            Seed("locked.pdf", pdfs.locked_pdf()),
            Seed("scan.pdf", _saved("PDF", resolution=100)),
        ],
    }


_RICH = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator x;}\uc1\pard Nets \u8220?torn"
    rb"\u8221? at sea\par {\field{\*\fldinst HYPERLINK 1}{\fldrslt By Ann Bell}}\par\trowd a\cell "
    rb"b\cell\row {\pict\pngblip 89504e47}\bin4 abcd \'e9\tab Boats\line home.\par}"
)


def _tables() -> dict[str, list[Seed]]:
    rows = [
        {"id": "n1", "title": "Nets", "text": STORY, "date": "2019-03-02", "author": ["Ann Bell"]},
        {"id": "n2", "title": "Bells", "text": PRINTED, "newspaper": "The Lantern", "n": 1.5},
    ]
    columns: dict[str, list[Any]] = {
        "title": ["Nets", "Bells", None],
        "text": [STORY, PRINTED, ""],
        "n": [1, 2, 3],
    }
    tabs = "title\ttext\tdate\nNets\t" + " ".join(LINES) + "\t02/03/2019\n"
    return {
        "csv": [Seed("table.csv", made.TABLE.encode()), Seed("table.tsv", tabs.encode())],
        "json": [
            Seed("lines.jsonl", "\n".join(map(json.dumps, rows)).encode()),
            Seed("array.json", json.dumps({"articles": rows}, indent=1).encode()),
        ],
        "parquet": [Seed("table.parquet", made.parquet(columns))],
    }


def _archives() -> dict[str, list[Seed]]:
    members: dict[str | ZipInfo, str | bytes] = {
        "a.txt": STORY,
        "b/c.html": made.PAGE,
        "d.csv": made.TABLE,
    }
    inner = made.zipped({"in.txt": STORY})
    stored = {"a.txt": STORY.encode(), "b/c.html": made.PAGE.encode()}
    crawl = made.warc({"https://lantern.example/nets": made.PAGE, "https://l.example/2": made.PAGE})
    return {
        "zip": [
            Seed("box.zip", made.zipped(members)),
            Seed(
                "deep.zip", made.zipped({"e.zip": inner, "f.docx": made.docx(LINES)}, packed=False)
            ),
        ],
        "tar": [
            Seed("box.tar", made.tar(stored, packed=False)),
            Seed("box.tgz", made.tar({**stored, "link.txt": None})),
            Seed("one.txt.gz", gzip.compress(STORY.encode())),
        ],
        "warc": [Seed("crawl.warc", gzip.decompress(crawl)), Seed("crawl.warc.gz", crawl)],
    }


def _texts() -> dict[str, list[Seed]]:
    exports = [str(entry["example"]) for entry in lexicon.load("profiles")["profile"]]
    nexis = "\n".join(made.NEXIS)
    return {
        "press": [Seed(f"{i}.txt", text.encode()) for i, text in enumerate([*exports, nexis])],
        "text": [
            Seed("story.txt", STORY.encode()),
            Seed("dos.txt", STORY.replace("\n", "\r\n").encode("cp1252")),
            Seed("wide.txt", STORY.encode("utf-16")),
            Seed("columns.txt", (PRINTED + "\n\n").encode() * 5),
        ],
    }


def _pictures() -> dict[str, list[Seed]]:
    return {
        "image": [
            Seed(f"page.{kind.lower()}", _saved(kind))
            for kind in ("PNG", "JPEG", "TIFF", "WEBP", "GIF")
        ]
    }


def _saved(kind: str, **options: float) -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("L", (200, 120), 255)
    for i, line in enumerate(LINES):
        ImageDraw.Draw(image).text((5, 10 + 20 * i), line.encode("ascii", "ignore").decode())
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
