"""What somebody says year by year, against all articles: a table, a plot, and both to take away."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Literal

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from newsmine.errors import QueryError
from newsmine.index import Profile, SpeakerProfile, YearEntry
from newsmine.web import charts
from newsmine.web.answers import answer, index_of, link
from newsmine.web.charts import Year
from newsmine.web.views.naming import name_of, unknown, whole_or_part

Of = Literal["organisation", "speaker"]

_TYPES = {"svg": "image/svg+xml", "csv": "text/csv; charset=utf-8", "json": "application/json"}
_TITLE = 80
COLUMNS = (
    *("year", "articles", "poor_scans", "articles_quoting", "of_100_articles", "low", "high"),
    *("quotes", "quotes_in_100_articles"),
)


def values(
    of: Of, name: str, entries: Sequence[YearEntry], poor: Mapping[str | None, int]
) -> dict[str, Any]:
    """The years for a page: ``years`` as rows of a table, ``plot`` where there is one to draw."""
    plotted = to_plot(entries, poor)
    rows = [_row(_year(entry, poor)) for entry in entries]
    return {"years": rows, "plot": _plot(of, name, plotted) if plotted else None}


def to_plot(entries: Sequence[YearEntry], poor: Mapping[str | None, int]) -> tuple[Year, ...]:
    """The years that have a date."""
    return tuple(_year(entry, poor) for entry in entries if entry.year and entry.articles)


def _year(entry: YearEntry, poor: Mapping[str | None, int]) -> Year:
    bad = poor.get(entry.year, 0)
    return Year(entry.year or "", entry.articles, bad, entry.quoting, entry.quotes)


def _row(year: Year) -> dict[str, Any]:
    low, high = year.bounds
    derived = {"rate": year.rate, "low": low, "high": high, "quotes_rate": year.quotes_rate}
    return asdict(year) | derived | {"year": year.year or None, "is_poor": year.is_poor}


def _plot(of: Of, name: str, plotted: Sequence[Year]) -> dict[str, Any]:
    most = max(plotted, key=lambda year: year.rate)
    alt = (
        f"Bars from {plotted[0].year} to {plotted[-1].year}: of 100 articles, how many quote "
        f"{name[:_TITLE]}. Most in {most.year}: {most.rate:g}. The table has all figures."
    )
    files = {form: link(f"/{of}/years.{form}", name=name) for form in _TYPES}
    dark = link(f"/{of}/years.svg", name=name, scheme="dark")
    return {"drawn": charts.available(), "alt": alt, **files, "dark": dark}


def organisation_years(request: Request) -> Response:
    """The years of an organisation as SVG, CSV or Vega-Lite."""
    return _file(request, "organisation")


def speaker_years(request: Request) -> Response:
    """The years of a speaker as SVG, CSV or Vega-Lite."""
    return _file(request, "speaker")


def _file(request: Request, of: Of) -> Response:
    form, index = request.path_params["form"], index_of(request)
    if form not in _TYPES:
        raise HTTPException(404)
    try:
        name = name_of(request)
        ask: Callable[[str], Profile | SpeakerProfile] = (
            index.profile if of == "organisation" else index.speaker_profile
        )
        found, _ = whole_or_part(ask, name)
    except QueryError as error:
        return unknown(request, error)
    plotted = to_plot(found.years, index.poor_years())
    if form == "csv":
        return _sent(form, _table(plotted))
    if not charts.available():
        remedy = "Install the extra “web” of newsmine, or take the table."
        failed = {"status": 404, "reason": "What draws plots is not installed", "remedy": remedy}
        return answer(request, "error", failed, 404)
    scheme: charts.Scheme = "dark" if request.query_params.get("scheme") == "dark" else "light"
    called = found.names[0] if len(found.names) == 1 else name
    title = f"How often {called[:_TITLE]}{'…' if len(called) > _TITLE else ''} is quoted"
    spec = charts.years_spec(title, plotted, scheme)
    return _sent(form, charts.svg(spec) if form == "svg" else spec)


def _table(plotted: Sequence[Year]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for year in plotted:
        counts = (year.year, year.articles, year.poor, year.quoting)
        writer.writerow([*counts, year.rate, *year.bounds, year.quotes, year.quotes_rate])
    return out.getvalue()


def _sent(form: str, text: str) -> Response:
    return Response(text.encode("utf-8", errors="replace"), media_type=_TYPES[form])
