"""OpenSearch, and Elasticsearch: files for its bulk interface, with a mapping for each table.

https://docs.opensearch.org/latest/api-reference/document-apis/bulk/. Two lines a row: its id, then
the document. Ids are the rows' own, so that what is loaded again replaces what was there. No server
was at hand to try it on: the tests hold each line against the mapping.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Any, BinaryIO

from newsmine.export.about import About
from newsmine.export.archive import Create, zipped
from newsmine.export.columns import ColumnType, described
from newsmine.export.datapackage import tables_of
from newsmine.export.dates import bounds
from newsmine.export.rows import Row, cell_of, encodable, json_line
from newsmine.export.selection import Selection, What, article_row

PART = 90_000_000
"""Bytes of a file; a server takes 100 MiB at once, unless it is told otherwise."""
LONGEST_ID = 512
"""Bytes of an id."""
_LONGEST_KEYWORD = 8_000
"""Characters of a value that is looked up whole; Lucene takes 32,766 bytes."""

_PROSE = frozenset({"quote", "context", "headline", "standfirst", "sum", "reason", "correction"})
"""Columns to be searched by words."""
_NAMES = frozenset(
    {"speaker", "organisation", "speaker_identity", "organisation_identity", "role", "outlet"}
    | {"byline", "counted", "population", "area", "base"}
)
"""Columns to be searched whole, counted, and by words."""
_KEYWORD: Mapping[str, Any] = {"type": "keyword", "ignore_above": _LONGEST_KEYWORD}
_WORDS: Mapping[str, Any] = {"type": "text", "analyzer": "standard"}
_FIELDS: Mapping[ColumnType, Mapping[str, Any]] = {
    "text": _KEYWORD,
    "texts": _KEYWORD,
    "number": {"type": "double"},
    "integer": {"type": "integer"},
    # A date may be partial, and counts as its first day; published_range is all of its days.
    "date": {"type": "date", "format": "yyyy-MM-dd||yyyy-MM||yyyy"},
    "span": {"type": "nested", "properties": {n: {"type": "integer"} for n in ("start", "end")}},
    "spans": {"type": "nested", "properties": {n: {"type": "integer"} for n in ("start", "end")}},
}
_OF_DATES: Mapping[str, Mapping[str, Any]] = {
    "published_range": {"type": "date_range", "format": "yyyy-MM-dd"},
    "year": {"type": "integer"},
}


def write_opensearch(selection: Selection, file: BinaryIO) -> int:
    """Write a zipped folder; see ``write_bulk``."""
    with zipped(file) as create:
        return write_bulk(selection, create)


def write_bulk(selection: Selection, create: Create, *, most: int = PART) -> int:
    """Write for each table a mapping and files of at most ``most`` bytes; the number of rows.

    Of "all" tables those are taken that have all the filters, as in a data package; the articles of
    all rows are in, with their text.

    Raises:
        QueryError: No table has all the filters.
    """
    articles: set[str] | None = None if selection.what == "articles" else set()
    abouts = []
    for one in tables_of(selection):
        with ExitStack() as stack:
            parts = _Parts(create, one.what, most, stack)
            for row in _rows(one, articles):
                parts.write(_pair(one, row, most))
        about = one.about(parts.count)
        with create(f"{one.what}.mapping.json") as member:
            text = json.dumps(mapping(about), ensure_ascii=False, indent=2, default=str)
            member.write(f"{text}\n".encode("utf-8", "replace"))
        abouts.append(about)
    with create("README.txt") as member:
        facts = b"\n\n".join(about.readme(about.what) for about in abouts)
        member.write(_HOW_TO_LOAD.encode() + b"\n\n" + facts)
    return sum(about.rows for about in abouts)


def _rows(selection: Selection, articles: set[str] | None) -> Iterator[Row]:
    if selection.what != "articles":
        for row in selection.rows():
            if articles is not None:
                articles.add(row["article"])
            yield row
        return
    if articles is None or not selection.query():
        stored = selection.articles()
    else:
        stored = selection.articles_of(articles)
    for one in stored:
        yield article_row(one) | {"text": one.text}


def _pair(selection: Selection, row: Row, most: int) -> bytes:
    """The two lines of a row."""
    action = {"index": {"_id": ident(selection.what, row)}}
    pair = f"{json_line(action)}\n{json_line(document(selection.what, row))}\n".encode()
    if len(pair) > most:
        selection.notice(
            f"{row['article']} is larger than {most:,} bytes: a server may refuse its part"
        )
    return pair


def ident(what: What, row: Row) -> str:
    """The id of a row's document: the same in every export of it."""
    own = row.get("attribution") if what == "quotes" else row.get("claim")
    if what == "articles":
        whole = str(row["article"])
    elif what == "checks":
        told = json_line([row[name] for name in ("rule", "claims", "figures", "sum")])
        whole = f"{row['article']}/{hashlib.sha256(told.encode()).hexdigest()[:16]}"
    else:
        whole = f"{row['article']}/{own}"
    whole = encodable(whole)
    if len(whole.encode()) <= LONGEST_ID:
        return whole
    return hashlib.sha256(whole.encode()).hexdigest()


