"""What each filter finds, and what it must not find."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsmine.errors import QueryError
from newsmine.export.extraction import to_dict
from newsmine.index import CLAIM_COLUMNS, QUOTE_COLUMNS, Index, IndexSize, create_index
from newsmine.types import Extraction
from tests.factories import make_extraction, make_speaker
from tests.index.conftest import courier, in_a_file, lantern, times

REST, CARE = "“Nobody counts the rest,”", "verification was “a duty of care”"
DUTY, VERIFY, APPEAL = "“Reporting is a duty,”", "“We verify,”", "it would appeal"


def said(index: Index, **filters: Any) -> set[str]:
    return {row["quote"] for row in index.iter_quotes(**filters)}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {REST, CARE, DUTY, VERIFY, APPEAL}),
        ({"org": "hearthlight"}, {REST, DUTY}),
        ({"org": "the HEARTHLIGHT"}, {REST, DUTY}),
        ({"org": "office for calm"}, {CARE}),
        ({"org": "calm, office for"}, set()),
        ({"org": "hearth"}, set()),
        ({"org": "cafe metal"}, {APPEAL}),
        ({"org": "met"}, set()),
        ({"speaker": "lee"}, {REST, DUTY}),
        ({"speaker": "ann LEE"}, {REST}),
        ({"speaker": "Ann B Lee"}, set()),
        ({"outlet": "daily lantern"}, {REST, CARE}),
        ({"outlet": "The Courier"}, {DUTY, VERIFY}),
        ({"kind": "indirect"}, {CARE, APPEAL}),
        ({"text": "duty"}, {CARE, DUTY}),
        ({"text": "reports"}, {DUTY}),
        ({"text": '"duty of care"'}, {CARE}),
        ({"text": "“duty of care”"}, {CARE}),
        ({"text": '"care of duty"'}, set()),
        ({"text": "care duty"}, {CARE}),
        ({"text": "verif*"}, {CARE, VERIFY}),
        ({"text": "duty NOT care"}, set()),
        ({"text": "duty -"}, {CARE, DUTY}),
        ({"org": "hearthlight", "text": "duty", "since": 2019}, {DUTY}),
    ],
)
def test_filters(index: Index, filters: dict[str, Any], expected: set[str]) -> None:
    assert said(index, **filters) == expected
    assert index.count("quotes", **filters) == len(expected)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2018-05-03", None, {"lantern", "courier"}),
        ("2018-05-04", None, {"courier"}),
        ("2018-05", "2018-05", {"lantern"}),
        (2018, 2018, {"lantern"}),
        (None, "2018", {"lantern"}),
        (None, "2019", {"lantern", "courier"}),
        # The Courier is of some day in 2019.
        ("2019-06-30", None, {"courier"}),
        ("2019-06", "2019-06-02", {"courier"}),
        (None, "2019-01-01", {"lantern", "courier"}),
        ("2020", None, set()),
        (None, "2018-05-02", set()),
    ],
)
def test_dates_are_inclusive_and_may_be_partial(
    index: Index, since: Any, until: Any, expected: set[str]
) -> None:
    rows = index.iter_quotes(since=since, until=until)
    assert {Path(row["path"]).stem for row in rows} == expected


@pytest.mark.parametrize(
    "filters",
    [
        {"since": "2018-13"},
        {"since": "2018-02-30"},
        {"until": "May 2018"},
        {"since": "18"},
        {"since": "2018-5"},
        {"since": "2019-02", "until": "2019-01"},
        {"kind": "spoken"},
        {"sort": "rank"},
        {"sort": "quote; DROP TABLE articles"},
        {"limit": 0},
        {"text": '"duty'},
        {"text": "…"},
        {"text": ""},
        {"text": "word " * 51},
        {"org": " ’ "},
        {"form": "count"},
        {"form": "number"},
    ],
)
def test_a_filter_without_sense_is_refused_at_once(index: Index, filters: dict[str, Any]) -> None:
    with pytest.raises(QueryError):
        index.iter_quotes(**filters)


def test_the_since_of_a_year_may_be_the_until(index: Index) -> None:
    assert said(index, since="2018-05-03", until="2018") == {REST, CARE}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.sampled_from(["text", "org", "speaker", "outlet"]), st.text(min_size=1, max_size=30))
def test_no_text_breaks_a_query(index: Index, name: str, value: str) -> None:
    try:
        found = index.count("quotes", **{name: value})  # type: ignore[arg-type]
    except QueryError:
        return
    assert 0 <= found <= 5


@pytest.mark.parametrize("value", ['" OR 1=1 --', "x' OR 'a'='a", "quote:duty", "duty^2", "a*b*"])
def test_query_languages_are_text(index: Index, value: str) -> None:
    for name in ("text", "org", "speaker"):
        try:
            assert index.count("quotes", **{name: value}) == 0  # type: ignore[arg-type]
        except QueryError:
            assert value.count('"') % 2
    assert index.count("quotes") == 5


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (None, [DUTY, VERIFY, REST, CARE, APPEAL]),
        ("date", [DUTY, VERIFY, REST, CARE, APPEAL]),
        ("outlet", [DUTY, VERIFY, APPEAL, REST, CARE]),
        ("speaker", [REST, DUTY, APPEAL, CARE, VERIFY]),
        ("organisation", [APPEAL, DUTY, REST, CARE, VERIFY]),
    ],
)
def test_order(index: Index, sort: str | None, expected: list[str]) -> None:
    assert [row["quote"] for row in index.iter_quotes(sort=sort)] == expected
    assert [row["quote"] for row in index.iter_quotes(sort=sort, limit=2)] == expected[:2]


def test_rank_prefers_the_text_that_is_more_about_it(index: Index) -> None:
    dense = make_extraction("“Duty, duty.”", path="d.txt", quotes=[("“Duty, duty.”", None)])
    index.add(dense)
    assert next(index.iter_quotes(text="duty", sort="rank"))["quote"] == "“Duty, duty.”"
    assert next(index.iter_quotes(text="duty", sort="date"))["quote"] == DUTY


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"1,200", "20 per cent"}),
        ({"form": "count"}, {"1,200"}),
        ({"counted": "report"}, {"1,200", "20 per cent"}),
        ({"counted": "abuse report"}, {"20 per cent"}),
        ({"counted": '"report abuse"'}, set()),
        ({"org": "hearthlight"}, {"20 per cent"}),
        ({"kind": "direct"}, {"20 per cent"}),
        ({"text": "counted"}, {"1,200", "20 per cent"}),
        ({"text": "verification"}, set()),
    ],
)
def test_claims(index: Index, filters: dict[str, Any], expected: set[str]) -> None:
    assert {row["text"] for row in index.iter_claims(**filters)} == expected


ROLES = ("content", "source", "cue")


@pytest.mark.parametrize("extraction", [lantern(), courier(), times()])
def test_a_quote_row_says_all(index: Index, extraction: Extraction) -> None:
    """The rows of the index and the JSON of the extraction are two views of one thing."""
    record = to_dict(extraction)
    article = record["article"]
    rows = [row for row in index.iter_quotes() if row["article"] == article["id"]]
    for row, found in zip(rows, record["attributions"], strict=True):
        assert row == {
            **{name: found[name] for name in ("quote", "kind", "confidence", "reasons", *ROLES)},
            **{name: found["speaker"][name] for name in ("type", "role", "organisation")},
            **{name: article[name] for name in ("outlet", "published", "headline", "path")},
            **{f"raw_{role}": found["raw"][role] for role in ROLES},
            "speaker": found["speaker"]["name"],
            "byline": "; ".join(b["name"] for b in article["bylines"]) or None,
            "article": article["id"],
            "attribution": found["id"],
            **dict.fromkeys(("checked_by", "correction")),
            **{"checked": "no", "printed": 1, "topics": []},
            "saying": f"{article['id']}/{found['id']}",
        }


def test_a_claim_row_says_all(index: Index) -> None:
    for row, found in zip(index.iter_claims(), to_dict(lantern())["claims"], strict=True):
        same = set(found) - {"id", "raw"}
        assert {name: row[name] for name in same} == {name: found[name] for name in same}
        assert (row["claim"], row["raw_span"]) == (found["id"], found["raw"])
        assert type(row["value"]) is int
        assert row["context"] == "Hearthlight counted 1,200 reports, up 20 per cent."


def test_data_frames_have_their_columns_even_when_empty(index: Index) -> None:
    assert list(index.quotes(org="nobody").columns) == list(QUOTE_COLUMNS)
    assert list(index.claims(org="nobody").columns) == list(CLAIM_COLUMNS)
    frame = index.claims()
    assert pd.api.types.is_numeric_dtype(frame["value"])
    assert sorted(frame["value"]) == [20, 1200]
    assert index.iter_quotes(org="nobody").columns == QUOTE_COLUMNS


def test_why_nothing_was_found(index: Index) -> None:
    emptied = index.which_filter_emptied("quotes", org="nspcx", text="duty", since=2018)
    assert [(f.name, f.alone, f.without) for f in emptied.filters] == [
        ("org", 0, 1 + 1),
        ("since", 4, 0),
        ("text", 2, 0),
    ]
    assert str(emptied) == "No quotes: none in the index has org 'nspcx'. Without org: 2."


def test_filters_that_empty_only_together(index: Index) -> None:
    emptied = index.which_filter_emptied("quotes", org="hearthlight", kind="indirect", limit=3)
    assert str(emptied) == (
        "No quotes pass all filters together; each alone passes: org 'hearthlight' 2, "
        "kind 'indirect' 2. Without org: 2, without kind: 2."
    )


def test_how_much_there_is(index: Index, tmp_path: Path) -> None:
    size, info = index.size(), index.info()
    names = ("articles", "quotes", "claims", "earliest", "latest")
    assert [getattr(size, n) for n in names] == [getattr(info, n) for n in names]
    assert (size.articles, size.quotes, size.claims) == (3, 5, 2)
    assert (size.earliest, size.latest) == ("2018-05-03", "2019")
    with create_index(tmp_path / "empty.db") as empty:
        assert empty.size() == IndexSize(0, 0, 0, None, None)


def test_an_empty_index_says_so(path: Path) -> None:
    with create_index(path) as index:
        assert "holds no claims" in str(index.which_filter_emptied("claims", org="x"))


@in_a_file
def test_plain_sql_works_on_the_file(index: Index, path: Path) -> None:
    """As Datasette would ask: another connection, views by name, no function of ours."""
    other = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        quote = other.execute("SELECT speaker, role, byline FROM quotes WHERE id = 1").fetchone()
        assert quote == ("Ann Lee", "head of policy", "Jo Penn; Al Boo")
        figure = "SELECT text, value, organisation, kind FROM figures WHERE direction = 'up'"
        assert other.execute(figure).fetchone() == ("20 per cent", 20.0, "Hearthlight", "direct")
        by_organisation = """SELECT organisation, count(*) FROM quotes
            WHERE organisation IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"""
        assert other.execute(by_organisation).fetchone() == ("Hearthlight", 2)
        words = "SELECT rowid FROM article_words WHERE article_words MATCH 'phones'"
        assert other.execute(words).fetchall() == [(3,)]
        names = {row[0] for row in other.execute("SELECT name FROM pragma_table_info('quotes')")}
        assert set(QUOTE_COLUMNS) <= names
    finally:
        other.close()


def test_accents_case_and_scripts_of_names(index: Index) -> None:
    for number, name in enumerate(["Ünal Öz", "Ńjeri O’Brien", "王小明", "Łukasz"]):
        text = f"“Yes {number},” it said."
        quotes = [(f"“Yes {number},”", make_speaker(name))]
        index.add(make_extraction(text, path=f"{number}.txt", quotes=quotes))
    expected = {"oz": 1, "njeri": 1, "o'brien": 1, "王小明": 1, "brie": 0}
    assert {name: index.count("quotes", speaker=name) for name in expected} == expected
