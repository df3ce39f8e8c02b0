"""``newsmine formats``: every reader is in the list, with what it needs."""

from __future__ import annotations

import pytest

from newsmine.cli import formats
from newsmine.ingest.readers import READERS
from newsmine.ingest.readers.base import Reader
from tests.cli.conftest import Run


def reader(needs: str | None) -> Reader:
    return Reader("box", "a box", frozenset({".box"}), lambda d, p: False, lambda d, p: (), needs)


def test_all_readers_are_listed(newsmine: Run) -> None:
    done = newsmine("formats", real=True)
    assert done.returncode == 0
    for known in READERS:
        assert known.title in done.stdout
        assert all(suffix in done.stdout for suffix in known.suffixes)
    assert "newsmine[parquet]" in done.stdout


@pytest.mark.parametrize(
    ("needs", "shown"),
    [
        (None, ""),
        ("parquet", "newsmine[parquet]"),
        ("no-such-program", "no-such-program (missing)"),
        ("no-such-program or parquet", "no-such-program or newsmine[parquet]"),
    ],
)
def test_what_a_reader_needs(needs: str | None, shown: str) -> None:
    assert formats._needs(reader(needs)) == shown