def document(what: What, row: Row) -> dict[str, Any]:
    """A row as a document: what is unknown is left out, spans are objects, dates are sound."""
    made: dict[str, Any] = {}
    for name, value in row.items():
        if value is not None:
            made[name] = _value(_type(what, name), value)
    days = bounds(row.get("published"))
    if days is None:
        made.pop("published", None)
    else:
        first, last = (day.isoformat() for day in days)
        made |= {"published_range": {"gte": first, "lte": last}, "year": days[0].year}
    return made


def _value(kind: ColumnType, value: Any) -> Any:
    if kind == "span":
        return {"start": value[0], "end": value[1]}
    if kind == "spans":
        return [{"start": start, "end": end} for start, end in value]
    if kind == "texts":
        return [str(cell_of(one)) for one in value]
    return value


def _type(what: What, name: str) -> ColumnType:
    known = described(what, name)
    return known.type if known else "text"


def mapping(about: About) -> dict[str, Any]:
    """What a server has to know of a table before its rows; ``_meta`` holds the codebook."""
    extra = ("text",) if about.what == "articles" else ()
    names = (*about.columns, *extra)
    fields = {name: field(about.what, name) for name in names}  # type: ignore[arg-type]
    return {
        "settings": {"index": {"number_of_shards": 1}},
        "mappings": {
            "dynamic": "strict",
            "_meta": {"newsmine": about.codebook()},
            "properties": {**fields, **(_OF_DATES if "published" in names else {})},
        },
    }


def field(what: What, name: str) -> dict[str, Any]:
    """How a column is searched."""
    if name in _PROSE or (what, name) == ("articles", "text"):
        whole = {"type": "text", "analyzer": "english"}
        return whole | {"fields": {"exact": dict(_WORDS)}}
    if name in _NAMES:
        return {**_KEYWORD, "fields": {"words": dict(_WORDS)}}
    return dict(_FIELDS[_type(what, name)])


class _Parts:
    """The files of a table: a new one is begun where a row would make one too large.

    The last one is open until ``stack`` is closed.
    """

    def __init__(self, create: Create, name: str, most: int, stack: ExitStack) -> None:
        self._create, self._name, self._most, self._open = create, name, most, stack
        self._file: BinaryIO | None = None
        self._number = self._bytes = self.count = 0

    def write(self, pair: bytes) -> None:
        """Add a row."""
        if self._file is None or self._bytes + len(pair) > self._most:
            self._open.close()
            self._number, self._bytes = self._number + 1, 0
            name = f"{self._name}-{self._number:03}.ndjson"
            self._file = self._open.enter_context(self._create(name))
        self._file.write(pair)
        self._bytes, self.count = self._bytes + len(pair), self.count + 1


_HOW_TO_LOAD = """To load into OpenSearch or Elasticsearch (7 or later), in this folder:

  server=http://localhost:9200
  for table in quotes claims checks articles; do
    [ -f $table.mapping.json ] || continue
    curl -sS -X PUT $server/newsmine-$table \\
      -H 'Content-Type: application/json' --data-binary @$table.mapping.json
    for part in $table-*.ndjson; do
      [ -f $part ] || continue
      curl -sS -X POST "$server/newsmine-$table/_bulk?filter_path=errors,items.*.error" \\
        -H 'Content-Type: application/x-ndjson' --data-binary @$part
    done
  done

Each part answers {"errors":false}. Loaded again, a row takes its own place; one that is gone from
the index stays until it is deleted (curl -X DELETE $server/newsmine-quotes, then load anew).
A date of which only the year or month is known counts as its first day in "published"; to find
all that may fall into a time, ask "published_range" with a range query (relation: intersects)."""
