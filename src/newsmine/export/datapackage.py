"""Data packages (https://specs.frictionlessdata.io/data-package/): tables as CSV with a schema.

``datapackage.json`` says what each column holds and means, and where the rows come from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO, cast

from newsmine.errors import QueryError
from newsmine.export.about import UNDESCRIBED, About
from newsmine.export.archive import Create, Measured, zipped
from newsmine.export.columns import described
from newsmine.export.csv import write_csv
from newsmine.export.rows import Row
from newsmine.export.selection import FILTERS, TABLES, Selection, What
from newsmine.export.validation import validation_text

# A date may be partial, which the schema's own type of date cannot be.
_TYPES: Mapping[str, str] = {
    "text": "string",
    "date": "string",
    "number": "number",
    "integer": "integer",
    "span": "array",
    "spans": "array",
    "texts": "array",
}
_KEYS: Mapping[str, list[str]] = {
    "quotes": ["article", "attribution"],
    "claims": ["article", "claim"],
    "articles": ["article"],
}
_APOSTROPHE = (
    "UTF-8, CRLF. A text that a spreadsheet would run as a formula has an apostrophe in front."
)


def write_datapackage(selection: Selection, file: BinaryIO) -> int:
    """Write a zipped package; see ``write_package``."""
    with zipped(file) as create:
        return write_package(selection, create)


def write_package(selection: Selection, create: Create) -> int:
    """Write each table as a CSV, then ``datapackage.json`` and a README; the number of rows.

    Of "all" tables those are taken that have all the filters. The articles of all rows are always
    in, so that a row's article is found.

    Raises:
        QueryError: No table has all the filters.
    """
    # Ids are all that is kept; a package of articles alone asks for them by the filters.
    articles: set[str] | None = None if selection.what == "articles" else set()
    abouts: list[About] = []
    resources: list[dict[str, Any]] = []
    for one in tables_of(selection):
        about, resource = _write_table(one, create, articles)
        abouts.append(about)
        resources.append(resource)
    described = _package(selection, abouts, resources)
    with create("datapackage.json") as member:
        text = json.dumps(described, ensure_ascii=False, indent=2, default=str)
        member.write(f"{text}\n".encode("utf-8", "replace"))
    with create("README.txt") as member:
        texts = [about.readme(f"{about.what}.csv") for about in abouts]
        if selection.validation:
            texts.append(validation_text(selection.validation))
        member.write(b"\n\n".join(texts))
    return sum(about.rows for about in abouts)


def tables_of(selection: Selection) -> Iterator[Selection]:
    """The tables of a package, articles last: which ones is known only then.

    Raises:
        QueryError: No table has all the filters.
    """
    given = selection.query().keys()
    wanted: tuple[What, ...] = TABLES if selection.what == "all" else (selection.what,)
    fitting = [what for what in wanted if what != "articles" and given <= FILTERS[what]]
    if not fitting and wanted != ("articles",):
        remedy = "Take fewer, or name a table"
        raise QueryError(", ".join(sorted(given)), "are filters that no table has all of", remedy)
    return (selection.only(what) for what in [*fitting, "articles"])  # type: ignore[arg-type]


def _write_table(
    selection: Selection, create: Create, articles: set[str] | None
) -> tuple[About, dict[str, Any]]:
    what = selection.what
    if what == "articles" and articles is not None and selection.query():
        table = selection.of_articles(articles)
    else:
        table = selection.table()
    if what != "articles" and articles is not None:
        table = replace(table, rows=_noting(table.rows, articles))
    with create(f"{what}.csv") as member:
        measured = Measured(member)
        count = write_csv(table, cast(BinaryIO, measured), mark=False)
    about = selection.about(count)
    return about, _resource(about, measured)


def _noting(rows: Any, articles: set[str]) -> Iterator[Row]:
    for row in rows:
        articles.add(row["article"])
        yield row


def _resource(about: About, measured: Measured) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(about.what, name) for name in about.columns],
        "missingValues": [""],
    }
    if about.what in _KEYS:
        schema["primaryKey"] = _KEYS[about.what]
    if about.what != "articles":
        reference = {"resource": "articles", "fields": ["article"]}
        schema["foreignKeys"] = [{"fields": ["article"], "reference": reference}]
    return {
        "name": about.what,
        "path": f"{about.what}.csv",
        "profile": "tabular-data-resource",
        "description": _APOSTROPHE,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": measured.bytes,
        "hash": f"sha256:{measured.sha256}",
        "schema": schema,
    }


def _field(what: str, name: str) -> dict[str, str]:
    known = described(what, name)
    kind, meaning = (known.type, known.meaning) if known else ("text", UNDESCRIBED)
    return {"name": name, "type": _TYPES[kind], "description": meaning}


def _package(
    selection: Selection, abouts: list[About], resources: list[dict[str, Any]]
) -> dict[str, Any]:
    provenance = abouts[0].provenance()
    counts = {about.what: about.rows for about in abouts}
    return {
        "profile": "tabular-data-package",
        "name": "newsmine-export",
        "title": "Who said what, with which numbers, in which paper",
        "description": "Found in newspaper articles by a program; check before you cite.",
        "created": selection.created,
        "newsmine": {**provenance, "what": selection.what, "rows": counts},
        **({"validation": selection.validation} if selection.validation else {}),
        "resources": resources,
    }
