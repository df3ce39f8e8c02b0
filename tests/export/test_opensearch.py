"""OpenSearch: each line is held against the mapping, as a server would."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from hypothesis import given, settings

from newsmine.errors import ExportError, QueryError
from newsmine.export import export
from newsmine.export.columns import described
from newsmine.export.dates import bounds
from newsmine.export.opensearch import LONGEST_ID, PART, ident, write_bulk
from newsmine.export.selection import TABLES, select
from newsmine.index import Index, open_index
from tests.export.indexes import PAIRS, index_of, lantern
from tests.factories import make_extraction

Docs = dict[str, dict[str, Any]]
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def read(folder: Path, table: str) -> Docs:
    """The documents of a table by id, each checked against its mapping."""
    fields = json.loads((folder / f"{table}.mapping.json").read_bytes())["mappings"]["properties"]
    found: Docs = {}
    for part in sorted(folder.glob(f"{table}-*.ndjson")):
        data = part.read_bytes()
        assert data.endswith(b"\n"), "a server waits for the last line's end"
        lines = data.decode("utf-8").split("\n")[:-1]
        assert len(lines) % 2 == 0
        for action, document in zip(lines[::2], lines[1::2], strict=True):
            (name,) = json.loads(action)["index"].values()
            assert len(name.encode()) <= LONGEST_ID
            assert name not in found
            found[name] = json.loads(document)
            check(found[name], fields)
    return found


def check(document: dict[str, Any], fields: dict[str, Any]) -> None:
    """The mapping is strict: a server refuses a document with any other field or type."""
    for name, value in document.items():
        for one in value if isinstance(value, list) else [value]:
            assert IS_OF[fields[name]["type"]](one), (name, value)


IS_OF = {
    "text": lambda value: isinstance(value, str),
    "keyword": lambda value: isinstance(value, str),
    "date": lambda value: DATE.fullmatch(value) and bounds(value),
    "date_range": lambda value: (
        date.fromisoformat(value["gte"]) <= date.fromisoformat(value["lte"])
    ),
    "integer": lambda value: type(value) is int and abs(value) < 2**31,
    "double": lambda value: type(value) in (int, float),
    "nested": lambda value: {*value} == {"start", "end"} and value["start"] <= value["end"],
}


def test_the_test_sees_what_a_server_would_refuse() -> None:
    for document in ({"colour": "red"}, {"year": "2018"}, {"published": "2018-13"}):
        with pytest.raises((AssertionError, KeyError)):
            check(document, {"year": {"type": "integer"}, "published": {"type": "date"}})


def test_every_table(index: Index, tmp_path: Path) -> None:
    assert export(index, tmp_path / "os", to="opensearch") == 5
    assert {table: len(read(tmp_path / "os", table)) for table in TABLES} == {
        **dict.fromkeys(("quotes", "claims", "checks"), 1),
        "articles": 2,
    }
    readme = (tmp_path / "os" / "README.txt").read_text(encoding="utf-8")
    assert "curl -sS -X POST" in readme
    for table in TABLES:
        assert table in readme


def test_a_document_is_its_row(index: Index, tmp_path: Path) -> None:
    export(index, tmp_path / "os", to="opensearch")
    (row,) = index.iter_quotes()
    (name, document), *_ = read(tmp_path / "os", "quotes").items()
    assert name == f"{row['article']}/a1"
    for column in ("quote", "speaker", "organisation", "confidence", "published", "reasons"):
        assert document[column] == row[column]
    assert document["content"] == [{"start": s, "end": e} for s, e in row["content"]]
    assert document["published_range"] == {"gte": "2018-05-01", "lte": "2018-05-31"}
    assert document["year"] == 2018
    assert "checked_by" not in document, "unknown is left out"


def test_an_article_has_its_text(index: Index, tmp_path: Path) -> None:
    export(index, tmp_path / "os", to="opensearch", org="Hearthlight")
    (document,) = read(tmp_path / "os", "articles").values()
    assert document["text"] == lantern().article.text
    export(index, tmp_path / "alone", to="opensearch", what="articles")
    assert len(read(tmp_path / "alone", "articles")) == 2
    assert not list((tmp_path / "alone").glob("quotes*"))


def test_a_zip_is_the_folder(index: Index, tmp_path: Path) -> None:
    export(index, tmp_path / "os", to="opensearch")
    export(index, tmp_path / "os.zip", to="opensearch")
    with zipfile.ZipFile(tmp_path / "os.zip") as archive:
        assert {*archive.namelist()} == {path.name for path in (tmp_path / "os").iterdir()}
        assert archive.read("quotes-001.ndjson") == (
            (tmp_path / "os" / "quotes-001.ndjson").read_bytes()
        )


def test_loaded_again_it_replaces(index: Index, tmp_path: Path) -> None:
    for name in ("a", "b"):
        export(index, tmp_path / name, to="opensearch")
    for table in TABLES:
        assert read(tmp_path / "a", table) == read(tmp_path / "b", table)


def in_memory(index: Index, **limits: int) -> tuple[dict[str, bytes], list[str], int]:
    """What is written, by name; what is told; how many rows."""
    files: dict[str, bytes] = {}

    @contextmanager
    def create(name: str) -> Iterator[BinaryIO]:
        assert name not in files
        file = BytesIO()
        yield file
        files[name] = file.getvalue()

    selection = select(index, "quotes", {})
    count = write_bulk(selection, create, **limits)
    return files, selection.notices, count


@pytest.fixture
def many(tmp_path: Path) -> Iterator[Index]:
    texts = [f"“It is number {n}, and it is long enough,” she said." for n in range(20)]
    made = [
        make_extraction(text, path=f"{n}.txt", quotes=[(text[: text.index("”") + 1], None)])
        for n, text in enumerate(texts)
    ]
    with open_index(index_of(tmp_path / "many.db", *made)) as index:
        yield index


def test_no_part_is_larger_than_it_may_be(many: Index) -> None:
    whole, _, _ = in_memory(many)
    files, notices, count = in_memory(many, most=2_000)
    parts = [name for name in sorted(files) if name.startswith("quotes-")]
    assert len(parts) > 3
    assert parts[:2] == ["quotes-001.ndjson", "quotes-002.ndjson"]
    assert all(0 < len(files[name]) <= 2_000 for name in parts)
    assert b"".join(files[name] for name in parts) == whole["quotes-001.ndjson"]
    assert (count, notices) == (40, []), "20 quotes, and their articles"


def test_a_row_that_is_too_large_is_told(many: Index) -> None:
    files, notices, _ = in_memory(many, most=10)
    assert len(notices) == 40, "20 quotes, and their articles"
    assert "larger than 10 bytes" in notices[0]
    assert len([name for name in files if name.startswith("quotes-")]) == 20


def test_the_limit_is_what_a_server_takes() -> None:
    assert PART < 100 * 2**20


def test_nothing_is_no_file(tmp_path: Path) -> None:
    with open_index(index_of(tmp_path / "empty.db")) as index:
        assert export(index, tmp_path / "os", to="opensearch") == 0
    assert not list((tmp_path / "os").glob("*.ndjson")), "a server refuses an empty body"
    assert read(tmp_path / "os", "quotes") == {}


def test_hostile_texts_stay_within_their_lines(hostile_index: Index, tmp_path: Path) -> None:
    export(hostile_index, tmp_path / "os", to="opensearch", on_notice=lambda _: None)
    rows = list(hostile_index.iter_quotes())
    documents = read(tmp_path / "os", "quotes")
    assert len(documents) == len(rows)
    assert len(read(tmp_path / "os", "articles")) == len(rows)
    for row in rows:
        assert documents[ident("quotes", row)]["quote"] == row["quote"]


@given(PAIRS)
@settings(max_examples=25, deadline=None)
def test_any_text(tmp_path_factory: pytest.TempPathFactory, pair: Any) -> None:
    folder = tmp_path_factory.mktemp("any")
    with open_index(index_of(folder / "news.db", *pair)) as index:
        export(index, folder / "os", to="opensearch")
        rows = list(index.iter_quotes())
    documents = read(folder / "os", "quotes")
    assert {documents[ident("quotes", row)]["quote"] for row in rows} == {r["quote"] for r in rows}
    read(folder / "os", "articles")


def test_a_long_id_is_shortened_and_stays_the_same() -> None:
    long = {"article": "ü" * 300, "attribution": "a1"}
    other = {"article": "ü" * 300, "attribution": "a2"}
    assert len(ident("quotes", long)) == 64
    assert ident("quotes", long) == ident("quotes", long) != ident("quotes", other)
    assert ident("quotes", {"article": "ü" * 250, "attribution": "a1"}) == "ü" * 250 + "/a1"


def test_the_mapping_explains_itself(index: Index, tmp_path: Path) -> None:
    export(index, tmp_path / "os", to="opensearch", org="Hearthlight")
    mapping = json.loads((tmp_path / "os" / "quotes.mapping.json").read_bytes())["mappings"]
    about = mapping["_meta"]["newsmine"]
    assert about["query"] == {"org": "Hearthlight"}
    meanings = {column["name"]: column["meaning"] for column in about["columns"]}
    assert meanings["speaker_identity"] == described("quotes", "speaker_identity").meaning  # type: ignore[union-attr]
    assert mapping["properties"]["quote"]["type"] == "text"
    assert mapping["properties"]["speaker"]["type"] == "keyword"
    assert mapping["properties"]["content"]["type"] == "nested"
    assert mapping["properties"]["published"]["format"].endswith("||yyyy")


@pytest.mark.parametrize(
    ("published", "days"),
    [
        ("2018", ("2018-01-01", "2018-12-31")),
        ("2020-02", ("2020-02-01", "2020-02-29")),
        ("2018-05-03", ("2018-05-03", "2018-05-03")),
        *((wrong, None) for wrong in ("2018-13", "2018-02-30", "0000", "May 2018", "", None)),
        ("2018-05-03T10:00", None),
        ("２０１８", None),
    ],
)
def test_days_of_a_date(published: str | None, days: tuple[str, str] | None) -> None:
    found = bounds(published)
    assert (found and tuple(day.isoformat() for day in found)) == days


def test_filters_that_no_table_has(index: Index, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="no table has all"):
        export(index, tmp_path / "os", to="opensearch", verdict="agree", text="x")
    assert not (tmp_path / "os").exists()


def test_a_folder_with_files_is_left_alone(index: Index, tmp_path: Path) -> None:
    (tmp_path / "os").mkdir()
    (tmp_path / "os" / "mine.txt").write_text("mine")
    with pytest.raises(ExportError, match="holds files"):
        export(index, tmp_path / "os", to="opensearch")
