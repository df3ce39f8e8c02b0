"""Pages and what a file says of its article: in the index and out again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.index import create_index, migrations, open_index
from newsmine.index.pages import given_json, given_of, page_rows, pages_of
from newsmine.types import Byline, Given, Page, RawArticle, Word, Zone
from tests.factories import make_article, make_extraction

TEXT = "“We must act to-\nday,” said Ann Lee."
PAGE = Page(
    width=620.5,
    height=877,
    unit="pt",
    words=(
        ((0, 3), Word("“We", (10, 20, 42.5, 31), 0.93)),
        # Half of a word: the engine knows the whole one.
        ((12, 16), Word("today", (60, 20, 80, 31), None)),
    ),
    image="scans/lantern-3.png",
    number=3,
)
GIVEN = Given(
    outlet="The Lantern",
    published="2019-05",
    bylines=(Byline("Ann Lee", None),),
    zones=(Zone((0, 4), "headline"),),
    flags=("segmented",),
)
RAW = RawArticle(TEXT, "lantern.xml#2", "alto", "0" * 64, (PAGE,), GIVEN)


def test_pages_and_what_was_given_come_out_as_they_went_in(tmp_path: Path) -> None:
    extraction = make_extraction(TEXT, path=RAW.path, raw=RAW, quotes=[("“We must", None)])
    with create_index(tmp_path / "a.db") as index:
        index.add(extraction)
        assert index.article(extraction.article.id).extraction == extraction


def test_a_word_moved_on_the_page_is_another_article(tmp_path: Path) -> None:
    moved = replace(RAW, pages=(replace(PAGE, words=PAGE.words[:1]),))
    with create_index(tmp_path / "a.db") as index:
        assert index.add(make_extraction(TEXT, path=RAW.path, raw=RAW)) == "added"
        assert index.add(make_extraction(TEXT, path=RAW.path, raw=moved)) == "replaced"
        assert index.add(make_extraction(TEXT, path=RAW.path, raw=moved)) == "unchanged"


def test_articles_of_one_file_stand_side_by_side(tmp_path: Path) -> None:
    with create_index(tmp_path / "a.db") as index:
        for part in ("export.docx#1", "export.docx#2"):
            text = f"Hearthlight wrote {part}."
            assert index.add(make_extraction(text, path=part)) == "added"
        assert [entry.path for entry in index.articles()] == ["export.docx#1", "export.docx#2"]


def test_an_index_of_the_first_form_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.db"
    first = {1: migrations._migrations()[1]}
    with closing(sqlite3.connect(path, isolation_level=None)) as old, monkeypatch.context() as then:
        then.setattr(migrations, "_migrations", lambda: first)
        migrations.bring_up_to_date(old)
        old.execute(
            """INSERT INTO articles (id, path, text, raw_text, sha256, reader, alignment, zones,
            flags, model, newsmine, settings, digest) VALUES ('a-1', 'a.txt', 'Old.', 'Old.', '0',
            'text', '{"rules":[],"edits":[4]}', '[]', '[]', 'm', '0.1.0', '{}', 'd')"""
        )
    with open_index(path) as index:
        raw = index.article("a-1").article.raw
        assert raw == RawArticle("Old.", "a.txt", "text", "0")
        assert index.info().form == migrations.LATEST


def test_nothing_given_is_stored_as_nothing() -> None:
    assert given_json(make_article().raw) is None
    assert given_of(None) == Given()


lengths = st.floats(-1e6, 1e6)
words = st.lists(
    st.tuples(
        st.tuples(st.integers(0, 20), st.integers(20, 40)),
        st.builds(
            Word,
            st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
            st.tuples(lengths, lengths, lengths, lengths),
            st.one_of(st.none(), st.floats(0, 1)),
        ),
    ),
    max_size=4,
).map(tuple)
pages = st.builds(Page, lengths, lengths, st.sampled_from(["px", "pt", "mm10"]), words)


@given(st.lists(pages, max_size=3).map(tuple), st.text(max_size=50))
def test_any_page_comes_out_as_it_went_in(pages: tuple[Page, ...], text: str) -> None:
    raw = replace(RAW, raw_text=text, pages=pages)
    rows = page_rows(raw)
    assert pages_of(rows, text) == pages


@given(st.builds(Given, st.none() | st.text(min_size=1), flags=st.lists(st.text()).map(tuple)))
def test_anything_given_comes_out_as_it_went_in(given: Given) -> None:
    assert given_of(given_json(replace(RAW, given=given))) == given
