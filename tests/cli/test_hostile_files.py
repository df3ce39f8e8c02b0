"""Files made to do harm, beside a good one: one clear line each, and the batch goes on."""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from newsmine.index import open_index
from tests.cli.conftest import ARTICLE, Run
from tests.ingest.pdfs import At, locked_pdf, pdf
from tests.ingest.readers import made
from tests.ingest.readers.alto_files import alto, area, block, line, mets, page, simple
from tests.ingest.test_ocr import huge_png

SECRET = "Vesper Quillon"
"""Stands only in a file outside the folder."""

GOOD = ARTICLE.format(
    headline="League counts reports", figure="1,200", speaker="Ann Lee", organisation="Hearthlight"
)
STORY = GOOD.replace("Ann Lee", "Bo Marsh")

TENFOLD = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghi"))
BOMB = f'<!DOCTYPE x [<!ENTITY a "boom boom ">{TENFOLD}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "../canary.txt">]>'


def declared(data: bytes, doctype: str) -> bytes:
    """The file with a document type, and its entity in place of a word."""
    at = data.index(b"?>") + 2 if b"?>" in data else 0
    return data[:at] + doctype.encode() + data[at:].replace(b"Ann", b"&i;")


PAGE = simple("Ann Lee said so.")
WORD = "word/document.xml"


