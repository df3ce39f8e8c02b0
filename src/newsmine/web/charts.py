"""Plots as Vega-Lite, drawn on the server: no JavaScript in the page, and nothing from a network.

Altair makes the specification, vl-convert an SVG of it. Both are in the extra ``web`` and are
imported when the first plot is asked for; without them the tables under the plots say it all.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any, Literal

from newsmine.index.rates import wilson

Scheme = Literal["light", "dark"]

POOR_SHARE = 0.2
"""Of a year's articles: where more are badly scanned, its bar is hatched. One in five can hide a
difference of a fifth, which is about what a reader sees between two bars."""
LONGEST = 400
"""Years between the first and the last that are drawn with their gaps; of more, the gaps go."""

_HATCHED = "#8a5a01"
"""Stands in the specification for hatching, which Vega-Lite does not know; used nowhere else."""
_BAR = "#4382ac"
"""Stands out from both papers, and what lies on it stands out from it: at least 3 to 1."""
_COLOURS: MappingProxyType[Scheme, MappingProxyType[str, str]] = MappingProxyType(
    {
        "light": MappingProxyType({"ink": "#1d1c1a", "line": "#d9d5cb"}),
        "dark": MappingProxyType({"ink": "#eceae4", "line": "#3a3e44"}),
    }
)
_READABLE, _POOR = "articles read well", "many poor scans"


@dataclass(frozen=True, slots=True)
class Year:
    """A year as it is plotted: of ``articles``, ``quoting`` quote somebody and ``poor`` are badly
    scanned. Rates are of 100 articles.
    """

    year: str
    articles: int
    poor: int
    quoting: int
    quotes: int

    @property
    def rate(self) -> float:
        """Articles that quote them, of 100."""
        return round(100 * self.quoting / self.articles, 1)

    @property
    def quotes_rate(self) -> float:
        """Quotes of them, in 100 articles."""
        return round(100 * self.quotes / self.articles, 1)

    @property
    def bounds(self) -> tuple[float, float]:
        """What the rate would be in endlessly many such articles (Wilson's interval, 95 %)."""
        low, high = wilson(self.quoting / self.articles, self.articles)
        return round(100 * low, 1), round(100 * high, 1)

    @property
    def is_poor(self) -> bool:
        """Whether it was scanned too badly to set beside other years."""
        return self.poor > POOR_SHARE * self.articles


def available() -> bool:
    """Whether the packages that draw are installed."""
    return all(find_spec(name) for name in ("altair", "vl_convert"))


@lru_cache(maxsize=64)
def years_spec(title: str, years: tuple[Year, ...], scheme: Scheme = "light") -> str:
    """The rates of the years as a Vega-Lite specification, in JSON, with its data in it."""
    import altair as alt

    colours = _COLOURS[scheme]
    data = alt.InlineData(values=[_datum(year) for year in years])
    domain = _domain(years)
    x = alt.X("year:O", title=None, scale=alt.Scale(domain=domain), axis=_year_axis(len(domain)))
    colour = alt.Color(
        "scans:N",
        title=None,
        scale=alt.Scale(domain=[_READABLE, _POOR], range=[_BAR, _HATCHED]),
        legend=alt.Legend(orient="top", columnPadding=28)
        if any(year.is_poor for year in years)
        else None,
    )
    rate = alt.Y("rate:Q", title="of 100 articles, those that quote", axis=alt.Axis(tickCount=5))
    bars = alt.Chart(data).mark_bar().encode(x=x, y=rate, color=colour)
    whiskers = alt.Chart(data).mark_rule(color=colours["ink"], strokeWidth=1.2)
    drawn = bars + whiskers.encode(x=x, y=alt.Y("low:Q"), y2="high:Q")
    return str(_dressed(drawn.properties(title=title, width=640, height=220), colours).to_json())


def _datum(year: Year) -> dict[str, Any]:
    low, high = year.bounds
    return {
        "year": year.year,
        "rate": year.rate,
        "low": low,
        "high": high,
        "articles": year.articles,
        "quoting": year.quoting,
        "scans": _POOR if year.is_poor else _READABLE,
    }


def _domain(years: tuple[Year, ...]) -> list[str]:
    """All years from the first to the last: a gap in the archive is seen as one."""
    known = [year.year for year in years]
    if not known or not all(year.isdecimal() for year in known):
        return known
    first, last = int(known[0]), int(known[-1])
    return [f"{n:04}" for n in range(first, last + 1)] if last - first < LONGEST else known


def _year_axis(count: int) -> Any:
    import altair as alt

    return alt.Axis(labelAngle=0 if count <= 16 else -90, labelOverlap="greedy")


def _dressed(chart: Any, colours: MappingProxyType[str, str]) -> Any:
    ink, line = colours["ink"], colours["line"]
    text = {"labelColor": ink, "titleColor": ink, "labelFontSize": 12, "titleFontSize": 12}
    font = "system-ui, sans-serif"
    return (
        chart.configure(background="transparent", font=font)
        .configure_axis(**text, gridColor=line, domainColor=line, tickColor=line)
        .configure_legend(**text)
        .configure_title(color=ink, fontSize=14, anchor="start", limit=600)
        .configure_view(stroke=None)
    )


@lru_cache(maxsize=64)
def svg(spec: str) -> str:
    """A specification as SVG: plain shapes and text, no script, style or link in it."""
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(json.loads(spec), allowed_base_urls=[])
    return _hatched(drawn) if _HATCHED in drawn else drawn


def _hatched(drawn: str) -> str:
    pattern = (
        '<defs><pattern id="poor" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="2" height="6" fill="{_BAR}"/></pattern></defs>'
    )
    head, end, rest = drawn.partition(">")
    shapes = rest.replace(f'fill="{_HATCHED}"', f'fill="url(#poor)" stroke="{_BAR}"')
    return f"{head}{end}{pattern}{shapes}"
