"""What a search finds, as a file for other programs."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from newsmine.errors import QueryError
from newsmine.export import export as write_export
from newsmine.export.formats import FORMATS, Format, choose
from newsmine.index import parse_query
from newsmine.web.answers import index_of, link


def offered(query: str) -> list[dict[str, str]]:
    """The formats that a search can be had in, with their addresses."""
    return [
        {"name": format.name, "url": link("/export", q=query, to=format.name)} for format in FORMATS
    ]


def export(request: Request) -> Response:
    """The rows that the query line ``q`` finds, all of them, in the format ``to``."""
    query, to = request.query_params.get("q", ""), request.query_params.get("to", "csv")
    format = choose(Path("x"), to=to)
    what = parse_query(query).what
    if what not in format.holds and "articles" not in format.holds:
        raise QueryError(f"format {to}", f"cannot hold {what}", "Take another one")
    folder = Path(tempfile.mkdtemp(prefix="newsmine-"))
    path = folder / _name(format, what)
    try:
        table = what if what in format.holds else None
        write_export(index_of(request), path, what=table, to=to, on_notice=_quiet, query=query)
    except BaseException:
        _discard(folder)
        raise
    return FileResponse(path, filename=path.name, background=BackgroundTask(_discard, folder))


def _name(format: Format, what: str) -> str:
    stem = what if what in format.holds else format.holds[0]
    kind = f"-{format.name}" if format.suffix == ".zip" else ""
    return f"newsmine-{stem}{kind}{format.suffix}"


def _quiet(notice: str) -> None:
    """What a format could not hold is written in the file's own notes; here nobody reads it."""


def _discard(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
