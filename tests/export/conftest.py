"""Reading an export back, as other programs would."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from newsmine.export import WRITERS
from newsmine.index import Index, open_index
from tests.export.indexes import HOSTILE, hostile, index_of, lantern, silent

Rows = list[dict[str, Any]]


def read_csv(path: Path) -> Rows:
    csv.field_size_limit(10**7)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_jsonl(path: Path) -> Rows:
    # Not splitlines: a text may hold other line ends than \n.
    lines = path.read_bytes().decode("utf-8").split("\n")
    return [json.loads(line) for line in lines[:-1]]


def read_xlsx(path: Path) -> Rows:
    import openpyxl

    header, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def read_parquet(path: Path) -> Rows:
    import pyarrow.parquet as pq

    # A file without columns is empty, which is no Parquet.
    return pq.read_table(path).to_pylist() if path.stat().st_size else []


READERS: dict[str, Callable[[Path], Rows]] = {
    ".csv": read_csv,
    ".jsonl": read_jsonl,
    ".parquet": read_parquet,
    ".xlsx": read_xlsx,
}


@pytest.fixture(params=sorted(WRITERS))
def suffix(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """An article with a quote, a figure and a check, and one without."""
    with open_index(index_of(tmp_path / "news.db", lantern(), silent())) as opened:
        yield opened


@pytest.fixture(scope="session")
def hostile_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    return index_of(path, *map(hostile, range(len(HOSTILE))))


@pytest.fixture
def hostile_index(hostile_file: Path) -> Iterator[Index]:
    """An article for each hostile text, which is everywhere in it."""
    with open_index(hostile_file) as opened:
        yield opened
