"""Printed periods as intervals: the data file's examples, partial dates, what stays open."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.nlp.claims.periods import resolve_period
from newsmine.nlp.numbers.lexicon import read_data

ENTRIES = read_data("claims_periods")["periods"]


def read(period: str, published: str | None) -> list[str]:
    return [str(interval) for interval in resolve_period(period, published)]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["reading"])
def test_the_data_files_examples(entry: dict[str, Any]) -> None:
    assert read(entry["example"], entry["published"]) == entry["intervals"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["reading"])
def test_what_each_pattern_must_not_read(entry: dict[str, Any]) -> None:
    assert read(entry["not"], entry["published"]) != entry["intervals"]


@pytest.mark.parametrize(
    ("period", "published", "intervals"),
    [
        ("in October", "2018-06-12", ["2017-10-01/2017-10-31"]),
        ("by October", "2018-06-12", ["2018-10-01/2018-10-31"]),
        ("in June", "2018-06-12", ["2018-06-01/2018-06-30"]),
        ("in the year to June 2017", None, ["2016-07-01/2017-06-30"]),
        ("between 12 January and 10 February", "2005-02-20", ["2005-01-12/2005-02-10"]),
        ("between November and March last year", "2018-06-12", ["2016-11-01/2017-03-31"]),
        ("in the last school year", "2018-06-12", ["2016-09-01/2017-08-31"]),
        ("the last tax year", "2018-06-12", ["2017-04-06/2018-04-05"]),
        ("in the first half of this year", "2018-09-12", ["2018-01-01/2018-06-30"]),
        ("in the past fortnight", "2018-06-12", []),
        ("in the past year", "2018-06-12", ["2017-06-12/2018-06-12", "2017-01-01/2017-12-31"]),
        ("last week", "2018-06-12", ["2018-06-04/2018-06-10"]),
        ("last month", "2018-01-31", ["2017-12-01/2017-12-31"]),
        ("three months ago", "2018-05-31", ["2018-02-01/2018-02-28"]),
        ("last winter", "2018-06-12", ["2017-12-01/2018-02-28"]),
        ("last winter", "2018-01-12", ["2016-12-01/2017-02-28"]),
        ("on Tuesday", "2018-06-12", ["2018-06-05/2018-06-05"]),
        ("since last year", "2018-06-12", ["2017-01-01/2018-06-12"]),
        ("1999-2004", None, ["1999-01-01/2004-12-31"]),
        ("1999-00", None, ["1999-04-01/2000-03-31", "1999-01-01/2000-12-31"]),
        ("the year before", "2018-06-12", []),
        ("on 31 June", "2018-06-12", []),
    ],
)  # fmt: skip
def test_readings(period: str, published: str | None, intervals: list[str]) -> None:
    assert read(period, published) == intervals


@pytest.mark.parametrize(
    ("period", "published", "intervals"),
    [
        ("last year", "2018", ["2017-01-01/2017-12-31"]),
        ("last month", "2018", []),
        ("last month", "2018-05", ["2018-04-01/2018-04-30"]),
        ("yesterday", "2018-05", []),
        ("in March", None, []),
        ("last year", None, []),
        ("since 2015", None, []),
        ("since 2015", "2018-05", ["2015-01-01/2018-05-31"]),
        ("in 2015", None, ["2015-01-01/2015-12-31"]),
    ],
)
def test_a_partial_date_resolves_what_it_can(
    period: str, published: str | None, intervals: list[str]
) -> None:
    assert read(period, published) == intervals


@given(st.sampled_from([e["example"] for e in ENTRIES]), st.dates())
def test_every_interval_begins_before_it_ends(period: str, day: Any) -> None:
    for interval in resolve_period(period, day.isoformat()):
        assert interval.start <= interval.end
