"""References as reference managers read them: strict readers of our own, and others' if there."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmine.export import export
from newsmine.export.bibtex import escaped
from newsmine.export.references import Author, Reference, author, one_line, reference
from newsmine.index import Index, open_index
from newsmine.types import Byline, Extraction
from tests.export.indexes import HOSTILE, NAMES, PAIRS, index_of
from tests.factories import make_article

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
UNESCAPED = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{sign}": sign for sign in "&%$#_"},
}
TEX = re.compile("|".join(map(re.escape, UNESCAPED)))


def plain(value: str) -> str:
    """What TeX prints: each special sign must have been escaped."""
    assert not re.search(r"(?<!\\)[&%$#_]|[~^]", value), value
    return TEX.sub(lambda match: UNESCAPED[match[0]], value)


def read_bibtex(text: str) -> list[dict[str, str]]:
    """A strict reader: balanced braces as BibTeX counts them, one entry after the other."""
    entries, place = [], 0
    while place < len(text):
        head = re.compile(r"@article\{([A-Za-z0-9-]+),\n").match(text, place)
        assert head, text[place : place + 80]
        fields, place = {"key": head[1]}, head.end()
        while not text.startswith("}\n\n", place):
            name = re.compile(r"  ([a-z0-9-]+) = ").match(text, place)
            assert name, text[place : place + 80]
            assert name[1] not in fields
            value, place = bibtex_value(text, name.end())
            fields[name[1]] = value
        place += 3
        entries.append(fields)
    return entries


def bibtex_value(text: str, place: int) -> tuple[str, int]:
    if month := re.compile(r"([a-z]{3}),\n").match(text, place):
        return month[1], month.end()
    assert text[place] == "{"
    depth, end = 0, place
    while True:
        depth += {"{": 1, "}": -1}.get(text[end], 0)
        end += 1
        if not depth:
            break
    assert text.startswith(",\n", end)
    return text[place + 1 : end - 1], end + 2


def split_authors(value: str) -> list[Author]:
    """Authors as BibTeX parts them: at " and " outside braces, then at the comma."""
    names, depth, start = [], 0, 0
    for place, character in enumerate(value):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if not depth and value[place : place + 5].lower() == " and ":
            names.append(value[start:place])
            start = place + 5
    names.append(value[start:])
    return [one_author(name) for name in names]


def one_author(name: str) -> Author:
    if name.startswith("{") and name.endswith("}"):
        return Author(plain(name[1:-1]))
    family, given = name.split(", ")
    return Author(plain(family), plain(given))


def as_expected(entry: dict[str, str], expected: Reference) -> None:
    assert entry["key"] == expected.key
    title = entry.get("title")
    assert (plain(title[1:-1]) if title else None) == expected.title
    journal = entry.get("journal")
    assert (plain(journal) if journal else None) == expected.outlet
    authors = split_authors(entry["author"]) if "author" in entry else []
    assert tuple(authors) == expected.authors
    date = tuple(int(part) for part in entry.get("date", "").split("-") if part)
    assert date == expected.date
    assert entry.get("year") == (f"{date[0]:04}" if date else None)
    assert entry.get("month") == (MONTHS[date[1] - 1] if len(date) > 1 else None)
    assert plain(entry["newsmine-path"]) == expected.path


def read_ris(data: bytes) -> list[list[tuple[str, str]]]:
    """A strict reader: a tag, two blanks, a hyphen, a blank; each record from TY to ER."""
    records: list[list[tuple[str, str]]] = []
    for line in data.decode("utf-8").split("\r\n"):
        if not line:
            continue
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - ([^\n\r]*)", line)
        assert match, line
        if match[1] == "TY":
            records.append([])
        records[-1].append((match[1], match[2]))
    assert all((record[0][0], record[-1]) == ("TY", ("ER", "")) for record in records)
    return records


def expected_of(index: Index) -> list[Reference]:
    return [reference(index.article(entry.id).article) for entry in index.articles()]


def check_all(index: Index, folder: Path) -> None:
    """All three formats hold all references."""
    expected = expected_of(index)
    for name, to in (("a.bib", None), ("a.ris", None), ("a.json", "csl-json")):
        assert export(index, folder / name, to=to) == len(expected)
    entries = read_bibtex((folder / "a.bib").read_bytes().decode("utf-8"))
    for entry, wanted in zip(entries, expected, strict=True):
        as_expected(entry, wanted)
    for record, wanted in zip(read_ris((folder / "a.ris").read_bytes()), expected, strict=True):
        as_expected_in_ris(record, wanted)
    items = json.loads((folder / "a.json").read_bytes())
    for item, wanted in zip(items, expected, strict=True):
        as_expected_in_csl(item, wanted)


def as_expected_in_ris(record: list[tuple[str, str]], expected: Reference) -> None:
    fields = dict(record)
    assert fields["TY"] == "NEWS"
    assert fields["ID"] == expected.key
    assert fields.get("TI") == expected.title
    assert fields.get("T2") == expected.outlet
    assert fields["N1"] == f"Read from {expected.path}"
    date = tuple(int(part) for part in fields.get("DA", "").split("/") if part)
    assert date == expected.date
    assert fields.get("DA", "///").count("/") == 3
    names = [value for tag, value in record if tag == "AU"]
    wanted = [
        a.family.replace(",", ";") if a.given is None else f"{a.family}, {a.given}"
        for a in expected.authors
    ]
    assert names == wanted


def as_expected_in_csl(item: dict[str, Any], expected: Reference) -> None:
    allowed = {"id", "type", "title", "container-title", "author", "issued", "custom"}
    assert item.keys() <= allowed
    assert (item["id"], item["type"]) == (expected.key, "article-newspaper")
    assert item.get("title") == expected.title
    assert item.get("container-title") == expected.outlet
    dates = item.get("issued", {"date-parts": [[]]})["date-parts"]
    assert dates == [list(expected.date)]
    names = [
        Author(n["literal"]) if "literal" in n else Author(**n) for n in item.get("author", [])
    ]
    assert tuple(names) == expected.authors


def test_articles(index: Index, tmp_path: Path) -> None:
    check_all(index, tmp_path)
    text = (tmp_path / "a.bib").read_text(encoding="utf-8")
    assert "author = {Penn, Jo and van der Reed, Al}" in text
    assert "date = {2018-05},\n  year = {2018},\n  month = may" in text
    assert "date = {2017},\n  year = {2017},\n  entry" in text
    ris = (tmp_path / "a.ris").read_bytes().decode()
    assert "DA  - 2018/05//\r\n" in ris
    assert "DA  - 2017///\r\n" in ris
    (item, _) = json.loads((tmp_path / "a.json").read_bytes())
    assert item["issued"] == {"date-parts": [[2018, 5]]}
    assert item["custom"]["path"] == "a/lantern.txt"


def test_hostile_articles(hostile_index: Index, tmp_path: Path) -> None:
    check_all(hostile_index, tmp_path)


@settings(max_examples=30)
@given(PAIRS)
def test_any_articles(
    tmp_path_factory: pytest.TempPathFactory, pair: tuple[Extraction, Extraction]
) -> None:
    folder = tmp_path_factory.mktemp("references")
    with open_index(index_of(folder / "x.db", *pair)) as index:
        check_all(index, folder)


def test_others_read_bibtex(index: Index, hostile_index: Index, tmp_path: Path) -> None:
    bibtexparser = pytest.importorskip("bibtexparser", minversion="2")
    for source in (index, hostile_index):
        count = export(source, tmp_path / "a.bib")
        library = bibtexparser.parse_file(str(tmp_path / "a.bib"))
        assert len(library.entries) == count
        assert library.failed_blocks == []


def test_others_read_ris(index: Index, tmp_path: Path) -> None:
    rispy = pytest.importorskip("rispy")
    export(index, tmp_path / "a.ris")
    first, second = rispy.loads((tmp_path / "a.ris").read_text(encoding="utf-8"))
    assert first["authors"] == ["Penn, Jo", "van der Reed, Al"]
    assert (first["title"], second["year"]) == ("Reports rise", "2017")


@settings(max_examples=200)
@given(st.text())
def test_tex_prints_the_text(text: str) -> None:
    value = escaped(text)
    assert plain(value) == text
    assert value.count("{") == value.count("}")


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Jo Penn", "Penn", "Jo"),
        ("Jo Ann Penn", "Penn", "Jo Ann"),
        ("Al van der Reed", "van der Reed", "Al"),
        ("Al Reed Jr", "Reed Jr", "Al"),
        ("Zoë O’Brien", "O’Brien", "Zoë"),
        ("Jo Penn-Reed", "Penn-Reed", "Jo"),
        ("Lantern", "Lantern", None),
        ("Daily Lantern Reporter", "Daily Lantern Reporter", None),
        ("Jo Penn and Al Reed", "Jo Penn and Al Reed", None),
        ("PENN AND SONS", "PENN AND SONS", None),
        ("Penn, Jo", "Penn, Jo", None),
        ("Andy Sandison", "Sandison", "Andy"),
        ("The Listener", "The Listener", None),
        ("Thea Listener", "Listener", "Thea"),
        ("van Reed", "Reed", "van"),
    ],
)
def test_authors(name: str, family: str, given: str | None) -> None:
    assert author(name) == Author(family, given)


ENTRIES = tomllib.loads(
    files("newsmine.data").joinpath("export_bylines.toml").read_text(encoding="utf-8")
)["word"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["match"]))
def test_desks_and_agencies(entry: dict[str, Any]) -> None:
    assert author(entry["match"]).given is None
    assert author(entry["never"]).given is not None
    for word in entry["words"]:
        assert author(f"Lantern {word.upper()}").given is None


@settings(max_examples=200)
@given(NAMES, NAMES)
def test_keys_are_unique_and_stable(one: str, other: str) -> None:
    first, second = (reference(make_article(id=ident)).key for ident in (one, other))
    assert re.fullmatch("[A-Za-z0-9-]+", first)
    assert (first == second) == (one == other)


def test_a_usual_id_is_its_key() -> None:
    assert reference(make_article(id="lantern-1a2b3c4d5e6f")).key == "lantern-1a2b3c4d5e6f"
    assert reference(make_article(id="x" * 500)).key != reference(make_article(id="x" * 501)).key


@pytest.mark.parametrize("text", HOSTILE)
def test_one_line(text: str) -> None:
    line = one_line(f" {text}\n")
    assert len(line.splitlines()) <= 1
    assert line.isprintable() or "\u202e" in line


@pytest.mark.parametrize(
    ("published", "date"),
    [
        ("1900-00", (1900,)),
        ("1900-13-01", (1900,)),
        ("1900-12-40", (1900, 12)),
        ("0000", ()),
        ("soon", ()),
        ("", ()),
        ("2018-5", ()),
        ("２０１８", ()),
    ],
)
def test_a_date_that_is_none(published: str, date: tuple[int, ...]) -> None:
    found = reference(make_article(published=published, bylines=(Byline(" "),)))
    assert found.date == date
    assert found.authors == ()
