"""Whatever bytes come: articles, or errors in words; never a crash."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsmine.errors import ReadError
from newsmine.ingest.readers import read_raw
from newsmine.types import RawArticle
from tests.ingest.readers.made import examples

EXAMPLES = examples()
HEADERS = (
    b"PK\x03\x04",
    b"{\\rtf1 ",
    b"\x1f\x8b\x08",
    b"PAR1",
    b"WARC/1.0\r\n",
    b"<html>",
    b'[{"text":',
)


def read(data: bytes, path: str) -> list[RawArticle]:
    """The articles; every error has to name the file and say what to do."""
    articles: list[RawArticle] = []
    errors: list[ReadError] = []
    try:
        for item in read_raw(data, path):
            (articles if isinstance(item, RawArticle) else errors).append(item)  # type: ignore[arg-type]
    except ReadError as error:
        errors.append(error)
    assert all(error.thing.startswith(path) and error.remedy for error in errors)
    for article in articles:
        spans = [zone.span for zone in article.given.zones]
        assert all(0 <= a < b <= len(article.raw_text) for a, b in spans)
    assert articles or errors
    return articles


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_whole_file_is_read(name: str) -> None:
    assert read(EXAMPLES[name], name)


@pytest.mark.parametrize("name", EXAMPLES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_changed_bytes(name: str, data: st.DataObject) -> None:
    changed = bytearray(EXAMPLES[name])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at] = data.draw(st.integers(0, 255))
    read(bytes(changed), name)


@pytest.mark.parametrize("name", EXAMPLES)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_cut_and_doubled(name: str, data: st.DataObject) -> None:
    whole = EXAMPLES[name]
    a, b = sorted(data.draw(st.tuples(*[st.integers(0, len(whole))] * 2)))
    read(whole[:a] + data.draw(st.sampled_from((b"", whole[a:b] * 2))) + whole[b:], name)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    start=st.sampled_from(HEADERS),
    rest=st.binary(max_size=200),
    name=st.sampled_from(sorted(EXAMPLES)),
)
def test_rubbish_under_a_good_beginning(start: bytes, rest: bytes, name: str) -> None:
    read(start + rest, name)
