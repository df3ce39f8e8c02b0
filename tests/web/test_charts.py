"""Plots: what is in the specification, that the SVG is inert, and the files beside it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from newsmine.index import create_index
from newsmine.web import charts
from newsmine.web.charts import Year, svg, years_spec
from newsmine.web.views.years import COLUMNS
from tests.factories import make_extraction, make_speaker

YEARS = (Year("2017", 30, 1, 3, 9), Year("2019", 10, 6, 1, 1))
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert(1)</script>"]]><image href="http://x.example/y"/>'
drawing = pytest.mark.skipif(not charts.available(), reason="altair or vl-convert is missing")


def test_rates_are_of_a_hundred_articles() -> None:
    first, second = YEARS
    assert (first.rate, first.quotes_rate, first.is_poor) == (10.0, 30.0, False)
    assert (second.rate, second.is_poor) == (10.0, True)
    # As many of 100, but of fewer articles: chance leaves more open.
    assert second.bounds[0] < first.bounds[0] < 10.0 < first.bounds[1] < second.bounds[1]


@drawing
def test_years_without_articles_are_gaps_and_poor_ones_are_told() -> None:
    spec = json.loads(years_spec("X", YEARS))
    bars = spec["layer"][0]["encoding"]
    assert bars["x"]["scale"]["domain"] == ["2017", "2018", "2019"]
    (rows,) = spec["datasets"].values() if "datasets" in spec else [spec["data"]["values"]]
    assert [row["scans"] for row in rows] == ["articles read well", "many poor scans"]
    assert "http" not in json.dumps(spec["layer"])


@drawing
def test_archives_of_many_centuries_are_drawn_without_gaps() -> None:
    years = (Year("0001", 1, 0, 1, 1), Year("9999", 1, 0, 0, 0))
    spec = json.loads(years_spec("X", years))
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"] == ["0001", "9999"]


@drawing
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_svg_is_inert_and_hatched(scheme: charts.Scheme) -> None:
    drawn = svg(years_spec(HOSTILE, YEARS, scheme))
    tree = ElementTree.fromstring(drawn)
    tags = {element.tag.removeprefix(SVG) for element in tree.iter()}
    assert tags <= {"svg", "g", "path", "line", "text", "defs", "pattern", "rect", "title"}
    attributes = {name for element in tree.iter() for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on") or name.endswith("href")}
    assert 'fill="url(#poor)"' in drawn
    assert any("<script>" in (element.text or "") for element in tree.iter(SVG + "text"))


@drawing
def test_nothing_is_hatched_where_no_year_is_poor() -> None:
    assert "url(#poor)" not in svg(years_spec("X", YEARS[:1]))


@drawing
def test_drawn_once() -> None:
    spec = years_spec("Once", YEARS)
    svg(spec)
    before = svg.cache_info().hits
    assert svg(years_spec("Once", YEARS)) == svg(spec)
    assert svg.cache_info().hits == before + 2


@drawing
def test_files_beside_the_plot(client: TestClient) -> None:
    params = {"name": "Hearthlight"}
    found = client.get("/organisation/years.svg", params=params)
    assert found.headers["content-type"] == "image/svg+xml"
    assert "script-src 'self'" in found.headers["content-security-policy"]
    assert found.content.startswith(b"<svg")
    dark = client.get("/organisation/years.svg", params={**params, "scheme": "dark"})
    assert dark.content != found.content
    spec = client.get("/organisation/years.json", params=params).json()
    assert "vega-lite" in spec["$schema"]
    rows = list(csv.reader(client.get("/organisation/years.csv", params=params).text.splitlines()))
    assert rows == [list(COLUMNS), ["2018", "1", "0", "1", "100.0", "20.7", "100.0", "1", "100.0"]]
    assert client.get("/speaker/years.csv", params={"name": "Ann Lee"}).status_code == 200


@pytest.mark.parametrize("form", ["exe", "svg.exe", "..%2f..%2fapp.py", "SVG"])
def test_no_other_form(client: TestClient, form: str) -> None:
    assert client.get(f"/organisation/years.{form}?name=Hearthlight").status_code == 404


def test_a_change_of_the_index_is_seen(path: Path, client: TestClient) -> None:
    before = client.get("/organisation/years.csv?name=Hearthlight").text
    with create_index(path) as index:
        speaker = make_speaker("Ann Lee", organisation="Hearthlight")
        text = "“More,” said Ann Lee."
        index.add(
            make_extraction(text, path="n.txt", published="2021", quotes=[("“More,”", speaker)])
        )
    after = client.get("/organisation/years.csv?name=Hearthlight").text
    assert "2021" not in before
    assert "2021" in after


def test_without_the_packages_the_table_stays(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charts, "available", lambda: False)
    page = client.get("/organisation?name=Hearthlight").text
    assert "<img" not in page
    assert "not installed" in page
    assert "Year by year" in page
    assert client.get("/organisation/years.svg?name=Hearthlight").status_code == 404
    assert client.get("/organisation/years.csv?name=Hearthlight").status_code == 200
