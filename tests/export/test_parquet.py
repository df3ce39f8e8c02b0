"""Parquet as pyarrow and pandas read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmine.errors import ExportError
from newsmine.export import export, write
from newsmine.export.rows import encodable
from newsmine.index import Index
from tests.export.conftest import read_parquet
from tests.export.indexes import TEXTS

SPANS = st.lists(st.lists(st.integers(0, 10**9), min_size=2, max_size=2), max_size=3)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "quote": TEXTS,
            "speaker": st.none() | TEXTS,
            "content": SPANS,
            "reasons": st.lists(TEXTS, max_size=2),
            "confidence": st.none() | st.floats(0, 1),
        }
    ),
    max_size=5,
)


@settings(max_examples=60)
@given(ROWS)
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]) -> None:
    path = tmp_path_factory.mktemp("parquet") / "q.parquet"
    columns = ("quote", "speaker", "content", "reasons", "confidence")
    assert write(rows, path, columns=columns) == len(rows)
    assert read_parquet(path) == rows


def test_types_and_meanings(index: Index, tmp_path: Path) -> None:
    export(index, tmp_path / "c.parquet", what="claims")
    schema = pq.read_schema(tmp_path / "c.parquet")
    assert schema.field("value").type == pa.float64()
    assert schema.field("span").type == pa.list_(pa.int64())
    assert schema.field("raw_span").type == pa.list_(pa.list_(pa.int64()))
    assert schema.field("speaker").type == pa.string()
    assert schema.field("value").metadata[b"description"].startswith(b"Its value")


def test_pandas(index: Index, tmp_path: Path) -> None:
    export(index, tmp_path / "q.parquet")
    frame = pd.read_parquet(tmp_path / "q.parquet")
    pd.testing.assert_frame_equal(
        frame[["quote", "speaker", "confidence"]],
        index.quotes()[["quote", "speaker", "confidence"]],
        check_dtype=False,
    )


def test_columns_of_no_description_take_their_first_type(tmp_path: Path) -> None:
    rows = [
        {"n": 1, "f": 1.5, "b": True, "t": "x", "mixed": 1, "odd": {"a": [1]}, "big": 2**70},
        {"n": None, "f": None, "b": None, "t": "\ud83d", "mixed": "y", "odd": None, "big": 1},
    ]
    write(rows, tmp_path / "x.parquet", what="others")
    first, second = read_parquet(tmp_path / "x.parquet")
    assert first == {
        **{"n": 1, "f": 1.5, "b": True, "t": "x", "mixed": "1"},
        **{"odd": '{"a": [1]}', "big": str(2**70)},
    }
    assert second["t"] == encodable("\ud83d")
    assert (second["n"], second["mixed"]) == (None, "y")


def test_a_type_that_changes_late_is_refused(tmp_path: Path) -> None:
    rows = ({"n": n if n < 600 else "many"} for n in range(601))
    with pytest.raises(ExportError, match="column n holds values of several types"):
        write(rows, tmp_path / "x.parquet", what="others")
    assert list(tmp_path.iterdir()) == []


def test_row_groups(tmp_path: Path) -> None:
    """What waits for a group is bounded in rows and in bytes."""
    write(({"id": n} for n in range(120_000)), tmp_path / "many.parquet")
    groups = pq.ParquetFile(tmp_path / "many.parquet").metadata.num_row_groups
    assert groups == 3
    write(({"quote": f"{n}" + "x" * 10**6} for n in range(70)), tmp_path / "long.parquet")
    assert pq.ParquetFile(tmp_path / "long.parquet").metadata.num_row_groups == 3
    assert pq.read_table(tmp_path / "long.parquet").num_rows == 70


def test_unknown_values_are_null(tmp_path: Path) -> None:
    write([{"value": float("nan"), "speaker": None}], tmp_path / "c.parquet", what="claims")
    assert read_parquet(tmp_path / "c.parquet") == [{"value": None, "speaker": None}]


def test_late_columns_are_not_lost(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="late"):
        write([{"a": 1}, {"a": 1, "late": 2}], tmp_path / "x.parquet")
