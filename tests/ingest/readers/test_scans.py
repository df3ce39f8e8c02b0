"""Real scans beside the checkout: every word leads back to its box; the issue is as METS says."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from newsmine.ingest import find_inputs
from tests.ingest.readers.checks import astray, printed, raw_of, read

DATA = Path(os.environ.get("NEWSMINE_DATA", Path(__file__).parents[3] / ".." / "shared" / "data"))
SCANS = DATA / "scans"
ISSUE = SCANS / "mets-alto-1824" / "0002647_18240217_mets.xml"
needs_data = pytest.mark.skipif(not SCANS.is_dir(), reason="the data folder is not there")
FILES = sorted(SCANS.glob("*/*.xml")) if SCANS.is_dir() else []


@needs_data
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_word_number_and_mark_reaches_a_box_that_reads_the_same(path: Path) -> None:
    for article in read(path.read_bytes(), path):
        assert astray(article) == []
        assert raw_of(article).pages
        assert printed(article)


@needs_data
@pytest.mark.parametrize("path", [f for f in FILES if f != ISSUE], ids=lambda path: path.name)
def test_no_word_of_a_page_is_lost(path: Path) -> None:
    from lxml import etree

    root = etree.parse(path).getroot()
    strings = [e.get("CONTENT") for e in root.iter("{*}String", "{*}HYP")]
    contents = strings or [e.text or "" for e in root.iter("{*}Unicode")]
    read_as = "".join(raw_of(article).raw_text for article in read(path.read_bytes(), path))
    assert sorted("".join("".join(contents).split())) == sorted("".join(read_as.split()))


def structure() -> dict[str, list[str]]:
    """The words of each article, straight from the issue's METS and ALTO files."""
    from lxml import etree

    root = etree.parse(ISSUE).getroot()
    href = "{http://www.w3.org/1999/xlink}href"
    divisions = {e.get("ID"): e for e in root.iter("{*}div")}
    files = root.iter("{http://www.loc.gov/METS/}file")
    pages = {file.get("ID"): place.get(href) for file in files for place in file}
    words: dict[str, list[str]] = {}
    for group in root.iter("{*}smLinkGrp"):
        article, *areas = (e.get(href)[1:] for e in group.iter("{*}smLocatorLink"))
        if divisions[article].get("TYPE") == "ISSUE":
            continue
        for name in areas:
            area = next(e for e in divisions[name].iter("{*}area") if e.get("BEGIN"))
            words.setdefault(article, []).extend(_between(pages[area.get("FILEID")], area))
    return words


def _between(page: str, area: Any) -> list[str]:
    names, texts = _strings(page)
    return texts[names.index(area.get("BEGIN")) : names.index(area.get("END")) + 1]


@cache
def _strings(page: str) -> tuple[list[str], list[str]]:
    """The IDs and texts of a page's strings, hyphens with the string before them."""
    from lxml import etree

    names: list[str] = []
    texts: list[str] = []
    for element in etree.parse(ISSUE.parent / page).getroot().iter("String", "HYP"):
        if element.tag == "HYP":
            texts[-1] += element.get("CONTENT")
        else:
            names.append(element.get("ID"))
            texts.append(element.get("CONTENT"))
    return names, texts


@needs_data
def test_the_issue_is_as_its_structure_says() -> None:
    expected = structure()
    articles = {a.path.rpartition("#")[2]: a for a in read(ISSUE.read_bytes(), ISSUE)}
    outside = {part for part, a in articles.items() if "outside articles" in a.flags}
    assert set(articles) - outside == set(expected)
    assert outside == {"p1-rest"}
    assert {part: printed(articles[part]) for part in expected} == expected
    assert {(a.outlet, a.published) for a in articles.values()} == {("The Statesman", "1824-02-17")}
    assert {part for part, a in articles.items() if "advert" in a.flags} == {"sect0001"}


@needs_data
def test_a_folder_of_scans_gives_each_page_once() -> None:
    assert find_inputs([ISSUE.parent]) == [ISSUE]
