"""Labels out of tables as people save them, with texts from wherever they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsmine.errors import QueryError
from newsmine.index import Index
from newsmine.index.topics.labels import read_table, samples
from newsmine.index.topics.training import Sample


def table(tmp_path: Path, content: str | bytes) -> list[dict[str, str]]:
    path = tmp_path / "labels.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [dict(row) for row in read_table(path)]


@pytest.mark.parametrize(
    "content",
    [
        "id,topic\na,x\n",
        "ID;Topic\r\na;x\r\n\r\n",
        "\ufeffid\ttopic\na\tx",
        'id,topic\n"a","x"\n,\n',
    ],
)
def test_tables(tmp_path: Path, content: str) -> None:
    assert table(tmp_path, content) == [{"id": "a", "topic": "x"}]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "no line of column names"),
        (b"id\n\xff", "no UTF-8"),
        ('id,topic\n"a', "is no table"),
        (b"PK\x03\x04\x14\x00\xff", "no UTF-8"),
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, content: str | bytes, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        table(tmp_path, content)
    with pytest.raises(QueryError, match="cannot be read"):
        read_table(tmp_path / "gone.csv")


def test_topics_of_one_text_are_put_together() -> None:
    rows = [
        {"text": "One", "topic": "a"},
        {"text": "One", "topic": "b; c"},
        {"text": "Two", "topic": ""},
    ]
    assert samples(rows, name="l") == [
        Sample("One", frozenset("abc"), "One"),
        Sample("Two", frozenset(), "Two"),
    ]


def test_texts_of_a_second_table() -> None:
    labels = [{"id": "n-1/a2", "topic": "x"}, {"article": "n-1", "attribution": "a3", "topics": ""}]
    texts = [
        {"article": "n-1", "attribution": "a2", "quote": "“No.”"},
        {"id": "n-1/a3", "text": "Yes."},
    ]
    assert samples(labels, name="l", texts=texts) == [
        Sample("“No.”", frozenset("x"), "n-1"),
        Sample("Yes.", frozenset(), "n-1"),
    ]


def test_texts_of_an_index(index: Index) -> None:
    ident = next(entry.id for entry in index.articles() if entry.outlet == "Courier")
    labels = [{"id": ident, "topic": "x"}, {"id": f"{ident}/a2", "topic": "y"}]
    found = samples(labels, name="l", database=index._database)
    assert [sample.text for sample in found] == [index.article(ident).text, "“We verify,”"]
    assert {sample.group for sample in found} == {ident}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"text": "a"}, "l, row 2: has no column called topic"),
        ({"topic": "x"}, "neither a text nor an id"),
        ({"id": " ", "topic": "x"}, "neither a text nor an id"),
        ({"id": "n-9", "topic": "x"}, "an id without a text: 'n-9'"),
    ],
)
def test_what_is_missing_is_told(row: dict[str, str], reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        samples([row], name="l")