def word(doctype: str) -> bytes:
    """A Word document whose XML has a document type."""
    with zipfile.ZipFile(io.BytesIO(made.docx(["Ann Lee said so."]))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return made.zipped({**members, WORD: declared(members[WORD], doctype)})


def linked_tar() -> bytes:
    """A TAR of a link to the canary, and of a hard link to it."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in (("soft.txt", tarfile.SYMTYPE), ("hard.txt", tarfile.LNKTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "../canary.txt"
            archive.addfile(info)
    return out.getvalue()


def lying_zip() -> bytes:
    """A ZIP that says of a bomb that it is small."""
    data = bytearray(made.zipped({"bomb.txt": b"0" * (64 << 20)}))
    for magic, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(magic) + place
        data[at : at + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


def nested_zip() -> bytes:
    data = made.zipped({"a.txt": STORY})
    for _ in range(9):
        data = made.zipped({"in.zip": data})
    return data


TEXT_PDF = pdf([At(50, 700, "Ann Lee said so on Monday, and nobody was there.")])

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "cut.pdf": (lambda: TEXT_PDF[: len(TEXT_PDF) // 2], "damaged or incomplete PDF"),
    "head.pdf": (lambda: TEXT_PDF[:9], "damaged or incomplete PDF"),
    "locked.pdf": (locked_pdf, "locked with a password"),
    "broken.xml": (lambda: PAGE[:-30], "broken XML at line"),
    "swapped.alto": (lambda: PAGE.replace(b"</String>", b"</SP>")[:-9], "broken XML at line"),
    "bomb.xml": (lambda: declared(PAGE, BOMB), "declares XML entities"),
    "outside.xml": (lambda: declared(PAGE, OUTSIDE), "declares XML entities"),
    "bomb.docx": (lambda: word(BOMB), "declares XML entities"),
    "outside.docx": (lambda: word(OUTSIDE), "declares XML entities"),
    "wall.png": (lambda: huge_png(20_000, 15_000), "too large an image"),
    "bomb.zip": (lambda: made.zipped({"a.txt": b"0" * (64 << 20)}), "zip bomb"),
    "lying.zip": (lying_zip, "damaged"),
    "nested.zip": (nested_zip, "archives deep"),
    "bomb.txt.gz": (lambda: gzip.compress(b"0" * (64 << 20)), "far too much"),
    "climbs.zip": (lambda: made.zipped({"../canary.txt": STORY}), "leads out of the archive"),
    "root.zip": (lambda: made.zipped({"/etc/hostname.txt": STORY}), "leads out of the archive"),
    "link.zip": (lambda: made.zipped({made.link("a.txt"): "../canary.txt"}), "is a link"),
    "locked.zip": (lambda: made.encrypted(made.zipped({"a.txt": STORY})), "is encrypted"),
    "cut.zip": (lambda: made.zipped({"a.txt": STORY})[:60], "damaged or cut short"),
    "climbs.tar": (lambda: made.tar({"../canary.txt": STORY.encode()}), "leads out of the archive"),
    "links.tar": (linked_tar, "is a link"),
    "issue.mets": (
        lambda: mets(f'<div TYPE="ARTICLE">{area(1, "b1")}</div>', ["../canary.xml"]),
        "outside its folder",
    ),
    "deep.jsonl": (lambda: b"[" * 200_000, "broken JSON"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """``in``: a good article; beside the folder, what nobody may read."""
    made_folder = tmp_path / "in"
    made_folder.mkdir()
    (made_folder / "good.txt").write_text(GOOD, encoding="utf-8")
    canary = GOOD.replace("Ann Lee", SECRET)
    (tmp_path / "canary.txt").write_text(canary, encoding="utf-8")
    (tmp_path / "canary.xml").write_bytes(alto(page(block(line(f"{SECRET} said so.", 0)))))
    return made_folder


@pytest.mark.parametrize("name", HOSTILE)
def test_the_batch_goes_on(newsmine: Run, folder: Path, name: str) -> None:
    """The index holds the good article; the file is listed with a reason and a remedy."""
    make, reason = HOSTILE[name]
    (folder / name).write_bytes(make())
    done = newsmine("build", "in", "-o", "news.db", COLUMNS="4000")
    assert done.returncode == 3
    listed = [line for line in done.stderr.splitlines() if name in line]
    assert listed, done.stderr
    assert all(re.search(reason, line) for line in listed)
    assert all(len(re.split(r" {2,}", line.strip())) == 3 for line in listed), "file, why, what"
    assert texts(folder.parent / "news.db") == ["good.txt"]


def texts(path: Path) -> list[str]:
    """The names of an index's articles; none may hold what lies outside."""
    with open_index(path) as index:
        found = list(index.articles())
        assert not any(SECRET in index.article(entry.id).text for entry in found)
    return sorted(Path(entry.path).name for entry in found)


def test_one_line_names_file_reason_and_remedy(newsmine: Run, folder: Path) -> None:
    for name, (make, _) in HOSTILE.items():
        (folder / name).write_bytes(make())
    done = newsmine("extract", "in", "--format", "jsonl")
    assert done.returncode == 3
    said = done.stderr.splitlines()
    assert len(said) == len(HOSTILE) + 1, "a link and a hard link in one TAR"
    for name, (_, reason) in HOSTILE.items():
        line = next(line for line in said if f"in/{name}" in line)
        assert re.search(rf"({reason}).*\. \w.+\.$", line), line
    assert len(done.stdout.splitlines()) == 1
    assert SECRET not in done.stdout


def test_none_of_them_is_an_article(newsmine: Run, folder: Path) -> None:
    """Named outright, without a good one beside: nothing comes out, and the exit code says so."""
    for name, (make, _) in HOSTILE.items():
        (folder / name).write_bytes(make())
    done = newsmine("extract", *(f"in/{name}" for name in HOSTILE), "--format", "jsonl")
    assert (done.returncode, done.stdout) == (3, "")


def test_nothing_is_left_on_the_disk(newsmine: Run, folder: Path) -> None:
    for name, (make, _) in HOSTILE.items():
        (folder / name).write_bytes(make())
    (folder / "zz.txt").write_text(GOOD.replace("1,200", "1,300"), encoding="utf-8")
    before = {*folder.parent.rglob("*")}
    assert newsmine("build", "in", "-o", "news.db").returncode == 3
    assert texts(folder.parent / "news.db") == ["good.txt", "zz.txt"]
    assert {*folder.parent.rglob("*")} - before == {folder.parent / "news.db"}


def test_a_link_in_the_folder_is_the_users_own(newsmine: Run, folder: Path) -> None:
    """What the user lays there is read; only what a stranger's file names is not."""
    (folder / "mine.txt").symlink_to(folder.parent / "canary.txt")
    done = newsmine("extract", "in", "--format", "jsonl")
    assert done.returncode == 0
    assert SECRET in done.stdout
