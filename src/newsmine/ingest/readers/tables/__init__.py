"""Tables of articles: CSV, JSON lines, JSON, Parquet; each row is one article."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from newsmine.errors import ReadError
from newsmine.ingest.dates import find_date
from newsmine.ingest.readers.base import Found, Item, Reader, printable
from newsmine.ingest.readers.magic import unreadable_kind
from newsmine.ingest.readers.press.fields import given_bylines
from newsmine.ingest.readers.tables import rows as table
from newsmine.ingest.readers.tables.columns import (
    Columns,
    Row,
    find_columns,
    is_own_output,
    known,
    says,
)
from newsmine.ingest.readers.text import decode
from newsmine.types import Given, Zone

CSV = frozenset({".csv", ".tsv", ".tab"})
JSON = frozenset({".jsonl", ".ndjson", ".json"})
PARQUET = frozenset({".parquet", ".pq"})

SAMPLE = 200
"""Rows from which the columns are told."""

_SNIFFED = 1 << 16


def _called(path: str, suffixes: Iterable[str]) -> bool:
    return path.lower().endswith(tuple(suffixes))


def sniff_csv(data: bytes, path: str) -> bool:
    """Whether it is called so, or its first line names the columns of a table of articles."""
    if unreadable_kind(data) is not None or _called(path, (".txt", ".md")):
        return False
    if _called(path, CSV):
        return True
    columns = find_columns(table.first_cells(decode(data[:_SNIFFED])), [])
    return len(columns) >= 2 and "text" in columns


def sniff_json(data: bytes, path: str) -> bool:
    """Whether it is called so, or its first object has a field for a text."""
    if unreadable_kind(data) is not None:
        return False
    head = decode(data[:_SNIFFED]).lstrip("\ufeff \t\r\n")
    if _called(path, JSON):
        return head[:1] in ("{", "[")
    line = head.split("\n", 1)[0] if head[:1] == "{" else ""
    keys = table.keys_of(line) or _KEYS.findall(head if head[:1] == "[" else "")
    return "text" in find_columns(keys, [])


_KEYS = re.compile(r"[{,]\s*\"(\w{1,40})\"\s*:")


def sniff_parquet(data: bytes, path: str) -> bool:
    """Whether it begins and ends as Parquet does, or is called so and begins so."""
    ends = data.endswith(b"PAR1") or _called(path, PARQUET)
    return data.startswith(b"PAR1") and ends


def read_csv(data: bytes, path: str) -> Iterator[Item]:
    """An article for each row of separated values."""
    return read_rows(table.csv_rows(data, path), path)


def read_json(data: bytes, path: str) -> Iterator[Item]:
    """An article for each object."""
    return read_rows(table.json_rows(data, path), path)


def read_parquet(data: bytes, path: str) -> Iterator[Item]:
    """An article for each row of a Parquet table."""
    return read_rows(table.parquet_rows(data, path), path)


def read_rows(rows: table.Rows, path: str) -> Iterator[Item]:
    """An article for each row; a row without a text is an error of its own.

    Raises:
        ReadError: No column holds texts, or the table is what newsmine itself wrote.
    """
    first = list(islice(rows, SAMPLE))
    sample = [row for row in first if not isinstance(row, ReadError)]
    names = list(dict.fromkeys(name for row in sample for name in row))
    if first and not sample:
        # Nothing but bad rows.
        yield from (row for row in chain(first, rows) if isinstance(row, ReadError))
        return
    columns = find_columns(names, sample)
    _require_text(columns, names, path)
    day_first = _day_first(sample, columns)
    seen: set[str] = set()
    for number, row in enumerate(chain(first, rows), start=1):
        if isinstance(row, ReadError):
            yield row
        else:
            part = _part(row, columns, number, seen)
            yield _article(row, columns, part, path, day_first)


def _require_text(columns: Columns, names: Sequence[str], path: str) -> None:
    if is_own_output(names):
        reason = "is what newsmine itself wrote about articles, not the articles"
        raise ReadError(path, reason, "Give the articles, or ask the index that build made")
    if "text" not in columns:
        listed = ", ".join(printable(str(name), 40) for name in names[:30])
        reason = f"has no column of texts among its columns ({listed})" if names else "is empty"
        raise ReadError(path, reason, f"Call the column {' or '.join(known()['text'][4:7])}")


def _part(row: Row, columns: Columns, number: int, seen: set[str]) -> str:
    """The row's own id where it has one that no row before it had, else its number."""
    value = row.get(columns.get("id", ""))
    named = " ".join(str(value).split()) if isinstance(value, str | int) else ""
    part = named if 0 < len(named) <= _LONGEST_ID and named not in seen else str(number)
    seen.add(part)
    return part


