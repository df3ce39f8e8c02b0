"""Data packages: valid by their own description, and every cell is the row's."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from newsmine.errors import ExportError, QueryError
from newsmine.export import export
from newsmine.export.rows import encodable
from newsmine.index import Index, open_index
from newsmine.types import Extraction
from tests.export.indexes import PAIRS, index_of

PARSERS: dict[str, Callable[[str], Any]] = {
    "string": str,
    "number": float,
    "integer": int,
    "array": json.loads,
}


def members(path: Path) -> dict[str, bytes]:
    if path.is_dir():
        return {file.name: file.read_bytes() for file in path.iterdir()}
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def read(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The tables of a package, each checked against its description by hand."""
    files = members(path)
    package = json.loads(files.pop("datapackage.json"))
    assert files.pop("README.txt")
    assert package["profile"] == "tabular-data-package"
    tables = {resource["name"]: rows_of(resource, files) for resource in package["resources"]}
    assert set(files) == {resource["path"] for resource in package["resources"]}
    for resource in package["resources"]:
        require_keys(resource, tables)
    return tables


def rows_of(resource: dict[str, Any], files: dict[str, bytes]) -> list[dict[str, Any]]:
    data = files[resource["path"]]
    assert resource["bytes"] == len(data)
    assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert not data.startswith(b"\xef\xbb\xbf")
    csv.field_size_limit(10**7)
    header, *lines = csv.reader(io.StringIO(data.decode(resource["encoding"]), newline=""))
    fields = resource["schema"]["fields"]
    assert header == [field["name"] for field in fields]
    assert all(field["description"] for field in fields)
    missing = resource["schema"]["missingValues"]
    return [
        {
            field["name"]: None if cell in missing else PARSERS[field["type"]](cell)
            for field, cell in zip(fields, line, strict=True)
        }
        for line in lines
    ]


def require_keys(resource: dict[str, Any], tables: dict[str, list[dict[str, Any]]]) -> None:
    schema, rows = resource["schema"], tables[resource["name"]]
    if key := schema.get("primaryKey"):
        keys = [tuple(row[name] for name in key) for row in rows]
        assert len(set(keys)) == len(keys)
        assert all(None not in key for key in keys)
    for foreign in schema.get("foreignKeys", []):
        others = tables[foreign["reference"]["resource"]]
        (here,), (there,) = foreign["fields"], foreign["reference"]["fields"]
        assert {row[here] for row in rows} <= {row[there] for row in others}


def unguarded(found: Any, value: Any) -> bool:
    """The cell is the value, with an apostrophe before what a spreadsheet might run."""
    if isinstance(value, str):
        text = encodable(value).replace("\0", "\ufffd")
        return found == (text or None) or found == f"'{text}"
    if isinstance(value, list):
        return bool(found == json.loads(encodable(json.dumps(value, ensure_ascii=False))))
    return bool(found == value)


def check(index: Index, path: Path) -> None:
    export(index, path)
    tables = read(path)
    assert list(tables) == ["quotes", "claims", "checks", "articles"]
    for what in ("quotes", "claims", "checks"):
        rows = list(getattr(index, f"iter_{what}")())
        for found, row in zip(tables[what], rows, strict=True):
            for name, value in row.items():
                assert unguarded(found[name], value), (name, value, found[name])
    assert len(tables["articles"]) == index.info().articles


def test_all_tables(index: Index, tmp_path: Path) -> None:
    check(index, tmp_path / "p.zip")


def test_hostile_articles(hostile_index: Index, tmp_path: Path) -> None:
    check(hostile_index, tmp_path / "p.zip")


@settings(max_examples=30)
@given(PAIRS)
def test_round_trip(
    tmp_path_factory: pytest.TempPathFactory, pair: tuple[Extraction, Extraction]
) -> None:
    folder = tmp_path_factory.mktemp("package")
    with open_index(index_of(folder / "x.db", *pair)) as index:
        check(index, folder / "p.zip")


@pytest.mark.parametrize(
    ("filters", "tables", "articles"),
    [
        ({}, ["quotes", "claims", "checks", "articles"], 2),
        ({"outlet": "Courier"}, ["quotes", "claims", "checks", "articles"], 0),
        ({"org": "Hearthlight"}, ["quotes", "claims", "checks", "articles"], 1),
        ({"kind": "direct"}, ["quotes", "claims", "articles"], 1),
        ({"form": "count"}, ["claims", "articles"], 1),
        ({"counted": "reports"}, ["claims", "checks", "articles"], 1),
    ],
)
def test_filters_choose_tables(
    index: Index, tmp_path: Path, filters: dict[str, Any], tables: list[str], articles: int
) -> None:
    count = export(index, tmp_path / "p.zip", **filters)
    found = read(tmp_path / "p.zip")
    assert list(found) == tables
    assert len(found["articles"]) == articles
    assert count == sum(map(len, found.values()))
    package = json.loads(members(tmp_path / "p.zip")["datapackage.json"])
    assert package["newsmine"]["query"] == filters
    assert package["newsmine"]["rows"] == {name: len(rows) for name, rows in found.items()}
    assert package["newsmine"]["index"]["models"] == ["en_test-1"]


def test_one_table_comes_with_its_articles(index: Index, tmp_path: Path) -> None:
    export(index, tmp_path / "p.zip", what="claims", form="count")
    found = read(tmp_path / "p.zip")
    assert {name: len(rows) for name, rows in found.items()} == {"claims": 1, "articles": 1}
    export(index, tmp_path / "a.zip", what="articles", org="Hearthlight")
    assert [len(rows) for rows in read(tmp_path / "a.zip").values()] == [1]


def test_filters_that_no_table_has(index: Index, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="form, verdict: are filters that no table has all of"):
        export(index, tmp_path / "p.zip", form="count", verdict="agree")
    assert not (tmp_path / "p.zip").exists()


def test_a_folder(index: Index, tmp_path: Path) -> None:
    assert export(index, tmp_path / "p", to="datapackage") == 5
    assert list(read(tmp_path / "p")) == ["quotes", "claims", "checks", "articles"]
    before = members(tmp_path / "p")
    with pytest.raises(ExportError, match="is a folder that holds files"):
        export(index, tmp_path / "p", to="datapackage")
    assert members(tmp_path / "p") == before
    (tmp_path / "empty").mkdir()
    assert export(index, tmp_path / "empty", to="datapackage") == 5


@pytest.mark.parametrize("name", ["p.zip", "p"])
def test_an_interrupted_package(
    index: Index, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("newsmine.export.datapackage.json.dumps", fail)
    with pytest.raises(ExportError, match="no space left"):
        export(index, tmp_path / name, to="datapackage")
    assert [path.name for path in tmp_path.iterdir()] == ["news.db"]


def test_frictionless_finds_it_valid(index: Index, hostile_index: Index, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    csv.field_size_limit(10**7)
    for number, source in enumerate((index, hostile_index)):
        path = tmp_path / str(number)
        export(source, path, to="datapackage")
        report = frictionless.validate(str(path / "datapackage.json"))
        assert report.valid, report.flatten(["title", "fieldName", "message"])
        assert len(report.tasks) == 4
