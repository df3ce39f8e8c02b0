"""Badly scanned articles by year, quickly, in older indexes too; whose names stand beside whose."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from newsmine.index import Index, create_index, migrations
from newsmine.ingest.quality import LOW_QUALITY
from tests.factories import make_extraction, make_speaker
from tests.index.conftest import in_a_file, make_older

POOR = "SELECT published FROM articles WHERE instr(flags, '\"low quality\"') > 0"


def add_poor(index: Index) -> None:
    for n, flags in enumerate([(LOW_QUALITY,), ("capital lead", LOW_QUALITY), ("capital lead",)]):
        text = f"Number {n} says nothing of low quality."
        index.add(make_extraction(text, path=f"{n}.txt", published="2019-01", flags=flags))


@in_a_file
@pytest.mark.parametrize("form", range(1, migrations.LATEST))
def test_an_older_index_tells_poor_years(path: Path, form: int) -> None:
    make_older(path, form)
    with create_index(path) as index:
        add_poor(index)
        assert index.poor_years() == {"2019": 2}


@in_a_file
def test_texts_are_not_read_for_it(path: Path) -> None:
    with create_index(path) as index:
        add_poor(index)
    with closing(sqlite3.connect(path)) as connection:
        ((*_, how),) = connection.execute(f"EXPLAIN QUERY PLAN {POOR}").fetchall()
    assert "USING COVERING INDEX articles_poor" in how or "USING INDEX articles_poor" in how


def test_no_other_name_of_an_organisation_stands_beside_it(path: Path) -> None:
    names = ("Hearthlight", "IWF", "Internet Watch Foundation")
    text = " ".join(f"“We count {n},” said {name}." for n, name in enumerate(names))
    quotes = [
        (f"“We count {n},”", make_speaker(name, type="organisation", organisation=name))
        for n, name in enumerate(names)
    ]
    with create_index(path) as index:
        index.add(make_extraction(text, quotes=quotes))
        assert index.beside("IWF") == (("Hearthlight", 1),)