_LONGEST_ID = 200


def _article(
    row: Row, columns: Columns, part: str, path: str, day_first: bool | None
) -> Found | ReadError:
    text = _text(row.get(columns["text"]))
    if text is None:
        reason = f"holds no text in its column {printable(columns['text'])}"
        return ReadError(f"{path}#{part}", reason, "Look at that row")
    told = {field: _words(row.get(name)) for field, name in columns.items() if field != "text"}
    full, zones = _headed(text, told.get("headline"), told.get("standfirst"))
    given = Given(
        outlet=told.get("outlet"),
        published=_date(row.get(columns.get("published", "")), day_first),
        headline=told.get("headline"),
        standfirst=told.get("standfirst"),
        bylines=given_bylines(told.get("byline") or ""),
        zones=zones,
        flags=says(columns),
    )
    return Found(full, given=given, part=part)


def _text(value: Any) -> str | None:
    """A cell's text, as it is; a list of paragraphs is joined. None for what is no text."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "\n\n".join(value)
    return value if isinstance(value, str) and value.strip() else None


def _words(value: Any, *, depth: int = 0) -> str | None:
    """A field's value on one line; of an object its name, of a list its items."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    if isinstance(value, list) and depth < _DEEPEST:
        items = (_words(item, depth=depth + 1) for item in value[:_MOST_ITEMS])
        value = "; ".join(filter(None, items))
    if not isinstance(value, str):
        return None
    tidy = " ".join(value.split())
    return None if tidy.casefold() in _UNKNOWN else tidy


_MOST_ITEMS, _DEEPEST = 20, 3
_UNKNOWN = frozenset(("", "nan", "none", "null", "n/a", "na", "-"))


def _headed(
    text: str, headline: str | None, standfirst: str | None
) -> tuple[str, tuple[Zone, ...]]:
    """The text below its headline and standfirst, unless it opens with them itself."""
    lines = text[:_OPENING].strip().split("\n")[:_FIRST_LINES]
    opening = [" ".join(line.split()).casefold() for line in lines]
    above = [
        (value, kind)
        for value, kind in ((headline, "headline"), (standfirst, "standfirst"))
        if value and not _opens(opening, value.casefold())
    ]
    full, zones = "", []
    for value, kind in above:
        zones.append(Zone((len(full), len(full) + len(value)), kind))  # type: ignore[arg-type]
        full += value + "\n\n"
    return full + text, tuple(zones)


def _opens(lines: Sequence[str], value: str) -> bool:
    """Whether a text's first line begins with a value, or one of the first lines is it."""
    return value in lines or bool(lines and lines[0].startswith(value))


_OPENING, _FIRST_LINES = 2000, 6


def _date(value: Any, day_first: bool | None) -> str | None:
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    digits = str(value) if isinstance(value, str | int) else ""
    compact = re.fullmatch(r"\s*((?:1[6-9]|20)\d\d)([01]\d)([0-3]\d)(?:\d{6})?\s*", digits)
    line = "-".join(compact.groups()) if compact else digits
    found = find_date(line[:_LONGEST_ID], day_first=day_first)
    if found is None and re.fullmatch(r"\s*(?:1[6-9]|20)\d\d(?:-(?:0[1-9]|1[0-2]))?\s*", line):
        return line.strip()
    return found[1] if found else None


def _day_first(sample: Sequence[Row], columns: Columns) -> bool | None:
    """Whether the column writes days before months: one day above 12 shows it."""
    values = (str(row.get(columns.get("published", ""), "")) for row in sample)
    pairs = [m for value in values if (m := re.match(r"\s*(\d{1,2})[/.](\d{1,2})[/.]\d{4}", value))]
    british = any(int(m[1]) > 12 for m in pairs)
    american = any(int(m[2]) > 12 for m in pairs)
    return british if british != american else None


CSV_READER = Reader("csv", "Tables of articles: CSV, TSV", CSV, sniff_csv, read_csv)
JSON_READER = Reader(
    "json", "Articles as JSON lines or a JSON array", JSON - {".json"}, sniff_json, read_json
)
PARQUET_READER = Reader(
    "parquet", "Tables of articles: Parquet", PARQUET, sniff_parquet, read_parquet, "parquet"
)
